"""A PDF's page that is one picture is taken dot for dot; a page that is more is drawn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from processor import pages
from processor.model import Scan
from processor.pages import embedded, scans
from processor.pages.picture import Drawer
from tests.pages.papers import font, paper, says, written
from tests.pages.picture_files import jpeg_stream, page_of, quarters, saved, seen, sheet, stream

if TYPE_CHECKING:
    from processor.model import Picture

WHOLE = "q 612 0 0 792 0 0 cm /I0 Do Q"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The dots an inch of the pages that pdfium had to draw."""
    asked: list[float] = []
    grey = Drawer.grey

    def noted(self: Drawer, page: int, dpi: float) -> Picture:
        asked.append(dpi)
        return grey(self, page, dpi)

    monkeypatch.setattr(Drawer, "grey", noted)
    return asked


def scanned(data: bytes) -> Picture:
    return seen(data)[1]


def _noise(size: tuple[int, int], mode: str = "L") -> Image.Image:
    dots = np.random.default_rng(3).integers(0, 256, (size[1], size[0]), np.uint8)
    return Image.fromarray(dots).convert(mode, dither=Image.Dither.NONE)


def test_a_page_that_is_one_picture_is_taken_dot_for_dot(drawn: list[float]) -> None:
    pdf, noise = pikepdf.new(), _noise((425, 550))
    page, scan = seen(page_of(pdf, WHOLE, stream(pdf, noise.tobytes(), noise, ColorSpace=Name.DeviceGray)))
    assert (page.pictured, scan.page, scan.dpi, drawn) == (True, 1, 50, [])
    assert np.array_equal(scan.pixels, np.asarray(noise))
    with pytest.raises(ValueError, match="read-only"):
        scan.pixels[0, 0] = 7


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_jpeg_is_taken_as_pillow_takes_it_from_a_file(mode: str, drawn: list[float]) -> None:
    image = _noise((425, 550)).convert(mode)
    pdf = pikepdf.new()
    scan = scanned(page_of(pdf, WHOLE, jpeg_stream(pdf, image)))
    assert np.array_equal(scan.pixels, seen(saved(image, "JPEG", quality=90))[1].pixels)
    assert drawn == []


def test_pillow_takes_a_jpeg_only_where_its_colours_are_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []
    by_pdfium = embedded._by_pdfium

    def noted(item: pdfium.PdfImage) -> Image.Image | None:
        taken.append(True)
        return by_pdfium(item)

    monkeypatch.setattr(embedded, "_by_pdfium", noted)
    profile = pikepdf.new()
    icc = profile.make_stream(b"", N=3)
    plain = page_of(profile, WHOLE, jpeg_stream(profile, sheet(mode="RGB"), ColorSpace=Array([Name.ICCBased, icc])))
    assert (quarters(scanned(plain).pixels), taken) == ("x...", [])
    strange: list[tuple[str, dict[str, Any], str]] = [
        ("L", {"Decode": Array([1, 0])}, ".xxx"),
        ("CMYK", {"Decode": Array([1, 0] * 4)}, "x..."),
        ("L", {"ColorSpace": Array([Name.Indexed, Name.DeviceGray, 255, String(bytes(range(255, -1, -1)))])}, ".xxx"),
        ("L", {"Width": 424}, "x..."),
    ]
    for mode, keys, black in strange:
        pdf = pikepdf.new()
        assert quarters(scanned(page_of(pdf, WHOLE, jpeg_stream(pdf, sheet(mode=mode), **keys))).pixels) == black
    assert len(taken) == len(strange)


def test_a_jpeg_that_pillow_does_not_open_is_left_to_pdfium() -> None:
    assert embedded._from_jpeg(b"\xff\xd8\xff", (9, 9)) is None


