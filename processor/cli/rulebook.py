"""`secor rulebook` and `what-if`: what each program asks, by what source, and what other rules would have changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import Day, day_option, json_option, office_option, today
from processor.cli.show import counted, print_json, print_table, say
from processor.errors import Exit, SetupBroken, Wrong

if TYPE_CHECKING:
    from datetime import date


@click.group()
def rulebook() -> None:
    """See and check the rules: list, show, check."""


@rulebook.command(name="list")
@office_option
@day_option
@json_option
@click.pass_context
def list_(ctx: click.Context, home: Path, day: date, *, as_json: bool) -> None:
    """List the rulebooks that the office uses and those it could, and how many of their values are assumed.

    Example: secor rulebook list
    """
    from processor.flows.house import read_settings  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.rulebooks import About, about, known  # noqa: PLC0415

    found = known(read_settings(home)).items()
    rows = [about(rules, day, name, used=used) for name, (rules, used) in found]
    if as_json:
        print_json([row._asdict() for row in rows])
    else:
        print_table(About._fields, [(*row[:-1], "used" if row.used else "") for row in rows])
    ctx.exit(Exit.DONE)


@rulebook.command()
@click.argument("program")
@office_option
@day_option
@json_option
@click.option("--assumed", is_flag=True, help="Only what no source says.")
@click.pass_context
def show(  # noqa: PLR0913 - an option each
    ctx: click.Context, program: str, home: Path, day: date, *, assumed: bool, as_json: bool
) -> None:
    """Show every value of PROGRAM in force on a day, with its source.

    Example: secor rulebook show csam-secor --assumed
    """
    from processor.flows.house import read_settings  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.rulebooks import Value, known, values  # noqa: PLC0415

    books = known(read_settings(home))
    if program not in books:
        raise Wrong(f"There is no program {program}.", do=f"Known are: {', '.join(books)}.")
    rows = [value for value in values(books[program][0], day) if value.assumed or not assumed]
    if as_json:
        print_json([{**row._asdict(), "since": row.since.isoformat()} for row in rows])
    else:
        print_table(Value._fields, [(*row[:4], "assumed" if row.assumed else "", row.reference) for row in rows])
    ctx.exit(Exit.DONE)


@rulebook.command()
@click.argument("file")
@day_option
@click.pass_context
def check(ctx: click.Context, file: str, day: date) -> None:
    """Say whether FILE, or the built-in rulebook of that name, can be used, and what is wrong with it.

    Example: secor rulebook check our-rules.toml
    """
    from processor.flows.rulebooks import about, read  # noqa: PLC0415 - `--help` stays quick

    try:
        found = about(read(file), day)
    except SetupBroken as wrong:
        say(f"secor: {wrong}")
        ctx.exit(Exit.CHECK_SAYS_NO)
    click.echo(
        f"{found.program} {found.version}: {counted(found.requirements, 'requirement')}, {found.assumed} assumed."
    )
    ctx.exit(Exit.DONE)


@click.command(name="what-if")
@office_option
@click.option(
    "--rulebook",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The rules to try.",
)
@click.option("--since", type=Day(), default=None, help="Only judgings from this day on.")
@json_option
@click.pass_context
def what_if(ctx: click.Context, home: Path, file: Path, since: date | None, *, as_json: bool) -> None:
    """Try changed rules on everything that was judged: whose answer would have been another. Nothing is written.

    Example: secor what-if --rulebook our-rules.toml --since 2026-01-01
    """
    from datetime import date  # noqa: PLC0415 - `--help` stays quick

    from processor.flows.office import open_office  # noqa: PLC0415
    from processor.flows.rulebooks import read  # noqa: PLC0415
    from processor.flows.what_if import Change  # noqa: PLC0415
    from processor.flows.what_if import what_if as tried  # noqa: PLC0415

    with open_office(home, today(), workers=1) as office:
        count, changes = tried(office, read(str(file)), since or date.min)
    if as_json:
        print_json({"judgings": count, "changes": [{**c._asdict(), "day": c.day.isoformat()} for c in changes]})
    else:
        print_table(Change._fields, changes)
    cases = len({change.case for change in changes})
    would = f"{counted(len(changes), 'answer')} of {counted(cases, 'case')} would change"
    say(f"{counted(count, 'judging')} looked at: {would}.")
    ctx.exit(Exit.DONE)
