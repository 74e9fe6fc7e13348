"""Where a case is in its life on a day, what is owed by when, and the arithmetic of it.

A pure function of what happened, the rulebook's terms and a day. What is owed is found with the terms of the day on
which it became known, so that no change of rules makes anything late that was in time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from processor.casework.clock import DAY, DEADLINES, Span, anniversary, later, months_later, paused, written, years_over
from processor.casework.happened import What

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from processor.casework.happened import Happened
    from processor.rulebook.terms import Terms


class Stage(StrEnum):
    """The stages of a certification's life."""

    REGISTERED = "registered"
    IN_PROGRESS = "in progress"
    CERTIFIED = "certified"
    """In which year, `Standing.year` says."""
    DUE = "good standing due"
    """Certified still; the next year's papers are due within the days of notice."""
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    RE_APPLIED = "re-applied"


HOLDS = frozenset({Stage.CERTIFIED, Stage.DUE, Stage.OVERDUE})
"""The stages in which the employer is certified, as long as the certificate's own days last."""


ENDED = frozenset({Stage.LAPSED, Stage.WITHDRAWN})


class Need(StrEnum):
    """What can be owed."""

    CERTIFICATION = "certification"
    GOOD_STANDING = "good standing"
    RECERTIFICATION = "recertification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What the employer owes, and by when."""

    need: Need
    cycle: int
    year: int
    """The year of the cycle that the papers are for."""
    known: date
    """The day on which this became known."""
    opens: date
    """The first day on which papers for it count."""
    notice: date
    """The first day on which the case stands as due."""
    due: date
    """The last day that is in time, pauses and extensions included."""
    ends: date
    """The last day of grace."""
    because: str
    """The arithmetic: `certified 2026-03-14; anniversary month March; due before 1 March 2027`."""
    told: str
    """The same as the employer is told it: without who gave time, and why."""
    moved: int = 0
    """By how many days the deadline moved, since the partner worked."""
    lapses: bool = False
    """Whether the certification lapses by itself after the days of grace."""
    again: str = ""
    """The day to which a person extended it, which makes it another deadline to remind of; empty for none."""

    @property
    def key(self) -> str:
        """What nothing else that this case ever owes has: `1.2 good standing`."""
        return f"{self.cycle}.{self.year} {self.need}{f' until {self.again}' if self.again else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a case is on a day."""

    day: date
    stage: Stage
    cycle: int = 0
    """The certificate's three years, counted from 1; 0 before the first."""
    year: int = 0
    """The year of the cycle that the employer is certified in; 0 for one that is not certified."""
    answered: int = 0
    """The last year of the cycle that a certificate or a letter of good standing was given for. Where a program has no
    yearly letters, the certificate is for all of them."""
    answered_in: int = 0
    """The cycle of that year. It is ahead of the present one while the next certificate's days have not begun."""
    certificate: str = ""
    since: date | None = None
    until: date | None = None
    """The certificate's days."""
    in_force: bool = False
    """Whether the employer is certified on this day."""
    owed: Owed | None = None
    ended: date | None = None
    """The day on which the certification, or the registration, ended: lapsed or withdrawn."""
    ended_once: bool = False
    """Whether a certification of this case ended before, so that it began again."""
    begun: date | None = None
    """The day on which a person had it begin again, without a registration; nothing when a registration did."""
    waits_for_partner: bool = False
    to_decide: bool = False
    """The days of grace are over, and a person must say what follows."""
    because: str = ""
    """Why it stands so."""
    reinstated: date | None = None
    """The day on which a person put it in force again."""
    by_person: bool = False
    """Whether a person ended it."""
    reason: str = ""
    """The reason that a person gave for ending it."""
    looks: date | None = None
    """The next day on which it can stand otherwise though nothing happens; nothing when it cannot."""

    @property
    def says(self) -> str:
        """The stage, with the year where it has one: `certified year 2`."""
        return f"{self.stage} year {self.year}" if self.stage is Stage.CERTIFIED else self.stage.value


def standing(happened: Iterable[Happened], terms_on: Callable[[date], Terms], day: date) -> Standing:
    """Where a case stands at the end of a day.

    Args:
        happened: what happened to it, in order; what comes after the day does not count.
        terms_on: the terms in force on a day (`terms.terms_on` of its rulebook).
        day: the day that is asked about.

    Raises:
        ValueError: nothing had happened by that day, so there is no case.
    """
    life = _Life()
    for one in happened:
        if one.day <= day:
            life.take(one, terms_on)
    if life.known is None:
        raise ValueError("there is no case before it is opened")
    return life.on(day, terms_on(life.known))


