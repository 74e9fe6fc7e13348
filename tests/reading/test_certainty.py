"""How certain a recognised text is: the plain rule, a calibration learned from labelled texts, and its file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from processor.errors import SetupBroken
from processor.forms.form import FieldKind
from processor.imaging.source import Source
from processor.reading.certainty import CUES, Calibration, Cues, Group, Head, Judge, Style, load, toml
from processor.reading.learning import Sample, learned, told, upper

CLEAR = Cues(kind=FieldKind.PERSON, source=Source.GREY_FINE, share=0.99999, unforced=0.9999)
PLAIN = Calibration()


def test_without_a_calibration_a_clear_text_is_sure_and_a_doubtful_one_is_not() -> None:
    assert PLAIN.sure(CLEAR)
    assert not PLAIN.sure(replace(CLEAR, share=0.8))
    assert not PLAIN.sure(replace(CLEAR, fits=False))
    assert not PLAIN.sure(replace(CLEAR, clean=False))
    assert PLAIN.certain(replace(CLEAR, share=0.95, second=0.9)) > PLAIN.certain(replace(CLEAR, share=0.95))
    assert not PLAIN.sure(replace(CLEAR, second=0.1))


def test_a_character_lost_from_a_comb_of_no_fixed_length_is_never_sure() -> None:
    account = replace(CLEAR, kind=FieldKind.ACCOUNT, comb=10)
    assert PLAIN.sure(account)
    assert not PLAIN.sure(replace(account, hole=True))


def _samples(count: int, wrong: float) -> list[Sample]:
    """Texts of which the doubtful ones are often wrong and the clear ones hardly ever."""
    chance = Random(5)  # noqa: S311 - made-up texts
    made = []
    for n in range(count):
        doubtful = chance.random() < 0.3
        cues = replace(
            CLEAR, share=chance.uniform(0.3, 0.7) if doubtful else 0.9999, unforced=0.4 if doubtful else 0.99
        )
        right = chance.random() > (wrong if doubtful else 0.0)
        both = replace(cues, second=0.9 if right else 0.2)
        made.append(Sample(f"paper {n // 4}", cues, right, both, right))
    return made


def test_a_calibration_keeps_what_is_wrong_below_its_target_and_asks_for_less_than_all() -> None:
    samples = _samples(4000, 0.4)
    found = learned(samples, dict.fromkeys(Style, 0.005), made="test")
    tally = told(samples, found)
    assert tally.count == 4000
    assert tally.wrong <= 0.005 * tally.sure
    assert 0 < tally.asked < 0.6 * tally.count
    assert tally.at_most() < 0.01
    assert found.certain(CLEAR) > found.certain(replace(CLEAR, share=0.4, unforced=0.4))


def test_what_no_paper_of_the_calibration_was_like_is_never_sure() -> None:
    found = learned(_samples(400, 0.4), dict.fromkeys(Style, 0.01))
    assert not found.sure(replace(CLEAR, source=Source.PHOTO))
    assert not found.sure(replace(CLEAR, kind=FieldKind.EMAIL))


def test_too_few_texts_are_no_proof() -> None:
    few = _samples(20, 0.4)
    assert told(few, learned(few, dict.fromkeys(Style, 0.001))).sure == 0


@pytest.mark.parametrize(("wrong", "count", "most"), [(0, 100, 0.0295), (1, 100, 0.0466), (5, 5, 1.0), (0, 0, 1.0)])
def test_the_upper_bound_is_that_of_clopper_and_pearson(wrong: int, count: int, most: float) -> None:
    assert upper(wrong, count) == pytest.approx(most, abs=0.0002)


def test_a_calibration_is_the_same_after_writing_and_loading() -> None:
    judge = Judge(weights=tuple(float(n) for n in range(len(CUES) + 1)), limits={CLEAR.channel: 0.9})
    made = Calibration(judges={(Group.WORDS, Head.QUICK): judge})
    again = load(toml(made, date(2026, 11, 24), {"papers": 12}))
    assert again.judges == made.judges
    assert again.made == "2, 2026-11-24"


@pytest.mark.parametrize(
    "text",
    [
        "version = 0\ncues = []",
        "nothing = [",
        "version = 2",
        toml(Calibration(judges={(Group.WORDS, Head.QUICK): Judge(weights=(1.0,), limits={})}), date(2026, 1, 1), {}),
    ],
)
def test_another_file_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(SetupBroken) as refused:
        load(text)
    assert "secor calibrate" in refused.value.do
