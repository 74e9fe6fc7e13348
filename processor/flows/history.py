"""Everything that happened to a case, who did it, in order: the trail in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from processor.store.store import Store
    from processor.store.values import Event


class Told(NamedTuple):
    """One thing that happened."""

    day: date
    at: str
    """By the machine's clock, UTC."""
    by: str
    """Whoever said so; `secor` for the program."""
    says: str


def history(store: Store, code: str) -> tuple[Told, ...]:
    """The trail of a case, oldest first. Raises `Wrong` when there is no such case."""
    store.cases.summary(code)
    return tuple(map(told, store.events.of_case(code)))


def told(event: Event) -> Told:
    """One event as a person reads it."""
    say = _SAYS.get(event.kind)
    says = say(event) if say else event.kind
    return Told(event.day, event.at, str(event.detail.get("by") or "secor"), says)


def _opened(event: Event) -> str:
    return f"case opened in {event.detail['program']}"


def _filed(event: Event) -> str:
    kind = event.detail.get("paper", "paper")
    found = _listed(event.detail.get("findings"))
    return f"{kind} {event.subject} filed" + (f"; found {found}" if found else "")


def _judged(event: Event) -> str:
    short = [f"{name} {answer}" for name, answer in _table(event.detail["answers"]).items() if answer != "met"]
    asked = event.detail["questions"]
    waits = "; the rest is the association's to make" if event.detail.get("waits") == "partner" else ""
    return f"judged: {', '.join(short) or 'everything met'}{f'; {asked} asked' if asked else ''}{waits}"


def _owed(event: Event) -> str:
    letter = _table(event.detail["letter"])
    number = f" {letter['certificate']}" if letter.get("certificate") else ""
    year = f" for year {letter['year']} of cycle {letter['cycle']}" if letter.get("year") else ""
    return f"{letter.get('kind', 'letter')}{number}{year} owed: letter {event.subject}"


def _found(event: Event) -> str:
    code = event.detail.get("code")
    return f"{code} found on paper {event.subject}" if code else f"letter {event.subject} found in the outbox"


def _read_again(event: Event) -> str:
    agrees = "agrees" if event.detail["agrees"] else "does not agree"
    return f"{event.detail['requirement']} read again for a sample: {event.detail['said']}, which {agrees}"


def _decided(event: Event) -> str:
    until = f" until {event.detail['until']}" if event.detail.get("until") else ""
    reason = f": {event.detail['reason']}" if event.detail.get("reason") else ""
    what = f" {event.detail['requirement']}" if event.detail.get("requirement") else ""
    return f"{event.kind}{what}{until}{reason}"


_SAYS: Mapping[str, Callable[[Event], str]] = {
    "opened": _opened,
    "filed": _filed,
    "judged": _judged,
    "owed": _owed,
    "written": lambda event: f"letter {event.subject} written to the outbox",
    "sent": lambda event: f"letter {event.subject} sent",
    "found": _found,
    "corrected": lambda event: f"{event.detail['reading']} of paper {event.subject} {event.detail['state']}",
    "settled": lambda event: f"{event.detail['code']} of paper {event.subject} settled",
    "sample-read": _read_again,
    "dismissed": lambda event: f"paper {event.subject} dismissed",
    **dict.fromkeys(("extended", "waived", "lapsed", "withdrawn", "reinstated"), _decided),
    **dict.fromkeys(("reapplied", "renamed", "reissued"), _decided),
}


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else ""
