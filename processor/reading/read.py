"""From pages to documents. Sans-IO: where ink must be judged it asks for a drawing and goes on with the answer.

No day and no register come in here: the same pages always read the same.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import numpy as np

from processor.findings import finding
from processor.imaging.upright import PALE, writing
from processor.model import Document, Draw, FindTables, Kind, Scan, State
from processor.reading import cards, records
from processor.reading.certainty import UNCALIBRATED
from processor.reading.fields import copy, readings
from processor.reading.gathering import Sort, Sorted, gathered
from processor.reading.marks import DPI
from processor.reading.recognised import recognised
from processor.reading.scanned import scanned
from processor.reading.sheets import hides_boxes, layout, needs_picture, pictured, scanned_sheet, sheet
from processor.reading.sorting import catalogue, claims, separates
from processor.reading.strays import stray
from processor.reading.summed import summed
from processor.reading.zones import Zones, zones

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from processor.forms.form import Form
    from processor.model import Finding, Grid, Look, Page, Picture, Sight
    from processor.reading.certainty import Calibration
    from processor.reading.gathering import Run
    from processor.reading.records import Record
    from processor.reading.scanned import Plates, ScannedPage
    from processor.reading.sheets import Layout, Sheet
    from processor.reading.sorting import Catalogue
    from processor.reading.vocabulary import Vocabulary

_THUMB = 36
"""Dots an inch: enough to see whether a page is empty."""
_FEW = 20
"""So many pale marks are a line of writing; fewer are dust, or the grain of the paper."""
_NO_PLATES: Plates = MappingProxyType({})
_EMPTY = 0.0005
"""The share of dark pixels below which a page is empty: dust, no writing."""


def read(
    pages: Sequence[Page],
    forms: Sequence[Form],
    vocabulary: Vocabulary,
    plates: Plates = _NO_PLATES,
    calibration: Calibration = UNCALIBRATED,
) -> Generator[Look, Sight, tuple[tuple[Document, ...], tuple[Finding, ...]]]:
    """The documents on these pages, and findings about the file (none as yet).

    Of a page that came as a picture all is read before the next one is asked for, and only what it says is kept: a
    stack of hundreds needs no more memory than one.

    Every page is in exactly one document, but that of a training record, which gives one for each of its rows.
    Yields questions (`processor.model.Look`) and wants the answer to each sent. `plates` are the pages of the forms'
    blanks, which scans are compared with; `calibration` says how certain their texts are. Never raises on what stands
    on the pages.
    """
    known = catalogue([layout(form) for form in forms])
    sorts: list[Sorted] = []
    record: Record | None = None
    for page in pages:
        sort = yield from _sorted(page, known, plates, calibration)
        record = (yield from _record(sort.page, vocabulary, record)) if sort.sort is Sort.CARD else None
        sorts += [sort if record is None else sort._replace(sort=Sort.RECORD, rows=record.documents)]
    documents: list[Document] = []
    for run in gathered(sorts, lambda page: cards.starts(page, vocabulary)):
        documents += yield from _documents(run, vocabulary)
    return tuple(documents), ()


def _record(page: Page, vocabulary: Vocabulary, before: Record | None) -> Generator[Look, Sight, Record | None]:
    """The training record on the page, if it is one: what may be a certificate is one only with two plain rows."""
    rows = records.rows_under(page, vocabulary)
    if rows < 2 and (rows == 0 or cards.starts(page, vocabulary)):
        return None
    tables = yield from _tables(page)
    found = records.read(page, tables, vocabulary, before)
    least = 2 if cards.starts(page, vocabulary) else 1
    return found if records.plain(found) >= least else None


def _tables(page: Page) -> Generator[FindTables, Sight, tuple[Grid, ...]]:
    return cast("tuple[Grid, ...]", (yield FindTables(page.number)))


def _documents(run: Run, vocabulary: Vocabulary) -> Generator[Look, Sight, tuple[Document, ...]]:
    """One run as its documents; a record's empty backs go with its first row."""
    if run.sort is not Sort.RECORD:
        return ((yield from _document(run, vocabulary)),)
    first, *others = (_doubted(run, row) for row in run.members[0].rows)
    return replace(first, pages=(*first.pages, *(page.number for page in run.empty))), *others


