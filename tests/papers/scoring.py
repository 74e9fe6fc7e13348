"""The points of an audit as an auditor writes them: items, sections, totals, percentages, comments; it all adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from processor.forms.form import Form, Section

Row = dict[str, object]
ALL = "all"
"""Instead of an item: each of them."""
LOST = "Not shown."
LEFT_OUT = "Not our work."


def scored(
    form: Form, points: Mapping[str, int | str], left_out: Collection[str], changes: Mapping[str, Row]
) -> dict[str, object]:
    """The readings `sections`, `items` and the totals.

    Args:
        form: the audit's form, whose sections say what each item can bring.
        points: by item, where it is not full marks; an empty text leaves the box blank.
        left_out: items marked N/A.
        changes: by section (`6`) or item (`6.2`), cells that are written otherwise than they add up.
    """
    if ALL in points:
        points = {item.number: points[ALL] for section in form.sections for item in section.items}
    known = {item.number for section in form.sections for item in section.items}
    unknown = ({*points, *left_out, *changes} - known) - {str(section.number) for section in form.sections}
    assert not unknown, f"{form.name} has no item {', '.join(unknown)}"
    items = {i.number: _item(i.number, i.points, points, left_out) for s in form.sections for i in s.items}
    sections = {str(s.number): _section(s, items) for s in form.sections}
    possible = sum(int(str(row["possible"])) for row in sections.values())
    awarded = sum(int(str(row["awarded"])) for row in sections.values())
    for number, cells in changes.items():
        (items if number in items else sections)[number].update(cells)
    return {
        "items": list(items.values()),
        "sections": list(sections.values()),
        "total_possible": str(possible),
        "total_awarded": str(awarded),
        "overall_percent": percent(awarded, possible),
    }


def _item(number: str, most: int, points: Mapping[str, int | str], left_out: Collection[str]) -> Row:
    if number in left_out:
        return {"not_applicable": True, "comment": LEFT_OUT}
    got = points.get(number, most)
    return {"awarded": str(got), "comment": LOST if got == 0 else ""}


def _section(section: Section, items: Mapping[str, Row]) -> Row:
    out = sum(i.points for i in section.items if items[i.number].get("not_applicable"))
    awarded = sum(int(str(items[i.number].get("awarded") or 0)) for i in section.items)
    possible = section.points - out
    return {
        "not_applicable": str(out) if out else "",
        "possible": str(possible),
        "awarded": str(awarded),
        "percent": percent(awarded, possible),
        "comment": "In use." if awarded == possible else "See the items.",
    }


def percent(awarded: int, possible: int) -> str:
    """With one decimal, cut off; blank where nothing is possible."""
    if not possible:
        return ""
    tenths = awarded * 1000 // possible
    return f"{tenths // 10}.{tenths % 10}"
