"""Size, registration, industry: what the registration form decides by itself."""

from typing import Any

import pytest

from processor.findings import finding
from processor.model import Answer, Kind, Reading
from tests.rulebook.cases import (
    EMPTY,
    PROGRAMS,
    WORKERS,
    Papers,
    change,
    clean,
    confirmed,
    find,
    lost,
    paper_of,
    registration,
    unseen,
    unsure,
)

MET, NOT_MET, CANNOT_TELL = Answer.MET, Answer.NOT_MET, Answer.CANNOT_TELL
MB, SK = "csam-secor", "scsa-secor"
REGISTRATION = Kind.REGISTRATION


def firm(program: str, listed: int, stated: Any) -> Papers:  # noqa: ANN401
    workers = [{**WORKERS[2], "name": f"Pat {'ABCDEFGHIJ'[i]}berg"} for i in range(listed)]
    papers = clean(program)
    papers.documents[0] = registration(program, workers, employee_count=stated)
    return papers


# ---------------------------------------------------------------- size


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    ("listed", "stated", "answer"),
    [
        (1, 1, MET),
        (8, 8, MET),
        (9, 9, MET),
        (10, 10, NOT_MET),
        (10, 11, NOT_MET),
        (10, 250, NOT_MET),
        (3, 12, NOT_MET),
        (3, 4, CANNOT_TELL),
        (4, 3, CANNOT_TELL),
        (10, 9, CANNOT_TELL),
        (3, unsure(3), CANNOT_TELL),
        (3, unsure(), CANNOT_TELL),
        (3, unseen(), CANNOT_TELL),
        (3, confirmed(3), MET),
        (3, confirmed(10), NOT_MET),
        (3, None, MET),
        (3, lost(), MET),
        (10, None, NOT_MET),
        (0, None, NOT_MET),
        (0, lost(), NOT_MET),
    ],
)
def test_size_is_counted(program: str, listed: int, stated: Any, answer: Answer) -> None:  # noqa: ANN401
    verdict = firm(program, listed, stated).verdict("size")
    assert verdict.answer is answer, verdict.because


@pytest.mark.parametrize("program", PROGRAMS)
def test_exactly_nine_is_shown_to_staff(program: str) -> None:
    assert "exactly 9 people" in firm(program, 9, 9).verdict("size").notes[0]
    assert not firm(program, 8, 8).verdict("size").notes


def test_too_many_people_say_how_many_and_where() -> None:
    [item] = firm(MB, 10, 12).verdict("size").shortfalls
    assert "12 people" in item.found
    assert item.evidence[0].reading == "employee_count"
    assert item.evidence[0].value == "12"
    assert item.evidence[0].box is not None


def test_an_untold_size_is_outstanding_and_not_too_large() -> None:
    verdict = firm(MB, 0, None).verdict("size")
    assert (verdict.answer, verdict.received) == (NOT_MET, False)


def test_a_short_roster_is_asked_until_it_is_let_stand() -> None:
    papers = firm(MB, 3, 4)
    [question] = papers.verdict("size").questions
    assert (question.code, question.reading) == ("roster-short", "employee_count")
    papers.settled[1] = frozenset({"roster-short@employee_count"})
    assert papers.verdict("size").answer is MET


# ---------------------------------------------------------------- registration


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize(
    "name",
    ["legal_name", "wcb_account", "industry_code", "nature_of_work", "mailing_address", "city", "province",
     "postal_code", "phone", "owner_name", "contact_name", "employee_count", "agreement_signed", "signature_name",
     "signature_date"],
)  # fmt: skip
def test_each_box_of_the_registration_counts(program: str, name: str) -> None:
    def verdict(value: Any) -> Any:  # noqa: ANN401
        return change(clean(program), REGISTRATION, **{name: value}).verdict("registration")

    [item] = verdict(None).shortfalls
    assert verdict(None).answer is NOT_MET
    assert item.evidence[0].reading == name
    assert item.evidence[0].box is not None
    assert item.to_do
    for doubtful in (unsure(), unseen()):
        [question] = verdict(doubtful).questions
        assert verdict(doubtful).answer is CANNOT_TELL
        assert (question.code, question.reading) == ("unsure-reading", name)
    [item] = verdict(lost()).shortfalls
    assert "could not read" in item.found


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", ["operating_name", "email", "business_number", "contact_title", "letter_language"])
def test_what_nobody_needs_is_never_asked_for(program: str, name: str) -> None:
    papers = change(clean(program), REGISTRATION, **{name: unsure()})
    assert {v.answer for v in papers.verdicts().values()} == {MET}


def test_each_empty_box_is_an_item_of_its_own() -> None:
    papers = change(clean(MB), REGISTRATION, phone=None, city=None, agreement_signed=False, signature_date=None)
    items = papers.verdict("registration").shortfalls
    assert [i.evidence[0].reading for i in items] == ["city", "phone", "agreement_signed", "signature_date"]


def test_a_question_waits_for_its_answer_before_the_letter_is_whole() -> None:
    papers = change(clean(MB), REGISTRATION, phone=None, city=unsure())
    verdict = papers.verdict("registration")
    assert verdict.answer is CANNOT_TELL
    assert (len(verdict.shortfalls), len(verdict.questions)) == (1, 1)


def test_what_the_form_itself_requires_counts_as_well() -> None:
    blank = finding("field-blank", reading="email")
    papers = find(change(clean(MB), REGISTRATION, email=None), REGISTRATION, blank)
    [item] = papers.verdict("registration").shortfalls
    assert item.evidence[0].reading == "email"


