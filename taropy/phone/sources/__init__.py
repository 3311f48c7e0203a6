"""Where it is written how the phone behaves on each platform: one TOML file a platform, one table a function.

A function that the phone answers on a platform and that has no table there behaves as on WeChat, and nobody has looked
whether that is true. Each file is read when its platform is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

FOLDER = Path(__file__).parent


def _read_only(texts: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(texts))


@attrs.frozen(kw_only=True)
class Source:
    """What is known of a function on a platform, and how the phone stands to it.

    `source` is the address of the vendor's page, or a package with its version and the place in it. `result` are the
    fields of a success that the source documents, `errors` what its error numbers mean, by number or word. The rest are
    sentences: what the phone does as the source says, what it does in another way or not at all, and what the source
    leaves open.
    """

    source: str
    result: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    errors: Mapping[str, str] = attrs.field(factory=dict, converter=_read_only, hash=False)
    as_documented: tuple[str, ...] = attrs.field(converter=tuple)
    not_yet: tuple[str, ...] = attrs.field(default=(), converter=tuple)
    unknown: tuple[str, ...] = attrs.field(default=(), converter=tuple)


@cache
def platforms() -> tuple[str, ...]:
    """The platforms of which anything is written down, sorted by name."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def sources(platform: str) -> Mapping[str, Source]:
    """What is written of the functions of `platform`, by Taro's names; nothing for one that has no file.

    TypeError for a table that is not of the form.
    """
    tables = _tables(platform) if platform in platforms() else {}
    return MappingProxyType({name: Source(**table) for name, table in tables.items()})


def verified(platform: str) -> int:
    """How many functions of `platform` do what a source says of them."""
    return len(sources(platform))


def _tables(platform: str) -> dict[str, Any]:
    import tomllib

    with (FOLDER / f"{platform}.toml").open("rb") as file:
        return tomllib.load(file)
