"""A file becomes ours once, its bytes stay, and a crash at any step is finished at the next start."""

from __future__ import annotations

import errno
import os
import stat
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from processor.errors import ProcessorError, TryLater, Wrong
from processor.intake.claim import Claims
from processor.intake.folders import prepare
from processor.intake.journal import arrivals
from processor.intake.originals import original_path
from processor.intake.scan import scan
from processor.settings import Paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from processor.intake.claim import Claim
    from processor.intake.scan import Found

PAPER = b"%PDF-1.7 a made-up paper"
HASH = sha256(PAPER).hexdigest()


def drop(office: Paths, name: str = "scan.pdf", data: bytes = PAPER, note: str = "") -> Found:
    folder = office.inbox / note
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return next(f for f in scan(office.inbox).found if f.path == folder / name)


def taken(claims: Claims, found: Found) -> Claim:
    claim = claims.take(found)
    assert claim is not None
    return claim


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_claimed_file_is_moved_with_its_name_and_note(office: Paths) -> None:
    found = drop(office, note="front desk")
    claim = taken(Claims(office.state), found)
    assert (claim.name, claim.note, claim.size) == ("scan.pdf", "front desk", len(PAPER))
    assert files(office.inbox) == {}
    assert claim.path.read_bytes() == PAPER


def test_a_kept_file_lies_under_its_hash_for_its_owner_alone(office: Paths) -> None:
    claims = Claims(office.state)
    original = claims.keep(taken(claims, drop(office)))
    assert (original.sha256, original.size, original.read()) == (HASH, len(PAPER), PAPER)
    assert original.path == original_path(office.state, HASH) == office.state / "originals" / HASH[:2] / HASH
    assert stat.S_IMODE(original.path.stat().st_mode) == 0o400


def test_a_released_claim_leaves_the_original_alone(office: Paths) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office, note="front desk"))
    claims.keep(claim)
    claims.release(claim)
    claims.release(claim)
    assert files(office.state) == {f"originals/{HASH[:2]}/{HASH}": PAPER}
    assert list((office.state / "claimed").iterdir()) == []


def test_the_same_bytes_are_kept_once(office: Paths) -> None:
    claims = Claims(office.state)
    for name in ("a.pdf", "b.pdf"):
        claim = taken(claims, drop(office, name))
        assert claims.keep(claim).sha256 == HASH
        claims.release(claim)
    assert files(office.state) == {f"originals/{HASH[:2]}/{HASH}": PAPER}


def test_two_files_of_one_name_do_not_meet(office: Paths) -> None:
    claims = Claims(office.state)
    first = taken(claims, drop(office, data=b"one"))
    second = taken(claims, drop(office, data=b"two"))
    assert (first.path.read_bytes(), second.path.read_bytes()) == (b"one", b"two")


def test_a_file_that_is_gone_is_nobodys(office: Paths) -> None:
    found = drop(office)
    found.path.unlink()
    assert Claims(office.state).take(found) is None
    assert files(office.state) == {}


