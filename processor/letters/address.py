"""The address block as Canada Post wants it (domain.md 8): capitals, no punctuation but in names, < 40 a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from processor.model import Employer

LONGEST = 36
"""Units on a line, blanks included: what the window shows at a readable size; Canada Post allows fewer than 40."""
_WIDE = frozenset("WMŴ@%—…")
"""Letters of one unit and a half; all others count one."""
FULL_SIZE = 4
"""Lines that the window shows at full size. The template sets up to six, smaller, and refuses more."""
_PROVINCES = {
    "ALBERTA": "AB",
    "BRITISH COLUMBIA": "BC",
    "MANITOBA": "MB",
    "NEW BRUNSWICK": "NB",
    "NEWFOUNDLAND AND LABRADOR": "NL",
    "NOVA SCOTIA": "NS",
    "NORTHWEST TERRITORIES": "NT",
    "NUNAVUT": "NU",
    "ONTARIO": "ON",
    "PRINCE EDWARD ISLAND": "PE",
    "QUEBEC": "QC",
    "QUÉBEC": "QC",
    "SASKATCHEWAN": "SK",
    "YUKON": "YT",
}
_POSTAL = re.compile(r"([A-Z]\d[A-Z])[ -]*(\d[A-Z]\d)")


def address_block(employer: Employer) -> tuple[str, ...]:
    """The lines of the address: addressee, attention, street, `MUNICIPALITY PR  A1A 1A1`.

    A line that is too long is broken at a blank; the attention line goes when it gets crowded, and nothing else.
    """
    name = broken(capitals(employer.legal_name))
    attention = broken(capitals(employer.contact_name))
    street = [part for line in _street(employer.mailing_address) for part in broken(line)]
    town = [line for line in (town_line(employer),) if line]
    crowded = len(name) + len(attention) + len(street) + len(town) > FULL_SIZE
    if crowded or attention == name:
        attention = []
    return (*name, *attention, *street, *town)


def town_line(employer: Employer) -> str:
    """`WINNIPEG MB  R3B 2E4`: one blank before the province, two before the postal code."""
    province = capitals(employer.province)
    place = " ".join(filter(None, (capitals(employer.city), _PROVINCES.get(province, province))))
    return "  ".join(filter(None, (place, postal_code(employer.postal_code))))


def postal_code(text: str) -> str:
    """`R3B 2E4` from any way of writing it; what is none stays as it is, in capitals."""
    shown = capitals(text)
    fits = _POSTAL.fullmatch(shown)
    return f"{fits[1]} {fits[2]}" if fits else shown


def capitals(text: str) -> str:
    """In capitals, with single blanks."""
    return " ".join(text.upper().split())


def width(text: str) -> float:
    """How long a line is, in units."""
    return sum(1.5 if c in _WIDE else 1 for c in text)


def broken(line: str) -> list[str]:
    """A line in pieces that fit, broken at blanks; a word that fits nowhere is cut."""
    pieces: list[str] = []
    for word in line.split():
        if pieces and width(pieces[-1]) + 1 + width(word) <= LONGEST:
            pieces[-1] += f" {word}"
        else:
            pieces += _cut(word)
    return pieces


def _cut(word: str) -> list[str]:
    if width(word) <= LONGEST:
        return [word]
    fits = next(i for i in range(len(word)) if width(word[: i + 1]) > LONGEST)
    return [word[:fits], *_cut(word[fits:])]


def _street(address: str) -> list[str]:
    """The street, a line each; commas, dots, quotes and number signs gone."""
    plain = [capitals(re.sub(r"[#.,;:\"“”]", " ", line)) for line in address.splitlines()]
    return [line for line in plain if line]
