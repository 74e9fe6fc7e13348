"""A page as the other readers get it: laid onto its blank, the zones that we cut, and where each box is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import cv2

from processor.flows.debugging import reading_at
from processor.model import State
from processor.reading.zones import boxes as boxes_of
from processor.reading.zones import shown
from processor.twin.hands import Writing
from tests.tools.scans.judging import Group, Outcome, group_of, outcome, same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from processor.flows.debugging import LaidPage
    from processor.model import Document, Reading
    from processor.twin.truth import Truth
    from tests.tools.scans.papers import Wanted


def write_sheet(  # noqa: PLR0917 - a page, what is true of it, and what we read
    folder: Path, one: Wanted, page: LaidPage, documents: Sequence[Document], truth: Truth, seconds: float
) -> None:
    """Write `page.png`, `zone-….png` and `sheet.json`: every box of figures or words in which something is written."""
    folder.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(folder / "page.png"), page.inked.page)
    plan, number = page.claim
    scale = page.lies.plate.dpi / 72
    there = shown(page.lies, plan.fields[number])
    zones = {box.spot: box.zone.lines for box in boxes_of(page.inked, there)}
    lowered = truth.made["writing"] == Writing.PRINT
    ours = next((document for document in documents if document.form == plan.form.name), None)
    boxes: list[dict[str, Any]] = []
    for path, field in plan.form.paths():
        true = reading_at(truth.document, path)
        spots = [spot for spot in field.spots[:1] if spot.page == number]
        if not spots or group_of(field, path, empty=true.state is State.BLANK) not in (Group.FIGURES, Group.WORDS):
            continue
        files = [f"zone-{len(boxes):03}-{n}.png" for n in range(len(zones.get(spots[0], ())))]
        for name, picture in zip(files, zones.get(spots[0], ()), strict=True):
            cv2.imwrite(str(folder / name), picture)
        boxes.append(
            {
                "path": path, "kind": field.kind, "true": true.value and str(true.value), "comb": spots[0].comb,
                "box": [round(v * scale, 1) for v in spots[0].box], "zones": files,
                "ours": _became(ours, path, true, lowered=lowered),
            }
        )  # fmt: skip
    told = {**one._asdict(), "lowered": lowered, "seconds": seconds / len(truth.sheets), "boxes": boxes}
    (folder / "sheet.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def _became(ours: Document | None, path: str, true: Reading, *, lowered: bool) -> Outcome:
    """What became of our reading of a box."""
    if ours is None:
        return Outcome.LOST
    read = reading_at(ours, path)
    return outcome(read.state, right=same(read.value, true.value, lowered=lowered)[0])
