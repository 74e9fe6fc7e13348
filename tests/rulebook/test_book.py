import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from processor.errors import SetupBroken
from processor.rulebook import book
from processor.rulebook.edition import Effect
from tests.rulebook.cases import DAY, PROGRAMS, clean, rulebook, toml

Table = dict[str, Any]


def written(value: Any) -> str:  # noqa: ANN401
    """TOML of what `tomllib` reads: enough for rulebooks."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{k}" = {written(v)}' for k, v in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return value.isoformat() if isinstance(value, date) else str(value)


def changed(change: Callable[[Table], object], program: str = "csam-secor") -> str:
    table = toml(program)
    change(table)
    return "\n".join(f'"{key}" = {written(value)}' for key, value in table.items())


def size(table: Table) -> Table:
    found: Table = table["requirement"]["size"]
    return found


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_rulebook_written_again_is_the_same(program: str) -> None:
    text = changed(lambda _: None, program)
    assert tomllib.loads(text) == toml(program)
    assert book.load(text) == rulebook(program)


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda t: t.update(colour="red"), "csam-secor.toml: colour is unknown"),
        (lambda t: t.pop("title"), "title is no text"),
        (lambda t: t.pop("version"), "version is no text"),
        (lambda t: t.pop("findings"), "the table [findings] is missing"),
        (lambda t: t.pop("words"), "the table [words] is missing"),
        (lambda t: t.pop("standing"), "the table [standing] is missing"),
        (lambda t: t["standing"].pop("deadline"), "standing.deadline is missing"),
        (lambda t: t["standing"].update(colour=[]), "standing.colour is unknown"),
        (lambda t: t["standing"]["grace_days"][0].update(value=-1), "standing.grace_days[1].value is not right"),
        (lambda t: t["standing"]["cycle_years"][0].update(value=0), "standing.cycle_years[1].value is not right"),
        (lambda t: t["standing"]["lapse"][0].update(value="soon"), "standing.lapse[1].value is not right"),
        (
            lambda t: t["standing"]["grace_days"][0].update(since=date(2020, 1, 1)),
            "standing.grace_days has no value before 2020-01-01",
        ),
        (lambda t: t["rebate"].pop("percent"), "rebate.percent is missing"),
        (lambda t: t.pop("requirement"), "the table [requirement] is missing"),
        (lambda t: t.update(requirement="none"), "the table [requirement] is missing"),
        (lambda t: t["requirement"].update(size=3), "the table [requirement.size] is missing"),
        (lambda t: t["findings"].update(unknown="fails"), "findings.unknown is unknown"),
        (lambda t: t["findings"].update(unsigned="stops"), "findings.unsigned is 'stops'"),
        (lambda t: t["findings"].update(unsigned=["fails"]), "findings.unsigned is ['fails']"),
        (lambda t: t["findings"].update({"near-name": "fails"}), "words.near-name is missing"),
        (lambda t: t["words"].pop("unreadable"), "words.unreadable is missing"),
        (lambda t: t["words"].update(nonsense={}), "words.nonsense is unknown"),
        (lambda t: t["words"]["unsigned"].update(why="{who}"), "words.unsigned.why uses {who}"),
        (lambda t: t["words"]["unsigned"].pop("why"), "words.unsigned.why is no text"),
        (lambda t: t["words"]["unsigned"].update(because="x"), "words.unsigned.because is unknown"),
        (lambda t: size(t).update(rule="weight"), "requirement.size.rule is “weight”"),
        (lambda t: size(t).update(colour="red"), "requirement.size.colour is unknown"),
        (lambda t: size(t).update(asks=" "), "requirement.size.asks is no text"),
        (lambda t: size(t)["values"].pop("most"), "requirement.size.values.most is missing"),
        (lambda t: size(t)["values"].pop("asked"), "requirement.size.values.asked is missing"),
        (lambda t: size(t)["values"].update(least=[]), "requirement.size.values.least is unknown"),
        (lambda t: size(t)["values"].update(most=9), "requirement.size.values.most is no list of dated values"),
        (lambda t: size(t)["values"].update(most=[]), "requirement.size.values.most is no list of dated values"),
        (lambda t: size(t)["values"].update(most=[9]), "requirement.size.values.most is no list of dated values"),
        (lambda t: size(t)["values"]["most"][0].pop("since"), "requirement.size.values.most[1].since is missing"),
        (lambda t: size(t)["values"]["most"][0].pop("value"), "requirement.size.values.most[1].value is missing"),
        (lambda t: size(t)["values"]["most"][0].pop("reference"), "most[1].reference is missing"),
        (lambda t: size(t)["values"]["most"][0].update(reference=""), "most[1].reference is no text"),
        (lambda t: size(t)["values"]["most"][0].update(since="2020-01-01"), "most[1].since is no day"),
        (lambda t: size(t)["values"]["most"][0].update(value="9"), "most[1].value is not right"),
        (lambda t: size(t)["values"]["most"][0].update(value=-1), "most[1].value is not right"),
        (lambda t: size(t)["values"]["most"][0].update(value=True), "most[1].value is not right"),
        (lambda t: size(t)["values"]["most"][0].update(assumed="yes"), "most[1].assumed is not right"),
        (lambda t: size(t)["values"]["most"][0].update(until=DAY), "most[1].until is unknown"),
        (
            lambda t: size(t)["values"]["most"].append(dict(size(t)["values"]["most"][0])),
            "not in the order of its days",
        ),
        (lambda t: size(t)["values"]["most"][0].update(since=DAY), "most has no value before 2026-11-24"),
        (lambda t: size(t)["words"].pop("too_many"), "requirement.size.words.too_many is missing"),
        (lambda t: size(t)["words"].update(too_few={}), "requirement.size.words.too_few is unknown"),
        (lambda t: size(t)["words"]["too_many"].update(why="{count"), "too_many.why has a brace too many"),
        (lambda t: size(t)["words"]["too_many"].update(why="{0}"), "too_many.why uses {0}"),
        (lambda t: size(t)["words"]["untold"].update(why="{most}"), "It may use no names."),
        (
            lambda t: t["requirement"]["pass_mark"]["values"]["rounding"][0].update(value="up"),
            "“exact” or “one decimal”",
        ),
        (
            lambda t: t["requirement"]["modules"]["values"]["modules"][0].update(value=[]),
            "a list of tables with course",
        ),
        (lambda t: t["requirement"]["modules"]["values"]["modules"][0].update(value=[{"or": ["x"]}]), "and perhaps or"),
        (lambda t: t["requirement"]["modules"]["values"]["modules"][0].update(value=["x"]), "a list of tables"),
        (lambda t: t["requirement"]["modules"]["values"]["modules"][0].update(value="x"), "a list of tables"),
        (lambda t: t["requirement"]["auditor"]["values"]["applicant_years"][0].update(value=["1"]), "whole numbers"),
    ],
)
def test_what_is_wrong_in_a_rulebook_is_named(change: Callable[[Table], object], names: str) -> None:
    with pytest.raises(SetupBroken) as caught:
        book.load(changed(change))
    assert names in str(caught.value)
    assert "csam-secor.toml" in caught.value.what
    assert caught.value.do


def test_a_rulebook_that_is_no_toml_is_refused() -> None:
    with pytest.raises(SetupBroken, match="not valid TOML"):
        book.load("program =")


def test_a_rulebook_without_a_program_is_refused() -> None:
    with pytest.raises(SetupBroken, match="the rulebook: program is no text"):
        book.load(changed(lambda t: t.pop("program")))


# ---------------------------------------------------------------- the calendar


def later(table: Table) -> None:
    entry = {"since": date(2027, 1, 1), "value": 12, "reference": "a later page"}
    size(table)["values"]["most"].append(entry)


@pytest.mark.parametrize(("day", "most"), [(date(2026, 12, 31), 9), (date(2027, 1, 1), 12), (date(1, 1, 1), 9)])
def test_a_value_holds_from_its_day(day: date, most: int) -> None:
    edition = book.load(changed(later)).on(day)
    [asked] = [r for r in edition.requirements if r.id == "size"]
    assert asked["most"] == most
    assert edition.day == day


@pytest.mark.parametrize(("day", "asked"), [(date(2026, 12, 31), True), (date(2027, 1, 1), False)])
def test_a_requirement_can_be_given_up_from_a_day(day: date, asked: bool) -> None:  # noqa: FBT001
    entry = {"since": date(2027, 1, 1), "value": False, "reference": "a later page"}
    found = book.load(changed(lambda t: size(t)["values"]["asked"].append(entry)))
    assert ("size" in [r.id for r in found.on(day).requirements]) is asked


def test_a_requirement_is_not_asked_before_its_first_day() -> None:
    found = book.load(changed(lambda t: size(t)["values"]["asked"][0].update(since=date(2020, 1, 1))))
    assert "size" not in [r.id for r in found.on(date(2019, 12, 31)).requirements]
    assert "size" in [r.id for r in found.on(date(2020, 1, 1)).requirements]


def test_values_cannot_be_changed() -> None:
    [modules] = [r for r in rulebook("csam-secor").on(DAY).requirements if r.id == "modules"]
    with pytest.raises(TypeError):
        modules["modules"][0]["course"] = "other"


def test_a_finding_that_the_rulebook_does_not_know_asks_a_person() -> None:
    assert rulebook("csam-secor").on(DAY).effect("from-a-later-version") is Effect.BLOCKS


def test_what_is_assumed_is_told_with_the_verdict() -> None:
    notes = clean("csam-secor").verdict("modules").notes
    assert [n for n in notes if n.startswith("Assumed: modules (the page does not name the three")]
    assert not clean("csam-secor").verdict("size").notes
