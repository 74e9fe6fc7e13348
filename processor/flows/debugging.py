"""What an engineer wants to see first of a paper: its pages with what was read on them, and every crop.

Reading is watched, not repeated: only its questions say what was cut out. A scan is laid onto its blank once more,
since no question shows that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from PIL import Image

from processor.flows import reading
from processor.flows.containers import taken_apart
from processor.flows.marked import Mark, mark, png, side_by_side
from processor.flows.parts import read_whole, submission_of
from processor.model import Page, Picture, Recognise, Scan, State
from processor.reading.scanned import scanned
from processor.reading.sheets import layout
from processor.reading.sorting import catalogue
from processor.reading.zones import boxes, on_blank, shown
from processor.unpacking.kinds import container
from processor.unpacking.pieces import Unpacked
from processor.workers.crew import Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from processor.imaging.ink import Inked
    from processor.imaging.plane import Grey
    from processor.imaging.which import Candidate
    from processor.model import Document, Look, Reading, Sight, Submission
    from processor.reading.sorting import Claim
    from processor.settings import Work
    from processor.workers.crew import Crew, Result

_DPI = 150
"""Of a page that was not laid onto a blank."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What was read, and pictures of it."""

    submission: Submission
    pictures: tuple[tuple[str, bytes], ...]
    """PNG files with their names: `document-1-page-2.png`, `document-1-page-2/legal_name.png`, `lines/001.png`."""


class LaidPage(NamedTuple):
    """A scanned page in the frame of its blank."""

    claim: Claim
    lies: Candidate
    inked: Inked


# ---------------------------------------------------------------- in the parent


def show_files(crew: Crew, paths: Iterable[Path], work: Work, folder: Path) -> Iterator[tuple[Submission, str]]:
    """Read files as `running.read_files` does, one by one, each leaving its pictures in a folder of its own."""
    for number, path in enumerate(paths, start=1):
        data = path.read_bytes()
        digest, into = sha256(data).hexdigest(), folder / f"{number:02}-{path.stem}"
        (result,) = crew.run([_job(work, path.name, path.name, data)])
        if result.refused is None and isinstance(result.value, Unpacked):
            pictured = partial(_part_written, into)
            whole = read_whole(crew, result.value, path.name, digest, job=partial(_job, work), paper=pictured)
            yield whole.submission, whole.trace
        else:
            yield _written(into, result, path.name, digest), result.trace


def _job(work: Work, key: str, name: str, data: bytes) -> Job:
    return Job(key, show_file, (name, data, work.file_mb, work.pages))


def _part_written(into: Path, result: Result, name: str, digest: str) -> Submission:
    """The same for a file in a mail, in a folder called after its hash: names of strangers are no paths."""
    return _written(into / digest[:8], result, name, digest)


def _written(into: Path, result: Result, name: str, digest: str) -> Submission:
    """The submission of a paper that was pictured, its pictures written."""
    if result.refused is not None:
        return submission_of(result, name, digest)
    shown: Shown = result.value
    _write(into, shown)
    return shown.submission


def _write(folder: Path, shown: Shown) -> None:
    for name, content in shown.pictures:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


# ---------------------------------------------------------------- in the child


def show_file(name: str, data: bytes, file_mb: int, max_pages: int) -> Shown | Unpacked:
    """Picture a paper, or take a container apart. Raises `UnreadablePaper` as their readers do."""
    if container(name, data) is None:
        return show_paper(name, data, file_mb, max_pages)
    return taken_apart(name, data, file_mb)


def show_paper(name: str, data: bytes, file_mb: int, max_pages: int) -> Shown:
    """Read a file as `reading.read_paper` does, and picture it. Raises `UnreadablePaper` as that does."""
    watch = Watch()
    submission = reading.read_paper(name, data, file_mb, max_pages, watch)
    pictures: list[tuple[str, bytes]] = []
    for number, document in enumerate(submission.documents, start=1):
        for page in document.pages:
            called = f"document-{number}-page-{page}"
            pictures.append((f"{called}.png", png(_page(document, page, watch.laid.get(page), data, max_pages))))
            pictures += [(f"{called}/{path}.png", png(Image.fromarray(line))) for path, line in watch.crops(page)]
    others = enumerate(watch.others(), start=1)
    pictures += [(f"lines/{n:03}.png", png(Image.fromarray(line))) for n, line in others]
    return Shown(submission, tuple(pictures))


