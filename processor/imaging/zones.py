"""What is written in a box of the blank: cut out for recognition, or seen to be empty, or doubted.

Writing is followed where it leaves its box and left alone where it only visits: what has most of its ink in the box is
the box's own. Source: studies/scans.md 2a.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import cv2
import numpy as np

from processor.imaging.pieces import Look
from processor.imaging.strokes import around, grainy, ruled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.imaging.ink import Edges, Grey, Inked, Mask
    from processor.imaging.pieces import Stroke
    from processor.model import Box

_MARGIN = 14.0
_PAD = 2.0
_NEAR = 9.0
"""Points: as far from a letter its dots and commas stand."""
_FAR = 22.0
"""Points: as far from a letter another one stands, or a dash."""
_LETTER = 3.4
"""Points: no letter is lower (capitals and digits of 5-point type)."""
_GAP = 1.8
"""Points between the characters of a comb when they are moved together."""

_MARKER = 4.2
"""Points: no pen is thicker."""
_RULED = 0.65
"""Of the ink: so much on two straight lines is no writing."""
_PALE = 0.35
"""Of the pale printing around a box: where less is left of it, a pencil's writing may be lost as well."""
_FIRM = 0.99


class State(StrEnum):
    """What the box holds."""

    BLANK = "blank"
    WRITTEN = "written"
    DOUBTFUL = "doubtful"
    """Something is there, and it may be dirt: specks, a smudge, a ring, a ruled line, a staple's shadow, shading."""


@dataclass(frozen=True, slots=True)
class Zone:
    """What a box was seen to hold."""

    state: State
    certainty: float
    """0 to 1, that the state is right: an empty box on a fax that lost the pale lines around it is not certain."""
    share: float
    """Of the box, covered by added ink, dirt included."""
    lines: tuple[Grey, ...] = ()
    """Ready to be recognised: dark on white, tightly cut; a doubtful zone has them too."""
    cells: tuple[Grey | None, ...] = ()
    """Of a comb, a picture each; None for an empty cell. None at all where writing ignores them."""
    escapes: tuple[str, ...] = ()
    """The sides over which the writing leaves the box: `left`, `top`, `right`, `bottom`."""
    struck: bool = False
    """A long line goes through the writing."""
    dirt: float = 0.0
    """The share of the ink in the box that is no writing."""
    why: str = ""
    """Of a doubtful zone: `specks`, `line`, `smudge`, `shade`, `lone` (or small), `dirt` (over writing), `gap`
    (an empty cell of a comb between others) or `visitor` (a neighbour's writing)."""
    box: Box | None = None
    """Where the writing stands, in points."""


def zone(inked: Inked, box: Box, comb: int = 0, *, multiline: bool = False, others: Sequence[Box] = ()) -> Zone:
    """What is written in a box.

    Args:
        inked: the page.
        box: in points.
        comb: how many cells it has; 0 for none.
        multiline: whether several lines may stand in it.
        others: the other boxes of the page; where they are told, writing may run on past the box in separate letters.
    """
    inner = inked.within(box)
    pieces = inked.strokes(inner)
    share = sum(s.inside for s in pieces) / max((inner[2] - inner[0]) * (inner[3] - inner[1]), 1)
    ours = [s for s in pieces if 2 * s.inside >= s.area or _crosses(s, inner)]
    if ours and others:
        ours += _followed(ours, inked, inner, others)
    state, why, writing = _judged(ours, pieces, inked, inner)
    if not writing:
        return Zone(state, _certain(state, inked, inner), share, dirt=float(bool(pieces)), why=why)
    edges = around(writing)
    cut = _Cut(inked, edges, writing)
    if state is State.WRITTEN and (fault := _fault(cut, inner)):
        state, why = State.DOUBTFUL, fault
    cells = _cells(cut, inner, comb) if comb else None
    if cells is not None and state is State.WRITTEN and _gap(cells, inked, inner):
        state, why = State.DOUBTFUL, "gap"
    return Zone(
        state=state,
        certainty=_certain(state, inked, inner),
        share=share,
        lines=_pictures(cut, cells, multiline=multiline),
        cells=tuple(cut.picture(cell) if cell.any() else None for cell in cells or ()),
        escapes=_escapes(edges, inner, inked.scale),
        struck=_struck(cut),
        dirt=1 - sum(s.inside for s in writing) / max(sum(s.inside for s in pieces), 1),
        why=why,
        box=inked.box(edges),
    )


def _certain(state: State, inked: Inked, inner: Edges) -> float:
    if state is State.DOUBTFUL:
        return 0.5
    if state is State.WRITTEN:
        return _FIRM
    shown = inked.shown(inner)
    return _FIRM if shown >= _PALE else 0.5 + shown


