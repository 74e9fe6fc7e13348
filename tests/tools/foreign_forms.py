"""Forms of strangers, taken as an office would: `python -m tests.tools.foreign_forms FILLED.pdf…`.

Each filled PDF is made blank again, drafted as `secor forms add` drafts it, and every box of it read as text, tick or
signature. The filled one is then printed, sent by every channel and read, and what is read is compared with what its
boxes hold.
"""

from __future__ import annotations

import argparse
import io
import os
import re
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import pikepdf
from pikepdf import Name

from processor import pages
from processor.flows import reading
from processor.flows.house import templates_folder
from processor.forms.draft import draft_toml
from processor.twin.chance import Family
from processor.twin.channels import Channel
from tests.papers.treatments import printed, scanned
from tests.tools.scans.judging import Outcome, outcome
from tests.tools.scans.report import Sum

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"^# \w+ = \{ kind = \"(\w+)\".*?widget = (\"[^\"]*\")", re.MULTILINE)
_MARKS = ("tick", "signature")
_PAGE = re.compile(r"words = \[\]\s+# phrases that only this page prints, such as “([^”]*)”")


def blank(data: bytes) -> bytes:
    """The same PDF with its boxes emptied, and without what was drawn over it."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/XFA" in pdf.Root.AcroForm:
            del pdf.Root.AcroForm["/XFA"]
        for page in pdf.pages:
            page.Annots = pdf.make_indirect(
                pikepdf.Array(one for one in page.get("/Annots", []) if one.get("/Subtype") == Name.Widget)
            )
            for one in page.Annots:
                _emptied(one)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def _emptied(widget: pikepdf.Object) -> None:
    node: pikepdf.Object | None = widget
    kind = None
    while node is not None:
        kind = kind or node.get("/FT")
        if "/V" in node:
            del node["/V"]
        node = node.get("/Parent")
    if "/AS" in widget:
        widget.AS = Name.Off
    if kind == Name.Tx and "/AP" in widget:
        del widget["/AP"]


def declared(name: str, data: bytes) -> str:
    """The form.toml of a blank: its draft, with every box in force and called by its number."""
    with pages.open(data, max_pages=20) as paper:
        draft = draft_toml(name, paper.paper.pages)
    head = _PAGE.sub(lambda found: f'words = ["{found[1]}"]', draft).partition("[fields]")[0]
    head = head.replace('kind = "registration"', 'kind = "other"')
    boxes = enumerate(_LINE.findall(draft), start=1)
    lines = [
        f'box{n} = {{ kind = "{kind if kind in _MARKS else "text"}", widget = {widget} }}'
        for n, (kind, widget) in boxes
    ]
    return "\n".join([head, "[fields]", *lines, ""])


def judged(name: str, data: bytes, channel: Channel, family: Family) -> tuple[Counter[str], Counter[str]]:
    """Outcomes of the texts and of the ticks of one filled form, sent by a channel."""
    true = next(d for d in reading.read_paper(name, data, 64, 20).documents if d.form == name)
    sent = scanned(printed(data), channel, family)
    documents = [d for d in reading.read_paper(name, sent, 64, 20).documents if d.form == name]
    texts: Counter[str] = Counter()
    ticks: Counter[str] = Counter()
    for one in true.readings:
        read = documents[0][one.name] if documents else None
        right = read is not None and "".join(str(read.value or "").split()) == "".join(str(one.value or "").split())
        what = Outcome.LOST if read is None else outcome(read.state, right=right)
        (ticks if isinstance(one.value, bool) else texts)[what] += 1
        if what is Outcome.WRONG and read is not None:
            print(f"    {name} {channel} {one.name}: {read.value!r} for {one.value!r}", flush=True)
    return texts, ticks


def known(several: list[Path], home: Path) -> Iterator[tuple[str, bytes]]:
    """Each form that can be used, with its filled PDF; its folder is written."""
    for path in several:
        name = re.sub(r"\W+", "-", path.stem.lower())
        folder = home / "forms" / name
        folder.mkdir(parents=True)
        empty = blank(path.read_bytes())
        (folder / "blank.pdf").write_bytes(empty)
        (folder / "form.toml").write_text(declared(name, empty), encoding="utf-8")
        yield name, path.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, nargs="+")
    parser.add_argument("--family", type=Family, default=Family.REPORT)
    asked = parser.parse_args()
    os.nice(10)
    cv2.setNumThreads(1)
    with tempfile.TemporaryDirectory(prefix="secor-foreign-") as scratch:
        papers = list(known(asked.papers, Path(scratch)))
        reading.prepare((templates_folder(), Path(scratch)))
        for channel in Channel:
            texts: Counter[str] = Counter()
            ticks: Counter[str] = Counter()
            start = time.process_time()
            for name, data in papers:
                of_texts, of_ticks = judged(name, data, channel, asked.family)
                texts += of_texts
                ticks += of_ticks
            spent = (time.process_time() - start) / len(papers)
            for what, found in (("texts", texts), ("ticks", ticks)):
                exact, wrong, left = Sum(found).cells()
                print(
                    f"{channel:12} {what}: exact {exact}; wrong and sure {wrong}; asked {left}; {spent:.1f} s a paper"
                )


if __name__ == "__main__":
    main()
