"""`taropy verify`: whether a port does what its original does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .values import checked
from .values import platform as known_platform

if TYPE_CHECKING:
    from ..port.verifying.verify import Verdict

EXAMPLES = """\b
Examples:
  taropy verify src/utils/cart.ts ported/cart.py
  taropy verify src/auth.ts ported/auth.py --scenario auth_scenario.py
  taropy verify src/auth.ts ported/auth.py -s auth_scenario.py -p alipay

\b
A scenario is a Python file:
  async def scenario(program, phone):
      phone.faults.answer("request", statusCode=200, data={"token": "t1"})
      await program.call("logIn", "ada")

\b
Exit codes:
  0  the port does what the original does
  1  they differ
  2  the command was used wrongly, or something that it needs is not installed
"""


@click.command(epilog=EXAMPLES)
@click.argument("original", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("port", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--scenario", "-s", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What is played, a Python file. By default calls that are made from the declared types.",
)  # fmt: skip
@click.option(
    "--platform", "-p", metavar="NAME", callback=checked(known_platform), default="weapp", show_default=True,
    help="The platform that both are on.",
)  # fmt: skip
@click.option("--all", "whole", is_flag=True, help="Show every step of both, and not only where they differ.")
@click.pass_context
def verify(ctx: click.Context, original: Path, port: Path, scenario: Path | None, platform: str, whole: bool) -> None:
    """Run a module and its port side by side, and show where they differ.

    ORIGINAL is a module in TypeScript or JavaScript, PORT one in Python. Each runs on a fresh phone, at the same moment
    of a clock that stands still, through the same scenario. Compared are every call of Taro with its options and its
    result, what the functions return and throw, what is left in storage, what was shown, the pages, and the order of it
    all. It needs the extra `port`.
    """
    if port.suffix != ".py":
        raise click.BadParameter("the port is a Python file", param_hint="'PORT'")
    verdict = _verdict(original, port, scenario, platform)
    _tell(verdict, whole)
    ctx.exit(0 if verdict.same else 1)


def _verdict(original: Path, port: Path, scenario: Path | None, platform: str) -> Verdict:
    from ..extras import MissingExtra
    from ..port.source import Unreadable
    from ..port.verifying.scenario import ScenarioError, read_scenario
    from ..port.verifying.verify import verify as run

    try:
        played = None if scenario is None else read_scenario(scenario)
        return run(original, port, played, platform=platform)
    except (MissingExtra, ScenarioError) as error:
        raise click.UsageError(str(error)) from error
    except Unreadable as error:
        raise click.BadParameter(f"{original} {error}", param_hint="'ORIGINAL'") from error


def _tell(verdict: Verdict, whole: bool) -> None:
    from ..port.verifying.comparing import Difference, shown

    if verdict.generated is not None:
        click.echo(verdict.generated.told())
    if whole:
        for step in verdict.original.steps:
            click.echo(f"original: {step}")
        for step in verdict.port.steps:
            click.echo(f"port:     {step}")
    if verdict.same:
        click.echo(f"the same in {len(verdict.original.steps)} steps")
        return
    found: tuple[Difference, ...] = verdict.differences
    click.echo(f"{len(found)} difference{'s' if len(found) > 1 else ''}\n")
    click.echo(shown(found, Path.cwd()))
