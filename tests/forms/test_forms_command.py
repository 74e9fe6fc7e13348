"""`secor forms`, from the built-in forms to an office's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from processor.cli.forms import forms
from processor.errors import SetupBroken, UnreadablePaper, Wrong
from processor.flows import forms as flow
from processor.flows.house import make_office, templates_folder
from processor.forms.readings import names
from tests.forms.blanks import stranger

CARD = """
form = "card"
title = "Our card"
version = "1"
kind = "course_certificate"
[[pages]]
words = []
[fields]
"""


def secor(*args: str, home: Path | None = None) -> Result:
    office = () if home is None else ("--office", str(home))
    return CliRunner().invoke(forms, [*args, *office])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make_office(tmp_path)
    return tmp_path


def put(home: Path, name: str, toml: str, blank: bytes) -> None:
    folder = home / "templates" / "forms" / name
    folder.mkdir(parents=True)
    (folder / "form.toml").write_text(toml, "utf-8")
    (folder / "blank.pdf").write_bytes(blank)


def test_the_built_in_forms_are_complete() -> None:
    said = secor("check", "--json")
    assert said.exit_code == 0
    missing = json.loads(said.output)
    assert sorted(missing) == ["csam-audit", "csam-registration", "scsa-audit", "scsa-registration"]
    assert not any(missing.values())


def test_every_reading_of_the_design_is_on_the_built_in_forms() -> None:
    for form in flow.load_all((templates_folder(),)):
        of_kind = {f.name for f in form.fields} | {t.name for t in form.tables}
        expected = names(form.kind) - ({"annual_wcb_premium"} if form.name == "scsa-registration" else set())
        assert of_kind == expected


def test_the_list_says_what_there_is() -> None:
    rows = json.loads(secor("list", "--json").output)
    assert [row["name"] for row in rows] == ["csam-audit", "csam-registration", "scsa-audit", "scsa-registration"]
    registration = rows[1]
    assert (registration["title"], registration["version"], registration["pages"]) == (
        "SECOR Registration",
        "2026.1",
        2,
    )
    assert registration["fields"] == 70
    assert "csam-audit\tSECOR Audit\t2026.1\t7" in secor("list").output


def test_a_form_shows_its_boxes() -> None:
    shown = json.loads(secor("show", "csam-registration", "--json").output)
    assert (shown["form"], shown["kind"], shown["program"]) == ("csam-registration", "registration", "csam-secor")
    assert Path(shown["blank"]).is_file()
    boxes = {box["widget"] + box.get("value", ""): box for box in shown["fields"]}
    assert boxes["phone"]["comb"] == 12
    assert boxes["phone"]["kind"] == "text"
    assert boxes["agreement_signed"]["kind"] == "signature"
    assert boxes["email_consentYes"]["kind"] == "tick"
    hazard = boxes["first_aid_hazardother"]
    assert (hazard["kind"], hazard["means"], hazard["page"]) == ("tick", "other", 1)
    cell = boxes["worker_3_name"]
    assert (cell["reading"], cell["table"], cell["row"], cell["column"]) == ("workers[3].name", "workers", 3, "name")
    left, top, right, bottom = cell["box"]
    assert 0 < left < right < 612
    assert 0 < top < bottom < 792


def test_a_form_shows_its_boxes_to_a_person() -> None:
    said = secor("show", "csam-registration")
    assert "signature_date\tsignature_date\ttext, 10 cells\t2" in said.output
    assert "first_aid_hazard\tfirst_aid_hazard\ttick, low\t1" in said.output


def test_a_form_that_is_not_there_is_wrong() -> None:
    wrong = secor("show", "nothing")
    assert isinstance(wrong.exception, Wrong)
    assert "csam-audit" in wrong.exception.do
    assert isinstance(secor("build", "nothing").exception, Wrong)


def test_an_office_brings_its_own_blank(home: Path) -> None:
    brought = home / "Our Card 1.pdf"
    brought.write_bytes(stranger("holder_name", "Kurs", "issue_date"))
    added = secor("add", str(brought), home=home)
    assert added.exit_code == 0
    folder = home / "templates" / "forms" / "our-card-1"
    assert (folder / "blank.pdf").read_bytes() == brought.read_bytes()
    assert str(folder / "form.toml") in added.output

    draft = (folder / "form.toml").read_text("utf-8")
    assert 'widget = "Kurs"' in draft
    checked = secor("check", "our-card-1", home=home)
    assert checked.exit_code == 6
    assert "Nothing yields the reading “legal_name”" in checked.output

    again = secor("add", str(brought), home=home)
    assert isinstance(again.exception, Wrong)
    assert "already" in str(again.exception)


def test_all_forms_are_checked_together(home: Path) -> None:
    put(home, "card", CARD, stranger("holder_name"))
    checked = secor("check", home=home)
    assert checked.exit_code == 6
    assert "card: " in checked.output
    assert "csam-audit: complete" in checked.output
    rows = json.loads(secor("list", "--json", home=home).output)
    assert rows[-1]["name"] == "card"
    assert rows[-1]["check"].endswith("to put right")


def test_a_form_that_cannot_be_used_is_listed_and_not_shown(home: Path) -> None:
    put(home, "card", CARD + "course = {}", stranger("Kurs"))
    rows = json.loads(secor("list", "--json", home=home).output)
    assert (rows[-1]["name"], rows[-1]["fields"]) == ("card", 0)
    shown = secor("show", "card", home=home)
    assert isinstance(shown.exception, Wrong)
    assert "no box “course”" in shown.exception.what


def test_an_own_form_replaces_the_built_in_one_of_its_name(home: Path) -> None:
    put(home, "csam-audit", CARD.replace('"card"', '"csam-audit"'), stranger("Kurs"))
    found = {folder.name: folder.path for folder in flow.folders((templates_folder(), home / "templates"))}
    assert found["csam-audit"] == home / "templates" / "forms" / "csam-audit"
    assert len(found) == 4


@pytest.mark.parametrize(
    ("blank", "form", "says"),
    [
        (None, "card", "has no blank.pdf"),
        (b"no pdf", "card", "cannot be opened"),
        (stranger("Kurs"), "other", "calls itself other"),
    ],
)
def test_a_folder_that_is_no_form_is_refused(home: Path, blank: bytes | None, form: str, says: str) -> None:
    put(home, "card", CARD.replace('"card"', f'"{form}"'), blank or b"")
    if blank is None:
        (home / "templates" / "forms" / "card" / "blank.pdf").unlink()
    with pytest.raises(SetupBroken, match=says):
        flow.load_all((home / "templates",))
    (checked,) = flow.check_all((home / "templates",))
    assert checked.form is None
    assert checked.missing


def test_a_file_that_no_reader_opens_is_not_added(home: Path) -> None:
    brought = home / "letter.pdf"
    brought.write_bytes(b"PK\x03\x04")
    assert isinstance(secor("add", str(brought), home=home).exception, UnreadablePaper)
    assert not (home / "templates").exists()


def test_a_name_must_do_for_a_folder(home: Path) -> None:
    brought = home / "…….pdf"
    brought.write_bytes(stranger("a"))
    assert isinstance(secor("add", str(brought), home=home).exception, Wrong)
    assert isinstance(secor("add", str(brought), "--name", "../x", home=home).exception, Wrong)


def test_an_office_without_templates_is_told_how_to_have_some(home: Path) -> None:
    (home / "secor.toml").write_text("")
    brought = home / "card.pdf"
    brought.write_bytes(stranger("a"))
    wrong = secor("add", str(brought), home=home).exception
    assert isinstance(wrong, Wrong)
    assert 'templates = "templates"' in wrong.do


def test_a_blank_is_built_where_it_changed(home: Path) -> None:
    source = templates_folder() / "forms"
    folder = home / "templates" / "forms" / "small"
    folder.mkdir(parents=True)
    (home / "templates" / "forms" / "lib.typ").write_bytes((source / "lib.typ").read_bytes())
    (folder / "form.toml").write_text(
        'form = "small"\ntitle = "Small"\nversion = "1"\nissued = 2026-01-05\nkind = "other"\n[fields]\nname = {}\n'
    )
    (folder / "form.typ").write_text(
        '#import "/lib.typ": *\n#form(toml("form.toml"), rgb("#000"), "Us", labelled("name", "Name"))\n'
    )
    assert "small: built" in secor("build", "small", home=home).output
    assert "small: unchanged" in secor("build", "small", home=home).output
    (form,) = flow.load_all((home / "templates",))
    assert form.fields[0].spots[0].page == 1
