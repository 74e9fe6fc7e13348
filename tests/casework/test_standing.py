from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.casework.clock import DEADLINES, anniversary, later
from processor.casework.happened import Happened, What
from processor.casework.standing import Need, Stage, Standing, standing
from processor.rulebook.terms import LAPSES, Terms, terms_on
from tests.casework.stories import stands, story, terms_of
from tests.rulebook.cases import rulebook

REGISTERED = "2025-09-01 opened"
YEAR_1 = f"{REGISTERED}; 2026-03-14 certified number=CSAM-2026-0001"
YEAR_2 = f"{YEAR_1}; 2027-02-10 standing year=2"
YEAR_3 = f"{YEAR_2}; 2028-02-10 standing year=3"
YEAR_4 = f"{YEAR_3}; 2029-02-10 certified number=CSAM-2029-0001 since=2029-03-14 cycle=2"

TABLE = {
    # the registration: eighteen months
    REGISTERED: """
        2025-09-01 registered              2027-03-01
        2027-03-01 registered              2027-03-01
        2027-03-02 lapsed                  -""",
    "2025-08-31 opened": """
        2025-09-01 registered              2027-02-28
        2027-02-28 registered              2027-02-28
        2027-03-01 lapsed                  -""",
    f"{REGISTERED}; 2025-09-20 registered since=2025-08-20": """
        2025-09-19 registered              2027-03-01
        2025-09-20 registered              2027-02-20
        2027-02-21 lapsed                  -""",
    f"{REGISTERED}; 2025-09-20 registered since=2025-09-10": """
        2025-09-20 registered              2027-03-01""",
    f"{REGISTERED}; 2025-10-05 came; 2025-10-05 answered": """
        2025-10-04 registered              2027-03-01
        2025-10-05 in progress             2027-03-01""",
    f"{REGISTERED}; 2027-02-20 came": """
        2027-02-20 in progress             2027-03-01
        2027-03-15 in progress             2027-03-24
        2030-01-01 in progress             2030-01-10""",
    f"{REGISTERED}; 2027-02-20 came; 2027-03-05 answered": """
        2027-03-05 in progress             2027-03-14
        2027-03-14 in progress             2027-03-14
        2027-03-15 lapsed                  -""",
    f"{REGISTERED}; 2027-03-01 extended until=2027-06-30 by=mia reason=flood": """
        2027-03-02 registered              2027-06-30
        2027-06-30 registered              2027-06-30
        2027-07-01 lapsed                  -""",
    f"{REGISTERED}; 2027-05-05 registered": """
        2027-05-04 lapsed                  -
        2027-05-05 re-applied              2028-11-05
        2028-11-06 lapsed                  -""",
    f"{REGISTERED}; 2027-05-05 registered; 2027-06-01 came; 2027-06-01 answered": """
        2027-06-01 in progress             2028-11-05""",
    f"{REGISTERED}; 2026-05-05 registered": """
        2026-05-05 registered              2027-03-01""",
    # year one
    YEAR_1: """
        2026-03-13 registered              2027-03-01
        2026-03-14 certified year 1        2027-02-28
        2026-11-29 certified year 1        2027-02-28
        2026-11-30 good standing due       2027-02-28
        2027-02-28 good standing due       2027-02-28
        2027-03-01 overdue                 2027-02-28
        2027-03-14 overdue                 2027-02-28
        2029-03-13 overdue                 2027-02-28
        2029-03-14 lapsed                  -""",
    f"{REGISTERED}; 2026-03-31 certified": """
        2027-02-28 good standing due       2027-02-28
        2027-03-01 overdue                 2027-02-28""",
    f"{REGISTERED}; 2028-02-29 certified": """
        2028-02-29 certified year 1        2029-01-31
        2029-02-01 overdue                 2029-01-31
        2031-02-28 overdue                 2029-01-31
        2031-03-01 lapsed                  -""",
    f"{REGISTERED}; 2026-01-15 certified": """
        2026-12-31 good standing due       2026-12-31
        2027-01-01 overdue                 2026-12-31""",
    # the partner works, and the clock stands still
    f"{YEAR_1}; 2027-02-20 came": """
        2027-02-20 good standing due       2027-02-28
        2027-03-10 good standing due       2027-03-18""",
    f"{YEAR_1}; 2027-02-20 came; 2027-03-02 answered": """
        2027-03-02 good standing due       2027-03-10
        2027-03-10 good standing due       2027-03-10
        2027-03-11 overdue                 2027-03-10""",
    f"{YEAR_1}; 2027-03-02 came; 2027-03-20 answered": """
        2027-03-02 overdue                 2027-02-28
        2027-03-20 overdue                 2027-02-28""",
    f"{YEAR_1}; 2027-02-20 came; 2027-02-20 answered; 2027-02-20 partner": """
        2027-02-21 good standing due       2027-03-01
        2027-06-20 good standing due       2027-06-28""",
    f"{YEAR_1}; 2026-05-01 came; 2026-06-01 answered": """
        2027-02-28 good standing due       2027-02-28
        2027-03-01 overdue                 2027-02-28""",
    # extended by a person
    f"{YEAR_1}; 2027-02-01 extended until=2027-04-30 by=mia": """
        2027-01-29 good standing due       2027-02-28
        2027-02-01 good standing due       2027-04-30
        2027-04-30 good standing due       2027-04-30
        2027-05-01 overdue                 2027-04-30""",
    f"{YEAR_1}; 2027-02-01 extended until=2027-04-30 by=mia; 2027-02-02 extended until=2027-03-31 by=tom": """
        2027-04-30 good standing due       2027-04-30""",
    f"{YEAR_1}; 2026-06-01 extended until=2027-12-31 by=mia": """
        2027-03-20 certified year 1        2027-12-31""",
    f"{YEAR_1}; 2027-02-01 extended until=2027-02-15 by=mia": """
        2027-02-20 good standing due       2027-02-28""",
    f"{YEAR_1}; 2027-04-01 extended until=2027-04-30 by=mia": """
        2027-03-31 overdue                 2027-02-28
        2027-04-01 good standing due       2027-04-30
        2027-05-01 overdue                 2027-04-30""",
    # year two and three
    YEAR_2: """
        2027-02-10 certified year 1        2028-02-29
        2027-03-13 certified year 1        2028-02-29
        2027-03-14 certified year 2        2028-02-29
        2027-12-01 good standing due       2028-02-29
        2028-02-29 good standing due       2028-02-29
        2028-03-01 overdue                 2028-02-29
        2029-03-14 lapsed                  -""",
    f"{YEAR_1}; 2027-04-10 standing year=2": """
        2027-04-09 overdue                 2027-02-28
        2027-04-10 certified year 2        2028-02-29""",
    f"{YEAR_1}; 2028-02-20 standing year=2": """
        2028-02-20 good standing due       2028-05-20
        2028-05-21 overdue                 2028-05-20""",
    f"{YEAR_2}; 2027-02-11 standing year=2": """
        2027-03-14 certified year 2        2028-02-29""",
    YEAR_3: """
        2028-02-10 certified year 2        2029-02-28
        2028-03-14 certified year 3        2029-02-28
        2028-11-30 good standing due       2029-02-28
        2029-03-01 overdue                 2029-02-28
        2029-03-13 overdue                 2029-02-28
        2029-03-14 lapsed                  -""",
    # year four begins again
    YEAR_4: """
        2029-02-10 certified year 3        2030-02-28
        2029-03-13 certified year 3        2030-02-28
        2029-03-14 certified year 1        2030-02-28
        2029-12-01 good standing due       2030-02-28
        2032-03-13 overdue                 2030-02-28
        2032-03-14 lapsed                  -""",
    f"{YEAR_3}; 2029-02-25 came; 2029-04-20 answered; 2029-04-20 certified": """
        2029-04-19 good standing due       2029-04-22
        2029-04-20 certified year 1        2030-03-31""",
    f"{YEAR_3}; 2029-06-01 registered; 2029-07-01 certified": """
        2029-05-31 lapsed                  -
        2029-06-01 re-applied              2030-12-01
        2029-07-01 certified year 1        2030-06-30""",
    f"{YEAR_3}; 2029-07-01 certified": """
        2029-07-01 certified year 1        2030-06-30""",
    # a certificate that replaces one
    f"{YEAR_2}; 2027-09-01 certified number=CSAM-2027-0009 since=2026-03-14": """
        2027-09-01 certified year 2        2028-02-29
        2028-03-01 overdue                 2028-02-29""",
    # people decide
    f"{YEAR_1}; 2027-05-05 lapsed by=mia": """
        2027-05-04 overdue                 2027-02-28
        2027-05-05 lapsed                  -""",
    f"{YEAR_1}; 2026-06-01 withdrawn by=mia reason=fraud": """
        2026-06-01 withdrawn               -
        2029-06-01 withdrawn               -""",
    f"{YEAR_1}; 2026-06-01 withdrawn by=mia; 2026-07-01 reinstated by=tom": """
        2026-06-30 withdrawn               -
        2026-07-01 certified year 1        2027-02-28""",
    f"{YEAR_1}; 2027-05-05 lapsed by=mia; 2027-05-09 reinstated by=tom until=2027-07-01": """
        2027-05-09 good standing due       2027-07-01
        2027-07-02 overdue                 2027-07-01""",
    f"{YEAR_1}; 2027-05-05 lapsed by=mia; 2027-05-09 reinstated by=tom": """
        2027-05-09 overdue                 2027-02-28""",
    f"{YEAR_1}; 2026-06-01 withdrawn by=mia; 2026-08-01 registered; 2026-08-02 came": """
        2026-08-01 re-applied              2028-02-01
        2026-08-02 in progress             2028-02-01""",
    f"{YEAR_1}; 2026-06-01 withdrawn by=mia; 2026-08-01 reapplied by=mia; 2026-09-01 certified": """
        2026-08-01 re-applied              2028-02-01
        2026-09-01 certified year 1        2027-08-31""",
    f"{YEAR_1}; 2026-06-01 withdrawn by=mia; 2026-08-01 reapplied since=2026-07-20 by=mia": """
        2026-08-01 re-applied              2028-01-20""",
}  # fmt: skip
ROWS = [
    pytest.param(text, row.split()[0], " ".join(row.split()[1:-1]), row.split()[-1], id=f"{n}: {row.split()[0]}")
    for n, (text, rows) in enumerate(TABLE.items(), start=1)
    for row in rows.strip().splitlines()
]


