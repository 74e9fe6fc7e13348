"""A mail as it travels (.eml): its own words, and what is attached.

The standard library parses it without looking into the headers (`compat32`); those that we need are decoded here,
each cut to a length first, since its own parser of addresses takes seconds on a long line.
"""

from __future__ import annotations

import email
from email import policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from processor.findings import refusal
from processor.model import Mail
from processor.unpacking import words
from processor.unpacking.limits import MAX_HEADER_BYTES, MAX_HEADERS, MAX_LINE, MAX_MIME, MAX_NAME
from processor.unpacking.names import file_name, shown
from processor.unpacking.pieces import Inside, Thing

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(data: bytes) -> Inside:
    """The mail in these bytes. Raises `UnreadablePaper` (`too-big`) for one of too many headers or levels."""
    head = data[: MAX_HEADER_BYTES + 1].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    if len(head) > MAX_HEADER_BYTES or head.count(b"\n") > MAX_HEADERS:
        raise refusal("too-big", what="more header lines than a mail has")
    return _mail(email.message_from_bytes(data, policy=policy.compat32), 0)


def _mail(message: Message, depth: int) -> Inside:
    body: list[Message] = []
    things = list(_things(message, body, depth))
    return Inside(
        mail=Mail(
            sender=_line(message, "From"),
            subject=_line(message, "Subject"),
            sent=_sent(message),
            text=_text(body),
        ),
        things=things,
    )


def _things(part: Message, body: list[Message], depth: int) -> Iterator[Thing]:
    """What is attached to a part and to its parts; what is the mail's own text goes into `body`."""
    if depth > MAX_MIME:
        raise refusal("too-big", what="parts within parts, deeper than a mail has")
    media = part.get_content_type()
    # asked of a single part, its payload would be decoded, by whatever the part says of itself
    payload = part.get_payload() if part.is_multipart() else ()
    inner = [one for one in payload if isinstance(one, Message)]
    if media == "message/rfc822" and inner:
        packed = _unpacked(part, inner[0])
        if packed:
            yield Thing(name=_name(part) or "mail.eml", data=packed, media=media)
            return
        for one in inner:
            yield Thing(name=_name(part) or _called(one), data=_mail(one, depth + 1), media=media)
    elif part.is_multipart():
        for one in inner:
            yield from _things(one, body, depth + 1)
    elif _own_words(part, media):
        body.append(part)
    else:
        yield Thing(name=_name(part), data=_bytes(part), media=media, inline=_inline(part))


def _unpacked(part: Message, inner: Message) -> bytes:
    """The bytes of an attached mail that was packed as files are; empty for one in plain sight, as it should be."""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64" or inner.keys():
        return b""
    inner["Content-Transfer-Encoding"] = "base64"  # what is packed has no header lines of its own
    return _bytes(inner)


def _own_words(part: Message, media: str) -> bool:
    """Whether this is what the mail says itself: text that is no file, whatever a fax machine calls its PDF."""
    plain = media in ("text/plain", "text/html", "text/enriched", "text/richtext")
    named = part.get_content_disposition() == "attachment" or _name(part)
    return plain and not named and not _file(part)


def _file(part: Message) -> bool:
    """Whether these bytes are no text: text has no zero bytes, but for that in two or four bytes a letter."""
    data = _bytes(part)
    return data.lstrip().startswith(b"%PDF") or (b"\0" in data and not _charset(part).startswith(("utf-16", "utf-32")))


def _inline(part: Message) -> bool:
    return part.get_content_disposition() == "inline" or (
        part.get_content_disposition() is None and bool(part.get("Content-ID"))
    )


def _bytes(part: Message) -> bytes:
    """What a part holds, decoded; nothing where that cannot be done, which its reader will find empty."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return data if isinstance(data, bytes) else b""


def _name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError):
        name = ""
    return file_name(_decoded(name[: 4 * MAX_NAME]))


def _called(message: Message) -> str:
    """What a forwarded mail without a name is called: by its subject."""
    return f"{file_name(_line(message, 'Subject').replace('/', '-'))[:60] or 'mail'}.eml"


def _line(message: Message, field: str) -> str:
    return shown(_decoded(_header(message, field)[: 10 * MAX_LINE]), MAX_LINE)


def _header(message: Message, field: str) -> str:
    """A header as it stands, unparsed; empty where there is none."""
    raw = (str(value) for name, value in message.raw_items() if name.lower() == field.lower())
    return next(raw, "")


def _decoded(text: str) -> str:
    """A header's text out of `=?utf-8?Q?…?=`; as it stands where that cannot be done."""
    if "=?" not in text:
        # bytes beyond ASCII that stand in a header as they are come as half characters
        try:
            return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        except UnicodeEncodeError:
            return text
    try:
        parts = decode_header(text)
    except (HeaderParseError, ValueError):
        return text
    return "".join(p if isinstance(p, str) else _in(p, charset) for p, charset in parts)


def _in(data: bytes, charset: str | None) -> str:
    try:
        return data.decode(charset or "ascii", "replace")
    except (LookupError, ValueError):
        return data.decode("latin-1")


def _sent(message: Message) -> str:
    try:
        return parsedate_to_datetime(_header(message, "Date")[:100]).isoformat()
    except (ValueError, TypeError, OverflowError, IndexError):
        return ""


def _text(body: list[Message]) -> str:
    """The plainest of the mail's own words; those in HTML only where there are no others."""
    plain = [_in(_bytes(p), _charset(p)) for p in body if p.get_content_type() == "text/plain"]
    if any(text.strip() for text in plain):
        return words.kept("\n\n".join(plain))
    return words.kept("\n\n".join(words.of_html(_in(_bytes(p), _charset(p))) for p in body))


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("utf-8")
    except (ValueError, LookupError, UnicodeError):
        return "utf-8"
