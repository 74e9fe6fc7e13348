"""Whose paper this is: one employer, a new one, or a finding that asks a person.

By the account first, then by the legal and operating names, then by near names and the address, and for
cards by the roster. Never the likeliest: two that fit are a question.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from processor.casework.borne_out import borne_out
from processor.casework.names import (
    account_key,
    company_keys,
    near_company,
    near_person,
    person_key,
    person_keys,
    same_company,
    same_person,
)
from processor.findings import finding
from processor.model import Kind, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from processor.model import Document, Employer, Finding, Reading

__all__ = ["Candidate", "Keys", "Match", "Numbered", "keys", "keys_of", "match", "number_conflicts", "person_key"]

CARDS = frozenset({Kind.FIRST_AID, Kind.COURSE})
_NEAR_AT_ADDRESS = 70.0
"""Percent of likeness that is near when the postal code is the same as well."""


class Candidate(NamedTuple):
    """An employer that the paper may be about, and the programs it has cases in."""

    employer: Employer
    programs: tuple[str, ...] = ()


class Registered(Protocol):
    """What `match` wants of a candidate; the store's own value will do."""

    @property
    def employer(self) -> Employer:
        """Who it is."""

    @property
    def programs(self) -> tuple[str, ...]:
        """In which programs it has cases."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a paper can be looked up by."""

    account: str = ""
    names: tuple[str, ...] = ()
    """As `names.company_keys` makes them."""
    postal_code: str = ""
    """As the register writes it: `R3B 2E4`."""
    holders: tuple[str, ...] = ()
    """As `names.person_keys` makes them; the roster is kept under `names.person_key`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Where a paper belongs. `employer` or `new` says that it is filed; otherwise `findings` ask a person."""

    employer: int = 0
    """The number of the one employer that fits; 0 for none."""
    new: bool = False
    """A registration that nobody fits: enter the employer."""
    findings: tuple[Finding, ...] = ()
    maybe: tuple[int, ...] = ()
    """The numbers of those that may be meant, in their order, while a person is asked."""


def keys(document: Document) -> Keys:
    """What the register should look candidates up by; unsure readings too, since looking harms nobody."""
    if document.kind in CARDS:
        return Keys(holders=person_keys(_text(document["holder_name"])))
    names = (*company_keys(_text(document["legal_name"])), *company_keys(_text(document["operating_name"])))
    return Keys(
        account=account_key(_text(document["wcb_account"])),
        names=tuple(dict.fromkeys(names)),
        postal_code=_text(document["postal_code"]),
    )


def keys_of(employer: Employer) -> Keys:
    """What papers of this employer may be looked up by, in the pool."""
    names = (*company_keys(employer.legal_name), *company_keys(employer.operating_name))
    return Keys(
        account=account_key(employer.account),
        names=tuple(dict.fromkeys(names)),
        postal_code=employer.postal_code,
        holders=tuple(key for key in map(person_key, employer.workers) if key),
    )


def match(document: Document, candidates: Sequence[Registered]) -> Match:
    """The employer whose paper this is, as far as the candidates tell.

    Only sure readings decide, and those that the register bears out; whom an unsure one would name may be meant.
    """
    document = borne_out(document, [candidate.employer for candidate in candidates])
    found = _match(document, candidates)
    if found.employer or found.new or found.maybe:
        return found
    guess = _match(_as_if_sure(document), candidates)
    return replace(found, maybe=(guess.employer,) if guess.employer else guess.maybe)


def _match(document: Document, candidates: Sequence[Registered]) -> Match:
    if document.kind in CARDS:
        return _by_roster(document, candidates)
    account = account_key(_known(document["wcb_account"]))
    same = [c for c in candidates if account and _account(c) == account]
    holders = _narrowed(document, [c for c in same if not _of_another_board(document, c)])
    if holders:
        return _by_account(document, holders)
    names = _names(document)
    if not names:
        return _nobody()
    return _by_name(document, account, names, candidates)


def _of_another_board(document: Document, candidate: Registered) -> bool:
    """Accounts are a province's own: under another name in another province the same account is another firm's."""
    province, legal = _known(document["province"]), _known(document["legal_name"])
    elsewhere = bool(province and candidate.employer.province) and province != candidate.employer.province
    return elsewhere and bool(legal) and not _is(candidate.employer, [legal])


def _by_account(document: Document, holders: Sequence[Registered]) -> Match:
    if len(holders) > 1:
        return _several(holders)
    [only] = holders
    legal = _known(document["legal_name"])
    if not legal or _is(only.employer, [legal]):
        return Match(employer=only.employer.number)
    differs = _about(document["legal_name"], "name-differs", name=legal, employer=only.employer.legal_name)
    return Match(employer=only.employer.number, findings=(differs,))