@pytest.mark.parametrize(("text", "day", "stage", "due"), ROWS)
def test_where_a_case_stands(text: str, day: str, stage: str, due: str) -> None:
    now = stands(text, day)
    assert (now.says, now.owed.due.isoformat() if now.owed else "-") == (stage, due), now.because


SCSA = "2025-09-01 opened; 2026-03-14 certified number=SCSA-2026-0001"
OTHERS = {
    "scsa-secor": (SCSA, {}, """
        2026-03-14 certified year 1        2029-03-14
        2027-03-14 certified year 2        2029-03-14
        2028-03-14 certified year 3        2029-03-14
        2028-12-14 good standing due       2029-03-14
        2029-03-13 good standing due       2029-03-14
        2029-03-14 good standing due       2029-03-14
        2029-03-15 lapsed                  -"""),
    "csam-secor": (YEAR_1, {"lapse": LAPSES[1], "grace_days": 30}, """
        2027-02-28 good standing due       2027-02-28
        2027-03-01 overdue                 2027-02-28
        2027-03-30 overdue                 2027-02-28
        2027-03-31 lapsed                  -"""),
}  # fmt: skip
OTHER_ROWS = [
    pytest.param(p, text, changed, row.split(), id=f"{p} {row.split()[0]}")
    for p, (text, changed, rows) in OTHERS.items()
    for row in rows.strip().splitlines()
]  # fmt: skip


