"""What the marks of a test say, as the pytest plugin reads them. One that is wrong fails its own test, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from ..hints import misspelled

MARKS = frozenset({"platform", "taro_strict"})
HOW = '@pytest.mark.platform("alipay", "weapp")'
HOW_STRICT = "the mark is @pytest.mark.taro_strict or @pytest.mark.taro_strict(False)"


class WrongMark:
    """What is said of a test whose marks mean nothing."""

    def __init__(self, test: pytest.Item, why: str) -> None:
        nodeid = test.nodeid.partition("[")[0]
        line = test.reportinfo()[1]
        self._told = f"{nodeid}{'' if line is None else f' (line {line + 1})'}: {why}"

    def __str__(self) -> str:
        return self._told


def platforms_of(test: pytest.Item) -> list[str] | WrongMark:
    """Those that the test runs on: its mark's, those of the command line, or those of the settings."""
    from ..runtime.platforms import PlatformError
    from ..runtime.plugins import registry

    mark = test.get_closest_marker("platform")
    names = _chosen(test.config) if mark is None else list(mark.args)
    if not names or (mark is not None and mark.kwargs):
        return WrongMark(test, f"the mark names platforms, as in {HOW}")
    if not all(isinstance(name, str) for name in names):
        return WrongMark(test, f"the mark names platforms one by one: {_one_by_one(names)}")
    try:
        for name in names:
            registry().platform(name)
    except PlatformError as error:
        return WrongMark(test, str(error))
    return names


def wrong_mark(test: pytest.Item) -> WrongMark | None:
    """What is wrong with the marks of a test that is to run, beside its platforms; None if nothing is."""
    uses_taro = "taro_platform" in getattr(test, "fixturenames", ())
    for mark in test.iter_markers():
        if mark.name == "taro_strict" and (mark.kwargs or mark.args not in ((), (True,), (False,))):
            return WrongMark(test, HOW_STRICT)
        meant = misspelled(mark.name, MARKS) if uses_taro and mark.name not in MARKS else None
        if meant is not None and mark.name not in _registered(test.config):
            return WrongMark(test, f"there is no mark {mark.name!r}; did you mean {meant!r}?")
    # A class or module that is marked may have tests of other things as well.
    if not uses_taro and any(mark.name == "platform" for mark in test.own_markers):
        return WrongMark(
            test, "it is marked with platform, which means nothing to a test without the fixture Taro or phone"
        )
    return None


def _chosen(config: pytest.Config) -> list[str]:
    names: list[str] = config.getoption("--taro-platform") or config.getini("taropy_platforms")
    return names


def _one_by_one(names: Iterable[Any]) -> str:
    """How the mark is to be written that has these in lists."""
    flat = list(_flat(names))
    return f"@pytest.mark.platform({', '.join(map(_quoted, flat))})" if flat else f"as in {HOW}"


def _flat(names: Iterable[Any]) -> Iterator[str]:
    for name in names:
        if isinstance(name, str):
            yield name
        elif isinstance(name, list | tuple | set | frozenset):
            yield from _flat(name)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _registered(config: pytest.Config) -> set[str]:
    """The marks that somebody has told pytest of."""
    return {line.partition(":")[0].partition("(")[0].strip() for line in config.getini("markers")}
