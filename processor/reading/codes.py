"""What written identifiers and addresses mean: accounts, codes, postal codes, provinces, phones, e-mails.

A letter where a figure belongs (O for 0, I for 1) is never put right silently: it is another code, so a person looks.
"""

from __future__ import annotations

import re

import phonenumbers

from processor.reading.parsed import Parsed, flat, unaccented, unclear

_JOINTS = re.compile(r"[ \-\u2010-\u2015]")

_ACCOUNT = re.compile(r"(?=.*[0-9])[A-Z0-9]{1,20}")
_TWO_ACCOUNTS = re.compile(r"[A-Z0-9-]{6,} [A-Z0-9-]{6,}")
_INDUSTRY = re.compile(r"[0-9]{5}|[A-Z][0-9]{2}")
_BUSINESS = re.compile(r"[0-9]{9}(?:R[CPRTZ][0-9]{4})?")
_POSTAL = re.compile(r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]")
_PHONE = re.compile(r"(\+?[0-9() .\-/\u2010-\u2015]{7,30}?)(?:,? ?(?:ext|x|poste)\.? ?([0-9]{1,6}))?", re.IGNORECASE)
_EMAIL = re.compile(r"([A-Za-z0-9._%+&'-]{1,64})@((?:\w(?:[\w-]{0,61}\w)?\.){1,8}[^\W\d_]{2,24})")

_PROVINCES = {
    "AB": "alberta",
    "BC": "british columbia, colombie-britannique, b.c., c.-b.",
    "MB": "manitoba, man.",
    "NB": "new brunswick, nouveau-brunswick, n.b., n.-b.",
    "NL": "newfoundland and labrador, newfoundland & labrador, newfoundland, terre-neuve-et-labrador, nfld",
    "NS": "nova scotia, nouvelle-ecosse, n.s., n.-e.",
    "NT": "northwest territories, territoires du nord-ouest, nwt, n.w.t.",
    "NU": "nunavut",
    "ON": "ontario, ont.",
    "PE": "prince edward island, ile-du-prince-edouard, pei, p.e.i.",
    "QC": "quebec, que., pq",
    "SK": "saskatchewan, sask.",
    "YT": "yukon, yukon territory",
}


def _key(text: str) -> str:
    return re.sub(r"[.\- ]", "", unaccented(text))


_PROVINCE = {_key(name): symbol for symbol, names in _PROVINCES.items() for name in (symbol, *names.split(", "))}


def parse_account(raw: str) -> Parsed:
    """A workers' compensation account: letters and digits, as many as there are (domain.md 1 knows no length).

    >>> parse_account("718-2904 a").value
    '7182904A'
    """
    text = flat(raw).upper()
    tight = _tight(text)
    if _TWO_ACCOUNTS.fullmatch(text) or not _ACCOUNT.fullmatch(tight):
        return unclear("one account number")
    return Parsed(tight)


def parse_industry_code(raw: str) -> Parsed:
    """Manitoba's five digits or Saskatchewan's letter and two digits (domain.md 1)."""
    text = _tight(flat(raw).upper())
    return Parsed(text) if _INDUSTRY.fullmatch(text) else unclear("an industry code, as in 40203 or B11")


def parse_business_number(raw: str) -> Parsed:
    """The federal business number: nine digits, and the program account when it is given (domain.md 1)."""
    text = _tight(flat(raw).upper())
    return Parsed(text) if _BUSINESS.fullmatch(text) else unclear("a business number of nine digits")


def parse_postal_code(raw: str) -> Parsed:
    """A Canadian postal code, one blank in the middle (domain.md 8).

    >>> parse_postal_code("s4n-6e3").value
    'S4N 6E3'
    """
    text = _tight(flat(raw).upper())
    return Parsed(f"{text[:3]} {text[3:]}") if _POSTAL.fullmatch(text) else unclear("a Canadian postal code")


def parse_province(raw: str) -> Parsed:
    """The two letters of a province or territory, from its symbol or its English or French name."""
    symbol = _PROVINCE.get(_key(flat(raw)))
    return Parsed(symbol) if symbol else unclear("a province or territory of Canada")


def parse_phone(raw: str) -> Parsed:
    """A Canadian or US phone number as people write it, extension included.

    >>> parse_phone("(306) 555-0142").value
    '306-555-0142'
    """
    wrong = unclear("a Canadian or US phone number")
    match = _PHONE.fullmatch(flat(raw))
    if match is None:
        return wrong
    try:
        number = phonenumbers.parse(match[1], "CA")
    except phonenumbers.NumberParseException:
        return wrong
    if number.country_code != 1 or not phonenumbers.is_valid_number(number):
        return wrong
    digits = str(number.national_number)
    shown = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return Parsed(f"{shown} ext. {match[2]}" if match[2] else shown)


def parse_email(raw: str) -> Parsed:
    """One e-mail address; the part before the @ as written, the rest in small letters; it may have accents."""
    match = _EMAIL.fullmatch(flat(raw)) if len(raw) <= 254 else None
    if match is None or match[1].startswith(".") or match[1].endswith(".") or ".." in match[1]:
        return unclear("an e-mail address")
    return Parsed(f"{match[1]}@{match[2].lower()}")


def _tight(text: str) -> str:
    return _JOINTS.sub("", text)
