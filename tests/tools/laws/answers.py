"""What an office answers when the same papers come otherwise: joined, split, in another order, among a stranger's."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

from processor.model import LetterKind
from processor.twin.twin import known
from tests.papers import treatments
from tests.papers.cards import card
from tests.papers.making import Sent, made
from tests.papers.office import run_sample
from tests.papers.recipe import DAY, recipe
from tests.papers.shown import cited

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from tests.papers.office import Staff


class Answer(NamedTuple):
    """What was decided: letters and verdicts by employer, and whether anybody is asked."""

    letters: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Employer, kind, requirements."""
    verdicts: tuple[tuple[str, str, str], ...]
    """Employer, requirement, answer."""
    asks: bool

    @property
    def certified(self) -> bool:
        """Whether anybody was given a certificate."""
        return any(kind == LetterKind.CERTIFICATE for _, kind, _ in self.letters)

    def decides_otherwise(self, other: Answer) -> bool:
        """Whether it decides something, and not the same. To ask is to decide nothing."""
        return self != other and not self.asks and bool(self.letters)


def answer(name: str, files: Sequence[Sent], team: Staff) -> Answer:
    """What a fresh office answers to these files, under the rules of a sample."""
    with tempfile.TemporaryDirectory(prefix="secor-law-") as home:
        came = run_sample(recipe(name), Path(home), team, files)
    names = {j.case.code: j.case.employer.legal_name for j in came.judgements}
    last = {posted.case: posted.letter for posted in came.letters}
    return Answer(
        letters=tuple(sorted((names.get(c, ""), one.kind.value, cited(one)) for c, one in last.items())),
        verdicts=tuple(
            sorted((names[j.case.code], v.requirement, v.answer.value) for j in came.judgements for v in j.verdicts)
        ),
        asks=bool(came.questions or came.pool),
    )


def papers(name: str) -> tuple[Sent, ...]:
    """The sample's papers, each printed and in a file of its own, all on one day."""
    return tuple(Sent(sent.name, treatments.printed(sent.data), DAY, sent.papers) for sent in made(recipe(name)))


def pages_of(data: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


# ---------------------------------------------------------------- the same papers otherwise


def joined(several: Sequence[Sent], rng: np.random.Generator) -> tuple[Sent, ...]:
    """All of them in one file, in any order."""
    order = [several[place] for place in rng.permutation(len(several))]
    data = treatments.together([one.data for one in order])
    return (Sent("all.pdf", data, DAY, tuple(name for one in order for name in one.papers)),)


def in_another_order(several: Sequence[Sent], rng: np.random.Generator) -> tuple[Sent, ...]:
    """The files come in any order."""
    return tuple(several[place] for place in rng.permutation(len(several)))


def pages_mixed(several: Sequence[Sent], rng: np.random.Generator) -> tuple[Sent, ...]:
    """Within every file the pages lie in any order."""
    orders = [[int(n) + 1 for n in rng.permutation(pages_of(one.data))] for one in several]
    return tuple(
        replace(one, data=treatments.pages(one.data, order)) for one, order in zip(several, orders, strict=True)
    )


def split(several: Sequence[Sent], rng: np.random.Generator) -> tuple[Sent, ...]:
    """Every file of several pages comes as two, cut anywhere."""
    parts: list[Sent] = []
    for one in several:
        count = pages_of(one.data)
        cuts = [(1, count + 1)] if count < 2 else _cut(count, rng)
        for place, (first, end) in enumerate(cuts, start=1):
            data = one.data if len(cuts) == 1 else treatments.pages(one.data, range(first, end))
            parts.append(Sent(one.name.replace(".pdf", f"-{place}.pdf"), data, DAY, one.papers))
    return tuple(parts)


def _cut(count: int, rng: np.random.Generator) -> list[tuple[int, int]]:
    middle = int(rng.integers(2, count + 1))
    return [(1, middle), (middle, count + 1)]


# ---------------------------------------------------------------- among a stranger's


STRANGERS = ("card", "flyer", "empty", "blank form", "registration")


@cache
def strangers() -> dict[str, bytes]:
    """Pages that prove nothing for the employer of any sample."""
    held = {
        "holder": "Wilhelmina Castonguay", "course": "Standard First Aid and CPR Level C", "number": "RC-99120",
        "issuer": "Canadian Red Cross", "issued": "2026-02-11", "expires": "2029-02-10",
    }  # fmt: skip
    other = {"legal_name": "Castonguay Haulage Ltd.", "account": "000-9909", "owner": "Wilhelmina Castonguay"}
    registration = next(one for one in made(recipe("passes/csam-clean", other)) if "registration" in one.papers)
    return {
        "card": card("record", held),
        "flyer": card("flyer", {}),
        "empty": _empty(),
        "blank form": treatments.pages(treatments.printed(known("scsa-audit")[1]), [6]),
        "registration": treatments.printed(registration.data),
    }


def _empty() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(612, 792))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def beside(several: Sequence[Sent], page: bytes) -> tuple[Sent, ...]:
    """A file more."""
    return (*several, Sent("stranger.pdf", page, DAY, ()))


def within(several: Sequence[Sent], page: bytes, rng: np.random.Generator) -> tuple[Sent, ...]:
    """A page more at the end of one of the files."""
    place = int(rng.integers(len(several)))
    data = treatments.together([several[place].data, page])
    return tuple(replace(one, data=data) if n == place else one for n, one in enumerate(several))
