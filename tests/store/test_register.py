"""The register: who a paper may be about, always by index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from processor.errors import Wrong
from processor.model import Employer, Registration
from tests.store.made_up import DAY, Keys, audit, employer, filed_case, submission

if TYPE_CHECKING:
    from processor.store.store import Store


def entered(store: Store, account: str, name: str, *workers: str) -> int:
    roster = [(worker.title(), worker) for worker in workers]
    return store.register.enter(employer(account, name), DAY, names=[name.lower()], workers=roster)


def fits(store: Store, keys: Keys) -> list[str]:
    return [known.employer.legal_name for known in store.register.candidates(keys)]


def test_an_employer_comes_back_with_its_roster(store: Store) -> None:
    number = entered(store, "1", "North Siding", "ana yuen", "bo lund")
    found = store.register.employer(number)
    assert (found.legal_name, found.account, found.workers) == ("North Siding", "1", ("Ana Yuen", "Bo Lund"))


def test_an_unknown_employer_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(Wrong, match="no employer 7"):
        store.register.employer(7)


@pytest.mark.parametrize(
    "keys",
    [
        Keys(account="22"),
        Keys(names=("delta paving",)),
        Keys(names=("delta pavings",)),
        Keys(names=("velta paving",)),
        Keys(holders=("bo lund",)),
    ],
    ids=["account", "name", "near at its end", "near at its beginning", "person"],
)
def test_each_key_leads_to_the_employer(store: Store, keys: Keys) -> None:
    entered(store, "11", "North Siding", "ana yuen")
    entered(store, "22", "Delta Paving", "bo lund")
    assert fits(store, keys) == ["Delta Paving"]


def test_a_postal_code_helps_a_name_and_says_nothing_alone(store: Store) -> None:
    entered(store, "11", "North Siding")
    assert fits(store, Keys(postal_code="R3C 1A1")) == []
    assert fits(store, Keys(postal_code="R3C 1A1", names=("zenith",))) == ["North Siding"]


def test_no_keys_fit_nobody(store: Store) -> None:
    entered(store, "11", "North Siding")
    assert fits(store, Keys(names=("",))) == []


def test_a_candidate_says_in_which_programs_it_is(store: Store) -> None:
    filed_case(store)
    (known,) = store.register.candidates(Keys(account="1234567"))
    assert known.programs == ("csam-secor",)


@pytest.mark.parametrize("written", ["prairie rofing", "trairie roofing", "prairie roofin", "prairie roofing s"])
def test_a_near_name_is_found_among_very_many(store: Store, written: str) -> None:
    with store.transaction():
        for n in range(300):
            for name in (f"prairie {n:03d} siding", f"{n:03d} valley roofing"):
                store.register.enter(employer("", name), DAY, names=[name])
        entered(store, "11", "Prairie Roofing")
    near = fits(store, Keys(names=(written,)))
    assert "Prairie Roofing" in near
    assert len(near) <= 4 * 12


def test_an_account_stands_once_in_a_province(store: Store) -> None:
    entered(store, "11", "North Siding")
    with pytest.raises(Wrong, match="account 11 already"):
        entered(store, "11", "South Siding")
    elsewhere = Employer(number=0, legal_name="South Siding", account="11", province="SK")
    assert store.register.enter(elsewhere, DAY, names=["south siding"]) == 2


def test_employers_without_an_account_stand_side_by_side(store: Store) -> None:
    assert [entered(store, "", "North Siding"), entered(store, "", "Delta Paving")] == [1, 2]


def test_a_new_name_is_found_beside_the_old_one(store: Store) -> None:
    number = entered(store, "11", "North Siding", "ana yuen")
    store.register.enter(employer("11", "Borealis", number), DAY, names=["borealis"])
    assert fits(store, Keys(names=("north siding",))) == ["Borealis"]
    assert fits(store, Keys(names=("borealis",))) == ["Borealis"]
    assert store.register.employer(number).workers == ("Ana Yuen",)


def test_a_new_roster_replaces_the_one_before(store: Store) -> None:
    number = entered(store, "11", "North Siding", "ana yuen")
    known = store.register.employer(number)
    store.register.enter(known, DAY, names=[], workers=[("Bo Lund", "bo lund")])
    assert fits(store, Keys(holders=("ana yuen",))) == []
    assert fits(store, Keys(holders=("bo lund",))) == ["North Siding"]


def test_a_change_touches_the_cases_and_sameness_does_not(store: Store) -> None:
    code, _ = filed_case(store)
    store.cases.judged(code, DAY, verdicts=[])
    store.register.enter(employer(number=1), DAY, names=[])
    assert store.cases.touched() == ()
    store.register.enter(employer(number=1), DAY, names=[], workers=[("Bo Lund", "bo lund")])
    assert store.cases.touched() == (code,)
    assert [e.kind for e in store.events.of_subject("1")] == ["employer entered", "employer changed"]


REGISTERED = Registration(name="Ben Roy", number="A-17", since=date(2025, 1, 1), until=date(2027, 12, 31))


def test_auditors_are_imported_once(store: Store) -> None:
    assert store.register.import_auditors([REGISTERED, REGISTERED], DAY) == 1
    assert store.register.import_auditors([REGISTERED], DAY) == 0
    assert store.register.auditors() == (REGISTERED,)


@pytest.mark.parametrize("key", ["A-17", "a17", "BEN ROY"])
def test_an_auditor_is_found_by_number_or_name(store: Store, key: str) -> None:
    store.register.import_auditors([REGISTERED], DAY)
    assert store.register.auditors([key]) == (REGISTERED,)
    assert store.register.auditors(["nobody"]) == ()


def test_an_extended_registration_replaces_the_one_of_that_day(store: Store) -> None:
    extended = Registration(name="Ben Roy", number="A-17", since=REGISTERED.since, until=date(2028, 12, 31))
    store.register.import_auditors([REGISTERED], DAY)
    assert store.register.import_auditors([extended], DAY) == 0
    assert store.register.auditors() == (extended,)


def test_a_new_registration_touches_the_cases_whose_audits_name_the_auditor(store: Store) -> None:
    code, _ = filed_case(store)
    other, _ = filed_case(store, name="other.pdf", account="7654321")
    (number,) = store.papers.keep(submission(audit(), name="audit.pdf"), DAY, keys=[Keys()])
    store.papers.file(number, DAY, employer=1, case=code)
    for each in (code, other):
        store.cases.judged(each, DAY, verdicts=[])
    store.register.import_auditors([REGISTERED], DAY)
    assert store.cases.touched() == (code,)
    assert store.cases.case(code).auditors == (REGISTERED,)
    assert store.cases.case(other).auditors == ()


# ---------------------------------------------------------------- nearly that person


@pytest.mark.parametrize(
    "written",
    ["markus oyelaran", "marcus oyelarian", "narcus oyelaran", "marcus uyelaran", "m oyelaran", "oyelaran m"],
    ids=["in the first name", "in the last name", "its first letter", "the other first letter", "initial", "turned"],
)
def test_a_person_of_nearly_that_name_is_found_among_very_many(store: Store, written: str) -> None:
    with store.transaction():
        for n in range(300):
            people = (f"marc{n:03d} oyelund", f"bo{n:03d} oyelaran", f"marcus {n:03d}")
            store.register.enter(employer("", f"{n} Ltd."), DAY, names=[f"{n}"], workers=[(p, p) for p in people])
        entered(store, "11", "North Siding", "marcus oyelaran")
    near = fits(store, Keys(holders=(written,)))
    assert "North Siding" in near
    assert len(near) <= 8 * 12


def test_a_new_roster_is_found_by_nearly_its_names_alone(store: Store) -> None:
    number = entered(store, "11", "North Siding", "ana yuen")
    known = store.register.employer(number)
    store.register.enter(known, DAY, names=[], workers=[("Bo Lund", "bo lund"), ("?", "")])
    assert fits(store, Keys(holders=("anna yuen",))) == []
    assert fits(store, Keys(holders=("bob lund", ""))) == ["North Siding"]
