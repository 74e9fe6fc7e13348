"""Papers: kept once, filed, corrected by people, never lost sight of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from processor.errors import TryLater, Wrong
from processor.findings import finding
from processor.model import Kind, Means, Question, Reading, State
from processor.store.values import Progress
from tests.store.made_up import DAY, Keys, audit, card, filed_case, registration, submission

if TYPE_CHECKING:
    from processor.store.store import Store


def confirmed(name: str, value: str) -> Reading:
    return Reading(name=name, value=value, state=State.CONFIRMED, means=Means.PERSON)


def progress(store: Store, name: str = "scan.pdf") -> Progress:
    receipt = store.papers.receipt(submission(name=name).sha256)
    assert receipt is not None
    return receipt.progress


def test_a_file_that_never_came_has_no_receipt(store: Store) -> None:
    assert store.papers.receipt("ab" * 32) is None


def test_a_kept_paper_says_where_it_came_from(store: Store) -> None:
    (number,) = store.papers.keep(submission(registration()), DAY, keys=[Keys()], note="clerk")
    paper = store.papers.paper(number)
    receipt = store.papers.receipt(paper.sha256)
    assert number == f"{paper.sha256[:12]}.1"
    assert (paper.submission, paper.received, paper.document, paper.version) == ("scan.pdf", DAY, registration(), 1)
    assert receipt is not None
    assert (receipt.note, receipt.documents) == ("clerk", (number,))


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    store.papers.keep(submission(registration()), DAY, keys=[Keys()])
    with pytest.raises(Wrong, match="kept already"):
        store.papers.keep(submission(registration()), DAY, keys=[Keys()])
    assert len(store.papers.pool()) == 1
    assert len(store.events.since()) == 1


def test_several_documents_of_one_file_keep_their_order(store: Store) -> None:
    numbers = store.papers.keep(submission(registration(), card(), audit()), DAY, keys=[Keys()] * 3)
    assert [store.papers.paper(n).document.kind for n in numbers] == [Kind.REGISTRATION, Kind.FIRST_AID, Kind.AUDIT]
    assert [n.rpartition(".")[2] for n in numbers] == ["1", "2", "3"]


def test_keys_that_are_too_few_keep_nothing(store: Store) -> None:
    with pytest.raises(ValueError, match="shorter"):
        store.papers.keep(submission(registration(), card()), DAY, keys=[Keys()])
    assert store.papers.receipts() == ()


def test_an_unknown_paper_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(Wrong, match=r"There is no paper abc\.1"):
        store.papers.paper("abc.1")


def test_a_paper_that_nobody_claims_waits_in_the_pool_oldest_first(store: Store) -> None:
    for name in ("b.pdf", "a.pdf"):
        store.papers.keep(submission(card(), name=name), DAY, keys=[Keys()])
    assert [p.submission for p in store.papers.pool()] == ["b.pdf", "a.pdf"]
    assert [p.submission for p in store.papers.pool(at_most=1)] == ["b.pdf"]


def test_a_filed_paper_leaves_the_pool_and_stands_in_its_case(store: Store) -> None:
    code, number = filed_case(store)
    assert store.papers.pool() == ()
    assert [p.number for p in store.papers.of_case(code)] == [number]


def test_what_filing_found_stands_beside_what_the_machine_found(store: Store) -> None:
    code, number = filed_case(store)
    near = finding("near-name", name="Prairie Rofing", employer="Prairie Roofing Ltd.")
    store.papers.file(number, DAY, employer=1, case=code, findings=[near])
    paper = store.papers.paper(number)
    assert [f.code for f in paper.document.findings] == ["unsigned", "near-name"]
    assert [f.code for f in paper.machine.findings] == ["unsigned"]


def test_filing_elsewhere_touches_both_cases(store: Store) -> None:
    first, number = filed_case(store)
    second, _ = filed_case(store, name="other.pdf", account="7654321")
    for code in (first, second):
        store.cases.judged(code, DAY, verdicts=[])
    store.papers.file(number, DAY, employer=2, case=second, by="mia")
    assert store.cases.touched() == (first, second)
    assert [p.number for p in store.papers.of_case(first)] == []


def test_a_paper_put_back_waits_in_the_pool_again(store: Store) -> None:
    _, number = filed_case(store)
    store.papers.file(number, DAY, employer=0, case="", by="mia")
    assert [p.number for p in store.papers.pool()] == [number]


def test_a_card_without_a_program_counts_in_every_case_of_the_employer(store: Store) -> None:
    mb, _ = filed_case(store)
    sk = store.cases.open(1, "scsa-secor", DAY, prefix="SK")
    (number,) = store.papers.keep(submission(card(), name="card.pdf"), DAY, keys=[Keys(holders=("ana yuen",))])
    for code in (mb, sk):
        store.cases.judged(code, DAY, verdicts=[])
    store.papers.file(number, DAY, employer=1, case="")
    assert store.cases.touched() == (mb, sk)
    assert [number in [p.number for p in store.papers.of_case(code)] for code in (mb, sk)] == [True, True]
    assert progress(store, "card.pdf") is Progress.WORK


@pytest.mark.parametrize(
    "keys",
    [Keys(account="777"), Keys(names=("north siding",)), Keys(holders=("ana yuen",))],
    ids=["account", "name", "person"],
)
def test_the_pool_is_asked_by_each_key(store: Store, keys: Keys) -> None:
    both = Keys(account="777", names=("north siding",), holders=("ana yuen",))
    (number,) = store.papers.keep(submission(card()), DAY, keys=[both])
    store.papers.keep(submission(card(), name="other.pdf"), DAY, keys=[Keys(account="778")])
    assert [p.number for p in store.papers.unclaimed(keys)] == [number]


def test_a_paper_is_found_in_the_pool_once_whatever_it_shares(store: Store) -> None:
    keys = Keys(account="777", holders=("ana yuen",))
    store.papers.keep(submission(card()), DAY, keys=[keys])
    assert len(store.papers.unclaimed(keys)) == 1


def test_two_names_under_one_certificate_number_are_found_however_it_is_written(store: Store) -> None:
    store.papers.keep(submission(card("FA-12 34")), DAY, keys=[Keys(holders=("ana yuen",))])
    store.papers.keep(submission(card("fa1234"), name="b.pdf"), DAY, keys=[Keys(holders=("bo lund",))])
    assert [h.holder for h in store.papers.holders("FA 1234")] == ["ana yuen", "bo lund"]


def test_an_unsure_certificate_number_accuses_nobody(store: Store) -> None:
    store.papers.keep(submission(card(state=State.UNSURE)), DAY, keys=[Keys(holders=("ana yuen",))])
    assert store.papers.holders("FA-12 34") == ()


def test_a_finding_that_another_paper_brought_is_added_once_and_touches_the_case(store: Store) -> None:
    code, number = filed_case(store)
    store.cases.judged(code, DAY, verdicts=[])
    twice = finding("number-two-holders", number="FA-1234")
    for _ in range(2):
        store.papers.add_finding(number, twice, DAY)
    assert [f.code for f in store.papers.paper(number).filing] == ["number-two-holders"]
    assert store.cases.touched() == (code,)
    assert [e.kind for e in store.events.of_subject(number)] == ["filed", "found"]


def test_a_correction_is_seen_and_the_machines_reading_stays(store: Store) -> None:
    code, number = filed_case(store)
    store.cases.judged(code, DAY, verdicts=[])
    before = store.papers.paper(number)
    store.papers.correct(
        number, "legal_name", confirmed("legal_name", "Prairie Roofing Inc."), by="mia", day=DAY, saw=before.version
    )
    after = store.papers.paper(number)
    assert after.document["legal_name"].value == "Prairie Roofing Inc."
    assert after.document["legal_name"].state is State.CONFIRMED
    assert after.machine["legal_name"].value == "Prairie Roofing Ltd."
    assert store.cases.touched() == (code,)


def test_the_last_correction_of_a_reading_holds(store: Store) -> None:
    (number,) = store.papers.keep(submission(registration()), DAY, keys=[Keys()])
    for version, name in enumerate(("First", "Second"), start=1):
        reading = confirmed("legal_name", name)
        store.papers.correct(number, "legal_name", reading, by="mia", day=DAY, saw=version)
    assert store.papers.paper(number).document["legal_name"].value == "Second"


def test_a_cell_of_a_table_can_be_corrected(store: Store) -> None:
    (number,) = store.papers.keep(submission(registration()), DAY, keys=[Keys()])
    store.papers.correct(number, "workers[1].name", confirmed("name", "Anna Yuen"), by="mia", day=DAY, saw=1)
    document = store.papers.paper(number).document
    assert document["workers[1].name"].value == "Anna Yuen"
    assert document["workers[1].position"].value == "Roofer"


def test_a_row_that_is_not_there_cannot_be_corrected(store: Store) -> None:
    (number,) = store.papers.keep(submission(registration()), DAY, keys=[Keys()])
    with pytest.raises(Wrong, match="no reading"):
        store.papers.correct(number, "workers[9].name", confirmed("name", "X"), by="mia", day=DAY, saw=1)
    assert store.papers.paper(number).version == 1


def test_a_corrected_paper_is_found_by_its_new_keys_alone(store: Store) -> None:
    (number,) = store.papers.keep(submission(card()), DAY, keys=[Keys(holders=("ana yuen",))])
    new = Keys(holders=("anna yuen",))
    store.papers.correct(number, "holder_name", confirmed("holder_name", "Anna"), by="mia", day=DAY, saw=1, keys=new)
    assert store.papers.unclaimed(Keys(holders=("ana yuen",))) == ()
    assert [p.number for p in store.papers.unclaimed(new)] == [number]
    assert [h.holder for h in store.papers.holders("FA1234")] == ["anna yuen"]


def test_nobody_saves_over_what_a_colleague_saved(store: Store) -> None:
    (number,) = store.papers.keep(submission(registration()), DAY, keys=[Keys()])
    store.papers.settle(number, "unsigned", by="mia", day=DAY, saw=1)
    with pytest.raises(TryLater, match="changed paper"):
        store.papers.correct(number, "legal_name", confirmed("legal_name", "X"), by="bo", day=DAY, saw=1)
    with pytest.raises(TryLater, match="changed paper"):
        store.papers.settle(number, "unsigned", by="bo", day=DAY, saw=1)
    with pytest.raises(TryLater, match="changed paper"):
        store.papers.dismiss(number, by="bo", day=DAY, saw=1)
    with pytest.raises(TryLater, match="changed paper"):
        store.papers.file(number, DAY, employer=0, case="", by="bo", saw=1)
    assert [e.kind for e in store.events.of_subject(number)] == ["settled"]


def test_a_settled_finding_is_named_with_its_reading(store: Store) -> None:
    code, number = filed_case(store)
    store.papers.settle(number, "unsigned", by="mia", day=DAY, saw=2, decision="A wet signature is on file.")
    store.papers.settle(number, "field-blank", reading="phone", by="mia", day=DAY, saw=3)
    (filed,) = store.cases.case(code).documents
    assert filed.settled == {"unsigned", "field-blank@phone"}


def test_a_dismissed_paper_waits_for_nobody_and_stays_kept(store: Store) -> None:
    (number,) = store.papers.keep(submission(card()), DAY, keys=[Keys()])
    store.papers.dismiss(number, by="mia", day=DAY, saw=1)
    assert store.papers.pool() == ()
    assert store.papers.paper(number).dismissed
    assert progress(store) is Progress.DONE


def test_a_submission_is_in_work_then_waiting_then_done(store: Store) -> None:
    code, number = filed_case(store)
    assert progress(store) is Progress.WORK
    question = Question(document=number, code="unsure-reading", says="Read the box.", reading="legal_name")
    store.cases.judged(code, DAY, verdicts=[], questions=[question])
    assert progress(store) is Progress.WAITING
    store.cases.judged(code, DAY, verdicts=[])
    assert progress(store) is Progress.DONE


def test_a_file_set_aside_keeps_its_reason(store: Store) -> None:
    broken = submission(name="broken.pdf")
    store.papers.set_aside(
        type(broken)(name="broken.pdf", sha256=broken.sha256, findings=(finding("broken-file"),)), DAY
    )
    receipt = store.papers.receipt(broken.sha256)
    assert receipt is not None
    assert (receipt.progress, [f.code for f in receipt.findings]) == (Progress.ASIDE, ["broken-file"])


def test_the_balance_counts_every_submission_once(store: Store) -> None:
    filed_case(store)
    store.papers.keep(submission(card(), name="card.pdf"), DAY, keys=[Keys()])
    store.papers.set_aside(submission(name="broken.pdf"), DAY)
    assert store.papers.balance() == {Progress.WORK: 1, Progress.WAITING: 1, Progress.DONE: 0, Progress.ASIDE: 1}
    assert [r.name for r in store.papers.receipts()] == ["broken.pdf", "card.pdf", "scan.pdf"]
    assert [r.name for r in store.papers.receipts(Progress.WAITING)] == ["card.pdf"]


def test_events_say_what_happened_and_no_personal_value(store: Store) -> None:
    _, number = filed_case(store, name="Ana Yuen.pdf")
    store.papers.correct(number, "legal_name", confirmed("legal_name", "Secret Ltd."), by="mia", day=DAY, saw=2)
    told = [f"{e.subject} {dict(e.detail)}" for e in store.events.since()]
    for secret in ("Ana", "Yuen", "Secret", "Prairie"):
        assert not any(secret in line for line in told)
    assert [e.kind for e in store.events.since()] == ["received", "employer entered", "opened", "filed", "corrected"]


# ---------------------------------------------------------------- whose a paper in the pool may be


def waiting(store: Store, *maybe: int, name: str = "card.pdf", keys: Keys | None = None) -> str:
    (number,) = store.papers.keep(submission(card(), name=name), DAY, keys=[keys or Keys(holders=("ana yuen",))])
    store.papers.file(number, DAY, employer=0, case="", findings=[finding("no-employer")], maybe=maybe)
    return number


def test_a_paper_in_the_pool_says_whose_it_may_be(store: Store) -> None:
    first, _ = filed_case(store)
    second, _ = filed_case(store, name="other.pdf", account="7654321")
    for code in (first, second):
        store.cases.judged(code, DAY, verdicts=[])
    number = waiting(store, 2, 1)
    assert store.papers.paper(number).maybe == (1, 2)
    assert [p.number for p in store.papers.waiting_for(2)] == [number]
    assert store.cases.touched() == (first, second)


def test_whoever_may_be_meant_no_more_is_touched_when_it_is_filed(store: Store) -> None:
    first, _ = filed_case(store)
    second, _ = filed_case(store, name="other.pdf", account="7654321")
    number = waiting(store, 1, 2)
    for code in (first, second):
        store.cases.judged(code, DAY, verdicts=[])
    store.papers.file(number, DAY, employer=2, case=second, maybe=(1,))
    assert store.cases.touched() == (first, second)
    assert store.papers.paper(number).maybe == ()
    assert store.papers.waiting_for(1) == store.papers.waiting_for(2) == ()


def test_a_dismissed_paper_may_be_nobodys(store: Store) -> None:
    code, _ = filed_case(store)
    number = waiting(store, 1)
    store.cases.judged(code, DAY, verdicts=[])
    store.papers.dismiss(number, by="mia", day=DAY, saw=store.papers.paper(number).version)
    assert store.cases.touched() == (code,)
    assert store.papers.waiting_for(1) == store.papers.unclaimed(Keys(holders=("anna yuen",))) == ()


def test_filing_anew_to_the_same_end_changes_nothing(store: Store) -> None:
    code, _ = filed_case(store)
    number = waiting(store, 1)
    store.cases.judged(code, DAY, verdicts=[])
    before, events = store.papers.paper(number), store.events.since()
    store.papers.file(number, DAY, employer=0, case="", findings=iter([finding("no-employer")]), maybe=(1,))
    assert (store.papers.paper(number), store.events.since()) == (before, events)
    assert store.cases.touched() == ()


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        (Keys(holders=("ana yuen",)), Keys(holders=("anna yuen",))),
        (Keys(holders=("ana yuen",)), Keys(holders=("a yuen",))),
        (Keys(names=("delta paving",)), Keys(names=("delta pavings",))),
        (Keys(names=("delta paving",)), Keys(names=("", "velta paving"))),
    ],
    ids=["person", "initial", "company", "its beginning"],
)
def test_what_waits_under_nearly_that_name_is_found_among_very_many(store: Store, kept: Keys, asked: Keys) -> None:
    _, filed = filed_case(store)
    with store.transaction():
        for n in range(100):
            waiting(store, name=f"{n}.pdf", keys=Keys(names=(f"delta {n}", f"{n} paving"), holders=(f"ana {n}",)))
        number = waiting(store, keys=kept)
    found = [p.number for p in store.papers.unclaimed(asked)]
    assert number in found
    assert filed not in found
    assert len(found) <= 8 * 12


def test_a_corrected_paper_that_still_waits_is_found_by_nearly_its_new_name(store: Store) -> None:
    number, new = waiting(store), Keys(holders=("bo lund",))
    reading = confirmed("holder_name", "Bo Lund")
    saw = store.papers.paper(number).version
    store.papers.correct(number, "holder_name", reading, by="mia", day=DAY, saw=saw, keys=new)
    store.papers.file(number, DAY, employer=0, case="", findings=[finding("no-employer")])
    assert [p.number for p in store.papers.unclaimed(Keys(holders=("bob lund",)))] == [number]
    assert store.papers.unclaimed(Keys(holders=("anna yuen",))) == ()
