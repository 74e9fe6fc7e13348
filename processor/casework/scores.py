"""Whether the points of an audit add up, and whether each N/A and each zero is explained.

Only what was read for sure is compared: an unsure or blank score never makes a sum differ. Sources:
domain.md 2.4 (N/A is taken out of possible; every N/A and every zero has a comment) and 2.6.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from processor.findings import finding
from processor.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from processor.forms.form import Form
    from processor.model import Document, Finding, Reading, Row

SHARES = (1, 10, 100)
"""A percentage may be printed with none, one or two decimals."""
MOST = 10**9
"""No paper awards more; what claims to is not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One section of an audit as it was read."""

    path: str
    """`sections[6]`."""
    row: Row
    number: str
    name: str
    items: tuple[tuple[str, Row], ...] = ()
    """Its items, each with its path."""

    @property
    def title(self) -> str:
        """`Section 6, Personal Protective Equipment`."""
        return f"Section {self.number}, {self.name}" if self.name else f"Section {self.number}"

    @property
    def available(self) -> Fraction | None:
        """What all items can bring, before N/A."""
        return amount(self.row["available"])

    @property
    def not_applicable(self) -> Fraction | None:
        """What N/A takes out; nothing where the box is empty."""
        return Fraction(0) if blank(self.row["not_applicable"]) else amount(self.row["not_applicable"])

    @property
    def possible(self) -> Fraction | None:
        """Available without N/A (domain.md 2.4); where one of them is not known, what the sheet says."""
        if self.available is not None and self.not_applicable is not None:
            return self.available - self.not_applicable
        return amount(self.row["possible"])

    @property
    def awarded(self) -> Fraction | None:
        """What the sheet says; where that is not sure, what the items add up to."""
        said = amount(self.row["awarded"])
        return self.earned if said is None and not blank(self.row["awarded"]) else said

    @property
    def earned(self) -> Fraction | None:
        """What the items add up to; nothing to say while one of them is blank or unsure."""
        points = [Fraction(0) if applies_not(row) else amount(row["awarded"]) for _, row in self.items]
        known = [p for p in points if p is not None]
        return sum(known, Fraction(0)) if points and len(known) == len(points) else None


def parts(document: Document) -> tuple[Part, ...]:
    """The sections of an audit, each with its items; an item `6.2` belongs to section 6."""
    items = [(f"items[{i}]", row) for i, row in enumerate(document.rows("items"), start=1)]
    found = []
    for i, row in enumerate(document.rows("sections"), start=1):
        number = shown(row["number"]) or str(i)
        its = tuple((path, item) for path, item in items if shown(item["number"]).partition(".")[0] == number)
        found.append(Part(path=f"sections[{i}]", row=row, number=number, name=shown(row["name"]), items=its))
    return tuple(found)


def arithmetic(document: Document, form: Form | None = None) -> tuple[Finding, ...]:
    """What is wrong with the points of an audit.

    Args:
        document: the audit, corrections included.
        form: its form, whose sections say what an item can bring; without it, that is not compared.
    """
    sections = parts(document)
    if _unscored(sections):
        return (finding("audit-unscored", page=_first_page(sections), reading="sections"),)
    points = {item.number: item.points for s in (form.sections if form else ()) for item in s.items}
    found: list[Finding] = []
    for part in sections:
        found += _of_section(part)
        for path, row in part.items:
            found += _of_item(path, row, points.get(shown(row["number"])))
        found += _of_sums(part, points)
    return (*found, *_of_totals(document, sections))


# ---------------------------------------------------------------- one section, one item


def _of_section(part: Part) -> Iterator[Finding]:
    awarded, comment, path = part.row["awarded"], part.row["comment"], part.path
    if blank(awarded) and part.possible != 0:
        yield _about("score-blank", awarded, path, place=part.title)
    yield from _too_many(awarded, part.possible, path, part.title)
    if part.items or not blank(comment):
        return
    if amount(awarded) == 0 and part.possible != 0:
        yield _about("zero-unexplained", awarded, path, place=part.title)
    if (part.not_applicable or 0) > 0:
        yield _about("not-applicable-unexplained", part.row["not_applicable"], path, place=part.title)


def _of_item(path: str, row: Row, points: int | None) -> Iterator[Finding]:
    awarded, place = row["awarded"], f"Item {shown(row['number'])}"
    if applies_not(row):
        if blank(row["comment"]):
            yield _about("not-applicable-unexplained", row["not_applicable"], path, place=place)
        return
    if blank(awarded) and row["not_applicable"].state is not State.UNSURE:
        yield _about("score-blank", awarded, path, place=place)
    if amount(awarded) == 0 and blank(row["comment"]):
        yield _about("zero-unexplained", awarded, path, place=place)
    yield from _too_many(awarded, None if points is None else Fraction(points), path, place)


def _too_many(awarded: Reading, possible: Fraction | None, path: str, place: str) -> Iterator[Finding]:
    points = amount(awarded)
    if points is not None and possible is not None and points > possible:
        says = {"place": place, "awarded": said(points), "possible": said(possible)}
        yield _about("awarded-over-possible", awarded, path, **says)


# ---------------------------------------------------------------- sums


def _of_sums(part: Part, points: dict[str, int]) -> Iterator[Finding]:
    row, path = part.row, part.path
    yield from _differs(row["awarded"], part.earned, path, f"{part.title}, points awarded")
    if part.available is not None and part.not_applicable is not None:
        yield from _differs(row["possible"], part.possible, path, f"{part.title}, points possible")
    taken_out, stated = _taken_out(part, points), part.not_applicable
    if taken_out is not None and stated is not None and stated != taken_out:
        says = {"stated": said(stated), "computed": said(taken_out)}
        yield _about("sums-differ", row["not_applicable"], path, place=f"{part.title}, points not applicable", **says)
    yield from _percent(row["percent"], part.awarded, part.possible, path, part.title)


def _taken_out(part: Part, points: dict[str, int]) -> Fraction | None:
    """What the items marked N/A would have brought; nothing to say without the form or with an unsure mark."""
    sure = all(row["not_applicable"].known or blank(row["not_applicable"]) for _, row in part.items)
    out = [points.get(shown(row["number"])) for _, row in part.items if applies_not(row)]
    known = [p for p in out if p is not None]
    return Fraction(sum(known)) if part.items and points and sure and len(known) == len(out) else None


def _of_totals(document: Document, sections: Iterable[Part]) -> Iterator[Finding]:
    possible = _sum(part.possible for part in sections)
    awarded = _sum(part.awarded for part in sections)
    yield from _differs(document["total_possible"], possible, "", "Total of points possible")
    yield from _differs(document["total_awarded"], awarded, "", "Total of points awarded")
    yield from _percent(document["overall_percent"], awarded, possible, "", "Overall")


def _sum(values: Iterable[Fraction | None]) -> Fraction | None:
    many = list(values)
    known = [v for v in many if v is not None]
    return sum(known, Fraction(0)) if many and len(known) == len(many) else None


def _differs(stated: Reading, computed: Fraction | None, path: str, place: str) -> Iterator[Finding]:
    points = amount(stated)
    if points is not None and computed is not None and points != computed:
        yield _about("sums-differ", stated, path, place=place, stated=said(points), computed=said(computed))


def _percent(
    stated: Reading, awarded: Fraction | None, possible: Fraction | None, path: str, place: str
) -> Iterator[Finding]:
    printed = amount(stated)
    if printed is None or awarded is None or possible is None or possible <= 0:
        return
    exact = awarded / possible * 100
    if printed not in printable(exact):
        says = {"stated": f"{said(printed)} %", "computed": percent(exact)}
        yield _about("sums-differ", stated, path, place=f"{place}, percentage", **says)


def printable(exact: Fraction) -> frozenset[Fraction]:
    """How a percentage may be printed: with none, one or two decimals, cut off or rounded half up."""
    half = Fraction(1, 2)
    return frozenset({exact, *(Fraction((exact * n + more) // 1, n) for n in SHARES for more in (0, half))})


# ---------------------------------------------------------------- what a cell says


def amount(reading: Reading) -> Fraction | None:
    """A number that was read for sure, exactly; else nothing."""
    value = reading.value
    if not reading.known or isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return Fraction(value) if -MOST < value < MOST else None


def blank(reading: Reading) -> bool:
    """Whether the box was seen, and is empty."""
    return reading.state is State.BLANK or (reading.known and reading.value in (None, ""))


def applies_not(row: Row) -> bool:
    """Whether the item is marked N/A for sure."""
    return row["not_applicable"].known and row["not_applicable"].value is True


def shown(reading: Reading) -> str:
    """A cell as text; empty when it is not known."""
    if reading.known and isinstance(reading.value, str):
        return reading.value
    number = amount(reading)
    return "" if number is None else said(number)


def said(number: Fraction) -> str:
    """Points as people write them: `9`, `4.5`."""
    hundredths = round(abs(number) * 100)
    text = f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 else text


def percent(exact: Fraction) -> str:
    """A percentage with one decimal, cut off and never rounded up: 79.96 % is not 80 %.

    >>> percent(Fraction(7996, 100))
    '79.9 %'
    """
    tenths = exact * 10 // 1
    return f"{tenths // 10}.{tenths % 10} %"


def _unscored(sections: tuple[Part, ...]) -> bool:
    """Whether nobody scored it: each score that we saw is blank or zero, and there is at least one."""
    scores = [p.row["awarded"] for p in sections] + [row["awarded"] for p in sections for _, row in p.items]
    seen = [s for s in scores if s.state is not State.MISSING]
    return bool(seen) and all(blank(s) or amount(s) == 0 for s in seen)


def _first_page(sections: tuple[Part, ...]) -> int | None:
    return next((p.row["awarded"].page for p in sections if p.row["awarded"].page), None)


def _about(code: str, reading: Reading, path: str, **values: object) -> Finding:
    name = f"{path}.{reading.name}" if path else reading.name
    return finding(code, page=reading.page, box=reading.box, reading=name, **values)
