"""From pages to documents: which form, which pages belong together, and no page is ever lost or kept twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processor.findings import CODES
from processor.model import Box, Kind, Page, State, Word
from processor.reading.sheets import layout
from processor.reading.sorting import catalogue, claims
from tests.reading.made import FORM, PRINTED, H, Ink, W, codes, document, documents, filled, printed, words

EMPTY = Page(number=1, width=W, height=H)
CARD = Page(
    number=1, width=W, height=H,
    words=(*words("Certificate of Completion", 100, 100), *words("This certifies that", 100, 130),
           *words("Ann Bear", 100, 150), *words("has successfully completed", 100, 170),
           *words("Standard First Aid with CPR C", 100, 190),
           *words("Issued 2026-03-04", 100, 220), *words("St. John Ambulance", 100, 250)),
)  # fmt: skip
OTHER = Page(number=1, width=W, height=H, words=words("Dear all, please find our papers enclosed.", 100, 100))
SCAN = Page(number=1, width=W, height=H, pictured=True)
TWIN = replace(FORM, name="twin", codes=("twin/1.0/1", "twin/1.0/2"))


def numbered(*pages: Page) -> list[Page]:
    return [
        replace(page, number=n, widgets=tuple(replace(w, page=n) for w in page.widgets))
        for n, page in enumerate(pages, start=1)
    ]


def uncoded(page: Page) -> Page:
    return replace(page, words=tuple(w for w in page.words if "/" not in w.text))


def found_by(page: Page, *forms: object) -> list[str]:
    known = catalogue([layout(form) for form in forms or (FORM,)])  # type: ignore[arg-type]
    return [claim.said for claim in claims(page, known)]


# ---------------------------------------------------------------- which form


def test_a_page_is_known_by_its_code() -> None:
    assert found_by(Page(number=1, width=W, height=H, words=words("small/1.0/2", 9, 9))) == ["small page 2"]


def test_a_code_that_a_copy_cut_into_pieces_is_still_found() -> None:
    assert found_by(Page(number=1, width=W, height=H, words=words("small/ 1.0/2 x", 9, 9))) == ["small page 2"]


def test_a_longer_code_is_not_taken_for_a_shorter_one() -> None:
    assert found_by(Page(number=1, width=W, height=H, words=words("small/1.0/2 3x", 9, 9))) == ["small page 2"]
    assert found_by(Page(number=1, width=W, height=H, words=words("small/1.0/23", 9, 9))) == []


def test_without_a_code_a_page_is_known_by_its_fields() -> None:
    assert found_by(replace(filled(2), words=())) == ["small page 2"]


def test_a_few_fields_of_the_same_name_do_not_make_a_form() -> None:
    assert found_by(replace(filled(2), words=(), widgets=filled(2).widgets[:3])) == []


def test_forms_whose_fields_bear_the_same_names_are_told_apart_by_words() -> None:
    other = replace(TWIN, words=(("Something else",), ("Something else",)))
    assert found_by(uncoded(filled(1)), FORM, other) == ["small page 1"]
    assert found_by(replace(filled(1), words=()), FORM, other) == ["small page 1", "twin page 1"]
    assert found_by(replace(filled(1), words=words("nothing known", 9, 9)), FORM, other) == [
        "small page 1",
        "twin page 1",
    ]


def test_a_flat_page_is_known_by_its_phrases_however_they_are_written() -> None:
    page = Page(number=1, width=W, height=H, words=words("REGISTRATION ofemployers", 9, 9))
    assert found_by(page) == ["small page 1"]


def test_a_form_without_phrases_is_known_by_all_that_it_prints() -> None:
    assert found_by(uncoded(printed(2)), replace(FORM, words=(), codes=())) == ["small page 2"]
    assert found_by(OTHER, replace(FORM, words=(), codes=())) == []


def test_a_page_that_fits_two_forms_is_nobodys_until_a_person_says() -> None:
    (found,) = documents([uncoded(printed(1))], forms=(FORM, TWIN))
    assert found.kind is Kind.OTHER
    assert codes(found) == ["several-forms"]
    assert found.findings[0].says == "Page 1 fits several forms: small page 1, twin page 1."


def test_no_forms_know_no_page() -> None:
    assert found_by(OTHER, replace(FORM, words=(), codes=(), printed=())) == []
    assert claims(OTHER, catalogue([])) == ()


# ---------------------------------------------------------------- which pages belong together


def test_a_separator_sheet_that_was_printed_with_them_parts_two_papers() -> None:
    sheet = Page(number=1, width=W, height=H, words=words("Separator separator/1", 100, 100))
    assert shape(ONE, sheet, TWO) == [("small", (1, 2), ["page-missing"]), ("small", (3,), ["page-missing"])]
    assert shape(sheet, ONE, TWO) == [("small", (2, 3, 1), [])]
    assert shape(sheet) == [("other", (1,), ["unknown-paper"])]


def shape(*pages: Page) -> list[tuple[str, tuple[int, ...], list[str]]]:
    return [(d.form or d.kind.value, d.pages, codes(d)) for d in documents(numbered(*pages))]


ONE, TWO = filled(1), filled(2)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ([ONE, TWO], [("small", (1, 2), [])]),
        ([TWO, ONE], [("small", (2, 1), ["page-order"])]),
        ([ONE], [("small", (1,), ["page-missing"])]),
        ([TWO], [("small", (1,), ["page-missing"])]),
        ([ONE, TWO, ONE, TWO], [("small", (1, 2), []), ("small", (3, 4), [])]),
        ([ONE, ONE, TWO], [("small", (1,), ["page-missing"]), ("small", (2, 3), [])]),
        ([ONE, TWO, TWO], [("small", (1, 2, 3), ["page-twice"])]),
        ([ONE, CARD, TWO], [("small", (1, 3), ["page-order"]), ("first_aid_certificate", (2,), None)]),
        ([ONE, EMPTY, TWO, EMPTY], [("small", (1, 3, 2, 4), [])]),
        ([EMPTY, ONE, TWO], [("small", (2, 3, 1), [])]),
        ([SCAN, SCAN], [("other", (1,), ["no-text"]), ("other", (2,), ["no-text"])]),
        ([EMPTY, EMPTY], [("other", (1, 2), ["unknown-paper"])]),
        ([CARD, EMPTY, CARD], [("first_aid_certificate", (1, 2), None), ("first_aid_certificate", (3,), None)]),
        ([OTHER, OTHER], [("other", (1, 2), ["unknown-paper"])]),
        ([SCAN, OTHER], [("other", (1,), ["no-text"]), ("other", (2,), ["unknown-paper"])]),
        ([], []),
    ],
)  # fmt: skip
def test_pages_become_papers(pages: list[Page], expected: list[tuple[str, tuple[int, ...], list[str] | None]]) -> None:
    seen = shape(*pages)
    assert [(form, numbers) for form, numbers, _ in seen] == [(form, numbers) for form, numbers, _ in expected]
    assert all(wanted in (None, found) for (_, _, found), (_, _, wanted) in zip(seen, expected, strict=True))


def test_a_missing_page_leaves_its_readings_missing_and_says_which() -> None:
    found = document(filled(1, legal_name="Bear Ltd."))
    assert found["signature_date"].state is State.MISSING
    assert found["workers"].state is State.MISSING
    assert len(found.rows("workers")) == 3
    assert found["sections[1].number"].value == 1
    assert found["legal_name"].known
    assert found.findings[0].says == "Page 2 of the form is missing."
    assert found.findings[0].page is None


def test_a_page_that_is_there_twice_is_sure_where_both_agree() -> None:
    pages = numbered(ONE, filled(2, date="2026-11-24", w1="Ann Bear"), filled(2, date="2026-11-23", w1="Ann Bear"))
    (found,) = documents(pages)
    assert found["workers[1].name"].known
    assert found["signature_date"].doubt == "field-twice"
    assert [f.page for f in found.findings if f.code == "page-twice"] == [3]


def test_printed_pages_that_are_there_twice_are_compared_too() -> None:
    twice = [printed(2, words(name, 50, 114)) for name in ("Ann Bear", "Bo Friesen")]
    (found,) = documents(numbered(printed(1), *twice))
    assert found["workers[1].name"].doubt == "field-twice"


def test_a_page_without_words_on_which_something_is_drawn_is_a_picture() -> None:
    (found,) = documents([EMPTY], ink=Ink(Box(100, 100, 300, 200)))
    assert codes(found) == ["no-text"]
    assert found.pages == (1,)


def test_a_page_of_notes_alone_is_not_empty() -> None:
    (found,) = documents([replace(EMPTY, notes=words("see attached", 10, 10))])
    assert codes(found) == ["unknown-paper"]


def test_a_form_is_told_with_its_program_and_kind() -> None:
    found = document(ONE, TWO)
    assert (found.form, found.kind, found.program) == ("small", Kind.REGISTRATION, "csam-secor")


# ---------------------------------------------------------------- properties

WORDS = st.builds(
    Word,
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
    st.builds(
        lambda x, y, w, h: Box(x, y, x + w, y + h),
        st.floats(-50, 700),
        st.floats(-50, 800),
        st.floats(0, 200),
        st.floats(0, 60),
    ),
)
PAGES = st.one_of(
    st.sampled_from([ONE, TWO, EMPTY, CARD, OTHER, SCAN, printed(1), printed(2)]),
    st.builds(
        lambda page, more: replace(page, words=(*page.words, *more)),
        st.sampled_from([printed(1), filled(2), EMPTY]),
        st.lists(WORDS, max_size=4),
    ),
    st.builds(
        lambda page, value: replace(page, widgets=filled(1, legal_name=value, account=value, hazard=value).widgets),
        st.just(ONE),
        st.text(max_size=20),
    ),
)


@given(st.lists(PAGES, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_every_page_ends_up_in_exactly_one_document(pages: list[Page]) -> None:
    found = documents(numbered(*pages))
    assert Counter(number for d in found for number in d.pages) == Counter(range(1, len(pages) + 1))
    assert all(f.code in CODES for d in found for f in d.findings)


@given(st.lists(PAGES, max_size=4))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_no_unsure_reading_of_a_form_is_silent(pages: list[Page]) -> None:
    for found in documents(numbered(*pages)):
        if not found.form:
            continue
        told = {f.reading for f in found.findings}
        for reading in found.readings:
            assert reading.state is not State.UNSURE or reading.name in told
            for n, row in enumerate(found.rows(reading.name), start=1):
                assert all(c.state is not State.UNSURE or f"{reading.name}[{n}].{c.name}" in told for c in row.cells)


def test_the_same_pages_always_read_the_same() -> None:
    pages = numbered(ONE, CARD, TWO, OTHER, SCAN)
    assert documents(pages) == documents(pages)
    assert PRINTED[0]
