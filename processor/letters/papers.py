"""The papers of a case as a letter speaks of them: which stand, which were replaced, what each is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from processor.letters.words import long_date
from processor.model import Evidence, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.letters.words import Words
    from processor.model import Case, Document, Filed

_FILE_NAME = 40


class Replaced(NamedTuple):
    """A later paper that took the place of an earlier one."""

    new: Filed
    old: Filed


def standing(documents: Sequence[Filed]) -> tuple[Filed, ...]:
    """The papers that count, in the order in which they were kept: of two that say the same thing, the later."""
    gone = {pair.old.number for pair in replaced(documents)}
    return tuple(filed for filed in sorted(documents, key=lambda f: f.order) if filed.number not in gone)


def replaced(documents: Sequence[Filed]) -> tuple[Replaced, ...]:
    """Every earlier paper with the one that took its place at once."""
    pairs: list[Replaced] = []
    latest: dict[tuple[str, ...], Filed] = {}
    for filed in sorted(documents, key=lambda f: f.order):
        about = _about(filed)
        if about in latest:
            pairs.append(Replaced(filed, latest[about]))
        latest[about] = filed
    return tuple(pairs)


def _about(filed: Filed) -> tuple[str, ...]:
    """What a paper is about; two that are about the same replace each other. What is not known is about itself."""
    document = filed.document
    names = {
        Kind.REGISTRATION: (),
        Kind.FIRST_AID: ("holder_name",),
        Kind.COURSE: ("holder_name", "course"),
        Kind.AUDIT: ("audit_type",),
        Kind.GOOD_STANDING: (),
    }.get(document.kind)
    if names is None or not all(document[name].known for name in names):
        return (filed.number,)
    return (document.kind.value, *(str(document[name].value).casefold() for name in names))


def paper_name(document: Document, words: Words) -> str:
    """What we call it: `first aid certificate of Ada Berg`."""
    kind = words.audits.get(shown(document, "audit_type"), words.papers[document.kind])
    holder = shown(document, "holder_name")
    name = words.paper_of.format(kind=kind, holder=holder) if holder else words.paper.format(kind=kind)
    course = document["course"].raw if document.kind is Kind.COURSE else ""
    return words.paper_about.format(paper=name, course=" ".join(course.split())) if course else name


def paper_received(filed: Filed, words: Words) -> str:
    """The paper with its day and file: `Audit, received November 3, 2026 (audit.pdf)`."""
    name = paper_name(filed.document, words)
    day = long_date(filed.received, words)
    return words.paper_received.format(
        paper=name[:1].upper() + name[1:], received=day, file=file_name(filed.submission)
    )


def file_name(name: str) -> str:
    """A stranger's file name, fit to print: Latin letters kept, anything else a low line, the middle left out."""
    plain = "".join(c if c.isprintable() and ord(c) < 0x250 else "_" for c in name)
    return plain if len(plain) <= _FILE_NAME else f"{plain[:22]}…{plain[-17:]}"


def shown(document: Document, name: str) -> str:
    """A reading as text, on one line; empty when it is not known."""
    reading = document[name]
    return " ".join(str(reading.value).split()) if reading.known and reading.value is not None else ""


def place(filed: Filed, evidence: Sequence[Evidence], words: Words) -> str:
    """Where on one page of a paper a statement was seen, and what stands there, as a letter says it."""
    paper, page = paper_received(filed, words), evidence[0].page
    values = dict.fromkeys(" ".join(e.value.split()) for e in evidence if e.value)
    if page is None:
        return paper
    say = words.place_value if values else words.place
    return say.format(paper=paper, page=page, value=", ".join(words.quoted.format(text=v) for v in values))


def said_on_registration(case: Case, *names: str) -> tuple[Evidence, ...]:
    """Where the registration that counts says these things; nothing for what it does not."""
    forms = [f for f in standing(case.documents) if f.document.kind is Kind.REGISTRATION]
    readings = [(f, f.document[name]) for f in forms[-1:] for name in names]
    return tuple(
        Evidence(document=f.number, reading=r.name, page=r.page, box=r.box, value=shown(f.document, r.name))
        for f, r in readings
        if r.known
    )
