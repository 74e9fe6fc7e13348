"""`secor init`, `doctor` and `auditors`: housekeeping."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from processor.cli.options import json_option, office_option, today
from processor.cli.show import counted, print_json, print_table, say
from processor.errors import Exit, Wrong


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def init(ctx: click.Context, folder: Path) -> None:
    """Make an office in FOLDER: its settings, inbox, outbox and state. What is there already stays.

    Example: secor init my-office
    """
    from processor.flows.house import make_office  # noqa: PLC0415 - `--help` stays quick
    from processor.intake.folders import prepare  # noqa: PLC0415

    settings = make_office(folder)
    prepare(settings.paths)
    say(f"The office is ready. Drop papers into {settings.paths.inbox}, then: secor run --office {folder}")
    ctx.exit(Exit.DONE)


@click.command()
@office_option
@json_option
@click.pass_context
def doctor(ctx: click.Context, home: Path, *, as_json: bool) -> None:
    """Look whether everything is in order: folders, database, forms, rulebooks, fonts, reading processes.

    Example: secor doctor
    """
    from processor.flows.doctoring import symptoms  # noqa: PLC0415 - `--help` stays quick

    found = list(symptoms(home))
    if as_json:
        print_json([s._asdict() for s in found])
    else:
        print_table(("", "what", "says"), [("ok" if s.well else "NOT", s.what, s.says) for s in found])
    ctx.exit(Exit.DONE if all(s.well for s in found) else Exit.CHECK_SAYS_NO)


@click.command()
@click.argument("register", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@office_option
@click.pass_context
def auditors(ctx: click.Context, register: Path, home: Path) -> None:
    """Import auditors' registrations from a CSV file with the columns name, number, since, until.

    Example: secor auditors register.csv
    """
    import csv  # noqa: PLC0415 - `--help` stays quick

    from processor.flows.house import read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415
    from processor.model import Registration  # noqa: PLC0415

    with register.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        known = [
            Registration(
                name=r["name"],
                number=r["number"],
                since=date.fromisoformat(r["since"]),
                until=date.fromisoformat(r["until"]),
            )
            for r in rows
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise Wrong(
            f"{register.name} is no register of auditors: {error}.",
            do="It needs the columns name, number, since, until; days as 2026-03-14.",
        ) from error
    with open_store(read_settings(home)) as store:
        new = store.register.import_auditors(known, today())
    say(f"{counted(len(known), 'registration')} read, {new} new.")
    ctx.exit(Exit.DONE)
