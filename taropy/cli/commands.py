"""The group of commands: taropy's own, and those that plugins bring."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

import click

from .. import __version__
from ..runtime.platforms import PlatformError
from ..runtime.plugins import Registry, hook_of, registry
from .api import api
from .audit import audit
from .check import check
from .compare import compare
from .devtools import devtools
from .new_platform import new_platform
from .open_platform import open_platform
from .page import page
from .platforms import platforms
from .port import port
from .record import record
from .run import run
from .stubs import stubs
from .support import support
from .verify import verify
from .warned import in_words

HELP = """Taro in Python: run mini-program logic on a simulated phone, and see what each platform has.

\b
Exit codes:
  0  all is well
  1  the program that was run failed, or something was found
  2  the command was used wrongly, or something that it needs is not installed
"""

EXAMPLES = """\b
Examples:
  taropy run app.py                      run a program on weapp
  taropy run --platform alipay --log app.py
  taropy record app.py shop.jsonl        keep what its host has answered
  taropy support login request           which platforms have these
  taropy api login                       what it takes and gives
  taropy audit src                       what a program in TypeScript uses
  taropy port src --out shop             the same program in Python
  taropy verify pay.ts pay.py            whether a port does as its original
  taropy COMMAND --help                  more on a command, with examples
"""


class _Commands(click.Group):
    """A group that also knows the commands of plugins; these are asked for only when they may be needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*super().list_commands(ctx), *self._brought()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name: taropy's own, else a plugin's."""
        return super().get_command(ctx, cmd_name) or self._brought().get(cmd_name)

    def _brought(self) -> dict[str, click.Command]:
        """What the plugins add; a plugin that fails to is named, and left out."""
        found = registry()
        brought: dict[str, click.Command] = {}
        for plugin, _ in found.manager.list_name_plugin():
            try:
                added = _commands_of(found, plugin)
                _check_free(added, taken={*self.commands, *brought})
            except Exception as error:  # whatever a plugin does, the others work
                found.fail(plugin, error)
            else:
                brought |= added
        return brought

    def main(self, *arguments: Any, **options: Any) -> Any:
        """As click's, with taropy's warnings told in words."""
        with _warnings_in_words():
            return super().main(*arguments, **options)


def _commands_of(found: Registry, plugin: str) -> dict[str, click.Command]:
    group = click.Group(plugin)
    hook_of(found, plugin, "taropy_register_commands")(group=group)
    return dict(group.commands)


def _check_free(added: Collection[str], taken: Collection[str]) -> None:
    for name in added:
        if name in taken:
            raise PlatformError(f"there is a command {name!r} already")


@contextmanager
def _warnings_in_words() -> Iterator[None]:
    with warnings.catch_warnings():
        in_words()
        yield


@click.group(cls=_Commands, help=HELP, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="taropy %(version)s")
def taropy() -> None:
    """The group; its help is above."""


for _command in (
    run,
    record,
    compare,
    platforms,
    support,
    api,
    audit,
    port,
    verify,
    stubs,
    open_platform,
    page,
    devtools,
    new_platform,
    check,
):
    taropy.add_command(_command)
