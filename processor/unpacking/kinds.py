"""Which container a file is, by its first bytes; a mail is known by how it begins, whatever its name."""

from __future__ import annotations

import re
from enum import StrEnum


class Container(StrEnum):
    """What can hold papers and is no paper itself."""

    MAIL = "mail"
    MAILBOX = "mailbox"
    OUTLOOK = "outlook"
    """A mail as Outlook saves it (.msg), or another file of Microsoft's old format."""
    TNEF = "tnef"
    """`winmail.dat`: what Outlook sends instead of attachments to whom it takes for a colleague."""
    ZIP = "zip"
    """A zip file, or a Word, Excel or PowerPoint file, which are zip files inside."""


_STARTS = (
    (b"PK\x03\x04", Container.ZIP),
    (b"PK\x05\x06", Container.ZIP),
    (b"PK\x07\x08", Container.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Container.OUTLOOK),
    (b"\x78\x9f\x3e\x22", Container.TNEF),
)
_FIELD = re.compile(rb"(?:^|\n)([A-Za-z][A-Za-z0-9-]*):")
_WHO = frozenset({b"from", b"to", b"subject", b"message-id", b"received", b"return-path", b"delivered-to", b"sender"})
_MAIL = _WHO | {b"date", b"mime-version", b"cc", b"reply-to", b"content-type", b"x-mailer", b"content-disposition"}
_POSTMARK = re.compile(rb"From [^\r\n]+\r?\n(?:>From [^\r\n]*\r?\n)*[A-Za-z][A-Za-z0-9-]*:")
_LOOK = 16 << 10
_ENDINGS = (".eml", ".mbox", ".mbx")


def container(name: str, data: bytes) -> Container | None:
    """The kind of container that a file is; `None` for one that holds nothing else, such as a PDF."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    head = data[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _POSTMARK.match(head):
        return Container.MAILBOX
    return Container.MAIL if _is_mail(head, named=name.lower().endswith(_ENDINGS)) else None


def _is_mail(head: bytes, *, named: bool) -> bool:
    """Whether these are the header lines of a mail: two that mails have, one of which says who or what about.

    One is enough where the name says that it is a mail.
    """
    lines = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    if not _FIELD.match(lines):
        return False
    fields = {field.lower() for field in _FIELD.findall(lines)}
    return bool(fields & _MAIL) if named else len(fields & _MAIL) > 1 and bool(fields & _WHO)


def sealed(path: str, media: str) -> bool:
    """Whether this is a mail sealed or locked as a whole by S/MIME, which only who it was sent to can open."""
    return media in ("application/pkcs7-mime", "application/x-pkcs7-mime") or path.lower().endswith(".p7m")


_OFFICE = (
    ("a Word document", (".doc", ".docx", ".docm", ".dot", ".dotx", ".odt", ".rtf"), ("word/", "worddocument")),
    ("an Excel spreadsheet", (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv"), ("xl/", "workbook", "book")),
    ("a PowerPoint presentation", (".ppt", ".pptx", ".odp"), ("ppt/", "powerpoint document")),
)


def office_file(name: str, inside: tuple[str, ...] = ()) -> str:
    """What an office file is called, by what lies in it or else by its name; empty for none."""
    parts = tuple(entry.lower() for entry in inside)
    within = (what for what, _, marks in _OFFICE if any(entry.startswith(marks) for entry in parts))
    named = (what for what, endings, _ in _OFFICE if name.lower().endswith(endings))
    return next(within, "") or next(named, "")
