"""One frozen Settings, built once from `secor.toml` and handed down.

Every key has a default, so an empty file is an office. An unknown key is refused by name: a misspelt
setting that is silently ignored is worse than none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

from processor.errors import SetupBroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The folders of the office; relative ones are taken from where `secor.toml` lies."""

    inbox: Path = Path("inbox")
    outbox: Path = Path("outbox")
    state: Path = Path("state")
    templates: Path = Path()
    """Forms, letters and certificates of the office's own, beside the built-in ones; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """How `secor watch` waits."""

    still_seconds: float = 2.0
    """A file is claimed when its size and time have not changed for so long."""
    scan_seconds: float = 30.0
    """The inbox is looked through at least so often, whatever the events say."""
    quiet_seconds: float = 60.0
    """A case is judged when nothing more came for it for so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The limits within which a stranger's file is read."""

    workers: int = 0
    """Reading processes; 0 is one a core."""
    seconds: float = 30.0
    memory_mb: int = 1024
    file_mb: int = 100
    pages: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """How the office answers."""

    hold_for_questions: bool = True
    """Hold a deficiency letter back while a person is asked, so that the employer gets one whole answer."""
    days_to_reply: int = 30
    reminders: tuple[int, ...] = (90, 60, 30, 7)
    """How many days before a deadline a certified employer is reminded, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how many days after it was received the bytes of a paper are kept, by its kind; 0 is for good."""

    registration: int = 0
    first_aid_certificate: int = 0
    course_certificate: int = 0
    audit: int = 0
    letter_of_good_standing: int = 0
    return_sheet: int = 0
    other: int = 0
    set_aside: int = 0
    """Files that no reader opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office of the partner; the nearest is chosen by the first letters of the postal code."""

    name: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    postal_codes: tuple[str, ...] = ()
    """Beginnings of the postal codes it serves; the longest that fits wins, none serves the rest."""
    advisor: str = ""
    advisor_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """A fee that the program charges, and since when."""

    since: date
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What the partner of one program puts on its paper."""

    partner: str = ""
    short: str = ""
    signatory: str = ""
    signatory_title: str = ""
    email: str = ""
    website: str = ""
    logo: str = ""
    """A picture in `templates/letters/`; empty for the name in type."""
    offices: tuple[Office, ...] = ()
    fees: tuple[Fee, ...] = ()
    rulebook: Path = Path()
    """A rulebook of the office's own instead of the built-in one; taken from where `secor.toml` lies."""
    edition: str = ""
    """Which built-in rulebook, where a program has several; empty for the program page's."""

    def office_for(self, postal_code: str) -> Office:
        """The office nearest to a postal code."""
        fits = [
            (len(p), -i)
            for i, o in enumerate(self.offices)
            for p in (o.postal_codes or ("",))
            if postal_code.startswith(p)
        ]
        return self.offices[-max(fits)[1]] if fits else (self.offices or (Office(),))[0]

    def fee_on(self, day: date) -> str:
        """What the acknowledgement says of fees on a day; empty where nothing is set."""
        return next((f.says for f in sorted(self.fees, key=lambda f: f.since, reverse=True) if f.since <= day), "")


