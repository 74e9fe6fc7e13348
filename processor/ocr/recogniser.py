"""The reader that a worker keeps: each model is opened when it is first needed, and stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.ocr.finding import find_lines
from processor.ocr.reading import lattice
from processor.ocr.weights import FINDER, SMALL, TINY, Session, session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from processor.model import FindLines, Recognise


class Recogniser:
    """Answers what reading asks about pictures. Holds its models, so it stays in one process and is never pickled."""

    def __init__(self) -> None:
        self._open: dict[str, Session] = {}

    def lattices(self, asked: Recognise) -> tuple[NDArray[np.float32], ...]:
        """What may be written on each line, as `Recognise` says.

        Raises:
            SetupBroken: a model's file is missing or another one.
        """
        model = self._model(SMALL if asked.careful else TINY)
        return tuple(lattice(model, line) for line in asked.lines)

    def lines(self, asked: FindLines) -> NDArray[np.float32]:
        """Where lines of text stand, as `FindLines` says, in reading order.

        Raises:
            SetupBroken: a model's file is missing or another one.
        """
        return find_lines(self._model(FINDER), asked.pixels)

    def _model(self, name: str) -> Session:
        if name not in self._open:
            self._open[name] = session(name)
        return self._open[name]
