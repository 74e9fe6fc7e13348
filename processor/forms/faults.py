"""What is wrong with the declaration of a form: sentences, collected so that all are said at once."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Fault(NamedTuple):
    """One thing to put right in a form.toml."""

    where: str
    """`field phone`, `table workers, column name`; empty for the form as a whole."""
    what: str
    do: str

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.where}: {self.what} {self.do}" if self.where else f"{self.what} {self.do}"


class Faults(list[Fault]):
    """The faults found so far. What is wrong gets a harmless stand-in, so that looking goes on."""

    def add(self, where: str, what: str, do: str) -> None:
        """Note one."""
        self.append(Fault(where, what, do))

    def only(self, where: str, entry: Mapping[str, Any], allowed: Iterable[str]) -> None:
        """No key but those: a misspelt one that is silently ignored is worse than none."""
        allowed = tuple(allowed)
        for key in entry:
            if key not in allowed:
                near = close(key, allowed) or "one of " + ", ".join(allowed)
                self.add(where, f"nobody knows the key “{key}”.", f"Write {near}, or take it out.")

    def text(self, where: str, entry: Mapping[str, Any], key: str, default: str = "") -> str:
        """The text under a key."""
        return str(self._of(where, entry, key, default=default, called="a text"))

    def flag(self, where: str, entry: Mapping[str, Any], key: str) -> bool:
        """The yes or no under a key; no where nothing is said."""
        return bool(self._of(where, entry, key, default=False, called="true or false"))

    def table(self, where: str, entry: Mapping[str, Any], key: str) -> dict[str, Any]:
        """The table under a key."""
        return dict(self._of(where, entry, key, default={}, called="a table"))

    def list(self, where: str, entry: Mapping[str, Any], key: str) -> tuple[Any, ...]:
        """The list under a key."""
        return tuple(self._of(where, entry, key, default=[], called="a list"))

    def _of(self, where: str, entry: Mapping[str, Any], key: str, *, default: Any, called: str) -> Any:  # noqa: ANN401
        """The value, which must be of the default's type."""
        value = entry.get(key, default)
        if type(value) is type(default):
            return value
        self.add(where, f"“{key}” must be {called}.", f"Correct the value: {value!r}.")
        return default


def close(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, quoted; empty for none."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"“{near[0]}”" if near else ""
