"""A partner's years, made up: employers join, are late, fail, lapse, come back, change their names and grow past nine.

    python -m tests.tools.partner_years [employers] [years] [seed]

Each day is run as an office would run it, and each day is held to rules that know nothing of how standing is computed:
the directory, the letters and their evidence are compared with what was sent and decided.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from processor.casework.standing import HOLDS, Stage
from processor.errors import Wrong
from processor.flows import deciding
from processor.flows.directory import entries
from processor.flows.living import stood
from processor.model import LetterKind, Registration
from tests.flows.partner import Partner, audit, courses, registration, run_by
from tests.rulebook.cases import section

if TYPE_CHECKING:
    from collections.abc import Callable

    from processor.casework.standing import Standing
    from processor.store.values import Posted

FIRST = date(2026, 1, 5)
NEEDED = {
    LetterKind.CERTIFICATE: {"self", "partner", "independent"},
    LetterKind.GOOD_STANDING: {"self", "verification_review"},
}
SYLLABLES = (
    "bar",
    "cas",
    "dun",
    "fel",
    "gor",
    "hak",
    "jul",
    "kem",
    "lor",
    "mav",
    "nis",
    "pol",
    "quor",
    "ras",
    "sut",
    "tev",
)
KIM = Registration(name="Kim Aster", number="A-17", since=date(2020, 1, 1), until=date(2060, 1, 1))


@dataclass
class Employer:
    """One employer: how it is, what it sent, what was decided."""

    account: str
    name: str
    owner: str
    consents: bool
    late: float
    fails: float
    code: str = ""
    sent: list[tuple[date, str, bool]] = field(default_factory=list)
    """Audits: when, of which type, and whether they pass."""
    ended: list[tuple[date, bool]] = field(default_factory=list)
    """Decisions: when, and whether they ended the certification (or put it back)."""
    asked_for: str = ""
    """The deadline that it has been thinking about last."""


@dataclass
class Years:
    """The office, its employers, and what is still to happen."""

    partner: Partner
    chance: random.Random
    employers: list[Employer] = field(default_factory=list)
    plan: dict[date, list[Callable[[], None]]] = field(default_factory=lambda: defaultdict(list))
    told: Counter[str] = field(default_factory=Counter)
    checked: int = 0
    seen: int = 0
    known: dict[str, Standing] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.partner.office.day

    def later(self, days: int, what: Callable[[], None]) -> None:
        self.plan[self.day + timedelta(days=max(days, 1))].append(what)

    # ------------------------------------------------------------ what employers do

    def join(self, one: Employer) -> None:
        self.partner.send(
            registration(self.day, one.name, one.account, directory_consent=one.consents, **run_by(one.owner))
        )
        self.later(self.chance.randint(1, 60), lambda: self._learn(one))

    def _learn(self, one: Employer) -> None:
        self.partner.send(*courses(self.day, one.owner))
        self.later(self.chance.randint(90, 400), lambda: self.first_audits(one))

    def first_audits(self, one: Employer) -> None:
        self._audit(one, "self")
        self.later(self.chance.randint(1, 30), lambda: self._audit(one, "partner"))
        self.later(self.chance.randint(1, 40), lambda: self._audit(one, "independent"))

    def _audit(self, one: Employer, of_type: str) -> None:
        passes = self.chance.random() > one.fails
        low = [section(1, 2, 20)] if not passes else []
        made = self.day - timedelta(days={"self": 2, "partner": 1}.get(of_type, 0))
        sections = [*low, *(section(n) for n in range(len(low) + 1, 16))]
        self.partner.send(audit(of_type, made, one.name, one.account, sections=sections))
        one.sent.append((self.day, of_type, passes))
        if not passes:
            self.later(self.chance.randint(5, 50), lambda: self._audit(one, of_type))

    def think(self, one: Employer, now: Standing) -> None:
        """When something new is owed: send it in time, late, or never."""
        owed = now.owed
        if owed is None or not now.certificate or one.asked_for == owed.key:
            return
        one.asked_for = owed.key
        if self.chance.random() < one.late / 3:
            return
        day = owed.due - timedelta(days=self.chance.randint(1, 85))
        if self.chance.random() < one.late:
            day = owed.due + timedelta(days=self.chance.randint(1, 120))
        days = max((day - self.day).days, (owed.opens - self.day).days, 1)
        if owed.year == 1:
            self.later(days, lambda: self.first_audits(one))
        else:
            self.later(days, lambda: self._audit(one, "self"))
            self.later(days + self.chance.randint(0, 25), lambda: self._audit(one, "verification_review"))

    def happen(self, one: Employer, now: Standing) -> None:
        """What befalls an employer now and then."""
        luck = self.chance.random()
        if now.to_decide and luck < 0.1:
            self.decide(one, "extend" if luck < 0.05 else "lapse")
        elif now.stage in HOLDS and luck < 0.0002:
            self.decide(one, "withdraw")
        elif now.stage in HOLDS and luck < 0.0006:
            self.decide(one, "rename")
        elif now.stage in HOLDS and luck < 0.0008:
            grown = registration(
                self.day, one.name, one.account, employee_count=14, directory_consent=one.consents, **run_by(one.owner)
            )
            self.partner.send(grown)
        elif now.ended and now.stage is Stage.WITHDRAWN and luck < 0.02:
            self.decide(one, "reinstate")
        elif now.ended and luck < 0.004:
            self.partner.send(
                registration(self.day, one.name, one.account, directory_consent=one.consents, **run_by(one.owner))
            )
            self.later(self.chance.randint(30, 200), lambda: self.first_audits(one))

    def decide(self, one: Employer, what: str) -> None:
        office, by, reason = self.partner.office, "mia", "made up"
        try:
            match what:
                case "extend":
                    deciding.extend(office, one.code, self.day + timedelta(days=60), by=by, reason=reason)
                case "lapse":
                    deciding.lapse(office, one.code, by=by, reason=reason)
                    one.ended.append((self.day, True))
                case "withdraw":
                    deciding.withdraw(office, one.code, by=by, reason=reason)
                    one.ended.append((self.day, True))
                case "reinstate":
                    deciding.reinstate(office, one.code, None, by=by, reason=reason)
                    one.ended.append((self.day, False))
                case _:
                    name = _name(self.chance)
                    deciding.rename(office, one.code, name, by=by, reason=reason)
                    one.name = name
        except Wrong:
            return

    # ------------------------------------------------------------ day by day

    def run(self, days: int) -> None:
        for _ in range(days):
            self.partner.on(self.day + timedelta(days=1))
            for what in self.plan.pop(self.day, ()):
                what()
            self.told.update(self.partner.run())
            self._codes()
            self._look()

    def _codes(self) -> None:
        if all(one.code for one in self.employers):
            return
        known = {c.employer.account: c.code for c in self.partner.office.store.cases.summaries()}
        for one in self.employers:
            one.code = known.get(one.account, "")

    def _look(self) -> None:
        """Every case's standing on this day, and the directory, against what was sent, issued and decided."""
        store = self.partner.office.store
        listed = {c.case for c in store.lives.certified()}
        changed = self._changed()
        for one in self.employers:
            if one.code:
                now = self._now(one, changed)
                _consistent(now)
                assert (one.code in listed) is (now.in_force and one.consents), (one.code, self.day)
                self.think(one, now)
                self.happen(one, now)

    def _changed(self) -> set[str]:
        """The cases that anything happened to since the last look."""
        codes: set[str] = set()
        while events := self.partner.office.store.events.since(self.seen):
            codes |= {event.case for event in events}
            self.seen = events[-1].seq
        return codes

    def _now(self, one: Employer, changed: set[str]) -> Standing:
        """Computed anew where it can differ, and now and then where it cannot."""
        known = self.known.get(one.code)
        same = known is not None and one.code not in changed and (known.looks is None or self.day < known.looks)
        self.checked += 1
        if known is not None and same and self.chance.random() > 0.02:
            return replace(known, day=self.day)
        office = self.partner.office
        now = stood(office.store, office.rulebooks["csam-secor"], one.code, self.day)
        assert known is None or not same or now == replace(known, day=self.day)
        self.known[one.code] = now
        return now


