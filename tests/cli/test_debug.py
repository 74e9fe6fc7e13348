from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from processor.errors import Exit
from processor.flows.marked import COLOURS, mark, side_by_side
from processor.model import Box, Reading, State
from processor.twin.channels import Channel
from processor.twin.files import Pack
from processor.twin.twin import Twin, known
from tests.cli.conftest import FORM

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Desk

GREEN, ORANGE, GREY, RED = (COLOURS[s] for s in (State.SURE, State.UNSURE, State.BLANK, State.MISSING))
VALUES: dict[str, object] = {"legal_name": "Tallgrass Roofing Ltd.", "wcb_account": "9000017", "phone": "204-555-0142"}


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    form, blank = known(FORM)
    way = Channel.SCAN200
    twin = Twin(form=form, blank=blank, seed=1, channel=way, pages=(1,), extras=(), given=VALUES, pack=Pack.TIFF)
    path = tmp_path / "scan.tif"
    path.write_bytes(twin.made().data)
    return path


def colours(picture: Image.Image) -> set[str]:
    counted = picture.convert("RGB").getcolors(1 << 24) or []
    return {"#{:02x}{:02x}{:02x}".format(*rgb) for _, rgb in counted if isinstance(rgb, tuple)}


def test_a_scan_is_pictured_with_its_boxes_and_every_line_that_was_recognised(desk: Desk, scan: Path) -> None:
    folder = desk.home.parent / "seen"
    done = desk.secor("read", "--debug", str(folder), str(scan), office=False)
    assert done.exit_code == Exit.DONE
    seen = folder / "01-scan"
    page = Image.open(seen / "document-1-page-1.png")
    assert page.width == 2 * 1700
    assert colours(page) >= {GREEN, GREY}
    assert {path.stem for path in (seen / "document-1-page-1").iterdir()} == VALUES.keys()
    assert not (seen / "lines").exists()


def test_what_is_read_is_the_same_with_pictures_and_without(desk: Desk, scan: Path) -> None:
    plain = desk.secor("read", "--json", str(scan), office=False)
    shown = desk.secor("read", "--json", "--debug", str(desk.home.parent / "seen"), str(scan), office=False)
    assert shown.stdout == plain.stdout
    assert "Tallgrass" in plain.stdout
    assert "Tallgrass" not in shown.stderr


def test_a_fillable_form_is_pictured_as_it_came(desk: Desk) -> None:
    desk.drop("tallgrass.pdf")
    folder = desk.home.parent / "seen"
    assert desk.secor("read", "--debug", str(folder), str(desk.home / "inbox" / "tallgrass.pdf")).exit_code == Exit.DONE
    names = {path.name for path in (folder / "01-tallgrass").iterdir()}
    assert names == {"document-1-page-1.png", "document-1-page-2.png"}
    assert GREEN in colours(Image.open(folder / "01-tallgrass" / "document-1-page-1.png"))


def test_a_file_that_no_reader_opens_leaves_no_pictures(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    done = desk.secor("read", "--debug", str(tmp_path / "seen"), str(tmp_path / "broken.pdf"), office=False)
    assert done.exit_code == Exit.SET_ASIDE
    assert not (tmp_path / "seen").exists()


def test_a_box_has_the_colour_of_its_state_and_the_words_of_its_reading() -> None:
    unsure = Reading(name="city", value="Winnipeg", raw="Wlnnipeg", state=State.UNSURE, confidence=0.42)
    box = Box(20, 20, 120, 40)
    assert mark(box, unsure).text == "Wlnnipeg 0.42"
    assert mark(box, Reading(name="city", state=State.BLANK)).text == ""
    assert mark(box, Reading(name="tick", value=True, confidence=0.99)).text == "X 0.99"
    drawn = side_by_side(Image.new("L", (200, 100), 255), 72, [mark(box, unsure)])
    assert drawn.size == (400, 100)
    assert ORANGE in colours(drawn.crop((0, 0, 200, 100)))
    missing = Reading(name="city", state=State.MISSING)
    assert RED in colours(side_by_side(Image.new("L", (200, 100), 255), 72, [mark(box, missing)]))
