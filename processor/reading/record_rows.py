"""One row of a training record as certificates: whose, which course, from and to which day.

A row is read from its own places only. Where a place is empty, shared, or says more than it should, the reading
is unsure, and a person is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from processor.findings import finding
from processor.model import Document, Kind, Means, Reading, State, missing
from processor.reading import card_dates, card_facts, courses, date_search, headings, holder, validity
from processor.reading.authors import Standing
from processor.reading.lines import around, assembled, sheet
from processor.reading.persons import person
from processor.reading.pointing import for_cards, reader
from processor.reading.record_words import DONE, NOT_DONE, NOTHING
from processor.reading.spots import Spot, made
from processor.reading.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from processor.model import Finding, Page
    from processor.reading.authors import Author
    from processor.reading.card_dates import Day
    from processor.reading.card_facts import Refused
    from processor.reading.headings import Heading
    from processor.reading.holder import Candidate
    from processor.reading.lines import Line
    from processor.reading.ruled import Entry, Table
    from processor.reading.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The page around the rows: whose list it is, and what it says of all of them."""

    page: Page
    author: Author
    refused: tuple[Refused, ...]
    doubted: bool
    """Something says that not everything here was completed."""
    altered: bool
    """Somebody wrote on the page after it was printed."""
    more: bool
    """Rows of the list stand outside the tables that were found."""
    names: tuple[Candidate, ...]
    """Whose record the page may be, for a table that has no column of names."""
    course: Line | None
    """Which course the page is about, for a table that has no column of courses."""
    days: tuple[Day, ...]
    """The dates around the tables, for one that has none."""
    dates: str
    """What the dates of a matrix are, where the page says it: `issued` or `expiry`."""
    vocabulary: Vocabulary


class Column(NamedTuple):
    """A column of a table of training."""

    heading: Heading
    role: str
    rank: int
    days: tuple[Day | None, ...]
    """For a column of dates, the date of each row; none in an empty place."""


def columns(table: Table, about: About) -> tuple[Column, ...]:
    """The table's columns, their dates read together, so that one that is plain can settle those that are not."""
    return tuple(_column(table, n, one, about) for n, one in enumerate(table.headings))


def _column(table: Table, n: int, one: Heading, about: About) -> Column:
    entries = [row[n] for row in table.rows]
    role = one.label.role
    if role == "certificate":
        role = _what(entries, about.vocabulary)
    if role == "matrix":
        role = about.dates or "matrix"
    if role not in ("issued", "expiry", "matrix"):
        return Column(one, role, one.label.rank, ())
    label = Label("issued" if role == "matrix" else role, one.label.rank)
    full = [entry for entry in entries if entry.line is not None and not _nothing(entry, about.vocabulary)]
    spots = [Spot(entry.text, about.page.number, entry.box) for entry in full]
    found = dict(zip(map(id, full), card_dates.column(label, one.text, spots), strict=True))
    return Column(one, role, one.label.rank, tuple(found.get(id(entry)) for entry in entries))


def _what(entries: Sequence[Entry], vocabulary: Vocabulary) -> str:
    """What a column headed `Certificate` holds: courses, or numbers, or what cannot be told."""
    lines = [entry.line for entry in entries if entry.line is not None]
    if any(vocabulary.course_words.find(line.tokens) or vocabulary.level_words.find(line.tokens) for line in lines):
        return "course"
    digits = [any(c.isdecimal() for c in line.text) for line in lines]
    return "number" if all(digits) else "" if any(digits) else "course"


