"""`secor balance`: whether everything that came is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from processor.cli.options import json_option, office_option
from processor.cli.show import counted, print_json, print_table, say
from processor.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from processor.flows.balancing import Balance

_CALLED = {
    "work": "not judged yet",
    "waiting": "waiting for a person",
    "done": "done",
    "aside": "set aside",
    "known": "known already",
    "claimed": "not read yet",
}


@click.command()
@office_option
@json_option
@click.pass_context
def balance(ctx: click.Context, home: Path, *, as_json: bool) -> None:
    """Prove that nothing was lost: files and pages received, kept, filed and answered, held against each other.

    Ends with 6 when something does not balance; each fault says what to do.

    Example: secor balance
    """
    from processor.flows.balancing import balance as counted_up  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import read_settings  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415
    from processor.intake.folders import prepare  # noqa: PLC0415

    settings = read_settings(home)
    prepare(settings.paths)
    with open_store(settings) as store:
        found = counted_up(settings.paths, store)
    if as_json:
        print_json(_json(found))
    else:
        _show(found)
    ctx.exit(Exit.CHECK_SAYS_NO if found.faults else Exit.DONE)


def _show(found: Balance) -> None:
    rows = [("received", *found.received), *((_CALLED[name], *count) for name, count in found.standing.items())]
    print_table(("", "files", "pages"), rows)
    print_table(
        ("originals", "letters written", "owed", "last numbers", "events", "last event"),
        [
            (
                found.originals,
                found.written,
                found.owed,
                ", ".join(f"{name}: {last}" for name, last in found.numbers.items()),
                found.events,
                found.head[:12],
            )
        ],
    )
    if found.faults:
        print_table(("does not balance", "do"), found.faults)
    say(f"{counted(len(found.faults), 'fault')}." if found.faults else "It balances.")


def _json(found: Balance) -> dict[str, object]:
    return {
        "received": found.received._asdict(),
        **{name: count._asdict() for name, count in found.standing.items()},
        "originals": found.originals,
        "letters": {"written": found.written, "owed": found.owed},
        "numbers": found.numbers,
        "events": found.events,
        "head": found.head,
        "faults": [fault._asdict() for fault in found.faults],
    }