class _Cut:
    """The writing alone, in the part of the page that it takes."""

    def __init__(self, inked: Inked, edges: Edges, writing: list[Stroke]) -> None:
        self.left, self.top, right, bottom = edges
        where = np.s_[self.top : bottom, self.left : right]
        self.dark = inked.dark[where]
        self.labels = inked.labels[where]
        self.mask = inked.mask(writing, edges)
        self.writing = writing
        self.scale = inked.scale

    def of(self, pieces: Sequence[Stroke]) -> Mask:
        """Where some pieces are."""
        return np.isin(self.labels, [s.label for s in pieces])

    def picture(self, mask: Mask) -> Grey:
        """A part of it as it is recognised."""
        return _picture(self.dark, mask, self.scale)


# ---------------------------------------------------------------- whose ink it is


def _crosses(s: Stroke, inner: Edges) -> bool:
    """Whether a letter is larger than its box: it fills the height and has its middle inside."""
    return s.top <= inner[1] and s.bottom >= inner[3] and _middle_in(s, inner) and 3 * s.inside >= s.area


def _middle_in(s: Stroke, box: Edges) -> bool:
    return box[0] <= s.x < box[2] and box[1] <= s.y < box[3]


def _followed(own: list[Stroke], inked: Inked, inner: Edges, others: Sequence[Box]) -> list[Stroke]:
    """Letters outside the box, one after the other, at the height of those inside and close to the last one."""
    letters, scale = [s for s in own if s.look is Look.STROKE], inked.scale
    left, right = min(s.left for s in own), max(s.right for s in own)
    if not letters or (left >= inner[0] + 3 * scale and right <= inner[2] - 3 * scale):
        return []
    top, bottom = min(s.top for s in letters) - scale, max(s.bottom for s in letters) + scale
    mine, taken = {s.label for s in own}, [inked.within(o) for o in others]
    free = [
        s
        for s in inked.strokes(inner, round(_MARGIN * scale))
        if s.label not in mine and top <= s.y <= bottom and not any(_middle_in(s, o) for o in taken)
    ]
    found: list[Stroke] = []
    for s in sorted((s for s in free if s.x >= right), key=lambda s: s.left):
        if s.left - right < 4 * scale and right > inner[2] - 3 * scale:
            found, right = [*found, s], max(right, s.right)
    for s in sorted((s for s in free if s.x <= left), key=lambda s: -s.right):
        if left - s.right < 4 * scale and left < inner[0] + 3 * scale:
            found, left = [*found, s], min(left, s.left)
    return found


# ---------------------------------------------------------------- writing or dirt


def _judged(ours: list[Stroke], pieces: list[Stroke], inked: Inked, inner: Edges) -> tuple[State, str, list[Stroke]]:
    """The state of the box, what is doubted, and the pieces that are written."""
    scale = inked.scale
    letters = [s for s in ours if (s.look is Look.STROKE and s.high >= _LETTER) or _one(s, inner, scale)]
    if not letters:
        return (*_no_letters(ours, pieces, inked, inner), [])
    writing = [s for s in ours if s in letters or (s.look is not Look.BLOB and _close(s, letters, scale))]
    mine = {s.label for s in writing}
    left = [s for s in ours if s.label not in mine]
    foul = sum(s.inside for s in pieces if s.label not in mine)
    kept = sum(s.area for s in writing)
    lines = sum(s.area for s in ours if s.look in (Look.LINE, Look.BLOB) and s not in letters)
    if (
        any(s.look is not Look.DOT for s in left)
        or foul > 0.5 * kept
        or lines > 0.5 * kept
        or sum(s.look is Look.DOT for s in ours) > 6 + 3 * len(letters) + _sown(inked, inner)
        or any(s.thick > _MARKER for s in letters)
    ):
        return State.DOUBTFUL, "dirt", writing
    if max(s.high for s in letters) < 1.5 * _LETTER or (len(letters) == 1 and _odd(letters[0])):
        return State.DOUBTFUL, "lone", writing
    return State.WRITTEN, "", writing


def _odd(s: Stroke) -> bool:
    """Whether a piece that stands alone is pale or thick for a character."""
    return s.dark < 60 or s.thick > 0.36 * max(s.wide, s.high)


def _one(s: Stroke, inner: Edges, scale: float) -> bool:
    """Whether a plain line may be a 1, an I or an l: upright, dark, slim, wholly in its box and not touching it."""
    free = (
        s.top > inner[1] + scale
        and s.bottom < inner[3] - scale
        and s.left > inner[0] + scale
        and s.right < inner[2] - scale
    )
    return s.look is Look.LINE and free and s.lean < 25 and s.thick < 3 and s.dark > 90


