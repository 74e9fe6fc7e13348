"""`secor balance`: it holds after every kind of paper, and says what is wrong when somebody meddles."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from tests.cli.conftest import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office where one paper was done, one came again, one is set aside and one waits for a person."""
    desk = Desk(tmp_path_factory.mktemp("worked") / "office")
    desk.drop("tallgrass.pdf")
    desk.run()
    shutil.copyfile(original_of(desk), desk.home / "inbox" / "again.pdf")
    (desk.home / "inbox" / "broken.pdf").write_bytes(b"no paper at all")
    desk.drop("other.pdf", legal_name="Tallgras Roofing Ltd.", wcb_account="9000018", phone="")
    desk.run()
    return desk.home


@pytest.fixture
def office(worked: Path, tmp_path: Path) -> Desk:
    shutil.copytree(worked, tmp_path / "office", symlinks=True)
    return Desk(tmp_path / "office")


def original_of(desk: Desk) -> Path:
    return next(p for p in sorted(desk.home.glob("state/originals/*/*")) if p.is_file())


def sql(desk: Desk, *statements: str) -> None:
    connection = sqlite3.connect(str(desk.home / "state" / "secor.db"))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_it_balances(office: Desk) -> None:
    result = office.secor("balance", "--json")
    shown = json.loads(result.stdout)
    assert shown["faults"] == []
    assert result.exit_code == 0
    files = {name: shown[name]["files"] for name in ("work", "waiting", "done", "aside", "known", "claimed")}
    assert files == {"work": 0, "waiting": 1, "done": 1, "aside": 1, "known": 1, "claimed": 0}
    pages = {name: shown[name]["pages"] for name in ("received", "waiting", "done", "aside", "known")}
    each = pages["done"]
    assert each > 1
    assert pages == {"received": 3 * each, "waiting": each, "done": each, "aside": 0, "known": each}
    assert (shown["received"]["files"], shown["originals"]) == (4, 3)
    assert shown["letters"] == {"written": 1, "owed": 0}
    assert (shown["numbers"]["L-2026"], shown["numbers"]["MB"]) == (1, 1)
    assert len(shown["head"]) == 64


def test_for_people_it_is_a_table(office: Desk) -> None:
    result = office.secor("balance")
    assert "received\t4\t" in result.stdout
    assert "waiting for a person\t1\t" in result.stdout
    assert "It balances." in result.stderr


def test_an_office_that_nothing_came_to_balances(desk: Desk) -> None:
    assert desk.secor("balance").exit_code == 0


def append(desk: Desk, line: str) -> None:
    with (desk.home / "state/originals/journal.jsonl").open("a") as book:
        book.write(f"{line}\n")


def _unlock(path: Path) -> Path:
    path.chmod(0o600)
    return path


