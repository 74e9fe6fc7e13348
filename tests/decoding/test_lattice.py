"""Texts in a lattice, held against what a count of all alignments says."""

from __future__ import annotations

from itertools import groupby, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.decoding.alphabets import alike, alphabet
from processor.decoding.lattice import COLUMN, best_texts, folded, greedy, likelihoods, probabilities
from processor.model import LETTERS
from tests.decoding.lattices import lattice, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXTS = st.text(alphabet=LETTERS, max_size=20)
FEW = "A1é"


@st.composite
def small(draw: st.DrawFn) -> NDArray[np.float64]:
    """Steps over three letters, any probabilities, few enough to count every alignment."""
    rows = draw(st.lists(st.tuples(*[st.integers(1, 100)] * 4), min_size=1, max_size=5))
    steps = np.zeros((len(rows), 1 + len(LETTERS)))
    steps[:, [0, *(COLUMN[letter] for letter in FEW)]] = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    return steps


def counted(steps: NDArray[np.float64]) -> dict[str, float]:
    """Every text with its probability, by going through all alignments."""
    texts: dict[str, float] = {}
    for path in product(("", *FEW), repeat=len(steps)):
        text = "".join(letter for letter, _ in groupby(path))
        chance = np.prod([row[COLUMN[letter] if letter else 0] for row, letter in zip(steps, path, strict=True)])
        texts[text] = texts.get(text, 0.0) + float(chance)
    return texts


@given(small())
@settings(max_examples=40, deadline=None)
def test_a_text_is_as_probable_as_all_its_alignments_together(steps: NDArray[np.float64]) -> None:
    texts = counted(steps)
    assert np.exp(likelihoods(steps, tuple(texts))) == pytest.approx(list(texts.values()))


@given(small())
@settings(max_examples=40, deadline=None)
def test_the_best_texts_are_the_best_there_are(steps: NDArray[np.float64]) -> None:
    texts = counted(steps)
    found = best_texts(steps, most=3, width=1000)
    assert [chance for _, chance in found] == pytest.approx(sorted(texts.values(), reverse=True)[:3])
    assert all(texts[text] == pytest.approx(chance) for text, chance in found)


@given(small(), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_the_best_texts_sum_to_no_more_than_one(steps: NDArray[np.float64], width: int) -> None:
    found = best_texts(steps, width=width)
    assert sum(chance for _, chance in found) <= 1 + 1e-9
    assert len({text for text, _ in found}) == len(found) <= width


@given(TEXTS)
def test_what_is_written_for_sure_is_read_so(text: str) -> None:
    steps = probabilities(written(text))
    assert greedy(steps) == text
    ((found, chance),) = best_texts(steps)
    assert found == text
    assert chance == pytest.approx(1.0)


def test_a_letter_that_stays_is_one_and_none_parts_two() -> None:
    assert greedy(probabilities(lattice({"l": 1.0}, {"l": 0.9}, {}, {"l": 1.0}))) == "ll"
    assert greedy(probabilities(lattice({"l": 1.0}, {"l": 0.9}, {"o": 1.0}))) == "lo"


def test_a_text_longer_than_the_lattice_is_not_in_it() -> None:
    assert np.exp(likelihoods(probabilities(lattice({"a": 0.5})), ["aa", ""])) == pytest.approx([0.0, 0.5])


def test_empty_steps_run_together_and_lose_nothing() -> None:
    faint = {"7": 1e-5}
    steps = probabilities(lattice(faint, faint, {"1": 0.9}, faint, faint, {}, {"2": 1.0}, {}))
    assert steps.shape == (5, 1 + len(LETTERS))
    assert np.exp(likelihoods(steps, ["12", "172"])) == pytest.approx([0.9, 0.9 * 2e-5], rel=1e-4)


def test_a_lattice_without_steps_holds_nothing() -> None:
    steps = probabilities(np.empty((0, 1 + len(LETTERS)), np.float32))
    assert greedy(steps) == ""
    assert np.exp(likelihoods(steps, ["", "a"])).tolist() == [1.0, 0.0]


def test_faint_letters_are_not_followed_but_the_sum_stays_true() -> None:
    ((text, chance),) = best_texts(probabilities(lattice({"a": 0.99999, "b": 0.000005})))
    assert text == "a"
    assert chance == pytest.approx(0.99999)


@given(small())
def test_folding_moves_chances_and_makes_none(steps: NDArray[np.float64]) -> None:
    own = alphabet(LETTERS, {"A": "", "é": "e"})
    after = folded(steps, own)
    assert after.sum(axis=1) == pytest.approx(steps.sum(axis=1))
    assert after[:, 0] == pytest.approx(steps[:, 0] + steps[:, COLUMN["A"]])
    assert after[:, COLUMN["e"]] == pytest.approx(steps[:, COLUMN["é"]])
    assert not after[:, [COLUMN["A"], COLUMN["é"]]].any()


@given(TEXTS)
def test_a_text_folds_as_its_lattice_does(text: str) -> None:
    assert greedy(folded(probabilities(written(text)), alike())) == alike().plain(text)
