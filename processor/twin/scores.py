"""The points of a made-up audit: items add up to sections, those to totals, those to a percentage (domain.md 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from processor.twin.chance import one_of, some

if TYPE_CHECKING:
    import numpy as np

    from processor.forms.form import Form, Section

Values = dict[str, Any]

_INCONSISTENT = 0.15
"""Share of audits in which one sum is wrong, as people add up wrong."""
_WHY_NONE = ("none on file", "not done yet", "no records seen", "to be written", "aucun registre")
_WHY_NOT = ("no crew on site", "not our work", "no vehicles", "none employed", "sans objet ici")
_SAID = ("see binder", "seen on site", "good", "photos taken", "reviewed with crew", "tab 4")


def sheet(form: Form, rng: np.random.Generator) -> Values:
    """Items, sections and totals as texts; a zero and an N/A have their comment."""
    items: list[Values] = []
    sections: list[Values] = []
    for section in form.sections:
        scored = [_item(item.points, rng) for item in section.items]
        items += scored
        sections.append(_section(section, scored))
    _mistake(sections, rng)
    possible = sum(int(s["possible"]) for s in sections)
    awarded = sum(int(s["awarded"]) for s in sections)
    return {
        "items": items,
        "sections": sections,
        "total_possible": str(possible),
        "total_awarded": str(awarded),
        "overall_percent": _share(awarded, possible, rng),
    }


def _item(points: int, rng: np.random.Generator) -> Values:
    chance = rng.random()
    if chance < 0.04:
        return {"not_applicable": True, "comment": one_of(_WHY_NOT, rng)}
    if chance < 0.1:
        return {"awarded": "0", "comment": one_of(_WHY_NONE, rng)}
    awarded = points if some(0.75, rng) else int(rng.integers(1, points + 1))
    said = {"comment": one_of(_SAID, rng)} if some(0.15, rng) else {}
    return {"awarded": str(awarded), **said}


def _section(section: Section, scored: list[Values]) -> Values:
    out = sum(i.points for i, v in zip(section.items, scored, strict=True) if v.get("not_applicable"))
    awarded = sum(int(v.get("awarded", 0)) for v in scored)
    possible = section.points - out
    told: Values = {"possible": str(possible), "awarded": str(awarded), "percent": _share(awarded, possible)}
    return {"not_applicable": str(out), **told} if out else told


def _mistake(sections: list[Values], rng: np.random.Generator) -> None:
    """Now and then a section is added up wrong, by one or by ten."""
    if some(_INCONSISTENT, rng):
        wrong = one_of(sections, rng)
        wrong["awarded"] = str(max(int(wrong["awarded"]) + one_of((-1, 1, 10), rng), 0))


def _share(awarded: int, possible: int, rng: np.random.Generator | None = None) -> str:
    """As people write it: `87`, `87%` or `87.4%`."""
    if not possible:
        return "0"
    share = 100 * awarded / possible
    if rng is None:
        return f"{share:.0f}"
    return one_of((f"{share:.0f}", f"{share:.0f}%", f"{share:.1f}", f"{share:.1f}%"), rng)
