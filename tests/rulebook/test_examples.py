"""The examples beside the rulebooks: each is true, and each requirement has one on each side."""

import tomllib
from functools import cache
from typing import Any

import pytest

from processor.model import Kind, Registration
from tests.rulebook.cases import (
    HOME,
    PROGRAMS,
    Papers,
    audit,
    change,
    clean,
    course,
    first_aid,
    registration,
    rulebook,
    section,
    unsure,
)

Example = dict[str, Any]
KEYS = frozenset({"says", "requirement", "answer", "received", "warning", "day", "people", "registration", "unsure",
                  "without", "courses", "first_aid", "audit", "audits", "section", "overall", "certified", "year",
                  "auditors"})  # fmt: skip


@cache
def examples(program: str) -> list[Example]:
    found: list[Example] = tomllib.loads((HOME / "examples" / f"{program}.toml").read_text("utf-8"))["example"]
    return found


ALL = [pytest.param(p, e, id=f"{p[:4]} {e['requirement']}: {e['says']}") for p in PROGRAMS for e in examples(p)]


@pytest.mark.parametrize(("program", "example"), ALL)
def test_an_example_comes_to_what_it_says(program: str, example: Example) -> None:
    assert set(example) <= KEYS
    verdict = made(program, example).verdict(example["requirement"])
    assert verdict.answer.value == example["answer"], verdict.because
    assert verdict.received is example.get("received", True)
    assert any(n.startswith("Warning") for n in verdict.notes) is example.get("warning", False)


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_requirement_has_an_example_on_each_side(program: str) -> None:
    sides = {(e["requirement"], e["answer"] != "met" or e.get("warning", False)) for e in examples(program)}
    asked = {r.id for r in rulebook(program).requirements}
    assert sides == {(requirement, side) for requirement in asked for side in (True, False)}


def made(program: str, example: Example) -> Papers:
    papers = clean(program)
    for what in example.get("without", ()):
        papers.documents = [d for d in papers.documents if not named(d, what)]
    papers.add(*(course(**blanks(c)) for c in map(renamed, example.get("courses", ()))))
    papers.add(*(first_aid(**blanks(c)) for c in map(held, example.get("first_aid", ()))))
    others = (
        {"of_type": a["audit_type"], **{k: v for k, v in a.items() if k != "audit_type"}}
        for a in example.get("audits", ())
    )
    papers.add(*(audit(program, **one) for one in others))
    if "people" in example:
        papers.documents[0] = registration(program, roster(example["people"]))
    for reading in example.get("unsure", ()):
        change(papers, Kind.REGISTRATION, **{reading.partition(".")[2]: unsure()})
    if "registration" in example:
        change(papers, Kind.REGISTRATION, **blanks(example["registration"]))
    spoil_audit(papers, example)
    papers.certified, papers.year = example.get("certified"), example.get("year", 1)
    papers.auditors = tuple(Registration(**a) for a in example.get("auditors", ()))
    return papers


def named(document: Any, what: str) -> bool:  # noqa: ANN401
    names = {Kind.FIRST_AID: "first aid", Kind.AUDIT: "audits"}
    certificate = f"{document['course'].value} of {document['holder_name'].value}"
    return what in (names.get(document.kind), certificate, f"{document['audit_type'].value} audit")


def renamed(values: Example) -> Example:
    return {"holder": values["holder_name"], "which": values["course"]}


def held(values: Example) -> Example:
    return {("holder" if k == "holder_name" else k): v for k, v in values.items()}


def blanks(values: Example) -> Example:
    return {k: None if v == "" else v for k, v in values.items()}


def roster(people: int) -> list[dict[str, Any]]:
    ticks = {"position": "Roofer", "permanent_full_time": False, "owner_or_senior": False}
    return [{"name": f"Pat {'ABCDEFGHIJ'[i]}berg", **ticks} for i in range(people)]


def spoil_audit(papers: Papers, example: Example) -> None:
    told = example.get("audit") or example.get("section") or example.get("overall")
    if not told:
        return
    of = told["of"]
    values = blanks({k: v for k, v in told.items() if k != "of"})
    place = next(i for i, d in enumerate(papers.documents) if d["audit_type"].value == of)
    if "section" in example:
        few = [section(n, 9 * values["possible"] or 18, 10 * values["possible"] or 20) for n in range(1, 16)]
        few[values["number"] - 1] = section(values["number"], values["awarded"], values["possible"])
        papers.documents[place] = audit(papers.program, of, few)
    elif "overall" in example:
        first = section(1, values["awarded"] - 14 * 500, values["possible"] - 14 * 600)
        each = [first, *(section(n, 500, 600) for n in range(2, 16))]
        papers.documents[place] = audit(papers.program, of, each)
    else:
        nth = sum(1 for d in papers.documents[:place] if d.kind is Kind.AUDIT)
        change(papers, Kind.AUDIT, nth, **values)
