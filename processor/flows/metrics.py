"""Metrics for a monitoring system, in Prometheus' text format, and the heartbeat: two small files in the state folder.

https://prometheus.io/docs/instrumenting/exposition_formats/ ; point the node exporter's text file collector at it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from processor.flows.filing import Outcome
from processor.intake.durable import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from processor.flows.songs import Sang
    from processor.store.queue import Waits

METRICS, HEARTBEAT = "metrics.prom", "heartbeat"
"""In the state folder."""


@dataclass(slots=True)
class Tally:
    """What one watch has seen since it began."""

    began: datetime
    files: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    troubles: int = 0
    scanned: datetime | None = None
    canary: Sang | None = None


def text(tally: Tally, waits: Waits, now: datetime) -> str:
    """All metrics. What is not known yet (the last scan, the canary) is left out."""
    return "".join(f"{line}\n" for line in _lines(tally, waits, now))


def _lines(tally: Tally, waits: Waits, now: datetime) -> Iterator[str]:
    yield from _head("secor_files_total", "counter", "Files taken in since the watch began, by outcome.")
    for outcome, count in tally.files.items():
        yield f'secor_files_total{{outcome="{outcome}"}} {count}'
    yield from _one("secor_troubles_total", "counter", "Things that could not be done at once.", tally.troubles)
    yield from _one("secor_questions", "gauge", "Open questions of cases to a person.", waits.questions)
    yield from _one("secor_pool_papers", "gauge", "Papers that no employer claims.", waits.pool)
    since = waits.oldest.since if waits.oldest else None
    age = max((now - since).total_seconds(), 0) if since else 0  # the clock may have jumped
    says = "Age of the file that has waited longest for a person; 0 for none."
    yield from _one("secor_oldest_waiting_seconds", "gauge", says, age)
    yield from _one("secor_start_time_seconds", "gauge", "When the watch began, Unix time.", tally.began.timestamp())
    yield from _one("secor_heartbeat_time_seconds", "gauge", "When this was written, Unix time.", now.timestamp())
    if tally.scanned:
        stamp = tally.scanned.timestamp()
        yield from _one("secor_last_scan_time_seconds", "gauge", "Last look through the inbox, Unix time.", stamp)
    if tally.canary:
        stamp = tally.canary.at.timestamp()
        yield from _one(
            "secor_canary_well", "gauge", "Whether the canary's letter was right, 1 or 0.", tally.canary.well
        )
        yield from _one("secor_canary_time_seconds", "gauge", "When the canary last sang, Unix time.", stamp)


def _one(name: str, kind: str, says: str, value: float) -> Iterator[str]:
    yield from _head(name, kind, says)
    yield f"{name} {round(value, 3):.15g}"


def _head(name: str, kind: str, says: str) -> Iterator[str]:
    yield f"# HELP {name} {says}"
    yield f"# TYPE {name} {kind}"


def write(state: Path, tally: Tally, waits: Waits, now: datetime) -> None:
    """Put both files in place of those before, each at one stroke. Raises `OSError`."""
    write_whole(state / METRICS, text(tally, waits, now).encode())
    write_whole(state / HEARTBEAT, f"{now.isoformat(timespec='seconds')}\n".encode())
