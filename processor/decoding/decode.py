"""What was written in a field, as far as its kind can tell: a guess, its rivals, and how much it had to be forced."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from processor.decoding.alphabets import alike, free, of_kind
from processor.decoding.lattice import best_texts, folded, greedy, likelihoods, probabilities
from processor.decoding.patterns import is_of, laid, patterns_of, varied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from processor.decoding.alphabets import Alphabet
    from processor.decoding.patterns import Pattern
    from processor.forms.form import FieldKind

_RIVALS = 4
_PLAIN = math.log(0.95)
_STRAIN, _STRAIN_A_LETTER = 11.0, 3.0
"""How far, in logarithms of probability, a text may be forced before it is given up: one letter that the recogniser
was certain of, and every third one of a longer text."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The best text and what speaks against it."""

    text: str
    probability: float
    """Its share among all texts that the kind allows: the decoder's margin."""
    others: tuple[tuple[str, float], ...] = ()
    """The next best allowed texts with their shares, best first."""
    fits: bool = True
    """Whether it is what the kind demands: of its list, of its patterns, or of its alphabet where it has neither."""
    unforced: float = 1.0
    """How probable the text is when any letters may stand: a low one says that something else is written there."""


def decode(lattice: NDArray[np.float32], kind: FieldKind, *, comb: int = 0, words: Sequence[str] = ()) -> Guess:
    """What is written in a field of the kind.

    Tried in turn: the closed list, the kind's patterns, its alphabet, any letters. The first that the ink bears is
    taken, so words in a box for figures come back as those words, which do not fit.

    Args:
        lattice: as `Recognise` answers; one without steps holds nothing.
        kind: the field's kind.
        comb: cells of the field, 0 for none: no text exceeds them, and dates have all their figures.
        words: the closed list; case, accents, blanks and stops are no difference, and a word comes back as listed, the
            first of those that differ in nothing else.

    Returns:
        The guess. An empty text does not fit: who asks has seen ink in the box.
    """
    steps = probabilities(lattice)
    if not greedy(steps).strip():
        nothing = min(1.0, float(np.exp(likelihoods(steps, ["", " "])).sum()))
        return Guess("", nothing, fits=False, unforced=nothing)
    return next(_tries(steps, kind, comb, tuple(words)))


def _tries(steps: NDArray[np.float64], kind: FieldKind, comb: int, words: tuple[str, ...]) -> Iterator[Guess]:
    """Guesses that the ink bears, the narrowest first; the last always comes."""
    if words:
        yield from _listed(folded(steps, alike()), words)
    ink, wanted = _ink(steps, of_kind(kind, comb > 0)), patterns_of(kind, comb)
    if wanted:
        yield from _patterned(ink, wanted)
    else:
        yield from _spelled(ink, comb, fits=not words)
    yield from _spelled(_ink(steps, free()), 0, fits=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Ink:
    """The steps as a kind sees them."""

    alphabet: Alphabet
    seen: NDArray[np.float64]
    """All letters, look-alikes counted as one."""
    kept: NDArray[np.float64]
    """Only those that may stand: rows do not sum to one, the rest was given to letters that may not."""


def _ink(steps: NDArray[np.float64], own: Alphabet) -> _Ink:
    seen = folded(steps, own)
    return _Ink(own, seen, seen * own.mask)


def _listed(seen: NDArray[np.float64], words: tuple[str, ...]) -> Iterator[Guess]:
    """The best word of a closed list, unless something else is written."""
    listed = {alike().plain(word): word for word in reversed(words)}
    scores = likelihoods(seen, tuple(listed))
    if _borne(seen, tuple(listed)[int(scores.argmax())]):
        total = float(np.logaddexp.reduce(scores))
        named = dict(zip(listed.values(), scores.tolist(), strict=True))
        yield _guess(named, total, unforced=float(scores.max()), fits=True)


def _patterned(ink: _Ink, wanted: tuple[Pattern, ...]) -> Iterator[Guess]:
    """The best text of a kind's patterns, with what one other letter in it would make."""
    text = greedy(ink.kept)
    if any(is_of(text, pattern) for pattern in wanted):
        yield from _plain(ink, text, fits=True)
    found = laid(ink.kept, wanted)
    texts = tuple(other for text in found.texts for other in varied(text, wanted))
    yield from _scored(ink, texts, found.total, fits=True)


def _spelled(ink: _Ink, comb: int, *, fits: bool) -> Iterator[Guess]:
    """The best text of an alphabet; a comb holds no more letters than it has cells."""
    text = greedy(ink.kept)
    if not comb or len(text) <= comb:
        yield from _plain(ink, text, fits=fits)
    texts = tuple(text for text, _ in best_texts(ink.kept) if not comb or len(text) <= comb)
    yield from _scored(ink, texts, _log_mass(ink.kept), fits=fits)


def _plain(ink: _Ink, text: str, *, fits: bool) -> Iterator[Guess]:
    """The guess when hardly anything else can be written: most of what is typed, and ten times as quick."""
    score = float(likelihoods(ink.seen, [text])[0])
    if score > _PLAIN:
        yield _guess({text: score}, _log_mass(ink.kept), unforced=score, fits=fits)


def _scored(ink: _Ink, texts: tuple[str, ...], total: float, *, fits: bool) -> Iterator[Guess]:
    """The guess of these texts, unless the ink does not bear the best; any letters are always borne."""
    scores = dict(zip(texts, likelihoods(ink.kept, texts).tolist(), strict=True))
    best = max(texts, key=scores.__getitem__, default="")
    if ink.alphabet is free() or (best and _borne(ink.seen, best)):
        yield _guess(scores, total, unforced=float(likelihoods(ink.seen, [best])[0]), fits=fits)


def _guess(scores: dict[str, float], total: float, *, unforced: float, fits: bool) -> Guess:
    """The guess of texts with the logarithms of their probabilities, beside that of all that is allowed.

    Blanks around a text are nobody's writing: texts that differ in them are one.
    """
    shares: defaultdict[str, float] = defaultdict(float)
    for text, score in scores.items():
        shares[text.strip()] += float(np.exp(score - total))
    ranked = sorted(((text, min(1.0, share)) for text, share in shares.items()), key=lambda one: -one[1])
    return Guess(*ranked[0], tuple(ranked[1 : 1 + _RIVALS]), fits, float(np.exp(unforced)))


def _log_mass(steps: NDArray[np.float64]) -> float:
    """The logarithm of the probability of all texts that the steps leave."""
    return float(np.log(steps.sum(axis=1)).sum())


def _borne(seen: NDArray[np.float64], text: str) -> bool:
    """Whether the text is not too far from what one would read without any demand."""
    forced, unforced = likelihoods(seen, [text, greedy(seen)])
    return bool(unforced - forced <= _STRAIN + _STRAIN_A_LETTER * len(text))
