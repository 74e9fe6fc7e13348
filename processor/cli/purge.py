"""`secor purge`: what is past its retention rule goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import counted, print_json, print_table, say
from processor.errors import Exit

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would go, and remove nothing.")
@office_option
@day_option
@json_option
@click.pass_context
def purge(ctx: click.Context, home: Path, day: date, *, dry_run: bool, as_json: bool) -> None:
    """Remove the bytes of papers that are past the rules of [retention] in secor.toml; without rules, none.

    Only of papers that are done or set aside. What was read, decided and written stays, and so do the hashes.

    Example: secor purge --dry-run
    """
    from processor.flows import purging  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415
    from processor.intake.folders import prepare  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    settings = read_settings(home)
    prepare(settings.paths)
    with open_store(settings) as store, office_lock(settings.paths.state):
        going = purging.due(settings, store, day) if dry_run else purging.purge(settings, store, day)
    if as_json:
        print_json([{"sha256": d.sha256, "received": d.received.isoformat(), "kinds": d.kinds} for d in going])
    elif going:
        print_table(("file", "received", "papers"), [(d.sha256[:12], d.received, ", ".join(d.kinds)) for d in going])
    say(f"{counted(len(going), 'file')} {'would go' if dry_run else 'erased'}.")
    ctx.exit(Exit.DONE)
