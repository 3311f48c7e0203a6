"""The options that this room's functions take: checked, and worded as the phone words what is wrong with them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..core.answers import Fail, Options
from ..core.options import optional, string, strings, unknown, word, wrong_type
from .videos import QUALITIES, Limits


def words(options: Options, name: str, default: list[str], known: Collection[str]) -> list[str]:
    """The option `name`: a list of words, each of those that are `known`; an empty one counts as not given."""
    given = strings(optional(options, name, "Array", default), f"parameter.{name}")
    for index, each in enumerate(given):
        if each not in known:
            raise unknown(f"parameter.{name}[{index}]", known)
    return given or default


def count(options: Options, usual: float, most: int) -> int:
    """How many may be picked. More than the phone lets be picked counts as the most; fewer than one is an error."""
    given = optional(options, "count", "Number", usual)
    if not given >= 1:
        raise Fail("parameter error: parameter.count should be greater than 0")
    return int(min(given, most))


def between(options: Options, name: str, least: int, most: int, default: int) -> int:
    """The option `name`: a number from `least` to `most`. Judgement: phones take wrong ones each in their own way."""
    given: float = optional(options, name, "Number", default)
    if not least <= given <= most:
        raise Fail(f"parameter error: parameter.{name} should be between {least} and {most}")
    return round(given)


def limits(options: Options) -> Limits:
    """What a video is compressed to: by `quality`, and if that is not given by figures."""
    if options.get("quality") is not None:
        return QUALITIES[word(options, "quality", QUALITIES)]
    return Limits(
        bitrate=_above_0(options, "bitrate"), fps=_above_0(options, "fps"), scale=_above_0(options, "resolution", 1)
    )


def _above_0(options: Options, name: str, most: float = math.inf) -> float:
    """The option `name`: a number above 0; by default, and at most, `most`."""
    given: float = optional(options, name, "Number", most)
    if not 0 < given <= most:
        end = "" if most == math.inf else f" and at most {most}"
        raise Fail(f"parameter error: parameter.{name} should be greater than 0{end}")
    return given


def index(current: Any, urls: Sequence[str]) -> int:
    """Which of `urls` is meant by a url or an index; the first if it is none of them."""
    if isinstance(current, str):
        return urls.index(current) if current in urls else 0
    return int(current) if isinstance(current, int | float) and current in range(len(urls)) else 0


def source_url(source: Any, where: str) -> str:
    """The url of one of `previewMedia`'s sources."""
    if not isinstance(source, Mapping):
        raise wrong_type(where, "Object", source)
    return string(source.get("url"), f"{where}.url")


def suffixes(options: Options) -> frozenset[str]:
    """The endings of names that `extension` lets through, with their dots; none if it lets all."""
    given = strings(optional(options, "extension", "Array", []), "parameter.extension")
    if "" in given:
        raise Fail("parameter error: parameter.extension should not have an empty string")
    return frozenset(f".{one.lower().removeprefix('.')}" for one in given)
