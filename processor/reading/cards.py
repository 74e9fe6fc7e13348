"""Certificates whose layout nobody told us: first aid, courses, and the board's letter of good standing.

Everything is read from words, labels and where they stand; nothing from a layout that was seen before. What
two places say differently is unsure, and a person is asked: better ten questions than one wrong holder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from processor.findings import finding
from processor.model import Document, Kind, Means, Reading, State, missing
from processor.reading import card_dates, card_facts, clearance, courses, date_search, holder, validity
from processor.reading.lines import sheet
from processor.reading.pointing import for_cards, reader
from processor.reading.spots import Spot, made

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from processor.model import Finding, Page
    from processor.reading.card_dates import Day
    from processor.reading.card_facts import Refused
    from processor.reading.courses import Found
    from processor.reading.holder import Candidate
    from processor.reading.lines import Line, Sheet
    from processor.reading.pointing import Reader
    from processor.reading.vocabulary import Course, Level, Vocabulary

MOST_WORDS = 600
"""A page with more words than this is no certificate."""
MOST_COURSE_WORDS = 20
"""What stands where a course stands and is longer than this is no course."""


def read_card(pages: Sequence[Page], vocabulary: Vocabulary) -> Document:
    """The paper on these pages: a certificate, the board's letter, or `other` with the finding `unknown-paper`.

    Never raises on what stands on the pages. Boxes in points from the top left of the upright page.
    """
    numbers = tuple(page.number for page in pages)
    if not pages or any(len(page.words) > MOST_WORDS for page in pages):
        return _unknown(numbers)
    sheets = [sheet(page) for page in pages]
    if clearance.is_clearance(sheets, vocabulary.good_standing):
        found = _compared(clearance.readings(sheets, vocabulary), sheets)
        return Document(kind=Kind.GOOD_STANDING, pages=numbers, readings=found, findings=_asked(found))
    card = _seen(sheets, vocabulary)
    kind = _kind(card, vocabulary)
    return _unknown(numbers) if kind is Kind.OTHER else _document(card, kind, numbers, vocabulary)


def _unknown(numbers: tuple[int, ...]) -> Document:
    first = next(iter(numbers), None)
    return Document(kind=Kind.OTHER, pages=numbers, findings=(finding("unknown-paper", page=first),))


def starts(page: Page, vocabulary: Vocabulary) -> bool:
    """Whether a paper that this module knows begins on the page: it has a certificate's words of its own."""
    return read_card((page,), vocabulary).kind is not Kind.OTHER


@dataclass(frozen=True, slots=True)
class _Card:
    """What was seen on the sheets, before anything is concluded."""

    sheets: tuple[Sheet, ...]
    readers: tuple[Reader, ...]
    zones: tuple[Line, ...]
    names: tuple[Candidate, ...]
    days: tuple[Day, ...]
    course: Found[Course]
    level: Found[Level]
    cpr: Found[Level]

    @property
    def texts(self) -> tuple[Line, ...]:
        return tuple(text for one in self.sheets for text in one.paragraphs)

    def says(self, vocabulary: Vocabulary, phrase: str) -> bool:
        return any(vocabulary.phrases[phrase].find(text.tokens) for text in self.texts)


