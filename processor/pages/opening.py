"""A stranger's bytes, opened by qpdf (mended where it must be) or refused with a reason."""

from __future__ import annotations

import io
import logging
import warnings
from typing import NamedTuple

import pikepdf
from pikepdf import settings

from processor.findings import refusal
from processor.pages.limits import MAX_STREAM
from processor.pages.xfa import rewritten


class Opened(NamedTuple):
    """A file that qpdf reads. `data` is what pdfium shall read: the file's own bytes, or the mended ones."""

    file: pikepdf.Pdf
    data: bytes
    mended: bool


def opened(data: bytes, *, max_pages: int) -> Opened:
    """Open a PDF with the empty password. Raises `UnreadablePaper`, its code saying why."""
    _tame()
    _look(data)
    try:
        return _read(data, max_pages)
    except pikepdf.PasswordError:
        raise refusal("locked-file") from None
    except (pikepdf.PdfError, RuntimeError, ValueError) as fault:
        if "encrypt" in str(fault):  # locked with a certificate, or by a way that qpdf does not know
            raise refusal("locked-file") from None
    again = rewritten(data)
    if again is None:
        raise refusal("broken-file")
    try:
        return _read(again, max_pages)._replace(mended=True)
    except (pikepdf.PdfError, RuntimeError, ValueError):
        raise refusal("broken-file") from None


def _tame() -> None:
    """For the whole process: what one stream may unpack to, how much mending is tried, and no logging.

    What the libraries log quotes the paper, and what is wrong with it becomes a finding anyway.
    """
    for library in ("pikepdf", "pypdf", "pypdfium2"):
        logging.getLogger(library).setLevel(logging.CRITICAL + 1)
    settings.set_qpdf_limits(
        flate_max_memory=MAX_STREAM, run_length_max_memory=MAX_STREAM, doc_max_warnings=1000, max_stream_filters=8
    )


def _read(data: bytes, max_pages: int) -> Opened:
    """By qpdf, which mends what it can. Raises `ValueError` when there is no page."""
    file = pikepdf.open(io.BytesIO(data), inherit_page_attributes=False)
    try:
        _count(file, max_pages)
        mended = bool(file.get_warnings())
        return Opened(file, saved(file) if mended else data, mended)
    except BaseException:
        file.close()
        raise


def _count(file: pikepdf.Pdf, most: int) -> None:
    """Refuse a file of no page (`ValueError`, so that it may be mended) or of too many."""
    pages = len(file.pages)
    if not pages:
        raise ValueError("no pages")
    if pages > most:
        raise refusal("too-big", what=f"{pages:,} pages, read are up to {most:,}")


def saved(file: pikepdf.Pdf) -> bytes:
    """The file as qpdf writes it: whole, without a password."""
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore", category=pikepdf.PageCopyWarning):  # widgets missing from /Fields
        file.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return out.getvalue()


_STARTS = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Word, Excel or Outlook file"),
    (b"\0\0\0\x0cjP  ", "a picture in JPEG 2000; send it as JPEG"),
    (b"8BPS", "a picture in Photoshop's own form; send it as JPEG"),
    (b"{\\rtf", "a text file"),
    (b"<!DOCTYPE", "a web page"),
    (b"<html", "a web page"),
)
_HEIC = dict.fromkeys((b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), "HEIC")
_PHONE = {**_HEIC, b"avif": "AVIF", b"avis": "AVIF"}
"""The brands of photos that no library under a free enough licence decodes (HEIC), or that nobody has sent yet."""


def _look(data: bytes) -> None:
    """Refuse what is plainly no PDF. A header may be missing or come late; then the inside must look like one."""
    if not data.strip():
        raise refusal("empty-file")
    if b"%PDF-" in data[:10_000]:
        return
    for start, what in _STARTS:
        if data.lstrip()[: len(start)].lower() == start.lower():
            raise refusal("not-a-paper", what=what)
    if data[4:8] == b"ftyp" and data[8:12] in _PHONE:
        raise refusal("not-a-paper", what=f"a photo in {_PHONE[data[8:12]]}; send it as JPEG")
    if b" obj" not in data or b"startxref" not in data:
        raise refusal("not-a-paper", what="no PDF mark in it")
