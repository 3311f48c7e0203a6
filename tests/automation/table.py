"""The table of the clients' methods, as the guide shows it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

CLIENTS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("clients.toml").read_text("utf-8"))

TITLES = {"automator": "npm miniprogram-automator", "minium": "PyPI minium"}

#: What a client does not do itself is not counted.
NOTHING = ("does nothing", "not implemented by")


def share(client: str) -> tuple[int, int]:
    """How many of a client's methods work, and of how many."""
    told = CLIENTS[client]
    works = sum(map(len, told["works"].values()))
    return works, works + sum(not reason.startswith(NOTHING) for reason in told["not"].values())


def table(client: str) -> str:
    """A client's methods in Markdown, class by class."""
    told = CLIENTS[client]
    works, of = share(client)
    lines = [
        f"**{TITLES[client]} {told['version']}**: {works} of {of} work.",
        "",
        "| | works | does not |",
        "|---|---|---|",
    ]
    for kind, names in told["works"].items():
        lacking = [
            f"`{name.partition('.')[2]}` ({reason})"
            for name, reason in told["not"].items()
            if name.partition(".")[0] == kind
        ]
        lines.append(f"| {kind} | {', '.join(f'`{name}`' for name in names)} | {', '.join(lacking)} |")
    return "\n".join(lines)
