"""Labels on a sheet, and the values that belong to them: behind the label, right of it, below it or above it.

A label without a colon may be a caption under its value. Whether a sheet captions or heads its values is
decided by what would give most labels a value that fits; where that is even, both stay possible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, cast

from processor.reading.persons import person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from processor.model import Box
    from processor.reading.lines import Line, Sheet
    from processor.reading.phrases import Lexicon, Match
    from processor.reading.vocabulary import Label, Vocabulary

_ASIDE = re.compile(r"\s*(?:\([^()]{0,40}\))?\s*")
"""`(DD/MM/YYYY)`, `(please print)`."""
_NAMED = re.compile(r"\s*(?:\([^()]{0,40}\))?\s*(?:[:：]|[-–—](?=\s))\s*(?:\([^()]{0,40}\))?")  # noqa: RUF001
_THIN = re.compile(r"[\s/|\\.,*()\-–—]*")  # noqa: RUF001
_NUMBER = re.compile(r"\s*[.:]?\s*[A-Za-z]{0,5}[-/ ]?\d")
_DATE = re.compile(r"\s*[.:]?\s*(?:\d{1,4}[-/. ]|[^\W\d_]{3,9}\.?[-\s]\d)")


class Way(Enum):
    """Where a value stands, seen from its label."""

    BEHIND = "behind"
    RIGHT = "right"
    BELOW = "below"
    ABOVE = "above"


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
        return _tidy(self.line.text[self.end : self.until])

    @property
    def last(self) -> bool:
        """Whether nothing follows in the line."""
        return self.until == len(self.line.text)


class Value(NamedTuple):
    """A text that a label points to."""

    text: str
    line: Line
    box: Box
    way: Way
    weak: bool
    listed: bool = False
    """A further value that fits follows in the same column: this may be a list."""


def _tidy(text: str) -> str:
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
    before, behind = _tidy(line.text[:start]) if alone else "", _tidy(line.text[stop:until])
    weak = before != "" or (named is None and behind != "")
    return Mark(match.what, line, start, stop, until, named is not None, weak, line.box_of(start, end))


# ---------------------------------------------------------------- values


class Fits(NamedTuple):
    """Whether a text can be the value of a role; a role that is not named takes none but what stands behind it."""

    tests: Mapping[str, Callable[[str], bool]]

    def __call__(self, role: str, text: str) -> bool:
        """Whether this text can stand under a label of that role."""
        test = self.tests.get(role)
        return bool(text) and test is not None and test(text)


@dataclass(frozen=True, slots=True)
class Reader:
    """A sheet with its labels, ready to say what each label points to."""

    sheet: Sheet
    marks: tuple[Mark, ...]
    fits: Fits
    heads: bool | None
    """True: values stand below their labels; False: above; None: cannot be told."""
    taken: tuple[Line, ...]
    """The lines that are values of other labels, when all labels have theirs on the same side."""

    def values(self, mark: Mark) -> tuple[Value, ...]:
        """What the label may point to: one value, none, or two where it cannot be told."""
        if mark.behind:
            box = mark.line.box_of(mark.end, mark.until)
            return (Value(mark.behind, mark.line, box, Way.BEHIND, mark.weak),)
        ways = self.ways(mark)
        if mark.colon and Way.RIGHT in ways:
            return (ways[Way.RIGHT],)
        other = Way.ABOVE if self.heads else Way.BELOW
        if self.heads is not None and other in ways and (len(ways) > 1 or ways[other].line in self.taken):
            del ways[other]
        return tuple(ways.values())

    def ways(self, mark: Mark) -> dict[Way, Value]:
        """What stands around a label and fits it, by way."""
        return _around(self.sheet, self.marks, mark, self.fits)

    def of(self, *roles: str) -> tuple[Mark, ...]:
        """The labels that ask for one of these."""
        return tuple(mark for mark in self.marks if mark.label.role in roles)


def reader(sheet: Sheet, labels: Lexicon[Label], fits: Fits) -> Reader:
    """The sheet with its labels."""
    found = marks(sheet, labels)
    around = [_around(sheet, found, mark, fits) for mark in found if not mark.behind]
    votes = sum(_vote(ways) for ways in around)
    heads = None if votes == 0 else votes > 0
    side = Way.BELOW if heads else Way.ABOVE
    taken = tuple(ways[side].line for ways in around if heads is not None and side in ways and Way.RIGHT not in ways)
    return Reader(sheet, found, fits, heads, taken)


def _vote(ways: Mapping[Way, Value]) -> int:
    """+1 for a label that has its value only below, -1 for one that has it only above."""
    if Way.RIGHT in ways:
        return 0
    return (Way.BELOW in ways) - (Way.ABOVE in ways)


def _around(sheet: Sheet, found: Sequence[Mark], mark: Mark, fits: Fits) -> dict[Way, Value]:
    lines: dict[Way, Line | None] = {}
    if mark.last:
        lines[Way.RIGHT] = sheet.right_of(mark.box)
    lines[Way.BELOW] = sheet.below(mark.box)
    if not mark.colon:
        lines[Way.ABOVE] = sheet.above(mark.box)
    ways = {}
    for way, line in lines.items():
        text = "" if line is None or line.text.rstrip().endswith((":", "：")) else _before_labels(line, found)  # noqa: RUF001
        if line is not None and fits(mark.label.role, text):
            box = line.box_of(0, len(text))
            ways[way] = Value(text, line, box, way, mark.weak, _listed(sheet, found, mark, box, way, fits))
    return ways


def _listed(sheet: Sheet, found: Sequence[Mark], mark: Mark, box: Box, way: Way, fits: Fits) -> bool:
    """Whether a further value that fits follows in the same column."""
    further = sheet.below(box) if way is Way.BELOW else sheet.above(box) if way is Way.ABOVE else None
    return further is not None and fits(mark.label.role, _before_labels(further, found))


def _before_labels(line: Line, found: Sequence[Mark]) -> str:
    """A line's text up to the first label in it; a first word that is a label elsewhere may begin a name (`Dean`)."""
    starts = [mark.start for mark in found if mark.line is line and (mark.start > 0 or not mark.weak)]
    return _tidy(line.text[: min(starts, default=len(line.text))])


def for_cards(vocabulary: Vocabulary, dated: Callable[[str], bool]) -> Fits:
    """What can stand under the labels of a certificate."""
    names = vocabulary.names

    def named(text: str) -> bool:
        return person(text, names, labelled=True) is not None

    def single(text: str) -> bool:
        return person(f"{text} Aa", names) is not None

    def numbered(text: str) -> bool:
        return any(c.isdecimal() for c in text) and (text.isdecimal() or not dated(text)) and len(text) <= 40

    def written(text: str) -> bool:
        return not dated(text) and any(c.isalpha() for c in text)

    return Fits(
        {
            **dict.fromkeys(("holder", "signer", "nom"), named),
            **dict.fromkeys(("given", "surname"), single),
            **dict.fromkeys(("issued", "expiry", "other_date"), dated),
            "number": numbered,
            "course": written,
            "issuer": written,
        }
    )
