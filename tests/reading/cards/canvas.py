"""A sheet to write certificates on: words with boxes, as wide as Helvetica sets them. Everything is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from processor.model import Box, Page, Word

if TYPE_CHECKING:
    from collections.abc import Callable

Made: TypeAlias = tuple[list[Page], dict[str, object]]
"""The pages of a certificate, and what a reader should find on them."""

NARROW, WIDE = frozenset("iljtfI.,:;'’|!()[]-/ "), frozenset("mwMW@%")


def width(text: str, size: float) -> float:
    """Points that the text takes."""
    return size * sum(0.3 if c in NARROW else 0.85 if c in WIDE else 0.68 if c.isupper() else 0.54 for c in text)


@dataclass
class Canvas:
    """Places text; sizes and places in points from the top left."""

    wide: float = 792
    high: float = 612
    words: list[Word] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, size: float = 11) -> float:
        """Text from x on; gives the x behind it."""
        for word in text.split():
            end = x + width(word, size)
            self.words.append(Word(word, Box(x, y, end, y + 1.16 * size)))
            x = end + 0.28 * size
        return x

    def centre(self, y: float, text: str, size: float = 11, x: float | None = None) -> None:
        """Text around x, or around the middle of the sheet."""
        middle = self.wide / 2 if x is None else x
        self.put(middle - width(text, size) / 2, y, text, size)

    def page(self, number: int = 1) -> Page:
        """The sheet."""
        return Page(number=number, width=self.wide, height=self.high, words=tuple(self.words))


FIRST = (
    "Jane",
    "Marie-Ève",
    "Łukasz",
    "Brandon",
    "Albert",
    "April",
    "Thi Hoa",
    "José",
    "Ingrid",
    "Kwame",
    "Siobhán",
    "Noah",
    "Aiyana",
    "Dmytro",
    "Grace",
    "Hiroko",
    "Page",
    "Selkirk",
    "Mohammed",
    "Anne Marie",
    "Tyler",
    "Olena",
    "Priya",
    "Gabriel",
)
LAST = (
    "Doe",
    "Tremblay",
    "Żak",
    "Thompson",
    "Young",
    "O'Brien",
    "Nguyen",
    "de la Cruz",
    "Van der Berg",
    "McDonald",
    "St. Pierre",
    "Hill",
    "Whitehorse-Bear",
    "Kovalenko",
    "Fontaine",
    "Tanaka",
    "Friesen",
    "Al-Rashid",
    "Boucher",
    "Penner",
    "Singh",
    "Iverson",
    "L'Heureux",
    "Ekström",
)
AGENCIES = {
    "Canadian Red Cross": (
        "Canadian Red Cross",
        "The Canadian Red Cross Society",
        "Canadian Red Cross / Croix-Rouge canadienne",
    ),
    "St. John Ambulance": ("St. John Ambulance", "St John Ambulance Canada", "SAINT JOHN AMBULANCE"),
    "Lifesaving Society": ("Lifesaving Society", "LIFESAVING SOCIETY®"),
    "Heart and Stroke Foundation of Canada": (
        "Heart & Stroke",
        "Heart and Stroke Foundation of Canada",
        "Heart & Stroke™",
    ),
    "Canadian Ski Patrol": ("Canadian Ski Patrol",),
}
LEVELS = {
    "basic": ("Emergency First Aid", "Basic First Aid", "EMERGENCY FIRST AID"),
    "intermediate": ("Standard First Aid", "Intermediate First Aid", "STANDARD FIRST AID"),
    "advanced": ("Advanced First Aid",),
}
LEVELS_FR = {
    "basic": ("Secourisme d'urgence", "Secourisme de base"),
    "intermediate": ("Secourisme général", "Secourisme intermédiaire"),
    "advanced": ("Secourisme avancé",),
}
CPR = {
    "A": ("CPR Level A", "CPR-A"),
    "C": ("CPR Level C", "CPR-C", "CPR C", "CPR/AED Level C"),
    "BLS": ("CPR Level HCP", "BLS", "Basic Life Support"),
    "": ("",),
}
COURSES = {
    "small-employer-safety-management": ("Small Employer Safety Management", "SMALL EMPLOYER SAFETY MANAGEMENT"),
    "scot": ("Safety Construction Orientation Training", "Standard Construction Orientation Training (SCOT)", "SCOT"),
    "csts-2020": ("CSTS-2020", "Construction Safety Training System (CSTS-2020)"),
    "csts-09": ("CSTS-09",),
    "principles-of-safety-management": ("Principles of Safety Management",),
    "simplified-safety": ("Simplified Safety",),
    "safety-auditor": ("Safety Auditor", "SAFETY AUDITOR"),
    "leadership-for-safety-excellence": ("Leadership for Safety Excellence", "Leadership for Safety Excellence (LSE)"),
}
BODIES = {
    "Saskatchewan Construction Safety Association": ("Saskatchewan Construction Safety Association", "SCSA"),
    "Construction Safety Association of Manitoba": ("Construction Safety Association of Manitoba", "CSAM"),
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
WRITING: dict[str, Callable[[date], str]] = {
    "iso": lambda d: d.isoformat(),
    "long": lambda d: f"{MONTHS[d.month - 1]} {d.day}, {d.year}",
    "short": lambda d: f"{d.day:02}-{MONTHS[d.month - 1][:3]}-{d.year}",
    "european": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "abbreviated": lambda d: f"{MONTHS[d.month - 1][:3]} {d.day:02}, {d.year}",
    "mdy": lambda d: f"{d.month:02}/{d.day:02}/{d.year}",
    "dmy": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
}
FRENCH: Callable[[date], str] = lambda d: f"{d.day} {MOIS[d.month - 1]} {d.year}"  # noqa: E731


@dataclass
class Sample:
    """What one certificate says, and the chance that its layout may still take."""

    seed: str

    def __post_init__(self) -> None:
        self.rng = rng = random.Random(self.seed)  # noqa: S311 - certificates are invented, nothing is secret
        self.given, self.family = rng.choice(FIRST), rng.choice(LAST)
        self.holder = f"{self.given} {self.family}"
        if rng.random() < 0.25:
            self.holder = self.holder.upper()
        others = [f"{a} {b}" for a in FIRST for b in LAST if a != self.given and b != self.family]
        self.instructor, self.director, self.chief, self.other, self.third = rng.sample(others, 5)
        self.issue = date(2022, 1, 1) + timedelta(rng.randrange(1600))
        self.level = rng.choice(("basic", "intermediate", "intermediate", "advanced"))
        self.cpr = rng.choice(("A", "C", "C", "C", ""))
        self.agency = rng.choice(list(AGENCIES))
        self.agency_text = rng.choice(AGENCIES[self.agency])
        self.course = rng.choice(list(COURSES))
        self.course_text = rng.choice(COURSES[self.course])
        self.body = rng.choice(list(BODIES))
        self.body_text = rng.choice(BODIES[self.body])
        self.number = rng.choice(
            (
                f"{rng.randrange(10**6, 10**8)}",
                f"RC-{rng.randrange(10**5)}",
                f"{rng.randrange(10**4)}-AB{rng.randrange(99)}",
            )
        )
        self.style = rng.choice(list(WRITING))
        self.expiry = later(self.issue)

    def day(self, value: date) -> str:
        """A date in this certificate's writing."""
        return WRITING[self.style](value)

    def first_aid(self, join: str = " ") -> str:
        """The course as it is printed: level, CPR, AED."""
        text = self.rng.choice(LEVELS[self.level])
        cpr = self.rng.choice(CPR[self.cpr])
        return (
            text
            + (join + self.rng.choice(("", "and ", "& ", "with ")) + cpr if cpr else "")
            + self.rng.choice(("", " and AED", " & AED"))
        )

    def truth_first_aid(self, *, expiry: date | None, number: bool = True) -> dict[str, object]:
        """What a reader should find."""
        return {
            "kind": "first_aid_certificate",
            "holder_name": self.holder,
            "course": "first-aid",
            "level": self.level,
            "cpr_level": self.cpr or None,
            "issuer": self.agency,
            "certificate_number": self.number if number else None,
            "issue_date": self.issue,
            "expiry_date": expiry,
        }

    def truth_course(self, *, expiry: date | None = None, number: bool = True) -> dict[str, object]:
        """What a reader should find."""
        return {
            "kind": "course_certificate",
            "holder_name": self.holder,
            "course": self.course,
            "issuer": self.body,
            "certificate_number": self.number if number else None,
            "issue_date": self.issue,
            "expiry_date": expiry,
        }


def later(issue: date, years: int = 3) -> date:
    """So many years on, less a day."""
    leap = issue.month == 2 and issue.day == 29
    return date(issue.year + years, 3 if leap else issue.month, 1 if leap else issue.day) - timedelta(1)
