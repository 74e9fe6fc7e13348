"""The kind letter to an employer that has grown past SECOR: about COR, no list of faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processor.letters.sheet import Sheet
from processor.model import LetterKind

if TYPE_CHECKING:
    from processor.letters.sheet import Matter
    from processor.model import Letter, Verdict


def too_large(matter: Matter, size: Verdict) -> Letter:
    """What we read, what SECOR is for, what COR is, and whom to call."""
    sheet, words = Sheet(matter), matter.words
    sheet.greet()
    name = " ".join(matter.case.employer.legal_name.split())
    sheet.paragraph(words.too_large.format(name=name))
    said = [(text, s.evidence) for s in size.shortfalls for text in (s.found, s.why) if text]
    spoken = [
        sheet.spoken(text, size, evidence or size.evidence)
        for text, evidence in said or [(size.because, size.evidence)]
    ]
    sheet.block("paragraph", lines=spoken)
    evidence = tuple(e for s in size.shortfalls for e in s.evidence) or size.evidence
    sheet.block("places", lines=[*sheet.places(size, evidence), sheet.line(size.reference, size)])
    sheet.paragraph(words.too_large_cor)
    sheet.paragraph(words.too_large_kept, words.too_large_next)
    sheet.paragraph(words.too_large_wrong)
    sheet.ask_us()
    return sheet.letter(LetterKind.TOO_LARGE, words.subject_too_large)
