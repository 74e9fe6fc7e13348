"""Boxes: written, blank or doubtful, and the lines that are cut out of them."""

from __future__ import annotations

import numpy as np
import pytest

from processor.imaging.ink import inked
from processor.imaging.signatures import Signed, signature
from processor.imaging.zones import State, zone
from processor.model import Box
from tests.imaging import dirt, paper
from tests.imaging.paper import BELOW, BOXES, CELLS, COMB, DPI, TEXT, letters, pen

SEED = 7


@pytest.mark.parametrize("machine", dirt.MACHINES)
@pytest.mark.parametrize("box", [TEXT, BELOW, COMB])
def test_a_box_that_nobody_touched_is_blank(machine: str, box: Box) -> None:
    page = dirt.MACHINES[machine](paper.blank(), np.random.default_rng(SEED))
    assert zone(paper.inked_on(page), box).state is State.BLANK


@pytest.mark.parametrize("machine", dirt.MACHINES)
@pytest.mark.parametrize("count", [1, 5])
def test_writing_is_cut_out_dark_on_white(machine: str, count: int) -> None:
    page = paper.blank()
    letters(page, 60, 57, count)
    seen = zone(paper.inked_on(dirt.MACHINES[machine](page, np.random.default_rng(SEED))), TEXT)
    assert (seen.state, len(seen.lines), seen.struck, seen.escapes) == (State.WRITTEN, 1, False, ())
    assert seen.lines[0].min() < 60
    assert seen.lines[0][:3].min() == 255
    assert seen.box is not None
    assert abs(seen.box.left - 60) < 2


def test_pencil_is_writing_too() -> None:
    page = paper.blank()
    letters(page, 60, 57, 4, ink=175)
    seen = zone(paper.inked_on(dirt.scanned(page, np.random.default_rng(SEED))), TEXT)
    assert seen.state is State.WRITTEN


def test_a_stroke_that_crosses_the_frame_is_bridged_and_followed() -> None:
    page = paper.blank()
    letters(page, 60, 57, 3)
    pen(page, [(92, 50), (96, 56), (96, 68), (90, 69)])
    seen = zone(paper.inked_on(page), TEXT)
    assert seen.state is State.WRITTEN
    assert seen.escapes == ("bottom",)
    assert seen.box is not None
    assert seen.box.bottom > 68
    assert zone(paper.inked_on(page), BELOW).state is State.BLANK


def test_a_neighbours_writing_is_left_to_it_and_much_of_it_is_doubted() -> None:
    page = paper.blank()
    letters(page, 60, 57, 3)
    pen(page, [(100, 46), (106, 60), (106, 84), (98, 80)])
    seen = zone(paper.inked_on(page), BELOW)
    assert (seen.state, seen.why, seen.lines) == (State.DOUBTFUL, "visitor", ())


def test_a_letter_higher_than_its_box_is_its_own() -> None:
    page = paper.blank()
    pen(page, [(100, 36), (112, 36), (100, 68), (112, 68)])
    assert zone(paper.inked_on(page), TEXT).escapes == ("top", "bottom")


@pytest.mark.parametrize(("x", "sides"), [(222, ("right",)), (16, ("left",))])
def test_letters_that_run_on_past_the_box_are_followed_where_no_other_box_is(x: float, sides: tuple[str, ...]) -> None:
    page = paper.blank()
    letters(page, x, 57, 4)
    others = [b for b in BOXES if b != TEXT]
    assert zone(paper.inked_on(page), TEXT, others=others).escapes == sides
    assert zone(paper.inked_on(page), TEXT, others=[Box(0, 40, 39, 62), Box(241, 40, 280, 62)]).escapes != sides


@pytest.mark.parametrize(("x", "far"), [(223, 250), (42, 24)])
def test_a_letter_that_stands_apart_outside_the_box_is_not_followed(x: float, far: float) -> None:
    page = paper.blank()
    letters(page, x, 57, 2)
    letters(page, far, 57, 1)
    others = [b for b in BOXES if b != TEXT]
    assert zone(paper.inked_on(page), TEXT, others=others).escapes == ()


