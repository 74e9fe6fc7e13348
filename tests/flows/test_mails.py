"""Mails and archives through an office: each paper in them filed, nothing lost, nobody asked about logos."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

import pytest

from processor.errors import Exit, UnreadablePaper
from processor.flows import explaining, house, reviewing
from processor.flows.answering import answer
from processor.flows.forms import load_all
from processor.flows.office import Office
from processor.flows.running import kept, now
from processor.flows.taking import everything
from processor.intake.folders import prepare
from processor.model import Came, Kind, Submission
from processor.store.store import Store
from tests.cli.conftest import CLEAN, FORM, Desk
from tests.papers.filling import fill
from tests.papers.office import drop, staff
from tests.papers.recipe import DAY
from tests.unpacking.containers import File, eml, forwarded, mail, mbox, msg, picture, tnef, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from processor.flows.filing import Outcome
    from processor.workers.crew import Crew, Job, Result
    from tests.papers.office import Staff

LOGO = File("logo.png", picture(240, 80), "image/png", inline=True)
ROSTER = File("roster.xlsx", zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "application/vnd.ms-excel")


@pytest.fixture(scope="module")
def team() -> Iterator[Staff]:
    with staff() as everybody:
        yield everybody


@pytest.fixture
def office(tmp_path: Path, team: Staff) -> Iterator[Office]:
    house.make_office(tmp_path / "office")
    settings = house.read_settings(tmp_path / "office")
    prepare(settings.paths)
    with Store.open(settings.paths.state / "secor.db") as store:
        yield Office(
            settings=settings,
            store=store,
            rulebooks=team.rulebooks,
            vocabulary=team.vocabulary,
            press=team.press,
            crew=team.crew,
            forms=team.forms,
            day=DAY,
        )


@cache
def form(phone: str = "204-555-0142") -> bytes:
    """A filled registration."""
    declared = next(f for f in load_all((house.templates_folder(),)) if f.name == FORM)
    blank = (house.templates_folder() / "forms" / FORM / "blank.pdf").read_bytes()
    return fill(blank, declared, {**CLEAN, "phone": phone})


class Done(NamedTuple):
    """What came of one file."""

    outcome: Outcome
    submission: Submission

    @property
    def parts(self) -> dict[str, str]:
        return {part.path: part.came.value for part in self.submission.parts}

    @property
    def codes(self) -> list[str]:
        return [f.code for f in self.submission.findings]


def came(office: Office, name: str, data: bytes) -> Done:
    """Drop one file, run, and look what the office says of it."""
    drop([(name, data)], office.settings.paths.inbox)
    taking = everything(office)
    [taken] = taking.taken
    list(answer(office))
    digest = taken.submission.sha256
    return Done(now(office, digest, taken.outcome), kept(office, digest, name))


def asked(office: Office) -> list[tuple[str, str]]:
    return [(item.paper.submission, item.question.code) for item in reviewing.items(office)]


def letters(office: Office) -> list[str]:
    return [posted.letter.kind.value for posted in office.store.letters.every()]


def reject(office: Office) -> None:
    """A person says that what waits counts for nobody."""
    for item in list(reviewing.items(office)):
        reviewing.dismiss(office, item, by="clerk")
    list(answer(office))


def note(office: Office, name: str) -> str:
    return (office.settings.paths.state / "aside" / f"{name}.txt").read_text("utf-8")


# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("name", "wrap", "part"),
    [
        ("mail.eml", lambda data: eml(File("form.pdf", data), LOGO), "form.pdf"),
        ("mail.msg", lambda data: msg(File("form.pdf", data), LOGO), "form.pdf"),
        ("winmail.dat", lambda data: tnef(File("form.pdf", data)), "form.pdf"),
        ("box.mbox", lambda data: mbox(eml(File("form.pdf", data))), "mail 1/form.pdf"),
        ("papers.zip", lambda data: zipped({"our papers/form.pdf": data}), "our papers/form.pdf"),
        ("fwd.eml", lambda data: forwarded(mail(File("form.pdf", data), subject="Old")), "Old.eml/form.pdf"),
    ],
    ids=["mail", "outlook", "tnef", "mailbox", "zip", "forwarded"],
)
def test_a_registration_is_filed_whatever_it_came_in(
    office: Office, name: str, wrap: Callable[[bytes], bytes], part: str
) -> None:
    done = came(office, name, wrap(form()))
    [document] = done.submission.documents
    assert (done.outcome, document.part, document.kind) == ("filed", part, Kind.REGISTRATION)
    assert letters(office) == ["acknowledgement"]
    [paper] = office.store.papers.of_case("MB-0001")
    assert paper.submission == f"{name}/{part}"
    [original] = (p for p in (office.settings.paths.state / "originals").glob("*/*") if p.is_file())
    assert original.name == done.submission.sha256


def test_sender_subject_day_and_words_of_the_mail_are_kept_and_nothing_rests_on_them(office: Office) -> None:
    done = came(office, "mail.eml", eml(File("form.pdf", form()), text="We moved to 99 Elsewhere Road."))
    [covering] = done.submission.mails
    assert covering.sender == "Ana Kowal <ana@tallgrass.example>"
    assert (covering.subject, covering.sent[:10]) == ("Our papers", "2026-11-24")
    assert covering.text == "We moved to 99 Elsewhere Road."
    assert "Elsewhere" not in str(done.submission.documents)
    told = " ".join(str(event.detail) for event in office.store.events.since())
    assert "tallgrass.example" not in told
    assert "Elsewhere" not in told


def test_a_place_in_a_mail_is_cut_out_as_a_picture(office: Office) -> None:
    came(office, "mail.eml", eml(File("form.pdf", form())))
    [paper] = office.store.papers.of_case("MB-0001")
    assert explaining.place(office, paper, 1, paper.document["legal_name"].box).startswith(b"\x89PNG")


# ---------------------------------------------------------------- what nobody is asked about


def test_logos_smileys_and_seals_ask_nobody(office: Office) -> None:
    smiley = File("smile.png", picture(20, 20), "image/png")
    banner = File("banner.png", picture(1800, 400), "image/png", inline=True)
    seal = File("smime.p7s", b"seal", "application/pkcs7-signature")
    done = came(office, "mail.eml", eml(File("form.pdf", form()), LOGO, smiley, banner, seal))
    assert done.outcome == "filed"
    assert list(done.parts.values()) == ["read", *["trifle"] * 4]
    assert asked(office) == []


def test_a_paper_that_calls_itself_an_invitation_is_read(office: Office) -> None:
    done = came(office, "mail.eml", eml(File("form.pdf", form(), "text/calendar")))
    assert list(done.parts.values()) == ["read"]


def test_a_photo_that_was_pasted_into_the_text_is_read(office: Office) -> None:
    photo = File("photo.jpg", picture(1200, 900, "JPEG"), "image/jpeg", inline=True)
    done = came(office, "mail.eml", eml(photo))
    assert (done.outcome, done.parts) == ("needs-person", {"photo.jpg": "read"})


# ---------------------------------------------------------------- what comes again


def test_the_same_attachment_in_another_mail_is_known(office: Office) -> None:
    came(office, "first.eml", eml(File("form.pdf", form())))
    done = came(office, "again.eml", eml(File("copy of form.pdf", form()), subject="Again"))
    assert (done.outcome, done.submission.documents) == ("already-known", ())
    assert done.parts == {"copy of form.pdf": "known"}
    assert letters(office) == ["acknowledgement"]


def test_a_paper_is_known_from_a_mail_and_in_a_mail_from_before(office: Office) -> None:
    other = form(phone="204-555-0143")
    came(office, "mail.eml", eml(File("form.pdf", form())))
    alone = came(office, "alone.pdf", form())
    assert (alone.outcome, alone.submission.documents) == ("already-known", ())
    assert office.store.papers.receipt(alone.submission.sha256)
    assert came(office, "other.pdf", other).outcome == "filed"
    assert came(office, "second.eml", eml(File("x.pdf", other))).parts == {"x.pdf": "known"}


def test_the_same_file_twice_in_one_mail_is_read_once(office: Office) -> None:
    done = came(office, "mail.eml", eml(File("a.pdf", form()), File("b.pdf", form())))
    assert done.parts == {"a.pdf": "read", "b.pdf": "known"}
    assert len(done.submission.documents) == 1


def test_the_same_mail_again_is_known(office: Office) -> None:
    data = eml(File("form.pdf", form()))
    came(office, "mail.eml", data)
    assert came(office, "mail (1).eml", data).outcome == "already-known"


def test_what_could_not_be_read_before_is_looked_at_again(office: Office) -> None:
    came(office, "first.eml", eml(ROSTER))
    assert came(office, "second.eml", eml(ROSTER, subject="Again")).parts == {"roster.xlsx": "unread"}


# ---------------------------------------------------------------- what cannot be read


def test_a_spreadsheet_beside_a_form_holds_the_answer_and_asks_for_a_pdf(office: Office) -> None:
    done = came(office, "mail.eml", eml(ROSTER, File("form.pdf", form())))
    assert (done.outcome, done.parts) == ("needs-person", {"roster.xlsx": "unread", "form.pdf": "read"})
    [item] = reviewing.items(office)
    assert (item.paper.submission, item.question.code) == ("mail.eml/roster.xlsx", "not-a-paper")
    assert "an Excel spreadsheet" in item.question.says
    assert item.may_be == ("MB-0001",)
    with pytest.raises(UnreadablePaper):
        explaining.place(office, item.paper, 1, None)
    assert letters(office) == []
    reject(office)
    assert letters(office) == ["acknowledgement"]


def test_a_person_gives_the_spreadsheet_to_the_case_and_then_lets_it_stand(office: Office) -> None:
    came(office, "mail.eml", eml(ROSTER, File("form.pdf", form())))
    [item] = reviewing.items(office)
    assert reviewing.claim_for(office, item, "MB-0001", by="clerk") == "MB-0001"
    list(answer(office))
    for left in list(reviewing.items(office)):
        reviewing.confirm(office, left, by="clerk")
    list(answer(office))
    assert asked(office) == []
    assert letters(office) == ["acknowledgement"]


def test_a_mail_with_nothing_but_a_spreadsheet_is_set_aside_with_a_sentence(office: Office) -> None:
    done = came(office, "mail.eml", eml(ROSTER, LOGO))
    assert (done.outcome, done.codes) == ("set-aside", ["nothing-inside", "not-a-paper"])
    says = "roster.xlsx: The file is no PDF or picture of a page (an Excel spreadsheet). Ask the sender for a PDF"
    assert says in note(office, "mail.eml")


def test_a_mail_without_papers_waits_for_a_person(office: Office) -> None:
    done = came(office, "mail.eml", eml(LOGO, text="When do we get our certificate?"))
    assert (done.outcome, [d.kind for d in done.submission.documents]) == ("needs-person", [Kind.OTHER])
    assert asked(office) == [("mail.eml", "mail-alone")]
    reject(office)
    assert asked(office) == []


def test_each_mail_of_a_mailbox_that_brings_nothing_waits_by_itself(office: Office) -> None:
    done = came(office, "box.mbox", mbox(eml(File("form.pdf", form())), eml(text="Thank you!")))
    assert [d.part for d in done.submission.documents] == ["mail 1/form.pdf", "mail 2"]
    assert asked(office) == [("box.mbox/mail 2", "mail-alone")]


def test_a_forwarded_mail_without_papers_is_asked_about_once(office: Office) -> None:
    came(office, "fwd.eml", forwarded(mail()))
    assert asked(office) == [("fwd.eml", "mail-alone")]


@pytest.mark.parametrize(
    ("name", "data", "codes"),
    [
        ("empty.zip", zipped({}), ["nothing-inside"]),
        ("trifles.zip", zipped({"__MACOSX/._a": b"x", "Thumbs.db": b"y"}), ["nothing-inside"]),
        ("bomb.zip", zipped({"a.pdf": bytes(120 << 20)}), ["too-big"]),
        ("office.docx", zipped({"[Content_Types].xml": b"", "word/document.xml": b""}), ["not-a-paper"]),
        ("broken.zip", b"PK\x03\x04 nothing at all", ["broken-file"]),
        ("seal.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nothing", ["broken-file"]),
        ("locked.zip", zipped({"in.zip": zipped({"a.pdf": b"%PDF"})}), ["nothing-inside", "not-a-paper"]),
    ],
    ids=["empty", "trifles", "bomb", "office", "broken", "outlook", "archive"],
)
def test_an_archive_that_brings_nothing_is_set_aside_and_says_why(
    office: Office, name: str, data: bytes, codes: list[str]
) -> None:
    done = came(office, name, data)
    assert (done.outcome, done.codes) == ("set-aside", codes)
    assert (office.settings.paths.state / "aside" / name).read_bytes() == data
    assert came(office, name, data).outcome == "set-aside"


def test_one_bad_file_in_a_mail_costs_itself_alone(office: Office) -> None:
    bad = File("bad.pdf", b"%PDF-1.7 nothing")
    done = came(office, "mail.eml", eml(bad, File("form.pdf", form()), File("empty.pdf", b"")))
    assert done.parts == {"bad.pdf": "unread", "form.pdf": "read", "empty.pdf": "unread"}
    assert asked(office) == [("mail.eml/bad.pdf", "broken-file"), ("mail.eml/empty.pdf", "empty-file")]


# ---------------------------------------------------------------- a crash


class Dies:
    """A crew that ends the program when a paper has been read."""

    def __init__(self, crew: Crew) -> None:
        self.run_before = crew.run

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        for result in self.run_before(jobs):
            if result.key == "form.pdf":
                raise KeyboardInterrupt
            yield result


def test_an_end_between_reading_and_filing_loses_nothing(office: Office) -> None:
    drop([("mail.eml", eml(File("form.pdf", form())))], office.settings.paths.inbox)
    with pytest.raises(KeyboardInterrupt):
        list(everything(replace(office, crew=cast("Crew", Dies(office.crew)))).taken)
    assert office.store.papers.receipts() == ()
    [taken] = everything(office).taken
    assert (taken.outcome, [part.came for part in taken.submission.parts]) == ("filed", [Came.READ])


# ---------------------------------------------------------------- what an operator sees


def test_secor_read_shows_the_papers_of_a_mail_and_keeps_nothing(tmp_path: Path) -> None:
    desk, path, seen = Desk(tmp_path / "office"), tmp_path / "mail.eml", tmp_path / "seen"
    path.write_bytes(eml(File("form.pdf", form()), LOGO))
    said = desk.secor("read", "--debug", str(seen), str(path), office=False)
    assert said.exit_code == Exit.DONE
    assert "mail, from Ana Kowal" in said.stdout
    assert "logo.png\ttrifle" in said.stdout
    assert "csam-registration, page 1, 2 of form.pdf" in said.stdout
    assert next(seen.glob("01-mail/*/document-1-page-1.png"))
    shown = json.loads(desk.secor("read", "--json", str(path), office=False).stdout)
    assert [(part["path"], part["came"]) for part in shown["parts"]] == [("form.pdf", "read"), ("logo.png", "trifle")]
    assert [d["part"] for d in shown["documents"]] == ["form.pdf"]


def test_review_shows_the_words_of_a_mail(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "office")
    (desk.home / "inbox" / "mail.eml").write_bytes(eml(text="When do we get our certificate?"))
    assert desk.run().exit_code == Exit.NEEDS_PERSON
    done = desk.secor("review", "--day", DAY.isoformat(), "--by", "clerk", typed="x\n")
    assert "mail, from Ana Kowal <ana@tallgrass.example>, 2026-11-24: Our papers" in done.stdout
    assert "| When do we get our certificate?" in done.stdout
    assert "picture: none" in done.stdout
    assert done.exit_code == Exit.DONE
