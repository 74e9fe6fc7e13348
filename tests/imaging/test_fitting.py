from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from processor.imaging import bend, patches, plane
from processor.imaging.codes import codes
from processor.imaging.fitting import Fit, coarse, fine, fitted, laid, starts, to_scan
from processor.imaging.plate import plate
from processor.model import Box, Picture
from tests.imaging.forms_drawn import DOT, DPI, HIGH, WIDE, blank, made, scanned, skewed, written

SPOTS = np.array([[60.0, 90.0], [300.0, 90.0], [540.0, 400.0], [80.0, 690.0], [420.0, 690.0]])


def off(fit: Fit, truth: np.ndarray) -> float:
    """The largest distance in points between where spots are said to lie and where they do."""
    there = plane.applied(truth @ plane.scaled(DOT, DOT), SPOTS)
    return float(np.linalg.norm(to_scan(fit, SPOTS) - there, axis=1).max() / DOT)


def got(fit: Fit | None) -> Fit:
    assert fit is not None
    return fit


def test_a_skew_page_that_was_filled_in_is_found_to_a_fraction_of_a_point() -> None:
    truth = skewed()
    fit = got(fitted(made(), scanned(written(blank()), truth)))
    assert off(fit, truth) < 0.15
    assert fit.share > 0.8
    assert fit.residual < 0.2
    assert fit.dpi == pytest.approx(DPI * 0.97, rel=0.01)
    assert not fit.mirrored
    assert fit.turned == 0


def test_paper_that_curls_is_followed() -> None:
    page = blank()
    y, x = np.mgrid[0:1650, 0:1275].astype(np.float32)
    curled = cv2.remap(
        page, x, y + (6 * np.sin(np.pi * x / 1275)).astype(np.float32), cv2.INTER_LINEAR, borderValue=255
    )
    fit = got(fitted(made(), np.asarray(curled, np.uint8)))
    there = SPOTS * DOT - np.stack([0 * SPOTS[:, 0], 6 * np.sin(np.pi * SPOTS[:, 0] / WIDE)], axis=1)
    assert np.linalg.norm(to_scan(fit, SPOTS) - there, axis=1).max() < 0.7


@pytest.mark.parametrize(("quarter", "degrees"), [(1, 270), (2, 180), (3, 90)])
def test_a_page_lying_on_its_side_or_head_is_found_and_said_to(quarter: int, degrees: int) -> None:
    fit = got(fitted(made(), np.ascontiguousarray(np.rot90(blank(), quarter))))
    assert fit.turned == degrees
    assert not fit.mirrored


def test_a_mirrored_page_is_found_only_where_its_code_says_so() -> None:
    back = np.ascontiguousarray(blank()[:, ::-1])
    fit = got(fitted(made(), back, codes(back, DPI)))
    assert fit.mirrored
    assert off(fit, plane.mirrored(1275)) < 0.2
    assert fitted(made(), back) is None


def test_a_registered_page_lies_in_the_frame_of_the_blank_at_any_resolution() -> None:
    scan = scanned(blank(), skewed())
    fit = got(fitted(made(), scan))
    page = laid(fit, scan, DPI)
    assert page.shape == made().pixels.shape
    assert np.abs(page.astype(float) - blank()).mean() < 8
    small = laid(fit, scan, 50)
    assert small.shape == (550, 425)
    assert np.abs(small.astype(float) - cv2.resize(blank(), (425, 550), interpolation=cv2.INTER_AREA)).mean() < 8


def test_a_fine_scan_is_made_smaller_first_and_its_pixels_are_meant() -> None:
    fit = got(fitted(made(), scanned(blank(), plane.scaled(2, 2), (2550, 3300))))
    assert fit.dpi == pytest.approx(300, rel=0.01)
    assert np.allclose(to_scan(fit, SPOTS), SPOTS * 300 / 72, atol=0.8)


def test_another_form_is_refused() -> None:
    assert fitted(made("opera"), blank("dance")) is None


def test_another_edition_whose_lower_half_was_shifted_is_refused() -> None:
    assert fitted(made(), blank(shift=4)) is None
    assert fitted(made(), blank(shift=14)) is None


def test_a_blank_without_marks_is_found_by_its_code_or_by_what_it_looks_like() -> None:
    truth = skewed(0.4, 0.99)
    scan = scanned(blank(marks=False), truth)
    assert off(got(fitted(made(marks=False), scan, codes(scan, DPI))), truth) < 0.2
    assert off(got(fitted(made(marks=False, codes=False), scan)), truth) < 0.2


