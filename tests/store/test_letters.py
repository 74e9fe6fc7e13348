"""Letters: owed once, numbered without a gap, written once, for good."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from processor.errors import Wrong
from processor.model import LetterKind
from processor.store.values import Post
from tests.store.made_up import DAY, filed_case, letter

if TYPE_CHECKING:
    from processor.store.store import Store

AFTER_NEW_YEAR = date(2027, 1, 4)


def owe(store: Store, code: str, kind: LetterKind = LetterKind.DEFICIENCY, says: str = "Please sign.") -> str:
    with store.transaction():
        store.cases.judged(code, DAY, verdicts=[])
        number = store.letters.next_number(DAY)
        certificate = store.letters.next_certificate("CSAM", DAY) if kind is LetterKind.CERTIFICATE else ""
        owed = letter(code, kind, says=says)
        store.letters.owe(owed, number=number, fingerprint=says, certificate=certificate)
    return number


def test_an_owed_letter_comes_back_word_for_word(store: Store) -> None:
    code, _ = filed_case(store)
    number = owe(store, code)
    (posted,) = store.letters.owed()
    assert (posted.number, posted.case, posted.post, posted.fingerprint) == (number, code, Post.OWED, "Please sign.")
    assert posted.letter == letter(code, says="Please sign.")


def test_numbers_count_up_and_begin_again_each_year(store: Store) -> None:
    code, _ = filed_case(store)
    assert [owe(store, code), owe(store, code)] == ["L-2026-000001", "L-2026-000002"]
    with store.transaction():
        assert store.letters.next_number(AFTER_NEW_YEAR) == "L-2027-000001"
        assert store.letters.next_certificate("SCSA", DAY) == "SCSA-2026-0001"


def test_a_number_that_was_only_looked_at_leaves_no_gap(store: Store) -> None:
    code, _ = filed_case(store)
    with store.transaction():
        store.letters.next_number(DAY)
        store.letters.next_certificate("CSAM", DAY)
    assert owe(store, code, LetterKind.CERTIFICATE) == "L-2026-000001"
    assert store.letters.letter("CSAM-2026-0001").number == "L-2026-000001"


def test_an_error_takes_letter_numbers_and_judging_back(store: Store) -> None:
    code, _ = filed_case(store)

    def break_down() -> None:
        with store.transaction():
            owe(store, code, LetterKind.CERTIFICATE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_down()
    assert store.letters.every() == ()
    assert store.cases.touched() == (code,)
    assert owe(store, code, LetterKind.CERTIFICATE) == "L-2026-000001"
    assert store.letters.every()[0].certificate == "CSAM-2026-0001"


def test_a_number_is_reserved_inside_a_transaction_only(store: Store) -> None:
    with pytest.raises(Wrong, match="inside a transaction"):
        store.letters.next_number(DAY)


def test_a_number_that_is_not_the_next_is_refused(store: Store) -> None:
    code, _ = filed_case(store)
    store.cases.judged(code, DAY, verdicts=[])
    with pytest.raises(Wrong, match="not the next"):
        store.letters.owe(letter(code), number="L-2026-000007", fingerprint="f")


def test_one_judging_owes_a_letter_at_most_once(store: Store) -> None:
    code, _ = filed_case(store)
    owe(store, code)
    with store.transaction():
        number = store.letters.next_number(DAY)
        with pytest.raises(Wrong, match="is owed letter L-2026-000001 already"):
            store.letters.owe(letter(code), number=number, fingerprint="g")
    assert len(store.letters.every()) == 1
    assert owe(store, code) == "L-2026-000002"


def test_a_written_letter_is_owed_no_more(store: Store) -> None:
    code, _ = filed_case(store)
    number = owe(store, code)
    store.letters.written(number, DAY, path="2026-11-24/a.pdf", sha256="ab")
    assert store.letters.owed() == ()
    posted = store.letters.letter(number)
    assert (posted.post, posted.path, posted.sha256) == (Post.WRITTEN, "2026-11-24/a.pdf", "ab")
    [listed] = store.letters.listed(DAY)
    assert (listed.letter, listed.case, listed.file) == (posted.number, posted.case, posted.path)


def test_writing_again_is_harmless_and_writing_something_else_is_refused(store: Store) -> None:
    code, _ = filed_case(store)
    number = owe(store, code)
    for _ in range(2):
        store.letters.written(number, DAY, path="a.pdf", sha256="ab")
    assert [e.kind for e in store.events.of_subject(number)] == ["owed", "written"]
    with pytest.raises(Wrong, match="other bytes"):
        store.letters.written(number, DAY, path="a.pdf", sha256="cd")


def test_a_letter_is_sent_once_after_it_is_written(store: Store) -> None:
    code, _ = filed_case(store)
    number = owe(store, code)
    with pytest.raises(Wrong, match="not written yet"):
        store.letters.sent(number, DAY)
    store.letters.written(number, DAY, path="a.pdf", sha256="ab")
    for _ in range(2):
        store.letters.sent(number, DAY, by="mia")
    assert store.letters.letter(number).post is Post.SENT
    assert [e.kind for e in store.events.of_subject(number)] == ["owed", "written", "sent"]


def test_the_latest_letter_is_the_last_of_its_kind(store: Store) -> None:
    code, _ = filed_case(store)
    assert store.letters.latest(code) is None
    first = owe(store, code, LetterKind.ACKNOWLEDGEMENT)
    second = owe(store, code)
    found = store.letters.latest(code), store.letters.latest(code, LetterKind.ACKNOWLEDGEMENT)
    assert [p.number for p in found if p] == [second, first]
    assert store.letters.latest(code, LetterKind.CERTIFICATE) is None
    assert [p.number for p in store.letters.of_case(code)] == [first, second]


def test_an_unknown_letter_is_said_to_be_unknown(store: Store) -> None:
    with pytest.raises(Wrong, match="There is no letter"):
        store.letters.letter("L-1999-000001")
