from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.casework.scores import amount, arithmetic, parts, percent, printable, said, shown
from processor.forms.form import Form, Item, Section
from processor.model import Document, Kind, Reading
from tests.rulebook.cases import audit, confirmed, lost, reading, rows, section, unseen, unsure

MB = "csam-secor"
FORM = Form(
    name="csam-audit",
    title="Audit",
    version="1",
    kind=Kind.AUDIT,
    pages=((612.0, 792.0),),
    sections=(
        Section(number=1, name="Policy", items=tuple(Item(number=n, text="?", points=5) for n in ("1.1", "1.2"))),
    ),
)  # fmt: skip


def item(number: str, awarded: Any = 5, **changed: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"number": number, "awarded": awarded, "not_applicable": False, "comment": None, **changed}


def sheet(sections: list[dict[str, Any]], items: list[dict[str, Any]] | None = None, /, **changed: Any) -> Document:  # noqa: ANN401
    document = audit(MB, "self", sections, **changed)
    return document.corrected("items", Reading(name="items", value=rows(items))) if items else document


def codes(document: Document, form: Form | None = None) -> list[tuple[str, str]]:
    return [(f.code, f.reading) for f in arithmetic(document, form)]


def test_an_audit_that_adds_up_has_no_findings() -> None:
    items = [item("1.1"), item("1.2", 4)]
    assert codes(sheet([section(1, 9, 10)], items), FORM) == []


# ---------------------------------------------------------------- a section by itself


def test_a_section_without_score_is_found() -> None:
    assert codes(sheet([section(1), section(2, None, percent=None)])) == [("score-blank", "sections[2].awarded")]


def test_a_section_with_nothing_possible_needs_no_score() -> None:
    out = section(2, None, 0, available=20, not_applicable=20, percent=None)
    assert codes(sheet([section(1), out], total_possible=20, total_awarded=18, overall_percent=90)) == []


@pytest.mark.parametrize(("awarded", "found"), [(20, False), (21, True)])
def test_no_more_than_is_possible_can_be_awarded(awarded: int, found: bool) -> None:  # noqa: FBT001
    expected = [("awarded-over-possible", "sections[1].awarded")] if found else []
    assert codes(sheet([section(1, awarded, 20)])) == expected


def test_a_zero_and_an_n_a_of_a_section_want_a_comment() -> None:
    bare = section(2, 0, 15, available=20, not_applicable=5, comment=None)
    found = codes(sheet([section(1), bare]))
    expected = [
        ("zero-unexplained", "sections[2].awarded"),
        ("not-applicable-unexplained", "sections[2].not_applicable"),
    ]
    assert found == expected
    assert codes(sheet([section(1), {**bare, "comment": "no vehicles"}])) == []
    assert codes(sheet([section(1), {**bare, "comment": unseen()}])) == []
    assert codes(sheet([section(1), {**bare, "comment": unsure()}])) == []


def test_a_section_with_points_and_without_n_a_wants_no_comment() -> None:
    assert codes(sheet([section(1, comment=None)])) == []


# ---------------------------------------------------------------- items


def test_an_item_without_score_is_found() -> None:
    items = [item("1.1"), item("1.2", None)]
    assert codes(sheet([section(1, 9, 10)], items), FORM) == [("score-blank", "items[2].awarded")]


def test_an_item_whose_n_a_is_unsure_is_not_blank_for_sure() -> None:
    items = [item("1.1"), item("1.2", None, not_applicable=unsure())]
    assert codes(sheet([section(1, 9, 10)], items), FORM) == []


def test_an_item_cannot_bring_more_than_the_form_gives() -> None:
    items = [item("1.1", 4), item("1.2", 6)]
    document = sheet([section(1, 10, 10)], items)
    assert codes(document, FORM) == [("awarded-over-possible", "items[2].awarded")]
    assert codes(document) == []


def test_a_zero_of_an_item_wants_a_comment() -> None:
    items = [item("1.1"), item("1.2", 0)]
    assert codes(sheet([section(1, 5, 10)], items), FORM) == [("zero-unexplained", "items[2].awarded")]
    items[1]["comment"] = "not seen"
    assert codes(sheet([section(1, 5, 10)], items), FORM) == []


