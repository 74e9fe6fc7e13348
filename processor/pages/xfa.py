"""The second reader: pypdf, for XFA and for files that qpdf does not open.

An XFA form keeps its values once more, in an XML of its own; a viewer that knows XFA shows those. The
data tree follows the names of the fields: `form1[0].#subform[0].City[0]` stands at `form1/City`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import pypdf
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from pypdf.errors import PyPdfError

from processor.pages.limits import MAX_DEPTH, MAX_FIELDS, MAX_STREAM
from processor.pages.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_FAULTS = (
    *(PyPdfError, ParseError, DefusedXmlException, NotImplementedError, RecursionError, OSError),
    *(ValueError, KeyError, TypeError, AttributeError, IndexError),
)
"""What pypdf and the XML reader raise on a stranger's bytes, as seen on 3,521 public files."""


def limit_pypdf() -> None:
    """Tighten pypdf's own limits for this process (`studies/pdf.md` 5.2)."""
    pypdf.overwrite_configuration(
        zlib_maximum_output_length=MAX_STREAM,
        lzw_maximum_output_length=MAX_STREAM,
        run_length_maximum_output_length=MAX_STREAM,
        array_based_stream_maximum_output_length=MAX_STREAM,
        xfa_decoding_work_maximum_length=MAX_STREAM,
        form_fields_maximum_entries=MAX_FIELDS,
        form_fields_maximum_depth=MAX_DEPTH,
        jbig2dec_binary=None,
    )


def rewritten(data: bytes) -> bytes | None:
    """The same paper as pypdf understands it, written afresh; None when pypdf does not open it either."""
    limit_pypdf()
    try:
        writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(data)))
        out = io.BytesIO()
        writer.write(out)
    except _FAULTS:
        return None
    return out.getvalue() if len(writer.pages) else None


def data_values(data: bytes) -> dict[str, str]:
    """The values of the XFA datasets by their path, as `form1[0].City[0]`. Empty where there are none."""
    limit_pypdf()
    try:
        parts = pypdf.PdfReader(io.BytesIO(data)).xfa or {}
        packet = parts.get("datasets")
        root = fromstring(packet) if packet else None
    except _FAULTS:
        return {}
    data_node = next((e for e in root if _local(e) == "data"), None) if root is not None else None
    return {} if data_node is None else dict(_leaves(data_node))


def data_path(name: str) -> str:
    """Where the value of a field stands in the datasets.

    >>> data_path("form1[0].#subform[0].City[0]")
    'form1[0].City[0]'
    """
    parts = [p for p in name.split(".") if not p.startswith("#")]
    return ".".join(p if p.endswith("]") else p + "[0]" for p in parts)


def _leaves(node: Element) -> Iterator[tuple[str, str]]:
    """Every leaf with its path, in the order of the file; siblings of one name are counted from 0."""
    waiting = [(node, "", 0)]
    while waiting:
        element, above, depth = waiting.pop()
        children = list(element) if depth < MAX_DEPTH else []
        if not children:
            if above:
                yield above, tidy(element.text or "")
            continue
        counts: dict[str, int] = {}
        below = []
        for child in children:
            name = _local(child)
            place = counts[name] = counts.get(name, -1) + 1
            below.append((child, f"{above}.{name}[{place}]".lstrip("."), depth + 1))
        waiting += reversed(below)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
