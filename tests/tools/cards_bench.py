"""How well cards are read: `python -m tests.tools.cards_bench [--count 60] [--show]`.

For each layout family: values right, asked (unsure or not found), and wrong and sure. The held-out group was
written after the rules were finished; the fresh one after the rules were mended on what the held-out group showed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from processor.model import State
from processor.reading import cards, vocabulary
from tests.reading.cards.canvas import Sample
from tests.reading.cards.fresh import FRESH
from tests.reading.cards.held_out import HELD_OUT
from tests.reading.cards.layouts import TUNED

if TYPE_CHECKING:
    from processor.model import Document
    from tests.reading.cards.layouts import Layout

ROOT = Path(__file__).parents[2]
VOCABULARY = vocabulary.load((ROOT / "processor" / "rulebook" / "vocabulary.toml").read_text(encoding="utf-8"))


def judged(document: Document, truth: dict[str, object]) -> list[tuple[str, str, str]]:
    """For each value: its name, what became of it (right, asked, wrong), and what was read."""
    if document.kind.value != truth["kind"]:
        return [("kind", "asked" if document.kind.value == "other" else "wrong", document.kind.value)]
    outcomes = []
    for name in (name for name in truth if name not in ("kind", "findings")):
        reading, wanted = document[name], truth[name]
        sure = reading.state is State.SURE
        if sure:
            what = "right" if reading.value == wanted else "wrong"
        else:
            what = "right" if wanted is None and reading.state in (State.MISSING, State.BLANK) else "asked"
        if wanted is None and truth.get("findings") == ("holder-unclear",):
            what = "wrong" if sure else "right"
        outcomes.append((name, what, f"{reading.value} ({reading.raw}; {reading.doubt}) for {wanted}"))
    codes = {finding.code for finding in document.findings}
    refusals = {"interim-card", "participation-letter", "online-only", "holder-unclear"}
    wanted_codes = set(truth.get("findings", ()))  # type: ignore[call-overload]
    outcomes += [
        (code, "right" if code in codes else "asked" if document["course"].doubt == code else "wrong", "finding")
        for code in wanted_codes
    ]
    outcomes += [(code, "wrong", "finding") for code in (codes & refusals) - wanted_codes - {"holder-unclear"}]
    return outcomes


def family(layout: Layout, name: str, count: int, *, show: bool) -> Counter[str]:
    """The outcomes over so many samples of one layout."""
    total: Counter[str] = Counter()
    for seed in range(count):
        pages, truth = layout(Sample(f"{name}-{seed}"))
        for value, what, said in judged(cards.read_card(pages, VOCABULARY), truth):
            total[what] += 1
            if what == "wrong" or (show and what == "asked"):
                print(f"    {what} {name}-{seed} {value}: {said}")
    return total


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    wrong = 0
    for group, layouts in (("tuned on", TUNED), ("held out", HELD_OUT), ("fresh", FRESH)):
        whole: Counter[str] = Counter()
        print(f"{group:22} {'values':>7} {'right':>7} {'asked':>7} {'wrong':>7}")
        for name, layout in layouts.items():
            total = family(layout, name, arguments.count, show=arguments.show)
            whole += total
            print(f"  {name:20} {total.total():7} {total['right']:7} {total['asked']:7} {total['wrong']:7}")
        counts = f"{whole.total():7} {whole['right']:7} {whole['asked']:7} {whole['wrong']:7}"
        print(f"  {'all':20} {counts}   {whole['right'] / whole.total():.1%} right")
        wrong += whole["wrong"]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
