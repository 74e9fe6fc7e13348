"""A file is taken when nobody writes to it any more: unchanged for a while, by a clock that cannot jump."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from processor.intake.scan import Found

_EMPTY_TAKES = 10
"""So many times longer an empty file is waited for: scanners make the file first and fill it later."""


class Stillness:
    """Remembers since when each file looks as it does."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._since: dict[Path, tuple[tuple[int, int, int], float]] = {}

    def still(self, found: Iterable[Found]) -> tuple[Found, ...]:
        """Those of them whose size, time and inode did not change for the seconds set; with 0 seconds, all."""
        now = self._clock()
        seen: dict[Path, tuple[tuple[int, int, int], float]] = {}
        rested: list[Found] = []
        for file in found:
            looks = (file.size, file.changed, file.inode)
            before, since = self._since.get(file.path, (looks, now))
            seen[file.path] = (looks, since if before == looks else now)
            needed = self._seconds * (1 if file.size else _EMPTY_TAKES)
            if now - seen[file.path][1] >= needed:
                rested.append(file)
        self._since = seen
        return tuple(rested)

    @property
    def waiting(self) -> bool:
        """Whether the last look saw a file that may still change: look again after the seconds set."""
        now = self._clock()
        return any(now - since < self._seconds for _, since in self._since.values())
