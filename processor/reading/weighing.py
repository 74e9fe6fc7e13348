"""The texts of scanned forms as calibrating wants them: each read by both models, with what speaks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from processor.forms.form import FieldKind
from processor.model import Scan
from processor.reading.scanned import scanned
from processor.reading.sheets import layout
from processor.reading.sorting import catalogue
from processor.reading.zones import zones

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from processor.forms.form import Form
    from processor.model import Look, Page, Picture, Sight
    from processor.reading.certainty import Weighed
    from processor.reading.scanned import Plates


class WeighedText(NamedTuple):
    """One box in which something is written."""

    form: str
    path: str
    """Of its reading: `workers[2].name`."""
    kind: FieldKind
    weighed: Weighed


def weighed(
    pages: Sequence[Page], forms: Sequence[Form], plates: Plates
) -> Generator[Look, Sight, tuple[WeighedText, ...]]:
    """Every text on those pages that are pictures of a form's page. Yields questions and wants the answers sent."""
    known = catalogue([layout(form) for form in forms])
    found: list[WeighedText] = []
    for page in (one for one in pages if one.pictured):
        scan = scanned(page, cast("Picture", (yield Scan(page.number))), known, plates)
        if scan.lies is None:
            continue
        form, number = scan.claims[0].layout.form, scan.claims[0].number
        seen, _ = yield from zones(scan, scan.lies, scan.claims[0].layout.fields[number], always=True)
        for path, field in ((p, f) for p, f in form.paths() if f.kind is not FieldKind.SIGNATURE):
            said = [seen[spot].weighed for spot in field.spots if spot in seen]
            found += [WeighedText(form.name, path, field.kind, one) for one in said if one is not None]
    return tuple(found)
