from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

import pytest

from processor.letters.conclude import Earlier
from processor.letters.words import ENGLISH, long_date
from processor.model import Evidence, Kind, Letter, LetterKind, Line, Verdict
from processor.settings import Office, Program, Settings
from tests.letters.cases import (
    AUDIT,
    CASE,
    DAY,
    EMPLOYER,
    LOW,
    MET,
    NO_AUDIT,
    REGISTRATION,
    SETTINGS,
    SIZE,
    TOO_MANY,
    TRAINED,
    UNSIGNED,
    filed,
    letter,
    seen,
    verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

BARE = Settings(programs={"csam-secor": Program(partner="Partner")})
KINDS = {
    "certificate": MET,
    "deficiency": (UNSIGNED, LOW, NO_AUDIT, SIZE, TRAINED),
    "one item": (UNSIGNED,),
    "acknowledgement": (NO_AUDIT, SIZE),
    "too large": (TOO_MANY,),
}
KIND = pytest.mark.parametrize("verdicts", KINDS.values(), ids=KINDS.keys())


def printed(value: object) -> Iterator[int]:
    """The places of lines that the template prints."""
    if isinstance(value, int) and not isinstance(value, bool):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name != "number":
                yield from printed(one)
    elif isinstance(value, list):
        for one in value:
            yield from printed(one)


def text(made: Letter) -> str:
    return "\n".join(line.text for line in made.lines)


def line_with(made: Letter, words: str) -> Line:
    return next(line for line in made.lines if words in line.text)


@pytest.mark.parametrize("verdicts", list(KINDS.values())[1:], ids=list(KINDS)[1:])
def test_everything_printed_is_a_line_and_every_line_is_printed_once(verdicts: tuple[Verdict, ...]) -> None:
    made = letter(*verdicts)
    data = {name: made.data[name] for name in ("subject", "address", "body", "sincerely")}
    assert Counter(printed(data)) == Counter(range(len(made.lines)))


@KIND
def test_every_line_about_the_case_has_its_requirement_and_clause(verdicts: tuple[Verdict, ...]) -> None:
    for line in letter(*verdicts).lines:
        assert bool(line.requirement) == bool(line.reference)
        assert line.text.strip()


def test_an_item_says_what_was_looked_for_found_why_what_to_do_and_by_when() -> None:
    made = letter(LOW)
    item = next(b for b in cast("list[dict[str, object]]", made.data["body"]) if b["block"] == "item")
    rows = cast("list[dict[str, object]]", item["rows"])
    assert [row["label"] for row in rows] == ["looked_for", "found", "why", "to_do"]
    spoken = [made.lines[i].text for row in rows for i in printed([row["lines"], row["small"]])]
    assert spoken == [
        LOW.shortfalls[0].looked_for,
        LOW.shortfalls[0].found,
        "Self-audit, received November 20, 2026 (self-audit-2026.pdf), page 7: “9”, “20”",
        LOW.shortfalls[0].why,
        LOW.reference,
        LOW.shortfalls[0].to_do,
        "By December 24, 2026",
    ]
    found = line_with(made, "45 %")
    assert (found.requirement, found.evidence) == ("pass_mark", LOW.shortfalls[0].evidence)


def test_the_deadline_is_a_setting() -> None:
    soon = replace(SETTINGS, answers=replace(SETTINGS.answers, days_to_reply=7))
    assert "By December 1, 2026" in text(letter(UNSIGNED, settings=soon))


def test_items_keep_the_order_of_the_verdicts_and_are_counted() -> None:
    said = text(letter(LOW, UNSIGNED))
    assert said.index("45 %") < said.index("signature box")
    assert "2 points to put right" in said
    assert "One point to put right" in text(letter(UNSIGNED))


def test_a_deficiency_letter_also_lists_what_is_outstanding_and_what_is_in_order() -> None:
    made = letter(UNSIGNED, NO_AUDIT, SIZE)
    assert line_with(made, "Send us your self-audit").requirement == "audits"
    assert line_with(made, "Number of people").evidence == SIZE.evidence


def test_what_is_met_without_any_paper_is_not_called_accepted() -> None:
    warning = verdict("first_aid", "First aid and CPR", because="A warning only. No certificate has come yet.")
    assert "First aid and CPR" not in text(letter(NO_AUDIT, SIZE, warning))
    assert ENGLISH.accepted not in text(letter(NO_AUDIT, warning))


def test_a_verdict_that_names_no_shortfall_still_gets_its_item() -> None:
    bare = replace(UNSIGNED, shortfalls=(), reference="")
    made = letter(bare)
    assert {"Nobody signed it.", ENGLISH.call_us} <= {line.text for line in made.lines}


def test_an_outstanding_requirement_without_an_item_says_why() -> None:
    assert "No audit came." in text(letter(replace(NO_AUDIT, shortfalls=())))


def test_days_are_in_long_form_but_what_is_quoted_stays_as_it_was_written() -> None:
    found = "The form is dated 2026-02-31, which is no day; the card “2026-11-02” ran out on 2026-11-02."
    made = letter(replace(UNSIGNED, shortfalls=(replace(UNSIGNED.shortfalls[0], found=found),)))
    assert line_with(made, "The form is dated").text == (
        "The form is dated 2026-02-31, which is no day; the card “2026-11-02” ran out on November 2, 2026."
    )


def test_many_places_are_shortened_in_print_and_whole_in_the_evidence() -> None:
    places = tuple(seen(AUDIT, f"items[{n}].awarded", "0", page=n) for n in range(1, 8))
    for count, words in ((7, "and 3 more places"), (5, "and one more place")):
        shortfall = replace(LOW.shortfalls[0], evidence=places[:count])
        more = line_with(letter(replace(LOW, shortfalls=(shortfall,))), words)
        assert more.evidence == places[4:count]


def test_a_place_on_a_paper_that_the_case_does_not_hold_is_not_printed() -> None:
    elsewhere = replace(LOW.shortfalls[0], evidence=(Evidence(document="nowhere.1", page=1, value="9"),))
    assert "nowhere" not in text(letter(replace(LOW, shortfalls=(elsewhere,))))


def test_a_corrected_paper_is_thanked_for_and_the_letter_says_which_one_it_replaces() -> None:
    said = Earlier.of(letter(UNSIGNED))
    later = DAY + timedelta(days=6)
    new = filed("better.1", Kind.REGISTRATION, 9, later, legal_name="Northwind Roofing Ltd.")
    case = replace(CASE, documents=(*CASE.documents, new))
    made = letter(LOW, case=case, day=later, earlier=(said,))
    thanks = line_with(made, "Thank you for the new registration form of November 30, 2026")
    assert "it replaces the one we received on November 20, 2026. We used the new one" in thanks.text
    assert [e.document for e in thanks.evidence] == [new.number, REGISTRATION.number]
    assert "This letter replaces our letter L-2026-000123 of November 24, 2026." in text(made)
    again = letter(UNSIGNED, case=case, day=later, earlier=(said, Earlier.of(made)))
    assert "Thank you for the new" not in text(again)


def test_a_correction_before_the_first_letter_is_thanked_for_too() -> None:
    new = filed("better.1", Kind.REGISTRATION, 9, DAY)
    assert "Thank you for the new" in text(letter(LOW, case=replace(CASE, documents=(*CASE.documents, new))))


def test_a_letter_does_not_replace_a_certificate() -> None:
    assert "replaces our letter" not in text(letter(UNSIGNED, earlier=(Earlier.of(letter(*MET)),)))


def test_an_acknowledgement_lists_received_accepted_outstanding_and_the_fee_of_the_day() -> None:
    made = letter(NO_AUDIT, SIZE)
    assert line_with(made, "self-audit-2026.pdf").evidence == (Evidence(document=AUDIT.number),)
    assert line_with(made, "Seven people").evidence == SIZE.evidence
    assert "the fee is $250" in text(made)
    assert "the fee is $250" not in text(letter(NO_AUDIT, SIZE, settings=BARE))
    assert ENGLISH.received not in text(letter(NO_AUDIT, case=replace(CASE, documents=())))


def test_a_letter_names_the_nearest_office_and_whom_to_call() -> None:
    made = letter(UNSIGNED)
    assert "Kim Example, safety advisor at our Winnipeg office: 204-555-0142" in text(made)
    assert "to secor@csam.example" in text(made)
    assert "Call your safety advisor at our office." in text(letter(UNSIGNED, settings=BARE))
    assert "secor@" not in text(letter(UNSIGNED, settings=BARE))
    south = Office(name="Brandon office", postal_codes=("R7",), phone="204-555-0177")
    two = replace(SETTINGS.programs["csam-secor"], offices=(*SETTINGS.programs["csam-secor"].offices, south))
    brandon = replace(CASE, employer=replace(EMPLOYER, postal_code="r7a 1a1"))
    said = text(letter(UNSIGNED, case=brandon, settings=replace(SETTINGS, programs={"csam-secor": two})))
    assert "at our Brandon office: 204-555-0177" in said


def test_somebody_without_a_name_is_greeted_all_the_same() -> None:
    assert "Dear Ada Berg," in text(letter(UNSIGNED))
    assert "Hello," in text(letter(UNSIGNED, case=replace(CASE, employer=replace(EMPLOYER, contact_name=" "))))


def test_too_large_is_a_kind_letter_about_cor_and_no_list_of_faults() -> None:
    made = letter(TOO_MANY, UNSIGNED)
    assert "COR®" in text(made)
    assert "signature" not in text(made)
    assert line_with(made, "14 people").evidence == TOO_MANY.shortfalls[0].evidence
    assert "Fourteen people work there." in text(letter(replace(TOO_MANY, shortfalls=())))


def test_a_certificate_says_who_in_what_from_when_until_when() -> None:
    made = letter(*MET)
    assert made.kind is LetterKind.CERTIFICATE
    assert made.data["fields"] == {
        "legal_name": "Northwind Roofing Ltd.",
        "operating_name": "operating as Northwind Roofing & Eavestroughing",
        "program": "Small Employer Certificate of Recognition (SECOR®)",
        "number": "CSAM-2026-0007",
        "account": "4071289",
        "certified_on": "November 24, 2026",
        "valid_until": "November 23, 2029",
        "cycle": "1",
        "signatory": "Robin Sample",
        "signatory_title": "Manager, COR® and SECOR® Programs",
        "partner": "Construction Safety Association of Manitoba",
        "small_print": "Case MB-0001 · L-2026-000123",
    }
    assert line_with(made, "is certified").evidence == (seen(REGISTRATION, "legal_name", "Northwind Roofing Ltd."),)
    assert {line.requirement for line in made.lines} >= {v.requirement for v in MET}


def test_an_employer_without_an_operating_name_has_none_on_the_certificate() -> None:
    made = letter(*MET, case=replace(CASE, employer=replace(EMPLOYER, operating_name="")))
    fields_ = made.data["fields"]
    assert isinstance(fields_, dict)
    assert fields_["operating_name"] == ""


def test_dates_are_long() -> None:
    assert long_date(date(2026, 1, 2), ENGLISH) == "January 2, 2026"


def test_every_sentence_of_the_catalogue_is_there_and_ends_well() -> None:
    for field in fields(ENGLISH):
        assert getattr(ENGLISH, field.name), field.name
    sentences = [ENGLISH.thanks, ENGLISH.deficiency, ENGLISH.acknowledgement, ENGLISH.code, ENGLISH.too_large_cor]
    assert all(re.search(r"[.?!]$", s) for s in sentences)
