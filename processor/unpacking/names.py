"""Names of pieces: a stranger's text made fit to be shown, and no two the same. None is ever used as a path."""

from __future__ import annotations

import unicodedata

from processor.unpacking.limits import MAX_NAME


def shown(text: str, most: int) -> str:
    """One line of text without anything that hides, turns or breaks it; no half characters, so many at most."""
    plain = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    seen = "".join(" " if c.isspace() else c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(seen.split())[:most].strip()


def file_name(text: str) -> str:
    """The last part of what the sender calls a file; empty for none."""
    return shown(text.replace("\\", "/").rpartition("/")[2], MAX_NAME).strip(". ")


def way(text: str) -> str:
    """The way of a file in an archive, without steps up, to the root or to a drive."""
    steps = [shown(step, MAX_NAME) for step in text.replace("\\", "/").split("/")]
    return "/".join(s for s in steps if s and s.strip(".") and not s.endswith(":"))[-MAX_NAME:].strip("/")


class Names:
    """Gives each piece of a container a path of its own."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, within: str, name: str, instead: str = "file") -> str:
        """The path of a piece of that name; a second one of the same name is numbered: `scan (2).pdf`."""
        whole = f"{within}{name or instead}"
        stem, dot, ending = whole.rpartition(".")
        if not dot or "/" in ending:
            stem, dot, ending = whole, "", ""
        count, free = 1, whole
        while free.casefold() in self._given:
            count += 1
            free = f"{stem} ({count}){dot}{ending}"
        self._given.add(free.casefold())
        return free
