"""Who stands behind a list of training. Only who trains proves anything; an employer's own list does not.

An issuer that we know is the author where its name alone is the letterhead: the first line of the page that is no
title. Everywhere else it may be named for what it taught.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from processor.reading.courses import capital
from processor.reading.record_words import COMPANY, OURS, THIN, TITLE, TRAINS
from processor.reading.spots import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.reading.lines import Line, Sheet
    from processor.reading.vocabulary import Issuer, Vocabulary


class Standing(Enum):
    """What the page shows about its author."""

    KNOWN = "known"
    NOBODY = "nobody"
    """No issuer is named, or only for what it taught: the employer's own list."""
    UNCLEAR = "unclear"


class Author(NamedTuple):
    """The author of a list, and where its name stands."""

    standing: Standing
    issuer: Issuer | None = None
    spot: Spot | None = None


NOBODY = Author(Standing.NOBODY)


def author(sheet: Sheet, top: float, vocabulary: Vocabulary) -> Author:
    """Who made the list on this sheet, of which the table is left out; `top` is where the table begins, in points."""
    over = [line for line in sheet.lines if line.box.bottom <= top + 1]
    named = [found for line in sheet.lines if (found := _named(line, vocabulary))]
    first = next((line for line in over if not _title(line)), None)
    alone = _alone(first, vocabulary) if first is not None else None
    others = {issuer for line in over for issuer in filter(None, [_alone(line, vocabulary)])} - {alone}
    if alone is not None and first is not None and not others and not any(_employers(o, vocabulary) for o in over):
        return Author(Standing.KNOWN, alone, Spot(first.text, first.page, first.box))
    if named or any(_trains(line) for line in over[:3]) or _labelled(over, vocabulary):
        return Author(Standing.UNCLEAR)
    return NOBODY


def _named(line: Line, vocabulary: Vocabulary) -> list[Issuer]:
    """The issuers that a line names for their own sake: not after `recognized by`, not beside an employer's name."""
    hedges = vocabulary.phrases["hedges"]
    if _company(line) and not _alone(line, vocabulary):
        return []
    return [
        match.what
        for match in vocabulary.issuer_words.find(line.tokens)
        if capital(line, match.start, match.end) and not hedges.find(line.tokens[max(match.start - 5, 0) : match.start])
    ]


def _alone(line: Line, vocabulary: Vocabulary) -> Issuer | None:
    """The one issuer whose name, in one language or two, is all that the line says."""
    found = [m for m in vocabulary.issuer_words.find(line.tokens) if capital(line, m.start, m.end)]
    covered = {n for match in found for n in range(match.start, match.end)}
    rest = {token.text for n, token in enumerate(line.tokens) if n not in covered}
    return found[0].what if len({match.what for match in found}) == 1 and rest <= THIN else None


def _title(line: Line) -> bool:
    """Whether a line only says what the paper is, or a page number."""
    return all(token.text in TITLE or token.text.isdecimal() for token in line.tokens)


def _words(line: Line) -> set[str]:
    return {token.text for token in line.tokens}


def _company(line: Line) -> bool:
    return bool(_words(line) & COMPANY)


def _employers(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a line speaks for the employer: its name without a label before it, or `our`."""
    if _words(line) & OURS and not _subject(line, vocabulary):
        return True
    return _company(line) and not _subject(line, vocabulary) and _alone(line, vocabulary) is None


def _subject(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether the line says by a label whom the list is about (`Company: Prairie Roofing Ltd.`)."""
    match = next(iter(vocabulary.labels.find(line.tokens)), None)
    if match is None or match.start or match.what.role not in ("other", "holder"):
        return False
    return ":" in line.text[line.tokens[match.end - 1].end :][:3]


def _trains(line: Line) -> bool:
    """Whether a line may be the name of somebody who trains and whom we do not know."""
    words = _words(line)
    return bool(words & TRAINS) and bool(words - TITLE - THIN) and not words & OURS and not _title(line)


def _labelled(lines: Iterable[Line], vocabulary: Vocabulary) -> bool:
    """Whether a label says who issued, whoever that is."""
    return any(_issuing(line, vocabulary) for line in lines)


def _issuing(line: Line, vocabulary: Vocabulary) -> bool:
    found: Sequence[object] = [
        m for m in vocabulary.labels.find(line.tokens) if m.what.role == "issuer" and not m.start
    ]
    return bool(found) or {"training", "provider"} <= _words(line)


_FURTHER = re.compile(r"\bpage\s*(\d{1,3})\b|\bcontinued\b|\bcont['’]d\b|\(suite\)")  # noqa: RUF001


def goes_on(sheet: Sheet, vocabulary: Vocabulary) -> bool:
    """Whether the page says that it is not a record's first one, and speaks for no employer."""
    found = [match for line in sheet.lines for match in _FURTHER.finditer(line.text.lower())]
    further = any(match[1] is None or int(match[1]) > 1 for match in found)
    return further and not any(_employers(line, vocabulary) for line in sheet.lines)
