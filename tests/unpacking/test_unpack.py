"""What comes out of mails, mailboxes, Outlook's files and zip files: every file with its way inside."""

from __future__ import annotations

from base64 import encodebytes
from hashlib import sha256

import pytest

from processor.errors import UnreadablePaper
from processor.unpacking.kinds import Container, container
from processor.unpacking.unpack import piece_of, unpack
from tests.unpacking.compound import cfb
from tests.unpacking.containers import (
    SENDER,
    File,
    eml,
    forwarded,
    locked_zip,
    mail,
    mbox,
    msg,
    picture,
    tnef,
    zipped,
)

PAPER = b"%PDF-1.7 made up"
SCAN = File("scan.pdf", PAPER)
ROOM = 10 << 20
MAKERS = {
    "mail.eml": eml(SCAN),
    "mail.msg": msg(SCAN),
    "winmail.dat": tnef(SCAN),
    "mail.mbox": mbox(eml(SCAN)),
    "papers.zip": zipped({"scan.pdf": PAPER}),
}


def paths(name: str, data: bytes) -> list[str]:
    return [piece.path for piece in unpack(name, data, ROOM).pieces]


# ---------------------------------------------------------------- every kind


@pytest.mark.parametrize("name", MAKERS)
def test_a_paper_comes_out_of_every_kind_of_container_as_it_went_in(name: str) -> None:
    [piece] = unpack(name, MAKERS[name], ROOM).pieces
    assert piece.path.endswith("scan.pdf")
    assert (piece.data, piece.trifle, piece.inline, piece.refused) == (PAPER, False, False, None)


@pytest.mark.parametrize("name", [n for n in MAKERS if n != "papers.zip"])
def test_a_mail_says_what_it_is_about(name: str) -> None:
    [covering] = unpack(name, MAKERS[name], ROOM).mails
    assert covering.subject == "Our papers"
    assert name == "winmail.dat" or (covering.sender, covering.text) == (SENDER, "Please find our papers.")
    assert name == "winmail.dat" or covering.sent.startswith("2026-11-24T")


def test_a_mail_is_known_by_how_it_begins_whatever_its_name() -> None:
    assert container("scan.pdf", PAPER) is None
    assert container("note.txt", b"Dear all:\n\nFrom: me\nTo: you\n") is None
    assert container("page.txt", b"HTTP/1.1 200 OK\nDate: today\nContent-Type: application/pdf\n\n%PDF-1.7") is None
    assert container("raw", b"Date: today\nContent-Type: application/pdf\n\n%PDF-1.7") is None
    assert container("fax.eml", b"Date: today\n\nhello") is Container.MAIL
    assert container("anything", eml(SCAN)) is Container.MAIL


def test_what_is_no_container_is_refused() -> None:
    with pytest.raises(UnreadablePaper):
        unpack("scan.pdf", PAPER, ROOM)


# ---------------------------------------------------------------- one in the other


def test_a_forwarded_mail_keeps_its_own_words_and_its_papers_their_way() -> None:
    found = unpack("f.eml", forwarded(mail(SCAN, subject="Inner"), File("out.pdf", PAPER)), ROOM)
    assert [p.path for p in found.pieces] == ["out.pdf", "Inner.eml/scan.pdf"]
    assert [(m.path, m.subject) for m in found.mails] == [("", "Fwd"), ("Inner.eml", "Inner")]


def test_a_mail_within_an_outlook_mail_is_opened() -> None:
    found = unpack("m.msg", msg(SCAN, within=PAPER + b"2"), ROOM)
    assert [p.path for p in found.pieces] == ["scan.pdf", "Inner/inner.pdf"]
    assert [m.path for m in found.mails] == ["", "Inner"]


def test_containers_within_a_mail_are_opened_where_they_lie() -> None:
    data = eml(
        File("winmail.dat", tnef(SCAN), "application/ms-tnef"),
        File("papers.zip", zipped({"a/b.pdf": PAPER, "w.eml": eml(SCAN)}), "application/zip"),
    )
    assert paths("m.eml", data) == ["winmail.dat/scan.pdf", "papers.zip/a/b.pdf", "papers.zip/w.eml/scan.pdf"]