def test_dirt_beside_other_boxes_is_not_followed() -> None:
    page = paper.blank()
    pen(page, [(60, 52), (180, 53)])
    assert zone(paper.inked_on(page), TEXT, others=BOXES[1:]).why == "line"


def test_lines_of_a_box_are_parted_even_where_a_letter_hangs_down() -> None:
    page = paper.blank()
    letters(page, 60, 49, 5, high=6)
    letters(page, 60, 60, 5, high=6)
    pen(page, [(110, 42), (114, 46), (110, 52), (112, 59), (118, 59)])
    seen = zone(paper.inked_on(page), TEXT, multiline=True)
    assert len(seen.lines) == 2
    assert len(zone(paper.inked_on(page), TEXT).lines) == 1


def test_a_comb_is_packed_and_its_empty_cells_are_known() -> None:
    page = paper.blank()
    for cell in (0, 1, 3):
        letters(page, COMB.left + cell * 20 + 7, 126, 1)
    seen = zone(paper.inked_on(page), COMB, CELLS)
    assert [c is not None for c in seen.cells] == [True, True, False, True, False, False]
    assert len(seen.lines) == 1
    assert seen.lines[0].shape[1] < 100


def test_writing_that_ignores_the_cells_is_one_line() -> None:
    page = paper.blank()
    pen(page, [(45, 125), (55, 115), (70, 125), (80, 115), (95, 125), (110, 114), (120, 125)])
    seen = zone(paper.inked_on(page), COMB, CELLS)
    assert (seen.cells, len(seen.lines)) == ((), 1)


@pytest.mark.parametrize("slope", [0, 3])
def test_a_line_through_the_writing_is_seen(slope: float) -> None:
    page = paper.blank()
    letters(page, 60, 57, 6)
    assert not zone(paper.inked_on(page), TEXT).struck
    pen(page, [(57, 52 - slope), (115, 52 + slope)])
    assert zone(paper.inked_on(page), TEXT).struck


def test_a_line_under_the_writing_strikes_nothing_out() -> None:
    page = paper.blank()
    letters(page, 60, 54, 6)
    pen(page, [(57, 58), (115, 58)])
    assert not zone(paper.inked_on(page), TEXT).struck


def test_a_one_is_written_and_a_dash_is_doubted() -> None:
    page = paper.blank()
    pen(page, [(100, 44), (99, 58)])
    assert zone(paper.inked_on(page), TEXT).state is State.WRITTEN
    page = paper.blank()
    pen(page, [(100, 51), (112, 51)])
    assert zone(paper.inked_on(page), TEXT).why == "line"


def test_writing_with_as_much_dirt_is_doubted_and_still_cut_out() -> None:
    page = paper.blank()
    letters(page, 60, 57, 1)
    pen(page, [(100, 50), (130, 51)], wide=3)
    seen = zone(paper.inked_on(page), TEXT)
    assert (seen.state, seen.why, len(seen.lines)) == (State.DOUBTFUL, "dirt", 1)
    assert seen.dirt > 0.5


def test_one_small_or_pale_piece_is_doubted() -> None:
    page = paper.blank()
    letters(page, 60, 55, 1, high=4.5)
    assert zone(paper.inked_on(page), TEXT).why == "lone"


def test_two_crossed_rules_are_no_letter() -> None:
    page = paper.blank()
    pen(page, [(20, 48), (260, 56)])
    pen(page, [(100, 20), (104, 90)])
    assert zone(paper.inked_on(page), TEXT).state is State.DOUBTFUL


@pytest.mark.parametrize("high", [4.5, 6, 10])
def test_a_line_of_letters_over_most_of_the_page_is_no_streak(high: float) -> None:
    page = paper.blank()
    letters(page, 42, 57, int(196 / (0.9 * high)), high=high)
    seen = zone(paper.inked_on(page), TEXT)
    assert len(seen.lines) == 1
    assert seen.state is not State.BLANK


