"""Picture files are papers: a page without words for each picture, and the picture itself, upright and square."""

from __future__ import annotations

import io
import logging
import struct
import zlib

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from processor import pages
from processor.errors import UnreadablePaper
from processor.model import Box, Draw, FindTables, Scan
from processor.pages import frames, limits, pictures
from tests.pages.picture_files import quarters, saved, seen, sheet


def refused(data: bytes, max_pages: int = 20) -> UnreadablePaper:
    with pytest.raises(UnreadablePaper) as caught:
        pages.open(data, max_pages=max_pages)
    return caught.value


@pytest.mark.parametrize("kind", ["TIFF", "JPEG", "PNG", "GIF", "BMP", "WEBP"])
def test_every_kind_of_picture_is_a_page_without_a_word(kind: str) -> None:
    page, scan = seen(saved(sheet((850, 1100)), kind))
    assert (page.number, page.words, page.pictured, page.width, page.height) == (1, (), True, 612, 792)
    assert (scan.page, scan.pixels.shape, scan.pixels.dtype.name) == (1, (1100, 850), "uint8")
    assert scan.dpi == pytest.approx(100)
    assert quarters(scan.pixels) == "x..."


def test_a_scan_cannot_be_written_on() -> None:
    _, scan = seen(saved(sheet(), "PNG"))
    with pytest.raises(ValueError, match="read-only"):
        scan.pixels[0, 0] = 7


def test_a_bmp_that_only_starts_like_one_is_none() -> None:
    assert refused(b"BM" + b"x" * 60).code == "not-a-paper"


# ---------------------------------------------------------------- size


def test_a_standard_fax_gets_square_dots() -> None:
    fax = saved(sheet((1728, 1078), "1"), "TIFF", compression="group3", dpi=(204, 98))
    page, scan = seen(fax)
    assert (page.width, page.height) == pytest.approx((610, 792), abs=1)
    assert scan.pixels.shape == (2244, 1728)
    assert scan.dpi == pytest.approx(204, abs=0.1)
    assert quarters(scan.pixels) == "x..."


@pytest.mark.parametrize(("rows", "height"), [(1078, 792), (2156, 792), (1372, 1008)])
def test_a_fax_that_says_nothing_is_known_by_its_row(rows: int, height: int) -> None:
    page, _ = seen(saved(sheet((1728, rows), "1"), "TIFF", compression="group4"))
    assert (page.width, page.height) == pytest.approx((610, height), abs=1)


def _tagged(image: Image.Image, x: float, y: float, unit: int, **tags: int) -> bytes:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[282], info[283], info[296] = x, y, unit
    for tag, value in tags.items():
        info[int(tag[1:])] = value
    return saved(image, "TIFF", tiffinfo=info)


def test_dots_to_the_centimetre_are_understood() -> None:
    page, scan = seen(_tagged(sheet((850, 1100)), 39.37, 39.37, 3))
    assert (round(page.width), round(page.height), round(scan.dpi)) == (612, 792, 100)


def test_without_a_unit_the_numbers_are_taken_for_dots_an_inch_or_else_for_a_ratio() -> None:
    inches, _ = seen(_tagged(sheet((1700, 1100)), 200, 100, 1))
    ratio, scan = seen(_tagged(sheet((850, 550)), 2, 1, 1))
    assert (inches.width, inches.height) == (612, 792)
    assert (ratio.height, scan.pixels.shape) == (792, (1100, 850))


def test_a_photo_has_a_page_of_eleven_inches_whatever_its_camera_says() -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x829A] = 0.01
    page, scan = seen(saved(sheet((1200, 1600)), "JPEG", dpi=(300, 300), exif=exif))
    assert (page.width, page.height) == (594, 792)
    assert scan.pixels.shape == (1600, 1200)
    assert scan.dpi == pytest.approx(1600 / 11)


def test_what_programs_write_that_do_not_know_is_not_believed() -> None:
    page, _ = seen(saved(sheet((1200, 1600)), "JPEG", dpi=(72, 72)))
    assert (page.width, page.height) == (594, 792)


def test_a_scan_larger_than_any_reader_needs_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "LONG_SIDE", 300)
    page, scan = seen(saved(sheet((1275, 1650)), "TIFF", dpi=(150, 150)))
    assert (page.width, page.height) == (612, 792)
    assert scan.pixels.shape == (300, 232)
    assert scan.dpi == pytest.approx(300 / 11)
    assert quarters(scan.pixels) == "x..."


def test_a_large_jpeg_is_halved_while_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "LONG_SIDE", 550)
    _, scan = seen(saved(sheet((850, 1100), "RGB"), "JPEG"))
    assert (scan.pixels.shape, quarters(scan.pixels)) == ((550, 425), "x...")


