"""The verdicts: what each requirement of an edition comes to, for a case, on a day.

A document's findings must be those of the document as it stands (`casework.checks.check` after each correction):
the rules see empty boxes and days ahead for themselves, the arithmetic of an audit they take from the findings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from processor.model import Answer, Verdict
from processor.rulebook.rules import RULES
from processor.rulebook.sheets import opened

if TYPE_CHECKING:
    from datetime import date

    from processor.model import Case
    from processor.reading.vocabulary import Vocabulary
    from processor.rulebook.edition import Asked, Edition
    from processor.rulebook.outcome import Outcome
    from processor.rulebook.sheets import File


def verdicts(case: Case, edition: Edition, vocabulary: Vocabulary, day: date) -> tuple[Verdict, ...]:
    """One verdict a requirement, in the order that matters to the employer. Never raises on what a paper says.

    Args:
        case: all its documents, corrections and findings in them.
        edition: the requirements in force, `Rulebook.on(day)`.
        vocabulary: for the titles of courses.
        day: of the decision.
    """
    file = opened(case, edition, vocabulary, day)
    return tuple(judge(file, asked) for asked in edition.requirements)


def judge(file: File, asked: Asked) -> Verdict:
    """The verdict of one requirement."""
    outcome = RULES[asked.rule].judge(file, asked)
    if "bar" in asked.values and not asked["bar"]:
        outcome = _only_told(outcome)
    return Verdict(
        requirement=asked.id,
        title=asked.title,
        answer=outcome.answer,
        because=outcome.because,
        reference=asked.reference,
        evidence=outcome.evidence,
        received=outcome.received,
        shortfalls=outcome.shortfalls,
        questions=outcome.questions,
        notes=(*outcome.notes, *asked.assumptions),
    )


def _only_told(outcome: Outcome) -> Outcome:
    """What does not bar a certificate is told to staff; nobody is asked for it, and nothing waits for it."""
    if outcome.answer is Answer.MET:
        return outcome
    return replace(
        outcome,
        answer=Answer.MET,
        because=f"A warning only. {outcome.because}",
        received=True,
        shortfalls=(),
        questions=(),
        notes=(f"Warning: {outcome.because}", *outcome.notes),
    )
