"""`secor forms`: the papers whose layout we know, and how an office brings one of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from processor.cli.options import json_option, office_option
from processor.cli.show import print_json, print_table, say
from processor.errors import Exit, Wrong
from processor.forms.form import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.flows.forms import Checked
    from processor.forms.form import Field, Form

_CHANNELS = ("scan300", "scan200", "scan150", "bilevel200", "fax_fine", "fax_standard", "photo")
_PENS = ("typed", "hand", "print")


@click.group()
def forms() -> None:
    """The forms: list them, show their boxes, check them, build their blanks, add one of your own."""


@forms.command("list")
@office_option
@json_option
def list_forms(home: Path, *, as_json: bool) -> None:
    """Each form with its title, version, pages and fields."""
    known = _checked(home)
    rows = [_row(found) for found in known]
    if as_json:
        print_json(rows)
    else:
        columns = ("name", "title", "version", "pages", "fields", "check")
        print_table(columns, [[row[column] for column in columns] for row in rows])


@forms.command()
@click.argument("name", metavar="FORM")
@office_option
@json_option
def show(name: str, home: Path, *, as_json: bool) -> None:
    """Where the blank lies, and each box: the reading it yields, its kind, page and place."""
    found = _named(_checked(home), name)
    if found.form is None:
        raise Wrong(f"The form {name} cannot be used: {found.missing[0]}", do=f"`secor forms check {name}` lists all.")
    boxes = list(_boxes(found.form))
    if as_json:
        print_json(_about(found.form) | {"blank": str(found.folder.blank.resolve()), "fields": boxes})
        return
    say(f"{found.form.title}, version {found.form.version}: {found.folder.blank.resolve()}")
    columns = ("reading", "widget", "kind", "page", "box")
    print_table(columns, [[_told(box) if c == "kind" else box[c] for c in columns] for box in boxes])


@forms.command()
@click.argument("name", metavar="[FORM]", required=False)
@office_option
@json_option
@click.pass_context
def check(ctx: click.Context, name: str | None, home: Path, *, as_json: bool) -> None:
    """What is missing before a form can be relied on; exit code 6 when something is."""
    known = _checked(home)
    chosen = (_named(known, name),) if name else known
    if as_json:
        print_json({found.folder.name: list(found.missing) for found in chosen})
    else:
        for found in chosen:
            say(f"{found.folder.name}: " + (f"{len(found.missing)} to put right" if found.missing else "complete"))
            for sentence in found.missing:
                click.echo(f"  {sentence}" if name is None else sentence)
    if any(found.missing for found in chosen):
        ctx.exit(Exit.CHECK_SAYS_NO)


@forms.command()
@click.argument("name", metavar="[FORM]", required=False)
@office_option
def build(name: str | None, home: Path) -> None:
    """Typeset the fillable blanks again from their form.typ, all or one."""
    from processor.flows import forms as flow  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import templates_folder  # noqa: PLC0415
    from processor.printing import blanks  # noqa: PLC0415

    sources = [folder for folder in flow.folders(_templates(home)) if (folder.path / "form.typ").is_file()]
    chosen = [folder for folder in sources if name in (None, folder.name)]
    if not chosen:
        raise Wrong(f"There is no form {name} with a form.typ.", do="`secor forms list` shows the forms.")
    for folder in chosen:
        made = blanks.build(folder.path, templates_folder() / "fonts")
        same = folder.blank.is_file() and folder.blank.read_bytes() == made
        if not same:
            folder.blank.write_bytes(made)
        say(f"{folder.name}: {'unchanged' if same else f'built, {len(made):,} bytes'}")


@forms.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), default="separators.pdf", show_default=True)
@click.option("--count", type=click.IntRange(1, 200), default=10, show_default=True, help="How many sheets.")
def separators(out: Path, count: int) -> None:
    """Sheets to lay between papers that are scanned in one go; print them on both sides."""
    from processor.flows.house import templates_folder  # noqa: PLC0415 - `--help` stays quick
    from processor.printing import blanks  # noqa: PLC0415
    from processor.reading.sorting import SEPARATOR  # noqa: PLC0415

    home = templates_folder()
    out.write_bytes(blanks.separators(home / "forms", home / "fonts", count, SEPARATOR))
    click.echo(str(out))
    say(f"{count} sheets: print them on both sides, and lay one between each two papers.")


@forms.command()
@click.argument("blank", metavar="BLANK.pdf", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", help="What to call it; default: the file's name.")
@office_option
def add(blank: Path, name: str | None, home: Path) -> None:
    """Bring a fillable PDF of your own: copies it and drafts its form.toml, a line a box."""
    from processor.flows import forms as flow  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import SETTINGS, read_settings  # noqa: PLC0415
    from processor.workers import once  # noqa: PLC0415

    called = name or re.sub("[^a-z0-9]+", "-", blank.stem.lower()).strip("-")
    if not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", called):
        raise Wrong(
            f"“{called}” cannot name a form.", do="Use small letters, digits and hyphens: --name our-registration."
        )
    own = read_settings(home).paths.templates
    if own == Path():
        raise Wrong(
            "The office has no templates of its own.", do=f'Write templates = "templates" under [paths] in {SETTINGS}.'
        )
    folder = own / "forms" / called
    if folder.exists():
        raise Wrong(f"There is a form {called} already: {folder}.", do="Choose another name: --name.")
    data = blank.read_bytes()
    draft = once(flow.draft, called, data)
    folder.mkdir(parents=True)
    (folder / "blank.pdf").write_bytes(data)
    (folder / "form.toml").write_text(draft, "utf-8")
    click.echo(str(folder / "form.toml"))
    say(f"Complete it, line by line. `secor forms check {called}` says what is missing.")


@forms.command()
@click.argument("name", metavar="FORM")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where the files go.")
@click.option("--count", type=click.IntRange(1, 100_000), default=7, show_default=True, help="How many papers.")
@click.option("--family", type=click.Choice(("tune", "calibrate", "report")), default="tune", show_default=True)
@click.option("--channel", "channels", type=click.Choice(_CHANNELS), multiple=True, help="In turns; default: all.")
@click.option("--pen", "pens", type=click.Choice(_PENS), multiple=True, help="In turns; default: all.")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the first paper; then one more.")
@office_option
def twin(  # noqa: PLR0913, PLR0917 - one for each option
    name: str,
    out: Path,
    count: int,
    family: str,
    channels: tuple[str, ...],
    pens: tuple[str, ...],
    seed: int,
    home: Path,
) -> None:
    """Make papers of made-up employers, as if scanned, faxed or photographed, each with its .truth.json."""
    from processor.flows import forms as flow  # noqa: PLC0415 - `--help` stays quick
    from processor.twin import jobs  # noqa: PLC0415

    if name not in (names := [folder.name for folder in flow.folders(_templates(home))]):
        raise Wrong(f"There is no form {name}.", do="There are: " + ", ".join(names) + ".")
    out.mkdir(parents=True, exist_ok=True)
    wanted = jobs.wanted(count, family, channels or _CHANNELS, pens or _PENS, seed)
    for called, made in jobs.made(name, _templates(home), wanted):
        (out / f"{called}{made.suffix}").write_bytes(made.data)
        (out / f"{called}.truth.json").write_text(made.truth.text(), "utf-8")
        click.echo(str(out / f"{called}{made.suffix}"))


# ---------------------------------------------------------------- what is shown


def _templates(home: Path) -> tuple[Path, ...]:
    """The built-in templates, and the office's own where there is an office."""
    from processor.flows.house import SETTINGS, read_settings, template_folders, templates_folder  # noqa: PLC0415

    if home == Path() and not (home / SETTINGS).is_file():
        return (templates_folder(),)
    return template_folders(read_settings(home))