@pytest.mark.parametrize(("program", "text", "changed", "row"), OTHER_ROWS)
def test_where_a_case_stands_under_other_terms(
    program: str, text: str, changed: dict[str, Any], row: list[str]
) -> None:
    day, *stage, due = row
    now = stands(text, day, program, **changed)
    assert (now.says, now.owed.due.isoformat() if now.owed else "-") == (" ".join(stage), due), now.because


def test_the_clock_that_never_stands_still_is_a_term() -> None:
    assert stands(f"{YEAR_1}; 2027-02-20 came", "2027-03-10", pauses=False).stage is Stage.OVERDUE


@pytest.mark.parametrize(
    ("text", "day", "says"),
    [
        (REGISTERED, "2026-01-01", "registered 2025-09-01; 18 months; due on or before 1 March 2027"),
        (YEAR_1, "2026-04-01", "certified 2026-03-14; anniversary month March; due before 1 March 2027"),
        (
            f"{YEAR_1}; 2027-02-27 came; 2027-02-28 answered",
            "2027-02-28",
            (
                "certified 2026-03-14; anniversary month March; due before 1 March 2027; "
                "1 day paused while the association worked: 2027-03-01"
            ),
        ),
        (
            f"{YEAR_1}; 2027-02-20 came; 2027-02-25 answered; 2027-02-26 extended until=2027-04-30 by=mia reason=flood",
            "2027-02-28",
            (
                "certified 2026-03-14; anniversary month March; due before 1 March 2027; "
                "5 days paused while the association worked: 2027-03-05; extended to 2027-04-30 by mia (flood)"
            ),
        ),
        (
            f"{YEAR_1}; 2028-02-20 standing year=2",
            "2028-02-20",
            (
                "certified 2026-03-14; anniversary month March; due before 1 March 2028, "
                "but answered 2028-02-20: due on or before 20 May 2028"
            ),
        ),
        (f"{YEAR_1}; 2026-06-01 withdrawn by=mia reason=fraud", "2026-06-02", "withdrawn 2026-06-01 by mia (fraud)"),
        (f"{YEAR_1}; 2026-06-01 lapsed", "2026-06-02", "lapsed 2026-06-01"),
        (
            f"{REGISTERED}; 2027-05-05 registered",
            "2027-05-05",
            "registered again 2027-05-05; 18 months; due on or before 5 November 2028",
        ),
        (
            YEAR_1,
            "2029-03-14",
            (
                "the certificate was valid until 2029-03-13; certified 2026-03-14; anniversary month March; "
                "due before 1 March 2027"
            ),
        ),
    ],
)
def test_the_arithmetic_is_shown(text: str, day: str, says: str) -> None:
    assert stands(text, day).because == says