def _sown(inked: Inked, inner: Edges) -> float:
    """How many specks a box may have on a page that is sown with them."""
    expected = inked.specks * (inner[2] - inner[0]) * (inner[3] - inner[1]) / inked.scale**2
    return float(expected + 3 * expected**0.5)


def _no_letters(ours: list[Stroke], pieces: list[Stroke], inked: Inked, inner: Edges) -> tuple[State, str]:
    """A box without a letter: what the ink in it is."""
    looks, shade = {s.look for s in ours}, inked.shaded(inner)
    if Look.BLOB in looks or (pieces and shade > 0.2):
        return State.DOUBTFUL, "smudge"
    if Look.LINE in looks:
        return State.DOUBTFUL, "line"
    if looks:
        small = sum(s.inside for s in ours) / inked.scale**2 < 0.6
        grains = all(s.area <= 2 * inked.speck for s in ours) and len(ours) <= _sown(inked, inner)
        return (State.BLANK, "") if small or grains else (State.DOUBTFUL, "specks")
    if sum(s.inside for s in pieces) / inked.scale**2 > 8:
        return State.DOUBTFUL, "visitor"
    return (State.DOUBTFUL, "shade") if shade > 0.5 else (State.BLANK, "")


def _fault(cut: _Cut, inner: Edges) -> str:
    """Why what looks like writing, all together, is dirt after all; or nothing."""
    writing, scale = cut.writing, cut.scale
    if grainy(cut.mask, len(writing)):
        return "smudge"
    if not any(s.long > 20 for s in writing):
        return ""
    most = _RULED if any(s.left < inner[0] or s.right > inner[2] for s in writing) else _RULED + 0.15
    return "line" if ruled(cut.mask, scale) > most else ""


def _close(s: Stroke, letters: list[Stroke], scale: float) -> bool:
    """Whether a dot, a comma, an accent, a dash or a thin letter stands by letters: beside, just over or just under."""
    reach = (_NEAR if s.look is Look.DOT else _FAR) * scale
    near = _NEAR * scale
    return any(
        o.left - reach < s.right and s.left < o.right + reach and o.top - near / 2 < s.y < o.bottom + near / 3
        for o in letters
    )


# ---------------------------------------------------------------- cutting


def _pictures(cut: _Cut, cells: list[Mask] | None, *, multiline: bool) -> tuple[Grey, ...]:
    """What is to be recognised, line by line."""
    if cells is not None:
        return (_combed(cut, cells),)
    return tuple(cut.picture(line) for line in (_lines(cut) if multiline else [cut.mask]))


def _picture(grey: Grey, mask: Mask, scale: float) -> Grey:
    """The writing alone, dark on white, its contrast stretched, tightly cut with a little paper around."""
    pad = round(_PAD * scale)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    cut = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    dark = grey[cut] * mask[cut]
    full = max(float(np.percentile(dark[mask[cut]], 90)), 1.0)
    bright = 255 - cv2.convertScaleAbs(dark, alpha=255 / full)
    return np.asarray(cv2.copyMakeBorder(bright, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(255.0,)), np.uint8)


def _lines(cut: _Cut) -> list[Mask]:
    """One mask a line of writing, from top to bottom: letters are gathered by their height on the page."""
    letters = sorted((s for s in cut.writing if s.high >= _LETTER), key=lambda s: s.y)
    typical = float(np.median([s.bottom - s.top for s in letters]))
    single = [s for s in letters if s.bottom - s.top <= 1.6 * typical]
    middles = [[single[0].y]]
    for s in single[1:]:
        if s.y - float(np.mean(middles[-1])) > 0.75 * typical:
            middles.append([])
        middles[-1].append(s.y)
    centres = np.array([float(np.mean(m)) for m in middles])
    borders = (centres[1:] + centres[:-1]) / 2 - cut.top
    where = np.zeros(int(cut.labels.max()) + 1, np.int32)
    where[[s.label for s in cut.writing]] = np.searchsorted(borders, [s.y - cut.top for s in cut.writing])
    of = where[cut.labels]
    torn = cut.of([s for s in cut.writing if s.bottom - s.top > 1.6 * typical])
    rows = np.searchsorted(borders, np.arange(len(of)))
    of[torn] = np.broadcast_to(rows[:, None], of.shape)[torn]
    return [m for m in (cut.mask & (of == i) for i in range(centres.size)) if m.any()]


