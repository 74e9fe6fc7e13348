from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processor.forms.check import check_form
from processor.model import WidgetKind
from tests.forms.blanks import line, page, widget

if TYPE_CHECKING:
    from processor.model import Page

HEAD = 'form = "ours"\ntitle = "Our card"\nversion = "1"\nkind = "course_certificate"\n'
NAMES = ("holder_name", "course", "issuer", "certificate_number", "issue_date")
WHOLE = HEAD + '[[pages]]\nwords = ["Our card"]\n[fields]\n' + "\n".join(f"{name} = {{}}" for name in NAMES)


def blank(*more: str, words: str = "Our card") -> Page:
    boxes = [widget(name, top=100 + 30 * i) for i, name in enumerate((*NAMES, *more))]
    return page(*boxes, widget("print", WidgetKind.BUTTON), widget("ghost", hidden=True), words=line(words, 100, 50))


def test_a_whole_form_lacks_nothing() -> None:
    assert check_form(WHOLE, [blank()]) == ()


@pytest.mark.parametrize(
    ("toml", "paper", "says"),
    [
        (WHOLE.replace("course = {}", ""), blank(), "Nothing yields the reading “course”"),
        (WHOLE, blank("room"), "No reading uses the box “room” on page 1"),
        (
            WHOLE,
            page(*blank().widgets, words=line("Our card", 110, 105)),
            "prints “Our card” inside the box “holder_name”",
        ),
        (
            WHOLE.replace("course = {}", "course = { widget = 'kurs' }"),
            blank(),
            "field course: the blank has no box “kurs”",
        ),
        (WHOLE.replace('words = ["Our card"]', ""), blank(), "Nothing tells page 1 when it comes printed"),
        (WHOLE + "\n[", blank(), "A form.toml is no TOML"),
    ],
)
def test_what_is_missing_is_said(toml: str, paper: Page, says: str) -> None:
    assert any(says in sentence for sentence in check_form(toml, [paper]))


def test_a_box_that_no_reading_needs_is_named_once_or_spared() -> None:
    twice = page(*blank().widgets, widget("room", top=400, label="Room"), widget("room", top=500), words=blank().words)
    assert check_form(WHOLE, [twice]) == (
        "No reading uses the box “room” (Room) on page 1. Use it, or name it under unread.",
    )
    assert check_form('unread = ["room"]\n' + WHOLE, [twice]) == ()


def test_a_code_tells_a_page_as_well_as_words() -> None:
    toml = "coded = true\n" + WHOLE.replace('[[pages]]\nwords = ["Our card"]\n', "")
    assert check_form(toml, [blank(words="ours/1/1")]) == ()


def test_faults_of_the_form_as_a_whole_stand_alone() -> None:
    said = check_form(WHOLE.replace('version = "1"', ""), [blank()])
    assert said == ('“version” is missing. Write version = "…" at the top.',)
