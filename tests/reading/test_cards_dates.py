from __future__ import annotations

from datetime import date

import pytest

from processor.model import State
from processor.reading.card_dates import lasting
from processor.reading.date_search import written
from tests.reading.cards.sheets import codes, read

HEAD = ("Canadian Red Cross", "Certificate", "Name: Jane Doe", "Course: Standard First Aid")
DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    "printed",
    [
        "Issued: 2024-03-05",
        "Issued 2024-03-05",
        "Date of issue: March 5, 2024",
        "Issue date: 05-Mar-2024",
        "Émis le 5 mars 2024",
        "Certified on 5 March 2024",
        "Completion date: Mar. 5, 2024",
        "Course date: 2024/03/05",
        "Date: 20240305",
        "Given this 5th day of March, 2024",
        "dated March 5th, 2024",
        "Issued (DD/MM/YYYY): 05/03/2024",
        "Issued: 05/03/2024 (DD/MM/YYYY)",
        "Issued (MM/DD/YYYY): 03/05/2024",
        "Date de délivrance (JJ/MM/AAAA) : 05/03/2024",
    ],
)
def test_an_issue_is_read_however_it_is_written(printed: str) -> None:
    document = read(*HEAD, printed)
    assert (document["issue_date"].value, document["issue_date"].state) == (DAY, State.SURE)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (("Issued: 03/05/2024",), "ambiguous-date"),
        (("Issued: 2024-02-31",), "impossible-date"),
        (("Issued: March 4-5, 2024",), "unclear-value"),
        (("Issued: 4-5 March 2024",), "unclear-value"),
        (("Issued: March 2024",), "unclear-value"),
        (("Issued: 03/05/24",), "unclear-value"),
        (("Issued: week 12 of 2024",), "unclear-value"),
        (("Course date: 2024-03-04 to 2024-03-05",), "unclear-value"),
        (("Issued: 2024-03-05", "Issued: 2024-03-06"), "unsure-reading"),
        (("Issued (DD/MM/YYYY or MM/DD/YYYY): 03/05/2024",), "ambiguous-date"),
        (("Issued: 03/05/2024", "Date of birth: 25/12/1990"), "ambiguous-date"),
        (("Issued: 03/05/2024", "Printed (DD/MM/YYYY): 01/02/2025"), "ambiguous-date"),
    ],
)
def test_a_date_that_is_not_one_day_asks(rows: tuple[str, ...], code: str) -> None:
    document = read(*HEAD, *rows)
    assert (document["issue_date"].state, document["issue_date"].doubt) == (State.UNSURE, code)
    assert code in codes(document)
    assert document["expiry_date"].state is State.UNSURE


@pytest.mark.parametrize(
    ("rows", "issue"),
    [
        (("Dates are DD/MM/YYYY", "Issued: 05/03/2024"), DAY),
        (("Issued: 05/03/2024", "Expires: 31/12/2026"), DAY),
        (("Issued: 03/05/2024", "Expires: 12/31/2026"), DAY),
        (("Issued: 05/03/2024", "Expires: 04/03/2027"), DAY),
        (("Issued: 05/03/2024", "Expires: 2027-03-04"), DAY),
        (("Issued: 05/03/2024", "Expires: 2025-03-05"), DAY),
        (("Issued: 05/03/2024", "Expires: 05/03/2027"), None),
        (("Issued: 05/03/2024", "Expires: 31-12-2026"), None),
        (("Issued: 05/03/2024", "Expires: 31/12/2026", "Dates are MM/DD/YYYY"), None),
        (("Issued: 05/03/2024", "Expires: 2026-11-30"), None),
        (("Issued: 05/03/2024", "Expires: 2026-02-30"), None),
        (("Issued: 05/03/2024", "Expires: 31/31/2026"), None),
        (("Printed on 05/03/2024", "Issued: 05/03/2024"), None),
    ],
)
def test_two_orders_are_settled_only_by_the_paper_itself(rows: tuple[str, ...], issue: date | None) -> None:
    document = read(*HEAD, *rows)
    assert document["issue_date"].value == issue
    assert document["issue_date"].known is (issue is not None)


def test_the_more_telling_label_wins() -> None:
    document = read(*HEAD, "Date: 2024-03-09", "Course date: 2024-03-01", "Date of issue: 2024-03-05")
    assert (document["issue_date"].value, document["issue_date"].state) == (DAY, State.SURE)
    assert document["expiry_date"].state is State.UNSURE


def test_a_birthday_is_neither_issue_nor_expiry() -> None:
    document = read(*HEAD, "Date of birth: 1990-01-02")
    assert document["issue_date"].state is document["expiry_date"].state is State.MISSING