def _checked(home: Path) -> tuple[Checked, ...]:
    """All forms, their blanks opened in a child: an office may have got one from anywhere."""
    from processor.flows import forms as flow  # noqa: PLC0415
    from processor.workers import once  # noqa: PLC0415

    checked: tuple[Checked, ...] = once(flow.check_all, _templates(home))
    return checked


def _named(known: tuple[Checked, ...], name: str) -> Checked:
    for found in known:
        if found.folder.name == name:
            return found
    raise Wrong(f"There is no form {name}.", do="There are: " + ", ".join(found.folder.name for found in known) + ".")


def _row(found: Checked) -> dict[str, Any]:
    form = found.form
    check = "complete" if not found.missing else f"{len(found.missing)} to put right"
    if form is None:
        return {"name": found.folder.name, "title": "", "version": "", "pages": 0, "fields": 0, "check": check}
    fields = sum(1 for _ in _boxes(form))
    return {
        "name": form.name,
        "title": form.title,
        "version": form.version,
        "pages": len(form.pages),
        "fields": fields,
        "check": check,
    }


def _about(form: Form) -> dict[str, Any]:
    return {
        "form": form.name,
        "title": form.title,
        "version": form.version,
        "kind": form.kind.value,
        "program": form.program,
    }


def _boxes(form: Form) -> Iterator[dict[str, Any]]:
    """Each box of a form: a field's, and a table's with its row (from 1) and column."""
    for field in form.fields:
        yield from _box(field, {"reading": field.name})
    for table in form.tables:
        for number, row in enumerate(table.rows, start=1):
            for field in row:
                place = {"table": table.name, "row": number, "column": field.name}
                yield from _box(field, {"reading": f"{table.name}[{number}].{field.name}"} | place)


def _box(field: Field, reading: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for spot in field.spots:
        shown = reading | {"widget": spot.widget, "kind": _kind(field), "page": spot.page}
        shown["box"] = [round(v, 2) for v in spot.box]
        if spot.comb:
            shown["comb"] = spot.comb
        if spot.value:
            shown["value"] = spot.value
        if spot.means:
            shown["means"] = spot.means
        yield shown


def _told(box: dict[str, Any]) -> str:
    """The kind of a box for a person: `text, 10 cells`, `tick, low`."""
    cells = f"{box['comb']} cells" if "comb" in box else ""
    return ", ".join(filter(None, (box["kind"], cells, box.get("means", ""))))


def _kind(field: Field) -> str:
    if field.kind in (FieldKind.TICK, FieldKind.CHOICE):
        return "tick"
    return "signature" if field.kind is FieldKind.SIGNATURE else "text"
