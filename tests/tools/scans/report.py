"""The lines of the bench as a page of Markdown: every share with its count and its 95 % interval."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from processor.twin.channels import Channel
from processor.twin.hands import Writing
from tests.tools.scans.judging import Group, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from tests.tools.scans.kept import Line

_Z = 1.959964
_FIELDS = (Group.FIGURES, Group.WORDS)
_TYPED, _HAND, _PRINT = Writing.TYPED.value, Writing.HAND.value, Writing.PRINT.value
_SCANS = (Channel.SCAN300.value, Channel.SCAN200.value, Channel.SCAN150.value, Channel.BILEVEL200.value)
_ALL = tuple(channel.value for channel in Channel)


def interval(count: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share.

    >>> low, high = interval(0, 1000)
    >>> low, round(high, 4)
    (0.0, 0.0038)
    """
    if not of:
        return 0.0, 1.0
    share, spread = count / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return (0.0 if not count else middle - half), (1.0 if count == of else middle + half)


def share(count: int, of: int) -> str:
    """`3 of 1,000: 0.30 % (0.10-0.88)`."""
    if not of:
        return "-"
    low, high = interval(count, of)
    return f"{count:,} of {of:,}: {100 * count / of:.2f} % ({100 * low:.2f}-{100 * high:.2f})"


class Sum(NamedTuple):
    """Outcomes put together."""

    counts: Counter[str]

    @property
    def all(self) -> int:
        """How many values."""
        return self.counts.total()

    @property
    def sure(self) -> int:
        """How many that nobody is asked about."""
        return self.counts[Outcome.RIGHT] + self.counts[Outcome.WRONG]

    @property
    def wrong(self) -> int:
        """How many of those that are wrong."""
        return self.counts[Outcome.WRONG]

    def cells(self) -> list[str]:
        """Exact of all; wrong and sure, of the sure ones; asked, of all."""
        exact = self.counts[Outcome.RIGHT] + self.counts[Outcome.ASKED]
        asked = self.all - self.sure
        return [share(exact, self.all), share(self.wrong, self.sure), share(asked, self.all)]


def summed(lines: Iterable[Line], groups: Sequence[Group]) -> Sum:
    """The outcomes of these groups over the lines."""
    counts: Counter[str] = Counter()
    for line in lines:
        for key, count in line["counts"].items():
            group, _, outcome = key.partition("/")
            if group in groups:
                counts[outcome] += count
    return Sum(counts)


class Target(NamedTuple):
    """A row of the targets: what is pooled, and what it must reach, in per cent."""

    what: str
    channels: tuple[str, ...]
    pens: tuple[str, ...]
    groups: tuple[Group, ...]
    wrong: float
    asked: float

    def of(self, lines: Iterable[Line]) -> list[Line]:
        """The lines that belong to it. Cards and decisions have no pen."""
        own = [line for line in lines if line["channel"] in self.channels]
        return [line for line in own if not line["pen"] or line["pen"] in self.pens]

    def met(self, found: Sum) -> str:
        """Whether what was found is within the target, and whether its interval is as well."""
        if not found.all:
            return "-"
        asked = found.all - found.sure
        if 100 * found.wrong > self.wrong * found.sure or 100 * asked > self.asked * found.all:
            return "no"
        shown = interval(found.wrong, found.sure)[1] <= self.wrong / 100
        return "yes" if shown and interval(asked, found.all)[1] <= self.asked / 100 else "as counted"


_CARDS = ("scan300", "scan200", "scan150", "fax_fine", "photo")
_ANY_PEN = (_TYPED, _HAND, _PRINT)
TARGETS = (
    Target("typed, scan 300/200/150 dpi, bilevel, fax fine", (*_SCANS, "fax_fine"), (_TYPED,), _FIELDS, 0.1, 5),
    Target("typed, fax standard, photo", ("fax_standard", "photo"), (_TYPED,), _FIELDS, 0.3, 10),
    Target("hand print, real writers, scans", _SCANS, (_PRINT,), _FIELDS, 0.5, 35),
    Target("… of it dates, phones, codes, counts", _SCANS, (_PRINT,), (Group.FIGURES,), 0.5, 15),
    Target("tick boxes, all channels", _ALL, _ANY_PEN, (Group.TICK,), 0.05, 2),
    Target("audit sections and totals by pen", _ALL, (_HAND, _PRINT), (Group.SUMS,), 0.1, 10),
    Target("cards of unknown layout", _CARDS, _ANY_PEN, (Group.CARD,), 0.5, 25),
    Target("which form, which page", _ALL, _ANY_PEN, (Group.PAGE,), 0, 1),
    Target("decisions", _ALL, _ANY_PEN, (Group.DECISION,), 0, 100),
)
"""The issue's; boxes in which nothing is written, signatures and an audit's items have rows of their own below."""


def report(lines: Sequence[Line], peers: Line, speed: Line, head: Sequence[str]) -> Iterator[str]:
    """The whole page, a paragraph or a table row at a time."""
    yield from ("# How accurately scanned papers are read", "", *head, "")
    yield from ("## Targets", "", *_NOTE, "", *_targets(lines), "")
    yield from ("## Channels and pens", "", "Boxes in which words or figures are written.", "", *_cells(lines), "")
    yield from ("## Kinds of value", "", *_kinds(lines), "")
    yield from ("## Beside others, on the same pages", "", *_peers(peers), "")
    yield from ("## Speed and memory", "", *_speed(speed))