# ---------------------------------------------------------------- upright


@pytest.mark.parametrize(
    ("turn", "black"),
    [(1, "x..."), (2, ".x.."), (3, "...x"), (4, "..x."), (5, "x..."), (6, ".x.."), (7, "...x"), (8, "..x.")],
)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_picture_stands_as_its_file_says(turn: int, black: str, kind: str) -> None:
    image = sheet((600, 400))
    if kind == "JPEG":
        exif = Image.Exif()
        exif[274] = turn
        data = saved(image, kind, exif=exif, dpi=(200, 100))
    else:
        data = _tagged(image, 200, 100, 2, t274=turn)
    page, scan = seen(data)
    assert quarters(scan.pixels) == black
    assert (page.width, page.height) == ((216, 288) if turn < 5 else (288, 216))
    assert scan.pixels.shape == ((800, 600) if turn < 5 else (600, 800))


def test_an_orientation_that_is_none_turns_nothing() -> None:
    exif = Image.Exif()
    exif[274] = 99
    assert quarters(seen(saved(sheet(), "JPEG", exif=exif))[1].pixels) == "x..."


# ---------------------------------------------------------------- grey


def _turned_round(data: bytes) -> bytes:
    """A TIFF whose nought is white, by its tag (262) alone."""
    assert struct.pack("<HHIHH", 262, 3, 1, 1, 0) in data
    return data.replace(struct.pack("<HHIHH", 262, 3, 1, 1, 0), struct.pack("<HHIHH", 262, 3, 1, 0, 0))


@pytest.mark.parametrize("compression", [None, "group3", "group4", "tiff_lzw"])
def test_one_bit_is_black_and_white_whichever_of_the_two_is_nought(compression: str | None) -> None:
    data = saved(sheet(mode="1"), "TIFF", compression=compression)
    for tiff, black in ((data, "x..."), (_turned_round(data), ".xxx")):
        _, scan = seen(tiff)
        assert set(np.unique(scan.pixels)) == {0, 255}
        assert quarters(scan.pixels) == black


def test_sixteen_bits_are_grey_by_their_upper_half() -> None:
    deep = np.full((550, 425), 0xFFFF, np.uint16)
    deep[:275, :212] = 0x0101
    deep[-1, -1] = 0x8000
    for kind in ("PNG", "TIFF"):
        _, scan = seen(saved(Image.fromarray(deep), kind))
        assert (quarters(scan.pixels), scan.pixels[0, 0], scan.pixels[-1, -1]) == ("x...", 1, 128)
    assert quarters(seen(_turned_round(saved(Image.fromarray(deep), "TIFF")))[1].pixels) == ".xxx"


def test_twelve_bits_in_sixteen_are_not_taken_for_night() -> None:
    deep = np.full((550, 425), 0x0FFF, np.uint16)
    deep[:275, :212] = 0
    assert quarters(seen(saved(Image.fromarray(deep), "TIFF"))[1].pixels) == "x..."


def test_broken_numbers_are_grey_between_their_extremes() -> None:
    broken = np.full((550, 425), 0.75, np.float32)
    broken[:275, :212] = 0.25
    assert quarters(seen(saved(Image.fromarray(broken), "TIFF"))[1].pixels) == "x..."


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_colours_of_screen_and_print_become_grey(mode: str, kind: str) -> None:
    assert quarters(seen(saved(sheet(mode=mode), kind))[1].pixels) == "x..."


def test_lightness_and_two_colours_become_their_lightness() -> None:
    image = Image.merge("LAB", (sheet(), Image.new("L", (425, 550), 128), Image.new("L", (425, 550), 128)))
    assert quarters(seen(saved(image, "TIFF"))[1].pixels) == "x..."


def test_jpeg_in_tiff_is_decoded() -> None:
    assert quarters(seen(saved(sheet(mode="RGB"), "TIFF", compression="jpeg"))[1].pixels) == "x..."


def test_what_is_transparent_lies_on_white() -> None:
    clear = Image.new("RGBA", (425, 550), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 212, 275))
    assert quarters(seen(saved(clear, "PNG"))[1].pixels) == "x..."
    palette = sheet().convert("P")
    palette.info["transparency"] = palette.getpixel((0, 0))
    assert quarters(seen(saved(palette, "GIF", transparency=palette.getpixel((0, 0))))[1].pixels) == "...."


# ---------------------------------------------------------------- several pages


def _stack(*images: Image.Image) -> bytes:
    return saved(images[0], "TIFF", save_all=True, append_images=images[1:])