class Watch:
    """Keeps what reading saw: the scans laid onto their blanks, and the lines that it had recognised."""

    def __init__(self) -> None:
        self.laid: dict[int, LaidPage] = {}
        self._known = catalogue([layout(form) for form in reading.known_forms()])
        self._asked: dict[tuple[tuple[int, ...], bytes], Grey] = {}

    def __call__(self, question: Look, answer: Sight) -> None:
        """A question that was asked, and its answer."""
        if isinstance(question, Scan):
            self._lay(cast("Picture", answer))
        elif isinstance(question, Recognise):
            self._asked |= {_key(line): line for line in question.lines}

    def crops(self, page: int) -> Iterator[tuple[str, Grey]]:
        """What was recognised of each box of a page, under its reading's path; a second line is `…-2`."""
        if page not in self.laid:
            return
        plan, number = self.laid[page].claim
        names = {spot: path for path, field in plan.form.paths() for spot in field.spots}
        for box in boxes(self.laid[page].inked, shown(self.laid[page].lies, plan.fields[number])):
            asked = [line for line in box.zone.lines if self._asked.pop(_key(line), None) is not None]
            for n, line in enumerate(asked, start=1):
                yield names[box.spot] if n == 1 else f"{names[box.spot]}-{n}", line

    def others(self) -> tuple[Grey, ...]:
        """What was recognised besides: the lines of pages of unknown layout. Ask for the pages' crops first."""
        return tuple(self._asked.values())

    def _lay(self, picture: Picture) -> None:
        high, wide = picture.pixels.shape
        page = Page(number=picture.page, width=wide * 72 / picture.dpi, height=high * 72 / picture.dpi)
        found = scanned(page, picture, self._known, reading.known_blanks())
        if found.lies is not None:
            self.laid[picture.page] = LaidPage(found.claims[0], found.lies, on_blank(found, found.lies))


def _key(line: Grey) -> tuple[tuple[int, ...], bytes]:
    return line.shape, line.tobytes()


def _page(document: Document, page: int, on_blank: LaidPage | None, data: bytes, max_pages: int) -> Image.Image:
    if on_blank is not None and on_blank.claim.layout.form.name == document.form:
        plate = on_blank.lies.plate
        return side_by_side(Image.fromarray(on_blank.inked.page), plate.dpi, _of_form(document, on_blank.claim))
    drawn = Image.open(BytesIO(reading.crop(data, page, None, max_pages, _DPI)))
    cells = [cell for read in document.readings for cell in _cells(read)]
    marks = [mark(one.box, one) for one in cells if one.box is not None and one.page == page]
    return side_by_side(drawn, _DPI, marks)


def _of_form(document: Document, claim: Claim) -> Iterator[Mark]:
    """A mark for each box of the form's page, in the blank's frame."""
    for path, field in claim.layout.form.paths():
        read = reading_at(document, path)
        for spot in field.spots:
            if spot.page == claim.number:
                yield mark(spot.box, replace(read, value=read.value == spot.means) if spot.means else read)


def _cells(read: Reading) -> Iterator[Reading]:
    if isinstance(read.value, tuple):
        yield from (cell for row in read.value for cell in row.cells)
    else:
        yield read


def reading_at(document: Document, path: str) -> Reading:
    """The reading of that path; blank in a row that was left off because nothing is written from there on."""
    table, bracket, rest = path.partition("[")
    found, whole = document[path], document[table]
    if bracket and whole.state is not State.MISSING and int(rest.partition("]")[0]) > len(document.rows(table)):
        return replace(found, state=State.BLANK, page=whole.page)
    return found
