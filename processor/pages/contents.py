"""Everything that a file holds, gathered into a `Paper`: the order in which its parts are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from processor.findings import finding
from processor.model import Box, Page, Paper, Source, Widget, WidgetKind, Word
from processor.pages.acts import Acts
from processor.pages.appearances import corners, shown
from processor.pages.covered import pictured
from processor.pages.fields import array, is_dictionary, numbers, true
from processor.pages.geometry import Upright
from processor.pages.notes import note_words
from processor.pages.signatures import signature_findings
from processor.pages.text import plain
from processor.pages.widgets import Found, Walker, appearance, hides
from processor.pages.words import words
from processor.pages.xfa import data_path, data_values

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2 as pdfium

    from processor.pages.words import Run


class _Note(NamedTuple):
    page: int
    text: str
    box: Box
    appearance: pikepdf.Object | None


@dataclass(slots=True)
class _Gathered:
    """What the annotations of all pages come to."""

    found: list[Found] = field(default_factory=list)
    notes: list[_Note] = field(default_factory=list)
    acts: Acts = field(default_factory=Acts)
    signed: list[pikepdf.Object] = field(default_factory=list)


def contents(file: pikepdf.Pdf, document: pdfium.PdfDocument, data: bytes, *, mended: bool) -> Paper:
    """Everything a file holds. `file` and `document` are the same paper in qpdf and pdfium, `data` as it came.

    Takes `file` apart; `document` stays whole. `mended` says that the bytes had to be repaired to be read.
    """
    pages = [_page(document, number, node) for number, node in enumerate(_nodes(file))]
    gathered = _gathered(file, [upright for _, upright in pages])
    form = _form(file)
    if form is not None and "/XFA" in form:
        gathered.found = _with_xfa(gathered.found, data_values(data))
    dynamic = form is not None and true(file.Root.get("/NeedsRendering"))
    found = (
        *((finding("mended-file"),) if mended else ()),
        *((finding("xfa-form"),) if dynamic else ()),
        *filter(None, (gathered.acts.finding(),)),
        *signature_findings(gathered.signed, data),
    )
    trusted = form is None or not true(form.get("/NeedAppearances"))
    widgets, written = _drawn(file, gathered, trusted=trusted)
    return Paper(
        pages=tuple(
            replace(
                page,
                widgets=tuple(w for w in widgets if w.page == page.number),
                notes=tuple(w for number, w in written if number == page.number),
            )
            for page, _ in pages
        ),
        findings=found,
    )


def _nodes(file: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [page.obj for page in file.pages]


def _form(file: pikepdf.Pdf) -> pikepdf.Object | None:
    form = file.Root.get("/AcroForm")
    return form if is_dictionary(form) else None


def _page(document: pdfium.PdfDocument, place: int, node: pikepdf.Object) -> tuple[Page, Upright]:
    """A page without its annotations, and how it is turned. pdfium's word holds for crop and turn."""
    page = document[place]
    try:
        left, bottom, right, top = page.get_bbox()
        upright = Upright(left, bottom, right, top, page.get_rotation())
        drawn = words(page, upright)
        covered = pictured(page, node, upright, blank=not drawn)
    finally:
        page.close()
    width, height = round(upright.width, 2), round(upright.height, 2)
    number, turned = place + 1, upright.turned
    return Page(number=number, width=width, height=height, words=drawn, pictured=covered, turned=turned), upright


def _gathered(file: pikepdf.Pdf, uprights: list[Upright]) -> _Gathered:
    gathered, walker = _Gathered(), Walker()
    gathered.acts.file(file.Root)
    for number, (node, upright) in enumerate(zip(_nodes(file), uprights, strict=True), start=1):
        gathered.acts.part(node)
        for annotation in filter(is_dictionary, array(node.get("/Annots"))):
            _annotation(annotation, number, upright, walker, gathered)
    form = _form(file)
    if form is not None:
        gathered.found += walker.rest(form)
    gathered.signed = walker.signed
    return gathered


def _annotation(node: pikepdf.Object, number: int, upright: Upright, walker: Walker, gathered: _Gathered) -> None:
    gathered.acts.part(node)
    kind = plain(node.get("/Subtype"))
    if kind == "Widget" and (found := walker.widget(node, number, upright)):
        gathered.found.append(found)
    elif kind == "FreeText" and (corners := numbers(node.get("/Rect"), 4)) and not hides(node):
        note = _Note(number, plain(node.get("/Contents")), upright.box(*corners), appearance(node))
        gathered.notes.append(note)


def _drawn(file: pikepdf.Pdf, gathered: _Gathered, *, trusted: bool) -> tuple[list[Widget], list[tuple[int, Word]]]:
    """The widgets with what their boxes show, and the words of the notes with their pages. The file's last use.

    A form that asks for new appearances (`/NeedAppearances`) is drawn by every viewer from what is stored,
    so the old ones are not what a person sees.
    """
    asked = [f.appearance if trusted else None for f in gathered.found]
    noted = [n.appearance for n in gathered.notes]
    places = [None if a is None else corners(a) for a in noted]
    seen = shown(file, [*asked, *noted])
    widgets = [_with_drawn(f.widget, runs) for f, runs in zip(gathered.found, seen, strict=False)]
    notes = zip(gathered.notes, seen[len(widgets) :], places, strict=True)
    return widgets, [(n.page, word) for n, runs, place in notes for word in note_words(n.text, n.box, runs, place)]


def _with_drawn(widget: Widget, runs: list[Run] | None) -> Widget:
    """Cells of a comb stand apart in the drawing, so a blank between them is none of the value."""
    if runs is None:
        return widget
    text = ("" if widget.comb else " ").join(run.text for run in runs)
    return replace(widget, sources=(*widget.sources, Source("drawn", text)))


def _with_xfa(found: list[Found], values: dict[str, str]) -> list[Found]:
    """The widgets with what the XFA data keep for them; data that no widget shows become hidden ones."""
    known = {data_path(f.widget.name) for f in found}
    given = [f._replace(widget=_with_datum(f.widget, values.get(data_path(f.widget.name)))) for f in found]
    others = [
        Found(
            Widget(
                name=path,
                kind=WidgetKind.TEXT,
                page=1,
                box=Box(0, 0, 0, 0),
                hidden=True,
                sources=(Source("XFA", value),),
            )
        )
        for path, value in values.items()
        if path not in known and value
    ]
    return given + others


def _with_datum(widget: Widget, datum: str | None) -> Widget:
    if datum is None or widget.kind in (WidgetKind.BUTTON, WidgetKind.SIGNATURE):
        return widget
    if widget.kind is WidgetKind.TICK:
        datum = widget.on if datum == widget.on else "Off"
    return replace(widget, sources=(*widget.sources, Source("XFA", datum)))
