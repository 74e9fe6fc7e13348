"""Ink outside the boxes, named by place and shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2

from processor.imaging.strays import Kind, strays
from tests.imaging import paper
from tests.imaging.paper import BOXES, TEXT, letters, pen

if TYPE_CHECKING:
    from tests.imaging.dirt import Grey


def kinds(page: Grey) -> list[Kind]:
    return [s.kind for s in strays(paper.inked_on(page), BOXES)]


def test_a_clean_page_and_writing_in_boxes_are_no_strays() -> None:
    page = paper.blank()
    letters(page, 60, 57, 4)
    pen(page, [(100, 50), (104, 56), (104, 68), (98, 69)])
    page[600, 840] = 0
    assert kinds(page) == []


def test_a_note_in_the_margin_is_found_where_it_stands() -> None:
    page = paper.blank()
    letters(page, 250, 130, 4)
    [note] = strays(paper.inked_on(page), (TEXT,))
    assert note.kind is Kind.NOTE
    assert abs(note.box.left - 250) < 2


def test_a_fax_header_a_hole_an_edge_a_line_and_dirt_are_told_apart() -> None:
    page = paper.blank()
    letters(page, 40, 14, 14, high=6)
    cv2.circle(page, (40, 320), 24, (20,), -1)
    pen(page, [(250, 160), (270, 185)])
    pen(page, [(280, 118), (284, 118)], wide=7)
    assert kinds(page) == [Kind.HEADER, Kind.HOLE, Kind.DIRT, Kind.LINE]


def test_a_small_scrap_or_more_line_than_letter_is_dirt() -> None:
    page = paper.blank()
    letters(page, 280, 100, 1, high=4)
    letters(page, 255, 130, 1)
    pen(page, [(265, 125), (300, 126)], wide=2.5)
    assert kinds(page) == [Kind.DIRT, Kind.DIRT]


def test_a_shadow_along_the_edge_is_the_sheet_s() -> None:
    page = paper.blank()
    cv2.ellipse(page, (0, 300), (14, 120), 0, 0, 360, (30,), -1)
    assert kinds(page) == [Kind.EDGE]
