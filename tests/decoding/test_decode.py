"""What is made of the writing in a field of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.decoding import Guess, decode
from processor.decoding.alphabets import of_kind
from processor.decoding.lattice import COLUMN
from processor.forms.form import FieldKind
from processor.model import LETTERS
from tests.decoding.lattices import lattice, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROVINCES = ("Saskatchewan", "Manitoba", "Québec")
FREE = [FieldKind.TEXT, FieldKind.ORGANISATION]


def close(chance: float) -> Any:  # noqa: ANN401 - stands in for a number
    return pytest.approx(chance, rel=1e-3)


@given(st.text(alphabet=LETTERS, min_size=1, max_size=30).filter(str.strip), st.sampled_from(FREE))
@settings(deadline=None)
def test_what_is_written_for_sure_is_read_so_but_for_blanks_around(text: str, kind: FieldKind) -> None:
    guess = decode(written(text), kind)
    assert guess == Guess(text.strip(), close(1.0), (), fits=True, unforced=close(1.0))


@pytest.mark.parametrize("text", ["Éloïse Côté-L'Heureux", "François Œuvray", "Łukasz O’Neil", "McDONALD"])
def test_names_keep_their_accents_and_capitals(text: str) -> None:
    assert decode(written(text), FieldKind.PERSON) == Guess(text, close(1.0), unforced=close(1.0))


@given(
    st.sampled_from(sorted(set(FieldKind))),
    st.lists(st.lists(st.integers(1, 1000), min_size=len(LETTERS) + 1, max_size=len(LETTERS) + 1), max_size=6),
)
@settings(deadline=None, max_examples=30)
def test_a_guess_that_fits_has_no_forbidden_letter_and_shares_are_shares(
    kind: FieldKind, rows: list[list[int]]
) -> None:
    steps = np.array(rows, np.float64).reshape(-1, len(LETTERS) + 1) ** 4
    guess = decode(np.log(steps / steps.sum(axis=1, keepdims=True)).astype(np.float32), kind)
    shares = [guess.probability, *(share for _, share in guess.others)]
    assert sorted(shares, reverse=True) == shares
    assert sum(shares) <= 1 + 1e-6
    assert 0 <= guess.unforced <= 1 + 1e-6
    if guess.fits:
        texts = [guess.text, *(text for text, _ in guess.others)]
        assert all(of_kind(kind).mask[COLUMN[letter]] for text in texts for letter in text)


@pytest.mark.parametrize("kind", sorted(set(FieldKind)))
@pytest.mark.parametrize("seen", [np.empty((0, 1 + len(LETTERS)), np.float32), lattice({}, {"1": 0.01}, {})])
def test_nothing_in_the_lattice_is_an_empty_text_that_does_not_fit(kind: FieldKind, seen: NDArray[np.float32]) -> None:
    guess = decode(seen, kind, words=PROVINCES)
    assert (guess.text, guess.others, guess.fits) == ("", (), False)
    assert guess.probability == guess.unforced >= 0.98


def test_a_blank_is_an_empty_text_too() -> None:
    assert decode(written(" "), FieldKind.TEXT) == Guess("", close(1.0), fits=False, unforced=close(1.0))


@pytest.mark.parametrize(
    ("kind", "ink", "text"),
    [
        (FieldKind.DATE, "2026-11-24", "2026-11-24"),
        (FieldKind.DATE, "2026/11.24", "2026-11-24"),
        (FieldKind.DATE, "2O26 l1 24", "20261124"),
        (FieldKind.DATE, "24/11/2026", "24-11-2026"),
        (FieldKind.POSTAL_CODE, "s4n-6e3", "S4N6E3"),
        (FieldKind.POSTAL_CODE, "K1A OB1", "K1A0B1"),
        (FieldKind.PHONE, "+1 (306) 555-O142", "13065550142"),
        (FieldKind.INDUSTRY_CODE, "b11", "B11"),
        (FieldKind.BUSINESS_NUMBER, "12345 6789 rp 0001", "123456789RP0001"),
        (FieldKind.COUNT, " I2", "12"),
        (FieldKind.POINTS, "3,5", "3.5"),
        (FieldKind.PERCENT, "79,9 %", "79.9%"),
        (FieldKind.MONEY, "$ 1,234.50", "1,234.50"),
        (FieldKind.MONEY, "1 234,50 $", "1234,50"),
        (FieldKind.ACCOUNT, "718\u20132904 a", "718-2904 A"),
        (FieldKind.EMAIL, "jo_lee@ prairie.example", "jo_lee@prairie.example"),
    ],
)
def test_look_alikes_and_joints_are_taken_for_what_they_mean(kind: FieldKind, ink: str, text: str) -> None:
    assert decode(written(ink), kind) == Guess(text, close(1.0), unforced=close(1.0))


def test_a_forbidden_letter_gives_way_and_the_guess_says_how_much_was_forced() -> None:
    guess = decode(written("5B", 0.99, {1: "8"}), FieldKind.COUNT)
    assert (guess.text, guess.fits) == ("58", True)
    assert guess.probability > 0.99
    assert guess.unforced == close(0.0099)


def test_a_pattern_decides_between_a_letter_and_a_figure_and_names_the_rival() -> None:
    guess = decode(written("S4N6E8", 0.9, {0: "5", 5: "3"}), FieldKind.POSTAL_CODE)
    assert (guess.text, guess.probability, guess.fits) == ("S4N6E8", close(0.9), True)
    assert guess.others == (("S4N6E3", close(0.1)),) or guess.others[0] == ("S4N6E3", close(0.1))
    assert guess.unforced == close(0.9**6)


def test_a_pattern_brings_back_a_figure_that_was_read_as_a_letter() -> None:
    guess = decode(written("54N6E3", 0.99, {0: "S"}), FieldKind.POSTAL_CODE)
    assert (guess.text, guess.fits) == ("S4N6E3", True)
    assert guess.unforced == close(0.01 * 0.99**5)


@pytest.mark.parametrize(
    ("kind", "ink"),
    [
        (FieldKind.DATE, "Nov 24, 2026"),
        (FieldKind.POSTAL_CODE, "see above"),
        (FieldKind.PHONE, "306-555-0142 ext. 12"),
        (FieldKind.COUNT, "twelve"),
        (FieldKind.DATE, "n"),
    ],
)
def test_writing_that_does_not_fit_comes_back_as_it_stands(kind: FieldKind, ink: str) -> None:
    assert decode(written(ink), kind) == Guess(ink, close(1.0), fits=False, unforced=close(1.0))


@pytest.mark.parametrize("kind", [FieldKind.COUNT, FieldKind.TEXT])
def test_rivals_are_ranked(kind: FieldKind) -> None:
    guess = decode(lattice({"7": 0.7, "1": 0.3}, {}, {"2": 0.6, "3": 0.4}), kind)
    assert [text for text, _ in (("72", 0.0), *guess.others)] == [guess.text, "73", "12", "13"]
    assert [guess.probability, *(share for _, share in guess.others)] == pytest.approx([0.42, 0.28, 0.18, 0.12])


def test_texts_that_differ_in_blanks_around_are_one() -> None:
    guess = decode(lattice({"A": 1.0}, {" ": 0.5}), FieldKind.TEXT)
    assert guess == Guess("A", close(1.0), unforced=close(0.5))


@pytest.mark.parametrize("ink", ["Quebec", "QUÉBEC", "que bec", "Québec."])
def test_a_word_of_the_list_comes_back_as_listed(ink: str) -> None:
    guess = decode(written(ink), FieldKind.PROVINCE, words=PROVINCES)
    assert (guess.text, guess.probability, guess.fits, guess.unforced) == ("Québec", close(1.0), True, close(1.0))


def test_the_list_decides_and_the_margin_says_between_what() -> None:
    guess = decode(written("Level 1", 0.8, {6: "2"}), FieldKind.TEXT, words=("Level 2", "Level 1", "LEVEL 1"))
    assert (guess.text, guess.probability) == ("Level 1", close(0.8))
    assert guess.others == (("Level 2", close(0.2)),)


@pytest.mark.parametrize("ink", ["Texas", "Regina"])
def test_a_word_that_is_not_of_the_list_is_read_freely_and_does_not_fit(ink: str) -> None:
    guess = decode(written(ink), FieldKind.PROVINCE, words=PROVINCES)
    assert guess == Guess(ink, close(1.0), fits=False, unforced=close(1.0))


def test_a_comb_is_never_overfull() -> None:
    seen = lattice({"1": 1.0}, {}, {"2": 1.0}, {}, {"3": 0.6})
    assert decode(seen, FieldKind.COUNT, comb=3).text == "123"
    assert decode(seen, FieldKind.COUNT, comb=2) == Guess("12", close(0.4), unforced=close(0.4))


def test_more_writing_than_cells_does_not_fit() -> None:
    assert decode(written("1234"), FieldKind.COUNT, comb=3) == Guess(
        "1234", close(1.0), fits=False, unforced=close(1.0)
    )


def test_an_account_in_cells_has_no_joints() -> None:
    assert decode(written("718 29-04A"), FieldKind.ACCOUNT, comb=12).text == "7182904A"


def test_a_slanted_stroke_in_a_cell_is_a_one() -> None:
    assert decode(written("2004/2/7"), FieldKind.DATE).text == "2004-2-7"
    assert decode(written("20261/2O"), FieldKind.DATE, comb=10) == Guess("20261120", close(1.0), unforced=close(1.0))


def test_a_comb_of_a_date_is_read_without_its_hyphens() -> None:
    guess = decode(written("20261124", 0.9, {4: "7"}), FieldKind.DATE, comb=10)
    assert (guess.text, guess.fits, guess.probability) == ("20261124", True, close(1.0))
