"""Short ways to write a sheet in a test, and to read it with the vocabulary that travels with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from processor.reading import cards, vocabulary
from processor.reading.date_search import dated
from processor.reading.lines import sheet
from processor.reading.pointing import for_cards, reader
from tests.reading.cards.canvas import Canvas

if TYPE_CHECKING:
    from processor.model import Document, Page
    from processor.reading.pointing import Reader
    from processor.reading.vocabulary import Vocabulary

TABLE = Path(__file__).parents[3] / "processor" / "rulebook" / "vocabulary.toml"


@cache
def words() -> Vocabulary:
    """The vocabulary of the program."""
    return vocabulary.load(TABLE.read_text(encoding="utf-8"))


def column(*rows: str, gap: float = 24, size: float = 11) -> Page:
    """Rows beneath each other, far enough apart to be paragraphs of their own; ` | ` begins a second column."""
    canvas = Canvas(612, 792)
    for n, row in enumerate(rows):
        for m, cell in enumerate(row.split(" | ")):
            canvas.put(60 + 190 * m, 50 + gap * n, cell, size)
    return canvas.page()


def read(*rows: str, gap: float = 24) -> Document:
    """What is read from such a column."""
    return cards.read_card([column(*rows, gap=gap)], words())


def pointed(page: Page) -> Reader:
    """The sheet with its labels, as cards are read."""
    return reader(sheet(page), words().labels, for_cards(words(), dated))


def codes(document: Document) -> set[str]:
    """The codes of its findings."""
    return {finding.code for finding in document.findings}
