"""One made paper of the family that nothing was tuned on: made, read, judged and timed, as a line of JSON a page."""

from __future__ import annotations

import time
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from processor.flows import reading
from processor.flows.debugging import Watch
from processor.flows.house import templates_folder
from processor.twin.chance import Family
from processor.twin.channels import Channel
from processor.twin.hands import Writing
from processor.twin.twin import Twin, known
from tests.tools.scans.judging import judged
from tests.tools.scans.sheets import write_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from processor.forms.form import Form
    from processor.twin.twin import Made
    from tests.tools.scans.kept import Line

REGISTRATIONS = ("csam-registration", "scsa-registration")
AUDITS = ("csam-audit", "scsa-audit")
FILE_MB, MAX_PAGES = 64, 50

_forms: dict[str, tuple[Form, bytes]] = {}
_warm: set[str] = set()


class Wanted(NamedTuple):
    """One paper to be made and read."""

    form: str
    seed: int
    family: str
    pen: str
    channel: str

    @property
    def key(self) -> str:
        """What its lines are known by."""
        return "/".join(map(str, self))

    @property
    def called(self) -> str:
        """What its pages' folders begin with."""
        return "-".join(map(str, self))


def wanted(papers: int, audits: int, family: str, seed: int) -> Iterator[Wanted]:
    """So many registrations and audits for each channel and pen, each of another employer; every cell's first first."""
    numbers = count(seed)
    for n in range(max(papers, audits)):
        for forms, most in ((REGISTRATIONS, papers), (AUDITS, audits)):
            if n < most:
                for pen in Writing:
                    for channel in Channel:
                        yield Wanted(forms[n % len(forms)], next(numbers), family, pen.value, channel.value)


def prepare() -> None:
    """Ready a process for papers."""
    reading.prepare((templates_folder(),))


def made(one: Wanted) -> Made:
    """The paper."""
    form, blank = _forms.setdefault(one.form, known(one.form))
    family, writing, channel = Family(one.family), Writing(one.pen), Channel(one.channel)
    return Twin(form=form, blank=blank, seed=one.seed, family=family, writing=writing, channel=channel).made()


def lines(one: Wanted, sheets: Path | None) -> list[Line]:
    """What came of one paper, a line a page. Its pages are written for the other readers under `sheets`, if given.

    A process reads its first paper of each form twice, and the second time counts: models and blanks are kept.
    """
    paper = made(one)
    form = _forms[one.form][0]
    if one.form not in _warm:
        reading.read_paper(one.key, paper.data, FILE_MB, MAX_PAGES)
        _warm.add(one.form)
    before = time.process_time()
    documents = reading.read_paper(one.key, paper.data, FILE_MB, MAX_PAGES).documents
    seconds = time.process_time() - before
    if sheets is not None:
        watch = Watch()
        reading.read_paper(one.key, paper.data, FILE_MB, MAX_PAGES, watch)
        for number, laid in watch.laid.items():
            write_sheet(sheets / f"{one.called}-{number}", one, laid, documents, paper.truth, seconds)
    found = judged(form, documents, paper.truth)
    return [
        {
            "key": f"{one.key}/{part}", "paper": one.key, "part": part, "parts": len(found), **one._asdict(),
            "pages": 1, "seconds": round(seconds / len(found), 4), "extras": list(sheet.extras), "counts": page.counts,
            "spaced": page.spaced, "faults": page.faults,
        }
        for part, (page, sheet) in enumerate(zip(found, paper.truth.sheets, strict=True), start=1)
    ]  # fmt: skip
