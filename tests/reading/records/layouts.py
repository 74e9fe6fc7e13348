"""Training records as providers, associations and employers print them, in Typst, each with what stands in its rows.

Everybody in them is invented. `Listed.sure` is false for a layout or row that only a person can settle.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import typst

from tests.reading.cards.canvas import FRENCH, WRITING, Sample, later

if TYPE_CHECKING:
    from collections.abc import Callable

SCSA = "Saskatchewan Construction Safety Association"
CSAM = "Construction Safety Association of Manitoba"


@dataclass(frozen=True)
class Entry:
    """What one row says of one course."""

    holder: str
    printed: str
    course: str
    level: str | None = None
    cpr: str | None = None
    issued: date | None = None
    expires: date | None = None
    number: str | None = None
    sure: bool = True
    """Whether the row can be told without a person."""
    refused: str = ""
    """The finding that says why it is no certificate."""


@dataclass(frozen=True)
class Made:
    """A record as a file, and its rows."""

    data: bytes
    rows: tuple[Entry, ...]
    issuer: str | None
    codes: frozenset[str] = field(default=frozenset())
    """Findings that every document must have."""


COURSES = (
    ("Safety Construction Orientation Training", "scot", None, None, None),
    ("SCOT", "scot", None, None, None),
    ("Small Employer Safety Management", "small-employer-safety-management", None, None, None),
    ("Principles of Safety Management", "principles-of-safety-management", None, None, None),
    ("Leadership for Safety Excellence", "leadership-for-safety-excellence", None, None, None),
    ("Standard First Aid with CPR Level C", "first-aid", "intermediate", "C", 3),
    ("Emergency First Aid & CPR-A", "first-aid", "basic", "A", 3),
    ("Intermediate First Aid / CPR Level C & AED", "first-aid", "intermediate", "C", 3),
)


def rows(sample: Sample, count: int = 6, courses: tuple[tuple[object, ...], ...] = COURSES) -> list[Entry]:
    """So many rows of different people."""
    rng = sample.rng
    found: list[Entry] = []
    names: set[str] = set()
    while len(found) < count:
        other = Sample(f"{sample.seed}/{len(names)}/{len(found)}")
        if other.holder.casefold() in names:
            names.add(f"{other.holder}{len(names)}")
            continue
        names.add(other.holder.casefold())
        printed, course, level, cpr, years = rng.choice(courses)
        issued = date(2022, 1, 1) + timedelta(rng.randrange(1400))
        expires = later(issued) if years else None
        found.append(Entry(other.holder, str(printed), str(course), level, cpr, issued, expires, other.number))  # type: ignore[arg-type]
    return found


def text(value: str) -> str:
    """A value as a Typst string."""
    return '#"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def compiled(body: str, *, flipped: bool = False, size: float = 10, page: str = "") -> bytes:
    """The body on letter paper."""
    setting = f'#set page("us-letter", margin: 50pt, flipped: {str(flipped).lower()}{page})\n'
    return typst.compile((setting + f'#set text(font: "Libertinus Serif", size: {size}pt)\n' + body).encode())


def grid(heads: list[str], cells: list[list[str]], *, columns: str = "", options: str = "") -> str:
    """A table of Typst."""
    wide = columns or str(len(heads))
    inside = (
        ", ".join(f"[*{h}*]" for h in heads)
        + ",\n"
        + ",\n".join(", ".join(c if c.startswith("table.cell") else f"[{text(c)}]" for c in row) for row in cells)
    )
    return f"#table(columns: {wide}, {options}\n{inside})\n"


def list_cells(found: list[Entry], day: Callable[[date], str]) -> list[list[str]]:
    """Name, course, completed, expires, number."""
    return [
        [r.holder, r.printed, day(r.issued) if r.issued else "", day(r.expires) if r.expires else "", r.number or ""]
        for r in found
    ]


HEADS = ["Name", "Course", "Date completed", "Expires", "Certificate no."]
UNRULED = "stroke: none, column-gutter: 14pt,"


def plain(s: Sample) -> Made:
    found = rows(s)
    day = WRITING[s.rng.choice(["iso", "long", "short", "european", "abbreviated"])]
    body = f"#text(16pt)[{s.body_text}]\n\n= Training record\nCompany: Prairie Roofing Ltd.\n\n"
    return Made(compiled(body + grid(HEADS, list_cells(found, day))), tuple(found), s.body)


def unruled(s: Sample) -> Made:
    found = rows(s, courses=COURSES[:5])
    day = WRITING[s.rng.choice(["iso", "short", "abbreviated"])]
    align = s.rng.choice(["left", "center"])
    body = f"#text(16pt)[{s.agency}]\n\n= Student transcript\n\n" + grid(
        ["Participant", "Course", "Date issued", "Expiry date", "Certificate number"],
        list_cells(found, day), options=f"{UNRULED} align: {align},",
    )  # fmt: skip
    return Made(compiled(body, flipped=True), tuple(found), s.agency)


def booktabs(s: Sample) -> Made:
    """Rules only across."""
    found = rows(s)
    body = f"= {s.body_text}\n== Course completions\n\n" + grid(
        ["Worker", "Training", "Completed", "Valid until", "Cert. no."], list_cells(found, WRITING["iso"]),
        options="stroke: (x: none, y: 0.5pt), column-gutter: 10pt,",
    )  # fmt: skip
    signed = "\n#v(30pt)\nBob Stone #h(100pt) 2025-11-03\n\nInstructor\n"
    return Made(compiled(body + signed, flipped=True), tuple(found), s.body)


def merged(s: Sample) -> Made:
    """A name stands once for all its courses."""
    found: list[Entry] = []
    cells: list[list[str]] = []
    for one in rows(s, 3):
        mine = [replace(r, holder=one.holder) for r in rows(Sample(f"{s.seed}{one.holder}"), 2)]
        found += mine
        for n, row in enumerate(list_cells(mine, WRITING["iso"])):
            cells.append([f"table.cell(rowspan: 2)[{text(one.holder)}]", *row[1:]] if n == 0 else row[1:])
    body = f"= {s.body_text}\nTraining transcript\n\n" + grid(HEADS, cells)
    return Made(compiled(body), tuple(found), s.body)


MATRIX = (
    ("SCOT", "scot", None, None), ("CSTS-2020", "csts-2020", None, None),
    ("Standard First Aid", "first-aid", "intermediate", None), ("SESM", "small-employer-safety-management", None, None),
)  # fmt: skip


def _matrix(s: Sample, *, told: bool, options: str = "") -> Made:
    found, cells = [], []
    for one in rows(s, 5):
        row = [one.holder]
        for printed, course, level, cpr in MATRIX:
            day = date(2023, 1, 1) + timedelta(s.rng.randrange(900))
            if s.rng.random() < 0.7 or printed == "SCOT":
                expires = later(day) if level else None
                entry = Entry(one.holder, printed, course, level, cpr, day, expires, None, sure=told)
                found.append(entry)
                row.append(day.isoformat())
            else:
                row.append(s.rng.choice(["", "-", "N/A"]))
        cells.append(row)
    note = "Dates shown are the date completed:\n\n" if told else ""
    body = f"= {s.body}\nTraining matrix\n\n{note}" + grid(["Name", *(m[0] for m in MATRIX)], cells, options=options)
    return Made(compiled(body, flipped=True), tuple(found), s.body)


def matrix(s: Sample) -> Made:
    return _matrix(s, told=False)


def matrix_told(s: Sample) -> Made:
    return _matrix(s, told=True)


def matrix_unruled(s: Sample) -> Made:
    return _matrix(s, told=False, options=UNRULED)


def matrix_pairs(s: Sample) -> Made:
    """Two rows of headings: each course over its days."""
    found, cells = [], []
    for one in rows(s, 4):
        issued, aid = (date(2023, 1, 1) + timedelta(s.rng.randrange(900)) for _ in range(2))
        found += [
            Entry(one.holder, "SCOT", "scot", None, None, issued, None),
            Entry(one.holder, "Standard First Aid", "first-aid", "intermediate", None, aid, later(aid)),
        ]
        cells.append([one.holder, issued.isoformat(), aid.isoformat(), later(aid).isoformat()])
    head = (
        "table.cell(rowspan: 2)[Employee], [SCOT], table.cell(colspan: 2)[Standard First Aid],\n"
        "[Completed], [Completed], [Expires],\n"
    )
    inside = ",\n".join(", ".join(f"[{text(c)}]" for c in row) for row in cells)
    body = f"= {s.body}\nTraining matrix\n\n#table(columns: 4, {head}{inside})\n"
    return Made(compiled(body), tuple(found), s.body)


def french(s: Sample) -> Made:
    courses = (
        ("Secourisme général et RCR niveau C", "first-aid", "intermediate", "C", 3),
        ("Principes de gestion de la sécurité", "principles-of-safety-management", None, None, None),
    )
    found = rows(s, courses=courses)
    day = s.rng.choice([FRENCH, WRITING["dmy"]])
    heads = ["Nom du participant", "Cours", "Date de réussite (JJ/MM/AAAA)", "Date d'expiration (JJ/MM/AAAA)"]
    cells = [row[:4] for row in list_cells(found, day)]
    body = "= Croix-Rouge canadienne\nRelevé de formation\n\n" + grid([*heads], cells)
    made = tuple(replace(r, number=None) for r in found)
    return Made(compiled(body, size=9), made, "Canadian Red Cross")


def striped(s: Sample) -> Made:
    """First and last names apart, a counter, and grey stripes instead of rules."""
    found = rows(s)
    cells = []
    for n, row in enumerate(list_cells(found, WRITING["iso"]), start=1):
        first, _, last = row[0].partition(" ")
        cells.append([str(n), last, first, *row[1:4]])
    heads = ["No.", "Last name", "First name", "Course name", "Date issued", "Expiry"]
    options = "stroke: none, column-gutter: 12pt, fill: (_, y) => if calc.odd(y) { luma(230) },"
    body = f"= {s.agency}\nTraining record\n\n" + grid(heads, cells, options=options)
    return Made(compiled(body, flipped=True), tuple(replace(r, number=None) for r in found), s.agency)


def transcript(s: Sample) -> Made:
    """One person's courses."""
    found = [replace(r, holder=s.holder) for r in rows(s, 4)]
    cells = [row[1:4] for row in list_cells(found, WRITING["long"])]
    body = f"= {s.body}\nTraining transcript\n\nName: {text(s.holder)}\n\n" + grid(
        ["Course", "Completed", "Expires"], cells
    )
    return Made(compiled(body), tuple(replace(r, number=None) for r in found), s.body)


