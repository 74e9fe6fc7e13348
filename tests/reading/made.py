"""A small made-up form and pages of it, put together by hand: no PDF is needed to test reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.forms.form import Field, FieldKind, Form, Spot, Table
from processor.imaging.plate import plate
from processor.model import Box, Document, Draw, FindLines, Kind, Page, Picture, Scan, Source, Widget, WidgetKind, Word
from processor.reading import vocabulary
from processor.reading.read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Finding, Look, Sight

K = FieldKind
W, H = 612.0, 792.0
_SCRIBBLED = np.full((1100, 850), 255, np.uint8)
cv2.putText(_SCRIBBLED, "Dear all, see you on Monday", (100, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
_ANY = plate(Picture(1, 150, np.full((1650, 1275), 255, np.uint8)))
"""The plate of any blank: nothing lies as it does."""
VOCABULARY = vocabulary.load(Path("processor/rulebook/vocabulary.toml").read_text("utf-8"))


def words(text: str, left: float, top: float, *, high: float = 10, wide: float = 5) -> tuple[Word, ...]:
    """Words on one line, each letter `wide` points."""
    found = []
    for word in text.split():
        found.append(Word(word, Box(left, top, left + wide * len(word), top + high)))
        left += wide * (len(word) + 1)
    return tuple(found)


PRINTED = (
    (*words("Registration of employers", 44, 50), *words("Legal name", 44, 90), *words("Account number", 44, 130),
     *words("Signed agreement Hazard", 44, 170), *words("Province telephone", 320, 130),
     *words("small/1.0/1", 400, 760)),
    (*words("Everybody working here", 44, 50), *words("Their positions", 44, 90), *words("Date signature", 44, 400),
     *words("Comments about safety", 44, 500), *words("small/1.0/2", 400, 760)),
)  # fmt: skip


def spot(  # noqa: PLR0917 - a box is four numbers
    widget: str, page: int, left: float, top: float, right: float, bottom: float, **more: object
) -> Spot:
    """A spot on the form."""
    return Spot(widget=widget, page=page, box=Box(left, top, right, bottom), **more)  # type: ignore[arg-type]


_HAZARDS = (
    Spot(widget="hazard", page=1, box=Box(300, 182, 312, 194), value="0", means="low"),
    Spot(widget="hazard", page=1, box=Box(340, 182, 352, 194), value="1", means="other"),
)
FIELDS = (
    Field(name="legal_name", kind=K.ORGANISATION, spots=(spot("legal_name", 1, 44, 102, 300, 122),), required=True),
    Field(name="wcb_account", kind=K.ACCOUNT, spots=(spot("account", 1, 44, 142, 184, 162, comb=10),)),
    Field(name="province", kind=K.PROVINCE, spots=(spot("province", 1, 320, 142, 400, 162),)),
    Field(name="annual_wcb_premium", kind=K.MONEY, spots=(spot("premium", 1, 420, 142, 500, 162),)),
    Field(name="agreement_signed", kind=K.SIGNATURE, spots=(spot("signed", 1, 44, 182, 240, 212),)),
    Field(name="first_aid_hazard", kind=K.CHOICE, spots=_HAZARDS),
    Field(name="email_consent", kind=K.TICK, spots=(spot("email", 1, 400, 182, 412, 194, value="Yes"),)),
    Field(name="signature_date", kind=K.DATE, spots=(spot("date", 2, 44, 412, 184, 432, comb=10),)),
    Field(name="letter_language", kind=K.CHOICE, spots=(spot("language", 2, 300, 412, 400, 432),)),
    Field(name="nature_of_work", kind=K.TEXT, spots=(spot("work", 2, 44, 512, 300, 560, multiline=True),)),
    Field(name="instrument_version", kind=K.TEXT, constant="1.0"),
)  # fmt: skip
WORKERS = Table(
    name="workers",
    rows=tuple(
        (
            Field(name="name", kind=K.PERSON, spots=(spot(f"w{n}", 2, 44, 80 + 30 * n, 200, 100 + 30 * n),)),
            Field(name="owner_or_senior", kind=K.TICK,
                  spots=(spot(f"o{n}", 2, 220, 84 + 30 * n, 232, 96 + 30 * n, value="Yes"),)),
        )
        for n in range(1, 4)
    ),
)  # fmt: skip
SECTIONS = Table(
    name="sections",
    rows=tuple(
        (
            Field(name="number", kind=K.COUNT, constant=n),
            Field(name="awarded", kind=K.POINTS, spots=(spot(f"s{n}", 2, 300, 80 + 30 * n, 360, 100 + 30 * n),)),
        )
        for n in range(1, 3)
    ),
)
FORM = Form(
    name="small",
    title="A small form",
    version="1.0",
    kind=Kind.REGISTRATION,
    program="csam-secor",
    pages=((W, H), (W, H)),
    codes=("small/1.0/1", "small/1.0/2"),
    words=(("Registration of employers",), ("Everybody working here",)),
    printed=PRINTED,
    fields=FIELDS,
    tables=(WORKERS, SECTIONS),
)
SPOTS = [
    (field, each)
    for field in (*FIELDS, *(f for t in (WORKERS, SECTIONS) for row in t.rows for f in row))
    for each in field.spots
]


def widget(field: Field, each: Spot, value: str | None = None, **more: object) -> Widget:
    """The widget of a spot. `value` is stored and drawn; more fields of the widget by name."""
    kind = {K.TICK: WidgetKind.TICK, K.SIGNATURE: WidgetKind.SIGNATURE}.get(field.kind, WidgetKind.TEXT)
    sources: tuple[Source, ...] = ()
    if kind is WidgetKind.TEXT and len(field.spots) > 1:
        kind = WidgetKind.RADIO
        sources = (Source("V", value or "Off"), Source("AS", each.value if value == each.value else "Off"))
    elif kind is WidgetKind.TICK:
        sources = (Source("V", value or "Off"), Source("AS", value or "Off"))
    elif value is not None:
        sources = (Source("V", value), Source("drawn", value.replace(" ", "") if each.comb else value))
    given = {"name": each.widget, "kind": kind, "page": each.page, "box": each.box, "on": each.value,
             "comb": each.comb, "sources": sources, **more}  # fmt: skip
    return Widget(**given)  # type: ignore[arg-type]


def filled(number: int, *, at: int | None = None, **values: str) -> Page:
    """A page of the form as it came from a viewer; `values` by widget."""
    widgets = tuple(widget(f, s, values.get(s.widget)) for f, s in SPOTS if s.page == number)
    return Page(number=at or number, width=W, height=H, words=PRINTED[number - 1], widgets=widgets)


def printed(number: int, *written: Iterable[Word], at: int | None = None, **more: object) -> Page:
    """A page of the form without widgets: the blank's words and what was written."""
    all_words = (*PRINTED[number - 1], *(word for several in written for word in several))
    given = {"number": at or number, "width": W, "height": H, "words": all_words, **more}
    return Page(**given)  # type: ignore[arg-type]


