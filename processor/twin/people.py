"""What made-up employers write on a form: by reading name, consistent with itself (domain.md 1, 2.3, 2.4).

Values are texts as somebody writes them, True for a tick, what a choice means, True or False for a signature, and lists
of such rows for tables. What is left blank is not there.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from processor.forms.form import FieldKind
from processor.twin.chance import Family, between, one_of, some
from processor.twin.names import POOLS
from processor.twin.scores import sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from processor.forms.form import Field, Form, Table

Values = dict[str, Any]

_FIRST = date(2026, 1, 5)
_POSTAL = "ABCEGHJKLMNPRSTVWXYZ"
_AREAS = {"SK": ("306", "639"), "MB": ("204", "431")}
_POSITIONS = (
    "Owner",
    "Foreman",
    "Labourer",
    "Apprentice",
    "Installer",
    "Operator",
    "Office manager",
    "Helper",
    "Lead hand",
)
_TITLES = ("President", "Owner", "Manager", "Office manager", "Vice-president", "Bookkeeper")
_SITES = ("Shop", "Yard", "School gym", "House on", "Warehouse", "Highway job", "Office")
_OFTEN_BLANK = 0.12
"""How often a field that may be left blank is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """A made-up employer; nobody of that name is meant."""

    legal_name: str
    trade: str
    account: str
    province: str
    town: str
    postal_code: str
    address: str
    phone: str
    email: str
    people: tuple[str, ...]
    """The owner first."""


def employer(family: Family, rng: np.random.Generator) -> Employer:
    """Somebody of that family."""
    pool = POOLS[family]
    town, province, half = one_of(pool.towns, rng)
    word, trade = one_of(pool.trades, rng)
    firm = one_of(pool.firms, rng)
    count = int(rng.integers(1, 10))
    people = tuple(_person(family, rng) for _ in range(count))
    plain = "".join(c for c in unicodedata.normalize("NFD", firm).lower() if c.isascii() and c.isalnum())
    return Employer(
        legal_name=_legal(firm, word, rng),
        trade=trade,
        account=_account(rng),
        province=province,
        town=town,
        postal_code=f"{half} {rng.integers(10)}{one_of(_POSTAL, rng)}{rng.integers(10)}",
        address=_address(one_of(pool.streets, rng), rng),
        phone=f"{one_of(_AREAS[province], rng)}-555-01{rng.integers(100):02d}",
        email=f"{one_of(('office', 'info', 'hello', 'safety'), rng)}@{plain}.example.{one_of(('ca', 'com'), rng)}",
        people=tuple(dict.fromkeys(people)),
    )


def values(form: Form, family: Family, rng: np.random.Generator) -> Values:
    """What an employer of that family writes on a form; fields that may be left blank sometimes are."""
    who = employer(family, rng)
    day = _FIRST + timedelta(days=int(rng.integers(0, 300)))
    told: Values = {}
    for field in form.fields:
        if not field.spots or (not field.required and some(_OFTEN_BLANK, rng)):
            continue
        if (value := _value(field, who, day, family, rng)) is not None:
            told[field.name] = value
    for table in form.tables:
        told[table.name] = _rows(table, who, rng)
    return {**told, **sheet(form, rng)} if form.sections else told


def _value(field: Field, who: Employer, day: date, family: Family, rng: np.random.Generator) -> Any:  # noqa: ANN401 - text, choice or tick
    if field.name in _BY_NAME:
        return _BY_NAME[field.name](who, rng)
    match field.kind:
        case FieldKind.PERSON:
            return who.people[0] if field.name == "officer_name" else _person(family, rng)
        case FieldKind.ORGANISATION:
            return one_of((who.legal_name, "CSAM", "SCSA", f"{_person(family, rng)} Safety"), rng)
        case FieldKind.DATE:
            return (day + timedelta(days=int(rng.integers(0, 30)))).isoformat()
        case FieldKind.CHOICE:
            return one_of([spot.means for spot in field.spots], rng)
        case _:
            return _BY_KIND[field.kind](who, rng)


