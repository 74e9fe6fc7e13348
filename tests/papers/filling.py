"""A blank filled as a viewer fills it: each value stored, chosen and drawn in its box.

Reading names lead to widgets through the loaded `Form`, so a recipe says `legal_name` and never a widget's name.
"""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, String

from processor.flows.house import templates_folder
from processor.forms.form import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from processor.forms.form import Field, Form, Spot

LATO = templates_folder() / "fonts" / "Lato-Regular.ttf"
_DA = re.compile(r"/(\S+) ([\d.]+) Tf (.*)")
_PAD = 2.0
logging.getLogger("fontTools").setLevel(logging.ERROR)  # it speaks of the age of a font


def fill(blank: bytes, form: Form, values: Mapping[str, object], *, size: float = 0.0) -> bytes:
    """The blank with these values; the same bytes every time.

    Args:
        blank: the form's fillable PDF.
        form: the same form, loaded.
        values: by reading: text, true for a tick, what a choice means (several: more than one box is ticked), and for
            a table a list of rows (mappings by column; nothing for a row left blank). A text may contradict itself:
            `{"stored": …, "drawn": …}`, or `{"stored": …, "again": …}` for a second box of the same name.
        size: points of the type where the form leaves it to the viewer; 0: what fits the box.
    """
    with pikepdf.open(io.BytesIO(blank)) as pdf:
        viewer = _Viewer(pdf, size)
        for spots_field, value in _given(form, values):
            viewer.enter(spots_field, value)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _given(form: Form, values: Mapping[str, object]) -> Iterator[tuple[Field, object]]:
    left = dict(values)
    for one in form.fields:
        if (value := left.pop(one.name, None)) is not None and one.spots:
            yield one, value
    for table in form.tables:
        rows = left.pop(table.name, None) or []
        assert isinstance(rows, list), table.name
        assert len(rows) <= len(table.rows), f"{table.name} has room for {len(table.rows)} rows"
        for fields, row in zip(table.rows, rows, strict=False):
            yield from ((f, row[f.name]) for f in fields if f.spots and (row or {}).get(f.name) is not None)
    assert not left, f"{form.name} has no {', '.join(left)}"


@dataclass
class _Viewer:
    """One open blank and the fonts it types in."""

    pdf: pikepdf.Pdf
    size: float
    widgets: dict[str, list[pikepdf.Object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for page in self.pdf.pages:
            for widget in page.get("/Annots", ()):
                owner = widget if "/T" in widget else widget.get("/Parent", widget)
                self.widgets.setdefault(str(owner.get("/T", "")), []).append(widget)
        self.fonts = self.pdf.Root.AcroForm.DR.Font

    def enter(self, one: Field, value: object) -> None:
        if one.kind is FieldKind.TICK:
            if value is True:
                self._switch(one.spots[0])
        elif one.kind is FieldKind.CHOICE and (len(one.spots) > 1 or one.spots[0].means):
            chosen = value if isinstance(value, list) else [value]
            for spot in [s for s in one.spots if s.means in chosen]:
                self._switch(spot)
        elif isinstance(value, dict):
            self._contradict(one.spots[0], value)
        else:
            self._write(one.spots[0], str(value))

    def _contradict(self, spot: Spot, told: Mapping[str, str]) -> None:
        """Store one value and draw another, or keep a second box of the same name with another."""
        [widget] = self.widgets[spot.widget]
        if "again" in told:
            twin = self.pdf.make_indirect(Dictionary(dict(widget.items())))
            self.widgets[spot.widget] = [twin]
            self._write(spot, told["again"])
            widget.P.Annots.append(twin)
            self.pdf.Root.AcroForm.Fields.append(twin)
            self.widgets[spot.widget] = [widget]
        self._write(spot, told.get("drawn", told["stored"]))
        widget.V = String(told["stored"])

    def _switch(self, spot: Spot) -> None:
        for widget in self.widgets[spot.widget]:
            states = [str(name) for name in widget.AP.N.keys() if name != "/Off"]  # noqa: SIM118 - not a dict
            if f"/{spot.value}" in states or len(self.widgets[spot.widget]) == 1:
                widget.AS = Name(states[0])
                (widget if "/T" in widget else widget.Parent).V = Name(states[0])

    def _write(self, spot: Spot, text: str) -> None:
        if not text:
            return
        [widget] = self.widgets[spot.widget]
        widget.V = String(text)
        typing = _DA.fullmatch(str(widget.get("/DA") or self.pdf.Root.AcroForm.DA))
        assert typing, "a blank says with which font it is typed in"
        font, size, colour = typing.groups()
        left, bottom, right, top = (float(v) for v in widget.Rect)
        w, h = right - left, top - bottom
        pen = self._pen(font, text)
        points = float(size) or self.size or _fitting(text, pen, w - 2 * _PAD, h)
        lines = _wrapped(text, pen, points, w - 2 * _PAD) if spot.multiline else [text]
        top = h - _PAD - points if spot.multiline else (h - 0.72 * points) / 2
        shown = _cells(text, pen, points, w / spot.comb, h) if spot.comb else _lines(lines, pen, points, top)
        clip = f"0 0 {w:.2f} {h:.2f} re W n"
        content = f"/Tx BMC q {clip} BT {colour} /{pen.name} {points:g} Tf {shown} ET Q EMC"
        stream = self.pdf.make_stream(content.encode("latin-1"))
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([0, 0, round(w, 2), round(h, 2)])
        stream.Resources = Dictionary(Font=Dictionary({f"/{pen.name}": pen.font}))
        widget.AP = Dictionary(N=stream)

    def _pen(self, name: str, text: str) -> _Pen:
        font = self.fonts[f"/{name}"]
        try:
            text.encode("cp1252")
        except UnicodeEncodeError:
            return self._wide_pen(text)
        letters = {b: bytes([b]).decode("cp1252", "replace") for b in range(32, 256)}
        widths = {letter: float(font.Widths[b - 32]) for b, letter in letters.items()}
        return _Pen(name, font, widths, None)

    def _wide_pen(self, text: str) -> _Pen:
        """What a viewer does for letters that the form's own font lacks: it embeds some of another."""
        glyphs, widths, data = _subset("".join(sorted(set(text))))
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/AAAAAA+Lato-Regular"), CIDToGIDMap=Name.Identity,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            W=Array([v for c, g in glyphs.items() for v in (g, Array([round(widths[c])]))]),
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor, FontName=Name("/AAAAAA+Lato-Regular"), Flags=32, ItalicAngle=0, Ascent=987,
                Descent=-213, CapHeight=717, StemV=80, FontBBox=Array([-500, -250, 1500, 1000]),
                FontFile2=self.pdf.make_stream(data),
            ),
        )  # fmt: skip
        pairs = "\n".join(f"<{g:04X}> <{ord(c):04X}>" for c, g in glyphs.items())
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Typed def /CMapType 2 def\n"
            f"1 begincodespacerange <0000> <FFFF> endcodespacerange {len(glyphs)} beginbfchar\n{pairs}\nendbfchar\n"
            "endcmap CMapName currentdict /CMap defineresource pop end end"
        )
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/AAAAAA+Lato-Regular"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([self.pdf.make_indirect(descendant)]), ToUnicode=self.pdf.make_stream(cmap.encode()),
        )  # fmt: skip
        return _Pen("Typed", self.pdf.make_indirect(font), widths, glyphs)


