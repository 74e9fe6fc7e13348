"""The audits that the year asks for: the right types, filled in, signed, and each by whom it must be made."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any, TypeAlias

from processor.casework.names import company_key, near_company, near_person, same_company, same_person
from processor.casework.scores import parts
from processor.findings import finding
from processor.model import State
from processor.rulebook.outcome import Tally, nothing
from processor.rulebook.rules.filled_in import fill_in, weigh
from processor.rulebook.shapes import TEXT, TEXTS, WHOLE, WHOLES, Rule, rows, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from processor.rulebook.edition import Asked
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File, Sheet

TYPE = "audit_type"
AUDITED = "audit_date"
PARTNERS = ("partner", "verification_review")
"""Which the partner makes itself (domain.md 4)."""
COMPANY = "auditor_company"
AUDITOR_NAME = "auditor_name"
SPEAKERS = ("owner_name", "contact_name", "signature_name")
"""Who speaks for the employer on its registration, whether on the roster or not."""
Alike: TypeAlias = "Callable[[str, str], bool]"


def audits(file: File, asked: Asked) -> Outcome:
    """Each type of audit that the year asks for has come, complete. An unmarked one matters only if one is missing."""
    if not file.audits:
        return nothing(asked)
    tally = Tally()
    missing: list[Mapping[str, Any]] = []
    came = []
    for wanted in asked["types"]:
        if file.case.year not in wanted["years"]:
            continue
        sheet = file.audit(wanted["type"])
        if sheet is None:
            missing.append(wanted)
        else:
            _look_at(tally, file, asked, sheet, wanted)
            came.append(sheet)
    if missing:
        _look_for(tally, file, asked, missing)
    _sent_as_two(tally, came)
    _dated_earlier(tally, file)
    outcome = tally.outcome("Every audit of this year has come, complete and signed.")
    if outcome.shortfalls and all(item.whose for item in outcome.shortfalls):
        # what we must make ourselves is no fault of the employer's
        outcome = replace(outcome, received=False)
    return outcome


def _look_at(tally: Tally, file: File, asked: Asked, sheet: Sheet, wanted: Mapping[str, Any]) -> None:
    needed = [*asked["needed"], *wanted.get("needed", ())]
    tally.questions += sheet.objections(needed)
    tally.shortfalls += sheet.faults(needed)
    tally.notes += sheet.remarks(needed)
    fill_in(tally, sheet, [TYPE, *needed], code="audit-blank", day=file.day, but=asked["but"])
    made = sheet.day(AUDITED)
    if file.case.counts_from and made and made < file.case.counts_from:
        says = {"audit": wanted["title"], "day": made.isoformat(), "first": file.case.counts_from.isoformat()}
        tally.shortfalls.append(asked.words["early"].shortfall([sheet.place(AUDITED)], **says))
    if wanted["type"] == "independent":
        _independent(tally, file, asked, sheet)
    if wanted["type"] in PARTNERS:
        _by_the_partner(tally, file, asked, sheet, wanted["title"])


def _look_for(tally: Tally, file: File, asked: Asked, missing: list[Mapping[str, Any]]) -> None:
    """Types that have not come; an audit whose type is not marked may be one of them."""
    unmarked = [a for a in file.audits if a.text(TYPE) is None]
    for sheet in unmarked:
        if sheet.gone(TYPE):
            tally.shortfalls += sheet.faults(())
        elif sheet.lost(TYPE):
            tally.shortfalls.append(sheet.unreadable(TYPE))
        elif sheet.doubtful(TYPE):
            tally.questions.append(sheet.question(TYPE))
        else:
            weigh(tally, sheet, "audit-type-unmarked", TYPE)
    came = [a.place(TYPE) for a in file.audits]
    for wanted in missing[len(unmarked) :]:
        item = asked.words["missing"].shortfall(came, audit=wanted["title"])
        whose = "partner" if wanted["type"] in PARTNERS else ""
        tally.shortfalls.append(replace(item, whose=whose))


# ---------------------------------------------------------------- one audit, sent twice


def _sent_as_two(tally: Tally, came: Sequence[Sheet]) -> None:
    """Two types on one day, by one auditor, with the same points: perhaps one audit, ticked twice."""
    for one, other in combinations(sorted(came, key=lambda sheet: sheet.filed.order), 2):
        if _twins(one, other):
            _ask_to_judge(tally, other, TYPE, "The same audit seems to have been sent as two types.")


def _twins(one: Sheet, other: Sheet) -> bool:
    day, name, points = one.day(AUDITED), one.text(AUDITOR_NAME), _points(one)
    if day is None or name is None or not points:
        return False
    same_name = same_person(name, other.text(AUDITOR_NAME) or "")
    return same_name and day == other.day(AUDITED) and points == _points(other)


def _points(sheet: Sheet) -> list[tuple[Fraction | None, Fraction | None]]:
    return [(part.awarded, part.possible) for part in parts(sheet.filed.document)]


def _dated_earlier(tally: Tally, file: File) -> None:
    """What came last counts; where it was made before what it takes the place of, a person says so."""
    for sheet, newest in file.dated_earlier:
        says = f"This audit came later, but one dated {newest.isoformat()} came before it. Say whether this one counts."
        _ask_to_judge(tally, sheet, AUDITED, says)


def _ask_to_judge(tally: Tally, sheet: Sheet, name: str, says: str) -> None:
    """Ask what only a person can decide, until one let it stand."""
    if not sheet.judged(name):
        tally.questions.append(sheet.question(name, "needs-judgement", says))


# ---------------------------------------------------------------- the partner's own


def _by_the_partner(tally: Tally, file: File, asked: Asked, sheet: Sheet, title: str) -> None:
    """The partner's own audit, by the company on it; whoever else made it, a person says whether for the partner."""
    stated = sheet.text(COMPANY)
    if sheet.lost(COMPANY):
        tally.shortfalls.append(sheet.unreadable(COMPANY))
    elif stated and any(_same_firm(stated, own) for own in _employer(file)):
        says = {"who": stated, "audit": title}
        tally.shortfalls.append(asked.words["not_the_partner"].shortfall([sheet.place(COMPANY)], **says))
    elif stated and any(_same_firm(stated, partner) for partner in asked["partner"]):
        tally.evidence.append(sheet.place(COMPANY))
    elif sheet.unsure(COMPANY):
        tally.questions += [] if sheet.let_stand(COMPANY) else [sheet.question(COMPANY)]
    elif not sheet.gone(COMPANY):
        who = f"names “{stated}” as the auditor's company" if stated else "does not name the auditor's company"
        partner = " or ".join(asked["partner"])
        _ask_to_judge(tally, sheet, COMPANY, f"The {title} {who}. Say whether {partner} made it.")


