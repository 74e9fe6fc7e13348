"""What a form is, as values: the readings it yields and the boxes they stand in.

`Form.printed` holds words with their boxes (not bare texts): reading aligns printed copies by them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.model import Box, Kind, Word


class FieldKind(StrEnum):
    """What is written in a field, and so how it is parsed (`reading/values.py`)."""

    TEXT = "text"
    PERSON = "person"
    ORGANISATION = "organisation"
    ACCOUNT = "account"
    INDUSTRY_CODE = "industry_code"
    BUSINESS_NUMBER = "business_number"
    PROVINCE = "province"
    POSTAL_CODE = "postal_code"
    PHONE = "phone"
    EMAIL = "email"
    COUNT = "count"
    POINTS = "points"
    PERCENT = "percent"
    MONEY = "money"
    DATE = "date"
    TICK = "tick"
    """One box: ticked is true, empty is false."""
    CHOICE = "choice"
    """Several boxes of which one is ticked; the value is what that box stands for."""
    SIGNATURE = "signature"
    """True when somebody signed: ink, a typed name, or a digital signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One widget of the blank and where it stands."""

    widget: str
    page: int
    """Page of the form, from 1."""
    box: Box
    value: str = ""
    """For ticks and choices: the value the widget stores when it is on."""
    means: str = ""
    """For choices: the value of the reading when this box is ticked."""
    comb: int = 0
    """Number of cells, when every character has its own."""
    multiline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One reading that the form yields."""

    name: str
    kind: FieldKind
    spots: tuple[Spot, ...] = ()
    """One, or for a choice one a box. None for what is printed on the form itself."""
    constant: str | int | None = None
    """The value, when it is printed on the form (a section's number and name)."""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of fields: a roster, the sections of an audit."""

    name: str
    rows: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A paper whose layout we know."""

    name: str
    title: str
    version: str
    kind: Kind
    program: str = ""
    pages: tuple[tuple[float, float], ...]
    """Width and height of each page, in points."""
    codes: tuple[str, ...] = ()
    """What the page code of each page says; empty for a form without."""
    words: tuple[tuple[str, ...], ...] = ()
    """For each page, phrases that the blank prints and that tell it from every other page we know."""
    printed: tuple[tuple[Word, ...], ...] = ()
    """For each page, all words that the blank itself prints, with their boxes as `Page.words` has them.

    Loaders: this is `page.words` of the opened blank, unchanged. Reading needs the boxes to find how a printed
    copy was scaled and shifted, and the texts to tell writing from printing.
    """
    fields: tuple[Field, ...] = ()
    tables: tuple[Table, ...] = field(default=())
    sections: tuple[Section, ...] = ()
    """For an audit: what can be awarded, from the data beside the form."""

    def paths(self) -> Iterator[tuple[str, Field]]:
        """Every field with the path of its reading: `legal_name`, `workers[2].name`."""
        yield from ((one.name, one) for one in self.fields)
        for table in self.tables:
            for number, row in enumerate(table.rows, start=1):
                yield from ((f"{table.name}[{number}].{one.name}", one) for one in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of an audit."""

    number: str
    text: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of an audit."""

    number: int
    name: str
    items: tuple[Item, ...]

    @property
    def points(self) -> int:
        """What all its items can bring."""
        return sum(item.points for item in self.items)
