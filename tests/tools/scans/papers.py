"""One made paper of the family that nothing was tuned on: made, read, judged and timed, as one line of JSON."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, NamedTuple

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
        """What its line is known by."""
        return "/".join(map(str, self))

    @property
    def called(self) -> str:
        """What its pages' folders begin with."""
        return "-".join(map(str, self))


def wanted(papers: int, audits: int, family: str, seed: int) -> Iterator[Wanted]:
    """So many registrations and audits for each channel and pen, seeds counting up; every cell's first ones first."""
    for n in range(max(papers, audits)):
        for forms, most in ((REGISTRATIONS, papers), (AUDITS, audits)):
            if n < most:
                for pen in Writing:
                    for channel in Channel:
                        yield Wanted(forms[n % len(forms)], seed + n, family, pen.value, channel.value)


def prepare() -> None:
    """Ready a process for papers."""
    reading.prepare((templates_folder(),))


def made(one: Wanted) -> Made:
    """The paper."""
    form, blank = _forms.setdefault(one.form, known(one.form))
    family, writing, channel = Family(one.family), Writing(one.pen), Channel(one.channel)
    return Twin(form=form, blank=blank, seed=one.seed, family=family, writing=writing, channel=channel).made()


def line(one: Wanted, sheets: Path | None) -> dict[str, Any]:
    """What came of one paper. Its pages are written for the other readers under `sheets`, unless that is None.

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
    found = judged(form, documents, paper.truth)
    if sheets is not None:
        watch = Watch()
        reading.read_paper(one.key, paper.data, FILE_MB, MAX_PAGES, watch)
        for number, laid in watch.laid.items():
            write_sheet(sheets / f"{one.called}-{number}", one, laid, documents, paper.truth, seconds)
    return {
        "key": one.key,
        **one._asdict(),
        "pages": len(paper.truth.sheets),
        "seconds": round(seconds, 4),
        "extras": [list(sheet.extras) for sheet in paper.truth.sheets],
        "counts": found.counts,
        "spaced": found.spaced,
        "faults": found.faults,
        "process": os.getpid(),
    }
