"""`secor sample`: some decisions read again by a person who does not see them, and what follows for all."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import clean, counted, print_json, say
from processor.errors import Exit, Wrong

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from processor.casework.sampling import Decision
    from processor.flows.office import Office
    from processor.flows.sampling import Sample

by_option = click.option("--by", default=getpass.getuser, show_default="you", help="Whose answers these are.")
_KEYS = "  m  met      n  not met      s  later      q  stop"


@click.group()
def sample() -> None:
    """Check automatic decisions by a random sample: draw, read, report.

    Example: secor sample draw --seed 482915 --below 1
    """


@sample.command()
@office_option
@day_option
@by_option
@click.option("--seed", required=True, help="What decides the draw: digits from dice, so that nobody chose them.")
@click.option(
    "--below",
    type=click.FloatRange(min=0, max=50, min_open=True),
    default=1.0,
    show_default=True,
    help="The percentage of wrong decisions that is to be ruled out.",
)
@click.pass_context
def draw(ctx: click.Context, home: Path, day: date, by: str, seed: str, below: float) -> None:  # noqa: PLR0913, PLR0917
    """Draw a sample from all that was decided so far.

    Example: secor sample draw --seed 482915 --below 1
    """
    from processor.flows import sampling  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.office import open_office  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    with open_office(home, day, workers=1) as office, office_lock(office.settings.paths.state):
        drawn = sampling.draw(office, seed=seed, percent=f"{below:g}", by=by)
    click.echo(f"{drawn.found.needed} of {drawn.found.population} decisions are to be read: `secor sample read`.")
    ctx.exit(Exit.NEEDS_PERSON)


@sample.command()
@office_option
@day_option
@by_option
@click.pass_context
def read(ctx: click.Context, home: Path, day: date, by: str) -> None:
    """Read the drawn decisions again, without seeing what the program said.

    Example: secor sample read
    """
    from processor.flows.office import open_office  # noqa: PLC0415 - `--help` stays quick
    from processor.intake.lock import office_lock  # noqa: PLC0415

    with open_office(home, day, workers=1) as office, office_lock(office.settings.paths.state):
        skipped: set[Decision] = set()
        click.echo(_KEYS)
        while waiting := [d for d in _current(office).to_read if d not in skipped]:
            said = _ask(office, waiting[0], counted(len(waiting), "decision"), by)
            if said == "q":
                break
            if said == "s":
                skipped.add(waiting[0])
        ctx.exit(_report(_current(office)))


@sample.command()
@office_option
@day_option
@json_option
@click.pass_context
def report(ctx: click.Context, home: Path, day: date, *, as_json: bool) -> None:
    """Say what the sample shows, by which method.

    Example: secor sample report
    """
    from processor.casework.sampling import METHOD  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.office import open_office  # noqa: PLC0415

    with open_office(home, day, workers=1) as office:
        drawn = _current(office)
    if not as_json:
        ctx.exit(_report(drawn))
    wrong = [{"case": d.case, "requirement": d.requirement, "day": d.day.isoformat()} for d in drawn.wrong]
    told = {"drawn": drawn.day.isoformat(), "seed": drawn.seed, "below_percent": drawn.percent}
    print_json({**told, **drawn.found._asdict(), "says": drawn.says, "method": METHOD, "disagreed": wrong})
    ctx.exit(_exit(drawn))


def _current(office: Office) -> Sample:
    from processor.flows.sampling import current  # noqa: PLC0415

    drawn = current(office)
    if drawn is None:
        raise Wrong("No sample was drawn yet.", do="Draw one with `secor sample draw --seed NUMBER`.")
    return drawn


def _ask(office: Office, decision: Decision, left: str, by: str) -> str:
    """Show one decision's papers and keep the answer; what was typed."""
    from processor.flows import sampling  # noqa: PLC0415
    from processor.intake.originals import original_path  # noqa: PLC0415
    from processor.model import Answer  # noqa: PLC0415

    click.echo(f"\n{left} left. {decision.case} on {decision.day}: {sampling.asks(office, decision)}")
    for paper in sampling.papers(office, decision):
        pages = ", ".join(map(str, paper.document.pages))
        path = original_path(office.settings.paths.state, paper.sha256)
        click.echo(f"  {paper.document.kind}: {clean(paper.submission)}, page {pages}: {path}")
    try:
        said: str = click.prompt("  answer", type=click.Choice(["m", "n", "s", "q"]), prompt_suffix="> ")
    except click.Abort:
        return "q"
    if said in ("m", "n"):
        sampling.answer(office, decision, Answer.MET if said == "m" else Answer.NOT_MET, by=by)
    return said


def _report(drawn: Sample) -> int:
    from processor.casework.sampling import METHOD  # noqa: PLC0415

    number = drawn.found
    click.echo(f"Drawn {drawn.day} with seed {clean(drawn.seed)}: {number.read} of {number.needed} read again.")
    click.echo(f"{drawn.says}\n{METHOD}")
    for decision in drawn.wrong:
        say(f"{decision.case} {decision.requirement}: answered otherwise; the case is judged again. `secor explain`")
    return _exit(drawn)


def _exit(drawn: Sample) -> int:
    if drawn.found.left:
        return Exit.NEEDS_PERSON
    return Exit.DONE if drawn.found.holds else Exit.CHECK_SAYS_NO
