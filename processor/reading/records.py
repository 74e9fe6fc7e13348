"""Training records: one paper that lists several people's courses, read as a certificate a row.

Every row is read by itself: nothing but the order of day and month, and only inside one column, goes from a row to
another. What the page says of itself (attended, online part) goes for all of them. A list that nobody who trains
stands behind proves nothing, however well it reads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from processor.reading import authors, card_dates, card_facts, courses, date_search, holder, ruled, unruled
from processor.reading.authors import NOBODY, Author, Standing
from processor.reading.lines import sheet
from processor.reading.persons import person
from processor.reading.phrases import tokens
from processor.reading.pointing import for_cards, reader
from processor.reading.record_rows import About, Row, columns, documents
from processor.reading.record_words import ATTENDED, NOT_DONE, OTHER_PAPERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.model import Document, Grid, Page
    from processor.reading.headings import Heading
    from processor.reading.lines import Line, Sheet
    from processor.reading.ruled import Table
    from processor.reading.vocabulary import Vocabulary

MOST_WORDS = 3_000
"""A page with more words than this is no list of training."""
_LISTS = frozenset({"training record", "training matrix", "transcript"})
"""What is no certificate, by the vocabulary, and is a list of training."""


def rows_under(page: Page, vocabulary: Vocabulary) -> int:
    """How many rows may stand under the headings of a table of training; only then are rules looked for."""
    return unruled.rows_under(sheet(replace(page, widgets=())), vocabulary) if len(page.words) <= MOST_WORDS else 0


@dataclass(frozen=True, slots=True)
class Record:
    """What one page of a training record says."""

    documents: tuple[Document, ...] = ()
    """One for each row; none when the page is no record."""
    author: Author = NOBODY
    titles: tuple[str, ...] = ()
    """The headings, by which a page that goes on is known."""


def read(page: Page, grids: Sequence[Grid], vocabulary: Vocabulary, before: Record | None = None) -> Record:
    """The certificates on the page, a row each; `before` is the record on the page before this one, if there is one.

    Never raises on what stands on the page. Boxes in points from the top left of the upright page: a cell's rules
    where there are any, else its words.
    """
    tables = _tables(page, grids, vocabulary)
    if not tables:
        return Record()
    outside = _outside(page, tables)
    if any(_announces(line, vocabulary) for line in outside.lines if line.box.bottom <= tables[0].box.top + 1):
        return Record()
    titles = tuple(one.text for one in tables[0].headings)
    author = _author(outside, tables, vocabulary, before if before and before.titles == titles else None)
    about = _about(page, tables, author, vocabulary)
    found = [document for table in tables for document in _documents(table, about)]
    return Record(tuple(found), author, titles)


def plain(record: Record) -> int:
    """How many rows say for sure who took a course that we know."""
    return sum(row["holder_name"].known and row["course"].doubt != "course-unknown" for row in record.documents)


def _tables(page: Page, grids: Sequence[Grid], vocabulary: Vocabulary) -> tuple[Table, ...]:
    """By the rules; by the words where there are none, or none between the rows."""
    found = ruled.tables(page, grids, vocabulary)
    if found and not any(ruled.crammed(table, vocabulary) for table in found):
        return found
    by_words = unruled.table(sheet(replace(page, widgets=())), vocabulary)
    return found if by_words is None else (by_words,)


def _outside(page: Page, tables: Sequence[Table], *, heads: bool = False) -> Sheet:
    """The page without its tables; with `heads`, their headings stay."""
    bands = [(_under_heads(table) if heads else table.box.top, table.box.bottom) for table in tables]
    words = tuple(w for w in page.words if not any(top <= w.box.centre[1] <= bottom for top, bottom in bands))
    return sheet(replace(page, words=words, widgets=()))


def _under_heads(table: Table) -> float:
    return max(one.box.bottom for one in table.headings)


def _announces(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether a title says that this is another paper: one that bills, plans or asks for training."""
    others = {match.what for match in vocabulary.papers["other"].find(line.tokens)} - _LISTS
    return len(line.tokens) <= 8 and (bool(others) or any(token.text in OTHER_PAPERS for token in line.tokens))


def _author(outside: Sheet, tables: Sequence[Table], vocabulary: Vocabulary, before: Record | None) -> Author:
    """The page's author. A further page of a record that says so has its first page's."""
    found = authors.author(outside, tables[0].box.top, vocabulary)
    if found.standing is not Standing.NOBODY or before is None or before.author.standing is Standing.NOBODY:
        return found
    return before.author if authors.goes_on(outside, vocabulary) else Author(Standing.UNCLEAR)


# ---------------------------------------------------------------- rows


def _about(page: Page, tables: Sequence[Table], author: Author, vocabulary: Vocabulary) -> About:
    """What the page says around its tables, headings included where it speaks of itself."""
    outside, fits = _outside(page, tables), for_cards(vocabulary, date_search.dated)
    around, whole = (reader(each, vocabulary.labels, fits) for each in (outside, _outside(page, tables, heads=True)))
    roles = {mark.label.role for mark in around.marks if mark.label.rank < 2} & {"issued", "expiry"}
    zones = courses.zones(around, vocabulary)
    return About(
        page=page,
        author=author,
        refused=card_facts.refusals([whole], (), vocabulary),
        doubted=any(vocabulary.phrases["not_done"].find(text.tokens) for text in whole.sheet.paragraphs),
        altered=bool(page.notes) or any(not widget.hidden for widget in page.widgets),
        more=_left_over(outside, tables, vocabulary),
        names=holder.candidates(around, vocabulary),
        course=zones[0] if len(zones) == 1 else None,
        days=card_dates.days(around, vocabulary),
        dates=next(iter(roles)) if len(roles) == 1 else "",
        vocabulary=vocabulary,
    )


def _left_over(outside: Sheet, tables: Sequence[Table], vocabulary: Vocabulary) -> bool:
    """Whether a row stands under the headings that is in no table: somebody, a date, and something else."""
    for row in unruled.rows_of(outside):
        below = row[0].box.top > tables[0].box.top and len(row) > 2 and not unruled.signs(row, vocabulary)
        people = any(person(line.text, vocabulary.names) is not None for line in row)
        if below and people and any(date_search.dated(line.text) for line in row):
            return True
    return False


def _doubtful(heading: Heading) -> bool:
    """Whether a column shows who was there or has yet to come, not who completed."""
    said = {token.text for token in tokens(heading.text)}
    return bool(said & ATTENDED) or (not heading.label.role and bool(said & NOT_DONE))


def _documents(table: Table, about: About) -> list[Document]:
    """A document for each row and course; a row that runs over all columns makes what follows doubtful."""
    found: list[Document] = []
    parts = columns(table, about)
    if any(_doubtful(one) for one in table.headings):
        about = replace(about, doubted=True)
    for n, row in enumerate(table.rows):
        full = [entry.box for entry in row if entry.line is not None]
        if len(row) > 1 and len(full) == len(row) and len(set(full)) == 1:
            about = replace(about, doubted=True)
            continue
        alone = len(set(full)) == len(full)
        found += documents(Row(n, tuple(zip(parts, row, strict=True)), about, table.clean and alone))
    return found
