"""What is written in a field, by its kind: a value, or the reason why it is none. One closed parser a kind.

Nothing here raises on what somebody wrote, guesses, or looks at today's date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from processor.forms.form import FieldKind
from processor.reading.amounts import parse_count, parse_money, parse_percent, parse_points
from processor.reading.codes import (
    parse_account,
    parse_business_number,
    parse_email,
    parse_industry_code,
    parse_phone,
    parse_postal_code,
    parse_province,
)
from processor.reading.dates import parse_date
from processor.reading.parsed import Parsed, flat, legible, unaccented, unclear

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Parsed", "parse"]

_LONGEST_NAME = 200
_NOBODY = frozenset({
    "n/a", "n.a.", "n.a", "na", "n / a", "none", "nil", "nobody", "no one", "not applicable", "not available",
    "unknown", "tbd", "tba", "to be determined", "to be announced", "ditto", "idem", "same", "same as above",
    "as above", "vacant", "aucun", "sans objet", "s/o", "voir ci-dessus",
})  # fmt: skip
"""What people write where a name should stand, and which is nobody's."""
_UNSIGNED = frozenset({"no", "non", "not signed", "unsigned", "non signe"})
_NO_SIGNATURE = frozenset({
    "sign here", "signature", "please sign", "refused", "declined", "pending", "to follow", "to be signed", "draft",
    "signature on file", "see attached",
})  # fmt: skip
_REFUSES = frozenset({"refused", "refuses", "declined", "declines", "unsigned", "pending", "awaiting", "not"})
"""Words of a sentence that says why nobody signed."""
_LONG = 6
"""Letters from which on such a word is still that word with one of them misread."""
_OFF = frozenset({"off", "no", "non", "false", "0", "n"})
_ON = frozenset({"on", "yes", "oui", "true", "1", "y", "o", "x", "✓", "✔", "✗", "✘", "☑", "☒", "•", "●"})


def parse(kind: FieldKind, raw: str, *, choices: Sequence[str] = ()) -> Parsed:
    """The value of what is written, or the code of the finding that says why there is none; never raises.

    Text that is blank has no value: `field-blank`. `choices` are what a tick or a choice can stand for.

    >>> parse(FieldKind.POSTAL_CODE, "s4n6e3").value
    'S4N 6E3'
    """
    if not raw.strip():
        return Parsed(code="field-blank")
    if not legible(flat(raw)):
        return unclear("readable text")
    match kind:
        case FieldKind.TICK:
            return _tick(raw, choices)
        case FieldKind.CHOICE:
            return _choice(raw, choices)
        case _:
            return _PARSERS[kind](raw)


def _text(raw: str) -> Parsed:
    return Parsed(flat(raw))


def _organisation(raw: str) -> Parsed:
    """One line with a letter in it, of whatever script."""
    return _name(raw, letters=1)


def _person(raw: str) -> Parsed:
    """One line with two letters in it: a single one is what is left of a name when a copy loses the others."""
    return _name(raw, letters=2)


def _name(raw: str, *, letters: int) -> Parsed:
    text = flat(raw)
    nobody = "?" in text or unaccented(text) in _NOBODY
    if nobody or len(text) > _LONGEST_NAME or sum(c.isalpha() for c in text) < letters:
        return unclear("a name")
    return Parsed(text)


def _nearly(said: str, words: str) -> bool:
    return Levenshtein.distance(said, words) <= (len(words) >= _LONG)


def _signature(raw: str) -> Parsed:
    """A typed name signs; a dash, a cross, or a word that is no name does not."""
    said = unaccented(flat(raw))
    if said in _UNSIGNED:
        return Parsed(value=False)
    refused = any(_nearly(said, words) for words in _NO_SIGNATURE | _UNSIGNED) or any(
        _nearly(word, other) for word in said.split() for other in _REFUSES
    )
    name = sum(c.isalpha() for c in said) > 1 and said not in _NOBODY and not refused
    return Parsed(value=True) if name else unclear("a signature")


def _tick(raw: str, choices: Sequence[str]) -> Parsed:
    said = unaccented(flat(raw))
    if said in _OFF:
        return Parsed(value=False)
    return Parsed(value=True) if said in _ON or raw in choices else unclear("a tick")


def _choice(raw: str, choices: Sequence[str]) -> Parsed:
    """The choice that is named, whatever its case; without a list of choices any text."""
    said = unaccented(flat(raw))
    fits = [choice for choice in choices if unaccented(flat(choice)) == said]
    if choices and not fits:
        return unclear("one of: " + ", ".join(choices))
    return Parsed(fits[0] if fits else flat(raw))


_PARSERS: dict[FieldKind, Callable[[str], Parsed]] = {
    FieldKind.TEXT: _text,
    FieldKind.PERSON: _person,
    FieldKind.ORGANISATION: _organisation,
    FieldKind.ACCOUNT: parse_account,
    FieldKind.INDUSTRY_CODE: parse_industry_code,
    FieldKind.BUSINESS_NUMBER: parse_business_number,
    FieldKind.PROVINCE: parse_province,
    FieldKind.POSTAL_CODE: parse_postal_code,
    FieldKind.PHONE: parse_phone,
    FieldKind.EMAIL: parse_email,
    FieldKind.COUNT: parse_count,
    FieldKind.POINTS: parse_points,
    FieldKind.PERCENT: parse_percent,
    FieldKind.MONEY: parse_money,
    FieldKind.DATE: parse_date,
    FieldKind.SIGNATURE: _signature,
}
