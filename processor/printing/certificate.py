"""The certificate: a blank filled by fillpdf, finished by us, read back before anybody sees it.

fillpdf (MIT) imports PyMuPDF, which is AGPL-3.0 or commercial: see docs/licences.md. It is imported in `_fill` only,
when the first certificate is printed, and nothing of PyMuPDF is called.
"""

from __future__ import annotations

import json
import sys
import unicodedata
import warnings
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING, cast

from processor.errors import PrintingFailed, SetupBroken
from processor.printing.compositor import Compositor, composed
from processor.printing.finish import finish, stored
from processor.printing.formify import formify, placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from processor.model import Letter

BLANK = "certificate/certificate.pdf"
_AGAIN = "Try again; if it stays so, tell whoever looks after the program. Nothing was issued."


def certificate(letter: Letter, compositor: Compositor) -> bytes:
    """The certificate as PDF/A-2a and PDF/UA-1, the same bytes every time.

    Raises:
        PrintingFailed: a value does not fit, cannot be drawn, or does not read back as it was given.
        SetupBroken: the blank certificate is not there.
    """
    values = {n: t for n, t in cast("dict[str, str]", composed(letter.data["fields"])).items() if t}
    compositor.check(values)
    filled = _fill(compositor.templates / BLANK, values)
    if {v.name: v.text for v in stored(filled) if v.text} != values:
        raise PrintingFailed("The certificate did not keep its values.", do=_AGAIN)
    drawn = compositor.typeset("certificate/values.typ", tagged=False, values=values)
    made = finish(filled, drawn, tuple(values), title=str(letter.data["title"]), day=letter.day)
    _read_back(made, filled, values)
    return made


def build(templates: Path) -> bytes:
    """The blank certificate from its source; the same bytes every time."""
    base, announced = Compositor(templates).announced("certificate/certificate.typ")
    return formify(base, placed(json.loads(announced)), templates / "fonts" / "Lato-Regular.ttf")


def _fill(blank: Path, values: Mapping[str, str]) -> bytes:
    """The blank with its values stored by fillpdf, which knows paths only."""
    if find_spec("fitz") is None:  # run without PyMuPDF: fillpdf imports it and we call nothing of it
        sys.modules["fitz"] = ModuleType("fitz")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # PyMuPDF's, about its own bindings
        from fillpdf import fillpdfs  # noqa: PLC0415 - brings PyMuPDF: see above
    if not blank.is_file():
        raise SetupBroken(f"There is no blank certificate {blank}.", do="Put templates/certificate back.")
    with TemporaryDirectory(prefix="secor-") as folder:
        out = Path(folder) / "filled.pdf"
        fillpdfs.write_fillable_pdf(str(blank), str(out), dict(values))
        return out.read_bytes()


def _read_back(made: bytes, filled: bytes, values: Mapping[str, str]) -> None:
    """Compare what a reader sees in each box with what was to stand there."""
    import pypdfium2  # noqa: PLC0415 - 40 ms, and only certificates are read back

    with pypdfium2.PdfDocument(made) as pdf:
        page = pdf[0]
        text = page.get_textpage()
        for value in stored(filled):
            if value.text:
                left, bottom = value.corner
                seen = text.get_text_bounded(left - 1, bottom - 1, left + value.width + 1, bottom + value.height + 1)
                if not same_text(seen, values[value.name]):
                    raise PrintingFailed(f"The certificate's {value.name} does not read back as given.", do=_AGAIN)


def same_text(seen: str, given: str) -> bool:
    """Whether a page shows a text: letter by letter; where writing runs to the left, the same letters.

    Blanks do not count: a reader tells them from gaps, by its own judgement.
    """
    there, wanted = ("".join(unicodedata.normalize("NFKC", t).split()) for t in (seen, given))
    if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in wanted):
        return Counter(there) == Counter(wanted)
    return there == wanted
