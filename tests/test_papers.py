"""Every sample of tests/papers through an office: its golden, what its folder promises, and that none is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from processor.findings import CODES, finding
from processor.flows import reviewing
from processor.flows.answering import answer
from processor.forms.form import FieldKind
from processor.model import Answer, LetterKind, State
from processor.rulebook.edition import Effect
from processor.rulebook.verdicts import verdicts
from tests.papers.making import form_of, made, values_of
from tests.papers.office import Came, Staff, opened, run_sample, staff
from tests.papers.recipe import DAY, HOME, SAMPLES, recipe, samples
from tests.papers.shown import cited, full, shown, told, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from processor.forms.form import Field, Form
    from processor.model import Case, Document, Reading

    Run = Callable[[str], Came]

CLEAN = ("passes/scsa-clean", "passes/csam-clean")
NEVER_ALONE = {("scsa-secor", "safety_program"), ("csam-secor", "safety_program")}
"""An audit shows that the program is in use, so without one the audits are outstanding too."""
NOT_HERE = {
    "too-slow": "depends on the machine; tests/workers",
    "poor-page": "what can be read of a poor page is hardly sure besides; tests/reading",
    "mail-alone": "mails are no recipes; tests/flows/test_mails",
    "nothing-inside": "nor are archives; tests/flows/test_mails",
    "needs-judgement": "only a form of an office's own, or a score let stand, comes to it; tests/rulebook",
}
"""Findings that no sample can show by itself, and why."""


@pytest.fixture(scope="session")
def team() -> Iterator[Staff]:
    with staff() as everybody:
        yield everybody


@pytest.fixture(scope="session")
def run(team: Staff, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What came of a sample; each runs once, whoever asks first."""
    known: dict[str, Came] = {}

    def ran(name: str) -> Came:
        if name not in known:
            known[name] = run_sample(recipe(name), tmp_path_factory.mktemp("office"), team)
        return known[name]

    return ran


@pytest.fixture(scope="session")
def clean(run: Run) -> dict[str, dict[str, Any]]:
    """The papers of the clean samples, by sample and file."""
    return {f"{n}/{file['file']}": file["papers"][0] for n in CLEAN for file in shown(run(n))["files"]}


# ---------------------------------------------------------------- goldens


@pytest.mark.parametrize("name", samples())
def test_a_sample_comes_to_what_its_golden_says(
    name: str, run: Run, clean: dict[str, dict[str, Any]], request: pytest.FixtureRequest
) -> None:
    golden, now = HOME / name / "golden.json", shown(run(name))
    now["day"] = DAY.isoformat()
    if request.config.getoption("--write-goldens"):
        told_now = now if name in CLEAN else told(now, clean)
        golden.write_text(written(told_now) + "\n", "utf-8")
        pytest.skip(f"golden written: {golden}")
    assert golden.is_file(), f"{name} has no golden; write it with --write-goldens and read it"
    assert full(json.loads(golden.read_text("utf-8")), clean) == now


def test_every_golden_has_its_sample() -> None:
    goldens = {p.parent.relative_to(HOME).as_posix() for kind in SAMPLES for p in (HOME / kind).rglob("golden.json")}
    assert goldens <= set(samples())


def test_a_golden_told_by_differences_is_whole_again() -> None:
    paper = {"form": "f", "kind": "k", "pages": [2], "readings": {"a": 1, "c": [None, "missing"], "d": 4}}
    clean = {"one": {**paper, "readings": {"a": 1, "b": 2, "d": 3}}, "other": {**paper, "readings": {}}}
    now = {"files": [{"file": "x", "papers": [paper]}]}
    assert told(now, clean)["files"][0]["papers"][0]["like"] == "one"
    assert full(told(now, clean), clean) == now


# ---------------------------------------------------------------- what the folder promises


@pytest.mark.parametrize("name", [n for n in samples() if n.startswith("passes/")])
def test_a_sample_that_passes_ends_with_a_certificate(name: str, run: Run) -> None:
    came = run(name)
    last = {posted.case: posted.letter.kind for posted in came.letters}
    assert last == {judgement.case.code: LetterKind.CERTIFICATE for judgement in came.judgements}
    assert not came.questions
    assert not came.pool


