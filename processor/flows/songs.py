"""When the canary last sang, kept so that it sings once a day, whatever was restarted meanwhile."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from processor.intake.durable import write_whole

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "canary.json"
"""In the state folder."""


class Sang(NamedTuple):
    """The canary's last song."""

    day: date
    at: datetime
    well: bool


def last_song(state: Path) -> Sang | None:
    """When the canary last sang here, and how; `None` when it never did, or nobody can read what it left."""
    try:
        told = json.loads((state / CANARY).read_text("utf-8"))
        return Sang(date.fromisoformat(told["day"]), datetime.fromisoformat(told["at"]), bool(told["well"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_song(state: Path, sang: Sang) -> None:
    """Note a song, so that a restart on the same day does not ask for another. Raises `OSError`."""
    told = {"day": sang.day.isoformat(), "at": sang.at.isoformat(timespec="seconds"), "well": sang.well}
    write_whole(state / CANARY, f"{json.dumps(told)}\n".encode())
