"""The options that many commands share, and how they become an open office."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., object]")


def today() -> date:
    """The partner's day. The one place where the program asks the clock for a day."""
    return datetime.now().astimezone().date()


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that was typed."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}” is no day; write it as 2026-03-14.", param, ctx)


def office_option(command: F) -> F:
    """`--office DIR`: which office."""
    return click.option(
        "--office",
        "home",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="SECOR_OFFICE",
        default=Path(),
        help="The office's folder (or $SECOR_OFFICE); default: here.",
    )(command)


def day_option(command: F) -> F:
    """`--day`: which day it is."""
    return click.option("--day", type=Day(), default=today, show_default="today", help="The day to judge on.")(command)


def json_option(command: F) -> F:
    """`--json`: for scripts."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else on standard output.")(
        command
    )
