"""Papers in numbers, for the command line: each made in a limited child, since a blank may be a stranger's."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from processor.twin.chance import Family
from processor.twin.channels import Channel
from processor.twin.hands import Writing
from processor.twin.twin import Wanted, paper
from processor.workers import Isolated, Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from processor.twin.twin import Made


def wanted(count: int, family: str, channels: Sequence[str], pens: Sequence[str], seed: int) -> Iterator[Wanted]:
    """So many papers, seeds counting up: channel after channel, and then the next pen."""
    for n in range(count):
        channel, writing = channels[n % len(channels)], pens[n // len(channels) % len(pens)]
        yield Wanted(seed + n, Family(family), Writing(writing), Channel(channel))


def made(form: str, templates: tuple[Path, ...], papers: Iterable[Wanted]) -> Iterator[tuple[str, Made]]:
    """Each paper with its name, in order. Raises `UnreadablePaper` when the blank cannot be drawn."""
    several = tuple(papers)
    with Isolated(workers=min(len(several), os.cpu_count() or 1)) as crew:
        for result in crew.run(Job(one.called, paper, (form, templates, one)) for one in several):
            if result.refused is not None:
                raise result.refused
            yield result.key, result.value
