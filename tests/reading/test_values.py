"""One closed parser a kind: a value or a reason, never an exception and never a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processor.findings import CODES
from processor.forms.form import FieldKind
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Callable

KINDS = st.sampled_from(list(FieldKind))


@given(KINDS, st.text())
@settings(max_examples=400, deadline=None)
@example(FieldKind.COUNT, "9" * 5000)
@example(FieldKind.DATE, "9" * 5000)
@example(FieldKind.MONEY, "1" * 5000)
@example(FieldKind.PHONE, "3" * 5000)
@example(FieldKind.ACCOUNT, "٣٤٥")
@example(FieldKind.COUNT, "٣")
@example(FieldKind.PERCENT, "٨٠")
@example(FieldKind.PERSON, "\0")
@example(FieldKind.TEXT, "a\u2028b")
@example(FieldKind.DATE, "2026\u202811\u202824")
@example(FieldKind.PHONE, "+")
def test_whatever_is_written_there_is_a_value_or_a_reason(kind: FieldKind, raw: str) -> None:
    parsed = parse(kind, raw)
    assert (parsed.value is None) == bool(parsed.code)
    assert not parsed.code or parsed.code in CODES


@given(KINDS, st.text(alphabet="0123456789 -/.,$%+()@abcxyzABCJanuryMé?", max_size=24))
@settings(max_examples=400, deadline=None)
def test_what_looks_nearly_right_is_a_value_or_a_reason(kind: FieldKind, raw: str) -> None:
    parsed = parse(kind, raw)
    assert (parsed.value is None) == bool(parsed.code)


@pytest.mark.parametrize("kind", list(FieldKind))
def test_blank_text_has_no_value(kind: FieldKind) -> None:
    assert parse(kind, " \u00a0\n").code == "field-blank"


TAKEN: list[tuple[FieldKind, str, object]] = [
    (FieldKind.TEXT, " 12  Main\nSt. ", "12 Main St."),
    (FieldKind.TEXT, "Rue de l'E\u0301cole", "Rue de l'École"),
    (FieldKind.PERSON, "Łucja O'Brien-Ødegård", "Łucja O'Brien-Ødegård"),
    (FieldKind.PERSON, "דוד כהן", "דוד כהן"),
    (FieldKind.PERSON, "Олена (Olena)", "Олена (Olena)"),
    (FieldKind.PERSON, "Bo", "Bo"),
    (FieldKind.ORGANISATION, "X", "X"),
    (FieldKind.ORGANISATION, "7 Oaks & <Sons> #2", "7 Oaks & <Sons> #2"),
    (FieldKind.ACCOUNT, "718 2904-a", "7182904A"),
    (FieldKind.ACCOUNT, "7 1 8 2 9 0 4", "7182904"),
    (FieldKind.INDUSTRY_CODE, "b 11", "B11"),
    (FieldKind.INDUSTRY_CODE, "40203", "40203"),
    (FieldKind.BUSINESS_NUMBER, "123 456 789 rt 0001", "123456789RT0001"),
    (FieldKind.BUSINESS_NUMBER, "123456789", "123456789"),
    (FieldKind.PROVINCE, "sk", "SK"),
    (FieldKind.PROVINCE, "Man.", "MB"),
    (FieldKind.PROVINCE, "Québec", "QC"),
    (FieldKind.PROVINCE, "île-du-prince-édouard", "PE"),
    (FieldKind.POSTAL_CODE, "s4n6e3", "S4N 6E3"),
    (FieldKind.POSTAL_CODE, "S 4 N 6 E 3", "S4N 6E3"),
    (FieldKind.PHONE, "(306) 555-0142", "306-555-0142"),
    (FieldKind.PHONE, "1.204.555.0199", "204-555-0199"),
    (FieldKind.PHONE, "+1 204 555 0199 ext. 12", "204-555-0199 ext. 12"),
    (FieldKind.PHONE, "204-555-0199 poste 7", "204-555-0199 ext. 7"),
    (FieldKind.PHONE, "212-555-0123", "212-555-0123"),
    (FieldKind.EMAIL, " Ann.Bear+x@Prairie.EXAMPLE ", "Ann.Bear+x@prairie.example"),
    (FieldKind.EMAIL, "info@électrique.example", "info@électrique.example"),
    (FieldKind.COUNT, "09", 9),
    (FieldKind.COUNT, "0", 0),
    (FieldKind.POINTS, "3", Decimal(3)),
    (FieldKind.POINTS, "3,5", Decimal("3.5")),
    (FieldKind.PERCENT, "80", Decimal(80)),
    (FieldKind.PERCENT, "80 %", Decimal(80)),
    (FieldKind.PERCENT, "79.9%", Decimal("79.9")),
    (FieldKind.PERCENT, "79,96", Decimal("79.96")),
    (FieldKind.PERCENT, "0", Decimal(0)),
    (FieldKind.PERCENT, "0.8 %", Decimal("0.8")),
    (FieldKind.PERCENT, "100", Decimal(100)),
    (FieldKind.MONEY, "$1,234.50", Decimal("1234.50")),
    (FieldKind.MONEY, "1 234,50 $", Decimal("1234.50")),
    (FieldKind.MONEY, "1\u00a0234,50\u00a0$", Decimal("1234.50")),
    (FieldKind.MONEY, "1 234.50", Decimal("1234.50")),
    (FieldKind.MONEY, "980", Decimal(980)),
    (FieldKind.TICK, "Yes", True),
    (FieldKind.TICK, "Off", False),
    (FieldKind.SIGNATURE, "A. Bear", True),
    (FieldKind.SIGNATURE, "Not signed", False),
    (FieldKind.SIGNATURE, "no", False),
    (FieldKind.PERSON, "Na Young-hee", "Na Young-hee"),
    (FieldKind.ORGANISATION, "Ditto Signs", "Ditto Signs"),
    (FieldKind.CHOICE, "anything", "anything"),
]


@pytest.mark.parametrize(("kind", "raw", "value"), TAKEN, ids=[f"{kind}-{raw}" for kind, raw, _ in TAKEN])
def test_a_value_is_taken_as_it_is_meant(kind: FieldKind, raw: str, value: object) -> None:
    parsed = parse(kind, raw)
    assert (parsed.value, parsed.code) == (value, "")


REFUSED = [
    (FieldKind.PERSON, "12345"),
    (FieldKind.PERSON, "a"),
    (FieldKind.PERSON, "㔿e Šimi㼀"),
    (FieldKind.PERSON, "?ucja Bear"),
    (FieldKind.PERSON, "Bear ?"),
    (FieldKind.PERSON, "a" * 201),
    (FieldKind.PERSON, "B\ufffdar"),
    (FieldKind.PERSON, "Bear \ue000"),
    (FieldKind.PERSON, "㼀㤀⌀Ⰰ Āက ⌀ༀ☀ ─"),
    (FieldKind.TEXT, "Montr?al"),
    (FieldKind.TEXT, "nul\0"),
    (FieldKind.ACCOUNT, "none"),
    (FieldKind.ACCOUNT, "1234567 7654321"),
    (FieldKind.ACCOUNT, "123/456"),
    (FieldKind.ACCOUNT, "1" * 21),
    (FieldKind.INDUSTRY_CODE, "4O203"),
    (FieldKind.INDUSTRY_CODE, "4020"),
    (FieldKind.BUSINESS_NUMBER, "12345678"),
    (FieldKind.PROVINCE, "Montana"),
    (FieldKind.POSTAL_CODE, "S4N 6EO"),
    (FieldKind.POSTAL_CODE, "S4N 6E3 Canada"),
    (FieldKind.POSTAL_CODE, "90210"),
    (FieldKind.POSTAL_CODE, "D4N 6E3"),
    (FieldKind.PHONE, "555-0142"),
    (FieldKind.PHONE, "3O6-555-0142"),
    (FieldKind.PHONE, "+44 20 7946 0958"),
    (FieldKind.PHONE, "000 000 0000"),
    (FieldKind.PHONE, "+()-() . +"),
    (FieldKind.PHONE, "(((((((((("),
    (FieldKind.PHONE, "306-555-0142 / 204-555-0199"),
    (FieldKind.EMAIL, "ann at prairie.example"),
    (FieldKind.EMAIL, "a@b.example, c@d.example"),
    (FieldKind.EMAIL, ".ann@prairie.example"),
    (FieldKind.EMAIL, "a..b@prairie.example"),
    (FieldKind.EMAIL, "a" * 300 + "@prairie.example"),
    (FieldKind.COUNT, "nine"),
    (FieldKind.COUNT, "9 people"),
    (FieldKind.COUNT, "1 2"),
    (FieldKind.COUNT, "10000"),
    (FieldKind.COUNT, "9" + " " * 60 + "8"),
    (FieldKind.COUNT, "-1"),
    (FieldKind.POINTS, "3.25"),
    (FieldKind.POINTS, "3/5"),
    (FieldKind.PERCENT, "0.8"),
    (FieldKind.PERCENT, "0.8?"),
    (FieldKind.PERCENT, "1"),
    (FieldKind.PERCENT, "101"),
    (FieldKind.PERCENT, "eighty"),
    (FieldKind.MONEY, "1.234,50"),
    (FieldKind.MONEY, "-5"),
    (FieldKind.TICK, "perhaps"),
    (FieldKind.SIGNATURE, "---"),
    (FieldKind.SIGNATURE, "X"),
    (FieldKind.SIGNATURE, "N/A"),
    (FieldKind.SIGNATURE, "sign here"),
    (FieldKind.SIGNATURE, "Not slgned"),
    (FieldKind.SIGNATURE, "Ann Bear refused to sign"),
    (FieldKind.SIGNATURE, "will not sign"),
    (FieldKind.SIGNATURE, "Signature on file"),
    (FieldKind.PERSON, "N/A"),
    (FieldKind.PERSON, "same as above"),
    (FieldKind.ORGANISATION, "None"),
    (FieldKind.ORGANISATION, "Sans  objet"),
]


@pytest.mark.parametrize(("kind", "raw"), REFUSED, ids=[f"{kind}-{raw[:20]}" for kind, raw in REFUSED])
def test_what_is_not_quite_a_value_is_never_put_right_silently(kind: FieldKind, raw: str) -> None:
    parsed = parse(kind, raw)
    assert parsed.value is None
    assert parsed.code == "unclear-value"
    assert parsed.expected


def test_a_choice_is_one_of_its_choices_whatever_the_case() -> None:
    assert parse(FieldKind.CHOICE, "SELF", choices=("self", "independent")).value == "self"
    assert parse(FieldKind.CHOICE, "both", choices=("self", "independent")).expected == "one of: self, independent"


def test_a_tick_may_be_stored_under_a_name_of_its_own() -> None:
    assert parse(FieldKind.TICK, "MB-9", choices=("MB-9",)).value is True


# ---------------------------------------------------------------- dates

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905
ENGLISH = ("January February March April May June July August September October November December").split()  # noqa: SIM905
PRINTED: dict[str, Callable[[date], str]] = {
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    "short": lambda d: f"{d.year}-{d.month}-{d.day}",
    "packed": lambda d: f"{d.year}{d.month:02d}{d.day:02d}",
    "comb": lambda d: " ".join(d.isoformat()),
    "comb-packed": lambda d: " ".join(f"{d.year}{d.month:02d}{d.day:02d}"),
    "DD-Mon-YYYY": lambda d: f"{d.day:02d}-{ENGLISH[d.month - 1][:3]}-{d.year}",
    "Month D, YYYY": lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    "Mon. D, YYYY": lambda d: f"{ENGLISH[d.month - 1]} {d.day}th, {d.year}",
    "D Month YYYY": lambda d: f"{d.day} {ENGLISH[d.month - 1].upper()} {d.year}",
    "D mois YYYY": lambda d: f"{d.day} {FRENCH[d.month - 1]} {d.year}",
    "YYYY Mon DD": lambda d: f"{d.year}-{ENGLISH[d.month - 1][:3]}-{d.day:02d}",
}


@given(DAYS, st.sampled_from(sorted(PRINTED)))
@settings(deadline=None)
def test_a_day_printed_in_any_order_without_doubt_comes_back(day: date, order: str) -> None:
    assert parse(FieldKind.DATE, PRINTED[order](day)).value == day


@given(
    DAYS, st.sampled_from(["{m:02d}/{d:02d}/{y}", "{d:02d}/{m:02d}/{y}", "{d}-{m}-{y}", "{m}.{d}.{y}", "{d} {m} {y}"])
)
@settings(deadline=None)
def test_numbers_with_the_year_last_are_a_day_only_when_one_order_fits(day: date, pattern: str) -> None:
    parsed = parse(FieldKind.DATE, pattern.format(y=day.year, m=day.month, d=day.day))
    if day.day > 12 or day.day == day.month:
        assert parsed.value == day
    else:
        assert parsed.code == "ambiguous-date"
        assert str(day.day) in parsed.guesses


def test_both_days_of_an_ambiguous_date_are_named() -> None:
    assert parse(FieldKind.DATE, "03/04/2026").guesses == "3 April 2026 or 4 March 2026"


@pytest.mark.parametrize("raw", ["2026-02-30", "31/04/2026", "13/13/2026", "2026-00-10", "February 30, 2026",
                                 "29 février 2025", "1026-03-04", "00/05/2026", "20032026"])  # fmt: skip
def test_a_date_that_does_not_exist_is_said_to_be_impossible(raw: str) -> None:
    assert parse(FieldKind.DATE, raw).code == "impossible-date"


@pytest.mark.parametrize("raw", ["03/04/26", "26-11-24", "Mar 2026", "soon", "24 Nonember 2026", "2026-11", "11242026",
                                 "Tuesday", "2 0 2 6", "٢٠٢٦-١١-٢٤", "x" * 100])  # fmt: skip
def test_a_date_that_cannot_be_told_is_unclear(raw: str) -> None:
    assert parse(FieldKind.DATE, raw).code == "unclear-value"


def test_first_of_the_month_in_french_is_a_day() -> None:
    assert parse(FieldKind.DATE, "1er août 2026").value == date(2026, 8, 1)
