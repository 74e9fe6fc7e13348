"""`secor read`: what the machine reads in a paper; nothing is kept."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import clean, covering, print_json, print_table, say
from processor.errors import Exit
from processor.model import Reading, State, Submission

if TYPE_CHECKING:
    from datetime import date


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@office_option
@day_option
@json_option
@click.option(
    "--debug",
    "pictures",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write there what was seen: each page with its boxes and what was read in them, and every crop.",
)
@click.pass_context
def read(  # noqa: PLR0913 - one for each option
    ctx: click.Context, files: tuple[Path, ...], home: Path, day: date, *, as_json: bool, pictures: Path | None
) -> None:
    """Read FILES and show the readings. Keeps nothing; needs no office.

    Example: secor read registration.pdf
    """
    from processor.contract import submission_json  # noqa: PLC0415 - `--help` stays quick
    from processor.flows import debugging, office, running  # noqa: PLC0415
    from processor.flows.house import SETTINGS, read_settings  # noqa: PLC0415
    from processor.settings import Settings  # noqa: PLC0415

    settings = read_settings(home) if (home / SETTINGS).exists() else Settings()
    worst = Exit.DONE
    with ExitStack() as stack:
        crew = stack.enter_context(office.crew_for(settings, min(len(files), 8) if not settings.work.workers else None))
        forms = office.forms_of(crew)
        read_files = running.read_files if pictures is None else partial(debugging.show_files, folder=pictures)
        for submission, trace in read_files(crew, files, settings.work):
            checked = running.with_checks(submission, forms, day)
            if as_json:
                print_json(submission_json(checked))
            else:
                _show(checked)
            if trace:
                say(f"A fault of ours while reading this file: {trace}. Please report it.")
            worst = max(worst, Exit.DONE if checked.documents else Exit.SET_ASIDE)
    ctx.exit(worst)


def _show(submission: Submission) -> None:
    click.echo(f"\n{clean(submission.name)}  {submission.sha256[:12]}")
    for finding in submission.findings:
        click.echo(f"  {finding.severity}: {clean(finding.says)} [{finding.code}]")
    _show_inside(submission)
    for number, document in enumerate(submission.documents, start=1):
        pages = ", ".join(map(str, document.pages))
        lay = f" of {clean(document.part)}" if document.part else ""
        click.echo(f"\n  Document {number}: {document.form or document.kind}, page {pages}{lay}")
        rows = [row for r in document.readings for row in _rows(r)]
        print_table(("reading", "value", "state", "page"), rows)
        for finding in document.findings:
            click.echo(f"  {finding.severity}: {clean(finding.says)} [{finding.code}]")


def _show_inside(submission: Submission) -> None:
    """Covering mails, and every file in a mail or an archive with what came of it."""
    for mail in submission.mails:
        click.echo(f"  {covering(mail)}")
    if submission.parts:
        print_table(("file in it", "came"), [(part.path, part.came) for part in submission.parts])


def _rows(reading: Reading, prefix: str = "") -> list[tuple[object, ...]]:
    if isinstance(reading.value, tuple):
        cells = [(i, c) for i, row in enumerate(reading.value, start=1) for c in row.cells]
        return [r for i, c in cells if c.state is not State.BLANK for r in _rows(c, f"{reading.name}[{i}].")]
    value = "" if reading.value is None else reading.value
    shown = value if reading.state is not State.UNSURE else f"{value} (written: {reading.raw})"
    return [(f"{prefix}{reading.name}", shown, reading.state, reading.page or "")]
