"""The options of a port, which it remembers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from .build import DEVELOPMENT, Constant


class Options(TypedDict, total=False):
    """How a port is made; those of `taropy port`.

    - `strict`: asks every value of which nothing is known what it is, by functions of `taropy.js`: whether it is true
      in JavaScript's sense, so that NaN is not; whether a text counts as a number; whether there is something to read
      of.
    - `defined`: what the build puts in the place of names, beside those of the project's own config.
    - `mode`: the build whose config counts: `development` unless told, `production`, or one that has its file in
      `config` and its `.env.<mode>`.
    - `packages`: which modules of Python's stand in for packages, in the words of `taropy.port.packages`, beside those
      that are known.
    """

    strict: bool
    defined: Mapping[str, Constant]
    mode: str
    packages: Mapping[str, str]


def joined(first: Options, second: Options) -> Options:
    """The options of a port that is made again: what is told now holds as well."""
    mode = second.get("mode", DEVELOPMENT)
    return {
        "strict": first.get("strict", False) or second.get("strict", False),
        "defined": {**first.get("defined", {}), **second.get("defined", {})},
        "mode": first.get("mode", DEVELOPMENT) if mode == DEVELOPMENT else mode,
        "packages": {**first.get("packages", {}), **second.get("packages", {})},
    }