def test_an_n_a_of_an_item_wants_a_comment() -> None:
    items = [item("1.1"), item("1.2", None, not_applicable=True)]
    whole = section(1, 5, 5, available=10, not_applicable=5)
    assert codes(sheet([whole], items), FORM) == [("not-applicable-unexplained", "items[2].not_applicable")]
    items[1]["comment"] = "nobody works at heights"
    assert codes(sheet([whole], items), FORM) == []


# ---------------------------------------------------------------- sums


def test_items_must_add_up_to_the_section() -> None:
    items = [item("1.1"), item("1.2", 4)]
    [found] = arithmetic(sheet([section(1, 8, 10)], items), FORM)
    assert (found.code, found.reading) == ("sums-differ", "sections[1].awarded")
    assert found.says == "Section 1, Part 1, points awarded: the sheet says 8, the scores add up to 9."


@pytest.mark.parametrize("spoilt", [unsure(4), unsure(), unseen(), lost()])
def test_an_unsure_score_never_makes_a_sum_differ(spoilt: Reading) -> None:
    items = [item("1.1"), item("1.2", spoilt)]
    assert codes(sheet([section(1, 8, 10)], items), FORM) == []
    assert codes(sheet([section(1), section(2, spoilt)], total_possible=40, total_awarded=7, overall_percent=1)) == []
    assert codes(sheet([section(1, 18, spoilt, available=spoilt)], total_possible=3, overall_percent=1)) == []


def test_what_a_person_confirmed_is_compared() -> None:
    items = [item("1.1"), item("1.2", confirmed(3))]
    assert codes(sheet([section(1, 9, 10)], items), FORM) == [("sums-differ", "sections[1].awarded")]


def test_n_a_is_taken_out_of_possible() -> None:
    wrong = section(1, 9, 20, available=20, not_applicable=5, percent=60)
    [found] = arithmetic(sheet([wrong], total_possible=15, overall_percent=60))
    assert (found.code, found.reading) == ("sums-differ", "sections[1].possible")


def test_the_n_a_of_the_items_must_be_the_section_s() -> None:
    items = [item("1.1"), item("1.2", None, not_applicable=True, comment="none here")]
    missed = section(1, 5, 10, not_applicable=None)
    [found] = arithmetic(sheet([missed], items), FORM)
    assert (found.code, found.reading) == ("sums-differ", "sections[1].not_applicable")
    assert "says 0, the scores add up to 5" in found.says
    items[1]["not_applicable"] = unsure(value=True)
    assert codes(sheet([missed], items), FORM) == []


def test_an_item_that_the_form_does_not_know_takes_nothing_out() -> None:
    items = [item("1.1"), item("1.9", None, not_applicable=True, comment="none here")]
    assert codes(sheet([section(1, 5, 10)], items), FORM) == []


@pytest.mark.parametrize(
    ("name", "value"), [("total_awarded", 35), ("total_possible", 41), ("overall_percent", Decimal("91.1"))]
)
def test_sections_must_add_up_to_the_totals(name: str, value: object) -> None:
    assert codes(sheet([section(1), section(2)], **{name: value})) == [("sums-differ", name)]


@pytest.mark.parametrize("printed", [45, 46, Decimal("45.8"), Decimal("45.9"), Decimal("45.83"), Decimal("45.84")])
def test_a_percentage_may_be_cut_off_or_rounded_half_up(printed: Any) -> None:  # noqa: ANN401
    exact = Fraction(4584, 100) if printed in (46, Decimal("45.84")) else Fraction(45835, 1000)
    assert Fraction(printed) in printable(exact) | printable(Fraction(4585, 100))


@pytest.mark.parametrize(
    ("printed", "right"),
    [(33, True), (Decimal("33.3"), True), (Decimal("33.33"), True), (34, False), (Decimal("33.4"), False), (66, False)],
)
def test_a_printed_percentage_is_compared_with_the_points(printed: Any, right: bool) -> None:  # noqa: ANN401, FBT001
    document = sheet([section(1, 1, 3, percent=printed)], overall_percent=unseen())
    assert codes(document) == ([] if right else [("sums-differ", "sections[1].percent")])


