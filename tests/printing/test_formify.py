"""The blank forms that lie in `templates/forms`: made for screens, pens, fax and screen readers alike."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from fillpdf import fillpdfs
from outloud import check
from PIL import Image

from processor.errors import SetupBroken
from processor.printing.blanks import build, page_code
from processor.printing.code128 import bars
from processor.printing.formify import Placed, formify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TEMPLATES = Path(__file__).parents[2] / "templates"
FORMS = ("csam-audit", "csam-registration", "scsa-audit", "scsa-registration")
FONTS = TEMPLATES / "fonts"
MM = 72 / 25.4
each_form = pytest.mark.parametrize("name", FORMS)


def blank(name: str) -> bytes:
    return (TEMPLATES / "forms" / name / "blank.pdf").read_bytes()


def widgets(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    for page in pdf.pages:
        for widget in page.get("/Annots", ()):
            yield page, widget


def kind(widget: Any) -> str:  # noqa: ANN401
    return str(widget.FT if "/FT" in widget else widget.Parent.FT)


def drawn(name: str, page: int, dpi: int) -> Image.Image:
    document = pdfium.PdfDocument(blank(name))
    try:
        picture = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
        assert isinstance(picture, Image.Image)
        return picture
    finally:
        document.close()


# ---------------------------------------------------------------- the bytes


@each_form
def test_a_blank_is_rebuilt_to_the_same_bytes(name: str) -> None:
    assert build(TEMPLATES / "forms" / name, FONTS) == blank(name)


@each_form
def test_a_checker_of_accessibility_finds_no_error(name: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(blank(name))
    assert check(str(path)).errors == 0


# ---------------------------------------------------------------- PDF/A-2a, PDF/UA-1


@each_form
def test_a_blank_says_what_it_is(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-CA"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert "SECOR" in str(meta["dc:title"])
        assert [[float(v) for v in page.mediabox] for page in pdf.pages] == [[0, 0, 612, 792]] * len(pdf.pages)


@each_form
def test_every_widget_is_named_tagged_and_drawn(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        elements = parent_tree(pdf)
        for page, widget in widgets(pdf):
            assert page.Tabs == "/S"
            assert str(widget.TU).strip()
            assert widget.F == 4
            element = elements[int(widget.StructParent)]
            assert element.S == "/Form"
            assert str(element.Alt) == str(widget.TU)
            assert element.K.Obj.objgen == widget.objgen
            assert isinstance(widget.AP.N, pikepdf.Stream) or kind(widget) == "/Btn"


@each_form
def test_no_figure_is_left_without_its_widget(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        alternatives = [str(o.Alt) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert alternatives
    assert not [text for text in alternatives if text.startswith("FIELD:")]


@each_form
def test_the_fonts_of_a_blank_are_in_it(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        assert len(fonts) >= 3
        assert all("/FontFile2" in font for font in fonts)


def parent_tree(pdf: pikepdf.Pdf) -> dict[int, Any]:
    found: dict[int, Any] = {}
    waiting = [pdf.Root.StructTreeRoot.ParentTree]
    while waiting:
        node = waiting.pop()
        nums = list(node.get("/Nums", ()))
        found |= {int(key): value for key, value in zip(nums[::2], nums[1::2], strict=True)}
        waiting += list(node.get("/Kids", ()))
    return found


# ---------------------------------------------------------------- what fillpdf and pens need


@each_form
def test_the_names_are_flat_and_unique(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z0-9_]+", n) for n in names)


@each_form
def test_ticks_have_one_state_besides_off(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        for _, widget in widgets(pdf):
            assert kind(widget) in ("/Tx", "/Btn")
            if kind(widget) == "/Btn":
                states = list(widget.AP.N.keys())
                assert len(states) == 1
                assert "/Parent" in widget or states == ["/Yes"]


@each_form
def test_boxes_are_large_enough_for_a_pen_and_apart_from_one_another(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        boxes: dict[int, list[list[float]]] = {}
        for page, widget in widgets(pdf):
            left, bottom, right, top = box = [float(v) for v in widget.Rect]
            least = 4 * MM if kind(widget) == "/Btn" else 7 * MM
            assert top - bottom >= least
            assert right - left >= least
            assert 40 <= left < right <= 572
            others = boxes.setdefault(page.index, [])
            assert not [o for o in others if left < o[2] and o[0] < right and bottom < o[3] and o[1] < top]
            others.append(box)


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("signature_date", "2026-03-14"),
        ("phone", "306-555-0142"),
        ("postal_code", "S4N 6E3"),
        ("wcb_account", "1234567"),
    ],
)
def test_what_a_typist_writes_fits_its_cells(field: str, written: str) -> None:
    with pikepdf.open(io.BytesIO(blank("scsa-registration"))) as pdf:
        (widget,) = [f for f in pdf.Root.AcroForm.Fields if str(f.T) == field]
        assert int(widget.Ff) & 1 << 24
        assert widget.MaxLen >= len(written)
        assert float(widget.Rect[2] - widget.Rect[0]) / int(widget.MaxLen) >= 5 * MM


# ---------------------------------------------------------------- codes and marks


@pytest.mark.parametrize(("name", "page"), [(n, p) for n in FORMS for p in (0, 1)])
def test_a_standard_fax_still_says_which_page_it_is(name: str, page: int) -> None:
    tall = drawn(name, page, 204)
    fax = tall.resize((tall.width, tall.height * 98 // 204)).point(lambda v: 255 if v > 127 else 0)
    squared = fax.resize((fax.width, fax.height * 204 // 98))
    read = {b.format: b.text for b in zxingcpp.read_barcodes(squared)}
    code = page_code(name, "2026.1", page + 1)
    assert read[zxingcpp.BarcodeFormat.Code128] == code


@each_form
def test_at_200_dpi_both_symbols_of_every_page_are_read(name: str) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        pages = len(pdf.pages)
    for page in range(pages):
        read = {b.format: b for b in zxingcpp.read_barcodes(drawn(name, page, 200))}
        code = page_code(name, "2026.1", page + 1)
        assert [b.text for b in read.values()] == [code] * 2
        square, strip = (read[f].position for f in (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128))
        assert square.top_right.x - square.top_left.x >= 0.5 * 200
        assert strip.top_right.x - strip.top_left.x >= 0.012 * 200 * len(bars(code))


ARUCO = ((181, 50), (15, 154), (51, 45), (153, 70))
"""The first four of OpenCV's DICT_4X4_50; a bit is white."""


