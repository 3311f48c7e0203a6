"""`taropy port`: modules in TypeScript and JavaScript, as Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

EXAMPLES = """\b
Examples:
  taropy port src/utils --out utils          a folder, as the package `utils`
  taropy port src/request.ts --out client
  taropy port src --out shop --report port.md
  taropy port src --out shop --force         in the place of an older port
  taropy port src --out shop --define API_ENV=prod
  taropy port src --out shop --mode production

\b
Exit codes:
  0  all was ported
  1  some places were not: they raise, and are in the report
  2  the command was used wrongly, or something that it needs is not installed
"""


@click.command(epilog=EXAMPLES)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", "-o", metavar="DIR", required=True, type=click.Path(path_type=Path),
    help="The folder that the port goes to, whole or not at all: a package, so its name has to be one of Python's.",
)  # fmt: skip
@click.option("--force", is_flag=True, help="Put the port in the place of a folder that is there already.")
@click.option(
    "--strict", is_flag=True,
    help="Ask of every value of which nothing is known whether JavaScript takes it for true, so that NaN is not.",
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
    "--report", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was not ported to this file: as JSON if its name ends so, else as Markdown.",
)  # fmt: skip
@click.pass_context
def port(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    force: bool,
    strict: bool,
    defined: tuple[str, ...],
    mode: str,
    report: Path | None,
) -> None:
    """Port modules in TypeScript or JavaScript to Python.

    PATH is a file or a folder. The Python means what the original means, with the values of taropy.js. A place that is
    not ported stands in the code as a line that raises, with the original text, and is told with its file and line.

    It needs the extra `port`.
    """
    from ..extras import MissingExtra
    from ..port import port_report
    from ..port.porting import PortError
    from ..port.porting import port as run

    if not out.name.isidentifier():
        raise click.BadParameter(
            f"{out.name!r} is no name of Python's, and the port is a package", param_hint="'--out'"
        )
    try:
        outcome = run(paths, out, force=force, strict=strict, defined=dict(map(_constant, defined)), mode=mode)
    except (MissingExtra, PortError) as error:
        raise click.UsageError(str(error)) from error
    if report is not None:
        _write(report, port_report.FORMATS["json" if report.suffix == ".json" else "markdown"](outcome))
    click.echo(port_report.as_text(outcome))
    if outcome.refused or outcome.unread:
        ctx.exit(1)


def _constant(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name.isidentifier():
        raise click.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--define")
    try:
        constant = json.loads(value)
    except ValueError:
        return name, value
    return name, constant


def _write(file: Path, text: str) -> None:
    from ..port.writing import write_whole

    try:
        write_whole(file, text)
    except OSError as error:
        raise click.UsageError(f"{file} cannot be written: {error.strerror}") from error
