"""One opened PDF: its pages as values, and the drawing of them when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pikepdf
import pypdfium2 as pdfium

from processor.findings import refusal
from processor.pages.contents import contents
from processor.pages.opening import opened, saved
from processor.pages.picture import Drawer
from processor.pages.tables import tables

if TYPE_CHECKING:
    from types import TracebackType

    from processor.model import Box, Draw, FindTables, Grid, Paper, Picture
    from processor.pages.opening import Opened


class OpenPaper:
    """A paper whose bytes are at hand; close it, or use it with `with`."""

    def __init__(self, paper: Paper, data: bytes) -> None:
        self.paper = paper
        self._data = data
        self._drawer: Drawer | None = None

    def draw(self, question: Draw) -> Picture:
        """The page in grey, upright, widgets drawn; fewer dots an inch where the page would be too large."""
        return self._drawing().grey(question.page, question.dpi)

    def tables(self, question: FindTables) -> tuple[Grid, ...]:
        """The ruled tables of the page, from the top; none where there are none or they cannot be read."""
        return tables(self._data, question.page)

    def draw_png(self, page: int, dpi: float, box: Box | None = None) -> bytes:
        """The page in colour as PNG; with a box, the part around it, framed in red."""
        return self._drawing().png(page, dpi, box)

    def close(self) -> None:
        """Let pdfium forget the file. May be called twice."""
        if self._drawer is not None:
            self._drawer.close()
            self._drawer = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _drawing(self) -> Drawer:
        if self._drawer is None:
            self._drawer = Drawer(self._data)
        return self._drawer


def open(data: bytes, *, max_pages: int) -> OpenPaper:  # noqa: A001 - reads as pages.open
    """Read a PDF's pages, words and widgets. Call it in a limited child process only.

    Raises `UnreadablePaper` with the code `empty-file`, `not-a-paper`, `locked-file`, `too-big` or `broken-file`.
    """
    paper = opened(data, max_pages=max_pages)
    with paper.file as file:
        try:
            document, shown = _pdfium(paper)
            try:
                return OpenPaper(contents(file, document, data, mended=paper.mended), shown)
            finally:
                document.close()
        except (pikepdf.PdfError, pdfium.PdfiumError) as fault:
            raise refusal("broken-file") from fault


def _pdfium(paper: Opened) -> tuple[pdfium.PdfDocument, bytes]:
    """The same file in pdfium, by way of qpdf where pdfium does not take it as it is."""
    try:
        document = pdfium.PdfDocument(paper.data)
        if len(document) == len(paper.file.pages):
            return document, paper.data
        document.close()
    except pdfium.PdfiumError:
        pass
    data = saved(paper.file)
    return pdfium.PdfDocument(data), data