def test_a_date_that_two_labels_claim_is_nobodys() -> None:
    document = read(*HEAD, "", "Issued", "2024-03-05", "Expires", gap=16)
    assert document["issue_date"].state is not State.SURE
    assert document["expiry_date"].state is not State.SURE


def test_a_column_of_dates_is_nobodys() -> None:
    document = read(*HEAD, "", "Issued", "2024-03-05", "2024-03-06", gap=16)
    assert document["issue_date"].state is State.UNSURE


@pytest.mark.parametrize(
    ("text", "raws"),
    [
        ("from 2024-03-05 to March 5, 2024", ["2024-03-05", "March 5, 2024"]),
        ("call 1-800-555-0100 or 306-555-0100", []),
        ("RC-2024-0305 and 12345", []),
        ("le 5 août 2024", ["5 août 2024"]),
        ("20240305", ["20240305"]),
        ("20123519", []),
        ("May 5th, 2024.", ["May 5th, 2024"]),
        ("Mar/05/2024", ["Mar/05/2024"]),
    ],
)
def test_dates_are_found_in_running_text(text: str, raws: list[str]) -> None:
    assert [one.raw for one in written(text)] == raws


# ---------------------------------------------------------------- how long it holds


@pytest.mark.parametrize(
    ("rows", "value", "state"),
    [
        (("Issued: 2024-03-05",), date(2027, 3, 4), State.SURE),
        (("Issued: 2024-02-29",), date(2027, 2, 28), State.SURE),
        (("Issued: 2024-03-05", "Valid for two (2) years"), date(2026, 3, 4), State.SURE),
        (("Issued: 2024-03-05", "This certificate is valid for 12 months"), date(2025, 3, 4), State.SURE),
        (("Issued: 2024-03-05", "Valable 3 ans"), date(2027, 3, 4), State.SURE),
        (("Issued: 2024-03-05", "Expires: in 3 years"), date(2027, 3, 4), State.SURE),
        (
            ("Issued: 2024-03-05", "First aid is valid for 3 years and CPR valid for 1 year"),
            date(2025, 3, 4),
            State.UNSURE,
        ),
        (("Issued: 2024-03-05", "Valid for 90 days"), date(2027, 3, 4), State.SURE),
        (("Issued: 2024-03-05", "We meet on 2025-01-01"), date(2027, 3, 4), State.UNSURE),
        (("Issued: 2024-03-05", "Come again 2025-01-01"), date(2027, 3, 4), State.UNSURE),
        (("Issued: 2024-03-05", "Come again 2023-01-01"), date(2027, 3, 4), State.SURE),
        (("Issued: 2024-03-05", "Expires: see back"), None, State.UNSURE),
        (("Issued: 2024-03-05", "Expires:"), None, State.UNSURE),
        (("Issued: 2024-03-05", "Expires: N/A"), None, State.BLANK),
        (("Issued: 2024-03-05", "Expires | does not expire"), None, State.BLANK),
        (("Issued: 2024-03-05", "Expires: 2026-12-31 | never"), date(2026, 12, 31), State.UNSURE),
        (("Issued: 2024-03-05", "Recertify by 2026-12-31"), date(2026, 12, 31), State.SURE),
        (("Certificate no: 12",), None, State.MISSING),
    ],
)
def test_an_expiry_is_printed_computed_or_asked(rows: tuple[str, ...], value: date | None, state: State) -> None:
    document = read(*HEAD, *rows)
    assert (document["expiry_date"].value, document["expiry_date"].state) == (value, state)


def test_a_computed_expiry_says_so() -> None:
    document = read(*HEAD, "Issued: 2024-03-05")
    found = next(finding for finding in document.findings if finding.code == "expiry-computed")
    assert "2027-03-04" in found.says


def test_first_aid_and_bls_hold_for_different_times() -> None:
    document = read(
        "Canadian Red Cross",
        "Certificate",
        "Name: Jane Doe",
        "Course: Standard First Aid and BLS",
        "Issued: 2024-03-05",
    )
    assert (document["expiry_date"].value, document["expiry_date"].state) == (date(2025, 3, 4), State.UNSURE)


def test_first_aid_without_a_level_has_no_usual_time() -> None:
    document = read("Canadian Red Cross", "Certificate", "Name: Jane Doe", "Course: First Aid", "Issued: 2024-03-05")
    assert document["expiry_date"].state is State.MISSING


def test_a_certificate_holds_to_the_day_before_its_anniversary() -> None:
    assert lasting(date(2018, 12, 15), 36) == date(2021, 12, 14)
    assert lasting(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert lasting(date(2024, 2, 29), 48) == date(2028, 2, 28)
