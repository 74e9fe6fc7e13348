"""Little PDFs for the tests of pages, built with pikepdf; every person in them is made up."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from processor import pages

if TYPE_CHECKING:
    from processor.model import Paper, Widget

BOX = (100, 600, 300, 620)


def paper(*contents: bytes, **page: object) -> pikepdf.Pdf:
    """A PDF of one letter page for each content stream (one blank page for none), with extra page keys."""
    pdf = pikepdf.new()
    for content in contents or (b"",):
        keys = {
            "Type": Name.Page,
            "MediaBox": Array([0, 0, 612, 792]),
            "Resources": Dictionary(Font=Dictionary(F1=font())),
            "Contents": pdf.make_stream(content),
            "Annots": Array(),
            **page,
        }
        pdf.pages.append(pikepdf.Page(Dictionary(keys_of(keys))))
    pdf.Root.AcroForm = Dictionary(Fields=Array(), DR=Dictionary(Font=Dictionary(Helv=font())))
    return pdf


def font() -> Dictionary:
    """Helvetica, which every viewer has; a new object each time, since an object belongs to one file."""
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def keys_of(keys: dict[str, Any]) -> dict[str, Any]:
    """Keyword arguments as PDF keys."""
    return {f"/{key}": value for key, value in keys.items()}


def says(*words: str, x: int = 72, y: int = 700, size: int = 12) -> bytes:
    """A content stream that writes words on one line."""
    text = " ".join(words).replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, x, y, text.encode("cp1252"))


def shows(pdf: pikepdf.Pdf, text: str, box: tuple[float, ...] = BOX, **keys: object) -> pikepdf.Object:
    """An appearance that writes a text into a box of this size."""
    content = b"/Tx BMC BT /Helv 10 Tf 2 5 Td (%s) Tj ET EMC" % text.encode("cp1252") if text else b"/Tx BMC EMC"
    stream = pdf.make_stream(content, Dictionary(Type=Name.XObject, Subtype=Name.Form))
    stream["/BBox"] = Array([0, 0, box[2] - box[0], box[3] - box[1]])
    for key, value in keys.items():
        stream[f"/{key}"] = value
    return stream


def field(pdf: pikepdf.Pdf, **keys: object) -> pikepdf.Object:
    """An indirect dictionary: a node of the field tree."""
    return pdf.make_indirect(Dictionary(keys_of(keys)))


def widget(pdf: pikepdf.Pdf, *, page: int = 0, box: tuple[float, ...] = BOX, **keys: object) -> pikepdf.Object:
    """A widget on a page; list it in the form with `listed` where it is a field of its own."""
    node = field(pdf, Type=Name.Annot, Subtype=Name.Widget, Rect=Array(list(box)), **keys)
    pdf.pages[page].obj.Annots.append(node)
    return node


def listed(pdf: pikepdf.Pdf, *nodes: pikepdf.Object) -> None:
    """Put nodes into the form's list of fields."""
    for node in nodes:
        pdf.Root.AcroForm.Fields.append(node)


def text_field(pdf: pikepdf.Pdf, name: str, value: str | None, shown: str | None = None, **keys: Any) -> pikepdf.Object:  # noqa: ANN401 - whatever a PDF may hold
    """A text field that is its own widget; `shown` is what its appearance writes, none for no appearance."""
    if value is not None:
        keys["V"] = String(value)
    if shown is not None:
        keys["AP"] = Dictionary(N=shows(pdf, shown, keys.get("box", BOX)))
    node = widget(pdf, FT=Name.Tx, T=String(name), **keys)
    listed(pdf, node)
    return node


def states(pdf: pikepdf.Pdf, *names: str) -> Dictionary:
    """The appearance of a button with these states."""
    return Dictionary(N=Dictionary({f"/{name}": shows(pdf, "") for name in names}))


def written(pdf: pikepdf.Pdf, **options: Any) -> bytes:  # noqa: ANN401 - as pikepdf takes them
    """The bytes of a PDF."""
    out = io.BytesIO()
    with warnings.catch_warnings(action="ignore", category=pikepdf.PageCopyWarning):
        pdf.save(out, **options)
    return out.getvalue()


def read(pdf: pikepdf.Pdf | bytes) -> Paper:
    """What our reader makes of it."""
    with pages.open(pdf if isinstance(pdf, bytes) else written(pdf), max_pages=20) as opened:
        return opened.paper


def widgets(pdf: pikepdf.Pdf | bytes) -> list[Widget]:
    """The widgets of all pages."""
    return [widget for page in read(pdf).pages for widget in page.widgets]


def sources(widget: Widget) -> dict[str, str]:
    """A widget's sources by their place."""
    return {source.where: source.value for source in widget.sources}


def codes(pdf: pikepdf.Pdf | bytes) -> list[str]:
    """The findings about the file."""
    return [finding.code for finding in read(pdf).findings]
