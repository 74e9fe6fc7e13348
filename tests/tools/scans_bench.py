"""`make bench-scans`: how accurately made papers of an unseen family are read, beside other readers, on the same pages.

Each paper leaves a line of JSON under `--work`, so a run that is cut short goes on where it was: call it again. The
report is made from the lines that fit what was asked for.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import platform
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processor.twin.chance import Family
from tests.tools.scans.papers import REGISTRATIONS, line, prepare, wanted
from tests.tools.scans.peers import compared
from tests.tools.scans.report import report
from tests.tools.scans.speed import measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.tools.scans.papers import Wanted

ROOT = Path(__file__).parents[2]


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=23, help="registrations for each channel and pen, 2 pages each")
    parser.add_argument("--audits", type=int, default=1, help="audits for each channel and pen, 7 pages each")
    parser.add_argument("--seed", type=int, default=0, help="the first paper's; the others count up")
    parser.add_argument("--family", choices=[family.value for family in Family], default="report")
    parser.add_argument("--peers", type=int, default=100, help="pages that the other readers read; 0 for none")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=0, help="stop after so long; call again to go on")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "secor-bench-scans")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "accuracy.md")
    return parser.parse_args(words)


def main() -> int:
    asked = arguments()
    papers = list(wanted(asked.papers, asked.audits, asked.family, asked.seed))
    chosen = for_peers(papers, asked.peers)
    home: Path = asked.work / edition()
    home.mkdir(parents=True, exist_ok=True)
    store = home / "lines.jsonl"
    if not read_all(papers, frozenset(chosen), store, asked):
        print(f"Stopped after {asked.minutes:g} minutes; call it again to go on.")
        return 1
    keys = {one.key for one in papers}
    lines = [told for told in kept(store) if told["key"] in keys]
    sheets = sorted(path for one in chosen for path in (home / "sheets").glob(f"{one.called}-*"))
    prepare()
    peers = compared(sheets, asked.work) if sheets else {}
    speed = measured(Family(asked.family), asked.seed, asked.work)
    text = "\n".join(report(lines, peers, speed, list(_head(asked, lines))))
    asked.out.write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def for_peers(papers: Sequence[Wanted], pages: int) -> list[Wanted]:
    """The first registrations, spread over channels and pens, that come to so many pages."""
    return [one for one in papers if one.form in REGISTRATIONS][: -(-pages // 2)]


def read_all(papers: Sequence[Wanted], shown: frozenset[Wanted], store: Path, asked: argparse.Namespace) -> bool:
    """Read what was not read yet, each line kept as it comes; False where time ran out."""
    done = {told["key"] for told in kept(store)}
    left = [one for one in papers if one.key not in done]
    sheets = [store.parent / "sheets" if one in shown else None for one in left]
    until = time.monotonic() + 60 * (asked.minutes or float("inf"))
    context = multiprocessing.get_context("spawn")
    with (
        store.open("a", encoding="utf-8") as out,
        ProcessPoolExecutor(asked.workers, mp_context=context, initializer=prepare) as crew,
    ):
        for told in crew.map(line, left, sheets):
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
            out.flush()
            if time.monotonic() > until:
                crew.shutdown(cancel_futures=True)
                return bool(told["key"] == left[-1].key)
    return True


def kept(store: Path) -> list[dict[str, Any]]:
    """The lines of a file; none where there is no file. A last line that was cut short is left out."""
    text = store.read_text("utf-8") if store.exists() else ""
    whole = text[: text.rfind("\n") + 1]
    return [json.loads(told) for told in whole.splitlines()]


def edition() -> str:
    """Twelve letters that say which program this is: lines of another one are never mixed in."""
    digest = hashlib.sha256()
    for folder in ("processor", "templates", "tests/tools/scans"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _head(asked: argparse.Namespace, lines: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What was run, on what, and how many."""
    said = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    pages = sum(told["pages"] for told in lines)
    command = f"python -m tests.tools.scans_bench --papers {asked.papers} --audits {asked.audits}"
    where = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    yield f"{datetime.now().astimezone():%Y-%m-%d}, commit {said.stdout.strip()}, edition {edition()}; {where}."
    yield f"`{command} --seed {asked.seed} --family {asked.family} --peers {asked.peers}`"
    yield f"{len(lines):,} papers, {pages:,} pages of the twin's family `{asked.family}`, of which nothing was tuned or"
    yield "calibrated: its names, typefaces, hands and machines are in no other family. Intervals are 95 % (Wilson)."
    yield (
        "A value right but for its blanks counts as exact: " + f"{sum(told['spaced'] for told in lines):,} did. The pen"
    )
    yield "`print` (real writers, stroke by stroke) has small letters only, so there capitals are no difference."


if __name__ == "__main__":
    sys.exit(main())
