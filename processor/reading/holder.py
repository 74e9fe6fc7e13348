"""Whose card it is. Many names stand on a card; the holder is the one that a label or the sentence says.

Names come from three places: a holder's label, the sentence ("This certifies that … has successfully
completed"), and the line between its two halves. One name for sure, or a person is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processor.reading.lines import around
from processor.reading.persons import leading, person, same
from processor.reading.phrases import fold, tokens
from processor.reading.pointing import Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Box
    from processor.reading.labels import Mark
    from processor.reading.lines import Line, Sheet
    from processor.reading.pointing import Reader, Value
    from processor.reading.vocabulary import Names, Vocabulary


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be the holder's."""

    name: str
    raw: str
    page: int
    box: Box
    sure: bool
    """Whether its place alone would be enough."""
    signs: bool = False
    """Whether it stands beside a signer's label or in a signature: likely somebody else."""


def candidates(reader: Reader, vocabulary: Vocabulary) -> tuple[Candidate, ...]:
    """Every name on the sheet that may be the holder's; beside a signer's label none is sure."""
    names = vocabulary.names
    found = [*_labelled(reader, names), *_composed(reader, names), *_said(reader.sheet, vocabulary)]
    beside = _beside_signers(reader)
    found = found or _biggest(reader.sheet, names)
    return tuple(
        replace(one, sure=False, signs=True) if any(box.holds(one.box) or one.box.holds(box) for box in beside) else one
        for one in found
    )


def _biggest(sheet: Sheet, names: Names) -> list[Candidate]:
    """The name in the biggest type, for a person to look at, when nothing says whose card it is."""
    lines = [line for line in sheet.lines if person(line.text, names) is not None]
    biggest = max(lines, key=lambda line: line.size, default=None)
    if biggest is None:
        return []
    return [Candidate(biggest.text, biggest.text, biggest.page, biggest.box, sure=False)]


def decided(found: Sequence[Candidate]) -> tuple[Candidate | None, bool]:
    """The holder, and whether it is sure: one person by all sure places, and no other place says another."""
    sure = [one for one in found if one.sure]
    pool = sure or [one for one in found if not one.signs] or list(found)
    if not pool:
        return None, False
    first = max(pool, key=lambda one: len(one.name.split()))
    alone = all(same(first.name, other.name) for other in found if not other.signs)
    return first, bool(sure) and alone


def several(found: Sequence[Candidate]) -> bool:
    """Whether two people's names stand where only the holder's stands: two cards on one page."""
    sure = [one for one in found if one.sure]
    return any(not same(a.name, b.name) for a in sure for b in sure)


# ---------------------------------------------------------------- by labels


def _labelled(reader: Reader, names: Names) -> Iterator[Candidate]:
    roles = ("holder",) if reader.of("given") else ("holder", "nom")
    for mark in reader.of(*roles):
        values = reader.values(mark)
        for value in values:
            beside = mark.colon and value.way in (Way.BEHIND, Way.RIGHT)
            name = person(value.text, names, labelled=beside, placed=not value.weak)
            signs = _signing(reader, mark)
            listed = _listed(reader.sheet, mark, value, names) or signs or _surname(mark, value, names)
            plain = name is not None and not value.weak and len(values) == 1 and not listed
            begun = leading(value.text, names)
            guess = name or (begun[0] if begun else value.text if mark.colon else None)
            if guess is not None:
                yield Candidate(guess, value.text, value.line.page, value.box, plain, signs)


def _surname(mark: Mark, value: Value, names: Names) -> bool:
    """Whether what stands at `Nom` may be the family name alone: `de la Cruz`, `St. Pierre`."""
    return mark.label.role == "nom" and fold(value.text.split()[0].rstrip(".")) in names.particles


def _listed(sheet: Sheet, mark: Mark, value: Value, names: Names) -> bool:
    """Whether the name may be one of a list of people, or the label of the next row of a table."""
    steps = {Way.BELOW: sheet.below, Way.ABOVE: sheet.above, Way.RIGHT: sheet.right_of}
    further = steps[value.way](value.box) if value.way in steps else None
    row = value.way is Way.BELOW and sheet.right_of(value.box) is not None and sheet.right_of(mark.box) is None
    return row or value.listed or (further is not None and _nearly(further.text, names))


def _nearly(text: str, names: Names) -> bool:
    """Whether a text can be a name, a letter of it perhaps read as a figure: `0'Brien` of a scan."""
    return person(text.translate(_FIGURES), names, placed=True) is not None


def _signing(reader: Reader, mark: Mark) -> bool:
    """Whether a bare `Name` belongs to a signature: a signer's label without a name, or a title, stands close by."""
    if not {token.text for token in tokens(mark.line.text[mark.start : mark.end])} <= _BARE:
        return False
    reach = 2.6 * mark.box.height
    return any(
        abs(other.box.centre[1] - mark.box.centre[1]) <= reach and not _named(reader, other)
        for other in (*reader.of("signer"), *reader.of("position"))
    )


def _named(reader: Reader, mark: Mark) -> bool:
    """Whether a signer's label has its own name behind it or beside it."""
    return reader.fits("signer", mark.behind) or Way.RIGHT in reader.ways(mark)


def _composed(reader: Reader, names: Names) -> Iterator[Candidate]:
    """A name whose first and last parts have labels of their own."""
    firsts, lasts = reader.of("given"), reader.of("surname") or reader.of("nom")
    for first, last in zip(firsts, lasts, strict=False):
        parts = (*reader.values(first), *reader.values(last))
        if len(parts) == 2:
            text = " ".join(part.text for part in parts)
            whole = around([part.box for part in parts])
            sure = len(firsts) == len(lasts) == 1 and not any(part.weak for part in parts)
            sure = sure and person(text, names, labelled=True) is not None
            yield Candidate(text, text, parts[0].line.page, whole, sure)


