"""One certificate of unknown layout: drawn, sent, read, judged and timed, as a line of JSON."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, NamedTuple

from processor.model import Kind, State
from processor.twin.chance import Family
from tests.reading.cards.canvas import Sample
from tests.tools.cards_bench import judged as told
from tests.tools.pictured_cards import CHANNELS, best, pictured, read, split
from tests.tools.scans.judging import Group, Judged, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.model import Document
    from tests.tools.scans.kept import Line

_warm: list[bool] = []
_VALUES = ("kind", "findings")
"""Of a truth: what is no value."""


class Card(NamedTuple):
    """One card to be made and read."""

    layout: str
    seed: int
    family: str
    channel: str

    @property
    def key(self) -> str:
        """What its line is known by."""
        return "/".join(("card", *map(str, self)))


def wanted(count: int, family: str, seed: int) -> Iterator[Card]:
    """So many of each layout of the family for each channel."""
    for n in range(seed, seed + count):
        for layout in split(Family(family)):
            for channel in CHANNELS:
                yield Card(layout, n, family, channel.value)


def lines(one: Card) -> list[Line]:
    """What came of one card. A process reads its first one twice, and the second time counts."""
    layout = split(Family(one.family))[one.layout]
    channel = next(channel for channel in CHANNELS if channel == one.channel)
    pages, truth = layout(Sample(f"{one.layout}-{one.seed}-{channel}"))
    data = pictured(pages, Family(one.family), channel, one.key)
    if not _warm:
        read(data)
        _warm.append(True)
    before = time.process_time()
    documents = read(data)
    seconds = time.process_time() - before
    found = judged(documents, truth)
    return [
        {
            "key": one.key, "paper": one.key, "part": 1, "parts": 1, **one._asdict(), "pen": "", "form": "",
            "pages": len(pages), "seconds": round(seconds / len(pages), 4), "counts": found.counts,
            "spaced": 0, "faults": found.faults,
        }
    ]  # fmt: skip


def judged(documents: Sequence[Document], truth: dict[str, object]) -> Judged:
    """What became of the card's values. Accents count: a name without its own is wrong.

    A paper that is taken for another kind is wrong once for each of its values; one of no known kind is asked about.
    """
    found, document = Judged(), best(documents, truth)
    values = [name for name in truth if name not in _VALUES]
    if document.kind.value != truth["kind"]:
        outcome = Outcome.LOST if document.kind is Kind.OTHER else Outcome.WRONG
        for name in values:
            _add(found, name, outcome, document.kind.value)
        return found
    for name, what, said in told(document, truth):
        guessed = name in values and document[name].value == truth[name]
        outcome = {"right": Outcome.RIGHT, "wrong": Outcome.WRONG}.get(what, Outcome.ASKED if guessed else Outcome.LOST)
        _add(found, name, outcome, said)
    for extra in (one for one in documents if one is not document and _claims(one)):
        _add(found, "kind", Outcome.WRONG, f"a second paper: {extra.kind.value}")
    return found


def _claims(document: Document) -> bool:
    """Whether a document says anything for sure."""
    return document.kind is not Kind.OTHER and any(reading.state is State.SURE for reading in document.readings)


def _add(found: Judged, name: str, outcome: Outcome, said: Any) -> None:  # noqa: ANN401 - it is only shown
    found.add(Group.CARD, outcome)
    if outcome is not Outcome.RIGHT:
        found.faults.append({"path": name, "group": Group.CARD, "outcome": outcome, "read": said})
