"""Words, their boxes on the upright page, and the letters that programs get wrong."""

from __future__ import annotations

import ctypes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from pypdfium2 import raw

from processor.errors import UnreadablePaper
from processor.model import Box, Word
from processor.pages.words import _text, _word, clean
from tests.pages.papers import paper, read, says, text_field, widgets


def words(*contents: bytes, **page: object) -> list[Word]:
    return list(read(paper(*contents, **page)).pages[0].words)


def near(box: Box, other: tuple[float, float, float, float], by: float = 3) -> bool:
    return all(abs(a - b) <= by for a, b in zip(box, other, strict=True))


def test_words_have_boxes_as_high_as_the_type() -> None:
    first, second = words(says("Prairie", "roofing"))
    assert (first.text, second.text) == ("Prairie", "roofing")
    assert (first.box.top, first.box.bottom) == (second.box.top, second.box.bottom)
    assert near(first.box, (72, 792 - 712, 107, 792 - 697))
    assert first.box.right < second.box.left < first.box.right + 5


@pytest.mark.parametrize(
    ("turned", "size", "box"),
    [
        (0, (612, 792), (72, 80, 107, 95)),
        (90, (792, 612), (697, 72, 712, 107)),
        (180, (612, 792), (612 - 107, 697, 612 - 72, 712)),
        (270, (792, 612), (80, 612 - 107, 95, 612 - 72)),
        (-90, (792, 612), (80, 612 - 107, 95, 612 - 72)),
    ],
)
def test_a_turned_page_is_set_upright(turned: int, size: tuple[float, float], box: tuple[float, ...]) -> None:
    pdf = paper(says("Prairie"), Rotate=turned)
    text_field(pdf, "t", "x", box=(72, 697, 107, 712))
    (page,) = read(pdf).pages
    assert (page.width, page.height, page.turned) == (*size, turned % 360)
    assert near(page.words[0].box, box)  # type: ignore[arg-type]
    assert near(page.widgets[0].box, box, by=0.01)  # type: ignore[arg-type]


def test_the_crop_box_is_taken_off() -> None:
    pdf = paper(says("Prairie"), CropBox=Array([50, 100, 500, 750]))
    text_field(pdf, "t", "x", box=(72, 697, 107, 712))
    (page,) = read(pdf).pages
    assert (page.width, page.height) == (450, 650)
    assert near(page.words[0].box, (22, 38, 57, 53))
    assert page.widgets[0].box == Box(22, 38, 57, 53)


def test_words_outside_the_page_are_not_seen() -> None:
    crop = Array([50, 100, 500, 750])
    assert [w.text for w in words(says("seen") + says("unseen", y=770) + says("far", x=900), CropBox=crop)] == ["seen"]


def test_a_turn_that_stands_on_the_page_tree_holds() -> None:
    pdf = paper(says("Prairie"))
    pdf.Root.Pages.Rotate = 90
    assert read(pdf).pages[0].turned == 90


def test_what_stands_in_a_widget_is_no_word_of_the_page() -> None:
    pdf = paper(says("Name:"))
    text_field(pdf, "t", "Ada", "Ada")
    assert [w.text for w in read(pdf).pages[0].words] == ["Name:"]


def test_characters_that_stand_apart_are_words_of_one_letter() -> None:
    cells = b"BT /F1 12 Tf 72 700 Td (S) Tj 20 0 Td (4) Tj 20 0 Td (P) Tj ET"
    assert [w.text for w in words(cells)] == ["S", "4", "P"]


def test_words_of_two_columns_are_not_one_word() -> None:
    columns = b"BT /F1 12 Tf 72 700 Td (left) Tj ET BT /F1 12 Tf 300 700 Td (right) Tj ET"
    assert [w.text for w in words(columns)] == ["left", "right"]


def test_a_word_that_ends_where_another_begins_further_down_is_not_one_word() -> None:
    letters = [(46 + 7 * i, 400, 53 + 7 * i, 414) for i in range(5)] + [
        (71 + 7 * i, 318, 78 + 7 * i, 332) for i in range(5)
    ]
    assert [r.text for r in _word(letters.__getitem__, 0, "SCSA,Shops")] == ["SCSA,", "Shops"]
    points = [(0, 27, 8, 43), (8, 27, 16, 43), (0, 0, 8, 16), (8, 0, 16, 16)]
    assert [r.text for r in _word(points.__getitem__, 0, "1010")] == ["10", "10"]


def test_sideways_words_one_above_the_other_are_not_one_word() -> None:
    sideways = b"q 0 1 -1 0 100 100 cm BT /F1 12 Tf 0 0 Td (up) Tj 300 0 Td (high) Tj ET Q"
    assert [w.text for w in words(sideways)] == ["up", "high"]


