"""`secor backup` and `secor restore`: the whole office, elsewhere and back."""

from __future__ import annotations

import json
import shutil
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]

from processor.errors import TryLater
from processor.flows.keeping import back_up
from tests.cli.conftest import Desk

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = Desk(tmp_path_factory.mktemp("worked") / "office")
    desk.drop("tallgrass.pdf")
    (desk.home / "inbox" / "broken.pdf").write_bytes(b"no paper at all")
    desk.run()
    return desk.home


@pytest.fixture
def office(worked: Path, tmp_path: Path) -> Desk:
    shutil.copytree(worked, tmp_path / "office")
    return Desk(tmp_path / "office")


def files(folder: Path) -> dict[str, bytes]:
    kept = (p for p in sorted(folder.rglob("*")) if p.is_file() and p.name not in ("lock", "secor.db"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in kept}


def test_an_office_comes_back_as_it_was(office: Desk, tmp_path: Path) -> None:
    result = office.secor("backup", str(tmp_path / "shelf"), "--json")
    assert result.exit_code == 0, result.stderr
    shown = json.loads(result.stdout)
    assert "the last one was made on" in office.secor("doctor").stdout
    (made,) = (tmp_path / "shelf").iterdir()
    assert (str(made), stat.S_IMODE(made.stat().st_mode)) == (shown["path"], 0o700)

    again = Desk.__new__(Desk)
    again.home = tmp_path / "again"
    result = again.secor("restore", str(tmp_path / "shelf"), str(again.home), office=False)
    assert result.exit_code == 0, result.stdout + result.stderr
    assert files(again.home) == files(office.home)
    then, now = again.shown("balance"), office.shown("balance")
    assert then["head"] == shown["head"]
    assert now.pop("events") == then.pop("events") + 1  # that it was backed up
    assert {**now, "head": then["head"]} == then
    assert again.shown("status") == office.shown("status")
    modes = {
        p.name: stat.S_IMODE(p.stat().st_mode) for p in (again.home / "state", next(again.home.glob("outbox/*/*")))
    }
    assert modes["state"] == 0o700
    assert [m & 0o044 for n, m in modes.items() if n != "state"] == [0o044]
    assert again.run().exit_code == 0


def test_a_second_backup_copies_nothing_again(office: Desk, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    first = back_up(office.home, shelf, NOW, program="1").backup
    office.drop("second.pdf", legal_name="Second Roofing Ltd.", wcb_account="9000099")
    office.run()
    second = back_up(office.home, shelf, NOW.replace(hour=16), program="1").backup
    assert set(first.hashes) < set(second.hashes)
    (original,) = (
        p
        for p in first.hashes
        if p.startswith("state/originals/") and (first.folder / p).stat().st_size > 99 and not p.endswith("jsonl")
    )
    assert (first.folder / original).samefile(second.folder / original)
    book = "state/originals/journal.jsonl"
    assert not (first.folder / book).samefile(office.home / book)
    assert first.hashes[book] != second.hashes[book]


def test_a_backup_that_was_touched_is_refused(office: Desk, tmp_path: Path) -> None:
    made = back_up(office.home, tmp_path / "shelf", NOW, program="1").backup
    settings = made.folder / "secor.toml"
    settings.write_text(settings.read_text() + "\n")
    result = office.secor("restore", str(made.folder), str(tmp_path / "again"), office=False)
    assert (result.exit_code, "is damaged: secor.toml" in result.stderr) == (5, True)
    assert not (tmp_path / "again").exists()


def test_nothing_is_written_over(office: Desk, tmp_path: Path) -> None:
    back_up(office.home, tmp_path / "shelf", NOW, program="1")
    before = files(office.home)
    result = office.secor("restore", str(tmp_path / "shelf"), str(office.home), office=False)
    assert (result.exit_code, "is not empty" in result.stderr) == (2, True)
    assert files(office.home) == before


def test_a_newer_database_is_refused_and_leaves_no_office(office: Desk, tmp_path: Path) -> None:
    connection = sqlite3.connect(str(office.home / "state" / "secor.db"))
    connection.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('secor', 'x', '')")
    connection.commit()
    connection.close()
    shutil.copytree(office.home / "state", tmp_path / "newer")
    made = _forged(office, tmp_path)
    result = office.secor("restore", str(made), str(tmp_path / "again"), office=False)
    assert (result.exit_code, "newer version" in result.stderr) == (5, True)
    assert list((tmp_path / "again").iterdir()) == []


def _forged(office: Desk, tmp_path: Path) -> Path:
    """A backup of an office that this program cannot open, as a later one would make it."""
    from processor.vault.backup import packing  # noqa: PLC0415

    with packing(tmp_path / "shelf", NOW) as parcel:
        parcel.add(office.home / "state", "state")
        parcel.add(office.home / "outbox", "outbox")
        parcel.add(office.home / "secor.toml", "secor.toml")
        return parcel.finish(NOW, program="9", events=0, head="").folder


def test_an_error_leaves_no_half_backup(office: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("processor.vault.files.fsync_folder", full)
    with pytest.raises(TryLater, match="cannot be written"):
        back_up(office.home, tmp_path / "shelf", NOW, program="1")
    assert list((tmp_path / "shelf").iterdir()) == []


def test_a_damaged_original_is_told(office: Desk, tmp_path: Path) -> None:
    original = next(p for p in office.home.glob("state/originals/*/*") if p.is_file())
    original.chmod(0o600)
    original.write_bytes(b"rotten")
    result = office.secor("backup", str(tmp_path / "shelf"))
    assert (result.exit_code, f"{original.name} is damaged" in result.stderr) == (6, True)


def test_a_backup_into_the_office_itself_is_refused(office: Desk) -> None:
    result = office.secor("backup", str(office.home / "outbox" / "backups"))
    assert (result.exit_code, "own" in result.stderr) == (2, True)


def test_where_no_backup_is_it_says_so(desk: Desk, tmp_path: Path) -> None:
    result = desk.secor("restore", str(tmp_path), str(tmp_path / "again"), office=False)
    assert (result.exit_code, "There is no backup" in result.stderr) == (2, True)
