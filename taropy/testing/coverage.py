"""How much of Taro a platform has: functions, and fields of what goes in and comes out of them."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from .. import spec
from ..runtime.can_i_use import can_i_use
from ..spec import CALLBACKS, Member
from .examination import Bench


@attrs.frozen
class Coverage:
    """What a platform has of Taro, over a native object that has everything.

    `functions` and `fields` are (had, all); `missing` are the functions that it lacks, by group.
    """

    functions: tuple[int, int]
    fields: tuple[int, int]
    missing: dict[str, list[str]]


def coverage(platform: str) -> Coverage:
    """What the platform has."""
    bench = Bench(platform)
    functions = [member for name in spec.members() if (member := spec.member(name)).is_function]
    fields = [schema for member in functions for schema in _schemas(member)]
    lacked = [member for member in functions if not bench.known.supports(member.name)]
    had = sum(can_i_use(bench.taro._runtime, schema) for schema in fields)
    missing: dict[str, list[str]] = {}
    for member in lacked:
        missing.setdefault(member.group, []).append(member.name)
    return Coverage((len(functions) - len(lacked), len(functions)), (had, len(fields)), missing)


def _schemas(member: Member) -> Iterator[str]:
    """The fields of a function as `Taro.canIUse` knows them: `login.object.timeout`, `login.success.code`."""
    sides = {
        "object": member.option,
        "success" if member.is_promise else "return": member.result,
        "callback": member.callback,
    }
    for side, type_ in sides.items():
        for name in spec.fields_of(type_) if type_ is not None else ():
            if name not in CALLBACKS:
                yield f"{member.name}.{side}.{name}"
