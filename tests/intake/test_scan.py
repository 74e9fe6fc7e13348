"""One look at the inbox, and when a file is at rest."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from processor.errors import TryLater
from processor.intake.scan import Found, scan
from processor.intake.still import Stillness

if TYPE_CHECKING:
    from processor.settings import Paths


def drop(folder: Path, name: str, data: bytes = b"%PDF", *, at: int = 0) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    os.utime(path, ns=(at, at))
    return path


def test_files_are_seen_in_the_order_they_came_then_by_name(office: Paths) -> None:
    drop(office.inbox, "c.pdf", at=1)
    drop(office.inbox, "b.pdf", at=2)
    drop(office.inbox, "a.pdf", at=2)
    assert [f.name for f in scan(office.inbox).found] == ["c.pdf", "a.pdf", "b.pdf"]


def test_a_folder_in_the_inbox_is_a_note(office: Paths) -> None:
    drop(office.inbox / "front desk", "a.pdf", b"12345")
    (seen,) = scan(office.inbox).found
    assert (seen.note, seen.name, seen.size) == ("front desk", "a.pdf", 5)


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db", "desktop.ini", ".DS_Store", "._scan.pdf", ".hidden.pdf", "~$letter.docx", "a.pdf.part",
        "a.pdf.TMP", "a.crdownload", "README.md",
    ],
)  # fmt: skip
def test_what_systems_leave_beside_papers_is_not_spoken_of(office: Paths, name: str) -> None:
    drop(office.inbox, name)
    assert scan(office.inbox) == scan(office.outbox)


@pytest.mark.parametrize("name", ["@eaDir", ".stfolder", "#recycle"])
def test_folders_of_systems_are_not_looked_into(office: Paths, name: str) -> None:
    drop(office.inbox / name, "a.pdf")
    assert scan(office.inbox).found == ()


def test_what_is_no_file_is_refused_in_words(office: Paths) -> None:
    target = drop(office.outbox, "secret.pdf")
    (office.inbox / "link.pdf").symlink_to(target)
    (office.inbox / "gone.pdf").symlink_to(office.inbox / "nowhere")
    (office.inbox / "folderlink").symlink_to(office.outbox)
    os.mkfifo(office.inbox / "pipe.pdf")
    (office.inbox / "scanner" / "disguise.pdf").mkdir(parents=True)
    sight = scan(office.inbox)
    assert sight.found == ()
    assert {r.name: r.says.partition(" ")[2][:12] for r in sight.refused} == {
        "link.pdf": "only points ",
        "gone.pdf": "only points ",
        "folderlink": "only points ",
        "pipe.pdf": "is no file b",
        "scanner/disguise.pdf": "is a folder ",
    }


def test_a_file_that_may_not_be_read_is_refused_in_words(office: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(office.inbox, "a.pdf")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may read everything
    assert scan(office.inbox).found == ()
    assert [r.says for r in scan(office.inbox).refused] == [
        "“a.pdf” may not be read by this program. Change its permissions."
    ]


def test_a_name_that_is_no_text_is_shown_as_one(office: Paths) -> None:
    os.close(os.open(os.fsencode(office.inbox) + b"/caf\xe9\n.pdf", os.O_CREAT | os.O_WRONLY))
    assert [f.name for f in scan(office.inbox).found] == ["caf\ufffd\ufffd.pdf"]


def test_an_inbox_that_is_not_there_is_not_an_empty_one(office: Paths) -> None:
    with pytest.raises(TryLater, match="cannot be looked at"):
        scan(office.inbox / "unmounted")


def file(size: int = 5, changed: int = 1, inode: int = 1) -> Found:
    return Found(path=Path("inbox/a.pdf"), name="a.pdf", note="", size=size, changed=changed, inode=inode)


class Clock:
    """A clock that stands until it is told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_file_is_still_when_it_looked_the_same_for_so_long() -> None:
    clock = Clock()
    watch = Stillness(2.0, clock)
    assert watch.still([file()]) == ()
    assert watch.waiting
    clock.now += 1.9
    assert watch.still([file()]) == ()
    clock.now += 0.1
    assert watch.still([file()]) == (file(),)
    assert not watch.waiting


@pytest.mark.parametrize("changed", [file(size=6), file(changed=2), file(inode=2)], ids=["size", "time", "inode"])
def test_any_change_begins_the_waiting_anew(changed: Found) -> None:
    clock = Clock()
    watch = Stillness(2.0, clock)
    watch.still([file()])
    clock.now += 5
    assert watch.still([changed]) == ()
    clock.now += 2
    assert watch.still([changed]) == (changed,)


def test_an_empty_file_is_waited_for_longer() -> None:
    clock = Clock()
    watch = Stillness(2.0, clock)
    watch.still([file(size=0)])
    clock.now += 19
    assert watch.still([file(size=0)]) == ()
    clock.now += 1
    assert watch.still([file(size=0)]) == (file(size=0),)


def test_a_file_that_went_away_and_came_back_is_new() -> None:
    clock = Clock()
    watch = Stillness(2.0, clock)
    watch.still([file()])
    watch.still([])
    clock.now += 5
    assert watch.still([file()]) == ()


def test_without_seconds_everything_is_still() -> None:
    assert Stillness(0.0, Clock()).still([file(), file(size=0)]) == (file(), file(size=0))
