"""What a card certifies: the course, the first-aid level, the CPR level.

A card names other courses too (what the agency offers, what the course was called before). What counts is
what stands under a label or in the sentence; only when neither names a course is the whole card searched,
and then one course alone is sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from processor.reading.lines import assembled
from processor.reading.persons import person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Box, Word
    from processor.reading.lines import Line, Sheet
    from processor.reading.phrases import Lexicon, Match
    from processor.reading.pointing import Reader
    from processor.reading.vocabulary import Course, Level, Vocabulary

T = TypeVar("T")


class Seen(NamedTuple, Generic[T]):
    """Something of the vocabulary, and where it stands."""

    what: T
    raw: str
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What was found of one kind: the things seen in order, and whether the place is one that says it."""

    seen: tuple[Seen[T], ...]
    placed: bool

    @property
    def first(self) -> Seen[T] | None:
        """The one that stands first."""
        return next(iter(self.seen), None)

    @property
    def one(self) -> bool:
        """Whether all that was seen is the same."""
        return len({seen.what for seen in self.seen}) == 1


def zones(reader: Reader, vocabulary: Vocabulary) -> tuple[Line, ...]:
    """The places of a sheet where its course is said: beside labels, behind the sentence, else in the title."""
    found = (*_labelled(reader), *_said(reader, vocabulary))
    if any(_known(line, vocabulary) for line in found):
        return found
    return (*_titles(reader.sheet, vocabulary), *found)


def _titles(sheet: Sheet, vocabulary: Vocabulary) -> Iterator[Line]:
    """Big lines that name a course with its level, or one that is no first aid: `First Aid` alone is a letterhead."""
    usual = median(line.size for line in sheet.lines) if sheet.lines else 0.0
    for line in sheet.lines:
        if line.size >= 1.35 * usual:
            named = any(not match.what.first_aid for match in vocabulary.course_words.find(line.tokens))
            if named or vocabulary.level_words.find(line.tokens) or vocabulary.cpr_words.find(line.tokens):
                yield line


def _labelled(reader: Reader) -> Iterator[Line]:
    for mark in (mark for mark in reader.of("course") if not mark.weak):
        label = [word for at, word in _words(mark.line) if mark.start <= at < mark.end]
        for value in reader.values(mark):
            start = mark.end if value.line is mark.line else 0
            stop = mark.until if value.line is mark.line else len(value.text)
            words = [word for at, word in _words(value.line) if start <= at < stop]
            yield assembled(value.line.page, [*label, *words, *_continued(reader, value.line)])


def _words(line: Line) -> list[tuple[int, Word]]:
    return list(zip(line.starts, line.words, strict=True))


def _continued(reader: Reader, line: Line) -> list[Word]:
    """The words of the next line, when it goes on in the same paragraph and no label begins it."""
    under = reader.sheet.below(line.box)
    whole = any(under is not None and {*line.words, *under.words} <= {*p.words} for p in reader.sheet.paragraphs)
    return list(under.words) if under is not None and whole and _free(reader, under) else []


def _free(reader: Reader, line: Line) -> bool:
    return not any(mark.line is line for mark in reader.marks)


def _said(reader: Reader, vocabulary: Vocabulary) -> Iterator[Line]:
    follows = vocabulary.phrases["course_follows"]
    for text in reader.sheet.paragraphs:
        for match in follows.find(text.tokens):
            end = text.tokens[match.end - 1].end
            words = [word for at, word in _words(text) if at >= end]
            if not words or not _known(assembled(text.page, words), vocabulary):
                words += _beneath(reader, text, vocabulary)
            if words:
                yield assembled(text.page, words)


def _known(line: Line, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.course_words.find(line.tokens) or vocabulary.level_words.find(line.tokens))


def _beneath(reader: Reader, text: Line, vocabulary: Vocabulary) -> list[Word]:
    """The words of the next two paragraphs, up to the one that names a course or begins with a label."""
    words: list[Word] = []
    for _ in range(2):
        line = reader.sheet.below(text.box)
        if line is None or not _free(reader, line):
            break
        text = next(p for p in reader.sheet.paragraphs if {*line.words} <= {*p.words})
        words += text.words
        if _known(text, vocabulary):
            break
    return words


