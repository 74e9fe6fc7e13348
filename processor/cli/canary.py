"""`secor canary`: whether a known paper comes out as it must."""

from __future__ import annotations

import json

import click

from processor.cli.options import json_option
from processor.cli.show import print_json, print_table, say
from processor.errors import Exit


@click.command()
@json_option
@click.pass_context
def canary(ctx: click.Context, *, as_json: bool) -> None:
    """Send a known paper of a made-up employer through a scratch office, and compare what was read and the letter.

    No office of yours is touched. Ends with 6 when anything comes out otherwise.

    Example: secor canary
    """
    from processor.flows.canary import sing  # noqa: PLC0415 - `--help` stays quick

    song = sing()
    if as_json:
        differences = [d._asdict() for d in song.differences]
        print_json({"well": song.well, "says": song.says, "differences": differences})
    else:
        if song.differences:
            shown = [(d.what, json.dumps(d.came), json.dumps(d.must)) for d in song.differences]
            print_table(("what", "came", "must come"), shown)
        say(song.says)
    ctx.exit(Exit.DONE if song.well else Exit.CHECK_SAYS_NO)
