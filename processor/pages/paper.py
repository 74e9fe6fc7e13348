"""A stranger's bytes opened: as the picture that they are, or as a PDF that pdfium draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pypdfium2 as pdfium

from processor.findings import refusal
from processor.pages.contents import contents
from processor.pages.open_paper import OpenPaper
from processor.pages.opening import opened, saved
from processor.pages.picture import Drawer
from processor.pages.pictures import open_pictures, picture_kind
from processor.pages.scans import scan
from processor.pages.tables import tables

if TYPE_CHECKING:
    from processor.model import Box, Draw, FindTables, Grid, Paper, Picture, Scan
    from processor.pages.opening import Opened


class _PdfPaper(OpenPaper):
    """Pages that pdfium draws from the file's own bytes."""

    def __init__(self, paper: Paper, data: bytes) -> None:
        super().__init__(paper)
        self._data = data
        self._drawer: Drawer | None = None

    def draw(self, question: Draw) -> Picture:
        """As pdfium draws it, widgets included."""
        return self._drawing().grey(question.page, question.dpi)

    def scan(self, question: Scan) -> Picture:
        """The one picture that the page is, or else the page drawn."""
        return scan(self._drawing(), self._data, question.page)

    def tables(self, question: FindTables) -> tuple[Grid, ...]:
        """By pdfplumber."""
        return tables(self._data, question.page)

    def draw_png(self, page: int, dpi: float, box: Box | None = None) -> bytes:
        """As pdfium draws it, in its colours."""
        return self._drawing().png(page, dpi, box)

    def close(self) -> None:
        """Let pdfium forget the file."""
        if self._drawer is not None:
            self._drawer.close()
            self._drawer = None

    def _drawing(self) -> Drawer:
        if self._drawer is None:
            self._drawer = Drawer(self._data)
        return self._drawer


def open(data: bytes, *, max_pages: int) -> OpenPaper:  # noqa: A001 - reads as pages.open
    """Read a paper's pages, words and widgets: a PDF's, or a picture's. Call it in a limited child process only.

    Raises `UnreadablePaper` with the code `empty-file`, `not-a-paper`, `locked-file`, `too-big` or `broken-file`.
    """
    kind = picture_kind(data)
    return open_pictures(data, kind, max_pages=max_pages) if kind else _open_pdf(data, max_pages=max_pages)


def _open_pdf(data: bytes, *, max_pages: int) -> OpenPaper:
    paper = opened(data, max_pages=max_pages)
    with paper.file as file:
        try:
            document, shown = _pdfium(paper)
            try:
                return _PdfPaper(contents(file, document, data, mended=paper.mended), shown)
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
