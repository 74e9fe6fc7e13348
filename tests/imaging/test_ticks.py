"""Tick boxes: every way to mark one, and what only looks like a mark."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from processor.imaging.ink import inked
from processor.imaging.ticks import Mark, _through, tick
from tests.imaging import dirt, paper
from tests.imaging.paper import TICK, pen

X, Y, S = TICK.left, TICK.top, TICK.width
TICKED = [(0.15, 0.55), (0.4, 0.85), (0.95, 0.05)]


def at(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(X + a * S, Y + b * S) for a, b in points]


@pytest.mark.parametrize("machine", dirt.MACHINES)
@pytest.mark.parametrize(
    "path",
    [
        TICKED,
        [(0.1, 0.1), (0.9, 0.9), (0.5, 0.5), (0.9, 0.1), (0.1, 0.9)],
        [(0.1, 0.9), (0.9, 0.1)],
        [(0.45, 0.4), (0.65, 0.75), (1.5, -0.3)],
    ],
)
def test_ticks_crosses_and_marks_half_outside_count(machine: str, path: list[tuple[float, float]]) -> None:
    page = paper.blank()
    pen(page, at(path))
    assert tick(paper.inked_on(dirt.MACHINES[machine](page, np.random.default_rng(5))), TICK).kind is Mark.TICKED


@pytest.mark.parametrize("machine", dirt.MACHINES)
def test_a_box_that_nobody_touched_is_empty(machine: str) -> None:
    seen = tick(paper.inked_on(dirt.MACHINES[machine](paper.blank(), np.random.default_rng(5))), TICK)
    assert seen.kind is Mark.EMPTY
    assert (seen.certainty > 0.9) == (machine != "fax")  # which lost the pale frame around it


def test_a_pale_pencil_counts() -> None:
    page = paper.blank()
    pen(page, at(TICKED), ink=185, wide=1.6)
    seen = tick(paper.inked_on(page), TICK)
    assert seen.kind is Mark.TICKED
    assert seen.measures.dark < 0.07


def test_a_ring_around_it_and_a_black_box_are_told() -> None:
    page = paper.blank()
    cv2.ellipse(page, (740, 140), (32, 30), 0, 0, 360, (30,), 3, cv2.LINE_AA)
    assert tick(paper.inked_on(page), TICK).kind is Mark.CIRCLED
    page = paper.blank()
    cv2.rectangle(page, *paper.corners(TICK), (30,), -1)
    assert tick(paper.inked_on(page), TICK).kind is Mark.FILLED


def test_what_comes_from_elsewhere_is_never_a_tick() -> None:
    page = paper.blank()
    pen(page, [(230, 30), (255, 41), (262, 46), (266, 40), (300, 30)])
    assert tick(paper.inked_on(page), TICK).kind is not Mark.TICKED
    page = paper.blank()
    pen(page, [(200, 50), (310, 52)])
    assert tick(paper.inked_on(page), TICK).kind is not Mark.TICKED


def test_dust_and_grease_are_never_a_tick() -> None:
    seed = np.random.default_rng(3)
    for number in range(24):
        page = paper.blank()
        dirt.DIRT[("smudge", "specks", "nothing")[number % 3]](page, paper.place(TICK), seed)
        assert tick(paper.inked_on(dirt.scanned(page, seed)), TICK).kind is not Mark.TICKED


def test_a_line_that_print_cuts_into_pieces_is_no_tick() -> None:
    blank = paper.blank()
    for x in (251.5, 282):
        pen(blank, [(x, 30), (x, 70)], ink=60, wide=1.5)
    page = blank.copy()
    pen(page, [(256, 46), (277, 53)])
    short = tick(inked(page, blank, paper.DPI), TICK)
    assert (short.kind, short.measures.through) == (Mark.TICKED, False)
    pen(page, [(226, 36), (307, 63)])
    long = tick(inked(page, blank, paper.DPI), TICK)
    assert (long.kind, long.measures.through) == (Mark.MARGINAL, True)


def test_a_staple_over_the_box_is_no_tick() -> None:
    page = paper.blank()
    pen(page, [(258.5, 42.5), (280, 65)], wide=2)
    assert tick(paper.inked_on(page), TICK).measures.through
    assert tick(paper.inked_on(page), TICK).kind is Mark.MARGINAL


@pytest.mark.parametrize("number", [41, 65, 83, 121, 254])
def test_the_soft_edge_of_a_smudge_is_no_pencil(number: int) -> None:
    seed = np.random.default_rng(number)
    page = paper.blank()
    dirt.smudge(page, paper.place(TICK), seed)
    assert tick(paper.inked_on(dirt.scanned(page, seed)), TICK).kind is not Mark.TICKED


def test_the_grains_of_a_shade_that_was_faxed_are_no_tick() -> None:
    seed = np.random.default_rng(11)
    for _ in range(12):
        page = paper.blank()
        part = page[90:190, 690:790]
        part[seed.random(part.shape) < 0.3] = 0
        assert tick(paper.inked_on(page), TICK).kind is not Mark.TICKED


def test_the_crumbs_of_a_smudge_are_no_tick() -> None:
    page = paper.blank()
    pen(page, at([(0.2, 0.35), (0.5, 0.75)]))
    assert tick(paper.inked_on(page), TICK).kind is Mark.TICKED
    for a, b in ((0.5, 0.25), (0.75, 0.3), (0.7, 0.6)):
        pen(page, at([(a, b), (a + 0.07, b + 0.08)]))
    seen = tick(paper.inked_on(page), TICK)
    assert seen.kind is Mark.MARGINAL
    assert seen.measures.whole < 0.8


def test_what_is_thicker_than_a_pen_is_no_tick() -> None:
    page = paper.blank()
    pen(page, at(TICKED))
    assert tick(paper.inked_on(page), TICK).kind is Mark.TICKED
    pen(page, at([(0.4, 0.7), (0.41, 0.7)]), wide=4.2)
    seen = tick(paper.inked_on(page), TICK)
    assert (seen.kind, seen.measures.blob) == (Mark.MARGINAL, True)


def test_what_hardly_touches_a_box_has_no_direction_in_it() -> None:
    page = paper.blank()
    pen(page, at([(0.1, 0.5), (0.9, 0.5)]))
    found = paper.inked_on(page)
    (line,) = found.strokes(found.within(TICK))
    assert not _through(line, found, (0, 0, 2, 2))
