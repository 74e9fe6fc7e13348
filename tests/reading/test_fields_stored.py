"""Fillable pages: every source of a value counts, and what disagrees is never sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from processor.forms.form import FieldKind
from processor.model import Box, Means, Page, Source, State, Widget, WidgetKind
from processor.reading.stored import covering, typed
from tests.reading.made import FIELDS, PRINTED, Ink, codes, document, filled, widget, words

BY_NAME = {field.name: field for field in FIELDS}
LEGAL = BY_NAME["legal_name"]


def sourced(**sources: str) -> Widget:
    """The widget of the legal name with these sources."""
    made = widget(LEGAL, LEGAL.spots[0])
    return replace(made, sources=tuple(Source(where.replace("_", " "), value) for where, value in sources.items()))


def with_widget(changed: Widget, *others: Widget) -> tuple[Widget, ...]:
    """Page 1's widgets, one replaced and others added."""
    return (*(changed if w.name == changed.name else w for w in filled(1).widgets), *others)


def page_with(changed: Widget, *others: Widget) -> Page:
    return replace(filled(1), widgets=with_widget(changed, *others))


def test_a_filled_form_reads_as_it_was_typed() -> None:
    read = document(
        filled(1, legal_name="Prairie Roofing Ltd.", account="718 2904", province="Manitoba", premium="$1,234.50",
               hazard="1", email="Yes", signed="A. Bear"),
        filled(2, date="2026-11-24", language="fr", work="Roofs\nand eaves", w1="Ann Bear", o1="Yes", s1="3"),
    )  # fmt: skip
    values = {r.name: r.value for r in read.readings if not isinstance(r.value, tuple)}
    assert values == {
        "legal_name": "Prairie Roofing Ltd.", "wcb_account": "7182904", "province": "MB",
        "annual_wcb_premium": Decimal("1234.50"), "agreement_signed": True, "first_aid_hazard": "other",
        "email_consent": True, "signature_date": date(2026, 11, 24), "letter_language": "fr",
        "nature_of_work": "Roofs and eaves", "instrument_version": "1.0",
    }  # fmt: skip
    assert {r.state for r in read.readings} == {State.SURE}
    assert read["workers[1].name"].value == "Ann Bear"
    assert read["workers[1].owner_or_senior"].value is True
    assert read["sections[1].number"].value == 1
    assert read["sections[1].awarded"].value == 3
    assert read["legal_name"].means is Means.WIDGET
    assert read["legal_name"].confidence == 1
    assert read["legal_name"].box == LEGAL.spots[0].box
    assert codes(read) == []


def test_rows_that_nobody_began_are_left_off_and_rows_between_stay() -> None:
    read = document(filled(1), filled(2, w2="Bo Friesen"))
    assert [row["name"].value for row in read.rows("workers")] == [None, "Bo Friesen"]
    assert read["workers[1].name"].state is State.BLANK
    assert len(read.rows("sections")) == 2


def test_an_empty_roster_is_blank() -> None:
    read = document(filled(1), filled(2))
    assert read["workers"].state is State.BLANK
    assert read.rows("workers") == ()


def test_an_empty_box_is_blank_and_an_empty_tick_is_no() -> None:
    read = document(filled(1), filled(2))
    assert read["legal_name"].state is State.BLANK
    assert read["email_consent"].value is False
    assert read["email_consent"].state is State.SURE
    assert read["first_aid_hazard"].state is State.BLANK
    assert read["agreement_signed"].state is State.BLANK
    assert read["agreement_signed"].value is False