@dataclass(slots=True)
class _Life:
    """What is remembered while the years are walked through."""

    known: date | None = None
    """The day from which the present time runs: the registration's, or the last answer's."""
    came: bool = False
    again: bool = False
    begun: date | None = None
    cycle: int = 0
    answered: int = 0
    certificate: str = ""
    since: date | None = None
    until: date | None = None
    before: tuple[date, int, int] | None = None
    """Of the cycle before this one: its first day, its number, and its last answered year."""
    turn: date | None = None
    """Since when the partner has work."""
    partner: bool = False
    works: list[Span] = field(default_factory=list)
    extended: Happened | None = None
    ended: Happened | None = None
    reinstated: date | None = None

    def take(self, one: Happened, terms_on: Callable[[date], Terms]) -> None:
        """One thing more that happened."""
        match one.what:
            case What.OPENED | What.REGISTERED:
                self._register(one, terms_on)
            case What.CERTIFIED:
                self._certify(one, terms_on)
            case What.GOOD_STANDING:
                if one.year > self.answered:
                    self._answer(one, one.year)
            case What.CAME | What.PARTNERS_TURN | What.ANSWERED:
                self._work(one)
            case _:
                self._decide(one)

    def _work(self, one: Happened) -> None:
        if one.what is What.ANSWERED:
            if self.turn is not None and one.day > self.turn:
                self.works.append(Span(self.turn, one.day))
            self.turn, self.partner = None, False
            return
        self.turn = self.turn or one.day
        self.came = self.came or one.what is What.CAME
        self.partner = self.partner or one.what is What.PARTNERS_TURN

    def _decide(self, one: Happened) -> None:
        """What a person said."""
        if one.what is What.REAPPLIED:
            self._begin_again(one)
        elif one.what in (What.LAPSED, What.WITHDRAWN):
            self.ended = one
        else:
            if one.what is What.REINSTATED:
                self.ended, self.reinstated = None, one.day
            self._extend(one)

    def _register(self, one: Happened, terms_on: Callable[[date], Terms]) -> None:
        """The first registration starts the clock, by the earlier of its days; one after the end begins again."""
        if self.known is None:
            self.known = one.since or one.day
        elif one.since is None and self.on(one.day, terms_on(self.known)).stage in ENDED:
            self._begin_again(one)
        elif one.since and self.since is None and not self.again:
            self.known = min(one.since, self.known)

    def _extend(self, one: Happened) -> None:
        before = self.extended.until if self.extended else None
        if one.until and (before is None or one.until > before):
            self.extended = one

    def _begin_again(self, one: Happened) -> None:
        self._answer(one, 0)
        self.known = one.since or one.day
        self.again, self.came, self.ended = True, False, None
        self.begun = one.day if one.what is What.REAPPLIED else None
        self.since = self.until = self.before = None
        self.certificate = ""

    def _certify(self, one: Happened, terms_on: Callable[[date], Terms]) -> None:
        since = one.since or one.day
        self.certificate = one.number
        if since == self.since and not self.ended:
            return  # a certificate that replaces one keeps its days, and answers nothing new
        self.before = (self.since, self.cycle, self.answered) if self.since and since > one.day else None
        self.since, self.until = since, one.until or anniversary(since, terms_on(one.day).cycle_years) - DAY
        self.cycle = one.cycle or self.cycle + 1
        self.ended = None
        terms = terms_on(one.day)
        self._answer(one, 1 if terms.yearly else terms.cycle_years)

    def _answer(self, one: Happened, year: int) -> None:
        """The year is answered: what comes now is for the next, and the clock begins anew."""
        self.known, self.answered = one.day, year
        self.works, self.turn, self.partner, self.extended, self.reinstated = [], None, False, None, None

    # ------------------------------------------------------------ on a day

    def on(self, day: date, terms: Terms) -> Standing:
        """The standing, with the terms of the day on which the present time began."""
        if self.ended:
            return self._ended(day, self.ended)
        return self._registered(day, terms) if self.since is None else self._certified(day, terms)

    def _ended(self, day: date, by: Happened) -> Standing:
        stage = Stage.LAPSED if by.what is What.LAPSED else Stage.WITHDRAWN
        who = " ".join(filter(None, (f"by {by.by}" if by.by else "", f"({by.reason})" if by.reason else "")))
        now = self._standing(day, stage, ended=by.day, because=f"{stage} {by.day} {who}".rstrip())
        return replace(now, by_person=True, reason=by.reason)

    def _registered(self, day: date, terms: Terms) -> Standing:
        known = self._known
        base = months_later(known, terms.registration_months)
        called = "registered again" if self.again else "registered"
        says = f"{called} {known}; {terms.registration_months} months; due on or before {written(base)}"
        owed = self._owed(Need.CERTIFICATION, self.cycle + 1, 1, known, base, says, day, terms)
        if day > owed.due:
            return self._standing(day, Stage.LAPSED, ended=owed.due + DAY, because=owed.because)
        begun = Stage.RE_APPLIED if self.again else Stage.REGISTERED
        stage = Stage.IN_PROGRESS if self.came else begun
        return self._standing(day, stage, owed=owed, because=owed.because, looks=[later(owed.due, 1)])

    def _certified(self, day: date, terms: Terms) -> Standing:
        assert self.since is not None  # noqa: S101 - a case without is not certified
        assert self.until is not None  # noqa: S101 - set with `since`
        yearly = terms.yearly and self.answered < terms.cycle_years
        years = self.answered if yearly else terms.cycle_years
        need = Need.GOOD_STANDING if yearly else Need.RECERTIFICATION
        cycle, year = (self.cycle, self.answered + 1) if yearly else (self.cycle + 1, 1)
        deadline = DEADLINES[terms.deadline](self.since, years)
        says = f"certified {self.since}; {deadline.says}"
        known = self._known
        base, least = deadline.day, later(known, terms.notice_days)
        if base < least and known > self.since:
            # an answer that came late leaves its own time for the next
            base, says = least, f"{says}, but answered {known}: due on or before {written(least)}"
        opens = months_later(known, terms.earliest_months)
        owed = self._owed(need, cycle, year, opens, base, says, day, terms)
        over = later(owed.due, terms.grace_days)
        if terms.lapses_by_itself and day > over:
            return self._standing(day, Stage.LAPSED, ended=over + DAY, because=f"{owed.because}; {over} was the end")
        last = max(self.until, owed.due)
        if day > last:
            says = f"the certificate was valid until {self.until}; {owed.because}"
            return self._standing(day, Stage.LAPSED, ended=last + DAY, because=says)
        stage = Stage.CERTIFIED if day < owed.notice else Stage.DUE if day <= owed.due else Stage.OVERDUE
        looks = [owed.notice, later(owed.due, 1), later(over, 1), later(self.until, 1), later(last, 1), self.since]
        looks += [anniversary(self.since, n) for n in range(1, terms.cycle_years)]
        decide = stage is Stage.OVERDUE and day > over
        return self._standing(day, stage, owed=owed, because=owed.because, looks=looks, to_decide=decide)

    def _owed(  # noqa: PLR0913, PLR0917 - all that a deadline is made of
        self, need: Need, cycle: int, year: int, opens: date, base: date, says: str, day: date, terms: Terms
    ) -> Owed:
        due, again, told = base, "", ""
        opens = min(opens, later(base, -terms.notice_days))
        works = [*self.works, *([Span(self.turn, day)] if self.turn and day > self.turn else [])]
        moved = paused(base, opens, works) if terms.pauses else 0
        if moved:
            due = later(base, moved)
            says += f"; {moved} {'day' if moved == 1 else 'days'} paused while the association worked: {due}"
        if self.extended and self.extended.until and self.extended.until > due:
            due, again = self.extended.until, self.extended.until.isoformat()
            why = f" ({self.extended.reason})" if self.extended.reason else ""
            told = f"{says}; extended to {due}"
            says = f"{told} by {self.extended.by}{why}"
        return Owed(
            need=need,
            cycle=cycle,
            year=year,
            known=self._known,
            opens=opens,
            notice=later(due, -terms.notice_days),
            due=due,
            ends=later(due, terms.grace_days),
            because=says,
            told=told or says,
            moved=moved,
            lapses=terms.lapses_by_itself,
            again=again,
        )

    def _standing(  # noqa: PLR0913 - what differs from stage to stage
        self,
        day: date,
        stage: Stage,
        *,
        because: str,
        owed: Owed | None = None,
        ended: date | None = None,
        looks: Iterable[date] = (),
        to_decide: bool = False,
    ) -> Standing:
        cycle, year = (self.cycle, 0) if ended else self._year(day)
        ahead = [d for d in looks if d > day]
        if self.turn and owed:
            ahead.append(later(day, 1))  # each day of work moves the deadline
        holds = stage in HOLDS and self.until is not None and day <= self.until
        return Standing(
            day=day,
            stage=stage,
            cycle=cycle,
            year=year,
            answered=self.answered,
            answered_in=self.cycle,
            reinstated=self.reinstated,
            certificate=self.certificate,
            since=self.since,
            until=self.until,
            in_force=holds,
            owed=owed,
            ended=ended,
            ended_once=self.again,
            begun=self.begun,
            waits_for_partner=self.partner or self.turn is not None,
            to_decide=to_decide,
            because=because,
            looks=min(ahead, default=None),
        )

    def _year(self, day: date) -> tuple[int, int]:
        """The cycle, and the year of it that the employer is certified in: by the calendar, as far as answered."""
        if self.since is None:
            return self.cycle, 0
        if day < self.since and self.before:
            since, cycle, answered = self.before
            return cycle, max(1, min(years_over(since, day) + 1, answered))
        return self.cycle, max(1, min(years_over(self.since, day) + 1, self.answered))

    @property
    def _known(self) -> date:
        assert self.known is not None  # noqa: S101 - `standing` looks before it asks
        return self.known
