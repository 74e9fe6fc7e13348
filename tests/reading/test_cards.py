from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.model import Box, Kind, Means, Page, Source, State, Widget, WidgetKind, Word
from processor.reading import cards
from tests.reading.cards.canvas import Canvas, Sample
from tests.reading.cards.fresh import FRESH
from tests.reading.cards.held_out import HELD_OUT
from tests.reading.cards.layouts import TUNED
from tests.reading.cards.sheets import codes, column, read, words
from tests.tools.cards_bench import judged

if TYPE_CHECKING:
    from tests.reading.cards.layouts import Layout

LAYOUTS = {**TUNED, **HELD_OUT, **FRESH}
HEAD = ("Canadian Red Cross", "Certificate of completion")


@pytest.mark.parametrize("name", LAYOUTS)
def test_no_layout_gives_a_value_that_is_wrong_and_sure(name: str) -> None:
    layout: Layout = LAYOUTS[name]
    for seed in range(12):
        pages, truth = layout(Sample(f"{name}-{seed}"))
        wrong = [outcome for outcome in judged(cards.read_card(pages, words()), truth) if outcome[1] == "wrong"]
        assert wrong == []


@pytest.mark.parametrize("name", TUNED)
def test_nearly_every_value_of_a_plain_layout_is_read(name: str) -> None:
    outcomes = []
    for seed in range(12):
        pages, truth = TUNED[name](Sample(f"{name}-{seed}"))
        outcomes += [what for _, what, _ in judged(cards.read_card(pages, words()), truth)]
    assert outcomes.count("right") >= 0.9 * len(outcomes)


def test_a_full_certificate_gives_every_reading_with_its_place() -> None:
    document = read(
        *HEAD,
        "This certifies that Jane Doe has successfully completed",
        "Standard First Aid with CPR Level C",
        "Certificate no: RC-123",
        "Issued: 2024-03-05",
        "Expires: 2027-03-04",
        "Instructor: Bob Stone",
    )
    values = {reading.name: reading.value for reading in document.readings}
    assert document.kind is Kind.FIRST_AID
    assert values == {
        "holder_name": "Jane Doe",
        "course": "first-aid",
        "level": "intermediate",
        "cpr_level": "C",
        "issuer": "Canadian Red Cross",
        "certificate_number": "RC-123",
        "issue_date": date(2024, 3, 5),
        "expiry_date": date(2027, 3, 4),
    }
    assert all(r.known and r.means is Means.CARD and r.page == 1 and r.box is not None for r in document.readings)
    assert document["course"].raw == "Standard First Aid with CPR Level C"
    assert document.findings == ()


def test_a_course_certificate_has_no_levels() -> None:
    document = read(*HEAD, "Name: Jane Doe", "Course: SCOT", "Completed: 2024-03-05")
    assert document.kind is Kind.COURSE
    assert [reading.name for reading in document.readings] == [
        "holder_name",
        "course",
        "issuer",
        "certificate_number",
        "issue_date",
        "expiry_date",
    ]


@pytest.mark.parametrize(
    ("printed", "course"),
    [
        ("Safety Construction Orientation Training", "scot"),
        ("Standard Construction Orientation Training", "scot"),
        ("CSTS-09", "csts-09"),
        ("CSTS-2020", "csts-2020"),
        ("Small Employer Safety Management", "small-employer-safety-management"),
        ("Principles of Safety Management", "principles-of-safety-management"),
        ("Simplified Safety", "simplified-safety"),
        ("Safety Auditor", "safety-auditor"),
        ("Leadership for Safety Excellence®", "leadership-for-safety-excellence"),
        ("Mental Health First Aid", "mental-health-first-aid"),
    ],
)
def test_courses_are_known_by_every_name(printed: str, course: str) -> None:
    document = read("Certificate", "This certifies that Jane Doe has completed", printed, "Issued: 2024-03-05")
    assert (document.kind, document["course"].value, document["course"].state) == (Kind.COURSE, course, State.SURE)