def _employer(file: File) -> list[str]:
    """The employer's names, in the register and on the registration."""
    employer = file.case.employer
    names = (employer.legal_name, employer.operating_name, _said(file, "legal_name"), _said(file, "operating_name"))
    return [name for name in names if name]


# ---------------------------------------------------------------- independent


def _independent(tally: Tally, file: File, asked: Asked, sheet: Sheet) -> None:
    """Neither the employer's own nor the partner's: by the company, and by the person."""
    _apart(tally, asked, sheet, COMPANY, [*_employer(file), *asked["partner"]], _same_firm, _near_firm)
    partner = file.audit("partner")
    people = [*file.names, *(n for n in (_said(file, name) for name in SPEAKERS) if n)]
    people += [n for n in ((partner.text(AUDITOR_NAME) if partner else None),) if n]
    _apart(tally, asked, sheet, AUDITOR_NAME, people, same_person, near_person)
    for known_by in (sheet, *([partner] if partner else [])):
        if known_by.unsure(AUDITOR_NAME) and not known_by.let_stand(AUDITOR_NAME):
            tally.questions.append(known_by.question(AUDITOR_NAME))


def _apart(  # noqa: PLR0913, PLR0917 - a name, those it must not be, and two ways to compare
    tally: Tally, asked: Asked, sheet: Sheet, name: str, barred: Sequence[str], same: Alike, near: Alike
) -> None:
    """Told when what stands there is one of those barred; asked when it nearly is."""
    stated = sheet.text(name)
    if stated is None:
        return
    if any(same(stated, one) for one in barred):
        tally.shortfalls.append(asked.words["not_independent"].shortfall([sheet.place(name)], who=stated))
        return
    alike = next((one for one in barred if near(stated, one)), None)
    if alike and not sheet.settled("near-name", name):
        says = finding("near-name", name=stated, employer=alike).says
        tally.questions.append(sheet.question(name, "near-name", says))


