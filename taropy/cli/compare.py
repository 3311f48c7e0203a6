"""`taropy compare`: where the phone differs from what was recorded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..hosts.replay.errors import TraceError
from ..phone.network.recordings.errors import RecordingError
from .behind import device_option, in_module
from .values import checked

if TYPE_CHECKING:
    from ..hosts.replay.comparing import Comparison

EXAMPLES = """\b
Examples:
  taropy compare shop.jsonl
  taropy compare --ignore getSystemInfo --ignore '*.SDKVersion' shop.jsonl
  taropy compare --har shop.har shop.jsonl   servers answer from a recording

\b
Exit codes: 0 the phone does the same, 1 it differs, 2 it was used wrongly.
"""


@click.command(epilog=EXAMPLES)
@click.argument("trace", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--ignore", metavar="PATTERN", multiple=True,
    help="What does not count: a function, or a field of it, as 'getSystemInfo.model'; may be repeated.",
)  # fmt: skip
@click.option(
    "--har", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Answer the phone's requests from this recording.",
)  # fmt: skip
@click.option("--real-servers", is_flag=True, help="Send the phone's requests to the real servers.")
@click.option(
    "--prepare", metavar="MODULE:NAME", callback=checked(in_module),
    help="A function that gets the phone first, and makes the world around it; in a file as FILE.py:NAME.",
)  # fmt: skip
@device_option
@click.option(
    "--wait", metavar="SECONDS", type=click.FloatRange(min=0), default=2.0, show_default=True,
    help="How long the phone is waited for, for each thing that it is to say.",
)  # fmt: skip
@click.pass_context
def compare(
    ctx: click.Context,
    trace: Path,
    ignore: tuple[str, ...],
    har: Path | None,
    real_servers: bool,
    prepare: Any,
    device: str | None,
    wait: float,
) -> None:
    """Play the calls of TRACE on the phone, and show where it does otherwise than the host that was recorded.

    What is another in every run (codes, ids, times, temporary files) counts as the same. The phone's person answers as
    the recorded one did, as far as the trace says, and servers say what they said then, unless you say otherwise.
    """
    if har is not None and real_servers:
        raise click.UsageError("requests are answered from --har, or by --real-servers")
    try:
        found = _compared(
            trace,
            ignore=ignore,
            har=har,
            real_servers=real_servers,
            prepare=prepare,
            device=device,
            patience=wait,
        )
    except (TraceError, RecordingError) as error:
        raise click.UsageError(str(error)) from error
    for each in found.differing:
        click.echo(str(each))
    differing = len(found.differing)
    click.echo(f"{found.calls} calls, {differing or 'no'} difference{'' if differing == 1 else 's'}", err=True)
    ctx.exit(int(bool(differing)))


def _compared(trace: Path, **options: Any) -> Comparison:
    from ..hosts.replay.comparing import compare as compared

    return compared(trace, **options)
