from __future__ import annotations

import numpy as np

from processor.imaging import keypoints
from processor.imaging.plate import plate
from processor.imaging.which import which
from processor.model import Picture
from tests.imaging.forms_drawn import DPI, blank, made, scanned, skewed, written

FORMS = ("dance", "opera", "choir", "mime")
MARKED = tuple(made(form) for form in FORMS)
BARE = tuple(made(form, marks=False, codes=False) for form in FORMS)


def test_a_page_with_marks_is_told_from_all_others() -> None:
    found = which(MARKED, scanned(written(blank("choir")), skewed()))
    assert [one.plate for one in found] == [MARKED[2]]
    assert found[0].fit.share > 0.8


def test_a_page_without_marks_is_told_by_its_looks_even_upside_down() -> None:
    page = blank("opera", marks=False, codes=False)
    found = which(BARE, np.ascontiguousarray(np.rot90(scanned(page, skewed()), 2)))
    assert [one.plate for one in found] == [BARE[1]]
    assert found[0].fit.turned == 180


def test_two_blanks_that_look_the_same_are_both_named() -> None:
    twin = plate(Picture(1, DPI, blank("mime")))
    assert len(which((MARKED[3], twin), blank("mime"))) == 2


def test_two_blanks_of_different_size_are_told_apart_by_their_fits() -> None:
    longer = np.vstack([blank("mime"), np.full((60, 1275), 255, np.uint8)])
    twin = plate(Picture(1, DPI, longer))
    assert len(which((MARKED[3], twin), longer)) == 2


def test_an_unknown_page_is_none_of_them() -> None:
    assert which(MARKED, blank("unheard of")) == ()
    assert which(BARE, blank("unheard of", marks=False, codes=False)) == ()
    assert which(BARE, np.full((600, 500), 255, np.uint8)) == ()


def test_few_features_are_no_start() -> None:
    chance = np.random.default_rng(5)
    scan = keypoints.Features(chance.uniform(0, 1000, (1, 2)), keypoints.printed(BARE[0]).kinds[:1])
    assert keypoints.start(BARE[0], scan) is None


def test_matches_count_where_they_agree_on_one_place() -> None:
    own = keypoints.printed(BARE[0])
    scan = keypoints.Features(own.points * 3 + 10, own.kinds)
    assert keypoints.votes(BARE[0], scan) > 100
    scattered = np.random.default_rng(5).permutation(scan.points)
    assert keypoints.votes(BARE[0], keypoints.Features(scattered, own.kinds)) < 30
    assert keypoints.votes(BARE[0], keypoints.Features(scan.points[:1], own.kinds[:1])) == 0
