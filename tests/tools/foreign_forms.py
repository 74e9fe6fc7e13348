"""Forms of strangers, taken as an office would: `python -m tests.tools.foreign_forms FILLED.pdf…`.

Each filled PDF is made blank again, drafted as `secor forms add` drafts it, and every box of it read as text, tick or
signature. The filled one is then printed, sent by every channel and read, and what is read is compared with what its
boxes hold.
"""

from __future__ import annotations

import argparse
import io
import re
import tempfile
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
    from processor.model import Document, Reading

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


def judged(name: str, data: bytes, true: Document, channel: Channel, family: Family) -> dict[str, Counter[str]]:
    """Outcomes of the texts, of the marks and of the page of one filled form, sent by a channel."""
    sent = scanned(printed(data), channel, family)
    document = next((d for d in reading.read_paper(name, sent, 64, 20).documents if d.form == name), None)
    found: dict[str, Counter[str]] = {"texts": Counter(), "marks": Counter()}
    found["form"] = Counter([Outcome.LOST if document is None else Outcome.RIGHT])
    for one in true.readings:
        read = None if document is None else document[one.name]
        right = read is not None and _plain(read) == _plain(one)
        what = Outcome.LOST if read is None else outcome(read.state, right=right)
        found["marks" if isinstance(one.value, bool) else "texts"][what] += 1
        if what is Outcome.WRONG and read is not None:
            print(f"    {name} {channel} {one.name}: {read.value!r} for {one.value!r}", flush=True)
    return found


def _plain(one: Reading) -> str:
    return "".join(str(one.value or "").split())


def known(path: Path, home: Path) -> tuple[str, bytes]:
    """The name of the form that a filled PDF is, its folder written, and the PDF."""
    name = re.sub(r"\W+", "-", path.stem.lower())
    folder = home / "forms" / name
    folder.mkdir(parents=True)
    empty = blank(path.read_bytes())
    (folder / "blank.pdf").write_bytes(empty)
    (folder / "form.toml").write_text(declared(name, empty), encoding="utf-8")
    return name, path.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path, nargs="+")
    parser.add_argument("--family", type=Family, default=Family.REPORT)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    total: dict[tuple[str, str], Counter[str]] = {}
    for path in asked.papers:
        with tempfile.TemporaryDirectory(prefix="secor-foreign-") as scratch:
            name, data = known(path, Path(scratch))
            reading.prepare((templates_folder(), Path(scratch)))
            true = next((d for d in reading.read_paper(name, data, 64, 20).documents if d.form == name), None)
            if true is None:
                print(f"{name}: not known again as the fillable PDF that it is")
                continue
            for channel in Channel:
                for what, counted in judged(name, data, true, channel, asked.family).items():
                    total.setdefault((what, channel), Counter()).update(counted)
                    total.setdefault((what, "all"), Counter()).update(counted)
    for (what, key), found in sorted(total.items()):
        exact, wrong, left = Sum(found).cells()
        print(f"{what} {key}: exact {exact}; wrong and sure {wrong}; asked {left}")


if __name__ == "__main__":
    main()
