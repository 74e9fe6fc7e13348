"""Which page of which form a page is: by its page code, else its fields, else its words. Two that fit: a person says.

The evidence is tried in the order of its strength; what is decided by share must lead clearly, or both are named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.reading.parsed import unaccented

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processor.forms.form import Field, Spot
    from processor.model import Page, Word
    from processor.reading.sheets import Layout

SEPARATOR = "separator/1"
"""The code on the sheets that lie between papers of one stack (`secor forms separators`)."""
_WIDGETS = 0.5
"""So much of the widgets of both, the form's page and the page, must be common."""
_PHRASES = 0.6
_PRINTED = 0.8
_CLOSE = 0.1
"""Two pages whose shares differ by less than this fit equally well."""


class Claim(NamedTuple):
    """A page of a form, from 1."""

    layout: Layout
    number: int

    @property
    def fields(self) -> tuple[tuple[Field, Spot], ...]:
        """The page's boxes, each with its field."""
        return self.layout.fields[self.number]

    @property
    def said(self) -> str:
        """The form and its page, for a person."""
        return f"{self.layout.form.name} page {self.number}"


class _Known(NamedTuple):
    """What a page of a form is known by."""

    claim: Claim
    widgets: frozenset[str]
    phrases: tuple[str, ...]
    printed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every page of every form."""

    codes: Mapping[str, Claim]
    known: tuple[_Known, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every page of every form."""
        return tuple(one.claim for one in self.known)


def catalogue(layouts: Iterable[Layout]) -> Catalogue:
    """What the forms' pages are known by."""
    claims = [Claim(each, number) for each in layouts for number in range(1, len(each.form.pages) + 1)]
    codes = {code: claim for claim in claims for code in claim.layout.form.codes[claim.number - 1 : claim.number]}
    return Catalogue(codes, tuple(map(_known, claims)))


def _known(claim: Claim) -> _Known:
    form, place = claim.layout.form, slice(claim.number - 1, claim.number)
    widgets = frozenset(spot.widget for _, spot in claim.fields)
    phrases = tuple(_tight(phrase) for phrases in form.words[place] for phrase in phrases)
    return _Known(claim, widgets, phrases, _texts(claim.layout.printed(claim.number)))


def separates(page: Page) -> bool:
    """Whether it is a sheet that was laid between two papers, and printed to PDF with them."""
    return any(word.text == SEPARATOR for word in page.words)


def claims(page: Page, known: Catalogue) -> tuple[Claim, ...]:
    """The page of a form that this is; none when it is no form's, several when several fit equally well."""
    coded = _coded(page, known)
    return coded or _by_widgets(page, known.known) or _by_words(page, known.known)


def _coded(page: Page, known: Catalogue) -> tuple[Claim, ...]:
    """By page codes among the words; cut into pieces by a copy, a code is looked for in the page's whole text."""
    codes = dict.fromkeys(word.text for word in page.words if word.text in known.codes)
    if not codes and known.codes:
        text = "".join(word.text for word in page.words)
        codes = dict.fromkeys(c for c in known.codes if c in text and re.search(re.escape(c) + r"(?!\d)", text))
    return tuple(known.codes[code] for code in codes)


def _by_widgets(page: Page, known: Sequence[_Known]) -> tuple[Claim, ...]:
    """By the share of common widget names; among forms whose fields bear the same names, the words decide."""
    names = {widget.name for widget in page.widgets if not widget.hidden}
    if not names:
        return ()
    shares = [(len(one.widgets & names) / len(one.widgets | names), one) for one in known]
    best = _leading(shares, _WIDGETS)
    return tuple(one.claim for one in best) if len(best) < 2 else _by_words(page, best) or tuple(o.claim for o in best)


def _by_words(page: Page, known: Sequence[_Known]) -> tuple[Claim, ...]:
    """By the phrases that tell a page from all others; where none are declared, by all that the blank prints."""
    if not page.words:
        return ()
    text = _tight("".join(word.text for word in page.words))
    by_phrase = [(sum(p in text for p in one.phrases) / len(one.phrases), one) for one in known if one.phrases]
    best = _leading(by_phrase, _PHRASES)
    if not best:
        words = _texts(page.words)
        best = _leading([(len(o.printed & words) / len(o.printed), o) for o in known if len(o.printed) > 5], _PRINTED)
    return tuple(one.claim for one in best)


def _leading(shares: Sequence[tuple[float, _Known]], least: float) -> list[_Known]:
    """Those that reach the least and lie close to the best."""
    top = max((share for share, _ in shares), default=0.0)
    return [one for share, one in shares if share >= least and share > top - _CLOSE]


def _texts(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(word.text for word in words)


def _tight(text: str) -> str:
    """Letters and figures only, so that neither blanks nor case nor accents keep a phrase from being found."""
    return "".join(c for c in unaccented(text) if c.isalnum())
