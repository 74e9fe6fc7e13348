"""Phrases found in text whatever the case, the accents and the punctuation.

Text is cut into tokens that remember their place, so that what stands before and after a phrase can be
taken from the text as it was printed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

T = TypeVar("T")

_MARK = re.compile(r"\((?:r|c|tm)\)", re.IGNORECASE)
_PIECE = re.compile(r"[#&+№]|[^\W_]+")
_SIGNS = {"#": "no", "№": "no", "&": "and", "+": "and"}


class Token(NamedTuple):
    """One word of a text, folded, and where it stands in that text (characters, end exclusive)."""

    text: str
    start: int
    end: int


class Match(NamedTuple, Generic[T]):
    """A phrase found in tokens: from `start` to before `end`, and what it stands for."""

    start: int
    end: int
    what: T


def fold(word: str) -> str:
    """A word without case and accents.

    >>> fold("Délivré")
    'delivre'
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order. `®`, `™`, `(R)` and `(TM)` are left out (domain.md 0, trap 8).

    >>> [token.text for token in tokens("SECOR(R) St. John's CPR-C & AED #12")]
    ['secor', 'st', 'john', 's', 'cpr', 'c', 'and', 'aed', 'no', '12']
    """
    plain = _MARK.sub(lambda mark: " " * len(mark[0]), text)
    return tuple(Token(_SIGNS.get(m[0]) or fold(m[0]), m.start(), m.end()) for m in _PIECE.finditer(plain))


@dataclass(frozen=True, slots=True)
class Lexicon(Generic[T]):
    """Phrases and what each stands for."""

    entries: dict[str, tuple[tuple[tuple[str, ...], T], ...]]
    """By first token; the longer phrases first."""

    def find(self, found: Sequence[Token]) -> tuple[Match[T], ...]:
        """The phrases in these tokens, from left to right; the longest wins and none overlap."""
        matches: list[Match[T]] = []
        index = 0
        while index < len(found):
            match = self.at(found, index)
            if match is None:
                index += 1
            else:
                matches.append(match)
                index = match.end
        return tuple(matches)

    def at(self, found: Sequence[Token], index: int) -> Match[T] | None:
        """The longest phrase that begins at this token."""
        for words, what in self.entries.get(found[index].text, ()):
            if tuple(token.text for token in found[index : index + len(words)]) == words:
                return Match(index, index + len(words), what)
        return None

    def whole(self, text: str) -> T | None:
        """What the text stands for, when it is exactly one phrase."""
        found = tokens(text)
        match = self.at(found, 0) if found else None
        return match.what if match is not None and match.end == len(found) else None


def lexicon(pairs: Iterable[tuple[str, T]]) -> Lexicon[T]:
    """A lexicon of these phrases, each with a word in it. Of one that is given twice the first meaning counts."""
    grouped: dict[str, dict[tuple[str, ...], T]] = {}
    for phrase, what in pairs:
        words = tuple(token.text for token in tokens(phrase))
        grouped.setdefault(words[0], {}).setdefault(words, what)
    return Lexicon({first: _longest_first(group) for first, group in grouped.items()})


def _longest_first(group: dict[tuple[str, ...], T]) -> tuple[tuple[tuple[str, ...], T], ...]:
    return tuple(sorted(group.items(), key=lambda entry: -len(entry[0])))
