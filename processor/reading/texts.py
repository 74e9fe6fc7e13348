"""What is written in the boxes of a scanned page: read quickly, again with care where that does not do, and weighed."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rapidfuzz.distance import Levenshtein

from processor.decoding.decode import decode
from processor.forms.form import FieldKind
from processor.imaging.linework import Linework, linework
from processor.imaging.source import source
from processor.imaging.zones import State
from processor.model import Recognise
from processor.reading.certainty import Cues, Weighed, odds
from processor.reading.seen import Said
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from processor.decoding.decode import Guess
    from processor.forms.form import Field, Spot
    from processor.imaging.fitting import Fit
    from processor.imaging.plane import Grey
    from processor.imaging.source import Source
    from processor.imaging.zones import Zone
    from processor.reading.certainty import Calibration

    Lattices: TypeAlias = tuple[NDArray[np.float32], ...]

_PROVINCES = {
    "A": "NL", "B": "NS", "C": "PE", "E": "NB", "G": "QC", "H": "QC", "J": "QC", "K": "ON", "L": "ON", "M": "ON",
    "N": "ON", "P": "ON", "R": "MB", "S": "SK", "T": "AB", "V": "BC", "X": "NT", "Y": "YT",
}  # fmt: skip
"""By the first letter of a postal code; X is Nunavut's as well."""
_NAMES = (FieldKind.PERSON, FieldKind.ORGANISATION)
_SMALL = frozenset(
    ("and", "of", "the", "for", "in", "on", "de", "du", "des", "d", "la", "le", "les", "et", "von", "van", "der", "den")
)
"""Words of names that begin small."""
_LONG = 5
"""Letters from which on two names that are alike are hardly so by chance."""
_NEARLY = 2
"""Letters in which two readings of one name differ at most."""


class Written(NamedTuple):
    """A box of text and what is in it."""

    field: Field
    spot: Spot
    zone: Zone


class Facts(NamedTuple):
    """What is the same for all boxes of a page."""

    source: Source
    residual: float
    dpi: float


class Text(NamedTuple):
    """What a box says and what speaks for it."""

    said: Said
    confidence: float
    guesses: tuple[tuple[str, float], ...]
    """Of a clean zone of one line: what may be written, and how probably; both models count alike."""
    weighed: Weighed


def facts(pixels: Grey, fit: Fit) -> Facts:
    """What a page, uint8 as it came, and its fit say of all its boxes."""
    return Facts(source(pixels, fit), fit.residual, fit.dpi)


def texts(
    written: Sequence[Written], page: Facts, calibration: Calibration, *, always: bool = False
) -> Generator[Recognise, Lattices, list[Text]]:
    """The text of each box. Yields `Recognise`, and wants the lattices sent.

    `always` has each read twice, as calibrating wants it.
    """
    work = [_work(one.zone) for one in written]
    first = yield from _guesses(written, careful=False)
    quick = _beside(_on_page([_cues(*one, None, page) for one in zip(written, work, first, strict=True)]), first)
    again = [n for n, cues in enumerate(quick) if always or not calibration.sure(cues)]
    read = dict(zip(again, (yield from _guesses([written[n] for n in again], careful=True)), strict=True))
    best = [read.get(n, guesses) for n, guesses in enumerate(first)]
    told = [_cues(one, work[n], best[n], first[n] if n in read else None, page) for n, one in enumerate(written)]
    cues = _beside(
        [replace(one, company=own.company, even=own.even) for one, own in zip(told, quick, strict=True)], best
    )
    weighed = (Weighed(quick[n], _raw(first[n]), cues[n], _raw(best[n])) for n in range(len(written)))
    return [
        _text(one, best[n], first[n], each, calibration)
        for n, (one, each) in enumerate(zip(written, weighed, strict=True))
    ]


def _guesses(written: Sequence[Written], *, careful: bool) -> Generator[Recognise, Lattices, list[list[Guess]]]:
    lines = tuple(line for one in written for line in one.zone.lines)
    lattices = iter((yield Recognise(lines, careful)) if lines else ())
    return [
        [decode(steps, one.field.kind, comb=one.spot.comb) for steps in islice(lattices, len(one.zone.lines))]
        for one in written
    ]


def _text(
    one: Written, best: Sequence[Guess], first: Sequence[Guess], weighed: Weighed, calibration: Calibration
) -> Text:
    whole = one.zone.state is State.WRITTEN and not one.zone.struck and len(best) == 1
    doubt = "" if calibration.sure(weighed.cues) else "unsure-reading"
    guesses = _together(best[0], first[0]) if whole else ()
    return Text(Said(_raw(best), doubt), calibration.certain(weighed.cues), guesses, weighed)


def _together(best: Guess, first: Guess) -> tuple[tuple[str, float], ...]:
    """What either model reads, each text with its mean share."""
    shares: dict[str, float] = {}
    for text, share in (*_all(best), *_all(first)):
        shares[text] = shares.get(text, 0.0) + share / 2
    return tuple(sorted(shares.items(), key=lambda one: -one[1]))


# ---------------------------------------------------------------- cues


