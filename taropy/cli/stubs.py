"""`taropy stubs`: the type of `Taro` on a platform, as a module for the platform's plugin."""

from __future__ import annotations

from pathlib import Path

import click

from ..runtime.plugins import registry
from .values import checked
from .values import platform as known_platform

EXAMPLES = """\b
Examples:
  taropy stubs mini --out src/taropy_mini
  then, in a program: from taropy_mini.mini import Taro

\b
Exit codes: 0 all is well, 2 no plugin has brought a platform of this name.
"""


@click.command(epilog=EXAMPLES)
@click.argument("name", callback=checked(known_platform))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="The folder to write to; by default the current one.",
)
def stubs(name: str, out: Path) -> None:
    """Write a module with the type of Taro on a platform.

    For the authors of platforms: type checkers and editors then know what the platform has. The module gives `Taro`, on
    the platform, and its type; it consists of a file for running programs and one for type checkers.
    """
    from ..stubgen.platform import platform_module

    out.mkdir(parents=True, exist_ok=True)
    for file, text in platform_module(name, registry().platform(name).supports).items():
        (out / file).write_text(text, "utf-8")
        click.echo(out / file)