_BY_KIND: dict[FieldKind, Callable[[Employer, np.random.Generator], Any]] = {
    FieldKind.TICK: lambda _, rng: some(0.6, rng),
    FieldKind.SIGNATURE: lambda _, rng: some(0.9, rng),
    FieldKind.TEXT: lambda _, rng: f"{one_of('ARCS', rng)}-{rng.integers(100, 99999):04d}",
    FieldKind.POINTS: lambda *_: None,
    FieldKind.PERCENT: lambda *_: None,
    FieldKind.ACCOUNT: lambda who, _: who.account,
    FieldKind.INDUSTRY_CODE: lambda who, rng: (
        f"B{rng.integers(11, 14)}" if who.province == "SK" else f"40{rng.integers(100, 700)}"
    ),
    FieldKind.BUSINESS_NUMBER: lambda _, rng: (
        _nobodys_number(rng) + (f"RT{rng.integers(1, 9):04d}" if some(0.5, rng) else "")
    ),
    FieldKind.PROVINCE: lambda who, rng: (
        who.province if some(0.8, rng) else {"SK": "Saskatchewan", "MB": "Manitoba"}[who.province]
    ),
    FieldKind.POSTAL_CODE: lambda who, _: who.postal_code,
    FieldKind.PHONE: lambda who, _: who.phone,
    FieldKind.EMAIL: lambda who, _: who.email,
    FieldKind.COUNT: lambda who, _: str(len(who.people)),
    FieldKind.MONEY: lambda _, rng: _money(int(rng.integers(300, 60000)), rng),
}
_BY_NAME: dict[str, Callable[[Employer, np.random.Generator], str]] = {
    "legal_name": lambda who, _: who.legal_name,
    "operating_name": lambda who, _: who.legal_name.rsplit(" ", 1)[0],
    "nature_of_work": lambda who, _: who.trade,
    "mailing_address": lambda who, _: who.address,
    "city": lambda who, _: who.town,
    "contact_title": lambda _, rng: one_of(_TITLES, rng),
    "owner_name": lambda who, _: who.people[0],
    "signature_name": lambda who, _: who.people[0],
    "contact_name": lambda who, rng: one_of(who.people, rng),
    "largest_crew": lambda who, rng: str(rng.integers(1, len(who.people) + 1)),
}
"""Fields that mean more than their kind says."""


def _rows(table: Table, who: Employer, rng: np.random.Generator) -> list[Values]:
    names = [field.name for field in table.rows[0]]
    if names[0] == "name" and "position" in names:
        return [_worker(person, number, rng) for number, person in enumerate(who.people[: len(table.rows)])]
    if names[0] == "location":
        return [_site(who, rng) for _ in range(int(rng.integers(1, 4)))]
    return []


def _worker(person: str, number: int, rng: np.random.Generator) -> Values:
    position = "Owner" if number == 0 else one_of(_POSITIONS[1:], rng)
    told: Values = {"name": person, "position": position, "permanent_full_time": number == 0 or some(0.7, rng)}
    return {**told, "owner_or_senior": number == 0}


def _site(who: Employer, rng: np.random.Generator) -> Values:
    where, count = one_of(_SITES, rng), int(rng.integers(1, 10))
    place = f"{where} {who.address.split(',')[0]}" if where.endswith(" on") else f"{where}, {who.town}"
    return {"location": place, "personnel": str(count), "interviewed": str(rng.integers(1, count + 1))}


def _person(family: Family, rng: np.random.Generator) -> str:
    pool = POOLS[family]
    last = one_of(pool.last, rng)
    if some(0.06, rng):
        last = f"{last}-{one_of(pool.last, rng)}"
    return f"{one_of(pool.given, rng)} {last}"


def _legal(firm: str, word: str, rng: np.random.Generator) -> str:
    number = f"{rng.integers(100000, 999999)} {one_of(('Saskatchewan', 'Manitoba'), rng)}"
    name = number if some(0.06, rng) else f"{firm} {word}"
    if some(0.05, rng):
        name += " & Renovation Services"
    return f"{name} {one_of(('Ltd.', 'Inc.', 'Ltée', 'Corp.', 'Limited'), rng)}"


def _account(rng: np.random.Generator) -> str:
    figures = "".join(str(d) for d in rng.integers(0, 10, int(rng.integers(8, 11))))
    return f"{figures[:-4]}-{figures[-4:]}" if some(0.3, rng) else figures


def _nobodys_number(rng: np.random.Generator) -> str:
    """Nine digits whose check digit is wrong, so that they are no firm's business number."""
    first = [int(d) for d in rng.integers(0, 10, 8)]
    luhn = sum(d if i % 2 == 0 else sum(divmod(2 * d, 10)) for i, d in enumerate(first))
    wrong = (-luhn + int(rng.integers(1, 10))) % 10
    return "".join(map(str, [*first, wrong]))


def _address(street: str, rng: np.random.Generator) -> str:
    if some(0.2, rng):
        return f"Box {rng.integers(1, 3000)}"
    number = f"{rng.integers(1, 30)}-{rng.integers(10, 3000)}" if some(0.15, rng) else f"{rng.integers(1, 4000)}"
    return f"{number} {street}"


def _money(dollars: int, rng: np.random.Generator) -> str:
    return one_of((f"${dollars:,}.00", f"{dollars:,}", f"${dollars}", f"{dollars}.{int(between(0, 99, rng)):02d}"), rng)
