"""What the boxes of a scanned form show: blank, ticked, signed, or a recognised text, each with its certainty."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from processor.forms.form import Field, FieldKind, Spot
from processor.imaging.fitting import laid
from processor.imaging.ink import inked
from processor.imaging.light import bilevel
from processor.imaging.signatures import Hand, Signed, signature
from processor.imaging.strays import Kind, strays
from processor.imaging.ticks import Mark, tick
from processor.imaging.zones import State, zone
from processor.model import Means, Word
from processor.reading.certainty import UNCALIBRATED
from processor.reading.looking import marks_only
from processor.reading.seen import Said, Seen
from processor.reading.texts import Written, facts, texts

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from processor.imaging.fitting import Fit
    from processor.imaging.ink import Inked
    from processor.imaging.which import Candidate
    from processor.imaging.zones import Zone
    from processor.model import Recognise
    from processor.reading.certainty import Calibration
    from processor.reading.scanned import ScannedPage
    from processor.reading.texts import Lattices, Text

_NOTE = Field(name="", kind=FieldKind.TEXT)
_SOMETHING = "something"
_MOST = 10
"""So many notes of a page are read."""
_LIKELY = 0.5
"""The least certainty of a note that is quoted."""
_MARKS = {Mark.EMPTY: Said(""), Mark.TICKED: Said("On")}
_DOUBTED = Said("", "faint-mark")
_CLEAR = 0.9
"""The least certainty of a tick, a signature or an empty box that may be decided on."""


class Zones(NamedTuple):
    """What a page shows."""

    seen: Mapping[Spot, Seen]
    outside: tuple[Word, ...]
    """What is written outside all boxes, with its place on the scan."""


def zones(
    scan: ScannedPage,
    lies: Candidate,
    fields: Sequence[tuple[Field, Spot]],
    calibration: Calibration = UNCALIBRATED,
    *,
    always: bool = False,
) -> Generator[Recognise, Lattices, Zones]:
    """What each box of the page shows; a box that the scan does not show is left out.

    Yields `Recognise`, and wants the lattices sent. `always` has all texts read twice, for calibrating.
    """
    ink, there = on_blank(scan, lies), shown(lies, fields)
    found: dict[Spot, Seen] = {}
    for field, spot in there:
        if marks_only(field) or field.kind is FieldKind.SIGNATURE:
            said, confidence = _marked(ink, spot) if marks_only(field) else _signed(ink, spot)
            found[spot] = _seen(scan, lies.fit, spot, said, confidence)
    written: list[Written] = []
    for box in boxes(ink, there):
        if box.zone.lines:
            written.append(box)
        else:
            found.setdefault(box.spot, _seen(scan, lies.fit, box.spot, *_empty(box.zone)))
    page = facts(scan.picture.pixels, lies.fit)
    read = yield from texts(written, page, calibration, always=always)
    for one, text in zip(written, read, strict=True):
        told = _seen(scan, lies.fit, one.spot, text.said, text.confidence)
        found[one.spot] = told._replace(guesses=text.guesses, weighed=text.weighed)
    notes = _notes(lies, ink, fields)
    outside = yield from texts(notes, page, calibration)
    words = [_told(scan, lies.fit, one.spot, text) for one, text in zip(notes, outside, strict=True)]
    return Zones(found, tuple(words))


def _notes(lies: Candidate, ink: Inked, fields: Sequence[tuple[Field, Spot]]) -> list[Written]:
    """What is written outside all boxes."""
    found = [one.box for one in strays(ink, [spot.box for _, spot in fields]) if one.kind is Kind.NOTE][:_MOST]
    spots = [Spot(widget="", page=lies.plate.page, box=box) for box in found]
    return [Written(_NOTE, spot, zone(ink, spot.box, multiline=True)) for spot in spots]


def _told(scan: ScannedPage, fit: Fit, spot: Spot, text: Text) -> Word:
    """A note with its place on the scan; what cannot be read is `something`."""
    readable = text.said.raw and text.confidence >= _LIKELY
    return Word(text.said.raw if readable else _SOMETHING, scan.on_page(fit, spot.box))


def on_blank(scan: ScannedPage, lies: Candidate) -> Inked:
    """The page in the frame of its blank, and what was added to it."""
    page = laid(lies.fit, scan.even, lies.plate.dpi)
    return inked(page, lies.plate.pixels, lies.plate.dpi, bilevel=bilevel(scan.picture.pixels))


def shown(lies: Candidate, fields: Iterable[tuple[Field, Spot]]) -> list[tuple[Field, Spot]]:
    """The fields whose boxes the scan shows."""
    return [(field, spot) for field, spot in fields if lies.fit.sure(spot.box)]


def boxes(ink: Inked, there: Sequence[tuple[Field, Spot]]) -> Iterator[Written]:
    """The boxes of text with what is in them; writing that leaves its box is followed, but not into another.

    A name that was typed where one signs is a text as well: as sure as the name is that it signs.
    """
    for field, spot in there:
        signs = field.kind is FieldKind.SIGNATURE
        if marks_only(field) or (signs and signature(ink, spot.box).kind is not Hand.TYPED):
            continue
        others = [other.box for _, other in there if other.box != spot.box]
        own = replace(field, kind=FieldKind.PERSON) if signs else field
        yield Written(own, spot, zone(ink, spot.box, spot.comb, multiline=spot.multiline, others=others))


def _seen(scan: ScannedPage, fit: Fit, spot: Spot, said: Said, confidence: float) -> Seen:
    return Seen(said, scan.page.number, scan.on_page(fit, spot.box), Means.ZONE, confidence)


def _empty(seen: Zone) -> tuple[Said, float]:
    """A box without writing; where a fax lost the pale lines around it, it may have lost a pencil's as well."""
    clear = seen.state is State.BLANK and seen.certainty >= _CLEAR
    return Said("", "" if clear else "unsure-reading"), seen.certainty


def _marked(ink: Inked, spot: Spot) -> tuple[Said, float]:
    seen = tick(ink, spot.box)
    said = _MARKS.get(seen.kind, _DOUBTED)
    return (said if seen.certainty >= _CLEAR else _DOUBTED), seen.certainty


def _signed(ink: Inked, spot: Spot) -> tuple[Said, float]:
    """Ink signs; a stamp, a line or specks are for a person to judge."""
    seen = signature(ink, spot.box)
    if seen.certainty >= _CLEAR and seen.state is not Signed.DOUBTFUL:
        return Said("ink" if seen.state is Signed.SIGNED else ""), seen.certainty
    return _DOUBTED, min(seen.certainty, 0.5)
