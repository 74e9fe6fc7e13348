"""What a parser answers: the value, or the finding's code and the words that go with it. Never an exception."""

from __future__ import annotations

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


def legible(text: str) -> bool:
    """Whether every character means something: a font without a table leaves U+FFFD, private or control codes."""
    return "\ufffd" not in text and not any(unicodedata.category(c) in _LOST for c in text)


def unaccented(text: str) -> str:
    """Small letters without accents, to compare words of English and French.

    >>> unaccented("Août")
    'aout'
    """
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))
