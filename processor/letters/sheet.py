"""A letter while it is composed: lines, and blocks that refer to lines by their place.

The template prints blocks, and a block holds no text of its own but labels: so no sentence can be printed that is
not a `Line`, with its requirement, reference and evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processor.letters.address import address_block
from processor.letters.papers import paper_name, place, replaced, said_on_registration
from processor.letters.words import long_date
from processor.model import Evidence, Kind, Letter, LetterKind, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processor.casework.years import Years
    from processor.letters.earlier import Earlier
    from processor.letters.words import Words
    from processor.model import Case, Filed, Verdict
    from processor.rulebook.terms import RebateTerms
    from processor.settings import Office, Program, Settings

_ISO = re.compile(r"(?<![“\w-])\d{4}-\d{2}-\d{2}(?![”\w-])")
ANSWERS = (LetterKind.DEFICIENCY, LetterKind.ACKNOWLEDGEMENT, LetterKind.TOO_LARGE)
"""Letters that a later one replaces; the others stand for good."""
_PLACES = 4
"""Pages that an item names; the others stay in the evidence of its last line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Everything that a letter is about."""

    case: Case
    verdicts: Sequence[Verdict]
    settings: Settings
    day: date
    number: str
    certificate: str
    title: str
    """The program's name, for the certificate."""
    earlier: Sequence[Earlier]
    """What the case was sent before, oldest first."""
    years: Years
    """The year that is judged, and the days of its certificate."""
    words: Words
    rebate: RebateTerms | None = None
    """The rebate that certification may lead to; nothing where there is none."""

    @property
    def program(self) -> Program:
        """The partner's paper."""
        return self.settings.program(self.case.program)

    @property
    def office(self) -> Office:
        """The office nearest to the employer."""
        return self.program.office_for(self.case.employer.postal_code.upper())

    @property
    def deadline(self) -> str:
        """The day by which an answer is asked, in long form."""
        return self.long(self.day + timedelta(days=self.settings.answers.days_to_reply))

    def long(self, day: date) -> str:
        """A day as a letter writes it."""
        return long_date(day, self.words)