def _by_name(document: Document, account: str, names: Sequence[str], candidates: Sequence[Registered]) -> Match:
    equal = [c for c in candidates if _is(c.employer, names)]
    free = _narrowed(document, [c for c in equal if not account or not _account(c)])
    if len(free) == 1:
        return Match(employer=free[0].employer.number)
    if free:
        return _several(free)
    if equal:
        return Match(findings=(_about(document["wcb_account"], "account-differs"),), maybe=_numbers(equal))
    near = [c for c in candidates if _near(document, account, names, c)]
    if len(near) > 1:
        return _several(near)
    if near:
        says = {"name": names[0], "employer": near[0].employer.legal_name}
        return Match(findings=(_about(document["legal_name"], "near-name", **says),), maybe=_numbers(near))
    new = document.kind is Kind.REGISTRATION and bool(_known(document["legal_name"]))
    return Match(new=True) if new else _nobody()


def _by_roster(document: Document, candidates: Sequence[Registered]) -> Match:
    holder = _known(document["holder_name"])
    if not holder:
        return _nobody()
    fits = [c for c in candidates if any(same_person(holder, worker) for worker in c.employer.workers)]
    if len(fits) == 1:
        return Match(employer=fits[0].employer.number)
    if fits:
        return _several(fits)
    near = [c for c in candidates if any(near_person(holder, worker) for worker in c.employer.workers)]
    if not near:
        return _nobody()
    if len(near) > 1:
        return _several(near)
    [employer] = (c.employer for c in near)
    worker = next(worker for worker in employer.workers if near_person(holder, worker))
    who = f"{worker} of {employer.legal_name}"
    asks = _about(document["holder_name"], "near-name", name=holder, employer=who)
    return Match(findings=(asks,), maybe=_numbers(near))


def _narrowed(document: Document, several: Sequence[Registered]) -> Sequence[Registered]:
    """Those of several that the province, the program or the postal code leaves; all where these leave none.

    Accounts are a province's own, so two boards can give out the same.
    """
    tests: tuple[Callable[[Registered], bool], ...] = (
        lambda c: c.employer.province == _known(document["province"]),
        lambda c: document.program in c.programs,
        lambda c: c.employer.postal_code == _known(document["postal_code"]),
    )
    for test in tests:
        if len(several) > 1:
            several = [c for c in several if test(c)] or several
    return several


def _near(document: Document, account: str, names: Sequence[str], candidate: Registered) -> bool:
    """Near in name; nearer than that is not needed at the same address. Two accounts at two addresses are two firms."""
    employer = candidate.employer
    postal = _known(document["postal_code"])
    at_home = bool(postal) and postal == employer.postal_code
    if account and _account(candidate) and not at_home:
        return False
    likeness = _NEAR_AT_ADDRESS if at_home else 88.0
    own = filter(None, (employer.legal_name, employer.operating_name))
    return any(near_company(name, its, at_least=likeness) for its in own for name in names)


def _is(employer: Employer, names: Sequence[str]) -> bool:
    return any(same_company(name, its) for its in (employer.legal_name, employer.operating_name) for name in names)


def _account(candidate: Registered) -> str:
    return account_key(candidate.employer.account)


def _names(document: Document) -> list[str]:
    """The names that the paper says for sure."""
    return [name for name in (_known(document["legal_name"]), _known(document["operating_name"])) if name]


def _numbers(several: Iterable[Registered]) -> tuple[int, ...]:
    return tuple(c.employer.number for c in several)


def _several(several: Sequence[Registered]) -> Match:
    return Match(findings=(finding("several-employers", count=len(several)),), maybe=_numbers(several))


def _nobody() -> Match:
    return Match(findings=(finding("no-employer"),))


def _about(reading: Reading, code: str, **values: object) -> Finding:
    return finding(code, page=reading.page, box=reading.box, reading=reading.name, **values)


def _as_if_sure(document: Document) -> Document:
    sure = (replace(r, state=State.SURE) if r.state is State.UNSURE else r for r in document.readings)
    return replace(document, readings=tuple(sure))


def _text(reading: Reading) -> str:
    return reading.value if isinstance(reading.value, str) else ""


def _known(reading: Reading) -> str:
    return _text(reading) if reading.known else ""


# ---------------------------------------------------------------- numbers


class Numbered(NamedTuple):
    """A certificate's number, who holds it, and the document that says so (`Filed.number`)."""

    number: str
    holder: str
    document: str


def number_conflicts(certificates: Sequence[Numbered]) -> dict[str, Finding]:
    """For each document whose certificate number stands under another name too: the finding that says so."""
    found: dict[str, Finding] = {}
    groups: dict[str, list[Numbered]] = {}
    for certificate in certificates:
        groups.setdefault(account_key(certificate.number), []).append(certificate)
    for key, group in groups.items():
        if key and any(not same_person(group[0].holder, other.holder) for other in group):
            found.update((c.document, finding("number-two-holders", number=c.number)) for c in group)
    return found
