from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processor.casework.checks import FIRST_LETTERS, check
from processor.findings import finding
from processor.forms.form import Field, FieldKind, Form, Table
from processor.model import Document, Kind, Reading, Row, State
from tests.rulebook.cases import (
    DAY,
    EMPTY,
    WORKERS,
    audit,
    confirmed,
    course,
    first_aid,
    lost,
    reading,
    registration,
    rows,
    unseen,
    unsure,
)

MB = "csam-secor"


def codes(document: Document, form: Form | None = None, day: date = DAY) -> list[tuple[str, str]]:
    return [(f.code, f.reading) for f in check(document, form, day)]


def form_of(kind: Kind, *required: str, room: int = 0) -> Form:
    names = (*required, "email")
    fields = tuple(Field(name=n, kind=FieldKind.TEXT, required=n in required) for n in names)
    tables = (Table(name="sites", rows=()), Table(name="workers", rows=((),) * room)) if room else ()
    return Form(name="f", title="F", version="1", kind=kind, pages=((612.0, 792.0),), fields=fields, tables=tables)


@pytest.mark.parametrize(
    "document",
    [registration(MB), audit(MB), course(), first_aid(), Document(kind=Kind.OTHER, pages=(1,))],
    ids=["registration", "audit", "course", "first aid", "other"],
)
def test_a_clean_paper_has_no_findings(document: Document) -> None:
    assert codes(document) == []


# ---------------------------------------------------------------- signed, dated, filled in


@pytest.mark.parametrize("box", [None, False], ids=["empty", "no ink"])
@pytest.mark.parametrize(
    ("document", "name", "code"),
    [
        (registration(MB), "agreement_signed", "unsigned"),
        (audit(MB), "auditor_signed", "auditor-unsigned"),
        (audit(MB), "officer_signed", "officer-unsigned"),
    ],
    ids=["employer", "auditor", "officer"],
)
def test_a_missing_signature_is_found(document: Document, name: str, code: str, box: bool | None) -> None:  # noqa: FBT001
    spoilt = document.corrected(name, reading(name, box))
    assert codes(spoilt) == [(code, name)]
    assert check(spoilt, None, DAY)[0].box == spoilt[name].box


@pytest.mark.parametrize("box", [unsure(), unseen(), lost(), confirmed(value=True)])
def test_a_signature_that_we_did_not_see_missing_is_not_found_missing(box: Reading) -> None:
    assert codes(registration(MB, agreement_signed=box)) == []


def test_a_signature_without_a_day_is_found() -> None:
    assert codes(registration(MB, signature_date=None)) == [("undated", "signature_date")]
    assert codes(audit(MB, signature_date=None)) == [("undated", "signature_date")]


def test_an_empty_required_field_is_found() -> None:
    form = form_of(Kind.REGISTRATION, "phone", "agreement_signed", "signature_date")
    document = registration(MB, phone=None, email=None, agreement_signed=None, signature_date=None)
    found = codes(document, form)
    assert sorted(found) == [("field-blank", "phone"), ("undated", "signature_date"), ("unsigned", "agreement_signed")]


def test_an_empty_field_of_the_information_sheet_is_found() -> None:
    form = form_of(Kind.AUDIT, "auditor_name", "audit_type")
    found = codes(audit(MB, None, auditor_name=None), form)
    assert sorted(found) == [("audit-blank", "auditor_name"), ("audit-type-unmarked", "audit_type")]


def test_a_field_that_the_page_does_not_show_is_not_blank() -> None:
    assert codes(registration(MB, phone=unseen()), form_of(Kind.REGISTRATION, "phone")) == []


def test_what_is_known_already_is_not_said_twice() -> None:
    document = registration(MB, signature_date=None)
    again = replace(document, findings=(finding("undated", reading="signature_date"),))
    assert codes(again) == []


def test_an_audit_without_any_site_is_found() -> None:
    def sites(*locations: Any) -> Document:  # noqa: ANN401
        return audit(MB).corrected("sites", Reading(name="sites", value=rows([{"location": x} for x in locations])))

    assert codes(sites(None, None)) == [("audit-blank", "sites[1].location")]
    assert codes(sites(None, "Elm St")) == []
    assert codes(sites(unsure(), None)) == []


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (registration(MB), "signature_date"),
        (audit(MB), "audit_date"),
        (audit(MB), "date_submitted"),
        (course(), "issue_date"),
        (first_aid(), "issue_date"),
    ],
)
def test_a_day_ahead_is_found_and_today_is_not(document: Document, name: str) -> None:
    assert codes(document.corrected(name, reading(name, date(2026, 11, 25)))) == [("future-date", name)]
    assert codes(document.corrected(name, reading(name, DAY))) == []
    assert codes(document.corrected(name, reading(name, unsure(date(2027, 1, 1))))) == []


