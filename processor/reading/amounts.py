"""What written numbers mean: people, points, percentages, dollars. English and French ways of writing, nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

from processor.reading.parsed import Parsed, flat, unclear

_COUNT = re.compile(r"[0-9]{1,4}")
_POINTS = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]))?")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,4}))? ?(%?)")
_MONEY = (
    re.compile(r"\$? ?([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(?:\.([0-9]{2}))?"),
    re.compile(r"\$? ?([0-9]{1,3}(?: [0-9]{3}){1,3})(?:[.,]([0-9]{2}))?"),
    re.compile(r"([0-9]{1,3}(?: [0-9]{3}){1,3}|[0-9]{1,9})(?:,([0-9]{2}))? ?\$?"),
)
"""`$1,234.50`; `1 234.50`; `1 234,50 $`. Cents are two digits or none, so no group of three is taken for them."""


def parse_count(raw: str) -> Parsed:
    """A number of people, 0 to 9999, in figures."""
    text = flat(raw)
    return Parsed(int(text)) if _COUNT.fullmatch(text) else unclear("a number of people in figures")


def parse_points(raw: str) -> Parsed:
    """Points of an audit: whole, or with one decimal.

    >>> parse_points("3,5").value
    Decimal('3.5')
    """
    match = _POINTS.fullmatch(flat(raw))
    return Parsed(_decimal(match)) if match else unclear("a number of points")


def parse_percent(raw: str) -> Parsed:
    """A percentage from 0 to 100. `0.8` or `1` without the sign may be a share of one: unclear.

    >>> parse_percent("79,9 %").value
    Decimal('79.9')
    """
    match = _PERCENT.fullmatch(flat(raw))
    if match is None:
        return unclear("a percentage from 0 to 100")
    value = _decimal(match)
    if value > 100 or (0 < value <= 1 and not match[3]):
        return unclear("a percentage from 0 to 100")
    return Parsed(value)


def parse_money(raw: str) -> Parsed:
    """An amount in dollars.

    >>> parse_money("1 234,50 $").value
    Decimal('1234.50')
    """
    text = flat(raw)
    match = next(filter(None, (pattern.fullmatch(text) for pattern in _MONEY)), None)
    return Parsed(_decimal(match)) if match else unclear("an amount in dollars, as in $1,234.50")


def _decimal(match: re.Match[str]) -> Decimal:
    whole = re.sub(r"[ ,]", "", match[1])
    return Decimal(f"{whole}.{match[2]}" if match[2] else whole)
