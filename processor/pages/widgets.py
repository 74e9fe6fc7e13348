"""Every widget of a form, with every place in the file that keeps its value.

The walk starts from the pages, because what a person sees is what stands there, whether `/Fields` lists
it or not; fields that stand on no page come last, hidden. Two fields of one name stay two widgets.
The sources are collected, not judged: whether they agree is decided where they are read.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from processor.findings import refusal
from processor.model import Box, Source, Widget, WidgetKind
from processor.pages.fields import Field, Fields, Key, Node, array, is_dictionary, numbers, whole
from processor.pages.limits import MAX_DEPTH, MAX_FIELDS
from processor.pages.text import named, plain, rich

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.pages.geometry import Upright

_MULTILINE, _PASSWORD, _RADIO, _PUSH, _COMBO, _COMB = 13, 14, 16, 17, 18, 25
"""Bits of `/Ff` (ISO 32000-1, tables 226 to 230)."""
_INVISIBLE = 0b100010
"""Bits Hidden and NoView of an annotation's `/F` (table 165)."""


_KINDS = {"/Tx": WidgetKind.TEXT, "/Ch": WidgetKind.CHOICE, "/Sig": WidgetKind.SIGNATURE}


class Found(NamedTuple):
    """A widget, and the appearance that the page shows in its box where that should be its value."""

    widget: Widget
    appearance: pikepdf.Object | None = None


class Walker:
    """Collects the widgets of one file."""

    def __init__(self) -> None:
        self._fields = Fields()
        self._seen: set[Key] = set()
        self._count = 0
        self.signed: list[Node] = []
        """The values of signature fields that are signed."""

    def widget(self, node: Node, page: int, upright: Upright) -> Found | None:
        """The widget of an annotation on a page; None when it has been on an earlier page, or is no field."""
        if not self._first(node):
            return None
        field = self._fields.of(node)
        if not field.kind:
            return None
        corners = numbers(node.get("/Rect"), 4)
        box = upright.box(*corners) if corners else Box(0, 0, 0, 0)
        return self._found(node, field, page, box)

    def rest(self, form: Node) -> Iterator[Found]:
        """The fields of the form that stand on no page: hidden widgets of page 1 without a box."""
        for node in self._leaves(form):
            field = self._fields.of(node)
            if field.kind and self._first(node):
                found = self._found(node, field, 1, Box(0, 0, 0, 0))
                yield Found(replace(found.widget, hidden=True))

    def _first(self, node: Node) -> bool:
        key = node.objgen
        if key != (0, 0) and key in self._seen:
            return False
        self._seen.add(key)
        self._count += 1
        if self._count > MAX_FIELDS:
            raise refusal("too-big", what=f"more than {MAX_FIELDS:,} fields")
        return True

    def _leaves(self, form: Node) -> Iterator[Node]:
        """Nodes without kids, each once, in the order of the file."""
        visited: set[Key] = set()
        waiting = [(node, 0) for node in reversed(array(form.get("/Fields")))]
        while waiting:
            node, depth = waiting.pop()
            if not is_dictionary(node) or node.objgen in visited or depth > MAX_DEPTH:
                continue
            if node.objgen != (0, 0):
                visited.add(node.objgen)
            kids = array(node.get("/Kids"))
            waiting += [(kid, depth + 1) for kid in reversed(kids)]
            if not kids:
                yield node

    def _found(self, node: Node, field: Field, page: int, box: Box) -> Found:
        kind = _kind(field)
        blank = Widget(
            name=field.name,
            kind=kind,
            page=page,
            box=box,
            label=field.label,
            comb=max(field.length, 0) if field.flag(_COMB) and kind is WidgetKind.TEXT else 0,
            multiline=kind is WidgetKind.TEXT and field.flag(_MULTILINE),
            required=field.flag(2),
            hidden=hides(node) or box.width <= 0 or box.height <= 0,
        )
        match kind:
            case WidgetKind.TICK | WidgetKind.RADIO:
                return Found(self._button(blank, node, field))
            case WidgetKind.TEXT:
                return Found(replace(blank, sources=_text(field)), _appearance(blank, node, field))
            case WidgetKind.CHOICE:
                return Found(_choice(blank, field), _appearance(blank, node, field))
            case WidgetKind.SIGNATURE:
                return Found(self._signature(blank, field))
            case _:
                return Found(blank)

    def _signature(self, blank: Widget, field: Field) -> Widget:
        if isinstance(field.value, pikepdf.Dictionary):
            self.signed.append(field.value)
        return replace(blank, signed=is_dictionary(field.value))

    def _button(self, blank: Widget, node: Node, field: Field) -> Widget:
        """A tick or a radio button: `/V` is the group's, `/AS` is what this one shows."""
        states = _states(node)
        shown = plain(node.get("/AS")) if isinstance(node.get("/AS"), pikepdf.Name) else None
        stored = None if field.value is None else plain(field.value)
        on = next((s for s in states if s in (shown, stored)), states[0] if states else "")
        if not states:
            on = next((s for s in (shown, stored) if s not in (None, "", "Off")), "") or ""
        names = {on: self._export(node, field, on)} if on else {}
        sources = tuple(
            Source(where, names.get(raw) or _other(field, raw))
            for where, raw in (("V", stored), ("AS", shown))
            if raw is not None
        )
        return replace(blank, on=names.get(on, on), sources=sources)

    def _export(self, node: Node, field: Field, on: str) -> str:
        """What this button stands for: its own entry of `/Opt`, which counts the kids (12.7.4.2.3)."""
        options = array(field.options)
        owner = field.owner
        if not options or not isinstance(owner, pikepdf.Object):
            return on
        place = self._fields.place(owner, node)
        return _label(options[place]) if place < len(options) else on


