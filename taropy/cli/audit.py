"""`taropy audit`: what a program uses of Taro, what its platforms lack, and what a port has to know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .values import checked
from .values import platform as known_platform

if TYPE_CHECKING:
    from ..port.findings import Report
    from ..port.rules import Level

EXAMPLES = """\b
Examples:
  taropy audit .                            for what its scripts build for
  taropy audit src --platform weapp --platform h5
  taropy audit src/utils/request.ts --format json
  taropy audit . --format sarif --output audit.sarif
  taropy audit . --baseline audit.json --update-baseline
  taropy audit . --baseline audit.json --fail-on warning
  taropy audit . --since main               only what is in changed lines

\b
Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  the command was used wrongly, or something that it needs is not installed
"""

LEVELS = ("error", "warning", "note", "never")


@click.command(epilog=EXAMPLES)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--platform", "-p", "platforms", metavar="NAME", multiple=True, callback=checked(known_platform),
    help="A platform that the program is for; may be repeated. By default those that it is built for, else weapp.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "sarif", "markdown"]), default="table", show_default=True,
    help="How the report is written.",
)  # fmt: skip
@click.option(
    "--output", "-o", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write the report to this file, whole or not at all, in place of the terminal.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(LEVELS), default="error", show_default=True,
    help="The least that makes the exit code 1.",
)  # fmt: skip
@click.option(
    "--baseline", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="What was found before, and does not count.",
)  # fmt: skip
@click.option("--update-baseline", is_flag=True, help="Write all that is found to the baseline.")
@click.option("--since", metavar="REV", help="Only what is in lines that have changed since this revision of git's.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="So many processes; by default one a processor.")
@click.pass_context
def audit(
    ctx: click.Context,
    paths: tuple[Path, ...],
    platforms: tuple[str, ...],
    form: str,
    output: Path | None,
    fail_on: str,
    baseline: Path | None,
    update_baseline: bool,
    since: str | None,
    jobs: int | None,
) -> None:
    """Say what a Taro program uses, and what its platforms lack of it.

    PATH is a file, a folder or a whole project in TypeScript or JavaScript, pages included. What is told: every use of
    Taro and of native objects, by whatever name; what is missing on each platform, with the reason and what to use in
    its place; names that are no member of Taro; messages that are compared and never come; language, packages and traps
    that somebody who ports it has to know of. Uses behind canIUse, TARO_ENV or getEnv count where they are reached.

    What git ignores, node_modules and dist are left out. It needs the extra `port`.
    """
    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    report = _report(paths, platforms, jobs)
    if baseline is not None and update_baseline:
        _update(report, baseline)
        return
    report = _narrowed(report, baseline, since)
    _put(report, form, output)
    if fail_on != "never" and _is_reached(report, fail_on):  # type: ignore[arg-type]
        ctx.exit(1)


def _report(paths: tuple[Path, ...], platforms: tuple[str, ...], jobs: int | None) -> Report:
    from ..extras import MissingExtra
    from ..port.audit import audit as run

    try:
        return run(paths, platforms=platforms, workers=jobs)
    except MissingExtra as error:
        raise click.UsageError(str(error)) from error
    except FileNotFoundError as error:
        raise click.UsageError(f"{error.filename} is gone") from error


def _update(report: Report, baseline: Path) -> None:
    from ..port.baseline import written

    _write(baseline, written(report))
    click.echo(f"{baseline} knows {len(report.findings)} findings")


def _narrowed(report: Report, baseline: Path | None, since: str | None) -> Report:
    from ..port.baseline import BaselineError, read, without_known
    from ..port.since import SinceError, only_since

    try:
        if since is not None:
            report = only_since(report, since)
        return without_known(report, read(baseline)) if baseline is not None else report
    except BaselineError as error:
        raise click.BadParameter(str(error), param_hint="'--baseline'") from error
    except SinceError as error:
        raise click.BadParameter(str(error), param_hint="'--since'") from error


def _put(report: Report, form: str, output: Path | None) -> None:
    from ..port.report import FORMATS
    from .audit_table import as_table
    from .output import console

    width = console().width if output is None else None
    text = as_table(report, width=width) if form == "table" else FORMATS[form](report)
    if output is None:
        click.echo(text.rstrip("\n"))
    else:
        _write(output, text)


def _write(file: Path, text: str) -> None:
    from ..writing import write_whole

    try:
        write_whole(file, text)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from error


def _is_reached(report: Report, level: Level) -> bool:
    from ..port.findings import is_at_least

    return any(is_at_least(finding.level, level) for finding in report.findings)