def _consistent(now: Standing) -> None:
    assert now.because
    assert (now.owed is None) is bool(now.ended)
    if now.in_force:
        assert now.stage in HOLDS
        assert now.certificate
        assert now.until
        assert now.day <= now.until
    if now.owed:
        assert (now.stage is Stage.OVERDUE) is (now.day > now.owed.due)
        assert now.owed.known <= now.owed.due


# ---------------------------------------------------------------- at the end


def held(years: Years) -> None:
    """What must be true of all that was written, by what was sent and decided alone."""
    store = years.partner.office.store
    for one in years.employers:
        letters = store.letters.of_case(one.code)
        _evidence(one, letters)
        _said_once(one, letters)
    assert store.faults() == ()
    shown = entries(store, years.partner.office.rulebooks)
    wanted = {one.code for one in years.employers if _certified(one, store.letters.of_case(one.code), years.day)}
    found = {c.case for c in store.lives.certified()}
    assert len(shown) == len(found)
    assert {one.code for one in years.employers if one.consents and one.code in wanted} == found


def _certified(one: Employer, letters: tuple[Posted, ...], day: date) -> bool:
    """Whether the last certificate lasts still and nobody ended it since."""
    certificates = [p for p in letters if p.letter.kind is LetterKind.CERTIFICATE]
    if not certificates:
        return False
    last = certificates[-1].letter
    ended = [end for on, end in one.ended if on >= last.day]
    lasts = [date.fromisoformat(str(p.letter.data["valid_until"])) for p in certificates]
    return max(lasts) >= day and not (ended and ended[-1])