def placed(page: Page, scale: float, right: float, down: float, **more: object) -> Page:
    """The page scaled and shifted, as a printer fits it to its paper."""
    moved = tuple(
        Word(w.text, Box(w.box.left * scale + right, w.box.top * scale + down,
                         w.box.right * scale + right, w.box.bottom * scale + down))
        for w in page.words
    )  # fmt: skip
    given = {"number": page.number, "width": page.width, "height": page.height, "words": moved, **more}
    return Page(**given)  # type: ignore[arg-type]


class Ink:
    """Draws pages: white, with dark rectangles where boxes of the page are to show ink."""

    def __init__(self, *boxes: Box, pages: Sequence[Page] = (), page: int | None = None) -> None:
        self.boxes = boxes
        self.pages = {p.number: p for p in pages}
        self.page = page
        self.asked: list[Draw] = []

    def __call__(self, question: Draw) -> Picture:
        self.asked.append(question)
        page = self.pages.get(question.page)
        wide, high = (W, H) if page is None else (page.width, page.height)
        scale = question.dpi / 72
        pixels = np.full((round(high * scale), round(wide * scale)), 255, np.uint8)
        for word in () if page is None else (*page.words, *page.notes):
            _paint(pixels, word.box, scale, 120)
        for box in self.boxes if self.page in (None, question.page) else ():
            _paint(pixels, box, scale, 0)
        return Picture(question.page, question.dpi, pixels)


def _paint(pixels: np.ndarray, box: Box, scale: float, grey: int) -> None:
    left, top, right, bottom = (max(round(v * scale), 0) for v in box)
    pixels[top:bottom, left:right] = grey


def documents(pages: Sequence[Page], forms: Sequence[Form] = (FORM,), ink: Ink | None = None) -> tuple[Document, ...]:
    """Read the pages, drawing what is asked."""
    ink = ink or Ink(pages=pages)
    ink.pages = {p.number: p for p in pages}
    steps = read(pages, forms, VOCABULARY, dict.fromkeys(_plates(forms), _ANY))
    try:
        question = next(steps)
        while True:
            question = steps.send(_answer(ink, question))
    except StopIteration as done:
        found, about_file = done.value
        assert about_file == ()
        return tuple(found)


def _plates(forms: Sequence[Form]) -> list[tuple[str, int]]:
    return [(form.name, number) for form in forms for number in range(1, len(form.pages) + 1)]


def _answer(ink: Ink, question: Look) -> Sight:
    """A scan shows scribbles that no blank has and no model reads."""
    match question:
        case Draw():
            return ink(question)
        case Scan():
            return Picture(question.page, 100, _SCRIBBLED)
        case FindLines():
            return np.zeros((0, 4, 2), np.float32)
        case _:
            return ()


def document(*pages: Page, ink: Ink | None = None) -> Document:
    """The one document on these pages."""
    (only,) = documents(pages, ink=ink)
    return only


def codes(found: Document | Iterable[Finding]) -> list[str]:
    """The findings' codes."""
    return [f.code for f in (found.findings if isinstance(found, Document) else found)]
