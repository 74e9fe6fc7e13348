"""What a parser answers: the value, or the finding's code and the words that go with it. Never an exception."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processor.model import Scalar


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, or why there is none."""

    value: Scalar = None
    code: str = ""
    """Empty when there is a value; else the code of the finding that says why not."""
    expected: str = ""
    """What should stand there, for the sentence “… is not {expected}”."""
    guesses: str = ""
    """What it could mean, in words, where it can mean several things."""


def unclear(expected: str) -> Parsed:
    """Something is written, and it is not what should stand there."""
    return Parsed(code="unclear-value", expected=expected)


def flat(raw: str) -> str:
    r"""The text composed, its white space (line ends, no-break blanks) single blanks, none around it.

    >>> flat("  Prairie\u00a0 Roofing\nLtd. ")
    'Prairie Roofing Ltd.'
    """
    return " ".join(unicodedata.normalize("NFC", raw).split())


_LOST = frozenset({"Cc", "Cn", "Co", "Cs"})
_EAST = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC"})


def legible(text: str) -> bool:
    """Whether the characters can be what somebody wrote.

    A font without a table leaves U+FFFD, private or control codes, or letters of three and more scripts at once, or of
    two in one word; a font without the letter leaves a question mark inside the word (`?ucja`).
    """
    if text.isascii() and text.isprintable():
        return not _HOLE.search(text)
    if "\ufffd" in text or any(unicodedata.category(c) in _LOST for c in text):
        return False
    mixed = any(len(_scripts(word)) > 1 for word in text.split())
    return not mixed and len(_scripts(text)) < 3 and not _HOLE.search(text)


_HOLE = re.compile(r"\?[^\W\d_]")


def _scripts(text: str) -> set[str]:
    """The scripts of the letters, as Unicode names them; those that are written together in East Asia are one."""
    names = {unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha()}
    return names - _EAST | ({"EAST"} if names & _EAST else set())


def unaccented(text: str) -> str:
    """Small letters without accents, to compare words of English and French.

    >>> unaccented("Août")
    'aout'
    """
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
