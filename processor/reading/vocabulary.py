"""The words of the trade, from a TOML table: who issues, which courses and levels there are, how papers say it.

The table is the rulebook's (`processor/rulebook/vocabulary.toml`); it is handed in as text. Which courses a
program accepts stands in the program's own rulebook, not here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from processor.errors import SetupBroken
from processor.findings import CODES
from processor.reading.phrases import Lexicon, fold, lexicon, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")


class Issuer(NamedTuple):
    """Somebody who issues certificates. The name is the value of a reading `issuer`."""

    name: str
    aliases: tuple[str, ...]


class Course(NamedTuple):
    """A course. Its id is the value of a reading `course`; `first_aid` says on which kind of document."""

    id: str
    title: str
    first_aid: bool
    years: int | None
    """How long a certificate holds that prints no expiry; None: it does not expire by itself."""
    aliases: tuple[str, ...]


class Level(NamedTuple):
    """A level of first aid (`basic`, `intermediate`, `advanced`) or of CPR (`A`, `B`, `C`, `BLS`)."""

    id: str
    years: int
    aliases: tuple[str, ...]


class Refusal(NamedTuple):
    """A kind of paper that looks like a certificate and is none: the finding's code, and how such papers say it."""

    code: str
    first_aid_only: bool
    unless_completed: bool
    """Counts only where the paper does not also say that the course was completed."""
    aliases: tuple[str, ...]


