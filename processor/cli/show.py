"""How commands print: a table for a person at a terminal, tabs for a script, JSON when asked."""

from __future__ import annotations

import json
import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from processor.model import Mail

_SHORT = 18
"""Characters up to which a column is never folded."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: object) -> str:
    """Text of a stranger without what could drive a terminal."""
    return _CONTROL.sub("�", str(text))


def say(text: str) -> None:
    """Talk, on standard error: data alone goes to standard output."""
    click.echo(clean(text), err=True)


def covering(mail: Mail) -> str:
    """A covering mail on one line: who wrote it, when, about what, as far as it says."""
    said = (f"from {mail.sender}" if mail.sender else "", mail.sent[:10])
    head = ", ".join(filter(None, (f"mail {mail.path}".strip(), *said)))
    return clean(f"{head}: {mail.subject}")


def counted(count: int, noun: str) -> str:
    """`1 question`, `2 questions`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def print_json(value: object) -> None:
    """One JSON document on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A drawn table on a terminal; tab-separated, uncut, everywhere else."""
    lines = [[clean(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        click.echo("\t".join(columns))
        for line in lines:
            click.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in line))
        return
    _draw(columns, lines)


@contextmanager
def progress(what: str, count: int) -> Iterator[Callable[[], object]]:
    """A bar on a terminal while several things are done; call what it gives after each."""
    if not sys.stderr.isatty() or count < 2:
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=count)
        yield lambda: shown.advance(task)


def _draw(columns: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    """A table as wide as the terminal: short columns stay whole, long ones are folded, nothing is cut."""
    from rich.console import Console  # noqa: PLC0415 - only a terminal pays for it
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold underline")
    for place, column in enumerate(columns):
        widest = max([len(column), *(len(line[place]) for line in lines)])
        short = widest <= _SHORT
        table.add_column(column, no_wrap=short, min_width=widest if short else None, overflow="fold")
    for line in lines:
        table.add_row(*map(Text, line))
    Console().print(table)
