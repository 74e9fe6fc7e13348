from dataclasses import replace

import pytest

from processor.casework.matching import Candidate, Match, Numbered, keys, keys_of, match, number_conflicts
from processor.model import Document, Employer, Kind, Reading, State

NORTH = Employer(
    number=1,
    legal_name="Northwind Roofing Ltd.",
    operating_name="Northwind",
    account="1234567",
    province="MB",
    postal_code="R3B 2E4",
    workers=("Jane Doe", "Luc Roy"),
)
SOUTH = Employer(
    number=2, legal_name="Southern Sky Electric Inc.", account="7654321", province="MB", workers=("Ann Lee",)
)
BOTH = (Candidate(NORTH, ("csam-secor",)), Candidate(SOUTH, ("csam-secor",)))


def paper(kind: Kind = Kind.REGISTRATION, program: str = "csam-secor", **values: Reading | str | None) -> Document:
    readings = tuple(
        replace(v, name=n) if isinstance(v, Reading) else Reading(name=n, value=v) for n, v in values.items()
    )
    return Document(kind=kind, program=program, pages=(1,), readings=readings)


def unsure(value: str) -> Reading:
    return Reading(name="", value=value, state=State.UNSURE)


def codes(found: Match) -> list[str]:
    return [f.code for f in found.findings]


# ---------------------------------------------------------------- by account


def test_the_account_files_a_paper() -> None:
    found = match(paper(wcb_account="12-345 67", legal_name="NORTHWIND ROOFING LIMITED"), BOTH)
    assert found == Match(employer=1)


def test_the_account_alone_is_enough() -> None:
    assert match(paper(Kind.GOOD_STANDING, wcb_account="7654321"), BOTH) == Match(employer=2)


def test_the_operating_name_is_a_name_as_well() -> None:
    assert match(paper(wcb_account="1234567", legal_name="Northwind"), BOTH) == Match(employer=1)


@pytest.mark.parametrize("name", ["Northwind Roofing Inc.", "Nordwind Roofing Ltd.", "Prairie Floors"])
def test_the_same_account_under_another_name_is_filed_and_told(name: str) -> None:
    found = match(paper(wcb_account="1234567", legal_name=name), BOTH)
    assert (found.employer, codes(found)) == (1, ["name-differs"])
    assert found.findings[0].reading == "legal_name"


def test_an_unsure_account_files_nothing() -> None:
    assert codes(match(paper(Kind.AUDIT, wcb_account=unsure("1234567")), BOTH)) == ["no-employer"]


def test_two_with_the_same_account_are_asked_for() -> None:
    twin = Candidate(replace(NORTH, number=3), ("csam-secor",))
    found = match(paper(Kind.AUDIT, wcb_account="1234567"), (*BOTH, twin))
    assert (found.employer, codes(found)) == (0, ["several-employers"])


def test_the_province_tells_two_boards_accounts_apart() -> None:
    twin = Candidate(replace(SOUTH, number=3, account="1234567", province="SK"), ("scsa-secor",))
    document = paper(wcb_account="1234567", province="SK", program="scsa-secor")
    assert match(document, (*BOTH, twin)) == Match(employer=3)


def test_the_same_account_of_another_board_under_another_name_is_a_new_firm_s() -> None:
    document = paper(wcb_account="1234567", legal_name="Prairie Floors", province="SK", program="scsa-secor")
    assert match(document, BOTH) == Match(new=True)


def test_an_employer_that_moved_keeps_its_account() -> None:
    document = paper(wcb_account="1234567", legal_name="Northwind Roofing Ltd.", province="SK")
    assert match(document, BOTH) == Match(employer=1)


def test_the_program_tells_two_boards_accounts_apart() -> None:
    twin = Candidate(replace(SOUTH, number=3, account="1234567", province="SK"), ("scsa-secor",))
    assert match(paper(Kind.AUDIT, "scsa-secor", wcb_account="1234567"), (*BOTH, twin)) == Match(employer=3)


# ---------------------------------------------------------------- by name


def test_the_name_files_a_paper_without_account() -> None:
    assert match(paper(Kind.AUDIT, legal_name="Southern Sky Electric"), BOTH) == Match(employer=2)


def test_the_name_files_a_paper_when_the_register_knows_no_account() -> None:
    known = (Candidate(replace(NORTH, account=""), ()),)
    assert match(paper(wcb_account="999", legal_name="Northwind Roofing Ltd."), known) == Match(employer=1)


