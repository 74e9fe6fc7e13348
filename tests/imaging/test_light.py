from __future__ import annotations

import numpy as np
import pytest

from processor.imaging.light import bilevel, flattened, shrunk
from tests.imaging.forms_drawn import blank


def test_a_shadow_is_taken_out_and_ink_stays() -> None:
    page = (blank() * np.linspace(0.9, 0.4, 1275)[None]).astype(np.uint8)
    even = flattened(page)
    assert even.shape == page.shape
    assert np.abs(even.astype(float) - blank()).mean() < 6
    assert np.percentile(even, 20) > 240


def test_a_page_of_black_and_white_passes_unharmed() -> None:
    fax = np.where(blank() > 128, 255, 0).astype(np.uint8)
    assert bilevel(fax)
    assert not bilevel(blank())
    assert flattened(fax) is fax


def test_a_page_that_is_evenly_lit_passes_unharmed() -> None:
    assert flattened(blank()) is blank()


@pytest.mark.parametrize("size", [(1, 1), (3, 900)])
def test_the_smallest_pictures_have_light_too(size: tuple[int, int]) -> None:
    assert flattened(np.full(size, 90, np.uint8)).shape == size


def test_a_page_is_made_smaller_but_never_larger() -> None:
    page = np.zeros((300, 200), np.uint8)
    assert shrunk(page, 400) == (page, 1.0, 1.0)
    small, wide, high = shrunk(page, 151)
    assert small.shape == (151, 101)
    assert (wide, high) == (200 / 101, 300 / 151)
