"""Laws of scans and of answers, on many made papers: `python -m tests.tools.metamorphic [--pages 40] [--samples 8]`.

Turning, scaling, faxing, compressing and stamping never change a sure value into another. A stranger's page never turns
a refusal into a certificate. The same papers joined, split and in another order come to the same answer, or somebody is
asked. What breaks a law is printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import sys
from itertools import cycle, islice, product
from typing import TYPE_CHECKING

import cv2

from processor.twin.chance import Family, draws
from processor.twin.channels import Channel
from processor.twin.hands import Writing
from tests.papers.office import staff
from tests.papers.recipe import recipe, samples
from tests.tools.laws.answers import (
    answer,
    beside,
    in_another_order,
    joined,
    pages_mixed,
    papers,
    split,
    strangers,
    within,
)
from tests.tools.laws.ways import WAYS, compared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.papers.office import Staff

FORMS = ("csam-registration", "scsa-registration", "csam-audit", "scsa-audit")
CHANNELS = (Channel.SCAN300, Channel.SCAN200, Channel.SCAN150, Channel.FAX_FINE)
STRICT = {"in another order": in_another_order, "joined": joined, "pages mixed": pages_mixed}
"""These must come to the very same answer. A paper that is cut in two, or mixed with another of its form, may be asked
about."""
REFUSED = ("asks/auditor-unsigned", "asks/unsigned", "asks/interim-card", "asks/score-blank", "asks/page-missing")


def scans(pages: int, seed: int, family: Family) -> Iterator[str]:
    """What breaks the law of scans on so many pages."""
    kinds = [(w, f, c) for c, f, w in product(CHANNELS, FORMS, Writing)]
    count = 0
    for number, (writing, form, channel) in enumerate(islice(cycle(kinds), pages)):
        for one in compared(form, seed + number, writing, channel, family):
            count += 1
            if not one.holds:
                yield f"{one.paper}: {one.way}: {one.path}: {one.before!r} became {one.after!r}"
    print(f"{count:,} values of {pages} pages were sure before and after, in {len(WAYS)} ways", flush=True)


def orders(name: str, seed: int, team: Staff) -> Iterator[str]:
    """What breaks the law of order for the papers of a sample."""
    several = papers(name)
    plain = answer(name, several, team)
    bound = any(len(one.papers) > 1 for one in several)
    for way, step in STRICT.items():
        now = answer(name, step(several, draws("laws", name, way, seed)), team)
        if now.decides_otherwise(plain) if bound else now != plain:
            yield f"{name}: {way}: {plain} became {now}"
    now = answer(name, split(several, draws("laws", name, "split", seed)), team)
    if now.decides_otherwise(plain):
        yield f"{name}: split: {plain} became {now}"


def refusals(name: str, seed: int, team: Staff) -> Iterator[str]:
    """What breaks the law of strangers' pages for a sample that is refused."""
    several = papers(name)
    for what, page in strangers().items():
        for how, files in (
            ("beside", beside(several, page)),
            ("within", within(several, page, draws("laws", name, what, seed))),
        ):
            if answer(name, files, team).certified:
                yield f"{name}: {what} {how} brought a certificate"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=48, help="pages that are sent on in every way")
    parser.add_argument("--samples", type=int, default=8, help="of those that pass, and of those that are refused")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--family", type=Family, default=Family.TUNE)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    broken = []
    for said in _all(asked):
        print(said, flush=True)
        broken.append(said)
    print(f"{asked.pages} pages, {asked.samples} samples of each sort: {len(broken)} breaks")
    return 1 if broken else 0


def _all(asked: argparse.Namespace) -> Iterator[str]:
    yield from scans(asked.pages, asked.seed, asked.family)
    if asked.samples:
        passes = [name for name in samples() if name.startswith("passes/") and _at_once(name)]
        refused = [*(name for name in samples() if name.startswith("falls-short/")), *REFUSED]
        with staff(workers=1) as team:
            for name in _some(passes, asked.samples, asked.seed):
                yield from orders(name, asked.seed, team)
            for name in _some(refused, asked.samples, asked.seed):
                yield from refusals(name, asked.seed, team)


def _at_once(name: str) -> bool:
    """Whether all papers of a sample come on one day; of one that corrects another, the later one holds."""
    return len({paper.comes for paper in recipe(name).papers}) == 1


def _some(names: list[str], count: int, seed: int) -> list[str]:
    """So many of them, drawn by the seed."""
    order = draws("laws", "samples", seed).permutation(len(names))
    return [names[place] for place in order[:count]]


if __name__ == "__main__":
    sys.exit(main())