@pytest.mark.parametrize(
    ("printed", "level", "cpr"),
    [
        ("Emergency First Aid CPR-A", "basic", "A"),
        ("Basic First Aid", "basic", None),
        ("FA1 CPR Level B", "basic", "B"),
        ("Standard First Aid & CPR C", "intermediate", "C"),
        ("Intermediate First Aid CPR-C and AED", "intermediate", "C"),
        ("Advanced First Aid CPR-HCP", "advanced", "BLS"),
        ("Secourisme d'urgence RCR niveau A", "basic", "A"),
        ("Secourisme général RCR-C et DEA", "intermediate", "C"),
        ("Secourisme avancé", "advanced", None),
        ("First Aid", None, None),
        ("Standard First Aid, CPR a must", "intermediate", None),
    ],
)
def test_levels_are_known_by_old_and_new_names(printed: str, level: str | None, cpr: str | None) -> None:
    document = read("Certificate", "This certifies that Jane Doe has completed", printed, "Issued: 2024-03-05")
    assert (document["level"].value, document["cpr_level"].value) == (level, cpr)
    assert State.UNSURE not in (document["level"].state, document["cpr_level"].state)


@pytest.mark.parametrize("printed", ["CPR Level A & C", "CPR Level A, B or C", "CPR-A and BLS"])
def test_several_cpr_levels_ask(printed: str) -> None:
    document = read("Certificate", "Name: Jane Doe", f"Course: Standard First Aid {printed}", "Issued: 2024-03-05")
    assert document["cpr_level"].state is State.UNSURE


def test_a_level_that_stands_away_from_the_course_asks() -> None:
    document = read(
        *HEAD, "Name: Jane Doe", "Course: First Aid", "Issued: 2024-03-05", "Ask about Standard First Aid too"
    )
    assert (document["level"].value, document["level"].state) == ("intermediate", State.UNSURE)


def test_an_unknown_course_is_asked_about_and_keeps_what_is_printed() -> None:
    document = read(
        "Certificate", "This certifies that Jane Doe has successfully completed", "Forklift Operation", "on 2024-03-05"
    )
    assert (document.kind, document["course"].state, document["course"].doubt) == (
        Kind.COURSE,
        State.UNSURE,
        "course-unknown",
    )
    assert "Forklift Operation" in str(document["course"].value)
    assert "course-unknown" in codes(document)


def test_an_unknown_course_is_not_replaced_by_one_that_the_paper_merely_names() -> None:
    document = read(
        *HEAD, "Name: Jane Doe", "Course: Forklift Operation", "Issued: 2024-03-05", "We also teach Safety Auditor"
    )
    assert document["course"].state is State.UNSURE


def test_what_a_course_is_equivalent_to_does_not_count() -> None:
    document = read(
        *HEAD, "Name: Jane Doe", "Course: Standard First Aid equivalent to Advanced First Aid", "Issued: 2024-03-05"
    )
    assert (document["level"].value, document["level"].state) == ("intermediate", State.SURE)


def test_a_sentence_that_ends_without_a_course_leaves_it_to_the_title() -> None:
    document = read(
        "Canadian Red Cross",
        "Certificate in Standard First Aid",
        "Issued: 2024-03-05",
        "Jane Doe has successfully completed",
    )
    assert (document["course"].value, document["course"].state) == ("first-aid", State.SURE)


def test_two_courses_beside_labels_ask() -> None:
    document = read(*HEAD, "Name: Jane Doe", "Course: SCOT and Safety Auditor", "Issued: 2024-03-05")
    assert document["course"].state is State.UNSURE


def test_a_list_of_courses_is_no_certificate_of_one() -> None:
    listed = read(
        "Certificate summary", "Name: Jane Doe", "Safety Auditor 2024-01-05", "SCOT 2024-02-05", "Certificate no. 123"
    )
    mixed = read("Certificate", "Name: Jane Doe", "Course: Standard First Aid and SCOT", "Issued: 2024-02-05")
    assert listed.kind is mixed.kind is Kind.OTHER


