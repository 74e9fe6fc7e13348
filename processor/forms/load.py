"""A form from its declaration (`form.toml`), its opened blank and, for an audit, its sections."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from processor.errors import SetupBroken
from processor.forms.faults import Faults, close
from processor.forms.form import Field, FieldKind, Form, Section, Table
from processor.forms.readings import FIELDS, TABLES, names
from processor.forms.sections import load_sections
from processor.forms.spots import Blank
from processor.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from processor.model import Page

_KEYS = (
    "form",
    "title",
    "version",
    "issued",
    "kind",
    "program",
    "coded",
    "pages",
    "print",
    "unread",
    "fields",
    "tables",
)
"""`issued` and `print` are for the one who draws the blank; `unread` names boxes that no reading needs."""
_FIELD_KEYS = ("kind", "widget", "required", "choices", "boxes", "constant")
_NUMBERS = frozenset({FieldKind.COUNT, FieldKind.POINTS})


def load_form(toml: str, pages: Sequence[Page], data: str | None = None) -> Form:
    """Make a form.

    Args:
        toml: the text of its `form.toml`.
        pages: its blank, as `pages.open` gives it.
        data: the text of its `sections.toml`, for an audit.

    Raises:
        SetupBroken: the declaration and the blank do not fit; names the form, the field and the remedy.
    """
    loading = Loading(toml, pages, data)
    form = loading.form()
    if loading.faults:
        first, more = loading.faults[0], len(loading.faults) - 1
        rest = f" `secor forms check` lists {more} more." if more else ""
        raise SetupBroken(f"Form {form.name}, {first.where or 'form.toml'}: {first.what}", do=first.do + rest)
    return form


class Loading:
    """One declaration as it is looked through; what is wrong gathers in `faults`."""

    def __init__(self, toml: str, pages: Sequence[Page], data: str | None) -> None:
        try:
            self.spec = tomllib.loads(toml)
        except tomllib.TOMLDecodeError as error:
            raise SetupBroken(f"A form.toml is no TOML: {error}.", do="Correct that line.") from error
        self.pages = pages
        self.faults = Faults()
        self.blank = Blank(pages)
        self.version, self.sections = load_sections(data) if data is not None else ("", ())

    def form(self) -> Form:
        """The form, as far as it can be made."""
        faults, spec = self.faults, self.spec
        faults.only("", spec, _KEYS)
        name, version = faults.text("", spec, "form"), faults.text("", spec, "version")
        for key in ("form", "title", "version"):
            if not spec.get(key):
                faults.add("", f"“{key}” is missing.", f'Write {key} = "…" at the top.')
        kind = self._kind()
        return Form(
            name=name,
            title=faults.text("", spec, "title"),
            version=version,
            kind=kind,
            program=faults.text("", spec, "program"),
            pages=tuple((page.width, page.height) for page in self.pages),
            codes=self._codes(name, version),
            words=self._words(),
            printed=tuple(page.words for page in self.pages),
            fields=tuple(self._fields(kind)),
            tables=tuple(self._tables(kind)),
            sections=self.sections,
        )

    def _kind(self) -> Kind:
        said = self.faults.text("", self.spec, "kind")
        if said in set(Kind):
            return Kind(said)
        self.faults.add("", f"“{said}” is no kind of document.", f"Write {close(said, Kind) or ' or '.join(Kind)}.")
        return Kind.OTHER

    def _codes(self, name: str, version: str) -> tuple[str, ...]:
        """The page codes, which must stand on the blank as text."""
        if not self.faults.flag("", self.spec, "coded"):
            return ()
        codes = tuple(f"{name}/{version}/{page.number}" for page in self.pages)
        for code, page in zip(codes, self.pages, strict=True):
            if code not in {word.text for word in page.words}:
                do = "Build it again: `secor forms build`, or say coded = false."
                self.faults.add("", f"page {page.number} of the blank does not print its code {code}.", do)
        return codes

    def _words(self) -> tuple[tuple[str, ...], ...]:
        """The phrases that tell each page, which must stand on it."""
        entries = self.faults.list("", self.spec, "pages")
        if len(entries) > len(self.pages):
            self.faults.add(
                "", f"the blank has {len(self.pages)} pages.", f"Take {len(entries)} [[pages]] back to them."
            )
        phrases = [tuple(map(str, entry.get("words", ()))) for entry in entries[: len(self.pages)]]
        for page, those in zip(self.pages, phrases, strict=False):
            text = plain(" ".join(word.text for word in page.words))
            for phrase in those:
                if plain(phrase) not in text:
                    self.faults.add(
                        "", f"page {page.number} of the blank does not print “{phrase}”.", "Correct its words."
                    )
        return tuple(phrases) + ((),) * (len(self.pages) - len(phrases))

    def _fields(self, kind: Kind) -> Iterator[Field]:
        for name, entry in self.faults.table("", self.spec, "fields").items():
            where = f"field {name}"
            self._known(where, name, FIELDS.get(kind, {}), kind)
            if not isinstance(entry, dict):
                self.faults.add(where, "it is no table.", f'Write {name} = {{ kind = "text" }}.')
                continue
            default = FIELDS.get(kind, {}).get(name, FieldKind.TEXT)
            yield self._field(where, name, entry, default, {"version": self.version})

    def _tables(self, kind: Kind) -> Iterator[Table]:
        for name, entry in self.faults.table("", self.spec, "tables").items():
            where = f"table {name}"
            self._known(where, name, TABLES.get(kind, {}), kind)
            if not isinstance(entry, dict):
                self.faults.add(where, "it is no table.", f"Write [tables.{name}].")
                continue
            known = TABLES.get(kind, {}).get(name, {})
            columns = {column: spec for column, spec in entry.items() if column != "rows"}
            self.faults.only(where, columns, known or columns)
            rows = self._rows(where, entry.get("rows"))
            yield Table(name=name, rows=tuple(tuple(self._row(where, columns, known, row)) for row in rows))

    def _row(
        self, where: str, columns: Mapping[str, Any], known: Mapping[str, FieldKind], row: Mapping[str, Any]
    ) -> Iterator[Field]:
        for column, entry in columns.items():
            here = f"{where}, column {column}"
            if isinstance(entry, dict):
                yield self._field(here, column, entry, known.get(column, FieldKind.TEXT), row)
            elif row["row"] == 1:
                self.faults.add(here, "it is no table.", f'Write {column} = {{ widget = "{column}_{{row}}" }}.')

    def _rows(self, where: str, said: object) -> list[dict[str, Any]]:
        """What the patterns of each row may name."""
        if type(said) is int and 0 < said <= 1000:
            return [{"row": n} for n in range(1, said + 1)]
        if said == "sections" and self.sections:
            return [_of_section(row, s) for row, s in enumerate(self.sections, start=1)]
        if said == "items" and self.sections:
            items = [item for s in self.sections for item in s.items]
            return [{"row": row, "number": i.number, "points": i.points} for row, i in enumerate(items, start=1)]
        do = 'Write rows = 10, or rows = "sections" or "items" where a sections.toml stands beside the form.'
        self.faults.add(where, f"“{said}” are no rows.", do)
        return []

    def _field(
        self, where: str, name: str, entry: Mapping[str, Any], default: FieldKind, row: Mapping[str, Any]
    ) -> Field:
        if row.get("row", 1) == 1:
            self.faults.only(where, entry, _FIELD_KEYS)
        kind = self._field_kind(where, entry, default)
        required = self.faults.flag(where, entry, "required")
        if "constant" in entry:
            return Field(name=name, kind=kind, constant=self._constant(where, entry, kind, row), required=required)
        widget = self._filled(where, self.faults.text(where, entry, "widget", name), _named(row))
        spots = self.blank.spots(where, kind, widget, entry, self.faults)
        return Field(name=name, kind=kind, spots=spots, required=required)

    def _field_kind(self, where: str, entry: Mapping[str, Any], default: FieldKind) -> FieldKind:
        said = self.faults.text(where, entry, "kind", str(default))
        if said in set(FieldKind):
            return FieldKind(said)
        self.faults.add(where, f"“{said}” is no kind of field.", f"Write {close(said, FieldKind) or 'text'}.")
        return default

    def _constant(self, where: str, entry: Mapping[str, Any], kind: FieldKind, row: Mapping[str, Any]) -> str | int:
        text = self._filled(where, self.faults.text(where, entry, "constant"), row)
        if kind not in _NUMBERS:
            return text
        if text.isdecimal():
            return int(text)
        self.faults.add(where, f"“{text}” is no number.", "Correct its constant.")
        return 0

    def _filled(self, where: str, pattern: str, row: Mapping[str, Any]) -> str:
        """A pattern such as `worker_{row}_name` with the row's values in it."""
        for key, value in row.items():
            pattern = pattern.replace(f"{{{key}}}", str(value))
        if "{" in pattern and str(row.get("row", 1)) == "1":
            can = " or ".join(f"{{{key}}}" for key in row)
            self.faults.add(
                where, f"nothing fills the braces of “{pattern}”.", f"Use {can}." if can else "Take them out."
            )
        return pattern

    def _known(self, where: str, name: str, known: Mapping[str, object], kind: Kind) -> None:
        """The names of readings are fixed, whatever the form."""
        if name in known or kind is Kind.OTHER:
            return
        near = close(name, names(kind)) or "one of " + ", ".join(known)
        self.faults.add(where, f"a {kind} has no such reading.", f"Write {near}.")


def plain(text: str) -> str:
    """Words for comparing: small letters, one blank between them."""
    return " ".join(text.casefold().split())


def _of_section(row: int, section: Section) -> dict[str, Any]:
    return {"row": row, "number": section.number, "name": section.name, "points": section.points}


def _named(row: Mapping[str, Any]) -> dict[str, str]:
    """The row's values as they stand in the names of widgets: `2.1` is `2_1`."""
    return {key: str(value).replace(".", "_") for key, value in row.items()}
