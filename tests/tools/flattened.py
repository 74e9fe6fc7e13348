"""Fill our forms with made-up values, flatten them with three programs, read the copies, and count.

    python -m tests.tools.flattened --papers 20 --seed 1

A value is counted where the copy still draws it as the filled form does (compared as pictures); what a program
lost on the way is counted apart. Every person is made up.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import random
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdf
import pypdfium2 as pdfium
from pikepdf.form import CheckboxField, DefaultAppearanceStreamGenerator, RadioButtonGroup, TextField
from pikepdf.form import Form as Filler
from pypdfium2 import raw

from processor import pages
from processor.flows.forms import load_all
from processor.flows.house import read_vocabulary, templates_folder
from processor.flows.reading import answered
from processor.forms.form import Field, FieldKind, Form, Spot
from processor.model import Document, Reading, State
from processor.ocr.recogniser import Recogniser
from processor.reading.read import read
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from processor.model import Box, Page
    from processor.reading.vocabulary import Vocabulary

Values = dict[str, str]
"""By widget; a tick or radio button is the value it stores, or `Off`."""

_FIRST = ("Ann", "Bo", "Chloé", "Dmitri", "Élodie", "Fatima", "Gwen", "Håkon", "Imre", "Kofi", "María", "Piotr", "Zoë")
_LAST = (
    "O'Brien",
    "Tremblay",
    "Nguyen",
    "Smith-Jones",
    "Lévesque",
    "MacLeod",
    "Friesen",
    "Bear",
    "Ødegård",
    "St. Ives",
)
_HARD = ("Łucja Kowalska", "Nguyễn Thị Hoa", "Đorđe Šimić", "דוד כהן", "Олена Шевченко")
"""Names with letters that the fonts of many viewers lack; asked for with `--hard`, since few copies draw them."""
_TRADE = ("Roofing", "Drywall", "Plumbing", "Électrique", "Paving", "Concrete", "Landscaping", "Framing", "Glazing")
_PLACE = ("Prairie", "Northern", "Red River", "Qu'Appelle", "Flatland", "Boréal", "Wheat City", "Saint-Boniface")
_WORDS = (
    "checks",
    "the",
    "ladders",
    "each",
    "morning,",
    "keeps",
    "notes;",
    "signs",
    "off",
    "at",
    "5",
    "p.m.",
    "offices",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form, and what was filled in."""

    form: Form
    data: bytes
    values: Values


# ---------------------------------------------------------------- what is written


def made_up(form: Form, dice: random.Random, *, wraps: bool, overflows: bool = False, hard: bool = False) -> Values:
    """A value for most widgets of the form; some are left blank.

    Only what fits, on one line where the filler wraps none; with `overflows`, long texts run out of their boxes.
    """
    values: Values = {}
    for _, field in fields(form):
        if not field.spots or (not field.required and dice.random() < 0.15):
            continue
        if field.kind is FieldKind.CHOICE:
            spot = dice.choice(field.spots)
            values[spot.widget] = spot.value
        elif field.kind is FieldKind.TICK:
            if dice.random() < 0.5:
                values[field.spots[0].widget] = field.spots[0].value
        else:
            spot = field.spots[0]
            said = dice.choice(_HARD) if hard and field.kind is FieldKind.PERSON else written(field, dice)
            values[spot.widget] = said[: spot.comb or None] if overflows else _fitting(said, spot, wraps=wraps)
    return values


def _fitting(text: str, spot: Spot, *, wraps: bool) -> str:
    """As many whole words as the box can show."""
    rows = max(int((spot.box.height - 2) / 12), 1) if wraps and spot.multiline else 1
    room = spot.comb or max(int((spot.box.width - 6) / 6.5) * rows - 14 * (rows - 1), 4)
    while len(text) > room and " " in text:
        text = text.rpartition(" ")[0]
    return text[:room]


