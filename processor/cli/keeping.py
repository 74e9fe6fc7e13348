"""`secor backup` and `secor restore`: the whole office on another disk, and back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import counted, print_json, print_table, say
from processor.errors import Exit

_FOLDER = click.Path(exists=True, path_type=Path, file_okay=False)


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


@click.command()
@click.option("--backup", "shelf", type=_FOLDER, help="Take the database of this backup: the office's own is gone.")
@click.option("--from", "old", type=_FOLDER, help="Bring over what is left of the office in this folder first.")
@office_option
@day_option
@click.pass_context
def rebuild(ctx: click.Context, shelf: Path | None, old: Path | None, home: Path, day: date) -> None:
    """Bring an older database up to what the originals and the outbox show: every case and every number again.

    Papers that came since the backup are read again, on the days on which they came; numbers of letters that lie in
    the outbox stay used. What people answered since is asked again, and an end that a
    person decided since is told, to be decided again. Ends with 6 when `balance` finds a fault.

    Example: secor rebuild --backup /mnt/backups
    """
    from processor.flows.balancing import balance  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.keeping import bring_back  # noqa: PLC0415
    from processor.flows.office import open_office  # noqa: PLC0415
    from processor.flows.rebuilding import gather_from  # noqa: PLC0415
    from processor.flows.rebuilding import rebuild as rebuilt  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    if shelf:
        bring_back(home, shelf)
    if old:
        say(f"{counted(gather_from(old, home), 'file')} brought over from {old}.")
    with open_office(home, day, older=True) as office, office_lock(office.settings.paths.state):
        done = rebuilt(office)
        found = balance(office.settings.paths, office.store)
        asked = len(office.store.cases.questions()) + len(office.store.papers.pool())
    say(f"{counted(done.read, 'file')} read again; {counted(done.found, 'letter')} found in the outbox.")
    if done.waiting:
        say("These letters follow from nothing that is known now; their numbers stay used:")
        print_table(
            ("letter", "case", "employer", "kind", "file"),
            [(g.certificate or g.number, g.case, g.employer, g.kind, g.path) for g in done.waiting],
        )
    for given in done.ended:
        say(f"{given.case} was told of its {given.kind} on {given.day}, and is in force by all that is known now.")
        say("Decide it again with `secor case`, or it stays in the directory.")
    for trouble in done.later:
        say(f"secor: {trouble}")
    if found.faults:
        print_table(("does not balance", "do"), found.faults)
    if asked:
        say(f"A person is asked: {counted(asked, 'question')}. Type `secor review`.")
    ctx.exit(Exit.CHECK_SAYS_NO if found.faults else Exit.NEEDS_PERSON if asked or done.ended else Exit.DONE)
