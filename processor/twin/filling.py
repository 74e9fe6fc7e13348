"""A form filled by pen or printer: values drawn into the boxes of the blank's pictures, and what can be read there."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from processor.forms.form import FieldKind
from processor.model import Row
from processor.pages.picture import Drawer
from processor.twin import marks
from processor.twin.chance import one_of, some
from processor.twin.ink import DPI
from processor.twin.letters import Scribe
from processor.twin.truth import rows, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from processor.forms.form import Field, Form, Spot, Table
    from processor.model import Reading
    from processor.twin.hands import Pen
    from processor.twin.ink import Grey


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form before it is sent."""

    pages: tuple[Grey, ...]
    """At 300 dpi."""
    readings: tuple[Reading, ...]
    special: Mapping[str, str]


def filled(form: Form, blank: bytes, values: Mapping[str, object], pen: Pen, rng: np.random.Generator) -> Filled:
    """The form with these values, as `people.values` tells them; what it does not name stays blank."""
    desk = _Desk([page.copy() for page in blanks(blank, len(form.pages))], pen, rng)
    readings = [desk.enter(one, values.get(one.name), one.name) for one in form.fields]
    readings += [desk.enter_table(table, values.get(table.name) or []) for table in form.tables]
    return Filled(tuple(desk.pages), tuple(readings), desk.special)


@lru_cache(maxsize=4)
def blanks(blank: bytes, count: int) -> tuple[Grey, ...]:
    """The pages of a blank, drawn at 300 dpi; not to be written on."""
    drawer = Drawer(blank)
    try:
        return tuple(drawer.grey(page, DPI).pixels for page in range(1, count + 1))
    finally:
        drawer.close()


@dataclass
class _Desk:
    """Where somebody sits and fills a form."""

    pages: list[Grey]
    pen: Pen
    rng: np.random.Generator
    special: dict[str, str] = field(default_factory=dict)

    def enter(self, one: Field, value: object, path: str) -> Reading:
        """Write one field. Returns what can be read there."""
        if one.spots and value is not None and value is not False:
            match one.kind:
                case FieldKind.TICK:
                    self._tick(one.spots[0], path)
                case FieldKind.CHOICE:
                    self._choose(one, value, path)
                case FieldKind.SIGNATURE:
                    ink = int(self.rng.integers(15, 90))
                    marks.sign(self._page(one.spots[0]), one.spots[0].box, ink, self.rng)
                case _:
                    value = self.pen.spelled(str(value))
                    self._write(one.spots[0], self._spelled(one, value), path)
        return told(one, value)

    def enter_table(self, table: Table, values: object) -> Reading:
        """Write row after row; rows beyond the values stay blank."""
        given = list(values) if isinstance(values, list) else []
        given += [{}] * (len(table.rows) - len(given))
        read = [
            Row(tuple(self.enter(one, value.get(one.name), f"{table.name}[{number}].{one.name}") for one in row))
            for number, (row, value) in enumerate(zip(table.rows, given, strict=True), start=1)
        ]
        return rows(table.name, read)

    def _page(self, spot: Spot) -> Grey:
        return self.pages[spot.page - 1]

    def _spelled(self, one: Field, text: str) -> str:
        """What goes into the cells: where they are grouped, a hand need not write the hyphen between groups."""
        grouped = one.kind in (FieldKind.PHONE, FieldKind.DATE) and one.spots[0].comb == len(text)
        return text.replace("-", " ") if grouped and self.pen.gaps else text

    def _write(self, spot: Spot, text: str, path: str) -> None:
        scribe = Scribe(self._page(spot), self.pen, self.rng)
        if some(self.pen.mistakes, self.rng) and scribe.room_for_two(spot, text):
            area = scribe.write_again(spot, text[: max(2 * len(text) // 3, 1)], text)
            marks.strike(scribe.page, area, self.pen, self.rng)
            self.special[path] = "rewritten"
        else:
            scribe.write(spot, text)

    def _tick(self, spot: Spot, path: str) -> None:
        tick = one_of(self.pen.ticks, self.rng)
        marks.mark(self._page(spot), spot.box, tick, self.pen, self.rng)
        self.special[path] = tick.value

    def _choose(self, one: Field, value: object, path: str) -> None:
        """Mark one of several boxes; rarely another one was marked before and is scratched out."""
        for spot in one.spots:
            if spot.means == value:
                self._tick(spot, path)
            elif some(self.pen.mistakes / len(one.spots), self.rng):
                marks.mark(self._page(spot), spot.box, one_of(self.pen.ticks, self.rng), self.pen, self.rng)
                marks.scratch(self._page(spot), spot.box, self.pen, self.rng)
                self.special[f"{path}={spot.means}"] = "scratched"
