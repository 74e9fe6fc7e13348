"""ocrmypdf, then pdfplumber, in their own environment: `python peer_ocrmypdf.py OUT TIFF TIMES`; knows nothing of ours.

Writes the least seconds of the processor of so many times, the programs that it starts counted, and the words.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import ocrmypdf  # type: ignore[import-not-found]
import pdfplumber


def used() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def main() -> None:
    out, scan, times = sys.argv[1:]
    least, words = float("inf"), []
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "read.pdf"
        for _ in range(int(times)):
            before = used()
            ocrmypdf.ocr(Path(scan), made, jobs=1, progress_bar=False, output_type="pdf", optimize=0, language=["eng"])
            with pdfplumber.open(made) as pdf:
                page = pdf.pages[0]
                words = [[w["text"], w["x0"], w["top"], w["x1"], w["bottom"]] for w in page.extract_words()]
            least = min(least, used() - before)
    Path(out).write_text(json.dumps({"seconds": least, "words": words}, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
