"""A mailbox as one file (mbox): mails one after the other, each behind a line that begins with `From `."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BETWEEN = re.compile(rb"(?:\A|\n\r?\n)From [^\n]+\n(?=(?:>From [^\n]*\n)*[A-Za-z][A-Za-z0-9-]*:)")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
"""What the mailbox wrote before a line of text that begins as such a line does."""


def mails(data: bytes) -> Iterator[bytes]:
    """Each mail of a mailbox, as it travelled."""
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    starts = [(m.start(), m.end()) for m in _BETWEEN.finditer(data)]
    for (_, begin), (end, _) in zip(starts, [*starts[1:], (len(data), 0)], strict=True):
        mail = data[begin:end]
        while mail.startswith(b">From "):
            mail = mail.partition(b"\n")[2]
        yield _QUOTED.sub(rb"\1", mail)
