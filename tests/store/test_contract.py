"""What goes into JSON comes back, places and all."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor import contract
from processor.model import (
    Answer,
    Box,
    Came,
    Document,
    Evidence,
    Finding,
    Kind,
    Letter,
    LetterKind,
    Line,
    Mail,
    Means,
    Part,
    Question,
    Reading,
    Row,
    Severity,
    Shortfall,
    State,
    Submission,
    Verdict,
)

text = st.text(max_size=12)
points = st.integers(0, 100_000).map(lambda n: n / 100)
boxes = st.none() | st.builds(Box, points, points, points, points)
pages = st.none() | st.integers(1, 200)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
names = st.sampled_from(["legal_name", "employee_count", "phone", "postal_code"])
scalars = st.none() | text | st.booleans() | st.integers() | st.decimals(-1000, 1000, places=2)


def reading(name: str, value: st.SearchStrategy[object]) -> st.SearchStrategy[Reading]:
    return st.builds(
        Reading,
        name=st.just(name),
        value=value,
        state=st.sampled_from(State),
        raw=text,
        confidence=st.integers(0, 10_000).map(lambda n: n / 10_000),
        means=st.sampled_from(Means),
        page=pages,
        box=boxes,
        doubt=text,
    )


cells = st.lists(names.flatmap(lambda n: reading(n, scalars)), max_size=3, unique_by=lambda r: r.name)
tables = st.lists(cells.map(tuple).map(Row), max_size=3).map(tuple)
readings = st.tuples(
    names.flatmap(lambda n: reading(n, scalars)), reading("audit_date", days), reading("workers", tables)
)
findings = st.builds(
    Finding,
    code=text,
    severity=st.sampled_from(Severity),
    says=text,
    page=pages,
    box=boxes,
    reading=text,
)
documents = st.builds(
    Document,
    kind=st.sampled_from(Kind),
    form=text,
    program=text,
    pages=st.lists(st.integers(1, 9), max_size=3).map(tuple),
    readings=readings,
    findings=st.lists(findings, max_size=2).map(tuple),
    part=text,
)
mails = st.builds(Mail, path=text, sender=text, subject=text, sent=text, text=text)
parts = st.builds(
    Part, path=text, sha256=text, came=st.sampled_from(Came), findings=st.lists(findings, max_size=2).map(tuple)
)
evidence = st.builds(Evidence, document=text, reading=text, page=pages, box=boxes, value=text)
evidences = st.lists(evidence, max_size=2).map(tuple)
questions = st.builds(Question, document=text, code=text, says=text, reading=text, page=pages, box=boxes)
shortfalls = st.builds(Shortfall, looked_for=text, found=text, why=text, to_do=text, evidence=evidences)
verdicts = st.builds(
    Verdict,
    requirement=text,
    title=text,
    answer=st.sampled_from(Answer),
    because=text,
    reference=text,
    evidence=evidences,
    received=st.booleans(),
    shortfalls=st.lists(shortfalls, max_size=2).map(tuple),
    questions=st.lists(questions, max_size=2).map(tuple),
    notes=st.lists(text, max_size=2).map(tuple),
)
letters = st.builds(
    Letter,
    kind=st.sampled_from(LetterKind),
    case=text,
    day=days,
    data=st.dictionaries(text, text | st.integers() | st.lists(text, max_size=2), max_size=3),
    lines=st.lists(st.builds(Line, text=text, requirement=text, reference=text, evidence=evidences), max_size=2).map(
        tuple
    ),
)


def through_text(shown: contract.Json) -> contract.Json:
    back: contract.Json = json.loads(json.dumps(shown, allow_nan=False))
    return back


def places(document: Document) -> list[object]:
    """What does not compare: how we know, and where it stands."""
    return [(r.raw, r.confidence, r.means, r.page, r.box, r.doubt) for r in document.readings]


@given(documents)
def test_a_document_comes_back_with_its_places(document: Document) -> None:
    back = contract.document_of(through_text(contract.document_json(document)))
    assert back == document
    assert places(back) == places(document)
    assert [f.says for f in back.findings] == [f.says for f in document.findings]


@given(
    st.lists(documents, max_size=2).map(tuple),
    st.lists(findings, max_size=2).map(tuple),
    st.lists(mails, max_size=2).map(tuple),
    st.lists(parts, max_size=2).map(tuple),
)
def test_a_submission_comes_back(
    held: tuple[Document, ...], found: tuple[Finding, ...], covering: tuple[Mail, ...], inside: tuple[Part, ...]
) -> None:
    whole = Submission(name="scan.pdf", sha256="ab" * 32, documents=held, findings=found, mails=covering, parts=inside)
    assert contract.submission_of(through_text(contract.submission_json(whole))) == whole


def test_a_file_that_is_no_container_says_nothing_of_mails_and_parts() -> None:
    plain = Submission(name="scan.pdf", sha256="ab" * 32, documents=(Document(kind=Kind.OTHER, pages=(1,)),))
    shown = contract.submission_json(plain)
    assert shown.keys() == {"submission", "sha256", "documents", "findings"}
    assert "part" not in shown["documents"][0]


@given(verdicts)
def test_a_verdict_comes_back(verdict: Verdict) -> None:
    assert contract.verdict_of(through_text(contract.verdict_json(verdict))) == verdict


@given(letters)
def test_a_letter_comes_back(letter: Letter) -> None:
    assert contract.letter_of(through_text(contract.letter_json(letter))) == letter


@given(questions)
def test_a_question_comes_back(question: Question) -> None:
    assert contract.question_of(through_text(contract.question_json(question))) == question


@pytest.mark.parametrize("name", ["issue_date", "workers"])
def test_what_stands_where_a_day_or_a_table_should_comes_back_as_it_was(name: str) -> None:
    odd = Reading(name=name, value="next spring", state=State.UNSURE)
    assert contract.reading_of(name, through_text(contract.reading_json(odd))) == odd


def test_a_fraction_of_a_percent_stays_exact() -> None:
    exact = Reading(name="overall_percent", value=Decimal("79.99"))
    back = contract.reading_of("overall_percent", through_text(contract.reading_json(exact)))
    assert back.value == Decimal("79.99")
