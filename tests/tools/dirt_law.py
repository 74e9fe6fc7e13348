"""Dirt is no writing: `python -m tests.tools.dirt_law --seed 1 [--zones 1000] [--keep DIR]`.

Blank forms are soiled in so many of their boxes with smudges, rings of coffee, shadows of staples, ruled lines, specks
and shades, scanned, faxed or photographed, and read. A sure value, tick or signature breaks the law: it is printed, its
picture is kept, and the exit code is 1. To be asked about dirt is no break.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from processor.flows import reading
from processor.flows.debugging import Watch, reading_at
from processor.flows.house import templates_folder
from processor.model import State
from processor.twin.chance import Family, draws, one_of
from processor.twin.channels import Channel, send
from processor.twin.files import Pack, packed
from processor.twin.filling import blanks
from processor.twin.twin import known
from tests.imaging.dirt import DIRT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.forms.form import Form
    from processor.model import Box, Document
    from processor.twin.ink import Grey

FORMS = ("csam-registration", "scsa-registration", "csam-audit", "scsa-audit")
KINDS = tuple(kind for kind in DIRT if kind != "nothing")
A_PAGE = 8
"""Boxes that are soiled on one page: more, and no page would be known again."""
_FINE = 200
"""Dots an inch in which dirt is drawn."""


class Page(NamedTuple):
    """A soiled page of a blank form."""

    form: Form
    number: int
    dirt: dict[str, str]
    """By the path of a box: what lies in it."""
    data: bytes
    called: str


def soiled(seed: int, family: Family) -> Iterator[Page]:
    """Pages without end, from a seed."""
    count = 0
    while True:
        rng = draws("dirt", seed, count)
        form, blank = known(FORMS[count % len(FORMS)])
        number = int(rng.integers(len(form.pages))) + 1
        channel = tuple(Channel)[count % len(Channel)]
        boxes = [(path, s.box) for path, one in form.paths() for s in one.spots if s.page == number]
        chosen = [boxes[place] for place in rng.permutation(len(boxes))[:A_PAGE]]
        layer = _layer(form, number)
        dirt = {}
        for path, box in chosen:
            dirt[path] = one_of(KINDS, rng)
            DIRT[dirt[path]](layer, _place(box), rng)
        page = _under(layer, blanks(blank, len(form.pages))[number - 1])
        data = packed([send(page, channel, family, rng)], Pack.PDF)
        yield Page(form, number, dirt, data, f"{form.name}-{number}-{channel}-{seed}-{count}")
        count += 1


def _layer(form: Form, number: int) -> Grey:
    wide, high = form.pages[number - 1]
    return np.full((round(high * _FINE / 72), round(wide * _FINE / 72)), 255, np.uint8)


def _place(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(v * _FINE / 72) for v in box)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def _under(layer: Grey, page: Grey) -> Grey:
    """The page with what lies on it."""
    large = cv2.resize(layer, page.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(page.astype(np.float32) * large / 255, np.uint8)


def claims(form: Form, number: int, document: Document) -> Iterator[tuple[str, str, State]]:
    """Everything that a page of an empty form is read to say, sure or not."""
    for path, one in form.paths():
        if one.spots and one.spots[0].page == number:
            read = reading_at(document, path)
            if read.state is State.SURE and read.value not in (None, False):
                yield path, str(read.value), State.SURE
            elif read.state is State.UNSURE:
                yield path, str(read.value), State.UNSURE


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--zones", type=int, default=1000)
    parser.add_argument("--family", type=Family, default=Family.TUNE)
    parser.add_argument("--keep", type=Path, help="where pictures of what breaks the law are put")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    reading.prepare((templates_folder(),))
    total: Counter[str] = Counter()
    for page in soiled(asked.seed, asked.family):
        if total["zones"] >= asked.zones:
            break
        total.update(_read(page, asked.keep))
    print(
        f"seed {asked.seed}: {total['zones']} soiled boxes on {total['pages']} pages ({total['unknown']} not known),"
        f" {total['boxes']} boxes in all: {total['sure']} sure values, {total['unsure']} asked about"
    )
    return 1 if total["sure"] else 0


def _read(page: Page, keep: Path | None) -> Counter[str]:
    """What came of a page."""
    watch = Watch()
    documents = reading.read_paper(page.called, page.data, 64, 5, watch).documents
    found = Counter({"pages": 1, "zones": len(page.dirt)})
    own = [document for document in documents if document.form == page.form.name]
    found["unknown"] = not own
    for document in own:
        found["boxes"] += sum(1 for _, one in page.form.paths() if one.spots and one.spots[0].page == page.number)
        for path, value, state in claims(page.form, page.number, document):
            found[state.value] += 1
            if state is State.SURE:
                print(f"{page.called}: {path} is {value!r} by {page.dirt.get(path, 'what lies beside')}", flush=True)
                if keep is not None:
                    _picture(page, path, watch, keep)
    return found


def _picture(page: Page, path: str, watch: Watch, keep: Path) -> None:
    """The box and what is around it, as it was laid onto the blank."""
    keep.mkdir(parents=True, exist_ok=True)
    (keep / f"{page.called}.pdf").write_bytes(page.data)
    laid = watch.laid.get(1)
    box = next(one.spots[0].box for name, one in page.form.paths() if name == path)
    if laid is not None:
        scale = laid.lies.plate.dpi / 72
        left, top, right, bottom = (round(v * scale) for v in box)
        part = laid.inked.page[max(top - 60, 0) : bottom + 60, max(left - 60, 0) : right + 60]
        cv2.imwrite(str(keep / f"{page.called}-{path}.png"), part)


if __name__ == "__main__":
    sys.exit(main())
