"""Layouts that were written after the rules had been mended on what the held-out ones showed; not tuned on since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.reading.cards.canvas import FRENCH, LEVELS_FR, Canvas

if TYPE_CHECKING:
    from tests.reading.cards.canvas import Made, Sample
    from tests.reading.cards.layouts import Layout


def awards_to(s: Sample) -> Made:
    c = Canvas()
    s.agency = "Canadian Ski Patrol"
    c.put(70, 60, "Canadian Ski Patrol", 22)
    c.put(70, 120, "awards this certificate to", 11)
    c.put(70, 140, s.holder, 24)
    c.put(70, 180, "for the successful completion of", 11)
    c.put(70, 200, s.first_aid(), 16)
    c.put(70, 260, f"Completed {s.day(s.issue)}", 10)
    c.put(70, 276, f"Expires {s.day(s.expiry)}", 10)
    c.put(70, 292, f"Certificate ID {s.number}", 10)
    c.put(70, 400, s.chief, 10)
    c.put(70, 413, "National President", 8)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def participated_and_completed(s: Sample) -> Made:
    c = Canvas()
    c.centre(60, "Certificate of Completion", 26)
    c.centre(140, s.holder, 22)
    c.centre(175, "has participated in and successfully completed", 11)
    c.centre(195, s.course_text, 18)
    c.centre(230, "(16 hours)", 10)
    for x, value, what in (
        (200, s.instructor, "Course Facilitator"),
        (400, s.day(s.issue), "Date"),
        (600, s.number, "Certificate Number"),
    ):
        c.centre(350, value, 11, x)
        c.centre(366, what, 8, x)
    c.centre(520, s.body_text, 12)
    return [c.page()], s.truth_course()


def valid_from_to(s: Sample) -> Made:
    c = Canvas(612, 400)
    c.put(40, 30, s.agency_text, 16)
    c.put(40, 60, "Qualification card", 12)
    c.put(40, 100, f"Holder: {s.holder}", 11)
    c.put(40, 118, f"Qualification: {s.first_aid()}", 11)
    c.put(40, 136, f"Valid from: {s.day(s.issue)} to {s.day(s.expiry)}", 11)
    c.put(40, 154, f"Card number: {s.number}", 11)
    c.put(40, 172, f"Branch manager: {s.director}", 11)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def roles_table(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, f"{s.body_text}: training certificate", 13)
    c.put(60, 80, f"Course: {s.course_text}", 11)
    c.put(60, 100, f"Date of completion: {s.day(s.issue)}", 11)
    c.put(60, 120, f"Certificate number: {s.number}", 11)
    c.put(60, 160, "Role", 10)
    c.put(250, 160, "Name", 10)
    for n, (role, who) in enumerate((("Instructor", s.instructor), ("Participant", s.holder), ("Witness", s.other))):
        c.put(60, 180 + 18 * n, role, 10)
        c.put(250, 180 + 18 * n, who, 10)
    return [c.page()], s.truth_course()


def attestation(s: Sample) -> Made:
    c = Canvas(612, 792)
    s.agency = "St. John Ambulance"
    c.put(60, 60, "Ambulance Saint-Jean", 16)
    c.put(60, 100, "Attestation de participation", 18)
    c.put(60, 150, f"Nous attestons que {s.holder} a participé au cours", 11)
    c.put(60, 164, f"{s.rng.choice(LEVELS_FR[s.level])} le {FRENCH(s.issue)}.", 11)
    c.put(60, 300, s.director, 10)
    c.put(60, 313, "Directrice générale", 9)
    truth = s.truth_first_aid(expiry=None, number=False)
    return [c.page()], {**truth, "cpr_level": None, "findings": ("participation-letter",)}


def director_first(s: Sample) -> Made:
    c = Canvas()
    c.centre(40, s.body_text, 18)
    c.centre(80, f"{s.director}, Executive Director, and the Board of Directors certify that", 11)
    c.centre(110, s.holder, 28)
    c.centre(155, "has completed all requirements of the course", 11)
    c.centre(175, s.course_text, 18)
    c.put(80, 300, f"Dated {s.day(s.issue)}", 10)
    c.put(500, 300, f"Certificate # {s.number}", 10)
    return [c.page()], s.truth_course()


def prenom_nom(s: Sample) -> Made:
    c = Canvas(612, 792)
    s.holder, s.agency = f"{s.given} {s.family}", "Canadian Red Cross"
    c.put(60, 60, "La Croix-Rouge canadienne", 16)
    c.put(60, 90, "CERTIFICAT DE SECOURISME", 14)
    course = s.rng.choice(LEVELS_FR[s.level]) + (f" et RCR {s.cpr}" if s.cpr else "")
    s.cpr = ""
    for n, (label, value) in enumerate(
        (
            ("Prénom", s.given),
            ("Nom", s.family),
            ("Formation", course),
            ("Date du cours", FRENCH(s.issue)),
            ("Échéance", FRENCH(s.expiry)),
            ("Numéro de certificat", s.number),
            ("Formateur", s.instructor),
        )
    ):
        c.put(60, 140 + 24 * n, label, 10)
        c.put(230, 140 + 24 * n, value, 10)
    truth = s.truth_first_aid(expiry=s.expiry)
    return [c.page()], {name: value for name, value in truth.items() if name != "cpr_level"}


def employee_record(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 60, "Proof of Training - Certificate", 16)
    rows = (
        (f"Employee: {s.holder}", f"Supervisor: {s.other}"),
        ("Employer: Northwind Roofing Ltd.", f"Trainer: {s.instructor}"),
        (f"Course: {s.course_text}", f"Completed on: {s.day(s.issue)}"),
        (f"Certificate No.: {s.number}", f"Issued by: {s.body_text}"),
    )
    for n, (left, right) in enumerate(rows):
        c.put(60, 120 + 20 * n, left, 10)
        c.put(330, 120 + 20 * n, right, 10)
    return [c.page()], s.truth_course()


def long_name(s: Sample) -> Made:
    c = Canvas()
    s.holder = f"{s.given} Alexandrina {s.family} Featherstone"
    c.centre(40, s.agency_text, 18)
    c.centre(100, "This is to certify that", 12)
    c.centre(125, f"{s.given} Alexandrina", 30)
    c.centre(162, f"{s.family} Featherstone", 30)
    c.centre(210, "has successfully completed", 12)
    c.centre(230, s.first_aid(), 16)
    c.put(80, 300, f"Issue date: {s.day(s.issue)}", 10)
    c.put(400, 300, f"Expiry date: {s.day(s.expiry)}", 10)
    c.put(80, 320, f"Cert #: {s.number}", 10)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def forwarded_mail(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(40, 30, f"From: {s.other}", 9)
    c.put(40, 44, f"To: {s.director}", 9)
    c.put(40, 58, "Subject: Your certificate", 9)
    c.put(40, 100, s.agency_text, 14)
    c.put(40, 130, f"Hello {s.chief},", 11)
    c.put(40, 150, f"This confirms that {s.holder} is certified in {s.first_aid()}.", 11)
    c.put(40, 170, f"Issued: {s.day(s.issue)}", 11)
    c.put(40, 186, f"Expires: {s.day(s.expiry)}", 11)
    c.put(40, 202, f"Certificate no: {s.number}", 11)
    c.put(40, 240, s.instructor, 11)
    c.put(40, 254, "Training Coordinator", 9)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


FRESH: dict[str, Layout] = {
    f.__name__: f
    for f in (
        awards_to,
        participated_and_completed,
        valid_from_to,
        roles_table,
        attestation,
        director_first,
        prenom_nom,
        employee_record,
        long_name,
        forwarded_mail,
    )
}
