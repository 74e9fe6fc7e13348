"""What mail programs add to a mail, and nobody sends on purpose."""

from __future__ import annotations

import re

_MEDIA = frozenset(
    {
        "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature",
        "application/pgp-keys", "text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory",
        "message/delivery-status", "message/disposition-notification", "text/rfc822-headers",
        "message/feedback-report", "application/applefile", "text/x-amp-html",
    }
)  # fmt: skip
_NAMES = re.compile(
    r".*\.(p7s|sig|asc|vcf|ics|url|lnk)|thumbs\.db|desktop\.ini|\.?ds_store|\._.*|smime\.p7s", re.DOTALL
)
_REMNANT = re.compile(r"att\d+(-\d+)?\.(txt|htm|html|dat)|untitled attachment \d+\.(txt|htm|html)")
"""Outlook's and Exchange's name for a piece of the mail's own text that they cut off."""
_LITTLE = 2_000


def trifle(path: str, media: str, size: int) -> bool:
    """Whether this is a seal, a business card, an invitation, a machine's report or a leftover of the text."""
    name = path.rpartition("/")[2].lower()
    if media.lower() in _MEDIA or _NAMES.fullmatch(name) or path.startswith("__MACOSX/") or "/__MACOSX/" in path:
        return True
    return size < _LITTLE and bool(_REMNANT.fullmatch(name))