def test_an_equal_name_with_another_account_is_asked_for() -> None:
    found = match(paper(wcb_account="999", legal_name="Northwind Roofing Ltd."), BOTH)
    assert (found.employer, found.new, codes(found)) == (0, False, ["account-differs"])
    assert found.findings[0].reading == "wcb_account"


def test_an_equal_name_twice_is_told_apart_by_the_postal_code() -> None:
    twin = Candidate(replace(NORTH, number=3, account="3", postal_code="R2C 0A1"), ("csam-secor",))
    document = paper(Kind.AUDIT, legal_name="Northwind Roofing")
    assert codes(match(document, (*BOTH, twin))) == ["several-employers"]
    with_code = paper(Kind.AUDIT, legal_name="Northwind Roofing", postal_code="R2C 0A1")
    assert match(with_code, (*BOTH, twin)) == Match(employer=3)


def test_a_near_name_is_asked_for() -> None:
    found = match(paper(legal_name="Nortwind Roofing Ltd."), BOTH)
    assert (found.employer, found.new, codes(found)) == (0, False, ["near-name"])
    assert "Northwind Roofing Ltd." in found.findings[0].says


def test_a_name_that_is_near_two_is_asked_for() -> None:
    twin = Candidate(replace(NORTH, number=3, legal_name="Northwind Roofing 2 Ltd.", account=""), ())
    assert codes(match(paper(legal_name="Northwind Roofin Ltd."), (*BOTH, twin))) == ["several-employers"]


def test_a_name_less_near_is_asked_for_at_the_same_address_only() -> None:
    name = "Northwind Roof Works"
    assert codes(match(paper(legal_name=name, postal_code="R3B 2E4"), BOTH)) == ["near-name"]
    assert match(paper(legal_name=name, postal_code="R3B 2E5"), BOTH).new


def test_a_near_name_with_another_account_elsewhere_is_another_firm() -> None:
    document = paper(wcb_account="999", legal_name="Nortwind Roofing Ltd.", postal_code="R2C 0A1")
    assert match(document, BOTH) == Match(new=True)
    here = paper(wcb_account="999", legal_name="Nortwind Roofing Ltd.", postal_code="R3B 2E4")
    assert codes(match(here, BOTH)) == ["near-name"]


# ---------------------------------------------------------------- nobody


def test_a_registration_that_nobody_fits_is_new() -> None:
    assert match(paper(wcb_account="999", legal_name="Prairie Floors"), BOTH) == Match(new=True)
    assert match(paper(legal_name="Prairie Floors"), ()) == Match(new=True)


@pytest.mark.parametrize(
    "document",
    [
        paper(Kind.AUDIT, legal_name="Prairie Floors"),
        paper(Kind.OTHER),
        paper(legal_name=unsure("Prairie Floors")),
        paper(operating_name="Prairie Floors"),
        paper(wcb_account="999"),
    ],
    ids=["audit", "other", "unsure name", "no legal name", "no name"],
)
def test_what_nobody_fits_waits_in_the_pool(document: Document) -> None:
    found = match(document, BOTH)
    assert (found.employer, found.new, codes(found)) == (0, False, ["no-employer"])


# ---------------------------------------------------------------- cards


@pytest.mark.parametrize("kind", [Kind.COURSE, Kind.FIRST_AID])
@pytest.mark.parametrize("holder", ["Jane Doe", "DOE, Jane A.", "jane doe"])
def test_a_card_is_filed_by_the_roster(kind: Kind, holder: str) -> None:
    assert match(paper(kind, "", holder_name=holder), BOTH) == Match(employer=1)


def test_a_holder_on_two_rosters_is_asked_for() -> None:
    other = Candidate(replace(SOUTH, workers=("Jane Doe",)), ())
    assert codes(match(paper(Kind.COURSE, "", holder_name="Jane Doe"), (BOTH[0], other))) == ["several-employers"]


def test_a_near_holder_is_asked_for() -> None:
    found = match(paper(Kind.COURSE, "", holder_name="Jane Deo"), BOTH)
    assert (found.employer, codes(found)) == (0, ["near-name"])
    assert found.findings[0].reading == "holder_name"


def test_a_holder_near_to_people_of_two_employers_is_asked_for() -> None:
    other = Candidate(replace(SOUTH, workers=("Jane Dose",)), ())
    assert codes(match(paper(Kind.COURSE, "", holder_name="Jane Does"), (BOTH[0], other))) == ["several-employers"]


