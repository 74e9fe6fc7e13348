"""Whether a page is a picture of a page, as a scanner or a telephone makes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdfium2 import raw

from processor.pages.fields import is_dictionary
from processor.pages.text import plain

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2 as pdfium

    from processor.pages.geometry import Upright

MOST = 0.6
"""The share of the page from which a picture, or several strips of one, count as covering it."""
_OBJECTS = 20_000
"""So many objects of a page are looked at; a scan has one or a few."""


def pictured(page: pdfium.PdfPage, node: pikepdf.Object, upright: Upright, *, blank: bool) -> bool:
    """Whether pictures cover most of the page. `blank` says that the page has no words."""
    if not blank and not _may_hold_picture(node):
        return False
    whole, covered = upright.width * upright.height, 0.0
    for place, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)):
        if place >= _OBJECTS:
            break
        left, bottom, right, top = item.get_bounds()
        wide = min(right, upright.right) - max(left, upright.left)
        high = min(top, upright.top) - max(bottom, upright.bottom)
        covered += max(wide, 0) * max(high, 0)
        if covered > MOST * whole:
            return True
    return False


def _may_hold_picture(node: pikepdf.Object) -> bool:
    """Whether the page's resources name a picture, or a form that may hold one. Cheap, and mostly no."""
    above = 0
    while "/Resources" not in node and is_dictionary(node.get("/Parent")) and above < 32:
        node, above = node["/Parent"], above + 1
    resources = node.get("/Resources")
    items = resources.get("/XObject") if is_dictionary(resources) else None
    if not is_dictionary(items):
        return False
    return any(plain(item.get("/Subtype")) in ("Image", "Form") for item in items.values())
