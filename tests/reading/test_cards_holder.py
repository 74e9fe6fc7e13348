from __future__ import annotations

from datetime import date

import pytest

from processor.model import Box, Page, Source, State, Widget, WidgetKind, Word
from processor.reading import cards
from processor.reading.holder import candidates
from processor.reading.lines import sheet
from processor.reading.persons import leading, person, same
from processor.reading.pointing import Way
from tests.reading.cards.canvas import Canvas
from tests.reading.cards.sheets import column, pointed, read, words

NAMES = words().names
REST = ("Canadian Red Cross", "Certificate", "Course: Standard First Aid", "Issued: 2024-03-05")


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe",
        "JANE DOE",
        "Marie-Ève L'Heureux",
        "José de la Cruz",
        "J. R. Hill",
        "Łukasz Żak",
        "Doe, Jane",
        "Robert Hill Jr.",
        "Anne Marie van der Berg",
        "Brandon Doe",
        "李 小龙",
        "Siobhán O’Brien",
    ],
)
def test_names_are_names(name: str) -> None:
    assert person(name, NAMES) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jane",
        "jane doe",
        "Jane doe",
        "Standard First Aid",
        "Prairie Roofing Ltd.",
        "Moose Jaw",
        "Jane Doe 3",
        "Doe,",
        ", Doe",
        "A, B, C",
        "J. R.",
        "One Two Three Four Five Six Seven",
        "Jane @ Doe",
        "Medical Director",
        "President",
        "Jane Doe (Regina)",
    ],
)
def test_other_texts_are_no_names(text: str) -> None:
    assert person(text, NAMES) is None


def test_a_label_lets_small_letters_and_towns_be_names() -> None:
    assert person("brandon thompson", NAMES, labelled=True) == "brandon thompson"
    assert person("Brandon Thompson", NAMES, placed=True) == "Brandon Thompson"
    assert person("brandon thompson", NAMES, placed=True) is None


def test_titles_and_the_sentences_full_stop_are_left_out() -> None:
    assert person("Ms. Jane Doe.", NAMES) == "Jane Doe"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane Doe has completed", ("Jane Doe", True)),
        ("Jane Doe, of Regina", ("Jane Doe", True)),
        ("Priya Van der Berg!", ("Priya Van der Berg", True)),
        ("Jane Doe", ("Jane Doe", True)),
        ("Jane Doe Roofing Ltd.", ("Jane Doe", False)),
        ("Jane Doe de 12", ("Jane Doe", False)),
        ("The bearer", None),
        ("Jane", None),
    ],
)
def test_a_name_at_the_beginning_says_whether_it_ends_there(text: str, found: tuple[str, bool] | None) -> None:
    assert leading(text, NAMES) == found


def test_spellings_of_one_person_are_the_same() -> None:
    assert same("JANE DOE", "Doe, Jane")
    assert same("Jane A. Doe", "Jane Doe")
    assert not same("Jane Doe", "Jane Hill")
    assert not same("Doe", "Jane Doe")


# ---------------------------------------------------------------- on the page


