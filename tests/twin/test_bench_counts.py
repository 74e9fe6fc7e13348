"""What the bench of scans counts: every value once, and what nobody is asked about is what may be wrong and sure."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from processor.model import Document, Kind, Letter, LetterKind, Reading, Row, State
from processor.model import Line as Said
from processor.twin.truth import Sheet, Truth, rows, told
from tests.reading.made import FIELDS, FORM, SECTIONS, WORKERS
from tests.tools.scans import carded
from tests.tools.scans.decided import decided
from tests.tools.scans.judging import Group, Judged, Outcome, judged
from tests.tools.scans.kept import keep, kept
from tests.tools.scans.peers import outcome, placed
from tests.tools.scans.peers import word as a_word
from tests.tools.scans.report import TARGETS, Sum, interval, share, summed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tools.scans.kept import Line

WRITTEN = {
    "legal_name": "Ayr Roofing", "wcb_account": "0001234", "province": "MB", "agreement_signed": True,
    "first_aid_hazard": "low", "signature_date": "2026-11-24", "email_consent": True,
}  # fmt: skip


def truth() -> Truth:
    readings = [told(one, WRITTEN.get(one.name)) for one in FIELDS]
    people: list[dict[str, object]] = [{"name": "Anne Smith", "owner_or_senior": True}, {}, {}]
    points: list[dict[str, object]] = [{"awarded": "8"}, {"awarded": "9"}]
    for table, given in ((WORKERS, people), (SECTIONS, points)):
        told_rows = [
            Row(tuple(told(one, value.get(one.name)) for one in row))
            for row, value in zip(table.rows, given, strict=True)
        ]
        readings.append(rows(table.name, told_rows))
    document = Document(kind=Kind.REGISTRATION, form="small", pages=(1, 2), readings=tuple(readings))
    sheets = tuple(Sheet(page=n, wide=1, high=1, dpi=(1, 1)) for n in (1, 2))
    return Truth(document=document, sheets=sheets, made={"writing": "typed"})


def read(*changes: Reading, path: str = "") -> tuple[Document, ...]:
    """What was written, but for these readings."""
    document = truth().document
    for one in changes:
        document = document.corrected(path or one.name, one)
    return (document,)


def counts(documents: tuple[Document, ...]) -> Counter[str]:
    total: Counter[str] = Counter()
    for page in judged(FORM, documents, truth()):
        total.update(page.counts)
    return total


def changed(documents: tuple[Document, ...]) -> dict[str, int]:
    """What is counted otherwise than of a paper that was read as it is."""
    right, now = counts(read()), counts(documents)
    return {key: now[key] - right[key] for key in sorted({*right, *now}) if now[key] != right[key]}


def test_a_paper_that_is_read_as_it_is_has_every_box_once_and_right() -> None:
    found = counts(read())
    boxes = [one for one in FIELDS if one.spots] + [
        f for t in (WORKERS, SECTIONS) for r in t.rows for f in r if f.spots
    ]
    assert {key.partition("/")[2] for key in found} == {Outcome.RIGHT}
    assert found.total() == len(boxes) + 2
    assert [page.counts["page/right"] for page in judged(FORM, read(), truth())] == [1, 1]
    assert found["tick/right"] == 5  # a choice of two boxes counts once
    assert found["empty/right"] == 5  # premium, language, work, two names


NAME = Reading(name="legal_name", page=1)
PREMIUM = Reading(name="annual_wcb_premium", page=1)


@pytest.mark.parametrize(
    ("reading", "moved"),
    [
        (replace(NAME, value="Air Roofing"), "words/wrong"),
        (replace(NAME, state=State.BLANK), "words/wrong"),
        (replace(NAME, value="Ayr Roofing", state=State.UNSURE), "words/asked"),
        (replace(NAME, value="Air Roofing", state=State.UNSURE), "words/lost"),
        (replace(NAME, state=State.MISSING), "words/lost"),
        (replace(NAME, value="AyrRoofing"), ""),
        (replace(NAME, value="ayr roofing"), "words/wrong"),
        (Reading(name="wcb_account", value="0001235", page=1), "figures/wrong"),
        (Reading(name="signature_date", value=date(2026, 11, 24), state=State.UNSURE, page=2), "figures/asked"),
        (replace(PREMIUM, value="7"), "empty/wrong"),
        (replace(PREMIUM, state=State.MISSING), "empty/lost"),
        (replace(PREMIUM, state=State.UNSURE), "empty/asked"),
        (Reading(name="email_consent", value=False, page=1), "tick/wrong"),
        (Reading(name="email_consent", value=False, state=State.UNSURE, page=1), "tick/lost"),
        (Reading(name="first_aid_hazard", value="other", page=1), "tick/wrong"),
        (Reading(name="first_aid_hazard", state=State.BLANK, page=1), "tick/wrong"),
        (Reading(name="agreement_signed", value=False, state=State.BLANK, page=1), "signature/wrong"),
    ],
)
def test_each_way_of_reading_one_value_otherwise_counts_once(reading: Reading, moved: str) -> None:
    group = moved.partition("/")[0]
    assert changed(read(reading)) == ({f"{group}/right": -1, moved: 1} if moved else {})


def test_a_row_that_was_left_off_though_somebody_stands_in_it_is_wrong_and_sure() -> None:
    none = Reading(name="workers", value=(), state=State.BLANK, page=2)
    assert changed(read(none)) == {"tick/right": -1, "tick/wrong": 1, "words/right": -1, "words/wrong": 1}


def test_a_cell_of_a_table_is_judged_as_a_field_is() -> None:
    points = Reading(name="awarded", value=7, page=2)
    assert changed(read(points, path="sections[2].awarded")) == {"sums/right": -1, "sums/wrong": 1}


def test_a_paper_that_was_not_known_is_asked_about_as_a_whole() -> None:
    found = counts((Document(kind=Kind.OTHER, pages=(1, 2)),))
    assert found["page/lost"] == 2
    assert {key.partition("/")[2] for key in found} == {Outcome.LOST}


def test_pages_taken_for_another_form_or_each_other_are_wrong() -> None:
    assert counts((replace(read()[0], form="other"),))["page/wrong"] == 2
    swapped = replace(
        read()[0], readings=tuple(replace(one, page=3 - one.page) if one.page else one for one in read()[0].readings)
    )
    assert counts((swapped,))["page/wrong"] + counts((swapped,))["page/right"] == 2
    assert counts((swapped,))["page/wrong"] >= 1


# ---------------------------------------------------------------- cards


CARD = {"kind": "first_aid_certificate", "holder_name": "Zoë Côté", "issue_date": date(2026, 1, 2), "level": None}


def card(kind: Kind = Kind.FIRST_AID, **changes: Reading) -> Document:
    known = {
        "holder_name": Reading(name="holder_name", value="Zoë Côté"),
        "issue_date": Reading(name="issue_date", value=date(2026, 1, 2)),
        **changes,
    }
    return Document(kind=kind, pages=(1,), readings=tuple(known.values()))


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (card(), {"card/right": 3}),
        (card(holder_name=Reading(name="holder_name", value="Zoe Cote")), {"card/wrong": 1, "card/right": 2}),
        (
            card(issue_date=Reading(name="issue_date", value=date(2026, 1, 2), state=State.UNSURE)),
            {"card/asked": 1, "card/right": 2},
        ),
        (card(level=Reading(name="level", value="standard")), {"card/wrong": 1, "card/right": 2}),
        (card(Kind.COURSE), {"card/wrong": 3}),
        (card(Kind.OTHER), {"card/lost": 3}),
    ],
    ids=["as it is", "accents", "asked", "made up", "another kind", "unknown"],
)
def test_a_cards_values_count_once_each(document: Document, found: dict[str, int]) -> None:
    assert carded.judged([document], CARD).counts == found


# ---------------------------------------------------------------- decisions


def letter(kind: LetterKind, *cites: str) -> Letter:
    body = [{"block": "item", "title": place} for place in range(len(cites))]
    lines = tuple(Said(text=cite, requirement=cite) for cite in cites)
    return Letter(kind=kind, case="MB-0001", day=date(2026, 11, 24), data={"body": body}, lines=lines)


CERTIFICATE, SHORT = letter(LetterKind.CERTIFICATE), letter(LetterKind.DEFICIENCY, "audits")


@pytest.mark.parametrize(
    ("due", "given", "outcome"),
    [
        ({"kind": "certificate", "cites": []}, [CERTIFICATE], Outcome.RIGHT),
        ({"kind": "certificate", "cites": []}, [SHORT, CERTIFICATE], Outcome.RIGHT),
        ({"kind": "certificate", "cites": []}, [], Outcome.LOST),
        ({"kind": "certificate", "cites": []}, [SHORT], Outcome.WRONG),
        ({"kind": "deficiency", "cites": ["audits"]}, [CERTIFICATE], Outcome.WRONG),
        ({"kind": "deficiency", "cites": ["audits"]}, [CERTIFICATE, SHORT], Outcome.WRONG),
        ({"kind": "deficiency", "cites": ["audits"]}, [SHORT], Outcome.RIGHT),
        ({"kind": "deficiency", "cites": ["audits", "scot"]}, [SHORT], Outcome.LOST),
        ({"kind": "deficiency", "cites": ["scot"]}, [SHORT], Outcome.WRONG),
        (None, [], Outcome.RIGHT),
        (None, [CERTIFICATE], Outcome.WRONG),
        ({"kind": "acknowledgement", "cites": []}, [], Outcome.RIGHT),
        ({"kind": "acknowledgement", "cites": []}, [SHORT], Outcome.WRONG),
    ],
)
def test_a_decision_is_right_wrong_or_not_made(
    due: dict[str, object] | None, given: list[Letter], outcome: Outcome
) -> None:
    assert decided(due, given) is outcome


# ---------------------------------------------------------------- peers


BOX = {"path": "date", "kind": "date", "true": "2026-11-24", "comb": 0, "box": [10.0, 10.0, 90.0, 30.0]}


@pytest.mark.parametrize(
    ("text", "what"), [("2026-11-24", "right"), ("2026-11-25", "wrong"), ("", "lost"), ("2O26 no day", "lost")]
)
def test_a_peer_is_sure_of_whatever_is_a_value_of_its_kind(text: str, what: str) -> None:
    assert outcome(text, BOX, lowered=False) == what


def test_words_go_to_the_box_that_holds_their_middle() -> None:
    words = [a_word(["24", 60, 12, 80, 28]), a_word(["2026-11-", 12, 12, 58, 28]), a_word(["label", 0, 0, 30, 4])]
    assert placed(words, [BOX]) == {"date": "2026-11- 24"}


# ---------------------------------------------------------------- lines and shares


def test_a_run_that_was_cut_short_goes_on_with_the_paper_that_is_not_whole(tmp_path: Path) -> None:
    store = tmp_path / "lines.jsonl"
    one: list[Line] = [{"paper": "a", "part": n, "parts": 2, "counts": {}} for n in (1, 2)]
    other: list[Line] = [{**line, "paper": "b"} for line in one]
    assert kept(store) == {}
    keep(store, one)
    keep(store, other[:1])
    with store.open("a") as out:
        out.write(json.dumps(other[1])[:12])
    assert kept(store) == {"a": one}
    keep(store, other)
    assert kept(store) == {"a": one, "b": other}
    keep(store, one)
    assert kept(store)["a"] == one


def test_wilsons_interval_holds_the_share_and_stays_within_none_and_all() -> None:
    assert interval(0, 0) == (0.0, 1.0)
    assert interval(0, 10)[0] == 0.0
    assert interval(10, 10)[1] == 1.0
    low, high = interval(5, 50)
    assert (round(low, 4), round(high, 4)) == (0.0435, 0.2136)
    assert share(5, 50) == "5 of 50: 10.00 % (4.35-21.36)"
    assert share(0, 0) == "-"


def test_wrong_is_told_of_the_sure_ones_and_asked_of_all() -> None:
    line = {"counts": {"words/right": 6, "words/wrong": 2, "words/asked": 1, "words/lost": 1, "tick/wrong": 9}}
    found = summed([line], [Group.WORDS])
    assert (found.all, found.sure, found.wrong) == (10, 8, 2)
    exact, wrong, asked = found.cells()
    assert (exact[:7], wrong[:6], asked[:7]) == ("7 of 10", "2 of 8", "2 of 10")


def test_a_target_pools_its_own_lines_and_is_met_by_its_interval() -> None:
    typed = next(one for one in TARGETS if one.what.startswith("typed, fax standard"))
    lines = [
        {"channel": "photo", "pen": "typed"},
        {"channel": "photo", "pen": "hand"},
        {"channel": "scan300", "pen": "typed"},
    ]
    assert typed.of(lines) == lines[:1]
    cards = next(one for one in TARGETS if one.what.startswith("cards"))
    assert cards.of([{"channel": "photo", "pen": ""}]) == [{"channel": "photo", "pen": ""}]
    assert typed.met(Sum(Counter())) == "-"
    assert typed.met(Sum(Counter(right=100))) == "as counted"
    assert typed.met(Sum(Counter(right=10_000))) == "yes"
    assert typed.met(Sum(Counter(right=10_000, wrong=40))) == "no"
    assert typed.met(Sum(Counter(right=10_000, lost=2_000))) == "no"


def test_outcomes_of_a_page_add_up() -> None:
    page = Judged()
    page.add(Group.TICK, Outcome.RIGHT)
    page.add(Group.TICK, Outcome.RIGHT)
    page.add(Group.TICK, Outcome.WRONG)
    assert page.counts == {"tick/right": 2, "tick/wrong": 1}
