"""Digital signatures: whether there are any, and whether bytes follow what they cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.findings import finding
from processor.pages.fields import is_dictionary, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pikepdf

    from processor.model import Finding


def signature_findings(values: Iterable[pikepdf.Object], data: bytes) -> tuple[Finding, ...]:
    """What is to be said of the signatures (the `/V` of signature fields) in a file of these bytes.

    Not a verification: whose signature it is and whether it holds is not looked at. A signature covers
    the file up to the end of its last range; later bytes were added after it (ISO 32000-1, 12.8.1).
    """
    ranges = [numbers(value.get("/ByteRange"), 4) for value in values if is_dictionary(value)]
    if not ranges:
        return ()
    covered = max((int(r[2] + r[3]) for r in ranges if r), default=0)
    changed = bool(data[covered:].strip())
    return (finding("digitally-signed"), *((finding("changed-after-signing"),) if changed else ()))
