"""The words that the appearance of each widget shows, all read at once.

Flattening a copy and looking into each box would do it too, but costs the page's text a second time and
puts what overflows one box into its neighbour. So the appearances alone are laid out on sheets of their
own, each where nothing else can reach, and pdfium reads those: a box's words are its own.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2 as pdfium

from processor.pages.fields import is_dictionary, numbers, whole
from processor.pages.limits import MAX_VALUE
from processor.pages.words import Run, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOM = 600.0
"""Points kept free under each appearance for text that overflows it."""
_LONGEST = 60_000.0
"""Points of one sheet; pdfium keeps single floats, which are good to 0.004 here."""


@dataclass(slots=True)
class _Sheet:
    """Appearances above one another, lowest first."""

    high: float = 0.0
    starts: list[float] = field(default_factory=list)
    slots: list[tuple[int, float, float]] = field(default_factory=list)
    """Which appearance, and how far right and up it was moved."""

    def put(self, which: int, corners: tuple[float, float, float, float]) -> None:
        left, bottom, _, top = corners
        base = self.high + _ROOM
        self.starts.append(self.high)
        self.slots.append((which, -left, base - bottom))
        self.high = base + (top - bottom)

    def slot(self, run: Run) -> tuple[int, Run]:
        """Which appearance a word is part of, and the word in that appearance's own coordinates."""
        which, x, y = self.slots[max(bisect_right(self.starts, (run.bottom + run.top) / 2) - 1, 0)]
        return which, Run(run.text, run.left - x, run.bottom - y, run.right - x, run.top - y)


def shown(file: pikepdf.Pdf, appearances: Sequence[pikepdf.Object | None]) -> list[list[Run] | None]:
    """The words of each appearance stream, in its own coordinates (those of its `/BBox`); None stays None.

    None comes too for a stream that is too large to be one, or that cannot be unpacked: nobody knows what it shows.
    Takes the file apart for it: nothing else should be read from `file` afterwards.
    """
    contents = {i: _content(stream) for i, stream in enumerate(appearances) if stream is not None}
    found: dict[int, list[Run]] = {i: [] for i, content in contents.items() if content is not None}
    written = {i: s for i, s in enumerate(appearances) if s is not None and _has_text(contents[i] or b"")}
    if written:
        _read(file, written, found)
    return [found.get(i) for i in range(len(appearances))]


def _read(file: pikepdf.Pdf, streams: dict[int, pikepdf.Object], found: dict[int, list[Run]]) -> None:
    """Lay the streams out, read the sheets, and give each word to the stream it is part of."""
    sheets = [_Sheet()]
    for i, stream in streams.items():
        if sheets[-1].high >= _LONGEST:
            sheets.append(_Sheet())
        sheets[-1].put(i, corners(stream))
    document = pdfium.PdfDocument(_laid_out(file, sheets, streams))
    try:
        for number, sheet in enumerate(sheets):
            for run in _page_runs(document, number):
                which, own = sheet.slot(run)
                found[which].append(own)
    finally:
        document.close()


def corners(stream: pikepdf.Object) -> tuple[float, float, float, float]:
    """The `/BBox` of an appearance: left, bottom, right, top."""
    box = numbers(stream.get("/BBox"), 4) or (0.0, 0.0, 0.0, 0.0)
    (left, right), (bottom, top) = sorted((box[0], box[2])), sorted((box[1], box[3]))
    return left, bottom, right, min(top, bottom + _LONGEST)


def _content(stream: pikepdf.Object) -> bytes | None:
    """What the stream draws, unpacked."""
    if whole(stream.get("/Length")) > MAX_VALUE:
        return None
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return None


def _has_text(content: bytes) -> bool:
    """Whether it can show text at all; most boxes of a form are blank."""
    return any(operator in content for operator in (b"Tj", b"TJ", b"'", b'"', b" Do"))


def _laid_out(file: pikepdf.Pdf, sheets: list[_Sheet], streams: dict[int, pikepdf.Object]) -> bytes:
    """The file with the sheets in place of its pages; qpdf writes only what they need."""
    pages = [_page(file, sheet, streams, _form_fonts(file)) for sheet in sheets]
    del file.pages[:]
    for page in pages:
        file.pages.append(pikepdf.Page(page))
    for key in [k for k in file.Root.keys() if k not in ("/Type", "/Pages")]:  # noqa: SIM118 - not a dict
        del file.Root[key]
    out = io.BytesIO()
    file.save(
        out,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return out.getvalue()


def _page(
    file: pikepdf.Pdf, sheet: _Sheet, streams: dict[int, pikepdf.Object], fonts: pikepdf.Object
) -> pikepdf.Dictionary:
    """One sheet. The turn of an appearance (`/Matrix`) is taken off, so that its words stand upright."""
    drawn = pikepdf.Dictionary()
    content = []
    for which, x, y in sheet.slots:
        stream = streams[which]
        if "/Matrix" in stream:
            del stream["/Matrix"]
        drawn[f"/A{which}"] = stream
        content.append(f"q 1 0 0 1 {x:.3f} {y:.3f} cm /A{which} Do Q")
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Page,
        MediaBox=pikepdf.Array([0, 0, 2000, round(sheet.high + _ROOM)]),
        Resources=pikepdf.Dictionary(XObject=drawn, Font=fonts),
        Contents=file.make_stream("\n".join(content).encode()),
    )


def _form_fonts(file: pikepdf.Pdf) -> pikepdf.Object:
    """The form's own fonts, which an appearance may use without naming them."""
    form = file.Root.get("/AcroForm")
    resources = form.get("/DR") if is_dictionary(form) else None
    fonts = resources.get("/Font") if is_dictionary(resources) else None
    return fonts if is_dictionary(fonts) else pikepdf.Dictionary()


def _page_runs(document: pdfium.PdfDocument, number: int) -> list[Run]:
    page = document[number]
    try:
        return runs(page)
    finally:
        page.close()
