"""`secor review`: what the machine was not sure of, one by one, in the terminal."""

from __future__ import annotations

import getpass
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import clean, counted, covering, print_json, say
from processor.errors import Exit, ProcessorError, UnreadablePaper

if TYPE_CHECKING:
    from datetime import date

    from processor.flows.office import Office
    from processor.flows.reviewing import Item

_SHOWN = 2_000
"""Characters of a mail that are shown; the whole lies with the original."""
_KEYS = """\
  Enter  accept: the value is right, or the finding is no obstacle
  =TEXT  correct: what stands there is TEXT
  u      unreadable: the employer will be asked
  @CASE  the paper belongs to the employer of this case
  x      reject: the paper counts for nobody
  s      skip      q  stop"""


@click.command()
@office_option
@day_option
@json_option
@click.option("--by", default=getpass.getuser, show_default="you", help="Whose answers these are.")
@click.pass_context
def review(ctx: click.Context, home: Path, day: date, by: str, *, as_json: bool) -> None:
    """Settle what needs a person; afterwards the cases are judged again and the letters written.

    Example: secor review
    """
    from processor.flows.answering import answer  # noqa: PLC0415
    from processor.flows.office import open_office  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.reviewing import items  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    with open_office(home, day, workers=1) as office, office_lock(office.settings.paths.state):
        if as_json:
            print_json([_json(item) for item in items(office)])
            ctx.exit(Exit.DONE)
        _settle_all(office, by)
        for answered in answer(office):
            if answered.written:
                path = office.settings.paths.outbox / answered.written.path
                click.echo(f"{answered.case} {answered.written.letter.kind}: {path}")
            elif answered.failed:
                say(str(answered.failed))
        left = sum(1 for _ in items(office))
    say(f"{counted(left, 'question')} left." if left else "Nothing waits for a person.")
    ctx.exit(Exit.NEEDS_PERSON if left else Exit.DONE)


def _settle_all(office: Office, by: str) -> None:
    from processor.flows.reviewing import items  # noqa: PLC0415

    waiting = list(items(office))
    if waiting:
        click.echo(f"{counted(len(waiting), 'question')}.\n{_KEYS}")
    met: set[tuple[str, str, str]] = set()
    with tempfile.TemporaryDirectory(prefix="secor-review-") as folder:
        while waiting:
            item, number = waiting[0], len(met) + 1
            met.add(_key(item))
            if not _settle(office, item, by, f"{number}/{number + len(waiting) - 1}", Path(folder) / f"{number}.png"):
                return
            waiting = [i for i in items(office) if _key(i) not in met]  # an answer changes papers, and may file some


def _key(item: Item) -> tuple[str, str, str]:
    return item.question.document, item.question.code, item.question.reading


def _settle(office: Office, item: Item, by: str, place: str, crop: Path) -> bool:
    """Ask about one thing until it is settled or skipped; false to stop."""
    _show(office, item, place, crop)
    while True:
        try:
            said = click.prompt("  answer", default="", show_default=False, prompt_suffix="> ").strip()
        except click.Abort:
            return False
        if said in ("s", "q"):
            return said == "s"
        try:
            _act(office, item, said, by)
        except ProcessorError as wrong:
            say(f"  {wrong}")
        else:
            return True


def _act(office: Office, item: Item, said: str, by: str) -> None:
    from processor.errors import Wrong  # noqa: PLC0415
    from processor.flows import reviewing  # noqa: PLC0415

    match said[:1], said[1:]:
        case "", _:
            reviewing.confirm(office, item, by=by)
        case "=", typed:
            reviewing.correct(office, item, typed.strip(), by=by)
        case "@", code:
            reviewing.claim_for(office, item, code.strip(), by=by)
        case "u", "":
            reviewing.unreadable(office, item, by=by)
        case "x", "":
            reviewing.dismiss(office, item, by=by)
        case _:
            raise Wrong(f"“{said}” is no answer.", do="To correct a value, type = before it.")


def _show(office: Office, item: Item, place: str, crop: Path) -> None:
    from processor.flows.explaining import place as picture_of  # noqa: PLC0415

    question, paper = item.question, item.paper
    page = question.page or paper.document.pages[0]
    pool = f"in the pool, may be for {', '.join(item.may_be)}" if item.may_be else "in the pool"
    click.echo(f"\n{place}  {item.case or pool}: {clean(paper.submission)}, page {page}")
    click.echo(f"  {clean(question.says)}")
    if item.reading is not None:
        value = "" if item.reading.value is None else item.reading.value
        click.echo(
            f"  {question.reading}: read “{clean(value)}”, written “{clean(item.reading.raw)}” ({item.reading.state})"
        )
    _show_mail(office, item)
    try:
        crop.write_bytes(picture_of(office, paper, page, question.box))
        click.echo(f"  picture: {crop}")
    except UnreadablePaper:
        click.echo("  picture: none, since no page of it can be drawn")


def _show_mail(office: Office, item: Item) -> None:
    """The covering mail, and what it says where the question is about the mail itself."""
    part, alone = item.paper.document.part, item.question.code == "mail-alone"
    for mail in office.store.parts.mails(item.paper.sha256):
        covers = not mail.path or f"{part}/".startswith(f"{mail.path}/")
        within = alone and (not part or f"{mail.path}/".startswith(f"{part}/"))
        if covers or within:
            click.echo(f"  {covering(mail)}")
            if within:
                click.echo("".join(f"  | {clean(line)}\n" for line in mail.text[:_SHOWN].splitlines()), nl=False)


def _json(item: Item) -> dict[str, object]:
    from processor.contract import question_json, reading_json  # noqa: PLC0415

    reading = reading_json(item.reading) if item.reading else None
    return {
        "case": item.case or None,
        "may_be": list(item.may_be),
        "file": item.paper.submission,
        **question_json(item.question),
        "as_read": reading,
    }
