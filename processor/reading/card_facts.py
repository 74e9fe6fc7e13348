"""The rest of a card: who issued it, its number, and whether it is no certificate at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from processor.model import missing
from processor.reading.courses import capital
from processor.reading.persons import person
from processor.reading.spots import Spot, made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Box, Reading
    from processor.reading.labels import Mark
    from processor.reading.lines import Line
    from processor.reading.pointing import Reader
    from processor.reading.vocabulary import Issuer, Refusal, Vocabulary


# ---------------------------------------------------------------- issuer


def issuer(readers: Sequence[Reader], vocabulary: Vocabulary) -> Reading:
    """Who issued the card: the one known issuer that it names, or what stands at the label."""
    seen = [one for reader in readers for text in reader.sheet.paragraphs for one in _issuers(text, vocabulary)]
    said = [value for reader in readers for mark in reader.of("issuer") for value in reader.values(mark)]
    labelled = [vocabulary.issuer_words.find(value.line.tokens) for value in said]
    named = {match.what for matches in labelled for match in matches}
    if said and not named:
        value = said[0]
        doubtful = person(value.text, vocabulary.names) is not None or any(c.isdecimal() for c in value.text)
        sure = not seen and len(said) == 1 and not doubtful
        return made("issuer", value.text, Spot(value.text, value.line.page, value.box), sure=sure)
    if not seen:
        return missing("issuer")
    pool = [one for one in seen if one[0] in named] or seen
    first, text, start, end = pool[0]
    alone = len({one[0] for one in pool}) == 1
    return made("issuer", first.name, Spot(text.text[start:end], text.page, text.box_of(start, end)), sure=alone)


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
    return made("certificate_number", text, Spot(text, value.line.page, box), sure=sure)


def _worded(mark: Mark) -> bool:
    """Whether words before the label may say whose number it is (`Business registration no`)."""
    before = mark.line.text[: mark.start].strip()
    return mark.weak and before != "" and not before.endswith((".", ";", "|"))


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