def _sorted(page: Page, known: Catalogue, plates: Plates, calibration: Calibration) -> Generator[Look, Sight, Sorted]:
    """What a page is. One without words and widgets is a picture when anything is drawn on it, else empty."""
    visible = any(not widget.hidden for widget in page.widgets)
    if page.pictured and not visible:
        scan = scanned(page, (yield from _scan(page)), known, plates)
        return (yield from _pictured(scan, known, calibration))
    if separates(page):
        return Sorted(page, Sort.SEPARATOR)
    found = claims(page, known)
    if found:
        return Sorted(page, Sort.FORM if len(found) == 1 else Sort.UNDECIDED, found)
    if page.words or page.notes or visible:
        return Sorted(page, Sort.CARD)
    drawn = yield from _draw(page, _THUMB)
    return Sorted(page, Sort.EMPTY if _blank(drawn) else Sort.PICTURE)


def _pictured(scan: ScannedPage, known: Catalogue, calibration: Calibration) -> Generator[Look, Sight, Sorted]:
    """What a page is that came as a picture. Where only a scanner's words tell the form, they are read, never sure."""
    page, grade = scan.page, scan.grade()
    if scan.separates or separates(page):
        return Sorted(page, Sort.SEPARATOR, grade=grade)
    if len(scan.claims) == 1:
        shown = (
            Zones({}, ())
            if scan.lies is None
            else (yield from zones(scan, scan.lies, scan.claims[0].fields, calibration))
        )
        return Sorted(page, Sort.FORM, scan.claims, grade=grade, zones=shown)
    found = scan.claims or claims(page, known)
    if found:
        return Sorted(page, Sort.FORM if len(found) == 1 else Sort.UNDECIDED, found, grade=grade)
    return (yield from _unknown(scan))._replace(grade=grade)


def _unknown(scan: ScannedPage) -> Generator[Look, Sight, Sorted]:
    """A scanned page that is no form's: a card when it has words, else a picture or the empty back of one.

    Pale marks are an empty back's, through which its front shines, where they read the wrong way round, or are few.
    """
    marks = writing(scan.even)
    if not marks and scan.grade().poor == "dark":
        return Sorted(scan.page, Sort.PICTURE)
    if not marks and not writing(scan.even, PALE):
        return Sorted(scan.page, Sort.EMPTY)
    seen = yield from recognised(scan)
    if not marks and not seen.plain:
        return Sorted(scan.page, Sort.EMPTY if (yield from _shines_through(scan)) else Sort.PICTURE)
    return Sorted(seen.page, Sort.CARD if seen.words else Sort.PICTURE, seen=seen)


def _shines_through(scan: ScannedPage) -> Generator[Look, Sight, bool]:
    """Whether the pale marks of a page are its front's, or dust."""
    if writing(scan.even, PALE) < _FEW:
        return True
    return (yield from recognised(scan.mirrored())).plain


def _scan(page: Page) -> Generator[Scan, Sight, Picture]:
    return cast("Picture", (yield Scan(page.number)))


def _draw(page: Page, dpi: int) -> Generator[Draw, Sight, Picture]:
    return cast("Picture", (yield Draw(page.number, dpi)))


def _blank(drawn: Picture) -> bool:
    return bool(np.mean(drawn.pixels < 200) < _EMPTY)


def _doubted(run: Run, document: Document) -> Document:
    """A card, or a row of a record, as sure as what was recognised of it."""
    for member in run.members:
        if member.seen is not None:
            document = member.seen.doubted(document)
        elif member.page.pictured:
            document = _under_picture(document, member.page.number)
    return replace(document, findings=(*document.findings, *_about_scans(run)))


