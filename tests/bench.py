"""`make bench`: what a filled registration costs, all in, beside what pypdf takes merely to read its fields.

One run measures both, on the same files; ratios first. `--many` says how large the batch is whose memory is compared.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pypdf import PdfReader

from processor.flows.forms import load_all
from processor.flows.house import templates_folder
from tests.papers.filling import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

FORM = "csam-registration"
SYLLABLES = ("ba", "cor", "du", "fen", "gal", "hi", "jo", "kem", "lu", "mar", "nor", "pel", "ri", "sto", "tu", "wen")
TRADES = ("Roofing", "Drywall", "Concrete", "Electric", "Plumbing", "Painting", "Flooring", "Masonry", "Framing")


class Cost(NamedTuple):
    """What one batch took."""

    seconds: float
    parent_mb: int
    child_mb: int


def invented(number: int) -> str:
    """A word that looks like no other: two numbers near each other must not read as one misspelt name."""
    shuffled = (number * 48_271 + 11) % (len(SYLLABLES) ** 4)
    parts = [SYLLABLES[shuffled // len(SYLLABLES) ** power % len(SYLLABLES)] for power in range(4)]
    return "".join(parts).capitalize()


def values(number: int) -> dict[str, object]:
    """What the n-th made-up employer types."""
    name = invented(number)
    people = [f"{invented(7 * number + n)} {name}" for n in range(1 + number % 8)]
    return {
        "legal_name": f"{name} {TRADES[number % len(TRADES)]} Ltd.",
        "wcb_account": f"{9_000_000 + number}",
        "industry_code": "40403",
        "nature_of_work": "Residential work",
        "mailing_address": f"{number} Example Street",
        "city": "Winnipeg",
        "province": "MB",
        "postal_code": f"R{number % 10}{'ABCEGHJKLM'[number // 10 % 10]} {number // 100 % 10}E4",
        "phone": "204-555-0142",
        "owner_name": people[0],
        "contact_name": people[0],
        "employee_count": str(len(people)),
        "largest_crew": str(len(people)),
        "first_aid_hazard": "other",
        "distance_to_medical_aid": "close",
        "agreement_signed": people[0],
        "signature_name": people[0],
        "signature_date": "2026-10-01",
        "workers": [
            {"name": name, "permanent_full_time": True, "owner_or_senior": n == 0} for n, name in enumerate(people)
        ],
    }


def papers(folder: Path, count: int) -> None:
    """That many filled registrations in a folder."""
    folder.mkdir()
    form = next(f for f in load_all((templates_folder(),)) if f.name == FORM)
    blank = (templates_folder() / "forms" / FORM / "blank.pdf").read_bytes()
    for number in range(count):
        (folder / f"{number:05}.pdf").write_bytes(fill(blank, form, values(number)))


def pypdf_seconds(folder: Path) -> float:
    """What pypdf takes to read the fields of all files, in one warm process."""
    start = time.perf_counter()
    for path in sorted(folder.iterdir()):
        PdfReader(path).get_fields()
    return time.perf_counter() - start


def run(folder: Path, office: Path) -> Cost:
    """`secor run` on a fresh office with all files in its inbox: start-up, reading, keeping, letters, fsyncs."""
    secor = [sys.executable, "-m", "processor"]
    subprocess.run([*secor, "init", str(office)], check=True, capture_output=True)
    for path in folder.iterdir():
        os.link(path, office / "inbox" / path.name)
    code = (
        "import resource, subprocess, sys; p = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "_, status, used = __import__('os').wait4(p.pid, 0); print(used.ru_maxrss)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *secor, "run", "--office", str(office), "--day", "2026-11-24"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    letters = len(list(office.glob("outbox/*/*.pdf")))
    assert letters == len(list(folder.iterdir())), f"{letters} letters: {done.stderr}"
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return Cost(seconds, int(done.stdout) >> 10, children >> 10)


def table(few: int, many: int) -> Iterator[str]:
    """The lines of the report."""
    with tempfile.TemporaryDirectory(prefix="secor-bench-") as scratch:
        home = Path(scratch)
        papers(home / "few", few)
        papers(home / "many", many)
        rounds = [(pypdf_seconds(home / "few"), run(home / "few", home / f"office-{n}")) for n in range(3)]
        bare, whole = min(r[0] for r in rounds), min(r[1].seconds for r in rounds)
        ratios = sorted(cost.seconds / read for read, cost in rounds)
        small, large = rounds[0][1], run(home / "many", home / "office-many")
    yield f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, pypdf {version('pypdf')}"
    spread = f"median of 3; {ratios[0]:.2f} to {ratios[-1]:.2f}; at most 8"
    yield f"ratio run / pypdf reading       {ratios[1]:6.2f}   ({spread})"
    yield f"ratio of peak memory, {many}/{few}  {large.parent_mb / small.parent_mb:6.2f}   (the coordinating process)"
    yield f"pypdf, fields of {few} files      {bare:6.2f} s {1000 * bare / few:8.1f} ms a file"
    yield f"secor run, {few} files            {whole:6.2f} s {1000 * whole / few:8.1f} ms a file, letter included"
    yield f"secor run, {many} files           {large.seconds:6.2f} s {1000 * large.seconds / many:8.1f} ms a file"
    yield f"peak memory, {few} / {many} files  {small.parent_mb} / {large.parent_mb} MB"
    yield f"largest process                {large.child_mb} MB"


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--few", type=int, default=200)
    given.add_argument("--many", type=int, default=2000)
    asked = given.parse_args()
    for line in table(asked.few, asked.many):
        print(line)
