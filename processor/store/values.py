"""What the store hands out beside the words of the office: frozen values, never rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from processor.model import Document, Employer, Finding, Letter, Question


class Keys(Protocol):
    """What a paper can be looked up by; `casework.matching.keys` makes them, the store only compares them."""

    @property
    def account(self) -> str:
        """The compensation account, letters and digits only; empty for none."""

    @property
    def names(self) -> tuple[str, ...]:
        """Folded company names: equal keys are equal names."""

    @property
    def postal_code(self) -> str:
        """As the register writes it; empty for none."""

    @property
    def holders(self) -> tuple[str, ...]:
        """Folded names of people."""


class Known(NamedTuple):
    """An employer of the register that a paper may be about, and the programs it has cases in."""

    employer: Employer
    programs: tuple[str, ...]


class Progress(StrEnum):
    """Where a submission stands. A file that is known already leaves no trace, so it has no word here."""

    WORK = "work"
    """Kept; a case that it touched is not judged yet."""
    WAITING = "waiting"
    """A person is asked about one of its papers, or nobody claims one."""
    DONE = "done"
    ASIDE = "aside"
    """No reader opens it; `findings` say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One submission that the office keeps."""

    sha256: str
    name: str
    note: str
    """The sub-folder of the inbox it came through; empty for none."""
    received: date
    progress: Progress
    documents: tuple[str, ...]
    """Their numbers, in the order of the file."""
    findings: tuple[Finding, ...]
    """About the file itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One paper that the office keeps, filed or not."""

    number: str
    """`3fa4c1d2e5b6.1`: twelve characters of the submission's hash, a dot, its place in it."""
    order: int
    sha256: str
    submission: str
    """The name under which the file arrived, and its way inside: `scan.pdf`, `mail.eml/scan.pdf`."""
    received: date
    document: Document
    """With a person's corrections in its readings, and the findings of filing beside its own."""
    machine: Document
    """As the machine read it, for good."""
    inner: str = ""
    """Of a paper that lay in a mail or an archive: the SHA-256 of its own bytes; empty for a file that is one."""
    filing: tuple[Finding, ...] = ()
    """What filing it found: `no-employer`, `near-name`, `number-two-holders`."""
    employer: int = 0
    """The employer's number; 0 while nobody claims it."""
    maybe: tuple[int, ...] = ()
    """Of a paper in the pool: the numbers of the employers that may be meant."""
    case: str = ""
    settled: frozenset[str] = frozenset()
    """`code` or `code@reading`."""
    dismissed: bool = False
    """A person said that it is nobody's paper."""
    version: int = 1
    """Rises with every change; hand it back as `saw` when saving."""


class Holder(NamedTuple):
    """Who holds a certificate number, after which paper."""

    document: str
    holder: str
    """The folded name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One open question of the review queue."""

    case: str
    question: Question
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One case at a glance."""

    code: str
    program: str
    employer: Employer
    opened: date
    judged: date | None
    touched: bool
    questions: int
    letter: str = ""
    """The kind of the latest letter; empty for none."""
    lettered: date | None = None
    """The day of that letter."""


class Post(StrEnum):
    """How far a letter has come (`design.md` 4.6)."""

    OWED = "owed"
    WRITTEN = "written"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """One letter that the office owes, or has given out."""

    number: str
    """`L-2026-000123`."""
    case: str
    letter: Letter
    fingerprint: str
    certificate: str = ""
    """`CSAM-2026-0001`; empty for other letters."""
    post: Post = Post.OWED
    path: str = ""
    """Within the outbox, once written."""
    sha256: str = ""
    """Of the bytes in the outbox, once written."""


class GivenOut(NamedTuple):
    """A letter that lies in the outbox and that no row tells of, as the outbox tells of it."""

    number: str
    case: str
    kind: str
    day: date
    certificate: str
    employer: str
    """The legal name in the day's manifest; empty where no manifest has it."""
    path: str
    sha256: str


class Listed(NamedTuple):
    """One line of a day's manifest."""

    letter: str
    case: str
    kind: str
    certificate: str
    employer: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A certificate that is in force, and its days."""

    certificate: str
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """What the public directory says of a certified employer."""

    case: str
    program: str
    legal_name: str
    operating_name: str
    city: str
    certificate: str
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. It carries keys, never a personal value."""

    seq: int
    day: date
    at: str
    """ISO, UTC: by the machine's clock, for people; nothing is computed from it."""
    kind: str
    case: str
    subject: str
    """A document's, letter's or submission's number; an employer's; empty for the case itself."""
    detail: Mapping[str, object] = field(default_factory=dict)
    previous: str = ""
    hash: str = ""
