"""The letter that says exactly what is missing, where we saw it, and how to put it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.letters.sheet import Sheet
from processor.model import Answer, LetterKind, Shortfall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from processor.letters.sheet import Matter
    from processor.model import Letter, Verdict


def insufficient(verdict: Verdict) -> bool:
    """Received and insufficient: what makes a deficiency letter."""
    return verdict.answer is Answer.NOT_MET and verdict.received


def outstanding(verdict: Verdict) -> bool:
    """Not met because nothing came that could show it."""
    return verdict.answer is Answer.NOT_MET and not verdict.received


def shown_to_be_met(verdict: Verdict) -> bool:
    """Met, and a paper shows it, or waived; what is met because nothing is asked is no news for the employer."""
    return verdict.answer is Answer.MET and (bool(verdict.evidence) or verdict.waived)


def deficiency(matter: Matter) -> Letter:
    """One item a shortfall, in the order of the verdicts; then what is still to come, and what is in order."""
    sheet, words = Sheet(matter), matter.words
    items = list(_items(matter))
    one = len(items) == 1
    sheet.greet()
    name = " ".join(matter.case.employer.legal_name.split())
    sheet.paragraph(
        (words.deficiency_one if one else words.deficiency).format(name=name, count=len(items)),
        (words.how_items_read_one if one else words.how_items_read).format(deadline=matter.deadline),
    )
    for number, (verdict, shortfall) in enumerate(items, start=1):
        _item(sheet, 0 if one else number, verdict, shortfall)
    still_to_come(sheet, words.outstanding_too)
    _in_order(sheet)
    sheet.how_to_send()
    sheet.ask_us()
    subject = (words.subject_deficiency_one if one else words.subject_deficiency).format(count=len(items))
    return sheet.letter(LetterKind.DEFICIENCY, subject)


def _items(matter: Matter) -> Iterator[tuple[Verdict, Shortfall]]:
    for verdict in filter(insufficient, matter.verdicts):
        for shortfall in verdict.shortfalls or (_bare(matter, verdict),):
            yield verdict, shortfall


def _bare(matter: Matter, verdict: Verdict) -> Shortfall:
    """A verdict that names no shortfall still gets its item: nothing ends silently."""
    return Shortfall(
        looked_for=verdict.title,
        found=verdict.because,
        why="",
        to_do=matter.words.call_us,
        evidence=verdict.evidence,
    )


def _item(sheet: Sheet, number: int, verdict: Verdict, item: Shortfall) -> None:
    by = sheet.matter.words.by.format(deadline=sheet.matter.deadline)
    evidence = item.evidence or verdict.evidence
    told: tuple[tuple[str, str, list[int]], ...] = (
        ("looked_for", item.looked_for, []),
        ("found", item.found, sheet.places(verdict, evidence)),
        ("why", item.why, [sheet.line(verdict.reference, verdict)] if verdict.reference else []),
        ("to_do", item.to_do, [sheet.line(by, verdict)]),
    )
    rows = [
        {"label": label, "lines": [sheet.spoken(text, verdict, evidence)] if text else [], "small": small}
        for label, text, small in told
        if text or small
    ]
    sheet.block("item", number=number, title=sheet.line(verdict.title, verdict), rows=rows)


def still_to_come(sheet: Sheet, lead: str) -> None:
    """The requirements that nothing was received for, each with what to send; nothing when there are none."""
    missing = list(filter(outstanding, sheet.matter.verdicts))
    if not missing:
        return
    sheet.heading(sheet.matter.words.outstanding)
    sheet.paragraph(lead)
    items = [(v, [s.to_do for s in v.shortfalls] or [v.because]) for v in missing]
    sheet.block(
        "list",
        mark="open",
        items=[
            {"title": sheet.line(v.title, v), "lines": [sheet.spoken(text, v, v.evidence) for text in texts]}
            for v, texts in items
        ],
    )


def _in_order(sheet: Sheet) -> None:
    met = list(filter(shown_to_be_met, sheet.matter.verdicts))
    if met:
        sheet.heading(sheet.matter.words.in_order)
        items = [{"title": sheet.line(v.title, v, v.evidence), "lines": []} for v in met]
        sheet.block("list", mark="done", items=items)
