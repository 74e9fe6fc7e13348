"""What the watch says of what happens: a line of JSON each, with keys and codes, never a personal value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.errors import TryLater
from processor.flows.running import Taken

if TYPE_CHECKING:
    from processor.flows.answering import Answered

Line = dict[str, object]
"""One line of the log, without its time: `event` and what belongs to it."""


def told(happened: Taken | Answered | TryLater) -> Line:
    """`file` with its outcome, `case` with what was written, or `trouble` with its remedy."""
    match happened:
        case TryLater():
            return trouble(happened.what, happened.do)
        case Taken():
            return _file(happened)
        case _:
            return _case(happened)


def trouble(says: str, do: str) -> Line:
    """Something that could not be done now, and how to put it right."""
    return {"event": "trouble", "says": says, "do": do}


def _file(taken: Taken) -> Line:
    submission = taken.submission
    line: Line = {
        "event": "file",
        "file": submission.sha256[:12],
        "outcome": taken.outcome.value,
        "papers": len(submission.documents),
        "cases": sorted({case for case in taken.cases if case}),
        "findings": sorted({f.code for f in submission.findings}),
    }
    return line | ({"fault": taken.trace} if taken.trace else {})


def _case(answered: Answered) -> Line:
    line: Line = {"event": "case", "case": answered.case}
    if answered.written:
        letter = {"letter": answered.written.letter.kind.value, "path": answered.written.path}
        return line | {"outcome": "written"} | letter
    if answered.failed:
        return line | {"outcome": "not printed", "says": answered.failed.what, "do": answered.failed.do}
    asked = len(answered.judgement.questions) if answered.judgement else 0
    return line | {"outcome": "waits" if asked else "nothing new", "questions": asked}
