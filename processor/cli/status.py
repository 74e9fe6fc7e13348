"""`secor status`: the cases, and what each waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from processor.cli.options import day_option, json_option, office_option
from processor.cli.show import clean, print_json, print_table, say
from processor.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from processor.casework.standing import Standing
    from processor.model import Verdict
    from processor.store.store import Store
    from processor.store.values import Kept, Summary


@click.command()
@click.argument("employer", required=False, default="")
@office_option
@day_option
@json_option
@click.pass_context
def status(ctx: click.Context, employer: str, home: Path, day: date, *, as_json: bool) -> None:
    """Show the cases: all, or those whose code, name or account has EMPLOYER in it.

    Example: secor status Prairie
    """
    from processor.flows.house import read_rulebooks, read_settings  # noqa: PLC0415 - `--help` stays quick
    from processor.flows.living import stood  # noqa: PLC0415
    from processor.flows.opening import open_store  # noqa: PLC0415

    settings = read_settings(home)
    with open_store(settings) as store:
        cases, books = store.cases.summaries(employer), read_rulebooks(settings)
        standings = {c.code: stood(store, books[c.program], c.code, day) for c in cases}
        pool = store.papers.pool() if not employer else ()
        if as_json:
            shown = [_json(store, c, standings[c.code]) for c in cases]
            print_json({"cases": shown, "pool": [_pool_json(p) for p in pool]})
        else:
            _show(store, cases, standings, pool, whole=bool(employer))
    ctx.exit(Exit.DONE)


def _show(
    store: Store,
    cases: tuple[Summary, ...],
    standings: Mapping[str, Standing],
    pool: tuple[Kept, ...],
    *,
    whole: bool,
) -> None:
    rows = [(*_row(case), standings[case.code].says) for case in cases]
    print_table(("case", "employer", "program", "answer", "on", "asked", "standing"), rows)
    for case in cases if whole else ():
        name, account = clean(case.employer.legal_name), clean(case.employer.account)
        click.echo(f"\n{case.code} {name}, account {account}, opened {case.opened}")
        click.echo(f"  {standings[case.code].says}: {clean(standings[case.code].because)}")
        print_table(
            ("requirement", "answer", "because"),
            [(v.requirement, v.answer, v.because) for v in store.cases.verdicts(case.code)],
        )
        for asked in store.cases.questions(case.code):
            click.echo(f"  a person is asked since {asked.since}: {clean(asked.question.says)}")
        for posted in store.letters.of_case(case.code):
            click.echo(
                f"  {posted.letter.day} {posted.letter.kind} {posted.certificate or posted.number} {posted.path}"
            )
        for paper in store.papers.of_case(case.code):
            kind = paper.document.form or paper.document.kind
            click.echo(f"  {paper.received} {paper.number} {kind} from {clean(paper.submission)}")
    if pool:
        click.echo("\nPapers that no employer claims yet, oldest first:")
        print_table(
            ("paper", "since", "kind", "file"), [(p.number, p.received, p.document.kind, p.submission) for p in pool]
        )
    if not cases and not pool:
        say("There are no cases yet. Drop papers into the inbox and type `secor run`.")


def _row(case: Summary) -> tuple[object, ...]:
    return (
        case.code,
        case.employer.legal_name,
        case.program,
        case.letter or ("to be judged" if case.touched else "none yet"),
        case.lettered or "",
        case.questions or "",
    )


def _json(store: Store, case: Summary, now: Standing) -> dict[str, object]:
    from processor.contract import verdict_json  # noqa: PLC0415

    return {
        "case": case.code,
        "employer": case.employer.legal_name,
        "account": case.employer.account,
        "program": case.program,
        "opened": case.opened.isoformat(),
        "judged": _iso(case.judged),
        "letter": case.letter or None,
        "letter_day": _iso(case.lettered),
        "questions": case.questions,
        "standing": now.says,
        "due": _iso(now.owed.due if now.owed else None),
        "standing_because": now.because,
        "verdicts": [_verdict(v, verdict_json(v)) for v in store.cases.verdicts(case.code)],
    }


def _verdict(verdict: Verdict, shown: dict[str, object]) -> dict[str, object]:
    return {"requirement": verdict.requirement, "answer": shown["answer"], "because": verdict.because}


def _pool_json(paper: Kept) -> dict[str, object]:
    return {
        "paper": paper.number,
        "since": paper.received.isoformat(),
        "kind": paper.document.kind.value,
        "file": paper.submission,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
