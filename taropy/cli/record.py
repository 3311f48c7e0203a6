"""`taropy record`: runs a program, and keeps what its host was asked and has said."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from .behind import PAGE, host_option, in_module, platform_option, wait_for_page, with_option
from .program import environment
from .run import outcome, process_on
from .values import checked

EXAMPLES = """\b
Examples:
  taropy record app.py shop.jsonl                     what the phone answers
  taropy record --native bench.py:device app.py shop.jsonl
  taropy record -p h5 --host page --with url=site app.py shop.jsonl
  taropy run --host replay --trace shop.jsonl app.py  the same without it
  taropy compare shop.jsonl                           where the phone differs

\b
Exit codes: those of the program, as of taropy run; 2 it was used wrongly.
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", metavar="PROGRAM", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("trace", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("arguments", metavar="[ARGS]...", nargs=-1)
@platform_option
@host_option
@with_option
@click.option(
    "--native", metavar="MODULE:NAME", callback=checked(in_module),
    help="A native object in place of a host: one in a module, or in a file as FILE.py:NAME.",
)  # fmt: skip
@click.option("--date", is_flag=True, help="Note in the trace on which day it was recorded.")
@click.option("--show-secrets", is_flag=True, help="Keep tokens, passwords and the like, not a mask.")
@click.pass_context
def record(
    ctx: click.Context,
    file: Path,
    trace: Path,
    arguments: tuple[str, ...],
    platform: str,
    host: str,
    given: dict[str, Any],
    native: object | None,
    date: bool,
    show_secrets: bool,
) -> None:
    """Run PROGRAM, and write what its host was asked and has said into TRACE, call by call.

    The trace is what taropy run --host replay answers from, and what taropy compare plays on the phone. Bytes and texts
    that are too long for a line are in a folder beside it, TRACE with the ending .bytes.
    """
    if native is not None and (host != "phone" or given):
        raise click.UsageError("--native is in the place of --host, and is given nothing")
    over = {"over": host if native is None else native, **given}
    with ExitStack() as stack:
        stack.enter_context(environment(TARO_ENV=platform))
        options = {"host": "record", "trace": trace, "date": date, "show_secrets": show_secrets, **over}
        taro = stack.enter_context(process_on(platform, options))
        if host == PAGE:
            wait_for_page(taro)
        code = outcome(taro, file, arguments)
    click.echo(f"trace: {trace}", err=True)
    ctx.exit(code)
