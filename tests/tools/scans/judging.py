"""What became of each box of a paper whose truth is known: right or not, sure or asked about. Each counts once.

Sure is what nobody is asked about: a value that is sure, and a box that was seen to be blank. So a blank where
something is written is wrong and sure. What is missing was not seen; somebody is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from processor.flows.debugging import reading_at
from processor.forms.form import FieldKind
from processor.model import Document, Kind, State
from processor.twin.hands import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.forms.form import Field, Form
    from processor.model import Reading, Value
    from processor.twin.truth import Truth


class Group(StrEnum):
    """What sort of box it is."""

    FIGURES = "figures"
    """Dates, phones, codes, counts, amounts."""
    WORDS = "words"
    """Names and other text."""
    EMPTY = "empty"
    """A box for either in which nothing is written."""
    TICK = "tick"
    """Boxes to be ticked, empty ones too; several of which one is ticked count once."""
    SIGNATURE = "signature"
    """Places to sign, empty ones too."""
    SUMS = "sums"
    """An audit's sections and totals, written or empty."""
    ITEMS = "items"
    """The points of an audit's items, written or empty."""
    PAGE = "page"
    """Which page of which form each page is."""
    CARD = "card"
    """The values of a certificate of unknown layout, and what kind of paper it is."""
    DECISION = "decision"
    """What is decided about an employer."""


class Outcome(StrEnum):
    """What became of a box."""

    RIGHT = "right"
    """Sure, and right."""
    WRONG = "wrong"
    """Sure, and wrong."""
    ASKED = "asked"
    """Asked about, though the guess is right."""
    LOST = "lost"
    """Asked about, and the guess is wrong or there is none."""


_WORDS = frozenset(
    {FieldKind.TEXT, FieldKind.PERSON, FieldKind.ORGANISATION, FieldKind.PROVINCE, FieldKind.EMAIL, FieldKind.CHOICE}
)
_POINTS = frozenset({FieldKind.POINTS, FieldKind.PERCENT})
_SURE = frozenset({State.SURE, State.BLANK})


@dataclass(slots=True)
class Judged:
    """The outcomes of one page."""

    counts: dict[str, int] = field(default_factory=dict)
    """By `group/outcome`."""
    spaced: int = 0
    """Values that are right but for their blanks."""
    faults: list[dict[str, Any]] = field(default_factory=list)
    """Each box that is not sure and right: its path and what speaks for it. The people are made up."""

    def add(self, group: Group, outcome: Outcome) -> None:
        """Count one."""
        key = f"{group}/{outcome}"
        self.counts[key] = self.counts.get(key, 0) + 1


def judged(form: Form, documents: Sequence[Document], truth: Truth) -> tuple[Judged, ...]:
    """What became of each page of a paper and of its boxes, of which these documents were read."""
    found = tuple(Judged() for _ in truth.sheets)
    on = {sheet.page: one for sheet, one in zip(truth.sheets, found, strict=True)}
    of_form = [document for document in documents if document.form == form.name]
    lowered = truth.made["writing"] == Writing.PRINT
    for path, one in form.paths():
        if one.spots and one.spots[0].page in on:
            _judge(on[one.spots[0].page], one, path, _read(of_form, path), truth, lowered=lowered)
    for number, sheet in enumerate(truth.sheets, start=1):
        found[number - 1].add(Group.PAGE, _page(form, documents, number, sheet.page))
    return found


def _read(documents: Sequence[Document], path: str) -> Reading:
    """The reading of that path, from the first document that shows its box."""
    several = [reading_at(document, path) for document in documents]
    seen = [reading for reading in several if reading.state is not State.MISSING]
    return (seen or several or [Document(kind=Kind.OTHER, pages=())[path]])[0]


def outcome(state: State, *, right: bool) -> Outcome:
    """What became of a value that was read in that state, and is right or not."""
    if state is State.MISSING:
        return Outcome.LOST
    if state in _SURE:
        return Outcome.RIGHT if right else Outcome.WRONG
    return Outcome.ASKED if right else Outcome.LOST


def _judge(found: Judged, one: Field, path: str, read: Reading, truth: Truth, *, lowered: bool) -> None:
    true = reading_at(truth.document, path)
    right, spaced = same(read.value, true.value, lowered=lowered)
    what = outcome(read.state, right=right)
    group = group_of(one, path, empty=true.state is State.BLANK)
    found.add(group, what)
    found.spaced += spaced and group in (Group.WORDS, Group.FIGURES)
    if what is not Outcome.RIGHT:
        special = {key: how for key, how in truth.special.items() if key == path or key.startswith(f"{path}=")}
        found.faults.append(
            {
                "path": path, "group": group, "outcome": what, "read": _said(read.value), "raw": read.raw,
                "true": _said(true.value), "confidence": round(read.confidence, 3), "state": read.state,
                "doubt": read.doubt, "special": ",".join(special.values()),
            }
        )  # fmt: skip


def group_of(one: Field, path: str, *, empty: bool) -> Group:
    """The group of a field."""
    if one.kind is FieldKind.TICK or (one.kind is FieldKind.CHOICE and one.spots[0].means):
        return Group.TICK
    if one.kind is FieldKind.SIGNATURE:
        return Group.SIGNATURE
    if one.kind in _POINTS:
        return Group.ITEMS if path.startswith("items") else Group.SUMS
    if empty:
        return Group.EMPTY
    return Group.WORDS if one.kind in _WORDS else Group.FIGURES


def same(read: Value, true: Value, *, lowered: bool) -> tuple[bool, bool]:
    """Whether a value is the true one, blanks aside, and whether it is only because blanks are put aside.

    A form of an apostrophe is no difference, nor, where the pen has small letters only, are capitals.
    """
    one, other = _plain(read, lowered=lowered), _plain(true, lowered=lowered)
    if not isinstance(one, str) or not isinstance(other, str):
        return one == other, False
    right = "".join(one.split()) == "".join(other.split())
    return right, right and one.split() != other.split()


def _plain(value: Value, *, lowered: bool) -> Value:
    if value is False or not isinstance(value, str):
        return None if value is False else value
    text = value.replace("\u2019", "'").replace("\u2018", "'")
    return text.casefold() if lowered else text


def _said(value: Value) -> str | None:
    return None if value is None else str(value)


def _page(form: Form, documents: Sequence[Document], number: int, place: int) -> Outcome:
    """Whether the file's page is known as the page of the form that it is."""
    document = next((document for document in documents if number in document.pages), None)
    if document is None or not document.form:
        return Outcome.LOST
    if document.form != form.name:
        return Outcome.WRONG
    places = {spot for read, spot in _boxes(form, document) if read == number}
    if not places:
        return Outcome.ASKED
    return Outcome.RIGHT if places == {place} else Outcome.WRONG


def _boxes(form: Form, document: Document) -> Iterator[tuple[int | None, int]]:
    """For each reading with a box: the file's page that it was read on, and the form's page where it stands."""
    for path, one in form.paths():
        if one.spots:
            yield document[path].page, one.spots[0].page
