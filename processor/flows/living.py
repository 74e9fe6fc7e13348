"""The trail of a case as its standing sees it, and where the case stands."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from processor.casework.happened import Happened, What
from processor.casework.standing import standing
from processor.casework.waiving import Waiver
from processor.model import Kind, LetterKind
from processor.rulebook.terms import terms_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from processor.casework.standing import Standing
    from processor.flows.office import Office
    from processor.rulebook.book import Rulebook
    from processor.store.store import Store
    from processor.store.values import Event

_DECIDED = {
    "extended": What.EXTENDED,
    "lapsed": What.LAPSED,
    "withdrawn": What.WITHDRAWN,
    "reinstated": What.REINSTATED,
    "reapplied": What.REAPPLIED,
}
_ANSWERS = {LetterKind.CERTIFICATE: What.CERTIFIED, LetterKind.GOOD_STANDING: What.GOOD_STANDING}


def standing_of(office: Office, code: str) -> Standing:
    """Where a case stands at the end of the office's day."""
    program = office.store.cases.summary(code).program
    return stood(office.store, office.rulebooks[program], code, office.day)


def standing_before(office: Office, code: str) -> Standing:
    """Where a case stood when it was judged on the office's day: before any letter of that day."""
    program = office.store.cases.summary(code).program
    trail = [e for e in office.store.events.of_case(code) if not (e.kind == "owed" and e.day == office.day)]
    what = tuple(happened(trail))
    return standing(what, partial(terms_on, office.rulebooks[program]), max(office.day, what[0].day))


def stood(store: Store, book: Rulebook, code: str, day: date) -> Standing:
    """Where a case stood at the end of a day; before it was opened, as on that day."""
    what = tuple(happened(store.events.of_case(code)))
    return standing(what, partial(terms_on, book), max(day, what[0].day))


def happened(trail: Iterable[Event]) -> Iterator[Happened]:
    """What of a case's trail its standing depends on."""
    for event in trail:
        if event.kind in _DECIDED:
            yield _decided(event)
        elif event.kind in _READS:
            yield from _READS[event.kind](event)


def waivers(trail: Iterable[Event]) -> Iterator[Waiver]:
    """What people let go in a case, in order."""
    for event in trail:
        until = _day(event.detail, "until")
        if event.kind == "waived" and until:
            told = event.detail
            yield Waiver(
                requirement=str(told["requirement"]),
                since=event.day,
                until=until,
                by=str(told["by"]),
                reason=str(told["reason"]),
            )


def _opened(event: Event) -> Iterator[Happened]:
    yield Happened(what=What.OPENED, day=event.day)


def _filed(event: Event) -> Iterator[Happened]:
    again = event.detail.get("paper") == Kind.REGISTRATION
    yield Happened(what=What.REGISTERED if again else What.CAME, day=event.day)


def _decided(event: Event) -> Happened:
    told = event.detail
    return Happened(
        what=_DECIDED[event.kind],
        day=event.day,
        by=str(told["by"]),
        reason=str(told["reason"]),
        until=_day(told, "until"),
    )


def _judged(event: Event) -> Iterator[Happened]:
    since = _day(event.detail, "registered")
    if since:
        yield Happened(what=What.REGISTERED, day=event.day, since=since)
    if not event.detail["questions"]:
        yield Happened(what=What.ANSWERED, day=event.day)
    if event.detail.get("waits") == "partner":
        yield Happened(what=What.PARTNERS_TURN, day=event.day)


def _owed(event: Event) -> Iterator[Happened]:
    letter = event.detail["letter"]
    what = _ANSWERS.get(letter["kind"]) if isinstance(letter, dict) else None
    if what and isinstance(letter, dict):
        yield Happened(
            what=what,
            day=event.day,
            number=str(letter["certificate"]),
            cycle=int(letter.get("cycle", 0)),
            year=int(letter.get("year", 0)),
            since=_day(letter, "since"),
            until=_day(letter, "until"),
        )


_READS: Mapping[str, Callable[[Event], Iterator[Happened]]] = {
    "opened": _opened,
    "filed": _filed,
    "judged": _judged,
    "owed": _owed,
}


def _day(told: Mapping[str, object], name: str) -> date | None:
    return date.fromisoformat(str(told[name])) if told.get(name) else None
