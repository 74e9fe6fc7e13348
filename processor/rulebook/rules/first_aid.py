"""First aid: enough valid certificates of the level that the law asks for crew, hazard and distance."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from processor.casework.clock import months_later
from processor.model import State
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.certificates import holding, scale
from processor.rulebook.shapes import FLAG, TEXT, WHOLE, Rule, one_of, rows, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processor.model import Evidence, Question
    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.rules.certificates import Scale, Weighed
    from processor.rulebook.sheets import File, Sheet

LEVELS = ("basic", "intermediate", "advanced")
NEEDS = ("holder_name", "level", "issue_date", "expiry_date")
ASKS = {"crew": "largest_crew", "distance": "distance_to_medical_aid", "hazard": "first_aid_hazard"}
"""What the table of the law goes by, and the readings that say it."""
COLUMNS = {"crew": "up_to", "distance": "distance", "hazard": "hazard"}
"""The columns of the rulebook's table."""
Fact: TypeAlias = "int | str"


class Need(NamedTuple):
    """So many holders of a level, at least."""

    level: int
    holders: int


def first_aid(file: File, asked: Asked) -> Outcome:
    """The number of people on the roster who hold a valid certificate of the level or above."""
    registration = file.registration
    if registration is None or not file.roster:
        kept = (f"{len(file.first_aid)} first-aid certificates are kept until the roster comes.",)
        return nothing(asked, "no_roster", kept) if file.first_aid else nothing(asked)
    needs, unsure = _needs(registration, asked["table"])
    weighed = [_weigh_all(file, asked, need) for need in needs]
    short = [found for found in weighed if not found.enough]
    if not short:
        return weighed[0].tally.outcome(_met(file, needs))
    if not file.first_aid:
        return nothing(asked)
    tally = short[0].tally
    if len(short) < len(weighed):
        tally.questions += unsure
        if any(registration.gone(name) for name in ASKS.values()):
            tally.shortfalls[:] = registration.faults(())
        tally.notes.append("It is open how much first aid is needed here; the higher need was taken.")
    return tally.outcome("")


class Found(NamedTuple):
    """Whether a need is covered, and what was found on the way."""

    enough: bool
    tally: Tally


def _met(file: File, needs: Sequence[Need]) -> str:
    need = max(needs)
    if not need.holders:
        return "The law asks for nobody trained in first aid here."
    return f"Enough people hold valid {LEVELS[need.level]} first aid ({need.holders}) on {file.day.isoformat()}."


# ---------------------------------------------------------------- what the law asks


def _needs(registration: Sheet, table: Sequence[Mapping[str, object]]) -> tuple[list[Need], list[Question]]:
    """Every need that is possible after what is known, and what must be asked to know which.

    A fact that is not known is tried with each value that the table tells apart. It is asked for only where two
    values of it, all else equal, come to different needs.
    """
    known = {key: _fact(registration, key) for key in ASKS}
    tried = [[fact] if fact is not None else _values(table, key) for key, fact in known.items()]
    needs = {facts: _need(table, dict(zip(ASKS, facts, strict=True))) for facts in product(*tried)}
    unsure = [
        registration.question(name)
        for place, (key, name) in enumerate(ASKS.items())
        if known[key] is None and registration.doubtful(name) and _matters(needs, place)
    ]
    return list(dict.fromkeys(needs.values())), unsure


def _values(table: Sequence[Mapping[str, object]], key: str) -> list[Fact]:
    """The values of a fact that the table tells apart; a crew may be larger than any row says."""
    found = [row[COLUMNS[key]] for row in table if COLUMNS[key] in row]
    values: list[Fact] = [v for v in dict.fromkeys(found) if isinstance(v, int | str)]
    return [*values, 10**6] if key == "crew" else values or [""]


def _need(table: Sequence[Mapping[str, object]], facts: Mapping[str, Fact]) -> Need:
    """The first row that fits; the most that the table ever asks for where none does."""
    rows_needs = [Need(LEVELS.index(str(row["level"])), int(str(row["holders"]))) for row in table]
    fitting = (n for row, n in zip(table, rows_needs, strict=True) if all(_fits(row, k, f) for k, f in facts.items()))
    return next(fitting, max(rows_needs))


def _fits(row: Mapping[str, object], key: str, fact: Fact) -> bool:
    if COLUMNS[key] not in row:
        return True
    if key == "crew":
        return isinstance(fact, int) and fact <= int(str(row["up_to"]))
    return fact == row[key]


def _matters(needs: Mapping[tuple[Fact, ...], Need], place: int) -> bool:
    """Whether two values of the fact at that place, all else equal, come to different needs."""
    apart: dict[tuple[Fact, ...], set[Need]] = {}
    for facts, need in needs.items():
        apart.setdefault(facts[:place] + facts[place + 1 :], set()).add(need)
    return any(len(different) > 1 for different in apart.values())


