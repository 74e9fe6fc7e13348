from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from processor.errors import TryLater
from processor.flows import serving
from processor.flows.canary import Difference, Song
from processor.flows.house import make_office
from processor.flows.office import open_office
from processor.flows.serving import Service
from tests.cli.conftest import Desk
from tests.flows.partner import Partner
from tests.flows.test_watching import Ticking
from tests.rulebook import cases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from processor.flows.telling import Line
    from processor.intake.wake import Waker

DAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def well() -> Song:
    return Song()


def served(partner: Partner, *happens: Callable[[], object], canary: Callable[[], Song] = well) -> list[Line]:
    """An office in which no paper needs reading, served for five minutes."""
    waker = Ticking(*happens)
    clock = lambda: NOON + timedelta(seconds=waker.now)  # noqa: E731
    service = Service(partner.office, clock=waker.clock, now=clock, canary=canary)
    return list(service.serve(cast("Waker", waker), lambda: partner.office.day))


def metrics(state: Path) -> dict[str, float]:
    lines = (state / "metrics.prom").read_text().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


def test_a_file_and_a_case_are_a_line_each_without_a_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    make_office(desk.home)
    desk.drop("Ana Kowal.pdf")
    (desk.home / "inbox" / "notes of Ana.txt").write_text("Ana Kowal")
    waker = Ticking()
    with open_office(desk.home, DAY, workers=1) as office:
        lines = list(Service(office, clock=waker.clock, canary=well).serve(cast("Waker", waker), lambda: DAY))
    by = {(line["event"], line.get("outcome")): line for line in lines}
    assert by["file", "filed"]["cases"] == ["MB-0001"]
    assert by["file", "set-aside"]["findings"] == ["not-a-paper"]
    assert by["case", "written"]["letter"] == "acknowledgement"
    assert [line["event"] for line in (lines[0], lines[-1])] == ["started", "stopped"]
    assert not re.search("Ana|Kowal|Tallgrass", " ".join(str(line) for line in lines))
    seen = metrics(desk.home / "state")
    assert seen['secor_files_total{outcome="filed"}'] == 1
    assert seen['secor_files_total{outcome="set-aside"}'] == 1
    assert seen["secor_questions"] == 0
    assert seen["secor_oldest_waiting_seconds"] == 0


def test_the_metrics_say_what_waits_and_for_how_long(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY).send(cases.first_aid("Ana Kowal"))
    served(partner)
    seen = metrics(tmp_path / "state")
    assert seen["secor_pool_papers"] == 1
    oldest = partner.office.store.queue.waits().oldest
    assert oldest is not None
    assert oldest.received == DAY
    assert oldest.since is not None
    heart = datetime.fromisoformat((tmp_path / "state" / "heartbeat").read_text().strip())
    assert seen["secor_oldest_waiting_seconds"] == max((heart - oldest.since).total_seconds(), 0)
    assert seen["secor_last_scan_time_seconds"] > NOON.timestamp()


def test_the_heart_beats_while_nothing_happens(tmp_path: Path) -> None:
    beats: list[str] = []
    look = lambda: beats.append((tmp_path / "state" / "heartbeat").read_text())  # noqa: E731
    served(Partner(tmp_path, DAY), *[look] * 4)
    assert len(set(beats)) == 4


def test_metrics_that_cannot_be_written_stop_nothing_and_are_told_once(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY)
    (tmp_path / "state" / "metrics.prom").mkdir()
    (tmp_path / "state" / "metrics.prom" / "in the way").touch()
    lines = served(partner)
    [trouble] = [line for line in lines if line["event"] == "trouble"]
    assert "metrics" in str(trouble["says"])
    assert lines[-1] == {"event": "stopped"}


