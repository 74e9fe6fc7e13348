"""The words of the trade, from a TOML table: who issues, which courses and levels there are, how papers say it.

The table is the rulebook's (`processor/rulebook/vocabulary.toml`); it is handed in as text. Which courses a
program accepts stands in the program's own rulebook, not here.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from processor.findings import CODES
from processor.reading.phrases import Lexicon, lexicon
from processor.reading.toml_table import Table, broken, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


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
        top = Table(tomllib.loads(text), "")
    except tomllib.TOMLDecodeError as error:
        raise broken(f"it is not TOML ({error})") from error
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
        issuer_words=words_of("issuers", ((alias, i) for i in issuers for alias in i.aliases)),
        course_words=words_of("courses", ((alias, c) for c in courses for alias in c.aliases)),
        level_words=words_of("levels", ((alias, v) for v in levels for alias in v.aliases)),
        cpr_words=words_of("cpr_levels", ((alias, v) for v in cpr_levels for alias in v.aliases)),
        refusal_words=words_of("refusals", ((alias, r) for r in refusals for alias in r.aliases)),
        phrases={key: phrases.lexicon(key) for key in PHRASES},
        labels=_labels(top.table("labels"), ROLES),
        date_words=lexicon(_before_dates(top)),
        papers={key: papers.lexicon(key) for key in ("certificate", "other")},
        names=_names(top.table("names")),
        good_standing=_good_standing(top.table("good_standing")),
    )


def _course(table: Table) -> Course:
    kind = table.text("kind")
    if kind not in ("course", "first-aid"):
        raise broken(f"{table.place}: kind “{kind}” is neither course nor first-aid")
    years = table.years() if "years" in table.entries else None
    return Course(table.text("id"), table.text("title"), kind == "first-aid", years, table.texts("aliases"))


def _level(table: Table) -> Level:
    return Level(table.text("id"), table.years(), table.texts("aliases"))


def _refusal(table: Table) -> Refusal:
    code = table.text("code")
    if code not in CODES:
        raise broken(f"{table.place}: there is no finding “{code}”")
    first_aid_only, unless_completed = (table.flag(key) for key in ("first_aid_only", "unless_completed"))
    return Refusal(code, first_aid_only, unless_completed, table.texts("aliases"))


def _names(table: Table) -> Names:
    return Names(
        never=table.folded("never"),
        seldom=table.folded("seldom"),
        particles=table.folded("particles"),
        titles=table.folded("titles"),
    )


def _good_standing(table: Table) -> GoodStanding:
    statuses = [(alias, t.text("id")) for t in table.tables("statuses") for alias in t.texts("aliases")]
    return GoodStanding(
        titles=table.lexicon("titles"),
        boards=table.lexicon("boards"),
        association=table.lexicon("association"),
        statuses=words_of("statuses", statuses),
        labels=_labels(table, ("name", "number", "status", "issued", "expiry")),
    )


def _labels(table: Table, roles: Iterable[str]) -> Lexicon[Label]:
    """A role is a list of labels, or a list of such lists of which the earlier win."""
    pairs = [
        (alias, Label(role, rank))
        for role in roles
        for rank, aliases in enumerate(table.ranks(role))
        for alias in aliases
    ]
    return words_of(table.place, pairs)


def _before_dates(top: Table) -> list[tuple[str, Label]]:
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
