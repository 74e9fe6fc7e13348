"""The health of the two rulebooks: what every one of them must hold."""

import tomllib
from datetime import date
from typing import Any

import pytest

from processor.findings import CODES
from processor.rulebook.edition import ASKED, Effect
from processor.rulebook.rules import RULES
from tests.rulebook.cases import (
    DAY,
    HOME,
    PROGRAMS,
    audit,
    clean,
    course,
    first_aid,
    registration,
    rulebook,
    toml,
    words,
)

OLD, FAR = date(1, 1, 1), date(9999, 12, 31)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_finding_is_declared(program: str) -> None:
    assert set(rulebook(program).effects) == set(CODES)


def test_the_two_rulebooks_do_the_same_with_a_finding() -> None:
    one, other = (rulebook(p).effects for p in PROGRAMS)
    assert one == other


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("day", [OLD, DAY, FAR])
def test_a_program_asks_the_same_on_every_day(program: str, day: date) -> None:
    asked = [r.id for r in rulebook(program).on(day).requirements]
    assert asked == list(toml(program)["requirement"])


def test_what_each_program_asks_and_in_which_order() -> None:
    assert [r.id for r in rulebook("csam-secor").requirements] == [
        "size", "registration", "industry", "modules", "first_aid", "safety_program", "audits", "pass_mark", "auditor",
        "time",
    ]  # fmt: skip
    assert [r.id for r in rulebook("scsa-secor").requirements] == [
        "size", "registration", "safety_management", "scot", "first_aid", "safety_program", "audits", "pass_mark",
        "time",
    ]  # fmt: skip


def test_every_rule_is_used() -> None:
    others = (tomllib.loads(path.read_text("utf-8")).get("requirement", {}) for path in HOME.glob("*.toml"))
    assert {r["rule"] for requirements in others for r in requirements.values()} == set(RULES)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_value_has_a_day_and_a_reference(program: str) -> None:
    for requirement in rulebook(program).requirements:
        for entries in requirement.history.values():
            assert all(e.reference.strip() for e in entries)
        assert requirement.history[ASKED][0].since == OLD


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_the_rulebook_asks_is_read_by_some_paper(program: str) -> None:
    papers = [registration(program), audit(program), course(), first_aid()]
    known = {r.name for d in papers for r in d.readings} | {"officer_name"}
    for requirement in toml(program)["requirement"].values():
        for name in ("needed", "but"):
            for entry in requirement["values"].get(name, []):
                assert set(entry["value"]) <= known


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_course_of_the_rulebook_is_in_the_vocabulary(program: str) -> None:
    for name in courses(toml(program)["requirement"]):
        assert words().course(name), name


def courses(value: Any) -> list[str]:  # noqa: ANN401
    if isinstance(value, list):
        return [name for one in value for name in courses(one)]
    if isinstance(value, dict):
        own = [value["course"]] if isinstance(value.get("course"), str) else []
        dated = [e["value"] for e in value.get("course", []) if isinstance(e, dict)]
        return [*own, *dated, *value.get("or", []), *(n for inner in value.values() for n in courses(inner))]
    return []


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_sentence_ends_as_a_sentence(program: str) -> None:
    book = rulebook(program)
    sets = [*book.words.values(), *(w for r in book.requirements for w in r.words.values())]
    for one in sets:
        for text in (one.looked_for, one.found, one.why, one.to_do):
            assert text[0].isupper() or text.startswith("{")
            assert text.endswith((".", "{says}"))
        assert one.to_do.startswith("Please")


@pytest.mark.parametrize("program", PROGRAMS)
def test_everything_that_fails_has_words(program: str) -> None:
    book = rulebook(program)
    assert {c for c, e in book.effects.items() if e is Effect.FAILS} <= set(book.words)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_clean_case_is_met_with_evidence(program: str) -> None:
    for verdict in clean(program).verdicts().values():
        assert verdict.answer.value == "met"
        assert verdict.evidence
        assert all(e.document and e.page for e in verdict.evidence)
