"""What an operator types: `secor COMMAND`. Each command is one small module, loaded when it is asked for."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.metadata import version
from typing import Any

import click

from processor.errors import Exit, ProcessorError

_COMMANDS = {
    "init": "processor.cli.house:init",
    "run": "processor.cli.run:run",
    "watch": "processor.cli.watch:watch",
    "read": "processor.cli.read:read",
    "status": "processor.cli.status:status",
    "digest": "processor.cli.digest:digest",
    "due": "processor.cli.due:due",
    "expiring": "processor.cli.due:expiring",
    "case": "processor.cli.case:case",
    "history": "processor.cli.due:history",
    "directory": "processor.cli.due:directory",
    "rebates": "processor.cli.due:rebates",
    "explain": "processor.cli.explain:explain",
    "review": "processor.cli.review:review",
    "replay": "processor.cli.explain:replay",
    "auditors": "processor.cli.house:auditors",
    "sample": "processor.cli.sample:sample",
    "rulebook": "processor.cli.rulebook:rulebook",
    "what-if": "processor.cli.rulebook:what_if",
    "forms": "processor.cli.forms:forms",
    "calibrate": "processor.cli.calibrate:calibrate",
    "doctor": "processor.cli.house:doctor",
    "canary": "processor.cli.canary:canary",
    "balance": "processor.cli.balance:balance",
    "backup": "processor.cli.keeping:backup",
    "restore": "processor.cli.keeping:restore",
    "rebuild": "processor.cli.keeping:rebuild",
    "purge": "processor.cli.purge:purge",
}


class _Lazy(click.Group):
    """A group that imports a command when it is called, and turns our errors into a sentence and a code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer meets them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command; a `ProcessorError` becomes its sentence, its remedy and its exit code."""
        try:
            return super().invoke(ctx)
        except ProcessorError as wrong:
            click.secho(f"secor: {wrong.what}", err=True, fg="red", nl=False)
            click.echo(f" {wrong.do}", err=True)
            ctx.exit(wrong.exit)
        except KeyboardInterrupt:
            click.echo("secor: interrupted. What was begun is finished at the next start.", err=True)
            ctx.exit(Exit.INTERRUPTED)


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("secor-processor"), prog_name="secor")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Employers' papers in, provable SECOR letters and certificates out.

    A newcomer starts with `secor init my-office`, drops PDFs into my-office/inbox and types `secor run`.
    """
    ctx.color = False if os.environ.get("NO_COLOR") or not sys.stderr.isatty() else None