def test_a_streak_of_the_scanner_and_a_shadow_are_nothing_written() -> None:
    page = paper.blank()
    page[:, 300:303] = 40
    seen = zone(paper.inked_on(page), TEXT)
    assert (seen.state, seen.why) == (State.BLANK, "")
    page = paper.blank()
    page[60:, :] = (page[60:, :] * 0.85).astype(np.uint8)
    page[:, 260:] = (page[:, 260:] * 0.85).astype(np.uint8)
    assert zone(paper.inked_on(page), TEXT).why in ("shade", "")


def test_dots_and_blots_are_doubted_and_a_grain_is_nothing() -> None:
    page = paper.blank()
    for x in (60, 80, 90, 130):
        pen(page, [(x, 50), (x + 0.2, 50)], wide=1.2)
    assert zone(paper.inked_on(page), TEXT).why == "specks"
    page = paper.blank()
    pen(page, [(100, 51), (104, 51)], wide=7)
    assert zone(paper.inked_on(page), TEXT).why == "smudge"
    page = paper.blank()
    page[140:142, 300:302] = 0
    assert zone(paper.inked_on(page), TEXT).state is State.BLANK


def test_a_bare_touch_of_a_neighbour_is_blank() -> None:
    page = paper.blank()
    pen(page, [(100, 46), (106, 60), (106, 75.3), (98, 68)])
    assert zone(paper.inked_on(page), BELOW).state is State.BLANK


def test_dirt_is_never_taken_for_writing_or_for_a_signature() -> None:
    seed = np.random.default_rng(SEED)
    blank = paper.blank()
    for number in range(112):
        foul, machine = list(dirt.DIRT)[number % len(dirt.DIRT)], list(dirt.MACHINES)[number // 7 % 4]
        page = blank.copy()
        dirt.DIRT[foul](page, paper.place(TEXT), seed)
        dirt.DIRT[foul](page, paper.place(paper.SIGN), seed)
        laid = dirt.MACHINES[machine](page, seed)
        assert zone(inked(laid, blank, DPI), TEXT).state is not State.WRITTEN, (number, foul, machine)
        assert signature(inked(laid, blank, DPI), paper.SIGN).state is not Signed.SIGNED, (number, foul, machine)


def test_a_smudge_of_black_and_white_grains_is_no_writing() -> None:
    seed = np.random.default_rng(SEED)
    page = paper.blank()
    blot = seed.random((30, 60)) < 0.7
    page[125:155, 200:260][blot] = 0
    assert zone(paper.inked_on(page), TEXT).state is State.DOUBTFUL


def test_a_wide_stroke_in_a_comb_is_parted_at_the_cells() -> None:
    page = paper.blank()
    letters(page, COMB.left + 7, 126, 1)
    letters(page, COMB.left + 107, 126, 1)
    letters(page, COMB.left + 87, 126, 1)
    pen(page, [(COMB.left + 45, 115), (COMB.left + 72, 126), (COMB.left + 52, 126)])
    seen = zone(paper.inked_on(page), COMB, CELLS)
    assert [c is not None for c in seen.cells] == [True, False, True, True, True, True]


def test_writing_far_from_the_last_letter_is_not_followed() -> None:
    page = paper.blank()
    letters(page, 225, 57, 1)
    letters(page, 246, 57, 1)
    letters(page, 44, 57, 1)
    letters(page, 27, 57, 1)
    others = [BELOW, COMB]
    assert zone(paper.inked_on(page), TEXT, others=others).escapes == ()


def test_a_letter_over_two_lines_counts_for_neither() -> None:
    page = paper.blank()
    for x in (60, 70, 80):
        letters(page, x, 49, 1, high=6)
        letters(page, x, 60, 1, high=6)
    letters(page, 110, 60, 1, high=18)
    assert len(zone(paper.inked_on(page), TEXT, multiline=True).lines) == 2
