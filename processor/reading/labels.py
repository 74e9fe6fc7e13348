"""Labels on a sheet: which words are one, and where the text behind it begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from processor.model import Box
    from processor.reading.lines import Line, Sheet
    from processor.reading.phrases import Lexicon, Match
    from processor.reading.vocabulary import Label

_ASIDE = re.compile(r"\s*(?:\([^()]{0,40}\))?\s*")
"""`(DD/MM/YYYY)`, `(please print)`."""
_NAMED = re.compile(r"\s*(?:\([^()]{0,40}\))?\s*(?:[:：]|[-–—](?=\s))\s*(?:\([^()]{0,40}\))?")  # noqa: RUF001
_THIN = re.compile(r"[\s/|\\.,*()\-–—]*")  # noqa: RUF001
_NUMBER = re.compile(r"\s*[.:]?\s*[A-Za-z]{0,5}[-/ ]?\d")
_DATE = re.compile(r"\s*[.:]?\s*(?:\d{1,4}[-/. ]|[^\W\d_]{3,9}\.?[-\s]\d)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A label where it stands on the sheet."""

    label: Label
    line: Line
    start: int
    """Where the label begins in the line's text; `end` is behind its colon, `until` where the next label begins."""
    end: int
    until: int
    colon: bool
    weak: bool
    """Words stand before it or, without a colon, behind it: it may be no label at all."""
    box: Box
    """The label's own box."""

    @property
    def behind(self) -> str:
        """What stands behind the label in its own line."""
        return tidy(self.line.text[self.end : self.until])

    @property
    def last(self) -> bool:
        """Whether nothing follows in the line."""
        return self.until == len(self.line.text)


def tidy(text: str) -> str:
    """A value without the rules, dots and dashes around it; a full stop at its end may be part of it."""
    return text.lstrip(" \t\n_:：.,;–—|-").rstrip(" \t\n_:：,;–—|-")  # noqa: RUF001


def marks(sheet: Sheet, labels: Lexicon[Label]) -> tuple[Mark, ...]:
    """Every label on the sheet, line by line."""
    return tuple(mark for line in sheet.lines for mark in _in_line(line, labels))


def _in_line(line: Line, labels: Lexicon[Label]) -> list[Mark]:
    standing: list[Match[Label]] = []
    for match in labels.find(line.tokens):
        if _stands(line, match) or (standing and _touching(line, standing[-1], match)):
            standing.append(match)
    found = _together(line, standing)
    begins = [line.tokens[first].start for _, first in found]
    ends = [*begins[1:], len(line.text)][: len(found)]
    spans = zip(found, ends, strict=True)
    return [_mark(line, match, (first, found[0][1]), until) for (match, first), until in spans]


def _stands(line: Line, match: Match[Label]) -> bool:
    """Whether the words are a label here: at the start, before a colon, or right before a value that fits."""
    after = line.text[line.tokens[match.end - 1].end :]
    if match.start == 0 or _NAMED.match(after):
        return True
    if match.what.role in ("issued", "expiry"):
        return bool(_DATE.match(after)) and match.what.rank < 3
    return match.what.role == "number" and bool(_NUMBER.match(after)) and match.what.rank < 2


def _touching(line: Line, before: Match[Label], match: Match[Label]) -> bool:
    """Whether only a stroke or a blank stands between two labels."""
    return _THIN.fullmatch(line.text[line.tokens[before.end - 1].end : line.tokens[match.start].start]) is not None


def _together(line: Line, found: list[Match[Label]]) -> list[tuple[Match[Label], int]]:
    """Labels with the place where each begins; one said in two languages (`Name / Nom`) is one label.

    `Instructor certificate no` is the instructor's: a label right behind a signer's, or behind one that asks
    for something else (`Provider registration no`), is part of it.
    """
    joined: list[tuple[Match[Label], int]] = []
    for match in found:
        if joined and _touching(line, joined[-1][0], match):
            before, first = joined[-1]
            if before.what.role == match.what.role:
                joined[-1] = (match, first)
                continue
            if before.what.role in ("signer", "other") and match.start == before.end:
                joined[-1] = (match._replace(what=before.what), first)
                continue
        joined.append((match, match.start))
    return joined


def _mark(line: Line, match: Match[Label], firsts: tuple[int, int], until: int) -> Mark:
    """A label from its first token on; `firsts` are that token and the first of all labels in the line."""
    first, earliest = firsts
    start, end = line.tokens[first].start, line.tokens[match.end - 1].end
    named = _NAMED.match(line.text, end, until)
    stop = (named or cast(re.Match[str], _ASIDE.match(line.text, end, until))).end()
    alone = first == earliest or match.what.role == "holder"
    before, behind = tidy(line.text[:start]) if alone else "", tidy(line.text[stop:until])
    weak = before != "" or (named is None and behind != "")
    return Mark(match.what, line, start, stop, until, named is not None, weak, line.box_of(start, end))
