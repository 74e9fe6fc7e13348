"""Cases: opened once, touched by what comes, judged once for each touch."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from processor.errors import Wrong
from processor.model import Answer, Question, Verdict
from tests.store.made_up import DAY, Keys, filed_case, letter, registration, submission

if TYPE_CHECKING:
    from processor.store.store import Store

VERDICT = Verdict(
    requirement="registration",
    title="A complete registration",
    answer=Answer.CANNOT_TELL,
    because="The name is not sure.",
    reference="CSAM 2",
)
LATER = DAY + timedelta(days=1)


def question(number: str, reading: str = "legal_name") -> Question:
    return Question(document=number, code="unsure-reading", says="Read the box.", reading=reading, page=1)


def test_codes_count_up_for_each_province(store: Store) -> None:
    filed_case(store)
    filed_case(store, name="b.pdf", account="2")
    codes = [
        store.cases.open(1, "csam-secor", DAY, prefix="MB"),
        store.cases.open(2, "csam-secor", DAY, prefix="MB"),
        store.cases.open(2, "scsa-secor", DAY, prefix="SK"),
    ]
    assert codes == ["MB-0001", "MB-0002", "SK-0001"]


def test_a_case_holds_its_papers_in_the_order_they_came(store: Store) -> None:
    code, first = filed_case(store)
    (second,) = store.papers.keep(submission(registration("New Name Ltd."), name="b.pdf"), LATER, keys=[Keys()])
    store.papers.file(second, LATER, employer=1, case=code)
    case = store.cases.case(code)
    assert [f.number for f in case.documents] == [first, second]
    assert case.documents[0].order < case.documents[1].order
    assert (case.program, case.opened, case.employer.number) == ("csam-secor", DAY, 1)


@pytest.mark.parametrize("ask", ["case", "verdicts", "summary"])
def test_an_unknown_case_is_said_to_be_unknown(store: Store, ask: str) -> None:
    with pytest.raises(Wrong, match="There is no case MB-9999"):
        getattr(store.cases, ask)("MB-9999")


def test_an_unknown_case_cannot_be_judged(store: Store) -> None:
    with pytest.raises(Wrong, match="There is no case"):
        store.cases.judged("MB-9999", DAY, verdicts=[])


def test_a_judged_case_is_touched_again_by_the_next_paper(store: Store) -> None:
    code, _ = filed_case(store)
    assert store.cases.touched() == (code,)
    store.cases.judged(code, DAY, verdicts=[VERDICT])
    assert store.cases.touched() == ()
    (number,) = store.papers.keep(submission(registration(), name="b.pdf"), DAY, keys=[Keys()])
    store.papers.file(number, DAY, employer=1, case=code)
    assert store.cases.touched() == (code,)


def test_verdicts_are_those_of_the_last_judging(store: Store) -> None:
    code, _ = filed_case(store)
    assert store.cases.verdicts(code) == ()
    store.cases.judged(code, DAY, verdicts=[VERDICT])
    assert store.cases.verdicts(code) == (VERDICT,)


def test_an_open_question_keeps_its_age_and_an_answered_one_goes(store: Store) -> None:
    code, number = filed_case(store)
    store.cases.judged(code, DAY, verdicts=[], questions=[question(number), question(number, "phone")])
    store.cases.judged(code, LATER, verdicts=[], questions=[question(number, "email"), question(number)])
    asked = [(a.question.reading, a.since) for a in store.cases.questions(code)]
    assert asked == [("legal_name", DAY), ("email", LATER)]


def test_the_review_queue_is_oldest_first_over_all_cases(store: Store) -> None:
    first, paper = filed_case(store)
    second, other = filed_case(store, name="b.pdf", account="2")
    store.cases.judged(second, DAY, verdicts=[], questions=[question(other)])
    store.cases.judged(first, LATER, verdicts=[], questions=[question(paper)])
    assert [a.case for a in store.cases.questions()] == [second, first]
    assert store.cases.questions()[0].question == question(other)


def test_the_same_question_twice_is_one(store: Store) -> None:
    code, number = filed_case(store)
    store.cases.judged(code, DAY, verdicts=[], questions=[question(number)] * 2)
    assert len(store.cases.questions(code)) == 1


def test_a_summary_says_the_last_letter_and_the_open_questions(store: Store) -> None:
    code, number = filed_case(store)
    with store.transaction():
        store.cases.judged(code, DAY, verdicts=[VERDICT], questions=[question(number)])
        store.letters.owe(letter(code), number=store.letters.next_number(DAY), fingerprint="f")
    summary = store.cases.summary(code)
    assert (summary.questions, summary.letter, summary.lettered) == (1, "deficiency", DAY)
    assert (summary.judged, summary.touched) == (DAY, False)


@pytest.mark.parametrize(
    ("like", "found"),
    [
        ("", ["MB-0001", "MB-0002"]),
        ("prairie", ["MB-0001", "MB-0002"]),
        ("MB-0002", ["MB-0002"]),
        ("1234567", ["MB-0001"]),
        ("nobody", []),
        ("%", []),
        ("_", []),
    ],
)
def test_cases_are_found_by_code_account_or_name(store: Store, like: str, found: list[str]) -> None:
    filed_case(store)
    filed_case(store, name="b.pdf", account="22")
    assert [s.code for s in store.cases.summaries(like)] == found
