import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.casework.names import (
    account_key,
    company_key,
    company_keys,
    folded,
    near_company,
    near_person,
    person_key,
    person_keys,
    same_company,
    same_person,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prairie Roofing Ltd.", "PRAIRIE ROOFING LIMITED"),
        ("Prairie Roofing Ltd.", "Prairie Roofing"),
        ("The Prairie Roofing Company", "Prairie Roofing Co."),
        ("Bälz & Søn Inc.", "Balz and Son Incorporated"),
        ("O'Neil  Electric, Corp", "O’Neil Electric Corporation"),
        ("Les Toits Boréal ltée", "Les Toits Boreal Ltd"),
        ("1234567 Canada Ltd. o/a Prairie Roofing", "Prairie Roofing"),
        ("1234567 Canada Ltd. o/a Prairie Roofing", "1234567 Canada Limited"),
        ("Prairie Roofing dba North Roofs", "North Roofs"),
        ("Smith + Sons", "Smith and Sons"),
        ("Ltd.", "ltd"),
    ],
)
def test_spellings_of_one_company_are_one(one: str, other: str) -> None:
    assert same_company(one, other)
    assert same_company(other, one)
    assert set(company_keys(one)) & set(company_keys(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Prairie Roofing Ltd.", "Prairie Roofing Inc."),
        ("Prairie Roofing", "Prairie Roofing 2"),
        ("Prairie Roofing", "Prairie Flooring"),
        ("", ""),
        ("...", "..."),
    ],
)
def test_two_companies_stay_two(one: str, other: str) -> None:
    assert not same_company(one, other)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Prairie Roofing Ltd.", "Prarie Roofing Ltd.", True),
        ("Roofing Prairie", "Prairie Roofing", True),
        ("Prairie Roofing", "Northwind Electric", False),
        ("ABC", "ABD", False),
        ("", "Prairie", False),
    ],
)
def test_a_slip_is_near_and_another_name_is_not(one: str, other: str, near: bool) -> None:  # noqa: FBT001
    assert near_company(one, other) is near


def test_a_name_of_legal_forms_keeps_one_as_its_word() -> None:
    assert company_key("Co. Ltd.") == "co"
    assert company_keys("") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Doe", "DOE, Jane"),
        ("Jane Doe", "Doe Jane"),
        ("Jane A. Doe", "Jane Doe"),
        ("Jane Ann Doe", "Doe, Jane A."),
        ("Mr. José Núñez", "Jose Nunez"),
        ("John Doe Jr.", "John Doe"),
        ("Doe, Jr", "Doe"),
        ("Łukasz Nowak", "Lukasz Nowak"),
        ("Madonna", "madonna"),
        ("Anne-Marie Roy", "Anne Marie Roy"),
    ],
)
def test_spellings_of_one_person_are_one(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)
    assert person_key(other) in person_keys(one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane A. Doe", "Jane B. Doe"),
        ("Jane Doe", "John Doe"),
        ("J. Doe", "Jane Doe"),
        ("Jane", "Jane Doe"),
        ("", "Jane Doe"),
        ("", ""),
        ("Jane Ann Doe", "Jane Beth Doe"),
    ],
)
def test_two_people_stay_two(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Jane Doe", "Jane Deo", True),
        ("J. Doe", "Jane Doe", True),
        ("Luc Roy", "Ann Lee", False),
        ("", "Ann Lee", False),
    ],
)
def test_a_slip_or_an_initial_is_near(one: str, other: str, near: bool) -> None:  # noqa: FBT001
    assert near_person(one, other) is near


def test_the_roster_key_leaves_the_middle_out() -> None:
    assert person_key("Jane Mary Doe") == "doe jane" == person_key("Doe, Jane Mary")
    assert person_key("J. D.") == "d j"
    assert person_key("J. Doe") == "doe j" == person_key("Doe, J.")
    assert "a doe" in person_keys("Doe A J")
    assert person_key("  ") == ""
    assert person_keys("") == ()


def test_an_account_keeps_letters_and_digits() -> None:
    assert account_key(" 12-345 67_a ") == "1234567A"
    assert account_key("１２３") == "123"


@given(st.text(max_size=60))
def test_no_text_makes_names_raise(text: str) -> None:
    for name in (text, f"{text}, {text}"):
        assert folded(folded(name)) == folded(name)
        assert isinstance(company_keys(name), tuple)
        assert isinstance(person_keys(name), tuple)
        account_key(name)


@given(st.text(), st.text())
def test_sameness_has_no_direction(one: str, other: str) -> None:
    assert same_company(one, other) == same_company(other, one)
    assert same_person(one, other) == same_person(other, one)