def own(s: Sample) -> Made:
    """An employer's list."""
    found = rows(s)
    head = s.rng.choice([
        "= Prairie Roofing Ltd.\nEmployee training record", "= Training record", "= Our safety training",
        "= Bison & Sons\nTraining list\n\nCourses recognized by the Canadian Red Cross are marked.",
    ])  # fmt: skip
    body = f"{head}\n\n" + grid(HEADS, list_cells(found, WRITING["iso"]))
    return Made(compiled(body), tuple(found), None, frozenset({"own-record"}))


def sectioned(s: Sample) -> Made:
    """An employer's letterhead over an issuer's name: a person says whose list it is."""
    found = rows(s)
    head = s.rng.choice([
        f"= Prairie Roofing Ltd.\nTraining\n\n{s.agency}", f"= {s.body_text} training record", f"Prairie\n\n{s.body}",
        f"= {s.body}\nBison Contracting\n", "= Prairie Safety Training Academy\nTraining record",
    ])  # fmt: skip
    body = f"{head}\n\n" + grid(HEADS, list_cells(found, WRITING["iso"]))
    return Made(compiled(body), tuple(found), None, frozenset({"needs-judgement"}))


def two_pages(s: Sample) -> Made:
    """The headings again on the second page, the letterhead not."""
    found = rows(s, 6)
    cells = list_cells(found, WRITING["iso"])
    body = f"= {s.body}\nTraining record\n\nPage 1 of 2\n\n{grid(HEADS, cells[:3])}\n#pagebreak()\nPage 2 of 2\n\n"
    return Made(compiled(body + grid(HEADS, cells[3:])), tuple(found), s.body)


