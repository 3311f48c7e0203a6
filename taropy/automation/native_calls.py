"""Functions of the native object, called for a client: what they answer is the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..loops import settle
from ..phone.core.answers import NativeError
from ..phone.core.surface import ROOM_OF, VARIANTS
from ..phone.core.vendors import of_vendor
from .commands import Refused
from .values import plain

if TYPE_CHECKING:
    from .faces import Target

#: How functions of the native object answer.
PROMISE, TASK, PLAIN, VALUE = "promise", "task", "plain", "value"

_KINDS: Mapping[str, str] = {"answered": PROMISE, "asked": PROMISE, "task": TASK, "plain": PLAIN, "value": VALUE}


def kind_of(target: Target, name: str) -> str | None:
    """How the function answers; None if there is none."""
    if not hasattr(target.native, name):
        return None
    variant = of_vendor(VARIANTS, target.app, {}).get(name)
    of = name if variant is None else variant[1]
    marked = getattr(getattr(target.phone, ROOM_OF[of]), of) if of in ROOM_OF else None
    return _KINDS.get(getattr(marked, "__native__", ""), PLAIN)


def member_kind(owner: Any, name: str) -> str:
    """How a function of one of the phone's objects answers."""
    marked = getattr(type(owner), name, None)
    kind = _KINDS.get(getattr(marked, "__native__", ""))
    return kind or (PLAIN if callable(getattr(owner, name, None)) else VALUE)


def call(target: Target, name: str, arguments: list[Any]) -> Any:
    """The result as JSON has it, or an awaitable of it. Refused with the native message if it fails."""
    kind = kind_of(target, name)
    native = getattr(target.native, name, None) if kind is not None else None
    if not callable(native):
        raise Refused(f"wx.{name} not exists")  # words that `minium` looks for
    if kind in (PROMISE, TASK):
        return _answer(name, native, arguments)
    try:
        return {"result": plain(native(*arguments))}
    except NativeError as error:
        raise Refused(error.errMsg) from None


async def _answer(name: str, native: Any, arguments: list[Any]) -> Any:
    answer: asyncio.Future[tuple[bool, Any]] = asyncio.get_running_loop().create_future()
    options, *rest = arguments or [{}]
    if options is not None and not isinstance(options, dict):
        raise Refused(f"{name}:fail parameter error: parameter should be Object")
    options = {
        **(options or {}),
        "success": lambda result=None: settle(answer, (False, result)),
        "fail": lambda result=None: settle(answer, (True, result)),
    }
    try:
        native(options, *rest)
    except NativeError as error:
        raise Refused(error.errMsg) from None
    failed, result = await answer
    if failed:
        raise Refused(str(result.get("errMsg") if isinstance(result, Mapping) else result))
    return {"result": plain(result)}
