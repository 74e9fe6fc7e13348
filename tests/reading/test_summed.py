"""The points of a scanned audit read together: what the writing supports and the sums bear out."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from processor.flows.forms import load_all
from processor.forms.form import FieldKind
from processor.model import Means, Page
from processor.reading.seen import Said, Seen
from processor.reading.sheets import layout, scanned_sheet
from processor.reading.summed import summed
from tests.papers.scoring import scored

if TYPE_CHECKING:
    from processor.forms.form import Form, Spot
    from processor.reading.sheets import Sheet


@cache
def form() -> Form:
    return next(f for f in load_all((Path("templates"),)) if f.name == "scsa-audit")


def seen(spot: Spot, raw: str, *guesses: tuple[str, float], doubt: str = "") -> Seen:
    return Seen(Said(raw, doubt), spot.page, spot.box, Means.ZONE, 0.99, guesses or ((raw, 0.9999),) * bool(raw))


def sheets(**changed: tuple[tuple[str, float], ...]) -> list[Sheet]:
    """The clean audit as it was recognised; `changed` are guesses by path, `.` and brackets as `_`."""
    values = scored(form(), {}, (), {})
    zones: dict[int, dict[Spot, Seen]] = {n: {} for n in range(1, len(form().pages) + 1)}
    cells = [(field.name, field, values.get(field.name)) for field in form().fields]
    for table in form().tables:
        rows = values.get(table.name) or []
        assert isinstance(rows, list)
        for n, row in enumerate(table.rows, start=1):
            told = rows[n - 1] if n <= len(rows) else {}
            cells += [(f"{table.name}_{n}_{field.name}", field, (told or {}).get(field.name)) for field in row]
    for path, field, value in cells:
        for spot in field.spots:
            if field.kind is FieldKind.TICK:
                zones[spot.page][spot] = Seen(
                    Said("On" if value is True else ""), spot.page, spot.box, Means.ZONE, 0.99
                )
            elif path in changed:
                zones[spot.page][spot] = seen(spot, changed[path][0][0], *changed[path], doubt="unsure-reading")
            else:
                zones[spot.page][spot] = seen(spot, "" if value is None or value is True else str(value))
    plan = layout(form())
    assert plan.form is form()
    return [scanned_sheet(n, Page(number=n, width=612, height=792), of) for n, of in zones.items()]


def shown(found: list[Sheet], name: str, row: int, column: str) -> Seen:
    table = next(t for t in form().tables if t.name == name)
    field = next(f for f in table.rows[row - 1] if f.name == column)
    [sheet] = [s for s in found if s.zones and field.spots[0] in s.zones]
    assert sheet.zones is not None
    return sheet.zones[field.spots[0]]


def test_a_doubtful_figure_is_settled_by_the_sum_it_stands_in() -> None:
    right = shown(sheets(), "items", 1, "awarded").said.raw
    guesses = ((right, 0.699), ("3" if right != "3" else "2", 0.3))
    settled = shown(summed(form(), sheets(items_1_awarded=guesses)), "items", 1, "awarded")
    assert (settled.said.raw, settled.said.doubt) == (right, "")
    assert settled.confidence is not None
    assert settled.confidence > 0.999


def test_what_no_sum_bears_out_is_asked_about() -> None:
    settled = shown(summed(form(), sheets(items_1_awarded=(("x", 0.9),))), "items", 1, "awarded")
    assert settled.said.doubt == "unsure-reading"


def test_without_scanned_points_nothing_changes() -> None:
    plain = [scanned_sheet(1, Page(number=1, width=612, height=792), {})]
    assert summed(form(), plain) == plain
    twice = [*sheets(), *sheets()]
    assert summed(form(), twice) == twice


def test_a_clear_figure_is_never_replaced_by_what_would_add_up() -> None:
    right = shown(sheets(), "items", 1, "awarded").said.raw
    other = str(Decimal(right) - 1)
    found = shown(summed(form(), sheets(items_1_awarded=((other, 0.99999),))), "items", 1, "awarded")
    assert found.said.raw == other
