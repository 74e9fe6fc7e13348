"""Every row of the table of cases in `studies/pdf.md` 3, and the sources that a value may have."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from processor.errors import UnreadablePaper
from processor.model import Box, Source, WidgetKind
from tests.pages.papers import (
    BOX,
    field,
    listed,
    paper,
    read,
    says,
    shows,
    sources,
    states,
    text_field,
    widget,
    widgets,
    written,
)


def test_type_and_value_are_inherited_from_a_grandparent() -> None:
    pdf = paper()
    top = field(pdf, T=String("a"), FT=Name.Tx, V=String("from above"), TU=String("A label"))
    middle = field(pdf, T=String("b"), Parent=top)
    kid = widget(pdf, Parent=middle)
    top.Kids, middle.Kids = Array([middle]), Array([kid])
    listed(pdf, top)
    (found,) = widgets(pdf)
    assert (found.name, found.kind, found.label) == ("a.b", WidgetKind.TEXT, "A label")
    assert sources(found) == {"V": "from above"}


def test_a_widget_that_the_form_does_not_list_is_found() -> None:
    pdf = paper()
    widget(pdf, FT=Name.Tx, T=String("orphan"), V=String("seen"))
    assert [(w.name, sources(w)) for w in widgets(pdf)] == [("orphan", {"V": "seen"})]


def test_a_field_that_stands_on_no_page_is_found_and_hidden() -> None:
    pdf = paper()
    listed(pdf, field(pdf, FT=Name.Tx, T=String("nowhere"), V=String("x")))
    (found,) = widgets(pdf)
    assert (found.name, found.hidden, found.page) == ("nowhere", True, 1)


def test_two_fields_of_one_name_stay_two_widgets() -> None:
    pdf = paper()
    text_field(pdf, "twice", "one")
    text_field(pdf, "twice", "two")
    assert [(w.name, sources(w)["V"]) for w in widgets(pdf)] == [("twice", "one"), ("twice", "two")]


def test_a_widget_named_on_two_pages_is_read_once() -> None:
    pdf = paper(b"", b"")
    node = text_field(pdf, "once", "v")
    pdf.pages[1].obj.Annots.append(node)
    assert [w.page for w in widgets(pdf)] == [1]


def _radio(pdf: pikepdf.Pdf, on: list[str], shown: list[str], **keys: object) -> None:
    group = field(pdf, T=String("type"), FT=Name.Btn, Ff=1 << 15, **keys)
    group.Kids = Array(
        [
            widget(pdf, Parent=group, AP=states(pdf, state, "Off"), AS=Name(f"/{is_}"))
            for state, is_ in zip(on, shown, strict=True)
        ]
    )
    listed(pdf, group)


def test_a_radio_button_without_a_value_is_read_from_its_appearance_state() -> None:
    pdf = paper()
    _radio(pdf, ["self", "independent"], ["Off", "independent"])
    assert [(w.on, w.sources) for w in widgets(pdf)] == [
        ("self", (Source("AS", "Off"),)),
        ("independent", (Source("AS", "independent"),)),
    ]


def test_radio_buttons_with_options_mean_their_own_option() -> None:
    pdf = paper()
    _radio(pdf, ["0", "1"], ["Off", "1"], V=Name("/1"), Opt=Array([String("Saskatchewan"), String("Manitoba")]))
    one, two = widgets(pdf)
    assert (one.on, sources(one)) == ("Saskatchewan", {"V": "Manitoba", "AS": "Off"})
    assert (two.on, sources(two)) == ("Manitoba", {"V": "Manitoba", "AS": "Manitoba"})


def test_options_count_the_kids_whatever_their_states_are_called() -> None:
    pdf = paper()
    _radio(pdf, ["x", "y"], ["x", "Off"], V=Name.x, Opt=Array([String("Yes"), String("No")]))
    assert [(w.on, sources(w)["AS"]) for w in widgets(pdf)] == [("Yes", "Yes"), ("No", "Off")]


@pytest.mark.parametrize("value", [Name.Yes, String("Yes")])
def test_a_tick_may_be_stored_as_a_name_or_as_a_string(value: pikepdf.Object) -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Btn, V=value, AS=Name.Yes, AP=states(pdf, "Yes", "Off")))
    (found,) = widgets(pdf)
    assert (found.kind, found.on, sources(found)) == (WidgetKind.TICK, "Yes", {"V": "Yes", "AS": "Yes"})


def test_a_tick_whose_stored_value_differs_from_its_state_gives_both() -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Btn, V=Name.Yes, AS=Name.Off, AP=states(pdf, "Yes")))
    assert sources(widgets(pdf)[0]) == {"V": "Yes", "AS": "Off"}


def test_a_tick_without_any_appearance_takes_its_state_from_what_is_stored() -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Btn, V=Name.Ja))
    listed(pdf, widget(pdf, T=String("u"), FT=Name.Btn))
    listed(pdf, widget(pdf, T=String("v"), FT=Name.Btn, AP=Dictionary(D=Dictionary(On=shows(pdf, "")))))
    listed(pdf, widget(pdf, T=String("w"), FT=Name.Btn, AP=Dictionary(N=Dictionary(Off=shows(pdf, "")))))
    assert [(w.on, sources(w)) for w in widgets(pdf)] == [("Ja", {"V": "Ja"}), ("", {}), ("On", {}), ("", {})]


def test_a_state_whose_bytes_are_not_utf_8_is_read() -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Btn, AS=Name("/spouseXs"), AP=states(pdf, "spouseXs")))
    data = written(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = data.replace(b"/spouseXs", b"/spouse\x90s")
    assert widgets(data)[0].on == "spouse’s"
    assert sources(widgets(data)[0]) == {"AS": "spouse’s"}


def test_several_chosen_values_are_joined_by_line_feeds_and_said_as_the_list_shows_them() -> None:
    pdf = paper()
    options = Array([Array([String("rf"), String("Roofing")]), String("Paving"), String("Framing")])
    listed(pdf, widget(pdf, T=String("c"), FT=Name.Ch, Opt=options, V=Array([String("rf"), String("Framing")])))
    (found,) = widgets(pdf)
    assert (found.kind, found.options) == (WidgetKind.CHOICE, ("Roofing", "Paving", "Framing"))
    assert sources(found) == {"V": "Roofing\nFraming"}


def test_a_choice_without_a_value_is_read_from_the_numbers_of_its_options() -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("c"), FT=Name.Ch, Opt=Array([String("a"), String("b")]), I=Array([1, 7])))
    assert sources(widgets(pdf)[0]) == {"V": "b"}


def test_a_drop_down_list_is_compared_with_what_it_shows_but_a_list_box_is_not() -> None:
    pdf = paper()
    for name, flags in (("combo", 1 << 17), ("list", 0)):
        shown = Dictionary(N=shows(pdf, "Paving"))
        listed(pdf, widget(pdf, T=String(name), FT=Name.Ch, Ff=flags, V=String("Paving"), AP=shown))
    assert [sources(w) for w in widgets(pdf)] == [{"V": "Paving", "drawn": "Paving"}, {"V": "Paving"}]


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (b"\xef\xbb\xbfChl\xc3\xb3e", "Chlóe"),
        (b"\xfe\xff\x01\x41\x00\xf3d\x00\xfa"[:6], "Łó"),
        (b"\xff\xfeA\x01\xf3\x00", "Łó"),
        (b"Caf\xe9", "Café"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b\x00A", "A"),
        (b"end\0", "end"),
    ],
)
def test_a_string_is_read_in_each_of_its_encodings(stored: bytes, value: str) -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Tx, V=String(stored)))
    assert sources(widgets(pdf)[0])["V"] == value


@pytest.mark.parametrize("data", [b"two\nlines", b"\xfe\xff\x00t\x00w\x00o\x00\n\x00l\x00i\x00n\x00e\x00s"])
def test_a_value_that_is_a_stream_is_decoded(data: bytes) -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Tx, V=pdf.make_stream(data)))
    assert sources(widgets(pdf)[0])["V"] == "two\nlines"


def test_a_stream_too_large_for_a_value_is_no_value() -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Tx, V=pdf.make_stream(bytes(range(256)) * 500)))
    data = written(pdf, compress_streams=False)
    assert sources(widgets(data)[0])["V"] == ""


@pytest.mark.parametrize("stored", [7, True, None])
def test_what_is_no_text_at_all_is_read_as_it_is_written(stored: object) -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Tx, V=stored))
    assert sources(widgets(pdf)[0]) == ({} if stored is None else {"V": str(stored)})


RICH = (
    '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>Prairie <b>Roofing</b></p>'
    '<p dir="ltr">Ltd.<br/>Regina</p></body>'
)


@pytest.mark.parametrize("as_stream", [False, True])
def test_rich_text_is_a_source_of_its_own(as_stream: bool) -> None:  # noqa: FBT001
    pdf = paper()
    stored = pdf.make_stream(RICH.encode()) if as_stream else String(RICH)
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Tx, V=String("Prairie"), RV=stored))
    assert sources(widgets(pdf)[0]) == {"V": "Prairie", "rich text": "Prairie Roofing\nLtd.\nRegina"}


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        ("plain", "plain"),
        ("<body><p>open", ""),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><body>&a;</body>', ""),
        ("<body>" + "<b>" * 3000 + "x" + "</b>" * 3000 + "</body>", ""),
    ],
)
def test_rich_text_that_is_none_does_no_harm(stored: str, value: str) -> None:
    pdf = paper()
    listed(pdf, widget(pdf, T=String("t"), FT=Name.Tx, RV=String(stored)))
    assert sources(widgets(pdf)[0]) == {"rich text": value}


def test_a_value_that_differs_from_what_the_page_shows_gives_both() -> None:
    pdf = paper()
    text_field(pdf, "count", "9", "15")
    assert sources(widgets(pdf)[0]) == {"V": "9", "drawn": "15"}


def test_an_appearance_without_a_value_is_read_from_the_page() -> None:
    pdf = paper()
    text_field(pdf, "name", None, "Ada Example")
    assert sources(widgets(pdf)[0]) == {"drawn": "Ada Example"}


def test_an_appearance_that_shows_nothing_is_seen_to_be_empty() -> None:
    pdf = paper()
    text_field(pdf, "name", "Ada", "")
    assert sources(widgets(pdf)[0]) == {"V": "Ada", "drawn": ""}


@pytest.mark.parametrize(
    ("content", "filters"),
    [(b"(x) Tj " * 20_000, {}), (zlib.compress(b" " * (64 << 20), 9), {"Filter": Name.FlateDecode})],
)
def test_an_appearance_that_is_too_large_to_be_one_is_not_looked_at(content: bytes, filters: dict[str, Any]) -> None:
    pdf = paper()
    node = text_field(pdf, "name", "Ada")
    shape = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]), **filters)
    node.AP = Dictionary(N=pdf.make_stream(content, shape))
    assert sources(widgets(written(pdf, compress_streams=False))[0]) == {"V": "Ada"}


def test_what_overflows_a_box_belongs_to_that_box_and_to_no_neighbour() -> None:
    pdf = paper()
    text_field(
        pdf,
        "short",
        "a very long name that no box holds",
        "a very long name that no box holds",
        box=(100, 600, 140, 620),
    )
    text_field(pdf, "next", "", "", box=(142, 600, 300, 620))
    assert [sources(w)["drawn"] for w in widgets(pdf)] == ["a very long name that no box holds", ""]


def test_an_appearance_turned_on_its_side_is_read_upright() -> None:
    pdf = paper()
    for name, text in (("one", "sideways"), ("two", "upward")):
        shown = Dictionary(N=shows(pdf, text, Matrix=Array([0, 1, -1, 0, 20, 0])))
        listed(pdf, widget(pdf, T=String(name), FT=Name.Tx, V=String(text), AP=shown))
    assert [sources(w)["drawn"] for w in widgets(pdf)] == ["sideways", "upward"]


def test_text_that_the_appearance_itself_turns_stays_in_its_own_box() -> None:
    pdf = paper()
    for name, text in (("one", "North"), ("two", "South")):
        content = b"q 0 1 -1 0 15 0 cm BT /Helv 10 Tf 2 5 Td (%s) Tj ET Q" % text.encode()
        stream = pdf.make_stream(content, Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 20, 75])))
        listed(pdf, widget(pdf, T=String(name), FT=Name.Tx, V=String(text), AP=Dictionary(N=stream)))
    assert [sources(w)["drawn"] for w in widgets(pdf)] == ["North", "South"]


def test_more_appearances_than_one_sheet_holds_keep_to_their_boxes() -> None:
    pdf = paper()
    for number in range(240):
        text_field(pdf, f"f{number}", f"value {number}", f"value {number}")
    assert all(sources(w)["V"] == sources(w)["drawn"] for w in widgets(pdf))


def test_a_form_that_asks_for_new_appearances_is_not_judged_by_its_old_ones() -> None:
    pdf = paper()
    text_field(pdf, "name", "new", "old")
    pdf.Root.AcroForm.NeedAppearances = True
    assert sources(widgets(pdf)[0]) == {"V": "new"}


def test_a_comb_is_known_and_shows_no_blanks() -> None:
    pdf = paper()
    node = text_field(pdf, "account", "7196", None, Ff=1 << 24, MaxLen=8)
    cells = b"BT /Helv 10 Tf 7 5 Td (7) Tj 25 0 Td (1) Tj 25 0 Td (9) Tj 25 0 Td (6) Tj ET"
    shape = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20]))
    node.AP = Dictionary(N=pdf.make_stream(cells, shape))
    (found,) = widgets(pdf)
    assert (found.comb, sources(found)) == (8, {"V": "7196", "drawn": "7196"})


def test_flags_are_read() -> None:
    pdf = paper()
    text_field(pdf, "required", "x", None, Ff=1 << 1 | 1 << 12)
    text_field(pdf, "secret", "x", "***", Ff=1 << 13)
    text_field(pdf, "hidden", "x", "x", F=2)
    text_field(pdf, "flat", "x", "x", box=(100, 600, 100, 620))
    listed(pdf, widget(pdf, T=String("push"), FT=Name.Btn, Ff=1 << 16))
    required, secret, hidden, flat, push = widgets(pdf)
    assert required.required
    assert required.multiline
    assert sources(secret) == {"V": "x"}
    assert hidden.hidden
    assert flat.hidden
    assert push.kind is WidgetKind.BUTTON


def test_what_is_no_field_is_left_out() -> None:
    pdf = paper()
    widget(pdf)
    pdf.pages[0].obj.Annots.append(7)
    widget(pdf, FT=Name.Odd, T=String("odd"))
    assert [w.kind for w in widgets(pdf)] == [WidgetKind.BUTTON]


def test_a_box_that_is_none_is_hidden() -> None:
    pdf = paper()
    node = text_field(pdf, "t", "x")
    node.Rect = Array([Name.a, 1, 2, 3])
    assert (widgets(pdf)[0].box, widgets(pdf)[0].hidden) == (Box(0, 0, 0, 0), True)


def test_an_incremental_update_gives_the_new_value() -> None:
    pdf = paper()
    text_field(pdf, "name", "before")
    data = written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    again = pikepdf.open(io.BytesIO(data))
    number = again.Root.AcroForm.Fields[0].objgen[0]
    again.close()
    start = len(data)
    changed = (
        b"\n%d 0 obj\n<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(after)/Rect[100 600 300 620]>>\nendobj\n" % number
    )
    before = int(data.rsplit(b"startxref", 1)[1].split()[0])
    size = number + 1
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    data += changed + table % (number, start + 1, size + 20, before, start + len(changed))
    assert sources(widgets(data)[0])["V"] == "after"


def test_a_file_with_an_owner_password_only_is_open_to_us() -> None:
    pdf = paper(says("Registration"))
    text_field(pdf, "name", "Ada", "Ada")
    data = written(pdf, encryption=pikepdf.Encryption(owner="secret", user=""))
    assert sources(widgets(data)[0]) == {"V": "Ada", "drawn": "Ada"}
    assert [w.text for w in read(data).pages[0].words] == ["Registration"]


def test_a_file_with_a_user_password_is_refused_as_locked() -> None:
    data = written(paper(), encryption=pikepdf.Encryption(owner="secret", user="secret"))
    with pytest.raises(UnreadablePaper) as refused:
        read(data)
    assert refused.value.code == "locked-file"


def test_a_field_tree_that_loops_is_left() -> None:
    pdf = paper()
    one = field(pdf, T=String("a"), FT=Name.Tx)
    two = field(pdf, T=String("b"), Parent=one)
    one.Kids, two.Kids, one.Parent = Array([one, two]), Array([one]), two
    leaf = widget(pdf, T=String("leaf"), FT=Name.Tx, Parent=two)
    listed(pdf, one, leaf)
    assert [w.name.rpartition(".")[2] for w in widgets(pdf)] == ["leaf"]


def test_a_field_tree_of_a_thousand_million_paths_is_walked_once() -> None:
    pdf = paper()
    node = field(pdf, T=String("x"), FT=Name.Tx, V=String("v"))
    for level in range(9):
        node = field(pdf, T=String(f"f{level}"), Kids=Array([node] * 10))
    listed(pdf, node)
    assert len(widgets(pdf)) == 1


def test_a_field_tree_deeper_than_any_form_is_cut() -> None:
    pdf = paper()
    node = field(pdf, T=String("x"), FT=Name.Tx)
    top = node
    for _ in range(40):
        top = field(pdf, T=String("f"), Kids=Array([top]))
    listed(pdf, top)
    assert widgets(pdf) == []


def test_more_fields_than_any_form_has_are_refused() -> None:
    pdf = paper()
    pdf.Root.AcroForm.Fields = Array([Dictionary(FT=Name.Tx, T=String("x"))] * 5001)
    with pytest.raises(UnreadablePaper, match="5,000 fields") as refused:
        read(pdf)
    assert refused.value.code == "too-big"


def test_the_box_stands_on_the_upright_page() -> None:
    pdf = paper()
    text_field(pdf, "t", "x")
    assert widgets(pdf)[0].box == Box(100, 792 - 620, 300, 792 - 600)
    assert BOX == (100, 600, 300, 620)
