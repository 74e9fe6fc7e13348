"""What lay in a mail: kept with it, and known again by its bytes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from processor.findings import finding
from processor.model import Came, Mail, Part
from processor.store.store import Store
from tests.store.made_up import DAY, Keys, card, employer, registration, submission
from tests.store.test_store import behind

if TYPE_CHECKING:
    from pathlib import Path

    from processor.model import Submission

COVERING = Mail(sender="Ana <ana@made-up.example>", subject="Papers", sent="2026-11-24T09:15:00-06:00", text="Hello")
READ = Part(path="form.pdf", sha256="ab" * 32, came=Came.READ)
LOGO = Part(path="logo.png", sha256="cd" * 32, came=Came.TRIFLE)
LOST = Part(path="list.xlsx", sha256="ef" * 32, came=Came.UNREAD, findings=(finding("broken-file"),))


def mail(name: str = "mail.eml") -> Submission:
    papers = (replace(registration(), part="form.pdf"), replace(card(), part="list.xlsx"))
    return replace(submission(*papers, name=name), mails=(COVERING,), parts=(READ, LOGO, LOST))


def test_a_mail_and_what_lay_in_it_are_kept_in_their_order(store: Store) -> None:
    store.papers.keep(mail(), DAY, keys=[Keys()] * 2)
    digest = mail().sha256
    assert store.parts.mails(digest) == (COVERING,)
    assert store.parts.of(digest) == (READ, LOGO, LOST)
    assert store.parts.of(digest)[2].findings[0].says == finding("broken-file").says
    assert store.parts.mails("00" * 32) == ()
    assert store.parts.of("00" * 32) == ()


def test_a_paper_says_where_in_the_mail_it_lay_and_by_which_bytes(store: Store) -> None:
    first, second = store.papers.keep(mail(), DAY, keys=[Keys()] * 2)
    paper = store.papers.paper(first)
    assert (paper.submission, paper.inner, paper.sha256) == ("mail.eml/form.pdf", READ.sha256, mail().sha256)
    assert (paper.document.part, paper.machine.part) == ("form.pdf", "form.pdf")
    assert store.papers.paper(second).inner == LOST.sha256


def test_what_was_read_is_known_by_its_bytes_and_nothing_else_is(store: Store) -> None:
    assert not store.parts.known(READ.sha256)
    store.papers.keep(mail(), DAY, keys=[Keys()] * 2)
    store.papers.set_aside(submission(name="aside.pdf"), DAY)
    alone = submission(card(), name="alone.pdf")
    store.papers.keep(alone, DAY, keys=[Keys()])
    known = [store.parts.known(digest) for digest in (READ.sha256, LOGO.sha256, LOST.sha256)]
    assert known == [True, False, False]
    assert store.parts.known(alone.sha256)
    assert not store.parts.known(submission(name="aside.pdf").sha256)


def test_whose_the_other_papers_of_a_mail_are_is_told_and_not_of_other_files(store: Store) -> None:
    first, second = store.papers.keep(mail(), DAY, keys=[Keys()] * 2)
    stack = store.papers.keep(submission(registration(), card(), name="stack.pdf"), DAY, keys=[Keys()] * 2)
    assert store.papers.came_with(second) == ()
    who = store.register.enter(employer(), DAY, names=[])
    code = store.cases.open(who, "csam-secor", DAY, prefix="MB")
    for number in (first, stack[0]):
        store.papers.file(number, DAY, employer=who, case=code)
    assert store.papers.came_with(second) == (who,)
    assert store.papers.came_with(first) == ()
    assert store.papers.came_with(stack[1]) == ()


def test_an_older_store_learns_of_mails(tmp_path: Path) -> None:
    path = tmp_path / "secor.db"
    with Store.open(path) as store:
        store.papers.keep(submission(card()), DAY, keys=[Keys()])
    behind(
        path,
        "DROP TABLE mails",
        "DROP TABLE parts",
        "ALTER TABLE documents DROP COLUMN part",
        "DELETE FROM _sqlite_migrations WHERE name = 'what_lies_in_a_mail'",
    )
    with Store.open(path) as store:
        (paper,) = store.papers.pool()
        store.papers.keep(mail(), DAY, keys=[Keys()] * 2)
        assert (paper.submission, paper.inner, len(store.papers.pool())) == ("scan.pdf", "", 3)


def test_a_file_whose_papers_another_brought_before_is_kept_as_long_as_they_are(store: Store) -> None:
    read = replace(submission(replace(registration(), part=READ.path)), mails=(COVERING,), parts=(READ,))
    (number,) = store.papers.keep(read, DAY, keys=[Keys()])
    who = store.register.enter(employer(), DAY, names=[])
    code = store.cases.open(who, "csam-secor", DAY, prefix="MB")
    store.papers.file(number, DAY, employer=who, case=code)
    store.cases.judged(code, DAY, verdicts=(), questions=())
    alone = replace(submission(), sha256=READ.sha256)
    again = replace(submission(name="again.eml"), mails=(COVERING,), parts=(replace(READ, came=Came.KNOWN),))
    for other in (alone, again):
        store.papers.keep(other, DAY, keys=[])
    later = DAY + timedelta(days=100)
    due = [list(store.erased.due({"registration": days}, later, store.papers)) for days in (0, 99)]
    assert [len(files) for files in due] == [0, 3]
    assert {one.kinds for one in due[1]} == {("registration",)}
