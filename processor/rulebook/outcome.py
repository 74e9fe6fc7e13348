"""What a rule found, gathered while it looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from processor.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from processor.model import Evidence, Question, Shortfall
    from processor.rulebook.edition import Asked

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a requirement comes to."""

    answer: Answer
    because: str
    evidence: tuple[Evidence, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    received: bool = True


@dataclass(slots=True)
class Tally:
    """What is found on the way. Any question makes it cannot tell, so that the employer gets one whole answer."""

    evidence: list[Evidence] = field(default_factory=list)
    shortfalls: list[Shortfall] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def outcome(self, met: str) -> Outcome:
        """What it comes to; `met` is the because of a requirement that is met."""
        shortfalls = _once(self.shortfalls)
        questions = tuple({(q.document, q.code, q.reading): q for q in reversed(self.questions)}.values())[::-1]
        answer, because = Answer.MET, met
        if questions:
            answer = Answer.CANNOT_TELL
            because = "A person has to look first: " + " ".join(_once(q.says for q in questions))
        elif shortfalls:
            answer, because = Answer.NOT_MET, " ".join(_once(s.found for s in shortfalls))
        shown = self.evidence or [e for s in shortfalls for e in s.evidence]
        return Outcome(
            answer=answer,
            because=because,
            evidence=_once(shown),
            shortfalls=shortfalls,
            questions=questions,
            notes=_once(self.notes),
        )


def nothing(asked: Asked, kind: str = "nothing", notes: tuple[str, ...] = ()) -> Outcome:
    """No paper that could show it has come: outstanding, and nobody is asked."""
    item = asked.words[kind].shortfall()
    return Outcome(answer=Answer.NOT_MET, because=item.found, shortfalls=(item,), notes=notes, received=False)


def _once(many: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(many))
