"""From a file's bytes to its documents: the child's side, where a stranger's bytes are parsed.

`prepare` runs once a child; `read_paper` once a paper. The forms travel back to the parent by `known_forms`,
since the parent opens no PDF that it did not make.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

import cv2

from processor import pages
from processor.findings import CODES, refusal
from processor.flows.forms import load_all
from processor.flows.house import read_calibration, read_vocabulary
from processor.flows.plates import Blanks
from processor.model import Draw, Finding, FindLines, FindTables, Recognise, Scan, Submission
from processor.ocr.recogniser import Recogniser
from processor.reading.read import read
from processor.workers.limits import more_seconds

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from processor.errors import UnreadablePaper
    from processor.forms.form import Form
    from processor.model import Box, Document, Look, Sight
    from processor.pages import OpenPaper
    from processor.reading.certainty import Calibration
    from processor.reading.vocabulary import Vocabulary

    Watch: TypeAlias = Callable[[Look, Sight], None]
    """Is told each question of the reading with its answer."""

Came = TypeVar("Came")
SCANNED_PAGE = 5.0
"""Seconds of the processor that a scanned page may use beyond what any paper may: ten times the usual."""

_known: list[tuple[Path, ...]] = [()]


class _Tools(NamedTuple):
    """What a child keeps."""

    forms: tuple[Form, ...]
    vocabulary: Vocabulary
    blanks: Blanks
    recogniser: Recogniser


def prepare(folders: tuple[Path, ...]) -> None:
    """Load the forms and the vocabulary, before the child is limited."""
    _known[0] = folders
    _tools(folders)


@cache
def _tools(folders: tuple[Path, ...]) -> _Tools:
    cv2.setNumThreads(1)  # a child is one of many
    return _Tools(load_all(folders), read_vocabulary(), Blanks(folders), Recogniser())


@cache
def _calibration(folders: tuple[Path, ...]) -> Calibration:
    """Apart from the tools: `secor calibrate` needs those, and makes this."""
    return read_calibration(folders)


def known_forms() -> tuple[Form, ...]:
    """The forms that this child knows."""
    return _tools(_known[0]).forms


def known_blanks() -> Blanks:
    """The blanks of these forms, as this child has them."""
    return _tools(_known[0]).blanks


def known_recogniser() -> Recogniser:
    """The recogniser that this child keeps."""
    return _tools(_known[0]).recogniser


def _unwatched(_question: Look, _answer: Sight) -> None:
    """Nobody looks on."""


def read_paper(name: str, data: bytes, file_mb: int, max_pages: int, watch: Watch = _unwatched) -> Submission:
    """The documents of one file. Raises `UnreadablePaper` when no reader opens it, or it is too large."""
    if len(data) > file_mb << 20:
        raise refusal("too-big", what=f"{len(data) >> 20} MB, read are up to {file_mb}")
    with pages.open(data, max_pages=max_pages) as paper:
        documents, findings = _read(paper, watch)
        findings = (*paper.paper.findings, *findings)
        count = len(paper.paper.pages)
    digest = sha256(data).hexdigest()
    return Submission(name=name, sha256=digest, documents=documents, findings=findings, pages=count)


def _read(paper: OpenPaper, watch: Watch) -> tuple[tuple[Document, ...], tuple[Finding, ...]]:
    own = _tools(_known[0])
    steps = read(paper.paper.pages, own.forms, own.vocabulary, own.blanks, _calibration(_known[0]))
    return answered(paper, own.recogniser, steps, watch)


def answered(
    paper: OpenPaper, recogniser: Recogniser, steps: Generator[Look, Sight, Came], watch: Watch = _unwatched
) -> Came:
    """Steps the reading, answering what it asks of the pages; what it comes to. `watch` is told each answer."""
    try:
        question = next(steps)
        while True:
            answer = _answer(paper, recogniser, question)
            watch(question, answer)
            question = steps.send(answer)
    except StopIteration as done:
        came: Came = done.value
        return came


def _answer(paper: OpenPaper, recogniser: Recogniser, question: Look) -> Sight:
    match question:
        case Draw():
            return paper.draw(question)
        case FindTables():
            return paper.tables(question)
        case Scan():
            more_seconds(SCANNED_PAGE)
            return paper.scan(question)
        case Recognise():
            return recogniser.lattices(question)
        case FindLines():
            return recogniser.lines(question)


def crop(data: bytes, page: int, box: Box | None, max_pages: int, dpi: float = 200) -> bytes:
    """A PNG of the page, or of the part around a box."""
    with pages.open(data, max_pages=max_pages) as paper:
        return paper.draw_png(page, dpi, box)


def refused(name: str, digest: str, why: UnreadablePaper) -> Submission:
    """The submission that a refused file comes to: no documents, and the finding that says why."""
    says = Finding(code=why.code, severity=CODES[why.code].severity, says=why.what)
    return Submission(name=name, sha256=digest, findings=(says,))
