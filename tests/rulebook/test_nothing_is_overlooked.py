"""No certificate over an open finding, and none without its evidence."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processor.findings import CODES, finding
from processor.model import Answer, Document, Finding, Kind, Reading, Verdict
from processor.rulebook.edition import Effect
from processor.rulebook.verdicts import verdicts
from tests.rulebook.cases import (
    DAY,
    PROGRAMS,
    WORKERS,
    Papers,
    audit,
    change,
    clean,
    confirmed,
    course,
    first_aid,
    lost,
    paper_of,
    reading,
    registration,
    rows,
    rulebook,
    unseen,
    unsure,
    words,
)

MET, NOT_MET, CANNOT_TELL = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL
MB, SK = PROGRAMS
REGISTRATION, AUDIT, COURSE, FIRST_AID = Kind.REGISTRATION, Kind.AUDIT, Kind.COURSE, Kind.FIRST_AID
AHEAD = date(2027, 3, 2)
INDEPENDENT = 2


def made(code: str, reading: str = "") -> Finding:
    return replace(finding("mended-file"), code=code, says=CODES[code].says, reading=reading)


def said(papers: Papers, place: int, *more: Finding) -> Papers:
    """The papers with findings added to one of them."""
    document = papers.documents[place]
    papers.documents[place] = replace(document, findings=(*document.findings, *more))
    return papers


def answers(papers: Papers) -> set[Answer]:
    return {v.answer for v in papers.verdicts().values()}


def told(verdict: Verdict) -> tuple[Answer, list[str]]:
    return verdict.answer, [q.code for q in verdict.questions] or [s.found for s in verdict.shortfalls]


# ---------------------------------------------------------------- findings about the whole paper


def whole(program: str) -> Papers:
    """A clean case with what may lie beside: an earlier registration, a second card, an audit more."""
    papers = clean(program)
    papers.documents.insert(0, registration(program, signature_date=date(2026, 8, 3)))
    return papers.add(first_aid("Jane Doe"), course("Luc Roy", "csts-2020"), audit(program, "baseline"))


def rests_on(papers: Papers) -> set[int]:
    """The places of the papers that a requirement which can bar a certificate shows as what it is met by."""
    edition = rulebook(papers.program).on(DAY)
    bars = {a.id for a in edition.requirements if "bar" not in a.values or a["bar"]}
    met = [v for r, v in papers.verdicts().items() if r in bars and v.answer is MET]
    return {int(e.document.rpartition(".")[2]) - 1 for v in met for e in v.evidence}


def stopping(program: str, *effects: Effect) -> list[str]:
    return [code for code, effect in rulebook(program).effects.items() if effect in effects]


@pytest.mark.parametrize(("program", "start"), [(PROGRAMS[1], clean), (PROGRAMS[1], whole), (PROGRAMS[0], clean)])
def test_no_certificate_rests_on_a_paper_with_an_open_finding(program: str, start: Callable[[str], Papers]) -> None:
    used = rests_on(start(program))
    assert answers(start(program)) == {MET}
    for code in stopping(program, Effect.BLOCKS, Effect.FAILS):
        for place in used:
            papers = said(start(program), place, made(code))
            relies = place in rests_on(papers) and answers(papers) == {MET}
            assert not relies, (code, papers.documents[place].kind)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_finding_that_a_person_let_stand_holds_nothing_back(program: str) -> None:
    for code in stopping(program, Effect.BLOCKS, Effect.FAILS):
        papers = clean(program)
        for place in range(len(papers.documents)):
            said(papers, place, made(code))
            papers.settled[place + 1] = frozenset({code})
        assert answers(papers) == {MET}, code


# ---------------------------------------------------------------- findings about one reading

OF_A_VALUE = ("stored-differs", "field-twice", "two-ticks", "unclear-value", "ambiguous-date", "faint-mark")


@pytest.mark.parametrize(
    ("program", "code"),
    [*((PROGRAMS[1], code) for code in OF_A_VALUE), *((PROGRAMS[0], code) for code in OF_A_VALUE[:2])],
)
def test_no_certificate_while_a_box_that_is_needed_is_disputed(program: str, code: str) -> None:
    for place, name in needed(program):
        papers = said(clean(program), place, made(code, name))
        assert CANNOT_TELL in answers(papers), (papers.documents[place].kind, name)
        asked = {(q.code, q.reading) for v in papers.verdicts().values() for q in v.questions}
        assert (code, name) in asked
        papers.settled[place + 1] = frozenset({f"{code}@{name}"})
        assert answers(papers) == {MET}


def test_a_box_that_nothing_rests_on_is_not_asked_for() -> None:
    for kind, name in ((REGISTRATION, "nature"), (REGISTRATION, "email"), (AUDIT, "certificate_number")):
        papers = clean(SK)
        said(papers, paper_of(papers, kind), made("stored-differs", name))
        assert answers(papers) == {MET}


@pytest.mark.parametrize("value", [True, False])
def test_a_disputed_tick_may_be_either(value: bool) -> None:  # noqa: FBT001 - a tick
    workers = [*WORKERS[:2], {**WORKERS[2], "permanent_full_time": value}]
    papers = clean(SK)
    papers.documents[0] = registration(SK, workers)
    tick = "workers[3].permanent_full_time"
    said(papers, 0, made("two-ticks", tick))
    assert [(q.code, q.reading) for q in papers.verdict("scot").questions] == [("two-ticks", tick)]
    assert papers.add(course("Ann Lee")).verdict("scot").answer is MET


def test_who_owns_the_firm_is_asked_where_that_tick_is_disputed() -> None:
    papers = change(clean(SK), REGISTRATION, owner_name="Ann Lee")
    papers = said(papers, 0, made("stored-differs", "workers[1].owner_or_senior"))
    verdict = papers.verdict("safety_management")
    assert told(verdict) == (CANNOT_TELL, ["stored-differs"])
    settled = change(papers, REGISTRATION, workers__1__owner_or_senior=confirmed(True))  # noqa: FBT003
    assert settled.verdict("safety_management").answer is MET


def test_a_disputed_type_of_audit_is_no_type() -> None:
    papers = said(clean(MB), paper_of(clean(MB), AUDIT, INDEPENDENT), made("two-ticks", "audit_type"))
    assert told(papers.verdict("audits")) == (CANNOT_TELL, ["two-ticks"])


def test_points_that_are_disputed_are_asked_for_though_the_sums_agree() -> None:
    items: list[dict[str, Any]] = [
        {"number": f"1.{n}", "awarded": 9, "not_applicable": False, "comment": None} for n in (1, 2)
    ]
    for name, value in (("awarded", 9), ("awarded", unsure(9, "stored-differs")), ("not_applicable", False)):
        papers = clean(SK)
        scored = [{**items[0], name: value}, items[1]]
        papers.documents[-1] = papers.documents[-1].corrected("items", Reading(name="items", value=rows(scored)))
        assert answers(papers) == {MET}
        said(papers, -1, made("stored-differs", f"items[1].{name}"))
        assert told(papers.verdict("pass_mark")) == (CANNOT_TELL, ["stored-differs"])


def test_an_independent_auditor_whose_name_is_unsure_may_be_the_employer_s_own() -> None:
    papers = change(clean(MB), AUDIT, INDEPENDENT, auditor_name=unsure("Luc Roy"))
    assert told(papers.verdict("audits")) == (CANNOT_TELL, ["unsure-reading"])


def test_too_many_people_are_asked_about_where_it_may_be_another_s_paper() -> None:
    papers = said(change(clean(SK), REGISTRATION, employee_count=12), 0, made("name-differs"))
    assert told(papers.verdict("size")) == (CANNOT_TELL, ["name-differs"])


# ---------------------------------------------------------------- days that have not come


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_certificate_over_a_signature_of_a_day_to_come(program: str) -> None:
    for kind, requirement in ((REGISTRATION, "registration"), (AUDIT, "audits")):
        papers = change(clean(program), kind, signature_date=AHEAD)
        assert told(papers.verdict(requirement)) == (CANNOT_TELL, ["future-date"])
        papers.settled[paper_of(papers, kind) + 1] = frozenset({"future-date@signature_date"})
        assert papers.verdict(requirement).answer is MET
        sure = change(clean(program), kind, signature_date=confirmed(AHEAD))
        assert told(sure.verdict(requirement)) == (NOT_MET, ["Signature date: 2027-03-02 is in the future."])


# ---------------------------------------------------------------- a fault never wins over a question


def test_a_card_that_expires_before_it_was_issued_is_asked_about_before_anybody_is_told() -> None:
    reversed_ = {"issue_date": date(2026, 3, 3), "expiry_date": date(2025, 3, 2)}
    papers = clean(SK).without(FIRST_AID).add(first_aid(**reversed_))
    assert told(papers.verdict("first_aid")) == (CANNOT_TELL, ["dates-reversed"])
    papers.settled[len(papers.documents)] = frozenset({"dates-reversed"})
    assert told(papers.verdict("first_aid")) == (NOT_MET, ["The certificate of Luc Roy was valid until 2025-03-02."])


@pytest.mark.parametrize("code", ["changed-after-signing", "no-text", "several-employers"])
def test_a_card_that_has_expired_waits_for_the_question_about_it(code: str) -> None:
    for holder in ("Luc Roy", unsure("Luc Roy", code)):
        papers = clean(SK).without(FIRST_AID).add(first_aid(holder, expiry_date=date(2026, 3, 2)))
        verdict = said(papers, -1, made(code)).verdict("first_aid")
        assert (verdict.answer, {q.code for q in verdict.questions}) == (CANNOT_TELL, {code})


# ---------------------------------------------------------------- no certificate without its evidence

EXCUSED = {
    (COURSE, "expiry_date", "missing"): "a course that prints no expiry does not expire",
    (COURSE, "expiry_date", "blank"): "a course that prints no expiry does not expire",
    (FIRST_AID, "expiry_date", "missing"): "counted from the day of issue",
    (FIRST_AID, "expiry_date", "blank"): "counted from the day of issue",
    (FIRST_AID, "issue_date", "missing"): "an expiry is printed",
    (FIRST_AID, "issue_date", "blank"): "an expiry is printed",
    (FIRST_AID, "issue_date", "unreadable"): "an expiry is printed",
    (AUDIT, "auditor_name", "unsure"): "hard to read is a name; who it is counts for the independent audit",
}
"""What does not hold a certificate back, and why."""
WITHOUT = {"unsure": unsure(), "missing": unseen(), "blank": reading("", None), "unreadable": lost()}
ON_CARDS = {
    COURSE: ("holder_name", "course", "issue_date", "expiry_date"),
    FIRST_AID: ("holder_name", "level", "issue_date", "expiry_date"),
}


def needed(program: str) -> Iterator[tuple[int, str]]:
    """The place of a paper, and a reading on it that a requirement which can bar a certificate declares as needed."""
    asked = {a.id: a for a in rulebook(program).on(DAY).requirements}
    types = {t["type"]: t.get("needed", ()) for t in asked["audits"]["types"]}
    first_aid_bars = asked["first_aid"]["bar"]
    for place, document in enumerate(clean(program).documents):
        names: tuple[str, ...] = ON_CARDS.get(document.kind, ())
        if document.kind is REGISTRATION:
            names = asked["registration"]["needed"]
        elif document.kind is AUDIT:
            points = [f"sections[{n}].{cell}" for n in (1, 15) for cell in ("awarded",)]
            of_type = types[str(document["audit_type"].value)]
            names = (*asked["audits"]["needed"], *asked["audits"]["but"], *of_type, "audit_type", *points)
        if document.kind is not FIRST_AID or first_aid_bars:
            yield from ((place, name) for name in names)


@pytest.mark.parametrize("how", WITHOUT)
@pytest.mark.parametrize("program", PROGRAMS)
def test_no_certificate_without_its_evidence(program: str, how: str) -> None:
    for place, name in needed(program):
        papers = clean(program)
        old = papers.documents[place]
        absent = replace(WITHOUT[how], name=name.rpartition(".")[2])
        papers.documents[place] = old.corrected(name, absent)
        if (old.kind, name, how) not in EXCUSED or old["audit_type"].value == "independent":
            assert answers(papers) != {MET}, (old.kind, name)


# ---------------------------------------------------------------- a page that did not come


def torn(document: Document, *gone: str, page: int = 2) -> Document:
    """A paper of which a page did not come, with the readings that stood on it."""
    for name in gone:
        document = document.corrected(name, Reading(name=name, state=unseen().state))
    return replace(document, findings=(replace(finding("page-missing", page=page), page=None),))


PAGE = "Page 2 of the form is missing."


@pytest.mark.parametrize("program", PROGRAMS)
def test_the_employer_is_asked_for_the_page_and_nobody_for_its_boxes(program: str) -> None:
    papers = clean(program)
    gone = ("signature_date", "auditor_signed", "officer_signed", "sections", "total_awarded", "auditor_name")
    papers.documents[-1] = torn(papers.documents[-1], *gone)
    found = papers.verdicts()
    assert not [q for v in found.values() for q in v.questions]
    short = {r: [s.found for s in v.shortfalls] for r, v in found.items() if v.answer is NOT_MET}
    auditor = {"auditor": [PAGE]} if program == MB else {}
    assert short == {"audits": [PAGE], "pass_mark": [PAGE], **auditor}
    assert found["audits"].shortfalls[0].to_do == "Please send us the missing page, or the whole form again."
    papers.settled[len(papers.documents)] = frozenset({"page-missing"})
    assert {q.reading for q in papers.verdict("audits").questions} >= {"signature_date", "auditor_signed"}


def test_a_roster_on_the_page_that_did_not_come_is_outstanding() -> None:
    papers = clean(SK)
    papers.documents[0] = torn(papers.documents[0], "workers", "employee_count", "owner_name", "agreement_signed")
    found = papers.verdicts()
    assert not [q for v in found.values() for q in v.questions]
    assert told(found["registration"]) == (NOT_MET, [PAGE])
    assert told(found["size"]) == (NOT_MET, [PAGE])
    outstanding = {r for r, v in found.items() if v.answer is NOT_MET and not v.received}
    assert outstanding == {"size", "safety_management", "scot", "first_aid"}


def test_an_owner_on_the_page_that_did_not_come_is_not_said_to_be_somebody_else() -> None:
    papers = clean(SK)
    workers = [{**worker, "owner_or_senior": False} for worker in WORKERS]
    papers.documents[0] = torn(registration(SK, workers), "owner_name")
    assert told(papers.verdict("safety_management")) == (NOT_MET, [PAGE])


def test_how_much_first_aid_is_needed_is_not_guessed_for_a_page_that_did_not_come() -> None:
    papers = clean(MB).without(FIRST_AID).add(first_aid(level="basic"))
    papers.documents[0] = torn(papers.documents[0], "distance_to_medical_aid")
    [note, *_] = papers.verdict("first_aid").notes
    assert note == f"Warning: {PAGE}"


def test_an_industry_on_the_page_that_did_not_come_is_only_told_to_staff() -> None:
    papers = clean(MB)
    papers.documents[0] = torn(papers.documents[0], "industry_code")
    assert papers.verdict("industry").notes[0] == f"Warning: {PAGE}"


def test_an_audit_without_its_first_page_counts_until_a_whole_one_comes() -> None:
    part = torn(audit(MB, "self"), "audit_type", "legal_name", "auditor_name", page=1)
    papers = clean(MB)
    papers.documents[paper_of(papers, AUDIT)] = part
    assert told(papers.verdict("audits")) == (NOT_MET, ["Page 1 of the form is missing."])
    assert answers(papers.add(audit(MB, "self"))) == {MET, NOT_MET}
    case = papers.case()
    later = replace(case.documents[-1], received=date(2026, 11, 20))
    whole_case = replace(case, documents=(*case.documents[:-1], later))
    assert {v.answer for v in verdicts(whole_case, rulebook(MB).on(DAY), words(), DAY)} == {MET}


def test_a_registration_that_was_superseded_is_shown_as_evidence_only_where_nothing_is_said_of_it() -> None:
    papers = whole(SK)
    assert papers.verdict("time").evidence[0].document.endswith(".1")
    assert not said(papers, 0, made("changed-after-signing")).verdict("time").evidence
    assert answers(papers) == {MET}