def _other(field: Field, raw: str) -> str:
    """A state that is not this button's own: through `/Opt` by its number, else as it stands."""
    options = array(field.options)
    if raw.isdecimal() and int(raw) < len(options):
        return _label(options[int(raw)])
    return raw


def _kind(field: Field) -> WidgetKind:
    if field.kind == "/Btn" and not field.flag(_PUSH):
        return WidgetKind.RADIO if field.flag(_RADIO) else WidgetKind.TICK
    return _KINDS.get(field.kind, WidgetKind.BUTTON)


def _text(field: Field) -> tuple[Source, ...]:
    stored = () if field.value is None else (Source("V", plain(field.value)),)
    return stored if field.rich is None else (*stored, Source("rich text", rich(field.rich)))


def _choice(blank: Widget, field: Field) -> Widget:
    """`/V` keeps export values; the source says them as the list shows them."""
    options = array(field.options)
    labels = tuple(map(_label, options))
    shown = {_export(option): label for option, label in zip(options, labels, strict=True)}
    if field.value is not None:
        chosen = [shown.get(value, value) for value in plain(field.value).split("\n")]
    else:
        places = [whole(n) for n in array(field.chosen)]
        chosen = [labels[place] for place in places if 0 <= place < len(labels)]
    sources = (Source("V", "\n".join(chosen)),) if chosen else ()
    return replace(blank, options=labels, sources=sources)


def _export(option: Node) -> str:
    items = array(option)
    return plain(items[0]) if items else plain(option)


def _label(option: Node) -> str:
    items = array(option)
    return plain(items[-1]) if items else plain(option)


def _states(node: Node) -> list[str]:
    """The on-states that the appearance has pictures for; normally exactly one."""
    appearance = node.get("/AP")
    if not is_dictionary(appearance):
        return []
    for key in ("/N", "/D"):
        pictures = appearance.get(key)
        if is_dictionary(pictures):
            states = [named(name) for name in pictures.keys() if name != "/Off"]  # noqa: SIM118 - not a dict
            if states:
                return states
    return []


def hides(node: Node) -> bool:
    """Whether an annotation's flags keep it from being seen."""
    return bool(whole(node.get("/F")) & _INVISIBLE)


def appearance(node: Node) -> pikepdf.Object | None:
    """The stream that draws an annotation, where there is exactly one."""
    pictures = node.get("/AP")
    stream = pictures.get("/N") if is_dictionary(pictures) else None
    return stream if isinstance(stream, pikepdf.Stream) else None


def _appearance(blank: Widget, node: Node, field: Field) -> pikepdf.Object | None:
    """The stream that shows the value; None where it shows no text, shows stars, or lists every option."""
    stars = blank.kind is WidgetKind.TEXT and field.flag(_PASSWORD)
    lists = blank.kind is WidgetKind.CHOICE and not field.flag(_COMBO)
    return None if blank.hidden or stars or lists else appearance(node)
