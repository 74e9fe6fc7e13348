"""The programs beside the two: rulebooks that are data only, and what they take from the common one."""

import tomllib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from processor.errors import SetupBroken
from processor.findings import CODES
from processor.model import Answer, Case, Document, Employer, Filed, Kind, Verdict
from processor.rulebook import book
from processor.rulebook.common import filled
from processor.rulebook.edition import Rulebook
from processor.rulebook.terms import rebate_on, terms_on
from processor.rulebook.verdicts import verdicts
from tests.rulebook.cases import DAY, HOME, audit, course, first_aid, registration, rulebook, words
from tests.rulebook.test_rulebooks import courses

COMMON = (HOME / "common.toml").read_text("utf-8")
OTHERS = ("mhca-secor", "acsa-secor", "aasp-secor", "esc-secor", "bccsa-small-cor", "nsny-secor")
LIMITS = {"mhca-secor": 9, "acsa-secor": 10, "aasp-secor": 10, "esc-secor": 10, "bccsa-small-cor": 19, "nsny-secor": 9}
COURSES = (
    "leadership-for-safety-excellence", "principles-of-safety-management", "safety-auditor", "csts-2020",
    "safety-program-development", "cor-internal-auditor",
)  # fmt: skip


def text(program: str) -> str:
    return (HOME / f"{program}.toml").read_text("utf-8")


def read(program: str) -> Rulebook:
    return book.load(text(program), COMMON)


def asked_of(program: str) -> dict[str, Any]:
    requirements: dict[str, Any] = tomllib.loads(text(program))["requirement"]
    return requirements


def clean(program: str) -> list[Document]:
    papers = [replace(registration("csam-secor"), program=program, form=""), first_aid()]
    papers += [course("Jane Doe", which) for which in COURSES] + [course("Luc Roy", "csts-2020")]
    return [*papers, *(replace(audit(program, t), form="") for t in ("self", "independent"))]


def judged(program: str, papers: list[Document], *, settled: bool = True) -> dict[str, Verdict]:
    on = {f"needs-judgement@{r['values']['on'][0]['value']}" for r in asked_of(program).values() if "on" in r["values"]}
    filed = (
        Filed(number=f"0123456789ab.{i}", submission=f"{i}.pdf", received=date(2026, 11, 2), order=i, document=d,
              settled=frozenset(on) if settled and d.kind is Kind.REGISTRATION else frozenset())
        for i, d in enumerate(papers, start=1)
    )  # fmt: skip
    employer = Employer(number=1, legal_name="Northwind Roofing Ltd.", account="1234567")
    case = Case(code="AC-0001", program=program, employer=employer, opened=date(2026, 9, 3), documents=tuple(filed))
    return {v.requirement: v for v in verdicts(case, read(program).on(DAY), words(), DAY)}


@pytest.mark.parametrize("program", OTHERS)
def test_a_clean_case_is_met_once_staff_has_looked(program: str) -> None:
    found = judged(program, clean(program))
    assert {id_: v.because for id_, v in found.items() if v.answer is not Answer.MET} == {}


@pytest.mark.parametrize("program", OTHERS)
def test_what_no_paper_shows_is_asked_and_never_passed_over(program: str) -> None:
    by_hand = {id_ for id_, r in asked_of(program).items() if r["rule"] == "asked_of_staff"}
    found = judged(program, clean(program), settled=False)
    assert {id_ for id_, v in found.items() if v.answer is Answer.CANNOT_TELL} == by_hand
    assert all(q.code == "needs-judgement" for v in found.values() for q in v.questions)
    none = judged(program, clean(program)[1:])
    assert all(none[id_].answer is Answer.NOT_MET and not none[id_].received for id_ in by_hand)
    places = [r["values"]["on"][0]["value"] for r in asked_of(program).values() if "on" in r["values"]]
    assert len(places) == len(set(places)), "two questions on one reading would be settled as one"


@pytest.mark.parametrize("program", OTHERS)
def test_one_person_more_than_the_limit_is_too_many(program: str) -> None:
    most = LIMITS[program]
    for people, answer in ((most, Answer.MET), (most + 1, Answer.NOT_MET)):
        papers = clean(program)
        papers[0] = replace(registration("csam-secor", employee_count=people), program=program, form="")
        assert judged(program, papers)["size"].answer is answer


@pytest.mark.parametrize("program", OTHERS)
def test_nothing_that_is_asked_is_met_by_nothing(program: str) -> None:
    found = judged(program, [])
    assert {id_ for id_, v in found.items() if v.answer is Answer.MET} == {"time"}


@pytest.mark.parametrize("program", OTHERS)
def test_a_rulebook_is_sound(program: str) -> None:
    rules = read(program)
    assert rules.program == program
    assert set(rules.effects) == set(CODES)
    assert rules.effects == rulebook("csam-secor").effects
    assert terms_on(rules, DAY).cycle_years in (1, 3)
    for name in courses(asked_of(program)):
        assert words().course(name), name
    sentences = [w for r in rules.requirements for w in r.words.values()] + [*rules.words.values()]
    assert all(w.to_do.startswith("Please") and w.to_do.endswith(".") for w in sentences)
    dated = [e for r in rules.requirements for entries in r.history.values() for e in entries]
    dated += [e for entries in rules.standing.values() for e in entries]
    assert all(e.assumed for e in dated if "not found" in e.reference or "no page" in e.reference)


def test_only_manitoba_has_the_rebate_of_manitoba() -> None:
    assert [p for p in OTHERS if rebate_on(read(p), DAY)] == ["mhca-secor"]
    assert rebate_on(read("mhca-secor"), DAY) == rebate_on(rulebook("csam-secor"), DAY)


# ---------------------------------------------------------------- the common one


def test_what_a_rulebook_says_itself_holds() -> None:
    own = text("acsa-secor") + '[findings]\nunsigned = "blocks"\n' + (
        '[requirement.size.words.untold]\nlooked_for = "A."\nfound = "B."\nwhy = "C."\nto_do = "Please D."\n'
    )  # fmt: skip
    rules = book.load(own, COMMON)
    (size,) = (r for r in rules.requirements if r.id == "size")
    assert (rules.effects["unsigned"], rules.effects["undated"]) == ("blocks", "fails")
    assert (size.words["untold"].found, size.words["nothing"].found) == (
        "B.",
        "The registration form has not come yet.",
    )


def test_a_whole_rulebook_takes_nothing_from_the_common_one() -> None:
    assert book.load(text("csam-secor"), COMMON) == rulebook("csam-secor")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[requirement.size]\n", "[requirement]\nother = 3\n[requirement.size]\n", "[requirement.other] is missing"),
        ('rule = "size"', 'rule = "sice"', "requirement.size.rule is “sice”"),
        ("[[standing.cycle_years]]", "[words]\nunsigned = 3\n[[standing.cycle_years]]", "[words.unsigned] is missing"),
        ('version = "2026.1"', 'version = "2026.1"\nfindings = 3', "[findings] is missing"),
    ],
)
def test_what_is_wrong_is_named_as_without_it(old: str, new: str, says: str) -> None:
    with pytest.raises(SetupBroken, match=says.replace("[", r"\[").replace("]", r"\]")):
        book.load(text("acsa-secor").replace(old, new, 1), COMMON)


def test_a_rulebook_without_requirements_is_left_for_the_loader_to_refuse() -> None:
    assert "requirement" not in filled({}, COMMON)