def test_a_certified_employer_is_so_until_the_certificate_s_own_last_day_whatever_time_was_given() -> None:
    text = f"{YEAR_3}; 2029-02-01 extended until=2029-05-31 by=mia"
    assert [stands(text, day).in_force for day in ("2029-03-13", "2029-03-14", "2029-05-31")] == [True, False, False]
    assert [stands(text, day).stage for day in ("2029-05-31", "2029-06-01")] == [Stage.DUE, Stage.LAPSED]


def test_after_the_days_of_grace_a_person_is_asked_until_one_decides() -> None:
    days = ("2027-04-29", "2027-04-30", "2028-01-01")
    assert [stands(YEAR_1, day).to_decide for day in days] == [False, True, True]
    assert not stands(f"{YEAR_1}; 2027-05-05 lapsed by=mia", "2027-05-05").to_decide


def test_what_the_partner_has_in_hand_is_said() -> None:
    assert stands(f"{YEAR_1}; 2027-02-20 came", "2027-02-21").waits_for_partner
    assert not stands(f"{YEAR_1}; 2027-02-20 came; 2027-02-20 answered", "2027-02-21").waits_for_partner
    assert stands(f"{YEAR_1}; 2027-02-20 came; 2027-02-20 answered; 2027-02-20 partner", "2027-02-21").waits_for_partner


def test_each_thing_that_is_ever_owed_has_a_key_of_its_own() -> None:
    texts = (REGISTERED, YEAR_1, YEAR_2, YEAR_3, YEAR_4)
    owed = [now.owed for now in (stands(text, f"{2025 + n}-12-05") for n, text in enumerate(texts)) if now.owed]
    assert [o.key for o in owed] == [
        "1.1 certification",
        "1.2 good standing",
        "1.3 good standing",
        "2.1 recertification",
        "2.2 good standing",
    ]
    extended = stands(f"{YEAR_1}; 2027-02-01 extended until=2027-04-30 by=mia", "2027-02-02").owed
    assert extended is not None
    assert extended.key == "1.2 good standing until 2027-04-30"


def test_no_case_stands_anywhere_before_it_is_opened() -> None:
    with pytest.raises(ValueError, match="before it is opened"):
        stands(REGISTERED, "2025-08-31")


# ---------------------------------------------------------------- whatever happens

DAYS = st.dates(date(2026, 1, 1), date(2034, 12, 31))
DECISIONS = (What.LAPSED, What.WITHDRAWN)
RANK = [Stage.CERTIFIED, Stage.DUE, Stage.REGISTERED, Stage.RE_APPLIED, Stage.IN_PROGRESS, Stage.OVERDUE, Stage.LAPSED,
        Stage.WITHDRAWN]  # fmt: skip


def events() -> st.SearchStrategy[Happened]:
    return st.builds(
        Happened,
        what=st.sampled_from([w for w in What if w not in (What.OPENED, What.REINSTATED)]),
        day=DAYS,
        since=st.none() | DAYS,
        until=st.none() | DAYS,
        year=st.integers(1, 3),
        by=st.just("mia"),
    ).map(_plausible)


def _plausible(one: Happened) -> Happened:
    """A certificate is from its own day on, or from a day ahead."""
    if one.what is not What.CERTIFIED:
        return one
    since = one.since if one.since and one.day <= one.since <= later(one.day, 200) else one.day
    return replace(one, since=since, until=anniversary(since, 3) - timedelta(days=1))


def stories() -> st.SearchStrategy[list[Happened]]:
    opened = Happened(what=What.OPENED, day=date(2025, 9, 1))
    return st.lists(events(), max_size=9).map(lambda many: [opened, *sorted(many, key=lambda h: h.day)])


