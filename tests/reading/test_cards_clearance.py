from __future__ import annotations

from datetime import date

import pytest

from processor.model import Kind, State
from tests.reading.cards.sheets import codes, read

BOARD = ("Workers' Compensation Board of Manitoba", "Letter of Good Standing")


def test_the_boards_letter_is_read_by_its_labels() -> None:
    letter = read(
        *BOARD,
        "Date: 2026-11-03",
        "Firm name: Prairie Roofing Ltd.",
        "Firm number: 1234567",
        "Status: Cleared",
        "Valid to: 2026-12-31",
    )
    values = {reading.name: reading.value for reading in letter.readings}
    assert letter.kind is Kind.GOOD_STANDING
    assert values == {
        "legal_name": "Prairie Roofing Ltd.",
        "wcb_account": "1234567",
        "status": "cleared",
        "issue_date": date(2026, 11, 3),
        "valid_to": date(2026, 12, 31),
    }
    assert all(reading.known for reading in letter.readings)
    assert letter.findings == ()


def test_labels_may_stand_above_their_values() -> None:
    letter = read(
        *BOARD, "Employer", "101234567 Saskatchewan Ltd.", "Account number", "1234567", "Status", "Deemed", gap=16
    )
    assert [letter[name].value for name in ("legal_name", "wcb_account", "status")] == [
        "101234567 Saskatchewan Ltd.",
        "1234567",
        "deemed",
    ]


def test_the_boards_letter_is_read_by_its_sentences() -> None:
    letter = read(
        *BOARD,
        "November 3, 2026",
        "Employer: Prairie Roofing Ltd.",
        "Account number: 1234567",
        "The firm is in good standing with the board.",
        "This clearance is valid until 2026-12-31.",
    )
    assert [letter[name].value for name in ("status", "issue_date", "valid_to")] == [
        "ok",
        date(2026, 11, 3),
        date(2026, 12, 31),
    ]
    assert all(reading.state is State.SURE for reading in letter.readings)


@pytest.mark.parametrize(
    ("said", "value", "state"),
    [
        ("The firm is not in good standing.", "denied", State.SURE),
        ("The firm stays covered if it is in good standing.", None, State.MISSING),
        ("It is in good standing. | It is not in good standing.", "ok", State.UNSURE),
        ("Status: unknown", None, State.UNSURE),
        ("Nothing more is said.", None, State.MISSING),
    ],
)
def test_a_status_is_sure_only_when_the_letter_says_one(said: str, value: str | None, state: State) -> None:
    letter = read(*BOARD, "Employer: Prairie Roofing Ltd.", "Account number: 1234567", said)
    assert (letter["status"].value, letter["status"].state) == (value, state)


def test_two_accounts_ask() -> None:
    letter = read(*BOARD, "Employer: Prairie Roofing Ltd.", "Account number: 1234567", "Account number: 7654321")
    assert (letter["wcb_account"].state, codes(letter)) == (State.UNSURE, {"unsure-reading"})


def test_a_name_with_an_account_behind_it_asks() -> None:
    letter = read(*BOARD, "Re: Prairie Roofing Ltd. 1234567", "Account number: 1234567")
    assert letter["legal_name"].state is State.UNSURE


def test_what_the_letter_does_not_show_is_missing() -> None:
    letter = read(*BOARD, "Account number: 1234567", "2026-11-03 and 2026-12-31")
    assert {letter[name].state for name in ("legal_name", "issue_date", "valid_to")} == {State.MISSING}


def test_two_days_on_lines_of_their_own_do_not_say_which_is_the_letters() -> None:
    letter = read(*BOARD, "Account number: 1234567", "2026-11-03", "2026-12-31")
    assert letter["issue_date"].state is State.MISSING


@pytest.mark.parametrize(
    "rows",
    [
        (
            "Construction Safety Association of Manitoba",
            "Letter of Good Standing",
            "Employer: Prairie Roofing Ltd.",
            "Workers' Compensation Board account number: 1234567",
            "SECOR® certified",
        ),
        ("Workers' Compensation Board of Manitoba", "Newsletter", "Account number: 1234567"),
        ("Letter of Good Standing", "Account number: 1234567"),
        ("Workers' Compensation Board of Manitoba", "How to stay in good standing"),
    ],
    ids=["the association's letter", "no title", "no board", "no account"],
)
def test_other_papers_that_speak_of_good_standing_are_not_the_boards_letter(rows: tuple[str, ...]) -> None:
    assert read(*rows).kind is Kind.OTHER
