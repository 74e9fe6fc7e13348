"""The properties by which Outlook tells what a mail and its attachments are, in .msg and winmail.dat alike.

A property is known by a number and a type ([MS-OXPROPS], [MS-OXCDATA] 2.11.1).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from processor.model import Mail
from processor.unpacking import words
from processor.unpacking.limits import MAX_LINE, MAX_NAME
from processor.unpacking.names import file_name, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    Properties = Mapping[int, bytes | str]

SUBJECT, SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP, SENT_FOR = 0x0037, 0x0C1A, 0x0C1F, 0x5D01, 0x0042
BODY, HTML, SUBMITTED, DELIVERED = 0x1000, 0x1013, 0x0039, 0x0E06
DATA, NAME, LONG_NAME, SHOWN_NAME, MEDIA, CONTENT_ID, FLAGS, HIDDEN = (
    0x3701, 0x3704, 0x3707, 0x3001, 0x370E, 0x3712, 0x3714, 0x7FFE,
)  # fmt: skip
OBJECT, TIME, TEXT8, TEXT16, BINARY = 0x000D, 0x0040, 0x001E, 0x001F, 0x0102
_IN_TEXT = 4
"""The flag of an attachment that the mail's own HTML shows."""
_FIRST = datetime(1601, 1, 1, tzinfo=UTC)


def text_of(kind: int, data: bytes) -> str:
    """A property's text: UTF-16, or bytes in a code page that is mostly the Western one."""
    if kind == TEXT16:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    return data.decode("cp1252", "replace").rstrip("\0")


def mail_of(known: Properties) -> Mail:
    """The mail that the properties describe."""
    name = _text(known, SENDER_NAME) or _text(known, SENT_FOR)
    address = next((a for n in (SENDER_SMTP, SENDER_ADDRESS) if "@" in (a := _text(known, n))), "")
    sender = f"{name} <{address}>" if name and address and name != address else name or address
    html = known.get(HTML, b"")
    body = _text(known, BODY)
    return Mail(
        sender=shown(sender, MAX_LINE),
        subject=shown(_text(known, SUBJECT), MAX_LINE),
        sent=_time(known.get(SUBMITTED, b"")) or _time(known.get(DELIVERED, b"")),
        text=words.kept(body)
        if body.strip()
        else words.of_html(html if isinstance(html, str) else html.decode("utf-8", "replace")),
    )


def name_of(known: Properties) -> str:
    """What an attachment is called."""
    names = (_text(known, n) for n in (LONG_NAME, NAME, SHOWN_NAME))
    return next((file_name(n[: 4 * MAX_NAME]) for n in names if n.strip()), "")


def inline(known: Properties) -> bool:
    """Whether the mail's own text shows it."""
    flags, hidden = known.get(FLAGS, b""), known.get(HIDDEN, b"")
    flagged = isinstance(flags, bytes) and bool(int.from_bytes(flags[:4], "little") & _IN_TEXT)
    return flagged or (isinstance(hidden, bytes) and hidden[:1] == b"\1")


def media_of(known: Properties) -> str:
    """The media type that is stated; empty for none."""
    return _text(known, MEDIA).strip().lower()


def _text(known: Properties, number: int) -> str:
    value = known.get(number, "")
    return value if isinstance(value, str) else ""


def _time(value: bytes | str) -> str:
    """A moment as ISO text: tenths of microseconds since 1601."""
    if not isinstance(value, bytes) or len(value) < 8 or not any(value[:8]):
        return ""
    try:
        return (_FIRST + timedelta(microseconds=int.from_bytes(value[:8], "little") // 10)).isoformat(
            timespec="seconds"
        )
    except OverflowError:
        return ""
