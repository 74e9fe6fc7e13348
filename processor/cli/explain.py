"""`secor explain` and `secor replay`: why a letter says what it says, and that it still would."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import json_option, office_option, today
from processor.cli.show import clean, print_json, print_table, say
from processor.errors import Exit

if TYPE_CHECKING:
    from processor.flows.explaining import Because, Explained
    from processor.flows.office import Office
    from processor.store.values import Posted


@click.command()
@click.argument("named", metavar="CASE|LETTER")
@office_option
@json_option
@click.option("--picture", type=click.Path(path_type=Path, file_okay=False), help="Write the crop of each place here.")
@click.pass_context
def explain(ctx: click.Context, named: str, home: Path, picture: Path | None, *, as_json: bool) -> None:
    """Lead every line of a letter back to requirement, clause, reading, document, page and box.

    Example: secor explain MB-0001 --picture crops
    """
    from processor.flows import explaining  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.office import open_office  # noqa: PLC0415

    with open_office(home, today(), workers=1) as office:
        letters = [(p, explaining.explained(office, p)) for p in explaining.letters_of(office, named)]
        if as_json:
            print_json([_letter_json(posted, lines) for posted, lines in letters])
        for posted, lines in letters:
            if not as_json:
                _show(posted, lines)
            if picture:
                _crops(office, posted, lines, picture)
        if not letters:
            say(f"{named} has no letter yet. `secor status {named}` shows what it waits for.")
    ctx.exit(Exit.DONE)


def _show(posted: Posted, lines: tuple[Explained, ...]) -> None:
    title = posted.certificate or posted.number
    click.echo(
        f"\n{title}: {posted.letter.kind}, case {posted.case}, {posted.letter.day}, {posted.path or 'not written yet'}"
    )
    for number, explained in enumerate(lines, start=1):
        line = explained.line
        click.echo(f"\n{number:3}. {clean(line.text)}")
        if line.requirement:
            click.echo(f"     requirement: {line.requirement} ({clean(line.reference)})")
        for because in explained.because:
            click.echo(f"     {clean(_place(because))}")


def _place(because: Because) -> str:
    e = because.evidence
    where = f"page {e.page}" if e.page else "no page"
    box = f", box {', '.join(f'{v:.0f}' for v in e.box)}" if e.box else ""
    return f"{e.reading or 'paper'} = “{e.value}”: {because.paper.submission}, {where}{box}"


def _letter_json(posted: Posted, lines: tuple[Explained, ...]) -> dict[str, object]:
    from processor.contract import evidence_json  # noqa: PLC0415

    return {
        "letter": posted.number,
        "certificate": posted.certificate or None,
        "case": posted.case,
        "kind": posted.letter.kind.value,
        "day": posted.letter.day.isoformat(),
        "path": posted.path,
        "lines": [
            {
                "text": x.line.text,
                "requirement": x.line.requirement,
                "reference": x.line.reference,
                "evidence": [{**evidence_json(b.evidence), "file": b.paper.submission} for b in x.because],
            }
            for x in lines
        ],
    }


def _crops(office: Office, posted: Posted, lines: tuple[Explained, ...], folder: Path) -> None:
    from processor.flows.explaining import picture  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for number, explained in enumerate(lines, start=1):
        for place, because in enumerate(explained.because, start=1):
            path = folder / f"{posted.number}-line-{number:02}-{place}.png"
            path.write_bytes(picture(office, because))
            say(f"wrote {path}")


@click.command()
@click.argument("numbers", metavar="[LETTER]…", nargs=-1)
@office_option
@click.pass_context
def replay(ctx: click.Context, numbers: tuple[str, ...], home: Path) -> None:
    """Print past letters again from the store (all, when none is named) and compare them byte for byte.

    Example: secor replay L-2026-000001
    """
    from processor.flows.explaining import replayed  # noqa: PLC0415
    from processor.flows.office import open_office  # noqa: PLC0415

    with open_office(home, today(), workers=1) as office:
        letters = office.store.letters
        wanted = tuple(map(letters.letter, numbers)) if numbers else letters.every()
        rows = [(p.number, p.case, p.letter.kind, _same(replayed(office, p), p)) for p in wanted]
    print_table(("letter", "case", "kind", "replayed"), rows)
    ctx.exit(Exit.CHECK_SAYS_NO if any(row[3] == "DIFFERENT" for row in rows) else Exit.DONE)


def _same(again: bytes, posted: Posted) -> str:
    if not posted.sha256:
        return "not written yet"
    return "same bytes" if sha256(again).hexdigest() == posted.sha256 else "DIFFERENT"