def test_first_aid_and_another_course_apart_are_told_apart_by_the_label() -> None:
    document = read(
        *HEAD, "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-02-05", "Ask about Safety Auditor"
    )
    assert (document.kind, document["course"].state) == (Kind.FIRST_AID, State.SURE)


@pytest.mark.parametrize("printed", ["did not successfully complete", "Result: failed", "SPECIMEN"])
def test_words_of_failure_make_the_course_unsure(printed: str) -> None:
    document = read(*HEAD, "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05", printed)
    assert document["course"].state is State.UNSURE


def test_a_course_in_the_title_counts_where_no_sentence_names_one() -> None:
    canvas = Canvas()
    canvas.centre(80, "BASIC LIFE SUPPORT", 24)
    for n, text in enumerate(
        ("Certificate", "Jane Doe", "has successfully completed the skills evaluation", "Issued: 2024-03-05")
    ):
        canvas.put(60, 150 + 30 * n, text)
    document = cards.read_card([canvas.page()], words())
    assert (document["cpr_level"].value, document["course"].state) == ("BLS", State.SURE)
    assert document["expiry_date"].value == date(2025, 3, 4)


# ---------------------------------------------------------------- papers that are none


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (("INTERIM CARD", "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05"), "interim-card"),
        (("Carte provisoire", "Nom : Jane Doe", "Cours : Secourisme général", "Émis le : 2024-03-05"), "interim-card"),
        (
            ("Certificate of participation", "Name: Jane Doe", "Course: SCOT", "Issued: 2024-03-05"),
            "participation-letter",
        ),
        (
            ("This confirms that Jane Doe has attended", "Standard First Aid", "Date: 2024-03-05"),
            "participation-letter",
        ),
        (
            ("Attestation", "Jane Doe", "a participé au cours de secourisme général", "Date : 2024-03-05"),
            "participation-letter",
        ),
        (
            ("Certificate", "Jane Doe has completed the online portion of Standard First Aid", "Date: 2024-03-05"),
            "online-only",
        ),
    ],
)
def test_papers_that_are_not_acceptable_say_why(rows: tuple[str, ...], code: str) -> None:
    document = read(*rows)
    assert document.kind in (Kind.FIRST_AID, Kind.COURSE)
    assert code in codes(document)
    assert document["expiry_date"].value is None


def test_a_paper_that_is_not_acceptable_keeps_the_expiry_it_prints() -> None:
    document = read(
        "INTERIM CARD", "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05", "Expires: 2024-05-04"
    )
    assert document["expiry_date"].value == date(2024, 5, 4)


def test_attending_and_completing_is_no_participation_letter() -> None:
    document = read(
        *HEAD, "Jane Doe has attended and successfully completed", "Standard First Aid", "Issued: 2024-03-05"
    )
    assert "participation-letter" not in codes(document)
    assert document["course"].state is State.SURE


def test_a_course_that_is_online_as_a_whole_is_not_online_only() -> None:
    document = read(*HEAD, "Name: Jane Doe", "Course: SCOT online module", "Completed: 2024-03-05")
    assert (document.kind, "online-only" in codes(document)) == (Kind.COURSE, False)


@pytest.mark.parametrize(
    "remark",
    [
        "Keep this; an interim card is what you had until it came and is of no more use to you.",
        "Includes the online portion and the classroom skills session.",
    ],
)
def test_a_remark_about_such_papers_asks_and_does_not_refuse(remark: str) -> None:
    document = read(*HEAD, "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05", remark)
    assert document["course"].state is State.UNSURE
    assert document["course"].doubt in ("interim-card", "online-only")


