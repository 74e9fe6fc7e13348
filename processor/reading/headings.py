"""What the headings of a table of training ask for: who, what, when, and which number.

A heading counts only when all its words are understood. A course as a heading (`SCOT`, `First aid expires`) makes
the table a matrix: the dates in that column are of that course.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from processor.reading.lines import assembled
from processor.reading.phrases import lexicon
from processor.reading.vocabulary import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from processor.model import Box
    from processor.reading.lines import Line
    from processor.reading.phrases import Lexicon, Token
    from processor.reading.vocabulary import Vocabulary


class Heading(NamedTuple):
    """A column's heading: the label it is, or the course it names, or neither."""

    label: Label
    """Its role is empty where the heading is not understood. A matrix's column has the role of its dates."""
    text: str
    box: Box
    course: Line | None = None
    """The heading itself where it names a course."""


MORE = {
    "holder": "Names, Participants, Workers, Employees, Students, Learners, Trainees, Person, Personnel, Staff, Staff name, "
    "Staff member, Crew member, Crew, Attendees, Candidates, Noms, Travailleur, Travailleuse, Travailleurs, Employé, "
    "Employée, Employés, Nom de l'employé, Nom de l'employée, Nom du travailleur, Nom de la travailleuse, Stagiaire, "
    "Personne, Name of worker, Name of employee, Worker Travailleur, Employee Employé",
    "course": "Courses, Training title, Training name, Training type, Course taken, Course completed, Training course name, "
    "Titre de la formation, Nom de la formation, Formation suivie, Formations, Cours suivi, Training Formation, "
    "Course Formation, Certification Certification",
    "certificate": "Certificate, Certificates, Certificat, Certificats, Certificate Certificat, Ticket",
    "issued": "Date taken, Date trained, Date obtained, Date achieved, Date earned, Passed on, Taken on, Trained on, "
    "Date d'obtention, Date complétée, Complété le, Réussi le, Terminé le, Obtenu le, Date de complétion, Completed Réussi, "
    "Date Date, Date completed Date de réussite",
    "expiry": "Expiry Échéance, Expires Échéance, Valid to Valide jusqu'au, Expiration Expiration, Renewal, Renewal due",
    "number": "Certificate, Cert, No du certificat, Certificate number Numéro de certificat",
    "status": "Status, Statut, Result, Résultat, Results, Outcome, Pass Fail, Grade, Mark, Note, Score, Final result, "
    "Completion status, Course status, Final mark, Standing, State, Remarks, Remarque, Remarques, Comments, Commentaires",
}
"""Headings of tables beside the labels of cards. Labels that mean something else in a table stand here too."""
_MORE: Lexicon[str] = lexicon((alias, role) for role, text in MORE.items() for alias in text.split(", "))
GROUPS = {
    **dict.fromkeys(("holder", "given", "surname", "nom"), "who"),
    **dict.fromkeys(("course", "certificate", "number", "matrix"), "what"),
    **dict.fromkeys(("issued", "expiry"), "when"),
}
_FILL = frozenset("of the s de du la le l d and et if any a w with mm dd yyyy yy jj aaaa yyy mmm day month year".split())
_COURSE_FILL = _FILL | frozenset(
    "course training certificate certification certified aed dea level program programme construction cours formation "
    "certificat niveau et recert recertification workplace full canada plus".split()
)
_ASIDE = re.compile(r"[\[(][^\[\]()]{0,40}[\])]")
_UNKNOWN = Label("", 9)


def heading(line: Line, vocabulary: Vocabulary) -> Heading:
    """What the heading on this line asks for."""
    role = _label(line.text, vocabulary)
    if role is not None:
        return Heading(role, line.text, line.box)
    date = _of_course(line, vocabulary)
    return Heading(_UNKNOWN, line.text, line.box) if date is None else Heading(date, line.text, line.box, line)


def _label(text: str, vocabulary: Vocabulary) -> Label | None:
    """The one thing that all words of a heading ask for, in one language or two."""
    bare = _ASIDE.sub(" ", text)
    more = _MORE.whole(bare)
    if more is not None:
        return Label(more, 0)
    line_tokens = _tokens(bare)
    found = vocabulary.labels.find(line_tokens)
    covered = {index for match in found for index in range(match.start, match.end)}
    rest = {token.text for n, token in enumerate(line_tokens) if n not in covered}
    if len({match.what.role for match in found}) != 1 or not rest <= _FILL:
        return None
    best = min((match.what for match in found), key=lambda label: label.rank)
    return Label("other", 9) if best.role == "number" and best.rank > 1 else best


def _tokens(text: str) -> Sequence[Token]:
    from processor.reading.phrases import tokens

    return tokens(text)


def _of_course(line: Line, vocabulary: Vocabulary) -> Label | None:
    """For a heading that names a course and nothing else but what its dates are: the label of those dates."""
    rest = [line.tokens[n] for n in beside(line, vocabulary)]
    if len(rest) == len(line.tokens):
        return None
    words = tuple(token for token in rest if token.text not in _COURSE_FILL)
    found = vocabulary.labels.find(words)
    if sum(match.end - match.start for match in found) != len(words) or len({m.what.role for m in found}) > 1:
        return None
    date = next((match.what for match in found), Label("matrix", 0))
    return date if date.role in ("issued", "expiry", "matrix") else None


def beside(line: Line, vocabulary: Vocabulary) -> list[int]:
    """The numbers of the tokens that belong to no course and no level."""
    lexicons = (vocabulary.course_words, vocabulary.level_words, vocabulary.cpr_words)
    covered = {n for words in lexicons for match in words.find(line.tokens) for n in range(match.start, match.end)}
    return [n for n in range(len(line.tokens)) if n not in covered]


def plainly(line: Line, vocabulary: Vocabulary) -> bool:
    """Whether the line says nothing beside courses and levels that could change what was achieved."""
    return all(line.tokens[n].text in _COURSE_FILL for n in beside(line, vocabulary))


def heads(headings: Iterable[Heading]) -> bool:
    """Whether these head a table of training: they say what was learnt, and who did or when."""
    groups = {GROUPS.get("matrix" if one.course is not None else one.label.role) for one in headings} - {None}
    return "what" in groups and len(groups) >= 2


def row(lines: Sequence[Line], vocabulary: Vocabulary) -> tuple[Heading, ...]:
    """The headings on the lines of one row; a line that runs over several columns is cut where a label ends."""
    return tuple(heading(part, vocabulary) for line in lines for part in _parted(line, vocabulary))


def _parted(line: Line, vocabulary: Vocabulary) -> list[Line]:
    """Columns that stand too close to be told apart: where all words are labels of different kinds."""
    found = vocabulary.labels.find(line.tokens)
    covered = sum(match.end - match.start for match in found)
    roles = [match.what.role for match in found]
    if covered != len(line.tokens) or len(set(roles)) < 2:
        return [line]
    places = [(line.tokens[match.start].start, line.tokens[match.end - 1].end) for match in found]
    pairs = list(zip(line.starts, line.words, strict=True))
    parts = [[word for at, word in pairs if start <= at < end] for start, end in places]
    return [assembled(line.page, words) for words in parts if words]