class Label(NamedTuple):
    """What a label asks for (`holder`, `signer`, `number`, ...); a label of rank 0 wins over one of rank 1."""

    role: str
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a person's name may and may not hold; every word folded."""

    never: frozenset[str]
    seldom: frozenset[str]
    """Towns and months: not all that a name has, unless a label says so."""
    particles: frozenset[str]
    titles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodStanding:
    """The words of a workers' compensation board's letter (domain.md 0, trap 6)."""

    titles: Lexicon[str]
    boards: Lexicon[str]
    association: Lexicon[str]
    """Words that show that the paper is the association's own."""
    statuses: Lexicon[str]
    labels: Lexicon[Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything that cards are read by."""

    version: str
    issuers: tuple[Issuer, ...]
    courses: tuple[Course, ...]
    levels: tuple[Level, ...]
    cpr_levels: tuple[Level, ...]
    refusals: tuple[Refusal, ...]
    issuer_words: Lexicon[Issuer]
    course_words: Lexicon[Course]
    level_words: Lexicon[Level]
    cpr_words: Lexicon[Level]
    refusal_words: Lexicon[Refusal]
    phrases: Mapping[str, Lexicon[str]]
    labels: Lexicon[Label]
    date_words: Lexicon[Label]
    """What can stand right before a date in running text."""
    papers: Mapping[str, Lexicon[str]]
    names: Names
    good_standing: GoodStanding

    def course(self, of: str) -> Course | None:
        """The course with that id."""
        return next((course for course in self.courses if course.id == of), None)


PHRASES = ("to", "done", "not_done", "course_follows", "dated", "expires", "lasts", "never_expires", "hedges",
           "refusal_hedges", "skills")  # fmt: skip
ROLES = ("holder", "given", "surname", "nom", "signer", "number", "issued", "expiry", "course", "issuer", "other",
         "other_date", "position")  # fmt: skip


def load(text: str) -> Vocabulary:
    """The vocabulary in this TOML.

    Raises:
        SetupBroken: it is no TOML, a table is missing or malformed, or a word has two meanings.
    """
    try:
        top = _Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise _broken(f"it is not TOML ({error})") from error
    issuers = tuple(Issuer(t.text("name"), t.texts("aliases")) for t in top.tables("issuers"))
    courses = tuple(_course(t) for t in top.tables("courses"))
    levels = tuple(_level(t) for t in top.tables("levels"))
    cpr_levels = tuple(_level(t) for t in top.tables("cpr_levels"))
    refusals = tuple(_refusal(t) for t in top.tables("refusals"))
    phrases, papers = top.table("phrases"), top.table("papers")
    return Vocabulary(
        version=top.text("version"),
        issuers=issuers,
        courses=courses,
        levels=levels,
        cpr_levels=cpr_levels,
        refusals=refusals,
        issuer_words=_words("issuers", ((alias, i) for i in issuers for alias in i.aliases)),
        course_words=_words("courses", ((alias, c) for c in courses for alias in c.aliases)),
        level_words=_words("levels", ((alias, v) for v in levels for alias in v.aliases)),
        cpr_words=_words("cpr_levels", ((alias, v) for v in cpr_levels for alias in v.aliases)),
        refusal_words=_words("refusals", ((alias, r) for r in refusals for alias in r.aliases)),
        phrases={key: phrases.lexicon(key) for key in PHRASES},
        labels=_labels(top.table("labels"), ROLES),
        date_words=lexicon(_before_dates(top)),
        papers={key: papers.lexicon(key) for key in ("certificate", "other")},
        names=_names(top.table("names")),
        good_standing=_good_standing(top.table("good_standing")),
    )


def _course(table: _Table) -> Course:
    kind = table.text("kind")
    if kind not in ("course", "first-aid"):
        raise _broken(f"{table.place}: kind “{kind}” is neither course nor first-aid")
    years = table.years() if "years" in table.entries else None
    return Course(table.text("id"), table.text("title"), kind == "first-aid", years, table.texts("aliases"))


def _level(table: _Table) -> Level:
    return Level(table.text("id"), table.years(), table.texts("aliases"))


def _refusal(table: _Table) -> Refusal:
    code = table.text("code")
    if code not in CODES:
        raise _broken(f"{table.place}: there is no finding “{code}”")
    first_aid_only, unless_completed = (table.flag(key) for key in ("first_aid_only", "unless_completed"))
    return Refusal(code, first_aid_only, unless_completed, table.texts("aliases"))


def _names(table: _Table) -> Names:
    return Names(
        never=table.folded("never"),
        seldom=table.folded("seldom"),
        particles=table.folded("particles"),
        titles=table.folded("titles"),
    )


def _good_standing(table: _Table) -> GoodStanding:
    statuses = [(alias, t.text("id")) for t in table.tables("statuses") for alias in t.texts("aliases")]
    return GoodStanding(
        titles=table.lexicon("titles"),
        boards=table.lexicon("boards"),
        association=table.lexicon("association"),
        statuses=_words("statuses", statuses),
        labels=_labels(table, ("name", "number", "status", "issued", "expiry")),
    )


def _labels(table: _Table, roles: Iterable[str]) -> Lexicon[Label]:
    """A role is a list of labels, or a list of such lists of which the earlier win."""
    pairs = [
        (alias, Label(role, rank))
        for role in roles
        for rank, aliases in enumerate(table.ranks(role))
        for alias in aliases
    ]
    return _words(table.place, pairs)


def _before_dates(top: _Table) -> list[tuple[str, Label]]:
    """Labels of dates first, then the small words of running text (`on`, `this`, `le`)."""
    labels, phrases = top.table("labels"), top.table("phrases")
    pairs = [
        (alias, Label(role, rank))
        for role in ("issued", "expiry", "other_date")
        for rank, aliases in enumerate(labels.ranks(role))
        for alias in aliases
    ]
    pairs += [(alias, Label("expiry", 0)) for alias in phrases.texts("expires")]
    return pairs + [(alias, Label("issued", 2)) for alias in phrases.texts("dated")]


def _words(place: str, pairs: Iterable[tuple[str, T]]) -> Lexicon[T]:
    """A lexicon in which no phrase has two meanings."""
    meanings: dict[str, T] = {}
    for alias, what in pairs:
        folded = _folded(alias)
        if not folded:
            raise _broken(f"{place}: the alias “{alias}” has no letters")
        if meanings.setdefault(folded, what) != what:
            raise _broken(f"{place}: “{alias}” has two meanings")
    return lexicon(meanings.items())


def _folded(alias: str) -> str:
    return " ".join(token.text for token in tokens(alias))


class _Table:
    """A table of the file, and where it stands, so that what is wrong can be named."""

    def __init__(self, entries: dict[str, Any], place: str) -> None:
        self.entries = entries
        self.place = place

    def text(self, key: str) -> str:
        value = self.entries.get(key)
        if not isinstance(value, str) or not value.strip():
            raise _broken(f"{self._at(key)} is not a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return self._listed(self.entries.get(key), key)

    def flag(self, key: str) -> bool:
        value = self.entries.get(key, False)
        if not isinstance(value, bool):
            raise _broken(f"{self._at(key)} is neither true nor false")
        return value

    def folded(self, key: str) -> frozenset[str]:
        return frozenset(fold(word) for word in self.texts(key))

    def ranks(self, key: str) -> tuple[tuple[str, ...], ...]:
        value = self.entries.get(key)
        if isinstance(value, list) and value and all(isinstance(rank, list) for rank in value):
            return tuple(self._listed(rank, key) for rank in value)
        return (self._listed(value, key),)

    def _listed(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            raise _broken(f"{self._at(key)} is not a list of texts")
        return tuple(value)

    def years(self) -> int:
        value = self.entries.get("years")
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 99:
            raise _broken(f"{self._at('years')} is not a number of years")
        return value

    def table(self, key: str) -> _Table:
        value = self.entries.get(key)
        if not isinstance(value, dict):
            raise _broken(f"[{self._at(key)}] is missing")
        return _Table(value, self._at(key))

    def tables(self, key: str) -> list[_Table]:
        value = self.entries.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            raise _broken(f"[[{self._at(key)}]] is missing")
        return [_Table(item, f"{self._at(key)}[{n}]") for n, item in enumerate(value, start=1)]

    def lexicon(self, key: str) -> Lexicon[str]:
        return _words(self._at(key), ((alias, _folded(alias)) for alias in self.texts(key)))

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def _broken(what: str) -> SetupBroken:
    return SetupBroken(f"The vocabulary cannot be used: {what}.", do="Correct processor/rulebook/vocabulary.toml.")
