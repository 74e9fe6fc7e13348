"""What the headings of a table of training ask for: who, what, when, and which number.

A heading counts only when all its words are understood. A course as a heading (`SCOT`, `First aid expires`) makes
the table a matrix: the dates in that column are of that course.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from processor.reading.lines import assembled
from processor.reading.phrases import lexicon, tokens
from processor.reading.record_words import COURSE_FILL, FILL, HEADINGS
from processor.reading.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Box
    from processor.reading.lines import Line
    from processor.reading.phrases import Lexicon
    from processor.reading.vocabulary import Vocabulary


class Heading(NamedTuple):
    """A column's heading: the label it is, or the course it names, or neither."""

    label: Label
    """Its role is empty where the heading is not understood. A matrix's column has the role of its dates."""
    text: str
    box: Box
    course: Line | None = None
    """The heading itself where it names a course."""


_MORE: Lexicon[str] = lexicon(
    (alias, role) for role, lines in HEADINGS.items() for line in lines for alias in line.split(", ")
)
GROUPS = {
    **dict.fromkeys(("holder", "given", "surname", "nom"), "who"),
    **dict.fromkeys(("course", "certificate", "number", "matrix"), "what"),
    **dict.fromkeys(("issued", "expiry"), "when"),
}
_ASIDE = re.compile(r"[\[(][^\[\]()]{0,40}[\])]")
UNKNOWN = Label("", 9)


def heading(line: Line, vocabulary: Vocabulary) -> Heading:
    """What the heading on this line asks for."""
    label = _label(line.text, vocabulary)
    if label is not None:
        return Heading(label, line.text, line.box)
    return _of_course(line, vocabulary) or Heading(UNKNOWN, line.text, line.box)


def _label(text: str, vocabulary: Vocabulary) -> Label | None:
    """The one thing that all words of a heading ask for, in one language or two."""
    bare = _ASIDE.sub(" ", text)
    more = _MORE.whole(bare)
    if more is not None:
        return Label(more, 0)
    line_tokens = tokens(bare)
    found = vocabulary.labels.find(line_tokens)
    covered = {index for match in found for index in range(match.start, match.end)}
    rest = {token.text for n, token in enumerate(line_tokens) if n not in covered}
    if len({match.what.role for match in found}) != 1 or not rest <= FILL:
        return None
    best = min((match.what for match in found), key=lambda label: label.rank)
    return Label("other", 9) if best.role == "number" and best.rank > 1 else best


def _of_course(line: Line, vocabulary: Vocabulary) -> Heading | None:
    """A heading that names a course and nothing else but what its dates are."""
    rest = [line.tokens[n] for n in beside(line, vocabulary)]
    left = tuple(token for token in rest if token.text not in COURSE_FILL)
    found = vocabulary.labels.find(left)
    labels = {match.what.role: match.what for match in found} or {"matrix": Label("matrix", 0)}
    covered = {token.start for match in found for token in left[match.start : match.end]}
    if len(rest) == len(line.tokens) or len(covered) != len(left) or len(labels) > 1:
        return None
    [label] = labels.values()
    if label.role not in ("issued", "expiry", "matrix"):
        return None
    kept = [word for at, word in zip(line.starts, line.words, strict=True) if at not in covered]
    return Heading(label, line.text, line.box, assembled(line.page, kept))


def beside(line: Line, vocabulary: Vocabulary) -> list[int]:
    """The numbers of the tokens that belong to no course and no level."""
    lexicons = (vocabulary.course_words, vocabulary.level_words, vocabulary.cpr_words)
    covered = {n for words in lexicons for match in words.find(line.tokens) for n in range(match.start, match.end)}
    return [n for n in range(len(line.tokens)) if n not in covered]


def plainly(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether the line says nothing beside courses and levels that could change what was achieved."""
    return all(line.tokens[n].text in COURSE_FILL for n in beside(line, vocabulary))


def heads(headings: Iterable[Heading]) -> bool:
    """Whether these head a table of training: they say what was learnt, and who did or when."""
    groups = {GROUPS.get("matrix" if one.course is not None else one.label.role) for one in headings} - {None}
    return "what" in groups and len(groups) >= 2


def row(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[Heading, ...]:
    """The headings on the lines of one row; a line that runs over several columns is cut where a label ends."""
    return tuple(heading(part, vocabulary) for line in lines for part in _parted(line, vocabulary))


def _parted(line: Line, vocabulary: Vocabulary) -> list[Line]:
    """Columns that stand too close to be told apart: where all words are labels of different kinds."""
    found = vocabulary.labels.find(line.tokens)
    covered = sum(match.end - match.start for match in found)
    roles = [match.what.role for match in found]
    if covered != len(line.tokens) or len(set(roles)) < 2:
        return [line]
    places = [(line.tokens[match.start].start, line.tokens[match.end - 1].end) for match in found]
    pairs = list(zip(line.starts, line.words, strict=True))
    parts = [[word for at, word in pairs if start <= at < end] for start, end in places]
    return [assembled(line.page, words) for words in parts if words]
