"""Patterns over a lattice: only texts of the look come out, the best of them, and the sum is that of all."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.decoding.alphabets import of_kind
from processor.decoding.lattice import COLUMN, folded, likelihoods, probabilities
from processor.decoding.patterns import Pattern, is_of, laid, patterns_of, varied
from processor.forms.form import FieldKind
from processor.model import LETTERS
from tests.decoding.lattices import lattice, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW = "129-"
PATTERN = st.lists(st.sampled_from(["12", "129", "1", "-"]), max_size=2).map(lambda slots: (*slots, "129"))


@st.composite
def small(draw: st.DrawFn) -> NDArray[np.float64]:
    rows = draw(st.lists(st.tuples(*[st.integers(1, 1000)] * 5), min_size=1, max_size=6))
    steps = np.zeros((len(rows), 1 + len(LETTERS)))
    steps[:, [0, *(COLUMN[letter] for letter in FEW)]] = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    return steps


def best_path(steps: NDArray[np.float64], text: str) -> float:
    """The probability of the text's best alignment: over the letters and the gaps around them."""
    labels = [0, *(label for letter in text for label in (COLUMN[letter], 0))]
    at = [1.0] + [0.0] * (len(labels) - 1)
    for row in steps:
        came = [max(at[max(0, place - 1) : place + 1]) for place in range(len(labels))]
        for place in range(3, len(labels), 2):
            if labels[place] != labels[place - 2]:
                came[place] = max(came[place], at[place - 2])
        at = [chance * float(row[label]) for chance, label in zip(came, labels, strict=True)]
    return max(at[-2:])


@given(small(), st.lists(PATTERN, min_size=1, max_size=3, unique=True))
@settings(max_examples=40, deadline=None)
def test_the_best_and_the_sum_are_those_of_all_texts_of_the_look(
    steps: NDArray[np.float64], patterns: list[Pattern]
) -> None:
    found = laid(steps, tuple(patterns))
    total = 0.0
    for pattern in patterns:
        texts = ["".join(letters) for letters in product(*pattern)]
        total += float(np.exp(likelihoods(steps, texts)).sum())
        paths = [best_path(steps, text) for text in texts]
        if max(paths) > 0:
            assert any(
                is_of(text, pattern) and best_path(steps, text) == pytest.approx(max(paths)) for text in found.texts
            )
    assert np.exp(found.total) == pytest.approx(total)


def test_the_three_patterns_that_lie_best_are_tried() -> None:
    seen = probabilities(lattice({"1": 0.9}, {}, {"2": 0.6}, {}, {"3": 0.3}, {}, {"4": 0.1}))
    patterns: tuple[Pattern, ...] = tuple(("1234",) * many for many in (1, 2, 3, 4))
    assert laid(seen, patterns).texts == ("12", "1", "123")


def test_a_pattern_longer_than_the_lattice_cannot_be_laid() -> None:
    found = laid(probabilities(lattice({"1": 1.0}, {"2": 1.0})), (("1", "2", "1"),))
    assert found.texts == ()
    assert found.total == -np.inf


def test_equal_figures_side_by_side_need_none_between() -> None:
    found = laid(probabilities(lattice({"1": 0.9, "2": 0.05}, {"1": 0.9, "2": 0.06})), (("12", "12"),))
    assert found.texts == ("12",)


DATES = ["2026-11-24", "20261124", "2026-1-4", "2026-11-4", "24-11-2026", "4-11-2026", "1-1-1999"]


@pytest.mark.parametrize(
    ("kind", "texts", "others"),
    [
        (FieldKind.DATE, DATES, ["2026-1124", "3026-11-24", "1026-11-24", "2026-41-24", "24112026"]),
        (FieldKind.POSTAL_CODE, ["S4N6E3", "K1A0B1"], ["W4N6E3", "S4D6E3", "S4N6E", "54N6E3"]),
        (FieldKind.PHONE, ["3065550142", "13065550142"], ["1065550142", "306555014", "23065550142"]),
        (FieldKind.INDUSTRY_CODE, ["40203", "B11"], ["B1", "4020", "BB1"]),
        (FieldKind.BUSINESS_NUMBER, ["123456789", "123456789RP0001"], ["12345678", "123456789RX0001"]),
        (
            FieldKind.MONEY,
            ["7", "1234567", "1234.50", "1234,50", "12,345,678.90"],
            ["1.234.50", "1,23.45", "12.345", ""],
        ),
        (FieldKind.TEXT, [], ["2026-11-24"]),
    ],
)
def test_kinds_have_the_looks_that_their_parsers_take(kind: FieldKind, texts: list[str], others: list[str]) -> None:
    patterns = patterns_of(kind)
    assert all(any(is_of(text, pattern) for pattern in patterns) for text in texts)
    assert not any(is_of(text, pattern) for pattern in patterns for text in others)


def test_a_comb_takes_no_more_than_its_cells_and_whole_dates() -> None:
    assert {len(pattern) for pattern in patterns_of(FieldKind.DATE, 10)} == {8, 10}
    assert not any(is_of("2026-1-4", pattern) for pattern in patterns_of(FieldKind.DATE, 10))
    assert {len(pattern) for pattern in patterns_of(FieldKind.DATE, 8)} == {8}
    assert {len(pattern) for pattern in patterns_of(FieldKind.BUSINESS_NUMBER, 9)} == {9}


def test_varied_texts_differ_in_a_letter_and_keep_the_look() -> None:
    patterns = patterns_of(FieldKind.POSTAL_CODE)
    texts = varied("S4N6E3", patterns)
    assert texts[0] == "S4N6E3"
    assert len(set(texts)) == len(texts) == 1 + 3 * 9 + 17 + 2 * 19
    assert all(is_of(text, patterns[0]) for text in texts)
    assert all(sum(map(str.__ne__, text, "S4N6E3")) == 1 for text in texts[1:])


def test_the_look_alikes_of_a_kind_are_laid_as_what_they_mean() -> None:
    ink = folded(probabilities(written("k1a Ob1")), of_kind(FieldKind.POSTAL_CODE))
    assert laid(ink, patterns_of(FieldKind.POSTAL_CODE)).texts == ("K1A0B1",)