_NOTE = (
    "Exact: the first guess is the true value, sure or not. Wrong and sure: of what nobody is asked about. Asked: left",
    'to a person. Met is "yes" where the whole interval is within the target, "as counted" where only the count is.',
)


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _header(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "|".join("---" if n == 0 else "---:" for n in range(len(names))) + "|"


def _targets(lines: Sequence[Line]) -> Iterator[str]:
    yield from _header("what", "exact", "wrong and sure", "at most", "asked", "at most", "met", "s a page")
    for one in TARGETS:
        own = one.of(lines)
        found = summed(own, one.groups)
        exact, wrong, asked = found.cells()
        most = "-" if one.asked >= 100 else f"{one.asked:g} %"
        seconds = _seconds([line for line in own if summed([line], one.groups).all])
        yield _row(one.what, exact, wrong, f"{one.wrong:g} %", asked, most, one.met(found), seconds)


def _seconds(lines: Sequence[Line]) -> str:
    """Seconds of the processor for a page, everything from the file's bytes to readings."""
    pages = sum(line["pages"] for line in lines)
    spent = sum(line["seconds"] * line["pages"] for line in lines)
    return f"{spent / pages:.2f}" if pages else "-"


def _cells(lines: Sequence[Line]) -> Iterator[str]:
    yield from _header("channel", "pen", "pages", "exact", "wrong and sure", "asked", "s a page")
    forms = [line for line in lines if line["pen"]]
    for channel in Channel:
        for pen in Writing:
            own = [line for line in forms if (line["channel"], line["pen"]) == (channel, pen)]
            if own:
                yield _row(channel, pen, len(own), *summed(own, _FIELDS).cells(), _seconds(own))
    yield _row("all", "", len(forms), *summed(forms, _FIELDS).cells(), _seconds(forms))


_KINDS = (
    ("figures: dates, phones, codes, counts", (Group.FIGURES,)),
    ("names and other words", (Group.WORDS,)),
    ("boxes in which nothing is written", (Group.EMPTY,)),
    ("tick boxes", (Group.TICK,)),
    ("signatures", (Group.SIGNATURE,)),
    ("audits: sections and totals", (Group.SUMS,)),
    ("audits: points of items", (Group.ITEMS,)),
    ("which form, which page", (Group.PAGE,)),
)


def _kinds(lines: Sequence[Line]) -> Iterator[str]:
    """For each kind a row for each pen and each channel; cards and decisions have no pen."""
    yield from _header("kind", "of", "exact", "wrong and sure", "asked")
    for title, groups in _KINDS:
        for key, values in (("pen", Writing), ("channel", Channel)):
            for value in values:
                yield from _of(title, value, summed([line for line in lines if line[key] == value], groups))
    for title, group in (("cards", Group.CARD), ("decisions", Group.DECISION)):
        for value in Channel:
            yield from _of(title, value, summed([line for line in lines if line["channel"] == value], (group,)))


def _of(title: str, value: str, found: Sum) -> Iterator[str]:
    if found.all:
        yield _row(title, value, *found.cells())


def _peers(peers: Line) -> Iterator[str]:
    if not peers:
        yield "Not run."
        return
    names = [name for name, found in peers.items() if found]
    yield from _header("reader", "of", "pages", "exact", "wrong and sure", "asked", "s a page")
    keys = [*(value.value for value in (*Writing, *Channel)), "all"]
    for key in (key for key in keys if key in peers["ours"]):
        for name in names:
            found = peers[name][key]
            counted = Sum(Counter(found["counts"])).cells()
            yield _row(name, key, found["pages"], *counted, f"{found['seconds'] / found['pages']:.2f}")
    yield ""
    yield "All read the page as we laid it onto the blank, with our boxes and our parsers. A peer has no certainty:"
    yield "what is a value of its box's kind is sure, all else is asked. Their seconds are for recognition alone,"
    yield "ours for everything; a tool that starts anew for each page pays its start."
    for name in (name for name, found in peers.items() if not found):
        yield f"{name}: missing, it could not be installed here."


def _speed(speed: dict[str, Any]) -> Iterator[str]:
    if not speed:
        yield "Not run."
        return
    yield f"One page of `csam-registration` ({speed['fields']} boxes), TIFF at 300 dpi, one thread, least of several."
    yield ""
    yield from _header("page", "ours, s", "floor, s", "ours / floor", "exact", "ocrmypdf, pdfplumber: s", "exact")
    for pen in (pen.value for pen in Writing if pen.value in speed):
        found = speed[pen]
        other = found["ocrmypdf"]
        cells = [f"{other['seconds']:.2f}", f"{other['exact']} of {found['written']}"] if other else ["missing", "-"]
        ratio = f"{found['ours'] / found['floor']:.2f}"
        exact = f"{found['exact']} of {found['written']}"
        yield _row(pen, f"{found['ours']:.3f}", f"{found['floor']:.3f}", ratio, exact, *cells)
    yield ""
    yield "The floor: decode, find the page, lay it onto the blank, cut the inked boxes, recognise them once. Asked for"
    yield "is at most 1.5 of it, and for ocrmypdf to take at least 5 times as long."
    memory = speed["memory"]
    yield f"A process that read {memory['papers']} papers of every channel, audits among them, took at its peak"
    yield f"{memory['peak_mb']} MB (at most 700), {memory['ready_mb']} MB before the first."