MEDDLING: dict[str, tuple[Callable[[Desk], object], str]] = {
    "an original lost": (lambda d: original_of(d).unlink(), "is missing"),
    "an original changed": (lambda d: _unlock(original_of(d)).write_bytes(b"other"), "is damaged"),
    "bytes of nobody": (
        lambda d: original_of(d).with_name(f"{original_of(d).name[:2]}{'0' * 62}").write_bytes(b"x"),
        "the store does not know it",
    ),
    "a stranger among the originals": (lambda d: (d.home / "state/originals/x.txt").write_bytes(b"x"), "no original"),
    "the book of arrivals lost": (lambda d: (d.home / "state/originals/journal.jsonl").unlink(), "files were received"),
    "a line too many": (
        lambda d: append(d, json.dumps({"claim": 9, "sha256": "cd" * 32, "day": "2026-11-24", "name": "x"})),
        "(claim 9) and is nowhere",
    ),
    "a file taken from aside": (lambda d: (d.home / "state/aside/broken.pdf").unlink(), "does not lie in aside/"),
    "a file changed in aside": (lambda d: (d.home / "state/aside/broken.pdf").write_bytes(b"?"), "was changed"),
    "a stranger in aside": (lambda d: (d.home / "state/aside/mine.pdf").write_bytes(b"?"), "not set aside by this"),
    "a letter lost": (lambda d: next(d.home.glob("outbox/*/*.pdf")).unlink(), "has no file"),
    "a letter changed": (lambda d: next(d.home.glob("outbox/*/*.pdf")).write_bytes(b"%PDF"), "has other bytes"),
    "a letter of nobody": (
        lambda d: next(d.home.glob("outbox/*/*.pdf")).with_name("MB-0007-certificate-L-2026-000007.pdf").touch(),
        "the store does not know it",
    ),
    "a letter twice": (
        lambda d: next(d.home.glob("outbox/*/*.pdf")).with_name("MB-0007-certificate-L-2026-000001.pdf").touch(),
        "in the outbox twice",
    ),
    "an event changed": (
        lambda d: sql(d, "DROP TRIGGER events_stay", "UPDATE events SET day = '1999-01-01' WHERE seq = 2"),
        "the trail was changed",
    ),
    "a submission removed": (
        lambda d: sql(d, "DROP TRIGGER submissions_are_kept", "DELETE FROM submissions WHERE aside = 1"),
        "An event tells of submission",
    ),
    "a letter removed": (
        lambda d: sql(d, "DROP TRIGGER letters_are_kept", "DELETE FROM letters"),
        "An event tells of letter L-2026-000001",
    ),
    "a letter reworded": (
        lambda d: sql(d, "DROP TRIGGER letters_stay", "UPDATE letters SET content = replace(content, 'Ltd', 'Inc')"),
        "says something else",
    ),
    "a letter renumbered": (
        lambda d: sql(d, "DROP TRIGGER letters_stay", "UPDATE letters SET number = 'L-2026-000005'"),
        "Number L-2026-000001 was given, and nothing has it",
    ),
    "a counter turned back": (
        lambda d: sql(d, "UPDATE counters SET value = 0 WHERE name = 'L-2026'"),
        "Number L-2026-000001 is in use, and was never given",
    ),
    "a page lost": (
        lambda d: sql(
            d,
            "DROP TRIGGER machine_readings_stay",
            "UPDATE documents SET content = json_set(content, '$.pages', json('[1]')) WHERE id = 1",
        ),
        "pages, and 1 of them lie in its papers",
    ),
    "an arrival removed": (lambda d: sql(d, "DELETE FROM arrivals WHERE claim = 1"), "files were received"),
}


@pytest.mark.parametrize("meddling", MEDDLING)
def test_whatever_somebody_does_behind_our_back_is_seen(office: Desk, meddling: str) -> None:
    do, says = MEDDLING[meddling]
    do(office)
    result = office.secor("balance", "--json")
    faults = json.loads(result.stdout)["faults"]
    assert result.exit_code == 6, result.stderr
    assert any(says in fault["says"] for fault in faults), faults
    assert all(fault["do"] for fault in faults)


def test_a_file_that_is_claimed_and_not_read_yet_is_counted_as_such(office: Desk) -> None:
    from datetime import date  # noqa: PLC0415

    from processor.intake.claim import Claims  # noqa: PLC0415
    from processor.intake.scan import scan  # noqa: PLC0415

    office.drop("third.pdf", legal_name="Third Roofing Ltd.")
    claims = Claims(office.home / "state")
    claim = claims.take(scan(office.home / "inbox").found[0])
    assert claim is not None
    assert office.secor("balance").exit_code == 0
    original = claims.keep(claim)
    assert office.secor("balance").exit_code == 0
    claims.note(claim, original, date(2026, 11, 24))
    shown = office.shown("balance")
    assert (shown["faults"], shown["claimed"]["files"], shown["received"]["files"]) == ([], 1, 5)


def test_a_database_that_is_gone_is_not_begun_anew(office: Desk) -> None:
    (office.home / "state" / "secor.db").unlink()
    for command in ("run", "status", "balance"):
        result = office.secor(command)
        assert result.exit_code == 5
        assert "is gone" in result.stderr
    assert not (office.home / "state" / "secor.db").exists()


def test_an_office_from_before_all_this_is_counted_too(office: Desk) -> None:
    sql(
        office,
        "DROP TABLE arrivals",
        "DROP TABLE salts",
        "ALTER TABLE submissions DROP COLUMN pages",
        "DELETE FROM _sqlite_migrations WHERE name = 'what_is_counted'",
    )
    (office.home / "state/originals/journal.jsonl").unlink()
    shown = office.shown("balance")
    assert shown["faults"] == []
    assert (shown["received"]["files"], shown["known"]["files"]) == (3, 0)  # what came again was not counted then
    assert (office.home / "state" / "secor-before-what_is_counted.db").exists()
    office.drop("new.pdf", legal_name="New Roofing Ltd.", wcb_account="9000033")
    office.run()
    shown = office.shown("balance")
    assert (shown["faults"], shown["received"]["files"]) == ([], 4)
