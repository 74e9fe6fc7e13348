"""A typeset, tagged page becomes a fillable one: a widget over each box that the page announces.

The page draws each box as a figure whose alternative text is `FIELD:` and the widget's name, so Typst leaves an
empty `/Figure` element in the structure tree. It becomes the `/Form` element of the widget, which is what PDF/UA
asks for (ISO 14289-1, 7.18.4). What comes out keeps PDF/A-2a: every widget has an appearance, every font is embedded.

The profile that fillpdf needs: flat ASCII names, each once; a radio button's appearance has its on-state only;
a checkbox is on as `/Yes`; no choice fields.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from processor.errors import SetupBroken
from processor.printing.fonts import simple_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_INK = "0.05 0.1 0.3"
"""The colour of what is filled in: blue-black, as a pen's."""
_FONT = "Form"
_MULTILINE, _COMB, _RADIO, _ALWAYS_ONE = 1 << 12, 1 << 24, 1 << 15, 1 << 14
"""Bits of `/Ff` (ISO 32000-1, tables 226 and 228)."""
_PRINT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A box that the page announces: points from the top left of its page, pages from 1."""

    name: str
    kind: str
    """`text`, `tick` or `radio`."""
    page: int
    x: float
    y: float
    w: float
    h: float
    label: str
    """The tooltip, which is also the accessible name."""
    value: str = "Yes"
    """What the box stores when it is on."""
    group: str = ""
    """For radio buttons: what the whole group asks."""
    comb: int = 0
    multiline: bool = False
    size: float = 0.0
    """Of the letters that are typed in; 0 lets the viewer make a line fit its box. Combs and several lines have one."""


def placed(announced: Iterable[Mapping[str, Any]]) -> tuple[Placed, ...]:
    """The boxes from the values of Typst's `<field>` metadata."""
    return tuple(Placed(**item) for item in announced)


def formify(base: bytes, fields: Sequence[Placed], font: Path) -> bytes:
    """The same pages as a fillable form; the same bytes every time.

    Args:
        base: a tagged PDF as Typst writes it.
        fields: its boxes, in tab order.
        font: the TrueType file in which values are typed (WinAnsi characters of it are embedded).

    Raises:
        SetupBroken: a box has no figure on the page, or its name breaks the profile.
    """
    _hold_to_profile(fields)
    with Pdf.open(io.BytesIO(base)) as pdf:
        making = _Making(pdf, simple_font(pdf, font))
        for box in fields:
            making.add(box)
        making.close()
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _hold_to_profile(fields: Sequence[Placed]) -> None:
    kinds: dict[str, str] = {}
    for box in fields:
        if not re.fullmatch("[a-z0-9_]+", box.name):
            raise SetupBroken(
                f"The box “{box.name}” has a name that fillpdf cannot fill.", do="Use a-z, 0-9 and _ only."
            )
        if not box.label:
            raise SetupBroken(f"The box “{box.name}” has no label.", do="Say in form.typ what is written in it.")
        if (box.comb or box.multiline) and not box.size:
            raise SetupBroken(f"The box “{box.name}” has no size of type.", do="Give combs and boxes of lines a size.")
        if box.name in kinds and {box.kind, kinds[box.name]} != {"radio"}:
            raise SetupBroken(f"Two boxes are named “{box.name}”.", do="Give each box of form.typ a name of its own.")
        kinds[box.name] = box.kind