def wrapped(s: Sample) -> Made:
    """Narrow columns: every cell runs over lines."""
    found = rows(s)
    body = f"= {s.body}\nTraining record\n\n" + grid(
        HEADS, list_cells(found, WRITING["long"]), columns="(70pt, 90pt, 62pt, 62pt, 70pt)"
    )
    return Made(compiled(body), tuple(found), s.body)


def wrapped_unruled(s: Sample) -> Made:
    """Narrow columns without rules, and signatures below."""
    found = rows(s)
    body = f"= {s.body}\nTraining record\n\n" + grid(
        HEADS, list_cells(found, WRITING["iso"]), columns="(110pt, 100pt, 80pt, 70pt, 70pt)",
        options=f"{UNRULED} row-gutter: 6pt,",
    )  # fmt: skip
    return Made(compiled(body + "\n#v(20pt)\nJane Smith #h(60pt) Registrar\n"), tuple(found), s.body)


def status(s: Sample) -> Made:
    """Not everybody was done."""
    found, cells = [], []
    for row in rows(s):
        said = s.rng.choice(["Completed", "Pass", "Failed", "In progress", "Attended", "85%", "55%", ""])
        sure = said in ("Completed", "Pass", "85%", "")
        found.append(replace(row, sure=sure, refused="participation-letter" if said == "Attended" else "", number=None))
        cells.append([*list_cells([row], WRITING["iso"])[0][:4], said])
    body = f"= {s.body}\nTraining record\n\n" + grid([*HEADS[:4], "Status"], cells)
    return Made(compiled(body), tuple(found), s.body)


