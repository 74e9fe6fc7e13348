"""Dates found in running text, whatever their writing: where each stands, and whether it is a whole day."""

from __future__ import annotations

import re
from typing import NamedTuple

from processor.reading.phrases import fold

_MONTHS = (
    r"(?:jan(?:uary|vier)?|feb(?:ruary)?|fevr?(?:ier)?|mar(?:ch|s)?|apr(?:il)?|avr(?:il)?|may|mai|june?|juin|july?|juil(?:let)?"
    r"|aug(?:ust)?|aout|sept?(?:ember|embre)?|oct(?:ober|obre)?|nov(?:ember|embre)?|dec(?:ember|embre)?)"
)
_NTH = r"(?:\s?(?:st|nd|rd|th|er|e))?"
_DATES = re.compile(
    r"(?<![\w])(?:"
    r"(?P<iso>\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2})"
    r"|(?P<two>\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2}))"
    rf"|(?P<named>\d{{1,2}}{_NTH}(?:\s+day)?(?:\s+of|\s+de)?[\s\-/.]*{_MONTHS}\.?[\s\-/.,]*\d{{4}}"
    rf"|{_MONTHS}\.?[\s\-/.]*\d{{1,2}}{_NTH}[\s,]+\d{{4}}"
    rf"|{_MONTHS}[-/]\d{{1,2}}[-/]\d{{4}}"
    rf"|\d{{4}}[\s\-/.,]*{_MONTHS}\.?[\s\-/.]*\d{{1,2}}"
    rf"|\d{{1,2}}[-/ ]{_MONTHS}[-/ ]\d{{2}})"
    r"|(?P<packed>20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
    rf"|(?P<span>{_MONTHS}\.?\s*\d{{1,2}}\s*(?:-|–|&|and|to|et|au)\s*\d{{1,2}},?\s*\d{{4}})"  # noqa: RUF001
    rf"|(?P<month>{_MONTHS}\.?[\s\-/.,]*\d{{4}}|\d{{1,2}}\s?/\s?\d{{4}}|\d{{4}}\s?[-/]\s?\d{{1,2}})"
    r")(?!\w)(?![-/]\d)"
)
_SPAN = re.compile(r"\d\s*(?:st|nd|rd|th)?\s*(?:-|–|to|and|&|au|et)\s*$")  # noqa: RUF001


class Written(NamedTuple):
    """A date as it stands in a text, from character `start` to before `end`."""

    raw: str
    start: int
    end: int
    whole: bool
    """False for a month without a day, and for the end of a span (`4-5 March 2024`)."""


def written(text: str) -> list[Written]:
    """The dates in a text, in order."""
    flat = "".join(fold(c)[:1] or c for c in text)
    found = []
    for match in _DATES.finditer(flat):
        raw = text[match.start() : match.end()]
        whole = match["month"] is None and match["span"] is None and not _SPAN.search(flat[: match.start()])
        found.append(Written(raw, match.start(), match.end(), whole))
    return found


def dated(text: str) -> bool:
    """Whether a date stands in the text."""
    return bool(written(text))
