"""From claimed files to filed papers: kept, read in a child, filed, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING

from processor.casework import checks
from processor.errors import TryLater
from processor.findings import CODES
from processor.flows.containers import read_file
from processor.flows.filing import Outcome, file_submission
from processor.flows.parts import Whole, read_whole, submission_of
from processor.flows.reading import read_paper
from processor.model import Submission
from processor.store.values import Progress
from processor.unpacking.pieces import Unpacked
from processor.workers.crew import Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from processor.flows.office import Office
    from processor.forms.form import Form
    from processor.intake.claim import Claim, Claims
    from processor.intake.originals import Original
    from processor.settings import Work
    from processor.workers.crew import Crew, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of one file."""

    submission: Submission
    outcome: Outcome
    cases: tuple[str, ...] = ()
    """For each document, the code of its case; empty where it waits in the pool."""
    trace: str = ""
    """For a fault of ours, where it happened; never a personal value."""


def take_in(office: Office, claims: Claims, claimed: Iterable[Claim], later: list[TryLater]) -> Iterator[Taken]:
    """Read and file each claimed file, in order; what came of it as soon as it is kept for good.

    A file that cannot be kept now (it changes still, the disk is full) stays claimed, and why is put into `later`.
    """
    under_way: dict[str, tuple[Claim, Original]] = {}

    def jobs() -> Iterator[Job]:
        for number, claim in enumerate(claimed):
            try:
                original = claims.keep(claim)
                claims.note(claim, original, office.day)
            except TryLater as busy:
                later.append(busy)
                continue
            key = f"{number} {original.sha256}"
            under_way[key] = (claim, original)
            yield reading_job(key, claim.name, original.read(), office.settings.work)

    for result in office.crew.run(jobs()):
        claim, original = under_way.pop(result.key)
        whole = _whole(office, claim, result)
        if not original.unchanged():
            later.append(TryLater("A file changed while it was read.", do="It is read again at the next run."))
            continue
        taken = _taken(office, claim, whole)
        if taken.outcome is Outcome.SET_ASIDE:
            claims.set_aside(claim, original, _why(taken.submission))
        claims.release(claim)
        yield taken


def reading_job(key: str, name: str, data: bytes, work: Work) -> Job:
    """The job that reads one file, or takes a container apart."""
    return Job(key, read_file, (name, data, work.file_mb, work.pages))


def whole_of(  # noqa: PLR0913 - a file is its name, its hash and what came of it
    crew: Crew, result: Result, name: str, digest: str, work: Work, *, known: Callable[[str], bool] = lambda _: False
) -> Whole:
    """What a file's job came to; the files in a container are read now, those left out of which are `known`."""
    if result.refused is None and isinstance(result.value, Unpacked):
        return read_whole(crew, result.value, name, digest, job=partial(_paper_job, work), known=known)
    return Whole(submission_of(result, name, digest), result.trace)


def _paper_job(work: Work, key: str, name: str, data: bytes) -> Job:
    return Job(key, read_paper, (name, data, work.file_mb, work.pages))


def read_files(crew: Crew, paths: Iterable[Path], work: Work) -> Iterator[tuple[Submission, str]]:
    """Read files and keep nothing: each with the trace of a fault of ours, if there was one."""
    digests: dict[str, str] = {}

    def jobs() -> Iterator[Job]:
        for number, path in enumerate(paths):
            data = path.read_bytes()
            key = f"{number} {path.name}"
            digests[key] = sha256(data).hexdigest()
            yield reading_job(key, path.name, data, work)

    for result in crew.run(jobs()):
        name = result.key.partition(" ")[2]
        whole = whole_of(crew, result, name, digests.pop(result.key), work)
        yield whole.submission, whole.trace


def with_checks(submission: Submission, forms: Mapping[str, Form], day: date) -> Submission:
    """The submission with what the checks find on its documents."""
    documents = tuple(
        replace(d, findings=(*d.findings, *checks.check(d, forms.get(d.form), day))) for d in submission.documents
    )
    return replace(submission, documents=documents)


def _whole(office: Office, claim: Claim, result: Result) -> Whole:
    """What a file came to; nothing in it is read again when its bytes are known."""
    digest = result.key.partition(" ")[2]
    receipt = office.store.papers.receipt(digest)
    if receipt:
        return Whole(Submission(name=claim.name, sha256=digest, findings=receipt.findings))
    return whole_of(office.crew, result, claim.name, digest, office.settings.work, known=office.store.parts.known)


def _taken(office: Office, claim: Claim, whole: Whole) -> Taken:
    submission = whole.submission
    digest = submission.sha256
    with office.store.transaction():
        new = file_submission(office, submission, claim.note)
        office.store.papers.arrived(digest, claim.number, office.day)
    outcome = outcome_of(office, digest)
    if not new:
        # a file set aside is laid aside again: the last run may have ended before it was
        aside = outcome is Outcome.SET_ASIDE
        return Taken(submission=submission, outcome=Outcome.SET_ASIDE if aside else Outcome.ALREADY_KNOWN)
    if outcome is Outcome.ALREADY_KNOWN:
        submission = replace(submission, documents=())
    return Taken(
        submission=with_checks(submission, office.forms, office.day),
        outcome=outcome,
        cases=cases_of(office, digest),
        trace=whole.trace,
    )


def outcome_of(office: Office, digest: str) -> Outcome:
    """Where a kept submission stands now."""
    receipt = office.store.papers.receipt(digest)
    if receipt is None:
        return Outcome.SET_ASIDE
    words = {Progress.ASIDE: Outcome.SET_ASIDE, Progress.WAITING: Outcome.NEEDS_PERSON}
    # what was kept and has no papers brought nothing that was not there: all of it came before, in another mail
    return words.get(receipt.progress, Outcome.FILED if receipt.documents else Outcome.ALREADY_KNOWN)


def now(office: Office, digest: str, outcome: Outcome) -> Outcome:
    """What the outcome of a file has become, once its cases were judged."""
    return outcome if outcome in (Outcome.ALREADY_KNOWN, Outcome.SET_ASIDE) else outcome_of(office, digest)


def kept(office: Office, digest: str, name: str) -> Submission:
    """A submission as the office keeps it, with a person's corrections and what filing and the checks found."""
    receipt = office.store.papers.receipt(digest)
    numbers = receipt.documents if receipt else ()
    documents = tuple(office.store.papers.paper(number).document for number in numbers)
    findings = receipt.findings if receipt else ()
    submission = Submission(
        name=name,
        sha256=digest,
        documents=documents,
        findings=findings,
        mails=office.store.parts.mails(digest),
        parts=office.store.parts.of(digest),
    )
    return with_checks(submission, office.forms, office.day)


def cases_of(office: Office, digest: str) -> tuple[str, ...]:
    """The case of each document of a kept submission."""
    receipt = office.store.papers.receipt(digest)
    return tuple(office.store.papers.paper(n).case for n in receipt.documents) if receipt else ()


def _why(submission: Submission) -> str:
    return "\n".join(f"{f.says} {CODES[f.code].do}" for f in submission.findings)
