"""`taropy new-platform`: a package that brings a platform, with its tests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from .. import __version__, spec
from ..runtime.platforms import KnownPlatform, Platform
from ..runtime.plugins import registry
from .values import checked
from .values import platform as known_platform

EXAMPLES = """\b
Examples:
  taropy new-platform acme --title Acme --native ac
  taropy new-platform kwai --extends weapp --native ks
  then, in the new folder: pip install -e '.[dev]' && pytest

\b
Exit codes:
  0  all is well
  2  the name is no name, or taken, or the folder is there already
"""

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")

# What a platform that starts from no other has at first, for its author to go on from.
FIRST = ("getStorage", "login", "request", "setStorage", "showToast")

SUPPORTED = """\
# The functions that the platform has. Taro's own, such as getEnv and eventCenter, need not be named.
SUPPORTS = {names}

"""


def new_name(name: str) -> str:
    """A name that a platform can have, and none has yet; a usage error otherwise."""
    if NAME.fullmatch(name) is None:
        raise click.BadParameter(f"{name!r} should be lower-case letters and digits, with hyphens between")
    known = registry().platforms.get(name)
    if known is not None:
        raise click.BadParameter(f"there is a platform {name!r} already, by the plugin {known.provider}")
    return name


def _plain(text: str) -> str:
    """Text that can stand between quotes, in Python as in TOML."""
    if not text.isprintable() or any(mark in text for mark in '"\\'):
        raise click.BadParameter(f"{text!r} should be plain text on one line, without quotes")
    return text


def _identifier(text: str) -> str:
    if not text.isidentifier():
        raise click.BadParameter(f"{text!r} should be a name, as wx and my are")
    return text


@click.command("new-platform", epilog=EXAMPLES)
@click.argument("name", callback=checked(new_name))
@click.option(
    "--extends", metavar="PLATFORM", callback=checked(known_platform),
    help="The platform to start from: what it has, and what differs there, holds here too.",
)  # fmt: skip
@click.option("--title", callback=checked(_plain), help="The platform's name for people; by default from NAME.")
@click.option(
    "--native", callback=checked(_identifier),
    help="What the platform's programs call its native object, as wx or my; by default from NAME.",
)  # fmt: skip
@click.option(
    "--dir", "parent", type=click.Path(file_okay=False, path_type=Path), default=Path(),
    help="The folder in which to make the package's; by default the current one.",
)  # fmt: skip
def new_platform(name: str, extends: str | None, title: str | None, native: str | None, parent: Path) -> None:
    """Make a package that brings the platform NAME.

    It has a table to fill in, a Taro of its own for type checkers and editors, tests that run every function of the
    platform, and is found by taropy once installed.
    """
    folder = parent / f"taropy-{name}"
    if folder.exists():
        raise click.UsageError(f"{folder} is there already")
    made = package(name, extends, title or name.replace("-", " ").title(), native or name.replace("-", "_"))
    for path, text in made.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        click.echo(file)
    click.echo(f"\nNext: cd {folder} && pip install -e '.[dev]' && pytest")


def package(name: str, extends: str | None, title: str, native: str) -> dict[str, str]:
    """The files of a platform's package, by path below its folder."""
    from ..stubgen.platform import platform_module

    module = f"taropy_{name.replace('-', '_')}"
    types = _types(name, extends)
    lacked = next(api for api in spec.members() if spec.member(api).is_function and not types.supports(api))
    words: Mapping[str, str] = {
        "name": name,
        "title": title,
        "native": native,
        "module": module,
        "camel": "".join(part.capitalize() for part in name.split("-")),
        "version": __version__,
        "base": f"it is on {extends}" if extends else "Taro declares it",
        "list": "`lacks`" if extends else "`SUPPORTS`",
        "stem": module.removeprefix("taropy_"),
        "lacked": lacked,
        "having": "does not have" if extends else "has",
        "start": f'extends="{extends}"' if extends else "supports=SUPPORTS",
        "supported": "" if extends else SUPPORTED.format(names=_tuple(FIRST)),
    }
    templates = {
        "pyproject.toml": "pyproject.toml.txt",
        "README.md": "README.md.txt",
        f"{module}/__init__.py": "module.py.txt",
        f"tests/test_{module.removeprefix('taropy_')}.py": "test.py.txt",
    }
    made = {path: _template(template).substitute(words) for path, template in templates.items()}
    narrowed = platform_module(name, types.supports)
    return {**made, f"{module}/py.typed": "", **{f"{module}/{file}": text for file, text in narrowed.items()}}


def _types(name: str, extends: str | None) -> KnownPlatform:
    """The platform as its package will first bring it; the types of its module are made from it."""
    supports = None if extends else FIRST
    native = name.replace("-", "_")
    first = Platform(name=name, title=name, env_type=name, native_name=native, extends=extends, supports=supports)
    return KnownPlatform(first, provider=name, parent=registry().platform(extends) if extends else None)


def _tuple(names: tuple[str, ...]) -> str:
    return "({})".format(", ".join(f'"{name}"' for name in names))


def _template(name: str) -> Template:
    return Template((files("taropy.cli") / "templates" / "platform" / name).read_text("utf-8"))
