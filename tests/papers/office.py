"""One sample through a whole office, in this process; the reading alone runs in limited children, shared by all."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from processor.flows import house
from processor.flows.answering import answer
from processor.flows.office import Office, crew_for, forms_of
from processor.flows.running import now
from processor.flows.taking import everything
from processor.intake.folders import prepare
from processor.model import Submission
from processor.printing.typeset import Press
from processor.settings import Settings
from processor.store.store import Store
from tests.papers.making import made
from tests.papers.recipe import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from processor.flows.judging import Judgement
    from processor.flows.running import Taken
    from processor.forms.form import Form
    from processor.reading.vocabulary import Vocabulary
    from processor.rulebook.book import Rulebook
    from processor.store.values import Asked, Kept, Posted
    from processor.workers.crew import Job, Result
    from processor.workers.isolated import Isolated
    from tests.papers.making import Sent
    from tests.papers.recipe import Recipe, Table

_NINE = 1_700_000_000
"""When the first file of a day comes, in seconds; the others follow a minute apart."""


class Remembers:
    """A crew that reads the same bytes once: samples share most of their papers, and a page always reads the same."""

    def __init__(self, crew: Isolated) -> None:
        self._crew = crew
        self._known: dict[tuple[object, ...], Result] = {}

    def run(self, jobs: Iterable[Job]) -> Iterator[Result]:
        """A result for each job, in their order."""
        asked = [(job, (job.function, *job.args[1:])) for job in jobs]
        new = {key: job for job, key in asked if key not in self._known}
        self._known.update(zip(new, self._crew.run(new.values()), strict=True))
        for job, key in asked:
            result = replace(self._known[key], key=job.key)
            if isinstance(result.value, Submission):
                result = replace(result, value=replace(result.value, name=str(job.args[0])))
            yield result

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """The crew is closed by who started it."""


@dataclass(frozen=True)
class Staff:
    """What all offices of a session share: reading processes, the press, the forms, the words."""

    crew: Remembers
    press: Press
    forms: Mapping[str, Form]
    vocabulary: Vocabulary
    rulebooks: Mapping[str, Rulebook]


@contextmanager
def staff(workers: int = 2) -> Iterator[Staff]:
    """Start them once."""
    settings = Settings()
    with crew_for(settings, workers) as crew:
        yield Staff(
            crew=Remembers(crew),
            press=Press(house.templates_folder()),
            forms=forms_of(crew),
            vocabulary=house.read_vocabulary(),
            rulebooks=house.read_rulebooks(settings),
        )


@dataclass(frozen=True)
class Came:
    """What came of a sample: its files, its cases, and what is open at the end."""

    taken: tuple[Taken, ...]
    judgements: tuple[Judgement, ...]
    """The last one of each case."""
    letters: tuple[Posted, ...]
    questions: tuple[Asked, ...]
    pool: tuple[Kept, ...]
    outbox: Path


@contextmanager
def opened(recipe: Recipe, home: Path, team: Staff) -> Iterator[Office]:
    """An office in that folder, with the rules that the sample sets; the one that is there already, if there is one."""
    settings = _settings(recipe, home)
    prepare(settings.paths)
    with Store.open(settings.paths.state / "secor.db") as store:
        yield Office(
            settings=settings,
            store=store,
            rulebooks=house.read_rulebooks(settings) if recipe.rules else team.rulebooks,
            vocabulary=team.vocabulary,
            press=team.press,
            crew=team.crew,
            forms=team.forms,
            day=DAY,
        )


def run_sample(recipe: Recipe, home: Path, team: Staff, files: Sequence[Sent] = ()) -> Came:
    """Make an office in that folder, let the sample's files (or these) come in, day by day, and answer each day."""
    files = files or made(recipe)
    taken: list[Taken] = []
    judged: dict[str, Judgement] = {}
    with opened(recipe, home, team) as office:
        inbox, store = office.settings.paths.inbox, office.store
        for day in sorted({sent.comes for sent in files}):
            office = replace(office, day=day)  # noqa: PLW2901 - the same office a day later
            drop([(s.name, s.data) for s in files if s.comes == day], inbox)
            new = list(everything(office).taken)
            for answered in answer(office):
                assert not answered.failed, str(answered.failed)
                if answered.judgement:
                    judged[answered.case] = answered.judgement
            taken += [replace(t, outcome=now(office, t.submission.sha256, t.outcome)) for t in new]
        return Came(
            taken=tuple(taken),
            judgements=tuple(judged.values()),
            letters=store.letters.every(),
            questions=store.cases.questions(),
            pool=store.papers.pool(),
            outbox=office.settings.paths.outbox,
        )


def drop(files: list[tuple[str, bytes]], inbox: Path) -> None:
    """Put files into an inbox as if they had come one after the other."""
    for place, (name, data) in enumerate(files):
        path = inbox / name
        path.write_bytes(data)
        os.utime(path, (_NINE + 60 * place,) * 2)


def _settings(recipe: Recipe, home: Path) -> Settings:
    """The office's `secor.toml`, and a rulebook of its own where the sample says so."""
    text = ""
    if recipe.rules:
        program = str(recipe.rules["program"])
        own = home / f"{program}.toml"
        own.write_text((house.PACKAGE / "rulebook" / own.name).read_text("utf-8") + _entries(recipe.rules), "utf-8")
        text = f"[programs.{program}]\nrulebook = {json.dumps(str(own))}\n"
    (home / house.SETTINGS).write_text(text, "utf-8")
    return house.read_settings(home)


def _entries(rules: Table) -> str:
    """A dated entry for each value that the office sets; TOML reads these as JSON writes them."""
    entries = [
        f"[[requirement.{name.replace('.', '.values.')}]]\nsince = 2020-01-01\nvalue = {json.dumps(value)}\n"
        'reference = "a decision of the made-up office"\n'
        for name, value in rules.items()
        if name != "program"
    ]
    return "\n" + "\n".join(entries)
