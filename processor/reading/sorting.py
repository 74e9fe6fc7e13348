"""Which page of which form a page is: by its page code, else its own fields, else its words. Two that fit: a person asks.

The evidence is tried in the order of its strength, and within one kind the best must stand alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.reading.parsed import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processor.forms.form import Form
    from processor.model import Page
    from processor.reading.sheets import Layout

_SHARE = 0.5
"""So much of a form page's widgets must be there."""
_PHRASES = 0.6
_PRINTED = 0.8
_CLOSE = 0.05
"""Two forms that differ by less than this fit equally well."""


class Claim(NamedTuple):
    """A page of a form, from 1."""

    layout: Layout
    number: int

    @property
    def said(self) -> str:
        """The form and its page, for a person."""
        return f"{self.layout.form.name} page {self.number}"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every page of every form, and what each is known by."""

    claims: tuple[Claim, ...]
    codes: Mapping[str, Claim]
    names: tuple[frozenset[str], ...]
    """Widgets of each page, in the order of the claims."""
    phrases: tuple[tuple[str, ...], ...]
    printed: tuple[frozenset[str], ...]


def catalogue(layouts: Iterable[Layout]) -> Catalogue:
    """What the forms' pages are known by."""
    claims = tuple(Claim(each, number) for each in layouts for number in range(1, len(each.form.pages) + 1))
    return Catalogue(
        claims=claims,
        codes={code: claim for claim in claims if (code := _nth(claim.layout.form.codes, claim.number))},
        names=tuple(frozenset(spot.widget for _, spot in c.layout.fields[c.number]) for c in claims),
        phrases=tuple(tuple(map(_tight, _nth(c.layout.form.words, c.number) or ())) for c in claims),
        printed=tuple(frozenset(word.text for word in c.layout.printed(c.number)) for c in claims),
    )


def _nth(several: Sequence[str] | Sequence[tuple[str, ...]], number: int) -> str | tuple[str, ...] | None:
    return several[number - 1] if number <= len(several) else None
