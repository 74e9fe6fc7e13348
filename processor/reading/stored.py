"""What a widget says: all places in the file that keep its value, compared with one another and with what is drawn.

What a person saw is what is drawn; what another program will take over is what is stored. Where they differ,
neither is believed. A widget that was never drawn has nothing to differ from.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from processor.model import WidgetKind
from processor.reading.seen import Said
from processor.reading.values import parse

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from processor.forms.form import FieldKind
    from processor.model import Box, Widget

BUTTONS = (WidgetKind.TICK, WidgetKind.RADIO)
_OFF = ("", "off")
_STAND_IN = r"[?.·\u25a1\ufffd]"
"""What is drawn in place of a letter that a font lacks."""
_COVERS = 0.6
"""The part of two boxes together that both must cover."""


def typed(widget: Widget, kind: FieldKind) -> Said:
    """The text of a widget. Two ways of writing one value (`1234.5` and `$1,234.50`) do not differ."""
    if widget.signed:
        return Said("digital signature")
    sources = {source.where: source.value for source in widget.sources}
    stored = next((sources[where] for where in ("V", "XFA", "rich text") if sources.get(where, "").strip()), "")
    drawn = sources.get("drawn")
    others = [value for where, value in sources.items() if _counts(where, value, sources)]
    differing = next((value for value in others if not _same(kind, stored, value)), None)
    if differing is None:
        return Said(stored)
    shown = differing if drawn is None or _same(kind, stored, drawn) else drawn
    return Said(stored or shown, "stored-differs", stored, shown)


def _counts(where: str, value: str, sources: Mapping[str, str]) -> bool:
    """Whether a source speaks. A viewer that knows no XFA or rich text leaves them blank beside a value it drew."""
    if where in ("XFA", "rich text") and not value.strip():
        return "V" in sources and "drawn" not in sources and where == "XFA"
    return True


def _same(kind: FieldKind, one: str, other: str) -> bool:
    if squeezed(one) == squeezed(other) or _lacks_letters(one, other):
        return True
    value = parse(kind, one).value
    return value is not None and value == parse(kind, other).value


def _lacks_letters(stored: str, drawn: str) -> bool:
    """Whether what is drawn is the same but for letters that a viewer's standard font lacks (`Ł`, drawn as `?`).

    At least half of the letters must have been drawn: where hardly any was, nobody has seen the value.
    """
    letters = squeezed(stored)
    fits = [_in_standard_fonts(letter) for letter in letters]
    if all(fits) or sum(fits) * 2 < len(fits):
        return False
    pattern = "".join(re.escape(c) if fit else f"{_STAND_IN}?" for c, fit in zip(letters, fits, strict=True))
    return re.fullmatch(pattern, squeezed(drawn)) is not None


def _in_standard_fonts(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def squeezed(value: str) -> str:
    """A text without any white space, composed: how texts are compared that were cut into lines and cells."""
    return "".join(unicodedata.normalize("NFC", value).split())


def switched(widget: Widget, others: Sequence[Widget]) -> Said:
    """Whether a tick or a radio button is on; `others` are the widgets of the same name.

    A lone tick is on when it stores anything but off; in a group, the one is on whose own value is stored.
    """
    values = {other.on for other in others} - {widget.on}
    states = {source.where: _on(widget, source.value, values) for source in widget.sources}
    if len(set(states.values())) <= 1:
        return Said("On" if any(states.values()) else "")
    stored = next((source.value for source in widget.sources if source.where != "AS"), "")
    shown = next((source.value for source in widget.sources if source.where == "AS"), "Off")
    return Said("On" if states.get("AS") else "", "stored-differs", stored, shown)


def _on(widget: Widget, value: str, others: set[str]) -> bool:
    if value.casefold() in _OFF:
        return False
    return value == widget.on or (widget.kind is WidgetKind.TICK and value not in others)


def covering(place: Box, widgets: Iterable[Widget], taken: Container[str]) -> tuple[Widget, ...]:
    """The widget that stands where a spot's should and bears another name, as after a viewer renamed it; or none.

    `taken` are the names that the form's own spots go by.
    """
    free = [w for w in widgets if w.name not in taken and not w.hidden and w.kind is not WidgetKind.BUTTON]
    best = max(free, key=lambda w: _shared(w.box, place), default=None)
    return (best,) if best is not None and _shared(best.box, place) >= _COVERS else ()


def _shared(one: Box, other: Box) -> float:
    """The part of both boxes together that both cover."""
    wide = min(one.right, other.right) - max(one.left, other.left)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    if wide <= 0 or high <= 0:
        return 0.0
    shared = wide * high
    return shared / (one.width * one.height + other.width * other.height - shared)
