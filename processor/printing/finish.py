"""A filled form becomes a page for good: values drawn and tagged, the form gone, the same bytes every time.

A filler only stores values; viewers would draw each in a font of their own. Here every value is a picture of type,
set by Typst in our fonts (so Arabic is joined and Hebrew runs to the left), laid over its box, and its `/Form`
element becomes a `/Span` of marked content: PDF/A-2a and PDF/UA-1 hold.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from pikepdf import Array, Name, Pdf, String

from processor.errors import PrintingFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pikepdf import Object, Page


class Value(NamedTuple):
    """What a filler stored in one box; lengths in points, `corner` from the page's bottom left to the box's."""

    name: str
    text: str
    corner: tuple[float, float]
    width: float
    height: float


def stored(filled: bytes) -> tuple[Value, ...]:
    """The values of a form's text boxes, in tab order; empty ones too."""
    with Pdf.open(io.BytesIO(filled)) as pdf:
        return tuple(_value(widget) for page in pdf.pages for widget in _widgets(page))


def finish(filled: bytes, drawn: bytes, shown: Sequence[str], *, title: str, day: date) -> bytes:
    """The filled form, flat.

    Args:
        filled: a form of text boxes, made by `formify` and filled.
        drawn: a PDF with a page for each value, as large as its box.
        shown: which box each of these pages is for, by name.
        title: of the document.
        day: on which it is issued.

    Raises:
        PrintingFailed: a value has no box.
    """
    with Pdf.open(io.BytesIO(filled)) as pdf, Pdf.open(io.BytesIO(drawn)) as type_:
        pictures = {
            name: pdf.copy_foreign(page.as_form_xobject()) for name, page in zip(shown, type_.pages, strict=True)
        }
        tree = _Tree(pdf.Root.StructTreeRoot)
        laid = {name for page in pdf.pages for name in _lay(page, pictures, tree)}
        if laid != set(pictures):
            raise PrintingFailed(
                "The certificate has no box for a value.", do="Build the blank anew: `secor forms build`."
            )
        del pdf.Root.AcroForm
        _name(pdf, title, day)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _lay(page: Page, pictures: Mapping[str, Object], tree: _Tree) -> Iterator[str]:
    """Lay the pictures over their boxes, in tab order; the widgets go."""
    content = []
    for widget in _widgets(page):
        value = _value(widget)
        element = tree.release(widget)
        if value.name not in pictures:
            continue
        xobject = page.add_resource(pictures[value.name], Name.XObject, Name(f"/Value_{value.name}"))
        x, y = value.corner
        place = tree.claim(page, element)
        content.append(f"/Span <</MCID {place}>> BDC q 1 0 0 1 {x:g} {y:g} cm {xobject} Do Q EMC")
        yield value.name
    page.contents_add(b"q", prepend=True)
    page.contents_add("\n".join(["Q", *content]).encode("ascii"))
    del page.Annots
    if "/Tabs" in page:
        del page.Tabs


class _Tree:
    """The structure tree: elements of widgets become elements of marked content (ISO 32000-1, 14.7.4)."""

    def __init__(self, root: Object) -> None:
        self.entries: dict[int, Object] = {}
        self.leaves = list(_leaves(root.ParentTree))
        for leaf in self.leaves:
            numbers = list(leaf.Nums)
            self.entries.update(zip(map(int, numbers[::2]), numbers[1::2], strict=True))

    def release(self, widget: Object) -> Object:
        """The widget's element, now an empty span, and no longer reachable from the widget."""
        key = int(widget.StructParent)
        element = self.entries.pop(key)
        for leaf in self.leaves:
            self._drop(leaf, key)
        element.S, element.K = Name.Span, Array()
        del element["/Alt"]
        return element

    def claim(self, page: Page, element: Object) -> int:
        """A place for marked content on the page, which the element then holds."""
        places = self.entries[int(page.StructParents)]
        places.append(element)
        element.K, element.Pg = len(places) - 1, page.obj
        return len(places) - 1

    @staticmethod
    def _drop(leaf: Object, key: int) -> None:
        numbers = list(leaf.Nums)
        keys = [int(number) for number in numbers[::2]]
        if key in keys:
            at = 2 * keys.index(key)
            leaf.Nums = Array(numbers[:at] + numbers[at + 2 :])


def _leaves(node: Object) -> Iterator[Object]:
    if "/Nums" in node:
        yield node
    for kid in node.get("/Kids", ()):
        yield from _leaves(kid)


def _widgets(page: Page) -> list[Object]:
    return [note for note in page.get("/Annots", ()) if note.Subtype == Name.Widget]


def _value(widget: Object) -> Value:
    left, bottom, right, top = (float(v) for v in list(widget.Rect))
    return Value(str(widget.T), str(widget.get("/V", "")), (left, bottom), right - left, top - bottom)


def _name(pdf: Pdf, title: str, day: date) -> None:
    """Title and day, in both places that PDF/A keeps in step."""
    stamp = f"{day:%Y-%m-%d}T00:00:00Z"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = stamp
    info = pdf.docinfo
    info.Title = String(title)
    info.CreationDate = info.ModDate = String(f"D:{day:%Y%m%d}000000Z")
