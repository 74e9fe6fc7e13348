"""A certification from its first paper through its years, by the calendar, in a real office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, cast

import pytest

from processor.casework.reminders import Notice
from processor.casework.standing import Stage
from processor.errors import Wrong
from processor.flows import deciding
from processor.flows.answering import Answered
from processor.flows.history import history
from processor.flows.watching import watch
from processor.model import Answer, LetterKind, Registration
from processor.rulebook import book
from processor.store.values import GivenOut
from tests.flows.partner import Partner, audit, audits, courses, first_year, later_year, registration
from tests.flows.test_watching import Ticking
from tests.rulebook.cases import HOME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from processor.intake.wake import Waker

CERTIFICATE, GOOD_STANDING = LetterKind.CERTIFICATE, LetterKind.GOOD_STANDING
REMINDER, OVERDUE, LAPSE = LetterKind.REMINDER, LetterKind.OVERDUE, LetterKind.LAPSE
KIM = Registration(name="Kim Aster", number="A-17", since=date(2020, 1, 1), until=date(2040, 1, 1))
BEGAN = date(2026, 3, 14)


@pytest.fixture
def partner(tmp_path: Path) -> Iterator[Partner]:
    one = Partner(tmp_path / "office", BEGAN)
    one.office.store.register.import_auditors([KIM], BEGAN)
    yield one
    one.office.store.close()


@pytest.fixture
def certified(partner: Partner) -> Partner:
    partner.send(*first_year(date(2026, 3, 1)))
    assert partner.run() == [CERTIFICATE]
    return partner


def test_three_years_and_a_fourth_that_begins_again(certified: Partner) -> None:
    assert certified.standing().says == "certified year 1"
    certified.on(date(2027, 1, 20)).send(*later_year(date(2027, 1, 15)))
    assert certified.run() == [GOOD_STANDING]
    assert certified.on(date(2027, 3, 14)).standing().says == "certified year 2"
    certified.on(date(2028, 1, 20)).send(*later_year(date(2028, 1, 15)))
    assert certified.run() == [GOOD_STANDING]
    assert certified.on(date(2028, 3, 14)).standing().says == "certified year 3"
    certified.on(date(2029, 2, 1)).send(*audits(date(2029, 1, 15)))
    assert certified.run() == [CERTIFICATE]
    second = certified.last(CERTIFICATE)
    assert (second.letter.data["certified_on"], second.letter.data["valid_until"]) == ("2029-03-14", "2032-03-13")
    assert certified.standing().says == "certified year 3"
    assert certified.on(date(2029, 3, 14)).standing().says == "certified year 1"
    assert certified.run() == []


def test_in_a_later_year_two_audits_are_enough_and_old_ones_are_not(certified: Partner) -> None:
    certified.on(date(2027, 1, 20)).send(audit("self", date(2027, 1, 15)))
    assert certified.run() == [LetterKind.ACKNOWLEDGEMENT]
    [short] = [v for v in certified.office.store.cases.verdicts("MB-0001") if v.answer is not Answer.MET]
    assert [item.found for item in short.shortfalls] == ["The CSAM verification review has not come."]
    certified.on(date(2027, 2, 3)).send(audit("verification_review", date(2027, 2, 2)))
    assert certified.run() == [GOOD_STANDING]


def test_while_the_review_waits_for_the_partner_nothing_is_late_and_nobody_is_reminded(certified: Partner) -> None:
    certified.on(date(2027, 2, 26)).send(audit("self", date(2027, 2, 20)))
    certified.run()
    assert certified.run_until(date(2027, 4, 26), every=7) == []
    now = certified.standing()
    assert (now.stage, now.waits_for_partner) == (Stage.DUE, True)
    assert "59 days paused while the association worked" in now.because
    certified.send(audit("verification_review", date(2027, 4, 20)))
    assert certified.run() == [GOOD_STANDING]


def test_the_letter_of_good_standing_says_the_year_and_its_last_day(certified: Partner) -> None:
    certified.on(date(2027, 1, 20)).send(*later_year(date(2027, 1, 15))).run()
    texts = [line.text for line in certified.last(GOOD_STANDING).letter.lines]
    assert "Letter of good standing: year 2 of your SECOR® certification" in texts
    assert any("CSAM-2026-0001" in text and "March 14, 2026" in text for text in texts)
    assert any("valid until March 13, 2028" in text for text in texts)
    assert any("may be eligible" in text for text in texts)
    assert any("$4,000.00" in text and "$3,000.00" in text for text in texts)


def test_an_auditor_who_is_not_registered_audits_in_the_first_year_only(certified: Partner) -> None:
    stranger = audit("self", date(2027, 1, 15), auditor_name="Lee Quill", auditor_registration="Q-1")
    certified.on(date(2027, 1, 20)).send(stranger, audit("verification_review", date(2027, 1, 15)))
    assert certified.run() == [LetterKind.DEFICIENCY]
    assert any("Lee Quill is not in our register" in line.text for line in certified.letters()[-1].letter.lines)


def test_audits_that_come_too_soon_count_for_the_year_that_is_answered(certified: Partner) -> None:
    certified.on(date(2026, 6, 1)).send(audit("self", date(2026, 5, 20)))
    assert certified.run() == []
    assert certified.standing().says == "certified year 1"
    certified.on(date(2027, 1, 20)).send(audit("verification_review", date(2027, 1, 15)))
    assert certified.run() == [LetterKind.DEFICIENCY]
    certified.on(date(2027, 1, 25)).send(audit("self", date(2026, 9, 13)))
    assert certified.run() == [LetterKind.DEFICIENCY]
    assert any("was made on September 13, 2026" in line.text for line in certified.letters()[-1].letter.lines)


def test_a_new_card_in_the_middle_of_a_year_asks_for_nothing(certified: Partner) -> None:
    certified.on(date(2026, 11, 1)).send(registration(date(2026, 10, 20)))
    assert certified.run() == []
    assert certified.letters()[-1].letter.kind is CERTIFICATE


# ---------------------------------------------------------------- reminders


def test_an_employer_is_reminded_four_times_then_told_that_it_is_late_and_that_it_lapsed(certified: Partner) -> None:
    told = certified.run_until(date(2029, 6, 1), every=1)
    assert told == [
        (date(2026, 11, 30), REMINDER),
        (date(2026, 12, 30), REMINDER),
        (date(2027, 1, 29), REMINDER),
        (date(2027, 2, 21), REMINDER),
        (date(2027, 3, 1), OVERDUE),
        (date(2029, 3, 14), LAPSE),
    ]
    assert certified.office.store.lives.certified() == ()


def test_after_weeks_without_a_run_only_the_nearest_reminder_goes_out(certified: Partner) -> None:
    told = certified.run_until(date(2027, 2, 5), every=60)
    assert told == [(date(2027, 1, 8), REMINDER), (date(2027, 2, 5), REMINDER)]
    said = certified.office.store.letters.said("MB-0001")
    assert said == {"1.2 good standing reminder 60", "1.2 good standing reminder 30"}


def test_a_reminder_is_not_sent_twice_even_when_the_office_died_over_it(
    certified: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified.on(date(2026, 11, 30))

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(certified.office.store.lives, "looked", die)
        with pytest.raises(KeyboardInterrupt):
            certified.run()
    assert [p.letter.kind for p in certified.letters()] == [CERTIFICATE]
    assert certified.run() == [REMINDER]
    certified.on(date(2026, 12, 1))
    with monkeypatch.context() as patched:
        again = Notice(REMINDER, "1.2 good standing reminder 90", date(2026, 11, 30))
        patched.setattr("processor.flows.renewing.notice", lambda *_: again)
        certified.office.store.lives.look("MB-0001")
        with pytest.raises(Wrong, match="says so already"):
            certified.run()
    assert certified.run() == []


def test_a_reminder_that_lies_in_the_outbox_from_before_a_restore_is_not_sent_again(certified: Partner) -> None:
    day = date(2026, 11, 30)
    lies = GivenOut("L-2026-000002", "MB-0001", REMINDER.value, day, "", "", "a.pdf", "ab")
    certified.on(date(2026, 12, 3)).office.store.given.enter([lies], certified.office.day)
    assert certified.run() == []
    assert certified.on(date(2026, 12, 30)).run() == [REMINDER]
    says = [told.says for told in history(certified.office.store, "MB-0001")]
    assert "letter L-2026-000002 found in the outbox" in says


def test_a_watch_writes_what_each_new_day_brings_though_nothing_comes(certified: Partner) -> None:
    days = iter([date(2026, 11, 29)] * 5)
    waker = Ticking()
    certified.on(date(2026, 11, 29))
    seen = watch(certified.office, cast("Waker", waker), lambda: next(days, date(2026, 11, 30)), waker.clock)
    told = [(o.written.letter.day, o.written.letter.kind) for o in seen if isinstance(o, Answered) and o.written]
    assert told == [(date(2026, 11, 30), REMINDER)]


def test_what_a_person_extends_is_another_deadline(certified: Partner) -> None:
    certified.run_until(date(2027, 2, 25))
    certified.office.store.lives.decide(
        "MB-0001", "extended", certified.office.day, by="mia", reason="a flood", until=date(2027, 4, 30)
    )
    assert certified.run_until(date(2027, 5, 2)) == [
        (date(2027, 2, 26), REMINDER),
        (date(2027, 3, 1), REMINDER),
        (date(2027, 3, 31), REMINDER),
        (date(2027, 4, 23), REMINDER),
        (date(2027, 5, 1), OVERDUE),
    ]


def test_a_lapse_by_itself_is_a_term_of_the_rulebook(tmp_path: Path) -> None:
    text = (HOME / "csam-secor.toml").read_text("utf-8").replace('value = "a person decides"', 'value = "by itself"')
    one = Partner(tmp_path / "office", BEGAN, rulebooks={"csam-secor": book.load(text)})
    one.send(*first_year(date(2026, 3, 1))).run()
    told = one.run_until(date(2027, 6, 1))
    assert told[-2:] == [(date(2027, 3, 1), OVERDUE), (date(2027, 4, 30), LAPSE)]
    one.office.store.close()


# ---------------------------------------------------------------- people decide


def test_what_was_withdrawn_leaves_the_directory_and_comes_back_when_reinstated(certified: Partner) -> None:
    lives = certified.office.store.lives
    assert [c.case for c in lives.certified()] == ["MB-0001"]
    lives.decide("MB-0001", "withdrawn", BEGAN, by="mia", reason="The audit was copied.")
    assert certified.on(date(2026, 4, 1)).run() == [LetterKind.WITHDRAWAL]
    assert lives.certified() == ()
    assert any("The audit was copied." in line.text for line in certified.letters()[-1].letter.lines)
    lives.decide("MB-0001", "reinstated", date(2026, 4, 2), by="tom", reason="It was not.")
    assert certified.on(date(2026, 4, 2)).run() == [LetterKind.REINSTATEMENT]
    assert [c.certificate for c in lives.certified()] == ["CSAM-2026-0001"]
    assert certified.on(date(2026, 4, 3)).run() == []


def test_after_a_lapse_it_begins_again_with_a_registration_and_three_audits(certified: Partner) -> None:
    lives = certified.office.store.lives
    certified.on(date(2027, 5, 5))
    lives.decide("MB-0001", "lapsed", certified.office.day, by="mia", reason="")
    assert LAPSE in [*certified.run(), *certified.run()]
    certified.on(date(2027, 6, 1)).send(*audits(date(2027, 5, 20)))
    assert certified.run() == [LetterKind.DEFICIENCY]
    certified.on(date(2027, 6, 5)).send(registration(date(2027, 6, 4)))
    assert certified.run() == [CERTIFICATE]
    again = certified.last(CERTIFICATE)
    assert (again.letter.data["certified_on"], again.certificate) == ("2027-06-05", "CSAM-2027-0001")
    assert certified.standing().cycle == 2


def test_time_given_for_a_registration_counts_when_it_is_judged(partner: Partner) -> None:
    partner.send(registration(BEGAN), *courses(BEGAN)).run()
    partner.on(date(2027, 9, 10))
    given = date(2027, 12, 1)
    partner.office.store.lives.decide("MB-0001", "extended", partner.office.day, by="mia", reason="", until=given)
    partner.on(date(2027, 11, 1)).send(*audits(date(2027, 10, 15)))
    assert partner.run() == [CERTIFICATE]


def test_what_a_person_waives_is_met_until_its_day_and_says_so(partner: Partner) -> None:
    partner.send(registration(BEGAN), *audits(date(2026, 3, 10)))
    assert partner.run() == [LetterKind.ACKNOWLEDGEMENT]
    with pytest.raises(Wrong, match="has no requirement colour"):
        deciding.waive(partner.office, "MB-0001", "colour", BEGAN, by="mia", reason="x")
    with pytest.raises(Wrong, match="is over"):
        deciding.waive(partner.office, "MB-0001", "modules", date(2026, 3, 13), by="mia", reason="x")
    deciding.waive(partner.office, "MB-0001", "modules", date(2026, 12, 1), by="mia", reason="Course cancelled.")
    assert partner.run() == [CERTIFICATE]
    texts = [line.text for line in partner.last(CERTIFICATE).letter.lines]
    assert "Three training modules: Waived until 2026-12-01." in texts
    [waived] = [v for v in partner.office.store.cases.verdicts("MB-0001") if v.waived]
    assert waived.notes[0] == (
        "Waived by mia (Course cancelled.); else: No certificate of a training module has come yet."
    )
    trail = [told.says for told in history(partner.office.store, "MB-0001")]
    assert "waived modules until 2026-12-01: Course cancelled." in trail
    partner.on(date(2027, 1, 20)).send(*later_year(date(2027, 1, 15)))
    assert partner.run() == [LetterKind.ACKNOWLEDGEMENT]
    deciding.waive(partner.office, "MB-0001", "modules", date(2027, 12, 1), by="mia", reason="Again.")
    assert partner.run() == [GOOD_STANDING]
    assert any(line.text == "Waived until December 1, 2027." for line in partner.letters()[-1].letter.lines)


# ---------------------------------------------------------------- the directory


@pytest.mark.parametrize("consent", [False, None])
def test_who_does_not_consent_is_not_listed(partner: Partner, consent: bool | None) -> None:  # noqa: FBT001
    papers = first_year(date(2026, 3, 1))
    partner.send(registration(date(2026, 3, 1), directory_consent=consent), *papers[1:])
    assert partner.run() == [CERTIFICATE]
    assert partner.office.store.lives.certified() == ()


def test_a_case_that_was_there_before_standings_were_kept_is_looked_at(certified: Partner) -> None:
    database = certified.office.store._database
    with certified.office.store.transaction():
        database.do("UPDATE standings SET looks = '0001-01-01', consents = NULL, in_force = 0")
    assert certified.run() == []
    assert len(certified.office.store.lives.certified()) == 1
    assert replace(certified.standing(), day=BEGAN).in_force


# ---------------------------------------------------------------- certificates again


def test_a_reissue_leaves_what_came_for_the_next_year_for_it(certified: Partner) -> None:
    certified.on(date(2027, 2, 10)).send(audit("self", date(2027, 2, 8)))
    certified.run()
    deciding.reissue(certified.on(date(2027, 2, 12)).office, "MB-0001", by="mia", reason="Lost.")
    certified.run()
    certified.on(date(2027, 2, 20)).send(audit("verification_review", date(2027, 2, 18)))
    assert certified.run() == [GOOD_STANDING]


def next_three_years(certified: Partner) -> None:
    """A case whose next certificate is there before its days begin."""
    for year in (2027, 2028):
        certified.on(date(year, 1, 20)).send(*later_year(date(year, 1, 15)))
        certified.run()
    certified.on(date(2029, 2, 1)).send(*audits(date(2029, 1, 15)))
    assert certified.run() == [CERTIFICATE]


def test_a_paper_before_the_next_certificate_begins_asks_for_nothing(certified: Partner) -> None:
    next_three_years(certified)
    certified.on(date(2029, 2, 10)).send(courses(date(2029, 2, 5))[0])
    assert certified.run() == []
    assert {v.answer for v in certified.office.store.cases.verdicts("MB-0001")} == {Answer.MET}


def test_the_next_certificate_can_be_issued_again_before_it_begins(certified: Partner) -> None:
    next_three_years(certified)
    deciding.reissue(certified.on(date(2029, 2, 10)).office, "MB-0001", by="mia", reason="Lost.")
    certified.run()
    again = certified.last(CERTIFICATE).letter.data
    assert (again["life"], again["certificate"]) == (
        {"cycle": 2, "year": 1, "since": "2029-03-14", "until": "2032-03-13"},
        "CSAM-2029-0002",
    )


def test_what_a_person_has_begin_again_needs_no_new_registration(certified: Partner) -> None:
    deciding.withdraw(certified.on(date(2026, 5, 1)).office, "MB-0001", by="mia", reason="They asked for it.")
    certified.run()
    deciding.begin_again(certified.on(date(2026, 6, 1)).office, "MB-0001", by="mia", reason="By telephone.")
    certified.run()
    certified.on(date(2026, 6, 3)).send(*audits(date(2026, 6, 2)))
    assert certified.run() == [CERTIFICATE]
    data = certified.last(CERTIFICATE).letter.data
    assert (data["certified_on"], data["valid_until"]) == ("2026-06-03", "2029-06-02")
    assert certified.standing().says == "certified year 1"


@pytest.mark.parametrize("before", [False, True])
def test_nothing_is_put_back_once_the_certificates_days_are_over(certified: Partner, *, before: bool) -> None:
    deciding.withdraw(certified.on(date(2026, 5, 1)).office, "MB-0001", by="mia", reason="They asked for it.")
    if before:
        deciding.reinstate(certified.on(date(2026, 5, 2)).office, "MB-0001", None, by="mia", reason="A slip.")
    certified.run()
    with pytest.raises(Wrong):
        deciding.reinstate(
            certified.on(date(2029, 9, 2)).office, "MB-0001", date(2030, 1, 1), by="mia", reason="They asked again."
        )
