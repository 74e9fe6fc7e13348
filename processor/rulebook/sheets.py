"""A case as the rules look at it: which papers count, and what on them may be relied on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from processor.casework.checks import people, unticked
from processor.casework.scores import amount, blank, said
from processor.findings import finding, named
from processor.model import Evidence, Kind, Question, State
from processor.rulebook.edition import Effect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from fractions import Fraction

    from processor.model import Case, Filed, Finding, Reading, Shortfall
    from processor.reading.vocabulary import Vocabulary
    from processor.rulebook.edition import Edition

OF_A_READING = frozenset({
    "stored-differs", "field-twice", "ambiguous-date", "impossible-date", "future-date", "unclear-value",
    "postal-province", "two-ticks", "faint-mark", "holder-unclear", "course-unknown", "issuer-unknown",
    "expiry-computed", "dates-reversed", "roster-short", "unsure-reading",
})  # fmt: skip
"""Findings that only matter to who needs the reading; every other is about the whole paper."""
SEEN_IN_READINGS = frozenset({
    "unsigned", "undated", "field-blank", "audit-blank", "auditor-unsigned", "officer-unsigned",
    "audit-type-unmarked", "future-date", "roster-short", "unsure-reading",
})  # fmt: skip
"""Findings that the rules see for themselves, in the readings, so that a correction is seen at once."""
NOT_OF_THE_VALUE = SEEN_IN_READINGS | {"postal-province"}
"""Findings that put a reading to somebody, and leave what stands there plain."""
OF_SCORES = frozenset({
    "score-blank", "awarded-over-possible", "sums-differ", "not-applicable-unexplained", "zero-unexplained",
    "audit-unscored",
})  # fmt: skip
"""Findings that only matter to who needs the points."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One filed paper under an edition."""

    filed: Filed
    edition: Edition

    def reading(self, name: str) -> Reading:
        """What stands there."""
        return self.filed.document[name]

    def relied(self, name: str) -> Reading | None:
        """The reading when it may be decided on: sure, confirmed, or its doubt settled by a person; else nothing."""
        reading = self.reading(name)
        if self.disputed(name):
            return None
        if reading.known:
            return reading
        let_stand = reading.state is State.UNSURE and reading.value is not None and self.settled(reading.doubt, name)
        return reading if let_stand else None

    def text(self, name: str) -> str | None:
        """The text that stands there; nothing when it is blank or not to be relied on."""
        reading = self.relied(name)
        return reading.value if reading and isinstance(reading.value, str) and reading.value else None

    def day(self, name: str) -> date | None:
        """The day that stands there; nothing when it is blank or not to be relied on."""
        reading = self.relied(name)
        return reading.value if reading and isinstance(reading.value, date) else None

    def number(self, name: str) -> Fraction | None:
        """The number that stands there; nothing when it is blank or not to be relied on."""
        reading = self.relied(name)
        return amount(reading) if reading else None

    def empty(self, name: str) -> bool:
        """Whether the box was seen empty, or without a tick, and nothing is said against that."""
        return unticked(self.reading(name)) and not self.disputed(name)

    def lost(self, name: str) -> bool:
        """Whether a person could not read it either."""
        return self.reading(name).state is State.UNREADABLE

    def doubtful(self, name: str) -> bool:
        """Whether only a person can say what stands there, or whether the page shows it at all."""
        if self.relied(name) is not None or self.gone(name):
            return False
        return self.reading(name).state in (State.UNSURE, State.MISSING) or self.disputed(name)

    def unsure(self, name: str) -> bool:
        """Whether something stands there that only a person can tell; a box that no page shows is not."""
        return self.doubtful(name) and self.reading(name).state is not State.MISSING

    def disputed(self, name: str) -> bool:
        """Whether an open finding that blocks is about a reading that is plain by itself."""
        return bool(self._dispute(name))

    @property
    def incomplete(self) -> bool:
        """Whether the employer is told that a page is missing, so that nobody is asked for what stands on it."""
        return any(f.code == "page-missing" for f in self._open(Effect.FAILS, (), scores=False))

    def gone(self, name: str) -> bool:
        """Whether the box is on a page that the employer is told to send."""
        return self.reading(name).state is State.MISSING and self.incomplete

    def let_stand(self, name: str) -> bool:
        """Whether a person looked at a doubtful box and said that it is no obstacle; its value stays unknown."""
        return self.settled(self.reading(name).doubt or "unsure-reading", name)

    # ------------------------------------------------------------ what is said of it

    def place(self, name: str) -> Evidence:
        """The place of a reading, and what stands there."""
        reading = self.reading(name)
        return Evidence(
            document=self.filed.number, reading=name, page=reading.page, box=reading.box, value=printed(reading)
        )

    def question(self, name: str, code: str = "", says: str = "") -> Question:
        """What a person is asked about a reading."""
        reading = self.reading(name)
        code = code or reading.doubt or self._dispute(name) or "unsure-reading"
        own = (f.says for f in self.filed.document.findings if f.code == code and f.reading in (name, ""))
        return Question(
            document=self.filed.number,
            code=code,
            says=says or next(own, "") or finding("unsure-reading", reading=name).says,
            reading=name,
            page=reading.page,
            box=reading.box,
        )

    def asked(self, found: Finding) -> Question:
        """A finding as a question."""
        return Question(
            document=self.filed.number,
            code=found.code,
            says=found.says,
            reading=found.reading,
            page=found.page,
            box=found.box,
        )

    def objections(self, needs: Collection[str], *, scores: bool = False) -> tuple[Question, ...]:
        """Findings that block the paper for who needs these readings (and, perhaps, its points)."""
        return tuple(self.asked(f) for f in self._open(Effect.BLOCKS, needs, scores=scores))

    def faults(self, needs: Collection[str], *, scores: bool = False) -> tuple[Shortfall, ...]:
        """Findings that make the paper not acceptable, as the employer is told."""
        return tuple(self.fault(f) for f in self._open(Effect.FAILS, needs, scores=scores))

    def remarks(self, needs: Collection[str], *, scores: bool = False) -> tuple[str, ...]:
        """Findings that staff should see."""
        return tuple(f.says for f in self._open(Effect.INFORMS, needs, scores=scores))

    def fault(self, found: Finding) -> Shortfall:
        """A finding as an item of a letter."""
        where = [self.place(found.reading)] if found.reading else [self.paper(found.page)]
        return self.edition.words[found.code].shortfall(where, says=found.says, field=named(found.reading))

    def unreadable(self, name: str) -> Shortfall:
        """What an employer is told of a box that nobody could read."""
        return self.edition.words["unreadable"].shortfall([self.place(name)], says="", field=named(name))

    def paper(self, page: int | None = None) -> Evidence:
        """The paper itself, at a page or its first."""
        pages = self.filed.document.pages
        return Evidence(document=self.filed.number, page=page or (pages[0] if pages else None))

    def settled(self, code: str, name: str = "") -> bool:
        """Whether a person looked at the finding and let it stand."""
        return bool(code) and not self.filed.settled.isdisjoint({code, f"{code}@{name}"})

    def judged(self, name: str) -> bool:
        """Whether a person decided what is asked about this reading; judging the whole paper is another decision."""
        return f"needs-judgement@{name}" in self.filed.settled

    def _open(self, effect: Effect, needs: Collection[str], *, scores: bool) -> Iterable[Finding]:
        for found in self.filed.document.findings:
            code, name = found.code, found.reading
            if self.edition.effect(code) is not effect or self.settled(code, name):
                continue
            if code in SEEN_IN_READINGS and name:
                continue
            if code in OF_SCORES and self.filed.document.kind is Kind.AUDIT and not scores:
                continue
            if code in OF_A_READING and name and not self._matters(name, needs):
                continue
            yield found

    def _dispute(self, name: str) -> str:
        """The code of the first finding that disputes a reading; a person who looked at it has settled that."""
        if self.reading(name).state not in (State.SURE, State.BLANK):
            return ""
        about = (f.code for f in self.filed.document.findings if f.reading == name and name)
        blocking = (c for c in about if c not in NOT_OF_THE_VALUE and self.edition.effect(c) is Effect.BLOCKS)
        return next((c for c in blocking if not self.settled(c, name)), "")

    def _matters(self, name: str, needs: Collection[str]) -> bool:
        """Whether the reading is needed, and no person has looked at it."""
        return name in needs and self.reading(name).state not in (State.CONFIRMED, State.UNREADABLE)


