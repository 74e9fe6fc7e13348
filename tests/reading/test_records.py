"""A training record is a certificate a row; a list that nobody who trains stands behind is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.model import Box, Cell, FindTables, Grid, Kind, Means, Page, Picture, State, Widget, WidgetKind, Word
from processor.reading import records
from processor.reading.read import read
from tests.reading.cards.canvas import Sample
from tests.reading.cards.layouts import TUNED
from tests.reading.cards.sheets import codes, column, words
from tests.reading.records.held_out import HELD_OUT
from tests.reading.records.layouts import LAYOUTS
from tests.reading.records.made import ADA, BO, CY, HEADS, SCSA, WIDTHS, page, record, whole
from tests.tools.records_bench import documents, judged

if TYPE_CHECKING:
    from processor.model import Document

ALL = {**LAYOUTS, **HELD_OUT}
CSAM = "Construction Safety Association of Manitoba"


def values(document: Document) -> dict[str, object]:
    return {reading.name: reading.value for reading in document.readings}


def doubts(document: Document) -> dict[str, str]:
    return {reading.name: reading.doubt for reading in document.readings if reading.state is State.UNSURE}


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize("ruled", [True, False])
def test_each_row_is_a_certificate_of_its_own(ruled: bool) -> None:  # noqa: FBT001
    first, second, third = record([HEADS, ADA, BO, CY], ruled=ruled)
    assert values(first) == {
        "holder_name": "Ada Stone",
        "course": "scot",
        "issuer": SCSA,
        "certificate_number": "C-101",
        "issue_date": date(2024, 3, 5),
        "expiry_date": None,
    }
    assert values(second) == {
        "holder_name": "Bo Hill",
        "course": "first-aid",
        "level": "intermediate",
        "cpr_level": "C",
        "issuer": SCSA,
        "certificate_number": "C-102",
        "issue_date": date(2024, 4, 6),
        "expiry_date": date(2027, 4, 5),
    }
    assert (first.kind, second.kind, third.kind) == (Kind.COURSE, Kind.FIRST_AID, Kind.COURSE)
    assert [document.findings for document in (first, second, third)] == [(), (), ()]
    assert first["expiry_date"].state is State.BLANK
    assert all(r.means is Means.CARD and r.page == 1 and r.box for r in second.readings)


def test_a_reading_has_the_box_of_its_cell() -> None:
    _, (grid,) = page([HEADS, ADA])
    (document,) = record([HEADS, ADA])
    assert document["holder_name"].box == grid.rows[1][0].box
    assert document["issue_date"].box == grid.rows[1][2].box


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", None),
        ("Ada", "Ada"),
        ("Ada Stone / Bo Hill", "Ada Stone / Bo Hill"),
        ("Roofing Crew Ltd", "Roofing Crew Ltd"),
    ],
)
def test_who_is_not_clear_is_asked(name: str, said: str | None) -> None:
    first, second = record([HEADS, (name, *ADA[1:]), BO])
    assert first["holder_name"].value == said
    assert doubts(first) == {"holder_name": "holder-unclear"}
    assert codes(first) == {"holder-unclear"}
    assert codes(second) == set()


def test_two_people_in_one_place_are_asked_about() -> None:
    first, *_ = record([HEADS, ("Ada Stone\nBo Hill", *ADA[1:]), CY])
    assert doubts(first) == {"holder_name": "holder-unclear"}


@pytest.mark.parametrize(
    ("course", "doubt"),
    [
        ("", "course-unknown"),
        ("Crane signals", "course-unknown"),
        ("SCOT / Fall Protection", "unsure-reading"),
        ("SCOT (part one)", "unsure-reading"),
        ("SCOT in progress", "unsure-reading"),
        ("SCOT and First Aid", "unsure-reading"),
    ],
)
def test_which_course_is_not_clear_is_asked(course: str, doubt: str) -> None:
    first, second = record([HEADS, ("Ada Stone", course, *ADA[2:]), BO])
    assert doubts(first) == {"course": doubt}
    assert doubts(second) == {}


def test_a_level_alone_is_first_aid_of_that_level() -> None:
    first, _ = record([HEADS, ("Ada Stone", "SFA", "2024-03-05", "2027-03-04", "C-1"), BO])
    assert (first.kind, first["course"].value, first["level"].value) == (Kind.FIRST_AID, "first-aid", "intermediate")


def test_a_level_in_a_column_of_its_own_belongs_to_its_course() -> None:
    heads = ("Name", "Course", "Level", "Completed", "Expires")
    rows = [heads, ("Ada Stone", "First Aid", "Standard", "2024-03-05", "2027-03-04"),
            ("Bo Hill", "First Aid", "Emergency", "2024-03-05", "2027-03-04")]  # fmt: skip
    first, second = record(rows)
    assert (first["level"].value, second["level"].value) == ("intermediate", "basic")
    assert codes(first) == set()


@pytest.mark.parametrize("mark", ["-", "N/A", "n.a.", "Does not expire"])
def test_a_course_that_says_it_does_not_expire_has_no_expiry(mark: str) -> None:
    first, _ = record([HEADS, (*ADA[:3], mark, "C-1"), BO])
    assert (first["expiry_date"].state, first["expiry_date"].value) == (State.BLANK, None)


def test_first_aid_without_its_expiry_is_asked_where_the_table_has_a_place_for_it() -> None:
    first, _ = record([HEADS, (*BO[:3], "", "C-1"), ADA])
    assert doubts(first) == {"expiry_date": "unsure-reading"}


def test_first_aid_in_a_table_without_expiries_holds_its_usual_time() -> None:
    rows = [(*r[:3], r[4]) for r in (HEADS, ADA, BO)]
    _, second = record(rows)
    assert second["expiry_date"].value == date(2027, 4, 5)
    assert codes(second) == {"expiry-computed"}


def test_an_expiry_before_the_issue_is_said() -> None:
    first, _ = record([HEADS, (*BO[:3], "2020-01-01", "C-1"), ADA])
    assert codes(first) == {"dates-reversed"}


@pytest.mark.parametrize("said", ["March 2024", "booked 2024-03-05", "2024-03-05 and 2024-03-06", "yes", "30/02/2024"])
def test_a_date_that_is_not_one_whole_day_is_asked(said: str) -> None:
    first, second = record([HEADS, (*ADA[:2], said, *ADA[3:]), BO])
    assert "issue_date" in doubts(first)
    assert doubts(second) == {}


@pytest.mark.parametrize("number", ["", "-"])
def test_a_row_without_a_number_has_none(number: str) -> None:
    first, _ = record([HEADS, (*ADA[:4], number), BO])
    assert first["certificate_number"].state is State.MISSING


@pytest.mark.parametrize("number", ["pending review", "2024-03-05", "1" * 41])
def test_what_is_no_number_is_asked(number: str) -> None:
    first, _ = record([HEADS, (*ADA[:4], number), BO])
    assert "certificate_number" in doubts(first)


def test_two_columns_of_numbers_are_asked_about_and_a_counter_is_none() -> None:
    heads = ("No.", "Name", "Course", "Certificate no.", "Cert. ID")
    first, _ = record([heads, ("1", "Ada Stone", "SCOT", "A1", "B1"), ("2", "Bo Hill", "SCOT", "A2", "B2")])
    assert (first["certificate_number"].value, doubts(first)) == ("A1", {"certificate_number": "unsure-reading"})


@pytest.mark.parametrize(
    ("cells", "course", "number"),
    [
        (("SCOT", "Fall Protection"), "scot", None),
        (("10-A", "11-A"), None, "10-A"),
        (("10-A", "gone"), None, None),
        (("Rigging", "Hoisting"), "Rigging", None),
    ],
)
def test_what_stands_under_certificate_is_told_by_the_column(
    cells: tuple[str, str], course: str | None, number: str | None
) -> None:
    rows = [("Name", "Certificate", "Date"), *(("Ada Stone", c, "2024-03-05") for c in cells)]
    first, _ = record(rows)
    assert (first["course"].value, first["certificate_number"].value) == (course, number)


def test_names_in_two_columns_are_joined_first_name_first() -> None:
    heads = ("Last name", "First name", "Course", "Date")
    first, second = record([heads, ("Stone", "Ada", "SCOT", "2024-03-05"), ("", "Bo", "SCOT", "2024-03-05")])
    assert (first["holder_name"].value, codes(first)) == ("Ada Stone", set())
    assert doubts(second) == {"holder_name": "holder-unclear"}


def test_two_columns_of_names_are_asked_about() -> None:
    heads = ("Worker", "Student", "Course", "Date")
    first, _ = record(
        [heads, ("Ada Stone", "Cy Lake", "SCOT", "2024-03-05"), ("Bo Hill", "Cy Lake", "SCOT", "2024-03-05")]
    )
    assert doubts(first) == {"holder_name": "holder-unclear"}


def test_empty_rows_and_rows_with_a_counter_alone_are_none() -> None:
    heads = ("No.", *HEADS[:4])
    rows = [heads, ("1", *ADA[:4]), ("", "", "", "", ""), ("2", "", "", "", ""), ("3", *BO[:4])]
    assert len(record(rows)) == 2


def test_an_empty_row_under_the_headings_is_none() -> None:
    assert len(record([HEADS, ("", "", "", "", ""), ADA, BO])) == 2


def test_headings_that_come_again_are_no_row() -> None:
    assert [d["holder_name"].value for d in record([HEADS, ADA, HEADS, BO])] == ["Ada Stone", "Bo Hill"]


# ---------------------------------------------------------------- what a row says of itself


@pytest.mark.parametrize(
    ("status", "sure"),
    [("Completed", True), ("Pass", True), ("Réussi", True), ("92%", True), ("92/100", True), ("", True),
     ("Failed", False), ("55%", False), ("In progress", False), ("Enrolled", False), ("see file", False),
     ("999", False)],
)  # fmt: skip
def test_only_who_is_done_has_the_course(status: str, sure: bool) -> None:  # noqa: FBT001
    heads = (*HEADS[:4], "Status")
    first, second = record([heads, (*ADA[:4], status), (*BO[:4], "Completed")])
    assert (first["course"].state is State.SURE) == sure
    assert second["course"].state is State.SURE


def test_a_word_in_a_column_that_nobody_knows_can_undo_a_row() -> None:
    heads = (*HEADS[:4], "Zone")
    first, second = record([heads, (*ADA[:4], "cancelled"), (*BO[:4], "north")])
    assert doubts(first) == {"course": "unsure-reading"}
    assert doubts(second) == {}


def test_a_row_that_was_only_attended_says_so_and_no_other() -> None:
    heads = (*HEADS[:4], "Status")
    first, second = record([heads, (*ADA[:4], "Attended"), (*BO[:4], "Completed")])
    assert "participation-letter" in codes(first)
    assert codes(second) == set()


def test_the_online_part_in_a_row_is_that_row_s() -> None:
    first, second, third = record([HEADS, ("Ada Stone", "Standard First Aid online portion", *BO[2:]), BO, ADA])
    assert "online-only" in codes(first)
    assert codes(second) == codes(third) == set()


def test_a_row_that_runs_over_all_columns_makes_what_follows_doubtful() -> None:
    made, (grid,) = page([HEADS, ADA, ("In progress", "", "", "", ""), BO])
    wide = Cell("In progress", Box(40, grid.rows[2][0].box.top, 750, grid.rows[2][0].box.bottom))
    rows = (*grid.rows[:2], (wide,) * 5, grid.rows[3])
    first, second = records.read(made, (Grid(rows),), words()).documents
    assert doubts(first) == {}
    assert doubts(second) == {"course": "unsure-reading"}


def test_a_cell_over_two_columns_makes_its_row_unsure() -> None:
    made, (grid,) = page([HEADS, ADA, BO])
    row = grid.rows[1]
    wide = Cell("Ada Stone SCOT", row[0].box._replace(right=row[1].box.right))
    first, second = records.read(made, (Grid((grid.rows[0], (wide, wide, *row[2:]), grid.rows[2])),), words()).documents
    assert not any(r.state is State.SURE for r in first.readings)
    assert doubts(second) == {}


def test_a_name_that_stands_once_for_several_rows_is_theirs() -> None:
    made, (grid,) = page([HEADS, ADA, ("", *BO[1:]), CY])
    tall = grid.rows[1][0]._replace(box=grid.rows[1][0].box._replace(bottom=grid.rows[2][0].box.bottom))
    rows = (grid.rows[0], (tall, *grid.rows[1][1:]), (tall, *grid.rows[2][1:]), grid.rows[3])
    found = records.read(made, (Grid(rows),), words()).documents
    assert [d["holder_name"].value for d in found] == ["Ada Stone", "Ada Stone", "Cy Lake"]
    assert [codes(d) for d in found] == [set(), set(), set()]


def test_a_name_that_is_left_out_is_not_taken_from_above() -> None:
    _, second, _ = record([HEADS, ADA, ("", *BO[1:]), CY])
    assert (second["holder_name"].value, doubts(second)) == (None, {"holder_name": "holder-unclear"})


def test_what_two_readers_read_differently_is_unsure_in_that_place_alone() -> None:
    made, (grid,) = page([HEADS, ADA, BO])
    row = list(grid.rows[1])
    for n, text in ((0, "Eve Stone"), (1, "SESM"), (4, "C-999")):
        row[n] = row[n]._replace(text=text)
    first, second = records.read(made, (Grid((grid.rows[0], tuple(row), grid.rows[2])),), words()).documents
    assert set(doubts(first)) == {"holder_name", "course", "certificate_number"}
    assert doubts(second) == {}


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("03/04/2024", "03/25/2024"), date(2024, 3, 4)),
        (("03/04/2024", "25/03/2024"), date(2024, 4, 3)),
        (("03/04/2024", "05/06/2024"), None),
        (("03/04/2024", "25-03-2024"), None),
    ],
)
def test_only_another_date_of_the_column_settles_day_and_month(dates: tuple[str, str], first: date | None) -> None:
    rows = [HEADS, *((*r[:2], day, "", r[4]) for r, day in zip((ADA, CY), dates, strict=True))]
    found = record(rows)[0]
    assert found["issue_date"].value == first
    assert codes(found) == (set() if first else {"ambiguous-date"})


def test_a_column_of_both_orders_settles_nothing() -> None:
    days = ("03/04/2024", "25/03/2024", "03/25/2024")
    found = record([HEADS, *((*r[:2], day, "", r[4]) for r, day in zip((ADA, CY, ADA), days, strict=True))])
    assert codes(found[0]) == {"ambiguous-date"}


def test_another_column_settles_nothing() -> None:
    first, _ = record(
        [HEADS, (*BO[:2], "03/04/2024", "25/03/2027", "C-1"), (*BO[:2], "05/06/2024", "26/03/2027", "C-2")]
    )
    assert "ambiguous-date" in codes(first)


def test_the_heading_settles_day_and_month() -> None:
    heads = ("Name", "Course", "Completed (DD/MM/YYYY)")
    first, _ = record([heads, ("Ada Stone", "SCOT", "03/04/2024"), ("Bo Hill", "SCOT", "05/06/2024")])
    assert first["issue_date"].value == date(2024, 4, 3)


# ---------------------------------------------------------------- a matrix

MATRIX = [("Name", "SCOT", "Standard First Aid", "CSTS-2020")]
DAYS = [("Ada Stone", "2024-03-05", "2024-04-06", ""), ("Bo Hill", "-", "", "2024-05-07")]


def test_a_matrix_gives_a_certificate_for_each_of_its_days() -> None:
    found = record([*MATRIX, *DAYS], over=(SCSA, "Date completed:"))
    assert [(d["holder_name"].value, d["course"].value, d["issue_date"].value) for d in found] == [
        ("Ada Stone", "scot", date(2024, 3, 5)),
        ("Ada Stone", "first-aid", date(2024, 4, 6)),
        ("Bo Hill", "csts-2020", date(2024, 5, 7)),
    ]
    assert [codes(d) for d in found] == [set(), {"expiry-computed"}, set()]


def test_a_matrix_of_expiries_has_expiries() -> None:
    found = record([*MATRIX, *DAYS], over=(SCSA, "Expiry date:"))
    assert found[1]["expiry_date"].value == date(2024, 4, 6)
    assert found[1]["issue_date"].state is State.MISSING


def test_a_matrix_that_does_not_say_what_its_days_are_asks() -> None:
    for document in record([*MATRIX, *DAYS]):
        assert document["issue_date"].value is None
        assert "issue_date" in doubts(document)


@pytest.mark.parametrize("mark", ["yes", "X", "booked", "expired 2024-03-05"])
def test_what_is_no_day_in_a_matrix_leaves_the_course_unsure(mark: str) -> None:
    found = record([*MATRIX, ("Ada Stone", mark, "", ""), *DAYS], over=(SCSA, "Date completed:"))
    assert set(doubts(found[0])) == {"course", "issue_date"}


def test_headings_in_two_rows_say_which_day_of_which_course() -> None:
    top, under = ("Name", "SCOT", "First Aid", "First Aid"), ("", "Completed", "Completed", "Expires")
    made, (grid,) = page([top, under, ("Ada Stone", "2024-03-05", "2024-04-06", "2027-04-05")])
    tall = grid.rows[0][0]._replace(box=grid.rows[0][0].box._replace(bottom=grid.rows[1][0].box.bottom))
    rows = ((tall, *grid.rows[0][1:]), (tall, *grid.rows[1][1:]), grid.rows[2])
    first, second = records.read(made, (Grid(rows),), words()).documents
    assert (first["course"].value, first["issue_date"].value) == ("scot", date(2024, 3, 5))
    assert (second["issue_date"].value, second["expiry_date"].value) == (date(2024, 4, 6), date(2027, 4, 5))
    assert codes(second) == set()


def test_a_second_heading_may_stand_under_an_empty_one() -> None:
    top, under = ("Name", "Course", "", ""), ("", "", "Completed", "Expires")
    made, (grid,) = page([top, under, BO[:4], ADA[:4]])
    tall = [c._replace(box=c.box._replace(bottom=u.box.bottom)) for c, u in zip(*grid.rows[:2], strict=True)]
    rows = ((*tall[:2], *grid.rows[0][2:]), (*tall[:2], *grid.rows[1][2:]), *grid.rows[2:])
    first, _ = records.read(made, (Grid(rows),), words()).documents
    assert (first["issue_date"].value, first["expiry_date"].value) == (date(2024, 4, 6), date(2027, 4, 5))


# ---------------------------------------------------------------- whose list it is


@pytest.mark.parametrize(
    "over",
    [
        (SCSA,), ("Training record", SCSA), (SCSA, "Company: Prairie Roofing Ltd."),
        (CSAM, "Name of employer: Bison Inc."),
        ("Canadian Red Cross / Croix-Rouge canadienne", "Page 1 of 2"),
    ],
)  # fmt: skip
def test_an_issuer_s_own_letterhead_stands_behind_the_list(over: tuple[str, ...]) -> None:
    for document in record([HEADS, ADA, BO], over=over):
        assert document["issuer"].known
        assert codes(document) == set()


@pytest.mark.parametrize(
    "over",
    [
        (), ("Training record",), ("Prairie Roofing Ltd.", "Training record"), ("Bison & Sons",), ("Our training",),
        ("Prairie Roofing Ltd. - SCSA courses",), ("Training list", "recognized by the Canadian Red Cross"),
    ],
)  # fmt: skip
def test_a_list_of_the_employer_proves_nothing(over: tuple[str, ...]) -> None:
    for document in record([HEADS, ADA, BO], over=over):
        assert document["issuer"].state is State.MISSING
        assert codes(document) == {"own-record"}


@pytest.mark.parametrize(
    "over",
    [
        ("Prairie Roofing Ltd.", SCSA), ("Bison & Sons", SCSA), (SCSA, "Bison Contracting"), (SCSA, "Our people"),
        ("SCSA courses of our people",), (SCSA, CSAM), ("Prairie Safety Academy",), ("Issued by: Bison",),
        ("Bison", "Training provider: Fast Help"), ("Employer: Bison Inc.", SCSA),
    ],
)  # fmt: skip
def test_whose_list_it_is_may_be_for_a_person_to_say(over: tuple[str, ...]) -> None:
    for document in record([HEADS, ADA, BO], over=over):
        assert document["issuer"].state is State.MISSING
        assert codes(document) == {"needs-judgement"}


def test_an_issuer_inside_the_table_does_not_stand_behind_it() -> None:
    heads = (*HEADS[:4], "Training provider")
    for document in record([heads, (*ADA[:4], SCSA), (*BO[:4], "Canadian Red Cross")], over=("Bison & Sons",)):
        assert codes(document) == {"own-record"}


@pytest.mark.parametrize(
    ("line", "known"), [("Page 2 of 2", True), ("Continued", True), ("Page 1 of 1", False), ("", False)]
)
def test_a_further_page_has_its_first_page_s_author_where_it_says_so(line: str, known: bool) -> None:  # noqa: FBT001
    found = whole(page([HEADS, ADA, BO]), page([HEADS, CY, ADA], over=(line,), number=2))
    assert [d.pages for d in found] == [(1,), (1,), (2,), (2,)]
    assert [codes(d) for d in found[2:]] == [set() if known else {"needs-judgement"}] * 2


@pytest.mark.parametrize(
    ("first", "second", "heads"),
    [((SCSA,), ("Page 2", "Bison Contracting"), HEADS), (("Bison & Sons",), ("Page 2",), HEADS)],
)
def test_a_further_page_of_an_employer_stays_the_employer_s(
    first: tuple[str, ...], second: tuple[str, ...], heads: tuple[str, ...]
) -> None:
    found = whole(page([HEADS, ADA, BO], over=first), page([heads, CY, ADA], over=second, number=2))
    assert all(codes(d) & {"own-record", "needs-judgement"} for d in found[2:])


def test_a_page_with_other_headings_is_a_list_of_its_own() -> None:
    other = ("Worker", *HEADS[1:])
    found = whole(page([HEADS, ADA, BO]), page([other, CY, ADA], over=("Page 2",), number=2))
    assert [codes(d) for d in found] == [set(), set(), {"own-record"}, {"own-record"}]


# ---------------------------------------------------------------- what goes for all rows


def test_a_list_of_those_who_attended_says_so_for_all() -> None:
    for document in record([HEADS, ADA, BO], over=(SCSA, "Confirmation of attendance")):
        assert codes(document) == {"participation-letter"}


def test_an_online_part_goes_for_first_aid() -> None:
    first, second = record([HEADS, ADA, BO], over=(SCSA, "Online portion"))
    assert (codes(first), codes(second)) == (set(), {"online-only"})


def test_a_sentence_about_an_online_part_leaves_first_aid_to_a_person() -> None:
    said = "Those who took the course as blended training still finished an online portion before they came in person"
    _, second = record([HEADS, ADA, BO], over=(SCSA, said))
    assert second["course"].doubt == "online-only"


def test_a_column_of_attendance_leaves_every_course_unsure() -> None:
    heads = (*HEADS[:3], "Present")
    for document in record([heads, (*ADA[:3], "yes"), (*BO[:3], "yes")]):
        assert document["course"].doubt == "unsure-reading"


@pytest.mark.parametrize("head", ["Scheduled date", "Start date", "Zone"])
def test_a_course_with_neither_a_day_nor_a_number_is_not_done_for_sure(head: str) -> None:
    for document in record([("Name", "Course", head), ("Ada Stone", "SCOT", "2024-03-05"), ("Bo Hill", "SCOT", "")]):
        assert doubts(document) == {"course": "unsure-reading"}


def test_a_column_of_what_is_to_come_leaves_every_course_unsure() -> None:
    rows = [(*HEADS[:3], "Booked"), (*ADA[:3], "x"), (*BO[:3], "x")]
    assert [d["course"].state for d in record(rows)] == [State.UNSURE] * 2


def test_a_page_that_somebody_wrote_on_is_unsure_throughout() -> None:
    made, grids = page([HEADS, ADA, BO])
    made = replace(made, notes=(Word("2030-01-01", Box(500, 500, 560, 510)),))
    for document in records.read(made, grids, words()).documents:
        assert not any(r.state is State.SURE for r in document.readings)


def test_a_page_with_boxes_to_fill_in_is_unsure_throughout() -> None:
    made, grids = page([HEADS, ADA, BO])
    made = replace(made, widgets=(Widget(name="a", kind=WidgetKind.TEXT, page=1, box=Box(0, 0, 9, 9)),))
    for document in records.read(made, grids, words()).documents:
        assert not any(r.state is State.SURE for r in document.readings)


def test_one_person_s_transcript_needs_no_column_of_names() -> None:
    rows = [row[1:4] for row in (HEADS, ADA, BO)]
    found = record(rows, over=(SCSA, "Name: Cy Lake"), widths=WIDTHS[1:])
    assert [(d["holder_name"].value, codes(d)) for d in found] == [("Cy Lake", set())] * 2
    for document in record(rows, widths=WIDTHS[1:]):
        assert doubts(document) == {"holder_name": "holder-unclear"}


def test_a_list_of_a_class_has_its_course_and_day_above() -> None:
    rows = [("Name", "Certificate no."), ("Ada Stone", "C-1"), ("Bo Hill", "")]
    first, second = record(rows, over=(SCSA, "Course: SCOT", "Date: 2024-03-05"))
    assert (first["course"].value, first["issue_date"].value, codes(first)) == ("scot", date(2024, 3, 5), set())
    assert doubts(second) == {"course": "unsure-reading"}


@pytest.mark.parametrize("title", ["Course registration", "Training plan 2026", "Training needs", "Invoice", "Horaire"])
def test_a_list_that_plans_or_bills_is_no_record(title: str) -> None:
    assert record([HEADS, ADA, BO], over=(SCSA, title)) == ()


# ---------------------------------------------------------------- rules


def test_columns_without_rules_between_the_rows_are_read_by_their_words() -> None:
    made, (grid,) = page([HEADS, ADA, BO, CY])
    tall = tuple(
        Cell("\n".join(grid.rows[n][c].text for n in (1, 2, 3)),
             grid.rows[1][c].box._replace(bottom=grid.rows[3][c].box.bottom))
        for c in range(5)
    )  # fmt: skip
    found = records.read(made, (Grid((grid.rows[0], tall)),), words()).documents
    assert [d["holder_name"].value for d in found] == ["Ada Stone", "Bo Hill", "Cy Lake"]
    assert [codes(d) for d in found] == [set(), set(), set()]


def test_a_second_grid_in_the_same_columns_goes_on_and_is_unsure() -> None:
    made, (grid,) = page([HEADS, ADA, BO, CY])
    found = records.read(made, (Grid(grid.rows[:2]), Grid(grid.rows[2:])), words()).documents
    assert [d["holder_name"].value for d in found] == ["Ada Stone", "Bo Hill", "Cy Lake"]
    assert all(d["holder_name"].state is State.UNSURE for d in found)


def test_a_row_that_the_rules_leave_out_is_told() -> None:
    made, (grid,) = page([HEADS, ADA, BO, CY])
    found = records.read(made, (Grid(grid.rows[:3]),), words()).documents
    assert len(found) == 2
    assert [codes(d) for d in found] == [{"needs-judgement"}] * 2


def test_a_grid_that_heads_nothing_is_passed_over() -> None:
    made, (grid,) = page([HEADS, ADA, BO])
    other = Grid(((Cell("a", Box(700, 20, 720, 30)), Cell("b", Box(720, 20, 740, 30))),))
    assert len(records.read(made, (other, grid), words()).documents) == 2
    assert len(records.read(made, (Grid(grid.rows[:1]),), words()).documents) == 2


def test_rules_that_part_no_rows_stay_where_the_words_show_no_table_either() -> None:
    made, (grid,) = page([("Name:", "Course:", "Date:"), ("Ada Stone\nBo Hill", "SCOT", "2024-03-05\n2024-03-06")])
    (document,) = records.read(made, (grid,), words()).documents
    assert set(doubts(document)) >= {"holder_name", "issue_date"}


# ---------------------------------------------------------------- without rules


def test_signatures_under_the_table_are_no_holders() -> None:
    under = ("Eve Moss", "Instructor", "Signature: Eve Moss 2024-03-05")
    for ruled in (True, False):
        found = record([HEADS, ADA, BO, CY], under=under, ruled=ruled)
        assert [d["holder_name"].value for d in found] == ["Ada Stone", "Bo Hill", "Cy Lake"]


def test_a_signature_in_the_columns_is_no_row() -> None:
    rows = [HEADS, ADA, BO, CY, ("Eve Moss", "Registrar", "2024-03-05", "", "")]
    assert len(record(rows, ruled=False, heights=(24, 24, 24, 24, 24))) == 3


def test_a_line_that_touches_two_columns_makes_all_unsure() -> None:
    rows = [HEADS, ADA, ("Bo Hill of the northern depot crew", *BO[1:]), CY]
    found = record(rows, ruled=False)
    assert len(found) == 3
    assert not any(r.state is State.SURE for d in found for r in d.readings)


def test_a_first_line_that_touches_two_columns_makes_all_unsure() -> None:
    found = record([HEADS, ("Ada Stone of the northern depot crew", *ADA[1:]), BO], ruled=False)
    assert [d["course"].state for d in found] == [State.UNSURE] * 2


def test_a_course_that_runs_over_two_lines_is_one() -> None:
    rows = [HEADS, ADA, ("Bo Hill", "Standard First Aid with\nCPR Level C", *BO[2:]), CY]
    found = record(rows, ruled=False)
    assert (found[1]["cpr_level"].value, codes(found[1])) == ("C", set())
    assert len(found) == 3


def test_a_line_under_the_last_row_that_may_be_its_own_leaves_it_unsure() -> None:
    rows = [HEADS, ADA, CY, ("Bo Hill", "Safety Auditor", "2024-04-06", "", "C-2"), ("", "Fundamentals", "", "", "")]
    found = record(rows, ruled=False)
    assert len(found) == 3
    assert found[2]["course"].state is State.UNSURE


def test_a_name_and_a_course_that_both_run_over_are_no_row_of_their_own() -> None:
    rows = [HEADS, ADA, ("Bo\nHill Moss", "Standard First Aid with\nCPR Level C", *BO[2:]), CY]
    found = record(rows, ruled=False)
    assert len(found) == 3
    assert all(d["course"].state is State.UNSURE for d in found)


def test_a_row_without_its_day_is_a_row_where_it_stands_as_far_below() -> None:
    found = record([HEADS, ADA, ("Bo Hill", "SCOT", "", "", ""), CY], ruled=False)
    assert [(d["holder_name"].value, d["issue_date"].value) for d in found] == [
        ("Ada Stone", date(2024, 3, 5)), ("Bo Hill", None), ("Cy Lake", date(2024, 5, 7)),
    ]  # fmt: skip


def test_a_table_without_days_has_rows_too() -> None:
    rows = [("Name", "Course"), ("Ada Stone", "SCOT"), ("Bo Hill", "SESM")]
    found = record(rows, ruled=False)
    assert [(d["holder_name"].value, d["course"].value) for d in found] == [
        ("Ada Stone", "scot"), ("Bo Hill", "small-employer-safety-management"),
    ]  # fmt: skip


def test_words_between_the_rows_make_all_unsure() -> None:
    rows = [HEADS, ADA, ("transferred", "", "", "", ""), BO]
    assert all(d["course"].state is State.UNSURE for d in record(rows, ruled=False))


def test_a_row_far_below_counts_only_when_it_is_full() -> None:
    rows = [HEADS, ADA, BO, CY, ("Bo Hill", "SCOT", "2024-06-08", "", "C-9")]
    assert len(record(rows, ruled=False, heights=(24, 24, 24, 150, 24))) == 4
    rows[-1] = ("Bo Hill", "SCOT", "", "", "")
    assert len(record(rows, ruled=False, heights=(24, 24, 24, 150, 24))) == 3


def test_headings_over_two_lines_are_read_together() -> None:
    rows = [("Name", "Course", "Date\ncompleted", "Valid\nuntil", "Certificate\nno."), ADA, BO]
    first, second = record(rows, ruled=False)
    assert (first["certificate_number"].value, second["expiry_date"].value) == ("C-101", date(2027, 4, 5))


def test_a_heading_with_nothing_below_is_no_table() -> None:
    assert record([HEADS], ruled=False) == ()
    assert record([HEADS, ("only words", "", "", "", "")], ruled=False) == ()


# ---------------------------------------------------------------- when it is asked


def test_ordinary_papers_never_pay_for_the_search() -> None:
    lines = ("Canadian Red Cross", "Name: Ada Stone", "Course: Standard First Aid", "Date completed: 2024-03-05")
    steps = read([column(*lines), column("Dear Sir or Madam", "please find my date and name below")], (), words())
    with pytest.raises(StopIteration):
        next(steps)


def test_a_page_that_heads_such_a_table_is_asked_about() -> None:
    made, _ = page([HEADS, ADA])
    assert next(read([made], (), words())) == FindTables(1)


@pytest.mark.parametrize(
    "heads",
    [
        ("Name", "Date"),
        ("Name", "Signature"),
        ("Course", "Price"),
        ("Name:", "Course:", "Date:"),
        ("Name", "Phone"),
        ("Name", "SCOT location"),
        (),
    ],
)
def test_other_headings_are_not_asked_about(heads: tuple[str, ...]) -> None:
    assert not records.rows_under(page([heads, ("Ada Stone", "SCOT", "2024-03-05")] if heads else [("",)])[0], words())


@pytest.mark.parametrize(
    "heads",
    [("Name", "Course"), ("Worker / Employee", "Training", "Completed"), ("Nom", "Formation", "Date de réussite"),
     ("Participant", "SCOT", "First Aid"), ("Course", "Expires"), ("Staff member", "Certificate (if any)"),
     ("Nom du travailleur", "Cours suivi", "Échéance"), ("Employee", "First Aid expiry")],
)  # fmt: skip
def test_headings_in_both_languages_are_known(heads: tuple[str, ...]) -> None:
    assert records.rows_under(page([heads, ADA, BO], widths=(150, 170, 170))[0], words()) == 2


def test_headings_that_stand_close_are_told_apart() -> None:
    made = column("Name Course Expires", "Ada Stone", "Bo Hill")
    assert records.rows_under(made, words()) == 2


def test_a_page_of_too_many_words_is_not_asked_about() -> None:
    made, _ = page([HEADS, ADA])
    assert not records.rows_under(replace(made, words=made.words * 300), words())


def test_a_record_s_rows_are_documents_and_its_empty_back_goes_with_the_first() -> None:
    back = Page(number=2, width=792, height=612)
    made, grids = page([HEADS, ADA, BO])
    steps = read([made, back], (), words())
    next(steps)
    steps.send(grids)
    with pytest.raises(StopIteration) as done:
        steps.send(Picture(2, 36, np.full((10, 10), 255, np.uint8)))
    assert [d.pages for d in done.value.value[0]] == [(1, 2), (1,)]


def test_a_certificate_in_columns_stays_a_certificate() -> None:
    over = (SCSA, "Certificate of completion", "This certifies that Ada Stone has successfully completed SCOT")
    (document,) = whole(page([HEADS, ADA], over=over))
    assert document["holder_name"].value == "Ada Stone"
    assert document["certificate_number"].value == "C-101"


@pytest.mark.parametrize("name", TUNED)
def test_no_certificate_is_taken_for_a_record(name: str) -> None:
    for seed in range(3):
        pages, _ = TUNED[name](Sample(f"{name}-{seed}"))
        assert len(whole(*((made, ()) for made in pages))) == 1


# ---------------------------------------------------------------- many layouts, and anything at all


@pytest.mark.parametrize("name", ALL)
def test_no_layout_gives_a_row_that_is_wrong_and_sure(name: str) -> None:
    for seed in range(2):
        made = ALL[name](Sample(f"{name}-{seed}"))
        assert [said for what, _, said in judged(documents(made.data), made) if what == "wrong"] == []


NAMES = ("Ada Stone", "Bo Hill", "Cy Lake", "", "Moss", "Ed Fir / Flo Oak")
CELLS = (*NAMES, "SCOT", "SFA", "Fall Protection", "2024-03-05", "03/04/2024", "n/a", "failed", "C-1", "…", "1" * 50)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[st.sampled_from(CELLS)] * 5), min_size=1, max_size=6),
    st.permutations(HEADS),
    st.booleans(),
    st.sampled_from([14.0, 24.0, 40.0]),
)
def test_any_table_is_read_without_failing(
    rows: list[tuple[str, ...]], heads: list[str], ruled: bool, pitch: float  # noqa: FBT001
) -> None:  # fmt: skip
    for document in record([heads, *rows], ruled=ruled, pitch=pitch):
        assert document.pages == (1,)
        assert all(r.state is not State.UNSURE or r.doubt for r in document.readings)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=2, max_size=8), st.booleans(), st.permutations(range(5)))
def test_values_of_one_row_never_mix_with_another_s(blank: list[int], ruled: bool, order: list[int]) -> None:  # noqa: FBT001
    rows = []
    for n, empty in enumerate(blank):
        letter = chr(ord("a") + n)
        row = [f"Ada {letter.upper()}{letter * 5}", "SCOT", f"2024-03-{n + 1:02}", f"2027-03-{n + 1:02}", f"C-{n}"]
        rows.append(["" if m == empty and m > 1 else cell for m, cell in enumerate(row)])
    widths = [(150, 240, 110, 100, 110)[n] for n in order]
    table = [[row[n] for n in order] for row in (list(HEADS), *rows)]
    found = record(table, ruled=ruled, widths=widths)
    assert len(found) == len(rows)
    for row, document in zip(rows, found, strict=True):
        for reading in document.readings:
            if reading.name not in ("issuer", "course") and reading.state is State.SURE:
                assert str(reading.value) in row


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_page_and_any_rules_are_read_without_failing(data: st.DataObject) -> None:
    made, (grid,) = page([HEADS, ADA, BO, CY])
    boxes = st.builds(Box, *[st.floats(-50, 900, allow_nan=False)] * 4)
    cells = st.builds(Cell, st.sampled_from(CELLS), boxes)
    wide = data.draw(st.integers(1, 5))
    rows = data.draw(st.lists(st.tuples(*[cells] * wide), min_size=1, max_size=4))
    mixed = Grid((*(row[:wide] for row in grid.rows[:1]), *rows))
    lost = data.draw(st.sets(st.integers(0, len(made.words) - 1), max_size=30))
    less = replace(made, words=tuple(w for n, w in enumerate(made.words) if n not in lost))
    for document in records.read(less, (mixed, grid), words()).documents:
        assert document.pages == (1,)
