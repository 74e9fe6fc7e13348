"""The rest of a card: who issued it, its number, how long it holds, and whether it is no certificate at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from processor.model import Means, Reading, State, missing
from processor.reading.courses import capital
from processor.reading.persons import person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Box
    from processor.reading.labels import Mark, Reader
    from processor.reading.lines import Line
    from processor.reading.vocabulary import Issuer, Refusal, Vocabulary


def made(
    name: str, value: str | None, raw: str, page: int, box: Box, *, sure: bool, doubt: str = "unsure-reading"
) -> Reading:
    """A reading of a card."""
    return Reading(
        name=name,
        value=value,
        state=State.SURE if sure else State.UNSURE,
        raw=raw,
        confidence=0.97 if sure else 0.4,
        means=Means.CARD,
        page=page,
        box=box,
        doubt="" if sure else doubt,
    )


# ---------------------------------------------------------------- issuer


def issuer(readers: Sequence[Reader], vocabulary: Vocabulary) -> Reading:
    """Who issued the card: the one known issuer that it names, or what stands at the label."""
    seen = [one for reader in readers for text in reader.sheet.paragraphs for one in _issuers(text, vocabulary)]
    said = [value for reader in readers for mark in reader.of("issuer") for value in reader.values(mark)]
    labelled = [vocabulary.issuer_words.find(value.line.tokens) for value in said]
    named = {match.what for matches in labelled for match in matches}
    if said and not named:
        value = said[0]
        sure = not seen and len(said) == 1 and person(value.text, vocabulary.names) is None
        return made("issuer", value.text, value.text, value.line.page, value.box, sure=sure)
    if not seen:
        return missing("issuer")
    pool = [one for one in seen if one[0] in named] or seen
    first, text, start, end = pool[0]
    alone = len({one[0] for one in pool}) == 1
    return made("issuer", first.name, text.text[start:end], text.page, text.box_of(start, end), sure=alone)


def _issuers(text: Line, vocabulary: Vocabulary) -> Iterator[tuple[Issuer, Line, int, int]]:
    hedges = vocabulary.phrases["hedges"]
    for match in vocabulary.issuer_words.find(text.tokens):
        hedged = hedges.find(text.tokens[max(match.start - 5, 0) : match.start])
        if not hedged and capital(text, match.start, match.end):
            yield match.what, text, text.tokens[match.start].start, text.tokens[match.end - 1].end


# ---------------------------------------------------------------- number


def number(readers: Sequence[Reader]) -> Reading:
    """The certificate's number as it is printed: by the more telling label; two numbers ask."""
    found = []
    for reader in readers:
        for mark in reader.of("number"):
            values = reader.values(mark)
            for value in values:
                text = _numeral(value.text)
                if text:
                    plain = len(values) == 1 and mark.label.rank < 2 and not _worded(mark) and not value.listed
                    found.append((mark.label.rank, text, value, plain))
    if not found:
        return missing("certificate_number")
    best = [one for one in found if one[0] == min(rank for rank, *_ in found)]
    _, text, value, plain = best[0]
    sure = plain and len({other for _, other, *_ in best}) == 1
    at = max(value.line.text.find(text), 0)
    box = value.line.box_of(at, at + len(text))
    return made("certificate_number", text, text, value.line.page, box, sure=sure)


def _worded(mark: Mark) -> bool:
    """Whether words before the label may say whose number it is (`Business registration no`)."""
    return mark.weak and mark.line.text[: mark.start].strip() != ""


def _numeral(text: str) -> str:
    """The part of a text that is a number: leading words with digits or in capitals, one digit at least.

    >>> _numeral("CRC 123-456 issued in Regina")
    'CRC 123-456'
    """
    words = []
    for word in text.strip(" #:.").split():
        if not re.fullmatch(r"[A-Z0-9][A-Za-z0-9\-/._]*[,;)]?", word) or (word.isalpha() and not word.isupper()):
            break
        words.append(word.strip(",;.)"))
    while words and not any(c.isdecimal() for c in words[-1]):
        words.pop()
    return " ".join(words)


# ---------------------------------------------------------------- how long it holds

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


# ---------------------------------------------------------------- what is no certificate


class Refused(NamedTuple):
    """A sign that the paper is not acceptable; `plain` when the paper says so of itself."""

    refusal: Refusal
    page: int
    box: Box
    plain: bool


def refusals(readers: Sequence[Reader], zones: Sequence[Line], vocabulary: Vocabulary) -> tuple[Refused, ...]:
    """Interim cards, participation letters and online parts (domain.md 5.4), said in a title or the sentence."""
    texts = [text for reader in readers for text in reader.sheet.paragraphs]
    completed = any(_completed(text, vocabulary) for text in texts)
    partly = any(vocabulary.phrases["skills"].find(text.tokens) for text in texts)
    return tuple(
        one._replace(plain=one.plain and not (partly and one.refusal.first_aid_only))
        for text in texts
        for one in _refused(text, zones, vocabulary)
        if not (completed and one.refusal.unless_completed)
    )


def _completed(text: Line, vocabulary: Vocabulary) -> bool:
    """Whether a text says that something was completed, not merely attended."""
    done = vocabulary.phrases["done"].find(text.tokens)
    return any(not vocabulary.refusal_words.find(text.tokens[match.start : match.end]) for match in done)


def _refused(text: Line, zones: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Refused]:
    for match in vocabulary.refusal_words.find(text.tokens):
        start, end = text.tokens[match.start].start, text.tokens[match.end - 1].end
        before = text.tokens[max(match.start - 4, 0) : match.start]
        if vocabulary.phrases["refusal_hedges"].find(before):
            continue
        words = set(text.words)
        inside = any(words & set(zone.words) for zone in zones)
        line = _line_around(text.text, start)
        title = len(line.split()) <= 7
        yield Refused(match.what, text.page, text.box_of(start, end), title or inside or match.what.unless_completed)


def _line_around(text: str, at: int) -> str:
    """The printed line of a paragraph in which this place lies."""
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[begin : len(text) if end < 0 else end]
