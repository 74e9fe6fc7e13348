"""`secor.toml`: what it may say, and where its paths lead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from processor.errors import SetupBroken
from processor.settings import Fee, Office, Program, Settings, load

HOME = Path("/srv/office")


def test_an_empty_file_is_an_office() -> None:
    settings = load("", HOME)
    assert settings.programs == Settings().programs
    assert settings.paths.inbox == HOME / "inbox"
    assert settings.paths.templates == Path()


def test_every_path_is_taken_from_the_folder_of_the_office() -> None:
    text = '[paths]\noutbox = "sent"\ntemplates = "own"\n[programs.csam-secor]\nrulebook = "rules/csam.toml"\n'
    settings = load(text, HOME)
    assert (settings.paths.outbox, settings.paths.templates) == (HOME / "sent", HOME / "own")
    assert settings.program("csam-secor").rulebook == HOME / "rules" / "csam.toml"


def test_a_whole_path_stays_and_none_stays_none() -> None:
    settings = load('[programs.csam-secor]\nrulebook = "/etc/csam.toml"\n', HOME)
    assert settings.program("csam-secor").rulebook == Path("/etc/csam.toml")
    assert settings.program("scsa-secor").rulebook == Path()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[answers]\ndays_to_replay = 3", "secor.toml.answers has no setting “days_to_replay”"),
        ("[programs.csam-secor]\nlogos = ''", "programs.csam-secor has no setting “logos”"),
        ("[programs.csam-secor]\noffices = [{ nam = '' }]", "has no setting “nam”"),
        ("[answers]\ndays_to_reply = '30'", "secor.toml.answers.days_to_reply must be a whole number"),
        ("[answers]\ndays_to_reply = true", "must be a whole number"),
        ("[answers]\nhold_for_questions = 1", "must be true or false"),
        ("[watch]\nstill_seconds = 'long'", "must be a number"),
        ("[paths]\ninbox = 3", "must be a path"),
        ("[programs.csam-secor]\nshort = 3", "must be text"),
        ("[programs.csam-secor]\noffices = 3", "must be a list"),
        ("[programs.csam-secor]\nfees = [{ since = '2026' }]", "must be a day"),
        ("answers = 3", "secor.toml.answers must be a table"),
        ("programs = 3", "programs must be a table"),
        ("[programs]\ncsam-secor = 3", "programs.csam-secor must be a table"),
        ("[answers", "not valid TOML"),
    ],
)
def test_what_cannot_be_is_refused_by_name(text: str, says: str) -> None:
    with pytest.raises(SetupBroken, match=says.replace("[", r"\[")):
        load(text, HOME)


def test_a_whole_number_of_seconds_is_a_number() -> None:
    assert load("[watch]\nstill_seconds = 3", HOME).watch.still_seconds == 3.0


def test_a_program_of_its_own_begins_bare() -> None:
    settings = load("[programs.own]\npartner = 'Us'", HOME)
    assert settings.program("own") == Program(partner="Us")
    assert settings.program("nobody's") == Program()


NORTH, SOUTH = Office(name="North", postal_codes=("S7", "S")), Office(name="South", postal_codes=("S7K 1", "S4"))
REST = Office(name="Rest")


@pytest.mark.parametrize(
    ("postal_code", "name"),
    [("S7K 1A1", "South"), ("S7K 2A1", "North"), ("S4N 6E3", "South"), ("S0A 0A0", "North"), ("R3C 0A9", "Rest")],
)
def test_the_office_with_the_longest_beginning_that_fits_is_nearest(postal_code: str, name: str) -> None:
    assert Program(offices=(REST, NORTH, SOUTH)).office_for(postal_code).name == name


def test_the_first_office_serves_whom_none_serves() -> None:
    assert Program(offices=(NORTH, SOUTH)).office_for("R3C 0A9") is NORTH
    assert Program().office_for("R3C 0A9") == Office()


def test_the_first_of_two_offices_for_one_beginning_is_nearest() -> None:
    twin = Office(name="Twin", postal_codes=("S7",))
    assert Program(offices=(NORTH, twin)).office_for("S7K 2A1") is NORTH


@pytest.mark.parametrize(
    ("day", "says"), [(date(2024, 12, 31), ""), (date(2025, 1, 1), "$200"), (date(2026, 3, 1), "$250")]
)
def test_a_fee_is_the_one_of_the_day(day: date, says: str) -> None:
    fees = (Fee(since=date(2026, 3, 1), says="$250"), Fee(since=date(2025, 1, 1), says="$200"))
    assert Program(fees=fees).fee_on(day) == says