def _same_firm(one: str, other: str) -> bool:
    """The same company, or written with other dots: `C.S.A.M.` is CSAM."""
    return same_company(one, other) or _plain(one) == _plain(other)


def _near_firm(one: str, other: str) -> bool:
    """Nearly the same name, or all words of one within the other: `CSAM Winnipeg`, `Northwind Roofing & Siding`."""
    a, b = set(company_key(one).split()), set(company_key(other).split())
    return near_company(one, other) or (bool(a and b) and (a <= b or b <= a))


def _said(file: File, name: str) -> str | None:
    return file.registration.text(name) if file.registration else None


# ---------------------------------------------------------------- the safety program


def safety_program(file: File, asked: Asked) -> Outcome:
    """Developed and put to work: an audit of it, which looks at so many months of records."""
    if not file.audits:
        return nothing(asked)
    sound = [a for a in file.audits if not a.objections(())]
    tally = Tally()
    for sheet in file.audits if not sound else ():
        tally.questions += sheet.objections(())
    tally.evidence += [a.place("audit_date") for a in sound]
    months = f", over at least {asked['months']} months of records" if asked["months"] else ""
    return tally.outcome(f"The program is in use: it was audited{months}.")


# ---------------------------------------------------------------- the auditor


def auditor(file: File, asked: Asked) -> Outcome:
    """Every audit names its auditor; in the years that ask for it, the self-audit's is registered on that day."""
    if not file.audits:
        return nothing(asked)
    tally = Tally()
    for sheet in file.audits:
        _named(tally, sheet)
    own = file.audit("self")
    if own and file.case.year not in asked["applicant_years"]:
        _registered(tally, file, asked, own)
    return tally.outcome("The auditors are named, and may audit in this year.")


def _named(tally: Tally, sheet: Sheet) -> None:
    """A name that is hard to read is a name: who it is matters only where a register is asked."""
    name = "auditor_name"
    tally.questions += sheet.objections((name,))
    if sheet.gone(name):
        tally.shortfalls += sheet.faults(())
    elif sheet.lost(name):
        tally.shortfalls.append(sheet.unreadable(name))
    elif sheet.reading(name).state is State.MISSING:
        tally.questions.append(sheet.question(name))
    elif not sheet.empty(name):
        tally.evidence.append(sheet.place(name))
    elif not sheet.settled("audit-blank", name):
        weigh(tally, sheet, "audit-blank", name)


def _registered(tally: Tally, file: File, asked: Asked, sheet: Sheet) -> None:
    name, number = sheet.text("auditor_name"), sheet.text("auditor_registration")
    on = sheet.day("audit_date") or file.day
    for reading in ("auditor_name", "auditor_registration"):
        if sheet.doubtful(reading):
            tally.questions.append(sheet.question(reading))
    known = [r for r in file.case.auditors if _is(r.name, r.number, name, number)]
    where = [sheet.place("auditor_name"), sheet.place("auditor_registration")]
    if any(r.since <= on <= r.until for r in known):
        tally.evidence += where
    elif known:
        until = max(r.until for r in known).isoformat()
        says = {"who": name or number or "", "until": until, "day": on.isoformat()}
        tally.shortfalls.append(asked.words["not_current"].shortfall(where, **says))
    elif name or number:
        tally.shortfalls.append(asked.words["not_registered"].shortfall(where, who=name or number))


def _is(name: str, number: str, stated_name: str | None, stated_number: str | None) -> bool:
    """By the number and the name; by either where the paper leaves the other out."""
    by_number = stated_number is None or _plain(number) == _plain(stated_number)
    by_name = stated_name is None or same_person(name, stated_name)
    return by_number and by_name and (stated_name is not None or stated_number is not None)


def _plain(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())


RULE = Rule(
    judge=audits,
    values={
        "types": rows({"type": TEXT, "title": TEXT, "years": WHOLES}, {"needed": TEXTS}),
        "needed": TEXTS,
        "but": TEXTS,
        "partner": TEXTS,
    },
    words=words(
        "nothing", "missing: audit", "early: audit day first", "not_independent: who", "not_the_partner: who audit"
    ),
)
PROGRAM = Rule(judge=safety_program, values={"months": WHOLE}, words=words("nothing"))
AUDITOR = Rule(
    judge=auditor,
    values={"applicant_years": WHOLES},
    words=words("nothing", "not_current: who until day", "not_registered: who"),
)
