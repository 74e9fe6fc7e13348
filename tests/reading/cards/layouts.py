"""The layouts that the reader was tuned on. Each writes one invented certificate and says what it says.

A layout returns its pages and the truth; a value of None means that the paper does not show it. `findings`
in the truth are codes that must be there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tests.reading.cards.canvas import FRENCH, LEVELS_FR, Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.reading.cards.canvas import Made, Sample

    Layout: TypeAlias = Callable[[Sample], Made]


def ceremonial(s: Sample) -> Made:
    c = Canvas()
    c.centre(50, s.agency_text, 18)
    c.centre(90, "Certificate of Achievement", 26)
    c.centre(160, "This is to certify that", 12)
    c.centre(190, s.holder, 30)
    c.centre(245, "has successfully completed", 12)
    c.centre(275, s.first_aid(), 18)
    c.put(100, 350, f"Date issued: {s.day(s.issue)}", 10)
    c.put(480, 350, f"Certificate No. {s.number}", 10)
    for x, who, what in ((180, s.instructor, "Instructor"), (600, s.director, "National Medical Director")):
        c.centre(450, who, 11, x)
        c.centre(470, what, 9, x)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def certified_in(s: Sample) -> Made:
    c = Canvas()
    c.put(60, 40, s.agency_text, 16)
    c.centre(150, f"{s.holder}", 24)
    c.centre(195, s.rng.choice(("is certified in", "is recertified in")), 12)
    c.centre(220, s.first_aid(), 20)
    c.put(80, 320, "Issue date", 9)
    c.put(80, 334, s.day(s.issue), 11)
    c.put(280, 320, "Expiry date", 9)
    c.put(280, 334, s.day(s.expiry), 11)
    c.put(480, 320, "Certificate ID", 9)
    c.put(480, 334, s.number, 11)
    c.put(80, 480, f"Instructor: {s.instructor}", 9)
    c.put(480, 480, f"Training partner: {s.other} Safety Inc.", 9)
    c.centre(560, "To verify this certificate visit the website of the issuing agency.", 8)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def table(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 60, s.agency_text, 18)
    c.put(60, 100, "RECORD OF CERTIFICATION", 14)
    rows = (
        ("Name:", s.holder),
        ("Course:", s.first_aid(" / ")),
        ("Certificate #:", s.number),
        ("Issued:", s.day(s.issue)),
        ("Expires:", s.day(s.expiry)),
        ("Instructor:", s.instructor),
        ("Examiner:", s.other),
    )
    for n, (label, value) in enumerate(rows):
        c.put(60, 150 + 22 * n, label, 11)
        c.put(200, 150 + 22 * n, value, 11)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def table_plain(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.centre(60, s.body_text, 16)
    c.centre(100, "Certificate of Completion", 22)
    rows = [
        ("Participant", s.holder),
        ("Course title", s.course_text),
        ("Certificate number", s.number),
        ("Completion date", s.day(s.issue)),
        ("Facilitator", s.instructor),
    ]
    s.rng.shuffle(rows)
    for n, (label, value) in enumerate(rows):
        c.put(90, 200 + 30 * n, label, 12)
        c.put(270, 200 + 30 * n, value, 12)
    return [c.page()], s.truth_course()


def headed_row(s: Sample) -> Made:
    c = Canvas()
    c.put(50, 50, s.agency_text, 16)
    c.put(50, 80, "First aid certification", 12)
    columns = (
        ("Student", s.holder),
        ("Course", s.first_aid()),
        ("Date of issue", s.day(s.issue)),
        ("Valid until", s.day(s.expiry)),
    )
    for x, (label, value) in zip((50, 230, 500, 640), columns, strict=True):
        c.put(x, 200, label, 9)
        c.put(x, 216, value, 10)
    c.put(50, 300, "Instructor", 9)
    c.put(50, 316, s.instructor, 10)
    c.put(230, 300, "Certificate no.", 9)
    c.put(230, 316, s.number, 10)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def captions(s: Sample) -> Made:
    c = Canvas()
    c.centre(50, s.body_text, 18)
    c.centre(100, "CERTIFICATE", 30)
    c.centre(190, s.holder, 18)
    c.centre(215, "Participant", 9)
    c.centre(260, s.course_text, 18)
    c.centre(285, "Course", 9)
    for x, value, label in ((200, s.day(s.issue), "Date of completion"), (560, s.number, "Certificate no.")):
        c.centre(360, value, 12, x)
        c.centre(378, label, 9, x)
    for x, value, label in ((200, s.instructor, "Facilitator"), (560, s.director, "President and CEO")):
        c.centre(450, value, 12, x)
        c.centre(468, label, 9, x)
    return [c.page()], s.truth_course()


def paragraph(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(72, 60, s.agency_text, 14)
    c.put(72, 120, "CERTIFICATE OF TRAINING", 14)
    first = f"This certifies that {s.holder} has successfully completed the requirements of"
    c.put(72, 180, first, 11)
    c.put(72, 194, f"{s.first_aid()} on {s.day(s.issue)}. This certificate is valid for three (3) years", 11)
    c.put(72, 208, "from the date of issue.", 11)
    c.put(72, 260, f"Certificate No: {s.number}", 11)
    c.put(72, 330, s.instructor, 11)
    c.put(72, 344, "Authorized Instructor", 9)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def wallet(s: Sample) -> Made:
    c = Canvas(243, 153)
    c.put(12, 10, s.agency_text, 9)
    c.put(12, 28, "Name", 6)
    c.put(12, 36, s.holder, 9)
    c.put(12, 52, "Certification", 6)
    c.put(12, 60, s.first_aid(), 7)
    c.put(12, 78, "Issued", 6)
    c.put(12, 86, s.day(s.issue), 7)
    c.put(90, 78, "Expires", 6)
    c.put(90, 86, s.day(s.expiry), 7)
    c.put(12, 102, "Certificate #", 6)
    c.put(12, 110, s.number, 7)
    c.put(120, 102, "Instructor", 6)
    c.put(120, 110, s.instructor, 7)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def francais(s: Sample) -> Made:
    c = Canvas()
    s.agency = "Canadian Red Cross"
    c.centre(50, "Croix-Rouge canadienne", 18)
    c.centre(100, "CERTIFICAT", 28)
    c.centre(170, s.rng.choice(("Décerné à", "Ceci certifie que", "La présente atteste que")), 12)
    c.centre(195, s.holder, 26)
    c.centre(240, s.rng.choice(("a réussi le cours", "a complété avec succès")), 12)
    text = s.rng.choice(LEVELS_FR[s.level]) + (f" et RCR niveau {s.cpr}" if s.cpr else "") + " DEA"
    c.centre(262, text, 18)
    c.put(100, 340, f"Date de délivrance : {FRENCH(s.issue)}", 10)
    c.put(400, 340, f"Date d'expiration : {FRENCH(s.expiry)}", 10)
    c.put(100, 370, f"No de certificat : {s.number}", 10)
    c.put(100, 450, s.instructor, 10)
    c.put(100, 464, s.rng.choice(("Moniteur", "Instructrice", "Formateur")), 8)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def bilingual(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, s.agency_text, 14)
    c.put(60, 75, "Certificate / Certificat", 18)
    rows = (
        ("Name / Nom", s.holder),
        ("Course / Cours", s.first_aid()),
        ("Issue date / Date d'émission", s.day(s.issue)),
        ("Expiry date / Date d'expiration", s.day(s.expiry)),
        ("Instructor / Instructeur", s.instructor),
        ("Certificate no. / No de certificat", s.number),
    )
    for n, (label, value) in enumerate(rows):
        c.put(60, 130 + 24 * n, label, 9)
        c.put(280, 130 + 24 * n, value, 10)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def two_part_name(s: Sample) -> Made:
    c = Canvas(612, 792)
    s.holder = f"{s.given} {s.family}"
    c.put(60, 50, s.body_text, 14)
    c.put(60, 75, "Training certificate", 18)
    rows = (
        ("First name:", s.given),
        ("Last name:", s.family),
        ("Course:", s.course_text),
        ("Completed:", s.day(s.issue)),
        ("Certificate ID:", s.number),
        ("Trainer:", s.instructor),
    )
    for n, (label, value) in enumerate(rows):
        c.put(60, 130 + 24 * n, f"{label} {value}", 11)
    return [c.page()], s.truth_course()


def crowded(s: Sample) -> Made:
    c = Canvas()
    c.put(40, 30, s.agency_text, 14)
    c.put(500, 30, f"Certificate No.: {s.number}", 9)
    c.centre(90, "presented to", 11)
    c.centre(110, s.holder, 28)
    c.centre(150, "for successfully completing", 11)
    c.centre(170, s.first_aid(), 16)
    c.put(60, 260, f"Issued on {s.day(s.issue)} Expires {s.day(s.expiry)}", 10)
    people = (
        (120, s.instructor, "Instructor Trainer"),
        (320, s.director, "Chief Medical Officer"),
        (520, s.chief, "Registrar"),
        (700, s.other, "CEO"),
    )
    for x, who, what in people:
        c.centre(400, who, 9, x)
        c.centre(412, what, 8, x)
    c.put(
        60,
        520,
        "We also offer Emergency, Standard First Aid and Advanced First Aid. Ask about CPR Level C.",
        8,
    )
    c.put(60, 540, "Date of birth: 1990-01-02", 8)
    return [c.page()], s.truth_first_aid(expiry=s.expiry)


def interim(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, "Lifesaving Society", 16)
    s.agency = "Lifesaving Society"
    c.put(60, 80, "INTERIM CARD", 20)
    rows = (
        ("Candidate name:", s.holder),
        ("Certificate name:", s.first_aid()),
        ("Facility:", "Lakeside Pool"),
        ("Date of certificate:", s.day(s.issue)),
        ("Instructor name:", s.instructor),
        ("Instructor signature:", ""),
    )
    for n, (label, value) in enumerate(rows):
        c.put(60, 130 + 24 * n, f"{label} {value}", 11)
    c.put(60, 400, "This card is valid for 60 days and is never proof for workplace first aid.", 9)
    return [c.page()], {**s.truth_first_aid(expiry=None, number=False), "findings": ("interim-card",)}


def participation(s: Sample) -> Made:
    c = Canvas(612, 792)
    c.put(60, 50, s.agency_text, 16)
    c.put(60, 90, "Letter of Participation", 18)
    c.put(60, 150, f"This confirms that {s.holder} has participated in", 11)
    c.put(60, 164, f"{s.first_aid()} on {s.day(s.issue)}.", 11)
    c.put(60, 300, s.instructor, 11)
    c.put(60, 314, "Instructor", 9)
    return [c.page()], {**s.truth_first_aid(expiry=None, number=False), "findings": ("participation-letter",)}


def online(s: Sample) -> Made:
    c = Canvas()
    c.centre(50, s.agency_text, 18)
    c.centre(90, "Certificate of Online Completion", 22)
    c.centre(150, s.holder, 26)
    c.centre(200, "has completed the online portion of", 12)
    c.centre(220, s.first_aid(), 16)
    c.centre(300, f"Completed on: {s.day(s.issue)}", 10)
    return [c.page()], {**s.truth_first_aid(expiry=None, number=False), "findings": ("online-only",)}


def two_holders(s: Sample) -> Made:
    c = Canvas(612, 792)
    for n, who in enumerate((s.holder, s.other)):
        top = 60 + 300 * n
        c.put(60, top, s.agency_text, 12)
        c.put(60, top + 20, "Certification card", 10)
        c.put(60, top + 40, f"Name: {who}", 10)
        c.put(60, top + 56, f"Course: {s.first_aid()}", 10)
        c.put(60, top + 72, f"Issued: {s.day(s.issue)}", 10)
        c.put(60, top + 88, f"Certificate No. {s.number}{n}", 10)
    nothing = dict.fromkeys(
        ("holder_name", "level", "cpr_level", "issuer", "certificate_number", "issue_date", "expiry_date", "course")
    )
    return [c.page()], {**nothing, "kind": "first_aid_certificate", "findings": ("holder-unclear",)}


TUNED: dict[str, Layout] = {
    f.__name__: f
    for f in (
        ceremonial,
        certified_in,
        table,
        table_plain,
        headed_row,
        captions,
        paragraph,
        wallet,
        francais,
        bilingual,
        two_part_name,
        crowded,
        interim,
        participation,
        online,
        two_holders,
    )
}
