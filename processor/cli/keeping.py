"""`secor backup` and `secor restore`: the whole office on another disk, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import click

from processor.cli.options import json_option, office_option
from processor.cli.show import counted, print_json, print_table, say
from processor.errors import Exit


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@office_option
@json_option
@click.pass_context
def backup(ctx: click.Context, folder: Path, home: Path, *, as_json: bool) -> None:
    """Back the office up into FOLDER, best on another disk. It may run beside `secor watch`.

    Each backup is a folder of its own in FOLDER, whole or not there, with the hash of every file. What an earlier one
    has is not copied again. Ends with 6 when an original was damaged before.

    Example: secor backup /mnt/backups
    """
    from processor.flows.keeping import back_up  # noqa: PLC0415 - `--help` stays quick

    done = back_up(home, folder, datetime.now(UTC), program=version("secor-processor"))
    made = done.backup
    if as_json:
        shown = {"path": str(made.folder), "files": len(made.hashes), "events": made.events, "head": made.head}
        print_json(shown | {"damaged": list(done.damaged)})
    else:
        row = (made.folder, len(made.hashes), made.events, made.head[:12])
        print_table(("backup", "files", "events", "last event"), [row])
    for path in done.damaged:
        say(f"{path} is damaged. Put it back from an earlier backup.")
    ctx.exit(Exit.CHECK_SAYS_NO if done.damaged else Exit.DONE)


@click.command()
@click.argument("backed_up", metavar="BACKUP", type=click.Path(exists=True, path_type=Path, file_okay=False))
@click.argument("office", type=click.Path(path_type=Path, file_okay=False))
@click.pass_context
def restore(ctx: click.Context, backed_up: Path, office: Path) -> None:
    """Make the OFFICE again that BACKUP (or the newest backup in that folder) is of. OFFICE must be empty.

    Ends with 6 when `secor rebuild` has something left to do: papers that came while the backup was made.

    Example: secor restore /mnt/backups my-office
    """
    from processor.flows.balancing import balance  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.keeping import restore as restored  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415

    settings = restored(backed_up, office)
    with open_store(settings) as store:
        found = balance(settings.paths, store)
    say(f"The office is in {office} again: {counted(found.received.files, 'file')}, {counted(found.events, 'event')}.")
    say("Are there originals or letters that are newer than the backup? secor rebuild --from WHERE-THE-OLD-OFFICE-WAS")
    if found.faults:
        print_table(("does not balance", "do"), found.faults)
    ctx.exit(Exit.CHECK_SAYS_NO if found.faults else Exit.DONE)