def test_a_file_taken_by_somebody_else_at_the_last_moment_leaves_no_trace(
    office: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = drop(office)
    monkeypatch.setattr("processor.intake.claim._at_rest", lambda *_: True)
    found.path.unlink()
    assert Claims(office.state).take(found) is None
    assert list((office.state / "claimed").iterdir()) == []


def test_a_file_that_somebody_writes_to_stays_where_it_is(office: Paths) -> None:
    found = drop(office)
    claims = Claims(office.state)
    with found.path.open("ab"):
        assert claims.take(found) is None
    assert found.path.exists()
    assert claims.take(found) is not None


def test_a_share_that_refuses_every_lease_is_not_asked(office: Paths) -> None:
    found = drop(office)
    claims = Claims(office.state)
    claims._device = -1
    with found.path.open("ab"):
        assert claims.take(found) is not None


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_file_exchanged_for_something_else_is_not_taken(office: Paths, kind: str) -> None:
    found = drop(office)
    found.path.unlink()
    {
        "link": lambda p: p.symlink_to("/etc/hostname"),
        "pipe": os.mkfifo,
        "folder": Path.mkdir,
    }[kind](found.path)
    assert Claims(office.state).take(found) is None
    assert found.path.is_symlink() or found.path.exists()


def test_a_link_that_slips_in_between_is_put_back(office: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    found = drop(office)
    monkeypatch.setattr("processor.intake.claim._at_rest", lambda *_: True)
    found.path.unlink()
    found.path.symlink_to("/etc/hostname")
    assert Claims(office.state).take(found) is None
    assert found.path.is_symlink()
    assert list((office.state / "claimed").iterdir()) == []


def test_a_copied_in_file_stays_where_it_is(office: Paths, tmp_path: Path) -> None:
    own = tmp_path / "mine.pdf"
    own.write_bytes(PAPER)
    claim = Claims(office.state).copy_in(own)
    assert (claim.name, claim.path.read_bytes(), own.read_bytes()) == ("mine.pdf", PAPER, PAPER)


def test_a_path_that_leads_nowhere_is_wrong(office: Paths, tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="There is no file"):
        Claims(office.state).copy_in(tmp_path / "nothing.pdf")


@pytest.mark.parametrize("name", ["x" * 251 + ".pdf", "Łukasz “né”.pdf", "a\nb.pdf", "-rf.pdf"])
def test_any_name_comes_through(office: Paths, name: str) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office, name))
    assert claim.path.name == name
    original = claims.keep(claim)
    assert claims.set_aside(claim, original, "Why.").read_bytes() == PAPER


def test_a_name_of_no_text_comes_through(office: Paths) -> None:
    raw = os.fsencode(office.inbox) + b"/caf\xe9.pdf"
    Path(os.fsdecode(raw)).write_bytes(PAPER)
    claim = taken(Claims(office.state), scan(office.inbox).found[0])
    assert os.fsencode(claim.path).endswith(b"/caf\xe9.pdf")
    assert claim.name == "caf\ufffd.pdf"


def test_a_file_set_aside_says_why_beside_it(office: Paths) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office))
    original = claims.keep(claim)
    for _ in range(2):
        claims.set_aside(claim, original, "The file is damaged. Ask the sender for it again.")
    aside = files(office.state / "aside")
    assert aside["scan.pdf"] == PAPER
    assert aside["scan.pdf.txt"].startswith(b"The file is damaged.")
    assert HASH.encode() in aside["scan.pdf.txt"]
    assert len(aside) == 2


def test_another_file_of_that_name_is_set_aside_beside_it(office: Paths) -> None:
    claims = Claims(office.state)
    for data in (b"one", b"two"):
        claim = taken(claims, drop(office, data=data))
        claims.set_aside(claim, claims.keep(claim), "Why.")
    names = set(files(office.state / "aside"))
    second = f"{sha256(b'two').hexdigest()[:12]} scan.pdf"
    assert names == {"scan.pdf", "scan.pdf.txt", second, f"{second}.txt"}


def test_a_damaged_original_is_not_taken_for_the_file(office: Paths) -> None:
    claims = Claims(office.state)
    damaged = original_path(office.state, HASH)
    damaged.parent.mkdir()
    damaged.write_bytes(b"something else")
    claim = taken(claims, drop(office))
    with pytest.raises(ProcessorError, match="is damaged"):
        claims.keep(claim)
    assert claim.path.read_bytes() == PAPER


def test_a_file_that_changes_while_it_is_hashed_is_not_kept(office: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office))
    real = os.fsync

    def write_meanwhile(descriptor: int) -> None:
        with claim.path.open("ab") as file:
            file.write(b" more")
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", write_meanwhile)
        with pytest.raises(TryLater, match="still changes"):
            claims.keep(claim)
    assert files(office.state / "originals") == {}
    assert claims.keep(claim).read() == PAPER + b" more"


