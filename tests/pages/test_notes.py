"""What somebody wrote with a typewriter tool is read as writing, where it stands."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from processor.model import Box
from tests.pages.papers import field, paper, read, shows


def _note(pdf: pikepdf.Pdf, text: str, shown: str | None = None, **keys: Any) -> None:  # noqa: ANN401 - whatever a PDF may hold
    if shown is not None:
        keys["AP"] = Dictionary(N=shows(pdf, shown, (100, 600, 300, 620)))
    node = field(
        pdf, Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([100, 600, 300, 620]), Contents=String(text), **keys
    )
    pdf.pages[0].obj.Annots.append(node)


def test_a_note_stands_where_it_is_drawn() -> None:
    pdf = paper()
    _note(pdf, "Prairie Roofing", "Prairie Roofing")
    one, two = read(pdf).pages[0].notes
    assert (one.text, two.text) == ("Prairie", "Roofing")
    assert 100 <= one.box.left < one.box.right < two.box.left < two.box.right < 180
    assert 172 <= one.box.top < one.box.bottom <= 192


def test_a_note_that_is_drawn_otherwise_is_read_from_what_is_stored() -> None:
    pdf = paper()
    _note(pdf, "two\nlines here", "something else")
    notes = read(pdf).pages[0].notes
    assert [(n.text, n.box.top, n.box.bottom) for n in notes] == [
        ("two", 172, 182),
        ("lines", 172 + 10, 192),
        ("here", 182, 192),
    ]
    assert notes[1].box.right < notes[2].box.left < notes[2].box.right < 300


def test_a_note_without_any_drawing_is_spread_over_its_box() -> None:
    pdf = paper()
    _note(pdf, "x")
    (note,) = read(pdf).pages[0].notes
    assert (note.text, note.box.left, note.box.height) == ("x", 100, 20)


def test_a_note_that_stores_nothing_is_read_from_its_drawing() -> None:
    pdf = paper()
    _note(pdf, "", "only drawn")
    assert [n.text for n in read(pdf).pages[0].notes] == ["only", "drawn"]


def test_an_empty_or_hidden_note_says_nothing() -> None:
    pdf = paper()
    _note(pdf, "")
    _note(pdf, "hidden", F=2)
    _note(pdf, "\u200b")
    assert read(pdf).pages[0].notes == ()


def test_a_note_is_neither_a_word_of_the_page_nor_a_widget() -> None:
    pdf = paper()
    _note(pdf, "note", "note")
    (page,) = read(pdf).pages
    assert (page.words, page.widgets) == ((), ())
    assert isinstance(page.notes[0].box, Box)