class Person(NamedTuple):
    """Somebody on the roster."""

    row: int
    name: str | None
    """Nothing when it cannot be relied on."""
    full_time: bool | None
    """Permanent and full-time; nothing when the tick is unsure."""
    senior: bool | None
    """Owner or most senior representative; nothing when the tick is unsure."""

    @property
    def path(self) -> str:
        """Where the name stands: `workers[2].name`."""
        return f"workers[{self.row}].name"

    def tick(self, name: str) -> str:
        """Where a tick stands: `workers[2].permanent_full_time`."""
        return f"workers[{self.row}].{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What a rule may look at: the papers of a case that count on a day."""

    case: Case
    edition: Edition
    vocabulary: Vocabulary
    day: date
    registration: Sheet | None
    """The latest; it supersedes the earlier."""
    registrations: tuple[Sheet, ...]
    roster: tuple[Person, ...]
    audits: tuple[Sheet, ...]
    """The latest of each type, and those whose type is not known."""
    dated_earlier: tuple[tuple[Sheet, date], ...]
    """Of these, what came after an audit of its type with a later day, and that day."""
    courses: tuple[Sheet, ...]
    first_aid: tuple[Sheet, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The people on the roster whose names can be relied on."""
        return tuple(p.name for p in self.roster if p.name)

    def audit(self, of_type: str) -> Sheet | None:
        """The audit of that type."""
        return next((a for a in self.audits if a.text("audit_type") == of_type), None)

    def course(self, of: str) -> str:
        """A course's title."""
        known = self.vocabulary.course(of)
        return known.title if known else of


def opened(case: Case, edition: Edition, vocabulary: Vocabulary, day: date) -> File:
    """The case as the rules look at it."""
    papers = sorted(case.documents, key=lambda filed: filed.order)
    counted = [Sheet(f, edition) for f in papers if f.document.program in ("", case.program)]
    registrations = tuple(s for s in counted if s.filed.document.kind is Kind.REGISTRATION)
    latest = registrations[-1] if registrations else None
    every_audit = [s for s in counted if s.filed.document.kind is Kind.AUDIT and _counts(case, s.filed)]
    audits = _latest(every_audit)
    return File(
        case=case,
        edition=edition,
        vocabulary=vocabulary,
        day=day,
        registration=latest,
        registrations=registrations,
        roster=_roster(latest) if latest else (),
        audits=audits,
        dated_earlier=tuple(_dated_earlier(audits, every_audit)),
        courses=tuple(s for s in counted if s.filed.document.kind is Kind.COURSE),
        first_aid=tuple(s for s in counted if s.filed.document.kind is Kind.FIRST_AID),
    )


def _counts(case: Case, filed: Filed) -> bool:
    """Whether an audit may count for the year that is judged: no other year's answer rested on it, nor is it older."""
    early = case.counts_from is not None and filed.received < case.counts_from
    return filed.number not in case.spent and not early


def _latest(audits: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The latest of each type. A part without the page that says the type counts until a whole audit comes after it."""
    kept: dict[str, Sheet] = {}
    for sheet in audits:
        if not sheet.incomplete:
            came = sheet.filed.received
            kept = {k: s for k, s in kept.items() if not (s.gone("audit_type") and s.filed.received < came)}
        kept[sheet.text("audit_type") or sheet.filed.number] = sheet
    return tuple(sorted(kept.values(), key=lambda sheet: sheet.filed.order))


def _dated_earlier(kept: Iterable[Sheet], every_audit: Iterable[Sheet]) -> Iterable[tuple[Sheet, date]]:
    """Those that took the place of an audit of their type with a later day, and the latest such day."""
    dated = [(s.text("audit_type"), s.day("audit_date"), s.filed.order) for s in every_audit]
    for sheet in kept:
        of_type, day, order = sheet.text("audit_type"), sheet.day("audit_date"), sheet.filed.order
        before = [d for t, d, o in dated if t and t == of_type and d and o < order]
        if day and before and day < max(before):
            yield sheet, max(before)


def _roster(sheet: Sheet) -> tuple[Person, ...]:
    return tuple(
        Person(
            row=row,
            name=sheet.text(f"workers[{row}].name"),
            full_time=_tick(sheet, f"workers[{row}].permanent_full_time"),
            senior=_tick(sheet, f"workers[{row}].owner_or_senior"),
        )
        for row, _ in people(sheet.filed.document)
    )


def _tick(sheet: Sheet, name: str) -> bool | None:
    """A tick; a box that nobody could read is no tick, since the employer must tick it again."""
    if sheet.empty(name) or sheet.lost(name):
        return False
    reading = sheet.relied(name)
    return True if reading and reading.value is True else None


def printed(reading: Reading) -> str:
    """A reading as we would print it."""
    value = reading.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) or blank(reading):
        return ""
    if isinstance(value, str):
        return reading.raw if reading.name in ("course", "level", "cpr_level") and reading.raw else value
    if isinstance(value, date):
        return value.isoformat()
    number = amount(reading)
    return reading.raw if number is None else said(number)