def test_each_mail_of_a_mailbox_has_its_number_and_its_quoted_lines_back() -> None:
    found = unpack("b.mbox", mbox(eml(SCAN), eml(text="Hello\n>From here on")), ROOM)
    assert [p.path for p in found.pieces] == ["mail 1/scan.pdf"]
    assert [(m.path, m.text) for m in found.mails][1] == ("mail 2", "Hello\nFrom here on")


def test_an_archive_in_an_archive_stays_closed_and_says_so() -> None:
    [piece] = unpack("z.zip", zipped({"inner.zip": zipped({"scan.pdf": PAPER})}), ROOM).pieces
    assert piece.refused is not None
    assert "archive in an archive" in piece.refused.what


def test_a_piece_is_found_again_by_its_hash() -> None:
    assert piece_of("m.eml", eml(SCAN), sha256(PAPER).hexdigest(), ROOM) == PAPER
    with pytest.raises(UnreadablePaper):
        piece_of("m.eml", eml(SCAN), "00" * 32, ROOM)


# ---------------------------------------------------------------- names


def test_two_files_of_one_name_are_told_apart() -> None:
    assert paths("m.eml", eml(SCAN, SCAN, File("SCAN.pdf", PAPER))) == ["scan.pdf", "scan (2).pdf", "SCAN (3).pdf"]


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\ana\\scan.pdf", "scan.pdf"),
        ("fdp.\u202egnp.pdf", "fdp.gnp.pdf"),
        ("re\u0301sume\u0301.pdf", "r\u00e9sum\u00e9.pdf"),
        ("a\tb.pdf", "a b.pdf"),
        ("..", "file"),
        ("x" * 500 + ".pdf", "x" * 200),
    ],
)
def test_a_name_is_fit_to_be_shown(named: str, shown: str) -> None:
    assert paths("m.msg", msg(File(named, PAPER))) == [shown]


@pytest.mark.parametrize(
    ("named", "shown"), [("../../evil.pdf", "evil.pdf"), ("/root/a.pdf", "root/a.pdf"), ("C:/x/./y.pdf", "x/y.pdf")]
)
def test_a_way_in_an_archive_leads_nowhere_else(named: str, shown: str) -> None:
    assert paths("z.zip", zipped({named: PAPER})) == [shown]


def test_headers_in_any_writing_are_read() -> None:
    coded = b"From: =?utf-8?q?Zo=C3=AB?= <z@a.example>\nSubject: =?iso-8859-1?Q?caf=E9?= =?bad?=\nTo: x@y.example\n\nhi"
    raw = "From: Zoë <z@a.example>\nSubject: café\nTo: x@y.example\n\nhi".encode()
    for data in (coded, raw):
        [covering] = unpack("m.eml", data, ROOM).mails
        assert covering.sender == "Zoë <z@a.example>"
        assert covering.subject.startswith("café")


@pytest.mark.parametrize("charset", ["utf-7", "nonsense", "hex", "unicode_escape", "undefined", "idna", "\0"])
def test_a_strange_writing_costs_no_paper(charset: str) -> None:
    head = f"From: a@b.example\nSubject: =?{charset}?q?=2B2AA-?=\nTo: =?broken\n"
    head += "Content-Type: multipart/mixed; boundary=x\n"
    text = f"--x\nContent-Type: text/plain; charset={charset}\n\n+2AA- é\n--x\nContent-Type: application/pdf\n"
    named = f"Content-Disposition: attachment; filename*={charset}''%2B2AA-.pdf\n\n%PDF\n--x--\n"
    [piece] = unpack("m.eml", (head + "\n" + text + named).encode(), ROOM).pieces
    assert piece.data == b"%PDF"
    assert piece.path.encode()


# ---------------------------------------------------------------- the mail's own words


def test_plain_words_are_kept_and_those_in_html_only_where_there_are_no_others() -> None:
    [both] = unpack("m.eml", eml(html="<p>other words</p>"), ROOM).mails
    assert both.text == "Please find our papers."
    html = b"From: a@b.example\nTo: c@d.example\nContent-Type: text/html\n\n<style>x</style><p>One</p><p>&amp; two</p>"
    [page] = unpack("m.eml", html, ROOM).mails
    assert page.text == "One\n& two"


def test_a_pdf_that_calls_itself_text_is_a_file() -> None:
    fax = b"From: fax@a.example\nTo: b@c.example\nSubject: Fax\n\n%PDF-1.7 made up"
    assert paths("m.eml", fax) == ["file"]


