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
from processor.model import Document, Draw, FindTables, Kind, Scan
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
from processor.reading.zones import zones

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

    Every page is in exactly one document, but that of a training record, which gives one for each of its rows.
    Yields questions (`processor.model.Look`) and wants the answer to each sent. `plates` are the pages of the forms'
    blanks, which scans are compared with; `calibration` says how certain their texts are. Never raises on what stands
    on the pages.
    """
    known = catalogue([layout(form) for form in forms])
    sorts: list[Sorted] = []
    record: Record | None = None
    for page in pages:
        sort = yield from _sorted(page, known, plates)
        record = (yield from _record(sort.page, vocabulary, record)) if sort.sort is Sort.CARD else None
        sorts += [sort if record is None else sort._replace(sort=Sort.RECORD, rows=record.documents)]
    documents: list[Document] = []
    for run in gathered(sorts, lambda page: cards.starts(page, vocabulary)):
        documents += yield from _documents(run, vocabulary, calibration)
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


def _documents(
    run: Run, vocabulary: Vocabulary, calibration: Calibration
) -> Generator[Look, Sight, tuple[Document, ...]]:
    """One run as its documents; a record's empty backs go with its first row."""
    if run.sort is not Sort.RECORD:
        return ((yield from _document(run, vocabulary, calibration)),)
    first, *others = (_doubted(run, row) for row in run.members[0].rows)
    return replace(first, pages=(*first.pages, *(page.number for page in run.empty))), *others


def _sorted(page: Page, known: Catalogue, plates: Plates) -> Generator[Look, Sight, Sorted]:
    """What a page is. One without words and widgets is a picture when anything is drawn on it, else empty."""
    visible = any(not widget.hidden for widget in page.widgets)
    scan = None
    if page.pictured and not visible:
        scan = scanned(page, (yield from _scan(page)), known, plates)
    if (scan is not None and scan.separates) or separates(page):
        return Sorted(page, Sort.SEPARATOR, scan=scan)
    found = scan.claims if scan is not None and scan.claims else claims(page, known)
    if found:
        return Sorted(page, Sort.FORM if len(found) == 1 else Sort.UNDECIDED, found, scan=scan)
    if scan is not None:
        return (yield from _unknown(scan))
    if page.words or page.notes or visible:
        return Sorted(page, Sort.CARD)
    drawn = yield from _draw(page, _THUMB)
    return Sorted(page, Sort.EMPTY if _blank(drawn) else Sort.PICTURE)


def _unknown(scan: ScannedPage) -> Generator[Look, Sight, Sorted]:
    """A scanned page that is no form's: a card when it has words, else a picture or the empty back of one.

    Pale marks are an empty back's, through which its front shines, unless they can be read.
    """
    marks = writing(scan.even)
    if not marks and scan.grade().poor == "dark":
        return Sorted(scan.page, Sort.PICTURE, scan=scan)
    if not marks and not writing(scan.even, PALE):
        return Sorted(scan.page, Sort.EMPTY, scan=scan)
    seen = yield from recognised(scan)
    if not marks and not seen.plain:
        return Sorted(scan.page, Sort.EMPTY, scan=scan)
    return Sorted(seen.page, Sort.CARD if seen.words else Sort.PICTURE, scan=scan, seen=seen)


def _scan(page: Page) -> Generator[Scan, Sight, Picture]:
    return cast("Picture", (yield Scan(page.number)))


def _draw(page: Page, dpi: int) -> Generator[Draw, Sight, Picture]:
    return cast("Picture", (yield Draw(page.number, dpi)))


def _blank(drawn: Picture) -> bool:
    return bool(np.mean(drawn.pixels < 200) < _EMPTY)


def _doubted(run: Run, document: Document) -> Document:
    """A card, or a row of a record, as sure as what was recognised of it."""
    for member in run.members:
        document = document if member.seen is None else member.seen.doubted(document)
    return replace(document, findings=(*document.findings, *_about_scans(run)))


def _document(run: Run, vocabulary: Vocabulary, calibration: Calibration) -> Generator[Look, Sight, Document]:
    """One run as a document; empty pages come last in it."""
    empty = tuple(page.number for page in run.empty)
    pages = [member.page for member in run.members]
    numbers = tuple(page.number for page in pages)
    match run.sort:
        case Sort.FORM:
            document = yield from _form(run, calibration)
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


def _form(run: Run, calibration: Calibration) -> Generator[Look, Sight, Document]:
    """A copy of a form: its pages in the form's order, its readings, and what a clerk would notice."""
    plan = run.members[0].claims[0].layout
    sheets: list[Sheet] = []
    for member in sorted(run.members, key=lambda m: m.claims[0].number):
        sheets += [(yield from _sheet(plan, member, calibration))]
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


def _sheet(plan: Layout, member: Sorted, calibration: Calibration) -> Generator[Look, Sight, Sheet]:
    """A page as the page of the form that it is."""
    number = member.claims[0].number
    if member.scan is not None and member.scan.claims:
        lies = member.scan.lies
        if lies is None:
            return scanned_sheet(number, member.page, {})
        seen, outside = yield from zones(member.scan, lies, plan.fields[number], calibration)
        return scanned_sheet(number, member.page, seen, outside)
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
    grades = [(member.page.number, member.scan.grade()) for member in run.members if member.scan is not None]
    return [finding("poor-page", page=number, what=grade.says) for number, grade in grades if grade.poor]


def _about_sheets(plan: Layout, sheets: Sequence[Sheet]) -> list[Finding]:
    """Pages of which boxes cannot be found, and what is written outside the boxes."""
    askew = [finding("not-aligned", page=each.page.number) for each in sheets if hides_boxes(plan, each)]
    return askew + [found for each in sheets for found in stray(each)]
