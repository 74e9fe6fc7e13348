"""The words of a line from what two models read: a blank is believed, a letter on which they differ is doubted."""

from __future__ import annotations

import pytest

from processor.decoding.letters import Letter, letters, written
from tests.decoding import lattices


def line(text: str, sure: float = 1.0) -> list[Letter]:
    return [Letter(letter, (n + 0.5) / len(text), sure) for n, letter in enumerate(text)]


def words(careful: str, quick: str) -> list[tuple[str, float]]:
    return [(word.text, word.certainty) for word in written(line(careful), line(quick))]


def test_letters_stand_where_the_lattice_shows_them() -> None:
    found = letters(lattices.written("A b", 0.9))
    assert [letter.text for letter in found] == ["A", " ", "b"]
    assert [letter.at for letter in found] == sorted(letter.at for letter in found)
    assert all(letter.probability == pytest.approx(0.9, abs=0.01) for letter in found)


@pytest.mark.parametrize(
    ("careful", "quick", "expected"),
    [
        ("Ann Bear", "Ann Bear", [("Ann", 1.0), ("Bear", 1.0)]),
        ("Ann Bear", "Ann Beer", [("Ann", 1.0), ("Bear", 0.5)]),
        ("AnnBear", "Ann Bear", [("Ann", 0.5), ("Bear", 0.5)]),
        ("Ann Bear", "AnnBear", [("Ann", 0.5), ("Bear", 0.5)]),
        ("Bear, Ann", "Bear,Ann", [("Bear,", 1.0), ("Ann", 1.0)]),
        ("Bear", "Bearn", [("Bear", 0.5)]),
        ("Bearn", "Bear", [("Bearn", 0.5)]),
        ("Élan", "elan", [("Élan", 1.0)]),
        ("Name:Ann", "Name:Ann", [("Name:", 1.0), ("Ann", 1.0)]),
        ("10:30", "10:30", [("10:30", 1.0)]),
        ("", "", []),
    ],
)
def test_what_two_models_make_of_a_line(careful: str, quick: str, expected: list[tuple[str, float]]) -> None:
    assert words(careful, quick) == expected