class Sheet:
    """Collects the lines and the blocks of one letter, in reading order."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter
        self.lines: list[Line] = []
        self.blocks: list[dict[str, object]] = []
        self.address = [self.line(text, evidence=where) for text, where in _addressed(matter.case)]

    def line(self, text: str, verdict: Verdict | None = None, evidence: tuple[Evidence, ...] = ()) -> int:
        """Keep one statement as it is; its place among the lines."""
        requirement, reference = (verdict.requirement, verdict.reference) if verdict else ("", "")
        self.lines.append(Line(text=text.strip(), requirement=requirement, reference=reference, evidence=evidence))
        return len(self.lines) - 1

    def spoken(self, text: str, verdict: Verdict, evidence: tuple[Evidence, ...] = ()) -> int:
        """Keep what the rulebook says, its days in long form; those in quotes stay as they were written."""
        return self.line(_ISO.sub(self._long, text), verdict, evidence)

    def _long(self, found: re.Match[str]) -> str:
        try:
            return self.matter.long(date.fromisoformat(found[0]))
        except ValueError:
            return found[0]

    def block(self, block: str, **parts: object) -> None:
        """Add one block."""
        self.blocks.append({"block": block, **parts})

    def paragraph(self, *texts: str) -> None:
        """A paragraph of what every letter of its kind says."""
        self.block("paragraph", lines=[self.line(text) for text in texts if text])

    def heading(self, text: str) -> None:
        """A heading."""
        self.block("heading", line=self.line(text))

    def greet(self) -> None:
        """Greet the employer; thank for a corrected paper, and say which letter this one replaces."""
        self.salute()
        matter, words = self.matter, self.matter.words
        last = matter.earlier[-1] if matter.earlier else None
        thanks = [
            self._thank(new, old) for new, old in replaced(papers_of_year(matter.case)) if _is_news(new.number, last)
        ]
        if last and last.kind in ANSWERS:
            thanks.append(self.line(words.replaces.format(number=last.number, day=matter.long(last.day))))
        self.block("paragraph", lines=thanks or [self.line(words.thanks)])

    def _thank(self, new: Filed, old: Filed) -> int:
        words = self.matter.words
        text = words.thanks_new.format(
            paper=paper_name(new.document, words),
            received=self.matter.long(new.received),
            before=self.matter.long(old.received),
        )
        return self.line(text, evidence=(Evidence(document=new.number), Evidence(document=old.number)))

    def places(self, verdict: Verdict, evidence: tuple[Evidence, ...]) -> list[int]:
        """A line for each page that something was seen on; what is too much to print stays with the last line."""
        words = self.matter.words
        known = {filed.number: filed for filed in self.matter.case.documents}
        pages: dict[tuple[str, int], list[Evidence]] = {}
        for one in evidence:
            if one.document in known:
                pages.setdefault((one.document, one.page or 0), []).append(one)
        spots = [(place(known[paper], where, words), tuple(where)) for (paper, _), where in pages.items()]
        lines = [self.line(text, verdict, where) for text, where in spots[:_PLACES]]
        if rest := spots[_PLACES:]:
            more = words.more_places if len(rest) > 1 else words.more_places_one
            lines.append(self.line(more.format(count=len(rest)), verdict, tuple(e for _, where in rest for e in where)))
        return lines

    def ask_us(self) -> None:
        """Whom to call."""
        office, words = self.matter.office, self.matter.words
        say = words.questions_phone if office.advisor_phone or office.phone else words.questions
        self.paragraph(
            say.format(
                advisor=office.advisor or words.advisor,
                office=office.name or words.office,
                phone=office.advisor_phone or office.phone,
            )
        )

    def how_to_send(self) -> None:
        """Where papers go, and the code to write on them."""
        matter, words = self.matter, self.matter.words
        say = words.send_email if matter.program.email else words.send
        self.heading(words.what_next)
        self.paragraph(
            say.format(office=matter.office.name or words.office, email=matter.program.email),
            words.code.format(case=matter.case.code),
        )

    def salute(self) -> None:
        """Greet the employer, in a letter that answers no papers."""
        matter, words = self.matter, self.matter.words
        name = " ".join(matter.case.employer.contact_name.split())
        self.paragraph(words.dear.format(name=name) if name else words.dear_nobody)

    def letter(self, kind: LetterKind, subject: str, *, certificate: str = "") -> Letter:
        """The finished letter; it names the certificate that it is about, if there is one."""
        matter, program, office = self.matter, self.matter.program, self.matter.office
        labels = matter.words.labels
        facts = [
            (labels["date"], matter.long(matter.day)),
            (labels["letter"], matter.number),
            (labels["case"], matter.case.code),
            (labels["account"], matter.case.employer.account),
            (labels["certificate"], certificate),
        ]
        data: dict[str, object] = {
            "language": matter.words.language,
            "number": matter.number,
            "certificate": "",
            "subject": self.line(subject),
            "partner": {
                "name": program.partner,
                "short": program.short,
                "website": program.website,
                "email": program.email,
                "logo": program.logo,
            },
            "office": {"name": office.name, "address": list(office.address), "phone": office.phone},
            "address": self.address,
            "facts": [[label, value] for label, value in facts if value],
            "body": self.blocks,
            "sincerely": self.line(matter.words.sincerely),
            "signatory": [program.signatory, program.signatory_title, program.partner],
            "labels": dict(labels),
            "papers": [filed.number for filed in matter.case.documents],
        }
        return Letter(kind=kind, case=matter.case.code, day=matter.day, data=data, lines=tuple(self.lines))


def papers_of_year(case: Case) -> list[Filed]:
    """The papers without the audits of other years: what follows them in a later year takes no one's place."""
    return [f for f in case.documents if f.document.kind is not Kind.AUDIT or f.number not in case.spent]


def _is_news(paper: str, last: Earlier | None) -> bool:
    return last is None or paper not in last.papers


def _addressed(case: Case) -> list[tuple[str, tuple[Evidence, ...]]]:
    where = said_on_registration(
        case, "legal_name", "contact_name", "mailing_address", "city", "province", "postal_code"
    )
    return [(line, where) for line in address_block(case.employer)]
