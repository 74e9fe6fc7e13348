"""Sheets that split a stack: what the command prints is what the reader knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zxingcpp
from click.testing import CliRunner

from processor import pages
from processor.cli import main
from processor.model import Draw
from processor.reading.sorting import SEPARATOR, separates

if TYPE_CHECKING:
    from pathlib import Path


def test_separator_sheets_are_printed_for_both_sides_and_known_again(tmp_path: Path) -> None:
    out = tmp_path / "sheets.pdf"
    done = CliRunner().invoke(main, ["forms", "separators", "--count", "3", "--out", str(out)])
    assert (done.exit_code, done.stdout) == (0, f"{out}\n")
    with pages.open(out.read_bytes(), max_pages=10) as paper:
        assert len(paper.paper.pages) == 6
        assert all(separates(page) for page in paper.paper.pages)
        read = zxingcpp.read_barcodes(paper.draw(Draw(2, 150)).pixels)
        assert {code.text for code in read} == {SEPARATOR}
        assert {code.format.name for code in read} == {"QRCode", "Code128"}
