"""`taropy support`: which platform has which function."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from .. import spec
from ..extras import MissingExtra
from ..hosts.errors import PageError
from ..matrix import Cell, HostName, Matrix, matrix
from ..runtime.plugins import registry
from .values import checked
from .values import platform as known_platform
from .values import schema as known_schema

if TYPE_CHECKING:
    from rich.text import Text

    from .output import Row

EXAMPLES = """\b
Examples:
  taropy support                             everything, on every platform
  taropy support login checkSession
  taropy support request.object.enableHttp2 login.success.code
  taropy support --platform alipay --platform tt
  taropy support --host none --format json   whatever the phone does
  taropy support --host page --url site      what a page in a browser has

\b
Exit codes: 0 all is well, 2 there is no such name or platform.
"""

MEANING: dict[Cell, str] = {
    "yes": "can be used",
    "host": "the platform has it, the {host} does not do it{yet}",
    "no": "the platform does not have it",
}


@click.command(epilog=EXAMPLES)
@click.argument("names", metavar="[NAME]...", nargs=-1, callback=checked(known_schema))
@click.option(
    "--platform", "-p", "platforms", metavar="NAME", multiple=True, callback=checked(known_platform),
    help="Only this platform; may be repeated.",
)  # fmt: skip
@click.option(
    "--host", type=click.Choice(["phone", "page", "none"]), default="phone", show_default=True,
    help="What stands behind the platforms: the simulated phone, a page in a browser (h5 by default), or nothing, for "
    "what they have by themselves.",
)  # fmt: skip
@click.option("--url", metavar="URL", help="With --host page: its address, or the folder that it is in.")
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table", show_default=True)
def support(names: tuple[str, ...], platforms: tuple[str, ...], host: HostName, url: str | None, form: str) -> None:
    """Show which platform has what.

    NAME is a member of Taro, or anything that Taro.canIUse takes: an option, a value, a field of a result. Without any,
    all members are shown.
    """
    _check_parts(names)
    if (url is not None) != (host == "page"):
        raise click.UsageError("--host page needs --url" if url is None else "--url is for --host page")
    made = _matrix(names or spec.members(), platforms, host, url)
    if form == "json":
        click.echo(as_json(made))
    elif form == "markdown":
        click.echo(as_markdown(made))
    else:
        _print_table(made, whole=not names)


def _matrix(schemas: tuple[str, ...], platforms: tuple[str, ...], host: HostName, url: str | None) -> Matrix:
    """The matrix; a page is asked in a browser that is started for it."""
    if host != "page":
        return matrix(schemas, platforms or registry().platforms, host)
    try:
        return matrix(schemas, platforms or ("h5",), host, url=url, launch=True)
    except (PageError, MissingExtra, TypeError) as error:
        raise click.UsageError(str(error)) from error


def _check_parts(names: tuple[str, ...]) -> None:
    """Refuses parts of members that no platform has, which are misspelled, most likely."""
    parts = [name for name in names if "." in name]
    found = matrix(parts, registry().platforms if parts else (), "none")
    for name, row in found.cells.items():
        if "yes" not in row.values():
            raise click.BadParameter(f"no platform has {name!r}", param_hint="'[NAME]...'")


def as_json(made: Matrix) -> str:
    """The matrix as JSON: `{"host", "platforms", "support", "totals", "replaced"}`.

    `support` is `{name: {platform: "yes"|"host"|"no"}}`, `replaced` `{name: {platform: plugin}}`.
    """
    document = {
        "host": made.host,
        "platforms": list(made.platforms),
        "support": made.cells,
        "totals": made.totals(),
        "replaced": _replaced(made),
    }
    return json.dumps(document, indent=1)


def _replaced(made: Matrix) -> dict[str, dict[str, str]]:
    """The functions that plugins have replaced: by name and platform, the plugin."""
    known = registry().platforms
    found = {
        name: {each: by for each in made.platforms if (by := known[each].replaced_by(name)) is not None}
        for name in made.cells
    }
    return {name: by for name, by in found.items() if by}


def as_markdown(made: Matrix) -> str:
    """The matrix as a Markdown table."""
    rows = [["", *made.platforms], ["---", *(":-:" for _ in made.platforms)]]
    rows += [[f"`{name}`", *row.values()] for name, row in made.cells.items()]
    rows += [[f"**{cell}**", *map(str, counts.values())] for cell, counts in made.totals().items()]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


# --- the table -------------------------------------------------------------------------------------------------

STYLES: dict[Cell, str] = {"yes": "green", "host": "yellow", "no": "dim"}
MARKS: dict[Cell, str] = {"yes": "✓", "host": "○", "no": "·"}
ASCII_MARKS: dict[Cell, str] = {"yes": "Y", "host": "o", "no": "-"}


def _print_table(made: Matrix, *, whole: bool) -> None:
    from .output import console, table

    out = console()
    marks = ASCII_MARKS if out.options.ascii_only else MARKS
    # At its hyphen, a name gives the column less width.
    heads = [name.replace("-", "-\n") for name in made.platforms]
    rows: list[Row] = [(name, *(_mark(cell, marks) for cell in row.values())) for name, row in made.cells.items()]
    totals: list[Row] = []
    if len(rows) > 1:
        totals = [(_mark(cell, marks), *map(str, counts.values())) for cell, counts in made.totals().items()]
        if whole and made.host != "none":
            shares = made.shares().values()
            # Rounded down: 100 % is all.
            totals.append(("answered", *(f"{int(share * 100)}%" for share in shares)))
    out.print(table(("name", *heads), rows, wrap=("name",), center=heads, gap=1, totals=totals))
    out.print()
    for cell in made.answers:
        meaning = MEANING[cell].format(host=made.host, yet=" yet" if made.host == "phone" else "")
        out.print(_mark(cell, marks), meaning)
    for name, by in _replaced(made).items():
        for platform, plugin in by.items():
            out.print(f"{name} on {platform} is the plugin {plugin}'s own")


def _mark(cell: Cell, marks: dict[Cell, str]) -> Text:
    from rich.text import Text

    return Text(marks[cell], STYLES[cell])