def test_a_tiff_is_a_stack_of_pages() -> None:
    data = _stack(sheet(), sheet().rotate(180), Image.new("L", (850, 1100), 255))
    with pages.open(data, max_pages=3) as opened:
        assert [(p.number, p.height) for p in opened.paper.pages] == [(1, 792), (2, 792), (3, 792)]
        scans = [opened.scan(Scan(number)) for number in (1, 2, 3, 1)]
    assert [(s.page, quarters(s.pixels)) for s in scans] == [(1, "x..."), (2, "...x"), (3, "...."), (1, "x...")]


def test_more_pages_than_allowed_are_refused() -> None:
    refusal = refused(_stack(sheet(), sheet(), sheet()), max_pages=2)
    assert (refusal.code, "3 pages" in refusal.what) == ("too-big", True)


def _tagged_stack(*kinds: int) -> bytes:
    out = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(out) as writer:
        for kind in kinds:
            info = TiffImagePlugin.ImageFileDirectory_v2()
            info[254] = kind
            sheet(mode="1").save(writer, "TIFF", tiffinfo=info)
            writer.newFrame()
    return out.getvalue()


def test_a_small_copy_or_a_mask_of_a_page_is_no_page() -> None:
    for kinds, count in (((0, 1, 2, 4), 2), ((1,), 1)):
        with pages.open(_tagged_stack(*kinds), max_pages=2) as opened:
            assert len(opened.paper.pages) == count


def test_a_file_of_nothing_but_small_copies_is_not_walked_for_ever() -> None:
    assert refused(_tagged_stack(0, 1, 1, 1, 1, 1), max_pages=1).code == "too-big"


def test_a_telephone_that_keeps_two_pictures_in_one_file_means_the_first() -> None:
    data = saved(sheet(), "MPO", save_all=True, append_images=[sheet((212, 275)).rotate(180)])
    with pages.open(data, max_pages=1) as opened:
        assert quarters(opened.scan(Scan(1)).pixels) == "x..."


def test_of_a_moving_picture_the_first_counts() -> None:
    data = saved(sheet(), "GIF", save_all=True, append_images=[sheet().rotate(180)])
    with pages.open(data, max_pages=1) as opened:
        assert len(opened.paper.pages) == 1
        assert quarters(opened.scan(Scan(1)).pixels) == "x..."


def test_a_stack_with_a_damaged_page_is_refused() -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (550, 425), np.uint8))
    out = io.BytesIO()
    with TiffImagePlugin.AppendingTiffWriter(out) as writer:
        for image in (sheet(), noise):
            image.save(writer, "TIFF", compression="tiff_adobe_deflate")
            writer.newFrame()
    data = bytearray(out.getvalue())
    with Image.open(io.BytesIO(data)) as image:
        image.seek(1)
        place = image.tag_v2[273][0]  # type: ignore[attr-defined]
    data[place : place + 200] = bytes(200)
    assert refused(bytes(data)).code == "broken-file"


def test_pages_that_do_not_all_fit_at_hand_are_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_KEPT", 1)
    with pages.open(_stack(sheet(), sheet().rotate(180)), max_pages=2) as opened:
        assert [quarters(opened.scan(Scan(number)).pixels) for number in (1, 2, 1)] == ["x...", "...x", "x..."]


def _fax(compression: str, spoiled: int) -> bytes:
    """A fax of noise, some bytes of it spoiled; its lines end with a mark of their own, as T.4 has it."""
    rows = np.random.default_rng(5).integers(0, 2, (1000, 40), np.uint8).repeat(8, 1) * 255
    image = Image.fromarray(rows).convert("1", dither=Image.Dither.NONE)
    data = bytearray(
        saved(image, "TIFF", compression=compression, tiffinfo={292: 4} if compression == "group3" else {})
    )
    with Image.open(io.BytesIO(data)) as written:
        place = written.tag_v2[273][0]  # type: ignore[attr-defined]
    data[place + 2003 : place + 2003 + spoiled] = bytes(spoiled)
    return bytes(data)


def _findings(data: bytes) -> list[str]:
    with pages.open(data, max_pages=1) as opened:
        return [finding.code for finding in opened.paper.findings]


def test_a_fax_with_a_damaged_line_is_mended_and_said_to_be(capfd: pytest.CaptureFixture[str]) -> None:
    assert _findings(_fax("group3", 0)) == []
    assert _findings(_fax("group3", 1)) == ["mended-file"]
    assert capfd.readouterr().err == ""


