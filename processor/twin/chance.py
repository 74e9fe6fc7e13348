"""Where chance comes from: numbered draws that a seed and a name decide, the same on every machine."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

Drawn = TypeVar("Drawn")


class Family(StrEnum):
    """What a made paper may be used for. Names, fonts and degradations of one are in no other."""

    TUNE = "tune"
    CALIBRATE = "calibrate"
    REPORT = "report"


def draws(*of: object) -> np.random.Generator:
    """Draws of their own for whatever is named: `draws(seed, "values")` never disturbs `draws(seed, "pen")`."""
    name = "/".join(map(str, of)).encode()
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(name).digest()[:16], "big")))


def one_of(choices: Sequence[Drawn], rng: np.random.Generator) -> Drawn:
    """One of them, each as likely."""
    return choices[int(rng.integers(len(choices)))]


def some(likely: float, rng: np.random.Generator) -> bool:
    """True as often as that."""
    return bool(rng.random() < likely)


def between(low: float, high: float, rng: np.random.Generator) -> float:
    """A number from low to high, each as likely."""
    return float(rng.uniform(low, high))
