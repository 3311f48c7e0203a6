"""`taropy platforms`: the platforms that are installed."""

from __future__ import annotations

import click

from .. import spec
from ..matrix import matrix
from ..runtime.platforms import KnownPlatform
from ..runtime.plugins import registry

EXAMPLES = """\b
Examples:
  taropy platforms
  taropy support --platform tt     what one of them has

\b
Exit codes: 0 all is well.
"""


HEADS = ("platform", "title", "env", "native", "plugin", "has", "phone")


@click.command(epilog=EXAMPLES)
def platforms() -> None:
    """List the platforms that plugins have brought.

    "env" is what Taro.getEnv() gives there, "native" the name of the platform's own object. "has" counts the members of
    Taro that the platform has, "phone" those of them that the simulated phone answers.
    """
    from .output import console, table

    known = registry().platforms
    counts = matrix(spec.members(), known).totals()
    rows = [
        (*_facts(each), str(counts["yes"][name] + counts["host"][name]), str(counts["yes"][name]))
        for name, each in known.items()
    ]
    out = console()
    out.print(table(HEADS, rows, wrap=("title",), right=("has", "phone")))
    out.print(f"\nThere are {len(spec.members())} members of Taro.")


def _facts(known: KnownPlatform) -> tuple[str, ...]:
    platform = known.platform
    extends = f" (extends {platform.extends})" if platform.extends else ""
    return platform.name, platform.title + extends, platform.env_type, platform.native_name, known.provider
