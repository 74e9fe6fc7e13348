"""Every reading of a tiny audit written out: the programme must weigh them all exactly as this does."""

from __future__ import annotations

import math
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.decoding.agreement import Trust
from processor.decoding.audits import AuditCells, Cell, ItemCells, SectionCells
from processor.decoding.sums import settle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processor.decoding.audits import Number

TRUST = Trust(wrong=0.1, spread=7, percent_spread=31, floor=0.01, most=3)
Read = dict[str, "Number | None"]
ROW = ("not_applicable", "available", "possible", "awarded", "percent")
TOTALS = ("total_possible", "total_awarded", "overall_percent")


def agrees(stated: Fraction | None, computed: Fraction | None) -> bool | None:
    return None if stated is None or computed is None else stated == computed and stated >= 0


def rounded(stated: Number | None, awarded: Fraction | None, possible: Fraction | None) -> bool | None:
    if stated is None or awarded is None or possible is None or awarded < 0 or possible <= 0:
        return None
    exact = awarded / possible * 100
    close = [math.floor(exact * n + more) == stated * n for n in (1, 10, 100) for more in (0, Fraction(1, 2))]
    return any(close) or exact == stated


def worth(name: str, sign: bool | None) -> float:  # noqa: FBT001
    spread = TRUST.percent_spread if "percent" in name else TRUST.spread
    return 1 / spread if sign is None else 1 - TRUST.wrong if sign else TRUST.wrong / spread


NO = Fraction(-1)
"""Points that nothing adds up to."""


def points(value: Number | None, most: int) -> Fraction | None:
    if value is None:
        return None
    return Fraction(value) if 0 <= value <= most and value * 2 == int(value * 2) else NO


def plus(amounts: Sequence[Fraction | None]) -> Fraction | None:
    known = [amount for amount in amounts if amount is not None and amount >= 0]
    return sum(known, Fraction(0)) if len(known) == len(amounts) and known else None


def less(whole: Fraction | None, part: Fraction | None) -> Fraction | None:
    if whole is None or part is None:
        return None
    return NO if NO in (whole, part) or whole < part else whole - part


Signs = dict[str, bool | None]


def of_section(section: SectionCells, read: Read, signs: Signs) -> tuple[float, Fraction | None, Fraction | None]:
    """How rarely people write such points, what the section brings and what it could; its sums go to `signs`."""
    earned: list[Fraction | None] = []
    out: list[Fraction | None] = []
    odd = 0
    for item in section.items:
        awarded, tick = points(read[item.awarded.name], item.points), read[item.not_applicable.name]
        odd += awarded == NO
        earned.append(Fraction(0) if tick else awarded)
        out.append(None if tick is None else Fraction(item.points if tick else 0))
    most = sum(item.points for item in section.items)
    names = [getattr(section, name).name for name in ROW]
    taken, available, possible, brought = (points(read[name], most) for name in names[:4])
    odd += (taken, available, possible, brought).count(NO)
    left = less(available, taken)
    signs[section.awarded.name] = agrees(brought, plus(earned))
    signs[section.not_applicable.name] = agrees(taken, plus(out))
    if section.possible.candidates:
        signs[section.possible.name] = agrees(possible, left)
    else:
        possible = None if left == NO else left
    signs[section.percent.name] = rounded(read[section.percent.name], brought, possible)
    return TRUST.wrong**odd, brought, possible


def supported(cell: Cell) -> dict[Number | None, float]:
    """The candidates and something else, by the definition."""
    whole = sum(cell.candidates.values()) + cell.rest
    found: dict[Number | None, float] = {v: w / whole for v, w in cell.candidates.items() if w / whole >= TRUST.floor}
    rest = 1 - sum(found.values())
    return {**found, None: rest} if rest > 1e-12 else found


def readings(audit: AuditCells) -> Iterator[tuple[Read, float, Signs]]:
    """Every reading, how probable it is in proportion, and which sums agree in it."""
    cells = list(all_cells(audit))
    choices = [supported(cell) for cell in cells]
    most = sum(item.points for section in audit.sections for item in section.items)
    for values in product(*choices):
        read = {cell.name: value for cell, value in zip(cells, values, strict=True)}
        signs: Signs = {}
        sections = [of_section(section, read, signs) for section in audit.sections]
        possible, awarded = points(read["total_possible"], most), points(read["total_awarded"], most)
        signs["total_awarded"] = agrees(awarded, plus([a for _, a, _ in sections]))
        signs["total_possible"] = agrees(possible, plus([p for _, _, p in sections]))
        signs["overall_percent"] = rounded(read["overall_percent"], awarded, possible)
        written = math.prod(those[value] for those, value in zip(choices, values, strict=True))
        odd = math.prod(w for w, _, _ in sections) * TRUST.wrong ** (awarded, possible).count(NO)
        yield read, written * odd * math.prod(map(worth, signs, signs.values())), signs