# ---------------------------------------------------------------- what stands there


def course(placed: Sequence[Line], everything: Sequence[Line], vocabulary: Vocabulary) -> Found[Course]:
    """The courses that the card names."""
    return _search(vocabulary.course_words, placed, everything, vocabulary)


def level(placed: Sequence[Line], everything: Sequence[Line], vocabulary: Vocabulary) -> Found[Level]:
    """The levels of first aid that the card names, by old or new name (domain.md 5.3)."""
    return _search(vocabulary.level_words, placed, everything, vocabulary)


def cpr_level(placed: Sequence[Line], everything: Sequence[Line], vocabulary: Vocabulary) -> Found[Level]:
    """The levels of CPR that the card names. A letter must be a capital; further letters count too (`A, B`)."""
    found = _search(vocabulary.cpr_words, placed, everything, vocabulary)
    kept = tuple(seen for seen in found.seen if _lettered(seen.raw))
    return Found((*kept, *_further(placed or everything, vocabulary)), found.placed)


def _lettered(raw: str) -> bool:
    """Whether a level of one letter is written in a capital: `CPR A`, not `a CPR a year`."""
    last = re.split(r"\W+", raw)[-1]
    return len(last) > 1 or last.isupper()


def _further(lines: Sequence[Line], vocabulary: Vocabulary) -> Iterator[Seen[Level]]:
    """Levels that only follow another: the B of `CPR Level A, B`."""
    letters = {level.id.lower(): level for level in vocabulary.cpr_levels if len(level.id) == 1}
    for line in lines:
        for match in vocabulary.cpr_words.find(line.tokens):
            for token in line.tokens[match.end : match.end + 4]:
                raw = line.text[token.start : token.end]
                if raw.isupper() and token.text in letters:
                    yield Seen(letters[token.text], raw, line.page, line.box_of(token.start, token.end))
                elif token.text not in ("and", "or", "et", "ou", "to"):
                    break


def printed(lines: Sequence[Line], seen: Seen[Course], vocabulary: Vocabulary) -> tuple[str, Box]:
    """The course as it is printed, levels and all: from its first word of the vocabulary to its last."""
    line = next(
        (line for line in lines for match in vocabulary.course_words.find(line.tokens) if match.what is seen.what), None
    )
    if line is None or not seen.what.first_aid:
        return seen.raw, seen.box
    lexicons = (vocabulary.course_words, vocabulary.level_words, vocabulary.cpr_words)
    matches = [(match.start, match.end) for words in lexicons for match in words.find(line.tokens)]
    start, end = line.tokens[min(a for a, _ in matches)].start, line.tokens[max(b for _, b in matches) - 1].end
    return " ".join(line.text[start:end].split()), line.box_of(start, end)


def _search(words: Lexicon[T], placed: Sequence[Line], everything: Sequence[Line], vocabulary: Vocabulary) -> Found[T]:
    here = tuple(seen for line in placed for seen in _seen(words, line, vocabulary))
    if here:
        return Found(here, placed=True)
    nameless = (line for line in everything if person(line.text, vocabulary.names) is None)
    return Found(tuple(seen for line in nameless for seen in _seen(words, line, vocabulary)), placed=False)


def _seen(words: Lexicon[T], line: Line, vocabulary: Vocabulary) -> Iterator[Seen[T]]:
    for match in words.find(line.tokens):
        if not _hedged(line, match, vocabulary) and capital(line, match.start, match.end):
            start, end = line.tokens[match.start].start, line.tokens[match.end - 1].end
            yield Seen(match.what, line.text[start:end], line.page, line.box_of(start, end))


def capital(line: Line, start: int, end: int) -> bool:
    """Whether an acronym is printed in capitals: `SCOT` is a course, Scot a person. Longer words pass."""
    raw = line.text[line.tokens[start].start : line.tokens[end - 1].end]
    return len(raw) > 5 or not raw.isalpha() or raw.isupper()


def _hedged(line: Line, match: Match[T], vocabulary: Vocabulary) -> bool:
    """Whether words before it say that this is another one: `equivalent to`, `formerly`."""
    return bool(vocabulary.phrases["hedges"].find(line.tokens[max(match.start - 4, 0) : match.start]))
