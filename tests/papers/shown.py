"""What came of a sample as plain JSON for its golden: every reading, finding, verdict and letter.

A paper that reads nearly as one of a clean sample says which (`like`) and what differs (`but`), as its recipe does.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from processor.contract import plain
from processor.model import LetterKind, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from processor.flows.running import Taken
    from processor.model import Document, Finding, Letter, Reading
    from tests.papers.office import Came

Json = dict[str, Any]
WIDE = 140


def shown(came: Came) -> Json:
    """Everything that a golden pins, papers in full."""
    return {
        "files": [_file(taken) for taken in came.taken],
        "cases": {
            j.case.code: {
                "employer": j.case.employer.legal_name,
                "program": j.case.program,
                "verdicts": {v.requirement: v.answer.value for v in j.verdicts},
                "letters": [_letter(p.letter) for p in came.letters if p.case == j.case.code],
                "waits_for": [[a.question.code, a.question.reading] for a in came.questions if a.case == j.case.code],
            }
            for j in came.judgements
        },
        "pool": [[kept.submission, sorted({f.code for f in kept.document.findings})] for kept in came.pool],
    }


def _file(taken: Taken) -> Json:
    return {
        "file": taken.submission.name,
        "outcome": taken.outcome.value,
        "findings": _findings(taken.submission.findings),
        "papers": [
            {"case": case, **_paper(document)}
            for document, case in zip(taken.submission.documents, taken.cases, strict=True)
        ],
    }


def _paper(document: Document) -> Json:
    return {
        "form": document.form,
        "kind": document.kind.value,
        "pages": list(document.pages),
        "findings": _findings(document.findings),
        "readings": dict(pair for reading in document.readings for pair in _reading(reading, reading.name)),
    }


def _reading(reading: Reading, path: str) -> Iterator[tuple[str, object]]:
    """By path: the value where it is sure, value and state where it is not; nothing where a box is empty."""
    if isinstance(reading.value, tuple):
        if reading.state is not State.SURE:
            yield path, [None, reading.state.value]
        for place, row in enumerate(reading.value, start=1):
            for cell in row.cells:
                yield from _reading(cell, f"{path}[{place}].{cell.name}")
    elif reading.state is not State.SURE:
        if reading.state is not State.BLANK:
            yield path, [plain(reading.value), reading.state.value]
    elif reading.value is not False:
        yield path, plain(reading.value)


def _findings(findings: Iterable[Finding]) -> list[str]:
    return [f"{f.code}@{f.reading}" if f.reading else f.code for f in findings]


def _letter(letter: Letter) -> Json:
    said = {"kind": letter.kind.value, "cites": list(cited(letter))}
    still = [letter.lines[item["title"]].requirement for item in _listed(letter, "open")]
    return {**said, "outstanding": still} if still else said


def cited(letter: Letter) -> tuple[str, ...]:
    """The requirements that the letter says are not met by what came, each once, in its order."""
    body: Any = letter.data.get("body", [])
    lines = [block["title"] for block in body if block["block"] == "item"]
    if letter.kind is LetterKind.TOO_LARGE:
        lines = [line for block in body if block["block"] == "places" for line in block["lines"]]
    return tuple(dict.fromkeys(letter.lines[line].requirement for line in lines))


def _listed(letter: Letter, mark: str) -> list[Json]:
    body: Any = letter.data.get("body", [])
    return [item for block in body if block["block"] == "list" and block["mark"] == mark for item in block["items"]]


# ---------------------------------------------------------------- told by what differs


def told(full: Json, clean: Mapping[str, Json]) -> Json:
    """The same with each paper told by what differs from the nearest clean paper; `clean` maps a name to a paper."""
    files = [{**file, "papers": [_nearest(paper, clean) for paper in file["papers"]]} for file in full["files"]]
    return {**full, "files": files}


def _nearest(paper: Json, clean: Mapping[str, Json]) -> Json:
    alike = {n: one for n, one in clean.items() if (one["form"], one["kind"]) == (paper["form"], paper["kind"])}
    changes = {name: _changes(paper["readings"], one["readings"]) for name, one in alike.items()}
    if not changes:
        return paper
    name = min(changes, key=lambda n: len(changes[n]))
    rest = {key: value for key, value in paper.items() if key != "readings"}
    return {**rest, "like": name, "but": changes[name]} if changes[name] else {**rest, "like": name}


def _changes(readings: Json, base: Json) -> Json:
    new = {path: value for path, value in readings.items() if base.get(path) != value}
    return new | dict.fromkeys(path for path in base if path not in readings)


def full(golden: Json, clean: Mapping[str, Json]) -> Json:
    """The reverse of `told`."""
    return {**golden, "files": [{**f, "papers": [_whole(p, clean) for p in f["papers"]]} for f in golden["files"]]}


def _whole(paper: Json, clean: Mapping[str, Json]) -> Json:
    if "like" not in paper:
        return paper
    readings = {**clean[paper["like"]]["readings"], **paper.get("but", {})}
    gone = {path for path, value in paper.get("but", {}).items() if value is None}
    rest = {key: value for key, value in paper.items() if key not in ("like", "but")}
    return {**rest, "readings": {path: value for path, value in readings.items() if path not in gone}}


def written(value: object, indent: int = 0) -> str:
    """JSON of which whatever fits on a line stands on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= WIDE or not isinstance(value, (dict, list)):
        return line
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{pad}{json.dumps(k, ensure_ascii=False)}: {written(v, indent + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(pad + written(v, indent + 1) for v in value) + "\n" + " " * indent + "]"
