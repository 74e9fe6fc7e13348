from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from processor.errors import SetupBroken
from processor.letters.conclude import Earlier, fingerprint
from processor.model import Answer, Letter, LetterKind, Question, Verdict
from processor.settings import Answers
from tests.letters import cases
from tests.letters.cases import (
    CASE,
    DAY,
    LOW,
    MET,
    NO_AUDIT,
    SETTINGS,
    SIZE,
    TOO_MANY,
    UNSIGNED,
    UNSURE,
    letter,
    outcome,
)

EAGER = replace(SETTINGS, answers=Answers(hold_for_questions=False))
LATER = DAY + timedelta(days=9)


@pytest.mark.parametrize(
    ("verdicts", "kind"),
    [
        pytest.param(MET, LetterKind.CERTIFICATE, id="everything is met"),
        pytest.param((*MET, NO_AUDIT), LetterKind.ACKNOWLEDGEMENT, id="something is outstanding"),
        pytest.param((*MET, NO_AUDIT, UNSIGNED), LetterKind.DEFICIENCY, id="something fell short"),
        pytest.param((TOO_MANY, UNSIGNED, NO_AUDIT), LetterKind.TOO_LARGE, id="too many people"),
        pytest.param((TOO_MANY, UNSURE), LetterKind.TOO_LARGE, id="too many people, whatever else is unclear"),
    ],
)
def test_one_letter_follows_from_the_verdicts(verdicts: tuple[Verdict, ...], kind: LetterKind) -> None:
    assert letter(*verdicts).kind is kind


@pytest.mark.parametrize(
    "others", [(), (UNSIGNED,), (NO_AUDIT,), MET], ids=["alone", "deficient", "outstanding", "met"]
)
def test_what_cannot_be_told_holds_the_answer_and_asks(others: tuple[Verdict, ...]) -> None:
    assert outcome(*others, UNSURE) == UNSURE.questions


def test_an_office_may_write_before_the_questions_are_settled() -> None:
    assert letter(UNSIGNED, UNSURE, settings=EAGER).kind is LetterKind.DEFICIENCY


def test_no_certificate_and_no_acknowledgement_while_something_is_unclear() -> None:
    assert outcome(*MET, UNSURE, settings=EAGER) == UNSURE.questions
    assert outcome(NO_AUDIT, UNSURE, settings=EAGER) == UNSURE.questions


@pytest.mark.parametrize("evidence", [(), UNSURE.evidence], ids=["no paper", "a paper"])
def test_a_verdict_that_cannot_tell_and_asks_nothing_is_asked_about_all_the_same(evidence: tuple[()]) -> None:
    found = outcome(replace(UNSURE, questions=(), evidence=evidence))
    document = evidence[0].document if evidence else ""
    says = "First aid: The expiry date can be two days."
    assert found == (Question(document=document, code="unsure-reading", says=says),)


def test_a_size_that_is_not_known_yet_is_not_too_large() -> None:
    assert letter(replace(TOO_MANY, received=False)).kind is LetterKind.ACKNOWLEDGEMENT
    assert letter(SIZE, UNSIGNED).kind is LetterKind.DEFICIENCY


def test_nothing_judged_is_no_certificate() -> None:
    with pytest.raises(SetupBroken, match="csam-secor"):
        outcome()


@pytest.mark.parametrize(
    "verdicts",
    [MET, (*MET, NO_AUDIT), (UNSIGNED,), (TOO_MANY,)],
    ids=["certificate", "outstanding", "deficient", "size"],
)
def test_the_same_is_not_said_twice_even_on_another_day(verdicts: tuple[Verdict, ...]) -> None:
    said = Earlier.of(letter(*verdicts))
    assert outcome(*verdicts, day=LATER, earlier=(said,)) is None


def test_days_that_a_sentence_names_do_not_make_it_new() -> None:
    def on(day: str) -> Verdict:
        return replace(NO_AUDIT, shortfalls=(replace(NO_AUDIT.shortfalls[0], to_do=f"As of {day}, send the audit."),))

    assert outcome(on("2026-12-03"), day=LATER, earlier=(Earlier.of(letter(on("2026-11-24"))),)) is None


def test_a_new_shortfall_is_said() -> None:
    said = Earlier.of(letter(UNSIGNED))
    assert isinstance(outcome(UNSIGNED, LOW, earlier=(said,)), Letter)


def test_a_new_paper_with_the_same_fault_is_answered() -> None:
    said = Earlier.of(letter(UNSIGNED))
    moved = tuple(replace(e, document=cases.AUDIT.number) for e in UNSIGNED.shortfalls[0].evidence)
    again = replace(UNSIGNED, shortfalls=(replace(UNSIGNED.shortfalls[0], evidence=moved),))
    assert isinstance(outcome(again, earlier=(said,)), Letter)


def test_what_was_said_before_the_last_letter_may_be_said_again() -> None:
    first, second = Earlier.of(letter(UNSIGNED)), Earlier.of(letter(NO_AUDIT))
    assert isinstance(outcome(UNSIGNED, earlier=(first, second)), Letter)


def test_a_certificate_that_stands_is_not_issued_again_but_what_came_since_is_answered() -> None:
    certified, deficient = letter(*MET), letter(UNSIGNED, day=LATER)
    earlier = (Earlier.of(certified), Earlier.of(deficient))
    answer = letter(*MET, day=LATER, earlier=earlier)
    assert answer.kind is LetterKind.ACKNOWLEDGEMENT
    assert any("CSAM-2026-0007" in line.text and "November 23, 2029" in line.text for line in answer.lines)
    assert outcome(*MET, day=LATER, earlier=(*earlier, Earlier.of(answer))) is None


def test_a_new_name_brings_a_new_certificate_with_the_old_days() -> None:
    said = Earlier.of(letter(*MET))
    renamed = letter(*MET, case=cases.named("Southwind Roofing Ltd."), day=LATER, earlier=(said,))
    assert renamed.kind is LetterKind.CERTIFICATE
    assert renamed.data["certified_on"] == DAY.isoformat()
    assert any("CSAM-2026-0007" in line.text for line in renamed.lines)


def test_after_three_years_a_new_cycle_begins() -> None:
    said = Earlier.of(letter(*MET))
    again = letter(*MET, day=date(2029, 11, 24), earlier=(said,))
    fields = again.data["fields"]
    assert isinstance(fields, dict)
    assert (fields["cycle"], fields["certified_on"]) == ("2", "November 24, 2029")


def test_a_fingerprint_is_of_what_is_said_not_of_its_number() -> None:
    one = letter(UNSIGNED)
    other = replace(one, data={**one.data, "number": "L-2026-000999"})
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(letter(LOW))
    assert len(fingerprint(one)) == 64


def test_an_answer_is_never_a_letter_and_a_question_and_never_nothing_the_first_time() -> None:
    for answer in Answer:
        for received in (True, False):
            one = replace(UNSIGNED, answer=answer, received=received)
            assert outcome(one) is not None
            assert outcome(replace(one, shortfalls=(), evidence=())) is not None


def test_the_papers_that_a_letter_knew_are_kept_with_it() -> None:
    assert Earlier.of(letter(UNSIGNED)).papers == tuple(f.number for f in CASE.documents)
