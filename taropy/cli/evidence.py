"""What is known of how the phone behaves on each platform: a source, or only that it does as WeChat's phone does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .. import spec
from ..matrix import Cell, matrix
from ..phone.sources import Source, sources
from ..runtime.own import OWN

#: The platform whose behaviour a function of the phone has wherever nothing else is written of it.
MODEL = "weapp"

#: What is said of a function that has no source on a platform.
UNVERIFIED = "as WeChat, unverified"


def answered_by_the_phone(name: str) -> bool:
    """Whether a member of Taro is a function that the platform's native object answers, and not Taro itself."""
    return not spec.has(name) or (spec.member(name).is_function and name not in OWN)


def evidence(name: str, row: Mapping[str, Cell]) -> dict[str, Source | None]:
    """The source of a function, or None, for each platform of its row on which the phone answers it, WeChat apart."""
    if not answered_by_the_phone(name):
        return {}
    return {
        platform: sources(platform).get(name) for platform, cell in row.items() if cell == "yes" and platform != MODEL
    }


def answered(platforms: Iterable[str]) -> dict[str, list[str]]:
    """The functions that the phone answers on each platform, in the order of the spec."""
    names = [name for name in spec.members() if answered_by_the_phone(name)]
    made = matrix(names, platforms)
    return {platform: [name for name in names if made.cells[name][platform] == "yes"] for platform in made.platforms}
