"""An opened paper, whatever kind of file it came in: its pages as values, and pictures of them when asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from processor.model import Box, Draw, FindTables, Grid, Paper, Picture, Scan


class OpenPaper(ABC):
    """A paper whose bytes are at hand; close it, or use it with `with`.

    Every question may raise `UnreadablePaper` (`broken-file`, `too-big`): what stands behind a page is looked at
    when it is asked for.
    """

    def __init__(self, paper: Paper) -> None:
        self.paper = paper

    @abstractmethod
    def draw(self, question: Draw) -> Picture:
        """The page in grey, upright, widgets drawn; fewer dots an inch where the page would be too large."""

    @abstractmethod
    def scan(self, question: Scan) -> Picture:
        """The page as it was scanned: its own dots, made square; grey (rows, columns), upright, read-only.

        Its `dpi` are dots to 72 points of `Page.width`. At most `limits.LONG_SIDE` dots long.
        """

    @abstractmethod
    def tables(self, question: FindTables) -> tuple[Grid, ...]:
        """The ruled tables of the page, from the top; none where there are none or they cannot be read."""

    @abstractmethod
    def draw_png(self, page: int, dpi: float, box: Box | None = None) -> bytes:
        """The page in colour as PNG; with a box, the part around it, framed in red."""

    @abstractmethod
    def close(self) -> None:
        """Let the file go. May be called twice."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