def _cues(one: Written, work: Linework, best: Sequence[Guess], first: Sequence[Guess] | None, page: Facts) -> Cues:
    """The cues of what was read best; `first` is what the other model read, where two did."""
    kind, zone = one.field.kind, one.zone
    raw = _raw(best)
    letters = sum(not letter.isspace() for letter in raw)
    inked = [n for n, cell in enumerate(zone.cells) if cell is not None]
    second = None if first is None else prod(map(_share, [kind] * len(best), [g.text for g in best], first))
    parsed = parse(kind, raw).value is not None
    return Cues(
        kind=kind,
        source=page.source,
        share=prod(_share(kind, guess.text, guess) for guess in best),
        unforced=prod(guess.unforced for guess in best),
        second=second,
        fits=all(guess.fits for guess in best),
        letters=letters,
        work=work,
        lines=len(best),
        comb=one.spot.comb if zone.cells else 0,
        missing=len(inked) - letters if inked else 0,
        hole=bool(inked) and inked[-1] + 1 > len(inked),
        dirt=zone.dirt,
        residual=page.residual,
        dpi=page.dpi,
        clean=zone.state is State.WRITTEN and not zone.struck and parsed and not (kind in _NAMES and _mixed(raw)),
    )


def _raw(guesses: Sequence[Guess]) -> str:
    return " ".join(guess.text for guess in guesses if guess.text)


def _all(guess: Guess) -> tuple[tuple[str, float], ...]:
    return ((guess.text, guess.probability), *guess.others)


def _share(kind: FieldKind, text: str, guess: Guess) -> float:
    """The share, among what a model reads, of all that means the same as a text."""
    meant = meaning(kind, text)
    return min(sum(share for other, share in _all(guess) if other == text or meaning(kind, other) == meant), 1.0)


def meaning(kind: FieldKind, text: str) -> object:
    """What a text comes to: its value, blanks and case aside; itself where it has none."""
    value = parse(kind, text).value
    return same(text if value is None else value)


def same(value: object) -> object:
    """A value, blanks, case and the sort of apostrophe aside: those are no misreading."""
    return "".join(value.split()).casefold().replace("\u2019", "'") if isinstance(value, str) else value


def _work(zone: Zone) -> Linework:
    """All lines together: their pieces and gaps in sum, the widest gap and the thinnest strokes of any."""
    each = [linework(line) for line in zone.lines]
    letters = sum(w.letters for w in each)
    return Linework(
        sum(w.pieces for w in each),
        sum(w.gaps for w in each),
        max(w.widest for w in each),
        max(w.thin for w in each),
        sum(w.even * w.letters for w in each) / max(letters, 1),
        letters,
    )


def _mixed(raw: str) -> bool:
    """Whether some words of a name begin with a capital and some do not: models take `O` for `o`, and `V` for `v`."""
    words = [word for word in raw.split() if word[0].isalpha() and word.casefold() not in _SMALL]
    return len({word[0].isupper() for word in words}) > 1


def _on_page(cues: Sequence[Cues]) -> list[Cues]:
    """The cues with what all texts of the page show: how even the letters stand, and how clear the other texts are."""
    clear = [odds(one.unforced) for one in cues]
    others = max(len(clear) - 1, 1)
    even = sum(one.work.even * one.work.letters for one in cues) / max(sum(one.work.letters for one in cues), 1)
    return [replace(one, company=(sum(clear) - own) / others, even=even) for one, own in zip(cues, clear, strict=True)]


def _beside(cues: Sequence[Cues], read: Sequence[Sequence[Guess]]) -> list[Cues]:
    """The cues with what the page says elsewhere: names that stand on it twice, its postal code and province."""
    raw = [_raw(guesses) for guesses in read]
    told = [replace(one, agrees=_repeated(n, cues, raw)) for n, one in enumerate(cues)]
    places = _place(cues, raw)
    return [replace(one, agrees=places[n]) if n in places else one for n, one in enumerate(told)]


def _repeated(n: int, cues: Sequence[Cues], raw: Sequence[str]) -> bool | None:
    """Whether a name stands in another box as well; False where only nearly the same one does."""
    if cues[n].kind not in _NAMES or cues[n].letters < _LONG:
        return None
    own = str(same(raw[n]))
    others = [str(same(raw[m])) for m, one in enumerate(cues) if m != n and one.kind is cues[n].kind]
    if any(other.startswith(own) for other in others):
        return True
    return False if any(Levenshtein.distance(own, other) <= _NEARLY for other in others) else None


def _place(cues: Sequence[Cues], raw: Sequence[str]) -> dict[int, bool]:
    """Whether the one postal code and the one province of the page fit each other, for both."""
    codes = [n for n, one in enumerate(cues) if one.kind is FieldKind.POSTAL_CODE]
    provinces = [n for n, one in enumerate(cues) if one.kind is FieldKind.PROVINCE]
    if len(codes) != 1 or len(provinces) != 1:
        return {}
    code, province = (parse(cues[n].kind, raw[n]).value for n in (*codes, *provinces))
    if not isinstance(code, str) or province is None:
        return {}
    agrees = _PROVINCES.get(code[0]) == province or (code[0] == "X" and province == "NU")
    return dict.fromkeys((*codes, *provinces), agrees)
