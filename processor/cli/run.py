"""`secor run` and `secor watch`: everything now in the inbox, once or for ever."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option, today
from processor.cli.show import counted, print_json, print_table, say
from processor.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from processor.errors import TryLater
    from processor.flows.judging import Judgement
    from processor.flows.office import Office
    from processor.flows.running import Answered, Taken


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
    from processor.flows.office import open_office  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.running import answer, now  # noqa: PLC0415
    from processor.flows.taking import everything  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415

    with open_office(home, day) as office, office_lock(office.settings.paths.state):
        taking = everything(office, paths)
        for refused in taking.refused:
            say(refused.says)
        taken = _take(taking.taken, taking.count)
        answered = answer(office)
        taken = [replace(t, outcome=now(office, t)) for t in taken]
        (_print_json if as_json else _print)(office, taken, answered)
        troubles = (*answered.failed, *taking.later)
        for trouble in troubles[1:]:
            say(f"secor: {trouble}")
        if troubles:
            raise troubles[0]
        ctx.exit(_exit(office, taken))


def _take(taken: Iterator[Taken], count: int) -> list[Taken]:
    """Take in all, with a bar on a terminal."""
    with _bar(count) as step:
        kept = []
        for one in taken:
            kept.append(one)
            step()
            if one.trace:
                say(f"A fault of ours with {one.submission.sha256[:12]}: {one.trace}. Please report it.")
    return kept


@contextmanager
def _bar(count: int) -> Iterator[Callable[[], object]]:
    if not sys.stderr.isatty() or count < 2:
        yield lambda: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=count)
        yield lambda: progress.advance(task)


def _exit(office: Office, taken: list[Taken]) -> Exit:
    from processor.flows.filing import Outcome  # noqa: PLC0415

    outcomes = {t.outcome for t in taken}
    if Outcome.SET_ASIDE in outcomes:
        return Exit.SET_ASIDE
    waits = Outcome.NEEDS_PERSON in outcomes or any(office.store.cases.questions())
    return Exit.NEEDS_PERSON if waits else Exit.DONE


def _print(office: Office, taken: list[Taken], answered: Answered) -> None:
    if not taken and not answered.written:
        say("The inbox is empty: nothing to do.")
        return
    print_table(("file", "outcome", "papers", "case"), [_file_row(t) for t in taken])
    print_table(
        ("case", "employer", "program", "letter", "file"), [_case_row(office, j, answered) for j in answered.judgements]
    )
    asked = len(office.store.cases.questions()) + len(office.store.papers.pool())
    if asked:
        say(f"A person is asked: {counted(asked, 'question')}. Type `secor review`.")


def _file_row(taken: Taken) -> tuple[object, ...]:
    papers = ", ".join(d.form or d.kind for d in taken.submission.documents)
    why = "; ".join(f.says for f in taken.submission.findings if f.severity == "error")
    return taken.submission.name, taken.outcome, papers or why, ", ".join(sorted({c for c in taken.cases if c}))


def _case_row(office: Office, judgement: Judgement, answered: Answered) -> tuple[object, ...]:
    case = judgement.case
    written = [p for p in answered.written if p.case == case.code]
    kinds = ", ".join(p.letter.kind for p in written)
    waits = f"waits for {counted(len(judgement.questions), 'answer')}" if judgement.questions else "nothing new to say"
    if judgement.letter and not written:
        waits = f"{judgement.letter.kind}: owed, could not be printed"
    paths = ", ".join(str(office.settings.paths.outbox / p.path) for p in written)
    return case.code, case.employer.legal_name, case.program, kinds or waits, paths


def _print_json(office: Office, taken: list[Taken], answered: Answered) -> None:
    from processor.contract import submission_json  # noqa: PLC0415

    for one in taken:
        shown = submission_json(one.submission)
        for document, case in zip(shown["documents"], one.cases, strict=False):
            document["case"] = case or None
        print_json({**shown, "outcome": one.outcome.value})
    print_json({"cases": [_case_json(office, j, answered) for j in answered.judgements]})


def _case_json(office: Office, judgement: Judgement, answered: Answered) -> dict[str, object]:
    from processor.contract import evidence_json, question_json  # noqa: PLC0415

    case = judgement.case
    return {
        "case": case.code,
        "employer": case.employer.legal_name,
        "program": case.program,
        "verdicts": [
            {
                "requirement": v.requirement,
                "answer": v.answer.value,
                "because": v.because,
                "reference": v.reference,
                "evidence": [evidence_json(e) for e in v.evidence],
            }
            for v in judgement.verdicts
        ],
        "letters": [
            {"kind": p.letter.kind.value, "path": str(office.settings.paths.outbox / p.path)}
            for p in answered.written
            if p.case == case.code
        ],
        "waiting_for": [question_json(q) for q in judgement.questions],
    }


@click.command()
@office_option
@click.option("--poll", is_flag=True, help="Look by the clock alone: for an inbox on a network share.")
@click.pass_context
def watch(ctx: click.Context, home: Path, *, poll: bool) -> None:
    """Take in what comes, for ever; Ctrl-C or SIGTERM ends it after the file in hand.

    Example: secor watch --office my-office
    """
    import signal  # noqa: PLC0415

    from processor.flows.office import open_office  # noqa: PLC0415
    from processor.flows.watching import watch as watching  # noqa: PLC0415
    from processor.intake.lock import office_lock  # noqa: PLC0415
    from processor.intake.wake import Waker  # noqa: PLC0415

    with open_office(home, today()) as office, office_lock(office.settings.paths.state):
        inbox = office.settings.paths.inbox
        with Waker(inbox, events=not poll) as waker:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: waker.stop())
            say(f"Watching {inbox}. Ctrl-C ends it.")
            for happened in watching(office, waker, today):
                _tell(happened)
    ctx.exit(Exit.DONE)


def _tell(happened: Taken | Answered | TryLater) -> None:
    """One line a file and outcome, keys only: this may go into a log."""
    from processor.errors import TryLater  # noqa: PLC0415
    from processor.flows.running import Taken  # noqa: PLC0415

    match happened:
        case TryLater():
            say(str(happened))
        case Taken():
            cases = ",".join(sorted({c for c in happened.cases if c}))
            say(f"{happened.submission.sha256[:12]} {happened.outcome} {cases}")
        case _:
            for posted in happened.written:
                say(f"{posted.case} {posted.letter.kind} {posted.path}")
            for failed in happened.failed:
                say(str(failed))
            for judgement in happened.judgements:
                if judgement.questions:
                    say(f"{judgement.case.code} waits for {counted(len(judgement.questions), 'answer')}: secor review")
