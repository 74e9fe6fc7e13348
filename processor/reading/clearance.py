"""The workers' compensation board's letter of good standing, told apart from the association's own letter.

Two papers have that name (domain.md 0, trap 6). The board's names the board and says nothing of SECOR or COR.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processor.forms.form import FieldKind
from processor.model import State, missing
from processor.reading import card_dates, date_search
from processor.reading.pointing import Fits, reader
from processor.reading.spots import Spot, made
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Reading
    from processor.reading.card_dates import Day
    from processor.reading.lines import Line, Sheet
    from processor.reading.pointing import Reader
    from processor.reading.vocabulary import GoodStanding, Vocabulary


_LATE_NUMBER = re.compile(r"[^\W\d].*\d{3}")
"""A number behind a name: an account. A numbered company begins with its number."""


def is_clearance(sheets: Sequence[Sheet], words: GoodStanding) -> bool:
    """Whether the paper is the board's letter: its title, the board's name, an account, nothing of the association."""
    texts = [text for sheet in sheets for text in sheet.paragraphs]
    accounts = (match for text in texts for match in words.labels.find(text.tokens) if match.what.role == "number")
    return any(accounts) and (
        any(words.titles.find(text.tokens) for text in texts)
        and any(words.boards.find(text.tokens) for text in texts)
        and not any(words.association.find(text.tokens) for text in texts)
    )


def readings(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """Legal name, account, status, and the days from and to which the letter holds."""
    words = vocabulary.good_standing
    readers = [reader(sheet, words.labels, _fits(words)) for sheet in sheets]
    days = [day for one in readers for day in card_dates.days(one, vocabulary)]
    expiry = card_dates.reading("valid_to", days, "expiry")
    return (
        _labelled("legal_name", FieldKind.ORGANISATION, "name", readers),
        _labelled("wcb_account", FieldKind.ACCOUNT, "number", readers),
        _status(readers, words),
        _issue(sheets, days, expiry),
        expiry,
    )


def _fits(words: GoodStanding) -> Fits:
    def organisation(text: str) -> bool:
        return any(c.isalpha() for c in text) and not date_search.dated(text)

    def account(text: str) -> bool:
        return any(c.isdecimal() for c in text) and len(text) <= 30

    return Fits(
        {
            "name": organisation,
            "number": account,
            "status": lambda text: words.statuses.whole(text) is not None,
            **dict.fromkeys(("issued", "expiry"), date_search.dated),
        }
    )


def _labelled(name: str, kind: FieldKind, role: str, readers: Sequence[Reader]) -> Reading:
    """What stands at a label, when all labels of the role say the same."""
    found = [
        (value, parse(kind, value.text), len(values) == 1)
        for one in readers
        for mark in one.of(role)
        for values in [one.values(mark)]
        for value in values
    ]
    if not found:
        return missing(name)
    value, parsed, alone = found[0]
    same = len({str(other.value) for _, other, _ in found}) == 1 and all(single for _, _, single in found)
    extra = role == "name" and _LATE_NUMBER.search(value.text) is not None
    sure = parsed.value is not None and same and alone and not extra
    return made(name, str(parsed.value or value.text), Spot(value.text, value.line.page, value.box), sure=sure)


def _status(readers: Sequence[Reader], words: GoodStanding) -> Reading:
    """The status at its label, else what a sentence says (`is in good standing`)."""
    found = [
        (words.statuses.whole(value.text), value.text, value.line)
        for one in readers
        for mark in one.of("status")
        for value in one.values(mark)
    ]
    found = found or list(_sentences(readers, words))
    if not found:
        return missing("status")
    status, raw, line = found[0]
    alone = status is not None and len({other[0] for other in found}) == 1
    return made("status", status, Spot(raw, line.page, line.box), sure=alone)


def _sentences(readers: Sequence[Reader], words: GoodStanding) -> Iterator[tuple[str | None, str, Line]]:
    """Statuses in running text: four words at least (`is in good standing`), and no `if` before them."""
    for text in (text for one in readers for text in one.sheet.paragraphs):
        for match in words.statuses.find(text.tokens):
            before = {token.text for token in text.tokens[max(match.start - 8, 0) : match.start]}
            if match.end - match.start >= 3 and not before & {"if", "whether", "when", "until", "unless", "si"}:
                raw = text.text[text.tokens[match.start].start : text.tokens[match.end - 1].end]
                yield match.what, raw, text


def _issue(sheets: Sequence[Sheet], days: Sequence[Day], expiry: Reading) -> Reading:
    """The letter's day: by its label, or the one date that stands on a line of its own."""
    said = card_dates.reading("issue_date", days, "issued")
    if said.state is not State.MISSING:
        return said
    alone = {line.text.strip() for sheet in sheets for line in sheet.lines}
    bare = [day for day in days if not day.role and day.raw in alone]
    found = card_dates.reading("issue_date", bare, "")
    return found if len(bare) == 1 and expiry.value != found.value else missing("issue_date")
