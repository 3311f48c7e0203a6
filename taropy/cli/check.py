"""`taropy check`: whether a platform behaves as all do, and how much of Taro it has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import click

from .. import spec
from ..hints import close_to
from ..runtime.plugins import registry
from .values import checked
from .values import member as known_member
from .values import platform as known_platform

if TYPE_CHECKING:
    from ..runtime.platforms import Platform
    from ..testing.coverage import Coverage
    from ..testing.examination import Examination
    from .output import Row

EXAMPLES = """\b
Examples:
  taropy check kwai
  taropy check weapp --no-missing
  taropy check kwai --skip getSetting --skip login
  taropy check kwai --format json

\b
Exit codes:
  0  all is well
  1  something misbehaves
  2  no plugin has brought a platform of this name, it does not have the
     function to be skipped, or FILE is not JSON
"""


@click.command(epilog=EXAMPLES)
@click.argument("name", callback=checked(known_platform))
@click.option("--missing/--no-missing", default=True, help="Whether to list the functions that the platform lacks.")
@click.option(
    "--answers", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON: native results by function, for functions of the plugin's that need more than the declaration says.",
)  # fmt: skip
@click.option(
    "--skip", "skips", metavar="FUNCTION", multiple=True, callback=checked(known_member),
    help="Do not try this function, which is known to misbehave; may be repeated.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_context
def check(
    ctx: click.Context, name: str, missing: bool, answers: Path | None, skips: tuple[str, ...], form: str
) -> None:
    """Try every function of the platform NAME over a native object that answers as its table says.

    It is the suite that a plugin's own tests run. What the platform has is counted first, then what it lacks is listed,
    and what misbehaves, worst first. A function that a plugin has put in the place of the platform's is tried for its
    form: options in each form, callbacks in order, wrong options refused.
    """
    _check_skips(name, skips)
    found = _found(name, _answers(answers) if answers is not None else None, skips)
    if form == "json":
        click.echo(json.dumps(_document(found), indent=1, ensure_ascii=False))
    else:
        _print_summary(found)
        if missing and found.had.missing:
            _print_missing(found.had)
        _print_faults(found.faults)
    if found.faults:
        ctx.exit(1)


@attrs.frozen
class _Found:
    """What has been found of a platform.

    - `faults`: function, aspect and what is wrong, worst first.
    - `skips`: what was not tried; `needless`: those of them that behave.
    """

    platform: Platform
    had: Coverage
    tried: Examination
    faults: list[tuple[str, str, str]]
    skips: tuple[str, ...]
    needless: list[str]


def _check_skips(name: str, skips: tuple[str, ...]) -> None:
    known = registry().platform(name)
    for each in skips:
        if not known.supports(each):
            had = [member for member in spec.members() if known.supports(member)]
            raise click.BadParameter(f"{name} has no {each!r}{close_to(each, had)}", param_hint="'--skip'")


def _found(name: str, answers: dict[str, Any] | None, skips: tuple[str, ...]) -> _Found:
    from ..testing.coverage import coverage
    from ..testing.examination import examine, refused

    tried = examine(name, answers=answers, skips=skips)
    faults = [(fault.api, fault.aspect.name, fault.text) for fault in tried.worst_first()]
    faults += [(api, "support", text) for api, text in refused(name)]
    wrong = {fault.api for fault in examine(name, apis=skips, answers=answers).faults} if skips else set()
    needless = [each for each in dict.fromkeys(skips) if each not in wrong]
    platform = registry().platform(name).platform
    return _Found(platform, coverage(name), tried, faults, tuple(dict.fromkeys(skips)), needless)


def _document(found: _Found) -> dict[str, Any]:
    """What was found as JSON has it: what there is of Taro, what was tried and how, and what is wrong."""
    functions, fields = found.had.functions, found.had.fields
    return {
        "platform": found.platform.name,
        "title": found.platform.title,
        "functions": {"had": functions[0], "all": functions[1]},
        "fields": {"had": fields[0], "all": fields[1]},
        "cells": {"tried": len(found.tried.cells), "wrong": _wrong(found)},
        "skipped": list(found.skips),
        "needlesslySkipped": found.needless,
        "triedForForm": dict(found.tried.of_form),
        "missing": found.had.missing,
        "faults": [{"function": api, "aspect": aspect, "fault": text} for api, aspect, text in found.faults],
    }


def _answers(file: Path) -> dict[str, Any]:
    try:
        answers = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise click.BadParameter(f"{file} is not JSON: {error}", param_hint="'--answers'") from error
    if not isinstance(answers, dict):
        raise click.BadParameter(f"{file} should have an object, by function", param_hint="'--answers'")
    return answers


def _print_summary(found: _Found) -> None:
    had, wrong = found.had, _wrong(found)
    title = f"{found.platform.title} ({found.platform.name})"
    click.echo(f"{title} has {_share(had.functions)} functions, and {_share(had.fields)} fields.")
    cells = len(found.tried.cells)
    click.echo(f"{cells} cells tried: {cells - wrong} right, {wrong} wrong.")
    for api, plugin in found.tried.of_form.items():
        click.echo(f"{api} is the plugin {plugin}'s own, and was tried for its form.")
    if found.skips:
        click.echo(f"Skipped: {', '.join(found.skips)}.")
    if found.needless:
        click.echo(f"These behave, and need not be skipped: {', '.join(found.needless)}.")


def _wrong(found: _Found) -> int:
    return len({(fault.api, fault.aspect.name) for fault in found.tried.faults})


def _share(counts: tuple[int, int]) -> str:
    return f"{counts[0]} of {counts[1]}"


def _print_missing(had: Coverage) -> None:
    from .output import console, table

    rows: list[Row] = [(group, ", ".join(names)) for group, names in sorted(had.missing.items())]
    click.echo("\nMissing:\n")
    console().print(table(("group", "functions"), rows, wrap=("functions",)))


def _print_faults(faults: list[tuple[str, str, str]]) -> None:
    from .output import console, table

    if faults:
        click.echo("\nMisbehaves, worst first:\n")
        console().print(table(("function", "aspect", "what is wrong"), faults, wrap=("what is wrong",)))
