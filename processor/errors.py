"""What can go wrong while doing, each with its remedy, and the exit codes.

    ProcessorError
    +-- SetupBroken        5   the rulebook, a form, a template or the settings
    +-- Wrong              2   something was asked for that is not there
    +-- TryLater          75   locked, full, busy
    +-- PrintingFailed     1   a letter that cannot be printed faithfully
    +-- UnreadablePaper    4   a stranger's file that no reader opens (the paper is set aside)

A fault of a *paper* is a `Finding`; these are faults of an *operation*.
"""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes, a promise to scripts (`design.md` 6)."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    NEEDS_PERSON = 3
    SET_ASIDE = 4
    SETUP_BROKEN = 5
    CHECK_SAYS_NO = 6
    TRY_LATER = 75
    INTERRUPTED = 130


class ProcessorError(Exception):
    """An operation failed; `do` says how to put it right."""

    exit = Exit.FAULT

    def __init__(self, what: str, *, do: str) -> None:
        super().__init__(what)
        self.what = what
        self.do = do

    def __str__(self) -> str:
        """The sentence and its remedy."""
        return f"{self.what} {self.do}"

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes, remedy included."""
        return (_again, (type(self), self.what, self.do))


def _again(kind: type[ProcessorError], what: str, do: str) -> ProcessorError:
    return kind(what, do=do)


class SetupBroken(ProcessorError):
    """The rulebook, a form, a template or the settings cannot be used."""

    exit = Exit.SETUP_BROKEN


class Wrong(ProcessorError):
    """Something was asked for that is not there."""

    exit = Exit.USAGE


class TryLater(ProcessorError):
    """Somebody else is at work, or the disk is full: nothing is lost."""

    exit = Exit.TRY_LATER


class PrintingFailed(ProcessorError):
    """A letter could not be printed exactly as it is owed; nothing was written."""


class UnreadablePaper(ProcessorError):
    """A file that no reader opens. `code` is the finding that says why."""

    exit = Exit.SET_ASIDE

    def __init__(self, what: str, *, do: str, code: str = "broken-file") -> None:
        super().__init__(what, do=do)
        self.code = code

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes, code included."""
        return (_unreadable, (self.what, self.do, self.code))


def _unreadable(what: str, do: str, code: str) -> UnreadablePaper:
    return UnreadablePaper(what, do=do, code=code)
