"""Copies without widgets: words in the boxes, ink in ticks, however the copy was scaled; never in the wrong place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.model import Box, Draw, Means, Page, Picture, State, Word
from processor.reading import marks
from processor.reading.lie import SAME, Axis, Lie, lie
from processor.reading.marks import Mark
from processor.reading.written import beside, goes_on, lines, overlaid, sticks_out, text, within, writing
from tests.reading.made import FORM, PRINTED, Ink, codes, document, placed, printed, words

TICK = Box(402, 184, 410, 192)


def combed(text_: str, left: float, top: float) -> tuple[Word, ...]:
    """A word a cell, 14 points wide each."""
    return tuple(
        Word(c, Box(left + 14 * n + 4, top, left + 14 * n + 10, top + 10)) for n, c in enumerate(text_) if c != " "
    )


class Unshown(Ink):
    """Draws these pages instead of those that are read: what the file holds and does not show."""

    def __init__(self, *shown: Page) -> None:
        super().__init__()
        self.shown = {page.number: page for page in shown}

    def __call__(self, question: Draw) -> Picture:
        self.pages = self.shown
        return super().__call__(question)


def copy() -> tuple[Page, Page]:
    one = printed(1, words("Prairie Roofing Ltd.", 50, 106), combed("718-2904", 44, 146), words("SK", 324, 146),
                  words("A. Bear", 50, 190))  # fmt: skip
    two = printed(2, combed("2026-11-24", 44, 416), words("Roofs and", 50, 516), words("eaves", 50, 530),
                  words("Ann Bear", 50, 114), words("3", 304, 114))  # fmt: skip
    return one, two


def test_a_printed_copy_reads_as_it_was_typed() -> None:
    read = document(*copy(), ink=Ink(TICK, Box(342, 184, 350, 192), page=1))
    assert read["legal_name"].value == "Prairie Roofing Ltd."
    assert read["wcb_account"].value == "7182904"
    assert read["wcb_account"].raw == "718-2904"
    assert read["province"].value == "SK"
    assert read["agreement_signed"].value is True
    assert read["email_consent"].value is True
    assert read["first_aid_hazard"].value == "other"
    assert read["signature_date"].value == date(2026, 11, 24)
    assert read["nature_of_work"].value == "Roofs and eaves"
    assert read["workers[1].name"].value == "Ann Bear"
    assert read["workers[1].owner_or_senior"].value is False
    assert read["sections[1].awarded"].value == 3
    assert read["annual_wcb_premium"].state is State.BLANK
    assert read["legal_name"].means is Means.TEXT
    assert read["legal_name"].confidence == 0.99
    assert codes(read) == []


@pytest.mark.parametrize(
    ("scale", "right", "down", "size"),
    [(0.94, 18, 24, (612, 792)), (0.97, 9, 12, (612, 792)), (0.97, 0, 30, (595, 842)), (1.0, 6, -9, (612, 792)),
     (1.3, 0, 0, (792, 1224))],
)  # fmt: skip
def test_a_scaled_or_shifted_copy_reads_the_same(
    scale: float, right: float, down: float, size: tuple[float, float]
) -> None:
    moved = tuple(placed(page, scale, right, down, width=float(size[0]), height=float(size[1])) for page in copy())
    ticks = [Box(b.left * scale + right, b.top * scale + down, b.right * scale + right, b.bottom * scale + down)
             for b in (TICK, Box(342, 184, 350, 192))]  # fmt: skip
    read = document(*moved, ink=Ink(*ticks, page=1))
    plain = document(*copy(), ink=Ink(TICK, Box(342, 184, 350, 192), page=1))
    assert read.readings == plain.readings
    assert codes(read) == []


def test_a_page_that_lies_otherwise_is_never_read_in_the_wrong_place() -> None:
    one, two = copy()
    bent = replace(
        one, words=tuple(Word(w.text, Box(w.box.top, w.box.left, w.box.bottom, w.box.right)) for w in one.words)
    )
    read = document(bent, two)
    assert read["legal_name"].state is State.MISSING
    assert read["first_aid_hazard"].state is State.MISSING
    assert read["workers[1].name"].known
    assert codes(read) == ["not-aligned"]


def test_a_box_beside_the_paper_cannot_be_seen() -> None:
    one, two = copy()
    read = document(placed(one, 1.0, 0, 0, width=380.0), two)
    assert read["email_consent"].state is State.MISSING
    assert read["legal_name"].known
    assert "not-aligned" in codes(read)


def test_a_word_that_runs_over_the_edge_of_its_box_is_not_sure() -> None:
    read = document(printed(1, words("SK", 324, 146), words("Saskatchewan", 360, 146)), printed(2))
    assert read["province"].doubt == "unsure-reading"
    assert read["annual_wcb_premium"].state is State.BLANK


def test_writing_that_goes_on_beside_its_box_is_not_sure() -> None:
    read = document(
        printed(1, words("Prairie Roofing of the", 230, 106, wide=3), words("North Ltd.", 303, 106)), printed(2)
    )
    assert read["legal_name"].doubt == "unsure-reading"
    assert "stray-writing" in codes(read)


def test_a_line_that_was_cut_off_under_a_box_makes_it_unsure_and_not_its_neighbour() -> None:
    shown = words("Roofs and eaves", 50, 548)
    cut = words("and much more", 50, 560)
    page = printed(2, shown, cut)
    read = document(printed(1), page, ink=Unshown(printed(1), printed(2, shown)))
    assert read["nature_of_work"].doubt == "unsure-reading"
    assert read["nature_of_work"].value == "Roofs and eaves"
    assert "stray-writing" not in codes(read)


def test_text_that_nobody_can_see_is_not_a_value() -> None:
    white = words("Wolf Ltd.", 50, 106)

    read = document(printed(1, white), printed(2), ink=Unshown(printed(1), printed(2)))
    assert read["legal_name"].value is None
    assert read["legal_name"].doubt == "unsure-reading"


def test_words_that_lie_over_one_another_are_not_sure() -> None:
    both = (*words("checks the", 50, 516), *words("ladders", 76, 518))
    assert document(printed(1), printed(2, both))["nature_of_work"].doubt == "unsure-reading"
    lines_apart = (*words("checks the", 50, 516), *words("ladders", 50, 523))
    assert document(printed(1), printed(2, lines_apart))["nature_of_work"].known


def test_beside_hebrew_no_text_of_a_copy_is_sure() -> None:
    hebrew = (Word("דוד", Box(50, 114, 65, 124)),)
    read = document(printed(1, words("SK", 324, 146)), printed(2, hebrew, words("notes;", 50, 516)))
    assert read["nature_of_work"].doubt == "unsure-reading"
    assert read["workers[1].name"].doubt == "unsure-reading"
    assert read["province"].known


def test_writing_drawn_as_curves_is_not_taken_for_a_blank() -> None:
    read = document(printed(1), printed(2), ink=Ink(Box(60, 108, 160, 116), page=1))
    assert read["legal_name"].state is State.UNSURE
    assert read["legal_name"].doubt == "unsure-reading"
    assert read["legal_name"].value is None


def test_the_lines_between_the_cells_of_a_comb_are_not_writing() -> None:
    cells = [Box(44 + 14 * n - 0.4, 142, 44 + 14 * n + 0.4, 162) for n in range(11)]
    assert document(printed(1), printed(2), ink=Ink(*cells, page=1))["wcb_account"].state is State.BLANK


def test_a_faint_mark_is_asked_about() -> None:
    read = document(printed(1), printed(2), ink=Ink(Box(404, 187, 407, 188), page=1))
    assert read["email_consent"].doubt == "faint-mark"
    assert read["email_consent"].state is State.UNSURE
    assert codes(read) == ["faint-mark"]


def test_a_faint_mark_beside_a_clear_one_in_a_choice_is_asked_about() -> None:
    read = document(printed(1), printed(2), ink=Ink(Box(342, 184, 350, 192), Box(304, 187, 307, 188), page=1))
    assert read["first_aid_hazard"].doubt == "faint-mark"
    assert read["first_aid_hazard"].value == "other"


def test_two_ticked_boxes_of_a_choice_are_asked_about() -> None:
    read = document(printed(1), printed(2), ink=Ink(Box(302, 184, 310, 192), Box(342, 184, 350, 192), page=1))
    assert read["first_aid_hazard"].doubt == "two-ticks"
    assert codes(read) == ["two-ticks"]


def test_a_letter_in_a_tick_box_must_look_like_a_tick() -> None:
    read = document(printed(1, words("✔", 403, 184, wide=1, high=1)), printed(2))
    assert read["email_consent"].value is True
    assert read["email_consent"].means is Means.TEXT
    read = document(printed(1, words("n", 403, 184, wide=1, high=1)), printed(2))
    assert read["email_consent"].doubt == "faint-mark"


def test_a_page_from_a_scanner_is_never_sure_of_its_words() -> None:
    one, two = copy()
    read = document(replace(one, pictured=True), two, ink=Ink(TICK, page=1))
    assert read["legal_name"].value == "Prairie Roofing Ltd."
    assert read["legal_name"].doubt == "unsure-reading"
    assert read["email_consent"].doubt == "faint-mark"
    assert read["workers[1].name"].known


def test_words_written_outside_the_boxes_are_shown() -> None:
    stray = (*words("please call first", 320, 300), *words("https://print.example 2026-11-24", 44, 4),
             *words("1", 500, 300 + 60), *words("Page 1 of 2", 500, 780))  # fmt: skip
    read = document(printed(1, stray), printed(2))
    (found,) = read.findings
    assert found.code == "stray-writing"
    assert found.says == "“please call first” is written outside the boxes."
    assert found.page == 1
    assert found.box == Box(320, 300, 405, 310)


def test_long_and_many_strays_are_cut_short() -> None:
    stray = [words("x" * 30 + " " + "y" * 60, 44, 230 + 12 * n, wide=4) for n in range(12)]
    found = [f for f in document(printed(1, *stray), printed(2)).findings if f.code == "stray-writing"]
    assert len(found) == 10
    assert "…" in found[0].says


def test_a_scanners_words_make_no_stray_writing() -> None:
    page = replace(printed(1, words("please call first", 320, 300)), pictured=True)
    assert "stray-writing" not in codes(document(page, printed(2)))


# ---------------------------------------------------------------- where the page lies

SIZE = (612.0, 792.0)


def scattered(count: int) -> tuple[Word, ...]:
    """So many different words all over the page."""
    places = [(40 + 37 * n % 500, 20 + 61 * n % 700) for n in range(count)]
    return tuple(Word(f"word{n}", Box(x, y, x + 40, y + 10)) for n, (x, y) in enumerate(places))


@given(
    st.floats(0.6, 1.8), st.floats(0.6, 1.8), st.floats(-40, 40), st.floats(-40, 40), st.randoms(use_true_random=False)
)
@settings(deadline=None)
def test_any_scale_and_shift_is_found_though_some_words_are_wrong(
    wide: float, high: float, right: float, down: float, dice: object
) -> None:
    landmarks = scattered(40)
    fit = Lie(Axis(wide, right), Axis(high, down))
    moved = [Word(w.text, fit.placed(w.box)) for w in landmarks]
    moved[3] = moved[3]._replace(box=Box(0, 0, 5, 5))
    dice.shuffle(moved)  # type: ignore[attr-defined]
    found = lie(landmarks, Page(number=1, width=612, height=792, words=tuple(moved)), SIZE)
    assert found is not None
    assert found.placed(Box(100, 100, 200, 200)) == pytest.approx(fit.placed(Box(100, 100, 200, 200)), abs=0.01)


def test_a_blank_with_hardly_any_words_lies_as_it_is_when_its_size_is_right() -> None:
    few = words("Form", 10, 10)
    other = Page(number=1, width=612, height=792, words=words("something", 10, 10))
    assert lie(few, other, SIZE) == SAME
    assert lie(few, replace(other, width=595), SIZE) is None
    assert lie((), other, SIZE) == SAME
    assert lie((), replace(other, height=842), SIZE) is None


def test_landmarks_that_are_not_there_prove_nothing() -> None:
    assert lie(PRINTED[0], Page(number=1, width=612, height=792, words=words("something else", 10, 10)), SIZE) is None


def test_landmarks_all_on_one_line_take_the_scale_of_the_other_direction() -> None:
    line = words("one. two. three. four. five. six. seven. eight.", 10, 100)
    page = placed(Page(number=1, width=612, height=792, words=line), 0.9, 5, 7)
    found = lie(line, page, SIZE)
    assert found is not None
    assert found.down.scale == pytest.approx(0.9)


def test_landmarks_in_one_spot_tell_no_scale() -> None:
    spot = tuple(Word(f"word{n}", Box(10 + n, 10, 20 + n, 20)) for n in range(8))
    moved = tuple(Word(w.text, Box(w.box.left + 3, 12, w.box.right + 3, 22)) for w in spot)
    found = lie(spot, Page(number=1, width=612, height=792, words=moved), SIZE)
    assert found is not None
    assert (found.across.scale, found.across.shift) == (1, 3)


def test_an_absurd_scale_is_no_fit() -> None:
    landmarks = scattered(20)
    page = Page(number=1, width=612, height=792, words=landmarks)
    assert lie(landmarks, placed(page, 0.2, 0, 0), SIZE) is None


# ---------------------------------------------------------------- what is written


def test_what_the_blank_prints_is_not_writing_even_when_it_was_cut_otherwise() -> None:
    blank = words("Legal name Account", 44, 90)
    cut = (*words("Le gal", 44, 90), Word("nameAccount", Box(74, 90, 134, 100)), *words("Prairie", 200, 90))
    page = Page(number=1, width=612, height=792, words=cut)
    assert [w.text for w in writing(page, blank, SAME)] == ["Prairie"]


def test_a_letter_spelt_otherwise_by_a_copy_is_still_the_blanks() -> None:
    page = Page(number=1, width=612, height=792, words=(Word("Certi\u0002cate", Box(44, 90, 94, 100)),))
    assert writing(page, (Word("Certificate", Box(44, 90, 96, 100)),), SAME) == ()


def test_writing_over_a_dotted_line_stays_writing() -> None:
    page = Page(number=1, width=612, height=792, words=(Word("Bear", Box(44, 90, 64, 100)),))
    assert [w.text for w in writing(page, (Word("______", Box(44, 90, 94, 100)),), SAME)] == ["Bear"]


def test_other_writing_over_a_printed_word_stays_writing() -> None:
    page = Page(number=1, width=612, height=792, words=(Word("Bear", Box(44, 90, 64, 100)),))
    assert [w.text for w in writing(page, (Word("Account", Box(44, 90, 94, 100)),), SAME)] == ["Bear"]


def test_notes_are_writing() -> None:
    page = Page(number=1, width=612, height=792, words=PRINTED[0], notes=words("hello", 10, 10))
    assert writing(page, PRINTED[0], SAME) == page.notes
    less = replace(page, words=PRINTED[0][1:])
    assert writing(less, PRINTED[0], SAME) == page.notes


def test_lines_are_read_from_the_top_and_from_their_own_side() -> None:
    two = (*words("second line", 10, 40), *words("first", 10, 20))
    assert text(two) == "first second line"
    assert text(two, comb=True) == "firstsecondline"
    hebrew = (Word("כהן", Box(10, 10, 25, 20)), Word("דוד", Box(30, 10, 45, 20)))
    assert text(hebrew) == "דוד כהן"
    assert lines(()) == []


def test_what_sticks_out_goes_on_or_lies_beside() -> None:
    box = Box(100, 100, 200, 120)
    inside = words("inside", 110, 105)
    assert within(box, (*inside, *words("out", 210, 105))) == inside
    assert sticks_out(box, words("overrunning", 180, 105))
    assert sticks_out(box, words("overrunning", 70, 105))
    assert not sticks_out(box, words("overrunning", 180, 130))
    assert sticks_out(box, words("two", 120, 105, high=40))
    assert not sticks_out(box, words("two", 220, 105, high=40))
    assert beside(box, words("more", 203, 105))
    assert not beside(box, words("more", 230, 105))
    assert not beside(box, words("more", 110, 140))
    assert goes_on(box, inside, words("more", 145, 105))
    assert goes_on(box, inside, words("more", 110, 117))
    assert not goes_on(box, inside, words("more", 110, 95))
    assert not goes_on(box, inside, words("more", 110, 135))
    assert not goes_on(box, inside, words("more", 300, 105))
    assert goes_on(box, (), words("more", 110, 105))
    assert not goes_on(box, (), words("more", 110, 135))
    flat = Word("x", Box(110, 105, 110, 105))
    assert not overlaid((*inside, flat, *words("apart", 150, 105)))


# ---------------------------------------------------------------- ink


def drawing(*boxes: Box) -> Picture:
    pixels = np.full((200, 200), 255, np.uint8)
    for left, top, right, bottom in boxes:
        pixels[round(top) : round(bottom), round(left) : round(right)] = 0
    return Picture(1, 72, pixels)


def test_ink_is_counted_inside_the_border() -> None:
    border = [Box(50, 50, 70, 51), Box(50, 69, 70, 70), Box(50, 50, 51, 70), Box(69, 50, 70, 70)]
    box = Box(50, 50, 70, 70)
    assert marks.ticked(drawing(*border), box) is Mark.NONE
    assert marks.ticked(drawing(*border, Box(55, 55, 65, 65)), box) is Mark.MADE
    assert marks.ticked(drawing(*border, Box(58, 58, 60, 60)), box) is Mark.FAINT


def test_printed_words_are_not_counted_as_ink() -> None:
    cross = Box(52, 52, 62, 62)
    box = Box(40, 40, 140, 70)
    assert marks.inked(drawing(cross), box) is Mark.MADE
    assert marks.inked(drawing(cross), box, [cross]) is Mark.NONE
    assert marks.inked(drawing(cross), box, [Box(0, 0, 10, 10)]) is Mark.MADE


def test_a_box_outside_the_picture_shows_nothing() -> None:
    assert marks.ticked(drawing(), Box(500, 500, 520, 520)) is Mark.NONE
    assert not marks.shows(drawing(), Word("off", Box(500, 500, 520, 520)))


def test_a_word_is_seen_only_when_its_letters_are() -> None:
    box = Box(50, 50, 90, 70)
    border, upper_edges, dash = Box(40, 61, 120, 62), Box(50, 50, 90, 56), Box(55, 60, 60, 61)
    assert marks.shows(drawing(Box(52, 57, 88, 66)), Word("noon", box))
    assert not marks.shows(drawing(border), Word("noon", box))
    assert not marks.shows(drawing(upper_edges), Word("noon", box))
    assert marks.shows(drawing(dash), Word("-", box))
    assert not marks.shows(drawing(), Word("-", box))


def test_every_page_of_the_form_has_its_landmarks() -> None:
    assert all(lie(FORM.printed[n], printed(n + 1), SIZE) == SAME for n in range(2))
