"""Certificates of other bodies, set in type by `cards.typ` in layouts that nobody told the reader of."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst

from processor.flows.house import templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOURCE = Path(__file__).with_name("cards.typ")
_PLAIN = {
    "holder": "", "course": "", "issuer": "", "number": "", "issued": "", "expires": "", "colour": "#7a1f2b",
    "instructor": "Bernadette Instone", "director": "Horace Pemberly",
}  # fmt: skip


def card(layout: str, says: Mapping[str, object]) -> bytes:
    """A certificate as PDF, the same bytes every time; `says` fills the places of the layout."""
    unknown = says.keys() - _PLAIN.keys()
    assert not unknown, f"a card says nothing of {', '.join(unknown)}"
    return _typeset(json.dumps({**_PLAIN, **says, "layout": layout}, sort_keys=True))


@cache
def _typeset(shown: str) -> bytes:
    made = _compiler().compile(format="pdf", sys_inputs={"card": shown})
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = str(templates_folder() / "fonts")
    return typst.Compiler(str(_SOURCE), root=str(_SOURCE.parent), font_paths=[fonts], ignore_system_fonts=True)