def test_a_certificate_may_expire_ahead_but_not_before_it_was_issued() -> None:
    assert codes(first_aid(expiry_date=date(2025, 2, 28))) == [("dates-reversed", "expiry_date")]
    assert codes(first_aid(expiry_date=date(2025, 3, 1))) == []
    assert codes(first_aid(expiry_date=unsure(date(2020, 1, 1)))) == []


# ---------------------------------------------------------------- roster


@pytest.mark.parametrize(
    ("count", "short"), [(2, True), (3, False), (4, True), (None, False), (unsure(4), False), ("three", False)]
)
def test_count_and_roster_must_agree(count: Any, short: bool) -> None:  # noqa: ANN401, FBT001
    expected = [("roster-short", "employee_count")] if short else []
    assert codes(registration(MB, employee_count=count)) == expected


@pytest.mark.parametrize(("listed", "short"), [(9, True), (10, False)])
def test_a_full_roster_cannot_list_more(listed: int, short: bool) -> None:  # noqa: FBT001
    workers = [{**WORKERS[1], "name": f"Luc Roy {chr(65 + i)}"} for i in range(listed)]
    document = registration(MB, workers, employee_count=12)
    expected = [("roster-short", "employee_count")] if short else []
    assert codes(document, form_of(Kind.REGISTRATION, room=10)) == expected


def test_a_roster_that_we_did_not_see_is_not_short() -> None:
    assert codes(registration(MB, workers_unread=unseen())) == []


def test_a_row_without_a_name_is_found() -> None:
    nameless = {**WORKERS[1], "name": None}
    assert codes(registration(MB, [WORKERS[0], nameless])) == [("field-blank", "workers[2].name")]


def test_a_smudge_in_an_empty_row_is_nobody() -> None:
    smudged = {**EMPTY, "owner_or_senior": unsure()}
    document = registration(MB, [*WORKERS, smudged], employee_count=3)
    assert codes(document) == []


def test_an_unsure_name_is_somebody() -> None:
    document = registration(MB, [*WORKERS, {**EMPTY, "name": unsure()}], employee_count=4)
    assert codes(document) == []


# ---------------------------------------------------------------- postal codes


@pytest.mark.parametrize(("province", "letters"), FIRST_LETTERS.items())
def test_a_postal_code_begins_as_its_province_does(province: str, letters: str) -> None:
    for letter in "ABCEGHJKLMNPRSTVXY":
        document = registration(MB, province=province, postal_code=f"{letter}1A 1A1")
        expected = [] if letter in letters else [("postal-province", "postal_code")]
        assert codes(document) == expected


@pytest.mark.parametrize("code", [None, unsure("S4N 6E3"), 12, ""])
def test_a_postal_code_that_is_not_known_is_not_compared(code: Any) -> None:  # noqa: ANN401
    assert codes(registration(MB, postal_code=code)) == []


@pytest.mark.parametrize("province", [None, unsure("SK"), "ZZ"])
def test_a_province_that_is_not_known_is_not_compared(province: Any) -> None:  # noqa: ANN401
    assert codes(registration(MB, province=province)) == []


# ---------------------------------------------------------------- whatever it holds


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("value", [None, "x", 3, True, DAY, (), rows([{"name": 3}])])
def test_no_value_makes_a_check_raise(kind: Kind, state: State, value: Any) -> None:  # noqa: ANN401
    names = ("agreement_signed", "signature_date", "employee_count", "workers", "postal_code", "province", "sections",
             "items", "audit_type", "issue_date", "expiry_date", "total_awarded")  # fmt: skip
    readings = tuple(Reading(name=n, value=value, state=state) for n in names)
    check(Document(kind=kind, pages=(1,), readings=readings), form_of(kind, *names, room=3), DAY)


def test_an_empty_row_is_no_person() -> None:
    table = Reading(name="workers", value=(Row(()),))
    assert ("roster-short", "employee_count") in codes(
        Document(kind=Kind.REGISTRATION, pages=(1,), readings=(table, Reading(name="employee_count", value=1)))
    )
