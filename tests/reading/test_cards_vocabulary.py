from __future__ import annotations

import re

import pytest

from processor.errors import SetupBroken
from processor.findings import CODES
from processor.reading.phrases import lexicon, tokens
from processor.reading.vocabulary import load
from tests.reading.cards.sheets import TABLE, words

TEXT = TABLE.read_text(encoding="utf-8")


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_table_that_travels_with_the_program_is_sound() -> None:
    assert words().version
    assert {
        "small-employer-safety-management",
        "scot",
        "csts-2020",
        "principles-of-safety-management",
        "simplified-safety",
        "safety-auditor",
        "leadership-for-safety-excellence",
    } <= {course.id for course in words().courses}
    assert [level.id for level in words().levels] == ["basic", "intermediate", "advanced"]
    assert {level.id: level.years for level in words().cpr_levels} == {"A": 3, "B": 3, "C": 3, "BLS": 1}
    assert {refusal.code for refusal in words().refusals} <= CODES.keys()


def test_a_course_is_found_by_its_id() -> None:
    course = words().course("scot")
    assert course is not None
    assert course.title == "Safety Construction Orientation Training"
    assert words().course("knitting") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("= nonsense", "not TOML"),
        ("", "[[issuers]] is missing"),
        (changed('version = "2026.1"', "version = 3"), "version is not a text"),
        (changed('name = "Canadian Red Cross"', 'name = " "'), "issuers[1].name is not a text"),
        (
            changed('aliases = ["Lifesaving Society", "Royal', 'aliases = [3, "Royal'),
            "issuers[3].aliases is not a list of texts",
        ),
        (changed('kind = "course"', 'kind = "picnic"'), "neither course nor first-aid"),
        (changed("years = 3", "years = true"), "levels[1].years is not a number of years"),
        (changed("years = 3", "years = 0"), "levels[1].years is not a number of years"),
        (changed('code = "interim-card"', 'code = "picnic"'), "no finding “picnic”"),
        (changed("first_aid_only = true", 'first_aid_only = "yes"'), "neither true nor false"),
        (changed('"Canadian Ski Patrol System"', '"SCSA"'), "issuers: “SCSA” has two meanings"),
        (changed('"Canadian Ski Patrol System"', '"™"'), "has no letters"),
        (changed("[names]", "[nams]"), "[names] is missing"),
        (changed("surname = [", "surnames = ["), "labels.surname is not a list of texts"),
        (changed('surname = ["Last name"', 'surname = ["Instructor"'), "labels: “Instructor” has two meanings"),
        (changed("[papers]", "[[papers]]"), "[papers] is missing"),
    ],
)
def test_what_is_wrong_with_a_table_is_named_with_its_remedy(text: str, says: str) -> None:
    with pytest.raises(SetupBroken, match=re.escape(says)) as caught:
        load(text)
    assert caught.value.do == "Correct processor/rulebook/vocabulary.toml."


def test_a_course_may_say_how_long_it_holds() -> None:
    course = load(changed('id = "whmis"', 'id = "whmis"\nyears = 2')).course("whmis")
    assert course is not None
    assert course.years == 2


def test_marks_case_and_accents_do_not_matter() -> None:
    found = lexicon([("Délivré à", 1), ("COR", 2)])
    assert [match.what for match in found.find(tokens("DELIVRE A; COR® cor™ Cor(R) CORE"))] == [1, 2, 2, 2]


def test_the_longer_phrase_wins_and_a_phrase_said_twice_keeps_its_first_meaning() -> None:
    found = lexicon([("first aid", "short"), ("standard first aid", "long"), ("First Aid", "second")])
    assert [match.what for match in found.find(tokens("first aid, standard first aid"))] == ["short", "long"]
    assert (found.whole("First-Aid"), found.whole("first aid kit"), found.whole("")) == ("short", None, None)
