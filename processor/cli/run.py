"""`secor run`: everything now in the inbox, once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import counted, print_json, print_table, progress, say
from processor.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Self

    from processor.errors import PrintingFailed
    from processor.flows.answering import Answered
    from processor.flows.filing import Outcome
    from processor.flows.office import Office
    from processor.flows.running import Taken


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@office_option
@day_option
@json_option
@click.pass_context
def run(ctx: click.Context, paths: tuple[Path, ...], home: Path, day: date, *, as_json: bool) -> None:
    """Take in everything that lies in the inbox now (or copies of PATHS), judge, and write the letters owed.

    Example: secor run --office my-office
    """
    from processor.flows.answering import answer  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.office import open_office  # noqa: PLC0415
    from processor.flows.taking import everything  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    with open_office(home, day) as office, office_lock(office.settings.paths.state):
        taking = everything(office, paths)
        for refused in taking.refused:
            say(refused.says)
        files = [_File.of(taken) for taken in _with_bar(taking.taken, taking.count)]
        cases = answer(office)
        failed = _print_json(office, files, cases) if as_json else _print(office, files, cases)
        troubles = (*failed, *taking.later)
        for trouble in troubles[1:]:
            say(f"secor: {trouble}")
        if troubles:
            raise troubles[0]
        ctx.exit(_exit(office, files))


class _File(NamedTuple):
    """What is remembered of one file until the end: little, since there may be thousands."""

    name: str
    sha256: str
    outcome: Outcome
    papers: str
    cases: tuple[str, ...]

    @classmethod
    def of(cls, taken: Taken) -> Self:
        if taken.trace:
            say(f"A fault of ours with {taken.submission.sha256[:12]}: {taken.trace}. Please report it.")
        papers = ", ".join(d.form or d.kind for d in taken.submission.documents)
        why = "; ".join(f.says for f in taken.submission.findings if f.severity == "error")
        return cls(taken.submission.name, taken.submission.sha256, taken.outcome, papers or why, taken.cases)

    def row(self, office: Office) -> tuple[object, ...]:
        from processor.flows.running import now  # noqa: PLC0415

        outcome = now(office, self.sha256, self.outcome)
        return self.name, outcome, self.papers, ", ".join(sorted({c for c in self.cases if c}))


def _with_bar(taken: Iterator[Taken], count: int) -> Iterator[Taken]:
    """Draw all, with a bar on a terminal."""
    with progress("Reading", count) as step:
        for one in taken:
            step()
            yield one


def _exit(office: Office, files: list[_File]) -> Exit:
    if any(file.outcome == "set-aside" for file in files):
        return Exit.SET_ASIDE
    store = office.store
    waits = store.cases.questions() or store.papers.pool(at_most=1) or store.lives.undecided()
    return Exit.NEEDS_PERSON if waits else Exit.DONE


def _print(office: Office, files: list[_File], cases: Iterator[Answered]) -> list[PrintingFailed]:
    """Two tables; why letters could not be printed."""
    rows: list[tuple[object, ...]] = []
    failed: list[PrintingFailed] = []
    for answered in cases:
        rows.append(_case_row(office, answered))
        failed += [answered.failed] if answered.failed else []
    if not files and not rows:
        say("The inbox is empty: nothing to do.")
        _say_undecided(office)
        return failed
    print_table(("file", "outcome", "papers", "case"), (file.row(office) for file in files))
    print_table(("case", "employer", "program", "letter", "file"), rows)
    asked = len(office.store.cases.questions()) + len(office.store.papers.pool())
    if asked:
        say(f"A person is asked: {counted(asked, 'question')}. Type `secor review`.")
    _say_undecided(office)
    return failed


def _say_undecided(office: Office) -> None:
    waits = office.store.lives.undecided()
    if waits:
        say(f"The days of grace are over for {', '.join(waits)}: `secor case lapse`, or `extend`.")


def _case_row(office: Office, answered: Answered) -> tuple[object, ...]:
    case = office.store.cases.summary(answered.case)
    if answered.written:
        path = office.settings.paths.outbox / answered.written.path
        return case.code, case.employer.legal_name, case.program, answered.written.letter.kind, path
    says = f"waits for {counted(case.questions, 'answer')}" if case.questions else "nothing new to say"
    return (
        case.code,
        case.employer.legal_name,
        case.program,
        "owed, could not be printed" if answered.failed else says,
        "",
    )


def _print_json(office: Office, files: list[_File], cases: Iterator[Answered]) -> list[PrintingFailed]:
    """A line a submission, then one with the cases, printed as they come; why letters could not be printed."""
    from processor.contract import submission_json  # noqa: PLC0415
    from processor.flows.running import kept, now  # noqa: PLC0415

    answers = [
        _Case(a.case, a.written.letter.kind if a.written else "", a.written.path if a.written else "", a.failed)
        for a in cases
    ]
    for file in files:
        line = submission_json(kept(office, file.sha256, file.name))
        if file.outcome == "already-known":
            line["documents"] = []
        for document, case in zip(line["documents"], file.cases, strict=False):
            document["case"] = case or None
        print_json({**line, "outcome": now(office, file.sha256, file.outcome).value})
    click.echo('{"cases": [', nl=False)
    for place, answer in enumerate(answers):
        click.echo((", " if place else "") + json.dumps(_case_json(office, answer), ensure_ascii=False), nl=False)
    click.echo("]}")
    return [answer.failed for answer in answers if answer.failed]


class _Case(NamedTuple):
    """What is remembered of one answered case until the end."""

    code: str
    kind: str
    path: str
    failed: PrintingFailed | None


def _case_json(office: Office, answer: _Case) -> dict[str, object]:
    from processor.contract import question_json, verdict_json  # noqa: PLC0415

    case = office.store.cases.summary(answer.code)
    told = ("requirement", "answer", "because", "reference", "evidence")
    verdicts = [verdict_json(v) for v in office.store.cases.verdicts(case.code)]
    path = str(office.settings.paths.outbox / answer.path)
    return {
        "case": case.code,
        "employer": case.employer.legal_name,
        "program": case.program,
        "verdicts": [{name: verdict[name] for name in told} for verdict in verdicts],
        "letters": [{"kind": answer.kind, "path": path}] if answer.kind else [],
        "waiting_for": [question_json(asked.question) for asked in office.store.cases.questions(case.code)],
    }
