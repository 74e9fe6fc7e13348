"""What is true of a made paper: its readings as the JSON contract spells them, and what was done to each page."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from processor.contract import document_json
from processor.forms.form import FieldKind
from processor.model import Reading, Row, State
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.forms.form import Field
    from processor.model import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of the file."""

    page: int
    """Which page of the form it shows."""
    wide: int
    high: int
    """Pixels, as they stand in the file."""
    dpi: tuple[float, float]
    """Across and down; 0 where the file does not say."""
    turned: int = 0
    """Degrees clockwise by which it lies wrong."""
    matrix: tuple[float, ...] | None = None
    """Nine numbers, row by row: from a pixel of the blank at 300 dpi to one of this page, pixel centres whole numbers;
    None where the page is bent besides."""
    extras: tuple[str, ...] = ()
    """What else happened to it: `stamp`, `header` …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everything that is known of a made paper."""

    document: Document
    """A text or choice not written is blank; a box not ticked is false; a signature not there is false and blank."""
    sheets: tuple[Sheet, ...]
    special: Mapping[str, str] = field(default_factory=dict)
    """By the path of a reading (`workers[2].name`): how it was written, when not simply: `rewritten`, `small` …"""
    made: Mapping[str, str | int] = field(default_factory=dict)
    """Seed, family, writing, channel, font."""

    def json(self) -> dict[str, Any]:
        """As `truth.json` has it: the document as `secor read --json` prints it, and the rest beside it."""
        return {
            **document_json(self.document),
            "sheets": [
                {
                    "page": s.page,
                    "size": [s.wide, s.high],
                    "dpi": list(s.dpi),
                    "turned": s.turned,
                    "matrix": None if s.matrix is None else [round(v, 6) for v in s.matrix],
                    "extras": list(s.extras),
                }
                for s in self.sheets
            ],
            "special": dict(self.special),
            "made": dict(self.made),
        }

    def text(self) -> str:
        """The same as the text of a file."""
        return json.dumps(self.json(), ensure_ascii=False, indent=1) + "\n"


def told(one: Field, written: object) -> Reading:
    """The reading of a field in which this was written: a text, True, what a choice means, or nothing."""
    if not one.spots:
        return Reading(name=one.name, value=one.constant, raw=str(one.constant))
    first = one.spots[0]
    blank = Reading(name=one.name, state=State.BLANK, page=first.page, box=first.box)
    match one.kind:
        case FieldKind.TICK:
            ticked = written is True
            return _reading(one, ticked, "Yes" if ticked else "")
        case FieldKind.SIGNATURE:
            signed = written is True
            state = State.SURE if signed else State.BLANK
            return Reading(name=one.name, value=signed, state=state, page=first.page, box=first.box)
        case FieldKind.CHOICE:
            return _reading(one, written, str(written)) if written else blank
        case _:
            return _reading(one, parse(one.kind, str(written)).value, str(written)) if written else blank


def _reading(one: Field, value: Any, raw: str) -> Reading:  # noqa: ANN401 - whatever the kind's parser gives
    spot = next((s for s in one.spots if one.kind is FieldKind.CHOICE and s.means == value), one.spots[0])
    return Reading(name=one.name, value=value, raw=raw, page=spot.page, box=spot.box)


def rows(name: str, table: list[Row]) -> Reading:
    """A table; rows at its end in which nothing is written are left off, as reading leaves them off."""
    while table and all(_untouched(cell) for cell in table[-1].cells):
        table.pop()
    return Reading(name=name, value=tuple(table), state=State.SURE if table else State.BLANK)


def _untouched(cell: Reading) -> bool:
    return cell.state is State.BLANK or cell.value is False
