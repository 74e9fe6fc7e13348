"""A rulebook from its TOML: nothing unknown, nothing missing, no value without a day and a reference."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from processor.errors import SetupBroken
from processor.findings import CODES
from processor.rulebook.common import filled
from processor.rulebook.edition import ASKED, Dated, Edition, Effect, Requirement, Rulebook, Words
from processor.rulebook.rules import RULES
from processor.rulebook.shapes import FLAG
from processor.rulebook.terms import REBATE, TERMS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from processor.rulebook.shapes import Rule, Shape

__all__ = ["Edition", "Rulebook", "load"]

TOP = frozenset({"program", "title", "version", "standing", "rebate", "findings", "words", "requirement"})
PARTS = frozenset({"title", "rule", "asks", "values", "words"})
ENTRY = frozenset({"since", "value", "reference", "assumed"})
SAYS = ("looked_for", "found", "why", "to_do")
OF_FINDINGS = frozenset({"says", "field"})
"""What the words of a finding may use."""
ALWAYS = frozenset({"unreadable", "future-date"})
"""Words that every rulebook has, whatever its findings do."""


def load(text: str, common: str = "") -> Rulebook:
    """The rulebook in this TOML.

    Args:
        text: the rulebook.
        common: the text of `common.toml`, from which the rulebook takes what it leaves out; empty for none.

    Raises:
        SetupBroken: it is no TOML, or something in it is unknown, missing or of the wrong kind; the message names it.
    """
    name = "the rulebook"
    try:
        top = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SetupBroken(f"A rulebook is not valid TOML: {error}.", do="Mend the line that is named.") from error
    if isinstance(top.get("program"), str):
        name = f"{top['program']}.toml"
    return _Loader(name).rulebook(filled(top, common) if common else top)


@dataclass(frozen=True, slots=True)
class _Loader:
    """Reads one file, and names it in what it says."""

    file: str

    def rulebook(self, top: dict[str, Any]) -> Rulebook:
        self.known(top, TOP, "")
        effects = self.effects(self.table(top, "findings", ""))
        return Rulebook(
            program=self.text(top, "program", ""),
            title=self.text(top, "title", ""),
            version=self.text(top, "version", ""),
            requirements=tuple(
                self.requirement(id_, self.table(self.table(top, "requirement", ""), id_, "requirement"))
                for id_ in self.table(top, "requirement", "")
            ),
            standing=MappingProxyType(self.terms(top, "standing", TERMS)),
            rebate=MappingProxyType(self.terms(top, "rebate", REBATE) if "rebate" in top else {}),
            effects=MappingProxyType(effects),
            words=MappingProxyType(self.words_of_findings(self.table(top, "words", ""), effects)),
        )

    def effects(self, table: dict[str, Any]) -> dict[str, Effect]:
        self.known(table, CODES, "findings")
        kinds = [effect.value for effect in Effect]
        for code, effect in table.items():
            if effect not in kinds:
                raise self.broken(f"findings.{code} is {effect!r}", f"Write one of {', '.join(kinds)}.")
        return {code: Effect(effect) for code, effect in table.items()}

    def words_of_findings(self, table: dict[str, Any], effects: Mapping[str, Effect]) -> dict[str, Words]:
        needed = {code for code, effect in effects.items() if effect is Effect.FAILS} | ALWAYS
        self.known(table, {*CODES, *ALWAYS}, "words")
        self.complete(table, needed, "words")
        return {code: self.words(self.table(table, code, "words"), f"words.{code}", OF_FINDINGS) for code in table}

    # ------------------------------------------------------------ a requirement

    def requirement(self, id_: str, table: dict[str, Any]) -> Requirement:
        at = f"requirement.{id_}"
        self.known(table, PARTS, at)
        name = self.text(table, "rule", at)
        if name not in RULES:
            raise self.broken(f"{at}.rule is “{name}”", f"Known are: {', '.join(sorted(RULES))}.")
        rule = RULES[name]
        return Requirement(
            id=id_,
            title=self.text(table, "title", at),
            rule=name,
            asks=self.text(table, "asks", at),
            history=MappingProxyType(self.history(self.table(table, "values", at), rule, f"{at}.values")),
            words=MappingProxyType(self.words_of_rule(self.table(table, "words", at), rule, f"{at}.words")),
        )

    def history(self, table: dict[str, Any], rule: Rule, at: str) -> dict[str, tuple[Dated, ...]]:
        found = self.dated(table, {ASKED: FLAG, **rule.values}, at)
        self.from_the_first(found, found[ASKED][0].since, at)
        return found

    def terms(self, top: dict[str, Any], key: str, shapes: Mapping[str, Shape]) -> dict[str, tuple[Dated, ...]]:
        found = self.dated(self.table(top, key, ""), shapes, key)
        self.from_the_first(found, date.min, key)
        return found

    def dated(self, table: dict[str, Any], shapes: Mapping[str, Shape], at: str) -> dict[str, tuple[Dated, ...]]:
        self.known(table, shapes, at)
        self.complete(table, shapes, at)
        return {name: self.entries(table[name], shape, f"{at}.{name}") for name, shape in shapes.items()}

    def from_the_first(self, found: Mapping[str, tuple[Dated, ...]], first: date, at: str) -> None:
        for name, entries in found.items():
            if entries[0].since > first:
                do = f"Say what held from {first.isoformat()}, when it was first asked."
                raise self.broken(f"{at}.{name} has no value before {entries[0].since.isoformat()}", do)

    def entries(self, many: object, shape: Shape, at: str) -> tuple[Dated, ...]:
        if not isinstance(many, list) or not many or not all(isinstance(one, dict) for one in many):
            raise self.broken(f"{at} is no list of dated values", f"Write it as [[{at}]] with since, value, reference.")
        entries = tuple(self.entry(one, shape, f"{at}[{i}]") for i, one in enumerate(many, start=1))
        days = [entry.since for entry in entries]
        if sorted(set(days)) != days:
            raise self.broken(f"{at} is not in the order of its days", "Put the earlier first, and no day twice.")
        return entries

    def entry(self, one: dict[str, Any], shape: Shape, at: str) -> Dated:
        self.known(one, ENTRY, at)
        self.complete(one, ENTRY - {"assumed"}, at)
        if type(one["since"]) is not date:
            raise self.broken(f"{at}.since is no day", "Write it as 2026-11-24, without quotation marks.")
        if not shape.fits(one["value"]):
            raise self.broken(f"{at}.value is not right", f"It must be {shape.says}.")
        if not FLAG.fits(one.get("assumed", False)):
            raise self.broken(f"{at}.assumed is not right", "It must be true or false.")
        reference = self.text(one, "reference", at)
        return Dated(
            since=one["since"], value=_frozen(one["value"]), reference=reference, assumed=one.get("assumed", False)
        )

    # ------------------------------------------------------------ words

    def words_of_rule(self, table: dict[str, Any], rule: Rule, at: str) -> dict[str, Words]:
        self.known(table, rule.words, at)
        self.complete(table, rule.words, at)
        return {kind: self.words(self.table(table, kind, at), f"{at}.{kind}", names) for kind, names in
                rule.words.items()}  # fmt: skip

    def words(self, table: dict[str, Any], at: str, names: Collection[str]) -> Words:
        self.known(table, SAYS, at)
        for key in SAYS:
            self.check_names(self.text(table, key, at), f"{at}.{key}", names)
        return Words(**table)

    def check_names(self, text: str, at: str, names: Collection[str]) -> None:
        try:
            used = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError as error:
            raise self.broken(f"{at} has a brace too many", "Write { and } only around a name.") from error
        for name in sorted(used - set(names)):
            may = ", ".join(f"{{{n}}}" for n in sorted(names)) or "no names"
            raise self.broken(f"{at} uses {{{name}}}", f"It may use {may}.")

    # ------------------------------------------------------------ tables and keys

    def table(self, table: dict[str, Any], key: str, at: str) -> dict[str, Any]:
        value = table.get(key)
        if not isinstance(value, dict) or not value:
            raise self.broken(f"the table [{_at(at, key)}] is missing", "Add it.")
        return value

    def text(self, table: dict[str, Any], key: str, at: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.broken(f"{_at(at, key)} is no text", "Write some text in quotation marks.")
        return value

    def known(self, table: dict[str, Any], keys: Collection[str], at: str) -> None:
        for key in sorted(set(table) - set(keys)):
            raise self.broken(f"{_at(at, key)} is unknown", f"Known are: {', '.join(sorted(keys))}.")

    def complete(self, table: dict[str, Any], keys: Collection[str], at: str) -> None:
        for key in sorted(set(keys) - set(table)):
            raise self.broken(f"{_at(at, key)} is missing", "Add it.")

    def broken(self, what: str, do: str) -> SetupBroken:
        return SetupBroken(f"{self.file}: {what}.", do=do)


def _at(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _frozen(value: Any) -> Any:  # noqa: ANN401 - TOML comes in here; the rule's shape has been checked
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    return value
