"""`taropy page`: what a page needs in which a program's calls are made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .program import loaded

EXAMPLES = """\b
Examples:
  taropy page build site                     a page with the real taro-h5
  taropy page build site --app app.json      with these pages and tabs
  taropy page build site --app app.py        with those of a taropy.App
  taropy run -p h5 --host page --url site app.py  a program in that page
  taropy page agent > public/agent.js        for a page of your own
  taropy page life > src/life.js             for an app of your own

\b
Exit codes: 0 all is well, 2 something that it needs is missing.
"""


@click.group(epilog=EXAMPLES)
def page() -> None:
    """Make a page in which programs run with the host "page"."""


@page.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--app", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The app's configuration: JSON as Taro's app.config has it (pages, window, tabBar), or a Python file with "
    "a taropy.App that is called app.",
)  # fmt: skip
@click.option(
    "--packages", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with the npm packages in node_modules. By default they are installed into the user's cache.",
)  # fmt: skip
def build(out: Path, app: Path | None, packages: Path | None) -> None:
    """Bundle taro-h5 and a booted app into the folder OUT.

    This needs Node.js, with npm unless the packages are there. The pages of the app are empty: what runs is the program
    in Python.
    """
    from ..hosts.errors import PageError
    from ..hosts.page import building

    try:
        configuration = building.APP if app is None else _declared(app) if app.suffix == ".py" else _read(app)
        building.build(out, configuration, packages=packages)
    except PageError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"run a program in it: taropy run -p h5 --host page --url {out} --launch FILE")


@page.command()
def agent() -> None:
    """Print agent.js, which a page of your own includes, or a mini program requires."""
    from ..hosts.page.agent import AGENT

    click.echo(AGENT.read_text("utf-8"), nl=False)


@page.command()
def life() -> None:
    """Print life.js, by which a React app of your own tells of its life: a taropy.App can be launched in it."""
    from ..hosts.page.agent import LIFE

    click.echo(LIFE.read_text("utf-8"), nl=False)


def _declared(file: Path) -> dict[str, Any]:
    """The configuration of the app that a module in Python declares."""
    from ..app.declaring import App

    with loaded(file) as module:
        app: Any = module.__dict__.get("app")
    if not isinstance(app, App):
        raise click.BadParameter(f"{file} has no taropy.App that is called app", param_hint="--app")
    pages = {route: dict(page.settings) for route, page in app.pages.items()}
    return {**app.config, "pages": app.routes, "pageConfigs": pages}


def _read(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text("utf-8"))
    except ValueError as error:
        raise click.BadParameter(f"{file} is no JSON: {error}", param_hint="--app") from error
    if not isinstance(read, dict):
        raise click.BadParameter(f"{file} has no object", param_hint="--app")
    return read
