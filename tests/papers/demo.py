"""`make demo`: twelve made-up employers' papers go from inbox/ to finished letters and certificates in outbox/.

The checkout itself is the office. A second demo starts afresh, and takes away only what the first one made.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path

from tests.papers.making import made
from tests.papers.office import drop
from tests.papers.recipe import DAY, HOME, recipe

ROOT = HOME.parents[1]
STATE, INBOX, OUTBOX = ROOT / "state", ROOT / "inbox", ROOT / "outbox"
MARK = STATE / "made-by-demo.txt"
DONE = (0, 3, 4)
"""What `secor run` ends with when all is done: nothing left, a person is needed, a file was set aside."""


def papers() -> list[tuple[str, bytes]]:
    """What the twelve send, mixed as it would come: by name of the employer and of the paper."""
    employers = tomllib.loads((HOME / "demo.toml").read_text("utf-8"))["employers"]
    sent = [
        [(f"{e['short']} {s.name}", s.data) for s in made(recipe(e["sample"], e.get("employer")))] for e in employers
    ]
    return [paper for paper in chain.from_iterable(zip_longest(*sent)) if paper]


def sweep(names: list[str]) -> None:
    """Take away what an earlier demo made; stop where the office is somebody's own."""
    if STATE.exists() and not MARK.exists():
        sys.exit(f"{STATE} is there and no demo made it. Move it away first: the demo would mix its papers with yours.")
    shutil.rmtree(STATE, ignore_errors=True)
    for folder in OUTBOX.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"):
        shutil.rmtree(folder)
    shutil.rmtree(OUTBOX / "directory", ignore_errors=True)
    for name in names:
        (INBOX / name).unlink(missing_ok=True)


def main(day: date) -> int:
    """Sweep, drop, run, and say what to try next."""
    sent = papers()
    sweep([name for name, _ in sent])
    for folder in (STATE, INBOX, OUTBOX):
        folder.mkdir(exist_ok=True)
    MARK.write_text("The demonstration made this folder and may remove it.\n", "utf-8")
    drop(sent, INBOX)
    say(f"{len(sent)} files of twelve employers lie in inbox/. $ secor run --day {day}\n")
    code = subprocess.run([*_secor(), "run", "--day", str(day)], cwd=ROOT, check=False).returncode
    if code not in DONE:
        return code
    say(_next(OUTBOX / str(day)))
    return 0


def _secor() -> list[str]:
    """The command beside this Python, or the module where it is not installed."""
    script = Path(sys.executable).with_name("secor")
    return [str(script)] if script.exists() else [sys.executable, "-m", "processor"]


def _next(folder: Path) -> str:
    with (folder / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        letters = list(csv.DictReader(file))
    case = next((row["case"] for row in letters if row["kind"] == "deficiency"), letters[0]["case"])
    secor = " ".join(_secor()).removeprefix(f"{ROOT}/")
    where = folder.relative_to(ROOT)
    return (
        f"\n{len(letters)} letters and certificates lie in {where}/, ready to print; manifest.csv there lists them. "
        "Next, try\n"
        f"  {secor} status\n"
        f"  {secor} explain {case} --picture state/crops\n"
        f"  {secor} review --day {folder.name}"
    )


def say(text: str) -> None:
    """In the order of the command's own output."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main(date.fromisoformat(sys.argv[2]) if sys.argv[1:2] == ["--day"] else DAY))