@pytest.mark.parametrize("holder", ["Kim Aster", None, unsure("Jane Doe")])
def test_a_card_of_nobody_waits_in_the_pool(holder: Reading | str | None) -> None:
    assert codes(match(paper(Kind.COURSE, "", holder_name=holder), BOTH)) == ["no-employer"]


# ---------------------------------------------------------------- who may be meant


ALIKE = Candidate(replace(NORTH, number=3, account="3", workers=("Jane Doe", "Jane Deo")), ("csam-secor",))


@pytest.mark.parametrize(
    ("document", "maybe"),
    [
        (paper(legal_name="Nortwind Roofing Ltd."), (1,)),
        (paper(wcb_account="999", legal_name="Northwind Roofing Ltd."), (1,)),
        (paper(Kind.COURSE, "", holder_name="Luc Roi"), (1,)),
        (paper(Kind.AUDIT, wcb_account=unsure("1234567")), (1,)),
        (paper(Kind.AUDIT, legal_name=unsure("Nortwind Roofing")), (1,)),
        (paper(Kind.COURSE, "", holder_name=unsure("Luc Roy")), (1,)),
        (paper(Kind.COURSE, "", holder_name="Kim Aster"), ()),
        (paper(legal_name=unsure("Prairie Floors")), ()),
        (paper(Kind.AUDIT, legal_name="Southern Sky Electric"), ()),
    ],
    ids=["near", "account differs", "holder", "account?", "name?", "holder?", "nobody", "new?", "sure"],
)
def test_a_question_names_who_may_be_meant(document: Document, maybe: tuple[int, ...]) -> None:
    assert match(document, BOTH).maybe == maybe


@pytest.mark.parametrize(
    "document",
    [
        paper(Kind.AUDIT, legal_name="Northwind Roofing"),
        paper(legal_name="Nortwind Roofing Ltd."),
        paper(wcb_account="999", legal_name="Northwind Roofing Ltd."),
        paper(Kind.COURSE, "", holder_name="Jane Doe"),
        paper(Kind.COURSE, "", holder_name="Janet Doe"),
    ],
    ids=["name", "near", "account differs", "holder", "near holder"],
)
def test_all_who_may_be_meant_are_named_once(document: Document) -> None:
    assert match(document, (*BOTH, ALIKE)).maybe == (1, 3)


def test_two_near_people_of_one_employer_are_one_question() -> None:
    found = match(paper(Kind.COURSE, "", holder_name="Jane Does"), (ALIKE,))
    assert (codes(found), found.maybe) == (["near-name"], (3,))


# ---------------------------------------------------------------- keys


def test_a_paper_is_looked_up_by_all_that_it_says() -> None:
    found = keys(
        paper(
            wcb_account=unsure("12-34"),
            legal_name="Northwind Roofing Ltd.",
            operating_name="Northwind",
            postal_code="R3B 2E4",
        )
    )
    assert (found.account, found.names) == ("1234", ("northwind roofing", "northwind"))
    assert (found.postal_code, found.holders) == ("R3B 2E4", ())


def test_a_card_is_looked_up_by_its_holder() -> None:
    found = keys(paper(Kind.COURSE, "", holder_name="Jane Mary Doe", legal_name="x"))
    assert found.holders[0] == "doe jane"
    assert set(found.holders) == {"doe jane", "jane mary", "doe mary"}
    assert found.names == ()


def test_an_employer_is_looked_up_by_all_that_is_known() -> None:
    found = keys_of(replace(NORTH, workers=("Jane Doe", "...")))
    assert (found.account, found.names) == ("1234567", ("northwind roofing", "northwind"))
    assert (found.postal_code, found.holders) == ("R3B 2E4", ("doe jane",))


# ---------------------------------------------------------------- numbers


def test_one_number_under_two_names_is_a_finding_on_both() -> None:
    found = number_conflicts(
        [
            Numbered("FA-12 34", "Jane Doe", "a.1"),
            Numbered("fa1234", "Luc Roy", "b.1"),
            Numbered("FA-99", "Ann Lee", "c.1"),
        ]
    )
    assert {document: f.code for document, f in found.items()} == {
        "a.1": "number-two-holders",
        "b.1": "number-two-holders",
    }
    assert "FA-12 34" in found["a.1"].says


def test_one_number_under_two_spellings_of_one_name_is_none() -> None:
    assert not number_conflicts([Numbered("1", "Jane Doe", "a.1"), Numbered("1", "Doe, Jane A.", "b.1")])


def test_papers_without_a_number_do_not_conflict() -> None:
    assert not number_conflicts([Numbered("", "Jane Doe", "a.1"), Numbered("-", "Luc Roy", "b.1")])
