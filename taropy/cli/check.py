"""`taropy check`: whether a platform behaves as all do, and how much of Taro it has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..runtime.plugins import registry
from .values import checked
from .values import platform as known_platform

if TYPE_CHECKING:
    from ..testing.coverage import Coverage
    from ..testing.examination import Examination, Fault
    from .output import Row

EXAMPLES = """\b
Examples:
  taropy check kwai
  taropy check weapp --no-missing

\b
Exit codes:
  0  all is well
  1  something misbehaves
  2  no plugin has brought a platform of this name, or FILE is not JSON
"""


@click.command(epilog=EXAMPLES)
@click.argument("name", callback=checked(known_platform))
@click.option("--missing/--no-missing", default=True, help="Whether to list the functions that the platform lacks.")
@click.option(
    "--answers", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON: native results by function, for functions of the plugin's that need more than the declaration says.",
)  # fmt: skip
@click.pass_context
def check(ctx: click.Context, name: str, missing: bool, answers: Path | None) -> None:
    """Try every function of the platform NAME over a native object that answers as its table says.

    It is the suite that a plugin's own tests run. What the platform has is counted first, then what it lacks is listed,
    and what misbehaves, worst first.
    """
    from ..testing.coverage import coverage
    from ..testing.examination import examine, refused

    found = examine(name, answers=_answers(answers) if answers is not None else None)
    lying = dict(refused(name))
    had = coverage(name)
    _print_summary(name, found, had)
    if missing and had.missing:
        _print_missing(had)
    _print_faults(found.worst_first(), lying)
    if found.faults or lying:
        ctx.exit(1)


def _answers(file: Path) -> dict[str, Any]:
    try:
        answers = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise click.BadParameter(f"{file} is not JSON: {error}", param_hint="'--answers'") from error
    if not isinstance(answers, dict):
        raise click.BadParameter(f"{file} should have an object, by function", param_hint="'--answers'")
    return answers


def _print_summary(name: str, found: Examination, had: Coverage) -> None:
    platform = registry().platform(name).platform
    wrong = len({(fault.api, fault.aspect.name) for fault in found.faults})
    click.echo(f"{platform.title} ({name}) has {_share(had.functions)} functions, and {_share(had.fields)} fields.")
    click.echo(f"{len(found.cells)} cells tried: {len(found.cells) - wrong} right, {wrong} wrong.")


def _share(counts: tuple[int, int]) -> str:
    return f"{counts[0]} of {counts[1]}"


def _print_missing(had: Coverage) -> None:
    from .output import console, table

    rows: list[Row] = [(group, ", ".join(names)) for group, names in sorted(had.missing.items())]
    click.echo("\nMissing:\n")
    console().print(table(("group", "functions"), rows, wrap=("functions",)))


def _print_faults(faults: list[Fault], lying: dict[str, str]) -> None:
    from .output import console, table

    rows: list[Row] = [(fault.api, fault.aspect.name, fault.text) for fault in faults]
    rows += [(api, "support", text) for api, text in lying.items()]
    if rows:
        click.echo("\nMisbehaves, worst first:\n")
        console().print(table(("function", "aspect", "what is wrong"), rows, wrap=("what is wrong",)))
