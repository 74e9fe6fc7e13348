from __future__ import annotations

import re

import pytest

from processor.errors import SetupBroken
from processor.forms.form import FieldKind
from processor.forms.load import load_form
from processor.forms.sections import load_sections
from processor.model import Kind, WidgetKind
from tests.forms.blanks import line, page, tick, widget

HEAD = 'form = "ours"\ntitle = "Our form"\nversion = "1"\nkind = "registration"\n'
AUDIT = HEAD.replace("registration", "audit")
SECTIONS = """
version = "7"
[[sections]]
name = "Rules"
items = [{ text = "Rules are written.", points = 3 }, { text = "Rules are kept.", points = 2 }]
[[sections]]
name = "Tools"
items = [{ text = "Tools are whole.", points = 4 }]
"""


def test_a_form_knows_what_it_is_and_where_each_reading_stands() -> None:
    blank = page(widget("Company", comb=12, multiline=True), words=line("Our own form", 100, 50))
    text = HEAD + 'program = "p"\n[[pages]]\nwords = ["our  OWN"]\n[fields]\n'
    form = load_form(text + 'legal_name = { widget = "Company", required = true }', [blank])
    assert (form.name, form.title, form.version, form.kind, form.program) == (
        "ours", "Our form", "1", Kind.REGISTRATION, "p",
    )  # fmt: skip
    assert form.pages == ((612, 792),)
    assert form.words == (("our  OWN",),)
    assert form.printed == (blank.words,)
    assert form.codes == ()
    (field,) = form.fields
    assert (field.name, field.kind, field.required) == ("legal_name", FieldKind.ORGANISATION, True)
    (spot,) = field.spots
    assert (spot.widget, spot.page, spot.box, spot.comb, spot.multiline, spot.value) == (
        "Company", 1, blank.widgets[0].box, 12, True, "",
    )  # fmt: skip


def test_the_kind_of_a_field_may_be_said() -> None:
    form = load_form(HEAD + '[fields]\ncity = { kind = "organisation" }', [page(widget("city"))])
    assert form.fields[0].kind is FieldKind.ORGANISATION


def test_a_tick_knows_what_its_box_stores() -> None:
    form = load_form(HEAD + "[fields]\nemail_consent = {}", [page(tick("email_consent", "On"))])
    assert form.fields[0].spots[0].value == "On"


def test_a_choice_is_one_group_of_buttons_or_a_list_or_single_ticks() -> None:
    buttons = page(tick("l", "1", kind=WidgetKind.RADIO), tick("l", "2", top=200, kind=WidgetKind.RADIO))
    listed = page(widget("l", WidgetKind.CHOICE, options=("1", "2")))
    ticks = page(tick("a", "Yes"), tick("b", "Yes", top=200))
    choices = '[fields]\nletter_language = { widget = "l", choices = { 1 = "en", 2 = "fr" } }'
    boxes = '[fields]\nletter_language = { boxes = { a = "en", b = "fr" } }'
    for blank, text, stored in (
        (buttons, choices, ["1", "2"]), (listed, choices, ["1", "2"]), (ticks, boxes, ["Yes", "Yes"]),
    ):  # fmt: skip
        (field,) = load_form(HEAD + text, [blank]).fields
        assert [s.means for s in field.spots] == ["en", "fr"]
        assert [s.value for s in field.spots] == stored


def test_a_choice_whose_boxes_store_what_they_mean_needs_no_choices() -> None:
    blank = page(tick("letter_language", "en"), tick("letter_language", "fr", top=200))
    (field,) = load_form(HEAD + "[fields]\nletter_language = {}", [blank]).fields
    assert [(s.value, s.means) for s in field.spots] == [("en", "en"), ("fr", "fr")]


def test_a_signature_is_a_text_box_or_a_signature_box() -> None:
    for kind in (WidgetKind.TEXT, WidgetKind.SIGNATURE):
        form = load_form(HEAD + "[fields]\nagreement_signed = {}", [page(widget("agreement_signed", kind))])
        assert form.fields[0].kind is FieldKind.SIGNATURE


