"""Which parts of a member a use is of: an option, a field of a result, a method of what a call gave.

Each as what `Taro.canIUse` is asked by, so that one answer counts for programs and for the audit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

import attrs

from .. import spec
from ..spec import CALLBACKS, Member, Ref, Signature, Type
from .origins import AWAITED, CALLED, MADE, REASON, TOLD

PartKind = Literal["option", "field", "method"]


_SIDES = {CALLED: "return", AWAITED: "success", TOLD: "callback"}


@attrs.frozen
class Part:
    """A part of a member: what it is asked by, and the index of the step in the path that it is."""

    schema: str
    kind: PartKind
    step: int = 0


@cache
def option_part(member: str, name: str) -> Part | None:
    """An option of a function; None for one that no declaration knows."""
    declared = spec.member(member).option if spec.has(member) else None
    if name in CALLBACKS or declared is None or name not in spec.fields_of(declared):
        return None
    return Part(f"{member}.object.{name}", "option")


@cache
def parts_of(path: tuple[str, ...]) -> tuple[Part, ...]:
    """The parts that the steps of a path name, as far as declarations know them."""
    return tuple(_Steps(spec.member(path[0])).along(path)) if spec.has(path[0]) else ()


class _Steps:
    """Follows a path through the declared types."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.side = ""
        self.type: Type | None = None if member.is_function else member.type
        self.signatures: tuple[Signature, ...] = member.signatures

    def along(self, path: tuple[str, ...]) -> Iterator[Part]:
        for index, step in enumerate(path[1:], 1):
            if step in (REASON, MADE):
                return
            if step in _SIDES:
                self._call(step)
                continue
            part = self._part(step, index)
            if part is None:
                return
            yield part

    def _call(self, step: str) -> None:
        is_first = self.side in ("", "return")
        if step == CALLED:
            self.type = self.signatures[0].returns if self.signatures else None
        elif step == AWAITED:
            awaited = spec.awaited(self.type) if self.type is not None else None
            self.type = awaited if awaited is not None else self.type
        else:
            self.type = self.member.callback
        self.signatures = ()
        self.side = _SIDES[step] if is_first else "deeper"

    def _part(self, name: str, index: int) -> Part | None:
        if self.type is None or (field := spec.fields_of(self.type).get(name)) is None:
            return None
        owner = self.type.name if isinstance(self.type, Ref) and self.type.name in spec.type_names() else None
        definition = spec.type_def(owner) if owner is not None else None
        is_manager = definition is not None and definition.role == "manager"
        schema = self._schema(name, owner if is_manager else None)
        method = definition.methods.get(name) if definition is not None else None
        function = spec.function_of(field.type)
        self.signatures = method.signatures if method is not None else ()
        self.type = None if function is not None and not self.signatures else field.type
        self.side = "deeper"
        return Part(schema, "method" if function is not None else "field", index) if schema else None

    def _schema(self, name: str, manager: str | None) -> str:
        if not self.side:
            return f"{self.member.name}.{name}"
        if manager is not None:
            return f"{manager}.{name}"
        return f"{self.member.name}.{self.side}.{name}" if self.side != "deeper" else ""
