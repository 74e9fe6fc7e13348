"""The file under it all: all or nothing, on the disk for good, refused when it knows more than we do."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from processor.errors import SetupBroken, TryLater
from processor.findings import finding
from processor.store.store import Store
from tests.store.made_up import DAY, Keys, card, employer, filed_case, letter, registration, submission

if TYPE_CHECKING:
    from pathlib import Path


def behind(path: Path, *statements: str) -> list[tuple[object, ...]]:
    """What somebody with the file in hand could do, past our code."""
    connection = sqlite3.connect(str(path))
    try:
        rows = [row for s in statements for row in connection.execute(s)]
        connection.commit()
    finally:
        connection.close()
    return rows


def test_the_store_is_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    filed_case(store)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {0o600}


def test_what_was_kept_is_there_when_the_store_is_opened_again(store: Store, tmp_path: Path) -> None:
    code, number = filed_case(store)
    store.close()
    with Store.open(tmp_path / "secor.db") as again:
        assert [f.number for f in again.cases.case(code).documents] == [number]
        assert again.faults() == ()


def test_a_safe_library_writes_ahead_and_another_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("processor.store.database._SAFE_WAL", (99,))
    Store.open(tmp_path / "old.db").close()
    monkeypatch.setattr("processor.store.database._SAFE_WAL", (3,))
    Store.open(tmp_path / "new.db").close()
    modes = [behind(tmp_path / name, "PRAGMA journal_mode")[0][0] for name in ("old.db", "new.db")]
    assert modes == ["delete", "wal"]  # TRUNCATE is not kept in the file, so it shows as the library's default


def test_an_error_keeps_nothing(store: Store) -> None:
    def break_down() -> None:
        with store.transaction():
            filed_case(store)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_down()
    assert store.papers.receipts() == ()
    assert store.events.since() == ()


def test_an_error_within_is_undone_alone(store: Store) -> None:
    def break_down() -> None:
        with store.transaction():
            filed_case(store)
            raise RuntimeError

    with store.transaction():
        store.papers.keep(submission(card(), name="card.pdf"), DAY, keys=[Keys()])
        with pytest.raises(RuntimeError):
            break_down()
    assert [r.name for r in store.papers.receipts()] == ["card.pdf"]
    assert store.faults() == ()


def test_an_error_of_the_caller_stays_its_own(store: Store) -> None:
    with pytest.raises(FileNotFoundError), store.transaction():
        raise FileNotFoundError


def test_a_second_writer_is_told_to_try_later(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "secor.db", busy_seconds=0.01) as second, store.transaction():
        with pytest.raises(TryLater, match="Another process"):
            filed_case(second)
        assert second.papers.receipts() == ()
    filed_case(store)


def test_touching_a_case_has_it_judged_again(store: Store) -> None:
    code, _ = filed_case(store)
    store.cases.judged(code, DAY, verdicts=[])
    store.cases.touch(code)
    assert store.cases.touched() == (code,)
    assert store.cases.of_employer(1) == {"csam-secor": code}


def test_two_writers_never_keep_one_file_twice(store: Store, tmp_path: Path) -> None:
    with Store.open(tmp_path / "secor.db") as second:
        filed_case(store)
        receipt = second.papers.receipt(submission(registration()).sha256)
        assert receipt is not None


def test_a_full_disk_says_try_later_and_loses_nothing(store: Store) -> None:
    filed_case(store)
    database = store._database
    pages = database.rows("PRAGMA page_count")[0][0]
    database.rows(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for n in range(200):
            store.papers.keep(submission(registration("x" * 3000), name=f"{n}.pdf"), DAY, keys=[Keys()])

    with pytest.raises(TryLater, match="Make room"):
        fill()
    kept = len(store.papers.receipts())
    database.rows("PRAGMA max_page_count = 100000")
    store.papers.keep(submission(registration("x" * 3000), name="again.pdf"), DAY, keys=[Keys()])
    assert len(store.papers.receipts()) == kept + 1
    assert store.faults() == ()


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secor.db"
    Store.open(path).close()
    behind(path, "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('secor', 'tomorrow', '')")
    with pytest.raises(SetupBroken, match="newer version"):
        Store.open(path)


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secor.db"
    with monkeypatch.context() as patched:
        patched.setattr("processor.store.schema._FOR_GOOD", "CREATE TRIGGER nonsense END;\n")
        with pytest.raises(sqlite3.OperationalError):
            Store.open(path)
    assert behind(path, "SELECT name FROM sqlite_master") == []
    with Store.open(path) as store:
        filed_case(store)


def test_an_older_store_learns_who_is_nearly_meant(tmp_path: Path) -> None:
    path = tmp_path / "secor.db"
    with Store.open(path) as store:
        store.register.enter(employer(), DAY, names=[], workers=[("Ana Yuen", "ana yuen"), ("?", "")])
    behind(
        path,
        *(f"DROP TABLE {name}" for name in ("worker_names", "pool_names", "pool_candidates")),
        "DELETE FROM _sqlite_migrations WHERE name = 'who_is_nearly_meant'",
    )
    with Store.open(path) as store:
        (known,) = store.register.candidates(Keys(holders=("anna yuen",)))
    assert known.employer.workers == ("Ana Yuen", "?")


def test_what_a_store_was_before_a_migration_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "secor.db"
    with Store.open(path) as store:
        filed_case(store)
    assert [p.name for p in tmp_path.iterdir()] == ["secor.db"]
    triggers = ["events_follow", "letters_are_new", "submissions_are_kept", "submissions_stay", "documents_are_kept"]
    behind(
        path,
        *(f"DROP TRIGGER {name}" for name in triggers),
        "DELETE FROM _sqlite_migrations WHERE name = 'what_follows'",
    )
    with Store.open(path) as store:
        assert len(store.papers.receipts()) == 1
    before = tmp_path / "secor-before-what_follows.db"
    assert stat.S_IMODE(before.stat().st_mode) == 0o600
    assert behind(before, "SELECT count(*) FROM submissions") == [(1,)]
    assert behind(before, "SELECT count(*) FROM sqlite_master WHERE name = 'events_follow'") == [(0,)]
    Store.open(before).close()


def test_events_are_told_a_few_at_a_time(store: Store) -> None:
    filed_case(store)
    first = store.events.since(at_most=2)
    rest = store.events.since(first[-1].seq)
    assert [e.seq for e in (*first, *rest)] == [1, 2, 3, 4]
    assert [e.kind for e in store.events.of_case("MB-0001")] == ["opened", "filed"]


def test_a_wild_reference_is_a_fault(store: Store, tmp_path: Path) -> None:
    code, _ = filed_case(store)
    behind(tmp_path / "secor.db", "UPDATE cases SET employer = 99 WHERE code = 'MB-0001'")
    assert code == "MB-0001"
    assert store.faults() == ("a row of cases refers to nothing",)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secor.db"
    path.write_bytes(b"%PDF-1.7 this is no database, whatever its name says" * 20)
    with pytest.raises(SetupBroken, match="damaged"):
        Store.open(path)


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(TryLater, match="cannot be opened"):
        Store.open(tmp_path / "nowhere" / "secor.db")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET day = '1999-01-01'",
        "DELETE FROM events",
        "DELETE FROM letters",
        "UPDATE letters SET content = '{}'",
        "UPDATE letters SET sha256 = 'cd'",
        "UPDATE documents SET content = '{}'",
        "UPDATE corrections SET by = 'somebody else'",
        (
            "REPLACE INTO events SELECT seq, day, at, 'lost', case_code, subject, detail, previous, hash FROM events"
            " WHERE seq = 2"
        ),
        (
            "INSERT INTO events SELECT 99, day, at, kind, case_code, subject, detail, hash, 'xyz' FROM events"
            " WHERE seq = 2"
        ),
        (
            "REPLACE INTO letters SELECT number, place, case_code, round, kind, day, certificate, 'other', '{}', post,"
            " path, sha256 FROM letters"
        ),
        (
            "REPLACE INTO letters SELECT 'L-2026-000009', place, case_code, 9, kind, day, certificate, 'o', '{}', post,"
            " path, sha256 FROM letters"
        ),
        "DELETE FROM submissions",
        "UPDATE submissions SET sha256 = 'cd'",
        "DELETE FROM documents",
    ],
)
def test_the_database_itself_refuses_to_change_what_is_for_good(store: Store, tmp_path: Path, statement: str) -> None:
    code, number = filed_case(store)
    with store.transaction():
        store.cases.judged(code, DAY, verdicts=[])
        store.letters.owe(letter(code), number=store.letters.next_number(DAY), fingerprint="f")
    store.letters.written("L-2026-000001", DAY, path="a.pdf", sha256="ab")
    reading = registration()["legal_name"]
    store.papers.correct(number, "legal_name", reading, by="mia", day=DAY, saw=2)
    with pytest.raises(sqlite3.IntegrityError, match="for good"):
        behind(tmp_path / "secor.db", statement)


def test_a_broken_chain_is_seen(store: Store, tmp_path: Path) -> None:
    filed_case(store)
    behind(tmp_path / "secor.db", "DROP TRIGGER events_stay", "UPDATE events SET kind = 'lost' WHERE seq = 2")
    assert store.faults() == ("Event 2 does not follow from the one before: the trail was changed.",)


def test_a_missing_event_is_seen(store: Store, tmp_path: Path) -> None:
    filed_case(store)
    behind(tmp_path / "secor.db", "DROP TRIGGER events_are_kept", "DELETE FROM events WHERE seq = 2")
    assert len(store.faults()) == 1


def test_nothing_that_a_paper_costs_reads_a_whole_table(store: Store) -> None:
    asked: list[str] = []
    store._database._connection.set_trace_callback(asked.append)
    keys = Keys(account="1234567", names=("prairie roofing",), postal_code="R3C 1A1", holders=("ana yuen",))
    with store.transaction():
        store.papers.receipt("ab" * 32)
        store.register.candidates(keys)
        store.papers.unclaimed(keys)
        code, number = filed_case(store)
        store.papers.holders("FA-1234")
        store.papers.settle(number, "unsigned", by="mia", day=DAY, saw=2)
        store.papers.add_finding(number, finding("number-two-holders", number="FA-1234"), DAY)
        (waits,) = store.papers.keep(submission(card(), name="card.pdf"), DAY, keys=[keys])
        store.papers.file(waits, DAY, employer=0, case="", maybe=[1])
        store.papers.waiting_for(1)
        store.papers.unclaimed(keys)
        store.papers.dismiss(waits, by="mia", day=DAY, saw=2)
        store.register.enter(employer(number=1), DAY, names=[], workers=[("Bo Lund", "bo lund")])
    with store.transaction():
        store.cases.touched()
        store.cases.case(code)
        store.cases.of_employer(1)
        store.letters.latest(code)
        store.cases.judged(code, DAY, verdicts=[])
        store.letters.owe(letter(code), number=store.letters.next_number(DAY), fingerprint="f")
    store.letters.owed()
    store.letters.written("L-2026-000001", DAY, path="a.pdf", sha256="ab")
    store.letters.listed(DAY)
    store.events.of_case(code)
    store.events.of_subject(number)
    store._database._connection.set_trace_callback(None)
    read = {sql for sql in asked if sql.split()[0] in {"SELECT", "UPDATE", "DELETE", "INSERT"}}
    plans = {sql: [row["detail"] for row in store._database.rows(f"EXPLAIN QUERY PLAN {sql}")] for sql in read}
    # json_each is our own short list, events are looked at from their end
    scans = {s: p for s, plan in plans.items() for p in plan if p.startswith("SCAN") and "json_each" not in p}
    assert {s for s in scans if "ORDER BY seq DESC LIMIT 1" not in s and "INDEX" not in scans[s]} == set(), scans
    assert len(read) > 30


def test_a_copy_is_taken_while_another_writes(store: Store, tmp_path: Path) -> None:
    filed_case(store)
    with Store.open(tmp_path / "secor.db") as second, second.transaction():
        second.papers.set_aside(submission(name="broken.pdf"), DAY)
        store.copy_into(tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy:
        assert [r.name for r in copy.papers.receipts()] == ["scan.pdf"]
        assert copy.faults() == ()
    assert not list(tmp_path.glob(".*"))


def test_a_copy_that_cannot_be_written_is_tried_later(store: Store, tmp_path: Path) -> None:
    with pytest.raises(TryLater, match="cannot be copied"):
        store.copy_into(tmp_path / "nowhere" / "copy.db")


def test_an_event_proves_what_a_letter_says_only_with_its_salt(store: Store) -> None:
    code, _ = filed_case(store)
    with store.transaction():
        store.cases.judged(code, DAY, verdicts=[])
        store.letters.owe(letter(code), number=store.letters.next_number(DAY), fingerprint="f")
        store.cases.judged(code, DAY, verdicts=[])
        store.letters.owe(letter(code), number=store.letters.next_number(DAY), fingerprint="f")
    told = [e.detail["letter"] for e in store.events.since() if e.kind == "owed"]
    says = [shown["says"] for shown in told if isinstance(shown, dict)]
    assert len(set(says)) == 2  # the same words, and nobody sees that they are
    assert store.accounts.taken().reworded == ()