def test_letters_far_apart_are_cut_where_the_type_is_lower_than_the_gap() -> None:
    places = {0: (0, 0, 6, 12), 1: (6, 0, 12, 12), 2: (112, 0, 118, 12)}
    assert [(r.text, r.left, r.right) for r in _word(places.__getitem__, 0, "abc")] == [("ab", 0, 12), ("c", 112, 118)]
    upward = {0: (0, 0, 12, 6), 1: (0, 106, 12, 112)}
    assert [(r.text, r.bottom) for r in _word(upward.__getitem__, 0, "ab")] == [("a", 0), ("b", 106)]
    wide = {0: (0, 0, 12, 10), 1: (13, 0, 30, 10)}
    assert [r.text for r in _word(wide.__getitem__, 0, "WW")] == ["WW"]
    assert _word(wide.__getitem__, 0, "\u200b") == []


@pytest.mark.parametrize(
    ("told", "characters"),
    [
        ("abc", "abc"),
        ("ab", "abc"),
        ("a\U0001f600", "a\U0001f600x"),
        ("\ud83d\ude00x", "a\U0001f600x"),
    ],
)
def test_characters_keep_their_numbers_when_pdfium_tells_another_count(
    monkeypatch: pytest.MonkeyPatch, told: str, characters: str
) -> None:
    units = told.encode("utf-16-le", "surrogatepass") + b"\0\0"

    def all_at_once(_: object, __: int, ___: int, buffer: object) -> int:
        ctypes.memmove(buffer, units, min(len(units), 2 * len(characters) + 2))  # type: ignore[arg-type]
        return len(units) // 2

    monkeypatch.setattr(raw, "FPDFText_GetText", all_at_once)
    monkeypatch.setattr(raw, "FPDFText_GetUnicode", lambda _, index: ord(characters[index]))
    assert _text(None, len(characters)) == characters


def test_a_page_with_more_text_than_any_page_has_is_refused() -> None:
    with pytest.raises(UnreadablePaper, match="characters on one page") as refused:
        words(b"BT /F1 1 Tf " + b"(abcdefghij) Tj " * 21_000 + b"ET")
    assert refused.value.code == "too-big"


@pytest.mark.parametrize(
    ("drawn", "read_as"),
    [
        ("Certi\ufb01cate", "Certificate"),
        ("o\ufb03ce", "office"),
        ("Registra\u7400\u6900on", "Registration"),
        ("\u7400\u6900", "\u7400\u6900"),
        ("7196\u201022", "7196-22"),
        ("7196\u201122", "7196-22"),
        ("7196\u00ad22", "7196-22"),
        ("Regi\ufffe", "Regi-"),
        ("Regi\x02", "Regi-"),
        ("Zo\u0065\u0308", "Zo\u00eb"),
        ("no\u200bgap\ufeff", "nogap"),
        ("\ud83d\ude00", "\U0001f600"),
        ("\ud83d", "\ufffd"),
        ("Łukasz", "Łukasz"),
        ("x²", "x²"),
        ("\x01\x1f", ""),
    ],
)
def test_strange_letters_are_read_as_a_person_reads_them(drawn: str, read_as: str) -> None:
    assert clean(drawn) == read_as


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P"))))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def _image(pdf: object, size: int) -> Dictionary:
    shape = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=2, Height=2, BitsPerComponent=8)
    shape.ColorSpace = Name.DeviceGray
    stream = pdf.make_stream(b"\0\xff\xff\0", shape)  # type: ignore[attr-defined]
    return Dictionary(XObject=Dictionary(Im=stream), Font=Dictionary()) if size else Dictionary()


@pytest.mark.parametrize(("size", "pictured"), [(600, True), (300, False), (0, False)])
def test_a_page_covered_by_one_picture_is_known_as_pictured(size: int, pictured: bool) -> None:  # noqa: FBT001
    pdf = paper(b"q %d 0 0 %d 0 0 cm /Im Do Q" % (size, size * 1.3))
    pdf.pages[0].obj.Resources = _image(pdf, size)
    assert read(pdf).pages[0].pictured is pictured


def test_a_picture_on_a_page_with_words_counts_the_same() -> None:
    pdf = paper(b"q 600 0 0 780 0 0 cm /Im Do Q " + says("Stamp"))
    page = pdf.pages[0].obj
    page.Resources.XObject = _image(pdf, 1).XObject
    assert read(pdf).pages[0].pictured
    pdf.Root.Pages.Resources = page.Resources
    del page.Resources
    assert read(pdf).pages[0].pictured


def test_a_picture_that_is_drawn_inside_a_form_counts_too() -> None:
    pdf = paper(says("Stamp") + b" q /Fm Do Q")
    shape = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 612, 792]), Resources=_image(pdf, 1))
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(Fm=pdf.make_stream(b"q 600 0 0 780 0 0 cm /Im Do Q", shape))
    assert read(pdf).pages[0].pictured


def test_words_and_widgets_go_with_their_own_page() -> None:
    pdf = paper(says("first"), says("second"))
    text_field(pdf, "two", "x", page=1)
    one, two = read(pdf).pages
    assert ([w.text for w in one.words], one.widgets) == (["first"], ())
    assert ([w.text for w in two.words], [w.name for w in two.widgets]) == (["second"], ["two"])
    assert widgets(pdf)[0].page == two.number == 2
