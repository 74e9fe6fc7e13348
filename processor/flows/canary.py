"""The canary: a known paper through a scratch office, and whether what came of it is what must come.

The paper and what must come of it lie in the templates, `canary/`. The office is made for it, with built-in settings,
and removed: what fails is the program or the machine (a library, a font, a limit), never this office's papers.
"""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from processor.contract import reading_json
from processor.errors import ProcessorError
from processor.flows.answering import answer
from processor.flows.house import make_office, templates_folder
from processor.flows.office import open_office
from processor.flows.taking import everything

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from processor.flows.answering import Answered
    from processor.flows.office import Office
    from processor.flows.running import Taken
    from processor.model import Reading

DAY = date(2026, 11, 24)
"""The day in the scratch office, always: what must come would change with it."""
PAPER, EXPECTED = "registration.pdf", "expected.json"

Heard = dict[str, object]
"""What came: `outcome`, `form`, and by their names `reading …`, `answer …`, `letter …`; plain JSON."""


class Difference(NamedTuple):
    """One thing that came otherwise; of a made-up employer, so it may be shown."""

    what: str
    came: object
    must: object


class Song(NamedTuple):
    """What the canary came to."""

    differences: tuple[Difference, ...] = ()
    fault: str = ""
    """Why nothing came at all."""

    @property
    def well(self) -> bool:
        """Whether everything came as it must."""
        return not self.differences and not self.fault

    @property
    def says(self) -> str:
        """In a sentence, with names of readings and requirements only."""
        if self.fault:
            return f"The known paper did not come through: {self.fault}"
        if self.differences:
            return f"The known paper came out otherwise: {', '.join(d.what for d in self.differences)}."
        return "The known paper came out as it must."


def canary_folder() -> Path:
    """Where the known paper lies, and what must come of it."""
    return templates_folder() / "canary"


def sing(folder: Path | None = None) -> Song:
    """Send the known paper through a scratch office; every failure is an answer."""
    try:
        folder = folder or canary_folder()
        must = json.loads((folder / EXPECTED).read_text("utf-8"))
        return Song(tuple(_differences(heard((folder / PAPER).read_bytes()), must)))
    except ProcessorError as wrong:
        return Song(fault=str(wrong))
    except Exception as fault:  # noqa: BLE001 - whatever goes wrong in there is what the canary is asked about
        return Song(fault=f"{type(fault).__name__}.")


def heard(paper: bytes) -> Heard:
    """What comes of a paper in an office made for it alone. Raises as the office does."""
    with TemporaryDirectory(prefix="secor-canary-") as home:
        settings = make_office(Path(home))
        with open_office(Path(home), DAY, workers=1) as office:
            (settings.paths.inbox / PAPER).write_bytes(paper)
            taken = list(everything(office).taken)
            return _heard(office, taken[0], list(answer(office)))


def _heard(office: Office, taken: Taken, answers: list[Answered]) -> Heard:
    came: Heard = {"outcome": taken.outcome.value, "form": ", ".join(d.form for d in taken.submission.documents)}
    for document in taken.submission.documents:
        came |= {f"reading {r.name}": _value(r) for r in document.readings}
    for answered in answers:
        verdicts = office.store.cases.verdicts(answered.case)
        came |= {f"answer {v.requirement}": v.answer.value for v in verdicts}
        came |= _letter(office, answered)
    return came


def _letter(office: Office, answered: Answered) -> Heard:
    """The lines of the letter, and whether it lies in the outbox as it was printed."""
    written = answered.written
    if written is None:
        return {"letter": str(answered.failed or "none")}
    lies = (office.settings.paths.outbox / written.path).read_bytes()
    printed = lies.startswith(b"%PDF-") and sha256(lies).hexdigest() == written.sha256
    return {
        "letter": written.letter.kind.value,
        "letter printed": printed,
        "letter lines": [line.text for line in written.letter.lines],
    }


def _value(reading: Reading) -> object:
    """What was read and how sure it is; where and by what means may differ."""
    shown = reading_json(reading)
    rows = reading.value if isinstance(reading.value, tuple) else ()
    value = [{c.name: _value(c) for c in row.cells} for row in rows] if rows else shown["value"]
    return [value, shown["state"]]


def _differences(came: Mapping[str, object], must: Mapping[str, object]) -> Iterator[Difference]:
    for what in (*must, *(name for name in came if name not in must)):
        if came.get(what) != must.get(what):
            yield Difference(what, came.get(what), must.get(what))
