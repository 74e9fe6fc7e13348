"""`secor digest`: what came on a day, and what waits for a person."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option, today
from processor.cli.show import print_json
from processor.errors import Exit

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from processor.outbox.digest import Digest


@click.command()
@office_option
@day_option
@json_option
@click.pass_context
def digest(ctx: click.Context, home: Path, day: date, *, as_json: bool) -> None:
    """Show what came on a day and what was written, and what waits for a person now; for how long the oldest.

    Example: secor digest --day 2026-11-24
    """
    from processor.flows.digesting import digest_of  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415
    from processor.outbox.digest import text  # noqa: PLC0415

    with open_store(read_settings(home)) as store:
        found = digest_of(store, day, max(day, today()))
    if as_json:
        print_json(_json(found))
    else:
        click.echo(text(found), nl=False)
    ctx.exit(Exit.DONE)


def _json(found: Digest) -> dict[str, object]:
    received = found.received.isoformat() if found.received else None
    return {**asdict(found), "day": found.day.isoformat(), "received": received}
