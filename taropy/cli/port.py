"""`taropy port`: modules in TypeScript and JavaScript, as Python."""

from __future__ import annotations

import json
import keyword
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..port.options import Options
    from ..port.porting import Outcome

EXAMPLES = """\b
Examples:
  taropy port src/utils --out utils          a folder, as the package `utils`
  taropy port src/request.ts --out client
  taropy port src --out shop --report port.md
  taropy port src --out shop --check         what has changed since, in either
  taropy port src --out shop --merge         anew, with changes by hand
  taropy port src --out shop --force         anew, if nothing was
  taropy port src --out shop --define API_ENV=prod
  taropy port src --out shop --mode production
  taropy port src --out shop --package @company/dates=company.dates

\b
Exit codes:
  0  all was ported; with --check: nothing has changed
  1  some places were not: they raise, and are in the report; with --check:
     files were changed by hand; with --merge: changes meet, and are marked
  2  the command was used wrongly, or something that it needs is not installed
  3  with --check: the port is out of date, whether changed by hand or not
"""

OUT_OF_DATE = 3


@click.command(epilog=EXAMPLES)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", "-o", metavar="DIR", required=True, type=click.Path(path_type=Path),
    help="The folder that the port goes to, whole or not at all: a package, so its name has to be one of Python's.",
)  # fmt: skip
@click.option("--check", "way", flag_value="check", help="Write nothing: say what has changed since DIR was ported.")
@click.option("--merge", "way", flag_value="merge", help="Port anew into DIR, and keep what was changed there by hand.")
@click.option("--force", "way", flag_value="force", help="Port anew into DIR, if nothing was changed there by hand.")
@click.option("--discard", "way", flag_value="discard", help="Port anew into DIR, whatever is there; that is lost.")
@click.option(
    "--strict", is_flag=True,
    help="Ask every value of which nothing is known what it is, as JavaScript does, where Python would raise.",
)  # fmt: skip
@click.option(
    "--define", "-D", "defined", metavar="NAME=VALUE", multiple=True,
    help="What the build puts in place of a name: a text, or JSON. May be repeated. Those of Taro's config are known.",
)  # fmt: skip
@click.option(
    "--mode", metavar="MODE", default="development", show_default=True,
    help="The build whose constants count: of config/dev, of config/prod for `production`, and of .env.MODE.",
)  # fmt: skip
@click.option(
    "--package", "packages", metavar="NAME=MODULE[:DEFAULT]", multiple=True,
    help="A module of Python's that has what a package exports; DEFAULT is its default export. May be repeated.",
)  # fmt: skip
@click.option(
    "--report", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was not ported to this file: as JSON if its name ends so, else as Markdown.",
)  # fmt: skip
@click.pass_context
def port(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    way: str | None,
    strict: bool,
    defined: tuple[str, ...],
    mode: str,
    packages: tuple[str, ...],
    report: Path | None,
) -> None:
    """Port modules in TypeScript or JavaScript to Python.

    PATH is a file or a folder. The Python means what the original means, with the values of taropy.js. A place that is
    not ported stands in the code as a line that raises, with the original text, and is told with its file and line.

    A port remembers how it was made, in its sources.json. --check ports again, with the options of then, and shows what
    was changed by hand, what would be ported otherwise now, and where that meets; --merge keeps both.

    It needs the extra `port`.
    """
    from ..extras import MissingExtra
    from ..port.porting import PortError

    if not out.name.isidentifier() or keyword.iskeyword(out.name):
        raise click.BadParameter(
            f"{out.name!r} is no name of Python's, and the port is a package", param_hint="'--out'"
        )
    run = {"check": _check, "merge": _merge}.get(way or "", partial(_port, way))
    options: Options = {
        "strict": strict,
        "defined": dict(map(_constant, defined)),
        "mode": mode,
        "packages": dict(map(_target, packages)),
    }
    try:
        code = run(paths, out, report, options)
    except (MissingExtra, PortError) as error:
        raise click.UsageError(str(error)) from error
    ctx.exit(code)


def _port(way: str | None, paths: Sequence[Path], out: Path, report: Path | None, options: Options) -> int:
    from ..port.porting import port as run

    outcome = run(paths, out, force=way == "force", discard=way == "discard", **options)
    _tell(outcome, report)
    return 1 if outcome.refused or outcome.unread else 0


def _check(paths: Sequence[Path], out: Path, report: Path | None, options: Options) -> int:
    from ..port import change_report
    from ..port.again import changed

    found = changed(paths, out, **options)
    if report is not None:
        _write(report, (change_report.as_json if report.suffix == ".json" else change_report.as_markdown)(found))
    click.echo(change_report.as_text(found))
    return OUT_OF_DATE if found.outdated else 1 if found.by_hand else 0


def _merge(paths: Sequence[Path], out: Path, report: Path | None, options: Options) -> int:
    from ..port import change_report
    from ..port.again import merge

    found = merge(paths, out, **options)
    _tell(found.outcome, report)
    click.echo(change_report.merge_text(found))
    left = found.outcome.refused or found.outcome.unread or found.conflicts
    return 1 if left else 0


def _tell(outcome: Outcome, report: Path | None) -> None:
    """Prints what was not ported, and writes it to the report."""
    from ..port import port_report

    if report is not None:
        _write(report, port_report.FORMATS["json" if report.suffix == ".json" else "markdown"](outcome))
    click.echo(port_report.as_text(outcome))


def _constant(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--define")
    try:
        constant = json.loads(value)
    except ValueError:
        return name, value
    return name, constant


def _target(text: str) -> tuple[str, str]:
    name, equals, target = text.partition("=")
    if not name or not equals or not target:
        raise click.BadParameter(f"{text!r} is not NAME=MODULE", param_hint="--package")
    return name, target


def _write(file: Path, text: str) -> None:
    from ..writing import write_whole

    try:
        write_whole(file, text)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from error
