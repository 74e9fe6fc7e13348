"""What strangers send to break a reader of mails: each ends in a refusal, soon, and nothing is half unpacked."""

from __future__ import annotations

import random
import zipfile
from typing import TYPE_CHECKING

import pytest

from processor.errors import UnreadablePaper
from processor.unpacking.kinds import container
from processor.unpacking.limits import MAX_HEADERS, MAX_PIECES
from processor.unpacking.unpack import unpack
from tests.unpacking.containers import File, eml, forwarded, mail, mbox, msg, nested, tnef, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

ROOM = 20 << 20
PAPER = b"%PDF-1.7 made up"


def why(name: str, data: bytes, most: int = ROOM) -> str:
    with pytest.raises(UnreadablePaper) as refused:
        unpack(name, data, most)
    return refused.value.code


def matryoshka(deep: int) -> bytes:
    data = eml(File("scan.pdf", PAPER))
    for _ in range(deep):
        data = eml(File("mail.eml", data, "application/octet-stream"))
    return data


def rfc822(deep: int) -> bytes:
    made = mail(File("scan.pdf", PAPER))
    for _ in range(deep):
        outer = mail()
        outer.add_attachment(made)
        made = outer
    return made.as_bytes()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.zip", zipped({"blank.pdf": b"\0" * (15 << 20)})),
        ("several.zip", zipped({f"{n}.pdf": b"%PDF" + bytes(6 << 20) for n in range(4)})),
        ("many.zip", zipped({f"{n}.pdf": b"x" for n in range(MAX_PIECES + 1)})),
        ("many.eml", eml(*(File(f"{n}.pdf", b"x") for n in range(MAX_PIECES + 1)))),
        ("many.mbox", mbox(*[eml()] * (MAX_PIECES + 1))),
        ("bomb-within.eml", eml(File("bomb.zip", zipped({"blank.pdf": b"\0" * (15 << 20)}), "application/zip"))),
        ("headers.eml", b"From: a@b.example\n" + b"Received: by x\n" * (MAX_HEADERS + 1) + b"Subject: s\n\nhi"),
        ("long-header.eml", b"From: a@b.example\nSubject: s\nTo: " + b"( " * 200_000 + b"\n\nhi"),
        ("deep.eml", nested(40)),
        ("deeper.eml", nested(1500)),
        ("matryoshka.eml", matryoshka(5)),
        ("forwarded.eml", rfc822(6)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_too_much_is_refused_whole(name: str, data: bytes) -> None:
    assert why(name, data) == "too-big"


def test_a_few_forwards_are_no_attack() -> None:
    assert len(unpack("f.eml", rfc822(3), ROOM).pieces) == 1
    assert len(unpack("m.eml", matryoshka(3), ROOM).pieces) == 1


def test_a_blank_page_packs_well_and_is_no_bomb() -> None:
    [piece] = unpack("z.zip", zipped({"blank.tif": bytes(9 << 20)}), ROOM).pieces
    assert len(piece.data) == 9 << 20


def test_a_size_that_an_entry_states_is_not_believed() -> None:
    data = bytearray(zipped({"a.pdf": b"\0" * (15 << 20)}))
    place = data.index(b"PK\x01\x02") + 24
    data[place : place + 4] = (10).to_bytes(4, "little")
    try:
        pieces = unpack("z.zip", bytes(data), ROOM).pieces
    except UnreadablePaper as refused:
        assert refused.code == "too-big"  # noqa: PT017 - either is an end
    else:
        assert all(len(p.data) <= 10 or p.refused for p in pieces)


def test_entries_that_share_their_bytes_are_counted_each() -> None:
    """As in the bombs that overlap: what counts is what comes out."""
    data = zipped({f"{n}.pdf": bytes(9 << 20) for n in range(3)}, how=zipfile.ZIP_DEFLATED)
    assert why("z.zip", data, most=20 << 20) == "too-big"


@pytest.mark.parametrize(
    ("name", "wrap"), [("m.eml", eml), ("m.msg", msg), ("winmail.dat", tnef)], ids=["mail", "outlook", "tnef"]
)
def test_what_comes_out_is_counted_whatever_it_comes_out_of(name: str, wrap: Callable[..., bytes]) -> None:
    data = wrap(*(File(f"{n}.pdf", bytes(1 << 20)) for n in range(3)))
    assert why(name, data, most=2 << 20) == "too-big"
    assert len(unpack(name, data, 3 << 20).pieces) == 3


@pytest.mark.parametrize("name", ["Root Entry", "__substg1.0_37010102"])
def test_a_stream_that_states_more_than_the_file_has_is_not_read_in_circles(name: str) -> None:
    data = bytearray(msg(File("scan.pdf", PAPER)))
    entry = data.index(name.encode("utf-16-le"))
    data[entry + 120 : entry + 128] = (2 << 30).to_bytes(8, "little")
    assert why("m.msg", bytes(data)) == "broken-file"


def test_parentheses_in_an_address_are_not_followed() -> None:
    data = b"From: " + b"( " * 5_000 + b"a@b.example\nTo: c@d.example\nSubject: s\n\nhi"
    [covering] = unpack("m.eml", data, ROOM).mails
    assert len(covering.sender) <= 300


@pytest.mark.parametrize(
    "data",
    [
        eml(File("scan.pdf", PAPER), html="<p>x</p>"),
        forwarded(mail(File("scan.pdf", PAPER))),
        msg(File("scan.pdf", PAPER * 500), within=PAPER),
        tnef(File("scan.pdf", PAPER), File("two.pdf", PAPER)),
        zipped({"scan.pdf": PAPER, "w.eml": eml()}),
        mbox(eml(File("scan.pdf", PAPER)), eml()),
    ],
    ids=["mail", "forwarded", "outlook", "tnef", "zip", "mailbox"],
)
def test_damaged_bytes_end_in_pieces_or_a_refusal_never_in_a_fault(data: bytes) -> None:
    chance = random.Random(4)  # noqa: S311 - the same damage every time
    for _ in range(150):
        spoilt = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        cut = bytes(spoilt[: chance.randint(1, len(spoilt))])
        for hurt in (bytes(spoilt), cut):
            if container("x", hurt) is None:
                continue
            try:
                unpack("x", hurt, ROOM)
            except UnreadablePaper as refused:
                assert refused.code in {"broken-file", "too-big", "not-a-paper", "locked-file"}  # noqa: PT017