def all_cells(audit: AuditCells) -> Iterator[Cell]:
    for section in audit.sections:
        for item in section.items:
            yield from (item.awarded, item.not_applicable)
        yield from (getattr(section, name) for name in ROW)
    yield from (getattr(audit, name) for name in TOTALS)


# ---------------------------------------------------------------- audits that are drawn


NAMES = [f"s{s}.{name}" for s in (1, 2) for name in ROW]
NAMES += [f"s{s}.i{i}.{name}" for s, i in ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3)) for name in ("awarded", "na")]
NAMES += list(TOTALS)


@st.composite
def audits(draw: st.DrawFn) -> AuditCells:
    """Two sections of two and three items, of which up to six cells are uncertain, empty or wrong."""
    near = draw(
        st.sampled_from([NAMES, [n for n in NAMES if n.startswith("s2")], [n for n in NAMES if "i" not in n[:4]]])
    )
    doubtful = draw(st.sets(st.sampled_from(near), min_size=3, max_size=6))
    weights = st.sampled_from([0.0, 0.004, 0.05, 0.3, 0.6, 1.0])

    def cell(name: str, truth: Number, others: Sequence[Number]) -> Cell:
        if name not in doubtful:
            return Cell(name, {truth: 1.0})
        values = draw(st.lists(st.sampled_from([truth, *others]), max_size=2, unique=True))
        return Cell(name, {v: draw(weights) for v in values}, 0.01 + draw(weights))

    sections = []
    wholes = [0, 0]
    for s, size in ((1, 2), (2, 3)):
        items, got, out, most = [], 0, 0, 0
        for i in range(1, size + 1):
            value, tick = draw(st.integers(1, 4)), draw(st.integers(0, 4)) == 0
            given_points = draw(st.integers(0, value))
            awarded = cell(f"s{s}.i{i}.awarded", given_points, [1, 3, 4, 5, Decimal("0.5"), Decimal("0.25")])
            ticked = cell(f"s{s}.i{i}.na", tick, [not tick])
            items.append(ItemCells(points=value, awarded=awarded, not_applicable=ticked))
            got, out, most = got + (0 if tick else given_points), out + value * tick, most + value
        wholes = [wholes[0] + got, wholes[1] + most - out]
        exact = 100 * got // max(most - out, 1)
        sections.append(
            SectionCells(
                items=tuple(items),
                available=cell(f"s{s}.available", most, [most - 1]),
                not_applicable=cell(f"s{s}.not_applicable", out, [1, most + 1, most]),
                possible=cell(f"s{s}.possible", most - out, [1, most + 2, 4]),
                awarded=cell(f"s{s}.awarded", got, [1, 7, most + 1, Decimal("2.5")]),
                percent=cell(f"s{s}.percent", exact, [50, exact + 1, Decimal("66.7")]),
            )
        )
    return AuditCells(
        sections=tuple(sections),
        total_possible=cell("total_possible", wholes[1], [4, 10, 11]),
        total_awarded=cell("total_awarded", wholes[0], [2, 5, 40]),
        overall_percent=cell("overall_percent", 100 * wholes[0] // max(wholes[1], 1), [50, 75]),
    )


@settings(max_examples=80, deadline=None)
@given(audits())
def test_the_programme_says_what_all_readings_written_out_say(audit: AuditCells) -> None:
    every = list(readings(audit))
    settled = settle(audit, TRUST)
    whole = math.fsum(weight for _, weight, _ in every)
    most = max(weight for _, weight, _ in every)
    for name, cell in settled.cells.items():
        likely: dict[Number | None, float] = defaultdict(float)
        for read, weight, _ in every:
            likely[read[name]] += weight / whole
        assert {v: p for v, p in cell.posteriors.items() if p > 1e-9} == pytest.approx(
            {v: p for v, p in likely.items() if p > 1e-9}, rel=1e-6, abs=1e-9
        )
        assert cell.posterior == cell.posteriors[cell.value]
        others = max((weight for read, weight, _ in every if read[name] != cell.value), default=0.0)
        assert cell.margin == pytest.approx(math.log(most / others) if others else math.inf, rel=1e-6, abs=1e-6)
    best = [
        (weight, signs)
        for read, weight, signs in every
        if all(read[name] == cell.value for name, cell in settled.cells.items())
    ]
    weight, signs = max(best, key=lambda found: found[0])
    assert weight == pytest.approx(most, rel=1e-9)
    assert set(settled.differ) == {name for name, sign in signs.items() if sign is False}
