"""The words of the office, as frozen values.

Lengths are points (1/72 inch) from the top left of the upright page; pages count from 1.
Every room speaks in these words and in no other: what crosses a seam is defined here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    import numpy as np
    from numpy.typing import NDArray


# ---------------------------------------------------------------- pages


class Box(NamedTuple):
    """A rectangle on an upright page, in points from its top left."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The middle point, as (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: Box) -> bool:
        """Whether the centre of the other box lies inside this one."""
        x, y = other.centre
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Word(NamedTuple):
    """A run of characters without a blank, as the page draws it."""

    text: str
    box: Box


class WidgetKind(StrEnum):
    """What a person can do with a widget."""

    TEXT = "text"
    TICK = "tick"
    RADIO = "radio"
    CHOICE = "choice"
    SIGNATURE = "signature"
    BUTTON = "button"


class Source(NamedTuple):
    """One place in the file that keeps a widget's value; a widget may have several that disagree."""

    where: str
    """`V`, `AS`, `rich text`, `XFA` or `drawn` (the text that the page shows in the box)."""
    value: str
    """As stored; several chosen values are joined by a line feed. A box that is off is `Off`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """One box of a fillable form. A group of radio buttons is several widgets with one name."""

    name: str
    """The fully qualified name."""
    kind: WidgetKind
    page: int
    box: Box
    sources: tuple[Source, ...] = ()
    on: str = ""
    """For ticks and radios: the value the box stands for when it is on, mapped through `/Opt`."""
    options: tuple[str, ...] = ()
    """For choices: what can be chosen, as shown."""
    comb: int = 0
    """Number of cells when every character has a cell of its own, else 0."""
    label: str = ""
    """The tooltip, which is also the accessible name."""
    multiline: bool = False
    required: bool = False
    hidden: bool = False
    signed: bool = False
    """A signature field that holds a digital signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a submission, upright."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    """What the page draws, widgets left out, in reading order as far as it is known."""
    notes: tuple[Word, ...] = ()
    """Words of FreeText annotations ("typewriter"): writing, not printing."""
    widgets: tuple[Widget, ...] = ()
    pictured: bool = False
    """Whether a picture covers most of the page, as in a scan."""
    turned: int = 0
    """Degrees clockwise by which the file's page was turned to stand upright."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One opened PDF: its pages, and what is to be said about the file itself."""

    pages: tuple[Page, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey, 0 black to 255 white; an answer that is used and dropped, never stored."""

    page: int
    dpi: float
    pixels: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Draw:
    """The question that reading asks of the pages: draw this page. Answered by a `Picture`."""

    page: int
    dpi: int


class Cell(NamedTuple):
    """A cell of a ruled table: what stands in it, and where its rules run."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table, row by row, each as long as the next. A cell that spans several stands in each place it covers."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class FindTables:
    """The other question that reading asks: which ruled tables are on this page? Answered by `tuple[Grid, ...]`."""

    page: int


@dataclass(frozen=True, slots=True)
class Scan:
    """Asks for a page as it was scanned: in its own resolution, pixels made square. Answered by a `Picture`."""

    page: int


LETTERS = (
    " !#%&'()*+,-./0123456789:;?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz\""
    "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŒàâäçèéêëîïôöùûüœÿ°$\u2018\u2019\u2013\u2014Łł"
)
"""The letters that can be recognised; column n + 1 of a lattice is the letter n, column 0 is none."""


@dataclass(frozen=True, slots=True)
class Recognise:
    """Asks what is written on lines of text cut out of a page, each a grey picture of dark ink on white.

    Answered by as many lattices: float32 (steps, 1 + len(LETTERS)), the logarithm of the probability of each letter
    at each step from left to right, rows summing to one; a letter that stays for several steps was written once.
    """

    lines: tuple[NDArray[np.uint8], ...]
    careful: bool = False
    """By the larger of the two models: slower by five, and better on hand print."""


@dataclass(frozen=True, slots=True)
class FindLines:
    """Asks where lines of text stand on a grey page.

    Answered by float32 (lines, 4, 2): the corners of each in pixels, from the top left of the text as a clock goes.
    """

    pixels: NDArray[np.uint8]


Look: TypeAlias = "Draw | FindTables | Scan | Recognise | FindLines"
Sight: TypeAlias = "Picture | tuple[Grid, ...] | tuple[NDArray[np.float32], ...] | NDArray[np.float32]"


# ---------------------------------------------------------------- readings


class State(StrEnum):
    """How far a reading may be relied on."""

    SURE = "sure"
    UNSURE = "unsure"
    BLANK = "blank"
    """We saw an empty box."""
    MISSING = "missing"
    """We could not see the box."""
    CONFIRMED = "confirmed"
    """A person said so."""
    UNREADABLE = "unreadable"
    """A person could not read it either."""


class Means(StrEnum):
    """How we know a value."""

    WIDGET = "widget"
    TEXT = "text"
    ZONE = "zone"
    CARD = "card"
    PERSON = "person"


class Kind(StrEnum):
    """What a document is."""

    REGISTRATION = "registration"
    FIRST_AID = "first_aid_certificate"
    COURSE = "course_certificate"
    AUDIT = "audit"
    GOOD_STANDING = "letter_of_good_standing"
    RETURN_SHEET = "return_sheet"
    OTHER = "other"


Scalar: TypeAlias = "str | int | bool | Decimal | date | None"
Value: TypeAlias = "Scalar | tuple[Row, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value read from a document. Meaning compares; where it came from does not."""

    name: str
    value: Value = None
    state: State = State.SURE
    raw: str = field(default="", compare=False)
    """What was written, untouched."""
    confidence: float = field(default=1.0, compare=False)
    means: Means = field(default=Means.WIDGET, compare=False)
    page: int | None = field(default=None, compare=False)
    box: Box | None = field(default=None, compare=False, repr=False)
    doubt: str = field(default="", compare=False)
    """For an unsure reading, the code of the finding that says why."""

    @property
    def known(self) -> bool:
        """Whether the value may be decided on: read for sure, or confirmed by a person."""
        return self.state in (State.SURE, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells are readings."""

    cells: tuple[Reading, ...]

    def __getitem__(self, name: str) -> Reading:
        """The cell of that name, or a missing reading."""
        return next((c for c in self.cells if c.name == name), missing(name))


def missing(name: str) -> Reading:
    """A reading that no page could show."""
    return Reading(name=name, state=State.MISSING, confidence=0.0)


class Severity(StrEnum):
    """How a finding looks to staff. What it does to a case is the rulebook's business."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a clerk would notice. Made by `processor.findings.finding`, which knows the codes."""

    code: str
    severity: Severity = field(compare=False)
    says: str = field(compare=False)
    """One clear sentence for staff. It may hold personal values, so it is never logged."""
    page: int | None = None
    box: Box | None = field(default=None, compare=False)
    reading: str = ""
    """The reading it is about, as in `Evidence.reading`; empty when it is about the whole paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A run of pages that is one paper."""

    kind: Kind
    form: str = ""
    """The form's name; empty for a card or an unknown paper."""
    program: str = ""
    """The program the form belongs to; empty for papers that count in any."""
    pages: tuple[int, ...]
    readings: tuple[Reading, ...] = ()
    findings: tuple[Finding, ...] = ()
    part: str = ""
    """Where it lay in a mail or a zip file: `scan.pdf`, `forwarded.eml/scan.pdf`; empty for the file itself."""

    def __getitem__(self, name: str) -> Reading:
        """The reading of that name (`legal_name`, `workers[2].name`), or a missing one."""
        table, _, rest = name.partition("[")
        reading = next((r for r in self.readings if r.name == table), missing(table))
        if not rest:
            return reading
        index, _, cell = rest.partition("].")
        rows = reading.value if isinstance(reading.value, tuple) else ()
        return rows[int(index) - 1][cell] if 0 < int(index) <= len(rows) else missing(cell)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a table; none where it was not read."""
        value = self[name].value
        return value if isinstance(value, tuple) else ()

    def corrected(self, path: str, reading: Reading) -> Document:
        """The same document with one reading replaced by what a person said."""
        table, _, rest = path.partition("[")
        if not rest:
            kept = tuple(r for r in self.readings if r.name != path)
            return replace(self, readings=(*kept, reading))
        index = int(rest.partition("]")[0]) - 1
        rows = list(self.rows(table))
        kept = tuple(c for c in rows[index].cells if c.name != reading.name)
        rows[index] = Row((*kept, reading))
        whole = replace(self[table], value=tuple(rows))
        return self.corrected(table, whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A covering mail: shown beside the papers that came with it, never evidence of anything."""

    path: str = ""
    """Where it lay in the submission; empty for the mail that the file is."""
    sender: str = ""
    subject: str = ""
    sent: str = ""
    """The moment that the mail itself states, as ISO text; empty where it states none."""
    text: str = ""
    """Its own words, as a note; nothing is read from them."""


class Came(StrEnum):
    """What came of one file in a mail or a zip file."""

    READ = "read"
    KNOWN = "known"
    """Its bytes were read before, in whatever they came."""
    TRIFLE = "trifle"
    """A logo, a smiley, a seal, a business card: kept with the mail, and nobody is asked."""
    UNREAD = "unread"
    """No reader opens it; its findings say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file that lay in a mail or a zip file."""

    path: str
    sha256: str
    came: Came
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One file as it arrived and what was read from it."""

    name: str
    sha256: str
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: int = 0
    """How many it has, as counted when it was opened; 0 when it was not."""
    mails: tuple[Mail, ...] = ()
    """Of a mail, or a file with mails in it."""
    parts: tuple[Part, ...] = ()
    """Of a mail, a mailbox or a zip file: every file in it."""


# ---------------------------------------------------------------- cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """Who the papers are about, as the register knows them."""

    number: int
    """Our own number; 0 for one that is not registered yet."""
    legal_name: str
    operating_name: str = ""
    account: str = ""
    """The workers' compensation account, letters and digits only."""
    province: str = ""
    mailing_address: str = ""
    city: str = ""
    postal_code: str = ""
    phone: str = ""
    contact_name: str = ""
    workers: tuple[str, ...] = ()
    """The names on the latest roster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A document in its case, with a person's corrections already in its readings."""

    number: str
    """The document's number: twelve characters of the submission's hash, a dot, its place in it."""
    submission: str
    """The name under which the file arrived, and its way inside: `scan.pdf`, `mail.eml/scan.pdf`."""
    received: date
    order: int
    """Rises with every document the office keeps; the later paper supersedes."""
    document: Document
    settled: frozenset[str] = frozenset()
    """Findings (`code` or `code@reading`) that a person looked at and let stand as no obstacle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """An auditor's registration, as an event: who, by what number, from and to what day."""

    name: str
    number: str
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One employer in one program: all its documents, in the order in which they were kept."""

    code: str
    program: str
    employer: Employer
    opened: date
    documents: tuple[Filed, ...] = ()
    auditors: tuple[Registration, ...] = ()
    """Registered auditors that the case's audits name."""
    certified: date | None = None
    """The day of the certification from which the case's years count; nothing before it."""
    year: int = 1
    """The year of the three that is judged: 1 for a certificate, 2 and 3 for a letter of good standing."""
    spent: frozenset[str] = frozenset()
    """The papers that an earlier year's answer rested on; an audit among them counts for no other year."""
    counts_from: date | None = None
    """Of a year after another: audits that came, or were made, before this day do not count for it."""
    registered_until: date | None = None
    """The last day of the registration, with the time that was given beside the program's own."""
    again: date | None = None
    """The day on which the certification, or the registration, ended: what registers again comes after it."""
    begun: date | None = None
    """The day on which a person had the case begin again, without a registration."""


class Answer(StrEnum):
    """What we can say of a requirement. Never a boolean."""

    MET = "met"
    NOT_MET = "not met"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The place that a statement rests on."""

    document: str
    """`Filed.number`."""
    reading: str = ""
    """`legal_name`, or `workers[2].name` for a cell (rows count from 1)."""
    page: int | None = None
    box: Box | None = None
    value: str = ""
    """What stands there, as we would print it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """One item of a deficiency letter."""

    looked_for: str
    found: str
    why: str
    to_do: str
    evidence: tuple[Evidence, ...] = ()
    whose: str = ""
    """`partner` for what the partner must make itself; empty for what the employer must send."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What only a person can settle."""

    document: str
    """`Filed.number`."""
    code: str
    """The finding that asks, or `unsure-reading`."""
    says: str
    reading: str = ""
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a requirement comes to, on a day, for a case: always with because."""

    requirement: str
    title: str
    answer: Answer
    because: str
    reference: str
    evidence: tuple[Evidence, ...] = ()
    received: bool = True
    """False when no paper that could show it has come: outstanding, not deficient."""
    shortfalls: tuple[Shortfall, ...] = ()
    """Why it is not met, an item each; when nothing was received, the one item says what to send."""
    questions: tuple[Question, ...] = ()
    """Why we cannot tell."""
    notes: tuple[str, ...] = ()
    """What staff should see though it changes nothing: an assumed value, exactly nine people."""
    waived: bool = False
    """Met only because a person let the requirement go for this case."""


class LetterKind(StrEnum):
    """What can follow from the verdicts."""

    CERTIFICATE = "certificate"
    DEFICIENCY = "deficiency"
    ACKNOWLEDGEMENT = "acknowledgement"
    TOO_LARGE = "too-large"
    GOOD_STANDING = "good-standing"
    """The association's own letter of a year, not the compensation board's (`Kind.GOOD_STANDING`)."""
    REMINDER = "reminder"
    OVERDUE = "overdue"
    LAPSE = "lapse"
    WITHDRAWAL = "withdrawal"
    REINSTATEMENT = "reinstatement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One statement of a letter and what it rests on."""

    text: str
    requirement: str = ""
    """Empty for what every letter of its kind says."""
    reference: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is owed to an employer: everything that printing needs, and why each line stands there."""

    kind: LetterKind
    case: str
    day: date
    data: Mapping[str, object]
    """JSON for the template; data, never markup."""
    lines: tuple[Line, ...]
