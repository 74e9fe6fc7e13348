"""What is opened, what is mended, what is refused, and what is said about the file."""

from __future__ import annotations

import io
import logging
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from processor import pages
from processor.errors import UnreadablePaper
from processor.pages import opening
from processor.pages import paper as paper_module
from processor.pages.xfa import data_values
from tests.pages.papers import codes, field, listed, paper, read, says, text_field, widget, written

PLAIN = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable}


def refused(data: bytes, max_pages: int = 20) -> UnreadablePaper:
    with pytest.raises(UnreadablePaper) as caught:
        pages.open(data, max_pages=max_pages)
    return caught.value


@pytest.mark.parametrize("data", [b"", b" \n\t"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refused(data).code == "empty-file"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<html>404</html>", "a web page"),
        (b"\n<!doctype html>", "a web page"),
        (b"PK\x03\x04rest", "a Word, Excel or zip file"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"not even close", "no PDF mark in it"),
    ],
)
def test_what_is_no_pdf_is_refused_and_named(data: bytes, what: str) -> None:
    refusal = refused(data)
    assert (refusal.code, what in refusal.what) == ("not-a-paper", True)
    assert refusal.do


def test_a_file_without_a_page_is_refused() -> None:
    assert refused(written(pikepdf.new())).code == "broken-file"


def test_rubbish_that_calls_itself_a_pdf_is_refused() -> None:
    assert refused(b"%PDF-1.7\n" + bytes(range(256)) * 9).code == "broken-file"


def test_more_pages_than_allowed_are_refused() -> None:
    refusal = refused(written(paper(b"", b"", b"")), max_pages=2)
    assert (refusal.code, "3 pages" in refusal.what) == ("too-big", True)


def test_a_file_locked_with_a_certificate_is_refused_as_locked() -> None:
    data = written(paper(), **PLAIN).replace(b"/Root", b"/Encrypt <</Filter/Adobe.PubSec/V 4>> /Root")
    assert refused(data).code == "locked-file"


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d[:-30],
        lambda d: d[: len(d) * 9 // 10],
        lambda d: b"X" * 3000 + d,
        lambda d: d.replace(b"startxref\n", b"startxref\n9"),
        lambda d: d[9:],
    ],
    ids=["end cut", "truncated", "rubbish before", "wrong table", "no header"],
)
def test_a_damaged_file_is_mended_and_said_to_be(damage: object) -> None:
    pdf = paper(says("Registration"))
    text_field(pdf, "name", "Ada")
    found = read(damage(written(pdf, **PLAIN)))  # type: ignore[operator]
    assert [w.text for w in found.pages[0].words] == ["Registration"]
    assert [f.code for f in found.findings] == ["mended-file"]


def _by_hand() -> bytes:
    """A PDF of one page, whose parts a test can spoil one by one."""
    content = says("Registration")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + table + b"trailer <</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)


def test_the_second_reader_opens_what_the_first_does_not() -> None:
    found = read(_by_hand()[9:])
    assert [w.text for w in found.pages[0].words] == ["Registration"]
    assert [f.code for f in found.findings] == ["mended-file"]


def test_more_pages_than_allowed_are_refused_by_the_second_reader_too() -> None:
    assert refused(_by_hand()[9:], max_pages=0).code == "too-big"


def test_what_the_second_reader_cannot_put_right_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "rewritten", lambda _: b"%PDF-1.7 still rubbish")
    assert refused(b"%PDF-1.7\n" + bytes(range(256)) * 9).code == "broken-file"


def test_a_file_that_pdfium_cannot_open_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_module, "saved", lambda _: b"rubbish")
    data = b"X" * 3000 + _by_hand()
    monkeypatch.setattr(opening, "saved", lambda _: data)
    assert refused(data).code == "broken-file"


def test_a_file_that_the_two_libraries_count_differently_is_read_as_the_first_writes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pdf = paper(says("one"), says("two"))
    other = written(paper(says("one")))
    monkeypatch.setattr(
        paper_module, "opened", lambda data, **_: opening.Opened(pikepdf.open(io.BytesIO(data)), other, mended=False)
    )
    assert [p.words[0].text for p in read(written(pdf)).pages] == ["one", "two"]


def test_a_mended_file_can_be_drawn() -> None:
    data = b"X" * 3000 + written(paper(says("Registration")))
    with pages.open(data, max_pages=1) as opened:
        assert opened.draw_png(1, 36).startswith(b"\x89PNG")


def test_a_whole_file_has_nothing_said_about_it() -> None:
    assert codes(paper(says("Registration"))) == []


def test_a_stream_that_unpacks_to_more_than_a_page_can_need_is_not_unpacked_by_us() -> None:
    pdf = paper()
    bomb = pdf.make_stream(zlib.compress(b" " * (64 << 20), 9), Dictionary(Filter=Name.FlateDecode))
    bomb.Type, bomb.Subtype, bomb.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    node = text_field(pdf, "t", None)
    node.V = bomb
    assert read(pdf).pages[0].widgets[0].sources[0].value == ""


def test_what_libraries_say_of_a_broken_file_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    codes(written(paper(says("Ada")), **PLAIN)[9:])
    assert caplog.records == []


