"""`secor due`, `expiring`, `history`, `directory` and `rebates`: what is owed by when, and who is certified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from processor.cli.options import Day, day_option, json_option, office_option
from processor.cli.show import print_json, print_table, say
from processor.errors import Exit

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_COLUMNS = ("due", "days", "case", "employer", "standing", "owes", "waits_for")


@click.command()
@click.argument("employer", required=False, default="")
@office_option
@day_option
@json_option
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--ics", "form", flag_value="ics", help="Print an iCalendar file.")
@click.option("--kind", default="", help="Only what is owed, or stands, so: “good standing”, overdue, lapsed …")
@click.option("--until", type=Day(), help="Only what is due by this day.")
@click.pass_context
def due(  # noqa: PLR0913, PLR0917 - an option each
    ctx: click.Context,
    employer: str,
    home: Path,
    day: date,
    form: str | None,
    kind: str,
    until: date | None,
    *,
    as_json: bool,
) -> None:
    """Show what employers owe and by when: all, or those whose code, name or account has EMPLOYER in it.

    Example: secor due --until 2027-03-31 --csv > due.csv
    """
    from processor.flows.due import calendar_entries  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.due import due as owed  # noqa: PLC0415
    from processor.flows.house import read_rulebooks, read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415
    from processor.outbox.calendar import calendar  # noqa: PLC0415
    from processor.outbox.manifest import table  # noqa: PLC0415

    settings = read_settings(home)
    with open_store(settings) as store:
        found = owed(store, read_rulebooks(settings), day, like=employer, kind=kind, until=until)
    rows = [one.row() for one in found]
    if as_json:
        print_json({"day": day.isoformat(), "due": rows})
    elif form == "ics":
        click.echo(calendar(calendar_entries(found), day), nl=False)
    elif form == "csv":
        click.echo(table(tuple(rows[0]) if rows else _COLUMNS, [tuple(row.values()) for row in rows]), nl=False)
    else:
        print_table(_COLUMNS, [[row[column] for column in _COLUMNS] for row in rows])
        for row in rows if len(rows) == 1 else ():
            click.echo(f"  {row['because']}")
    if not rows:
        say("Nothing is owed.")
    ctx.exit(Exit.DONE)


@click.command()
@click.argument("case")
@office_option
@json_option
@click.pass_context
def history(ctx: click.Context, case: str, home: Path, *, as_json: bool) -> None:
    """Show everything that happened to a CASE, who did it, in order.

    Example: secor history MB-0001
    """
    from processor.flows.history import history as told  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415

    with open_store(read_settings(home)) as store:
        rows = told(store, case)
    if as_json:
        print_json([{**row._asdict(), "day": row.day.isoformat()} for row in rows])
    else:
        print_table(("day", "at", "by", "what"), rows)
    ctx.exit(Exit.DONE)


@click.command()
@office_option
@json_option
@click.pass_context
def directory(ctx: click.Context, home: Path, *, as_json: bool) -> None:
    """Show who is certified and consents to be listed. `secor run` keeps it in the outbox as a page, CSV and JSON.

    Example: secor directory
    """
    from processor.flows.directory import entries, files  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import read_rulebooks, read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415
    from processor.outbox.directory import Entry  # noqa: PLC0415

    settings = read_settings(home)
    with open_store(settings) as store:
        found = entries(store, read_rulebooks(settings))
    if as_json:
        click.echo(files(found)["directory.json"], nl=False)
    else:
        print_table(Entry._fields, found)
    ctx.exit(Exit.DONE)


@click.command()
@click.argument("year", type=click.IntRange(2000, 9998))
@office_option
@json_option
@click.pass_context
def rebates(ctx: click.Context, year: int, home: Path, *, as_json: bool) -> None:
    """List, as CSV for the WCB, who was certified on its anniversary in YEAR and may be eligible for the rebate.

    Example: secor rebates 2027 > rebates-2027.csv
    """
    from processor.flows.house import read_rulebooks, read_settings  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.opening import open_store  # noqa: PLC0415
    from processor.flows.rebates import Eligible, eligible  # noqa: PLC0415
    from processor.outbox.manifest import table  # noqa: PLC0415

    settings = read_settings(home)
    with open_store(settings) as store:
        found = eligible(store, read_rulebooks(settings), year)
    if as_json:
        print_json([row._asdict() for row in found])
    else:
        click.echo(table(Eligible._fields, found), nl=False)
    ctx.exit(Exit.DONE)


@click.command()
@click.argument("employer", required=False, default="")
@office_option
@day_option
@json_option
@click.option("--days", type=click.IntRange(0, 3660), default=90, show_default=True, help="So many days ahead.")
@click.pass_context
def expiring(ctx: click.Context, employer: str, home: Path, day: date, days: int, *, as_json: bool) -> None:  # noqa: PLR0913
    """Show whose first-aid and course certificates, and which auditors' registrations, run out soon.

    Example: secor expiring --days 60
    """
    from processor.flows.expiring import RunsOut, running_out  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415

    with open_store(read_settings(home)) as store:
        found = running_out(store, day, days, employer)
    if as_json:
        print_json([{**row._asdict(), "until": row.until.isoformat()} for row in found])
    else:
        print_table(RunsOut._fields, found)
    if not found:
        say("Nothing runs out.")
    ctx.exit(Exit.DONE)
