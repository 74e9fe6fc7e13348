from __future__ import annotations

import json
import shutil
import unicodedata
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processor.contract import letter_json, letter_of
from processor.errors import PrintingFailed
from processor.letters.conclude import fingerprint
from processor.printing.typeset import Press
from tests.letters.cases import (
    CASE,
    EMPLOYER,
    LOW,
    MET,
    NO_AUDIT,
    SETTINGS,
    SIZE,
    TOO_MANY,
    TRAINED,
    UNSIGNED,
    letter,
    named,
)
from tests.printing.pressed import TEMPLATES, Glyph, glyphs, pages, press, text

if TYPE_CHECKING:
    from pathlib import Path

    from processor.model import Employer, Letter, Verdict

MANY = tuple(replace(v, requirement=f"{v.requirement}-{i}") for i in range(4) for v in (UNSIGNED, LOW))
KINDS = {
    "deficiency": (UNSIGNED, LOW, NO_AUDIT, SIZE, TRAINED),
    "long deficiency": (*MANY, NO_AUDIT, SIZE),
    "acknowledgement": (NO_AUDIT, SIZE, TRAINED),
    "too large": (TOO_MANY,),
}
KIND = pytest.mark.parametrize("verdicts", KINDS.values(), ids=KINDS.keys())

HEBREW = "גגות הצפון בע״מ"
ARABIC = "شركة أسقف الشمال"
NASTY = [
    "Łukasz & Søn's “Élan” <#$*_@`\\~[]> Roofing of Saint-Boniface",
    "#let x = 1; $a$ *b* _c_ @d <e> `f` \\g ~h // i /* j */ [k] {l}",
    "W" * 60,
    "Ångström—Ĳssel’s Ωmega Ђуро 1½ № 7",
    "e\u0301te\u0301 toiture",
    "n\u0308orth roofing",
]


def squeezed(value: str) -> str:
    """Without blanks, compatibility letters undone: what a reader must find, whatever it thinks of gaps."""
    return "".join(unicodedata.normalize("NFKC", value).split())


@KIND
def test_everything_that_is_said_stands_on_the_paper(verdicts: tuple[Verdict, ...]) -> None:
    made = letter(*verdicts)
    shown = squeezed(text(press().print(made)))
    for line in made.lines:
        assert squeezed(line.text) in shown


@KIND
def test_the_same_letter_is_the_same_bytes_on_any_press(verdicts: tuple[Verdict, ...]) -> None:
    made = letter(*verdicts)
    assert press().print(made) == Press(TEMPLATES).print(made)


@pytest.mark.parametrize("name", NASTY, ids=range(len(NASTY)))
def test_a_nasty_name_comes_out_as_it_went_in(name: str) -> None:
    assert squeezed(name) in squeezed(text(press().print(letter(UNSIGNED, case=named(name)))))


@pytest.mark.parametrize("name", [HEBREW, ARABIC], ids=["hebrew", "arabic"])
def test_writing_that_runs_to_the_left_keeps_its_letters(name: str) -> None:
    plain = Counter(squeezed(text(press().print(letter(UNSIGNED, case=named("N"))))))
    shown = Counter(squeezed(text(press().print(letter(UNSIGNED, case=named(name))))))
    wanted = Counter(squeezed(name))
    assert all(shown[c] - plain[c] == 2 * count for c, count in wanted.items())


@settings(max_examples=25, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=["Cc", "Cf", "Zs"]),
        min_size=1,
        max_size=60,
    )
)
def test_any_latin_name_comes_out_as_it_went_in(name: str) -> None:
    assert squeezed(name) in squeezed(text(press().print(letter(UNSIGNED, case=named(name)))))


@pytest.mark.parametrize(
    "name",
    ["屋根", "Roof\u202eing", "Roof\u0000", "🙂 Roofing", "Roof\ue000", "a\u0591"],
    ids=["han", "turned around", "control", "emoji", "private", "a mark that fits no letter"],
)
def test_what_no_font_can_draw_is_an_error_and_not_a_gap(name: str) -> None:
    with pytest.raises(PrintingFailed, match=r"U\+") as failed:
        press().print(letter(UNSIGNED, case=named(name)))
    assert "secor review" in failed.value.do


ADDRESSES = {
    "usual": EMPLOYER,
    "long name": replace(EMPLOYER, legal_name="The Long Established Roofing Company of Saint-Boniface Ltd."),
    "widest letters": replace(EMPLOYER, legal_name="W" * 36),
    "five lines": replace(EMPLOYER, legal_name="Q" * 40, mailing_address="Jąck Qç 12\nPO Box 9"),
    "six lines": replace(EMPLOYER, legal_name="Éa " * 22, mailing_address="12 Qui Rd\nPO Box 9\nRR 5"),
}


