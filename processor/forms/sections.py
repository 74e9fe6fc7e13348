"""The sections of an audit, from the data that stands beside its form."""

from __future__ import annotations

import tomllib
from typing import Any

from processor.errors import SetupBroken
from processor.forms.form import Item, Section


def load_sections(text: str) -> tuple[str, tuple[Section, ...]]:
    """The version and the sections of a `sections.toml`; items are numbered `3.1`, `3.2`, … in their order.

    Raises `SetupBroken` naming the section.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SetupBroken(f"The sections are no TOML: {error}.", do="Correct that line.") from error
    version, listed = data.get("version"), data.get("sections")
    if not isinstance(version, str) or not isinstance(listed, list) or not listed:
        raise SetupBroken("The sections have no version or no [[sections]].", do="Write both into sections.toml.")
    return version, tuple(_section(place, entry) for place, entry in enumerate(listed, start=1))


def _section(place: int, entry: dict[str, Any]) -> Section:
    name, items = entry.get("name"), entry.get("items")
    if not isinstance(name, str) or not isinstance(items, list) or not items:
        raise SetupBroken(f"Section {place} has no name or no items.", do="Write both into sections.toml.")
    return Section(
        number=place, name=name, items=tuple(_item(f"{place}.{n}", item) for n, item in enumerate(items, start=1))
    )


def _item(number: str, entry: dict[str, Any]) -> Item:
    text, points = entry.get("text"), entry.get("points")
    if not isinstance(text, str) or type(points) is not int or points < 1:
        raise SetupBroken(f"Item {number} has no text or no points.", do="Give it a text and 1 point or more.")
    return Item(number=number, text=text, points=points)
