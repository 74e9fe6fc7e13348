"""A page of unknown layout from its picture: its lines found and recognised, as words with boxes and certainties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

import numpy as np

from processor.decoding.letters import letters, written
from processor.findings import finding
from processor.imaging.levelled import cut, flat, lengthened, levelled, placed, quarters
from processor.model import Box, FindLines, Means, Recognise, State, Word

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from numpy.typing import NDArray

    from processor.decoding.letters import Letter, Written
    from processor.imaging.levelled import Flat, Levelled
    from processor.imaging.plane import Grey, Points
    from processor.model import Document, Page, Reading
    from processor.reading.scanned import ScannedPage

    Lattices: TypeAlias = tuple[NDArray[np.float32], ...]

_SURE = 0.9
"""The least certainty of a word that may be decided on."""
_LIKELY = 0.5
"""The least certainty of a word beside a value that does not shake it."""
_BLANK = 0.6
"""Of a line's height, the widest blank between two words of a value."""
_LONG = 4
"""Letters from which on two words that differ in one are taken for one word."""
_LEAST, _SEVERAL = 3, 2
"""Letters of a word, and such words, by which a pale page is known to be written on."""
_READS = 0.8
"""The mean certainty of the letters of a page that is the right way up, at least."""
_DENSE = 4000
"""Letters beyond which a page is no certificate (`cards.MOST_WORDS`), and is not read carefully."""


class Certain(NamedTuple):
    """A word and how certain it is, 0 to 1."""

    word: Word
    certainty: float


@dataclass(frozen=True, slots=True, eq=False)
class Recognised:
    """The page set upright, with its words."""

    page: Page
    words: tuple[Certain, ...]
    level: Levelled
    scan: ScannedPage

    @property
    def plain(self) -> bool:
        """Whether some of it reads plainly; what shines through from the back, the wrong way round, does not."""
        sure = [one for one in self.words if one.certainty >= _SURE and len(one.word.text) >= _LEAST]
        return len(sure) >= _SEVERAL

    def doubted(self, document: Document) -> Document:
        """The document with each reading as certain as its words, boxes as the page came, and what is not sure told."""
        read = [self._doubted(reading) for reading in document.readings]
        asked = [
            finding("unsure-reading", page=reading.page, box=reading.box, reading=reading.name)
            for before, reading in zip(document.readings, read, strict=True)
            if reading.doubt == "unsure-reading" != before.doubt
        ]
        found = [one if one.box is None else replace(one, box=self.back(one.box)) for one in document.findings]
        return replace(document, readings=tuple(read), findings=(*found, *asked))

    def _doubted(self, reading: Reading) -> Reading:
        if reading.box is None or reading.page != self.page.number:
            return reading
        inside = [one for one in self.words if _touch(reading.box, one.word.box)]
        certainty = min((one.certainty for one in inside), default=0.0)
        if any(one.certainty < _LIKELY for one in self.words if one not in inside and _goes_on(inside, one.word)):
            certainty = min(certainty, _LIKELY)
        if reading.name == "holder_name" and _otherwise(inside, self.words):
            certainty = min(certainty, _LIKELY)
        own = replace(
            reading, box=self.back(reading.box), means=Means.CARD, confidence=min(reading.confidence, certainty)
        )
        if reading.state is State.SURE and certainty < _SURE:
            return replace(own, state=State.UNSURE, doubt="unsure-reading")
        return own

    def back(self, box: Box) -> Box:
        """A box on the page as it came."""
        left, top, right, bottom = box
        high, wide = self.level.pixels.shape
        corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
        there = placed(self.level, corners * (wide / self.page.width, high / self.page.height))
        rows, columns = self.scan.even.shape
        points = there * (self.scan.page.width / columns, self.scan.page.height / rows)
        return Box(*(float(v) for v in (*points.min(axis=0), *points.max(axis=0))))


