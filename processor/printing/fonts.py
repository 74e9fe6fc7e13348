"""A TrueType file as a simple PDF font, for what is typed into a form."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from pathlib import Path

    from pikepdf import Object, Pdf

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it wonders at the age of Lato
_CODES = {code: bytes([code]).decode("cp1252") for code in range(32, 256) if code not in (127, 129, 141, 143, 144, 157)}
"""WinAnsi: what the code of a character means."""


def simple_font(pdf: Pdf, path: Path) -> Object:
    """Embed the WinAnsi characters of a font; widths are thousandths of the size (ISO 32000-1, 9.6.3)."""
    font = TTFont(path, recalcTimestamp=False)
    scale = 1000 / font["head"].unitsPerEm
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    known = {code: glyphs[ord(c)] for code, c in _CODES.items() if ord(c) in glyphs}
    name = Name(f"/SECORF+{font['name'].getDebugName(6)}")
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=name,
            FirstChar=32,
            LastChar=255,
            Widths=Array([round(advances[known[c]][0] * scale) if c in known else 0 for c in range(32, 256)]),
            Encoding=Name.WinAnsiEncoding,
            FontDescriptor=_descriptor(pdf, font, name, scale),
            ToUnicode=pdf.make_stream(_to_unicode({code: _CODES[code] for code in known})),
        )
    )


def _descriptor(pdf: Pdf, font: TTFont, name: Name, scale: float) -> Object:
    head, across = font["head"], font["hhea"]
    box = (head.xMin, head.yMin, head.xMax, head.yMax)
    ascent, descent, capital = across.ascent, across.descent, font["OS/2"].sCapHeight
    data = _subset(font)
    file = pdf.make_stream(data)
    file.Length1 = len(data)
    return pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=32,
            FontBBox=Array([round(v * scale) for v in box]),
            ItalicAngle=0,
            Ascent=round(ascent * scale),
            Descent=round(descent * scale),
            CapHeight=round(capital * scale),
            StemV=80,
            FontFile2=file,
        )
    )


def _subset(font: TTFont) -> bytes:
    """The font with the WinAnsi characters only. Changes the font that it is given."""
    options = subset.Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.name_IDs = [1, 2, 6]
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(c) for c in _CODES.values()])
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _to_unicode(codes: dict[int, str]) -> bytes:
    """A CMap from codes to characters, at most a hundred a block."""
    pairs = [f"<{code:02X}> <{ord(c):04X}>" for code, c in codes.items()]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <00> <FF> endcodespacerange",
        *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode("ascii")
