"""A container as one submission: each file in it read as a paper of its own, and what comes of each told.

A mail's own words are a note. What no reader opens waits for a person beside the papers that came with it; where
nothing can be read the whole is set aside, and a mail that brings nothing waits for a person. There is no silent end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from processor.findings import finding
from processor.flows.reading import refused
from processor.model import Came, Document, Kind, Part, Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from processor.model import Finding, Mail
    from processor.unpacking.pieces import Piece, Unpacked
    from processor.workers.crew import Crew, Job, Result


@dataclass(frozen=True, slots=True)
class Whole:
    """What a container came to, and the traces of faults of ours on the way."""

    submission: Submission
    trace: str = ""


def submission_of(result: Result, name: str, digest: str) -> Submission:
    """What a reading came to, or the submission of a file that no reader opens."""
    if result.refused is not None:
        return refused(name, digest, result.refused)
    submission: Submission = result.value
    return submission


def read_whole(  # noqa: PLR0913 - who reads, what, and what is known
    crew: Crew,
    unpacked: Unpacked,
    name: str,
    digest: str,
    *,
    job: Callable[[str, str, bytes], Job],
    paper: Callable[[Result, str, str], Submission] = submission_of,
    known: Callable[[str], bool] = lambda _: False,
) -> Whole:
    """Read every file of a container that is new and no trifle.

    Args:
        crew: who reads.
        unpacked: what lies in it.
        name: of the container, as it arrived.
        digest: its SHA-256.
        job: makes the job that reads one file, of a key, a name and its bytes.
        paper: makes a submission of that job's result, of the name and the SHA-256.
        known: whether a file of this SHA-256 was read before.
    """
    digests = {piece.path: sha256(piece.data).hexdigest() for piece in unpacked.pieces}
    met: set[str] = set()
    new: list[Piece] = []
    for piece in unpacked.pieces:
        mine = digests[piece.path]
        if not piece.trifle and piece.refused is None and mine not in met and not known(mine):
            new.append(piece)
            met.add(mine)
    read = {p.path: refused(p.path, digests[p.path], p.refused) for p in unpacked.pieces if p.refused is not None}
    traces: list[str] = []
    for result in crew.run(job(piece.path, f"{name}/{piece.path}", piece.data) for piece in new):
        read[result.key] = paper(result, f"{name}/{result.key}", digests[result.key])
        traces += [result.trace] if result.trace else []
    return Whole(composed(name, digest, unpacked, digests, read), "; ".join(traces))


def composed(
    name: str, digest: str, unpacked: Unpacked, digests: Mapping[str, str], read: Mapping[str, Submission]
) -> Submission:
    """The submission that a container comes to: `read` has what each new file in it came to, by its path."""
    parts = tuple(_part(piece, digests[piece.path], read) for piece in unpacked.pieces)
    alone = _alone(unpacked.mails, parts)
    brings = any(part.came in (Came.READ, Came.KNOWN) for part in parts)
    unread = [part for part in parts if part.came is Came.UNREAD]
    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    if brings:
        documents = (*(d for part in parts for d in _documents(part, read)), *alone)
    elif unread or not alone:
        findings = (finding("nothing-inside"), *(told for part in unread for told in _told(part)))
    else:
        documents = alone
    return Submission(
        name=name,
        sha256=digest,
        documents=documents,
        findings=findings,
        pages=sum(read[part.path].pages if part.path in read else 0 for part in parts) + _standing_for(documents, read),
        mails=unpacked.mails,
        parts=parts,
    )


def _standing_for(documents: Sequence[Document], read: Mapping[str, Submission]) -> int:
    """How many of the papers stand for what has no pages."""
    return sum(document.part not in read or not read[document.part].documents for document in documents)


def _part(piece: Piece, digest: str, read: Mapping[str, Submission]) -> Part:
    if piece.trifle or piece.path not in read:
        return Part(path=piece.path, sha256=digest, came=Came.TRIFLE if piece.trifle else Came.KNOWN)
    submission = read[piece.path]
    came = Came.READ if submission.documents else Came.UNREAD
    return Part(path=piece.path, sha256=digest, came=came, findings=submission.findings)


def _documents(part: Part, read: Mapping[str, Submission]) -> Iterator[Document]:
    """The papers of one file; for one that no reader opens, a paper that stands for it, so that somebody is asked."""
    if part.came is Came.READ:
        for document in read[part.path].documents:
            yield replace(document, part=part.path, findings=(*document.findings, *part.findings))
    elif part.came is Came.UNREAD:
        yield Document(kind=Kind.OTHER, pages=(1,), part=part.path, findings=part.findings)


def _told(part: Part) -> Iterator[Finding]:
    """What was found on one file, as it is said of the whole."""
    for told in part.findings:
        yield replace(told, says=f"{part.path}: {told.says}", page=None, box=None)


def _alone(mails: Sequence[Mail], parts: Sequence[Part]) -> tuple[Document, ...]:
    """A paper for each mail that brings nothing but itself; a mail within another one counts as the outer one's."""
    alone: list[Document] = []
    for place, mail in enumerate(mails):
        outer = (other for other in mails[:place] if _within(mail.path, other.path))
        brings = (part for part in parts if part.came is not Came.TRIFLE and _within(part.path, mail.path))
        if next(outer, None) is None and next(brings, None) is None:
            alone.append(Document(kind=Kind.OTHER, pages=(1,), part=mail.path, findings=(finding("mail-alone"),)))
    return tuple(alone)


def _within(path: str, other: str) -> bool:
    return not other or path.startswith(f"{other}/")
