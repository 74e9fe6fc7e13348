"""Compare our widget reader with truth files: `python -m tests.tools.acroform_truth FOLDER`.

Beside each `NAME.pdf` the folder has a `NAME.pdf.truth.json` with `fields`: `name`, `value` (null or empty
for none), made by other programs (qpdf, pdftk). Prints a line a file and a line for each value that
differs; the exit code is 6 when fewer than 99.5 % agree. Not part of the test suite: the papers are not ours.

What we say as a person sees it (a choice by its label, a button through `/Opt`) is taken back to what is
stored, by way of pypdf's reading of `/Opt`, before it is compared.
"""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pypdf

from processor import pages
from processor.errors import Exit, UnreadablePaper
from processor.model import WidgetKind

ENOUGH = 0.995


class Difference(NamedTuple):
    """One value that differs."""

    name: str
    true: str
    ours: tuple[str, ...]


def compare(data: bytes, truth: dict[str, Any]) -> tuple[int, int, list[Difference]]:
    """Values compared, values that the truth cannot say (a bare reference), and those that differ."""
    with pages.open(data, max_pages=500) as paper:
        widgets = [w for page in paper.paper.pages for w in page.widgets]
    ours: dict[str, set[str]] = {}
    for widget in widgets:
        stored = [s.value for s in widget.sources if s.where == "V"]
        shown = [s.value for s in widget.sources if s.where == "AS"]
        buttons = widget.kind in (WidgetKind.TICK, WidgetKind.RADIO)
        ours.setdefault(widget.name, set()).update(map(_tidy, stored or (shown if buttons else []) or [""]))
    options = _options(data)
    unknown, different = 0, []
    for field in truth["fields"]:
        name, true = field["name"], _true(field["value"])
        if re.fullmatch(r"\d+ \d+ R", true):
            unknown += 1
        elif true not in _stored(ours.get(name, set()), options.get(name, [])):
            different.append(Difference(name, true, tuple(sorted(ours.get(name, {"(no such field)"})))))
    return len(truth["fields"]) - unknown, unknown, different


def _true(value: object) -> str:
    """The value in plain text; qpdf's JSON marks strings in an array with `u:`."""
    text = "\n".join(map(_true, value)) if isinstance(value, list) else str(value or "")
    return _tidy(re.sub("^u:", "", text.removeprefix("/"), flags=re.MULTILINE))


def _tidy(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "" if lines == "Off" else lines.strip()


def _stored(ours: set[str], options: list[tuple[str, str]]) -> set[str]:
    """Our values, and what may be stored for them: an export value, or the number of an option."""
    found = set(ours)
    for number, (export, label) in enumerate(options):
        if _tidy(label) in ours or _tidy(export) in ours:
            found |= {_tidy(export), str(number)}
    return found


def _options(data: bytes) -> dict[str, list[tuple[str, str]]]:
    """The options of each field as pypdf reads them: export value and label."""
    try:
        fields = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    except (pypdf.errors.PyPdfError, UnicodeDecodeError):
        return {}
    found = {}
    for name, field in fields.items():
        listed = field.get("/Opt") or []
        pairs = [o.get_object() for o in listed]
        found[name] = [(str(p[0]), str(p[-1])) if isinstance(p, list) else (str(p), str(p)) for p in pairs]
    return found


def main(folder: Path) -> int:
    """Print the table; the exit code says whether enough agree."""
    compared = wrong = 0
    for place in sorted(folder.rglob("*.truth.json")):
        paper = place.with_name(place.name.removesuffix(".truth.json"))
        if not paper.exists():
            continue
        try:
            count, unknown, different = compare(paper.read_bytes(), json.loads(place.read_text(encoding="utf-8")))
        except UnreadablePaper as refused:
            sys.stdout.write(f"{paper.name}: {refused}\n")
            continue
        compared, wrong = compared + count, wrong + len(different)
        sys.stdout.write(f"{paper.name:60} {count:5} values {len(different):3} differ {unknown:3} not said\n")
        for difference in different:
            sys.stdout.write(f"    {difference.name!r}: true {difference.true!r}, ours {difference.ours!r}\n")
    share = 1 - wrong / compared if compared else 0.0
    sys.stdout.write(f"{compared - wrong} of {compared} agree: {share:.2%}\n")
    return Exit.DONE if share >= ENOUGH else Exit.CHECK_SAYS_NO


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
