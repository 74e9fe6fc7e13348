"""Code 128, set B: the bars that survive a standard fax (ISO/IEC 15417)."""

from __future__ import annotations

_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222"
    " 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321"
    " 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121"
    " 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224"
    " 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111"
    " 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113"
    " 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
"""Widths of bar, gap, bar, … of the symbols 0 to 105: six digits and a blank each."""
_START_B = 104
_STOP = "2331112"


def bars(text: str) -> str:
    """The modules of a text in printable ASCII: `1` for black, `0` for white, without quiet zones.

    Raises `ValueError` for a character outside of set B.

    >>> bars("A")[:11]
    '11010010000'
    """
    values = [ord(c) - 32 for c in text]
    if not text or not all(0 <= v <= 94 for v in values):
        raise ValueError(f"not printable ASCII: {text!r}")
    check = (_START_B + sum(i * v for i, v in enumerate(values, start=1))) % 103
    widths = "".join(_WIDTHS[7 * v : 7 * v + 6] for v in (_START_B, *values, check)) + _STOP
    return "".join("10"[i % 2] * int(width) for i, width in enumerate(widths))
