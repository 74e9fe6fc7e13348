"""The public directory of certified employers as HTML, CSV and JSON: the same entries give the same bytes.

The page works from a disk, without a server and without JavaScript; with it, the list can be searched.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from processor.outbox.manifest import table

if TYPE_CHECKING:
    from collections.abc import Sequence


class Entry(NamedTuple):
    """One employer in one program, as the public sees it."""

    name: str
    operating_as: str
    city: str
    program: str
    """The program's name."""
    certificate: str
    certified_since: str
    valid_to: str
    """ISO days."""


HEADS = ("Company", "Works as", "City", "Program", "Certificate", "Certified since", "Valid to")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem; color: #1a1a1a; background: #fff }
h1 { font-size: 1.6rem; color: #0b4f6c } caption { text-align: left; padding: .5rem 0 }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #767676; vertical-align: top }
thead th { background: #eef4f7 } tbody th { font-weight: 600 }
input, select { font: inherit; padding: .3rem; border: 1px solid #595959; margin: .2rem 1rem .2rem .2rem }
:focus-visible { outline: 3px solid #0b4f6c; outline-offset: 2px } .scroll { overflow-x: auto } [hidden] { display: none }
"""  # noqa: E501 - a style sheet
_SCRIPT = """
const form = document.querySelector("form"), rows = [...document.querySelectorAll("tbody tr")];
const plain = text => text.normalize("NFD").replace(/[\\u0300-\\u036f]/g, "").toLowerCase();
const show = () => {
  const sought = plain(form.sought.value).split(/\\s+/), program = form.program.value;
  let count = 0;
  for (const row of rows) {
    const fits = (!program || row.dataset.program === program) && sought.every(word => plain(row.textContent).includes(word));
    row.hidden = !fits; count += fits;
  }
  document.querySelector("output").textContent = `${count} of ${rows.length}`;
};
form.hidden = false; form.addEventListener("input", show); form.addEventListener("submit", event => event.preventDefault()); show();
"""  # noqa: E501 - a script


def page(entries: Sequence[Entry]) -> bytes:
    """The list as one HTML page, in the order of the entries."""
    programs = sorted({entry.program for entry in entries})
    options = "".join(f"<option>{escape(program)}</option>" for program in programs)
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    rows = "\n".join(map(_row, entries))
    count = f"{len(entries)} certified {'company' if len(entries) == 1 else 'companies'}"
    return f"""<!DOCTYPE html>
<html lang="en-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>SECOR certified companies</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>SECOR certified companies</h1>
<form hidden role="search">
<label for="sought">Search</label><input id="sought" name="sought" type="search" autocomplete="off">
<label for="program">Program</label><select id="program" name="program"><option value="">All</option>{options}</select>
<output for="sought program" aria-live="polite"></output>
</form>
<div class="scroll" tabindex="0" role="region" aria-labelledby="list">
<table>
<caption id="list">{count}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</main>
<script>{_SCRIPT}</script>
</body>
</html>
""".encode()


def sheet(entries: Sequence[Entry]) -> bytes:
    """The list as CSV."""
    return table(Entry._fields, entries)


def data(entries: Sequence[Entry]) -> bytes:
    """The list as JSON."""
    shown = {"certified": [entry._asdict() for entry in entries]}
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()


def _row(entry: Entry) -> str:
    cells = "".join(f"<td>{escape(text)}</td>" for text in entry[1:])
    return f'<tr data-program="{escape(entry.program)}"><th scope="row">{escape(entry.name)}</th>{cells}</tr>'
