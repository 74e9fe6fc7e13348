"""A paper in the pool that may be somebody's: their answer waits, and comes when a person has said whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

import pytest

from processor.errors import TryLater, Wrong
from processor.findings import finding
from processor.flows import house, judging, reviewing
from processor.flows.filing import OTHER_PROGRAM, file_submission
from processor.flows.forms import load_all
from processor.flows.office import Office
from processor.model import Document, Kind, Letter, LetterKind, Reading, Row, State, Submission
from processor.settings import Answers, Settings
from processor.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 24)
WHOLE: dict[str, object] = {
    "industry_code": "40403",
    "nature_of_work": "Residential roofing",
    "mailing_address": "12 Example Street",
    "city": "Winnipeg",
    "province": "MB",
    "postal_code": "R3B 2E4",
    "phone": "204-555-0142",
    "owner_name": "Ben Okafor",
    "contact_name": "Ben Okafor",
    "largest_crew": 2,
    "first_aid_hazard": "other",
    "distance_to_medical_aid": "close",
    "agreement_signed": True,
    "signature_name": True,
    "signature_date": date(2026, 10, 1),
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    settings = Settings()
    nothing = cast("Any", None)
    with Store.open(tmp_path / "secor.db") as store:
        yield Office(
            settings=settings,
            store=store,
            rulebooks=house.read_rulebooks(settings),
            vocabulary=house.read_vocabulary(),
            press=nothing,
            crew=nothing,
            forms={form.name: form for form in load_all((house.templates_folder(),))},
            day=DAY,
        )


def read(kind: Kind, form: str = "", **values: object) -> Document:
    readings = [
        replace(value, name=name)
        if isinstance(value, Reading)
        else Reading(name=name, value=cast("Any", value), page=1)
        for name, value in values.items()
    ]
    return Document(kind=kind, form=form, program="csam-secor" if form else "", pages=(1,), readings=tuple(readings))


def registration(name: str, account: str, *people: str) -> Document:
    workers = tuple(Row((Reading(name="name", value=who),)) for who in people)
    told = {**WHOLE, "legal_name": name, "wcb_account": account, "employee_count": len(people), "workers": workers}
    return read(Kind.REGISTRATION, "csam-registration", **told)


def card(holder: object, number: str = "SJA-1") -> Document:
    return read(Kind.FIRST_AID, holder_name=holder, certificate_number=number)


def audit(name: object, account: object = "") -> Document:
    return read(Kind.AUDIT, "csam-audit", legal_name=name, wcb_account=account)


TALLGRASS = registration("Tallgrass Roofing Ltd.", "9000017", "Marcus Oyelaran", "Ben Okafor")
BISON = registration("Bison Siding Inc.", "9000025", "Ben Okafor", "Ada Flett")


def came(office: Office, *documents: Document) -> None:
    """Each in a file of its own."""
    for document in documents:
        digest = sha256(repr(document).encode()).hexdigest()
        assert file_submission(office, Submission(name="scan.pdf", sha256=digest, documents=(document,)))


def answered(office: Office) -> dict[str, tuple[bool, list[str]]]:
    """Of each case that was touched: whether a letter is owed, and the codes of what is asked about the pool."""
    pool = {paper.number for paper in office.store.papers.pool()}
    return {
        j.case.code: (j.letter is not None, [q.code for q in j.questions if q.document in pool])
        for j in judging.judge_touched(office)
    }


def in_pool(office: Office) -> reviewing.Item:
    [item] = (i for i in reviewing.items(office) if not i.case)
    return item


# ---------------------------------------------------------------- who waits


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (card("Markus Oyelaran"), "near-name"),
        (card("M. Oyelaran"), "near-name"),
        (audit("Tallgras Roofing Ltd."), "near-name"),
        (audit("Tallgrass Roofing Ltd.", "123"), "account-differs"),
        (audit(Reading(name="", value="Tallgrass Roofing Ltd.", state=State.UNSURE)), "unsure-reading"),
    ],
    ids=["holder", "initial", "company", "account", "unsure name"],
)
def test_no_letter_goes_out_while_a_paper_that_may_be_theirs_waits(office: Office, paper: Document, code: str) -> None:
    came(office, TALLGRASS, paper)
    assert answered(office) == {"MB-0001": (False, [code])}
    assert [asked.question.code for asked in office.store.cases.questions("MB-0001")][-1] == code
    item = in_pool(office)
    assert (item.question.code, item.may_be) == (code, ("MB-0001",))


def test_all_who_may_be_meant_wait(office: Office) -> None:
    came(office, TALLGRASS, BISON, card("Ben Okafor"))
    assert answered(office) == {code: (False, ["several-employers"]) for code in ("MB-0001", "MB-0002")}


def test_the_registration_that_comes_after_the_card_waits_for_it_as_well(office: Office) -> None:
    came(office, card("Markus Oyelaran"), TALLGRASS)
    assert answered(office) == {"MB-0001": (False, ["near-name"])}


def test_a_paper_that_is_nobodys_holds_nothing(office: Office) -> None:
    came(office, TALLGRASS, card("Kim Aster"), read(Kind.OTHER))
    assert answered(office) == {"MB-0001": (True, [])}


def test_a_paper_of_another_program_holds_nothing(office: Office) -> None:
    other = replace(audit("Tallgras Roofing Ltd."), form="scsa-audit", program="scsa-secor")
    came(office, TALLGRASS, other)
    assert answered(office) == {"MB-0001": (True, [])}
    assert in_pool(office).may_be == ()


def test_an_office_that_does_not_hold_its_letters_asks_all_the_same(office: Office) -> None:
    office = replace(office, settings=replace(office.settings, answers=Answers(hold_for_questions=False)))
    came(office, TALLGRASS, card("Markus Oyelaran"))
    assert answered(office) == {"MB-0001": (True, ["near-name"])}


@pytest.mark.parametrize(("kind", "goes"), [(LetterKind.CERTIFICATE, True), (LetterKind.DEFICIENCY, False)])
def test_a_certificate_waits_for_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch, kind: LetterKind, *, goes: bool
) -> None:
    letter = Letter(kind=kind, case="MB-0001", day=DAY, data={}, lines=())
    monkeypatch.setattr(judging, "conclude", lambda *_, **__: letter)
    monkeypatch.setattr(judging, "fingerprint", str)
    came(office, TALLGRASS, card("Markus Oyelaran"))
    assert answered(office) == {"MB-0001": (goes, ["near-name"])}


# ---------------------------------------------------------------- what ends it


def test_a_person_says_whose_it_is_and_all_are_answered(office: Office) -> None:
    came(office, TALLGRASS, BISON, card("Ben Okafor"))
    answered(office)
    assert reviewing.claim_for(office, in_pool(office), "MB-0002", by="clerk") == "MB-0002"
    assert answered(office) == {"MB-0001": (True, []), "MB-0002": (True, [])}
    assert office.store.papers.pool() == ()


def test_a_person_rejects_it_and_the_case_is_answered(office: Office) -> None:
    came(office, TALLGRASS, card("Markus Oyelaran"))
    answered(office)
    reviewing.dismiss(office, in_pool(office), by="clerk")
    assert answered(office) == {"MB-0001": (True, [])}


def test_a_name_that_is_corrected_files_the_paper_and_answers_the_case(office: Office) -> None:
    came(office, TALLGRASS, audit(Reading(name="", value="Tallgras Roofing Ltd.", state=State.UNSURE)))
    answered(office)
    reviewing.correct(office, in_pool(office), "Tallgrass Roofing Ltd.", by="clerk")
    assert list(answered(office)) == ["MB-0001"]
    assert office.store.papers.pool() == ()


def test_a_name_that_turns_out_to_be_anothers_lets_go_of_the_first(office: Office) -> None:
    came(office, TALLGRASS, BISON, audit(Reading(name="", value="Tallgras Roofing Ltd.", state=State.UNSURE)))
    answered(office)
    reviewing.correct(office, in_pool(office), "Prairie Floors", by="clerk")
    assert answered(office) == {"MB-0001": (True, [])}
    assert in_pool(office).may_be == ()


def test_that_it_nearly_fits_one_is_no_obstacle_and_it_is_theirs(office: Office) -> None:
    came(office, TALLGRASS, card("Markus Oyelaran"))
    answered(office)
    reviewing.confirm(office, in_pool(office), by="clerk")
    [paper] = (p for p in office.store.papers.of_case("MB-0001") if p.document.kind is Kind.FIRST_AID)
    assert paper.filing == ()
    assert paper.settled == {"near-name@holder_name"}
    assert answered(office) == {"MB-0001": (True, [])}


def test_that_it_fits_several_is_still_asked_when_a_person_says_no_obstacle(office: Office) -> None:
    came(office, TALLGRASS, BISON, card("Ben Okafor"))
    reviewing.confirm(office, in_pool(office), by="clerk")
    assert in_pool(office).question.code == "several-employers"


def test_what_else_filing_found_stays_with_a_claimed_paper(office: Office) -> None:
    came(office, TALLGRASS, card("Marcus Oyelaran", "SJA-7"), card("Kim Aster", "SJA-7"))
    reviewing.claim_for(office, in_pool(office), "MB-0001", by="clerk")
    assert [p.filing[0].code for p in office.store.papers.of_case("MB-0001")[1:]] == ["number-two-holders"] * 2


def test_an_employer_without_a_case_in_the_program_cannot_be_given_it(office: Office) -> None:
    other = replace(audit("Tallgras Roofing Ltd."), form="scsa-audit", program="scsa-secor")
    came(office, TALLGRASS, other)
    before = office.store.papers.pool()
    with pytest.raises(Wrong, match="takes no part"):
        reviewing.claim_for(office, in_pool(office), "MB-0001", by="clerk")
    assert office.store.papers.pool() == before


def test_nobody_gives_away_what_a_colleague_changed_meanwhile(office: Office) -> None:
    came(office, TALLGRASS, BISON, card("Ben Okafor"))
    item = in_pool(office)
    reviewing.claim_for(office, item, "MB-0001", by="mia")
    with pytest.raises(TryLater, match="meanwhile"):
        reviewing.claim_for(office, item, "MB-0002", by="bo")


def test_a_roster_without_the_person_lets_go_of_the_card(office: Office) -> None:
    came(office, TALLGRASS, card("Markus Oyelaran"))
    assert answered(office) == {"MB-0001": (False, ["near-name"])}
    came(office, registration("Tallgrass Roofing Ltd.", "9000017", "Ada Flett"))
    assert answered(office) == {"MB-0001": (True, [])}


def test_a_paper_that_is_looked_at_again_in_vain_is_left_as_it_is(office: Office) -> None:
    came(office, card("Marc Oyelade"), TALLGRASS)
    [paper] = office.store.papers.pool()
    came(office, registration("Tallgrass Roofing Ltd.", "9000017", "Marcus Oyelaran"))
    assert office.store.papers.pool() == (paper,)


# ---------------------------------------------------------------- what is asked


@pytest.mark.parametrize("code", ["unknown-paper", "no-text"])
def test_what_kept_us_from_reading_is_asked_before_whose_it_is(office: Office, code: str) -> None:
    came(office, replace(read(Kind.OTHER), findings=(finding("mended-file"), finding(code, page=1))))
    assert in_pool(office).question.code == code


def test_a_paper_that_is_read_and_fits_nobody_is_asked_about_as_such(office: Office) -> None:
    came(office, replace(card("Kim Aster"), findings=(finding("mended-file"),)))
    assert in_pool(office).question.code == "no-employer"


def test_a_question_about_the_pool_is_asked_once_whoever_waits(office: Office) -> None:
    came(office, TALLGRASS, BISON, card("Ben Okafor"))
    answered(office)
    asked = [i for i in reviewing.items(office) if i.question.code == "several-employers"]
    assert [(i.case, i.may_be) for i in asked] == [("", ("MB-0001", "MB-0002"))]


# ---------------------------------------------------------------- whose it is after all


def test_a_card_filed_by_name_alone_is_asked_about_when_another_roster_has_the_name(office: Office) -> None:
    came(office, TALLGRASS, card("Ben Okafor"), BISON)
    [filed] = [p for p in office.store.papers.of_case("MB-0001") if p.document.kind is Kind.FIRST_AID]
    assert [f.code for f in filed.filing] == ["several-employers"]
    assert [p for p in office.store.papers.of_case("MB-0002") if p.document.kind is Kind.FIRST_AID] == []


def test_a_card_whose_holder_stands_on_one_roster_only_is_not_asked_about(office: Office) -> None:
    came(office, TALLGRASS, card("Marcus Oyelaran"), BISON)
    [filed] = [p for p in office.store.papers.of_case("MB-0001") if p.document.kind is Kind.FIRST_AID]
    assert filed.filing == ()


def test_a_paper_of_a_program_the_employer_is_not_in_says_so(office: Office) -> None:
    other = replace(audit("Tallgrass Roofing Ltd.", "9000017"), form="scsa-audit", program="scsa-secor")
    came(office, TALLGRASS, other)
    item = in_pool(office)
    assert (item.question.code, item.question.says) == ("needs-judgement", OTHER_PROGRAM)