def written(field: Field, dice: random.Random) -> str:  # noqa: PLR0911 - one answer a kind
    """A made-up value of a field's kind, as somebody would type it."""
    if field.kind in _SOME:
        return dice.choice(_SOME[field.kind])
    match field.kind:
        case FieldKind.PERSON | FieldKind.SIGNATURE:
            return f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
        case FieldKind.ORGANISATION:
            return f"{dice.choice(_PLACE)} {dice.choice(_TRADE)} {dice.choice(['Ltd.', 'Inc.', '& Fils', ''])}".strip()
        case FieldKind.ACCOUNT:
            return str(dice.randrange(10**6, 10**8))
        case FieldKind.PHONE:
            return f"{dice.choice(['306', '204'])}-555-01{dice.randrange(100):02d}"
        case FieldKind.COUNT:
            return str(dice.randrange(1, 60))
        case FieldKind.DATE:
            return f"{dice.randrange(2024, 2027)}-{dice.randrange(1, 13):02d}-{dice.randrange(1, 29):02d}"
        case _:
            return " ".join(dice.choices(_WORDS, k=dice.randrange(1, 24 if field.spots[0].multiline else 4)))


_SOME = {
    FieldKind.INDUSTRY_CODE: ("40203", "40403", "B11", "B13"),
    FieldKind.BUSINESS_NUMBER: ("123456789", "987654321RT0001"),
    FieldKind.PROVINCE: ("SK", "MB", "Saskatchewan", "Manitoba"),
    FieldKind.POSTAL_CODE: ("S4N 6E3", "R3B 2E4", "S7K0A1"),
    FieldKind.EMAIL: ("office@prairie-roofing.example", "a.friesen+secor@flatland.example"),
    FieldKind.POINTS: ("0", "1", "2", "3", "5", "10", "2.5"),
    FieldKind.PERCENT: ("80", "79.9", "100", "86.67"),
    FieldKind.MONEY: ("$1,234.50", "980", "12,000"),
}


def fields(form: Form) -> Iterator[tuple[str, Field]]:
    """Every field of the form with the path of its reading."""
    for field in form.fields:
        yield field.name, field
    for table in form.tables:
        for number, row in enumerate(table.rows, start=1):
            for field in row:
                yield f"{table.name}[{number}].{field.name}", field


# ---------------------------------------------------------------- filled and flattened


