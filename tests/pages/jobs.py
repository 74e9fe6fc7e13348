"""Opening a paper in a child, for tests and measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor import pages
from processor.model import Draw

if TYPE_CHECKING:
    from processor.model import Paper


def load() -> None:
    """What a flow's setup does: importing `processor.pages` is all there is to it here."""


def open_paper(data: bytes) -> Paper:
    with pages.open(data, max_pages=200) as paper:
        return paper.paper


def open_and_draw(data: bytes) -> tuple[Paper, int]:
    with pages.open(data, max_pages=200) as paper:
        return paper.paper, int(paper.draw(Draw(1, 100)).pixels.sum() % 1000)
