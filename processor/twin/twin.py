"""A made paper from a seed: an employer, a pen, a way to the office, and the truth (scans.md 0).

form, blank = known("csam-registration")
made = Twin(form=form, blank=blank, seed=7, family=Family.TUNE, writing=Writing.TYPED, channel=Channel.FAX_FINE).made()
made.data, made.suffix, made.truth
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from processor.errors import Wrong
from processor.flows import forms as flow
from processor.flows.house import templates_folder
from processor.forms.form import FieldKind
from processor.model import Document
from processor.twin.chance import Family, draws, one_of, some
from processor.twin.channels import Channel, send
from processor.twin.extras import ON_PAPER, TURNS, Extra, machine, soil
from processor.twin.files import Pack, packed, packs
from processor.twin.filling import filled
from processor.twin.hands import Writing, pen
from processor.twin.people import values
from processor.twin.truth import Sheet, Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import numpy as np

    from processor.forms.form import Form
    from processor.twin.channels import Sent
    from processor.twin.filling import Filled
    from processor.twin.hands import Pen

_EXTRA = 0.15
"""How often something more happens to a page, unless it is said what."""
_FAXES = frozenset({Channel.FAX_FINE, Channel.FAX_STANDARD})


@dataclass(frozen=True, slots=True)
class Made:
    """One file as it comes in, and what is true of it."""

    data: bytes
    suffix: str
    """`.pdf`, `.tif`, `.jpg` or `.png`."""
    truth: Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """What decides a paper. The same twin makes the same bytes."""

    form: Form
    blank: bytes
    """The form's PDF."""
    seed: int
    family: Family = Family.TUNE
    writing: Writing = Writing.TYPED
    channel: Channel = Channel.SCAN300
    pages: tuple[int, ...] = ()
    """Which pages of the form, in this order; all of them when empty."""
    extras: tuple[Extra, ...] | None = None
    """What else happens to every page; None leaves it to chance."""
    pack: Pack | None = None
    """The kind of file; None leaves it to chance."""
    given: Mapping[str, object] | None = None
    """What is written, instead of an employer's values."""

    def made(self) -> Made:
        """Fill, send and pack. One channel changes nothing of what is written: the same seed writes the same."""
        written, by = self.written()
        rng = self._draws("way", self.channel)
        numbers = self.pages or tuple(range(1, len(self.form.pages) + 1))
        ways = [self._sent(written, number, rng) for number in numbers]
        sent = [way for way, _ in ways]
        pack = self.pack or one_of(packs(sent), rng)
        sheets = tuple(_sheet(n, way, extras) for n, (way, extras) in zip(numbers, ways, strict=True))
        return Made(packed(sent, pack), f".{pack.value}", self._truth(written, by, sheets))

    def written(self) -> tuple[Filled, Pen]:
        """The filled form before it is sent, and the pen."""
        told = values(self.form, self.family, self._draws("values")) if self.given is None else self.given
        chosen = {one.name for one in self.form.fields if one.kind is FieldKind.CHOICE}
        letters = "".join(_texts(value for name, value in told.items() if name not in chosen))
        by = pen(self.writing, self.family, letters, self._draws("pen"))
        return filled(self.form, self.blank, told, by, self._draws("hand")), by

    def _draws(self, *of: object) -> np.random.Generator:
        return draws(self.form.name, self.family, self.writing, self.seed, *of)

    def _sent(self, written: Filled, number: int, rng: np.random.Generator) -> tuple[Sent, tuple[Extra, ...]]:
        extras = _chance(self.channel, rng) if self.extras is None else self.extras
        page = written.pages[number - 1]
        for extra in (e for e in extras if e in ON_PAPER):
            page = soil(page, extra, self.family, rng)
        sent = send(page, self.channel, self.family, rng)
        for extra in (e for e in extras if e not in ON_PAPER):
            sent = machine(sent, extra, self.family, rng)
        return sent, extras

    def _truth(self, written: Filled, by: Pen, sheets: tuple[Sheet, ...]) -> Truth:
        document = Document(
            kind=self.form.kind,
            form=self.form.name,
            program=self.form.program,
            pages=tuple(range(1, len(sheets) + 1)),
            readings=written.readings,
        )
        made = {
            "seed": self.seed,
            "family": self.family.value,
            "writing": self.writing.value,
            "channel": self.channel.value,
            "pen": by.name,
            "ink": by.ink,
        }
        return Truth(document=document, sheets=sheets, special=written.special, made=made)


def known(name: str, templates: Iterable[Path] = ()) -> tuple[Form, bytes]:
    """A form of that name and its blank, from the built-in templates or these. Raises `Wrong` or `SetupBroken`."""
    for folder in flow.folders(tuple(templates) or (templates_folder(),)):
        if folder.name == name:
            return flow.load(folder), folder.blank.read_bytes()
    raise Wrong(f"There is no form {name}.", do="`secor forms list` shows the forms.")


class Wanted(NamedTuple):
    """One paper to be made."""

    seed: int
    family: Family
    writing: Writing
    channel: Channel

    @property
    def called(self) -> str:
        """What its file is called, without suffix."""
        return f"{self.family}-{self.writing}-{self.channel}-{self.seed:05d}"


def paper(name: str, templates: tuple[Path, ...], wanted: Wanted) -> Made:
    """One paper of the form of that name. Opens its blank: for an office's own form, call it in a limited child."""
    form, blank = _known(name, templates)
    seed, family, writing, channel = wanted
    return Twin(form=form, blank=blank, seed=seed, family=family, writing=writing, channel=channel).made()


@lru_cache(maxsize=4)
def _known(name: str, templates: tuple[Path, ...]) -> tuple[Form, bytes]:
    return known(name, templates)


def _chance(channel: Channel, rng: np.random.Generator) -> tuple[Extra, ...]:
    """What else happens on the way through a channel, in the order in which it happens."""
    fax, camera = channel in _FAXES, channel is Channel.PHOTO
    found = [extra for extra in ON_PAPER if some(_EXTRA / len(ON_PAPER), rng)]
    if fax and some(0.6, rng):
        found.append(Extra.HEADER)
    if not camera and some(_EXTRA / 2, rng):
        found.append(Extra.BORDER)
    if some(_EXTRA / 2, rng):
        found.append(one_of(tuple(TURNS), rng))
    return tuple(found)


def _sheet(number: int, sent: Sent, extras: tuple[Extra, ...]) -> Sheet:
    high, wide = sent.pixels.shape
    return Sheet(
        page=number,
        wide=wide,
        high=high,
        dpi=sent.dpi,
        turned=sum(TURNS.get(extra, 0) for extra in extras) % 360,
        matrix=None if sent.matrix is None else tuple(float(v) for v in sent.matrix.ravel()),
        extras=tuple(extra.value for extra in extras if extra not in TURNS),
    )


def _texts(told: Iterable[object]) -> Iterable[str]:
    """Every text among values, in the case it has and in capitals, so that a pen is found that has all the letters."""
    for value in told:
        if isinstance(value, str):
            yield value + value.upper()
        elif isinstance(value, list):
            for row in value:
                yield from _texts(row.values())
