"""How long a card holds: the expiry that is printed, or the one that follows from the issue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from processor.model import Means, State
from processor.reading import card_dates
from processor.reading.spots import Spot, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Reading
    from processor.reading.card_dates import Day
    from processor.reading.labels import Mark
    from processor.reading.lines import Line
    from processor.reading.pointing import Reader
    from processor.reading.vocabulary import Vocabulary


def expiry(
    card: tuple[Sequence[Reader], Sequence[Day]], issue: Reading, usual: set[int], vocabulary: Vocabulary
) -> tuple[Reading, bool]:
    """The expiry, and whether it was computed from the issue (issue, plus the time it holds, less a day).

    `usual` are the months that such certificates hold when the card does not say (domain.md 5.4). Two lengths, an
    unsure issue, or a later date that nobody explains leave the computed expiry unsure; a label without a date
    is never replaced by a computed one.
    """
    readers, days = card
    printed = card_dates.reading("expiry_date", days, "expiry")
    never = any(_never(mark, one, vocabulary) for one in readers for mark in one.of("expiry"))
    if never and printed.state is State.MISSING:
        return replace(printed, state=State.BLANK, means=Means.CARD, confidence=0.9), False
    if never:
        return replace(printed, state=State.UNSURE, confidence=0.3, doubt="unsure-reading"), False
    if printed.state is not State.MISSING:
        return printed, False
    lengths = months(readers, vocabulary)
    labels = [mark for one in readers for mark in one.of("expiry")]
    if labels and not lengths:
        mark = labels[0]
        return made("expiry_date", None, Spot(mark.behind, mark.line.page, mark.box), sure=False), False
    return _computed(printed, issue, lengths or usual, days)


def _never(mark: Mark, reader: Reader, vocabulary: Vocabulary) -> bool:
    """Whether beside the label stands that the certificate does not expire."""
    beside = (mark.behind, *(line.text for line in reader.near(mark)))
    return any(vocabulary.phrases["never_expires"].whole(text) is not None for text in beside)


def _computed(printed: Reading, issue: Reading, holds: set[int], days: Sequence[Day]) -> tuple[Reading, bool]:
    if not holds or issue.state is State.MISSING:
        return printed, False
    if not isinstance(issue.value, date):
        return replace(issue, name="expiry_date", raw="", doubt="unsure-reading"), False
    sure = issue.known and len(holds) == 1 and _only_issue(days, issue.value)
    reading = replace(
        issue,
        name="expiry_date",
        value=card_dates.lasting(issue.value, min(holds)),
        state=State.SURE if sure else State.UNSURE,
        confidence=0.9 if sure else 0.4,
        doubt="" if sure else "unsure-reading",
    )
    return reading, sure


def _only_issue(days: Sequence[Day], issue: date) -> bool:
    """Whether no other date could be the issue or the expiry: none labelled so, none unexplained that is later."""
    others = [day for day in days if day.value != issue]
    late = [day for day in others if not day.role and (day.value is None or day.value > issue)]
    return not late and not any(day.role == "issued" for day in others)


_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "twelve": 12, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
_UNITS = {"year": 12, "years": 12, "an": 12, "ans": 12, "annees": 12, "month": 1, "months": 1, "mois": 1}


def months(readers: Sequence[Reader], vocabulary: Vocabulary) -> set[int]:
    """The lengths of time that the card says it holds (`valid for three (3) years`), in months."""
    texts = (text for reader in readers for text in reader.sheet.paragraphs)
    return {length for text in texts for length in _lengths(text, vocabulary)}


def _lengths(text: Line, vocabulary: Vocabulary) -> Iterator[int]:
    for match in vocabulary.phrases["lasts"].find(text.tokens):
        count = 0
        for token in text.tokens[match.end : match.end + 5]:
            if token.text.isdecimal() and len(token.text) <= 2:
                count = int(token.text)
            count = _COUNTS.get(token.text, count)
            if count and token.text in _UNITS:
                yield count * _UNITS[token.text]
                break