def _evidence(one: Employer, letters: tuple[Posted, ...]) -> None:
    """No certificate and no letter of good standing without passed audits of each type since the answer before."""
    since, cycles = date.min, set[object]()
    for posted in letters:
        letter = posted.letter
        life = letter.data.get("life")
        if not isinstance(life, dict):
            continue
        if letter.kind is LetterKind.CERTIFICATE and life["cycle"] in cycles:
            continue  # issued again, for another name
        cycles.add(life["cycle"])
        # the last of each type counts
        passed = {of_type: passes for day, of_type, passes in one.sent if since < day <= letter.day}
        good = {of_type for of_type, passes in passed.items() if passes}
        assert good >= NEEDED[letter.kind], (one.code, posted.number, passed)
        since = letter.day


def _said_once(one: Employer, letters: tuple[Posted, ...]) -> None:
    left: dict[str, list[int]] = defaultdict(list)
    overdue: Counter[str] = Counter()
    for posted in letters:
        texts = [line.text for line in posted.letter.lines]
        if posted.letter.kind is LetterKind.REMINDER:
            deadline = next(t for t in texts if " due by " in t)
            told = (int(t.split()[2]) for t in texts if t.startswith("That is ") and "days" in t)
            left[deadline].append(next(told, 1))
        if posted.letter.kind is LetterKind.OVERDUE:
            overdue[next(t for t in texts if t.startswith("We asked"))] += 1
    for deadline, days in left.items():
        assert len(days) <= 4, (one.code, deadline)
        assert days == sorted(days, reverse=True), (one.code, deadline)
        assert len(set(days)) == len(days), (one.code, deadline)
    assert set(overdue.values()) <= {1}, one.code


def simulate(home: Path, employers: int, days: int, seed: int) -> Years:
    """So many employers over so many days; raises `AssertionError` where a day was not right."""
    chance = random.Random(seed)  # noqa: S311 - made-up employers
    years = Years(partner=Partner(home, FIRST), chance=chance)
    years.partner.office.store.register.import_auditors([KIM], FIRST)
    for n in range(employers):
        late, fails = chance.choice([(0.1, 0.05), (0.3, 0.15), (0.7, 0.3)])
        one = Employer(f"{3_000_000 + 7919 * n}", _name(chance), _name(chance, ""), chance.random() < 0.9, late, fails)
        years.employers.append(one)
        years.plan[FIRST + timedelta(days=chance.randint(1, max(days // 2, 2)))].append(lambda one=one: years.join(one))  # type: ignore[misc]
    years.run(days)
    held(years)
    return years


def _name(chance: random.Random, after: str = " Ltd.") -> str:
    parts = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(2)]
    return f"{parts[0]} {parts[1]}{after}"


def main(employers: int = 300, years: int = 7, seed: int = 1) -> int:
    """Run it, and say how long it took."""
    began = time.perf_counter()
    memory = Path("/dev/shm")  # noqa: S108 - a disk would be measured, not the office
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as home:
        done = simulate(Path(home) / "office", employers, 365 * years, seed)
        letters = ", ".join(f"{count} {kind}" for kind, count in sorted(done.told.items()))
        done.partner.office.store.close()
    print(f"{employers} employers, {years} years, seed {seed}: {done.checked} standings right; {letters}.")
    print(f"{time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
