"""Courses and first aid: who holds what, on which day, and what is asked about it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processor.casework.clock import months_later
from processor.findings import finding
from processor.model import Answer, Document, Kind, Verdict
from processor.rulebook import book
from processor.rulebook.verdicts import verdicts
from tests.rulebook.cases import (
    DAY,
    HOME,
    WORKERS,
    Papers,
    change,
    clean,
    confirmed,
    course,
    first_aid,
    lost,
    registration,
    unseen,
    unsure,
    words,
)

MET, NOT_MET, CANNOT_TELL = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL
MB, SK = "csam-secor", "scsa-secor"
SESM = "small-employer-safety-management"
AHEAD = date(2026, 11, 25)


def without(program: str, which: str, holder: str = "") -> Papers:
    papers = clean(program)
    papers.documents = [
        d for d in papers.documents if d["course"].value != which or (holder and d["holder_name"].value != holder)
    ]
    return papers


def told(verdict: Verdict) -> tuple[Answer, list[str]]:
    return verdict.answer, [q.code for q in verdict.questions] or [s.found for s in verdict.shortfalls]


# ---------------------------------------------------------------- every worker

LUC = "No certificate of Luc Roy has come."


@pytest.mark.parametrize(
    ("paper", "answer", "says"),
    [
        (course("Luc Roy"), MET, []),
        (course("ROY, Luc"), MET, []),
        (course("Luc P. Roy"), MET, []),
        (course("Luc Roy", "csts-2020"), MET, []),
        (course("Luc Roy", expiry_date=DAY), MET, []),
        (course("Luc Roy", expiry_date=None), MET, []),
        (course("Luc Roy", issue_date=DAY), MET, []),
        (course("Luc Roy", issue_date=confirmed(None)), MET, []),
        (course("Luc Roy", issue_date=None), CANNOT_TELL, ["unsure-reading"]),
        (course("Luc Roy", confirmed("scot")), MET, []),
        (course("Luc Roy", certificate_number=unsure(), issuer=unsure()), MET, []),
        (
            course("Luc Roy", "csts-09"),
            NOT_MET,
            ["The certificate of Luc Roy is of Construction Safety Training System"],
        ),
        (
            course("Luc Roy", expiry_date=date(2026, 11, 23)),
            NOT_MET,
            ["The certificate of Luc Roy (scot) was valid until"],
        ),
        (course("Luc Roy", expiry_date=lost()), NOT_MET, ["We could not read what is written under Expiry date."]),
        (course("Luc Roy", issue_date=lost()), NOT_MET, ["We could not read what is written under Issue date."]),
        (course("Luc Roy", lost()), NOT_MET, ["We could not read what is written under Course."]),
        (course("Luc Roy", issue_date=confirmed(AHEAD)), NOT_MET, ["Issue date: 2026-11-25 is in the future."]),
        (course("Luc Roy", "whmis"), NOT_MET, [LUC]),
        (course("Luc Roy", None), NOT_MET, [LUC]),
        (course("Luc Roy", "welding of boats"), NOT_MET, [LUC]),
        (course("Ann Lee"), NOT_MET, [LUC]),
        (course("Kim Aster"), NOT_MET, [LUC]),
        (course(lost()), NOT_MET, [LUC]),
        (course(None), NOT_MET, [LUC]),
        (course("Luc Roy", unsure("scot")), CANNOT_TELL, ["unsure-reading"]),
        (course("Luc Roy", unseen()), CANNOT_TELL, ["unsure-reading"]),
        (course("Luc Roy", unsure("Boat safety", "course-unknown")), CANNOT_TELL, ["course-unknown"]),
        (course(unsure("Luc Roy", "holder-unclear")), CANNOT_TELL, ["holder-unclear"]),
        (course(unsure()), CANNOT_TELL, ["unsure-reading"]),
        (course(12), CANNOT_TELL, ["unsure-reading"]),
        (course("Luc Ruy"), CANNOT_TELL, ["near-name"]),
        (course("L. Roy"), CANNOT_TELL, ["near-name"]),
        (course("Luc Roy", issue_date=unsure(doubt="ambiguous-date")), CANNOT_TELL, ["ambiguous-date"]),
        (course("Luc Roy", issue_date=unseen()), CANNOT_TELL, ["unsure-reading"]),
        (course("Luc Roy", issue_date=AHEAD), CANNOT_TELL, ["future-date"]),
        (course("Luc Roy", expiry_date=unsure()), CANNOT_TELL, ["unsure-reading"]),
        (course("Luc Roy", expiry_date=date(2026, 5, 3)), CANNOT_TELL, ["dates-reversed"]),
    ],
)
def test_a_worker_s_certificate_is_weighed(paper: Document, answer: Answer, says: list[str]) -> None:
    found, texts = told(without(SK, "scot", "Luc Roy").add(paper).verdict("scot"))
    assert found is answer, texts
    assert len(texts) == len(says)
    assert all(text.startswith(start) for text, start in zip(texts, says, strict=True)), texts


@pytest.mark.parametrize(
    "extra",
    [
        course("Luc Roy", unsure()),
        course(unsure()),
        course("Luc Roy", "csts-09"),
        course("Luc Roy", expiry_date=date(2020, 1, 1)),
        course("Luc Roy", issue_date=AHEAD),
        course("Luc Ruy"),
        course(lost(), lost()),
        course("Kim Aster"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_more_papers_take_nothing_away_from_one_that_counts(extra: Document, first: bool) -> None:  # noqa: FBT001
    papers = clean(SK)
    papers.documents.insert(0 if first else len(papers.documents), extra)
    assert told(papers.verdict("scot")) == (MET, [])


def test_the_letter_names_each_who_is_missing() -> None:
    workers = [{**WORKERS[1], "name": name} for name in ("Luc Roy", "Ana Yuen", "Bo Chen")]
    papers = Papers(SK).add(registration(SK, workers), course("Ana Yuen"))
    items = papers.verdict("scot").shortfalls
    assert [i.found for i in items] == [LUC, "No certificate of Bo Chen has come."]
    assert [i.evidence[0].value for i in items] == ["Luc Roy", "Bo Chen"]
    assert all("Safety Construction Orientation Training" in i.looked_for for i in items)


def test_one_of_two_is_received_and_insufficient_and_none_is_outstanding() -> None:
    assert without(SK, "scot", "Luc Roy").verdict("scot").received is True
    assert without(SK, "scot").verdict("scot").received is False


def test_without_a_roster_what_came_is_kept() -> None:
    verdict = Papers(SK).add(course("Luc Roy")).verdict("scot")
    assert (verdict.answer, verdict.received, verdict.questions) == (NOT_MET, False, ())
    assert "roster has not come" in verdict.because
    assert "1 certificates are kept until the roster comes." in verdict.notes


def test_a_part_time_worker_needs_no_course_and_an_unclear_tick_is_asked_only_then() -> None:
    change_tick = {"workers__3__permanent_full_time": unsure()}
    papers = change(clean(SK), Kind.REGISTRATION, **change_tick)
    [question] = papers.verdict("scot").questions
    assert question.reading == "workers[3].permanent_full_time"
    assert told(papers.add(course("Ann Lee")).verdict("scot")) == (MET, [])
    missed = change(clean(SK), Kind.REGISTRATION, workers__3__permanent_full_time=lost())
    assert told(missed.verdict("scot")) == (MET, [])


@pytest.mark.parametrize(
    ("name", "answer", "says"),
    [
        (unsure("Ann Lee"), CANNOT_TELL, ["unsure-reading"]),
        (lost(), NOT_MET, ["We could not read what is written under Workers, row 3, name."]),
    ],
)
def test_a_name_on_the_roster_that_is_not_clear_is_asked_for(name: Any, answer: Answer, says: list[str]) -> None:  # noqa: ANN401
    papers = change(clean(SK), Kind.REGISTRATION, workers__3__name=name, workers__3__permanent_full_time=True)
    assert told(papers.verdict("scot")) == (answer, says)


def test_that_nobody_works_full_time_is_a_person_s_to_say() -> None:
    papers = Papers(SK).add(registration(SK, [WORKERS[2]]))
    [question] = papers.verdict("scot").questions
    assert (question.code, question.reading) == ("needs-judgement", "workers")
    assert question.says.startswith("Nobody on the roster is ticked as permanent and full-time.")
    papers.settled[1] = frozenset({"needs-judgement"})
    assert papers.verdict("scot").answer is CANNOT_TELL
    papers.settled[1] = frozenset({"needs-judgement@workers"})
    assert told(papers.verdict("scot")) == (MET, [])
    assert papers.verdict("scot").evidence[0].value == "no"


def test_a_father_and_a_son_are_two() -> None:
    workers = [{**WORKERS[1], "name": name} for name in ("John Doe", "John Paul Doe")]
    papers = Papers(SK).add(registration(SK, workers), course("John Paul Doe"))
    assert told(papers.verdict("scot")) == (NOT_MET, ["No certificate of John Doe has come."])


def test_a_near_name_that_a_person_let_stand_is_the_worker_s() -> None:
    papers = without(SK, "scot", "Luc Roy").add(course("Luc Ruy"))
    papers.settled[len(papers.documents)] = frozenset({"near-name@holder_name"})
    assert told(papers.verdict("scot")) == (MET, [])


@pytest.mark.parametrize("code", ["interim-card", "participation-letter", "online-only", "own-record"])
def test_what_is_no_certificate_fails_with_its_reason(code: str) -> None:
    paper = with_findings(course("Luc Roy", issue_date=unseen()), code)
    [item] = without(SK, "scot", "Luc Roy").add(paper).verdict("scot").shortfalls
    assert item.evidence[0].document.endswith(".6")
    assert "certificate" in item.to_do


def test_a_refusal_that_a_person_let_stand_counts() -> None:
    papers = without(SK, "scot", "Luc Roy").add(with_findings(course("Luc Roy"), "online-only"))
    papers.settled[len(papers.documents)] = frozenset({"online-only"})
    assert told(papers.verdict("scot")) == (MET, [])


@pytest.mark.parametrize("code", ["number-two-holders", "several-employers", "changed-after-signing", "dates-reversed"])
def test_a_finding_on_a_certificate_asks(code: str) -> None:
    reading = {"number-two-holders": "certificate_number", "dates-reversed": "expiry_date"}.get(code, "")
    paper = with_findings(course("Luc Roy", expiry_date=date(2027, 1, 1)), code, reading)
    assert told(without(SK, "scot", "Luc Roy").add(paper).verdict("scot")) == (CANNOT_TELL, [code])


def test_an_unknown_course_that_was_read_for_sure_is_asked_for() -> None:
    paper = with_findings(course("Luc Roy", "Boat safety"), "course-unknown", "course")
    papers = without(SK, "scot", "Luc Roy").add(paper)
    assert told(papers.verdict("scot")) == (CANNOT_TELL, ["course-unknown"])
    papers.settled[len(papers.documents)] = frozenset({"course-unknown@course"})
    assert told(papers.verdict("scot")) == (NOT_MET, [LUC])


def with_findings(document: Document, code: str, reading: str = "") -> Document:
    made = finding(code, reading=reading, number="1", count=2, raw="x")
    return replace(document, findings=(made,))


def test_a_future_date_that_a_person_let_stand_counts() -> None:
    papers = without(SK, "scot", "Luc Roy").add(course("Luc Roy", issue_date=AHEAD))
    papers.settled[len(papers.documents)] = frozenset({"future-date"})
    assert told(papers.verdict("scot")) == (MET, [])


# ---------------------------------------------------------------- the owner


@pytest.mark.parametrize(
    ("paper", "answer", "says"),
    [
        (course("Jane Doe", SESM), MET, []),
        (course("Doe, Jane Ann", SESM), MET, []),
        (course("Luc Roy", SESM), NOT_MET, ["The certificate that came is held by somebody else."]),
        (
            course("Jane Doe", SESM, expiry_date=date(2026, 11, 23)),
            NOT_MET,
            ["The certificate of Jane Doe was valid until"],
        ),
        (course("Jane Deo", SESM), CANNOT_TELL, ["near-name"]),
        (course("Jane Doe", unsure(SESM)), CANNOT_TELL, ["unsure-reading"]),
        (course("Jane Doe", "safety-management"), NOT_MET, ["The certificate has not come yet."]),
    ],
)
def test_the_owner_s_certificate_is_weighed(paper: Document, answer: Answer, says: list[str]) -> None:
    found, texts = told(without(SK, SESM).add(paper).verdict("safety_management"))
    assert found is answer
    assert all(text.startswith(start) for text, start in zip(texts, says, strict=True)), texts


def test_an_owner_spelt_in_two_ways_is_one() -> None:
    papers = change(without(SK, SESM), Kind.REGISTRATION, owner_name="Jane Ann Doe", workers__1__owner_or_senior=False)
    assert told(papers.add(course("Jane Doe", SESM)).verdict("safety_management")) == (MET, [])


def test_the_most_senior_representative_will_do() -> None:
    papers = change(without(SK, SESM), Kind.REGISTRATION, workers__2__owner_or_senior=True)
    assert told(papers.add(course("Luc Roy", SESM)).verdict("safety_management")) == (MET, [])


def test_who_is_the_owner_is_asked_only_where_it_matters() -> None:
    unclear = {"workers__2__owner_or_senior": unsure()}
    papers = change(without(SK, SESM), Kind.REGISTRATION, **unclear).add(course("Luc Roy", SESM))
    assert [q.reading for q in papers.verdict("safety_management").questions] == ["workers[2].owner_or_senior"]
    assert told(change(clean(SK), Kind.REGISTRATION, **unclear).verdict("safety_management")) == (MET, [])
    other = change(without(SK, SESM), Kind.REGISTRATION, **unclear).add(course("Kim Aster", SESM))
    assert other.verdict("safety_management").answer is NOT_MET


def test_an_owner_s_name_that_is_not_clear_is_asked_only_where_it_matters() -> None:
    papers = change(
        without(SK, SESM), Kind.REGISTRATION, owner_name=unsure("Jane Doe"), workers__1__owner_or_senior=False
    )
    held = papers.add(course("Jane Doe", SESM)).verdict("safety_management")
    assert [q.reading for q in held.questions] == ["owner_name"]
    expired = change(papers, Kind.COURSE, 2, expiry_date=date(2020, 1, 1)).verdict("safety_management")
    assert expired.answer is NOT_MET


def test_where_nobody_is_named_as_the_owner_the_letter_says_so() -> None:
    papers = change(clean(SK), Kind.REGISTRATION, owner_name=None, workers__1__owner_or_senior=False)
    [item] = papers.verdict("safety_management").shortfalls
    assert "held by the owner or most senior representative" in item.looked_for


# ---------------------------------------------------------------- modules


@pytest.mark.parametrize(
    ("paper", "answer", "says"),
    [
        (course("Luc Roy", "safety-auditor"), MET, []),
        (
            course("Ann Lee", "safety-auditor"),
            NOT_MET,
            ["The certificate of Safety Auditor is held by somebody who is not"],
        ),
        (
            course("Kim Aster", "safety-auditor"),
            NOT_MET,
            ["The certificate of Safety Auditor is held by somebody who is not"],
        ),
        (
            course("Luc Roy", "safety-auditor", expiry_date=date(2026, 11, 23)),
            NOT_MET,
            ["The certificate of Luc Roy was valid"],
        ),
        (course("Ann Lee", "safety-auditor", expiry_date=date(2026, 11, 23)), NOT_MET, ["None of the people"]),
        (course("Luc Roy", unsure("safety-auditor")), CANNOT_TELL, ["unsure-reading"]),
        (course("Luc Ruy", "safety-auditor"), CANNOT_TELL, ["near-name"]),
        (
            course("Luc Roy", "whmis"),
            NOT_MET,
            ["None of the people on your roster has shown a certificate of Safety Auditor."],
        ),
    ],
)
def test_a_module_is_weighed(paper: Document, answer: Answer, says: list[str]) -> None:
    found, texts = told(without(MB, "safety-auditor").add(paper).verdict("modules"))
    assert found is answer
    assert all(text.startswith(start) for text, start in zip(texts, says, strict=True)), texts


def test_each_module_that_is_missing_is_an_item() -> None:
    papers = without(MB, "safety-auditor")
    papers.documents = [d for d in papers.documents if d["course"].value != "leadership-for-safety-excellence"]
    assert len(papers.verdict("modules").shortfalls) == 2


def test_whether_a_holder_works_full_time_is_asked_only_where_it_matters() -> None:
    unclear = {"workers__3__permanent_full_time": unsure()}
    papers = change(without(MB, "safety-auditor"), Kind.REGISTRATION, **unclear).add(
        course("Ann Lee", "safety-auditor")
    )
    assert [q.reading for q in papers.verdict("modules").questions] == ["workers[3].permanent_full_time"]
    assert told(change(clean(MB), Kind.REGISTRATION, **unclear).verdict("modules")) == (MET, [])


def test_modules_that_came_without_a_roster_are_kept() -> None:
    verdict = Papers(MB).add(course("Luc Roy", "safety-auditor")).verdict("modules")
    assert (verdict.received, verdict.answer) == (False, NOT_MET)


# ---------------------------------------------------------------- first aid


@pytest.mark.parametrize(
    ("paper", "answer", "says"),
    [
        (first_aid(), MET, []),
        (first_aid(level="advanced"), MET, []),
        (first_aid("Ann Lee"), MET, []),
        (first_aid(expiry_date=DAY), MET, []),
        (first_aid(issue_date=unseen(), expiry_date=date(2027, 1, 1)), MET, []),
        (first_aid(issue_date=date(2023, 11, 24), expiry_date=date(2026, 11, 24)), MET, []),
        (first_aid(issue_date=date(2024, 2, 29), expiry_date=unseen()), MET, []),
        (first_aid(cpr_level=unseen()), MET, []),
        (first_aid(cpr_level=unsure("BLS"), issue_date=date(2026, 3, 1), expiry_date=unseen()), MET, []),
        (first_aid(cpr_level="BLS", issue_date=date(2025, 11, 24), expiry_date=date(2026, 11, 24)), MET, []),
        (first_aid(certificate_number=unsure(), issuer=unsure()), MET, []),
        (first_aid(level="basic"), NOT_MET, ["The certificate of Luc Roy is of a lower level."]),
        (first_aid(level=None), NOT_MET, ["The certificate of Luc Roy is of a lower level."]),
        (first_aid(level=unseen(), course="cpr"), NOT_MET, ["The certificate of Luc Roy is of a lower level."]),
        (first_aid(level=lost()), NOT_MET, ["We could not read what is written under Level."]),
        (first_aid(expiry_date=lost()), NOT_MET, ["We could not read what is written under Expiry date."]),
        (
            first_aid(expiry_date=date(2026, 11, 23)),
            NOT_MET,
            ["The certificate of Luc Roy was valid until 2026-11-23."],
        ),
        (first_aid(issue_date=date(2023, 11, 23)), NOT_MET, ["The certificate of Luc Roy was valid until 2026-11-23."]),
        (first_aid(cpr_level="BLS"), NOT_MET, ["The certificate of Luc Roy was valid until 2026-03-01."]),
        (first_aid(issue_date=confirmed(AHEAD)), NOT_MET, ["Issue date: 2026-11-25 is in the future."]),
        (first_aid("Kim Aster"), NOT_MET, ["Certificates that count: 0."]),
        (first_aid(level=unsure("basic")), CANNOT_TELL, ["unsure-reading"]),
        (first_aid(level=unseen()), CANNOT_TELL, ["unsure-reading"]),
        (first_aid(level="red"), CANNOT_TELL, ["unsure-reading"]),
        (first_aid(unsure("Luc Roy", "holder-unclear")), CANNOT_TELL, ["holder-unclear"]),
        (first_aid(expiry_date=unsure(doubt="impossible-date")), CANNOT_TELL, ["impossible-date"]),
        (first_aid(issue_date=unseen(), expiry_date=unseen()), CANNOT_TELL, ["unsure-reading"]),
        (first_aid(issue_date=AHEAD), CANNOT_TELL, ["future-date"]),
        (first_aid(cpr_level=unsure("BLS")), CANNOT_TELL, ["unsure-reading"]),
    ],
)
def test_a_first_aid_certificate_is_weighed(paper: Document, answer: Answer, says: list[str]) -> None:
    papers = clean(SK).without(Kind.FIRST_AID).add(paper)
    assert told(papers.verdict("first_aid")) == (answer, says)


def test_first_aid_that_came_without_a_roster_is_kept() -> None:
    verdict = Papers(SK).add(first_aid()).verdict("first_aid")
    assert (verdict.answer, verdict.received) == (NOT_MET, False)
    assert "1 first-aid certificates are kept until the roster comes." in verdict.notes


@pytest.mark.parametrize(
    ("crew", "distance", "hazard", "holders", "level"),
    [
        (10, "close", "low", 0, "basic"),
        (10, "close", "other", 1, "basic"),
        (10, "distant", "low", 0, "basic"),
        (10, "distant", "other", 1, "basic"),
        (10, "isolated", "low", 0, "basic"),
        (10, "isolated", "other", 1, "intermediate"),
        (11, "close", "low", 1, "basic"),
        (11, "close", "other", 1, "intermediate"),
        (40, "distant", "low", 1, "basic"),
        (40, "distant", "other", 1, "intermediate"),
        (40, "isolated", "low", 1, "basic"),
        (40, "isolated", "other", 1, "advanced"),
        (41, "close", "low", 1, "basic"),
        (41, "close", "other", 2, "intermediate"),
        (100, "distant", "low", 1, "basic"),
        (100, "distant", "other", 2, "advanced"),
        (100, "isolated", "low", 1, "basic"),
        (100, "isolated", "other", 2, "advanced"),
        (101, "close", "low", 2, "basic"),
        (199, "close", "other", 2, "intermediate"),
        (199, "distant", "low", 2, "basic"),
        (101, "distant", "other", 3, "advanced"),
        (101, "isolated", "low", 2, "basic"),
        (199, "isolated", "other", 3, "advanced"),
        (200, "close", "low", 3, "basic"),
        (200, "close", "other", 3, "intermediate"),
        (999, "distant", "low", 3, "basic"),
        (200, "distant", "other", 3, "advanced"),
        (200, "isolated", "low", 3, "basic"),
        (200, "isolated", "other", 4, "advanced"),
    ],
)
def test_manitoba_s_table_says_how_many_of_which_level(
    crew: int, distance: str, hazard: str, holders: int, level: str
) -> None:
    names = ("Jane Doe", "Luc Roy", "Ann Lee", "Bo Chen")
    workers = [{**WORKERS[1], "name": name} for name in names]
    facts = {"largest_crew": crew, "distance_to_medical_aid": distance, "first_aid_hazard": hazard}
    papers = Papers(MB).add(registration(MB, workers, **facts))
    papers.add(*(first_aid(name, level) for name in names[:holders]))
    assert not warned(papers.verdict("first_aid"))
    if holders:
        papers.documents.pop()
        assert warned(papers.verdict("first_aid"))
        lower = {"intermediate": "basic", "advanced": "intermediate"}.get(level)
        if lower:
            assert warned(papers.add(first_aid(names[holders - 1], lower)).verdict("first_aid"))


def warned(verdict: Verdict) -> bool:
    assert verdict.answer is MET
    return any(n.startswith("Warning") for n in verdict.notes)


def needing(papers: Papers) -> Verdict:
    """The verdict where first aid is a bar in Manitoba, as an office may set it."""
    text = (HOME / "csam-secor.toml").read_text("utf-8")
    start = text.index("[[requirement.first_aid.values.bar]]")
    text = text[:start] + text[start:].replace("value = false", "value = true", 1)
    found = verdicts(papers.case(), book.load(text).on(DAY), words(), DAY)
    return next(v for v in found if v.requirement == "first_aid")


@pytest.mark.parametrize(
    ("facts", "level", "answer", "asked"),
    [
        ({"distance_to_medical_aid": unsure()}, "intermediate", MET, []),
        ({"distance_to_medical_aid": unsure()}, "basic", CANNOT_TELL, ["distance_to_medical_aid"]),
        ({"distance_to_medical_aid": None}, "basic", NOT_MET, []),
        (
            {"first_aid_hazard": unsure(), "distance_to_medical_aid": "isolated"},
            "basic",
            CANNOT_TELL,
            ["first_aid_hazard"],
        ),
        ({"first_aid_hazard": unsure()}, "basic", MET, []),
        ({"largest_crew": unsure()}, "basic", MET, []),
        ({"largest_crew": unsure(), "employee_count": unsure()}, "advanced", CANNOT_TELL, ["largest_crew"]),
        ({"largest_crew": None, "employee_count": None}, "basic", NOT_MET, []),
        ({"distance_to_medical_aid": "moon"}, "advanced", NOT_MET, []),
        (
            {
                "largest_crew": unsure(),
                "employee_count": unsure(),
                "distance_to_medical_aid": unsure(),
                "first_aid_hazard": "low",
            },
            "basic",
            CANNOT_TELL,
            ["largest_crew"],
        ),
    ],
)
def test_a_fact_of_the_law_s_table_is_asked_only_where_it_matters(
    facts: dict[str, Any], level: str, answer: Answer, asked: list[str]
) -> None:
    papers = change(clean(MB).without(Kind.FIRST_AID).add(first_aid(level=level)), Kind.REGISTRATION, **facts)
    verdict = needing(papers)
    assert (verdict.answer, [q.reading for q in verdict.questions]) == (answer, asked), verdict.because


def test_a_fact_is_not_asked_where_no_answer_to_it_would_help() -> None:
    papers = clean(MB).without(Kind.FIRST_AID).add(first_aid(expiry_date=date(2026, 11, 23)))
    verdict = needing(change(papers, Kind.REGISTRATION, distance_to_medical_aid=unsure()))
    assert (verdict.answer, verdict.questions) == (NOT_MET, ())
    assert not [n for n in verdict.notes if "open how much" in n]


def test_first_aid_that_is_a_bar_is_outstanding_when_none_came() -> None:
    verdict = needing(clean(MB).without(Kind.FIRST_AID))
    assert (verdict.answer, verdict.received) == (NOT_MET, False)


def test_where_the_law_asks_for_nobody_none_is_needed() -> None:
    papers = change(clean(MB).without(Kind.FIRST_AID), Kind.REGISTRATION, first_aid_hazard="low")
    assert needing(papers).because == "The law asks for nobody trained in first aid here."


def test_a_warning_asks_nobody() -> None:
    papers = clean(MB).without(Kind.FIRST_AID).add(first_aid(unsure()))
    verdict = papers.verdict("first_aid")
    assert (verdict.answer, verdict.questions) == (MET, ())
    assert warned(verdict)


def test_first_aid_that_is_too_few_shows_what_counts() -> None:
    workers = [{**WORKERS[1], "name": name} for name in ("Jane Doe", "Luc Roy")]
    papers = Papers(MB).add(registration(MB, workers, largest_crew=41), first_aid())
    [item] = needing(papers).shortfalls
    assert (item.found, item.evidence[0].value) == ("Certificates that count: 1.", "Luc Roy")


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 24), 18, date(2028, 5, 24)),
        (date(2026, 8, 31), 18, date(2028, 2, 29)),
        (date(2025, 8, 31), 18, date(2027, 2, 28)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(9999, 1, 1), 36, date.max),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


# ---------------------------------------------------------------- one certificate, one person


@pytest.mark.parametrize("names", [("Luc Roy", "Luc Roy"), ("Luc Alan Roy", "Luc Bruno Roy")])
def test_one_certificate_is_not_two_workers_until_a_person_says_so(names: tuple[str, str]) -> None:
    papers = clean(SK)
    papers.documents[0] = registration(SK, [WORKERS[0], *({**WORKERS[1], "name": name} for name in names)])
    assert told(papers.verdict("scot")) == (CANNOT_TELL, ["holder-unclear"])
    course_of_luc = [d.kind is Kind.COURSE and d["holder_name"].value == "Luc Roy" for d in papers.documents]
    place = course_of_luc.index(True) + 1
    papers.settled[place] = frozenset({"holder-unclear@holder_name"})
    assert papers.verdict("scot").answer is MET


def test_one_first_aid_certificate_is_one_holder() -> None:
    two = [{**WORKERS[1], "name": name} for name in ("Luc Alan Roy", "Luc Bruno Roy")]
    papers = Papers(MB).add(registration(MB, [WORKERS[0], *two], largest_crew=60), first_aid("Luc Roy"))
    assert "Certificates that count: 1." in papers.verdict("first_aid").because