@pytest.mark.parametrize(
    ("sources", "raw", "doubt"),
    [
        ({"V": "Bear Ltd.", "drawn": "Bear  Ltd."}, "Bear Ltd.", ""),
        ({"V": "Bear Ltd."}, "Bear Ltd.", ""),
        ({"V": "Bear Ltd.", "drawn": ""}, "Bear Ltd.", "stored-differs"),
        ({"V": "", "drawn": "Bear Ltd."}, "Bear Ltd.", "stored-differs"),
        ({"drawn": "Bear Ltd."}, "Bear Ltd.", "stored-differs"),
        ({"V": "Bear Ltd.", "drawn": "Wolf Ltd."}, "Bear Ltd.", "stored-differs"),
        ({"V": "Łoś Ltd.", "drawn": "?o? Ltd."}, "Łoś Ltd.", ""),
        ({"V": "Łoś Ltd.", "drawn": "o Ltd."}, "Łoś Ltd.", ""),
        ({"V": "Łoś Ltd.", "drawn": "?o? Inc."}, "Łoś Ltd.", "stored-differs"),
        ({"V": "Łoś Ltd.", "drawn": "Kos Ltd."}, "Łoś Ltd.", "stored-differs"),
        ({"V": "Łłł", "drawn": "???"}, "Łłł", "stored-differs"),
        ({"V": "Bear Ltd.", "rich_text": "Wolf Ltd."}, "Bear Ltd.", "stored-differs"),
        ({"V": "Bear Ltd.", "rich_text": ""}, "Bear Ltd.", ""),
        ({"V": "Bear Ltd.", "drawn": "Bear Ltd.", "XFA": "Wolf Ltd."}, "Bear Ltd.", "stored-differs"),
        ({"V": "Bear Ltd.", "drawn": "Bear Ltd.", "XFA": ""}, "Bear Ltd.", ""),
        ({"V": "Bear Ltd.", "XFA": ""}, "Bear Ltd.", "stored-differs"),
        ({"XFA": "Bear Ltd."}, "Bear Ltd.", ""),
        ({"V": "", "XFA": "Bear Ltd."}, "Bear Ltd.", "stored-differs"),
        ({}, "", ""),
        ({"V": "", "drawn": ""}, "", ""),
    ],
)
def test_all_sources_of_a_text_are_compared(sources: dict[str, str], raw: str, doubt: str) -> None:
    said = typed(sourced(**sources), FieldKind.ORGANISATION)
    assert (said.raw, said.doubt) == (raw, doubt)


def test_two_ways_of_writing_one_amount_agree() -> None:
    said = typed(sourced(V="1234.5", drawn="x"), FieldKind.MONEY)
    assert said.doubt == "stored-differs"
    assert typed(sourced(V="1234.50", drawn="$1,234.50"), FieldKind.MONEY).doubt == ""


def test_a_value_that_is_not_what_the_page_shows_is_unsure_and_said_so() -> None:
    read = document(page_with(sourced(V="Bear Ltd.", drawn="Wolf Ltd.")), filled(2))
    assert read["legal_name"].state is State.UNSURE
    assert read["legal_name"].doubt == "stored-differs"
    assert read["legal_name"].confidence < 1
    (found,) = read.findings
    assert found.says == "Legal name: stored “Bear Ltd.”, drawn “Wolf Ltd.”."
    assert (found.page, found.box, found.reading) == (1, LEGAL.spots[0].box, "legal_name")


def test_a_value_that_does_not_parse_keeps_what_was_written() -> None:
    read = document(filled(1, province="Montana"), filled(2, w3="12345"))
    assert read["province"].value is None
    assert read["province"].raw == "Montana"
    assert read["province"].doubt == "unclear-value"
    assert read["workers[3].name"].doubt == "unclear-value"
    assert [f.reading for f in read.findings] == ["province", "workers[3].name"]
    assert read.findings[0].says == "Province: “Montana” is not a province or territory of Canada."


def test_an_ambiguous_date_names_both_days() -> None:
    read = document(filled(1), filled(2, date="03/04/2026"))
    assert read["signature_date"].value is None
    assert read["signature_date"].state is State.UNSURE
    assert read.findings[0].says.endswith("It may be 3 April 2026 or 4 March 2026.")


def test_two_fields_of_one_name_with_different_values_are_unsure() -> None:
    read = document(page_with(sourced(V="Bear Ltd.")), filled(2))
    assert read["legal_name"].known
    twin = replace(sourced(V="Wolf Ltd."), box=Box(44, 600, 300, 620))
    read = document(page_with(sourced(V="Bear Ltd."), twin), filled(2))
    assert read["legal_name"].doubt == "field-twice"
    assert codes(read) == ["field-twice"]


def test_a_twin_with_the_same_value_changes_nothing() -> None:
    twin = replace(sourced(V="Bear Ltd."), box=Box(44, 600, 300, 620))
    assert document(page_with(sourced(V="Bear Ltd."), twin), filled(2))["legal_name"].known


