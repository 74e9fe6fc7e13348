"""The real models, on lines and pages that we set ourselves."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from processor.errors import SetupBroken
from processor.model import LETTERS, FindLines, Recognise
from processor.ocr import Recogniser, recogniser, weights
from processor.ocr.finding import clockwise, find_lines, in_order
from processor.ocr.weights import FILES, FINDER, MODELS, SMALL, TINY, session
from tests.ocr.typeset import line, page

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

TEXTS = ("Prairie Roofing Ltd.", "2026-11-24", "S4N 6E3", "(306) 555-0142", "Hélène Côté & Fils", "12", "B11")


@pytest.fixture(scope="module")
def reader() -> Recogniser:
    return Recogniser()


def read(lattice: NDArray[np.float32]) -> str:
    best = lattice.argmax(axis=1)
    return "".join(LETTERS[column - 1] for column in best[np.diff(best, prepend=0) != 0] if column)


@pytest.mark.parametrize("careful", [False, True])
def test_typed_lines_are_read_letter_by_letter_in_their_order(reader: Recogniser, *, careful: bool) -> None:
    lattices = reader.lattices(Recognise(tuple(line(text) for text in TEXTS), careful))
    assert tuple(map(read, lattices)) == TEXTS
    for lattice in lattices:
        assert lattice.dtype == np.float32
        assert lattice.shape[1] == 1 + len(LETTERS)
        assert np.exp(lattice).sum(axis=1) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("size", [16, 60])
def test_small_and_large_letters_are_read_alike(reader: Recogniser, size: int) -> None:
    assert tuple(read(one) for one in reader.lattices(Recognise(tuple(line(text, size) for text in TEXTS)))) == TEXTS


def test_a_line_is_read_the_same_in_any_company(reader: Recogniser) -> None:
    alone = reader.lattices(Recognise((line("Regina"),)))[0]
    beside = reader.lattices(Recognise((line("Prairie Roofing Ltd."), line("Regina"), line("7"))))[1]
    assert np.array_equal(alone, beside)


@pytest.mark.parametrize("shape", [(0, 0), (0, 40), (40, 0), (1, 1), (48, 300)])
def test_a_line_without_extent_or_ink_holds_nothing(reader: Recogniser, shape: tuple[int, int]) -> None:
    lattice = reader.lattices(Recognise((np.full(shape, 250, np.uint8),)))[0]
    assert lattice.shape == (1, 1 + len(LETTERS))
    assert lattice[0, 0] == pytest.approx(0, abs=1e-6)
    assert np.exp(lattice).sum() == pytest.approx(1)


@pytest.mark.parametrize("shape", [(1, 60_000), (900, 1), (2, 2)])
def test_lines_of_strange_proportions_are_read_within_bounds(reader: Recogniser, shape: tuple[int, int]) -> None:
    strange = np.full(shape, 255, np.uint8)
    strange.flat[::2] = 0
    (lattice,) = reader.lattices(Recognise((strange,)))
    assert 1 <= len(lattice) <= 3200 // 8 + 1
    assert np.isfinite(lattice).all()


def test_lines_of_text_are_found_in_reading_order(reader: Recogniser) -> None:
    sheet = page(
        (60, 60, "First on the left"), (600, 66, "then right"), (60, 200, "The line below them"), (60, 600, "foot")
    )
    quads = reader.lines(FindLines(sheet))
    assert quads.dtype == np.float32
    crops = tuple(sheet[int(top) : int(bottom), int(left) : int(right)] for (left, top), _, (right, bottom), _ in quads)
    texts = [read(one) for one in reader.lattices(Recognise(crops))]
    assert texts == ["First on the left", "then right", "The line below them", "foot"]


def test_corners_run_clockwise_from_the_top_left_and_hold_the_ink(reader: Recogniser) -> None:
    sheet = page((100, 100, "Supervisor"))
    ((top_left, top_right, bottom_right, bottom_left),) = reader.lines(FindLines(sheet))
    rows, columns = np.nonzero(sheet < 128)
    assert top_left[0] <= columns.min() < columns.max() <= top_right[0]
    assert top_left[1] <= rows.min() < rows.max() <= bottom_left[1]
    assert bottom_right == pytest.approx(top_right + bottom_left - top_left, abs=1)
    assert bottom_left[1] - top_left[1] < 2 * (rows.max() - rows.min())


@pytest.mark.parametrize("shape", [(0, 0), (0, 10), (1, 1), (300, 4), (700, 500)])
def test_an_empty_page_has_no_lines(reader: Recogniser, shape: tuple[int, int]) -> None:
    quads = reader.lines(FindLines(np.full(shape, 255, np.uint8)))
    assert quads.shape == (0, 4, 2)
    assert quads.dtype == np.float32


class Finder:
    """A finder that is as sure as it is told."""

    def __init__(self, sureness: NDArray[np.float32]) -> None:
        self._sureness = sureness

    def run(self, outputs: object, inputs: object) -> list[NDArray[np.float32]]:
        assert (outputs, list(inputs)) == (None, ["x"])  # type: ignore[call-overload]
        return [self._sureness[None, None]]


def test_specks_and_doubtful_places_are_no_lines_and_a_line_gets_back_what_the_finder_took() -> None:
    sureness = np.zeros((320, 640), np.float32)
    sureness[50:52, 50:90] = 0.9  # a speck
    sureness[100:120, 100:300] = 0.3  # doubtful
    sureness[200:210, 100:300] = 0.9
    (quad,) = find_lines(Finder(sureness), np.full((640, 1280), 255, np.uint8))
    more = 200 * 10 * 1.4 / (2 * (200 + 10))
    assert quad == pytest.approx(
        2 * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (100 + more, 5 + more) + (400, 410), abs=0.1
    )


def test_a_page_larger_than_the_finder_sees_is_found_in_its_own_pixels(reader: Recogniser) -> None:
    small, large = page((100, 100, "Supervisor")), page((100, 100, "Supervisor"), size=34).repeat(3, 0).repeat(3, 1)
    ((corner, *_),), ((far, *_),) = reader.lines(FindLines(small)), reader.lines(FindLines(large))
    assert far == pytest.approx(3 * corner, abs=20)


@pytest.mark.parametrize("turn", [-30, 0, 30])
@pytest.mark.parametrize("first", range(4))
def test_corners_are_named_on_a_page_askew(turn: int, first: int) -> None:
    way = np.array(
        [[np.cos(np.radians(turn)), np.sin(np.radians(turn))], [-np.sin(np.radians(turn)), np.cos(np.radians(turn))]]
    )
    quad = np.array([(0, 0), (200, 0), (200, 20), (0, 20)], np.float32) @ way.astype(np.float32)
    assert np.array_equal(clockwise(np.roll(quad, first, axis=0)[::-1]), quad)


def test_lines_a_little_out_of_level_still_stand_beside_each_other() -> None:
    quads = np.array(
        [[(x, y), (x + 50, y), (x + 50, y + 20), (x, y + 20)] for x, y in [(0, 40), (100, 3), (0, 8), (200, 0)]]
    )
    assert in_order(quads.astype(np.float32))[:, 0].tolist() == [[0, 8], [100, 3], [200, 0], [0, 40]]


def test_models_are_opened_when_needed_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def opening(name: str) -> weights.Session:
        opened.append(name)
        return session(name)

    monkeypatch.setattr(recogniser, "session", opening)
    reader = Recogniser()
    assert opened == []
    for careful in (False, False, True):
        reader.lattices(Recognise((line("7"),), careful))
    reader.lines(FindLines(page()))
    assert opened == [TINY, SMALL, FINDER]


@pytest.mark.parametrize("name", FILES)
def test_the_models_are_the_ones_that_were_prepared(name: str) -> None:
    digest = hashlib.sha256((MODELS / name).read_bytes()).hexdigest()
    assert digest == FILES[name]
    assert digest in (MODELS / "NOTICE").read_text()


def test_a_model_that_was_changed_or_lost_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupBroken, match="cannot be read"):
        session(TINY, tmp_path)
    shutil.copy(MODELS / FINDER, tmp_path / TINY)
    with pytest.raises(SetupBroken, match="not the one"):
        session(TINY, tmp_path)
