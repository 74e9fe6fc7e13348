"""What rulebooks have in common: what findings do, and the words of each rule; a rulebook's own take their place.

`common.toml` holds `[findings]` and `[words.CODE]` as a rulebook does, and `[rule.NAME.words.KIND]`: the words of a
requirement whose rulebook has none of its own.
"""

from __future__ import annotations

import tomllib
from typing import Any


def filled(top: dict[str, Any], common: str) -> dict[str, Any]:
    """A rulebook's TOML with what it leaves out, from the common one; nothing that it says itself is changed.

    Args:
        top: the rulebook, as it was parsed; what is no table in it stays for the loader to refuse.
        common: the text of `common.toml`.
    """
    shared = tomllib.loads(common)
    whole = {**top, "findings": _over(shared["findings"], top.get("findings", {}))}
    whole["words"] = _over(shared["words"], top.get("words", {}))
    requirements = top.get("requirement")
    if isinstance(requirements, dict):
        whole["requirement"] = {id_: _worded(one, shared["rule"]) for id_, one in requirements.items()}
    return whole


def _worded(requirement: Any, rules: dict[str, Any]) -> Any:  # noqa: ANN401 - TOML that nobody has checked yet
    """A requirement with the words of its rule."""
    if not isinstance(requirement, dict) or requirement.get("rule") not in rules:
        return requirement
    return {**requirement, "words": _over(rules[requirement["rule"]]["words"], requirement.get("words", {}))}


def _over(shared: dict[str, Any], own: Any) -> Any:  # noqa: ANN401 - TOML that nobody has checked yet
    """The common table, with a rulebook's own entries over it."""
    return {**shared, **own} if isinstance(own, dict) else own
