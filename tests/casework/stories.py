"""Stories of made-up cases: `2026-03-14 certified; 2027-02-01 came`, and the rulebook's terms with some changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from processor.casework.happened import Happened, What
from processor.casework.standing import Standing, standing
from processor.rulebook.terms import terms_on
from tests.rulebook.cases import rulebook

if TYPE_CHECKING:
    from collections.abc import Callable

    from processor.rulebook.terms import Terms

SHORT = {
    "opened": What.OPENED, "registered": What.REGISTERED, "reapplied": What.REAPPLIED, "came": What.CAME,
    "answered": What.ANSWERED, "partner": What.PARTNERS_TURN, "certified": What.CERTIFIED,
    "standing": What.GOOD_STANDING, "extended": What.EXTENDED, "lapsed": What.LAPSED, "withdrawn": What.WITHDRAWN,
    "reinstated": What.REINSTATED,
}  # fmt: skip


def story(text: str) -> list[Happened]:
    return [one(part.split()) for part in text.split(";") if part.strip()]


def one(words: list[str]) -> Happened:
    day, what, *rest = words
    told: dict[str, Any] = {}
    for word in rest:
        name, _, value = word.partition("=")
        told[name] = int(value) if name in ("year", "cycle") else value
    for name in ("since", "until"):
        if name in told:
            told[name] = date.fromisoformat(told[name])
    return Happened(what=SHORT[what], day=date.fromisoformat(day), **told)


def terms_of(program: str = "csam-secor", **changed: Any) -> Callable[[date], Terms]:  # noqa: ANN401 - any term
    return lambda day: replace(terms_on(rulebook(program), day), **changed)


def stands(text: str, day: str, program: str = "csam-secor", **changed: Any) -> Standing:  # noqa: ANN401
    return standing(story(text), terms_of(program, **changed), date.fromisoformat(day))
