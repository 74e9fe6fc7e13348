"""A form's page as it came: where the boxes are on it, what is written, and the picture if one was drawn.

A `Layout` is a form looked at from its pages; a `Sheet` is one page of a submission that is a page of that form.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processor.forms.form import FieldKind
from processor.model import Box
from processor.reading.lie import lie
from processor.reading.marks import shows
from processor.reading.stored import covering
from processor.reading.written import turned, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from processor.forms.form import Field, Form, Spot
    from processor.model import Page, Picture, Widget, Word
    from processor.reading.lie import Lie
    from processor.reading.seen import Seen


@dataclass(frozen=True, slots=True)
class Layout:
    """A form by its pages (from 1): the fields with a spot there, and all names its widgets go by."""

    form: Form
    fields: Mapping[int, tuple[tuple[Field, Spot], ...]]
    names: frozenset[str]

    def printed(self, number: int) -> tuple[Word, ...]:
        """What the blank prints on a page."""
        return self.form.printed[number - 1] if number <= len(self.form.printed) else ()


def layout(form: Form) -> Layout:
    """The form by its pages."""
    spots = [(field, spot) for field in _fields(form) for spot in field.spots]
    numbers = range(1, len(form.pages) + 1)
    by_page = {number: tuple(pair for pair in spots if pair[1].page == number) for number in numbers}
    return Layout(form, by_page, frozenset(spot.widget for _, spot in spots))


def _fields(form: Form) -> Iterator[Field]:
    yield from form.fields
    for table in form.tables:
        for row in table.rows:
            yield from row


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a submission as a page of a form."""

    number: int
    """The page of the form."""
    page: Page
    lie: Lie | None
    """Where the blank's boxes are; None when the page does not lie as the blank does."""
    written: tuple[Word, ...]
    """What the blank does not print."""
    strays: tuple[Word, ...]
    """Of that, what stands in no box."""
    unseen: tuple[Word, ...] = ()
    """Words that the file holds here and the picture does not show: cut off at a box's edge, or white."""
    named: Mapping[str, tuple[Widget, ...]]
    """The widgets that a person sees, by name."""
    printed: tuple[Box, ...]
    """Where the blank's own words stand on this page."""
    turned: bool = False
    """Whether Hebrew or Arabic is written on it."""
    picture: Picture | None = None
    zones: Mapping[Spot, Seen] | None = None
    """Of a scanned page: what its boxes show, those left out that the scan does not show. None for any other page."""

    def place(self, spot: Spot) -> Box | None:
        """Where a spot is on this page; None when it cannot be told, or lies beside the paper."""
        if self.zones is not None:
            return self.zones[spot].box if spot in self.zones else None
        if self.lie is None:
            return None
        box = self.lie.placed(spot.box)
        return box if Box(0, 0, self.page.width, self.page.height).holds(box) else None

    def widgets(self, spot: Spot, taken: frozenset[str]) -> tuple[Widget, ...]:
        """The widgets of a spot: those of its name, else the one that stands in its place."""
        found = self.named.get(spot.widget, ())
        place = None if found or not self.named else self.place(spot)
        return found if place is None else covering(place, self.page.widgets, taken)

    def over(self, box: Box) -> list[Box]:
        """The blank's own words that reach into a box."""
        return [
            other
            for other in self.printed
            if other.left < box.right and box.left < other.right and other.top < box.bottom and box.top < other.bottom
        ]


def sheet(plan: Layout, number: int, page: Page) -> Sheet:
    """A page of a submission as that page of the form."""
    printed = plan.printed(number)
    how = lie(printed, page, plan.form.pages[number - 1])
    written = page.notes if how is None else writing(page, printed, how)
    places = [] if how is None else [how.placed(spot.box) for _, spot in plan.fields[number]]
    boxes = [*places, *(widget.box for widget in page.widgets)]
    return Sheet(
        number=number,
        page=page,
        lie=how,
        written=written,
        strays=() if how is None else _outside(written, boxes),
        named=_by_name(page.widgets),
        printed=() if how is None else tuple(how.placed(word.box) for word in printed),
        turned=turned(written),
    )


def scanned_sheet(number: int, page: Page, zones: Mapping[Spot, Seen], outside: tuple[Word, ...] = ()) -> Sheet:
    """A scanned page as that page of the form: its boxes, and what is outside them, were looked at already."""
    return Sheet(number=number, page=page, lie=None, written=(), strays=outside, named={}, printed=(), zones=zones)


def _by_name(widgets: Iterable[Widget]) -> dict[str, tuple[Widget, ...]]:
    found: dict[str, list[Widget]] = {}
    for widget in widgets:
        if not widget.hidden:
            found.setdefault(widget.name, []).append(widget)
    return {name: tuple(several) for name, several in found.items()}


def _outside(words: Iterable[Word], boxes: Iterable[Box]) -> tuple[Word, ...]:
    grown = [Box(box.left - 2, box.top - 2, box.right + 2, box.bottom + 2) for box in boxes]
    return tuple(word for word in words if not any(box.holds(word.box) for box in grown))


def pictured(seen: Sheet, picture: Picture) -> Sheet:
    """The sheet with its picture, and what is written parted into what can be seen and what cannot."""
    unseen = {word for word in seen.written if word not in seen.page.notes and not shows(picture, word)}
    return replace(
        seen,
        picture=picture,
        written=tuple(word for word in seen.written if word not in unseen),
        strays=tuple(word for word in seen.strays if word not in unseen),
        unseen=tuple(word for word in seen.written if word in unseen),
    )


def needs_picture(plan: Layout, seen: Sheet) -> bool:
    """Whether ink must be looked at: a box without a widget, or a signature that nobody typed.

    On a copy without widgets a box without words may still hold writing that was drawn as curves.
    """
    if seen.lie is None:
        return False
    return any(
        not (widgets := seen.widgets(spot, plan.names))
        or (field.kind is FieldKind.SIGNATURE and not any(_filled(widget) for widget in widgets))
        for field, spot in plan.fields[seen.number]
    )


def hides_boxes(plan: Layout, seen: Sheet) -> bool:
    """Whether a box of the form can be found neither by a widget nor by its place."""
    return any(not seen.widgets(spot, plan.names) and seen.place(spot) is None for _, spot in plan.fields[seen.number])


def _filled(widget: Widget) -> bool:
    return widget.signed or any(source.value.strip() for source in widget.sources)
