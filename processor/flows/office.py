"""One office, opened: its settings, its store, its rulebooks, its press, and the day it is there."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processor.flows import reading
from processor.flows.house import read_rulebooks, read_settings, read_vocabulary, template_folders
from processor.flows.opening import open_store, refuse_older
from processor.intake.folders import prepare
from processor.printing.typeset import Press
from processor.workers.crew import Job
from processor.workers.isolated import Isolated
from processor.workers.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from processor.forms.form import Form
    from processor.reading.vocabulary import Vocabulary
    from processor.rulebook.book import Rulebook
    from processor.settings import Settings
    from processor.store.store import Store
    from processor.workers.crew import Crew


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything that a flow needs; built in a face and handed down."""

    settings: Settings
    store: Store
    rulebooks: Mapping[str, Rulebook]
    vocabulary: Vocabulary
    press: Press
    crew: Crew
    forms: Mapping[str, Form]
    day: date


@contextmanager
def open_office(home: Path, day: date, *, workers: int | None = None, older: bool = False) -> Iterator[Office]:
    """The office in that folder, its reading processes started; closed at the end.

    Args:
        home: where `secor.toml` lies.
        day: the day it is in the office.
        workers: reading processes; `None` takes the setting.
        older: whether the database may be older than the papers and letters: to rebuild it.

    Raises:
        Wrong: there is no office.
        SetupBroken: its settings, a form, a rulebook or its database cannot be used.
    """
    settings = read_settings(home)
    prepare(settings.paths)
    folders = template_folders(settings)
    rulebooks = read_rulebooks(settings)
    with (
        open_store(settings) as store,
        crew_for(settings, workers) as crew,
    ):
        if not older:
            refuse_older(settings, store)
        yield Office(
            settings=settings,
            store=store,
            rulebooks=rulebooks,
            vocabulary=read_vocabulary(),
            press=Press(folders[0]),
            crew=crew,
            forms=forms_of(crew),
            day=day,
        )


def crew_for(settings: Settings, workers: int | None = None) -> Isolated:
    """Reading processes with the office's forms and limits."""
    work = settings.work
    return Isolated(
        reading.prepare,
        (template_folders(settings),),
        workers=work.workers if workers is None else workers,
        limits=Limits(
            seconds=work.seconds,
            clock_seconds=work.seconds + work.pages * reading.SCANNED_PAGE,
            memory_mb=work.memory_mb,
        ),
    )


def forms_of(crew: Crew) -> dict[str, Form]:
    """The forms by name, as a reading process knows them."""
    (result,) = crew.run([Job("forms", reading.known_forms)])
    return {form.name: form for form in result.value}