@pytest.mark.parametrize("name", [n for n in samples() if n.startswith("falls-short/")])
def test_a_sample_that_falls_short_is_told_exactly_that(name: str, run: Run) -> None:
    came, requirement = run(name), name.split("/")[1]
    [posted] = came.letters
    kind = LetterKind.TOO_LARGE if requirement == "size" else LetterKind.DEFICIENCY
    assert posted.letter.kind is kind
    assert cited(posted.letter) == (requirement,)
    [judgement] = came.judgements
    assert [v.requirement for v in judgement.verdicts if v.answer is not Answer.MET] == [requirement]


@pytest.mark.parametrize("name", [n for n in samples() if n.startswith("still-to-come/")])
def test_a_sample_of_which_more_is_to_come_is_acknowledged_and_nobody_is_asked(name: str, run: Run) -> None:
    came = run(name)
    assert [p.letter.kind for p in came.letters] == [LetterKind.ACKNOWLEDGEMENT]
    assert not came.questions


@pytest.mark.parametrize("name", [n for n in samples() if n.startswith("asks/")])
def test_a_finding_is_shown_and_does_what_the_rulebook_says(name: str, run: Run, team: Staff) -> None:
    came, code = run(name), name.split("/")[1]
    submissions = [t.submission for t in came.taken]
    codes = {f.code for s in submissions for f in (*s.findings, *(f for d in s.documents for f in d.findings))}
    waits = {a.question.code for a in came.questions}
    asked = waits | {f.code for kept in came.pool for f in kept.document.findings}
    aside = {f.code for t in came.taken if t.outcome == "set-aside" for f in t.submission.findings}
    assert code in codes | asked | aside
    assert waits <= {code} | recipe(name).also
    kinds = {p.letter.kind for p in came.letters}
    match team.rulebooks["scsa-secor"].effects[code]:
        case Effect.BLOCKS:
            assert code in asked | aside
        case Effect.FAILS:
            assert not asked
            assert kinds == {LetterKind.DEFICIENCY}
        case Effect.INFORMS:
            assert not asked
            assert kinds == {LetterKind.CERTIFICATE}


@pytest.mark.parametrize("name", CLEAN[:1])  # the other program's walk is in tests/rulebook, without an office
def test_no_certificate_rests_on_a_paper_with_an_open_finding(name: str, run: Run, team: Staff) -> None:
    for judgement in run(name).judgements:
        case = judgement.case
        book = team.rulebooks[case.program]
        edition = book.on(DAY)
        bars = {a.id for a in edition.requirements if "bar" not in a.values or a["bar"]}
        stops = [code for code, effect in book.effects.items() if effect is not Effect.INFORMS]
        for place, code in product(range(len(case.documents)), stops):
            found = verdicts(_said(case, place, code), edition, team.vocabulary, DAY)
            relied = {e.document for v in found if v.requirement in bars for e in v.evidence}
            issued = all(v.answer is Answer.MET for v in found)
            assert not issued or case.documents[place].number not in relied, (code, place)


def _said(case: Case, place: int, code: str) -> Case:
    """The case with a finding about the whole of one of its papers."""
    filed = case.documents[place]
    more = replace(finding("mended-file"), code=code, says=CODES[code].says)
    spoilt = replace(filed, document=replace(filed.document, findings=(*filed.document.findings, more)))
    return replace(case, documents=(*case.documents[:place], spoilt, *case.documents[place + 1 :]))


# ---------------------------------------------------------------- none is missing


def test_every_requirement_fails_alone_in_some_sample_of_its_program(team: Staff) -> None:
    parts = [name.split("/") for name in samples() if name.startswith("falls-short/")]
    shown_to_fail = {(f"{name.partition('-')[0]}-secor", requirement) for _, requirement, name in parts}
    asked = {(p, r.id) for p, book in team.rulebooks.items() for r in book.requirements}
    assert shown_to_fail == asked - NEVER_ALONE


def test_every_finding_has_its_sample() -> None:
    assert {n.split("/")[1] for n in samples() if n.startswith("asks/")} == set(CODES) - set(NOT_HERE)


