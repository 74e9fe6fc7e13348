"""A sample is a recipe: what a made-up employer sends, told as what differs from a clean case.

`recipe.toml` says `why` it is there, which sample it is `like`, and what is changed: tables are merged, a number as key
leads into a list (rows count from 1), `drop = true` takes a paper away. `{owner}` stands for what `[employer]` says.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HOME = Path(__file__).parent
SAMPLES = ("passes", "falls-short", "still-to-come", "asks")
"""What follows, by the first folder: a certificate; a deficiency; an acknowledgement; a person, or a finding shown."""
DAY = date(2026, 11, 24)
"""The day on which every sample comes in and is judged, unless its recipe says otherwise."""

Table = dict[str, Any]


@dataclass(frozen=True)
class Paper:
    """One paper as the recipe tells it, names filled in."""

    name: str
    spec: Table

    @property
    def file(self) -> str:
        """The file that it comes in."""
        return str(self.spec.get("into", f"{self.name}.pdf"))

    @property
    def comes(self) -> date:
        """The day it comes in."""
        day = self.spec.get("comes", DAY)
        assert isinstance(day, date)
        return day


@dataclass(frozen=True)
class Recipe:
    """One sample."""

    name: str
    """Its folder below `tests/papers`."""
    why: str
    employer: Table
    papers: tuple[Paper, ...]
    """In the order in which they come."""
    rules: Table
    """Values that the office sets otherwise than the built-in rulebook, by `requirement.value`."""
    also: frozenset[str]
    """Of a sample that asks: codes that cannot be kept from asking along."""


def samples() -> tuple[str, ...]:
    """Every folder with a recipe, by name."""
    found = (path.parent for kind in SAMPLES for path in (HOME / kind).rglob("recipe.toml"))
    return tuple(sorted(folder.relative_to(HOME).as_posix() for folder in found))


def recipe(name: str, employer: Table | None = None) -> Recipe:
    """The sample of that folder, perhaps of another employer."""
    told = merged(_told(name), {"employer": employer or {}})
    known = told["employer"]
    papers = [Paper(n, _named(spec, known)) for n, spec in told["papers"].items() if not spec.get("drop")]
    papers.sort(key=lambda p: (p.comes, p.spec.get("turn", 0)))
    return Recipe(
        name=name,
        why=told["why"],
        employer=known,
        papers=tuple(papers),
        rules=told.get("rules", {}),
        also=frozenset(told.get("also", ())),
    )


@cache
def _told(name: str) -> Table:
    told = tomllib.loads((HOME / name / "recipe.toml").read_text("utf-8"))
    base = {k: v for k, v in _told(told["like"]).items() if k != "also"} if "like" in told else {}
    return {**merged(base, told)}


def merged(base: Any, change: Any) -> Any:  # noqa: ANN401 - TOML in, TOML out
    """The base with a change: tables key by key, lists by number, anything else replaced."""
    if isinstance(base, dict) and isinstance(change, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in change.items()}}
    if isinstance(base, list) and isinstance(change, dict):
        rows = list(base)
        for key, value in change.items():
            rows += [{}] * (int(key) - len(rows))
            rows[int(key) - 1] = merged(rows[int(key) - 1], value)
        return rows
    return change


def _named(value: Any, employer: Table) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return value.format_map(employer)
    if isinstance(value, dict):
        return {key: _named(one, employer) for key, one in value.items()}
    return [_named(one, employer) for one in value] if isinstance(value, list) else value
