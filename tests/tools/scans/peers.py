"""The same pages read by Tesseract and by RapidOCR, with our boxes and our parsers: what each makes of every field.

Each runs as a program of its own; one that cannot be installed is named so.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from processor.forms.form import FieldKind
from processor.model import Box, Word
from processor.reading.values import parse
from tests.tools.scans.judging import Outcome, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_HERE = Path(__file__).parent
_REACH = 3.0
"""Pixels by which a box is grown before words are counted into it."""
_LINE = 55.0
"""Pixels at 200 dots an inch between two lines of a box for several, about: others are lower than two of these."""
_FRAMES = str.maketrans("", "", "|[]{}_\\")
"""What a reader of whole pages makes of the frames of boxes and cells, and no value holds."""
_ONE_THREAD = {**os.environ, "OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
"""Left to itself Tesseract's threads wait for each other: studies/scans.md 10, trap 1."""


PACKAGES = ("rapidocr==3.10.0", "onnxruntime", "ocrmypdf", "pdfplumber")


class Heard(NamedTuple):
    """What a reader makes of a page: a text for each path, and its seconds of the processor."""

    texts: dict[str, str]
    seconds: float


def environment(home: Path) -> Path | None:
    """The Python of the environment with the peers' packages, made when there is none; None when it cannot be."""
    python, done = home / "bin" / "python", home / "installed"
    if not done.exists():
        made = subprocess.run([sys.executable, "-m", "venv", home], check=False, capture_output=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
        if made.returncode or subprocess.run(command, check=False, capture_output=True).returncode:
            return None
        done.write_text("\n".join(PACKAGES), encoding="utf-8")
    return python


# ---------------------------------------------------------------- readers


def tesseract_zones(sheets: Sequence[Path], work: Path) -> Iterator[Heard]:
    """Tesseract on the zones that we cut, a line each."""
    for sheet in sheets:
        boxes = _boxes(sheet)
        files = [(box["path"], str(sheet / name)) for box in boxes for name in box["zones"]]
        listed = work / "zones.txt"
        listed.write_text("\n".join(name for _, name in files), encoding="utf-8")
        told, seconds = _tesseract(listed, "7")
        texts: dict[str, str] = {}
        for number, (path, _) in enumerate(files, start=1):
            said = " ".join(each.text for page, each in told if page == number)
            texts[path] = f"{texts[path]} {said}" if path in texts else said
        combs = {box["path"] for box in boxes if box["comb"]}
        yield Heard({path: "".join(t.split()) if path in combs else t for path, t in texts.items()}, seconds)


def tesseract_pages(sheets: Sequence[Path], _work: Path) -> Iterator[Heard]:
    """Tesseract on the whole page, its words counted into the boxes."""
    for sheet in sheets:
        told, seconds = _tesseract(sheet / "page.png", "3")
        yield Heard(placed([each for _, each in told], _boxes(sheet)), seconds)


def rapidocr_pages(python: Path) -> Callable[[Sequence[Path], Path], Iterator[Heard]]:
    """RapidOCR on the whole page, its words counted into the boxes."""

    def pages(sheets: Sequence[Path], work: Path) -> Iterator[Heard]:
        out = work / "rapidocr.jsonl"
        files = [str(sheet / "page.png") for sheet in sheets]
        subprocess.run([str(python), str(_HERE / "peer_rapidocr.py"), str(out), *files], check=True, env=_ONE_THREAD)
        for sheet, line in zip(sheets, out.read_text("utf-8").splitlines(), strict=True):
            told = json.loads(line)
            yield Heard(placed(map(word, told["words"]), _boxes(sheet)), told["seconds"])

    return pages


def _tesseract(image: Path, mode: str) -> tuple[list[tuple[int, Word]], float]:
    """Words with the number of their picture, and seconds. In English and, where it is installed, French."""
    before = _children()
    command = ["tesseract", str(image), "stdout", "-l", languages(), "--psm", mode, "--dpi", "200", "tsv"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, env=_ONE_THREAD).stdout
    seconds = _children() - before
    words = []
    for row in said.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, wide, high = map(float, cells[6:10])
            words.append((int(cells[1]), Word(cells[11], Box(left, top, left + wide, top + high))))
    return words, seconds


def languages() -> str:
    """The forms are filled in English and French."""
    said = subprocess.run(["tesseract", "--list-langs"], check=True, capture_output=True, text=True).stdout
    return "eng+fra" if "fra" in said.split() else "eng"


def has_tesseract() -> bool:
    """Whether Tesseract is installed here."""
    return shutil.which("tesseract") is not None


def _children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


# ---------------------------------------------------------------- fields


def _boxes(sheet: Path) -> list[dict[str, Any]]:
    boxes: list[dict[str, Any]] = json.loads((sheet / "sheet.json").read_text("utf-8"))["boxes"]
    return boxes


def word(told: Sequence[Any]) -> Word:
    """A word as a peer tells it: its text and four edges."""
    text, *edges = told
    return Word(text, Box(*edges))


def placed(words: Iterable[Word], boxes: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The text of each box: the words whose middle lies in it, line by line; without blanks where it has cells."""
    words = list(words)
    texts = {}
    for box in boxes:
        left, top, right, bottom = box["box"]
        grown = Box(left - _REACH, top - _REACH, right + _REACH, bottom + _REACH)
        lines = max(1, round((bottom - top) / _LINE))
        own = sorted(
            (w for w in words if grown.holds(w.box)),
            key=lambda w: (int((w.box.centre[1] - grown.top) / grown.height * lines), w.box.left),
        )
        texts[box["path"]] = ("" if box["comb"] else " ").join(each.text for each in own).translate(_FRAMES).strip()
    return texts


def outcome(text: str, box: dict[str, Any], *, lowered: bool) -> Outcome:
    """What a text is, by the parser of its box's kind: right, wrong, or no value, so that somebody would be asked."""
    value = parse(FieldKind(box["kind"]), text).value
    if value is None:
        return Outcome.LOST
    return Outcome.RIGHT if same(str(value), box["true"], lowered=lowered)[0] else Outcome.WRONG


def exact(text: str, box: dict[str, Any], *, lowered: bool) -> bool:
    """Whether a text is the box's true value."""
    return outcome(text, box, lowered=lowered) is Outcome.RIGHT


def compared(sheets: Sequence[Path], work: Path, home: Path) -> dict[str, Any]:
    """Outcomes and seconds, ours and each peer's, by channel, by pen and in all; None for one not installed."""
    rapid = environment(home)
    readers: dict[str, Callable[[Sequence[Path], Path], Iterator[Heard]] | None] = {
        "Tesseract, our zones": tesseract_zones if has_tesseract() else None,
        "Tesseract, whole page": tesseract_pages if has_tesseract() else None,
        "RapidOCR 3.10, whole page": None if rapid is None else rapidocr_pages(rapid),
    }
    told = [json.loads((sheet / "sheet.json").read_text("utf-8")) for sheet in sheets]
    found: dict[str, Any] = {"ours": _ours(told)}
    for name, reader in readers.items():
        found[name] = None if reader is None else _summed(told, list(reader(sheets, work)))
    return found


def _ours(told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return _counted(told, [([box["ours"] for box in sheet["boxes"]], sheet["seconds"]) for sheet in told])


def _summed(told: Sequence[dict[str, Any]], heard: Sequence[Heard]) -> dict[str, Any]:
    outcomes = [
        [outcome(one.texts.get(box["path"], ""), box, lowered=sheet["lowered"]) for box in sheet["boxes"]]
        for sheet, one in zip(told, heard, strict=True)
    ]
    return _counted(told, [(found, one.seconds) for found, one in zip(outcomes, heard, strict=True)])


def _counted(told: Sequence[dict[str, Any]], heard: Sequence[tuple[Sequence[str], float]]) -> dict[str, Any]:
    """By channel, by pen and in all: pages, outcomes, seconds."""
    found: dict[str, Any] = {}
    for sheet, (outcomes, seconds) in zip(told, heard, strict=True):
        for key in (sheet["channel"], sheet["pen"], "all"):
            row = found.setdefault(key, {"pages": 0, "counts": Counter(), "seconds": 0.0})
            row["pages"] += 1
            row["counts"].update(outcomes)
            row["seconds"] += seconds
    return found