@pytest.mark.parametrize(
    "rows",
    [
        ("Name: Jane Doe",),
        ("Name | Jane Doe",),
        ("Participant | Jane Doe", "Instructor | Bob Stone"),
        ("Instructor: Bob Stone", "Student: Jane Doe"),
        ("Name: jane doe",),
        ("Candidate: Jane Doe", "Signature:", "Name: Bob Stone", "Title: Instructor Trainer"),
        ("Name: Jane Doe", "Instructor name: Bob Stone"),
        ("First name: Jane", "Last name: Doe"),
        ("Prénom : Jane", "Nom : Doe"),
        ("Nom : Jane Doe",),
        ("Name / Nom : Jane Doe",),
        ("Participant / Participante | Jane Doe",),
        ("This certifies that Jane Doe has completed the course",),
        ("Presented to Jane Doe for her work",),
        ("Presented to Jane Doe by Bob Stone",),
        ("Jane Doe is certified in first aid",),
        ("Hello Bob Stone. Jane Doe is certified in first aid",),
        ("Jane Doe", "is recertified in first aid"),
        ("This certifies that", "Jane Doe", "has successfully completed the course"),
        ("Décerné à", "Jane Doe"),
        ("This certifies that | Jane Doe | has completed the course",),
        ("Jane Doe | has completed the course",),
        ("This certifies that", "Jane Doe", "Prairie Roofing Ltd.", "has successfully completed the course"),
        ("Congratulations, Jane Doe!", "You have successfully completed the course"),
        ("This certifies that Jane Doe of Regina has completed the course",),
        ("Participant", "Jane Doe", "Instructor", "Bob Stone"),
    ],
)
def test_the_holder_is_read_by_label_sentence_or_place(rows: tuple[str, ...]) -> None:
    document = read(*REST, *rows)
    assert str(document["holder_name"].value).lower() == "jane doe"
    assert document["holder_name"].state is State.SURE


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ("Jane Doe",),
        ("Instructor: Bob Stone",),
        ("Name: Jane Doe", "Name: Rose Hill"),
        ("Name: Jane Doe", "Rose Hill is certified in first aid"),
        ("Name: Cher",),
        ("Name: Jane Doe (Acme Homes)",),
        ("Name of the thing | Jane Doe",),
        ("Nom : de la Cruz",),
        ("Student Jane Doe",),
        ("Foreman name: Jane Doe",),
        ("Signature:", "Name: Bob Stone", "Title: Instructor Trainer"),
        ("This certifies that the bearer has completed the course",),
        ("This certifies that", "the bearer", "has completed the course"),
        ("This certifies that Jane Doe Roofing has completed the course",),
        ("This certifies that", "Jane Doe", "Rose Hill", "has completed the course"),
        ("This certifies that", "Jane Doe", "Acme", "has completed the course"),
        ("This certifies that has completed the course",),
        ("Presented to Jane Doe Roofing",),
        ("Presented to the bearer",),
        ("Rose Hill", "Jane Doe", "is certified in first aid"),
        ("The bearer is certified in first aid",),
        ("Name | Site Foreman | Bob Stone",),
        ("Name:", "Trade Union: | Local Nine"),
        ("Name", "Trade Union | Local Nine"),
        ("Name", "Jane Doe", "Rose Hill"),
        ("Name", "Jane Doe", "Rose 0'Brien"),
        ("First name: Jane", "First name: Rose", "Last name: Doe"),
        ("First name: Jane", "Last name: 12"),
        ("Jane Doe", "Participant", "Rose Hill"),
    ],
)
def test_where_the_holder_is_not_plain_a_person_is_asked(rows: tuple[str, ...]) -> None:
    document = read(*REST, *rows, gap=20)
    assert (document["holder_name"].state, document["holder_name"].doubt) == (State.UNSURE, "holder-unclear")


def test_a_big_name_that_nothing_explains_is_offered_and_asked() -> None:
    canvas = Canvas()
    for n, (text, size) in enumerate((*((row, 11) for row in REST), ("Jane Doe", 26), ("Bob Stone", 11))):
        canvas.put(60, 50 + 50 * n, text, size)
    holder = cards.read_card([canvas.page()], words())["holder_name"]
    assert (holder.value, holder.state, holder.raw) == ("Jane Doe", State.UNSURE, "Jane Doe")


def test_captions_stand_below_their_values() -> None:
    document = read(
        *REST, "", "Jane Doe", "Participant", "", "Bob Stone", "Instructor", "", "RC-12", "Certificate no.", gap=16
    )
    assert (document["holder_name"].value, document["holder_name"].state) == ("Jane Doe", State.SURE)
    assert document["certificate_number"].value == "RC-12"


def test_a_wrapped_sentence_offers_the_whole_name_and_asks() -> None:
    canvas = Canvas(612, 792)
    for n, text in enumerate(
        ("This certifies that Jane Mary", "Doe has successfully completed Standard", "First Aid. Issued 2024-03-05")
    ):
        canvas.put(60, 100 + 13 * n, text)
    document = cards.read_card([canvas.page()], words())
    assert (document["holder_name"].value, document["holder_name"].state) == ("Jane Mary Doe", State.UNSURE)
    assert (document["level"].value, document["issue_date"].value) == ("intermediate", date(2024, 3, 5))


def test_a_name_on_two_big_lines_is_read_whole() -> None:
    canvas = Canvas()
    for n, (text, size) in enumerate(
        (("This certifies that", 11), ("Jane", 30), ("Featherstone", 30), ("is certified in first aid", 11))
    ):
        canvas.put(60, 100 + 40 * n, text, size)
    found = candidates(pointed(canvas.page()), words())
    assert {(one.name, one.sure) for one in found} == {("Jane Featherstone", True)}


def test_the_box_of_the_holder_is_the_box_of_the_name() -> None:
    page = column(*REST, "This certifies that Jane Doe has completed the course")
    holder = cards.read_card([page], words())["holder_name"]
    named = [word for word in page.words if word.text in ("Jane", "Doe")]
    assert holder.box == Box(named[0].box.left, named[0].box.top, named[1].box.right, named[0].box.bottom)


# ---------------------------------------------------------------- labels and lines


def test_a_label_behind_a_signers_belongs_to_the_signer() -> None:
    document = read(*REST, "Name: Jane Doe", "Instructor certificate no: 555", "Business registration no: 777")
    assert document["certificate_number"].state is not State.SURE


def test_labels_in_one_line_part_their_values() -> None:
    found = pointed(column("Name: Jane Doe Certificate #: 12 Issued 2024-03-05 Expires 2027-03-04"))
    assert [(mark.label.role, mark.behind) for mark in found.marks] == [
        ("holder", "Jane Doe"),
        ("number", "12"),
        ("issued", "2024-03-05"),
        ("expiry", "2027-03-04"),
    ]