def _fact(registration: Sheet, key: str) -> Fact | None:
    """A fact of the registration. A crew cannot be larger than the firm."""
    if key != "crew":
        return registration.text(ASKS[key])
    crew = registration.number(ASKS[key])
    if crew is None:
        crew = registration.number("employee_count")
    return None if crew is None else int(crew)


# ---------------------------------------------------------------- who holds it


def _weigh_all(file: File, asked: Asked, need: Need) -> Found:
    """The holders of a need among the people on the roster."""
    tally = Tally()
    certificates = [_weigh(file, asked, sheet, need) for sheet in file.first_aid]
    holdings = {name: holding(name, certificates, file.names) for name in file.names}
    good = [*{h.good.sheet.filed.number: h.good for h in holdings.values() if h.good}.values()]
    for certificate in good:
        tally.evidence += _shown(certificate)
    if len(good) >= need.holders:
        return Found(enough=True, tally=tally)
    for found in holdings.values():
        tally.questions += found.questions
        tally.shortfalls += found.faults
    if not tally.shortfalls:
        others = [e for c in certificates if c.good and c not in good for e in _shown(c)]
        item = asked.words["too_few"].shortfall(
            others or tally.evidence, held=len(good), holders=need.holders, level=LEVELS[need.level]
        )
        tally.shortfalls.append(item)
    return Found(enough=False, tally=tally)


def _weigh(file: File, asked: Asked, sheet: Sheet, need: Need) -> Weighed:
    on = scale(file, sheet, NEEDS)
    on.look_ahead("issue_date")
    _weigh_level(on, asked, need)
    _weigh_days(on, asked)
    return on.weighed()


def _weigh_level(on: Scale, asked: Asked, need: Need) -> None:
    sheet, level = on.sheet, on.sheet.text("level")
    if level in LEVELS:
        enough = LEVELS.index(level) >= need.level
    elif sheet.text("course") == "cpr" and sheet.reading("level").state is State.MISSING:
        enough = False
    elif sheet.lost("level"):
        on.faults.append(sheet.unreadable("level"))
        return
    elif sheet.empty("level"):
        enough = False
    else:
        on.ask("level")
        return
    if not enough:
        who = {"who": sheet.text("holder_name") or "", "level": LEVELS[need.level]}
        on.faults.append(asked.words["level"].shortfall([sheet.place("level")], **who))


def _weigh_days(on: Scale, asked: Asked) -> None:
    """Valid through its last day; never longer than the years that its kind holds (domain.md 5.4)."""
    sheet, day = on.sheet, on.file.day
    if sheet.lost("expiry_date"):
        on.faults.append(sheet.unreadable("expiry_date"))
        return
    doubts = [name for name in ("expiry_date", "issue_date") if sheet.unsure(name)]
    if doubts:
        for name in doubts:
            on.ask(name)
        return
    bls = sheet.text("cpr_level") == "BLS"
    last = valid_through(sheet, asked["bls_years" if bls else "years"])
    if last is None:
        on.ask("expiry_date" if sheet.day("expiry_date") is None else "issue_date")
    elif last < day:
        name = "expiry_date" if sheet.day("expiry_date") else "issue_date"
        says = {"who": sheet.text("holder_name") or "", "day": last.isoformat()}
        on.faults.append(asked.words["expired"].shortfall([sheet.place(name)], **says))
    elif _might_be_bls(sheet) and (valid_through(sheet, asked["bls_years"]) or last) < day:
        on.ask("cpr_level")


def _might_be_bls(sheet: Sheet) -> bool:
    return sheet.unsure("cpr_level")


def valid_through(sheet: Sheet, years: int) -> date | None:
    """The last day on which a certificate is valid; nothing when its days do not tell."""
    printed, issued = sheet.day("expiry_date"), sheet.day("issue_date")
    longest = months_later(issued, 12 * years) if issued else None
    if printed and longest:
        return min(printed, longest)
    if printed:
        return printed
    return longest - timedelta(days=1) if longest else None


def _shown(certificate: Weighed) -> list[Evidence]:
    return [certificate.sheet.place("holder_name"), certificate.sheet.place("expiry_date")]


RULE = Rule(
    judge=first_aid,
    values={
        "table": rows({"holders": WHOLE, "level": one_of(*LEVELS)}, {"up_to": WHOLE, "distance": TEXT, "hazard": TEXT}),
        "years": WHOLE,
        "bls_years": WHOLE,
        "bar": FLAG,
    },
    words=words("nothing", "no_roster", "too_few: held holders level", "level: who level", "expired: who day"),
)