def _touch(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across > 0.3 * min(one.width, other.width) and down > 0.3 * min(one.height, other.height)


def _goes_on(inside: Sequence[Certain], word: Word) -> bool:
    """Whether a word stands so close beside a value's words that it may be part of it; a label is not."""
    return not word.text.endswith(":") and any(
        max(word.box.left - box.right, box.left - word.box.right) < _BLANK * box.height
        and min(word.box.bottom, box.bottom) - max(word.box.top, box.top) > 0.5 * min(word.box.height, box.height)
        for _, box in (one.word for one in inside)
    )


def _otherwise(inside: Sequence[Certain], words: Sequence[Certain]) -> bool:
    """Whether the page spells one of these words elsewhere with one other letter: one of them is misread."""
    own = {one.word.text.casefold() for one in inside}
    others = {one.word.text.casefold() for one in words} - own
    return any(
        len(a) == len(b) >= _LONG and sum(c != d for c, d in zip(a, b, strict=True)) == 1 for a in own for b in others
    )


def recognised(scan: ScannedPage) -> Generator[FindLines | Recognise, object, Recognised]:
    """The page with its words. Yields `FindLines` and `Recognise`, and wants their answers sent.

    Which way is up is what its marks look like, as long as it reads well so; else each other way is tried.
    """
    page = flat(scan.even, scan.picture.pixels)
    first = quarters(page) or 0
    best = yield from _attempt(page, first)
    for further in _others(best):
        if best.score >= _READS:
            break
        other = yield from _attempt(page, (first + further) % 4)
        best = max(best, other, key=lambda one: one.score)
    careful = best.quick
    if sum(map(len, best.quick)) <= _DENSE:
        careful = tuple(letters(own) for own in cast("Lattices", (yield Recognise(best.lines, careful=True))))
    return _borne_out(_laid(scan, best, careful))


def _borne_out(seen: Recognised) -> Recognised:
    """Its words, certain where the file's own text, a scanner's or what is drawn over a picture, says the same there.

    That text alone is never taken: what a person sees on the page decides.
    """
    said = seen.scan.page.words
    words = tuple(
        Certain(one.word, 1.0)
        if any(one.word.text == word.text and _touch(seen.back(one.word.box), word.box) for word in said)
        else one
        for one in seen.words
    )
    return replace(seen, words=words)


class _Attempt(NamedTuple):
    """A page as it reads one way up."""

    level: Levelled
    corners: NDArray[np.float64]
    """Of each line, (lines, 4, 2)."""
    lines: tuple[Grey, ...]
    quick: tuple[tuple[Letter, ...], ...]

    @property
    def score(self) -> float:
        """The mean certainty of a letter, 0 to 1; a line is thought to have a letter for each time its height."""
        letters = [letter.probability for line in self.quick for letter in line]
        wide, high = self._sides
        least = (np.maximum(wide, high) / np.maximum(np.minimum(wide, high), 1.0)).sum()
        return float(sum(letters) / max(len(letters), least, 1.0))

    @property
    def lying(self) -> bool:
        """Whether most of what was found is higher than wide."""
        wide, high = self._sides
        return bool(high[high > wide].sum() > wide[wide >= high].sum())

    @property
    def _sides(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        wide = np.linalg.norm(self.corners[:, 1] - self.corners[:, 0], axis=1)
        high = np.linalg.norm(self.corners[:, 3] - self.corners[:, 0], axis=1)
        return wide, high


def _attempt(page: Flat, turns: int) -> Generator[FindLines | Recognise, object, _Attempt]:
    level = levelled(page, turns)
    found = cast("NDArray[np.float32]", (yield FindLines(level.pixels)))
    corners = np.array([lengthened(quad) for quad in found]).reshape(-1, 4, 2)
    lines = tuple(cut(level.pixels, quad) for quad in corners)
    quick = cast("Lattices", (yield Recognise(lines)))
    return _Attempt(level, corners, lines, tuple(letters(own) for own in quick))


def _others(seen: _Attempt) -> tuple[int, ...]:
    """The further quarter turns that are worth trying."""
    return (1, 3) if seen.lying else (2,)


def _laid(scan: ScannedPage, best: _Attempt, careful: Sequence[tuple[Letter, ...]]) -> Recognised:
    """The words on a page of the size that it has when it stands upright."""
    high, wide = best.level.pixels.shape
    rows, columns = scan.even.shape
    unit = np.array([scan.page.width / columns, scan.page.height / rows])
    unit = unit[::-1] if best.level.quarters % 2 else unit
    words = tuple(
        word
        for quad, own, other in zip(best.corners, careful, best.quick, strict=True)
        for word in _words(quad * unit, written(own, other))
    )
    size = wide * unit[0], high * unit[1]
    page = replace(scan.page, width=size[0], height=size[1], words=tuple(word for word, _ in words))
    return Recognised(page, words, best.level, scan)


def _words(corners: Points, line: Sequence[Written]) -> Iterator[Certain]:
    """The words of a line, in boxes between its corners."""
    upper, lower = corners[1] - corners[0], corners[2] - corners[3]
    for text, left, right, certainty in line:
        sides = ((corners[0], upper), (corners[3], lower))
        ends = np.array([start + way * at for start, way in sides for at in (left, right)])
        box = Box(*(float(v) for v in (*ends.min(axis=0), *ends.max(axis=0))))
        yield Certain(Word(text, box), certainty)
