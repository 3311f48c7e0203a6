"""What to write in place of what is missing, and whose a foreign name is: the tables of `data/`, looked up."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import attrs

from .. import hints, spec
from .marks import FOLDER


@attrs.frozen
class Foreign:
    """A name that another package puts on Taro, or once did."""

    owner: str
    write: str


@attrs.frozen
class Package:
    """A package of JavaScript's, and what Python has for it; a `view` one is only for what pages show.

    `stand_in` is the module that has what the package exports, in the words of `packages.py`.
    """

    python: str
    view: bool = False
    stand_in: str = ""


#: The table of what is no name of Taro's but of a web page's `wx`.
JS_SDK = "js-sdk"


@cache
def _table(name: str) -> Mapping[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def instead_of(member: str, has: Callable[[str], bool]) -> str:
    """What to write in place of a member where it is missing; "" if nothing is known. `has` says what is there."""
    entries = _table("instead").get(member, ())
    return next((str(entry["write"]) for entry in entries if all(has(name) for name in entry["use"])), "")


def is_polyfill(package: str) -> bool:
    """Whether a package, imported for what it does, only gives JavaScript what taropy.js has anyway."""
    return any(package == name or package.startswith(f"{name}/") for name in _table("polyfills")["packages"])


@cache
def foreign() -> Mapping[str, Foreign]:
    """The names that are no member of Taro's and of which is known whose they are."""
    found = {}
    for name, table in _table("foreign").items():
        if name == JS_SDK:
            continue
        for each in (name, *table.get("also", ())):
            found[each] = Foreign(table["owner"], table["write"])
    return found


def of_js_sdk(name: str) -> Foreign | None:
    """Whose a name is that WeChat's JS-SDK puts on the `wx` of a web page; None for any other."""
    table = _table("foreign")[JS_SDK]
    return Foreign(table["owner"], table["write"]) if name in table["also"] else None


def package(name: str) -> Package | None:
    """What Python has for a package; None for one of which nothing is known."""
    table = _table("packages").get(name) or _table("packages").get(name.partition(".")[0])
    return Package(**table) if table is not None else None


@cache
def stand_ins() -> Mapping[str, str]:
    """The modules that stand in for packages, by package."""
    return {name: each["stand_in"] for name, each in _table("packages").items() if "stand_in" in each}


@cache
def nearest(name: str) -> str | None:
    """The member of Taro that a misspelled name most likely means."""
    return hints.nearest(name, spec.members(), near=0.85)
