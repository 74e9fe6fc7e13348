"""The layouts that were written after the rules were finished, to see how they do on what they never met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from processor.model import Box, Source, Widget, WidgetKind
from tests.reading.cards.canvas import FRENCH, LEVELS_FR, MONTHS, Canvas, later

if TYPE_CHECKING:
    from tests.reading.cards.canvas import Made, Sample
    from tests.reading.cards.layouts import Layout


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def diploma(s: Sample) -> Made:
    c = Canvas()
    c.centre(40, s.body_text, 20)
    c.centre(100, "Be it known that", 13)
    c.centre(125, s.holder, 32)
    c.centre(175, "having satisfied all requirements prescribed, is hereby awarded this certificate in", 11)
    c.centre(200, s.course_text, 20)
    c.centre(260, f"Given this {ordinal(s.issue.day)} day of {MONTHS[s.issue.month - 1]}, {s.issue.year}", 12)
    for x, who, what in ((200, s.director, "Chair of the Board"), (590, s.chief, "Executive Director")):
        c.centre(400, "________________________", 10, x)
        c.centre(415, who, 10, x)
        c.centre(428, what, 8, x)
    c.put(40, 570, f"No. {s.number}", 8)
    return [c.page()], s.truth_course()


def congratulations(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 60, s.body_text, 13)
    c.put(60, 100, f"Congratulations, {s.holder}!", 20)
    c.put(60, 140, f"You have successfully completed {s.course_text}", 12)
    c.put(60, 156, f"on {s.day(s.issue)}.", 12)
    c.put(60, 200, f"Your certificate number is {s.number}.", 12)
    c.put(60, 260, f"{s.director}, Training Manager", 10)
    return [c.page()], s.truth_course()


def badge(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 60, s.course_text, 22)
    for n, (label, value) in enumerate(
        (
            ("Issued to", s.holder),
            ("Issued on", s.day(s.issue)),
            ("Expires on", "Does not expire"),
            ("Credential ID", s.number),
            ("Issued by", s.body_text),
            ("Authorized by", s.director),
        )
    ):
        c.put(60, 130 + 44 * n, label, 9)
        c.put(60, 142 + 44 * n, value, 13)
    c.put(60, 500, "This digital certificate can be verified online.", 9)
    return [c.page()], s.truth_course()


def grid(s: Sample) -> Made:
    c = Canvas()
    c.put(40, 40, f"{s.agency_text} - Certificate of First Aid Training", 16)
    cells = [
        ("PARTICIPANT", s.holder),
        ("COURSE", s.first_aid()),
        ("INSTRUCTOR", s.instructor),
        ("INSTRUCTOR ID", "I-90210"),
        ("DATE OF COMPLETION", s.day(s.issue)),
        ("EXPIRY", s.day(s.expiry)),
        ("CERTIFICATE NO", s.number),
        ("LOCATION", "Regina"),
    ]
    for n, (label, value) in enumerate(cells):
        x, y = 40 + 370 * (n % 2), 110 + 60 * (n // 2)
        c.put(x, y, label, 8)
        c.put(x, y + 14, value, 12)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def portal(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(40, 20, "11/24/2026, 3:14 PM", 7)
    c.put(400, 20, "My Training - Certificate of Completion", 7)
    c.put(40, 770, "https://training.example.org/certificates/view?id=99812", 7)
    c.put(60, 80, s.body_text, 14)
    for n, (label, value) in enumerate(
        (
            ("Learner name:", s.holder),
            ("Course name:", s.course_text),
            ("Date completed:", s.day(s.issue)),
            ("Score:", "100%"),
            ("Certificate ID:", s.number),
            ("Course administrator:", s.director),
        )
    ):
        wide = len(label) * 6
        c.put(220 - wide, 150 + 20 * n, label, 11)
        c.put(240, 150 + 20 * n, value, 11)
    return [c.page()], s.truth_course()


def requirements(s: Sample) -> Made:
    c = Canvas(612, 792)
    s.agency = "St. John Ambulance"
    c.centre(60, "St. John Ambulance", 20)
    c.centre(120, "This certifies that", 12)
    c.centre(140, s.holder, 22)
    c.centre(175, "has met the requirements for", 12)
    c.centre(195, s.first_aid(), 17)
    c.centre(230, f"Certificate number {s.number}", 10)
    c.centre(244, f"Issued {s.day(s.issue)}   Valid until {s.day(s.expiry)}", 10)
    c.put(80, 400, s.director, 10)
    c.put(80, 413, "Director of Training", 8)
    c.put(380, 400, s.instructor, 10)
    c.put(380, 413, "Course Instructor", 8)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def front_and_back(s: Sample) -> Made:
    front, back = Canvas(243, 153), Canvas(243, 153)
    front.put(10, 8, s.agency_text, 10)
    front.centre(36, s.holder, 12)
    front.centre(54, s.first_aid(), 8)
    front.put(10, 90, f"Cert. No. {s.number}", 7)
    front.put(10, 102, f"Date issued {s.day(s.issue)}", 7)
    front.put(10, 114, f"Recertify by {s.day(s.expiry)}", 7)
    back.put(10, 10, "The bearer of this card has successfully completed the course named on the front.", 6)
    back.put(10, 30, f"Instructor {s.instructor}", 7)
    back.put(10, 50, f"Authorized by {s.chief}, President", 7)
    return [front.page(1), back.page(2)], s.truth_first_aid(expiry=s.expiry)


def lines_and_captions(s: Sample) -> Made:
    c = Canvas()
    c.centre(50, s.agency_text, 16)
    c.centre(80, "First Aid Certificate", 22)
    for x, y, value, label in (
        (250, 180, s.holder, "Name of candidate"),
        (560, 180, s.number, "Certificate number"),
        (250, 250, s.first_aid(), "Course"),
        (560, 250, s.day(s.issue), "Date of issue"),
        (250, 320, s.instructor, "Examiner"),
        (560, 320, s.director, "Medical Director"),
    ):
        c.centre(y, value, 12, x)
        c.centre(y + 16, "_" * 34, 8, x)
        c.centre(y + 28, label, 8, x)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def est_certifie(s: Sample) -> Made:
    c = Canvas()
    s.agency = "St. John Ambulance"
    c.centre(40, "Ambulance Saint-Jean", 18)
    c.centre(150, s.holder, 24)
    c.centre(190, "est certifiée en", 12)
    c.centre(210, s.rng.choice(LEVELS_FR[s.level]) + (f" / RCR-{s.cpr}" if s.cpr else ""), 18)
    c.put(100, 300, "Émis le", 9)
    c.put(100, 312, FRENCH(s.issue), 11)
    c.put(300, 300, "Expire le", 9)
    c.put(300, 312, FRENCH(s.expiry), 11)
    c.put(500, 300, "Numéro du certificat", 9)
    c.put(500, 312, s.number, 11)
    c.put(100, 420, s.director, 10)
    c.put(100, 433, "Chef de la direction", 8)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def packed_lines(s: Sample) -> Made:
    c = Canvas(612, 400)
    c.put(30, 30, f"{s.body_text} - Training Certificate", 13)
    c.put(30, 70, f"Name: {s.holder} Certificate #: {s.number}", 10)
    c.put(30, 86, f"Course: {s.course_text}", 10)
    c.put(30, 102, f"Completion Date: {s.day(s.issue)} Instructor: {s.instructor}", 10)
    c.put(30, 118, f"Reviewed by: {s.director} Registrar: {s.chief}", 10)
    return [c.page()], s.truth_course()


def bls_provider(s: Sample) -> Made:
    c = Canvas()
    s.agency = "Heart and Stroke Foundation of Canada"
    c.put(40, 40, "Heart & Stroke", 24)
    c.centre(120, "BASIC LIFE SUPPORT PROVIDER", 20)
    c.centre(160, s.holder, 22)
    c.centre(
        195, "has successfully completed the cognitive and skills evaluations in accordance with the curriculum", 10
    )
    c.put(80, 280, "Issue Date", 9)
    c.put(80, 294, s.day(s.issue), 11)
    c.put(300, 280, "HSFC ID", 9)
    c.put(300, 294, s.number, 11)
    c.put(80, 340, "Training Centre Coordinator", 9)
    c.put(80, 354, s.director, 11)
    truth = s.truth_first_aid(expiry=later(s.issue, 1))
    return [c.page()], {**truth, "course": "cpr", "level": None, "cpr_level": "BLS"}


def instructor_first(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, "TRAINING CERTIFICATE", 18)
    for n, text in enumerate(
        (
            f"Facilitator {s.instructor}",
            f"Training Manager {s.director}",
            f"Date {s.day(s.issue)}",
            f"Course {s.course_text}",
            f"Participant {s.holder}",
            f"Issued by {s.body_text}",
            f"Certificate No {s.number}",
        )
    ):
        label, _, value = (
            text.partition(" ")
            if not text.startswith(("Training", "Issued", "Certificate"))
            else (" ".join(text.split()[:2]), "", " ".join(text.split()[2:]))
        )
        c.put(60, 120 + 26 * n, label, 10)
        c.put(220, 120 + 26 * n, value, 10)
    return [c.page()], s.truth_course()


def signature_block(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, s.agency_text, 15)
    c.put(60, 80, "Certification of training", 13)
    c.put(60, 130, f"Candidate: {s.holder}", 11)
    c.put(60, 150, f"Award: {s.first_aid()}", 11)
    c.put(60, 170, f"Date certified: {s.day(s.issue)}", 11)
    c.put(60, 190, f"Expiration: {s.day(s.expiry)}", 11)
    c.put(60, 300, "Signature:", 11)
    c.put(60, 320, f"Name: {s.instructor}", 11)
    c.put(60, 340, "Title: Instructor Trainer", 11)
    return [c.page()], s.truth_first_aid(expiry=s.expiry, number=False)


def typed_form(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, s.agency_text, 15)
    c.put(60, 80, "Certificate of completion", 13)
    values = (
        ("Participant:", s.holder),
        ("Course:", s.first_aid()),
        ("Issued:", s.day(s.issue)),
        ("Expires:", s.day(s.expiry)),
        ("Certificate no:", s.number),
        ("Instructor:", s.instructor),
    )
    widgets = []
    for n, (label, value) in enumerate(values):
        c.put(60, 130 + 30 * n, label, 11)
        widgets.append(
            Widget(
                name=f"field{n}",
                kind=WidgetKind.TEXT,
                page=1,
                box=Box(180, 127 + 30 * n, 480, 145 + 30 * n),
                sources=(Source("V", value), Source("drawn", value)),
            )
        )
    page = c.page()
    return [replace(page, widgets=tuple(widgets))], s.truth_first_aid(expiry=s.expiry)


def attendance(s: Sample) -> Made:
    c = Canvas()
    c.centre(60, s.agency_text, 18)
    c.centre(100, "Certificate of Attendance", 24)
    c.centre(150, "awarded to", 12)
    c.centre(175, s.holder, 26)
    c.centre(215, "for attending", 12)
    c.centre(235, s.first_aid(), 16)
    c.centre(270, f"on {s.day(s.issue)}", 12)
    c.centre(400, f"{s.instructor}, Instructor", 10)
    return [c.page()], {**s.truth_first_aid(expiry=None, number=False), "findings": ("participation-letter",)}


def e_learning(s: Sample) -> Made:
    c = Canvas()
    c.put(50, 50, s.agency_text, 16)
    c.put(50, 100, "This is to confirm that", 12)
    c.put(50, 120, s.holder, 22)
    c.put(50, 155, "has successfully completed the online learning component of", 12)
    c.put(50, 175, s.first_aid(), 16)
    c.put(50, 230, f"Date of completion {s.day(s.issue)}", 10)
    c.put(50, 260, "This is not a certification. Valid for 90 days.", 9)
    return [c.page()], {**s.truth_first_aid(expiry=None, number=False), "findings": ("online-only",)}


def roster(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, s.body_text, 14)
    c.put(60, 80, f"Certificates issued: {s.course_text}", 12)
    c.put(60, 120, "Name", 10)
    c.put(300, 120, "Certificate No", 10)
    c.put(430, 120, "Date issued", 10)
    for n, who in enumerate((s.holder, s.other, s.third)):
        c.put(60, 140 + 18 * n, who, 10)
        c.put(300, 140 + 18 * n, f"{s.number}{n}", 10)
        c.put(430, 140 + 18 * n, s.day(s.issue), 10)
    nothing: dict[str, object] = dict.fromkeys(("holder_name", "certificate_number"))
    return [c.page()], {**nothing, "kind": "course_certificate", "findings": ("holder-unclear",)}


def last_first(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, s.agency_text, 15)
    c.put(60, 80, "WALLET CARD", 12)
    s.holder = f"{s.family}, {s.given}"
    for n, (label, value) in enumerate(
        (
            ("Cardholder:", s.holder),
            ("Level:", s.first_aid()),
            ("Card no.:", s.number),
            ("Iss.:", s.day(s.issue)),
            ("Exp.:", s.day(s.expiry)),
        )
    ):
        c.put(60, 120 + 18 * n, f"{label} {value}", 10)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def sidebar(s: Sample) -> Made:
    c = Canvas()
    for n, text in enumerate(
        ("Our courses", "Emergency First Aid", "Standard First Aid", "CPR Level A", "CPR Level C", "Safety Auditor")
    ):
        c.put(620, 120 + 16 * n, text, 9)
    c.put(60, 60, s.agency_text, 18)
    c.put(60, 120, "We hereby certify that", 11)
    c.put(60, 140, s.holder, 26)
    c.put(60, 180, "has completed", 11)
    c.put(60, 200, s.first_aid(), 16)
    c.put(60, 260, f"Date of issue: {s.day(s.issue)}", 10)
    c.put(60, 276, f"Expiry date: {s.day(s.expiry)}", 10)
    c.put(60, 292, f"Certificate #{s.number}", 10)
    c.put(60, 420, s.instructor, 10)
    c.put(60, 433, "Trainer", 8)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def same_holder_twice(s: Sample) -> Made:
    c = Canvas(612, 792)
    after = date(s.issue.year + 1, s.issue.month, min(s.issue.day, 28))
    for n, (what, when) in enumerate((("Standard First Aid", s.issue), ("CPR Level C", after))):
        top = 60 + 300 * n
        c.put(60, top, s.agency_text, 12)
        c.put(60, top + 20, "Certification card", 10)
        c.put(60, top + 40, f"Name: {s.holder}", 10)
        c.put(60, top + 56, f"Course: {what}", 10)
        c.put(60, top + 72, f"Issued: {when.isoformat()}", 10)
        c.put(60, top + 88, f"Certificate No. {s.number}{n}", 10)
    truth: dict[str, object] = {
        "kind": "first_aid_certificate",
        "holder_name": s.holder,
        "issuer": s.agency,
        "certificate_number": "several",
        "issue_date": "several",
        "expiry_date": "several",
    }
    return [c.page()], truth


HELD_OUT: dict[str, Layout] = {
    f.__name__: f
    for f in (
        diploma,
        congratulations,
        badge,
        grid,
        portal,
        requirements,
        front_and_back,
        lines_and_captions,
        est_certifie,
        packed_lines,
        bls_provider,
        instructor_first,
        signature_block,
        typed_form,
        attendance,
        e_learning,
        roster,
        last_first,
        sidebar,
        same_holder_twice,
    )
}
