"""The forms of an office: found in its template folders, their blanks opened, each made into a `Form`.

Opens blanks, which an office may have got from anywhere: call it in a limited child (`workers`) only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processor import pages
from processor.errors import SetupBroken, UnreadablePaper
from processor.forms.check import check_form
from processor.forms.draft import draft_toml
from processor.forms.load import load_form

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from processor.forms.form import Form
    from processor.model import Page

MAX_PAGES = 100


class Folder(NamedTuple):
    """One form on disk."""

    name: str
    path: Path

    @property
    def blank(self) -> Path:
        """The fillable PDF."""
        return self.path / "blank.pdf"

    def text(self, name: str) -> str | None:
        """A file beside the blank; None where there is none."""
        file = self.path / name
        return file.read_text("utf-8") if file.is_file() else None


def folders(templates: Iterable[Path]) -> tuple[Folder, ...]:
    """The forms in `forms/` of each template folder, by name; a later folder's form replaces one of the same name."""
    found: dict[str, Folder] = {}
    for root in templates:
        for file in sorted((root / "forms").glob("*/form.toml")):
            found[file.parent.name] = Folder(file.parent.name, file.parent)
    return tuple(found.values())


def load_all(templates: Iterable[Path]) -> tuple[Form, ...]:
    """Every form. Raises `SetupBroken` for the first that cannot be used."""
    return tuple(load(folder) for folder in folders(templates))


def load(folder: Folder) -> Form:
    """One form. Raises `SetupBroken`."""
    form = load_form(folder.text("form.toml") or "", opened(folder), folder.text("sections.toml"))
    if form.name != folder.name:
        raise SetupBroken(f"The form in {folder.path} calls itself {form.name}.", do="Give folder and form one name.")
    return form


class Checked(NamedTuple):
    """A form as its check finds it."""

    folder: Folder
    form: Form | None
    """None when it cannot be used."""
    missing: tuple[str, ...]
    """What is to be put right, a sentence each."""


def check_all(templates: Iterable[Path]) -> tuple[Checked, ...]:
    """Every form, usable or not, with what is missing."""
    return tuple(check(folder) for folder in folders(templates))


def check(folder: Folder) -> Checked:
    """One form, usable or not, with what is missing."""
    missing: tuple[str, ...] = ()
    try:
        missing = check_form(folder.text("form.toml") or "", opened(folder), folder.text("sections.toml"))
        return Checked(folder, load(folder), missing)
    except SetupBroken as broken:
        return Checked(folder, None, missing or (str(broken),))


def draft(name: str, blank: bytes) -> str:
    """A first `form.toml` for a blank. Raises `UnreadablePaper`."""
    with pages.open(blank, max_pages=MAX_PAGES) as paper:
        return draft_toml(name, paper.paper.pages)


def opened(folder: Folder) -> tuple[Page, ...]:
    """The pages of its blank. Raises `SetupBroken` when there is none, or no reader opens it."""
    try:
        with pages.open(folder.blank.read_bytes(), max_pages=MAX_PAGES) as paper:
            return paper.paper.pages
    except FileNotFoundError as error:
        raise SetupBroken(f"The form {folder.name} has no blank.pdf.", do="Build it: `secor forms build`.") from error
    except UnreadablePaper as error:
        raise SetupBroken(f"The blank of {folder.name} cannot be opened: {error.what}", do=error.do) from error
