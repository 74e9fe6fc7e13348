"""One employer's papers, printed, sent in by a channel, and decided by an office: what followed, as a line of JSON.

The samples of `tests/papers` say what must follow. A certificate that they do not promise, or a letter that cites what
is in order, is wrong and sure; where a person is asked, or more is waited for, nothing was decided.
"""

from __future__ import annotations

import json
import tempfile
import time
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from processor.model import LetterKind
from processor.twin.chance import Family
from processor.twin.channels import Channel
from tests.papers.making import made
from tests.papers.office import run_sample
from tests.papers.recipe import HOME, recipe, samples
from tests.papers.shown import cited
from tests.papers.treatments import scanned
from tests.tools.scans.judging import Group, Judged, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from processor.model import Letter
    from tests.papers.office import Came, Staff
    from tests.tools.scans.kept import Line

CHANNELS = (Channel.SCAN300, Channel.SCAN200, Channel.SCAN150, Channel.FAX_FINE, Channel.FAX_STANDARD, Channel.PHOTO)
ASKS = (
    "audit-blank", "audit-type-unmarked", "auditor-unsigned", "awarded-over-possible", "dates-reversed",
    "future-date", "future-date/registration", "impossible-date", "interim-card", "name-differs",
    "near-name/holder", "officer-unsigned", "online-only", "page-missing", "participation-letter",
    "postal-province", "roster-short", "score-blank", "sums-differ", "undated", "unsigned", "zero-unexplained",
)  # fmt: skip
"""Samples that a person is asked about because of what is written, so on paper as well."""


class Case(NamedTuple):
    """One employer whose papers come by one channel."""

    sample: str
    family: str
    channel: str

    @property
    def key(self) -> str:
        """What its line is known by."""
        return "/".join(("case", *self))


def wanted(count: int, family: str) -> Iterator[Case]:
    """So many: some that fall short, pass, and are asked about in turn, channels counting up."""
    by_folder = [
        [name for name in samples() if name.startswith("falls-short/")],
        [name for name in samples() if name.startswith("passes/")],
        [f"asks/{name}" for name in ASKS],
    ]
    most = max(map(len, by_folder))
    turns = [several[n] for n in range(most) for several in by_folder if n < len(several)]
    every = [(name, channel) for turn in range(len(CHANNELS)) for name, channel in _paired(turns, turn)]
    for name, channel in every[:count]:
        yield Case(name, family, channel.value)


def _paired(names: Sequence[str], turn: int) -> Iterator[tuple[str, Channel]]:
    """Each sample with a channel; with another one at each turn."""
    for place, name in enumerate(names):
        yield name, CHANNELS[(place + turn) % len(CHANNELS)]


def lines(one: Case, team: Staff) -> list[Line]:
    """What came of one employer. Seconds are by the wall, for the office and its letters too."""
    sample = recipe(one.sample)
    files = tuple(replace(sent, data=_sent(sent.data, one.channel, one.family)) for sent in made(sample))
    with tempfile.TemporaryDirectory(prefix="secor-case-") as home:
        before = time.perf_counter()
        came = run_sample(sample, Path(home), team, files)
        seconds = time.perf_counter() - before
    pages = sum(len(d.pages) for t in came.taken for d in t.submission.documents)
    found = judged(one.sample, came)
    return [
        {
            "key": one.key, "paper": one.key, "part": 1, "parts": 1, "form": "", "pen": "", **one._asdict(),
            "pages": pages, "seconds": round(seconds / max(pages, 1), 4), "counts": found.counts, "spaced": 0,
            "faults": found.faults,
        }
    ]  # fmt: skip


@cache
def _sent(data: bytes, channel: str, family: str) -> bytes:
    """A file printed and sent. The same one always comes alike, so that it is read once."""
    seed = int.from_bytes(sha256(data).digest()[:8], "big")
    return scanned(data, channel, Family(family), seed)


def judged(name: str, came: Came) -> Judged:
    """What was decided about the employer of a sample, against what its golden says."""
    golden = json.loads((HOME / name / "golden.json").read_text("utf-8"))
    due = [letter for case in golden["cases"].values() for letter in case["letters"]]
    given = [posted.letter for posted in came.letters if posted.letter.kind is not LetterKind.ACKNOWLEDGEMENT]
    found = Judged()
    outcome = decided(due[-1] if due else None, given)
    found.add(Group.DECISION, outcome)
    if outcome is not Outcome.RIGHT:
        read = [f"{letter.case}: {letter.kind} {', '.join(cited(letter))}" for letter in given]
        asks = sorted({f"{a.question.code} {a.question.reading}".strip() for a in came.questions})
        found.faults.append(
            {"path": name, "group": Group.DECISION, "outcome": outcome, "read": read, "true": due, "asks": asks}
        )
    return found


def decided(due: Mapping[str, Any] | None, given: Sequence[Letter]) -> Outcome:
    """What the letters that decide something come to, where this one is due, or none.

    Any certificate that is not due is wrong, an earlier one too; so is a last letter of another kind, or one that cites
    what is in order. A letter that cites only part of what is due was not decided whole.
    """
    decides = due is not None and due["kind"] != LetterKind.ACKNOWLEDGEMENT
    kind, cites = (due["kind"], set(due["cites"])) if due and decides else ("", set())
    if kind != LetterKind.CERTIFICATE and any(letter.kind is LetterKind.CERTIFICATE for letter in given):
        return Outcome.WRONG
    if not given:
        return Outcome.LOST if decides else Outcome.RIGHT
    last = set(cited(given[-1]))
    if given[-1].kind != kind or not last <= cites:
        return Outcome.WRONG
    return Outcome.RIGHT if last == cites else Outcome.LOST
