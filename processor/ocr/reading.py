"""From cut-out lines to lattices: one height, proportions kept, no line wider than memory allows.

The models see 48 rows and give a step every eight columns (PP-OCRv6; studies/scans.md 2a). Lines are run one by one:
on one thread batches gained less than their padding lost, and so a line's lattice never hangs on its neighbours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.model import LETTERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from processor.ocr.weights import Session

_HEIGHT = 48
_WIDEST = 3200
"""Columns at that height, which is over 200 letters and 50 megabytes; wider lines are squeezed."""
_STEP = 8
_FLAT = 16
"""Shades between paper and ink under which there is nothing to read."""


def lattice(model: Session, line: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What may be written on a line, uint8 (rows, columns), dark on white.

    Returns:
        float32 (steps, 1 + len(LETTERS)), logarithms of probabilities; one step of none for a line without extent or
        contrast.
    """
    if line.size == 0 or int(line.max()) - int(line.min()) < _FLAT:
        return _NOTHING
    ink = _shaped(line).astype(np.float32) / 127.5 - 1
    return _log_softmax(model.run(None, {"x": ink[None, None]})[0][0])


def _shaped(line: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The line 48 rows high, its proportions kept up to the widest that we read, white up to a whole step."""
    rows, columns = line.shape
    width = min(_WIDEST, max(1, round(columns * _HEIGHT / rows)))
    how = cv2.INTER_AREA if rows > _HEIGHT else cv2.INTER_LINEAR
    shaped = np.full((_HEIGHT, -(-width // _STEP) * _STEP), 255, np.uint8)
    shaped[:, :width] = cv2.resize(line, (width, _HEIGHT), interpolation=how)
    return shaped


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), np.float32)


_NOTHING = _log_softmax(np.eye(1, 1 + len(LETTERS), dtype=np.float32) * 30)
_NOTHING.flags.writeable = False
