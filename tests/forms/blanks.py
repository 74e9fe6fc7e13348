"""Small blanks for the tests of this room: pages as values, and a fillable PDF as a stranger would make it."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from processor.model import Box, Page, Widget, WidgetKind, Word


def widget(name: str, kind: WidgetKind = WidgetKind.TEXT, top: float = 100, **other: Any) -> Widget:  # noqa: ANN401
    usual: dict[str, Any] = {"page": 1, "box": Box(100, top, 200, top + 20)}
    return Widget(name=name, kind=kind, **usual | other)


def tick(name: str, on: str, top: float = 100, kind: WidgetKind = WidgetKind.TICK) -> Widget:
    return widget(name, kind, on=on, box=Box(100, top, 112, top + 12))


def line(text: str, left: float, top: float) -> tuple[Word, ...]:
    """Words of 30 points each, 6 points apart."""
    return tuple(
        Word(word, Box(left + 36 * i, top, left + 36 * i + 30, top + 9)) for i, word in enumerate(text.split())
    )


def page(*widgets: Widget, words: tuple[Word, ...] = (), number: int = 1) -> Page:
    return Page(number=number, width=612, height=792, words=words, widgets=widgets)


def stranger(*names: str) -> bytes:
    """A fillable PDF with a text box a name, as plain as they come."""
    with pikepdf.new() as pdf:
        sheet = pdf.add_blank_page(page_size=(612, 792))
        boxes = [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    FT=Name.Tx,
                    T=String(name),
                    Rect=Array([72, 700 - 30 * i, 300, 720 - 30 * i]),
                )
            )
            for i, name in enumerate(names)
        ]
        sheet.Annots = Array(boxes)
        pdf.Root.AcroForm = Dictionary(Fields=Array(boxes), DA=String("/Helv 10 Tf 0 g"))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()