@each_form
def test_the_corner_marks_are_those_that_scanners_look_for(name: str) -> None:
    pixels = np.asarray(drawn(name, 0, 144))
    corners = ((24, 24), (564, 24), (564, 744), (24, 744))
    for (x, y), code in zip(corners, ARUCO, strict=True):
        inside = [[int(bit) for bit in f"{byte >> shift & 15:04b}"] for byte in code for shift in (4, 0)]
        assert cells(pixels, x, y) == [[0] * 6, *([0, *row, 0] for row in inside), [0] * 6]


def cells(pixels: NDArray[np.uint8], x: int, y: int) -> list[list[int]]:
    """Six by six cells of 4 points, drawn at 2 pixels a point: 1 is white."""
    return [[int(pixels[2 * y + 8 * row + 4, 2 * x + 8 * col + 4] > 127) for col in range(6)] for row in range(6)]


def test_code_128_knows_its_bars_and_refuses_other_letters() -> None:
    assert bars("A") == "11010010000" + "10100011000" + "10001011000" + "1100011101011"
    with pytest.raises(ValueError, match="printable ASCII"):
        bars("é")
    with pytest.raises(ValueError, match="printable ASCII"):
        bars("")


# ---------------------------------------------------------------- what cannot be made


def box(**other: Any) -> Placed:  # noqa: ANN401
    usual: dict[str, Any] = {"name": "a", "kind": "text", "page": 1, "x": 9, "y": 9, "w": 9, "h": 9, "label": "A"}
    return Placed(**usual | other)


@pytest.mark.parametrize(
    ("boxes", "says"),
    [
        ((box(name="Full.Name"),), "cannot fill"),
        ((box(label=""),), "no label"),
        ((box(), box(name="b"), box()), "Two boxes are named “a”"),
        ((box(), box()), "Two boxes are named “a”"),
        ((box(kind="radio"), box(kind="text")), "Two boxes are named “a”"),
        ((box(name="elsewhere"),), "has no figure"),
    ],
)
def test_a_box_that_breaks_the_profile_is_refused(boxes: tuple[Placed, ...], says: str) -> None:
    with pytest.raises(SetupBroken, match=says):
        formify(blank("csam-registration"), boxes, FONTS / "Lato-Regular.ttf")


def test_only_a_form_with_a_source_is_built(tmp_path: Path) -> None:
    with pytest.raises(SetupBroken, match=r"has no form\.typ"):
        build(tmp_path, FONTS)


def test_a_source_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "csam-registration"
    shutil.copytree(TEMPLATES / "forms" / "csam-registration", folder)
    (folder / "form.typ").write_text("#nonsense\n")
    with pytest.raises(SetupBroken, match="does not compile"):
        build(folder, FONTS)


@each_form
def test_fillpdf_fills_every_box(name: str, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(blank(name))) as pdf:
        values = {str(f.T): "1" if f.FT == "/Tx" else last_state(f) for f in pdf.Root.AcroForm.Fields}
    filled = tmp_path / "filled.pdf"
    fillpdfs.write_fillable_pdf(str(TEMPLATES / "forms" / name / "blank.pdf"), str(filled), values)
    with pikepdf.open(filled) as pdf:
        stored = {str(f.T): str(f.V).removeprefix("/") for f in pdf.Root.AcroForm.Fields}
        groups = {str(f.T) for f in pdf.Root.AcroForm.Fields if "/Kids" in f}
        shown = [str(w.Parent.T) for _, w in widgets(pdf) if "/Parent" in w and w.AS != "/Off"]
    assert stored == values
    assert sorted(shown) == sorted(groups)


def last_state(field: Any) -> str:  # noqa: ANN401
    """What the box stores when it is on; of a group, the last one's."""
    box = field.Kids[-1] if "/Kids" in field else field
    return str(next(iter(box.AP.N.keys()))).removeprefix("/")