def test_the_table_of_samples_says_why_each_is_there(request: pytest.FixtureRequest) -> None:
    readme = HOME / "README.md"
    said, _, table = readme.read_text("utf-8").rpartition("|---|---|\n")
    rows = "".join(f"| `{name}` | {recipe(name).why} |\n" for name in samples())
    if request.config.getoption("--write-goldens"):
        readme.write_text(f"{said}|---|---|\n{rows}", "utf-8")
        pytest.skip(f"table written: {readme}")
    assert table == rows


# ---------------------------------------------------------------- what was written is what is read


@pytest.mark.parametrize("name", [n for n in samples() if "/size/" not in n])
def test_no_value_is_wrong_and_sure(name: str, run: Run) -> None:
    told_by = {s.name: s for s in made(recipe(name))}
    wrong: list[str] = []
    papers = {p.name: p for p in recipe(name).papers}
    for taken in run(name).taken:
        sent = [papers[p] for p in told_by[taken.submission.name].papers]
        specs = [p.spec for p in sent if "form" in p.spec]
        documents = [d for d in taken.submission.documents if d.form]
        if len(specs) == len(documents) == len(sent):
            for spec, document in zip(specs, documents, strict=True):
                wrong += _wrong(form_of(spec["form"]), values_of(spec), document)
    assert wrong == []


def _wrong(form: Form, values: dict[str, Any], document: Document) -> Iterator[str]:
    for field in form.fields:
        if field.spots and _differs(field, values.get(field.name), document[field.name]):
            yield f"{field.name}: {values.get(field.name)!r} read as {document[field.name]!r}"
    for table in form.tables:
        given = values.get(table.name, [])
        for place, fields in enumerate(table.rows):
            row = given[place] if place < len(given) else {}
            for field in (f for f in fields if f.spots):
                reading = document[f"{table.name}[{place + 1}].{field.name}"]
                if _differs(field, row.get(field.name), reading):
                    yield f"{table.name}[{place + 1}].{field.name}: {row.get(field.name)!r} read as {reading!r}"


def _differs(field: Field, given: object, reading: Reading) -> bool:
    """Whether a reading claims for sure what was not written. A missing row is a blank one."""
    if reading.state not in (State.SURE, State.BLANK) or isinstance(given, dict):
        return False
    if field.kind in (FieldKind.SIGNATURE, FieldKind.TICK):
        return bool(given) is not (reading.value is True)
    if field.kind is FieldKind.CHOICE:
        return (given or None) != reading.value
    return _bare(field, str(given or "")) != _bare(field, reading.raw)


def _bare(field: Field, text: str) -> str:
    """A text without its blanks; of figures in cells without their dashes, which a scan does not tell from rules."""
    dashed = field.kind in (FieldKind.ACCOUNT, FieldKind.PHONE)
    return "".join((text.replace("-", "") if dashed else text).split())


def test_the_same_recipe_makes_the_same_bytes(tmp_path: Path) -> None:
    from tests.papers import cards, making  # noqa: PLC0415 - to empty what they remember

    for name in ("passes/scsa-printed", "passes/csam-names", "asks/digitally-signed", "asks/locked-file"):
        once = made(recipe(name))
        making._made.cache_clear()
        cards._typeset.cache_clear()
        assert made(recipe(name)) == once
    assert list(tmp_path.iterdir()) == []


def test_a_letter_prints_again_to_the_same_bytes(run: Run, team: Staff) -> None:
    for name in ("passes/scsa-corrected", "falls-short/size/csam-twelve-people", "still-to-come/csam-audits"):
        came = run(name)
        for posted in came.letters:
            assert team.press.print(posted.letter) == (came.outbox / posted.path).read_bytes()


def test_a_person_types_the_name_that_was_cut_off_and_the_papers_file_themselves(tmp_path: Path, team: Staff) -> None:
    sample = recipe("asks/unsure-reading/name-cut-off")
    assert not run_sample(sample, tmp_path, team).letters
    with opened(sample, tmp_path, team) as office:
        first = next(reviewing.items(office))
        assert (first.question.reading, first.case) == ("legal_name", "")
        reviewing.correct(office, first, str(sample.employer["legal_name"]), by="clerk")
        list(answer(office))
        assert not office.store.papers.pool()
        [posted] = office.store.letters.every()
    assert posted.letter.kind is LetterKind.CERTIFICATE
    assert posted.letter.data["fields"]["legal_name"] == sample.employer["legal_name"]  # type: ignore[index]
