"""Whatever the papers say: the rules never raise, always say why, and more evidence takes nothing away."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.casework.checks import check
from processor.findings import CODES, finding
from processor.model import Answer, Case, Document, Employer, Filed, Finding, Kind, Reading, Registration, Row, State
from processor.rulebook.verdicts import verdicts
from tests.rulebook.cases import PROGRAMS, clean, course, first_aid, rulebook, unsure, words

NAMES = ("legal_name", "operating_name", "wcb_account", "industry_code", "postal_code", "province", "owner_name",
         "employee_count", "largest_crew", "first_aid_hazard", "distance_to_medical_aid", "agreement_signed",
         "signature_name", "signature_date", "holder_name", "course", "level", "cpr_level", "issue_date",
         "expiry_date", "audit_type", "audit_date", "auditor_name", "auditor_company", "auditor_registration",
         "auditor_signed", "officer_signed", "total_possible", "total_awarded", "overall_percent")  # fmt: skip
TABLES = ("workers", "sections", "items", "sites")
CELLS = ("name", "permanent_full_time", "owner_or_senior", "number", "available", "not_applicable", "possible",
         "awarded", "percent", "comment", "location")  # fmt: skip
WORDS = st.sampled_from(["Jane Doe", "Luc Roy", "scot", "csts-2020", "first-aid", "intermediate", "BLS", "self",
                         "partner", "independent", "safety-auditor", "40403", "close", "other", "", "1", "{x}",
                         "x" * 300])  # fmt: skip
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(2024, 1, 1), date(2027, 1, 1))
SCALARS = st.one_of(st.none(), WORDS, st.text(max_size=12), st.integers(-3, 30), st.booleans(), DAYS,
                    st.decimals(allow_nan=True, allow_infinity=True) | st.decimals(0, 30, places=1))  # fmt: skip


def readings(names: tuple[str, ...]) -> st.SearchStrategy[Reading]:
    doubts = st.sampled_from(["", "two-ticks", "holder-unclear"])
    return st.builds(
        Reading, name=st.sampled_from(names), value=SCALARS, state=st.sampled_from(State), doubt=doubts, page=st.just(1)
    )


def tables() -> st.SearchStrategy[Reading]:
    rows = st.lists(st.lists(readings(CELLS), max_size=6).map(lambda cells: Row(tuple(cells))), max_size=4)
    return st.builds(Reading, name=st.sampled_from(TABLES), value=rows.map(tuple), state=st.sampled_from(State))


def found(code: str, reading: str) -> Finding:
    return replace(finding("unknown-paper"), code=code, says=CODES[code].says, reading=reading)


DOCUMENTS = st.builds(
    Document,
    kind=st.sampled_from(Kind),
    program=st.sampled_from(["", *PROGRAMS]),
    pages=st.sampled_from([(), (1,)]),
    readings=st.tuples(st.lists(readings(NAMES), max_size=14), st.lists(tables(), max_size=3)).map(
        lambda both: (*both[0], *both[1])
    ),
    findings=st.lists(
        st.builds(found, st.sampled_from(sorted(CODES)), st.sampled_from(["", *NAMES, "workers[1].name"])), max_size=2
    ).map(tuple),
)


def case_of(program: str, documents: list[Document], day: date, certified: date | None) -> Case:
    filed = tuple(
        Filed(
            number=f"a.{i}",
            submission="a.pdf",
            received=day,
            order=i,
            document=replace(d, findings=(*d.findings, *check(d, None, day))),
            settled=frozenset({"near-name", "score-blank"} if i % 2 else ()),
        )
        for i, d in enumerate(documents)
    )
    kim = Registration(name="Jane Doe", number="1", since=date(2020, 1, 1), until=date(2030, 1, 1))
    employer = Employer(number=1, legal_name="Northwind Roofing Ltd.")
    return Case(
        code="A", program=program, employer=employer, opened=day, documents=filed, auditors=(kim,), certified=certified
    )


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PROGRAMS), st.lists(DOCUMENTS, max_size=5), DAYS, st.none() | DAYS)
def test_no_papers_make_a_rule_raise_and_every_verdict_says_why(
    program: str, documents: list[Document], day: date, certified: date | None
) -> None:
    case = case_of(program, documents, day, certified)
    for verdict in verdicts(case, rulebook(program).on(day), words(), day):
        assert verdict.because.strip()
        assert verdict.reference.strip()
        assert bool(verdict.questions) == (verdict.answer is Answer.CANNOT_TELL)
        assert verdict.shortfalls or verdict.answer is not Answer.NOT_MET
        assert verdict.answer is not Answer.MET or not verdict.shortfalls
        assert verdict.received or verdict.answer is Answer.NOT_MET
        assert len({(q.document, q.code, q.reading) for q in verdict.questions}) == len(verdict.questions)


EXTRAS = st.one_of(
    st.builds(course, st.sampled_from(["Jane Doe", "Luc Roy", "Kim Aster", "Luc Ruy", unsure(), None]),
              st.sampled_from(["scot", "csts-09", "whmis", "safety-auditor", unsure()]),
              issue_date=st.sampled_from([date(2020, 1, 1), date(2030, 1, 1), unsure(), None]),
              expiry_date=st.sampled_from([date(2021, 1, 1), date(2030, 1, 1), unsure(), None])),
    st.builds(first_aid, st.sampled_from(["Jane Doe", "Luc Roy", "Kim Aster", unsure()]),
              st.sampled_from(["basic", "intermediate", unsure(), None]),
              issue_date=st.sampled_from([date(2020, 1, 1), date(2030, 1, 1), unsure()]),
              expiry_date=st.sampled_from([date(2021, 1, 1), date(2030, 1, 1), unsure()])),
    DOCUMENTS.filter(lambda d: d.kind not in (Kind.REGISTRATION, Kind.AUDIT)),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PROGRAMS), st.lists(st.tuples(EXTRAS, st.integers(0, 9)), max_size=4))
def test_more_certificates_never_worsen_a_verdict(program: str, extras: list[tuple[Document, int]]) -> None:
    papers = clean(program)
    for extra, place in extras:
        papers.documents.insert(place, extra)
    assert {v.answer for v in papers.verdicts().values()} == {Answer.MET}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PROGRAMS), st.data())
def test_a_paper_less_never_makes_a_verdict_better(program: str, data: st.DataObject) -> None:
    whole = clean(program)
    kept = data.draw(st.lists(st.sampled_from(range(len(whole.documents))), unique=True))
    whole.documents = [d for i, d in enumerate(whole.documents) if i in kept]
    better = clean(program).verdicts()
    ranks = {Answer.NOT_MET: 0, Answer.CANNOT_TELL: 1, Answer.MET: 2}
    for requirement, verdict in whole.verdicts().items():
        assert ranks[verdict.answer] <= ranks[better[requirement].answer]


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("kind", [Kind.REGISTRATION, Kind.AUDIT])
def test_a_case_of_one_paper_asks_nobody(program: str, kind: Kind) -> None:
    papers = clean(program)
    papers.documents = [d for d in papers.documents if d.kind is kind][:1]
    assert not [q for v in papers.verdicts().values() for q in v.questions]


def test_numbers_of_any_size_are_survived() -> None:
    papers = clean("scsa-secor")
    huge = Reading(name="employee_count", value=10**5000)
    papers.documents[0] = papers.documents[0].corrected("employee_count", huge)
    assert papers.verdict("size").answer is not Answer.NOT_MET
    points = Reading(name="total_awarded", value=Decimal("1e400"))
    papers.documents[-1] = papers.documents[-1].corrected("total_awarded", points)
    assert papers.verdict("pass_mark").answer is Answer.MET
