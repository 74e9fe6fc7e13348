"""Words with their boxes from a page that pdfium has open, character by character.

pdfium puts a blank of its own between characters that stand apart, so the cells of a comb come out as
words of one letter; joining them is the reader's business, who knows that it is a comb.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from pypdfium2 import raw

from processor.findings import refusal
from processor.model import Box, Word
from processor.pages.limits import MAX_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pypdfium2 as pdfium

    from processor.pages.geometry import Upright


class Run(NamedTuple):
    """A word in the file's own coordinates, y upward."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def words(page: pdfium.PdfPage, upright: Upright) -> tuple[Word, ...]:
    """What the page draws, annotations left out, in the order of the file. Boxes on the upright page.

    What stands outside the page is left out: no person sees it.
    """
    whole = Box(0, 0, upright.width, upright.height)
    drawn = (Word(run.text, upright.box(*run[1:])) for run in runs(page))
    return tuple(word for word in drawn if whole.holds(word.box))


def runs(page: pdfium.PdfPage) -> list[Run]:
    """The words of a page in the file's own coordinates."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if count > MAX_CHARACTERS:
            raise refusal("too-big", what=f"{count:,} characters on one page")
        return _runs(textpage.raw, count)
    finally:
        textpage.close()


_WORD = re.compile(r"[^\s\0]+")
_SURROGATE = re.compile("[\ud800-\udfff]|[^\0-\uffff]")

Edges = tuple[float, float, float, float]
"""Left, bottom, right, top."""


def _runs(handle: object, count: int) -> list[Run]:
    box = _boxes(handle)
    return [run for word in _WORD.finditer(_text(handle, count)) for run in _word(box, word.start(), word.group())]


def _text(handle: object, count: int) -> str:
    """The page's characters, so that each stands at its own number.

    pdfium tells them all at once, but then leaves some out and gives others two places; where the lengths
    differ, or a character takes two places, they are asked for one by one.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    if raw.FPDFText_GetText(handle, 0, count, buffer) == count + 1:
        text = bytes(buffer)[:-2].decode("utf-16-le", "surrogatepass")
        if len(text) == count and not _SURROGATE.search(text):
            return text
    return "".join(chr(raw.FPDFText_GetUnicode(handle, index)) for index in range(count))


def _boxes(handle: object) -> Callable[[int], Edges]:
    """The loose box of a character by its number: as high as the type, whatever the letter."""
    rectangle = raw.FS_RECTF()
    pointer, ask = ctypes.byref(rectangle), raw.FPDFText_GetLooseCharBox

    def box(index: int) -> Edges:
        ask(handle, index, pointer)
        return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top

    return box


def _word(box: Callable[[int], Edges], first: int, text: str) -> list[Run]:
    """One word, or several where pdfium put no blank into a gap that any eye would see.

    The boxes of the first and the last character span the word; only a word that is too long for its
    letters, or runs neither across nor upward, is looked at letter by letter.
    """
    one = box(first)
    if len(text) == 1:
        return _named(text, one)
    whole = _around(one, box(first + len(text) - 1))
    if _size(whole) <= 0.75 * _size(one) * len(text) and _straight(one, whole):
        return _named(text, whole)
    return _split(text, [box(first + i) for i in range(len(text))])


def _split(text: str, boxes: list[Edges]) -> list[Run]:
    """Cut where the gap to the next letter is wider than the type is high: two columns or lines, not one word."""
    starts = [0, *(i for i in range(1, len(text)) if _apart(boxes[i - 1], boxes[i]))]
    ends = [*starts[1:], len(text)]
    return [run for a, b in zip(starts, ends, strict=True) for run in _named(text[a:b], reduce(_around, boxes[a:b]))]


def _named(text: str, box: Edges) -> list[Run]:
    seen = clean(text)
    return [Run(seen, *box)] if seen else []


def _size(box: Edges) -> float:
    """How high the type is, whichever way it runs."""
    return max(box[2] - box[0], box[3] - box[1])


def _straight(one: Edges, whole: Edges) -> bool:
    """Whether a word is no higher than its first letter, or no wider."""
    return whole[3] - whole[1] <= 1.2 * (one[3] - one[1]) or whole[2] - whole[0] <= 1.2 * (one[2] - one[0])


def _apart(one: Edges, other: Edges) -> bool:
    """Whether the next letter is too far away to go on with the word; lines lie closer together than columns."""
    sideways = max(other[0] - one[2], one[0] - other[2])
    upward = max(other[1] - one[3], one[1] - other[3])
    return sideways > _size(other) or upward > 0.3 * _size(other)


def _around(one: Edges, other: Edges) -> Edges:
    """The smallest box around two."""
    return (
        min(other[0], one[0]),
        min(other[1], one[1]),
        max(other[2], one[2]),
        max(other[3], one[3]),
    )


_HYPHENS = dict.fromkeys(map(ord, "\u00ad\u2010\u2011\ufffe\x02"), "-")
"""pdfium gives U+FFFE or U+0002 for a hyphen at the end of a line."""
_UNSEEN = dict.fromkeys([*range(0x02), *range(0x03, 0x20), *range(0x7F, 0xA0), 0x200B, 0x200C, 0x200D, 0xFEFF])
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_TABLE = {**_UNSEEN, **_HYPHENS, **_LIGATURES}


def clean(text: str) -> str:
    r"""The characters a person sees: ligatures taken apart, one kind of hyphen, composed accents.

    >>> clean("Certi\ufb01cat\u2010e")
    'Certificat-e'
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", _unswapped(text).translate(_TABLE))


def _unswapped(text: str) -> str:
    """Ghostscript writes the `ti` of some fonts with its bytes in the wrong order: `Registra琀椀on`.

    Undone only beside plain Latin letters, so that a Chinese name stays one.
    """
    if not any(c.isascii() and c.isalpha() for c in text):
        return text
    return "".join(chr(ord(c) >> 8) if _swapped(ord(c)) else c for c in text)


def _swapped(code: int) -> bool:
    return code & 0xFF == 0 and chr(code >> 8).isascii() and chr(code >> 8).isalpha()
