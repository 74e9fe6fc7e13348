"""Letters that follow from a day or a decision, not from papers: reminders, lapse, withdrawal, reinstatement."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from processor.casework.clock import MONTHS, later
from processor.casework.expiring import expiring
from processor.casework.standing import Need
from processor.letters.sheet import Sheet
from processor.model import Evidence, LetterKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from processor.casework.standing import Owed, Standing
    from processor.letters.sheet import Matter
    from processor.model import Letter

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SOON = 60
"""So many days after the papers are due, what expires is told of still."""
_WRITTEN = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")


class Paper(NamedTuple):
    """An audit that a year needs."""

    title: str
    ours: bool
    """Whether the partner makes it."""


def notice(kind: LetterKind, matter: Matter, now: Standing, papers: Sequence[Paper] = ()) -> Letter:
    """The letter of that kind, for a case that stands so.

    Args:
        kind: one of `KINDS`.
        matter: the case; no verdicts.
        now: where it stands on the letter's day.
        papers: the audits that it owes.
    """
    sheet = Sheet(matter)
    sheet.salute()
    subject = KINDS[kind](sheet, now, papers)
    sheet.ask_us()
    return sheet.letter(kind, subject, certificate=now.certificate)


def _reminder(sheet: Sheet, now: Standing, papers: Sequence[Paper]) -> str:
    words, owed = sheet.matter.words, _owed(now)
    again = owed.need is Need.RECERTIFICATION
    told = _told(sheet, now)
    count = (owed.due - now.day).days
    left = words.left_one if count == 1 else words.left.format(count=count) if count else ""
    sheet.paragraph((words.reminder_recertification if again else words.reminder).format_map(told), left)
    _needed(sheet, papers)
    _runs_out(sheet, owed)
    _counted(sheet, owed)
    sheet.how_to_send()
    return (words.subject_reminder_recertification if again else words.subject_reminder).format_map(told)


def _overdue(sheet: Sheet, now: Standing, papers: Sequence[Paper]) -> str:
    words, owed = sheet.matter.words, _owed(now)
    again = owed.need is Need.RECERTIFICATION
    told = _told(sheet, now)
    sheet.paragraph((words.overdue_recertification if again else words.overdue).format_map(told))
    sheet.paragraph((words.overdue_lapses if owed.lapses else words.overdue_decided).format_map(told))
    sheet.paragraph(words.overdue_crossed)
    _needed(sheet, papers)
    _counted(sheet, owed)
    sheet.how_to_send()
    return words.subject_overdue.format_map(told)


def _lapse(sheet: Sheet, now: Standing, _: Sequence[Paper]) -> str:
    words = sheet.matter.words
    sheet.paragraph(words.lapse.format_map(_told(sheet, now)))
    sheet.paragraph(words.lapse_directory)
    if now.by_person and now.reason:
        sheet.paragraph(words.ended_reason.format(reason=now.reason))
    if not now.by_person:
        sheet.heading(words.counted)
        sheet.paragraph(words.counted_why.format(because=_sentence(_days(sheet, now.because))))
    sheet.paragraph(words.lapse_again)
    return words.subject_lapse


def _withdrawal(sheet: Sheet, now: Standing, _: Sequence[Paper]) -> str:
    words = sheet.matter.words
    reason = words.ended_reason.format(reason=now.reason) if now.reason else ""
    sheet.paragraph(words.withdrawal.format_map(_told(sheet, now)), reason)
    sheet.paragraph(words.lapse_directory)
    sheet.paragraph(words.withdrawal_wrong)
    return words.subject_withdrawal


def _reinstatement(sheet: Sheet, now: Standing, _: Sequence[Paper]) -> str:
    words, told = sheet.matter.words, _told(sheet, now)
    sheet.paragraph(
        words.reinstatement.format_map(told),
        words.reinstatement_until.format_map(told) if now.in_force else "",
        words.reinstatement_due.format_map(told) if now.owed else "",
    )
    return words.subject_reinstatement


KINDS: Mapping[LetterKind, Callable[[Sheet, Standing, Sequence[Paper]], str]] = {
    LetterKind.REMINDER: _reminder,
    LetterKind.OVERDUE: _overdue,
    LetterKind.LAPSE: _lapse,
    LetterKind.WITHDRAWAL: _withdrawal,
    LetterKind.REINSTATEMENT: _reinstatement,
}
"""How each letter is written; what is returned is its subject."""


def _needed(sheet: Sheet, papers: Sequence[Paper]) -> None:
    words = sheet.matter.words
    if papers:
        sheet.heading(words.needed)
        texts = [
            (words.needed_ours if paper.ours else words.needed_yours).format(paper=paper.title) for paper in papers
        ]
        sheet.block("list", mark="paper", items=[{"title": sheet.line(text), "lines": []} for text in texts])


def _runs_out(sheet: Sheet, owed: Owed) -> None:
    """Certificates that expire before the papers are due, or soon after: they would be missing then."""
    matter, words = sheet.matter, sheet.matter.words
    case = matter.case
    found = expiring(case.documents, case.employer.workers, matter.day, later(owed.due, _SOON))
    if not found:
        return
    sheet.heading(words.runs_out)
    sheet.paragraph(words.runs_out_why)
    lines = [
        sheet.line(
            words.runs_out_one.format(course=one.course, holder=one.holder, day=matter.long(one.until)),
            evidence=(Evidence(document=one.document),),
        )
        for one in found
    ]
    sheet.block("list", mark="paper", items=[{"title": line, "lines": []} for line in lines])


def _counted(sheet: Sheet, owed: Owed) -> None:
    sheet.heading(sheet.matter.words.counted)
    because = _days(sheet, owed.told)
    sheet.paragraph(sheet.matter.words.counted_why.format(because=_sentence(because)))


def _told(sheet: Sheet, now: Standing) -> dict[str, object]:
    long = sheet.matter.long
    owed = now.owed
    return {
        "name": " ".join(sheet.matter.case.employer.legal_name.split()),
        "number": now.certificate,
        "until": long(now.until) if now.until else "",
        "ended": long(now.ended) if now.ended else "",
        "year": owed.year if owed else "",
        "due": long(owed.due) if owed else "",
        "ends": long(owed.ends) if owed else "",
    }


def _owed(now: Standing) -> Owed:
    assert now.owed is not None  # noqa: S101 - only what is owed is reminded of
    return now.owed


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _days(sheet: Sheet, text: str) -> str:
    """Days in the letter's own long form."""
    text = _ISO.sub(lambda found: sheet.matter.long(date.fromisoformat(found[0])), text)
    return _WRITTEN.sub(lambda found: f"{found[2]} {found[1]}, {found[3]}", text)
