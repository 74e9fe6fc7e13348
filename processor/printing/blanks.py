"""A blank form from its source: typeset, given its page codes, made fillable. The same bytes every time.

PDF/A-2a and PDF/UA-1 together: Typst refuses a source that cannot be both.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any, cast

import segno
import typst

from processor.errors import SetupBroken
from processor.printing.code128 import bars
from processor.printing.formify import formify, placed

if TYPE_CHECKING:
    from pathlib import Path

_MOST_PAGES = 20


def build(folder: Path, fonts: Path) -> bytes:
    """The fillable blank of a form.

    Args:
        folder: holds `form.typ` and `form.toml`; its parent is the root of what the source may read.
        fonts: the only fonts there are, so that every machine makes the same bytes.

    Raises:
        SetupBroken: the source does not compile, or a box breaks the profile.
    """
    source = folder / "form.typ"
    if not source.is_file():
        raise SetupBroken(f"{folder.name} has no form.typ.", do="Only a form with a source can be built.")
    compiler = typst.Compiler(
        str(source),
        root=str(folder.parent),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs=_codes(folder),
    )
    try:
        base = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
        announced = json.loads(compiler.query("<field>", field="value"))
    except typst.TypstError as error:
        raise SetupBroken(
            f"{source} does not compile: {error}", do="Correct the source; the line stands above."
        ) from error
    return formify(cast(bytes, base), placed(announced), fonts / "Lato-Regular.ttf")


def separators(forms: Path, fonts: Path, count: int, code: str) -> bytes:
    """So many sheets that split a stack of scans, both sides alike; `forms` is the folder of the forms' sources."""
    compiler = typst.Compiler(
        str(forms / "separator.typ"),
        root=str(forms),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
        sys_inputs={"codes": json.dumps([symbols(code)]), "count": str(2 * count)},
    )
    return cast(bytes, compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"]))


def page_code(form: str, version: str, page: int) -> str:
    """What the symbols of a page say: `csam-registration/2026.1/1`."""
    return f"{form}/{version}/{page}"


def symbols(text: str) -> dict[str, Any]:
    """A page code as the modules of a QR code (at least 25 of them a side) and of a Code 128."""
    code = segno.make_qr(text, error="m", boost_error=False, mode="byte")
    return {"text": text, "qr": ["".join(map(str, row)) for row in code.matrix], "bars": bars(text)}


def _codes(folder: Path) -> dict[str, str]:
    """For a form that says what it is: the symbols of its pages, as the library draws them."""
    spec = tomllib.loads((folder / "form.toml").read_text("utf-8"))
    texts = (page_code(spec["form"], spec["version"], page) for page in range(1, _MOST_PAGES + 1))
    return {"codes": json.dumps([symbols(text) for text in texts])}
