"""What the bench has measured, a line of JSON a page, so that a run that is cut short goes on where it was."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Line: TypeAlias = dict[str, Any]
"""`key`, `paper` (the paper's key), `part` and `parts` (which of its lines, of how many), `counts`, `seconds` …"""
ROOT = Path(__file__).parents[3]
_MEASURED = ("processor", "templates", "tests/papers", "tests/reading/cards", "tests/tools/scans")
_SHOWN = ("report.py", "README.md")
"""What only shows what was measured."""


def edition() -> str:
    """Twelve letters that say which program and papers these are: lines of others are never mixed in."""
    digest = hashlib.sha256()
    for folder in _MEASURED:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and path.name not in _SHOWN:
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def keep(store: Path, lines: Iterable[Line]) -> None:
    """Add the lines of one paper."""
    with store.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def kept(store: Path) -> dict[str, list[Line]]:
    """The lines of each paper that is there whole, by its key; none where there is no file.

    A paper that was cut short is left out, and so is a last line that was; a paper that is there twice counts once.
    """
    text = store.read_text("utf-8") if store.exists() else ""
    papers: dict[str, dict[int, Line]] = {}
    parts: dict[str, int] = {}
    for told in text.splitlines(keepends=True):
        if told.endswith("\n") and _whole(told):
            line = json.loads(told)
            papers.setdefault(line["paper"], {})[line["part"]] = line
            parts[line["paper"]] = line["parts"]
    return {key: list(lines.values()) for key, lines in papers.items() if len(lines) == parts[key]}


def _whole(told: str) -> bool:
    """Whether a line is JSON: one that was cut short runs into the next."""
    try:
        json.loads(told)
    except json.JSONDecodeError:
        return False
    return True