def test_a_hedged_remark_changes_nothing() -> None:
    document = read(
        *HEAD, "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05", "Replaces any interim card"
    )
    assert document["course"].state is State.SURE
    assert "interim-card" not in codes(document)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ("Lunch is at noon", "Bring a sandwich"),
        (
            "Receipt",
            "Student: Jane Doe",
            "Course: Standard First Aid certification",
            "Date: 2024-03-05",
            "Amount paid: $120",
        ),
        ("Registration form", "Name: Jane Doe", "Course: Standard First Aid", "Certificate no: 123"),
        (
            "Letter of Good Standing",
            "Acme Homes",
            "has completed the requirements of SECOR®",
            "Certificate no: 12",
            "Valid until: 2027-03-05",
        ),
        ("Certificate", "Jane Doe"),
        (
            "Certification: I certify that " + "all of this is true " * 5,
            "Name: Jane Doe",
            "has completed",
            "Date: 2024-03-05",
        ),
        ("Certificate", "Name: Jane Doe", "Issued: 2024-03-05"),
    ],
)
def test_anything_else_is_an_unknown_paper(rows: tuple[str, ...]) -> None:
    document = read(*rows)
    assert (document.kind, codes(document), document.readings) == (Kind.OTHER, {"unknown-paper"}, ())


def test_no_page_at_all_is_an_unknown_paper() -> None:
    document = cards.read_card([], words())
    assert (document.kind, document.pages) == (Kind.OTHER, ())


def test_a_dense_page_is_no_certificate() -> None:
    rows = ("This certifies that Jane Doe has successfully completed Standard First Aid", *["and so on " * 20] * 12)
    assert read(*rows, gap=13).kind is Kind.OTHER


def test_a_paper_starts_where_a_page_is_a_certificate_of_its_own() -> None:
    front = column(*HEAD, "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05")
    back = column("Keep this card with you.", "Instructor: Bob Stone")
    assert (cards.starts(front, words()), cards.starts(back, words())) == (True, False)


def test_the_back_of_a_card_adds_to_its_front() -> None:
    front = column(
        "Canadian Red Cross", "Certification", "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05"
    )
    canvas = Canvas(612, 792)
    canvas.put(60, 60, "Certificate no: RC-77")
    document = cards.read_card([front, canvas.page(2)], words())
    assert (document.pages, document["certificate_number"].value, document["certificate_number"].page) == (
        (1, 2),
        "RC-77",
        2,
    )


# ---------------------------------------------------------------- findings


def test_two_holders_on_a_page_leave_nothing_sure() -> None:
    document = read(
        *HEAD,
        "Name: Jane Doe",
        "Course: Standard First Aid",
        "Issued: 2024-03-05",
        "",
        "Name: Rose Stone",
        "Course: Standard First Aid",
    )
    assert [f.code for f in document.findings].count("holder-unclear") == 1
    assert not any(reading.state is State.SURE for reading in document.readings)


def test_an_expiry_before_the_issue_is_found() -> None:
    document = read(*HEAD, "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05", "Expires: 2023-03-04")
    assert "dates-reversed" in codes(document)


def test_an_issuer_that_is_not_in_the_tables_is_found() -> None:
    document = read(
        "Certificate", "Name: Jane Doe", "Course: SCOT", "Completed: 2024-03-05", "Issued by: Acme Safety Ltd."
    )
    assert (document["issuer"].value, document["issuer"].state) == ("Acme Safety Ltd.", State.SURE)
    assert "issuer-unknown" in codes(document)


def test_every_unsure_reading_has_a_finding_that_says_why() -> None:
    document = read("Certificate", "Course: Standard First Aid CPR Level A & C", "Issued: 03/04/2024", "No. 12")
    unsure = {(r.name, r.doubt) for r in document.readings if r.state is State.UNSURE}
    assert {name for name, _ in unsure} >= {
        "holder_name",
        "cpr_level",
        "issue_date",
        "certificate_number",
        "expiry_date",
    }
    assert unsure <= {(finding.reading, finding.code) for finding in document.findings}


