"""A name that was cut off between two words, as a viewer prints what is too long for its box."""

from __future__ import annotations

from processor.model import Box, Word
from processor.reading.written import runs_on

BOX = Box(44, 179, 300, 200)


def word(text: str, left: float, right: float, top: float = 183) -> Word:
    return Word(text, Box(left, top, right, top + 12))


NAME = (word("(2019)", 220, 270), word("Fils", 272.3, 300.8))


def test_a_word_one_blank_behind_the_edge_says_that_the_line_was_cut() -> None:
    assert runs_on(BOX, NAME, (*NAME, word("Inc.", 303.4, 342)))


def test_what_stands_in_the_next_box_does_not() -> None:
    assert not runs_on(BOX, NAME, (*NAME, word("Gagné", 314, 342)))


def test_nor_does_a_word_in_another_line() -> None:
    assert not runs_on(BOX, NAME, (*NAME, word("Inc.", 303.4, 342, top=203)))


def test_nor_one_far_behind_a_short_line() -> None:
    short = (word("Siding", 46, 80),)
    assert not runs_on(BOX, short, (*short, word("Inc.", 303.4, 342)))
    assert not runs_on(BOX, (), (word("Inc.", 303.4, 342),))
