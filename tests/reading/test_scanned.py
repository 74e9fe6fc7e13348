"""Pages that came as pictures: which form they are, what their boxes show, and what is never made sure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import zxingcpp

from processor.decoding.decode import Guess
from processor.forms.form import FieldKind
from processor.imaging.source import Source
from processor.model import Box, FindLines, Kind, Means, Page, Recognise, State, Widget, WidgetKind, Word
from processor.reading.certainty import Cues
from processor.reading.texts import _beside
from tests.decoding.lattices import written
from tests.reading.cards.sheets import words
from tests.reading.made import codes
from tests.reading.scans import Desk, blank, cross, pen, sign, spot_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from processor.model import Document, Look, Sight

_PLACE = (FieldKind.POSTAL_CODE, FieldKind.PROVINCE)


def test_an_empty_scan_of_a_form_has_no_value_and_no_doubt() -> None:
    (found,) = Desk({1: blank(1), 2: blank(2)}).documents()
    assert (found.form, found.pages) == ("small", (1, 2))
    assert codes(found) == []
    assert found["legal_name"].state is State.BLANK
    assert found["email_consent"].value is False
    assert found["agreement_signed"].value is False
    assert found["workers"].value == ()


def test_what_is_written_ticked_and_signed_is_read_with_its_place() -> None:
    page = blank(1).copy()
    pen(page, spot_of("legal_name"), "Prairie Ltd.")
    cross(page, spot_of("email"))
    sign(page, spot_of("signed"))
    (found,) = Desk({1: page, 2: blank(2)}, quick=["Prairie Ltd."]).documents()
    name = found["legal_name"]
    assert (name.value, name.state, name.means, name.page) == ("Prairie Ltd.", State.SURE, Means.ZONE, 1)
    assert name.box is not None
    assert np.allclose(name.box, spot_of("legal_name"), atol=0.5)
    assert found["email_consent"].value is True
    assert found["agreement_signed"].value is True


def test_what_the_models_read_apart_is_asked_about() -> None:
    page = blank(1).copy()
    pen(page, spot_of("legal_name"), "Prairie Ltd.")
    desk = Desk({1: page, 2: blank(2)}, quick=[written("Prairie Ltd.", 0.6)], careful=["Prairle Ltd."])
    (found,) = desk.documents()
    assert found["legal_name"].state is State.UNSURE
    assert found["legal_name"].doubt == "unsure-reading"


def test_a_scan_turned_upside_down_is_read_and_its_boxes_are_where_they_are_on_the_scan() -> None:
    page = blank(1).copy()
    pen(page, spot_of("legal_name"), "Prairie Ltd.")
    turned = np.ascontiguousarray(np.rot90(page, 2))
    (found,) = Desk({1: turned, 2: blank(2)}, quick=["Prairie Ltd."]).documents()
    assert found["legal_name"].value == "Prairie Ltd."
    box, name = spot_of("legal_name"), found["legal_name"].box
    assert name is not None
    assert np.allclose(name, (612 - box.right, 792 - box.bottom, 612 - box.left, 792 - box.top), atol=1.0)


def test_a_page_that_does_not_lie_as_its_blank_is_never_read() -> None:
    page = blank(1).copy()
    page[: page.shape[0] * 3 // 4] = 255
    (found,) = Desk({1: page, 2: blank(2)}).documents()
    assert "not-aligned" in codes(found)
    assert found["legal_name"].state is State.MISSING


def test_without_a_code_the_page_is_known_by_what_it_looks_like() -> None:
    page = blank(1).copy()
    page[1900:2060, 180:520] = 255
    (found,) = Desk({1: page, 2: blank(2)}).documents()
    assert (found.form, found.pages) == ("small", (1, 2))


def test_two_codes_on_one_page_are_for_a_person() -> None:
    page = blank(1).copy()
    page[1900:2060, 700:1040] = blank(2)[1900:2060, 180:520]
    (found,) = Desk({1: page}).documents()
    assert codes(found) == ["several-forms"]


def test_dirt_in_a_box_is_asked_about_and_never_a_value() -> None:
    page = blank(1).copy()
    left, top, right, bottom = (round(v * 200 / 72) for v in spot_of("legal_name"))
    cv2.line(page, (left + 10, (top + bottom) // 2), (right - 10, (top + bottom) // 2), 40, 2)
    (found,) = Desk({1: page, 2: blank(2)}, quick=["-"], careful=["-"]).documents()
    assert not found["legal_name"].known


def test_nothing_is_joined_across_a_separator_sheet() -> None:
    (found,) = Desk({1: blank(1), 2: blank(2)}).documents()
    sheet = np.full_like(blank(1), 255)
    code = np.array(zxingcpp.create_barcode("separator/1", zxingcpp.BarcodeFormat.QRCode).to_image(scale=8))
    sheet[600 : 600 + len(code), 600 : 600 + code.shape[1]] = code
    front, back = Desk({1: blank(1), 2: sheet, 3: sheet, 4: blank(2)}).documents()
    assert (found.pages, front.pages, back.pages) == ((1, 2), (1, 2, 3), (4,))
    assert codes(front) == codes(back) == ["page-missing"]


def test_an_empty_box_on_a_fax_that_lost_its_pale_frame_is_not_sure_to_be_empty() -> None:
    page = np.where(blank(1) < 100, 0, 255).astype(np.uint8)
    (found,) = Desk({1: page, 2: blank(2)}).documents()
    assert found["email_consent"].doubt == "faint-mark"
    assert found["legal_name"].doubt == "unsure-reading"


def test_a_line_in_the_signature_box_is_for_a_person() -> None:
    page = blank(1).copy()
    left, top, right, bottom = (round(v * 200 / 72) for v in spot_of("signed"))
    cv2.line(page, (left + 20, (top + bottom) // 2), (right - 200, (top + bottom) // 2 + 4), 40, 3)
    (found,) = Desk({1: page, 2: blank(2)}).documents()
    assert found["agreement_signed"].doubt == "faint-mark"


@pytest.mark.parametrize(
    ("name", "known"), [("prairie Ltd.", False), ("Prairie of the North", True), ("prairie", True)]
)
def test_a_name_of_which_some_words_begin_small_is_asked_about(name: str, known: bool) -> None:  # noqa: FBT001
    page = blank(1).copy()
    pen(page, spot_of("legal_name"), name)
    (found,) = Desk({1: page, 2: blank(2)}, quick=[name], careful=[name]).documents()
    assert found["legal_name"].raw == name
    assert found["legal_name"].known is known


def test_a_typed_name_signs_as_surely_as_it_is_read() -> None:
    page = blank(1).copy()
    left, _, _, bottom = (round(v * 200 / 72) for v in spot_of("signed"))
    cv2.putText(page, "Ann Bear", (left + 20, bottom - 14), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 20, 2)
    for careful, value in ((written("Ann Bear"), True), (written("Ann Bear", 0.6), None), (written("Refuscd"), None)):
        desk = Desk({1: page, 2: blank(2)}, quick=[careful], careful=[careful])
        (found,) = desk.documents()
        signed = found["agreement_signed"]
        assert (signed.value if signed.known else None) is value, (signed, value)


def test_a_note_outside_the_boxes_is_told_with_its_words_or_without_and_a_header_is_not() -> None:
    for sure, says in ((1.0, "“closed in May” is written outside"), (0.3, "“something” is written outside")):
        page = blank(1).copy()
        pen(page, Box(330, 560, 480, 590), "closed in May")
        pen(page, Box(330, 2, 560, 22), "FROM 204 555 0142")
        desk = Desk(
            {1: page, 2: blank(2)}, quick=[written("closed in May", sure)], careful=[written("closed in May", sure)]
        )
        (found,) = desk.documents()
        (stray,) = [one for one in found.findings if one.code == "stray-writing"]
        assert stray.says.startswith(says)
        assert stray.box is not None
        assert abs(stray.box.left - 334) < 4


def test_a_postal_code_of_the_province_beside_it_bears_both_out() -> None:
    code, other = (Cues(kind=kind, source=Source.GREY_FINE, share=1.0, unforced=1.0) for kind in _PLACE)
    for texts, agrees in ((("R3B 2E4", "MB"), True), (("R3B 2E4", "SK"), False), (("R3", "MB"), None)):
        told = _beside([code, other], [[Guess(text, 1.0)] for text in texts])
        assert [cues.agrees for cues in told] == [agrees, agrees]
    assert _beside([code], [[Guess("R3B 2E4", 1.0)]]) == [code]


def test_a_name_that_stands_on_the_page_twice_bears_itself_out_and_nearly_the_same_one_does_not() -> None:
    other, kind = FieldKind.ORGANISATION, FieldKind.PERSON
    for first, second, agrees in (
        ((kind, "Ann Bear"), (kind, "ann bear"), (True, True)),
        ((kind, "Ann Bear"), (kind, "Ann Beer"), (False, False)),
        ((kind, "Ann Bear"), (other, "Ann Bear"), (None, None)),
        ((kind, "Ann Bear"), (kind, "Luc Roy-Martin"), (None, None)),
        ((kind, "Li"), (kind, "Li"), (None, None)),
        ((other, "Prairie Roofing"), (other, "Prairie Roofing Ltd."), (True, None)),
    ):
        texts = (first, second)
        cues = [
            Cues(kind=k, source=Source.GREY_FINE, share=1.0, unforced=1.0, letters=len(text) - text.count(" "))
            for k, text in texts
        ]
        told = _beside(cues, [[Guess(text, 1.0)] for _, text in texts])
        assert tuple(one.agrees for one in told) == agrees


def test_a_page_that_is_too_dark_is_told_to_the_sender() -> None:
    dark = (blank(1) // 8 + 10).astype(np.uint8)
    (found,) = Desk({1: dark, 2: blank(2)}).documents()
    (poor,) = [f for f in found.findings if f.code == "poor-page"]
    assert poor.says == "Page 1 is too dark all over."
    assert poor.page == 1


# ---------------------------------------------------------------- pages of no form


CARD = (
    "Certificate of Completion",
    "This certifies that",
    "Ann Bear",
    "has successfully completed",
    "Standard First Aid with CPR C",
    "Issued 2026-03-04",
    "St. John Ambulance",
)


def card(texts: tuple[str, ...] = CARD) -> np.ndarray:
    page = np.full((1000, 1600), 255, np.uint8)
    for n, text in enumerate(texts):
        cv2.putText(page, text, (100, 120 + 90 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 30, 3, cv2.LINE_AA)
    return page


LINES = [(36.0, 20.0 + 32.4 * n, 36.0 + 13.0 * len(text), 46.0 + 32.4 * n) for n, text in enumerate(CARD)]


def test_a_picture_of_a_certificate_is_read_as_one() -> None:
    desk = Desk({1: card()}, quick=CARD, careful=CARD, lines=LINES)
    (found,) = desk.documents()
    assert found.kind is Kind.FIRST_AID
    assert (found["holder_name"].value, found["holder_name"].state) == ("Ann Bear", State.SURE)
    assert found["holder_name"].means is Means.CARD
    assert [type(q) for q in desk.asked if isinstance(q, FindLines | Recognise)] == [FindLines, Recognise, Recognise]


def test_a_word_that_only_one_model_reads_is_asked_about() -> None:
    other = tuple(text.replace("Bear", "Beer") for text in CARD)
    (found,) = Desk({1: card()}, quick=other, careful=CARD, lines=LINES).documents()
    assert found["holder_name"].state is State.UNSURE
    assert "unsure-reading" in codes(found)


def test_a_name_beside_a_doubtful_word_and_one_spelt_otherwise_elsewhere_are_asked_about() -> None:
    for line, other in (("Ann Bear Xu", "Ann Bear Zq"), ("Ann Bear", "Ann Bear")):
        texts = [*CARD[:2], line, *CARD[3:], *(["Signed for Ann Beer"] if line == other else [])]
        quick = [*CARD[:2], other, *texts[3:]]
        lines = [(36.0, 20.0 + 32.4 * n, 36.0 + 13.0 * len(t), 46.0 + 32.4 * n) for n, t in enumerate(texts)]
        (found,) = Desk({1: card()}, quick=quick, careful=texts, lines=lines).documents()
        assert not found["holder_name"].known


def test_a_date_with_a_doubtful_word_close_behind_it_is_asked_about() -> None:
    lines = [*LINES[:5], (36.0, 182.0, 36.0 + 13.0 * 20, 208.0), LINES[6]]
    doubtful: list[str | NDArray[np.float32]] = [*CARD[:5], written("Issued 2026-03-04 Qz", 0.7), CARD[6]]
    quick = [*CARD[:5], "Issued 2026-03-04 iii", CARD[6]]
    (found,) = Desk({1: card()}, quick=quick, careful=doubtful, lines=lines).documents()
    assert not found["issue_date"].known


RECORD = (("Name", "Course", "Date completed", "Certificate no."),
          ("Ada Stone", "SCOT", "2024-03-05", "C-101"),
          ("Bo Hill", "Standard First Aid with CPR Level C", "2024-04-06", "C-102"))  # fmt: skip
COLUMNS = (40.0, 200.0, 460.0, 580.0)


def recorded(rows: Sequence[Sequence[str]], quick: Sequence[Sequence[str]]) -> tuple[Document, ...]:
    """A scanned training record, read; `quick` is what the first model makes of its rows."""
    over = ("Saskatchewan Construction Safety Association", "Training record")
    lines = [(40.0, 40.0 + 24 * n, 40.0 + 5.0 * len(text), 51.0 + 24 * n) for n, text in enumerate(over)]
    for n, row in enumerate(rows):
        lines += [(left, 98.0 + 24 * n, left + 5.0 * len(text), 108.0 + 24 * n)
                  for left, text in zip(COLUMNS, row, strict=True)]  # fmt: skip
    page = np.full((1700, 2200), 255, np.uint8)
    cv2.putText(page, "Training record", (110, 200), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 30, 3, cv2.LINE_AA)
    texts, others = ([*over, *(cell for row in each for cell in row)] for each in (rows, quick))
    return Desk({1: page}, quick=others, careful=texts, lines=lines).documents(vocabulary=words())


def test_a_scanned_training_record_is_no_surer_than_its_words() -> None:
    first, second = recorded(RECORD, RECORD)
    assert [(one["holder_name"].value, one["holder_name"].known) for one in (first, second)] == [
        ("Ada Stone", True),
        ("Bo Hill", True),
    ]
    doubtful = [RECORD[0], ("Ada Stone", "SCOT", "2024-03-08", "C-101"), RECORD[2]]
    first, second = recorded(RECORD, doubtful)
    assert first["issue_date"].state is State.UNSURE
    assert "unsure-reading" in codes(first)
    assert second["issue_date"].known


@dataclass
class Halting(Desk):
    """Reads what is dark; what is pale it reads so, whichever way it lies."""

    pale: Sequence[NDArray[np.float32]] = ()
    dark: bool = True

    def answer(self, question: Look) -> Sight:
        if isinstance(question, FindLines):
            self.dark = question.pixels.min() < 100
        if isinstance(question, Recognise) and not self.dark:
            return tuple(self.pale[: len(question.lines)])
        return super().answer(question)


class OneWay(Desk):
    """Reads what stands above on the left, as the certificate does; the same mirrored does not read."""

    left = True

    def answer(self, question: Look) -> Sight:
        if isinstance(question, FindLines):
            seen = question.pixels
            down, across = (n // 2 for n in seen.shape)
            self.left = seen[:, :across].mean() < seen[:, across:].mean() and seen[:down].mean() < seen[down:].mean()
        if isinstance(question, Recognise) and not self.left:
            return tuple(written("Xqzv", 0.3) for _ in question.lines)
        return super().answer(question)


def test_a_pale_page_is_a_paper_where_it_reads_and_an_empty_back_where_it_reads_mirrored() -> None:
    pale = (255 - (255 - card()) // 6).astype(np.uint8)
    assert int(pale.min()) > 200
    (found,) = OneWay({1: pale}, quick=CARD, careful=CARD, lines=LINES).documents()
    assert found["holder_name"].value == "Ann Bear"
    back = np.ascontiguousarray(pale[:, ::-1])
    (front,) = OneWay({1: card(), 2: back}, quick=CARD, careful=CARD, lines=LINES).documents()
    assert front.pages == (1, 2)
    doubtful = [written(text, 0.6) for text in CARD]
    front, unread = Halting({1: card(), 2: pale}, quick=CARD, careful=CARD, lines=LINES, pale=doubtful).documents()
    assert (front.pages, unread.pages, codes(unread)) == ((1,), (2,), ["no-text", "poor-page"])
    few = (255 - (255 - card(("Qxz",))) // 6).astype(np.uint8)
    (front,) = Halting({1: card(), 2: few}, quick=CARD, careful=CARD, lines=LINES, pale=doubtful).documents()
    assert front.pages == (1, 2)


def test_a_page_that_came_out_black_is_for_a_person() -> None:
    black = np.full((1000, 1600), 20, np.uint8)
    front, back = Desk({1: card(), 2: black}, quick=CARD, careful=CARD, lines=LINES).documents()
    assert (front.pages, back.pages) == ((1,), (2,))
    assert codes(back) == ["no-text", "poor-page"]


def layered(texts: Sequence[str]) -> Page:
    """The certificate's page with a text that the file has under its picture."""
    under = [Word(word, Box(left + 13 * at, top, left + 13 * (at + len(word)), bottom))
             for text, (left, top, _, bottom) in zip(texts, LINES, strict=True)
             for at, word in ((m.start(), m.group()) for m in re.finditer(r"\S+", text))]  # fmt: skip
    return Page(number=1, width=576.0, height=360.0, pictured=True, words=tuple(under))