def test_a_text_file_is_a_file_and_no_words_of_the_mail() -> None:
    assert paths("m.eml", eml(File("notes.txt", b"see you", "text/plain"))) == ["notes.txt"]


# ---------------------------------------------------------------- trifles


@pytest.mark.parametrize(
    "file",
    [
        File("smime.p7s", b"seal", "application/pkcs7-signature"),
        File("ana.vcf", b"BEGIN:VCARD", "text/x-vcard"),
        File("invite.ics", b"BEGIN:VCALENDAR", "text/calendar"),
        File("ATT00001.txt", b"-- \nsent by", "text/plain"),
        File("Thumbs.db", b"x", "application/octet-stream"),
    ],
    ids=lambda file: file.name,
)
def test_what_mail_programs_add_is_a_trifle(file: File) -> None:
    assert [p.trifle for p in unpack("m.eml", eml(file, SCAN), ROOM).pieces] == [True, False]


def test_a_picture_in_the_text_is_told_from_an_attached_one() -> None:
    logo, card = File("l.png", picture(9, 9), "image/png", inline=True), File("c.png", picture(9, 8), "image/png")
    for name, data in (("m.eml", eml(logo, card)), ("m.msg", msg(logo, card))):
        assert [p.inline for p in unpack(name, data, ROOM).pieces] == [True, False]


# ---------------------------------------------------------------- office files, locks


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("a.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), "a Word document"),
        ("roster", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "an Excel spreadsheet"),
        ("a.odt", zipped({"mimetype": b"", "content.xml": b""}), "a Word document"),
        ("a.key", zipped({"mimetype": b""}), "a Word, Excel or similar file"),
        ("a.xls", cfb({"Workbook": b"x"}), "an Excel spreadsheet"),
        ("a.doc", cfb({"WordDocument": b"x"}), "a Word document"),
        ("a.mdb", cfb({"Else": b"x"}), "an old Word, Excel or Outlook file"),
        ("damaged.xlsx", b"PK\x03\x04 nothing", "an Excel spreadsheet"),
    ],
)
def test_an_office_file_is_named_and_a_pdf_asked_for(name: str, data: bytes, what: str) -> None:
    with pytest.raises(UnreadablePaper, match=what) as alone:
        unpack(name, data, ROOM)
    assert "Ask the sender for a PDF" in alone.value.do
    [piece] = unpack("m.eml", eml(File(name, data, "application/octet-stream")), ROOM).pieces
    assert piece.refused is not None
    assert piece.refused.what == alone.value.what


def test_a_sealed_mail_says_that_an_ordinary_one_can_be_read() -> None:
    seal = File("smime.p7m", b"\x30\x80", "application/pkcs7-mime")
    [piece] = unpack("m.eml", eml(seal), ROOM).pieces
    assert piece.refused is not None
    assert "S/MIME" in piece.refused.what


def test_a_locked_entry_says_so_and_the_others_come_out() -> None:
    [piece] = unpack("z.zip", locked_zip("scan.pdf", PAPER), ROOM).pieces
    assert piece.refused is not None
    assert piece.refused.code == "locked-file"


# ---------------------------------------------------------------- what strays from the rules of mail


def test_an_attached_mail_that_was_packed_as_a_file_is_opened() -> None:
    head = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    inner = head + encodebytes(eml(File("card.pdf", PAPER + b" too")))
    outer = eml(SCAN)
    between = b"\n--" + outer.partition(b'boundary="')[2].partition(b'"')[0] + b"\n"
    outer = outer.replace(b"Content-Type: application/pdf", inner + between + b"Content-Type: application/pdf", 1)
    pieces = {piece.path: piece.data for piece in unpack("mail.eml", outer, ROOM).pieces}
    assert pieces == {"mail.eml/card.pdf": PAPER + b" too", "scan.pdf": PAPER}


def test_a_picture_that_calls_itself_the_mails_text_is_a_file() -> None:
    photo = picture(400, 300, "JPEG")
    data = b"From: a@b.example\nSubject: fax\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
    [piece] = unpack("mail.eml", data + encodebytes(photo), ROOM).pieces
    assert piece.data == photo
    wide = b"From: a@b.example\nSubject: hello\nContent-Type: text/plain; charset=utf-16\n"
    wide += b"Content-Transfer-Encoding: base64\n\n" + encodebytes("Hello".encode("utf-16"))
    assert unpack("mail.eml", wide, ROOM).pieces == ()
