"""Training records of further layouts, written after the rules were finished. Everybody in them is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.reading.cards.canvas import WRITING, Sample
from tests.reading.records.layouts import COURSES, UNRULED, Entry, Made, compiled, grid, list_cells, rows, text

if TYPE_CHECKING:
    from collections.abc import Callable

ISO = WRITING["iso"]


def teacher_first(s: Sample) -> Made:
    """The instructor's column stands before the holder's."""
    found = [replace(r, number=None) for r in rows(s)]
    cells = [[s.instructor, "Prairie Roofing Ltd.", *row[:4]] for row in list_cells(found, ISO)]
    heads = ["Instructor", "Employer", "Participant", "Course", "Completed", "Expires"]
    options = s.rng.choice(["", UNRULED])
    body = f"= {s.body}\nCourse completions\n\n" + grid(heads, cells, options=options)
    return Made(compiled(body, flipped=True, size=8), tuple(found), s.body)


def person_by_person(s: Sample) -> Made:
    """A table for each person, the name above it."""
    found: list[Entry] = []
    body = f"= {s.body}\nTraining transcripts\n\n"
    for one in rows(s, 3):
        mine = [
            replace(r, holder=one.holder, number=None, sure=False) for r in rows(Sample(f"{s.seed}{one.holder}"), 2)
        ]
        found += mine
        cells = [row[1:4] for row in list_cells(mine, ISO)]
        body += f"Name: {text(one.holder)}\n\n" + grid(["Course", "Completed", "Expires"], cells) + "\n"
    return Made(compiled(body), tuple(found), s.body)


def course_by_course(s: Sample) -> Made:
    """Headings of sections run across the table."""
    found = [replace(r, sure=False) for r in rows(s)]
    cells = list_cells(found, ISO)
    for at, said in ((4, "In progress"), (0, "Completed")):
        cells.insert(at, [f"table.cell(colspan: 5)[{said}]"])
    heads = ["Name", "Course", "Date", "Expires", "Cert no."]
    return Made(compiled(f"= {s.body}\nTraining record\n\n" + grid(heads, cells)), tuple(found), s.body)


def turned(s: Sample) -> Made:
    """A wide page with everything set small, its columns in another order."""
    found = rows(s)
    cells = [[row[4], row[2], row[3], row[1], row[0]] for row in list_cells(found, WRITING["abbreviated"])]
    heads = ["Certificate \\#", "Issue date", "Expiry date", "Training course", "Employee name"]
    body = f"#text(20pt)[*{s.agency}*]\n\nEmployer: Bison Builders Inc.\n\n" + grid(heads, cells, options="inset: 3pt,")
    return Made(compiled(body, size=8), tuple(found), s.agency)


def boxed(s: Sample) -> Made:
    """Rules down and around, none between the rows."""
    found = rows(s, courses=COURSES[:5])
    options = "stroke: (x: 0.5pt, top: none, bottom: none), inset: 6pt,"
    inner = grid(
        ["Name", "Course", "Date completed", "Expires", "Certificate no."], list_cells(found, ISO), options=options
    )
    body = f"= {s.body}\nTraining record\n\n#block(stroke: 0.5pt)[{inner}]"
    return Made(compiled(body, flipped=True), tuple(found), s.body)


def right_hand(s: Sample) -> Made:
    """No rules, every column set to the right."""
    found = [replace(r, number=None) for r in rows(s, courses=COURSES[:5])]
    cells = [row[:4] for row in list_cells(found, WRITING["short"])]
    body = f"= {s.body}\nTraining record\n\n" + grid(
        ["Worker", "Course", "Date completed", "Expires"], cells, options=f"{UNRULED} align: right,"
    )
    signed = "\n#v(18pt)\nIssued 2025-11-03 by Eve Moss, Registrar\n"
    return Made(compiled(body + signed, flipped=True), tuple(found), s.body)


def enrolled(s: Sample) -> Made:
    """Who is to come, with the day of the course; nobody is done."""
    found = [replace(r, sure=False, number=None, issued=None, expires=None) for r in rows(s, courses=COURSES[:5])]
    cells = [[r.holder, r.printed, "2026-03-05", s.rng.choice(["Booked", "Confirmed", ""])] for r in found]
    head = s.rng.choice(["Scheduled date", "Start date", "Session"])
    body = f"= {s.body}\nTraining\n\n" + grid(["Name", "Course", head, "Status"], cells)
    return Made(compiled(body), tuple(found), s.body)


def several_in_one(s: Sample) -> Made:
    """A place that names two courses, and one that names two people."""
    found = rows(s, 4)
    cells = list_cells(found, ISO)
    cells[0][1] += " / Fall Protection"
    cells[2][0] += " and Ada Stone"
    found = [replace(r, sure=n not in (0, 2)) for n, r in enumerate(found)]
    body = f"= {s.body}\nTraining record\n\n" + grid(
        ["Name", "Course", "Completed", "Expires", "Certificate no."], cells
    )
    return Made(compiled(body, flipped=True), tuple(found), s.body)


def month_only(s: Sample) -> Made:
    """Dates without their day."""
    found = [
        replace(r, sure=False, issued=date(2024, 3, 1), expires=None, number=None) for r in rows(s, courses=COURSES[:5])
    ]
    cells = [[r.holder, r.printed, "March 2024"] for r in found]
    body = f"= {s.body}\nTraining record\n\n" + grid(
        ["Name", "Course", "Completed"], cells, options=s.rng.choice(["", UNRULED])
    )
    return Made(compiled(body), tuple(found), s.body)


def staff_sheet(s: Sample) -> Made:
    """An employer's spreadsheet, as printed: its name is nowhere."""
    found = [replace(r, number=None) for r in rows(s)]
    cells = [[*row[:4], s.agency] for row in list_cells(found, ISO)]
    body = grid(["Employee", "Training", "Date", "Expiry", "Provider"], cells, options=s.rng.choice(["", UNRULED]))
    return Made(compiled(body, flipped=True), tuple(found), None, frozenset({"own-record"}))


HELD_OUT: dict[str, Callable[[Sample], Made]] = {
    made.__name__: made
    for made in (teacher_first, person_by_person, course_by_course, turned, boxed, right_hand, enrolled, several_in_one,
                 month_only, staff_sheet)
}  # fmt: skip