def test_what_is_drawn_decides_and_the_text_under_a_picture_can_only_bear_it_out() -> None:
    other = tuple(text.replace("Bear", "Wolf") for text in CARD)
    doubtful = tuple(text.replace("Bear", "Beer") for text in CARD)
    for under, quick, known in ((other, CARD, True), (other, doubtful, False), (CARD, doubtful, True)):
        desk = Desk({1: card()}, quick=quick, careful=CARD, lines=LINES)
        (found,) = desk.documents(pages=[layered(under)])
        assert (found["holder_name"].raw, found["holder_name"].known) == ("Ann Bear", known)


def test_a_box_that_was_added_to_a_picture_makes_the_text_under_it_no_surer() -> None:
    page = layered(tuple(text.replace("Bear", "Wolf") for text in CARD))
    widget = Widget(name="stamp", page=1, box=Box(10.0, 10.0, 40.0, 20.0), kind=WidgetKind.TEXT)
    (found,) = Desk({1: card()}, quick=CARD, careful=CARD, lines=LINES).documents(
        pages=[replace(page, widgets=(widget,))]
    )
    assert found.kind is Kind.FIRST_AID
    assert (found["holder_name"].raw, found["holder_name"].known) == ("Ann Wolf", False)
    assert not any(reading.known and reading.raw for reading in found.readings)


def test_a_page_full_of_letters_is_no_certificate_and_is_read_but_once() -> None:
    texts = ["word and more of them all"] * 200
    lines = [(36.0, 20.0 + n, 500.0, 30.0 + n) for n in range(200)]
    desk = Desk({1: card()}, quick=texts, careful=texts, lines=lines)
    desk.documents()
    assert not any(q.careful for q in desk.asked if isinstance(q, Recognise))


def test_a_picture_without_any_word_is_for_a_person_and_an_empty_one_is_a_back() -> None:
    (found,) = Desk({1: card()}).documents()
    assert codes(found) == ["no-text"]
    desk = Desk({1: card(), 2: np.full((1000, 1600), 255, np.uint8)}, quick=CARD, careful=CARD, lines=LINES)
    (found,) = desk.documents()
    assert found.pages == (1, 2)