def _cells(cut: _Cut, inner: Edges, comb: int) -> list[Mask] | None:
    """One mask a cell; None when the writing goes over the cells as if they were not there."""
    wide = (inner[2] - inner[0]) / comb
    letters = [s for s in cut.writing if s.high >= _LETTER]
    if sum(s.right - s.left > 1.6 * wide for s in letters) > 0.34 * len(letters):
        return None
    columns = np.clip(((np.arange(cut.mask.shape[1]) + cut.left - inner[0]) / wide).astype(int), 0, comb - 1)
    of = np.broadcast_to(columns, cut.mask.shape).copy()
    single = [s for s in cut.writing if s.right - s.left <= 1.3 * wide]
    own = [min(max(int((s.x - inner[0]) / wide), 0), comb - 1) for s in single]
    for s, cell in zip(single, own, strict=True):
        part = np.s_[s.top - cut.top : s.bottom - cut.top, s.left - cut.left : s.right - cut.left]
        of[part][cut.labels[part] == s.label] = cell
    dust = {cell for s, cell in zip(single, own, strict=True) if s.look is Look.DOT}
    dust -= {cell for s, cell in zip(single, own, strict=True) if s.look is not Look.DOT}
    masks = [cut.mask & (of == i) for i in range(comb)]
    wide_ones = cut.of([s for s in cut.writing if s not in single])
    return [m & wide_ones if i in dust else m for i, m in enumerate(masks)]


def _gap(cells: list[Mask], inked: Inked, inner: Edges) -> bool:
    """Whether a cell between filled ones is empty, though the form prints a frame over and under it."""
    full = [i for i, cell in enumerate(cells) if cell.any()]
    wide, rim = (inner[2] - inner[0]) / len(cells), round(1.5 * inked.scale)
    for i in set(range(full[0], full[-1])) - set(full):
        middle = slice(round(inner[0] + (i + 0.25) * wide), round(inner[0] + (i + 0.75) * wide))
        rows = (slice(max(y - rim, 0), y + rim + 1) for y in (inner[1], inner[3]))
        if all((inked.blank[y, middle].min(axis=0) < 225).mean() > 0.8 for y in rows):
            return True
    return False


def _combed(cut: _Cut, cells: list[Mask]) -> Grey:
    """The characters of a comb moved together into one line."""
    written = [cell for cell in cells if cell.any()]
    gap = np.zeros((len(cut.mask), round(_GAP * cut.scale)), np.uint8)
    parts, masks = [], []
    for cell in written:
        columns = np.flatnonzero(cell.any(axis=0))
        here = np.s_[:, columns[0] : columns[-1] + 1]
        parts += [cut.dark[here] * cell[here], gap]
        masks += [cell[here], gap > 0]
    return _picture(np.hstack(parts[:-1]), np.hstack(masks[:-1]), cut.scale)


# ---------------------------------------------------------------- measures of the writing


def _escapes(edges: Edges, inner: Edges, scale: float) -> tuple[str, ...]:
    """The sides over which it goes by more than a line's width."""
    over = (inner[0] - edges[0], inner[1] - edges[1], edges[2] - inner[2], edges[3] - inner[3])
    return tuple(side for side, by in zip(("left", "top", "right", "bottom"), over, strict=True) if by > scale)


def _struck(cut: _Cut) -> bool:
    """Whether a long line, level or aslant, runs through the writing with letters over and under it."""
    high, wide = cut.mask.shape
    least = max(14 * cut.scale, 0.35 * wide)
    if high < 3 * cut.scale or max(s.right - s.left for s in cut.writing) < 0.9 * least:
        return False
    slopes = (-0.4, -0.3, -0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.2, 0.3, 0.4)
    return any(_run(cut.mask.view(np.uint8), slope, least, cut.scale) for slope in slopes)


def _run(cut: Grey, slope: float, least: float, scale: float) -> bool:
    """Whether an unbroken run of that slope goes through the middle of the writing."""
    high, wide = cut.shape
    shift = -slope * wide / 2
    level = np.asarray(
        cv2.warpAffine(
            cut, np.array([[1, 0, 0], [slope, 1, shift]], np.float32), (wide, high), flags=cv2.INTER_NEAREST
        ),
        np.uint8,
    )
    thick = cv2.dilate(level, np.ones((max(round(scale), 1), 1), np.uint8))
    runs = np.asarray(cv2.erode(thick, np.ones((1, round(least)), np.uint8), borderValue=(0,)), np.uint8)
    rows = np.flatnonzero(runs.any(axis=1))
    if not rows.size:
        return False
    y = int(np.median(rows))
    near = round(1.2 * scale)
    over, under = level[: max(y - near, 0)].any(axis=0).mean(), level[y + near :].any(axis=0).mean()
    return bool(over > 0.25 and under > 0.25)
