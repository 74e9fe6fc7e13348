"""What is missing or wrong about a form, as sentences for the one who brings it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.errors import SetupBroken
from processor.forms.load import Loading
from processor.forms.readings import SPARE, names
from processor.model import WidgetKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.forms.form import Form
    from processor.model import Page


def check_form(toml: str, pages: Sequence[Page], data: str | None = None) -> tuple[str, ...]:
    """Everything that is to be put right before the form can be relied on; nothing when it is whole.

    Args:
        toml: the text of its `form.toml`.
        pages: its blank, as `pages.open` gives it.
        data: the text of its `sections.toml`, for an audit.
    """
    try:
        loading = Loading(toml, pages, data)
    except SetupBroken as broken:
        return (str(broken),)
    form = loading.form()
    return (
        *map(str, loading.faults),
        *_missing(form),
        *_unread(loading, pages),
        *_unknown_pages(form),
        *_printed_inside(form, pages),
    )


def _missing(form: Form) -> Iterator[str]:
    """Readings without which no case can be decided."""
    there = {f.name for f in form.fields} | {t.name for t in form.tables}
    for name in sorted(names(form.kind) - SPARE - there):
        yield f"Nothing yields the reading “{name}”, which every {form.kind} needs. Name its box in form.toml."


def _unread(loading: Loading, pages: Sequence[Page]) -> Iterator[str]:
    """Boxes that somebody may fill in and nobody would read."""
    spared = set(map(str, loading.faults.list("", loading.spec, "unread"))) | loading.blank.used
    seen: set[str] = set()
    for widget in (w for page in pages for w in page.widgets if not w.hidden and w.kind is not WidgetKind.BUTTON):
        if widget.name not in spared | seen:
            seen.add(widget.name)
            label = f" ({widget.label})" if widget.label else ""
            box = f"“{widget.name}”{label} on page {widget.page}"
            yield f"No reading uses the box {box}. Use it, or name it under unread."


def _unknown_pages(form: Form) -> Iterator[str]:
    """Pages that a printed copy could not be known by."""
    for number, words in enumerate(form.words, start=1):
        if not words and not form.codes:
            yield f"Nothing tells page {number} when it comes printed. Write under [[pages]] what only it prints."


def _printed_inside(form: Form, pages: Sequence[Page]) -> Iterator[str]:
    """What stands in a box of the blank would be read as an answer."""
    fields = [*form.fields, *(field for table in form.tables for row in table.rows for field in row)]
    for spot in (spot for field in fields for spot in field.spots):
        page = pages[spot.page - 1]
        inside = [word.text for word in page.words if spot.box.holds(word.box)]
        if inside:
            said, box = " ".join(inside), f"“{spot.widget}” on page {spot.page}"
            yield f"The blank prints “{said}” inside the box {box}. Move box and words apart."