def test_a_box_that_draws_another_value_than_it_stores_is_not_sure() -> None:
    page = column(*HEAD, "Name:", "Course: Standard First Aid", "Issued: 2024-03-05")
    box = Box(160, 95, 360, 113)
    for stored, state in (("Jane Doe", State.SURE), ("Rose Stone", State.UNSURE)):
        sources = (Source("V", stored), Source("drawn", "Jane Doe"))
        widget = Widget(name="name", kind=WidgetKind.TEXT, page=1, box=box, sources=sources)
        document = cards.read_card(
            [Page(number=1, width=612, height=792, words=page.words, widgets=(widget,))], words()
        )
        assert (document["holder_name"].value, document["holder_name"].state) == ("Jane Doe", state)


# ---------------------------------------------------------------- properties

PIECES = [
    "Name:",
    "Jane Doe",
    "Bob",
    "Stone",
    "Instructor",
    "Instructor:",
    "certifies",
    "that",
    "has",
    "completed",
    "is",
    "certified",
    "in",
    "Standard",
    "First",
    "Aid",
    "CPR",
    "Level",
    "C",
    "SCOT",
    "Issued:",
    "Expires",
    "2024-03-05",
    "03/04/2024",
    "valid",
    "for",
    "3",
    "years",
    "Certificate",
    "no.",
    "RC-12",
    "Red",
    "Cross",
    "Participant",
    "presented",
    "to",
    "interim",
    "card",
    "Date",
    "on",
    "le",
    "de",
    "A",
    "&",
    "(DD/MM/YYYY)",
    ":",
    "#",
    "€",
    "王小明",
    "١٢/٠٣/٢٠٢٤",
    "É",
    "workers",
    "compensation",
    "board",
    "good",
    "standing",
    "account",
    "number",
    "March",
    "5,",
    "2024",
    "Doe,",
]
PLACED = st.tuples(
    st.one_of(st.sampled_from(PIECES), st.text(min_size=1, max_size=12)),
    st.floats(-20, 640),
    st.floats(-20, 820),
    st.floats(0, 40),
)


def paged(placed: list[tuple[str, float, float, float]]) -> Page:
    found = [Word(text, Box(x, y, x + 0.5 * size * len(text), y + size)) for text, x, y, size in placed]
    return Page(number=1, width=612, height=792, words=tuple(found))


@given(st.lists(PLACED, max_size=40))
@settings(max_examples=150, deadline=None)
def test_nothing_that_stands_on_a_page_makes_it_fail(placed: list[tuple[str, float, float, float]]) -> None:
    page = paged(placed)
    document = cards.read_card([page], words())
    assert cards.starts(page, words()) is (document.kind is not Kind.OTHER)
    assert all(reading.value is not None for reading in document.readings if reading.known)


@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7), min_size=1, max_size=14))
@settings(max_examples=150, deadline=None)
def test_any_column_of_such_words_is_read_without_failing(rows: list[list[str]]) -> None:
    document = read(*[" ".join(row) for row in rows], gap=18)
    assert document.readings or document.kind is Kind.OTHER


SIGNERS = [
    "Instructor",
    "Facilitator",
    "Examiner",
    "Medical Director",
    "Authorized by",
    "Signature",
    "Trainer",
    "Chief",
    "Registrar",
    "President",
    "CEO",
    "Moniteur",
    "Présidente",
    "Taught by",
    "Instructor name",
]


@pytest.mark.parametrize("way", ["behind", "right", "below", "above", "heading"])
@pytest.mark.parametrize("signer", SIGNERS)
@pytest.mark.parametrize("holder", ["", "Name:", "Participant:"])
def test_a_name_beside_a_signers_label_is_never_the_holder(signer: str, way: str, holder: str) -> None:
    said = {
        "behind": (f"{signer}: Bob Stone",),
        "right": (f"{signer} | Bob Stone",),
        "below": (signer, "Bob Stone"),
        "above": ("Bob Stone", signer),
        "heading": (signer, "Name: Bob Stone"),
    }[way]
    rows = ("Canadian Red Cross", "Certificate", "Course: Standard First Aid", "Issued: 2024-03-05", holder, *said)
    document = read(*[row for row in rows if row], gap=16)
    assert not (document["holder_name"].known and "Stone" in str(document["holder_name"].value))