def test_a_twin_on_another_page_is_compared_too() -> None:
    second = filled(2)
    twin = replace(sourced(V="Wolf Ltd."), page=2, box=Box(44, 600, 300, 620))
    read = document(page_with(sourced(V="Bear Ltd.")), replace(second, widgets=(*second.widgets, twin)))
    assert read["legal_name"].doubt == "field-twice"
    read = document(page_with(sourced()), replace(second, widgets=(*second.widgets, twin)))
    assert (read["legal_name"].raw, read["legal_name"].doubt) == ("Wolf Ltd.", "field-twice")


def test_a_hidden_field_that_says_otherwise_makes_the_reading_unsure() -> None:
    hidden = replace(sourced(V="Wolf Ltd."), hidden=True)
    read = document(page_with(sourced(V="Bear Ltd."), hidden), filled(2))
    assert read["legal_name"].doubt == "field-twice"
    empty = replace(sourced(V=""), hidden=True)
    assert document(page_with(sourced(V="Bear Ltd."), empty), filled(2))["legal_name"].known


def test_a_value_that_only_a_hidden_field_keeps_is_no_value_a_person_saw() -> None:
    hidden = replace(sourced(V="Wolf Ltd."), hidden=True)
    read = document(page_with(hidden), filled(2))
    assert read["legal_name"].doubt == "stored-differs"
    assert read["legal_name"].raw == "Wolf Ltd."
    empty = replace(sourced(V=""), hidden=True)
    assert document(page_with(empty), filled(2))["legal_name"].state is State.BLANK


def test_a_renamed_widget_is_found_by_its_place() -> None:
    moved = replace(sourced(V="Bear Ltd."), name="Text1", box=Box(46, 103, 302, 123))
    others = tuple(w for w in filled(1).widgets if w.name != "legal_name")
    read = document(replace(filled(1), widgets=(*others, moved)), filled(2))
    assert read["legal_name"].value == "Bear Ltd."


def test_a_widget_elsewhere_is_not_taken_for_one_that_is_missing() -> None:
    place = LEGAL.spots[0].box
    far = replace(sourced(V="Bear Ltd."), name="Text1", box=Box(200, 103, 460, 123))
    apart = replace(far, box=Box(400, 303, 460, 323))
    assert covering(place, [far], frozenset()) == ()
    assert covering(place, [apart], frozenset()) == ()
    assert covering(place, [replace(far, box=place)], frozenset({"Text1"})) == ()


def test_a_typewriter_note_over_a_blank_field_is_its_value() -> None:
    read = document(replace(filled(1), notes=words("Bear Ltd.", 50, 106)), filled(2))
    assert read["legal_name"].value == "Bear Ltd."
    assert read["legal_name"].means is Means.TEXT
    assert read["legal_name"].confidence < 1


def test_a_note_that_says_other_than_the_field_is_a_doubt() -> None:
    note = words("Wolf Ltd.", 50, 106)
    assert (
        document(replace(filled(1, legal_name="Bear Ltd."), notes=note), filled(2))["legal_name"].doubt == "field-twice"
    )
    assert document(replace(filled(1, legal_name="Wolf Ltd."), notes=note), filled(2))["legal_name"].known


def test_a_page_that_does_not_lie_as_the_blank_still_has_its_widgets_and_notes() -> None:
    page = replace(filled(1, province="SK"), words=(*PRINTED[0][-1:], *words("other words", 10, 10)),
                   notes=words("Bear Ltd.", 50, 106))  # fmt: skip
    read = document(page, filled(2))
    assert read["province"].value == "SK"
    assert read["legal_name"].value == "Bear Ltd."
    assert codes(read) == []


# ---------------------------------------------------------------- ticks and choices


def tick(*, v: str | None, shown: str | None, **more: object) -> Widget:
    field = BY_NAME["email_consent"]
    made = widget(field, field.spots[0], None, **more)
    pairs = (("V", v), ("AS", shown))
    return replace(made, sources=tuple(Source(where, value) for where, value in pairs if value is not None))


@pytest.mark.parametrize(
    ("v", "shown", "value", "doubt"),
    [
        ("Yes", "Yes", True, ""),
        ("Off", "Off", False, ""),
        (None, "Yes", True, ""),
        ("Yes", None, True, ""),
        ("True", None, True, ""),
        (None, None, False, ""),
        ("", "Off", False, ""),
        ("Yes", "Off", None, "stored-differs"),
        ("Off", "Yes", True, "stored-differs"),
    ],
)
def test_a_tick_is_what_is_stored_and_shown(v: str | None, shown: str | None, value: object, doubt: str) -> None:
    read = document(page_with(tick(v=v, shown=shown)), filled(2))
    assert (read["email_consent"].value, read["email_consent"].doubt) == (value, doubt)