def _seen(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> _Card:
    fits = for_cards(vocabulary, date_search.dated)
    readers = tuple(reader(one, vocabulary.labels, fits) for one in sheets)
    zones = tuple(zone for one in readers for zone in courses.zones(one, vocabulary))
    texts = tuple(text for one in sheets for text in one.paragraphs)
    return _Card(
        sheets=tuple(sheets),
        readers=readers,
        zones=zones,
        names=tuple(name for one in readers for name in holder.candidates(one, vocabulary)),
        days=tuple(day for one in readers for day in card_dates.days(one, vocabulary)),
        course=courses.course(zones, texts, vocabulary),
        level=courses.level(zones, texts, vocabulary),
        cpr=courses.cpr_level(zones, texts, vocabulary),
    )


# ---------------------------------------------------------------- which paper


def _kind(card: _Card, vocabulary: Vocabulary) -> Kind:
    """First aid, a course, or neither: a certificate says that it is one, and of whom or by what number."""
    if not _certifies(card, vocabulary):
        return Kind.OTHER
    sides = {seen.what.first_aid for seen in card.course.seen}
    if not sides:
        return Kind.FIRST_AID if card.level.placed or card.cpr.placed else _unnamed(card, vocabulary)
    if len(sides) == 2 or not (card.course.placed or card.course.one or sides == {True}):
        return Kind.OTHER
    return Kind.FIRST_AID if sides == {True} else Kind.COURSE


def _unnamed(card: _Card, vocabulary: Vocabulary) -> Kind:
    """A certificate of a course that is not in the tables: only where a whole sentence certifies somebody."""
    said = bool(card.zones) and len(card.zones[0].words) <= MOST_COURSE_WORDS
    return Kind.COURSE if said and card.names and card.says(vocabulary, "done") else Kind.OTHER


def _certifies(card: _Card, vocabulary: Vocabulary) -> bool:
    papers = vocabulary.papers
    others = (papers["other"], vocabulary.good_standing.titles)
    lines = [line for one in card.sheets for line in one.lines if len(line.words) <= 6]
    titled = any(words.find(line.tokens) for line in lines for words in others)
    evidence = (
        bool(card.names),
        any(one.of("number") for one in card.readers),
        any(day.role in ("issued", "expiry") for day in card.days),
        card.says(vocabulary, "done") or card.says(vocabulary, "to"),
        any(vocabulary.issuer_words.find(text.tokens) for text in card.texts),
    )
    named = any(papers["certificate"].find(text.tokens) for text in card.texts)
    return not titled and named and sum(evidence) >= 2


# ---------------------------------------------------------------- what it says


def _document(card: _Card, kind: Kind, numbers: tuple[int, ...], vocabulary: Vocabulary) -> Document:
    refused = [
        one
        for one in card_facts.refusals(card.readers, card.zones, vocabulary)
        if kind is Kind.FIRST_AID or not one.refusal.first_aid_only
    ]
    issue = card_dates.reading("issue_date", card.days, "issued")
    expiry, computed = card_dates.reading("expiry_date", card.days, "expiry"), False
    if not refused:
        expiry, computed = validity.expiry((card.readers, card.days), issue, _usual(card, kind), vocabulary)
    readings = [_holder(card), _course(card, refused, vocabulary)]
    if kind is Kind.FIRST_AID:
        readings += [_level("level", card.level, card.course), _level("cpr_level", card.cpr, card.course)]
    readings += [card_facts.issuer(card.readers, vocabulary), card_facts.number(card.readers), issue, expiry]
    found = _compared(readings, card.sheets)
    if holder.several(card.names):
        found = tuple(_shaken(one) for one in found)
    findings = (*_about(found, refused, vocabulary, computed=computed), *_asked(found))
    return Document(kind=kind, pages=numbers, readings=found, findings=findings)


def _holder(card: _Card) -> Reading:
    who, sure = holder.decided(card.names)
    if who is None:
        return replace(missing("holder_name"), state=State.UNSURE, doubt="holder-unclear", means=Means.CARD)
    return made("holder_name", who.name, Spot(who.raw, who.page, who.box), sure=sure, doubt="holder-unclear")


def _course(card: _Card, refused: Sequence[Refused], vocabulary: Vocabulary) -> Reading:
    seen = card.course.seen
    if not seen:
        return _unknown_course(card)
    best = next((one for one in seen if one.what.id == "first-aid"), seen[0])
    alone = card.course.one or all(one.what.first_aid for one in seen)
    hint = next((one.refusal.code for one in refused if not one.plain), "")
    sure = alone and (card.course.placed or not card.zones) and not hint and not card.says(vocabulary, "not_done")
    raw, box = courses.printed(card.zones if card.course.placed else card.texts, best, vocabulary)
    return made("course", best.what.id, Spot(raw, best.page, box), sure=sure, doubt=hint or "unsure-reading")


def _unknown_course(card: _Card) -> Reading:
    """The words that stand where the course stands, of which the tables know nothing."""
    zone = card.zones[0]
    text = " ".join(zone.text.split())
    return made("course", text, Spot(text, zone.page, zone.box), sure=False, doubt="course-unknown")


def _level(name: str, found: Found[Level], course: Found[Course]) -> Reading:
    """A level; one that stands elsewhere than the course, which has a place of its own, may be of another course."""
    first = found.first
    if first is None:
        return missing(name)
    sure = found.one and found.placed >= course.placed
    return made(name, first.what.id, Spot(first.raw, first.page, first.box), sure=sure)


def _usual(card: _Card, kind: Kind) -> set[int]:
    """The months that certificates of these levels or of this course hold (domain.md 5.4); none where it is open."""
    if kind is Kind.FIRST_AID:
        return {12 * seen.what.years for found in (card.level, card.cpr) for seen in found.seen}
    return {12 * seen.what.years for seen in card.course.seen if seen.what.years is not None}


# ---------------------------------------------------------------- what a clerk would notice


def _shaken(reading: Reading) -> Reading:
    """A reading of a page on which two people's cards stand: it may be of either."""
    if reading.state is not State.SURE:
        return reading
    return replace(reading, state=State.UNSURE, confidence=0.3, doubt="holder-unclear")


def _compared(found: Iterable[Reading], sheets: Sequence[Sheet]) -> tuple[Reading, ...]:
    """Readings that rest on a box which draws another value than it stores become unsure."""
    return tuple(
        replace(reading, state=State.UNSURE, confidence=0.3, doubt="unsure-reading")
        if _differs(reading, sheets)
        else reading
        for reading in found
    )


def _differs(reading: Reading, sheets: Sequence[Sheet]) -> bool:
    return any(
        reading.box is not None and (one.box.holds(reading.box) or reading.box.holds(one.box))
        for each in sheets
        if each.page == reading.page
        for one in each.doubtful
    )


def _about(
    found: Sequence[Reading], refused: Sequence[Refused], vocabulary: Vocabulary, *, computed: bool
) -> Iterator[Finding]:
    """Findings about the paper as a whole."""
    by_name = {reading.name: reading for reading in found}
    for code in dict.fromkeys(one.refusal.code for one in refused if one.plain):
        first = next(one for one in refused if one.refusal.code == code)
        yield finding(code, page=first.page, box=first.box)
    issue, expiry, issuer = (by_name[name] for name in ("issue_date", "expiry_date", "issuer"))
    if computed:
        yield finding("expiry-computed", reading="expiry_date", page=expiry.page, value=expiry.value)
    if isinstance(issue.value, date) and isinstance(expiry.value, date) and expiry.value <= issue.value:
        yield finding("dates-reversed", reading="expiry_date", page=expiry.page, box=expiry.box)
    if issuer.value not in {one.name for one in vocabulary.issuers}:
        yield finding("issuer-unknown", reading="issuer", page=issuer.page, box=issuer.box)


def _asked(found: Iterable[Reading]) -> tuple[Finding, ...]:
    """Why each unsure reading is unsure. Two cards on one page are said once."""
    unsure = [reading for reading in found if reading.state is State.UNSURE]
    told = {(r.doubt, "holder_name" if r.doubt == "holder-unclear" else r.name): r for r in reversed(unsure)}
    return tuple(
        finding(doubt, page=r.page, box=r.box, reading=name, raw=r.raw, expected="a day")
        for (doubt, name), r in reversed(told.items())
    )
