"""From labelled papers to a calibration: each is read in a child as any paper, and compared with its truth.

A labelled paper is a file with its truth beside it, as `secor forms twin` writes them: `A.tif`, `A.truth.json`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from processor import pages
from processor.contract import document_of
from processor.errors import SetupBroken, Wrong
from processor.flows import debugging, reading
from processor.reading.certainty import FAMILIES, toml
from processor.reading.learning import Sample, learned, told
from processor.reading.texts import meaning
from processor.reading.weighing import weighed
from processor.workers.crew import Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from processor.forms.form import FieldKind
    from processor.model import Document
    from processor.reading.certainty import Calibration, Style
    from processor.reading.learning import Tally
    from processor.reading.weighing import WeighedText
    from processor.settings import Work
    from processor.workers.crew import Crew

_TRUTH = ".truth.json"


class Labelled(NamedTuple):
    """A paper and what is true of it."""

    paper: Path
    truth: Path


class Ablation(NamedTuple):
    """What becomes of the texts when a family of cues is left out."""

    family: str
    tally: Tally


def labelled(folders: Iterable[Path]) -> tuple[Labelled, ...]:
    """The labelled papers in these folders, by name. Raises `Wrong` where there is none."""
    found = [
        Labelled(paper, truth)
        for folder in folders
        for truth in sorted(folder.glob(f"*{_TRUTH}"))
        for paper in sorted(folder.glob(f"{truth.name.removesuffix(_TRUTH)}.*"))
        if paper != truth
    ]
    if not found:
        raise Wrong(
            "There is no labelled paper: a file with its .truth.json beside it.",
            do="Make some: secor forms twin FORM --family calibrate --out FOLDER.",
        )
    return tuple(found)


def samples(crew: Crew, papers: Iterable[Labelled], work: Work) -> Iterator[tuple[Sample, ...]]:
    """The texts of each paper, in order; a paper that cannot be read has none."""
    jobs = (
        Job(one.paper.name, sampled, (one.paper.name, one.paper.read_bytes(), one.truth.read_text("utf-8"), work.pages))
        for one in papers
    )
    for result in crew.run(jobs):
        yield () if result.refused is not None else result.value


def written(
    calibration: Calibration, found: Sequence[Sample], day: date, *, papers: int, targets: Mapping[Style, float]
) -> str:
    """The text of its file, which says from what it was made."""
    tally = told(found, calibration)
    aims = {f"target-{style}": target for style, target in targets.items()}
    notes = {"papers": papers, "texts": tally.count, "asked": tally.asked, "wrong": tally.wrong, **aims}
    return toml(calibration, day, notes)


def ablations(found: Sequence[Sample], targets: Mapping[Style, float]) -> Iterator[Ablation]:
    """What becomes of the texts without each family of cues."""
    for family, cues in FAMILIES.items():
        yield Ablation(family, told(found, learned(found, targets, without=cues)))


def by_channel(found: Sequence[Sample], calibration: Calibration) -> Iterator[tuple[str, str, Tally]]:
    """Of each group of kinds and channel: what becomes of its texts."""
    for group, channel in sorted({(one.quick.group, one.quick.channel) for one in found}):
        own = [one for one in found if (one.quick.group, one.quick.channel) == (group, channel)]
        yield group.value, channel, told(own, calibration)


# ---------------------------------------------------------------- in the child


def sampled(name: str, data: bytes, truth: str, max_pages: int) -> tuple[Sample, ...]:
    """The texts of a paper, each read by both models and compared with what is true. Raises `UnreadablePaper`."""
    true = _truth(name, truth)
    with pages.open(data, max_pages=max_pages) as paper:
        steps = weighed(paper.paper.pages, reading.known_forms(), reading.known_blanks())
        texts = reading.answered(paper, reading.known_recogniser(), steps)
    return tuple(_sample(name, text, true) for text in texts if text.form == true.form)


def _truth(name: str, text: str) -> Document:
    try:
        return document_of(json.loads(text))
    except (ValueError, KeyError, TypeError) as wrong:
        raise SetupBroken(f"The truth of {name} cannot be read.", do="Write it anew: secor forms twin.") from wrong


def _sample(paper: str, text: WeighedText, true: Document) -> Sample:
    written = debugging.reading_at(true, text.path).raw
    one = text.weighed
    return Sample(
        paper=f"{text.form}/{paper}",
        quick=one.quick,
        quick_right=_right(text.kind, one.quickly, written),
        both=one.cues,
        both_right=_right(text.kind, one.carefully, written),
    )


def _right(kind: FieldKind, read: str, written: str) -> bool:
    return meaning(kind, read) == meaning(kind, written)
