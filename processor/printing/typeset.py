"""Letters and certificates in print: one call, the same bytes every time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.model import LetterKind
from processor.printing.compositor import Compositor, composed

if TYPE_CHECKING:
    from pathlib import Path

    from processor.model import Letter


class Press:
    """Prints what is owed. One a process: it keeps fonts and templates warm, and shares no state else."""

    def __init__(self, templates: Path) -> None:
        """A press for the templates of that folder: `letters/`, `certificate/`, `fonts/`."""
        self.compositor = Compositor(templates)

    def print(self, letter: Letter) -> bytes:
        """The letter or certificate as PDF/A-2a and PDF/UA-1, always the same bytes for the same letter.

        Raises:
            PrintingFailed: it cannot be printed exactly as it is owed. Nothing was printed.
            SetupBroken: a template is not there.
        """
        if letter.kind is LetterKind.CERTIFICATE:
            from processor.printing.certificate import certificate  # noqa: PLC0415 - brings pikepdf and fillpdf

            return certificate(letter, self.compositor)
        return self.letter(letter)

    def letter(self, letter: Letter) -> bytes:
        """A letter of any length. Raises `PrintingFailed`."""
        shown = composed(
            {
                "case": letter.case,
                "day": [letter.day.year, letter.day.month, letter.day.day],
                "lines": [line.text for line in letter.lines],
                "data": dict(letter.data),
            }
        )
        self.compositor.check(shown)
        return self.compositor.typeset("letters/letter.typ", letter=shown)