@dataclass(slots=True)
class _Making:
    """The form as it grows: its fields, and the elements of the structure tree that wait for their widgets."""

    pdf: Pdf
    font: pikepdf.Object
    fields: pikepdf.Array = field(default_factory=Array)
    figures: dict[str, list[pikepdf.Object]] = field(default_factory=lambda: defaultdict(list))
    groups: dict[str, pikepdf.Object] = field(default_factory=dict)
    parents: list[Any] = field(default_factory=list)
    """New entries of the parent tree: key, element, key, …"""
    key: int = 0

    def __post_init__(self) -> None:
        tree = self.pdf.Root.StructTreeRoot
        self.key = int(tree.ParentTreeNextKey)
        for element in _elements(tree):
            alt = str(element.get("/Alt", ""))
            if alt.startswith("FIELD:"):
                self.figures[alt.removeprefix("FIELD:")].append(element)

    def add(self, box: Placed) -> None:
        """Lay a widget over one box."""
        page = self.pdf.pages[box.page - 1]
        widget = self._widget(box, page)
        if "/Annots" not in page:
            page.Annots = self.pdf.make_indirect(Array())
            page.Tabs = Name.S
        page.Annots.append(widget)
        self._tag(box, page, widget)

    def close(self) -> None:
        """Hang the form and the new structure into the file."""
        fonts = Dictionary({f"/{_FONT}": self.font})
        form = Dictionary(Fields=self.fields, DR=Dictionary(Font=fonts), DA=String(_typing(10)))
        self.pdf.Root.AcroForm = self.pdf.make_indirect(form)
        tree = self.pdf.Root.StructTreeRoot
        tree.ParentTreeNextKey = self.key
        tree.ParentTree.Nums.extend(self.parents)

    def _tag(self, box: Placed, page: pikepdf.Page, widget: pikepdf.Object) -> None:
        if not self.figures[box.name]:
            raise SetupBroken(
                f"The box “{box.name}” has no figure.", do="Draw each box once, by the library's functions."
            )
        element = self.figures[box.name].pop(0)
        for key in ("/A", "/Alt"):
            if key in element:
                del element[key]
        element.S, element.Alt = Name.Form, String(box.label)
        element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)
        widget.StructParent = self.key
        self.parents += [self.key, element]
        self.key += 1

    def _widget(self, box: Placed, page: pikepdf.Page) -> pikepdf.Object:
        top = float(page.MediaBox[3])
        corners = [round(v, 2) for v in (box.x, top - box.y - box.h, box.x + box.w, top - box.y)]
        rect = Array(corners)
        widget = Dictionary(Type=Name.Annot, Subtype=Name.Widget, Rect=rect, F=_PRINT, P=page.obj, TU=String(box.label))
        if box.kind == "text":
            self._text(box, widget)
        else:
            self._button(box, widget)
        widget = self.pdf.make_indirect(widget)
        if box.kind == "radio":
            group = self._group(box)
            widget.Parent = group
            group.Kids.append(widget)
        else:
            widget.T = String(box.name)
            self.fields.append(widget)
        return widget

    def _text(self, box: Placed, widget: pikepdf.Dictionary) -> None:
        widget.FT, widget.DA = Name.Tx, String(_typing(box.size))
        flags = (_MULTILINE if box.multiline else 0) | (_COMB if box.comb else 0)
        if flags:
            widget.Ff = flags
        if box.comb:
            widget.MaxLen = box.comb
        fonts = Dictionary(Font=Dictionary({f"/{_FONT}": self.font}))
        widget.AP = Dictionary(N=self._drawing(box, "/Tx BMC EMC", fonts))

    def _button(self, box: Placed, widget: pikepdf.Dictionary) -> None:
        on = Name(f"/{box.value}")
        w, h = box.w, box.h
        stroke = f"q {_INK} RG 1.6 w 1 J 1 j {w * 0.2:.2f} {h * 0.52:.2f} m {w * 0.42:.2f} {h * 0.26:.2f} l"
        pictures = {str(on): self._drawing(box, f"{stroke} {w * 0.82:.2f} {h * 0.8:.2f} l S Q", Dictionary())}
        widget.AP, widget.AS = Dictionary(N=Dictionary(pictures)), Name.Off
        if box.kind != "radio":
            widget.FT, widget.V = Name.Btn, Name.Off

    def _group(self, box: Placed) -> pikepdf.Object:
        if box.name not in self.groups:
            flags = _RADIO | _ALWAYS_ONE
            group = Dictionary(
                FT=Name.Btn, Ff=flags, T=String(box.name), V=Name.Off, Kids=Array(), TU=String(box.group or box.label)
            )
            self.groups[box.name] = self.pdf.make_indirect(group)
            self.fields.append(self.groups[box.name])
        return self.groups[box.name]

    def _drawing(self, box: Placed, content: str, resources: pikepdf.Dictionary) -> pikepdf.Stream:
        stream = self.pdf.make_stream(content.encode("ascii"))
        stream.Type, stream.Subtype, stream.Resources = Name.XObject, Name.Form, resources
        stream.BBox = Array([0, 0, round(box.w, 2), round(box.h, 2)])
        return stream


def _typing(size: float) -> str:
    return f"/{_FONT} {size:g} Tf {_INK} rg"


def _elements(tree: pikepdf.Object) -> Iterable[pikepdf.Object]:
    """All structure elements, in reading order."""
    waiting = [tree.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Array):
            waiting += reversed(list(node))
        elif isinstance(node, Dictionary) and "/S" in node:
            yield node
            if "/K" in node:
                waiting.append(node.K)