def addressed(made: Letter) -> list[Glyph]:
    """What stands where the window may come to lie, in whatever position of the sheet (domain.md 8)."""
    return [g for g in glyphs(press().print(made)) if g.left < 136 and 52 < (g.top + g.bottom) / 2 < 92]


@pytest.mark.parametrize("employer", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_the_address_and_nothing_else_stands_in_the_window(employer: Employer) -> None:
    made = letter(UNSIGNED, case=replace(CASE, employer=employer))
    window = addressed(made)
    block = [made.lines[i].text for i in range(len(made.data["address"]))]  # type: ignore[arg-type]
    assert squeezed("".join(g.text for g in window)) == squeezed("".join(block))
    assert min(g.left for g in window) >= 22
    assert max(g.right for g in window) <= 111
    assert min(g.top for g in window) >= 64 - 0.3
    assert max(g.bottom for g in window) <= 80 + 0.3


def test_capitals_of_the_address_are_two_to_five_millimetres_high() -> None:
    for employer in ADDRESSES.values():
        window = addressed(letter(UNSIGNED, case=replace(CASE, employer=employer)))
        assert [g for g in window if g.text in "ABDEFHIKLMNPRTVXZ" and not 1.95 <= g.bottom - g.top <= 5] == []


def test_an_address_that_the_window_cannot_show_is_an_error() -> None:
    crowded = replace(EMPLOYER, legal_name="A B " * 40, mailing_address="12 Main St\nPO Box 9\nRR 5")
    with pytest.raises(PrintingFailed, match="window"):
        press().print(letter(UNSIGNED, case=replace(CASE, employer=crowded)))


def test_a_long_letter_counts_its_pages() -> None:
    shown = pages(press().print(letter(*MANY, NO_AUDIT, SIZE)))
    assert [f"Page {n} of 3" in page for n, page in enumerate(shown, start=1)] == [True, True, True]


def test_a_short_letter_has_one_page_and_counts_none() -> None:
    (page,) = pages(press().print(letter(TOO_MANY)))
    assert "Page" not in page


def test_no_page_holds_a_signature_alone() -> None:
    for others in range(12):
        listed = tuple(replace(NO_AUDIT, requirement=f"audits-{n}") for n in range(others))
        last = pages(press().print(letter(UNSIGNED, *listed)))[-1]
        assert "Do you have a question?" in last
        assert "Sincerely," in last


def test_a_letter_that_was_kept_as_json_prints_to_the_same_bytes() -> None:
    for made in (letter(*MANY, NO_AUDIT), letter(*MET)):
        kept = letter_of(json.loads(json.dumps(letter_json(made))))
        assert press().print(kept) == press().print(made)
        assert fingerprint(kept) == fingerprint(made)


def test_a_logo_takes_the_place_of_the_name_and_a_lost_one_is_an_error(tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES / "letters", tmp_path / "letters")
    (tmp_path / "fonts").symlink_to(TEMPLATES / "fonts")
    program = replace(SETTINGS.programs["csam-secor"], logo="logo.svg")
    made = letter(UNSIGNED, settings=replace(SETTINGS, programs={"csam-secor": program}))
    with pytest.raises(PrintingFailed, match="logo"):
        Press(tmp_path).print(made)
    square = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
    (tmp_path / "letters" / "logo.svg").write_text(square)
    pdf = Press(tmp_path).print(made)
    assert not any(g.top < 30 and g.left < 60 for g in glyphs(pdf))


def test_an_item_is_not_torn_over_two_pages() -> None:
    shown = pages(press().print(letter(*MANY)))
    starts = [page.count("We looked for") for page in shown]
    ends = [page.count("What to do") for page in shown]
    assert starts == ends
    assert sum(starts) == 8


def test_an_item_that_is_longer_than_a_page_is_printed_whole() -> None:
    found = "The section has no points, and no comment says why. " * 120
    long = replace(LOW, shortfalls=(replace(LOW.shortfalls[0], found=found.strip()),))
    assert text(press().print(letter(long))).count("comment") == 120


def test_a_value_is_never_markup() -> None:
    shown = text(press().print(letter(UNSIGNED, case=named("#panic() $x$"))))
    assert "#panic() $x$" in shown


def test_the_foot_of_each_page_names_the_letter_and_the_case() -> None:
    for page in pages(press().print(letter(*MANY))):
        assert "Letter L-2026-000123" in page
        assert "Case MB-0001" in page


def test_an_office_without_papers_of_its_own_still_gets_a_letter() -> None:
    bare = replace(SETTINGS, programs={})
    assert "Sincerely," in text(press().print(letter(UNSIGNED, settings=bare)))
