"""Why a letter says what it says: each line to its requirement, clause, reading, document, page and box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.errors import Wrong
from processor.flows.containers import crop_inside
from processor.intake.originals import original_path
from processor.workers.crew import Job

if TYPE_CHECKING:
    from processor.flows.office import Office
    from processor.model import Evidence, Line
    from processor.store.values import Kept, Posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """One place that a line rests on."""

    evidence: Evidence
    paper: Kept
    """The document, with the name under which it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One line of a letter and all that it rests on."""

    line: Line
    because: tuple[Because, ...]


def letters_of(office: Office, named: str) -> tuple[Posted, ...]:
    """The letter or certificate of that number, or all letters of the case of that code. Raises `Wrong` for neither."""
    try:
        return (office.store.letters.letter(named),)
    except Wrong:
        office.store.cases.summary(named)
        return office.store.letters.of_case(named)


def explained(office: Office, posted: Posted) -> tuple[Explained, ...]:
    """Every line of a letter that is about the case."""
    papers = {e.document: office.store.papers.paper(e.document) for line in posted.letter.lines for e in line.evidence}
    return tuple(
        Explained(line=line, because=tuple(Because(evidence=e, paper=papers[e.document]) for e in line.evidence))
        for line in posted.letter.lines
    )


def picture(office: Office, because: Because) -> bytes:
    """A PNG of the place, framed; the whole page where it has no box."""
    return place(office, because.paper, because.evidence.page or because.paper.document.pages[0], because.evidence.box)


def place(office: Office, paper: Kept, page: int, box: object) -> bytes:
    """A PNG of a place on a kept paper, cut in a limited child.

    Raises `UnreadablePaper` for what has no pages: a mail, or a file that no reader opens.
    """
    try:
        data = original_path(office.settings.paths.state, paper.sha256).read_bytes()
    except FileNotFoundError as error:
        raise Wrong(
            f"The original of paper {paper.number} is not kept any more.",
            do="What was read of it stays; `secor balance` says whether a rule removed it.",
        ) from error
    work = office.settings.work
    asked = (paper.submission, data, paper.inner, page, box, work.file_mb, work.pages)
    (result,) = office.crew.run([Job("crop", crop_inside, asked)])
    if result.refused:
        raise result.refused
    png: bytes = result.value
    return png


def replayed(office: Office, posted: Posted) -> bytes:
    """The letter printed again from what the store knows."""
    return office.press.print(posted.letter)
