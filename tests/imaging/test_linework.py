"""What is measured of a cut-out line: pieces and gaps, and whether its letters stand as type stands."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from processor.imaging.linework import Linework, linework


def line(text: str, up: tuple[int, ...] = (0,), sizes: tuple[float, ...] = (1.0,)) -> np.ndarray:
    """A text, letter by letter, each so far above the line and so large."""
    drawn = np.full((60, 40 + 26 * len(text)), 255, np.uint8)
    for n, letter in enumerate(text):
        at = (20 + 26 * n, 42 - up[n % len(up)])
        cv2.putText(drawn, letter, at, cv2.FONT_HERSHEY_SIMPLEX, 0.9 * sizes[n % len(sizes)], 0, 2)
    return drawn


def test_type_stands_even_and_a_hand_does_not() -> None:
    typed = linework(line("Stone2048"))
    by_hand = linework(line("Stone2048", up=(0, 6, 2, 9, 4), sizes=(1.0, 1.2, 0.8, 1.1)))
    assert typed.letters == by_hand.letters == 9
    assert typed.even > 0.95
    assert by_hand.even < 0.6


@pytest.mark.parametrize(("text", "letters"), [("", 0), ("12", 0), ("123", 3)])
def test_too_few_letters_show_nothing(text: str, letters: int) -> None:
    found = linework(line(text))
    assert found.letters == letters
    assert (found.even > 0) == bool(letters)


def test_pieces_gaps_and_thin_strokes_are_counted() -> None:
    found = linework(line("ab  cd"))
    assert (found.pieces, found.widest > 1) == (4, True)
    assert linework(np.full((20, 20), 255, np.uint8)) == Linework()
