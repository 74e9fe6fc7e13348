"""Templates of ours set in type: one Typst compiler a template, and data that is never markup."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any

from processor.errors import PrintingFailed
from processor.printing.glyphs import refuse_undrawable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typst import Compiler, PDFStandard

STANDARDS: list[PDFStandard] = ["a-2a", "ua-1"]
"""PDF/A-2a and PDF/UA-1: what we issue can be kept, and read aloud."""
UNTAGGED: list[PDFStandard] = ["a-2u"]
"""For type that is laid into a page which has its own tags."""


class Compositor:
    """Sets templates with data. Its compilers keep fonts and templates warm."""

    def __init__(self, templates: Path) -> None:
        self.templates = templates
        self._compilers: dict[str, Compiler] = {}

    def check(self, value: object) -> None:
        """Raise `PrintingFailed` when a text in the value holds what no font can draw."""
        refuse_undrawable(_texts(value), self.templates / "fonts")

    def typeset(self, template: str, *, tagged: bool = True, **inputs: object) -> bytes:
        """A template of ours, filled with data; each input is JSON in `sys.inputs`. Raises `PrintingFailed`."""
        from typst import TypstError  # noqa: PLC0415 - 20 ms that reading does not need

        sent = {name: json.dumps(value, ensure_ascii=False) for name, value in inputs.items()}
        standards = STANDARDS if tagged else UNTAGGED
        try:
            made = self._compiler(template).compile(
                format="pdf", sys_inputs=sent, pdf_standards=standards, pdf_tags=tagged
            )
        except TypstError as error:
            raise PrintingFailed(
                f"The template {template} could not be filled: {error.message}.",
                do="Shorten the value with `secor review`, or mend the template.",
            ) from error
        if not isinstance(made, bytes):
            raise PrintingFailed(f"The template {template} made no PDF.", do="Mend the template.")
        return made

    def announced(self, template: str) -> tuple[bytes, str]:
        """A blank page of ours, and the JSON of the boxes that it announces as `<field>`."""
        return self.typeset(template), self._compiler(template).query("<field>", field="value")

    def _compiler(self, template: str) -> Compiler:
        from typst import Compiler  # noqa: PLC0415 - as above

        if template not in self._compilers:
            self._compilers[template] = Compiler(
                str(self.templates / template),
                root=str(self.templates),
                font_paths=[str(self.templates / "fonts")],
                ignore_system_fonts=True,
            )
        return self._compilers[template]


def composed(value: Any) -> Any:  # noqa: ANN401 - JSON in, the same JSON out
    """The same JSON with its texts composed (NFC): one letter, one character."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {name: composed(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [composed(one) for one in value]
    return value


def _texts(value: object) -> Iterator[str]:
    """Every text in a JSON value."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _texts(one)
        case list() | tuple():
            for one in value:
                yield from _texts(one)
        case _:
            return
