"""Pages are drawn as a person sees them: upright, in grey, with what stands in the boxes."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from pikepdf import Name, String

from processor import pages
from processor.model import Box, Draw
from processor.pages import picture
from tests.pages.papers import BOX, listed, paper, says, states, text_field, widget, written

BLACK = b"0 g 100 600 200 20 re f"


def test_a_page_is_drawn_in_grey_and_read_only() -> None:
    with pages.open(written(paper(BLACK)), max_pages=1) as opened:
        drawn = opened.draw(Draw(1, 72))
    assert (drawn.page, drawn.dpi) == (1, 72)
    assert (drawn.pixels.shape, drawn.pixels.dtype.name) == ((792, 612), "uint8")
    assert drawn.pixels[182, 200] == 0
    assert drawn.pixels[300, 200] == 255
    with pytest.raises(ValueError, match="read-only"):
        drawn.pixels[0, 0] = 7


def test_a_turned_page_is_drawn_upright() -> None:
    with pages.open(written(paper(BLACK, Rotate=90)), max_pages=1) as opened:
        drawn = opened.draw(Draw(1, 72))
    assert drawn.pixels.shape == (612, 792)
    assert drawn.pixels[200, 610] == 0


def _ink(opened: pages.OpenPaper) -> int:
    pixels = opened.draw(Draw(1, 144)).pixels
    left, top, right, bottom = (2 * n for n in (BOX[0], 792 - BOX[3], BOX[2], 792 - BOX[1]))
    return int((pixels[top:bottom, left:right] < 128).sum())


def test_what_stands_in_a_box_is_drawn() -> None:
    pdf = paper()
    text_field(pdf, "name", "Ada", "Ada")
    with pages.open(written(pdf), max_pages=1) as opened:
        assert _ink(opened) > 20


def test_a_value_without_an_appearance_is_drawn_where_viewers_draw_it() -> None:
    pdf = paper()
    text_field(pdf, "name", "Ada", DA=String("/Helv 12 Tf 0 g"))
    pdf.Root.AcroForm.NeedAppearances = True
    with pages.open(written(pdf), max_pages=1) as opened:
        assert _ink(opened) > 20


def test_an_empty_box_has_no_ink_and_no_tint() -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Btn, AS=Name.Off, AP=states(pdf, "Yes", "Off")))
    text_field(pdf, "name", "", "")
    with pages.open(written(pdf), max_pages=1) as opened:
        assert int(opened.draw(Draw(1, 72)).pixels.min()) == 255


def test_the_last_page_drawn_is_kept() -> None:
    with pages.open(written(paper(BLACK, says("two"))), max_pages=2) as opened:
        one = opened.draw(Draw(1, 72)).pixels
        assert opened.draw(Draw(1, 72)).pixels is one
        opened.draw(Draw(2, 72))
        assert opened.draw(Draw(1, 72)).pixels is not one


def test_a_page_too_large_to_draw_is_drawn_with_fewer_dots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture, "MAX_PIXELS", 10_000)
    with pages.open(written(paper(BLACK)), max_pages=1) as opened:
        drawn = opened.draw(Draw(1, 300))
    assert drawn.pixels.size <= 10_300
    assert drawn.dpi == pytest.approx(72 * (10_000 / (612 * 792)) ** 0.5)


def _png(data: bytes) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    wide, high = struct.unpack(">II", data[16:24])
    length = struct.unpack(">I", data[33:37])[0]
    rows = np.frombuffer(zlib.decompress(data[41 : 41 + length]), np.uint8).reshape(high, 1 + wide * 3)
    return rows[:, 1:].reshape(high, wide, 3)


def test_a_picture_of_a_page_is_a_png_in_colour() -> None:
    with pages.open(written(paper(b"1 0 0 rg 100 600 200 20 re f")), max_pages=1) as opened:
        pixels = _png(opened.draw_png(1, 72))
    assert pixels.shape == (792, 612, 3)
    assert tuple(pixels[182, 200]) == (255, 0, 0)


def test_a_box_is_cut_out_with_its_surroundings_and_framed() -> None:
    box = Box(100, 172, 300, 192)
    with pages.open(written(paper(BLACK)), max_pages=1) as opened:
        whole, pixels = _png(opened.draw_png(1, 144)), _png(opened.draw_png(1, 144, box))
    assert pixels.shape == (40 + 72, 400 + 72, 3)
    assert tuple(pixels[36 - 1, 100]) == (200, 0, 0)
    assert tuple(pixels[36 - 2, 100]) == (200, 0, 0)
    assert tuple(pixels[36 - 3, 100]) == (255, 255, 255)
    assert tuple(pixels[36 + 20, 100]) == tuple(whole[364, 264]) == (0, 0, 0)


@pytest.mark.parametrize(
    "box", [Box(0, 0, 5, 5), Box(600, 780, 700, 900), Box(0, 0, 612, 792), Box(900, 900, 950, 950)]
)
def test_a_box_at_the_edge_is_cut_out_too(box: Box) -> None:
    with pages.open(written(paper(BLACK)), max_pages=1) as opened:
        assert _png(opened.draw_png(1, 72, box)).size > 0


def test_a_paper_may_be_closed_twice() -> None:
    opened = pages.open(written(paper(BLACK)), max_pages=1)
    opened.draw(Draw(1, 36))
    opened.close()
    opened.close()
    assert len(opened.paper.pages) == 1
