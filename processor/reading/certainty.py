"""How certain a recognised text is, from what speaks for it; and from which certainty on it is sure.

A small logistic model for each group of kinds, one for what the quick model read alone and one for what both did. It is
fitted on labelled papers by `secor calibrate` and handed in, as the vocabulary is. Without one a plain rule decides.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from processor.errors import SetupBroken
from processor.forms.form import FieldKind
from processor.imaging.linework import Linework

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from processor.imaging.source import Source

VERSION = 2
"""Of the cues: weights of another version say nothing about these."""
_PLAINLY_SURE = 0.9995
"""Without a calibration: at 0.97 some names by hand were wrong and sure; at this none of 500 was, and half is asked."""
_LEAST = 1e-6
_FOUL = 0.1
"""Of the ink: so much dirt may hide letters, however clear the others are."""
_LETTER = 0.015
"""Of the ink: so much that was taken for dirt may have been a letter."""


class Group(StrEnum):
    """Kinds that are read alike."""

    FIGURES = "figures"
    CODES = "codes"
    WORDS = "words"
    EMAIL = "e-mail"


class Style(StrEnum):
    """How a page is written."""

    TYPED = "typed"
    BY_HAND = "by-hand"


_TYPED = 0.87
"""How even letters stand on a typed page, at least: most type 0.80 to 0.97, most hands 0.4 to 0.85. A higher limit
would judge more type as if by hand, a lower one more hands as if typed."""
_GROUPS = {
    FieldKind.ACCOUNT: Group.CODES,
    FieldKind.INDUSTRY_CODE: Group.CODES,
    FieldKind.EMAIL: Group.EMAIL,
    **dict.fromkeys((FieldKind.TEXT, FieldKind.PERSON, FieldKind.ORGANISATION, FieldKind.PROVINCE), Group.WORDS),
}
_OPEN_COMBS = (FieldKind.ACCOUNT, FieldKind.TEXT, FieldKind.INDUSTRY_CODE, FieldKind.COUNT, FieldKind.MONEY)
"""Kinds of no fixed length: a character that is lost from its cell leaves a value that is as good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What speaks for a recognised text, and against it."""

    kind: FieldKind
    source: Source
    share: float
    """Among all that the kind allows, of the texts that mean the same."""
    unforced: float
    """How probable it is when any letters may stand."""
    second: float | None = None
    """How probable it is that the other model's text means the same: its share there; None where one was enough."""
    fits: bool = True
    """Whether it is what the kind demands."""
    letters: int = 1
    work: Linework = field(default_factory=Linework)
    lines: int = 1
    comb: int = 0
    missing: int = 0
    """Of a comb: cells with ink, less the letters that were read."""
    hole: bool = False
    """Of a comb: an empty cell before one with ink."""
    dirt: float = 0.0
    """The share of the ink in the box that is no writing."""
    residual: float = 0.0
    """Points by which the page lies off its blank."""
    dpi: float = 200.0
    agrees: bool | None = None
    """Whether the page says the same elsewhere (a name twice, postal code and province); None where it says nothing."""
    clean: bool = True
    """Whether the box holds nothing but one writing, not struck out, with a value of its kind, spelt as such."""
    company: float = 0.0
    """How clear the other texts of the page are, on the mean: a legible hand, a good scan."""
    even: float = 0.0
    """How even the letters of the page stand (`Linework.even`)."""

    @property
    def group(self) -> Group:
        """The group of its kind."""
        return _GROUPS.get(self.kind, Group.FIGURES)

    @property
    def style(self) -> Style:
        """How its page is written."""
        return Style.TYPED if self.even >= _TYPED else Style.BY_HAND

    @property
    def channel(self) -> str:
        """How it was written and how it came: `grey-fine-typed`."""
        return f"{self.source}-{self.style}"

    @property
    def open(self) -> bool:
        """Whether it is too doubtful to be sure of, however clear its letters: dirt, or a character lost."""
        return not self.clean or self.dirt > _FOUL or (self.hole and self.kind in _OPEN_COMBS)


class Weighed(NamedTuple):
    """A text as the quick model read it alone, and as it was read in the end."""

    quick: Cues
    quickly: str
    """What the quick model read."""
    cues: Cues
    carefully: str
    """What was read in the end."""


def odds(share: float) -> float:
    """The logarithm of the odds of a share, -3.5 to 3.5: kept within what counting can tell."""
    kept = min(max(share, _LEAST), 1 - _LEAST)
    return math.log(kept / (1 - kept)) / 4