def test_a_value_may_stand_right_below_or_above() -> None:
    right = pointed(column("Name | Jane Doe"))
    below = pointed(column("Issued", "2024-03-05", gap=16))
    above = pointed(column("2024-03-05", "Issued", gap=16))
    ways = [value.way for one in (right, below, above) for mark in one.marks for value in one.values(mark)]
    assert ways == [Way.RIGHT, Way.BELOW, Way.ABOVE]


def test_words_become_lines_where_columns_and_sizes_part_them() -> None:
    canvas = Canvas()
    end = canvas.put(60, 100, "Name of holder", 10)
    canvas.put(end, 94, "JANE DOE", 22)
    canvas.put(400, 100, "Issued ____ ... |", 10)
    assert {line.text for line in sheet(canvas.page()).lines} == {"Name of holder", "JANE DOE", "Issued"}


def test_typed_notes_and_boxes_are_read_too() -> None:
    kinds = (
        (WidgetKind.TEXT, "Jane Doe\nof Regina", False),
        (WidgetKind.TICK, "Yes", False),
        (WidgetKind.TEXT, "secret", True),
        (WidgetKind.CHOICE, "", False),
    )
    widgets = tuple(
        Widget(
            name=f"f{n}",
            kind=kind,
            page=1,
            box=Box(60, 100 + 40 * n, 200, 130 + 40 * n),
            sources=(Source("V", value),),
            hidden=hidden,
        )
        for n, (kind, value, hidden) in enumerate(kinds)
    )
    note = Word("typed", Box(60, 50, 90, 60))
    found = sheet(Page(number=1, width=612, height=792, notes=(note,), widgets=widgets))
    assert [line.text for line in found.lines] == ["typed", "Jane Doe", "of Regina"]
    assert found.doubtful == ()


def test_a_box_without_words_is_the_whole_line() -> None:
    line = sheet(column("Name: Jane")).lines[0]
    assert line.box_of(99, 100) == line.box


# ---------------------------------------------------------------- numbers and issuers


@pytest.mark.parametrize(
    ("row", "number", "state"),
    [
        ("Certificate no. RC-12", "RC-12", State.SURE),
        ("Cert. # 123 456", "123 456", State.SURE),
        ("Certificate #12345", "12345", State.SURE),
        ("Certificate ID | 20240305", "20240305", State.SURE),
        ("n° de certificat : AB 12 délivré à Regina", "AB 12", State.SURE),
        ("Certificate number: 12 CRC", "12", State.SURE),
        ("Member ID: 900", "900", State.SURE),
        ("No. 12", "12", State.UNSURE),
        ("Certificate no: pending", None, State.MISSING),
        ("Course no: 12", None, State.MISSING),
    ],
)
def test_a_number_is_read_as_it_is_printed(row: str, number: str | None, state: State) -> None:
    document = read(*REST, "Name: Jane Doe", row)
    assert (document["certificate_number"].value, document["certificate_number"].state) == (number, state)


def test_the_certificates_own_number_wins_and_two_of_them_ask() -> None:
    assert read(*REST, "Member ID: 900", "Certificate no: 12")["certificate_number"].value == "12"
    assert read(*REST, "Certificate no: 12", "Certificate no: 13")["certificate_number"].state is State.UNSURE


@pytest.mark.parametrize(
    ("rows", "issuer", "state"),
    [
        (("The Canadian Red Cross Society",), "Canadian Red Cross", State.SURE),
        (("Saint John Ambulance",), "St. John Ambulance", State.SURE),
        (("Heart & Stroke™",), "Heart and Stroke Foundation of Canada", State.SURE),
        (
            ("SCSA", "Saskatchewan Construction Safety Association"),
            "Saskatchewan Construction Safety Association",
            State.SURE,
        ),
        (("Lifesaving Society", "Equivalent to Canadian Red Cross courses"), "Lifesaving Society", State.SURE),
        (("Lifesaving Society", "Canadian Red Cross"), "Lifesaving Society", State.UNSURE),
        (("Canadian Red Cross", "Issued by: Lifesaving Society"), "Lifesaving Society", State.SURE),
        (("Canadian Red Cross", "Issued by: Acme Safety Ltd."), "Acme Safety Ltd.", State.UNSURE),
        (("Issued by: Bob Stone",), "Bob Stone", State.UNSURE),
        (("Issued by: office 12",), "office 12", State.UNSURE),
        (("Scsa Smith teaches",), None, State.MISSING),
    ],
)
def test_the_issuer_is_one_that_is_named(rows: tuple[str, ...], issuer: str | None, state: State) -> None:
    document = read("Certificate", "Name: Jane Doe", "Course: Standard First Aid", "Issued: 2024-03-05", *rows)
    assert (document["issuer"].value, document["issuer"].state) == (issuer, state)