def test_the_canary_sings_once_a_day_whatever_is_restarted(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY)
    songs: list[date] = []

    def sing() -> Song:
        songs.append(partner.office.day)
        return Song()

    assert {"event": "canary", "well": True, "says": Song().says} in served(partner, canary=sing)
    served(partner, canary=sing)
    assert songs == [DAY]
    served(partner, lambda: partner.on(DAY + timedelta(days=1)), canary=sing)
    assert songs == [DAY, DAY + timedelta(days=1)]
    assert metrics(tmp_path / "state")["secor_canary_well"] == 1


def test_a_canary_that_sings_false_is_in_the_log_and_in_the_metrics(tmp_path: Path) -> None:
    song = Song((Difference("reading city", "Brandon", "Winnipeg"),))
    lines = served(Partner(tmp_path, DAY), canary=lambda: song)
    [line] = [line for line in lines if line["event"] == "canary"]
    assert line["well"] is False
    assert "reading city" in str(line["says"])
    assert metrics(tmp_path / "state")["secor_canary_well"] == 0


def test_a_note_of_the_canary_that_nobody_can_read_is_none(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY)
    (tmp_path / "state" / "canary.json").write_text('{"day": 7}')
    assert [line["event"] for line in served(partner)].count("canary") == 1


def test_the_digest_of_the_day_before_is_written_once_though_nothing_happened(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY)
    lines = served(partner)
    assert {"event": "digest", "path": "digest/2026-11-23.txt"} in lines
    said = (tmp_path / "outbox" / "digest" / "2026-11-23.txt").read_text()
    assert "Nothing came on this day" in said
    assert "Nothing waits for a person." in said
    assert "digest" not in [line["event"] for line in served(partner)]
    later = served(partner, lambda: partner.on(DAY + timedelta(days=1)))
    assert [line["path"] for line in later if line["event"] == "digest"] == ["digest/2026-11-24.txt"]


def test_a_digest_that_cannot_be_written_is_told_once_and_written_when_it_can(tmp_path: Path) -> None:
    partner = Partner(tmp_path, DAY)
    way = tmp_path / "outbox" / "digest"
    way.touch()
    lines = served(partner, *[lambda: None] * 3, way.unlink)
    assert [line["event"] for line in lines if line["event"] in ("trouble", "digest")] == ["trouble", "digest"]


def test_a_stop_comes_after_the_file_in_hand_not_after_the_stack(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    for number in range(40):
        (desk.home / "inbox" / f"{number:02}.txt").write_text(str(number))
    waker = Ticking()
    with open_office(desk.home, DAY, workers=1) as office:
        lines = []
        for line in Service(office, clock=waker.clock, canary=well).serve(cast("Waker", waker), lambda: DAY):
            waker.going = waker.going and line["event"] != "file"
            lines.append(line)
    assert lines[-1] == {"event": "stopped"}
    assert 1 <= sum(line["event"] == "file" for line in lines) < 10
    assert len(list((desk.home / "inbox").iterdir())) > 30
    assert not list((desk.home / "state" / "claimed").iterdir())


def test_a_store_that_is_busy_when_the_heart_beats_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partner = Partner(tmp_path, DAY)

    def busy() -> object:
        raise TryLater("Another process is writing to the store.", do="Wait.")

    def free() -> None:
        monkeypatch.undo()

    monkeypatch.setattr(partner.office.store.queue, "waits", busy)
    lines = served(partner, lambda: None, free)
    assert [line for line in lines if line["event"] == "trouble"]
    assert lines[-1] == {"event": "stopped"}
    assert metrics(tmp_path / "state")["secor_troubles_total"] >= 1


def test_what_ends_the_watch_is_told_before_it_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> object:
        raise TryLater("The disk is full.", do="Make room.")

    monkeypatch.setattr(serving, "watch", full)
    partner = Partner(tmp_path, DAY)
    told = Service(partner.office, canary=well).serve(cast("Waker", Ticking()), lambda: DAY)
    assert next(told)["event"] == "started"
    assert next(told) == {"event": "failed", "says": "The disk is full.", "do": "Make room."}
    with pytest.raises(TryLater):
        next(told)
