"""Audits: which have come, who made them, what they scored, and when."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from processor.findings import finding
from processor.model import Answer, Kind, Reading, Registration, Verdict
from processor.rulebook import book
from processor.rulebook.verdicts import verdicts
from tests.rulebook.cases import (
    DAY,
    HOME,
    PROGRAMS,
    Papers,
    audit,
    change,
    clean,
    confirmed,
    find,
    lost,
    registration,
    rows,
    section,
    unseen,
    unsure,
    words,
)

MET, NOT_MET, CANNOT_TELL = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL
MB, SK = "csam-secor", "scsa-secor"
AUDIT = Kind.AUDIT
INDEPENDENT = 2
LAST = 8


def told(verdict: Verdict) -> tuple[Answer, list[str]]:
    return verdict.answer, [q.code for q in verdict.questions] or [s.found for s in verdict.shortfalls]


def only(sections: list[dict[str, Any]], program: str = SK, /, **changed: Any) -> Papers:  # noqa: ANN401
    of_type = "partner" if program == SK else "self"
    return clean(program).without(AUDIT).add(audit(program, of_type, sections, **changed))


def fifteen(*first: dict[str, Any]) -> list[dict[str, Any]]:
    return [*first, *(section(n, 100, 100) for n in range(len(first) + 1, 16))]


# ---------------------------------------------------------------- which have come


@pytest.mark.parametrize("missing", ["self", "partner", "independent"])
def test_each_of_the_three_audits_is_needed(missing: str) -> None:
    papers = clean(MB)
    papers.documents = [d for d in papers.documents if d["audit_type"].value != missing]
    verdict = papers.verdict("audits")
    titles = {"self": "company self-audit", "partner": "CSAM audit", "independent": "independent audit"}
    assert told(verdict) == (NOT_MET, [f"The {titles[missing]} has not come."])
    assert verdict.received is (missing != "partner"), "what the partner must make is no fault of the employer"
    assert {v.answer for r, v in papers.verdicts().items() if r != "audits"} == {MET}


def test_the_latest_of_a_type_supersedes() -> None:
    papers = change(clean(MB), AUDIT, 0, officer_signed=False)
    assert papers.verdict("audits").answer is NOT_MET
    assert papers.add(audit(MB, "self")).verdict("audits").answer is MET
    worse = clean(MB).add(audit(MB, "self", officer_signed=False))
    assert worse.verdict("audits").answer is NOT_MET


@pytest.mark.parametrize(
    ("of_type", "answer", "says"),
    [
        (None, NOT_MET, ["The type of audit is not marked."]),
        (lost(), NOT_MET, ["We could not read what is written under Audit type."]),
        (unsure(doubt="two-ticks"), CANNOT_TELL, ["two-ticks"]),
        (unseen(), CANNOT_TELL, ["unsure-reading"]),
        (confirmed("independent"), MET, []),
        ("baseline", NOT_MET, ["The independent audit has not come."]),
    ],
)
def test_an_unmarked_type_matters_where_one_is_missing(of_type: Any, answer: Answer, says: list[str]) -> None:  # noqa: ANN401
    assert told(change(clean(MB), AUDIT, INDEPENDENT, audit_type=of_type).verdict("audits")) == (answer, says)
    whole = clean(MB).add(audit(MB, of_type))
    assert told(whole.verdict("audits")) == (MET, [])


def test_an_unmarked_type_may_be_one_of_two_that_are_missing() -> None:
    papers = change(clean(MB), AUDIT, INDEPENDENT, audit_type=None)
    papers.documents.pop(-2)
    assert told(papers.verdict("audits")) == (
        NOT_MET,
        ["The type of audit is not marked.", "The independent audit has not come."],
    )


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("legal_name", "Legal name is blank on the audit."),
        ("audit_date", "Audit date is blank on the audit."),
        ("auditor_signed", "The auditor did not sign the audit."),
        ("officer_signed", "The senior officer did not sign the audit."),
        ("signature_date", "The box for the date of the signature is empty."),
    ],
)
def test_an_audit_is_filled_in_signed_and_dated(program: str, name: str, says: str) -> None:
    papers = change(clean(program), AUDIT, **{name: None})
    assert told(papers.verdict("audits")) == (NOT_MET, [says])
    assert {v.answer for r, v in papers.verdicts().items() if r != "audits"} == {MET}


@pytest.mark.parametrize("program", PROGRAMS)
def test_each_audit_finding_of_the_sheet_is_one_item_of_one_requirement(program: str) -> None:
    site = finding("audit-blank", reading="sites[1].location")
    papers = clean(program)
    first = next(d for d in papers.documents if d.kind is AUDIT)
    with_sites = first.corrected("sites", Reading(name="sites", value=rows([{"location": None}])))
    papers.documents[papers.documents.index(first)] = replace(with_sites, findings=(site,))
    found = [r for r, v in papers.verdicts().items() if v.answer is NOT_MET]
    assert found == ["audits"]


@pytest.mark.parametrize("code", ["near-name", "changed-after-signing", "no-text"])
def test_a_finding_that_blocks_an_audit_asks_wherever_it_counts(code: str) -> None:
    made = finding(code, page=1, name="A", employer="B")
    papers = find(clean(SK), AUDIT, made)
    asked = {r for r, v in papers.verdicts().items() if [q.code for q in v.questions] == [code]}
    assert asked == {"audits", "pass_mark", "safety_program"}
    spare = find(clean(MB), AUDIT, made)
    assert spare.verdict("safety_program").answer is MET


def test_a_finding_that_informs_is_a_note_of_the_audits() -> None:
    found = find(clean(SK), AUDIT, finding("mended-file")).verdicts()
    assert [n for n in found["audits"].notes if "mended" in n]


# ---------------------------------------------------------------- independent


@pytest.mark.parametrize(
    ("company", "answer", "says"),
    [
        ("Aster Safety Inc.", MET, []),
        ("Northwind Roofing Ltd.", NOT_MET, ["The independent audit was made by Northwind Roofing Ltd.."]),
        ("Windward", NOT_MET, ["The independent audit was made by Windward."]),
        ("CSAM", NOT_MET, ["The independent audit was made by CSAM."]),
        (None, NOT_MET, ["Auditor company is blank on the audit."]),
        (unsure("Aster"), CANNOT_TELL, ["unsure-reading"]),
        ("Nortwind Roofing", CANNOT_TELL, ["near-name"]),
    ],
)
def test_the_independent_auditor_s_company_is_weighed(company: Any, answer: Answer, says: list[str]) -> None:  # noqa: ANN401
    papers = change(clean(MB), Kind.REGISTRATION, operating_name="Windward")
    assert told(change(papers, AUDIT, INDEPENDENT, auditor_company=company).verdict("audits")) == (answer, says)


def test_a_near_company_that_a_person_let_stand_is_another() -> None:
    papers = change(clean(MB), AUDIT, INDEPENDENT, auditor_company="Nortwind Roofing")
    papers.settled[LAST] = frozenset({"near-name@auditor_company"})
    assert papers.verdict("audits").answer is MET


def test_an_auditor_who_works_for_the_employer_is_not_independent() -> None:
    papers = change(clean(MB), AUDIT, INDEPENDENT, auditor_name="Roy, Luc")
    assert told(papers.verdict("audits")) == (NOT_MET, ["The independent audit was made by Roy, Luc."])
    own = change(clean(MB), AUDIT, 0, auditor_name="Luc Roy", auditor_company="Northwind Roofing")
    assert own.verdict("audits").answer is MET


def test_an_independent_audit_can_come_before_the_registration() -> None:
    papers = Papers(MB).add(audit(MB, "independent"))
    assert len(papers.verdict("audits").shortfalls) == 2


def test_who_made_the_partner_s_audit_is_not_independent() -> None:
    papers = change(clean(MB), AUDIT, INDEPENDENT, auditor_name="VALE, Robin")
    assert told(papers.verdict("audits")) == (NOT_MET, ["The independent audit was made by VALE, Robin."])
    nearly = change(clean(MB), AUDIT, INDEPENDENT, auditor_name="Robyn Vale")
    assert told(nearly.verdict("audits")) == (CANNOT_TELL, ["near-name"])


@pytest.mark.parametrize(("nth", "order"), [(1, 7), (INDEPENDENT, LAST)])
def test_an_unclear_name_of_either_auditor_is_asked_for_until_a_person_lets_it_stand(nth: int, order: int) -> None:
    papers = change(clean(MB), AUDIT, nth, auditor_name=unsure())
    [question] = papers.verdict("audits").questions
    assert (question.document[-1], question.reading) == (str(order), "auditor_name")
    papers.settled[order] = frozenset({"unsure-reading@auditor_name"})
    assert told(papers.verdict("audits")) == (MET, [])


# ---------------------------------------------------------------- the partner's own audit


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("company", "answer", "says"),
    [
        ("{0}", MET, []),
        ("{0[0]}.{0[1]}.{0[2]}.{0[3]}.", MET, []),
        ("{1}", MET, []),
        ("Northwind Roofing", NOT_MET, ["was made by Northwind Roofing, which is your own company."]),
        ("Aster Safety Inc.", CANNOT_TELL, ["needs-judgement"]),
        ("{0} Winnipeg", CANNOT_TELL, ["needs-judgement"]),
        (None, CANNOT_TELL, ["needs-judgement"]),
        (unseen(), CANNOT_TELL, ["needs-judgement"]),
        (unsure("CSAM"), CANNOT_TELL, ["unsure-reading"]),
        (lost(), NOT_MET, ["We could not read what is written under Auditor company."]),
    ],
)
def test_the_partner_s_audit_is_made_by_the_partner(
    program: str,
    company: Any,  # noqa: ANN401
    answer: Answer,
    says: list[str],
) -> None:
    names = {MB: "Construction Safety Association of Manitoba", SK: "Saskatchewan Construction Safety Association"}
    if isinstance(company, str):
        company = company.format(program[:4].upper(), names[program])
    papers = change(clean(program), AUDIT, 1 if program == MB else 0, auditor_company=company)
    found, texts = told(papers.verdict("audits"))
    assert found is answer
    assert all(text.endswith(end) for text, end in zip(texts, says, strict=True)), texts


def test_a_company_that_is_not_the_partner_s_is_let_stand_by_a_person() -> None:
    papers = change(clean(SK), AUDIT, auditor_company="Aster Safety Inc.")
    [question] = papers.verdict("audits").questions
    assert question.says == (
        "The SCSA administrative audit names “Aster Safety Inc.” as the auditor's company. "
        "Say whether Saskatchewan Construction Safety Association or SCSA made it."
    )
    papers.settled[6] = frozenset({"needs-judgement"})
    assert papers.verdict("audits").answer is CANNOT_TELL
    papers.settled[6] = frozenset({"needs-judgement@auditor_company"})
    assert told(papers.verdict("audits")) == (MET, [])


def test_an_unclear_company_of_the_partner_is_let_stand_by_a_person() -> None:
    papers = change(clean(SK), AUDIT, auditor_company=unsure())
    papers.settled[6] = frozenset({"unsure-reading@auditor_company"})
    assert told(papers.verdict("audits")) == (MET, [])


def test_a_company_on_a_page_that_did_not_come_is_not_asked_for() -> None:
    papers = change(clean(SK), AUDIT, auditor_company=unseen())
    papers = find(papers, AUDIT, finding("page-missing", page=1))
    assert papers.verdict("audits").answer is NOT_MET


# ---------------------------------------------------------------- one audit, sent twice


def test_one_audit_sent_as_two_types_is_asked_about() -> None:
    papers = change(clean(MB), AUDIT, INDEPENDENT, audit_date=date(2026, 10, 5), auditor_name="ASTER, Kim")
    [question] = papers.verdict("audits").questions
    assert (question.document[-1], question.reading) == (str(LAST), "audit_type")
    assert question.says == "The same audit seems to have been sent as two types."
    papers.settled[LAST] = frozenset({"needs-judgement@audit_type"})
    assert told(papers.verdict("audits")) == (MET, [])


@pytest.mark.parametrize(
    "changed",
    [{"audit_date": date(2026, 10, 6)}, {"auditor_name": "Uma Stone"}, {"auditor_name": None}, {"sections": fifteen()}],
)
def test_audits_that_differ_are_two(changed: dict[str, Any]) -> None:
    sections = changed.pop("sections", ())
    twin = audit(MB, "independent", sections, **{"audit_date": date(2026, 10, 5), **changed})
    papers = clean(MB)
    papers.documents[-1] = twin
    assert told(papers.verdict("audits")) == (MET, [])


def test_an_older_audit_that_comes_later_is_asked_about() -> None:
    failing = audit(SK, "partner", fifteen(section(1, 40, 100)))
    older = audit(SK, "partner", audit_date=date(2026, 9, 5))
    papers = clean(SK).without(AUDIT).add(failing, older)
    [question] = papers.verdict("audits").questions
    assert (question.document[-1], question.reading) == ("7", "audit_date")
    assert "one dated 2026-10-05 came before it" in question.says
    papers.settled[7] = frozenset({"needs-judgement@audit_date"})
    assert told(papers.verdict("audits")) == (MET, [])


def test_an_older_audit_is_asked_about_however_many_came_between() -> None:
    days = (date(2026, 10, 5), date(2026, 9, 5), date(2026, 9, 5))
    papers = clean(SK).without(AUDIT).add(*(audit(SK, "partner", audit_date=day) for day in days))
    assert [q.document[-1] for q in papers.verdict("audits").questions] == ["8"]


@pytest.mark.parametrize("days", [(date(2026, 9, 5), date(2026, 10, 5)), (date(2026, 10, 5),) * 2])
def test_an_audit_as_new_as_the_one_before_supersedes(days: tuple[date, date]) -> None:
    papers = clean(SK).without(AUDIT).add(*(audit(SK, "partner", audit_date=day) for day in days))
    assert told(papers.verdict("audits")) == (MET, [])


# ---------------------------------------------------------------- the auditor

KIM = Registration(name="Kim Aster", number="A 17", since=date(2024, 1, 1), until=date(2026, 12, 31))
PAST = replace(KIM, until=date(2026, 10, 4))


def second_year(*auditors: Registration, **changed: Any) -> Papers:  # noqa: ANN401
    papers = change(clean(MB), AUDIT, 0, **changed)
    papers.certified, papers.year, papers.auditors = date(2025, 10, 1), 2, auditors
    return papers


@pytest.mark.parametrize(
    ("auditors", "changed", "answer", "says"),
    [
        ((KIM,), {}, MET, []),
        ((KIM,), {"auditor_registration": None}, MET, []),
        ((KIM,), {"auditor_name": "ASTER, Kim J."}, MET, []),
        ((PAST, KIM), {}, MET, []),
        ((replace(KIM, since=date(2026, 10, 5), until=date(2026, 10, 5)),), {}, MET, []),
        ((KIM,), {"audit_date": None}, MET, []),
        ((), {}, NOT_MET, ["Kim Aster is not in our register of auditors."]),
        ((PAST,), {}, NOT_MET, ["The registration of Kim Aster was current until 2026-10-04."]),
        ((replace(KIM, since=date(2026, 10, 6)),), {}, NOT_MET, ["The registration of Kim Aster was current until"]),
        ((replace(KIM, name="Luc Roy"),), {}, NOT_MET, ["Kim Aster is not in our register of auditors."]),
        ((replace(KIM, number="B-9"),), {}, NOT_MET, ["Kim Aster is not in our register of auditors."]),
        ((KIM,), {"auditor_name": None}, NOT_MET, ["Auditor name is blank on the audit."]),
        ((), {"auditor_name": None, "auditor_registration": None}, NOT_MET, ["Auditor name is blank on the audit."]),
        ((KIM,), {"auditor_name": lost()}, NOT_MET, ["We could not read what is written under Auditor name."]),
        ((KIM,), {"auditor_name": unsure("Kim Aster")}, CANNOT_TELL, ["unsure-reading"]),
        ((KIM,), {"auditor_registration": unsure("A-17")}, CANNOT_TELL, ["unsure-reading"]),
    ],
)
def test_in_years_two_and_three_the_auditor_is_registered(
    auditors: tuple[Registration, ...], changed: dict[str, Any], answer: Answer, says: list[str]
) -> None:
    found, texts = told(second_year(*auditors, **changed).verdict("auditor"))
    assert found is answer, texts
    assert all(text.startswith(start) for text, start in zip(texts, says, strict=True)), texts


@pytest.mark.parametrize(("year", "registered_needed"), [(1, False), (2, True), (3, True)])
def test_the_year_that_is_judged_says_whether_a_registered_auditor_is_needed(
    year: int,
    registered_needed: bool,  # noqa: FBT001
) -> None:
    papers = clean(MB)
    papers.year = year
    assert (papers.verdict("auditor").answer is NOT_MET) is registered_needed


def test_in_the_first_year_an_auditor_who_is_hard_to_read_is_not_asked_for() -> None:
    papers = change(clean(MB), AUDIT, 0, auditor_name=unsure())
    assert told(papers.verdict("auditor")) == (MET, [])
    assert told(change(clean(MB), AUDIT, 0, auditor_name=unseen()).verdict("auditor")) == (
        CANNOT_TELL,
        ["unsure-reading"],
    )


def test_an_audit_without_auditor_is_one_item_of_one_requirement() -> None:
    papers = change(clean(MB), AUDIT, 0, auditor_name=None)
    assert [r for r, v in papers.verdicts().items() if v.answer is NOT_MET] == ["auditor"]
    told_by_form = find(papers, AUDIT, finding("audit-blank", reading="auditor_name"))
    assert [r for r, v in told_by_form.verdicts().items() if v.answer is NOT_MET] == ["auditor"]
    papers.settled[6] = frozenset({"audit-blank@auditor_name"})
    assert papers.verdict("auditor").answer is MET


def test_in_later_years_the_verification_review_takes_the_place_of_the_others() -> None:
    papers = clean(MB).without(AUDIT).add(audit(MB, "self"), audit(MB, "verification_review", auditor_company="CSAM"))
    papers.certified, papers.year, papers.auditors = date(2025, 10, 1), 2, (KIM,)
    assert {v.answer for v in papers.verdicts().values()} == {MET}


# ---------------------------------------------------------------- the years


def next_year(**changed: Any) -> Papers:  # noqa: ANN401
    papers = clean(MB).add(audit(MB, "self", **changed), audit(MB, "verification_review", auditor_company="CSAM"))
    papers.certified, papers.year, papers.auditors = date(2026, 3, 1), 2, (KIM,)
    papers.spent = frozenset(f"0123456789ab.{n}" for n in range(1, 9))
    papers.counts_from = date(2026, 9, 1)
    return papers


def test_an_audit_that_an_earlier_year_rested_on_counts_for_no_other() -> None:
    assert {v.answer for v in next_year().verdicts().values()} == {MET}
    spent = next_year()
    spent.spent |= {"0123456789ab.9"}
    found = spent.verdict("audits")
    assert told(found) == (NOT_MET, ["The company self-audit has not come."])


def test_an_audit_that_came_before_the_next_year_s_papers_count_is_none_of_it() -> None:
    papers = next_year()
    papers.counts_from = date(2026, 11, 3)
    assert told(papers.verdict("audits")) == (NOT_MET, ["No audit has come yet."])
    papers.counts_from = papers.received
    papers.documents[-2] = audit(MB, "self", audit_date=date(2026, 11, 1))
    [item, *_] = papers.verdict("audits").shortfalls
    assert item.found == "The company self-audit was made on 2026-11-01."
    assert item.looked_for == "A company self-audit made on 2026-11-02 or later."


def test_after_an_end_a_new_registration_is_asked_for() -> None:
    papers = clean(MB)
    papers.again = date(2026, 11, 3)
    [item] = papers.verdict("time").shortfalls
    assert item.found.startswith("Your certification, or your registration, ended on 2026-11-03")
    papers.again = papers.received
    found = papers.verdict("time")
    assert (found.answer, found.because) == (MET, "Registered on 2026-11-02; there is time until 2028-05-02.")


# ---------------------------------------------------------------- the pass mark


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("awarded", "possible", "met"),
    [
        (5000, 10000, True),
        (4999, 10000, False),
        (50, 100, True),
        (49, 100, False),
        (1, 2, True),
        (9, 20, False),
        (10, 20, True),
        (0, 20, False),
        (0, 0, True),
        (Decimal("9.99"), 20, False),
        (Decimal("10.0"), 20, True),
    ],
)
def test_each_section_reaches_half(program: str, awarded: Any, possible: Any, met: bool) -> None:  # noqa: ANN401, FBT001
    full = 20 * max(int(possible), 20)
    sections = [section(1, awarded, possible), *(section(n, full, full) for n in range(2, 16))]
    verdict = only(sections, program, total_awarded=unseen(), total_possible=unseen()).verdict("pass_mark")
    assert verdict.answer is (MET if met else NOT_MET)


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(("lost_points", "met"), [(0, True), (299, True), (300, True), (301, False), (315, False)])
def test_all_points_together_reach_four_fifths(program: str, lost_points: int, met: bool) -> None:  # noqa: FBT001
    each, more = divmod(lost_points, 15)
    sections = [section(n, 100 - each - (n <= more), 100) for n in range(1, 16)]
    verdict = only(sections, program).verdict("pass_mark")
    assert verdict.answer is (MET if met else NOT_MET)
    if not met:
        [item] = verdict.shortfalls
        assert item.found.startswith("Overall: ")


def test_the_whole_is_not_the_mean_of_the_percentages() -> None:
    sections = [section(1, 500, 1000), *(section(n, 10, 10) for n in range(2, 16))]
    verdict = only(sections).verdict("pass_mark")
    assert verdict.because == "Overall: 640 of 1140 points, 56.1 %; at least 80 % is needed."


def test_a_shortfall_says_the_section_its_points_and_its_place() -> None:
    weak = section(6, 9, 20, name="Personal Protective Equipment")
    sections = [section(n, 100, 100) for n in range(1, 16)]
    sections[5] = weak
    [item] = only(sections, MB).verdict("pass_mark").shortfalls
    assert item.found == "Section 6, Personal Protective Equipment: 9 of 20 points, 45.0 %; at least 50 % is needed."
    assert "self-audit" in item.looked_for
    assert [(e.reading, e.value) for e in item.evidence] == [
        ("sections[6].awarded", "9"),
        ("sections[6].possible", "20"),
    ]
    assert item.evidence[0].box is not None


def test_n_a_is_taken_out_of_possible() -> None:
    out = section(1, 5, 10, available=20, not_applicable=10)
    assert only(fifteen(out)).verdict("pass_mark").answer is MET
    assert only(fifteen({**out, "awarded": 4, "percent": 40})).verdict("pass_mark").answer is NOT_MET


def test_each_audit_that_came_is_weighed_by_itself() -> None:
    papers = clean(MB).without(AUDIT)
    papers.add(audit(MB, "self", fifteen(section(1, 40, 100))), audit(MB, "partner"), audit(MB, "independent"))
    [item] = papers.verdict("pass_mark").shortfalls
    assert item.evidence[0].document == "0123456789ab.6"


def test_one_audit_that_came_is_enough_for_the_mark() -> None:
    assert told(only(fifteen(), MB).verdict("pass_mark")) == (MET, [])


@pytest.mark.parametrize(
    ("weak", "answer", "says"),
    [
        ({"awarded": unsure(90)}, CANNOT_TELL, ["unsure-reading"]),
        ({"awarded": unseen()}, CANNOT_TELL, ["unsure-reading"]),
        ({"awarded": "ten"}, CANNOT_TELL, ["unsure-reading"]),
        ({"awarded": lost()}, NOT_MET, ["We could not read what is written under Sections, row 1, awarded."]),
        ({"awarded": None}, NOT_MET, ["Section 1, Part 1 has no score."]),
        ({"awarded": 101}, NOT_MET, ["Section 1, Part 1: 101 points of 100 possible."]),
        ({"available": unsure(), "possible": unsure()}, CANNOT_TELL, ["unsure-reading"]),
        ({"available": unseen(), "possible": None}, CANNOT_TELL, ["unsure-reading"]),
        ({"not_applicable": 101, "possible": None, "percent": None}, CANNOT_TELL, ["unsure-reading"]),
        ({"available": unseen()}, MET, []),
        ({"awarded": confirmed(90)}, MET, []),
        ({"percent": unsure(), "comment": unsure()}, MET, []),
    ],
)
def test_a_score_is_weighed(weak: dict[str, Any], answer: Answer, says: list[str]) -> None:
    sections = fifteen({**section(1, 90, 100), "percent": unseen(), **weak})
    totals = {"total_awarded": unseen(), "total_possible": unseen(), "overall_percent": unseen()}
    found, texts = told(only(sections, **totals).verdict("pass_mark"))
    assert (found, texts[:1]) == (answer, says)


def test_an_unsure_section_is_taken_from_its_items() -> None:
    papers = only(fifteen(section(1, unsure(), 10, percent=unseen())))
    items = rows({"number": f"1.{n}", "awarded": 5, "not_applicable": False, "comment": None} for n in (1, 2))
    papers.documents[-1] = papers.documents[-1].corrected("items", Reading(name="items", value=items))
    assert papers.verdict("pass_mark").answer is MET


@pytest.mark.parametrize("code", ["sums-differ", "zero-unexplained", "not-applicable-unexplained", "score-blank",
                                  "awarded-over-possible", "audit-unscored"])  # fmt: skip
def test_a_finding_about_the_points_is_one_item_of_one_requirement(code: str) -> None:
    made = finding(code, reading="sections[1].awarded", place="Section 1", stated=1, computed=2, awarded=3, possible=2)
    papers = find(clean(SK), AUDIT, made)
    assert {r for r, v in papers.verdicts().items() if v.answer is not MET} == {"pass_mark"}
    [item] = papers.verdict("pass_mark").shortfalls
    assert item.evidence[0].box is not None
    papers.settled[6] = frozenset({code})
    assert papers.verdict("pass_mark").answer is MET


def test_an_audit_that_nobody_scored_is_one_item() -> None:
    papers = only([section(n, 0, 20, comment=None) for n in range(1, 16)])
    assert told(papers.verdict("pass_mark")) == (NOT_MET, ["The audit has no points at all."])
    papers.settled[6] = frozenset({"audit-unscored"})
    assert len(papers.verdict("pass_mark").shortfalls) == 16


def test_a_blank_that_was_let_stand_still_needs_a_decision() -> None:
    papers = only(fifteen(section(1, None, 20)), total_awarded=unseen(), total_possible=unseen())
    papers.settled[6] = frozenset({"score-blank"})
    assert told(papers.verdict("pass_mark")) == (CANNOT_TELL, ["needs-judgement"])
    papers.settled[6] = frozenset({"score-blank", "needs-judgement@sections"})
    assert papers.verdict("pass_mark").answer is MET
    assert papers.verdict("pass_mark").notes[0].startswith("A person judged the points: ")


@pytest.mark.parametrize("program", PROGRAMS)
def test_sections_that_we_did_not_see_are_asked_for(program: str) -> None:
    papers = only(fifteen(), program)
    papers.documents[-1] = replace(
        papers.documents[-1], readings=tuple(r for r in papers.documents[-1].readings if r.name != "sections")
    )
    assert told(papers.verdict("pass_mark")) == (CANNOT_TELL, ["needs-judgement"])


def test_fifteen_sections_are_needed_in_manitoba() -> None:
    assert only(fifteen()[:14], MB).verdict("pass_mark").answer is CANNOT_TELL
    assert only(fifteen()[:14], SK).verdict("pass_mark").answer is MET


def test_an_audit_of_nothing_is_asked_for() -> None:
    nothing = [section(n, unseen(), 0) for n in range(1, 16)]
    assert told(only(nothing).verdict("pass_mark")) == (CANNOT_TELL, ["needs-judgement"])


@pytest.mark.parametrize(
    ("rounding", "awarded", "met"),
    [
        ("exact", 4999, False),
        ("one decimal", 4994, False),
        ("one decimal", 4995, True),
        ("whole", 4949, False),
        ("whole", 4950, True),
    ],
)
def test_rounding_is_a_setting(rounding: str, awarded: int, met: bool) -> None:  # noqa: FBT001
    text = (HOME / "scsa-secor.toml").read_text("utf-8").replace('value = "exact"', f'value = "{rounding}"')
    sections = [section(1, awarded, 10000), *(section(n, 10000, 10000) for n in range(2, 16))]
    case = only(sections).case()
    found = {v.requirement: v for v in verdicts(case, book.load(text).on(DAY), words(), DAY)}
    assert (found["pass_mark"].answer is MET) is met


# ---------------------------------------------------------------- time


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("signed", "answer"),
    [
        (date(2025, 5, 24), MET),
        (date(2025, 5, 23), NOT_MET),
        (None, MET),
        (unsure(date(2020, 1, 1)), CANNOT_TELL),
        (lost(), MET),
        (unseen(), MET),
        (date(2027, 1, 1), MET),
    ],
)
def test_certification_comes_within_eighteen_months(program: str, signed: Any, answer: Answer) -> None:  # noqa: ANN401
    papers = change(clean(program), Kind.REGISTRATION, signature_date=signed)
    assert papers.verdict("time").answer is answer


@pytest.mark.parametrize(("kind", "name"), [(Kind.REGISTRATION, "signature_date"), (AUDIT, "audit_date")])
def test_a_day_that_a_person_let_stand_is_not_asked_for_again(kind: Kind, name: str) -> None:
    papers = change(clean(SK), kind, **{name: unsure(doubt="ambiguous-date")})
    assert told(papers.verdict("time")) == (CANNOT_TELL, ["ambiguous-date"])
    papers.settled[1 if kind is Kind.REGISTRATION else 6] = frozenset({f"ambiguous-date@{name}"})
    assert told(papers.verdict("time")) == (MET, [])


def test_the_first_registration_starts_the_clock() -> None:
    papers = Papers(MB).add(registration(MB, signature_date=date(2025, 1, 5)), registration(MB))
    assert papers.verdict("time").answer is NOT_MET
    assert papers.verdict("time").shortfalls[0].evidence[0].document == "0123456789ab.1"


@pytest.mark.parametrize(("opened", "answer"), [(date(2025, 5, 24), MET), (date(2025, 5, 23), NOT_MET)])
def test_without_a_registration_the_case_s_first_day_starts_it(opened: date, answer: Answer) -> None:
    assert Papers(MB, opened=opened).verdict("time").answer is answer


def test_the_day_on_which_it_came_starts_it_where_that_is_earlier() -> None:
    papers = Papers(MB, received=date(2025, 1, 2)).add(registration(MB))
    assert papers.verdict("time").answer is NOT_MET


def test_once_certified_the_eighteen_months_are_over() -> None:
    papers = change(clean(MB), Kind.REGISTRATION, signature_date=date(2024, 1, 5))
    papers.certified = date(2025, 12, 1)
    assert papers.verdict("time").answer is MET


@pytest.mark.parametrize(
    ("audited", "answer"),
    [
        (DAY, MET),
        (date(2026, 11, 25), CANNOT_TELL),
        (confirmed(date(2026, 11, 25)), NOT_MET),
        (unsure(date(2026, 1, 1)), CANNOT_TELL),
        (None, MET),
        (lost(), MET),
    ],
)
def test_no_audit_is_from_the_future(audited: Any, answer: Answer) -> None:  # noqa: ANN401
    assert change(clean(SK), AUDIT, audit_date=audited).verdict("time").answer is answer


def in_future(effect: str) -> Answer:
    text = (HOME / "scsa-secor.toml").read_text("utf-8").replace('future-date = "blocks"', f'future-date = "{effect}"')
    case = change(clean(SK), AUDIT, audit_date=date(2026, 11, 25)).case()
    return {v.requirement: v for v in verdicts(case, book.load(text).on(DAY), words(), DAY)}["time"].answer


def test_what_a_day_ahead_does_is_a_setting() -> None:
    assert [in_future(effect) for effect in ("blocks", "fails", "informs")] == [CANNOT_TELL, NOT_MET, MET]


# ---------------------------------------------------------------- who is independent, by other spellings


@pytest.mark.parametrize(
    ("changed", "answer", "says"),
    [
        ({"auditor_company": "C.S.A.M."}, NOT_MET, ["The independent audit was made by C.S.A.M.."]),
        ({"auditor_company": "CSAM Winnipeg"}, CANNOT_TELL, ["near-name"]),
        ({"auditor_company": "Northwind Roofing & Siding Inc."}, CANNOT_TELL, ["near-name"]),
        ({"auditor_company": "Northwind"}, CANNOT_TELL, ["near-name"]),
        ({"auditor_company": "Quill Safety Audits"}, MET, []),
        ({"auditor_name": "J. Doe"}, CANNOT_TELL, ["near-name"]),
        ({"auditor_name": "Janet Doe"}, CANNOT_TELL, ["near-name"]),
        ({"auditor_name": "Kim Aster"}, MET, []),
    ],
)
def test_who_is_independent_by_other_spellings(changed: dict[str, str], answer: Answer, says: list[str]) -> None:
    assert told(change(clean(MB), AUDIT, INDEPENDENT, **changed).verdict("audits")) == (answer, says)


@pytest.mark.parametrize("name", ["owner_name", "contact_name", "signature_name"])
def test_who_speaks_for_the_employer_is_not_independent_even_off_the_roster(name: str) -> None:
    papers = change(clean(MB), Kind.REGISTRATION, **{name: "Gustav Tallman"})
    papers = change(papers, AUDIT, INDEPENDENT, auditor_name="Gustav Tallman")
    assert told(papers.verdict("audits")) == (NOT_MET, ["The independent audit was made by Gustav Tallman."])


def test_an_auditor_of_nearly_an_employee_s_name_is_let_stand_by_a_person() -> None:
    papers = change(clean(MB), AUDIT, INDEPENDENT, auditor_name="Janet Doe")
    papers.settled[LAST] = frozenset({"near-name@auditor_name"})
    assert papers.verdict("audits").answer is MET