def test_of_several_pictures_in_the_resources_the_one_on_the_page_is_taken(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    other = jpeg_stream(pdf, sheet().rotate(180))
    data = page_of(pdf, "q 612 0 0 792 0 0 cm /I1 Do Q", other, jpeg_stream(pdf, sheet()))
    assert (quarters(scanned(data).pixels), drawn) == ("x...", [])


def test_a_page_whose_resources_are_broken_is_drawn(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    picture = jpeg_stream(pdf, sheet())
    data = page_of(pdf, WHOLE, picture, Resources=Dictionary(XObject=Dictionary(I0=picture, Bad=7)))
    assert (quarters(scanned(data).pixels), len(drawn)) == ("x...", 1)


def test_the_picture_of_a_file_that_is_locked_against_changes_is_taken_too(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    page_of(pdf, WHOLE, jpeg_stream(pdf, sheet()))
    data = written(pdf, encryption=pikepdf.Encryption(owner="made up", user=""))
    assert (quarters(scanned(data).pixels), drawn) == ("x...", [])


def test_a_picture_in_the_content_itself_is_drawn(drawn: list[float]) -> None:
    bits = sheet((256, 256), "1").tobytes().hex()
    content = f"q 612 0 0 792 0 0 cm BI /W 256 /H 256 /BPC 1 /CS /G /F /AHx ID {bits}> EI Q"
    page, scan = seen(page_of(pikepdf.new(), content))
    assert (page.pictured, quarters(scan.pixels), len(drawn)) == (True, "x...", 1)


@pytest.mark.parametrize(("decode", "black"), [([0, 1], "x..."), ([1, 0], ".xxx")])
def test_one_bit_has_its_right_polarity(decode: list[int], black: str, drawn: list[float]) -> None:
    pdf, image = pikepdf.new(), sheet(mode="1")
    bits = stream(pdf, image.tobytes(), image, ColorSpace=Name.DeviceGray, Decode=Array(decode))
    scan = scanned(page_of(pdf, WHOLE, bits))
    assert (set(np.unique(scan.pixels)), quarters(scan.pixels), drawn) == ({0, 255}, black, [])


# ---------------------------------------------------------------- where it lies


@pytest.mark.parametrize(("turned", "black"), [(0, "x..."), (90, ".x.."), (180, "...x"), (270, "..x.")])
def test_the_turn_of_the_page_turns_its_picture(turned: int, black: str, drawn: list[float]) -> None:
    pdf = pikepdf.new()
    page, scan = seen(page_of(pdf, WHOLE, jpeg_stream(pdf, sheet()), Rotate=turned))
    assert (quarters(scan.pixels), scan.dpi, drawn) == (black, 50, [])
    assert scan.pixels.shape == (round(page.height * 50 / 72), round(page.width * 50 / 72))


PLACES = {
    "612 0 0 792 0 0": "x...",
    "-612 0 0 792 612 0": ".x..",
    "612 0 0 -792 0 792": "..x.",
    "-612 0 0 -792 612 792": "...x",
    "0 792 612 0 0 0": "...x",
    "0 -792 612 0 0 792": ".x..",
    "0 792 -612 0 612 0": "..x.",
    "0 -792 -612 0 612 792": "x...",
}


@pytest.mark.parametrize("matrix", PLACES)
def test_a_picture_is_turned_and_mirrored_as_the_page_does_it(matrix: str, drawn: list[float]) -> None:
    lies = matrix.startswith("0")
    image = sheet((550, 425) if lies else (425, 550))
    pdf = pikepdf.new()
    data = page_of(pdf, f"q {matrix} cm /I0 Do Q", jpeg_stream(pdf, image))
    scan = scanned(data)
    assert drawn == []
    with pages.open(data, max_pages=1) as opened:
        assert quarters(scan.pixels) == quarters(opened._drawing().grey(1, 50).pixels)  # type: ignore[attr-defined]
    assert scan.pixels.shape == (550, 425)


def test_dots_that_are_not_square_are_made_so(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    scan = scanned(page_of(pdf, WHOLE, jpeg_stream(pdf, sheet((850, 550)))))
    assert (scan.pixels.shape, scan.dpi, quarters(scan.pixels), drawn) == ((1100, 850), 100, "x...", [])


def test_a_picture_smaller_than_its_page_lies_on_white(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    page, scan = seen(page_of(pdf, "q 510 0 0 660 51 66 cm /I0 Do Q", jpeg_stream(pdf, Image.new("L", (510, 660), 0))))
    assert (page.pictured, scan.pixels.shape, scan.dpi, drawn) == (True, (792, 612), 72, [])
    rows, columns = np.nonzero(scan.pixels < 128)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (66, 725, 51, 560)


def test_what_the_page_cuts_off_is_cut_off(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    data = page_of(pdf, WHOLE, jpeg_stream(pdf, sheet()), CropBox=Array([0, 0, 612, 594]))
    page, scan = seen(data)
    assert (page.height, scan.pixels.shape, drawn) == (594, (412, 425), [])
    assert scan.dpi == pytest.approx(50)
    assert scan.pixels[130, 100] == 0
    assert scan.pixels[145, 100] == 255


def test_a_picture_finer_than_any_reader_needs_is_made_smaller(
    monkeypatch: pytest.MonkeyPatch, drawn: list[float]
) -> None:
    monkeypatch.setattr(scans, "LONG_SIDE", 275)
    pdf = pikepdf.new()
    scan = scanned(page_of(pdf, WHOLE, jpeg_stream(pdf, sheet())))
    assert (scan.pixels.shape, quarters(scan.pixels), drawn) == ((275, 212), "x...", [])


# ---------------------------------------------------------------- more than one picture


HARMLESS = ["BT 3 Tr /F1 12 Tf (read by a machine) Tj ET", "0 0 612 792 re W n q Q"]


@pytest.mark.parametrize("beside", HARMLESS)
def test_an_invisible_text_and_an_idle_clip_do_not_matter(beside: str, drawn: list[float]) -> None:
    pdf = pikepdf.new()
    picture = jpeg_stream(pdf, sheet())
    resources = Dictionary(XObject=Dictionary(I0=picture), Font=Dictionary(F1=font()))
    data = page_of(pdf, f"{WHOLE} {beside}", picture, Resources=resources)
    assert (quarters(scanned(data).pixels), drawn) == ("x...", [])


@pytest.mark.parametrize(
    "content",
    [
        f"{WHOLE} BT /F1 12 Tf 50 50 Td (Received) Tj ET",
        f"{WHOLE} 0 g 500 50 100 40 re f",
        f"{WHOLE} q 50 0 0 50 500 700 cm /I0 Do Q",
        "q 612 2 -2 792 0 0 cm /I0 Do Q",
        "q 20 20 500 700 re W n 612 0 0 792 0 0 cm /I0 Do Q",
        "q 2000 0 0 2600 0 0 cm /I0 Do Q",
        "q 612 0 0 100 0 300 cm /I0 Do Q",
        "q 0 0 0 792 0 0 cm /I0 Do Q",
        "q 612 0 612 0 0 0 cm /I0 Do Q",
        "q 0.5 0 0 792 0 0 cm /I0 Do Q",
    ],
    ids=["text", "stamp", "twice", "askew", "clipped", "too large", "squeezed", "no width", "folded", "a hair"],
)
def test_a_page_that_is_more_or_less_than_its_picture_is_drawn(content: str, drawn: list[float]) -> None:
    pdf = pikepdf.new()
    picture = jpeg_stream(pdf, sheet())
    resources = Dictionary(XObject=Dictionary(I0=picture), Font=Dictionary(F1=font()))
    scanned(page_of(pdf, content, picture, Resources=resources))
    assert len(drawn) == 1


def test_a_note_on_the_picture_is_drawn_and_a_link_is_not(drawn: list[float]) -> None:
    for subtype, count in ((Name.Link, 0), (Name.Square, 1)):
        pdf = pikepdf.new()
        note = Dictionary(Type=Name.Annot, Subtype=subtype, Rect=Array([0, 0, 50, 50]))
        scanned(page_of(pdf, WHOLE, jpeg_stream(pdf, sheet()), Annots=Array([note])))
        assert len(drawn) == count


@pytest.mark.parametrize("key", ["SMask", "stencil"])
def test_a_picture_behind_a_mask_and_a_stencil_are_drawn(key: str, drawn: list[float]) -> None:
    pdf, image = pikepdf.new(), sheet(mode="1")
    if key == "stencil":
        picture = stream(pdf, image.tobytes(), image, ImageMask=True)
    else:
        mask = stream(pdf, Image.new("L", image.size, 255).tobytes(), sheet(), ColorSpace=Name.DeviceGray)
        picture = jpeg_stream(pdf, sheet(), SMask=mask)
    scan = scanned(page_of(pdf, WHOLE, picture))
    assert (quarters(scan.pixels), len(drawn)) == ("x...", 1)


def test_a_picture_on_a_layer_that_is_off_is_not_seen(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("scan")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
    scan = scanned(page_of(pdf, WHOLE, jpeg_stream(pdf, sheet(), OC=layer)))
    assert (quarters(scan.pixels), len(drawn)) == ("....", 1)


def test_a_picture_that_pdfium_cannot_unpack_is_drawn_as_far_as_it_goes(
    monkeypatch: pytest.MonkeyPatch, drawn: list[float]
) -> None:
    def fails(_: object) -> None:
        raise pdfium.PdfiumError("no")

    monkeypatch.setattr(pdfium.PdfImage, "get_bitmap", fails)
    pdf, image = pikepdf.new(), sheet()
    scan = scanned(page_of(pdf, WHOLE, stream(pdf, image.tobytes(), image, ColorSpace=Name.DeviceGray)))
    assert (quarters(scan.pixels), len(drawn)) == ("x...", 1)


def test_strips_are_one_scan_drawn_as_fine_as_they_are(drawn: list[float]) -> None:
    pdf, image = pikepdf.new(), sheet((2125, 2750))
    strips = [image.crop((0, top, 2125, top + 550)) for top in range(0, 2750, 550)]
    content = " ".join(f"q 612 0 0 158.4 0 {792 - 158.4 * (n + 1)} cm /I{n} Do Q" for n in range(5))
    page, scan = seen(page_of(pdf, content, *(jpeg_stream(pdf, strip) for strip in strips)))
    assert page.pictured
    assert [*drawn, scan.dpi] == pytest.approx([250, 250])
    assert quarters(scan.pixels) == "x..."


def test_a_coarse_page_is_drawn_finer_for_what_stands_on_it(drawn: list[float]) -> None:
    pdf = pikepdf.new()
    scanned(page_of(pdf, f"{WHOLE} 0 g 500 50 100 40 re f", jpeg_stream(pdf, sheet())))
    assert drawn == [200]


def test_a_page_without_a_picture_is_drawn_at_300_dots(drawn: list[float]) -> None:
    scan = scanned(written(paper(says("Registration"))))
    assert (drawn, round(scan.dpi)) == ([300], 300)


def test_of_a_crowd_of_things_only_so_many_are_looked_at(monkeypatch: pytest.MonkeyPatch, drawn: list[float]) -> None:
    monkeypatch.setattr(scans, "_OBJECTS", 1)
    pdf = pikepdf.new()
    picture = jpeg_stream(pdf, sheet())
    resources = Dictionary(XObject=Dictionary(I0=picture), Font=Dictionary(F1=font()))
    scanned(page_of(pdf, f"{WHOLE} {HARMLESS[0]} {HARMLESS[0]}", picture, Resources=resources))
    small = "q 612 0 0 100 0 0 cm /I0 Do Q"
    scanned(page_of(pikepdf.new(), small))
    pdf = pikepdf.new()
    scanned(page_of(pdf, f"{small} {WHOLE}", jpeg_stream(pdf, sheet())))
    assert drawn == [200, 300, 300]


def test_the_same_page_may_be_scanned_and_drawn_in_turn() -> None:
    pdf = pikepdf.new()
    data = page_of(pdf, WHOLE, jpeg_stream(pdf, sheet()))
    with pages.open(data, max_pages=1) as opened:
        first, second = opened.scan(Scan(1)), opened.scan(Scan(1))
        with Image.open(io.BytesIO(opened.draw_png(1, 50))) as whole:
            assert whole.size == (425, 550)
    assert np.array_equal(first.pixels, second.pixels)