def _under_picture(document: Document, number: int) -> Document:
    """A card whose page is a picture with boxes that are filled in: the words under it are never sure."""
    sure = [r for r in document.readings if r.page == number and r.box is not None and r.state is State.SURE]
    readings = (replace(r, state=State.UNSURE, doubt="unsure-reading") if r in sure else r for r in document.readings)
    asked = (finding("unsure-reading", page=r.page, box=r.box, reading=r.name) for r in sure)
    return replace(document, readings=tuple(readings), findings=(*document.findings, *asked))


def _document(run: Run, vocabulary: Vocabulary) -> Generator[Look, Sight, Document]:
    """One run as a document; empty pages come last in it."""
    empty = tuple(page.number for page in run.empty)
    pages = [member.page for member in run.members]
    numbers = tuple(page.number for page in pages)
    match run.sort:
        case Sort.FORM:
            document = yield from _form(run)
        case Sort.CARD:
            document = _doubted(run, cards.read_card(pages, vocabulary))
        case Sort.PICTURE:
            findings = (finding("no-text", page=numbers[0]), *_about_scans(run))
            document = Document(kind=Kind.OTHER, pages=numbers, findings=findings)
        case Sort.UNDECIDED:
            what = ", ".join(claim.said for claim in run.members[0].claims)
            found = finding("several-forms", page=numbers[0], what=what)
            document = Document(kind=Kind.OTHER, pages=numbers, findings=(found,))
        case _:
            document = Document(kind=Kind.OTHER, pages=(), findings=(finding("unknown-paper", page=empty[0]),))
    return replace(document, pages=(*document.pages, *empty))


def _form(run: Run) -> Generator[Look, Sight, Document]:
    """A copy of a form: its pages in the form's order, its readings, and what a clerk would notice."""
    plan = run.members[0].claims[0].layout
    sheets: list[Sheet] = []
    for member in sorted(run.members, key=lambda m: m.claims[0].number):
        sheets += [(yield from _sheet(plan, member))]
    sheets = summed(plan.form, sheets)
    found, doubts = readings(copy(plan, sheets))
    form = plan.form
    return Document(
        kind=form.kind,
        form=form.name,
        program=form.program,
        pages=tuple(each.page.number for each in sheets),
        readings=found,
        findings=(*_about_pages(run, len(form.pages)), *_about_scans(run), *_about_sheets(plan, sheets), *doubts),
    )


def _sheet(plan: Layout, member: Sorted) -> Generator[Look, Sight, Sheet]:
    """A page as the page of the form that it is."""
    number = member.claims[0].number
    if member.zones is not None:
        return scanned_sheet(number, member.page, *member.zones)
    plain = sheet(plan, number, member.page)
    if not needs_picture(plan, plain):
        return plain
    return pictured(plain, (yield from _draw(plain.page, DPI)))


def _about_pages(run: Run, count: int) -> list[Finding]:
    """Pages that are missing, doubled, or out of order; the sentences count the form's pages."""
    numbers = run.numbers
    found = [replace(finding("page-missing", page=n), page=None) for n in range(1, count + 1) if n not in numbers]
    places = [member.page.number for member in run.members]
    found += [
        replace(finding("page-twice", page=n), page=place)
        for i, (n, place) in enumerate(zip(numbers, places, strict=True))
        if n in numbers[:i]
    ]
    pages = sorted([*places, *(page.number for page in run.empty)])
    apart = pages != list(range(pages[0], pages[0] + len(pages)))
    return [*found, *([finding("page-order", page=places[0])] if apart or numbers != sorted(numbers) else [])]


def _about_scans(run: Run) -> list[Finding]:
    """Pages that are too poor to be read well, with what is wrong, for the sender."""
    grades = [(member.page.number, member.grade) for member in run.members if member.grade is not None]
    return [finding("poor-page", page=number, what=grade.says) for number, grade in grades if grade.poor]


def _about_sheets(plan: Layout, sheets: Sequence[Sheet]) -> list[Finding]:
    """Pages of which boxes cannot be found, and what is written outside the boxes."""
    askew = [finding("not-aligned", page=each.page.number) for each in sheets if hides_boxes(plan, each)]
    return askew + [found for each in sheets for found in stray(each)]