def test_a_fax_that_is_lost_from_a_line_on_is_refused() -> None:
    assert refused(_fax("group4", 8)).code == "broken-file"
    assert refused(_fax("group3", 4000)).code == "broken-file"


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"])
def test_a_picture_that_was_cut_short_is_refused(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (550, 425), np.uint8))
    data = saved(noise, kind)
    assert refused(data[: len(data) // 2]).code in ("broken-file", "not-a-paper")
    assert refused(data[:40]).code in ("broken-file", "not-a-paper")


def test_a_kind_that_pillow_does_not_know_is_told_apart_from_damage() -> None:
    data = saved(sheet(), "TIFF").replace(
        struct.pack("<HHIHH", 258, 3, 1, 8, 0), struct.pack("<HHIHH", 258, 3, 1, 5, 0)
    )
    refusal = refused(data)
    assert (refusal.code, "rare kind; send it as JPEG" in refusal.what) == ("not-a-paper", True)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b""))
    chunks = [struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts]
    refusal = refused(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    assert (refusal.code, "40,000 × 40,000 dots" in refusal.what) == ("too-big", True)


def test_a_bomb_behind_a_harmless_page_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _stack(sheet((400, 400)), sheet((500, 500)))
    monkeypatch.setattr(frames, "MAX_DOTS", 200_000)
    assert "500 × 500" in refused(data).what


@pytest.mark.parametrize("size", [(120, 120), (4000, 10)])
def test_a_logo_or_a_line_is_no_page(size: tuple[int, int]) -> None:
    refusal = refused(saved(Image.new("L", size, 255), "PNG"))
    assert (refusal.code, "too small to read" in refusal.what) == ("not-a-paper", True)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a photo in HEIC; send it as JPEG"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf", "a photo in AVIF; send it as JPEG"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "a picture in JPEG 2000; send it as JPEG"),
        (b"8BPS\0\1", "Photoshop"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "no PDF mark in it"),
    ],
)
def test_a_picture_that_is_not_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    refusal = refused(data)
    assert (refusal.code, what in refusal.what) == ("not-a-paper", True)
    assert "JPEG" in refusal.do


def test_memory_that_runs_out_is_not_taken_for_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(frames, "on_white", none_left)
    with pytest.raises(MemoryError):
        pages.open(saved(sheet(), "PNG"), max_pages=1)


def test_what_pillow_says_of_a_picture_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("PIL").setLevel(logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    seen(saved(sheet(), "PNG"))
    seen(saved(sheet(), "TIFF"))
    assert caplog.records == []


# ---------------------------------------------------------------- drawn


def test_a_picture_is_drawn_at_the_dots_that_are_asked_for() -> None:
    with pages.open(saved(sheet((850, 1100)), "PNG"), max_pages=1) as opened:
        coarse, fine = opened.draw(Draw(1, 50)), opened.draw(Draw(1, 200))
    assert (coarse.pixels.shape, coarse.dpi, quarters(coarse.pixels)) == ((550, 425), 50, "x...")
    assert (fine.pixels.shape, fine.dpi, quarters(fine.pixels)) == ((2200, 1700), 200, "x...")
    assert not fine.pixels.flags.writeable


def test_a_picture_is_never_drawn_larger_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 612 * 792)
    with pages.open(saved(sheet((850, 1100)), "PNG"), max_pages=1) as opened:
        drawn = opened.draw(Draw(1, 1200))
    assert (drawn.pixels.shape, drawn.dpi) == ((792, 612), 72)


def test_a_part_of_a_picture_is_cut_out_in_its_colours() -> None:
    red = Image.new("RGB", (850, 1100), (0, 200, 0))
    with pages.open(saved(red, "PNG"), max_pages=1) as opened:
        with Image.open(io.BytesIO(opened.draw_png(1, 72))) as whole:
            assert (whole.size, whole.getpixel((300, 300))) == ((612, 792), (0, 200, 0))
        with Image.open(io.BytesIO(opened.draw_png(1, 72, Box(100, 100, 200, 150)))) as part:
            assert (part.size, part.getpixel((17, 40))) == ((136, 86), (200, 0, 0))


def test_a_picture_has_no_tables_and_may_be_closed_twice() -> None:
    opened = pages.open(saved(sheet(), "PNG"), max_pages=1)
    assert opened.tables(FindTables(1)) == ()
    opened.close()
    opened.close()
    assert quarters(opened.scan(Scan(1)).pixels) == "x..."
    assert limits.LONG_SIDE**2 <= limits.MAX_PIXELS


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP"])
def test_a_pictures_size_is_told_without_opening_it(kind: str) -> None:
    assert pages.dots(saved(sheet((240, 80), "RGB"), kind)) == (240, 80)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n damaged"], ids=["nothing", "pdf", "damaged"])
def test_what_is_no_picture_has_no_size(data: bytes) -> None:
    assert pages.dots(data) == (0, 0)
