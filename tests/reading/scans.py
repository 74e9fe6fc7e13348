"""The small form drawn, written on and scanned, and somebody who answers what reading asks about the scans."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import TYPE_CHECKING, TypeVar

import cv2
import numpy as np
import zxingcpp

from processor.imaging.plate import Plate, plate
from processor.model import Draw, FindLines, Page, Picture, Recognise, Scan
from processor.reading.read import read
from tests.decoding.lattices import written
from tests.reading.made import FORM, PRINTED, SPOTS, VOCABULARY, H, W

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from numpy.typing import NDArray

    from processor.forms.form import Form
    from processor.model import Box, Document, Look, Sight
    from processor.reading.vocabulary import Vocabulary

DPI = 200
Came = TypeVar("Came")


_SMALL_PRINT = ("safety", "worker", "program", "employer", "audit", "training", "records", "hazard", "owner", "crew")


def dots(points: float) -> int:
    return round(points * DPI / 72)


@cache
def blank(number: int) -> NDArray[np.uint8]:
    """A page of the small form, with marks in its corners and its code."""
    page = np.full((dots(H), dots(W)), 255, np.uint8)
    for word in PRINTED[number - 1][:-1]:
        at = (dots(word.box.left), dots(word.box.bottom))
        cv2.putText(page, word.text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 40, 1, cv2.LINE_AA)
    chance = Random(number)  # noqa: S311 - small print
    for top in range(230, 680, 22):
        for left in (60, 200, 340, 470) if top > 580 or number == 1 else (420, 510):
            text = " ".join(chance.choices(_SMALL_PRINT, k=2))
            cv2.putText(page, text, (dots(left), dots(top)), cv2.FONT_HERSHEY_SIMPLEX, 0.55, 60, 1, cv2.LINE_AA)
    for _, spot in SPOTS:
        if spot.page == number:
            left, top, right, bottom = (dots(v) for v in spot.box)
            cv2.rectangle(page, (left - 1, top - 1), (right + 1, bottom + 1), 120, 1)
    family = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for name, (left, top) in enumerate(((24, 24), (564, 24), (564, 744), (24, 744))):
        page[dots(top) : dots(top) + 66, dots(left) : dots(left) + 66] = cv2.aruco.generateImageMarker(family, name, 66)
    code = zxingcpp.create_barcode(PRINTED[number - 1][-1].text, zxingcpp.BarcodeFormat.QRCode)
    drawn = np.array(code.to_image(scale=5, add_quiet_zones=False))
    page[dots(700) : dots(700) + len(drawn), dots(80) : dots(80) + drawn.shape[1]] = drawn
    page.setflags(write=False)
    return page


@cache
def plates() -> Mapping[tuple[str, int], Plate]:
    return {("small", n): plate(Picture(n, DPI, blank(n))) for n in (1, 2)}


def pen(page: NDArray[np.uint8], box: Box, text: str = "Sample") -> None:
    """Something is written in a box."""
    size = 0.028 * (box.bottom - box.top) * DPI / 72 * 0.8
    cv2.putText(
        page, text, (dots(box.left) + 8, dots(box.bottom) - 12), cv2.FONT_HERSHEY_SIMPLEX, size, 30, 3, cv2.LINE_AA
    )


def sign(page: NDArray[np.uint8], box: Box) -> None:
    """Somebody signs."""
    x = np.linspace(0, 1, 200)
    left, top, right, bottom = (dots(v) for v in box)
    wave = np.sin(40 * x) * (0.35 - 0.2 * x) + 0.1 * np.sin(9 * x)
    path = np.stack([left + 20 + x * 0.7 * (right - left), (top + bottom) / 2 + wave * (bottom - top)], axis=1)
    cv2.polylines(page, [path.round().astype(np.int32)], False, 30, 3, cv2.LINE_AA)  # noqa: FBT003 - it is open


def cross(page: NDArray[np.uint8], box: Box) -> None:
    """A box is crossed."""
    left, top, right, bottom = (dots(v) for v in box)
    cv2.line(page, (left + 4, top + 4), (right - 4, bottom - 4), 20, 3, cv2.LINE_AA)
    cv2.line(page, (left + 4, bottom - 4), (right - 4, top + 4), 20, 3, cv2.LINE_AA)


def spot_of(widget: str) -> Box:
    return next(spot.box for _, spot in SPOTS if spot.widget == widget)


@dataclass
class Desk:
    """Answers what reading asks: the scans by page, what the two models read call by call, where lines stand."""

    scans: Mapping[int, NDArray[np.uint8]]
    quick: Sequence[str | NDArray[np.float32]] = ()
    careful: Sequence[str | NDArray[np.float32]] = ()
    lines: Sequence[tuple[float, float, float, float]] = ()
    asked: list[Look] = field(default_factory=list)

    def pages(self) -> list[Page]:
        return [
            Page(number=n, width=pixels.shape[1] * 72 / DPI, height=pixels.shape[0] * 72 / DPI, pictured=True)
            for n, pixels in self.scans.items()
        ]

    def answer(self, question: Look) -> Sight:
        self.asked.append(question)
        match question:
            case Scan() | Draw():
                return Picture(question.page, DPI, self.scans[question.page])
            case Recognise():
                texts = self.careful if question.careful else self.quick
                return tuple(written(t) if isinstance(t, str) else t for t in texts[: len(question.lines)])
            case FindLines():
                corners = [[(a, b), (c, b), (c, d), (a, d)] for a, b, c, d in self.lines]
                return (np.array(corners).reshape(-1, 4, 2) * DPI / 72).astype(np.float32)
            case _:
                return ()

    def documents(
        self, forms: Sequence[Form] = (FORM,), pages: Sequence[Page] = (), vocabulary: Vocabulary = VOCABULARY
    ) -> tuple[Document, ...]:
        documents, about_file = self.answered(read(pages or self.pages(), forms, vocabulary, plates()))
        assert about_file == ()
        return tuple(documents)

    def answered(self, steps: Generator[Look, Sight, Came]) -> Came:
        """What a reading comes to, all its questions answered."""
        try:
            question = next(steps)
            while True:
                question = steps.send(self.answer(question))
        except StopIteration as done:
            came: Came = done.value
            return came
