"""`make bench-scans`: how accurately made papers of an unseen family are read, beside other readers, on the same pages.

Every page leaves a line of JSON under `--keep`, so a run that is cut short goes on where it was: call it again. One
process, and a polite one. `--papers 1 --audits 0 --cards 0 --cases 0 --peers 6` is a small run, of three minutes or
so; the defaults are the whole one, of more than a thousand pages.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import cv2

from processor.twin.chance import Family
from tests.papers.office import staff
from tests.tools.scans import carded, decided, papers
from tests.tools.scans.kept import ROOT, edition, keep, kept
from tests.tools.scans.peers import compared
from tests.tools.scans.report import report
from tests.tools.scans.speed import measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.papers.office import Staff
    from tests.tools.scans.kept import Line

    Work = tuple[str, Callable[[], list[Line]]]
    """The key of a paper, and what measures it."""

NICE = 10


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=20, help="registrations for each channel and pen, 2 pages each")
    parser.add_argument("--audits", type=int, default=1, help="audits for each channel and pen, 7 pages each")
    parser.add_argument("--cards", type=int, default=2, help="of each layout of the family for each channel")
    parser.add_argument(
        "--cases", type=int, default=24, help="employers whose papers an office decides on, about 25 pages each"
    )
    parser.add_argument("--peers", type=int, default=100, help="pages that the other readers read; 0 for none")
    parser.add_argument("--seed", type=int, default=0, help="the first paper's; the others count up")
    parser.add_argument("--family", choices=[family.value for family in Family], default="report")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long; call again to go on")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "secor-bench-scans")
    parser.add_argument(
        "--peers-home", type=Path, default=ROOT / ".venv-peers", help="their environment, made if need be"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "accuracy.md")
    return parser.parse_args(words)


def main() -> int:
    asked = arguments()
    os.nice(max(NICE - os.nice(0), 0))
    cv2.setNumThreads(1)
    home: Path = asked.keep / edition()
    home.mkdir(parents=True, exist_ok=True)
    wanted = list(papers.wanted(asked.papers, asked.audits, asked.family, asked.seed))
    chosen = for_peers(wanted, asked.peers)
    papers.prepare()
    with staff(workers=1) as team:
        work = list(every(asked, wanted, frozenset(chosen), home / "sheets", team))
        if not measure(work, home / "lines.jsonl", asked.minutes):
            print(f"Stopped after {asked.minutes:g} minutes; call it again to go on.")
            return 1
    known = kept(home / "lines.jsonl")
    lines = [line for key, _ in work for line in known[key]]
    sheets = sorted(path for one in chosen for path in (home / "sheets").glob(f"{one.called}-*"))
    peers = compared(sheets, home, asked.peers_home) if sheets else {}
    speed = measured(Family(asked.family), asked.seed, home, asked.peers_home)
    text = "\n".join(report(lines, peers, speed, list(_head(asked, lines))))
    asked.out.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def for_peers(wanted: Sequence[papers.Wanted], pages: int) -> list[papers.Wanted]:
    """The first registrations, spread over channels and pens, that come to so many pages."""
    return [one for one in wanted if one.form in papers.REGISTRATIONS][: -(-pages // 2)]


def every(
    asked: argparse.Namespace,
    wanted: Sequence[papers.Wanted],
    shown: frozenset[papers.Wanted],
    sheets: Path,
    team: Staff,
) -> Iterator[Work]:
    """All that is measured: forms, cards, and employers."""
    for one in wanted:
        yield one.key, partial(papers.lines, one, sheets if one in shown else None)
    for card in carded.wanted(asked.cards, asked.family, asked.seed):
        yield card.key, partial(carded.lines, card)
    for case in decided.wanted(asked.cases, asked.family):
        yield case.key, partial(decided.lines, case, team)


def measure(work: Sequence[Work], store: Path, minutes: float) -> bool:
    """Measure what was not measured yet, each page kept as it comes; False where time ran out."""
    done = kept(store)
    left = [(key, step) for key, step in work if key not in done]
    until = time.monotonic() + 60 * (minutes or float("inf"))
    for number, (key, step) in enumerate(left, start=1):
        if time.monotonic() > until:
            return False
        keep(store, step())
        if sys.stderr.isatty() or number % 50 == 0:
            print(f"{number} of {len(left)}: {key}", file=sys.stderr)
    return True


def _head(asked: argparse.Namespace, lines: Sequence[Line]) -> Iterator[str]:
    """What was run, on what, and how many."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    sizes = " ".join(f"--{name} {getattr(asked, name)}" for name in ("papers", "audits", "cards", "cases", "peers"))
    where = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    yield f"{datetime.now().astimezone():%Y-%m-%d}, commit {said.stdout.strip()}, edition {edition()}; {where}."
    yield f"`python -m tests.tools.scans_bench {sizes} --seed {asked.seed} --family {asked.family}`"
    yield ""
    several, pages = len({line["paper"] for line in lines}), sum(line["pages"] for line in lines)
    spaced = sum(line["spaced"] for line in lines)
    yield f"{several:,} papers, {pages:,} pages of the twin's family `{asked.family}`."
    yield f"{spaced:,} values are exact but for their blanks. {_SAYS}"


_SAYS = """Nothing was tuned or calibrated on that family: its names,
typefaces, writers, machines and card layouts are in no other. The employers that are decided on are those of
`tests/papers`, sent by its machines. Every value counts once. Sure is what nobody is asked about, a box seen to be
blank too, so a blank where something is written is wrong and sure; what was not seen is asked. Blanks within a value
are no difference, nor are capitals where the pen is `print` (real writers, stroke by stroke), which has small letters
only. Intervals are 95 % (Wilson); they take every value for itself, though those of a page share pen and machine."""


if __name__ == "__main__":
    sys.exit(main())
