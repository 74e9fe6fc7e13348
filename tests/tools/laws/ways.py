"""What may happen to a scan without a value changing: turned, scaled, faxed, compressed, stamped in a corner.

A value that is sure may become one that is asked about, never another one; a box that was seen to be blank is a value
too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from processor.flows import reading
from processor.flows.debugging import reading_at
from processor.flows.house import templates_folder
from processor.model import State
from processor.twin.chance import Family, between, draws
from processor.twin.channels import Channel, Sent, send
from processor.twin.extras import Extra, soil, turned
from processor.twin.files import Pack, packed
from processor.twin.twin import Twin, known

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from processor.forms.form import Form
    from processor.model import Document
    from processor.twin.hands import Writing

    Way = Callable[[Sent, np.random.Generator], Sent]

_SURE = (State.SURE, State.BLANK)
_CORNER = 0.9
"""Inches of the bottom corners in which no box stands."""


class Compared(NamedTuple):
    """A value that was sure, and is sure after something happened to the scan."""

    paper: str
    way: str
    path: str
    before: str
    after: str

    @property
    def holds(self) -> bool:
        """Whether it is the same value."""
        return self.before == self.after


def compared(  # noqa: PLR0917 - what decides a paper, and what happens to it
    name: str, seed: int, writing: Writing, channel: Channel, family: Family, ways: Collection[str] = ()
) -> Iterator[Compared]:
    """A page of a form, made and sent, and sent on in these ways, or all: each value that is sure both times."""
    form, blank = known(name)
    number = 1 + seed % len(form.pages)
    page = Twin(form=form, blank=blank, seed=seed, family=family, writing=writing).written()[0].pages[number - 1]
    called = f"{name} {number}, {writing}, {channel}, {seed}"
    before = _sure(form, _read(send(page, channel, family, draws("laws", called)), called), number)
    for way, step in ((way, WAYS[way]) for way in ways or WAYS):
        rng = draws("laws", called, way)
        sent = send(page, channel, family, draws("laws", called)) if step else _stamped(page, channel, family, called)
        after = _sure(form, _read(step(sent, rng) if step else sent, called), number)
        for path in sorted(before.keys() & after.keys()):
            yield Compared(called, way, path, before[path], after[path])


def _sure(form: Form, documents: tuple[Document, ...], number: int) -> dict[str, str]:
    """Every value of the page that is sure, by its path."""
    found: dict[str, str] = {}
    for document in (one for one in documents if one.form == form.name):
        for path, field in form.paths():
            read = reading_at(document, path)
            if field.spots and field.spots[0].page == number and read.state in _SURE:
                text = "" if read.value in (None, False) else str(read.value)
                found[path] = "".join(text.split())
    return found


def _read(sent: Sent, called: str) -> tuple[Document, ...]:
    reading.prepare((templates_folder(),))
    return reading.read_paper(called, packed([sent], Pack.PDF), 64, 5).documents


# ---------------------------------------------------------------- ways


def _scaled(share: float, *, smaller_paper: bool) -> Way:
    """Sampled anew; the file tells the new resolution, or, of a page that was copied smaller, the old one."""

    def scaled(sent: Sent, _rng: np.random.Generator) -> Sent:
        high, wide = sent.pixels.shape
        size = (round(wide * share), round(high * share))
        small = cv2.resize(sent.pixels, size, interpolation=cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC)
        across, down = sent.dpi
        if smaller_paper:
            paper = np.full_like(sent.pixels, 255)
            top, left = (high - size[1]) // 2, (wide - size[0]) // 2
            paper[top : top + size[1], left : left + size[0]] = small
            return replace(sent, pixels=paper, bilevel=False, matrix=None)
        dpi = (across * share, down * share)
        return replace(sent, pixels=np.asarray(small, np.uint8), dpi=dpi, bilevel=False, matrix=None)

    return scaled


def _faxed(lines: int) -> Way:
    """Sent on by fax."""

    def faxed(sent: Sent, rng: np.random.Generator) -> Sent:
        across, down = (d or 200 for d in sent.dpi)
        high, wide = sent.pixels.shape
        size = (round(wide * 204 / across), round(high * lines / down))
        soft = cv2.resize(cv2.GaussianBlur(sent.pixels, (0, 0), 0.6), size, interpolation=cv2.INTER_AREA)
        black = np.where(soft < between(130, 160, rng), 0, 255).astype(np.uint8)
        return replace(sent, pixels=black, dpi=(204, lines), bilevel=True, matrix=None)

    return faxed


def _compressed(sent: Sent, rng: np.random.Generator) -> Sent:
    return replace(sent, bilevel=False, quality=int(rng.integers(25, 40)))


def _stamp_below(sent: Sent, rng: np.random.Generator) -> Sent:
    """A round stamp in a bottom corner."""
    across = sent.dpi[0] or 200
    pixels = sent.pixels.copy()
    high, wide = pixels.shape
    radius, inset = round(0.3 * across), round(0.42 * across)
    left = bool(rng.random() < 0.5)
    at = (inset if left else wide - inset, high - round(0.42 * (sent.dpi[1] or 200)))
    tone = 0 if sent.bilevel else int(rng.integers(40, 120))
    cv2.circle(pixels, at, radius, (tone,), max(round(0.015 * across), 2), cv2.LINE_8)
    cv2.putText(pixels, "PAID", (at[0] - radius // 2, at[1]), cv2.FONT_HERSHEY_SIMPLEX, across / 400, (tone,), 2)
    return replace(sent, pixels=pixels)


def _turned(degrees: int) -> Way:
    return lambda sent, _rng: turned(sent, degrees)


def _stamped(page: np.ndarray, channel: Channel, family: Family, called: str) -> Sent:
    """A rubber stamp beside the heading, before the page was scanned."""
    soiled = soil(page, Extra.STAMP, family, draws("laws", called, "stamp"))
    return send(soiled, channel, family, draws("laws", called))


WAYS: dict[str, Way | None] = {
    "turned 90": _turned(90),
    "turned 180": _turned(180),
    "turned 270": _turned(270),
    "at three quarters": _scaled(0.75, smaller_paper=False),
    "at five quarters": _scaled(1.25, smaller_paper=False),
    "copied at 93 %": _scaled(0.93, smaller_paper=True),
    "faxed fine": _faxed(196),
    "faxed standard": _faxed(98),
    "compressed": _compressed,
    "stamped above": None,
    "stamped below": _stamp_below,
}
