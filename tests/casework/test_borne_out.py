from dataclasses import replace
from datetime import date

from processor.casework.borne_out import borne_out
from processor.casework.matching import Candidate, match
from processor.findings import finding
from processor.model import Document, Employer, Kind, Reading, Registration, State

NORTH = Employer(
    number=1, legal_name="Northwind Roofing Ltd.", operating_name="North", account="1234567", workers=("Jane Doe", "Bo")
)
SOUTH = Employer(number=2, legal_name="Southern Sky Inc.", account="7654321", workers=("Ann Leekens",))


def unsure(name: str, value: str, doubt: str = "unsure-reading") -> Reading:
    return Reading(name=name, value=value, state=State.UNSURE, doubt=doubt, confidence=0.8)


def paper(*readings: Reading, kind: Kind = Kind.AUDIT) -> Document:
    found = tuple(finding(r.doubt, reading=r.name) for r in readings if r.doubt == "unsure-reading")
    return Document(kind=kind, pages=(1,), readings=readings, findings=found)


def states(document: Document) -> dict[str, State]:
    return {r.name: r.state for r in document.readings}


def test_the_very_name_that_the_register_knows_is_sure() -> None:
    told = borne_out(paper(unsure("legal_name", "northwind roofing ltd")), [SOUTH, NORTH])
    assert states(told) == {"legal_name": State.SURE}
    assert told["legal_name"].confidence >= 0.999
    assert told.findings == ()


def test_a_letter_off_stays_unsure() -> None:
    document = paper(unsure("legal_name", "Northwlnd Roofing Ltd."))
    assert borne_out(document, [NORTH]) == document


def test_an_account_is_borne_out_only_beside_the_name() -> None:
    alone = paper(unsure("wcb_account", "123-4567"))
    assert borne_out(alone, [NORTH]) == alone
    named = paper(unsure("wcb_account", "123-4567"), Reading(name="legal_name", value="Northwind Roofing Ltd."))
    assert states(borne_out(named, [NORTH]))["wcb_account"] is State.SURE
    others = paper(unsure("wcb_account", "7654321"), Reading(name="legal_name", value="Northwind Roofing Ltd."))
    assert states(borne_out(others, [NORTH, SOUTH]))["wcb_account"] is State.UNSURE


def test_a_holder_who_stands_on_the_roster_is_sure_and_files_the_card() -> None:
    card = paper(unsure("holder_name", "Jane Doe"), kind=Kind.FIRST_AID)
    assert states(borne_out(card, [NORTH])) == {"holder_name": State.SURE}
    assert match(card, (Candidate(NORTH), Candidate(SOUTH))).employer == 1
    other = replace(NORTH, number=3)
    assert [f.code for f in match(card, (Candidate(NORTH), Candidate(other))).findings] == ["several-employers"]


def test_short_names_and_other_doubts_are_left_to_a_person() -> None:
    for document in (
        paper(unsure("holder_name", "Bo"), kind=Kind.COURSE),
        paper(unsure("operating_name", "North")),
        paper(unsure("legal_name", "Northwind Roofing Ltd.", doubt="stored-differs")),
        paper(unsure("legal_name", "Northwind Roofing Ltd."), kind=Kind.REGISTRATION),
    ):
        assert borne_out(document, [NORTH]) == document


def test_the_people_of_an_audit_are_borne_out_by_the_roster_and_by_the_auditors_that_are_registered() -> None:
    ada = Registration(name="Ada Stonehill", number="A-301", since=date(2026, 1, 1), until=date(2028, 12, 31))
    names = paper(unsure("auditor_name", "Ada Stonehill"), unsure("officer_name", "Jane Doe"))
    assert states(borne_out(names, [NORTH])) == {"auditor_name": State.UNSURE, "officer_name": State.SURE}
    assert states(borne_out(names, [NORTH], [ada])) == {"auditor_name": State.SURE, "officer_name": State.SURE}
    number = paper(Reading(name="auditor_name", value="Ada Stonehill"), unsure("auditor_registration", "A-301"))
    assert states(borne_out(number, [], [ada]))["auditor_registration"] is State.SURE
    others = paper(Reading(name="auditor_name", value="Ann Leekens"), unsure("auditor_registration", "A-301"))
    assert borne_out(others, [], [ada]) == others
