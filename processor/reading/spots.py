"""A reading of a card, made from where it stands: sure, or unsure with the code that says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processor.model import Means, Reading, State

if TYPE_CHECKING:
    from processor.model import Box, Value


class Spot(NamedTuple):
    """What is printed, and where: page from 1, box in points from the top left."""

    raw: str
    page: int
    box: Box


def made(name: str, value: Value, spot: Spot, *, sure: bool, doubt: str = "unsure-reading") -> Reading:
    """The reading at a spot. `doubt` is the code of the finding for one that is not sure."""
    return Reading(
        name=name,
        value=value,
        state=State.SURE if sure else State.UNSURE,
        raw=spot.raw,
        confidence=0.97 if sure else 0.4,
        means=Means.CARD,
        page=spot.page,
        box=spot.box,
        doubt="" if sure else doubt,
    )
