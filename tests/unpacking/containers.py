"""Made-up mails and archives: as they travel, as Outlook saves and sends them; mailboxes and zip files."""

from __future__ import annotations

import io
import struct
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image

from tests.unpacking.compound import cfb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.unpacking.compound import Tree

SENDER = "Ana Kowal <ana@tallgrass.example>"
SENT = "Tue, 24 Nov 2026 09:15:00 -0600"


class File(NamedTuple):
    """One file to attach."""

    name: str
    data: bytes
    media: str = "application/pdf"
    inline: bool = False


def mail(
    *files: File, subject: str = "Our papers", text: str = "Please find our papers.", html: str = ""
) -> EmailMessage:
    """A mail with its attachments."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Date"] = SENDER, "office@partner.example", subject, SENT
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for file in files:
        kind, _, sub = file.media.partition("/")
        made.add_attachment(
            file.data, maintype=kind, subtype=sub, filename=file.name, disposition="inline" if file.inline else None
        )
    return made


def eml(*files: File, subject: str = "Our papers", text: str = "Please find our papers.", html: str = "") -> bytes:
    """A mail as it travels."""
    return mail(*files, subject=subject, text=text, html=html).as_bytes()


def forwarded(inner: EmailMessage, *files: File) -> bytes:
    """A mail with another one attached."""
    outer = mail(*files, subject="Fwd")
    outer.add_attachment(inner)
    return outer.as_bytes()


def nested(depth: int) -> bytes:
    """A mail of parts within parts."""
    made = b"From: a@b.example\nTo: c@d.example\nSubject: deep\n"
    for level in range(depth):
        made += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level)
    return made + b"Content-Type: text/plain\n\ndeep\n"


def mbox(*mails: bytes) -> bytes:
    """A mailbox as one file."""
    return b"\n".join(b"From ana@tallgrass.example Tue Nov 24 09:15:00 2026\n" + one.rstrip() + b"\n" for one in mails)


def zipped(files: Mapping[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 11, 24, 9, 15, 0)), data, how)
    return out.getvalue()


def locked_zip(name: str, data: bytes) -> bytes:
    """A zip file whose one entry says that it is encrypted."""
    made = bytearray(zipped({name: data}, how=zipfile.ZIP_STORED))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def picture(wide: int, high: int, kind: str = "PNG") -> bytes:
    """A picture of that size, nothing on it."""
    out = io.BytesIO()
    Image.new("RGB", (wide, high), "white").save(out, kind)
    return out.getvalue()


# ---------------------------------------------------------------- Outlook's


def msg(*files: File, subject: str = "Our papers", text: str = "Please find our papers.", within: bytes = b"") -> bytes:
    """A mail as Outlook saves it."""
    return cfb(_message(files, subject, text, 32, _message((File("inner.pdf", within),), "Inner", "", 24)
                        if within else None))  # fmt: skip


def _message(files: Sequence[File], subject: str, text: str, head: int, within: Tree | None = None) -> Tree:
    sent = struct.pack("<HHIQ", 0x0040, 0x0039, 6, 134_400_000_000_000_000)
    tree: dict[str, bytes | Tree] = {
        "__properties_version1.0": b"\0" * head + sent,
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_0C1A001F": "Ana Kowal".encode("utf-16-le"),
        "__substg1.0_0C1F001F": "ana@tallgrass.example".encode("utf-16-le"),
        "__substg1.0_1000001F": text.encode("utf-16-le"),
    }
    for number, file in enumerate(files):
        flags = struct.pack("<HHIQ", 0x0003, 0x3714, 6, 4 if file.inline else 0)
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": b"\0" * 8 + flags,
            "__substg1.0_3707001F": file.name.encode("utf-16-le"),
            "__substg1.0_370E001F": file.media.encode("utf-16-le"),
            "__substg1.0_37010102": file.data,
        }
    if within is not None:
        tree[f"__attach_version1.0_#{len(files):08X}"] = {
            "__properties_version1.0": b"\0" * 8,
            "__substg1.0_3001001F": "Inner".encode("utf-16-le"),
            "__substg1.0_3701000D": within,
        }
    return tree


def tnef(*files: File, subject: str = "Our papers") -> bytes:
    """A `winmail.dat`."""
    made = [struct.pack("<IH", 0x223E9F78, 1), _attribute(1, 0x8004, subject.encode() + b"\0")]
    for file in files:
        made += [
            _attribute(2, 0x9002, b"\0" * 14),
            _attribute(2, 0x8010, file.name[:8].encode() + b"\0"),
            _attribute(2, 0x800F, file.data),
            _attribute(2, 0x9005, _properties(file)),
        ]
    return b"".join(made)


def _attribute(level: int, number: int, data: bytes) -> bytes:
    return struct.pack("<BHHI", level, number, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _properties(file: File) -> bytes:
    """A property with a name of its own, one of many values, and the long name in Unicode."""
    name = file.name.encode("utf-16-le") + b"\0\0"
    own = struct.pack("<HH16sIIHxx", 0x0002, 0x8001, b"", 0, 7, 1)
    named = struct.pack("<HH16sII", 0x0003, 0x8002, b"", 1, 6) + "Own".encode("utf-16-le") + b"\0\0" + b"\1\0\0\0"
    many = struct.pack("<HHIII", 0x1003, 0x6001, 2, 5, 6)
    padded = name + b"\0" * (-len(name) % 4)
    long_name = struct.pack("<HHII", 0x001F, 0x3707, 1, len(name)) + padded
    return struct.pack("<I", 4) + own + named + many + long_name