def test_two_ticks_of_one_name_that_differ_are_unsure() -> None:
    read = document(
        page_with(tick(v="Yes", shown="Yes"), tick(v="Off", shown="Off", box=Box(500, 600, 512, 612))), filled(2)
    )
    assert read["email_consent"].doubt == "field-twice"


def test_a_tick_elsewhere_of_the_same_name_is_compared() -> None:
    second = filled(2)
    twin = tick(v="Yes", shown="Yes", page=2, box=Box(500, 600, 512, 612))
    read = document(filled(1), replace(second, widgets=(*second.widgets, twin)))
    assert read["email_consent"].doubt == "field-twice"


def test_a_cross_typed_over_an_empty_tick_ticks_it() -> None:
    read = document(replace(filled(1), notes=words("X", 403, 183)), filled(2))
    assert read["email_consent"].value is True
    read = document(replace(filled(1), notes=words("no", 401, 183)), filled(2))
    assert read["email_consent"].doubt == "faint-mark"


def test_a_radio_group_that_stores_what_no_button_shows_is_unsure() -> None:
    page = filled(1, hazard="1")
    broken = tuple(
        replace(w, sources=(w.sources[0], Source("AS", "Off"))) if w.name == "hazard" else w for w in page.widgets
    )
    read = document(replace(page, widgets=broken), filled(2))
    assert read["first_aid_hazard"].doubt == "stored-differs"
    assert read["first_aid_hazard"].value is None


def test_single_ticks_may_make_a_choice_and_two_of_them_ask() -> None:
    page = filled(1)
    on = tuple(
        replace(w, kind=WidgetKind.TICK, sources=(Source("AS", w.on),)) if w.name == "hazard" else w
        for w in page.widgets
    )
    read = document(replace(page, widgets=on), filled(2))
    assert read["first_aid_hazard"].doubt == "two-ticks"
    assert read["first_aid_hazard"].value is None
    assert read["first_aid_hazard"].raw == "low, other"


def test_a_tick_that_stores_a_siblings_value_is_off() -> None:
    page = filled(1)
    group = tuple(
        replace(w, kind=WidgetKind.TICK, sources=(Source("V", "1"),)) if w.name == "hazard" else w for w in page.widgets
    )
    assert document(replace(page, widgets=group), filled(2))["first_aid_hazard"].value == "other"


def test_a_lone_button_under_another_value_still_answers_for_its_box() -> None:
    other = tick(v="MB9", shown="MB9", on="MB9")
    assert document(page_with(other), filled(2))["email_consent"].value is True


def test_a_list_says_what_was_chosen_in_it() -> None:
    assert document(filled(1), filled(2, language="fr"))["letter_language"].value == "fr"


# ---------------------------------------------------------------- signatures


def test_a_digital_signature_signs() -> None:
    signed = BY_NAME["agreement_signed"]
    read = document(page_with(widget(signed, signed.spots[0], signed=True)), filled(2))
    assert read["agreement_signed"].value is True
    assert read["agreement_signed"].state is State.SURE


def test_a_signature_that_was_drawn_over_the_field_is_seen_by_its_ink() -> None:
    read = document(filled(1), filled(2), ink=Ink(Box(60, 190, 120, 200), page=1))
    assert read["agreement_signed"].value is True
    assert read["agreement_signed"].means is Means.ZONE


def test_a_speck_where_the_signature_goes_is_asked_about() -> None:
    read = document(filled(1), filled(2), ink=Ink(Box(60, 190, 63, 193), page=1))
    assert read["agreement_signed"].doubt == "faint-mark"
    assert read["agreement_signed"].state is State.UNSURE


def test_a_page_is_drawn_only_when_ink_must_be_judged() -> None:
    ink = Ink()
    document(filled(1, signed="A. Bear"), filled(2), ink=ink)
    assert ink.asked == []
    document(filled(1), filled(2), ink=ink)
    assert [(q.page, q.dpi) for q in ink.asked] == [(1, 144)]