def by_pypdf(blank: bytes, values: Values) -> bytes:
    """Filled by pypdf, which draws appearances of its own."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(blank)))
    given = {name: f"/{value}" if _button(writer, name) else value for name, value in values.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, given, auto_regenerate=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _button(writer: pypdf.PdfWriter, name: str) -> bool:
    found = (writer.get_fields() or {}).get(name, {})
    return bool(found.get("/FT") == "/Btn")


def by_chrome(blank: bytes, values: Values) -> bytes:
    """Typed and clicked in pdfium, as a person does in Chrome or Edge."""
    document = pdfium.PdfDocument(blank)
    document.init_forms()
    form = document.formenv
    places = {(w.name, w.on): (w.page, w.box) for page in _pages(blank) for w in page.widgets}
    opened = dict(enumerate(document, start=1))
    for page in opened.values():
        raw.FORM_OnAfterLoadPage(page, form)
    for name, value in values.items():
        number, box = places.get((name, "")) or places[name, value]
        page = opened[number]
        x, y = box.centre[0], page.get_height() - box.centre[1]
        raw.FORM_OnMouseMove(form, page, 0, x, y)
        raw.FORM_OnLButtonDown(form, page, 0, x, y)
        raw.FORM_OnLButtonUp(form, page, 0, x, y)
        if (name, "") in places:
            text = ctypes.create_string_buffer(value.encode("utf-16-le") + b"\0\0")
            raw.FORM_SelectAllText(form, page)
            raw.FORM_ReplaceSelection(form, page, ctypes.cast(text, raw.FPDF_WIDESTRING))
        raw.FORM_ForceToKillFocus(form)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _pages(data: bytes) -> tuple[Page, ...]:
    with pages.open(data, max_pages=100) as paper:
        return paper.paper.pages


def by_pikepdf(blank: bytes, values: Values) -> bytes:
    """Filled by pikepdf, its appearances too."""
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        filler = Filler(pdf, DefaultAppearanceStreamGenerator)
        for name, value in values.items():
            field: object = filler[name]
            if isinstance(field, RadioButtonGroup):
                next(o for o in field.options if o.on_value == pikepdf.Name(f"/{value}")).select()
            elif isinstance(field, CheckboxField):
                field.checked = True
            elif isinstance(field, TextField):
                field.value = value
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def by_pdfium(data: bytes) -> bytes:
    """Flattened as Chrome and Edge print."""
    document = pdfium.PdfDocument(data)
    document.init_forms()
    for page in document:
        page.flatten()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def _through(data: bytes, *command: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source, copy = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(data)
        subprocess.run([*(part.format(source=source, copy=copy) for part in command)], check=True, capture_output=True)
        return copy.read_bytes()


def by_poppler(data: bytes) -> bytes:
    """Printed by poppler and cairo, as evince does."""
    return _through(data, "pdftocairo", "-pdf", "{source}", "{copy}")


def by_poppler_a4(data: bytes) -> bytes:
    """The same, fitted to A4: scaled and shifted."""
    return _through(data, "pdftocairo", "-pdf", "-paper", "A4", "-expand", "{source}", "{copy}")


def by_ghostscript(data: bytes) -> bytes:
    """Printed by ghostscript."""
    return _through(data, "gs", "-q", "-dSAFER", "-sDEVICE=pdfwrite", "-o", "{copy}", "{source}")


FILLERS: dict[str, Callable[[bytes, Values], bytes]] = {"chrome": by_chrome, "pypdf": by_pypdf, "pikepdf": by_pikepdf}
FLATTENERS: dict[str, Callable[[bytes], bytes]] = {
    "fillable": bytes,
    "pdfium": by_pdfium,
    "poppler": by_poppler,
    "poppler A4": by_poppler_a4,
    "ghostscript": by_ghostscript,
}


# ---------------------------------------------------------------- read and counted


def documents(data: bytes, forms: Sequence[Form], vocabulary: Vocabulary) -> tuple[Document, ...]:
    """What our reader makes of a paper."""
    with pages.open(data, max_pages=100) as paper:
        steps = read(paper.paper.pages, forms, vocabulary)
        return answered(paper, Recogniser(), steps)[0]


def expected(field: Field, values: Values) -> object:
    """What the reading should say."""
    spot = field.spots[0]
    if field.kind is FieldKind.TICK:
        return values.get(spot.widget, "Off") != "Off"
    if field.kind is FieldKind.CHOICE:
        return next((s.means or s.value for s in field.spots if values.get(s.widget) == s.value), None)
    if field.kind is FieldKind.SIGNATURE:
        return bool(values.get(spot.widget))
    raw = values.get(spot.widget, "")
    return parse(field.kind, raw).value if raw else None


def verdict(reading: Reading, wanted: object) -> str:
    """`right`, `asked` or `wrong`. A blank that reads as nothing is right; missing is asked."""
    if reading.state in (State.UNSURE, State.MISSING):
        return "asked"
    return "right" if (reading.value or None) == (wanted or None) else "wrong"


class Pictures:
    """The pages of a file in grey, to see whether two files draw a box alike."""

    def __init__(self, data: bytes) -> None:
        document = pdfium.PdfDocument(data)
        document.init_forms()
        self.pages: list[NDArray[np.int64]] = [
            page.render(scale=2, grayscale=True).to_numpy().squeeze().astype(int) for page in document
        ]
        document.close()

    def crop(self, page: int, box: Box) -> NDArray[np.int64]:
        """A box of a page, 144 dots an inch."""
        left, top, right, bottom = (
            max(round(v * 2), 0) for v in (box.left + 2, box.top + 2, box.right - 2, box.bottom - 2)
        )
        return self.pages[page - 1][top:bottom, left:right]


def alike(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    """Whether two crops show the same writing: column by column they are nearly equally dark."""
    high, wide = min(one.shape[0], other.shape[0]), min(one.shape[1], other.shape[1])
    ink = [np.convolve((255 - crop[:high, :wide]).sum(axis=0) / 255, np.ones(9), "same") for crop in (one, other)]
    return float(np.abs(ink[0] - ink[1]).sum()) <= 0.3 * float(max(ink[0].sum(), ink[1].sum())) + 60


def _overflows(spot: Spot, value: str) -> bool:
    """Whether the text does not fit into its box: then no copy draws all of it."""
    return not spot.comb and not spot.value and _fitting(value, spot, wraps=True) != value


def count(
    filled: Filled,
    copy: bytes,
    found: Sequence[Document],
    counts: Counter[str],
    original: Sequence[Document],
) -> Iterator[str]:
    """Count the values of one copy; yields a line for each that is not right.

    Apart stand values that the filler itself did not draw as they are stored (`undrawn`: its font lacks a letter),
    that the copy draws otherwise (`lost`), and that do not fit into their box (`overflowing`).
    """
    document = found[0]
    before, after = Pictures(filled.data), Pictures(copy)
    for path, field in fields(filled.form):
        if not field.spots:
            continue
        wanted = expected(field, filled.values)
        reading = document[path]
        trailing = reading.state is State.MISSING and "[" in path and not wanted
        said = "right" if trailing else verdict(reading, wanted)
        if _overflows(field.spots[0], filled.values.get(field.spots[0].widget, "")):
            counts["overflowing"] += 1
            counts[f"over, {said}"] += 1
            continue
        spot = field.spots[0]
        if original[0][path].doubt == "stored-differs":
            counts["undrawn"] += 1
            counts[f"undrawn, {said}"] += 1
            continue
        if reading.box is not None and reading.page is not None:
            scale = reading.box.width / max(spot.box.width, 1)
            same = abs(scale - 1) > 0.02 or alike(
                before.crop(spot.page, spot.box), after.crop(reading.page, reading.box)
            )
            if not same:
                counts["lost"] += 1
                counts[f"lost, {said}"] += 1
                continue
        counts["drawn"] += 1
        counts["filled"] += bool(wanted)
        counts[said] += 1
        if said != "right":
            yield f"{said}: {path} [{reading.doubt}] wanted {wanted!r}, read {reading.value!r} raw {reading.raw!r}"


def main() -> None:
    """Fill, flatten, read, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forms", default="")
    parser.add_argument("--overflows", action="store_true", help="texts that run out of their boxes too")
    parser.add_argument("--hard", action="store_true", help="names with letters that many fonts lack")
    parser.add_argument("--show", action="store_true", help="name each value that was not right")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    root = templates_folder()
    forms = load_all((root,))
    chosen = [form for form in forms if not asked.forms or form.name in asked.forms.split(",")]
    vocabulary = read_vocabulary()
    columns = (
        "filled",
        "drawn",
        "right",
        "asked",
        "wrong",
        "lost",
        "lost, right",
        "lost, asked",
        "lost, wrong",
        "undrawn",
        "undrawn, right",
        "undrawn, asked",
        "undrawn, wrong",
        "overflowing",
        "over, right",
        "over, asked",
        "over, wrong",
        "failed",
    )
    table: dict[tuple[str, str], Counter[str]] = {}
    for number in range(asked.papers):
        dice = random.Random(f"{asked.seed}/{number}")  # noqa: S311 - made-up values, to be had again
        form = chosen[number % len(chosen)]
        blank = (root / "forms" / form.name / "blank.pdf").read_bytes()
        for filler, fill in FILLERS.items():
            values = made_up(form, dice, wraps=filler == "chrome", overflows=asked.overflows, hard=asked.hard)
            filled = Filled(form, fill(blank, values), values)
            original = documents(filled.data, forms, vocabulary)
            for flattener, flatten in FLATTENERS.items():
                counts = table.setdefault((filler, flattener), Counter())
                copy = flatten(filled.data)
                found = documents(copy, forms, vocabulary)
                if len(found) != 1 or found[0].form != form.name:
                    counts["failed"] += 1
                    sys.stdout.write(f"{filler} {flattener} {form.name}: read as {[d.form for d in found]}\n")
                    continue
                for line in count(filled, copy, found, counts, original):
                    if asked.show or line.startswith("wrong"):
                        sys.stdout.write(f"{filler} {flattener} {form.name} {line}\n")
                for finding in found[0].findings if asked.show else ():
                    sys.stdout.write(f"  {finding.code}: {finding.says}\n")
    shown = [c for c in columns if c in columns[:5] or any(counts[c] for counts in table.values())]
    sys.stdout.write(f"{'filled by':<10}{'flattened by':<14}" + "".join(f"{c:>16}" for c in shown) + "\n")
    for (filler, flattener), counts in table.items():
        sys.stdout.write(f"{filler:<10}{flattener:<14}" + "".join(f"{counts[c]:>16}" for c in shown) + "\n")


if __name__ == "__main__":
    main()