@dataclass(frozen=True)
class _Pen:
    """A font as it is typed in: widths are thousandths of its size."""

    name: str
    font: pikepdf.Object
    widths: Mapping[str, float]
    glyphs: Mapping[str, int] | None

    def width(self, text: str, size: float) -> float:
        return sum(self.widths.get(c, 500) for c in text) * size / 1000

    def code(self, text: str) -> str:
        data = text.encode("cp1252") if self.glyphs is None else b"".join(self.glyphs[c].to_bytes(2) for c in text)
        return f"<{data.hex()}> Tj"


def _fitting(text: str, pen: _Pen, width: float, high: float) -> float:
    """The size that a viewer takes where the form leaves it free: it fits the line, down to four points."""
    return max(min(12.0, 0.6 * high, width / max(pen.width(text, 1.0), 0.1)), 4.0)


def _lines(lines: Sequence[str], pen: _Pen, size: float, first: float) -> str:
    """Lines from that height on."""
    moves = [f"{_PAD} {first:.2f} Td {pen.code(lines[0])}"]
    return " ".join([*moves, *(f"0 {-1.15 * size:.2f} Td {pen.code(line)}" for line in lines[1:])])


def _cells(text: str, pen: _Pen, size: float, cell: float, high: float) -> str:
    """One character a cell, in its middle."""
    starts = [i * cell + (cell - pen.width(c, size)) / 2 for i, c in enumerate(text)]
    steps = [b - a for a, b in pairwise([0.0, *starts])]
    base = (high - 0.72 * size) / 2
    codes = zip(text, steps, [base, *[0.0] * len(text)], strict=False)
    return " ".join(f"{step:.2f} {up:.2f} Td {pen.code(c)}" for c, step, up in codes if c is not None)


def _wrapped(text: str, pen: _Pen, size: float, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and pen.width(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


@cache
def _subset(letters: str) -> tuple[dict[str, int], dict[str, float], bytes]:
    """Glyphs, widths and the font file of these letters."""
    font = TTFont(LATO, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features, options.hinting, options.retain_gids = [], False, False
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    names, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
    out = io.BytesIO()
    font.save(out)
    glyphs = {c: font.getGlyphID(names[ord(c)]) for c in letters}
    return glyphs, {c: font["hmtx"][names[ord(c)]][0] * scale for c in letters}, out.getvalue()
