"""How well training records are read: `python -m tests.tools.records_bench [--count 10] [--show]`.

For each layout: rows right (all values sure and right, nothing asked that a person need not say), asked, and wrong
and sure. A row that is not found is asked when the paper says so, else wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from typing import TYPE_CHECKING

from processor import pages
from processor.flows.reading import answered
from processor.model import Kind, State
from processor.ocr.recogniser import Recogniser
from processor.reading.persons import same
from processor.reading.read import read
from tests.reading.cards.canvas import Sample
from tests.reading.cards.sheets import words
from tests.reading.records.held_out import HELD_OUT
from tests.reading.records.layouts import LAYOUTS

if TYPE_CHECKING:
    from processor.model import Document
    from tests.reading.records.layouts import Entry, Made

BLOCKING = frozenset({"own-record", "needs-judgement", "participation-letter", "online-only", "interim-card"})


def documents(data: bytes) -> tuple[Document, ...]:
    """What is read from a file, without forms."""
    with pages.open(data, max_pages=20) as paper:
        steps = read(paper.paper.pages, (), words())
        return answered(paper, Recogniser(), steps)[0]


def judged(found: tuple[Document, ...], made: Made) -> list[tuple[str, Entry, str]]:
    """For each row, what became of it, and what was read."""
    cards = [document for document in found if document.kind in (Kind.FIRST_AID, Kind.COURSE)]
    if len(cards) != len(made.rows):
        what = "asked" if any(d.kind is Kind.OTHER for d in found) and not cards else "wrong"
        return [(what, row, f"{len(cards)} documents for {len(made.rows)} rows") for row in made.rows]
    pairs = zip(cards, made.rows, strict=True)
    return [(_row(document, row, made), row, _said(document)) for document, row in pairs]


def _said(document: Document) -> str:
    values = ", ".join(f"{r.name}={r.value}/{r.state.value}/{r.doubt}" for r in document.readings)
    return f"{values}; {sorted({f.code for f in document.findings})}"


def _row(document: Document, row: Entry, made: Made) -> str:
    wanted = {
        "holder_name": row.holder, "course": row.course, "level": row.level, "cpr_level": row.cpr,
        "issuer": made.issuer, "issue_date": row.issued, "expiry_date": row.expires, "certificate_number": row.number,
    }  # fmt: skip
    codes = {finding.code for finding in document.findings}
    asked = False
    for name, value in wanted.items():
        reading = document[name]
        if reading.state is State.SURE and not (
            reading.value == value or (name == "holder_name" and same(str(reading.value), str(value)))
        ):
            return "wrong"
        asked = asked or (reading.state is State.UNSURE) or (value is not None and reading.state is not State.SURE)
    refusals = codes & BLOCKING
    expected = {row.refused} - {""} | made.codes
    if not expected <= codes or refusals - expected:
        return "wrong"
    if not row.sure and not asked and not row.refused:
        return "wrong"
    return "right" if not asked or row.refused else "asked"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    whole: Counter[str] = Counter()
    print(
        f"{'layout':20} {'rows':>6} {'right':>6} {'asked':>6} {'wrong':>6}   (of the asked, only a person can settle)"
    )
    for name, layout in {**LAYOUTS, **HELD_OUT}.items():
        if arguments.only not in name:
            continue
        total: Counter[str] = Counter()
        for seed in range(arguments.count):
            made = layout(Sample(f"{name}-{seed}"))
            for what, row, said in judged(documents(made.data), made):
                total[what] += 1
                total["due"] += what == "asked" and not row.sure
                if what == "wrong" or (arguments.show and what == "asked" and row.sure):
                    print(f"    {what} {name}-{seed} {row.holder} {row.printed}: {said}")
        whole += total
        rows = total["right"] + total["asked"] + total["wrong"]
        print(f"{name:20} {rows:6} {total['right']:6} {total['asked']:6} {total['wrong']:6}   ({total['due']})")
    rows = whole["right"] + whole["asked"] + whole["wrong"]
    print(f"{'all':20} {rows:6} {whole['right']:6} {whole['asked']:6} {whole['wrong']:6}   ({whole['due']})")
    return 1 if whole["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
