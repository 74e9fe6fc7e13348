"""`secor watch`: everything that comes into the inbox, for ever; a line of JSON for each thing that happens."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import office_option, today
from processor.errors import Exit, TryLater

if TYPE_CHECKING:
    from collections.abc import Mapping


@click.command()
@office_option
@click.option("--poll", is_flag=True, help="Look by the clock alone: for an inbox on a network share.")
@click.option(
    "--log",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Append the lines to this file instead of standard error; it may be renamed meanwhile.",
)
@click.pass_context
def watch(ctx: click.Context, home: Path, log: Path | None, *, poll: bool) -> None:
    """Take in what comes, for ever; Ctrl-C or SIGTERM ends it after the file in hand.

    Each thing that happens is a line of JSON, without any personal value.

    Example: secor watch --office my-office
    """
    import signal  # noqa: PLC0415 - `--help` stays quick

    from processor.flows.office import open_office  # noqa: PLC0415
    from processor.flows.serving import Service  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415
    from processor.intake.wake import Waker  # noqa: PLC0415

    with (
        open_office(home, today()) as office,
        office_lock(office.settings.paths.state),
        Waker(office.settings.paths.inbox, events=not poll) as waker,
    ):
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: waker.stop())
        for line in Service(office).serve(waker, today):
            _write(log, line)
    ctx.exit(Exit.DONE)


def _write(log: Path | None, line: Mapping[str, object]) -> None:
    from processor.store.database import utc_now  # noqa: PLC0415

    text = json.dumps({"at": utc_now().isoformat(timespec="seconds"), **line}, ensure_ascii=False)
    if log is None:
        click.echo(text, err=True)
        return
    try:
        with open(log, "a", encoding="utf-8", opener=_private) as file:
            file.write(f"{text}\n")
    except OSError as error:
        raise TryLater(f"The log cannot be written ({error.strerror}).", do="Make room, or name another.") from error


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
