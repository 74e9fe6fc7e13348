"""Which pages are one paper: runs of a form's pages, cards, and what is neither. Every page ends up in exactly one.

A new page 1 begins a new copy of a form. Later pages join the latest copy that still lacks them, even when
something lies between; a page that the copy already has is kept with it, as its second. Empty backs and separator
sheets go with the paper before them; nothing is joined across a separator sheet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from processor.imaging.grade import Grade
    from processor.model import Document, Page
    from processor.reading.recognised import Recognised
    from processor.reading.sorting import Claim
    from processor.reading.zones import Zones


class Sort(Enum):
    """What a run of pages is."""

    FORM = "form"
    CARD = "card"
    RECORD = "record"
    """A list of training: a certificate a row."""
    PICTURE = "picture"
    UNDECIDED = "undecided"
    """A page that fits several forms."""
    EMPTY = "empty"
    """Nothing but empty pages."""
    SEPARATOR = "separator"
    """A sheet that was laid between two papers: nothing behind it belongs to what lies before."""


class Sorted(NamedTuple):
    """A page, what it is, and the pages of forms that claim it."""

    page: Page
    sort: Sort
    claims: tuple[Claim, ...] = ()
    rows: tuple[Document, ...] = ()
    """Of a record: the certificates that it comes to."""
    grade: Grade | None = None
    """Of a page that came as a picture: how good that is."""
    zones: Zones | None = None
    """Of a scanned page of a form: what its boxes show; of one that does not lie as its blank does, nothing."""
    seen: Recognised | None = None
    """Of a picture of unknown layout: its words."""


@dataclass(slots=True)
class Run:
    """Pages that are one paper, in the order of the file."""

    sort: Sort
    members: list[Sorted] = field(default_factory=list)
    empty: list[Page] = field(default_factory=list)
    """Empty pages that came with it."""

    @property
    def numbers(self) -> list[int]:
        """Of a form: which pages are there, as they came."""
        return [claim.number for member in self.members for claim in member.claims]

    def of(self, claim: Claim) -> bool:
        """Whether this is a copy of the claim's form."""
        return self.sort is Sort.FORM and self.members[0].claims[0].layout is claim.layout


def gathered(pages: Iterable[Sorted], starts: Callable[[Page], bool]) -> list[Run]:
    """The runs, in the order in which they begin. `starts` tells whether a card begins on a page."""
    runs: list[Run] = []
    waiting: list[Page] = []
    begun = 0
    last: Run | None = None
    for one in pages:
        if one.sort in (Sort.EMPTY, Sort.SEPARATOR):
            (waiting if last is None else last.empty).append(one.page)
            begun = len(runs) if one.sort is Sort.SEPARATOR else begun
            continue
        stack = runs[begun:]
        home = _home(one, stack, last if stack else None, starts)
        if home is None:
            home = Run(one.sort)
            runs.append(home)
        home.members.append(one)
        last = home
    if waiting and not runs:
        return [Run(Sort.EMPTY, empty=waiting)]
    if waiting:
        runs[0].empty[:0] = waiting
    return runs


def _home(one: Sorted, runs: list[Run], last: Run | None, starts: Callable[[Page], bool]) -> Run | None:
    """The run that the page belongs to; None when it begins one."""
    if one.sort is Sort.CARD:
        return last if last is not None and last.sort is Sort.CARD and not starts(one.page) else None
    if one.sort is not Sort.FORM:
        return None
    claim = one.claims[0]
    ours = [run for run in runs if run.of(claim)]
    if claim.number == 1:
        return last if last in ours and last is not None and 1 not in last.numbers else None
    lacking = [run for run in ours if claim.number not in run.numbers]
    return next(reversed(lacking or ours), None)
