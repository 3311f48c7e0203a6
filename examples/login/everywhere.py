"""`python examples/login/everywhere.py`: the tea shop on all ten platforms, and a table of what happened on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from main import MARGIN, tell
from story import Step
from world import world

import taropy
from taropy.typing import PlatformName

PLATFORMS: tuple[PlatformName, ...] = (
    "weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid",
)  # fmt: skip
COLUMNS = ("first visit", "second visit", "expired token", "ten requests", "ended session", "profile")
WIDTH = 10


def everywhere() -> dict[str, list[Step]]:
    """Plays the story on each platform: Ada has all ten apps on her phone, and they have one backend."""
    with taropy.Phone(user="Ada") as phone, world(phone):
        return {platform: run_on(platform, phone) for platform in PLATFORMS}


def run_on(platform: PlatformName, phone: taropy.Phone) -> list[Step]:
    """Plays the story on one platform."""
    with taropy.use(platform, phone=phone):
        steps: list[Step] = taropy.run(tell)
    print()
    return steps


def table(told: Mapping[str, Sequence[Step]]) -> str:
    """One line per platform, one column per step."""
    titles = [title.rpartition(" ") for title in COLUMNS]
    lines = [line("", [first for first, _, _ in titles]), line("platform", [last for _, _, last in titles])]
    for platform, steps in told.items():
        briefs = {step.title: step.brief for step in steps}
        lines.append(line(platform, [briefs.get(title, "-") for title in COLUMNS]))
    return "\n".join(lines)


def line(name: str, cells: Sequence[str]) -> str:
    """A line of the table."""
    return (name.ljust(MARGIN) + "".join(cell.ljust(WIDTH) for cell in cells)).rstrip()


if __name__ == "__main__":
    print(table(everywhere()))
