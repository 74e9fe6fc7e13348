from __future__ import annotations

from datetime import date

import pytest

from processor.letters.papers import (
    Replaced,
    file_name,
    paper_received,
    place,
    replaced,
    said_on_registration,
    standing,
)
from processor.letters.words import ENGLISH
from processor.model import Document, Evidence, Filed, Kind
from tests.letters.cases import AUDIT, CASE, COURSE, DAY, FIRST_AID, REGISTRATION, filed, seen

NEW = filed("new.1", Kind.REGISTRATION, 9, DAY, legal_name="Northwind Roofing Ltd.")


def test_a_new_registration_replaces_the_old_one() -> None:
    assert replaced((REGISTRATION, AUDIT, NEW)) == (Replaced(NEW, REGISTRATION),)
    assert standing((NEW, AUDIT, REGISTRATION)) == (AUDIT, NEW)


@pytest.mark.parametrize(
    ("kind", "one", "other", "same"),
    [
        pytest.param(Kind.FIRST_AID, {"holder_name": "Ada Berg"}, {"holder_name": "ADA BERG"}, True, id="same holder"),
        pytest.param(Kind.FIRST_AID, {"holder_name": "Ada Berg"}, {"holder_name": "Bo Li"}, False, id="two holders"),
        pytest.param(Kind.FIRST_AID, {}, {}, False, id="nobody knows whose"),
        pytest.param(
            Kind.COURSE,
            {"holder_name": "Ada Berg", "course": "scot"},
            {"holder_name": "Ada Berg", "course": "safety-auditor"},
            False,
            id="two courses",
        ),
        pytest.param(Kind.AUDIT, {"audit_type": "self"}, {"audit_type": "self"}, True, id="same audit"),
        pytest.param(Kind.AUDIT, {"audit_type": "self"}, {"audit_type": "independent"}, False, id="two audits"),
        pytest.param(Kind.GOOD_STANDING, {}, {}, True, id="letters of good standing"),
        pytest.param(Kind.OTHER, {}, {}, False, id="papers that we do not know"),
    ],
)
def test_only_papers_about_the_same_replace_each_other(
    kind: Kind, one: dict[str, str], other: dict[str, str], *, same: bool
) -> None:
    pair = filed("a.1", kind, 1, DAY, **one), filed("b.1", kind, 2, DAY, **other)
    assert bool(replaced(pair)) is same


def test_a_paper_is_called_by_what_it_is_and_whose() -> None:
    assert paper_received(FIRST_AID, ENGLISH) == (
        "First aid certificate of Ada Berg, received November 20, 2026 (first-aid-card.pdf)"
    )
    assert paper_received(COURSE, ENGLISH).startswith("Course certificate of Jón Łukasz: safety-auditor, received")
    assert paper_received(AUDIT, ENGLISH) == "Self-audit, received November 20, 2026 (self-audit-2026.pdf)"


def test_a_place_names_the_paper_the_page_and_the_values() -> None:
    both = (seen(AUDIT, "sections[4].awarded", "9", page=7), seen(AUDIT, "sections[4].possible", "20", page=7))
    paper = "Self-audit, received November 20, 2026 (self-audit-2026.pdf)"
    assert place(AUDIT, both, ENGLISH) == f"{paper}, page 7: “9”, “20”"
    assert place(AUDIT, (seen(AUDIT, "auditor_signed", ""),), ENGLISH) == f"{paper}, page 1"
    assert place(AUDIT, (Evidence(document=AUDIT.number),), ENGLISH) == paper


def test_a_strangers_file_name_is_made_fit_to_print() -> None:
    assert file_name("été–2026 🙂.pdf") == "été_2026 _.pdf"
    assert file_name("a" * 60 + ".pdf") == "a" * 22 + "…" + "a" * 13 + ".pdf"


def test_the_registration_that_counts_says_where_a_name_stands() -> None:
    assert said_on_registration(CASE, "legal_name", "city") == (
        seen(REGISTRATION, "legal_name", "Northwind Roofing Ltd."),
    )


def test_a_case_without_a_registration_has_no_such_place() -> None:
    nobody = Filed(
        number="x.1",
        submission="x.pdf",
        received=date(2026, 1, 1),
        order=1,
        document=Document(kind=Kind.OTHER, pages=(1,)),
    )
    assert standing((nobody,)) == (nobody,)