def _nothing(entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether a place is empty, or says that there is nothing to say."""
    return entry.text.casefold() in NOTHING or vocabulary.phrases["never_expires"].whole(entry.text) is not None


@dataclass(frozen=True, slots=True)
class Row:
    """One row, an entry a column."""

    number: int
    """From 0."""
    places: tuple[tuple[Column, Entry], ...]
    about: About
    clean: bool
    """Whether the row surely stands by itself."""

    def of(self, *roles: str) -> list[tuple[Column, Entry]]:
        """The columns of these roles that belong to no course of a matrix."""
        return [(c, entry) for c, entry in self.places if c.role in roles and c.heading.course is None]

    def days(self, places: Iterable[tuple[Column, Entry]]) -> tuple[Day, ...]:
        """The dates of these columns in this row."""
        found = (column.days[self.number] for column, _ in places if column.days)
        return tuple(day for day in found if day is not None)


class _Taken(NamedTuple):
    """A course that a row says was taken."""

    line: Line | None
    """The words that name it."""
    days: tuple[Day, ...]
    expiry: tuple[Entry, ...]
    """The place of its expiry, where the table has one."""
    plain: bool
    """Whether its places say nothing but dates."""


def documents(row: Row) -> list[Document]:
    """A certificate for each course of the row; none for a row that says nothing."""
    if all(entry.line is None for column, entry in row.places if column.role != "other"):
        return []
    if any(column.heading.course is not None for column, _ in row.places):
        return [_document(row, taken) for taken in _marked(row)]
    return [_document(row, _listed(row))]


def _listed(row: Row) -> _Taken:
    """The course of a row that names it in a place of its own, or in several (`Course | Level`).

    A row that shows neither a day nor a certificate's number does not say that the course was completed; in the list
    of a class, whose course and day stand over it, only the number does.
    """
    about, places, dates = row.about, row.of("course"), row.of("issued", "expiry")
    words = [word for _, entry in places if entry.line is not None for word in entry.line.words]
    line = assembled(about.page.number, words) if words else None if places else about.course
    days = row.days(dates) if dates else about.days
    numbered = any(c.isdecimal() for _, entry in row.of("number") for c in entry.text)
    plain = numbered or (bool(places) and any(day.role in ("issued", "expiry") for day in row.days(dates)))
    return _Taken(line, days, tuple(entry for _, entry in row.of("expiry")), plain)


def _marked(row: Row) -> Iterator[_Taken]:
    """The courses that head columns in which this row has something."""
    groups: dict[tuple[object, ...], list[tuple[Column, Entry]]] = {}
    for column, entry in row.places:
        if column.heading.course is not None:
            groups.setdefault(_key(column.heading.course, row.about.vocabulary), []).append((column, entry))
    for places in groups.values():
        full = [(c, entry) for c, entry in places if not _nothing(entry, row.about.vocabulary)]
        if full:
            days = row.days(full)
            told = all(c.role != "matrix" for c, _ in full)
            days = days if told else tuple(replace(day, value=None, code="unsure-reading", either=()) for day in days)
            plain = len(days) == len(full) and all(day.code != "unclear-value" for day in days)
            expiry = tuple(entry for c, entry in places if c.role == "expiry")
            yield _Taken(places[0][0].heading.course, days, expiry, plain)


def _key(line: Line, vocabulary: Vocabulary) -> tuple[object, ...]:
    lexicons = (vocabulary.course_words, vocabulary.level_words, vocabulary.cpr_words)
    return tuple(match.what for words in lexicons for match in words.find(line.tokens))


# ---------------------------------------------------------------- a certificate


def _document(row: Row, taken: _Taken) -> Document:
    """The row as a certificate of one course, with what a clerk would notice."""
    about = row.about
    course, kind = _course(row, taken)
    refused = [
        one for one in (*about.refused, *_refused(row)) if kind is Kind.FIRST_AID or not one.refusal.first_aid_only
    ]
    hint = next((one.refusal.code for one in refused if not one.plain), "")
    if hint:
        course = _shaken(course, hint)
    issue = card_dates.reading("issue_date", taken.days, "issued")
    expiry, computed = _expiry(row, taken, kind, issue)
    readings = [_holder(row), course]
    if kind is Kind.FIRST_AID:
        readings += _levels(row, taken)
    readings += [_issuer(about), _number(row), issue, expiry]
    sure = row.clean and not about.altered
    found = tuple(readings) if sure else tuple(_shaken(reading, "unsure-reading") for reading in readings)
    findings = (*_about_list(about), *_about_paper(refused, issue, expiry, computed=computed and sure), *_asked(found))
    return Document(kind=kind, pages=(about.page.number,), readings=found, findings=findings)


def _shaken(reading: Reading, doubt: str) -> Reading:
    """A reading that was sure, and may not be; one that is missing stays so."""
    if reading.state not in (State.SURE, State.BLANK):
        return reading
    return replace(reading, state=State.UNSURE, confidence=0.3, doubt=doubt)


def _holder(row: Row) -> Reading:
    """Whose row it is: by its own column, by two that part the name, else whose page it is."""
    names = row.about.vocabulary.names
    whole, given, family = row.of("holder"), row.of("given"), row.of("surname", "nom")
    if not (whole or given or family):
        who, sure = holder.decided(row.about.names)
        if who is None:
            return replace(missing("holder_name"), state=State.UNSURE, doubt="holder-unclear", means=Means.CARD)
        spot = Spot(who.raw, who.page, who.box)
        return made("holder_name", who.name, spot, sure=sure, doubt="holder-unclear")
    parts = [entry for _, entry in (*given, *family)] if given and family else [e for _, e in whole or family or given]
    wanted = 2 if given and family else 1
    text = " ".join(entry.text for entry in parts if entry.text)
    name = person(text, names, labelled=True)
    full = sum(entry.line is not None for entry in parts) == wanted == len(parts) and all(e.sound for e in parts)
    people = [line for entry in parts for line in entry.lines if person(line.text, names) is not None]
    sure = name is not None and full and len(people) <= 1
    spot = Spot(text, row.about.page.number, around([entry.box for entry in parts]))
    return made("holder_name", name or text or None, spot, sure=sure, doubt="holder-unclear")


def _course(row: Row, taken: _Taken) -> tuple[Reading, Kind]:
    """Which course, and on which kind of document; one that is not in the tables is asked about."""
    line, vocabulary = taken.line, row.about.vocabulary
    if line is None:
        box = around([entry.box for _, entry in row.places])
        spot = Spot("", row.about.page.number, box)
        return made("course", None, spot, sure=False, doubt="course-unknown"), Kind.COURSE
    seen = courses.course((line,), (), vocabulary)
    levels = (*courses.level((line,), (), vocabulary).seen, *courses.cpr_level((line,), (), vocabulary).seen)
    ids = dict.fromkeys(one.what.id for one in seen.seen) or dict.fromkeys("first-aid" for _ in levels)
    spot = Spot(" ".join(line.text.split()), line.page, line.box)
    if not ids:
        return made("course", spot.raw, spot, sure=False, doubt="course-unknown"), Kind.COURSE
    first_aid = all(one.what.first_aid for one in seen.seen)
    best = "first-aid" if first_aid and "first-aid" in ids else next(iter(ids))
    sure = (first_aid or len(ids) == 1) and headings.plainly(line, vocabulary) and taken.plain and _done(row)
    sure = sure and all(entry.sound for _, entry in row.of("course"))
    return made("course", best, spot, sure=sure), Kind.FIRST_AID if first_aid else Kind.COURSE


def _levels(row: Row, taken: _Taken) -> list[Reading]:
    lines = (taken.line,) if taken.line is not None else ()
    found = (courses.level(lines, (), row.about.vocabulary), courses.cpr_level(lines, (), row.about.vocabulary))
    sound = all(entry.sound for _, entry in row.of("course"))
    return [
        missing(name)
        if one.first is None
        else made(name, one.first.what.id, Spot(one.first.raw, one.first.page, one.first.box), sure=one.one and sound)
        for name, one in zip(("level", "cpr_level"), found, strict=True)
    ]


def _done(row: Row) -> bool:
    """Whether nothing in the row, and nothing on the page, speaks against that the course was completed."""
    if row.about.doubted:
        return False
    phrases = row.about.vocabulary.phrases["not_done"]
    for column, entry in row.places:
        words = [] if entry.line is None else [token.text for token in entry.line.tokens]
        if column.role == "status" and not (_passed(words) or set(words) <= DONE):
            return False
        known = headings.GROUPS.get(column.role) in ("who", "what") or column.role == "signer"
        if entry.line is not None and (phrases.find(entry.line.tokens) or (not known and set(words) & NOT_DONE)):
            return False
    return True


def _passed(words: Sequence[str]) -> bool:
    """Whether this is a mark that passes everywhere: 80 of 100 at least."""
    first = words[0] if words else ""
    return first.isdecimal() and len(first) <= 3 and 80 <= int(first) <= 100 and set(words[1:]) <= {"100", "percent"}


def _refused(row: Row) -> tuple[Refused, ...]:
    """What the row says of itself: that the course was only attended, or only its part online."""
    words = tuple(word for _, entry in row.places if entry.line is not None for word in entry.line.words)
    lines = sheet(replace(row.about.page, words=words, notes=(), widgets=()))
    fits = for_cards(row.about.vocabulary, date_search.dated)
    return card_facts.refusals([reader(lines, row.about.vocabulary.labels, fits)], (), row.about.vocabulary)


def _issuer(about: About) -> Reading:
    author = about.author
    if author.issuer is None or author.spot is None:
        return missing("issuer")
    return made("issuer", author.issuer.name, author.spot, sure=True)


def _number(row: Row) -> Reading:
    """The certificate's number, from the one column that most plainly is that of certificates."""
    found = [(column.rank, entry) for column, entry in row.of("number") if entry.text and entry.text not in NOTHING]
    best = [entry for rank, entry in found if rank == min(rank for rank, _ in found)]
    if not best:
        return missing("certificate_number")
    entry = best[0]
    number = any(c.isdecimal() for c in entry.text) and (entry.text.isdecimal() or not date_search.dated(entry.text))
    sure = number and len(best) == 1 and entry.sound and len(entry.text) <= 40
    return made("certificate_number", entry.text, Spot(entry.text, row.about.page.number, entry.box), sure=sure)


def _expiry(row: Row, taken: _Taken, kind: Kind, issue: Reading) -> tuple[Reading, bool]:
    """The expiry and whether it was computed; one that has a place of its own in the table never is."""
    vocabulary, lines = row.about.vocabulary, (taken.line,) if taken.line is not None else ()
    if not taken.expiry:
        found = (courses.level(lines, (), vocabulary), courses.cpr_level(lines, (), vocabulary))
        usual = {12 * seen.what.years for one in found for seen in one.seen} if kind is Kind.FIRST_AID else set()
        return validity.expiry(((), taken.days), issue, usual, vocabulary)
    printed = card_dates.reading("expiry_date", taken.days, "expiry")
    if printed.state is not State.MISSING:
        return printed, False
    entry = taken.expiry[0]
    spot = Spot(entry.text, row.about.page.number, entry.box)
    if entry.line is None and kind is Kind.FIRST_AID:
        return made("expiry_date", None, spot, sure=False), False
    return replace(made("expiry_date", None, spot, sure=True), state=State.BLANK), False


# ---------------------------------------------------------------- what a clerk would notice


def _about_list(about: About) -> Iterator[Finding]:
    """Whether anybody who trains stands behind the list."""
    if about.author.standing is Standing.NOBODY:
        yield finding("own-record", page=about.page.number)
    elif about.author.standing is Standing.UNCLEAR:
        what = "It is not clear who made this list: somebody who trains, or the employer."
        yield finding("needs-judgement", page=about.page.number, what=what)
    if about.more:
        yield finding("needs-judgement", page=about.page.number, what="Some rows of this list could not be read.")


def _about_paper(refused: Sequence[Refused], issue: Reading, expiry: Reading, *, computed: bool) -> Iterator[Finding]:
    for code, first in {one.refusal.code: one for one in reversed(refused) if one.plain}.items():
        yield finding(code, page=first.page, box=first.box)
    if computed:
        yield finding("expiry-computed", reading="expiry_date", page=expiry.page, value=expiry.value)
    if isinstance(issue.value, date) and isinstance(expiry.value, date) and expiry.value <= issue.value:
        yield finding("dates-reversed", reading="expiry_date", page=expiry.page, box=expiry.box)


def _asked(found: Iterable[Reading]) -> tuple[Finding, ...]:
    """Why each unsure reading is unsure."""
    unsure = [reading for reading in found if reading.state is State.UNSURE]
    return tuple(finding(r.doubt, page=r.page, box=r.box, reading=r.name, raw=r.raw, expected="a day") for r in unsure)
