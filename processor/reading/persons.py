"""Whether a text can be a person's name: what it is made of, and what no name holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processor.reading.phrases import fold

if TYPE_CHECKING:
    from processor.reading.vocabulary import Names

_WORD = re.compile(r"[^\W\d_]+(?:['’.\-‑][^\W\d_]+)*\.?")  # noqa: RUF001


def person(text: str, names: Names, *, labelled: bool = False, placed: bool = False) -> str | None:
    """The name in this text, which must hold nothing else; its courtesy title is left out.

    Two to six words, each with a capital (or a script without), none that the vocabulary forbids. With
    `placed`, only a name can stand here: names of towns are let through; with `labelled`, small letters too.
    """
    words = _ended(text).replace(",", " , ").split()
    while words and fold(words[0].rstrip(".")) in names.titles:
        del words[0]
    parts = [word for word in words if word != ","]
    if not _shaped(words, parts) or not all(_WORD.fullmatch(part) for part in parts):
        return None
    folded = [fold(part.rstrip(".")) for part in parts]
    if any(part in names.never for part in folded) or max(map(len, folded)) < 2:
        return None
    if labelled:
        return " ".join(words).replace(" ,", ",")
    capital = all(_capital(part) or word in names.particles for part, word in zip(parts, folded, strict=True))
    if not capital or (not placed and set(folded) <= names.seldom):
        return None
    return " ".join(words).replace(" ,", ",")


def _ended(text: str) -> str:
    """A text without the full stop of its sentence; that of `Jr.` or of an initial stays."""
    last = text.split()[-1:]
    return text.rstrip(" .") if last and len(last[0].rstrip(".")) > 2 else text


def _shaped(words: list[str], parts: list[str]) -> bool:
    """Two to six words, with a comma at most once and inside (`Doe, Jane`)."""
    commas = len(words) - len(parts)
    return 2 <= len(parts) <= 6 and (commas == 0 or (commas == 1 and "," not in (words[0], words[-1])))


def _capital(word: str) -> bool:
    return word[0].isupper() or word[0].lower() == word[0].upper()


def leading(text: str, names: Names) -> tuple[str, bool] | None:
    """The name that a text begins with, and whether it plainly ends there: with a mark, or before a small word.

    `Jane Doe for her work` gives `Jane Doe`; `Jane Doe Roofing` gives it too, and that it may go on.
    """
    words = text.split()
    for end in range(min(len(words), 7), 1, -1):
        last = words[end - 1].rstrip("!?;:,.)")
        name = person(" ".join([*words[: end - 1], last]), names)
        if name is not None and fold(name.split()[-1]) not in names.particles:
            return name, last != words[end - 1] or end == len(words) or _small(words[end], names)
    return None


def _small(word: str, names: Names) -> bool:
    """Whether a word goes on with the sentence: it begins with a small letter and is no `de` or `van`."""
    return word[0].islower() and fold(word) not in names.particles


def same(a: str, b: str) -> bool:
    """Whether two spellings can be one person's: the words of one are all among the other's, two at least."""
    one, two = ({fold(word.strip(".,")) for word in text.replace(",", " ").split()} for text in (a, b))
    return one == two or (min(len(one), len(two)) >= 2 and (one <= two or two <= one))
