"""What must not matter does not: how a scan lies and came, in which order and files, and what lies beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import pytest

from processor.twin.chance import Family, draws
from processor.twin.channels import Channel
from processor.twin.hands import Writing
from tests.papers.office import staff
from tests.tools.laws import ways as laws
from tests.tools.laws.answers import (
    STRANGERS,
    Answer,
    answer,
    beside,
    joined,
    pages_mixed,
    papers,
    split,
    strangers,
    within,
)
from tests.tools.laws.ways import compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.papers.office import Staff


@pytest.fixture(scope="module")
def team() -> Iterator[Staff]:
    with staff() as everybody:
        yield everybody


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    cv2.setNumThreads(1)


@pytest.mark.parametrize(
    ("writing", "ways"),
    [(Writing.TYPED, ()), (Writing.HAND, ("turned 90", "faxed fine", "stamped below"))],
    ids=["typed", "by hand"],
)
def test_what_happens_to_a_scan_never_changes_a_sure_value_into_another(
    writing: Writing, ways: tuple[str, ...]
) -> None:
    several = list(compared("csam-registration", 0, writing, Channel.SCAN150, Family.TUNE, ways))
    assert {one.way for one in several} == set(ways or laws.WAYS)
    assert [one for one in several if not one.holds] == []


def test_the_law_would_see_a_value_change(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter([{"city": "Ayr", "phone": "1"}, {"city": "Air"}])
    monkeypatch.setattr(laws, "_sure", lambda *_: next(told))
    monkeypatch.setattr(laws, "_read", lambda *_: ())
    [one] = compared("csam-registration", 0, Writing.TYPED, Channel.SCAN150, Family.TUNE, ["turned 90"])
    assert not one.holds
    assert one[1:] == ("turned 90", "city", "Ayr", "Air")


def test_joined_in_any_order_and_with_pages_mixed_papers_come_to_the_same_answer(team: Staff) -> None:
    several = papers("passes/scsa-clean")
    plain = answer("passes/scsa-clean", several, team)
    assert plain.certified
    for way in (joined, pages_mixed):
        assert answer("passes/scsa-clean", way(several, draws("law", 1)), team) == plain


def test_papers_that_are_cut_in_two_are_never_decided_on_otherwise(team: Staff) -> None:
    several = papers("falls-short/pass_mark/scsa-section")
    plain = answer("falls-short/pass_mark/scsa-section", several, team)
    cut = answer("falls-short/pass_mark/scsa-section", split(several, draws("law", 2)), team)
    assert not cut.decides_otherwise(plain)
    assert not cut.certified


@pytest.mark.parametrize("what", STRANGERS)
def test_a_strangers_page_never_turns_a_refusal_into_a_certificate(team: Staff, what: str) -> None:
    several = papers("falls-short/scot/scsa-one-worker-missing")
    page = strangers()[what]
    for files in (beside(several, page), within(several, page, draws("law", what))):
        assert not answer("falls-short/scot/scsa-one-worker-missing", files, team).certified


def test_to_ask_is_to_decide_nothing() -> None:
    refused = Answer((("Ayr", "deficiency", ("audits",)),), (), asks=False)
    certified = Answer((("Ayr", "certificate", ()),), (), asks=False)
    assert certified.decides_otherwise(refused)
    assert not refused.decides_otherwise(refused)
    assert not Answer((), (), asks=True).decides_otherwise(refused)
