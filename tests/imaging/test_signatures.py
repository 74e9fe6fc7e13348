"""Signature boxes: a hand, and everything that is not one."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from processor.imaging.signatures import Hand, Signed, signature
from tests.imaging import dirt, paper
from tests.imaging.paper import SIGN, letters, pen, scrawl


def seen(page: dirt.Grey) -> tuple[Signed, Hand]:
    found = signature(paper.inked_on(page), SIGN)
    return found.state, found.kind


@pytest.mark.parametrize("machine", dirt.MACHINES)
def test_a_hand_is_a_signature_and_an_empty_box_is_not(machine: str) -> None:
    page = paper.blank()
    assert seen(dirt.MACHINES[machine](page, np.random.default_rng(4))) == (Signed.UNSIGNED, Hand.NONE)
    scrawl(page, 70, 167, 6)
    assert seen(dirt.MACHINES[machine](page, np.random.default_rng(4))) == (Signed.SIGNED, Hand.WRITTEN)


def test_letters_all_alike_are_typed() -> None:
    page = paper.blank()
    letters(page, 60, 172, 9)
    assert seen(page) == (Signed.DOUBTFUL, Hand.TYPED)


def test_a_single_letter_is_doubted() -> None:
    page = paper.blank()
    letters(page, 60, 172, 1)
    assert seen(page) == (Signed.DOUBTFUL, Hand.WRITTEN)


def test_lines_are_no_signature() -> None:
    page = paper.blank()
    pen(page, [(60, 170), (150, 172)])
    assert seen(page) == (Signed.DOUBTFUL, Hand.LINE)
    pen(page, [(100, 140), (110, 190)])
    assert seen(page) == (Signed.DOUBTFUL, Hand.LINE)


def test_stamps_with_corners_or_round_are_told() -> None:
    page = paper.blank()
    cv2.rectangle(page, (150, 430), (420, 500), (60,), 3)
    letters(page, 70, 172, 5)
    assert seen(page) == (Signed.DOUBTFUL, Hand.STAMP)
    page = paper.blank()
    cv2.circle(page, (300, 464), 44, (60,), 3, cv2.LINE_AA)
    assert seen(page) == (Signed.DOUBTFUL, Hand.STAMP)


def test_dots_are_nothing_and_blots_are_doubted() -> None:
    page = paper.blank()
    for x in (60, 90, 130):
        pen(page, [(x, 165), (x + 0.3, 165)], wide=1.2)
    assert seen(page) == (Signed.UNSIGNED, Hand.SPECKS)
    pen(page, [(150, 165), (156, 165)], wide=8)
    assert seen(page) == (Signed.DOUBTFUL, Hand.SPECKS)
    letters(page, 170, 170, 1)
    assert seen(page) == (Signed.DOUBTFUL, Hand.SPECKS)