def test_two_thirds_may_be_66_or_67() -> None:
    assert {Fraction(66), Fraction(67), Fraction(666, 10), Fraction(667, 10), Fraction(6666, 100), Fraction(6667, 100),
            Fraction(200, 3)} == printable(Fraction(200, 3))  # fmt: skip


def test_a_percentage_of_nothing_is_not_compared() -> None:
    out = section(2, 0, 0, percent=0)
    assert codes(sheet([section(1), out], total_possible=20, total_awarded=18, overall_percent=90)) == []


# ---------------------------------------------------------------- nobody scored it


@pytest.mark.parametrize("score", [None, 0])
def test_an_audit_that_nobody_scored_is_one_finding(score: int | None) -> None:
    document = sheet([section(n, score, comment=None, percent=None) for n in (1, 2)])
    [found] = arithmetic(document)
    assert (found.code, found.page) == ("audit-unscored", 1)


def test_one_score_is_a_score() -> None:
    found = codes(sheet([section(1, 0, comment="none"), section(2, 1)]))
    assert found == []


def test_scores_that_we_did_not_see_are_not_missing() -> None:
    assert codes(sheet([section(1, unseen())])) == []
    assert codes(Document(kind=Kind.AUDIT, pages=(1,))) == []


# ---------------------------------------------------------------- parts


def test_an_unsure_section_is_what_its_items_add_up_to() -> None:
    [part] = parts(sheet([section(1, unsure(3), 10)], [item("1.1"), item("1.2", 4), item("2.1", 1)]))
    assert part.awarded == 9
    assert len(part.items) == 2


def test_a_blank_section_is_not_filled_from_its_items() -> None:
    [part] = parts(sheet([section(1, None, 10)], [item("1.1")]))
    assert part.awarded is None


def test_possible_is_taken_from_the_sheet_where_available_is_not_known() -> None:
    [part] = parts(sheet([section(1, 9, 10, available=unseen())]))
    assert part.possible == 10


def test_a_section_without_number_or_name_is_called_by_its_place() -> None:
    [part] = parts(sheet([section(1, number=None, name=None)]))
    assert part.title == "Section 1"


def test_numbers_are_read_exactly_or_not_at_all() -> None:
    assert amount(reading("a", Decimal("4.5"))) == Fraction(9, 2)
    for nonsense in (True, "5", None, 10**12, Decimal("1e30"), Decimal("-1e12"), unsure(5)):
        assert amount(reading("a", nonsense)) is None


def test_a_number_that_is_none_is_not_read() -> None:
    assert amount(Reading(name="a", value=Decimal("NaN"))) is None
    assert amount(Reading(name="a", value=Decimal("Infinity"))) is None


def test_points_are_said_as_people_write_them() -> None:
    assert [said(Fraction(n)) for n in ("9", "4.5", "4.25", "0", "-0.5", "10", "1/3")] == [
        "9", "4.5", "4.25", "0", "-0.5", "10", "0.33",
    ]  # fmt: skip
    assert shown(reading("a", Decimal("6.2"))) == "6.2"
    assert shown(reading("a", unsure("6.2"))) == ""


@pytest.mark.parametrize(
    ("exact", "text"), [("79.99", "79.9 %"), ("80", "80.0 %"), ("49.999", "49.9 %"), ("45", "45.0 %")]
)
def test_a_percentage_is_never_said_higher_than_it_is(exact: str, text: str) -> None:
    assert percent(Fraction(exact)) == text


@given(st.fractions(min_value=0, max_value=100))
def test_a_percentage_printed_the_usual_ways_is_accepted(exact: Fraction) -> None:
    assert {Fraction((exact * 10) // 1, 10), exact, Fraction(exact // 1)} <= printable(exact)
    assert all(abs(p - exact) < 1 for p in printable(exact))
