"""What travels with the program: templates, rulebooks, vocabulary; and how an office is made and opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from processor.errors import SetupBroken, Wrong
from processor.reading import certainty, vocabulary
from processor.rulebook import book
from processor.settings import Settings, load

if TYPE_CHECKING:
    from processor.reading.certainty import Calibration
    from processor.reading.vocabulary import Vocabulary
    from processor.rulebook.book import Rulebook
    from processor.settings import Program

PACKAGE = Path(__file__).parents[1]
SETTINGS = "secor.toml"
_CERTAINTY = "certainty.toml"
_COMMON = "common.toml"
_NO_RULEBOOKS = frozenset({_COMMON, "vocabulary.toml"})


def templates_folder() -> Path:
    """The built-in templates: in the wheel inside the package, in a checkout beside it."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def template_folders(settings: Settings) -> tuple[Path, ...]:
    """The built-in templates, then the office's own."""
    own = settings.paths.templates
    return (templates_folder(),) if own == Path() else (templates_folder(), own)


def read_vocabulary() -> Vocabulary:
    """Issuers, courses and levels, as the house knows them."""
    return vocabulary.load((PACKAGE / "rulebook" / "vocabulary.toml").read_text("utf-8"))


def read_calibration(folders: tuple[Path, ...]) -> Calibration:
    """How certain recognised texts are: the office's own certainty.toml where it has one, else the built-in one.

    Raises `SetupBroken` when it cannot be used.
    """
    own = [folder / _CERTAINTY for folder in reversed(folders) if (folder / _CERTAINTY).is_file()]
    return certainty.load((own or [PACKAGE / "reading" / _CERTAINTY])[0].read_text("utf-8"))


def read_rulebooks(settings: Settings) -> dict[str, Rulebook]:
    """The rulebook of each program: the office's own where it set one, else the built-in one."""
    return {name: _rulebook(name, settings) for name in settings.programs}


def built_in_rulebooks() -> dict[str, Path]:
    """The rulebooks that travel with the program, by the program's name."""
    found = sorted((PACKAGE / "rulebook").glob("*.toml"))
    return {path.stem: path for path in found if path.name not in _NO_RULEBOOKS}


def read_rulebook(path: Path) -> Rulebook:
    """A rulebook in a file, with what it leaves out from the common one.

    Raises `SetupBroken`, which names what is wrong with it.
    """
    common = (PACKAGE / "rulebook" / _COMMON).read_text("utf-8")
    try:
        return book.load(path.read_text("utf-8"), common)
    except OSError as error:
        raise SetupBroken(f"There is no rulebook {path}.", do="Name one under [programs] in secor.toml.") from error


def _rulebook(name: str, settings: Settings) -> Rulebook:
    program = settings.program(name)
    built_in = PACKAGE / "rulebook" / f"{rulebook_name(name, program)}.toml"
    return read_rulebook(built_in if program.rulebook == Path() else program.rulebook)


def rulebook_name(name: str, program: Program) -> str:
    """What the rulebook of a program is called: by the program and, where the office chose one, the edition."""
    return f"{name}-{program.edition}" if program.edition and program.rulebook == Path() else name


def read_settings(home: Path) -> Settings:
    """The settings of the office in that folder. Raises `Wrong` when there is no office."""
    path = home / SETTINGS
    try:
        return load(path.read_text("utf-8"), home.resolve())
    except FileNotFoundError as error:
        raise Wrong(
            f"There is no office in {home}: it has no {SETTINGS}.",
            do="Make one with `secor init`, or name it: --office.",
        ) from error


FIRST_SETTINGS = """\
# An office of SECOR Processor. Every line may be left out; docs/operators.md explains each.

[paths]
inbox = "inbox"
outbox = "outbox"
state = "state"         # never on a network share
templates = "templates" # forms of your own: secor forms add BLANK.pdf

[answers]
days_to_reply = 30

# What stands on the paper of each program. The built-in names are those of the program pages.
# [programs.csam-secor]
# signatory = "…"
# signatory_title = "Program Manager"
# offices = [{ name = "Winnipeg office", address = ["…"], phone = "…", postal_codes = ["R"], advisor = "…" }]
"""


def make_office(home: Path) -> Settings:
    """Make an office in a folder: its settings and its empty rooms. One that is there already is left as it is."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / SETTINGS
    if not path.exists():
        path.write_text(FIRST_SETTINGS, "utf-8")
    return read_settings(home)