def _acts(pdf: pikepdf.Pdf) -> str:
    found = [f for f in read(pdf).findings if f.code == "active-content"]
    return found[0].says if found else ""


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def test_a_script_at_opening_is_found() -> None:
    pdf = paper()
    pdf.Root.OpenAction = _script()
    assert "a script" in _acts(pdf)


def test_a_harmless_view_at_opening_is_not_reported() -> None:
    pdf = paper()
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
    assert _acts(pdf) == ""


def test_programs_attachments_and_sending_are_found_wherever_they_stand() -> None:
    pdf = paper()
    pdf.Root.AA = Dictionary(WC=Dictionary(S=Name.Launch, F=String("cmd.exe")), DP=String("nothing"))
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array()), JavaScript=Dictionary(Names=Array()))
    chained = Dictionary(S=Name.URI, URI=String("https://example.org"), Next=Array([Dictionary(S=Name.SubmitForm)]))
    listed(pdf, widget(pdf, T=String("b"), FT=Name.Btn, Ff=1 << 16, A=chained))
    says_ = _acts(pdf)
    for what in ("start a program", "an attached file", "a script", "send its data away"):
        assert what in says_


def test_an_attachment_on_a_page_is_found() -> None:
    pdf = paper()
    pdf.pages[0].obj.Annots.append(field(pdf, Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 1, 1])))
    assert "an attached file" in _acts(pdf)


def _signed(covered: str) -> bytes:
    pdf = paper(says("Signed"))
    value = field(pdf, Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=Array([0, 11111, 22222, 33333]))
    listed(pdf, widget(pdf, T=String("sig"), FT=Name.Sig, V=value), widget(pdf, T=String("empty"), FT=Name.Sig))
    data = written(pdf, **PLAIN)
    end = len(data) if covered == "all" else len(data) - 40
    return data.replace(b"11111 22222 33333", b"%05d %05d %05d" % (100, 200, end - 200))


def test_a_signed_file_is_known() -> None:
    found = read(_signed("all"))
    assert [f.code for f in found.findings] == ["digitally-signed"]
    assert [w.signed for w in found.pages[0].widgets] == [True, False]


def test_a_file_that_goes_on_behind_its_signature_was_changed() -> None:
    assert codes(_signed("part")) == ["digitally-signed", "changed-after-signing"]
    assert codes(_signed("all") + b"\n\n") == ["digitally-signed"]


DATA = """<?xml version="1.0"?><xdp:datasets xmlns:xdp="http://ns.adobe.com/xdp/" xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/">
<xfa:data><form1><City>Regina</City><Worker>Ada</Worker><Worker>Ben</Worker><Tick>1</Tick><Group/>
<Deep><Only>kept</Only></Deep></form1></xfa:data></xdp:datasets>"""


def _xfa(*, dynamic: bool = False, data: str = DATA) -> pikepdf.Pdf:
    pdf = paper(says("Please wait"))
    pdf.Root.AcroForm.XFA = Array([String("datasets"), pdf.make_stream(data.encode())])
    if dynamic:
        pdf.Root.NeedsRendering = True
    return pdf


def test_values_of_an_xfa_form_are_sources_beside_what_is_stored() -> None:
    pdf = _xfa()
    top = field(pdf, T=String("form1[0]"))
    page = field(pdf, T=String("#subform[0]"), Parent=top)
    kids = [
        widget(pdf, T=String("City[0]"), FT=Name.Tx, V=String("Saskatoon"), Parent=page),
        widget(pdf, T=String("Worker[1]"), FT=Name.Tx, Parent=page),
        widget(pdf, T=String("Tick[0]"), FT=Name.Btn, AS=Name("/1"), Parent=page),
        widget(pdf, T=String("Push[0]"), FT=Name.Btn, Ff=1 << 16, Parent=page),
    ]
    page.Kids, top.Kids = Array(kids), Array([page])
    listed(pdf, top)
    found = {w.name.rpartition(".")[2]: {s.where: s.value for s in w.sources} for w in read(pdf).pages[0].widgets}
    assert found["City[0]"] == {"V": "Saskatoon", "XFA": "Regina"}
    assert found["Worker[1]"] == {"XFA": "Ben"}
    assert found["Tick[0]"] == {"AS": "1", "XFA": "1"}
    assert found["Push[0]"] == {}


def test_a_dynamic_xfa_form_is_a_finding_and_its_data_are_kept_hidden() -> None:
    found = read(_xfa(dynamic=True))
    assert [f.code for f in found.findings] == ["xfa-form"]
    kept = {w.name: w.sources[0].value for w in found.pages[0].widgets if w.hidden}
    assert kept["form1[0].Worker[1]"] == "Ben"
    assert kept["form1[0].Deep[0].Only[0]"] == "kept"
    assert "form1[0].Group[0]" not in kept


@pytest.mark.parametrize(
    "data",
    ["", "<open", "<a/>", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>', "<x>" + "<y>" * 60 + "</y>" * 60 + "</x>"],
)
def test_xfa_data_that_are_none_do_no_harm(data: str) -> None:
    assert read(_xfa(data=data)).pages[0].widgets == ()


def test_a_tree_of_xfa_data_deeper_than_any_form_is_cut() -> None:
    nested = "<data>" + "<y>" * 60 + "v" + "</y>" * 60 + "</data>"
    assert all(len(name.split(".")) < 40 for name in data_values(written(_xfa(data=f"<x>{nested}</x>"))))