CUES: Mapping[str, Callable[[Cues], float]] = {
    "share": lambda c: odds(c.share),
    "unforced": lambda c: max(math.log(max(c.unforced, _LEAST)), -8.0) / max(c.letters, 1) ** 0.5,
    "clear": lambda c: odds(c.unforced),
    "second": lambda c: 0.0 if c.second is None else odds(c.second),
    "apart": lambda c: float(c.second is not None and c.second < 0.5),
    "forced": lambda c: float(not c.fits),
    "length": lambda c: math.log(max(c.letters, 1)),
    "pieces": lambda c: abs(math.log((c.work.pieces + 1) / (c.letters + 1))),
    "gaps": lambda c: min(max(c.work.widest - 1, 0.0), 3.0),
    "thin": lambda c: c.work.thin,
    "cells": lambda c: float(min(abs(c.missing), 3)),
    "comb": lambda c: float(c.comb > 0),
    "dirt": lambda c: c.dirt,
    "lost": lambda c: float(c.dirt > _LETTER),
    "residual": lambda c: min(10 * c.residual, 3.0),
    "dpi": lambda c: math.log(c.dpi / 200),
    "company": lambda c: c.company,
    "even": lambda c: 2 * c.even - 1,
    "agrees": lambda c: float(c.agrees is True),
    "conflict": lambda c: float(c.agrees is False),
}
"""Each cue as a number; what a weight is of."""


FAMILIES: Mapping[str, tuple[str, ...]] = {
    "decoder": ("share", "unforced", "clear", "forced"),
    "second model": ("second", "apart"),
    "length": ("length",),
    "line work": ("pieces", "gaps", "thin"),
    "comb": ("cells", "comb"),
    "dirt": ("dirt", "lost"),
    "page": ("residual", "dpi"),
    "company": ("company",),
    "style": ("even",),
    "redundancy": ("agrees", "conflict"),
}
"""Cues that stand or fall together."""


def measured(cues: Cues) -> tuple[float, ...]:
    """The cues as numbers, in the order of `CUES`, and a one for what is always there."""
    return (*(cue(cues) for cue in CUES.values()), 1.0)


class Head(StrEnum):
    """Which models read it."""

    QUICK = "quick"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Weights of the cues for a group, and from which probability on a text is sure, by channel."""

    weights: tuple[float, ...]
    """In the order of `CUES`, and that of what is always there."""
    limits: Mapping[str, float]
    """A channel that was not seen is never sure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What `secor calibrate` found."""

    made: str = ""
    """Which version, and on which day."""
    judges: Mapping[tuple[Group, Head], Judge] = field(default_factory=dict)

    def certain(self, cues: Cues) -> float:
        """How probable it is that the text is right, 0 to 1."""
        judge = self._judge(cues)
        if judge is None:
            return _plainly(cues)
        score = sum(weight * cue for weight, cue in zip(judge.weights, measured(cues), strict=True))
        return 1 / (1 + math.exp(-min(max(score, -30.0), 30.0)))

    def sure(self, cues: Cues) -> bool:
        """Whether the text may be decided on. What no paper of the calibration was like is never sure."""
        judge = self._judge(cues)
        limit = judge.limits.get(cues.channel, 2.0) if judge else 2.0 if self.judges else _PLAINLY_SURE
        return not cues.open and self.certain(cues) >= limit

    def _judge(self, cues: Cues) -> Judge | None:
        return self.judges.get((cues.group, Head.QUICK if cues.second is None else Head.BOTH))


UNCALIBRATED = Calibration()
"""Nothing was measured: a plain rule decides."""


def _plainly(cues: Cues) -> float:
    """Without a calibration: what the decoder says, halved where the models or the kind speak against it."""
    own: float = cues.share * cues.unforced**0.5
    if cues.second is not None:
        own = 1 - (1 - own) * 0.5 if cues.second >= 0.5 else own * 0.5
    return own if cues.fits else 0.5 * own


# ---------------------------------------------------------------- as a file


def load(text: str) -> Calibration:
    """What a certainty.toml says. Raises `SetupBroken` for one that is none, or is of other cues."""
    try:
        table = tomllib.loads(text)
        if table["version"] != VERSION or table["cues"] != list(CUES):
            raise SetupBroken("The certainty.toml is of another version of the program.", do="Run `secor calibrate`.")
        judges = {(Group(one["group"]), Head(one["head"])): _judge_of(one) for one in table.get("judges", ())}
        return Calibration(made=f"{table['version']}, {table['date']}", judges=judges)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as wrong:
        raise SetupBroken(f"The certainty.toml cannot be used: {wrong}.", do="Run `secor calibrate`.") from wrong


def toml(calibration: Calibration, day: date, notes: Mapping[str, float]) -> str:
    """The text of a certainty.toml; `notes` say from how many papers it was made, and what is expected of it."""
    lines = [
        "# How certain recognised texts are. Made by `secor calibrate`; do not edit.",
        f"version = {VERSION}",
        f"date = {day.isoformat()}",
        *(f"{name} = {value}" for name, value in notes.items()),
        f"cues = [{', '.join(f'{name!r}' for name in CUES)}]",
    ]
    for (group, head), judge in calibration.judges.items():
        limits = ", ".join(f"{channel} = {limit}" for channel, limit in judge.limits.items())
        weights = ", ".join(map(str, judge.weights))
        lines += ["", "[[judges]]", f'group = "{group}"', f'head = "{head}"', f"weights = [{weights}]"]
        lines += [f"limits = {{ {limits} }}"]
    return "\n".join(lines) + "\n"


def _judge_of(table: dict[str, Any]) -> Judge:
    weights = tuple(float(weight) for weight in table["weights"])
    if len(weights) != len(CUES) + 1:
        raise ValueError(f"{len(weights)} weights")
    return Judge(weights=weights, limits={name: float(limit) for name, limit in table["limits"].items()})
