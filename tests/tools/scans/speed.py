"""What a page costs from the bytes of a TIFF to readings, beside the least that any such reading must do.

The floor: decode, find the page, lay it onto the blank, cut its inked boxes, recognise them once (studies/scans.md 9).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from processor import pages
from processor.flows import reading
from processor.flows.debugging import Watch, reading_at
from processor.forms.form import FieldKind
from processor.imaging import plane
from processor.imaging.codes import codes
from processor.imaging.fitting import fitted, laid
from processor.imaging.ink import inked
from processor.imaging.light import bilevel, flattened
from processor.imaging.zones import zone
from processor.model import Box, Recognise, Scan, State, Word
from processor.ocr.recogniser import Recogniser
from processor.reading.looking import marks_only
from processor.twin.channels import Channel
from processor.twin.files import Pack
from processor.twin.hands import Writing
from processor.twin.twin import Twin, known
from tests.tools.scans.judging import Group, group_of
from tests.tools.scans.papers import AUDITS, FILE_MB, MAX_PAGES
from tests.tools.scans.peers import environment, exact, has_tesseract, placed, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from processor.forms.form import Form
    from processor.model import Document
    from processor.twin.chance import Family
    from processor.twin.twin import Made

FORM = "csam-registration"
_TIMES, _DPI = 7, 300
_LARGE = (Channel.SCAN300, Channel.PHOTO)
"""By which an audit of seven pages is sent besides."""


def measured(family: Family, seed: int, work: Path, peers: Path) -> dict[str, Any]:
    """Seconds of the processor for a typed page and one filled by hand, ours and the floor; ocrmypdf's; and memory."""
    form, blank = known(FORM)
    found: dict[str, Any] = {"fields": sum(1 for _, one in form.paths() for spot in one.spots if spot.page == 1)}
    for pen in (Writing.TYPED, Writing.HAND):
        made = Twin(
            form=form, blank=blank, seed=seed, family=family, writing=pen, channel=Channel.SCAN300,
            pages=(1,), pack=Pack.TIFF, extras=(),
        ).made()  # fmt: skip
        scan = work / f"speed-{pen}.tif"
        scan.write_bytes(made.data)
        document = reading.read_paper(scan.name, made.data, FILE_MB, MAX_PAGES).documents[0]
        found[pen.value] = {
            "ours": _least(partial(reading.read_paper, "page", made.data, FILE_MB, MAX_PAGES)),
            "floor": _least(_floor(form, made.data)),
            "ocrmypdf": _ocrmypdf(scan, form, made, work, peers),
            **_exact_of_ours(form, document, made),
        }
    return {**found, "memory": _memory(family, seed, work)}


def _memory(family: Family, seed: int, work: Path) -> dict[str, int]:
    """The peak of a process of its own that reads papers of every channel, and an audit."""
    files = []
    for place, channel in enumerate(Channel):
        for name in (FORM, AUDITS[0]) if channel in _LARGE else (FORM,):
            form, blank = known(name)
            made = Twin(form=form, blank=blank, seed=seed + place, family=family, channel=channel).made()
            file = work / f"memory-{name}-{channel}{made.suffix}"
            file.write_bytes(made.data)
            files.append(str(file))
    command = [sys.executable, "-m", "tests.tools.scans.memory", *files]
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, int] = json.loads(said.stdout)
    return told


def _least(step: Callable[[], object]) -> float:
    """The least seconds of several times, after one that opens models and blanks."""
    step()
    taken = []
    for _ in range(_TIMES):
        before = time.process_time()
        step()
        taken.append(time.process_time() - before)
    return min(taken)


def _floor(form: Form, data: bytes) -> Callable[[], object]:
    """The bare steps, on the first page of the form."""
    plate = reading.known_blanks()[form.name, 1]
    recogniser = Recogniser()
    spots = [
        spot
        for _, one in form.paths()
        for spot in one.spots
        if spot.page == 1 and not marks_only(one) and one.kind is not FieldKind.SIGNATURE
    ]

    def steps() -> object:
        with pages.open(data, max_pages=1) as paper:
            picture = paper.scan(Scan(1))
        even = flattened(picture.pixels)
        fit = fitted(plate, even, codes(picture.pixels, picture.dpi))
        assert fit is not None
        page = inked(laid(fit, even, plate.dpi), plate.pixels, plate.dpi, bilevel=bilevel(picture.pixels))
        found = [zone(page, s.box, s.comb, multiline=s.multiline).lines for s in spots]
        return recogniser.lattices(Recognise(tuple(line for lines in found for line in lines)))

    return steps


def _written(form: Form, made: Made) -> list[dict[str, Any]]:
    """The boxes of figures and words in which something is written."""
    written = []
    for path, one in form.paths():
        true = reading_at(made.truth.document, path)
        group = group_of(one, path, empty=true.state is State.BLANK)
        if one.spots and one.spots[0].page == 1 and group in (Group.FIGURES, Group.WORDS):
            written.append(
                {
                    "path": path,
                    "kind": one.kind,
                    "comb": one.spots[0].comb,
                    "true": str(true.value),
                    "box": one.spots[0].box,
                }
            )
    return written


def _exact_of_ours(form: Form, document: Document, made: Made) -> dict[str, int]:
    written = _written(form, made)
    right = [exact(str(document[one["path"]].value or ""), one, lowered=False) for one in written]
    return {"written": len(written), "exact": sum(right)}


def _on_blank(words: Iterable[Word], made: Made) -> Iterator[Word]:
    """Words where they stand on the blank: the page as it came lies askew, and their boxes would hold labels."""
    watch = Watch()
    reading.read_paper("page", made.data, FILE_MB, MAX_PAGES, watch)
    back = np.asarray(np.linalg.inv(watch.laid[1].lies.fit.matrix), np.float64)
    for each in words:
        (x, y), (wide, high) = each.box.centre, (each.box.width / 2, each.box.height / 2)
        ((across, down),) = plane.applied(back, np.array([[x, y]]) * _DPI / 72)
        yield Word(each.text, Box(across - wide, down - high, across + wide, down + high))


def _ocrmypdf(scan: Path, form: Form, made: Made, work: Path, peers: Path) -> dict[str, Any] | None:
    """Its seconds and exact fields, by our boxes; None where it cannot be installed or fails."""
    python = environment(peers) if has_tesseract() else None
    if python is None:
        return None
    out = work / "ocrmypdf.json"
    script = Path(__file__).parent / "peer_ocrmypdf.py"
    done = subprocess.run([str(python), str(script), str(out), str(scan), "3"], check=False, capture_output=True)
    if done.returncode:
        sys.stderr.write(done.stderr.decode(errors="replace")[-2000:])
        return None
    told = json.loads(out.read_text("utf-8"))
    written = _written(form, made)
    texts = placed(_on_blank(map(word, told["words"]), made), written)
    right = [exact(texts.get(one["path"], ""), one, lowered=False) for one in written]
    return {"seconds": told["seconds"], "exact": sum(right)}