def test_the_code_helps_where_two_marks_are_covered() -> None:
    page = blank().copy()
    page[1500:1640, 40:130] = page[1500:1640, 1150:1260] = 255
    truth = skewed()
    scan = scanned(page, truth)
    start = coarse(made(), scan, codes(scan, DPI))
    assert start is not None
    assert np.linalg.norm(plane.applied(start, SPOTS) - plane.applied(truth, SPOTS * DOT), axis=1).max() < 4


def test_an_empty_page_has_no_start() -> None:
    nothing = np.full((1650, 1275), 255, np.uint8)
    assert coarse(made(), nothing) is None
    assert fitted(made(), nothing) is None


def test_a_start_that_leads_nowhere_is_refused() -> None:
    far = plane.moved(300, 300) @ plane.scaled(DOT, DOT)
    assert fine(made(), blank(), far) is None
    assert fine(made(), np.full((1650, 1275), 255, np.uint8), plane.scaled(DOT, DOT)) is None


def test_a_mad_homography_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cv2, "findHomography", lambda *_, **__: (None, None))
    assert fine(made(), blank(), plane.scaled(DOT, DOT)) is None
    assert next(starts(made(), blank()), None) is None


def test_a_box_that_was_cut_off_is_not_sure_and_others_are() -> None:
    cut = np.ascontiguousarray(blank()[:1200])
    fit = got(fitted(made(), cut))
    assert fit.sure(Box(60, 100, 200, 120))
    assert not fit.sure(Box(60, 640, 200, 660))
    assert fit.within(np.array([[60.0, 100.0], [60.0, 640.0]])).tolist() == [True, False]


def test_a_box_whose_surroundings_stand_elsewhere_is_not_sure() -> None:
    fit = got(fitted(made(), blank()))
    box = Box(60, 100, 200, 120)
    assert fit.sure(box)
    elsewhere = replace(fit, agree=np.zeros_like(fit.agree), against=np.ones_like(fit.against))
    assert not elsewhere.sure(box)
    assert not replace(fit, against=fit.agree).sure(box)


def test_a_patch_at_the_edge_of_the_search_counts_as_not_found() -> None:
    own = made()
    at = own.spots[:5]
    moved = np.roll(own.small, 9, axis=1)
    near = patches.found(own.small, at, moved, 9)
    wide = patches.found(own.small, at, moved, 12)
    assert near.scores.max() < 0.9
    assert np.allclose(wide.offsets[0], (9, 0), atol=0.05)
    assert wide.scores.min() > 0.95


def test_an_empty_blank_holds_nothing_and_fits_nothing() -> None:
    own = plate(Picture(1, DPI, np.full((1650, 1275), 255, np.uint8)))
    assert len(own.spots) == 0
    assert not own.marks
    assert not own.codes
    assert fitted(own, blank()) is None


def test_outliers_do_not_pull_the_bend() -> None:
    grid = np.stack(np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9)), axis=-1).reshape(-1, 2)
    offsets = np.stack([0.5 + grid[:, 0] ** 2, grid[:, 1]], axis=1)
    offsets[::9] += 6.0
    fit = bend.fitted(grid, offsets, 0.3)
    assert np.allclose(bend.bent(fit, np.array([[0.5, -0.5]])), [[0.75, -0.5]], atol=0.1)
    assert not bend.bent(bend.flat(), grid).any()


@pytest.mark.parametrize(
    ("matrix", "right"),
    [
        (plane.scaled(DOT, DOT), True),
        (plane.scaled(-DOT, DOT), False),
        (plane.scaled(0.1, 0.1), False),
        (plane.scaled(30, 30), False),
        (np.full((3, 3), np.nan), False),
        (np.array([[2, 0, 0], [0, 2, 0], [0.003, 0, 1.0]]), False),
        (np.array([[2, 0, 0], [0, 2, 0], [-0.003, 0, 1.0]]), False),
    ],
    ids=["upright", "mirrored", "tiny", "huge", "not a number", "slanted", "behind the camera"],
)
def test_only_believable_maps_are_sane(matrix: np.ndarray, *, right: bool) -> None:
    assert plane.sane(matrix, WIDE, HIGH) is right
