"""The sample of decisions that a person reads again: drawn once by a seed, kept in the trail, and what it says so far.

What may be drawn is every answer, met or not met, of each case's last judging before the draw; what only a person
decides (a waiver, a question that is open) is none of the program's. The trail alone says what was drawn and read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from processor.casework.sampling import Decision, Found, found, ordered
from processor.errors import Wrong
from processor.flows.living import waivers
from processor.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from processor.flows.office import Office
    from processor.store.values import Event, Kept

DRAWN, READ = "sample-drawn", "sample-read"
OF_THE_PROGRAM = frozenset({Answer.MET.value, Answer.NOT_MET.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One draw, and what came of it."""

    day: date
    seed: str
    percent: str
    """The share that is to be ruled out, as it was typed."""
    decisions: tuple[Decision, ...]
    """All that could be drawn, in the order in which they are read."""
    said: Mapping[tuple[str, str], str]
    """By case and requirement, what a person said."""
    found: Found

    @property
    def to_read(self) -> tuple[Decision, ...]:
        """What is still to be read, in order."""
        return tuple(d for d in self.decisions[: self.found.needed] if (d.case, d.requirement) not in self.said)

    @property
    def wrong(self) -> tuple[Decision, ...]:
        """What a person answered otherwise."""
        return tuple(d for d in self.decisions if self.said.get((d.case, d.requirement), d.answer) != d.answer)

    @property
    def says(self) -> str:
        """The report in a sentence; it claims nothing before all that must be read was."""
        number = self.found
        if number.left:
            return f"{number.left} more to read before anything can be said."
        if number.holds:
            of = f"{self.percent} % of the {number.population} automatic decisions"
            return f"With 95 % confidence fewer than {of} are wrong."
        whole = f"All {number.population} automatic decisions were read"
        return f"{whole}, and {number.wrong} are wrong: not fewer than {self.percent} %."


def draw(office: Office, *, seed: str, percent: str, by: str) -> Sample:
    """Draw a sample. Raises `Wrong` while one is not read, since drawing until one pleases would prove nothing."""
    events = office.store.events
    last = current(office)
    if last and last.found.left:
        raise Wrong(
            f"The sample of {last.day} is not finished: {last.found.left} to read.",
            do="Read them with `secor sample read`.",
        )
    trail = tuple(_every(office))
    decisions = ordered(_decisions(trail), seed)
    if not decisions:
        raise Wrong("Nothing was decided yet.", do="Draw a sample when `secor run` has judged cases.")
    events.add(DRAWN, office.day, seed=seed, percent=percent, until=trail[-1].seq, population=len(decisions), by=by)
    return _sample(decisions, office.day, seed, percent, {})


def current(office: Office) -> Sample | None:
    """The last sample that was drawn; nothing before the first."""
    drawn = office.store.events.latest(DRAWN)
    if drawn is None:
        return None
    until, seed, percent = int(str(drawn.detail["until"])), str(drawn.detail["seed"]), str(drawn.detail["percent"])
    decisions = ordered(_decisions(e for e in _every(office) if e.seq <= until), seed)
    read = (e for e in _every(office, drawn.seq) if e.kind == READ)
    said = {(e.case, str(e.detail["requirement"])): str(e.detail["said"]) for e in read}
    return _sample(decisions, drawn.day, seed, percent, said)


def answer(office: Office, decision: Decision, said: Answer, *, by: str) -> bool:
    """Keep what a person says of one decision; whether it agrees. A case that was answered wrongly is judged again."""
    agrees = said.value == decision.answer
    with office.store.transaction():
        office.store.events.add(
            READ,
            office.day,
            case=decision.case,
            requirement=decision.requirement,
            said=said.value,
            agrees=agrees,
            by=by,
        )
        if not agrees:
            office.store.cases.touch(decision.case)
    return agrees


def asks(office: Office, decision: Decision) -> str:
    """What the requirement asked on the day of the decision; its name where the rules do not know it any more."""
    book = office.rulebooks[office.store.cases.summary(decision.case).program]
    known = (f"{r.title}. {r.asks}" for r in book.on(decision.day).requirements if r.id == decision.requirement)
    return next(known, decision.requirement)


def papers(office: Office, decision: Decision) -> tuple[Kept, ...]:
    """The papers that had come by the day of the decision."""
    return tuple(p for p in office.store.papers.of_case(decision.case) if p.received <= decision.day)


def _sample(
    decisions: tuple[Decision, ...], day: date, seed: str, percent: str, said: Mapping[tuple[str, str], str]
) -> Sample:
    given = [said.get((d.case, d.requirement)) for d in decisions]
    agrees = [None if one is None else one == d.answer for one, d in zip(given, decisions, strict=True)]
    what = found(agrees, Fraction(percent) / 100)
    return Sample(day=day, seed=seed, percent=percent, decisions=decisions, said=said, found=what)


def _decisions(trail: Iterable[Event]) -> Iterator[Decision]:
    """The answers of each case's last judging."""
    last: dict[str, Event] = {}
    let_go: dict[str, list[Event]] = {}
    for event in trail:
        if event.kind == "judged":
            last[event.case] = event
        elif event.kind == "waived":
            let_go.setdefault(event.case, []).append(event)
    for case, event in last.items():
        waived = {w.requirement for w in waivers(let_go.get(case, ())) if w.since <= event.day <= w.until}
        answers = event.detail["answers"]
        for requirement, said in answers.items() if isinstance(answers, Mapping) else ():
            if said in OF_THE_PROGRAM and requirement not in waived:
                yield Decision(case, requirement, event.day, said)


def _every(office: Office, after: int = 0) -> Iterator[Event]:
    """The whole trail after an event."""
    while some := office.store.events.since(after):
        yield from some
        after = some[-1].seq
