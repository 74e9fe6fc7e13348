"""`secor case`: what a person decides of a certification. Each decision is kept for good, with who and why."""

from __future__ import annotations

import getpass
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar, cast

import click

from processor.cli.options import Day, day_option, office_option
from processor.cli.show import say
from processor.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from processor.casework.standing import Standing
    from processor.flows.office import Office

F = TypeVar("F", bound="Callable[..., object]")


@click.group()
def case() -> None:
    """Decide: extend, waive, lapse, withdraw, reinstate, begin-again, rename, reissue."""


def _shared(command: F) -> F:
    """What every decision says: which case, which office and day, who, and why."""
    command = click.option("--by", default=getpass.getuser, show_default="you", help="Who decides.")(command)
    command = click.option("--reason", required=True, help="Why; kept with the decision.")(command)
    command = click.argument("code", metavar="CASE")(office_option(day_option(command)))
    return cast(F, click.pass_context(command))


_until = click.option("--until", type=Day(), required=True, help="The last day that is in time.")


@case.command()
@_shared
@_until
def extend(ctx: click.Context, code: str, home: Path, day: date, reason: str, by: str, until: date) -> None:  # noqa: PLR0913, PLR0917
    """Give CASE time until a day.

    Example: secor case extend MB-0001 --until 2027-04-30 --reason "A flood."
    """
    from processor.flows import deciding  # noqa: PLC0415 - `--help` stays quick

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.extend(office, code, until, by=by, reason=reason), code)


@case.command()
@_shared
@click.argument("requirement")
@_until
def waive(  # noqa: PLR0913, PLR0917
    ctx: click.Context, code: str, requirement: str, home: Path, day: date, reason: str, by: str, until: date
) -> None:
    """Let one REQUIREMENT of CASE go until a day; `secor status CASE` lists them.

    Example: secor case waive MB-0001 modules --until 2027-04-30 --reason "The course was cancelled."
    """
    from processor.flows import deciding  # noqa: PLC0415

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.waive(office, code, requirement, until, by=by, reason=reason), code)


@case.command()
@_shared
def lapse(ctx: click.Context, code: str, home: Path, day: date, reason: str, by: str) -> None:  # noqa: PLR0913, PLR0917
    """Let an overdue certification lapse; the letter is written at once.

    Example: secor case lapse MB-0001 --reason "No audit came."
    """
    from processor.flows import deciding  # noqa: PLC0415

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.lapse(office, code, by=by, reason=reason), code)


@case.command()
@_shared
def withdraw(ctx: click.Context, code: str, home: Path, day: date, reason: str, by: str) -> None:  # noqa: PLR0913, PLR0917
    """Withdraw a certification; the letter says the reason.

    Example: secor case withdraw MB-0001 --reason "The employer asked for it."
    """
    from processor.flows import deciding  # noqa: PLC0415

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.withdraw(office, code, by=by, reason=reason), code)


@case.command()
@_shared
@click.option("--until", type=Day(), help="Give time until this day as well.")
def reinstate(ctx: click.Context, code: str, home: Path, day: date, reason: str, by: str, until: date | None) -> None:  # noqa: PLR0913, PLR0917
    """Put a certification that a person ended in force again.

    Example: secor case reinstate MB-0001 --reason "The audit had come."
    """
    from processor.flows import deciding  # noqa: PLC0415

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.reinstate(office, code, until, by=by, reason=reason), code)


@case.command(name="begin-again")
@_shared
def begin_again(ctx: click.Context, code: str, home: Path, day: date, reason: str, by: str) -> None:  # noqa: PLR0913, PLR0917
    """Have an ended case begin again, without a new registration form.

    Example: secor case begin-again MB-0001 --reason "Registered by telephone."
    """
    from processor.flows import deciding  # noqa: PLC0415

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.begin_again(office, code, by=by, reason=reason), code)


@case.command()
@_shared
@click.argument("name")
def rename(ctx: click.Context, code: str, name: str, home: Path, day: date, reason: str, by: str) -> None:  # noqa: PLR0913, PLR0917
    """Change the employer's legal name to NAME; its certificate is issued again.

    Example: secor case rename MB-0001 "Southwind Roofing Ltd." --reason "Articles of amendment."
    """
    from processor.flows import deciding  # noqa: PLC0415

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.rename(office, code, name, by=by, reason=reason), code)


@case.command()
@_shared
def reissue(ctx: click.Context, code: str, home: Path, day: date, reason: str, by: str) -> None:  # noqa: PLR0913, PLR0917
    """Issue the certificate again, under a new number and with the same days.

    Example: secor case reissue MB-0001 --reason "Lost in a fire."
    """
    from processor.flows import deciding  # noqa: PLC0415

    with _deciding(ctx, home, day) as decided:
        decided(lambda office: deciding.reissue(office, code, by=by, reason=reason), code)


@contextmanager
def _deciding(
    ctx: click.Context, home: Path, day: date
) -> Iterator[Callable[[Callable[[Office], Standing], str], None]]:
    """An office in which one thing is decided, and what follows is written."""
    from processor.flows.answering import answer  # noqa: PLC0415
    from processor.flows.office import open_office  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    def decided(decide: Callable[[Office], Standing], code: str) -> None:
        now = decide(office)
        say(f"{code} is {now.says}: {now.because}")
        for answered in answer(office):
            if answered.written:
                path = office.settings.paths.outbox / answered.written.path
                click.echo(f"{answered.case} {answered.written.letter.kind}: {path}")
            elif answered.failed:
                say(str(answered.failed))

    with open_office(home, day, workers=1) as office, office_lock(office.settings.paths.state):
        yield decided
    ctx.exit(Exit.DONE)
