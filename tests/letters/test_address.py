from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.letters.address import LONGEST, address_block, broken, postal_code, town_line, width
from tests.letters.cases import EMPLOYER


def test_an_address_stands_as_canada_post_wants_it() -> None:
    assert address_block(EMPLOYER) == (
        "NORTHWIND ROOFING LTD.",
        "ADA BERG",
        "12-455 PORTAGE AVE",
        "WINNIPEG MB  R3B 2E4",
    )


def test_streets_lose_their_punctuation_and_names_keep_theirs() -> None:
    employer = replace(EMPLOYER, city="St. John's", province="NL", mailing_address="Unit #4, 12 “Main” St.\nPO Box 9")
    assert address_block(employer)[1:] == ("UNIT 4 12 MAIN ST", "PO BOX 9", "ST. JOHN'S NL  R3B 2E4")


@pytest.mark.parametrize(
    ("written", "shown"),
    [("r3b2e4", "R3B 2E4"), ("R3B 2E4", "R3B 2E4"), ("R3B-2E4", "R3B 2E4"), ("R3B2", "R3B2"), ("", "")],
)
def test_a_postal_code_is_spaced_or_left_as_it_is(written: str, shown: str) -> None:
    assert postal_code(written) == shown


def test_a_province_is_a_symbol() -> None:
    assert town_line(replace(EMPLOYER, province="Saskatchewan")) == "WINNIPEG SK  R3B 2E4"
    assert town_line(replace(EMPLOYER, province="Elsewhere", postal_code="")) == "WINNIPEG ELSEWHERE"


def test_what_is_not_known_takes_no_line() -> None:
    bare = replace(EMPLOYER, contact_name="", mailing_address="", city="", province="", postal_code="")
    assert address_block(bare) == ("NORTHWIND ROOFING LTD.",)


def test_a_crowded_address_loses_the_attention_line_first() -> None:
    long = replace(EMPLOYER, legal_name="The Very Long Established Roofing Company of Saint Boniface and Area Ltd.")
    assert "ADA BERG" not in address_block(replace(long, mailing_address="12 Main St\nPO Box 4"))


def test_an_owner_is_not_addressed_twice() -> None:
    assert address_block(replace(EMPLOYER, legal_name="Ada Berg"))[:2] == ("ADA BERG", "12-455 PORTAGE AVE")


@given(name=st.text(max_size=90), street=st.text(max_size=120))
def test_no_line_is_too_long_and_no_letter_of_a_name_is_lost(name: str, street: str) -> None:
    block = address_block(replace(EMPLOYER, legal_name=name, mailing_address=street))
    assert all(width(line) <= LONGEST for line in block)
    assert block[-1] == "WINNIPEG MB  R3B 2E4"
    assert "".join("".join(broken(name)).split()) == "".join(name.split())


def test_a_word_that_fits_no_line_is_cut_and_wide_letters_count_more() -> None:
    assert broken("A" * 40) == ["A" * 36, "A" * 4]
    assert broken("W" * 40) == ["W" * 24, "W" * 16]
