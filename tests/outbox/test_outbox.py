"""Whole files or none; what was given out is never replaced; no cell is a formula."""

from __future__ import annotations

import csv
import errno
import io
import os
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.errors import Exit, ProcessorError, TryLater
from processor.outbox.manifest import guarded, table
from processor.outbox.manifest import rows as read_back
from processor.outbox.names import letter_path, manifest_path, safe
from processor.outbox.publish import AlreadyGivenOut, publish, replace_whole, sweep

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 24)
PLACE = letter_path(DAY, "MB-0001", "deficiency", "L-2026-000123")
LETTER = b"%PDF-1.7 a letter"


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def refusing(code: int) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), "x")

    return refuse


def test_a_letter_lies_in_the_folder_of_its_day_under_a_name_that_says_what_it_is(tmp_path: Path) -> None:
    path = publish(tmp_path, PLACE, LETTER)
    assert path == tmp_path / "2026-11-24" / "MB-0001-deficiency-L-2026-000123.pdf"
    assert everything(tmp_path) == {str(PLACE): LETTER}


def test_publishing_again_changes_nothing(tmp_path: Path) -> None:
    first = publish(tmp_path, PLACE, LETTER).stat()
    assert publish(tmp_path, PLACE, LETTER).stat() == first


def test_other_bytes_never_replace_a_letter(tmp_path: Path) -> None:
    publish(tmp_path, PLACE, LETTER)
    with pytest.raises(AlreadyGivenOut, match="given out") as refused:
        publish(tmp_path, PLACE, b"other")
    assert refused.value.exit is Exit.FAULT
    assert everything(tmp_path) == {str(PLACE): LETTER}


@pytest.mark.parametrize("there", [LETTER, b"other"])
def test_a_file_that_appears_at_the_last_moment_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes
) -> None:
    real = os.link

    def race(source: Path, target: Path) -> None:
        target.write_bytes(there)
        real(source, target)

    monkeypatch.setattr(os, "link", race)
    if there == LETTER:
        publish(tmp_path, PLACE, LETTER)
    else:
        with pytest.raises(AlreadyGivenOut):
            publish(tmp_path, PLACE, LETTER)
    assert everything(tmp_path) == {str(PLACE): there}


@pytest.mark.parametrize("code", [errno.EPERM, errno.EOPNOTSUPP])
def test_without_second_names_the_file_is_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    monkeypatch.setattr(os, "link", refusing(code))
    publish(tmp_path, PLACE, LETTER)
    assert everything(tmp_path) == {str(PLACE): LETTER}
    with pytest.raises(AlreadyGivenOut):
        publish(tmp_path, PLACE, b"other")


@pytest.mark.parametrize("step", ["fsync", "link", "mkdir"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_an_outbox_that_cannot_be_written_is_tried_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, step, refusing(code))
        with pytest.raises(TryLater, match="owed still"):
            publish(tmp_path, PLACE, LETTER)
    assert everything(tmp_path) == {}
    publish(tmp_path, PLACE, LETTER)
    assert everything(tmp_path) == {str(PLACE): LETTER}


class PowerCut(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("step", ["mkdir", "open", "fsync", "link"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_shows_the_whole_letter_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    real = getattr(os, step)

    def end(*values: object, **named: object) -> None:
        if when == "after":
            real(*values, **named)
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(os, step, end)
        with pytest.raises(PowerCut):
            publish(tmp_path, PLACE, LETTER)
    seen = {name: data for name, data in everything(tmp_path).items() if ".secor-" not in name}
    assert seen in ({}, {str(PLACE): LETTER})
    publish(tmp_path, PLACE, LETTER)
    assert everything(tmp_path) == {str(PLACE): LETTER}


def test_what_a_crash_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    path = publish(tmp_path, PLACE, LETTER)
    (path.parent / ".secor-0123.part").write_bytes(b"half")
    (path.parent / "note.part").write_bytes(b"theirs")
    assert sweep(tmp_path) == 1
    assert everything(tmp_path) == {str(PLACE): LETTER, "2026-11-24/note.part": b"theirs"}


def test_a_list_is_replaced_at_one_stroke(tmp_path: Path) -> None:
    for data in (b"one", b"two"):
        assert replace_whole(tmp_path, manifest_path(DAY), data).read_bytes() == data
    assert everything(tmp_path) == {"2026-11-24/manifest.csv": b"two"}


def test_a_list_that_cannot_be_replaced_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace_whole(tmp_path, manifest_path(DAY), b"one")
    monkeypatch.setattr(os, "fsync", refusing(errno.ENOSPC))
    with pytest.raises(TryLater):
        replace_whole(tmp_path, manifest_path(DAY), b"two")
    assert everything(tmp_path) == {"2026-11-24/manifest.csv": b"one"}


@pytest.mark.parametrize("place", ["../a.pdf", "/tmp/a.pdf", "x/../../a.pdf", "."])  # noqa: S108
def test_nothing_is_written_outside_the_outbox(tmp_path: Path, place: str) -> None:
    with pytest.raises(ProcessorError, match="does not lie in the outbox"):
        publish(tmp_path / "outbox", PurePosixPath(place), LETTER)
    assert everything(tmp_path) == {}


@given(st.text())
def test_a_name_is_made_of_safe_characters_whatever_it_is_made_from(text: str) -> None:
    name = safe(text)
    assert name
    assert name.isascii()
    assert not set(name) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert not name.startswith(".")


@pytest.mark.parametrize("cell", ["=1+1", "+1 204 555 0100", "-1", "@x", "\t=1", " =1", "\uff1d1"])
def test_what_could_be_a_formula_is_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["Prairie Roofing Ltd.", "O'Brien = Sons", "", "12", None])
def test_other_cells_stay_as_they_are(cell: str | None) -> None:
    assert guarded(cell) == (cell or "")


cells = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=8)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), max_size=3))
def test_a_list_comes_back_from_its_file_cell_by_cell(rows: list[list[str]]) -> None:
    data = table(["letter", "employer"], rows)
    back = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert back == [["letter", "employer"], *[[guarded(cell) for cell in row] for row in rows]]


@given(st.lists(st.tuples(cells, cells), max_size=3))
def test_a_list_is_read_back_as_it_was_before_it_was_guarded(told: list[tuple[str, str]]) -> None:
    plain = [row for row in told if not any(cell.startswith("'") for cell in row)]
    back = read_back(table(["letter", "employer"], plain))
    assert [tuple(row.values()) for row in back] == plain
