"""A filled form becomes a page for good: values drawn and tagged, the form gone, the same bytes every time.

A filler only stores values; viewers would draw each in a font of their own. Here every value is a picture of type,
set by Typst in our fonts (so Arabic is joined and Hebrew runs to the left), laid over its box, and its `/Form`
element becomes a `/Span` of marked content: PDF/A-2a and PDF/UA-1 hold.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from processor.errors import PrintingFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pikepdf import Object, Page

    _Step = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage


_PRINTED = re.compile(rb"/\w+\s*<<\s*/MCID (\d+)\s*>>\s*BDC")
"""Where marked content begins. Typst closes each piece before it opens the next, so between them nothing is set."""
_NAMING = {"Tf", "cs", "CS", "gs"}
"""Operators whose names are resources, of those that type needs."""


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
        filled: a form of one page and text boxes, made by `formify` and filled.
        drawn: a PDF with a page for each value, as large as its box.
        shown: which box each of these pages is for, by name.
        title: of the document.
        day: on which it is issued.

    Raises:
        PrintingFailed: a value has no box.
    """
    with Pdf.open(io.BytesIO(filled)) as pdf, Pdf.open(io.BytesIO(drawn)) as type_:
        drawings = dict(zip(shown, type_.pages, strict=True))
        (page,) = pdf.pages
        if not set(drawings) <= {str(widget.T) for widget in _widgets(page)}:
            raise PrintingFailed(
                "The certificate has no box for a value.", do="Put templates/certificate back as it was delivered."
            )
        _lay(pdf, page, drawings)
        del pdf.Root.AcroForm
        _name(pdf, title, day)
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _lay(pdf: Pdf, page: Page, drawings: Mapping[str, Page]) -> None:
    """Lay the drawings over their boxes; each is painted when it is read. The widgets go."""
    tree = _Tree(pdf.Root.StructTreeRoot)
    before: dict[int, list[bytes]] = defaultdict(list)
    for widget in _widgets(page):
        value = _value(widget)
        element = tree.release(widget)
        if value.name in drawings:
            x, y = value.corner
            inked = _moved(pdf, drawings[value.name], page, f"{value.name}_")
            opening = b"\n/Span <</MCID %d>> BDC q 1 0 0 1 %g %g cm" % (tree.claim(page, element), x, y)
            before[tree.followed[element.objgen]] += [opening, inked, b"Q EMC\n"]
    page.contents_coalesce()
    printed = page.Contents.read_bytes()
    page.Contents = pdf.make_stream(
        _PRINTED.sub(lambda found: b"\n".join(before.pop(int(found[1]), [])) + found[0], printed)
        + b"\n".join(chunk for rest in before.values() for chunk in rest)
    )
    del page.Annots
    if "/Tabs" in page:
        del page.Tabs


def _moved(pdf: Pdf, drawing: Page, page: Page, prefix: str) -> bytes:
    """The drawing's content for the page, its fonts and colours brought along under names of their own.

    Not as a form XObject: readers lose the actual text of glyphs that lie in one (seen in pdfium and poppler).
    """
    for category in ("/Font", "/ColorSpace", "/ExtGState"):
        for name, resource in drawing.Resources.get(category, {}).items():
            page.add_resource(pdf.copy_foreign(resource), Name(category), Name(f"/{prefix}{name[1:]}"))
    steps = [_renamed(step, prefix) for step in pikepdf.parse_content_stream(drawing)]
    return pikepdf.unparse_content_stream(steps)


def _renamed(step: _Step, prefix: str) -> _Step:
    if isinstance(step, pikepdf.ContentStreamInlineImage) or str(step.operator) not in _NAMING:
        return step
    first, *rest = step.operands
    return pikepdf.ContentStreamInstruction([Name(f"/{prefix}{str(first)[1:]}"), *rest], step.operator)


class _Tree:
    """The structure tree: elements of widgets become elements of marked content (ISO 32000-1, 14.7.4)."""

    def __init__(self, root: Object) -> None:
        self.followed = _followed(root)
        """For an element of a widget, what is printed next, as marked content of the page; -1 for nothing."""
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


def _followed(root: Object) -> dict[tuple[int, int], int]:
    following, found = -1, {}
    for step in reversed(list(_reading_order(root.K))):
        if isinstance(step, int):
            following = step
        else:
            found[step.objgen] = following
    return found


def _reading_order(node: Object | int) -> Iterator[Object | int]:
    """Marked content of the page, and elements of widgets."""
    if isinstance(node, Array):
        for kid in node:
            yield from _reading_order(kid)
    elif isinstance(node, Dictionary):
        if node.get("/S") == Name.Form:
            yield node
        elif "/K" in node:
            yield from _reading_order(node.K)
    else:
        yield int(node)


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
