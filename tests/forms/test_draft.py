from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from processor.forms.check import check_form
from processor.forms.draft import draft_toml
from processor.forms.load import load_form
from processor.model import Box, Page, WidgetKind
from tests.forms.blanks import line, page, tick, widget


def lines(*pages: Page) -> list[str]:
    return [text for text in draft_toml("ours", pages).split("[fields]\n")[1].splitlines() if text]


def test_a_draft_has_a_line_a_box_and_says_what_stands_beside_it() -> None:
    blank = page(
        widget("Text1", label="Your firm"),
        tick("Check1", "On", top=150),
        tick("Lang", "E", top=200, kind=WidgetKind.RADIO),
        tick("Lang", "F", top=230, kind=WidgetKind.RADIO),
        widget("Sig", WidgetKind.SIGNATURE, top=250),
        widget("Pick", WidgetKind.CHOICE, top=300, options=("A", "B")),
        widget("Send", WidgetKind.BUTTON, top=350),
        widget("Cells", top=400, comb=7),
        words=(
            *line("Legal name", 28, 106),
            *line("Directory yes", 116, 152),
            *line("Postal code", 100, 388),
            *line("far away", 400, 106),
        ),
    )
    assert lines(blank) == [
        "# page 1",
        '# legal_name = { kind = "organisation", widget = "Text1" }   # text box; “Your firm”; “Legal name”',
        '# directory_consent = { kind = "tick", widget = "Check1" }   # tick box; “Directory yes”',
        '# reading = { kind = "choice", widget = "Lang", choices = { "E" = "?", "F" = "?" } }   # radio box',
        '# reading = { kind = "signature", widget = "Sig" }   # signature box',
        '# reading = { kind = "choice", widget = "Pick", choices = { "A" = "?", "B" = "?" } }   # choice box',
        '# postal_code = { kind = "postal_code", widget = "Cells" }   # text, 7 cells box; “Postal code”',
    ]


def test_words_may_stand_on_the_right_of_a_text_box() -> None:
    blank = page(widget("a"), words=(*line("City", 204, 106), *line("elsewhere", 500, 106)))
    assert lines(blank)[1] == '# city = { kind = "text", widget = "a" }   # text box; “City”'


def test_a_box_named_as_a_reading_is_in_force_at_once() -> None:
    blank = page(widget("city"), tick("legal_name", "On", top=200), widget("first_aid_hazard", top=300))
    text = draft_toml("ours", [blank])
    assert [field.name for field in load_form(text, [blank]).fields] == ["city"]
    assert '# legal_name = { kind = "tick"' in text
    assert '# first_aid_hazard = { kind = "text"' in text


def test_a_choice_keeps_the_values_that_are_known_words() -> None:
    blank = page(tick("letter_language", "en"), tick("letter_language", "x", top=200))
    blank = page(
        *(tick("letter_language", on, top=top, kind=WidgetKind.RADIO) for on, top in (("en", 100), ("x", 200)))
    )
    assert 'choices = { "en" = "en", "x" = "?" }' in draft_toml("ours", [blank])


def test_the_check_of_a_draft_says_what_is_missing() -> None:
    blank = page(widget("Text1"), words=line("Apply here now", 10, 10))
    said = check_form(draft_toml("ours", [blank]), [blank])
    assert any("“legal_name”" in sentence for sentence in said)
    assert any("No reading uses the box “Text1”" in sentence for sentence in said)
    assert "such as “Apply here now”" in draft_toml("ours", [blank])


@given(st.lists(st.text(min_size=1), max_size=4), st.text(max_size=30))
def test_whatever_a_stranger_names_his_boxes_the_draft_is_toml(names: list[str], label: str) -> None:
    boxes = [widget(name, label=label, box=Box(10, 10, 20, 20)) for name in names]
    text = draft_toml("ours", [page(*boxes, words=line(label, 30, 10))])
    assert tomllib.loads(text)["form"] == "ours"
    commented = text.replace("\n# reading = ", "\nreading = ", 1)
    tomllib.loads(commented)