SCSA = Program(
    partner="Saskatchewan Construction Safety Association",
    short="SCSA",
    signatory="Program Services",
    signatory_title="SECOR Program",
    website="scsaonline.ca",
    offices=(
        Office(
            name="Regina office",
            address=("498 HENDERSON DR", "REGINA SK  S4N 6E3"),
            postal_codes=("S4", "S0"),
            advisor="your Safety Advisor",
        ),
        Office(
            name="Saskatoon office",
            address=("2606 KOYL AVE", "SASKATOON SK"),
            postal_codes=("S7", "S"),
            advisor="your Safety Advisor",
        ),
    ),
    fees=(Fee(since=date(2024, 1, 1), says="The program fee is $0 for SCSA members and $250 for others."),),
)
CSAM = Program(
    partner="Construction Safety Association of Manitoba",
    short="CSAM",
    signatory="Program Manager",
    signatory_title="COR and SECOR Program",
    website="constructionsafety.ca",
    offices=(Office(name="Winnipeg office", address=("WINNIPEG MB",), advisor="your Safety Advisor"),),
)
OTHERS = {
    "mhca-secor": Program(partner="Manitoba Heavy Construction Association", short="MHCA", website="mhcaworksafely.ca"),
    "acsa-secor": Program(partner="Alberta Construction Safety Association", short="ACSA", website="youracsa.ca"),
    "aasp-secor": Program(partner="AASP", short="AASP", website="aasp.ca"),
    "esc-secor": Program(partner="Energy Safety Canada", short="ESC", website="energysafetycanada.com"),
    "bccsa-small-cor": Program(partner="BC Construction Safety Alliance", short="BCCSA", website="bccsa.ca"),
    "nsny-secor": Program(partner="Northern Safety Network Yukon", short="NSNY", website="yukonsafety.com"),
}
"""Programs with a built-in rulebook that an office takes part in once it names them under [programs]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an office can set."""

    paths: Paths = field(default_factory=Paths)
    watch: Watch = field(default_factory=Watch)
    work: Work = field(default_factory=Work)
    answers: Answers = field(default_factory=Answers)
    retention: Retention = field(default_factory=Retention)
    programs: dict[str, Program] = field(default_factory=lambda: {"scsa-secor": SCSA, "csam-secor": CSAM})

    def program(self, name: str) -> Program:
        """The partner's paper of a program; a bare one where nothing is set."""
        return self.programs.get(name, Program())


def load(text: str, home: Path) -> Settings:
    """The settings in a `secor.toml`, its relative folders taken from `home`. Raises `SetupBroken`."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise SetupBroken(f"secor.toml is not valid TOML: {wrong}.", do="Mend the line named above.") from wrong
    programs = table.pop("programs", {})
    settings: Settings = _merged(Settings(), table, "secor.toml")
    known = dict(settings.programs)
    for name, values in _table(programs, "programs").items():
        program: Program = _merged(known.get(name, OTHERS.get(name, Program())), values, f"programs.{name}")
        own = program.rulebook
        known[name] = program if own == Path() else replace(program, rulebook=home / own)
    paths = settings.paths
    rooted = {f.name: home / getattr(paths, f.name) for f in fields(paths) if getattr(paths, f.name) != Path()}
    return replace(settings, programs=known, paths=replace(paths, **rooted))


def _merged(base: Any, values: Any, where: str) -> Any:  # noqa: ANN401 - TOML comes in here, typed values go out
    values = _table(values, where)
    hints = get_type_hints(type(base))
    unknown = sorted(set(values) - set(hints))
    if unknown:
        raise SetupBroken(f"{where} has no setting “{unknown[0]}”.", do=f"Known are: {', '.join(sorted(hints))}.")
    return replace(base, **{k: _value(getattr(base, k), v, f"{where}.{k}") for k, v in values.items()})


def _table(values: Any, where: str) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(values, dict):
        raise SetupBroken(f"{where} must be a table.", do="See docs/operators.md for the settings.")
    return values


def _value(old: Any, new: Any, where: str) -> Any:  # noqa: ANN401
    if is_dataclass(old):
        return _merged(old, new, where)
    if isinstance(old, tuple):
        return _many(old, new, where)
    if isinstance(old, Path) and isinstance(new, str):
        return Path(new)
    if isinstance(old, float) and type(new) is int:
        return float(new)
    if type(old) is not type(new):
        raise SetupBroken(f"{where} must be {_called(old)}.", do="See docs/operators.md for the settings.")
    return new


def _many(old: tuple[object, ...], new: Any, where: str) -> Any:  # noqa: ANN401
    if not isinstance(new, list):
        raise SetupBroken(f"{where} must be a list.", do="See docs/operators.md for the settings.")
    if old and all(type(one) is int for one in old):
        if not all(type(one) is int and one >= 0 for one in new):
            raise SetupBroken(f"{where} must be a list of whole numbers.", do="Write it as [90, 60, 30, 7].")
        return tuple(new)
    one = {"offices": Office(), "fees": Fee(since=date.min, says="")}.get(where.rpartition(".")[2])
    return tuple(_merged(one, n, f"{where}[{i}]") if one else str(n) for i, n in enumerate(new, start=1))


_CALLED = {str: "text", bool: "true or false", int: "a whole number", float: "a number", Path: "a path", date: "a day"}


def _called(old: object) -> str:
    # isinstance, not the type itself: a path is of a kind of its own on each system; a truth is a whole number as well
    return next(called for kind, called in _CALLED.items() if isinstance(old, kind))