def test_a_blank_that_a_person_let_stand_is_no_obstacle() -> None:
    papers = change(clean(MB), REGISTRATION, phone=None)
    papers.settled[1] = frozenset({"field-blank@phone"})
    assert papers.verdict("registration").answer is MET


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_roster_of_nobody_is_a_shortfall(program: str) -> None:
    papers = clean(program)
    papers.documents[0] = registration(program, [], employee_count=2)
    assert [i.found for i in papers.verdict("registration").shortfalls] == ["Nobody stands on the roster."]


@pytest.mark.parametrize("table", [unseen(), unsure()])
def test_a_roster_that_we_did_not_see_is_asked_for(table: Reading) -> None:
    papers = clean(MB)
    papers.documents[0] = registration(MB, workers_unread=table)
    assert [q.reading for q in papers.verdict("registration").questions] == ["workers"]
    papers.settled[1] = frozenset({"unsure-reading@workers"})
    assert papers.verdict("registration").answer is MET


def test_a_row_without_a_name_is_a_shortfall_of_the_registration_alone() -> None:
    papers = clean(SK)
    papers.documents[0] = registration(SK, [*WORKERS, {**EMPTY, "permanent_full_time": True}])
    found = papers.verdicts()
    assert [i.evidence[0].reading for i in found["registration"].shortfalls] == ["workers[4].name"]
    assert found["scot"].answer is MET


@pytest.mark.parametrize("code", ["page-twice", "stray-writing", "name-differs", "near-name", "changed-after-signing"])
def test_a_finding_that_blocks_asks_until_it_is_let_stand(code: str) -> None:
    papers = find(clean(MB), REGISTRATION, made(code))
    verdict = papers.verdict("registration")
    assert verdict.answer is CANNOT_TELL
    assert [q.code for q in verdict.questions] == [code]
    papers.settled[1] = frozenset({code})
    assert papers.verdict("registration").answer is MET


def made(code: str) -> Any:  # noqa: ANN401
    return finding(code, page=1, raw="x", name="A", employer="B", what="x")


@pytest.mark.parametrize("code", ["mended-file", "page-order", "active-content", "digitally-signed"])
def test_a_finding_that_informs_is_a_note(code: str) -> None:
    verdict = find(clean(MB), REGISTRATION, made(code)).verdict("registration")
    assert verdict.answer is MET
    assert made(code).says in verdict.notes


def test_a_finding_about_a_reading_matters_where_it_is_needed() -> None:
    wrong = finding("postal-province", reading="postal_code", raw="S4N 6E3", province="MB")
    other = finding("unclear-value", reading="email", raw="x", expected="an e-mail address")
    verdict = find(clean(MB), REGISTRATION, wrong, other).verdict("registration")
    assert [q.code for q in verdict.questions] == ["postal-province"]
    looked = find(change(clean(MB), REGISTRATION, postal_code=confirmed("S4N 6E3")), REGISTRATION, wrong)
    assert looked.verdict("registration").answer is MET


def test_the_question_says_what_the_doubt_says() -> None:
    twice = finding("ambiguous-date", reading="signature_date", raw="03/04/26")
    papers = find(change(clean(MB), REGISTRATION, signature_date=unsure(doubt="ambiguous-date")), REGISTRATION, twice)
    [question] = papers.verdict("registration").questions
    assert (question.code, question.says) == ("ambiguous-date", twice.says)


def test_a_doubt_that_a_person_let_stand_is_relied_on() -> None:
    papers = change(clean(MB), REGISTRATION, phone=unsure("204-555-0199", "stored-differs"))
    papers.settled[1] = frozenset({"stored-differs@phone"})
    assert papers.verdict("registration").answer is MET


def test_a_box_that_was_let_stand_without_a_value_is_filled_in_and_still_unknown() -> None:
    papers = change(clean(MB), REGISTRATION, employee_count=unsure(None, "unclear-value"))
    papers.settled[1] = frozenset({"unclear-value@employee_count"})
    assert papers.verdict("registration").answer is MET
    assert papers.verdict("size").answer is CANNOT_TELL
    unsaid = change(clean(MB), REGISTRATION, phone=unseen())
    unsaid.settled[1] = frozenset({"unsure-reading@phone"})
    assert unsaid.verdict("registration").answer is MET


def test_the_latest_registration_supersedes() -> None:
    papers = change(clean(MB), REGISTRATION, phone=None).add(registration(MB))
    assert papers.verdict("registration").answer is MET
    assert papers.verdict("registration").evidence[0].document.endswith(f".{len(papers.documents)}")


def test_the_other_program_s_registration_does_not_count() -> None:
    assert Papers(MB).add(registration(SK)).verdict("registration").received is False


def test_papers_are_taken_in_the_order_in_which_they_were_kept() -> None:
    case = change(clean(MB), REGISTRATION, phone=None).add(registration(MB)).case()
    assert [f.order for f in case.documents] == sorted(f.order for f in case.documents)
    assert paper_of(clean(MB), REGISTRATION) == 0


# ---------------------------------------------------------------- industry


@pytest.mark.parametrize(
    ("code", "warns"),
    [
        ("40403", False),
        ("40403-01", False),
        ("50101, 40204", False),
        ("40904", False),
        ("40107", True),
        ("4040", True),
        ("B11", True),
        ("", True),
        (None, True),
        (unsure("40403"), True),
    ],
)
def test_other_industries_only_inform_staff(code: Any, warns: bool) -> None:  # noqa: ANN401, FBT001
    verdict = change(clean(MB), REGISTRATION, industry_code=code).verdict("industry")
    assert (verdict.answer, verdict.questions, verdict.shortfalls) == (MET, (), ())
    assert any(n.startswith("Warning") for n in verdict.notes) is warns