def test_a_table_has_as_many_rows_as_it_says() -> None:
    blank = page(widget("n1"), widget("n2", top=200))
    form = load_form(HEAD + '[tables.workers]\nrows = 2\nname = { widget = "n{row}" }', [blank])
    assert [[field.spots[0].widget for field in row] for row in form.tables[0].rows] == [["n1"], ["n2"]]


def test_the_rows_of_an_audit_come_from_its_sections() -> None:
    blank = page(*(widget(n) for n in ("s1", "s2", "i1_1", "i1_2", "i2_1")))
    text = """
[fields]
instrument_version = { constant = "{version}" }
[tables.sections]
rows = "sections"
number = { constant = "{number}" }
name = { constant = "{name}" }
available = { constant = "{points}" }
awarded = { widget = "s{number}" }
[tables.items]
rows = "items"
number = { constant = "{number}" }
awarded = { widget = "i{number}" }
"""
    form = load_form(AUDIT + text, [blank], SECTIONS)
    assert form.fields[0].constant == "7"
    sections, items = form.tables
    assert [tuple(f.constant for f in row[:3]) for row in sections.rows] == [(1, "Rules", 5), (2, "Tools", 4)]
    assert [(row[0].constant, row[1].spots[0].widget) for row in items.rows] == [
        ("1.1", "i1_1"), ("1.2", "i1_2"), ("2.1", "i2_1"),
    ]  # fmt: skip
    assert [s.points for s in form.sections] == [5, 4]


def test_a_coded_blank_prints_its_codes() -> None:
    coded = HEAD + "coded = true\n"
    form = load_form(coded, [page(words=line("ours/1/1", 10, 10)), page(words=line("ours/1/2", 10, 10), number=2)])
    assert form.codes == ("ours/1/1", "ours/1/2")
    with pytest.raises(SetupBroken, match="page 1 of the blank does not print its code ours/1/1"):
        load_form(coded, [page()])


def test_hidden_boxes_are_none() -> None:
    with pytest.raises(SetupBroken, match="no box “city”"):
        load_form(HEAD + "[fields]\ncity = {}", [page(widget("city", hidden=True))])


