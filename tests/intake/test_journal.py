"""The book of arrivals: a line a claim, whatever a crash leaves of it."""

from __future__ import annotations

import errno
import os
import stat
from datetime import date
from typing import TYPE_CHECKING

import pytest

from processor.errors import TryLater
from processor.intake.claim import Claims
from processor.intake.journal import Arrival, arrivals, journal_path
from processor.intake.scan import scan

if TYPE_CHECKING:
    from processor.intake.claim import Claim
    from processor.settings import Paths

DAY = date(2026, 11, 24)


def arrive(office: Paths, claims: Claims, name: str, data: bytes = b"%PDF-1.7") -> Claim:
    (office.inbox / name).write_bytes(data)
    claim = claims.take(scan(office.inbox).found[0])
    assert claim is not None
    claims.note(claim, claims.keep(claim), DAY)
    return claim


def test_every_claim_has_its_line(office: Paths) -> None:
    claims = Claims(office.state)
    first = arrive(office, claims, "Zoë's card.pdf", b"one")
    arrive(office, claims, "again.pdf", b"one")
    told = arrivals(office.state)
    assert [(a.claim, a.name, a.day) for a in told] == [(1, "Zoë's card.pdf", DAY), (2, "again.pdf", DAY)]
    assert told[0].sha256 == told[1].sha256 == claims.keep(first).sha256
    assert stat.S_IMODE(journal_path(office.state).stat().st_mode) == 0o600


def test_a_claim_that_is_finished_after_a_crash_has_one_line(office: Paths) -> None:
    arrive(office, Claims(office.state), "scan.pdf")
    again = Claims(office.state)
    (left,) = again.leftovers()
    again.note(left, again.keep(left), date(2026, 11, 25))
    assert [(a.claim, a.day) for a in arrivals(office.state)] == [(1, DAY)]


def test_numbers_of_claims_go_on_after_all_were_released(office: Paths) -> None:
    claims = Claims(office.state)
    claims.release(arrive(office, claims, "scan.pdf"))
    assert arrive(office, Claims(office.state), "next.pdf").number == 2


def test_half_a_line_spoils_no_other(office: Paths) -> None:
    claims = Claims(office.state)
    arrive(office, claims, "one.pdf")
    with journal_path(office.state).open("ab") as book:
        book.write(b'{"claim": 2, "sha256": "ab')
    arrive(office, Claims(office.state), "two.pdf")
    assert [a.name for a in arrivals(office.state)] == ["one.pdf", "two.pdf"]


def test_a_full_disk_leaves_the_file_claimed(office: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = Claims(office.state)
    (office.inbox / "scan.pdf").write_bytes(b"one")
    claim = claims.take(scan(office.inbox).found[0])
    assert claim is not None
    original = claims.keep(claim)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("os.write", full)
        with pytest.raises(TryLater, match="book of arrivals"):
            claims.note(claim, original, DAY)
    assert arrivals(office.state) == ()
    claims.note(claim, original, DAY)
    assert arrivals(office.state) == (Arrival(1, original.sha256, DAY, "scan.pdf"),)