def test_a_file_that_changes_before_it_has_its_second_name_is_not_kept(
    office: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office))
    real = os.link

    def write_meanwhile(source: Path, target: Path) -> None:
        with claim.path.open("ab") as file:
            file.write(b" more")
        real(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "link", write_meanwhile)
        with pytest.raises(TryLater, match="still changes"):
            claims.keep(claim)
    assert files(office.state / "originals") == {}


def test_a_change_after_hashing_is_seen_before_deciding(office: Paths) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office))
    with claim.path.open("ab") as slow:
        original = claims.keep(claim)
        assert original.unchanged()
        slow.write(b" more")
    assert not original.unchanged()


def refusing(code: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), "x")

    return refuse


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP])
def test_without_second_names_the_bytes_are_copied(office: Paths, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office))
    monkeypatch.setattr(os, "link", refusing(code))
    original = claims.keep(claim)
    assert original.read() == PAPER
    assert original.unchanged()
    assert not original.path.samefile(claim.path)


def test_an_inbox_on_another_disk_is_copied_and_its_file_moved_to_done(
    office: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    (office.inbox / "desk" / ".done").mkdir(parents=True)
    (office.inbox / "desk" / ".done" / "scan.pdf").write_bytes(b"an earlier one")
    found = drop(office, note="desk")
    real = os.rename

    def across(source: Path, target: Path) -> None:
        inside = [Path(p).is_relative_to(office.inbox) for p in (source, target)]
        if inside == [True, False]:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(source, target)

    monkeypatch.setattr(os, "rename", across)
    claim = taken(Claims(office.state), found)
    assert (claim.name, claim.note, claim.path.read_bytes()) == ("scan.pdf", "desk", PAPER)
    assert files(office.inbox) == {"desk/.done/scan.pdf": b"an earlier one", "desk/.done/2 scan.pdf": PAPER}
    assert scan(office.inbox).found == ()


@pytest.mark.parametrize("step", ["mkdir", "rename"])
def test_a_full_disk_leaves_the_file_in_the_inbox(office: Paths, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    found = drop(office)
    claims = Claims(office.state)
    with monkeypatch.context() as patched:
        patched.setattr(os, step, refusing(errno.ENOSPC))
        with pytest.raises(TryLater, match="No space left"):
            claims.take(found)
    assert files(office.inbox) == {"scan.pdf": PAPER}
    assert taken(claims, found).path.read_bytes() == PAPER


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_a_full_disk_leaves_the_file_claimed(office: Paths, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    claims = Claims(office.state)
    claim = taken(claims, drop(office))
    with monkeypatch.context() as patched:
        patched.setattr(os, step, refusing(errno.ENOSPC))
        with pytest.raises(TryLater, match="nothing is lost"):
            claims.keep(claim)
    assert [left.path for left in Claims(office.state).leftovers()] == [claim.path]
    assert claims.keep(claim).read() == PAPER


def test_leftovers_come_oldest_first_with_name_and_note(office: Paths) -> None:
    claims = Claims(office.state)
    for n in range(12):
        taken(claims, drop(office, f"{12 - n}.pdf", note="desk" if n == 3 else ""))
    left = Claims(office.state).leftovers()
    assert [claim.name for claim in left] == [f"{12 - n}.pdf" for n in range(12)]
    assert [claim.note for claim in left if claim.note] == ["desk"]


def test_a_new_claim_never_takes_the_place_of_a_leftover(office: Paths) -> None:
    first = taken(Claims(office.state), drop(office, data=b"one"))
    second = taken(Claims(office.state), drop(office, data=b"two"))
    assert first.path != second.path
    assert first.path.read_bytes() == b"one"


def test_a_copy_that_was_not_finished_is_forgotten(office: Paths) -> None:
    half = office.state / "claimed" / ".copying-123"
    half.write_bytes(b"half")
    assert Claims(office.state).leftovers() == ()
    assert not half.exists()


def test_a_file_that_changes_while_it_is_copied_in_is_tried_later(
    office: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "mine.pdf"
    own.write_bytes(PAPER)
    real = os.fsync

    def write_meanwhile(descriptor: int) -> None:
        with own.open("ab") as file:
            file.write(b" more")
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", write_meanwhile)
        with pytest.raises(TryLater, match="still changes"):
            Claims(office.state).copy_in(own)
    assert files(office.state) == {}
    assert Claims(office.state).copy_in(own).path.read_bytes() == PAPER + b" more"


def test_a_file_on_another_disk_that_is_gone_is_nobodys(office: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    found = drop(office)

    def across(source: Path, _: Path) -> None:
        Path(source).unlink()
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "rename", across)
    assert Claims(office.state).take(found) is None
    assert files(office.state) == {}


class PowerCut(BaseException):
    """The process ends here."""


class Breaking:
    """The system's calls that change something, the n-th of which is the last, before or after it is done."""

    STEPS = ("mkdir", "rename", "link", "fsync", "chmod", "unlink", "rmdir", "open", "replace", "write")

    def __init__(self, nth: int, *, before: bool) -> None:
        self.left = nth
        self.before = before

    def step(self, real: Callable[..., object]) -> Callable[..., object]:
        def broken(*values: object, **named: object) -> object:
            self.left -= 1
            if self.left == 0 and self.before:
                raise PowerCut
            try:
                return real(*values, **named)
            finally:
                if self.left == 0:
                    raise PowerCut

        return broken


def work(office: Paths, *, aside: bool) -> None:
    """One whole run, as the flow does it: leftovers first, then the inbox."""
    claims = Claims(office.state)
    todo = list(claims.leftovers())
    todo += [claim for found in scan(office.inbox).found if (claim := claims.take(found))]
    for claim in todo:
        original = claims.keep(claim)
        claims.note(claim, original, date(2026, 11, 24))
        if aside:
            claims.set_aside(claim, original, "Why.")
        claims.release(claim)


def breaks(office: Paths, monkeypatch: pytest.MonkeyPatch, breaking: Breaking, *, aside: bool) -> bool:
    with monkeypatch.context() as patched:
        for name in Breaking.STEPS:
            patched.setattr(os, name, breaking.step(getattr(os, name)))
        try:
            work(office, aside=aside)
        except PowerCut:
            return True
    return False


@pytest.mark.parametrize("aside", [False, True], ids=["kept", "set aside"])
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_a_crash_at_any_step_is_finished_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, before: bool, aside: bool
) -> None:
    nth = 0
    broke = True
    while broke:
        nth += 1
        root = tmp_path / str(nth)
        office = Paths(inbox=root / "inbox", outbox=root / "outbox", state=root / "state")
        prepare(office)
        drop(office, "a.pdf", note="desk")
        drop(office, "b.pdf", b"another paper")
        broke = breaks(office, monkeypatch, Breaking(nth, before=before), aside=aside)
        work(office, aside=aside)
        kept = {name.rpartition("/")[2]: data for name, data in files(office.state / "originals").items()}
        assert kept.pop("journal.jsonl").count(b"\n") == 2
        told = [a.sha256 for a in sorted(arrivals(office.state))]
        assert told == [sha256(data).hexdigest() for data in (PAPER, b"another paper")]
        assert kept == {sha256(data).hexdigest(): data for data in (PAPER, b"another paper")}
        assert files(office.inbox) == {}
        assert list((office.state / "claimed").iterdir()) == []
        shown = {name for name in files(office.state / "aside") if not name.startswith(".")}
        assert shown == ({"a.pdf", "a.pdf.txt", "b.pdf", "b.pdf.txt"} if aside else set())
    assert nth > 30
