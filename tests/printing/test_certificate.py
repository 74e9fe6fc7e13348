from __future__ import annotations

import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest

from processor.errors import PrintingFailed, SetupBroken
from processor.printing import certificate as adapter
from processor.printing.certificate import BLANK, build, same_text
from processor.printing.compositor import Compositor
from processor.printing.finish import finish, stored
from processor.printing.typeset import Press
from tests.letters.cases import DAY, MET, letter, named
from tests.printing.pressed import TEMPLATES, press, text
from tests.printing.test_letters import ARABIC, HEBREW, NASTY, squeezed

if TYPE_CHECKING:
    from pathlib import Path

CERTIFICATE = letter(*MET)
VALUES = {"legal_name": "Northwind Roofing Ltd."}


def filled(values: dict[str, str]) -> bytes:
    return adapter._fill(TEMPLATES / BLANK, values)


def test_the_blank_is_built_to_the_bytes_that_are_committed() -> None:
    assert build(TEMPLATES) == (TEMPLATES / BLANK).read_bytes()


def test_without_pymupdf_the_certificate_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = press().print(CERTIFICATE)
    monkeypatch.setitem(sys.modules, "fitz", None)
    for name in ("fillpdf", "fillpdf.fillpdfs"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    assert press().print(CERTIFICATE) == whole


def test_a_certificate_shows_each_of_its_values() -> None:
    shown = squeezed(text(press().print(CERTIFICATE)))
    fields = CERTIFICATE.data["fields"]
    assert isinstance(fields, dict)
    assert len(fields) == 12
    for value in fields.values():
        assert squeezed(value) in shown


def test_a_certificate_is_painted_in_the_order_in_which_it_is_read() -> None:
    shown = text(press().print(CERTIFICATE))
    order = "Manitoba|CERTIFICATE|This certifies|Northwind|has met|Small Employer|WCB account|4071289|Robin Sample"
    places = [shown.index(words) for words in order.split("|")]
    assert places == sorted(places)


def test_the_same_certificate_is_the_same_bytes_on_any_press() -> None:
    assert press().print(CERTIFICATE) == Press(TEMPLATES).print(CERTIFICATE)


def test_nothing_of_the_form_is_left() -> None:
    with pikepdf.open(io.BytesIO(press().print(CERTIFICATE))) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert all("/Annots" not in page for page in pdf.pages)
        assert pdf.docinfo.Title == "Certificate CSAM-2026-0007"
        assert str(pdf.docinfo.CreationDate) == "D:20261124000000Z"
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == "Certificate CSAM-2026-0007"
            assert xmp["pdfaid:part"] == "2"


@pytest.mark.parametrize("name", [*NASTY, HEBREW, ARABIC, f"{HEBREW} Ltd. 12"])
def test_a_nasty_name_stands_on_the_certificate(name: str) -> None:
    press().print(letter(*MET, case=named(name, operating=name)))  # read back and compared before it is returned


def test_a_name_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(PrintingFailed, match="Legal name of the employer"):
        press().print(letter(*MET, case=named("W" * 90)))


def test_what_no_font_can_draw_is_an_error() -> None:
    with pytest.raises(PrintingFailed, match=r"U\+5C4B"):
        press().print(letter(*MET, case=named("屋根")))


def test_a_value_that_the_filler_lost_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    less = filled(VALUES)
    monkeypatch.setattr(adapter, "_fill", lambda _blank, _values: less)
    with pytest.raises(PrintingFailed, match="did not keep"):
        press().print(CERTIFICATE)


def test_a_value_that_reads_back_otherwise_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    fields = CERTIFICATE.data["fields"]
    assert isinstance(fields, dict)
    other = press().compositor.typeset(
        "certificate/values.typ", tagged=False, values={**fields, "number": "CSAM-2026-0008"}
    )
    monkeypatch.setattr(Compositor, "typeset", lambda *_args, **_inputs: other)
    with pytest.raises(PrintingFailed, match="number does not read back"):
        press().print(CERTIFICATE)


def test_an_office_without_a_blank_certificate_is_told(tmp_path: Path) -> None:
    with pytest.raises(SetupBroken, match="no blank certificate"):
        adapter._fill(tmp_path / BLANK, VALUES)


def test_a_value_without_a_box_is_an_error() -> None:
    drawn = press().compositor.typeset("certificate/values.typ", tagged=False, values=VALUES)
    with pytest.raises(PrintingFailed, match="no box"):
        finish(filled(VALUES), drawn, ("lost",), title="x", day=DAY)


def test_what_the_filler_stored_is_read_with_its_place() -> None:
    (value,) = (v for v in stored(filled(VALUES)) if v.text)
    assert (value.name, value.text) == ("legal_name", "Northwind Roofing Ltd.")
    assert value.width > value.height > 0


@pytest.mark.parametrize(
    ("seen", "given", "same"),
    [
        ("Ada  Berg", "Ada Berg", True),
        ("Ada Berg", "Ada Borg", False),
        (HEBREW[::-1], HEBREW, True),
        (HEBREW[:-1], HEBREW, False),
        ("ﬁne", "fine", True),
    ],
)
def test_texts_are_the_same_letter_by_letter(seen: str, given: str, same: bool) -> None:  # noqa: FBT001
    assert same_text(seen, given) is same


def test_an_empty_value_leaves_its_box_empty() -> None:
    made = letter(*MET, case=named("Northwind"))
    fields = made.data["fields"]
    assert isinstance(fields, dict)
    assert fields["operating_name"] == ""
    shown = text(press().print(replace(made, data={**made.data, "fields": {**fields, "signatory": ""}})))
    assert "Northwind" in shown
    assert "Robin Sample" not in shown
