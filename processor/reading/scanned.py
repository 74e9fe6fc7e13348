"""A scanned page: evenly lit, and which page of which form it is, by its codes, its marks, or what it looks like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from processor.imaging.codes import codes
from processor.imaging.fitting import fitted, to_scan
from processor.imaging.grade import grade
from processor.imaging.light import flattened
from processor.imaging.which import Candidate, which
from processor.model import Box
from processor.reading.sorting import SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from processor.imaging.fitting import Fit
    from processor.imaging.grade import Grade
    from processor.imaging.plane import Grey
    from processor.imaging.plate import Plate
    from processor.model import Page, Picture
    from processor.reading.sorting import Catalogue, Claim

    Plates: TypeAlias = Mapping[tuple[str, int], Plate]
    """The blanks' pages, by the form's name and the page's number."""


@dataclass(frozen=True, slots=True, eq=False)
class ScannedPage:
    """A page as it was scanned."""

    page: Page
    picture: Picture
    even: Grey
    """The picture, evenly lit."""
    claims: tuple[Claim, ...] = ()
    """The pages of forms that it may be."""
    separates: bool = False
    """Whether it is a sheet that was laid between two papers."""
    lies: Candidate | None = None
    """The blank's page and how it lies on the scan; None when it is no form's, or does not lie as the blank does."""

    def grade(self) -> Grade:
        """Whether it can be read, and what is wrong with it."""
        return grade(self.picture.pixels, self.picture.dpi, self.lies.fit if self.lies else None)

    def mirrored(self) -> ScannedPage:
        """The page as it is seen through its back."""
        turned = replace(self.picture, pixels=np.ascontiguousarray(self.picture.pixels[:, ::-1]))
        return replace(self, picture=turned, even=np.ascontiguousarray(self.even[:, ::-1]))

    def on_page(self, fit: Fit, box: Box) -> Box:
        """A box of the blank, as points of the scanned page."""
        left, top, right, bottom = box
        corners = to_scan(fit, np.array([[left, top], [right, top], [right, bottom], [left, bottom]]))
        high, wide = self.picture.pixels.shape
        spread = corners * (self.page.width / wide, self.page.height / high)
        return Box(*(float(v) for v in (*spread.min(axis=0), *spread.max(axis=0))))


def scanned(page: Page, picture: Picture, known: Catalogue, plates: Plates) -> ScannedPage:
    """What a scanned page is. A page code says it; without one it is compared with every blank."""
    even = flattened(picture.pixels)
    seen = codes(picture.pixels, picture.dpi)
    if any(code.text == SEPARATOR for code in seen):
        return ScannedPage(page, picture, even, separates=True)
    claims = tuple(known.codes[text] for text in dict.fromkeys(code.text for code in seen) if text in known.codes)
    if not claims:
        return _compared(ScannedPage(page, picture, even), known, plates)
    if len(claims) > 1:
        return ScannedPage(page, picture, even, claims)
    plate = plates[claims[0].layout.form.name, claims[0].number]
    fit = fitted(plate, even, seen)
    return ScannedPage(page, picture, even, claims, lies=None if fit is None else Candidate(plate, fit))


def _compared(scan: ScannedPage, known: Catalogue, plates: Plates) -> ScannedPage:
    by_plate = {id(plates[claim.layout.form.name, claim.number]): claim for claim in known.claims}
    found = which([plates[claim.layout.form.name, claim.number] for claim in known.claims], scan.even)
    claims = tuple(by_plate[id(one.plate)] for one in found)
    return replace(scan, claims=claims, lies=found[0] if len(found) == 1 else None)
