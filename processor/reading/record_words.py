"""The words of training records, in English and French, folded as `phrases.fold` folds them.

They are about tables and lists only; the words of the trade, which cards share, stand in the vocabulary.
"""

from __future__ import annotations


def _set(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# ---------------------------------------------------------------- headings

HEADINGS = {
    "holder": (
        "Names, Participants, Workers, Employees, Students, Learners, Trainees, Person, Personnel, Staff",
        "Staff name, Staff member, Crew member, Crew, Candidates",
        "Noms, Travailleur, Travailleuse, Travailleurs, Employé, Employée",
        "Employés, Nom de l'employé, Nom de l'employée",
        "Nom du travailleur, Nom de la travailleuse, Stagiaire, Personne",
        "Name of worker, Name of employee, Worker Travailleur, Employee Employé",
    ),
    "course": (
        "Courses, Training title, Training name, Training type, Course taken, Cours suivi",
        "Titre de la formation, Nom de la formation, Formation suivie",
        "Formations, Training Formation, Course Formation",
    ),
    "certificate": ("Certificate, Certificates, Certificat, Certificats, Certificate Certificat, Ticket",),
    "issued": (
        "Date taken, Date trained, Date obtained, Date achieved, Date earned, Passed on, Taken on, Trained on",
        "Date d'obtention, Date complétée, Complété le, Réussi le, Terminé le, Obtenu le, Date de complétion",
        "Completed Réussi, Date Date, Date completed Date de réussite",
    ),
    "expiry": (
        "Expiry Échéance, Expires Échéance, Valid to Valide jusqu'au, Expiration Expiration, Renewal, Renewal due",
    ),
    "number": ("Cert, Certificate number Numéro de certificat",),
    "status": (
        "Status, Statut, Result, Résultat, Results, Outcome, Pass Fail, Grade, Mark, Note, Notes, Score, Final result",
        "Completion status, Course status, Final mark, Standing, State, Remarks, Remarque, Remarques, Comments",
        "Commentaires",
    ),
}
"""Headings of tables beside the labels of cards; those that mean something else in a table stand here too."""

FILL = _set("of the s de du la le l d and et if any a w with mm dd yyyy yy jj aaaa mmm day month year")
"""What may stand in a heading beside its label."""
COURSE_FILL = FILL | _set(
    "name title",
    "course training certificate certification certified aed dea level program programme cours formation certificat",
    "niveau recert recertification workplace",
)
"""What may stand beside a course without changing it."""
ATTENDED = _set("attended attendance present presence attendee")
"""A column that has one of these in its heading shows who was there, not who completed."""

# ---------------------------------------------------------------- rows

DONE = _set(
    "completed complete pass passed successful successfully valid current active certified yes y achieved attained met",
    "reussi reussie completee valide oui obtenu certifie actif",
)
NOT_DONE = _set(
    "cancelled canceled revoked void withdrawn incomplete failed fail unsuccessful absent pending booked registered",
    "enrolled scheduled progress expired planned required overdue due no not exempt waived challenge show audit",
    "annule annulee echoue echec cours attente inscrit inscrite prevu prevue expire requis",
)
"""A row with one of these outside its names and courses may not be one of somebody who is done."""
NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "n.a.", "none", "s/o", "nil"})  # noqa: RUF001

# ---------------------------------------------------------------- the page around the table

OTHER_PAPERS = _set(
    "plan plans planned schedule scheduled upcoming calendar required requirements needs registration enrolment",
    "enrollment invoice quote quotation estimate waitlist",
    "proposed horaire calendrier inscription besoins facture devis",
    "planifiee prevue template sample example specimen exemple",
)
"""A title with one of these announces training, or asks for it."""
TITLE = _set(
    "training record records of transcript transcripts course courses completion completions report history matrix",
    "certification certifications certificate certificates statement official summary student learner",
    "participant worker individual group class list page member employee",
    "the for and to as date printed releve de formation",
    "formations dossier registre cours attestation attestations liste des du la les",
)
COMPANY = _set(
    "inc incorporated ltd limited corp corporation company co llc llp ltee enr group services service contracting",
    "contractors contractor roofing roofers electric electrical plumbing mechanical builders building homes drywall",
    "painting masonry concrete excavating excavation paving landscaping renovations carpentry framing flooring welding",
    "trucking enterprises enterprise industries holdings constructors toiture entreprises",
)
OURS = _set("our ours we us my notre nos nous employer internal spreadsheet tracker tracking")
TRAINS = _set(
    "academy institute college university school society association ambulance federation council rescue aid training",
    "safety formation ecole institut universite conseil secourisme securite trainers instructors",
)
THIN = _set("the la le of canada du et and")
"""What may stand beside an issuer's name in its letterhead."""
