"""The lines of the bench as a page of Markdown: every share with its count and its 95 % interval."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from processor.twin.channels import Channel
from processor.twin.hands import Writing
from tests.tools.scans.judging import Group, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Line = dict[str, Any]

_Z = 1.959964
_FIELDS = (Group.FIGURES, Group.WORDS)
_TYPED, _HAND = (Writing.TYPED.value,), (Writing.PRINT.value,)
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
        """How many boxes."""
        return self.counts.total()

    @property
    def sure(self) -> int:
        """How many readings that are sure."""
        return self.counts[Outcome.RIGHT] + self.counts[Outcome.WRONG]

    def cells(self) -> list[str]:
        """Boxes, exact, wrong and sure of the sure ones, asked."""
        exact = self.counts[Outcome.RIGHT] + self.counts[Outcome.ASKED]
        percent = f"{100 * exact / self.all:.2f} %" if self.all else "-"
        asked = share(self.all - self.sure, self.all)
        return [f"{self.all:,}", percent, share(self.counts[Outcome.WRONG], self.sure), asked]


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


_BY_HAND = (Writing.HAND.value, Writing.PRINT.value)
TARGETS = (
    Target("typed, scan 300/200/150 dpi, bilevel, fax fine", (*_SCANS, "fax_fine"), _TYPED, _FIELDS, 0.1, 5),
    Target("typed, fax standard, photo", ("fax_standard", "photo"), _TYPED, _FIELDS, 0.3, 10),
    Target("hand print, real writers, scans", _SCANS, _HAND, _FIELDS, 0.5, 35),
    Target("… of it dates, phones, codes, counts", _SCANS, _HAND, (Group.FIGURES,), 0.5, 15),
    Target("tick boxes, all channels", _ALL, (*_TYPED, *_BY_HAND), (Group.TICK,), 0.05, 2),
    Target("audit sections and totals by pen", _ALL, _BY_HAND, (Group.SUMS,), 0.1, 10),
    Target("which form, which page", _ALL, (*_TYPED, *_BY_HAND), (Group.PAGE,), 0, 1),
)


def report(lines: Sequence[Line], peers: Line, speed: Line, head: Sequence[str]) -> Iterator[str]:
    """The whole page, a paragraph or a table row at a time."""
    yield from ("# How accurately scanned papers are read", "", *head, "")
    yield from ("## Targets", "", *_targets(lines), "")
    yield from ("## Channels and pens", "", *_CELLS_NOTE, "", *_cells(lines), "")
    for title, groups in _PARTS:
        yield from (f"## {title}", "", *_part(lines, groups), "")
    yield from ("## Beside others, on the same pages", "", *_peers(peers), "")
    yield from ("## Speed", "", *_speed(speed))


def _row(*cells: object) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _header(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield "|" + "|".join("---" if n == 0 else "---:" for n in range(len(names))) + "|"


def _targets(lines: Sequence[Line]) -> Iterator[str]:
    yield from _header("what", "boxes", "exact", "wrong and sure", "at most", "asked", "at most", "met")
    for one in TARGETS:
        own = [line for line in lines if line["channel"] in one.channels and line["pen"] in one.pens]
        found = summed(own, one.groups)
        boxes, exact, wrong, asked = found.cells()
        enough = found.all and 100 * found.counts[Outcome.WRONG] <= one.wrong * found.sure
        few = 100 * (found.all - found.sure) <= one.asked * found.all
        met = "yes" if enough and few else "no"
        yield _row(one.what, boxes, exact, wrong, f"{one.wrong:g} %", asked, f"{one.asked:g} %", met)


_CELLS_NOTE = (
    "Fields are the boxes in which words or figures are written; ticks, signatures, sums and empty boxes have tables",
    "of their own. Exact: the first guess is the true value, sure or not, blanks aside. Wrong and sure: of the sure",
    "ones. Asked: left to a person. Seconds are the processor's, everything from the file's bytes to readings.",
)
_PARTS = (
    ("Figures: dates, phones, codes, counts", (Group.FIGURES,)),
    ("Names and other words", (Group.WORDS,)),
    ("Boxes in which nothing is written", (Group.EMPTY,)),
    ("Tick boxes", (Group.TICK,)),
    ("Signatures", (Group.SIGNATURE,)),
    ("Audits: sections and totals", (Group.SUMS,)),
    ("Audits: points of items", (Group.ITEMS,)),
    ("Which form, which page", (Group.PAGE,)),
)


def _cells(lines: Sequence[Line]) -> Iterator[str]:
    yield from _header("channel", "pen", "pages", "fields", "exact", "wrong and sure", "asked", "s a page")
    for channel in Channel:
        for pen in Writing:
            own = [line for line in lines if (line["channel"], line["pen"]) == (channel, pen)]
            if own:
                yield _row(channel, pen, *_counted(own))
    yield _row("all", "", *_counted(lines))


def _counted(lines: Sequence[Line]) -> list[str]:
    pages = sum(line["pages"] for line in lines)
    seconds = sum(line["seconds"] for line in lines) / max(pages, 1)
    return [f"{pages:,}", *summed(lines, _FIELDS).cells(), f"{seconds:.2f}"]


def _part(lines: Sequence[Line], groups: Sequence[Group]) -> Iterator[str]:
    """A row for each pen, and one for each channel."""
    yield from _header("", "boxes", "exact", "wrong and sure", "asked")
    for key, values in (("pen", Writing), ("channel", Channel)):
        for value in values:
            found = summed([line for line in lines if line[key] == value], groups)
            if found.all:
                yield _row(value, *found.cells())
    yield _row("all", *summed(lines, groups).cells())


def _peers(peers: Line) -> Iterator[str]:
    if not peers:
        yield "Not run."
        return
    names = [name for name, found in peers.items() if found]
    yield from _header("", "pages", "fields", *(cell for name in names for cell in (f"{name}: exact", "s a page")))
    keys = [*(value.value for value in (*Writing, *Channel)), "all"]
    for key in (key for key in keys if key in peers["ours"]):
        first = peers["ours"][key]
        row: list[str] = []
        for found in (peers[name][key] for name in names):
            row += [
                f"{100 * found['exact'] / max(found['fields'], 1):.1f} %",
                f"{found['seconds'] / found['pages']:.2f}",
            ]
        yield _row(key, first["pages"], first["fields"], *row)
    yield ""
    yield "All read the page as we laid it onto the blank, with our boxes and our parsers. Their seconds are for"
    yield "recognition alone, ours for everything; a tool that starts anew for each page pays its start."
    for name in (name for name, found in peers.items() if not found):
        yield f"{name} could not be installed here."


def _speed(speed: Line) -> Iterator[str]:
    if not speed:
        yield "Not run."
        return
    yield f"One page of `csam-registration` ({speed['fields']} boxes), TIFF at 300 dpi, one thread, least of several."
    yield ""
    yield from _header("page", "ours, s", "floor, s", "ours / floor", "exact", "ocrmypdf + pdfplumber, s", "exact")
    for pen in (name for name in speed if name != "fields"):
        found = speed[pen]
        other = found["ocrmypdf"]
        cells = (
            [f"{other['seconds']:.2f}", f"{other['exact']} of {found['written']}"] if other else ["not installed", "-"]
        )
        ratio = f"{found['ours'] / found['floor']:.2f}"
        exact = f"{found['exact']} of {found['written']}"
        yield _row(pen, f"{found['ours']:.3f}", f"{found['floor']:.3f}", ratio, exact, *cells)
    yield ""
    yield "The floor: decode, find the page, lay it onto the blank, cut the inked boxes, recognise them once."
