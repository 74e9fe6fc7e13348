"""`secor calibrate`: how certain recognised texts are, learned from labelled papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import print_json, print_table, progress, say

if TYPE_CHECKING:
    from datetime import date

    from processor.reading.learning import Sample, Tally


@click.command()
@click.argument(
    "folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER…"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option(
    "--target",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.001,
    show_default=True,
    help="The share of sure texts that may be wrong, on typed pages.",
)
@click.option(
    "--by-hand",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.003,
    show_default=True,
    help="The same on pages written by hand.",
)
@click.option("--ablation", is_flag=True, help="Show as well what each family of cues is good for.")
@office_option
@day_option
@json_option
def calibrate(  # noqa: PLR0913, PLR0917 - one for each option
    folders: tuple[Path, ...],
    out: Path,
    target: float,
    by_hand: float,
    home: Path,
    day: date,
    *,
    ablation: bool,
    as_json: bool,
) -> None:
    """Learn from the labelled papers in FOLDER… from when on a recognised text is sure, and write that to a file.

    Make papers with `secor forms twin FORM --family calibrate --out FOLDER`. An office's own certainty.toml lies in
    its templates folder, beside forms/, and takes the place of the built-in one.

    Example: secor calibrate papers --out templates/certainty.toml
    """
    from processor.flows import calibrating, office  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.house import SETTINGS, read_settings  # noqa: PLC0415
    from processor.reading.certainty import Style  # noqa: PLC0415
    from processor.reading.learning import learned, told  # noqa: PLC0415
    from processor.settings import Settings  # noqa: PLC0415

    targets = {Style.TYPED: target, Style.BY_HAND: by_hand}
    papers = calibrating.labelled(folders)
    settings = read_settings(home) if (home / SETTINGS).exists() else Settings()
    with office.crew_for(settings) as crew, progress("Reading", len(papers)) as step:
        texts: list[Sample] = []
        for found in calibrating.samples(crew, papers, settings.work):
            texts += found
            step()
    calibration = learned(texts, targets)
    out.write_text(calibrating.written(calibration, texts, day, papers=len(papers), targets=targets), "utf-8")
    rows = [_row(f"{group}, {channel}", tally) for group, channel, tally in calibrating.by_channel(texts, calibration)]
    rows.append(_row("all", told(texts, calibration)))
    if ablation:
        rows += [_row(f"all, without {one.family}", one.tally) for one in calibrating.ablations(texts, targets)]
    if as_json:
        print_json({"papers": len(papers), "targets": targets, "out": str(out), "texts": rows})
        return
    print_table(("texts", "count", "asked", "wrong and sure"), [list(row.values()) for row in rows])
    say(f"Written to {out}. It is used when it lies in an office's templates folder.")


def _row(name: str, tally: Tally) -> dict[str, object]:
    return {"of": name, "count": tally.count, "asked": tally.asked, "wrong": tally.wrong}
