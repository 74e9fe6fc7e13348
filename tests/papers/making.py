"""From a recipe to the files that an employer sends; the same bytes every time, nothing on the disk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from processor.flows.forms import Folder, folders, load
from processor.flows.house import templates_folder
from tests.papers import treatments
from tests.papers.cards import card
from tests.papers.filling import fill
from tests.papers.recipe import merged
from tests.papers.scoring import scored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.forms.form import Form
    from tests.papers.recipe import Paper, Recipe


@dataclass(frozen=True)
class Sent:
    """One file as it comes."""

    name: str
    data: bytes
    comes: date
    papers: tuple[str, ...]


def made(recipe: Recipe) -> tuple[Sent, ...]:
    """The files of a sample, in the order in which they come."""
    files: dict[tuple[date, str], list[Paper]] = {}
    for paper in recipe.papers:
        files.setdefault((paper.comes, paper.file), []).append(paper)
    return tuple(
        Sent(name, _file(recipe, papers), comes, tuple(p.name for p in papers))
        for (comes, name), papers in files.items()
    )


def _file(recipe: Recipe, papers: list[Paper]) -> bytes:
    parts = [_paper(recipe, paper, alone=len(papers) == 1) for paper in papers]
    data = parts[0] if len(parts) == 1 else treatments.together(parts)
    for paper in papers:
        for spoil in _listed(paper.spec.get("spoil")):
            data = treatments.SPOILT[spoil](data)
    return data


def _paper(recipe: Recipe, paper: Paper, *, alone: bool) -> bytes:
    spec = paper.spec
    if "copy_of" in spec:
        original = next(p for p in recipe.papers if p.name == spec["copy_of"])
        spec = merged({**original.spec, "pages": []}, spec)
    told = {k: spec[k] for k in _MAKING if k in spec}
    if "form" in spec and (not alone or spec.get("pages")):
        told["printed"] = True  # who cuts a form apart, or binds several, prints it first
    return _made(json.dumps(told, default=_day, sort_keys=True))


_MAKING = (
    "form", "fill", "type_size", "points", "left_out", "changes", "card", "says", "printed", "askew", "smudged",
    "written", "pages", "scanned",
)  # fmt: skip
"""What makes the bytes of a paper; the rest says how it comes."""


@cache
def _made(shown: str) -> bytes:
    """A paper by what its recipe tells; most samples share most papers."""
    spec = json.loads(shown)
    if "card" in spec:
        data = card(spec["card"], spec.get("says", {}))
    else:
        form = form_of(spec["form"])
        data = fill(_blank(spec["form"]), form, values_of(spec), size=spec.get("type_size", 0.0))
    if spec.get("printed"):
        data = treatments.printed(data)
    if spec.get("askew"):
        data = treatments.askew(data)
    if spec.get("smudged"):
        data = treatments.smudged(data, form_of(spec["form"]), spec["smudged"])
    if spec.get("written"):
        data = treatments.written_on(data, spec["written"])
    if spec.get("pages"):
        data = treatments.pages(data, spec["pages"])
    return treatments.scanned(data, spec["scanned"]) if spec.get("scanned") else data


def values_of(spec: dict[str, Any]) -> dict[str, Any]:
    """What is written where; an audit's points come first, and the recipe's own values over them."""
    form = form_of(spec["form"])
    if not form.sections:
        return dict(spec["fill"])
    points = scored(form, spec.get("points", {}), spec.get("left_out", ()), spec.get("changes", {}))
    return {**points, **spec["fill"]}


def form_of(name: str) -> Form:
    """The form of that name, loaded."""
    return _forms()[name][1]


@cache
def _blank(name: str) -> bytes:
    return _forms()[name][0].blank.read_bytes()


@cache
def _forms() -> dict[str, tuple[Folder, Form]]:
    return {folder.name: (folder, load(folder)) for folder in folders([templates_folder()])}


def _listed(value: object) -> Iterator[str]:
    yield from value if isinstance(value, list) else [value] if isinstance(value, str) else ()


def _day(value: object) -> str:
    assert isinstance(value, date), value
    return value.isoformat()
