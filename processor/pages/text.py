"""Text as a PDF stores it: strings, names, streams and rich text, made into plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import pikepdf
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from processor.pages.limits import MAX_VALUE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def plain(value: object) -> str:
    """A stored value as text: a string, a name without its slash, a stream decoded, an array line by line.

    Numbers and truth values come out as they are written; a dictionary or null is no value and gives "".
    """
    match value:
        case pikepdf.Name():
            return named(_string(value))
        case pikepdf.String():
            return tidy(_string(value))
        case pikepdf.Stream():
            return tidy(_decoded(_unpacked(value)))
        case pikepdf.Array():
            return "\n".join(plain(item) for item in list(value)[:1000])
        case None | pikepdf.Object():
            return ""
        case _:
            return str(value)[:MAX_VALUE]


def tidy(text: str) -> str:
    """One kind of line end, no language escapes (ISO 32000-1, 7.9.2.2), no trailing nulls."""
    text = re.sub("\x1b[^\x1b]*\x1b", "", text[:MAX_VALUE])
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\0")


def named(name: str) -> str:
    """A name without its slash. Its bytes should be UTF-8; those that are not come as lone surrogates."""
    if any("\udc80" <= c <= "\udcff" for c in name):
        name = _decoded(name.encode("utf-8", "surrogateescape"))
    return name[1:]


def _string(value: pikepdf.String | pikepdf.Name) -> str:
    try:
        return str(value)
    except (UnicodeDecodeError, ValueError):
        return _decoded(bytes(value))


def _unpacked(stream: pikepdf.Stream) -> bytes:
    """At most MAX_VALUE packed bytes are looked at; qpdf's own limit stops what unpacks to too much."""
    if int(stream.get("/Length", 0)) > MAX_VALUE:
        return b""
    try:
        return stream.read_bytes()[:MAX_VALUE]
    except pikepdf.PdfError:
        return b""


def _decoded(data: bytes) -> str:
    """The three encodings of text in PDF, told apart by their marks; else UTF-8 where it fits."""
    for mark, encoding in ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("pdfdoc", "replace")


def rich(value: object) -> str:
    """The words of a rich text value (ISO 32000-1, 12.7.3.4): a paragraph a line."""
    text = plain(value)
    if "<" not in text:
        return text
    try:
        return "\n".join(filter(None, _paragraphs(fromstring(text)))).strip()
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return ""


def _paragraphs(element: Element) -> list[str]:
    """Text of the innermost paragraphs; text outside any paragraph counts as one of its own."""
    lines = [""]
    for part in _pieces(element):
        if part is None:
            lines.append("")
        else:
            lines[-1] += part
    return [" ".join(line.split()) for line in lines]


def _pieces(element: Element) -> list[str | None]:
    """Texts in order; None is where a line ends."""
    name = element.tag.rpartition("}")[2]
    pieces: list[str | None] = [None] if name in ("p", "br", "div", "li") else []
    pieces.append(element.text or "")
    for child in element:
        pieces += _pieces(child)
        pieces.append(child.tail or "")
    if name in ("p", "div", "li"):
        pieces.append(None)
    return pieces
