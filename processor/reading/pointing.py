"""What a label points to: the text behind it, or a value right of it, below it or above it.

A label without a colon may be a caption under its value. Whether a sheet captions or heads its values is
decided by what would give most labels a value that fits; where that is even, both stay possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from processor.reading.labels import marks, tidy
from processor.reading.persons import person

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from processor.model import Box
    from processor.reading.labels import Mark
    from processor.reading.lines import Line, Sheet
    from processor.reading.phrases import Lexicon
    from processor.reading.vocabulary import Label, Vocabulary


class Way(Enum):
    """Where a value stands, seen from its label."""

    BEHIND = "behind"
    RIGHT = "right"
    BELOW = "below"
    ABOVE = "above"


class Value(NamedTuple):
    """A text that a label points to."""

    text: str
    line: Line
    box: Box
    way: Way
    weak: bool
    listed: bool = False
    """A further value that fits follows in the same column: this may be a list."""


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

    def near(self, mark: Mark) -> tuple[Line, ...]:
        """The lines right of a label and below it, whatever they say."""
        beside = (self.sheet.right_of(mark.box), self.sheet.below(mark.box))
        return tuple(line for line in beside if line is not None)

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
            value = Value(text, line, line.box_of(0, len(text)), way, mark.weak)
            ways[way] = value._replace(listed=_listed(sheet, found, mark.label.role, value, fits))
    return ways


def _listed(sheet: Sheet, found: Sequence[Mark], role: str, value: Value, fits: Fits) -> bool:
    """Whether a further value that fits follows in the same column."""
    steps = {Way.BELOW: sheet.below, Way.ABOVE: sheet.above}
    further = steps[value.way](value.box) if value.way in steps else None
    return further is not None and fits(role, _before_labels(further, found))


def _before_labels(line: Line, found: Sequence[Mark]) -> str:
    """A line's text up to the first label in it; a first word that is a label elsewhere may begin a name (`Dean`)."""
    starts = [mark.start for mark in found if mark.line is line and (mark.start > 0 or not mark.weak)]
    return tidy(line.text[: min(starts, default=len(line.text))])


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
