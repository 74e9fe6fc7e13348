"""A table of the vocabulary's TOML, checked as it is read, that can name what is wrong and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from processor.errors import SetupBroken
from processor.reading.phrases import fold, lexicon, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.reading.phrases import Lexicon

T = TypeVar("T")


class Table:
    """A table of the file, and where it stands, so that what is wrong can be named."""

    def __init__(self, entries: dict[str, Any], place: str) -> None:
        self.entries = entries
        self.place = place

    def text(self, key: str) -> str:
        """A text that is not blank."""
        value = self.entries.get(key)
        if not isinstance(value, str) or not value.strip():
            raise broken(f"{self._at(key)} is not a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, one at least."""
        return self._listed(self.entries.get(key), key)

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self.entries.get(key, False)
        if not isinstance(value, bool):
            raise broken(f"{self._at(key)} is neither true nor false")
        return value

    def folded(self, key: str) -> frozenset[str]:
        """A list of words, folded."""
        return frozenset(fold(word) for word in self.texts(key))

    def ranks(self, key: str) -> tuple[tuple[str, ...], ...]:
        """A list of texts, or a list of such lists: the first rank first."""
        value = self.entries.get(key)
        if isinstance(value, list) and value and all(isinstance(rank, list) for rank in value):
            return tuple(self._listed(rank, key) for rank in value)
        return (self._listed(value, key),)

    def _listed(self, value: object, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
            raise broken(f"{self._at(key)} is not a list of texts")
        return tuple(value)

    def years(self) -> int:
        """A number of years, 1 to 99."""
        value = self.entries.get("years")
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 99:
            raise broken(f"{self._at('years')} is not a number of years")
        return value

    def table(self, key: str) -> Table:
        """A table inside this one."""
        value = self.entries.get(key)
        if not isinstance(value, dict):
            raise broken(f"[{self._at(key)}] is missing")
        return Table(value, self._at(key))

    def tables(self, key: str) -> list[Table]:
        """An array of tables, one at least."""
        value = self.entries.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            raise broken(f"[[{self._at(key)}]] is missing")
        return [Table(item, f"{self._at(key)}[{n}]") for n, item in enumerate(value, start=1)]

    def lexicon(self, key: str) -> Lexicon[str]:
        """A list of phrases as a lexicon; each stands for itself, folded."""
        return words_of(self._at(key), ((alias, _folded(alias)) for alias in self.texts(key)))

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def broken(what: str) -> SetupBroken:
    """The error that says what is wrong with the vocabulary."""
    return SetupBroken(f"The vocabulary cannot be used: {what}.", do="Correct processor/rulebook/vocabulary.toml.")


def words_of(place: str, pairs: Iterable[tuple[str, T]]) -> Lexicon[T]:
    """A lexicon in which no phrase has two meanings."""
    meanings: dict[str, T] = {}
    for alias, what in pairs:
        folded = _folded(alias)
        if not folded:
            raise broken(f"{place}: the alias “{alias}” has no letters")
        if meanings.setdefault(folded, what) != what:
            raise broken(f"{place}: “{alias}” has two meanings")
    return lexicon(meanings.items())


def _folded(alias: str) -> str:
    return " ".join(token.text for token in tokens(alias))