def _beside_signers(reader: Reader) -> list[Box]:
    """Where the names of those who teach and sign stand, as far as labels can say."""
    return [box for mark in reader.of("signer") for box in _claimed(reader, mark)]


def _claimed(reader: Reader, mark: Mark) -> list[Box]:
    if mark.behind:
        return [mark.line.box_of(mark.end, mark.until)] if reader.fits(mark.label.role, mark.behind) else []
    ways = reader.ways(mark)
    if Way.RIGHT in ways:
        return [ways[Way.RIGHT].box]
    under = reader.sheet.below(mark.box)
    headed = [under.box] if under is not None and not mark.colon else []
    return headed + [value.box for value in reader.values(mark)]


# ---------------------------------------------------------------- by the sentence


def _said(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """Names that the certifying sentence holds, in running text or on lines of their own."""
    to, done = vocabulary.phrases["to"], vocabulary.phrases["done"]
    for text in sheet.paragraphs:
        leads, ends = to.find(text.tokens), done.find(text.tokens)
        for lead in leads:
            start = text.tokens[lead.end - 1].end
            stop = next((text.tokens[end.start].start for end in ends if end.start >= lead.end), None)
            yield from _after(sheet, text, start, stop, vocabulary)
        if ends and not any(lead.end <= ends[0].start for lead in leads):
            yield from _before(sheet, text, text.tokens[ends[0].start].start, vocabulary.names)


def _after(sheet: Sheet, text: Line, start: int, stop: int | None, vocabulary: Vocabulary) -> Iterator[Candidate]:
    """The name behind “This certifies that”."""
    names = vocabulary.names
    rest = text.text[start:stop].strip(_THIN)
    if rest and stop is not None:
        yield from _placed(_between(rest.split("\n"), names), rest, text)
    elif rest:
        joined = leading(rest.replace("\n", " "), names)
        yield from _placed([joined] if joined else [], rest, text)
    elif stop is None:
        yield from _on_lines(_following(sheet, text, start, vocabulary), names)


def _before(sheet: Sheet, text: Line, stop: int, names: Names) -> Iterator[Candidate]:
    """The name before “has successfully completed” when no “This certifies that” stands before it."""
    rest = re.split(r"[.!?:]\s", text.text[:stop])[-1].strip(_THIN)
    if rest:
        yield from _placed(_between(rest.split("\n"), names), rest, text)
        return
    box = text.box_of(stop, stop + 1)
    beside = sheet.left_of(box)
    over = sheet.above(text.box)
    first = beside if beside is not None else over
    second = None if over is None or beside is not None else sheet.above(over.box)
    lines = [line for line in (second, first) if line is not None and (line is first or _alike(line, first))]
    yield from _on_lines(lines, names)


def _alike(line: Line, other: Line | None) -> bool:
    return other is not None and abs(line.size - other.size) <= 0.15 * other.size


def _following(sheet: Sheet, text: Line, start: int, vocabulary: Vocabulary) -> list[Line]:
    """The lines between “This certifies that” and “has successfully completed”, or the next one alone."""
    box = text.box_of(start - 1, start)
    beside = sheet.right_of(box)
    if beside is not None and person(beside.text, vocabulary.names) is not None:
        return [beside]
    done = vocabulary.phrases["done"]
    under = [line for line in sheet.lines if line.box.top >= text.box.bottom - 2 and _crosses(line.box, text.box)]
    for n, line in enumerate(under):
        if done.find(line.tokens):
            return under[:n]
    first = sheet.below(text.box)
    return [line for line in under if first is not None and (line is first or _next_alike(first, line))]


def _crosses(a: Box, b: Box) -> bool:
    return min(a.right, b.right) > max(a.left, b.left)


def _next_alike(first: Line, line: Line) -> bool:
    return _alike(line, first) and 0 < line.box.top - first.box.top <= 2 * first.size


def _on_lines(lines: Sequence[Line], names: Names) -> Iterator[Candidate]:
    for name, sure in _between([line.text for line in lines], names):
        holding = [line for line in lines if line.text.strip(_THIN) in name] or list(lines)
        yield Candidate(name, name, holding[0].page, around([line.box for line in holding]), sure)


def _placed(found: Sequence[tuple[str, bool]], rest: str, text: Line) -> Iterator[Candidate]:
    for name, sure in found:
        words = name.split()
        first = text.text.find(words[0], text.text.find(rest))
        behind = first + len(words[0]) if len(words) > 1 else first
        last = text.text.find(words[-1].rstrip(","), behind) + len(words[-1])
        yield Candidate(name, name, text.page, text.box_of(first, last), sure)


def _between(parts: Sequence[str], names: Names) -> list[tuple[str, bool]]:
    """The names among these lines, which stand where the holder's name stands, and whether each is sure."""
    cleaned = [part for part in (part.strip(_THIN) for part in parts) if part]
    persons = [name for name in (person(part, names, placed=len(cleaned) == 1) for part in cleaned) if name is not None]
    whole = person(" ".join(cleaned), names)
    if whole is not None and not persons:
        return [(whole, True)]
    if len(persons) == 1:
        others = [part for part in cleaned if person(part, names, placed=True) != persons[0]]
        goes_on = any(person(f"{part} Aa", names) for part in others)
        return [((whole or persons[0]) if goes_on else persons[0], not goes_on)]
    if persons:
        return [(name, False) for name in persons]
    return [found for found in (leading(part, names) for part in cleaned) if found is not None]


_FIGURES = str.maketrans("0158", "OlSB")
_BARE = {"name", "full", "nom", "complet", "legal"}
_THIN = " \t\n,.:;-–—_*\"'“”"  # noqa: RUF001