TERMS = st.builds(
    Terms,
    registration_months=st.integers(1, 24),
    cycle_years=st.integers(1, 4),
    yearly=st.booleans(),
    deadline=st.sampled_from(sorted(DEADLINES)),
    earliest_months=st.integers(0, 30),
    notice_days=st.integers(0, 120),
    grace_days=st.integers(0, 120),
    lapse=st.sampled_from(LAPSES),
    pauses=st.booleans(),
)


def at(happened: list[Happened], terms: Terms, day: date) -> Standing:
    return standing(happened, lambda _: terms, day)


@given(happened=stories(), terms=TERMS, day=DAYS)
@settings(max_examples=400, deadline=None)
def test_nothing_is_due_before_it_was_known(happened: list[Happened], terms: Terms, day: date) -> None:
    owed = at(happened, terms, day).owed
    if owed:
        assert owed.known <= day or owed.need is Need.CERTIFICATION
        assert owed.known <= owed.due
        assert owed.opens <= owed.due
        assert owed.notice <= owed.due <= owed.ends
        assert owed.because


@given(happened=stories(), terms=TERMS, day=DAYS)
@settings(max_examples=400, deadline=None)
def test_a_standing_is_consistent(happened: list[Happened], terms: Terms, day: date) -> None:
    now = at(happened, terms, day)
    assert now.because
    assert bool(now.ended) is (now.stage in (Stage.LAPSED, Stage.WITHDRAWN))
    assert (now.owed is None) is bool(now.ended)
    assert not (now.ended and now.ended > day)
    if now.in_force:
        assert now.since
        assert now.until
        assert day <= now.until
        assert now.stage in (Stage.CERTIFIED, Stage.DUE, Stage.OVERDUE)
        assert now.year >= 1
    if now.owed and not now.ended:
        late = now.stage is Stage.OVERDUE
        assert late is (day > now.owed.due)
    assert not (now.to_decide and terms.lapses_by_itself)


@given(happened=stories(), terms=TERMS, day=DAYS, days=st.integers(1, 500))
@settings(max_examples=400, deadline=None)
def test_nothing_changes_before_the_day_on_which_it_can(
    happened: list[Happened], terms: Terms, day: date, days: int
) -> None:
    until = [h for h in happened if h.day <= day]
    now = at(until, terms, day)
    later_on = later(day, days)
    if now.looks is None or later_on < now.looks:
        then = at(until, terms, later_on)
        same = ("stage", "year", "cycle", "in_force", "owed", "to_decide", "ended")
        assert [getattr(then, name) for name in same] == [getattr(now, name) for name in same]


@given(happened=stories(), terms=TERMS, day=DAYS, came=DAYS)
@settings(max_examples=400, deadline=None)
def test_a_paper_more_never_makes_a_standing_worse(
    happened: list[Happened], terms: Terms, day: date, came: date
) -> None:
    more = sorted([*happened, Happened(what=What.CAME, day=came)], key=lambda h: h.day)
    before, after = at(happened, terms, day), at(more, terms, day)
    assert _rank(after) <= _rank(before)
    assert after.in_force >= before.in_force


@given(happened=stories(), terms=TERMS, day=DAYS, given_on=DAYS, until=DAYS)
@settings(max_examples=400, deadline=None)
def test_time_that_a_person_gives_never_makes_a_standing_worse(
    happened: list[Happened], terms: Terms, day: date, given_on: date, until: date
) -> None:
    if any(h.what is What.REGISTERED for h in happened):
        return  # who is given time does not begin again by registering
    extension = Happened(what=What.EXTENDED, day=given_on, until=until, by="mia")
    more = sorted([*happened, extension], key=lambda h: h.day)
    assert _rank(at(more, terms, day)) <= _rank(at(happened, terms, day))


def _rank(now: Standing) -> int:
    stage = Stage.REGISTERED if now.stage in (Stage.IN_PROGRESS, Stage.RE_APPLIED) else now.stage
    return RANK.index(stage)


@given(day=st.dates(date(2027, 6, 1), date(2029, 3, 13)), deadline=st.sampled_from(sorted(DEADLINES)))
@settings(deadline=None)
def test_a_change_of_rules_makes_nothing_late_that_was_in_time(day: date, deadline: str) -> None:
    change = date(2027, 6, 1)

    def terms(on: date) -> Terms:
        now = terms_on(rulebook("csam-secor"), on)
        return replace(now, deadline=deadline, grace_days=0, lapse=LAPSES[1]) if on >= change else now

    assert standing(story(YEAR_2), terms, day) == standing(story(YEAR_2), terms_of(), day)