def ambiguous(s: Sample) -> Made:
    """Days and months that can change places, in one order; sure where the column has a day over 12."""
    found = rows(s, courses=COURSES[:5])
    style = s.rng.choice(["mdy", "dmy"])
    proven = any(r.issued is not None and r.issued.day > 12 for r in found)
    found = [
        replace(r, sure=proven or (r.issued is not None and (r.issued.day > 12 or r.issued.day == r.issued.month)))
        for r in found
    ]
    body = f"= {s.body}\nTraining record\n\n" + grid(HEADS, list_cells(found, WRITING[style]))
    return Made(compiled(body), tuple(found), s.body)


def attended(s: Sample) -> Made:
    """A list of those who were there."""
    found = [replace(r, refused="participation-letter") for r in rows(s)]
    body = f"= {s.body}\nLetter of participation\n\n" + grid(HEADS, list_cells(found, WRITING["iso"]))
    return Made(compiled(body), tuple(found), s.body, frozenset({"participation-letter"}))


def numbers(s: Sample) -> Made:
    """A list of a class: the course stands over it."""
    found = [
        replace(r, printed="SCOT", course="scot", level=None, cpr=None, issued=date(2024, 3, 5), expires=None)
        for r in rows(s)
    ]
    cells = [[r.holder, r.number or ""] for r in found]
    body = f"= {s.body}\nClass list\n\nCourse: SCOT\n\nDate: 2024-03-05\n\n" + grid(["Name", "Certificate"], cells)
    return Made(compiled(body), tuple(found), s.body)


LAYOUTS: dict[str, Callable[[Sample], Made]] = {
    made.__name__: made
    for made in (plain, unruled, booktabs, merged, matrix, matrix_told, matrix_unruled, matrix_pairs, french, striped,
                 transcript, own, sectioned, two_pages, wrapped, wrapped_unruled, status, ambiguous, attended, numbers)
}  # fmt: skip