@pytest.mark.parametrize(
    ("text", "says", "do"),
    [
        ("[fields]\nlegal_nam = {}", "field legal_nam: a registration has no such reading", "legal_name"),
        ("[fields]\nzzzz = {}", "field zzzz: a registration has no such reading", "one of legal_name"),
        ("[fields]\ncity = 1", "field city: it is no table", "city = {"),
        ("[fields]\ncity = { widgt = '' }", "field city: nobody knows the key “widgt”", "“widget”"),
        ("[fields]\ncity = { zzzz = '' }", "field city: nobody knows the key “zzzz”", "one of kind"),
        ("[fields]\ncity = { widget = 1 }", "field city: “widget” must be a text", "Correct the value: 1"),
        ("[fields]\ncity = { kind = 'txt' }", "field city: “txt” is no kind of field", "“text”"),
        ("[fields]\ncity = { kind = 'zzzz' }", "field city: “zzzz” is no kind of field", "text"),
        ("[fields]\ncity = { widget = 'City' }", "field city: the blank has no box “City”", "“city”"),
        ("[fields]\ncity = { widget = 'zzzz' }", "field city: the blank has no box “zzzz”", "secor forms check"),
        ("[fields]\ncity = { widget = '{row}' }", "field city: nothing fills the braces of “{row}”", "{version}"),
        ("[fields]\ncity = {}\nemail = { widget = 'city' }", "field email: the box “city” is used by another", "once"),
        ("[fields]\ncity = { widget = 'box' }", "field city: the box “box” is a tick box; a text cannot", "kind"),
        ("[fields]\nemail_consent = { widget = 'city' }", "is a text box; a tick cannot stand in it", "kind"),
        ("[fields]\ncity = { kind = 'count', constant = 'x' }", "field city: “x” is no number", "constant"),
        ("[fields]\nletter_language = { widget = 'box', choices = { On = 'de' } }", "cannot mean “de”", "en"),
        ("[fields]\nletter_language = { widget = 'box', choices = { Off = 'fr' } }", "no box stores “Off”", "On"),
        ("[fields]\nletter_language = { widget = 'box', choices = { Of = 'fr' } }", "no box stores “Of”", "On"),
        ("[fields]\nletter_language = { boxes = { box = 'de' } }", "a box cannot mean “de”", "en"),
        ("[fields]\nletter_language = { boxes = 1 }", "“boxes” must be a table", "Correct"),
        ("[fields]\ncity = { required = 1 }", "“required” must be true or false", "Correct"),
        ("[[pages]]\n[[pages]]\nwords = []", "the blank has 1 pages", "Take 2 [[pages]] back"),
        ("pages = 1", "“pages” must be a list", "Correct"),
        ("[[pages]]\nwords = ['other']", "page 1 of the blank does not print “other”", "Correct its words"),
        ("[tables]\nworkers = 1", "table workers: it is no table", "[tables.workers]"),
        ("[tables.workers]\nrows = 2\nname = 1", "table workers, column name: it is no table", "name_{row}"),
        ("[tables.workers]\nrows = 1\nnme = {}", "table workers: nobody knows the key “nme”", "“name”"),
        ("[tables.workers]\nrows = 1\nname = { widget = '{nr}' }", "nothing fills the braces of “{nr}”", "{row}"),
        ("[tables.workers]\nrows = 0", "table workers: “0” are no rows", "rows = 10"),
        ("[tables.workers]\nrows = 'items'", "table workers: “items” are no rows", "sections.toml"),
        ("[tables.workers]\nrows = 'sections'", "table workers: “sections” are no rows", "sections.toml"),
        (
            "[tables.worker]\nrows = 1\nanything = { widget = 'city' }",
            "a registration has no such reading",
            "“workers”",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_remedy(text: str, says: str, do: str) -> None:
    with pytest.raises(SetupBroken, match=re.escape(says)) as broken:
        load_form(HEAD + text, [page(widget("city"), tick("box", "On", top=300))])
    assert broken.value.what.startswith("Form ours, ")
    assert do in broken.value.do


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('title = "x"\nversion = "1"\nkind = "audit"', "“form” is missing"),
        ('form = "x"\ntitle = "x"\nversion = "1"', "“” is no kind of document"),
        (HEAD.replace("registration", "registratio"), "“registratio” is no kind of document"),
        (HEAD + "nonsense = 1", "nobody knows the key “nonsense”"),
        ("form = ", "A form.toml is no TOML"),
    ],
)
def test_a_form_says_what_it_is_or_is_refused(text: str, says: str) -> None:
    with pytest.raises(SetupBroken, match=says):
        load_form(text, [page()])


def test_of_several_faults_the_first_is_told_and_the_others_are_counted() -> None:
    with pytest.raises(SetupBroken) as broken:
        load_form(HEAD + "[fields]\ncity = {}\nemail = {}", [page()])
    assert "field city" in broken.value.what
    assert "lists 1 more" in broken.value.do


def test_any_reading_may_stand_on_another_paper() -> None:
    other = HEAD.replace("registration", "other")
    form = load_form(
        other + "[fields]\nfee = {}\n[tables.x]\nrows = 1\ny = { widget = 'y' }", [page(widget("fee"), widget("y"))]
    )
    assert form.fields[0].kind is FieldKind.TEXT
    assert form.tables[0].rows[0][0].kind is FieldKind.TEXT


def test_sections_are_numbered_in_their_order() -> None:
    version, sections = load_sections(SECTIONS)
    assert version == "7"
    assert [(s.number, s.name, [i.number for i in s.items]) for s in sections] == [
        (1, "Rules", ["1.1", "1.2"]), (2, "Tools", ["2.1"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version", "no TOML"),
        ("", "no version"),
        ('version = "1"', "no [[sections]]"),
        ('version = "1"\n[[sections]]\nname = "A"', "Section 1 has no name or no items"),
        ('version = "1"\n[[sections]]\nitems = []', "Section 1 has no name or no items"),
        ('version = "1"\n[[sections]]\nname = "A"\nitems = [{ text = "a" }]', "Item 1.1 has no text or no points"),
        ('version = "1"\n[[sections]]\nname = "A"\nitems = [{ text = "a", points = 0 }]', "Item 1.1"),
    ],
)
def test_sections_that_cannot_be_used_are_named(text: str, says: str) -> None:
    with pytest.raises(SetupBroken, match=re.escape(says)):
        load_sections(text)
