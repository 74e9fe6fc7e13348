"""`secor run` and `secor watch`: everything now in the inbox, once or for ever."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option, today
from processor.cli.show import clean, print_json, print_table, say
from processor.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from processor.flows.office import Office
    from processor.flows.running import Answered, Taken


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@office_option
@day_option
@json_option
@click.pass_context
def run(ctx: click.Context, paths: tuple[Path, ...], home: Path, day: date, *, as_json: bool) -> None:
    """Take in everything that lies in the inbox now (or copies of PATHS), judge, and write the letters owed.

    Example: secor run --office my-office
    """
    from processor.flows.office import open_office  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.taking import everything  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    with open_office(home, day) as office, office_lock(office.settings.paths.state):
        taking = everything(office, paths)
        for refused in taking.refused:
            say(refused.says)
        taken = _take(taking.taken, taking.count, as_json=as_json)
        answered = _answer(office)
        taken = [_now(office, t) for t in taken]
        (_print_json if as_json else _print)(office, taken, answered)
        ctx.exit(_exit(office, taken))
