"""Nothing that a host brings is written on: neither its native object, nor the tasks and managers that it gives."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from natives import PLATFORMS

import taropy
from taropy import spec


class Sealed:
    """An object of a host that has every method, and refuses to be written on. What it gives is as it is."""

    __slots__ = ("_answer",)

    def __init__(self, answer: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_answer", answer)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)

        def function(*arguments: Any) -> Any:
            options = arguments[0] if arguments else None
            if isinstance(options, Mapping) and callable(options.get("success")):
                options["success"](self._answer)
            return Sealed(self._answer)

        return function

    def _refuse(self, *_: Any) -> None:
        raise AssertionError("a native object has been written on")

    __setattr__ = __delattr__ = __setitem__ = __delitem__ = _refuse


class SealedDict(dict[str, Any]):
    """An answer of a host, which refuses to be written on."""

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("a native answer has been written on")

    __setitem__ = __delitem__ = update = pop = setdefault = clear = _refuse


def options_of(member: spec.Member) -> dict[str, Any]:
    """Options that have what the declaration requires, as far as their values do not matter here."""
    fields = spec.fields_of(member.option) if member.option is not None else {}
    return {name: value_of(field.type) for name, field in fields.items() if not field.optional}


def value_of(type_: spec.Type) -> Any:
    values = spec.values_of(type_)
    if values:
        return values[0]
    if isinstance(type_, spec.Union):
        return value_of(type_.items[0])
    return {"string": "a", "number": 1, "boolean": True}.get(getattr(type_, "name", ""), [] if is_list(type_) else {})


def is_list(type_: spec.Type) -> bool:
    return isinstance(type_, spec.Array) or (isinstance(type_, spec.Ref) and type_.name == "Array")


async def failure(taro: Any, name: str) -> str:
    """What a call of the function fails with, if it does: wrong options are not what these tests are about."""
    options = options_of(spec.member(name)) if spec.has(name) else {}
    try:
        given = getattr(taro, name)(options)
        if isinstance(given, taropy.Promise):
            await given
    except taropy.TaroError as error:
        return error.errMsg
    return ""


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_function_leaves_the_native_object_and_its_answers_as_they_are(platform: str) -> None:
    async def main() -> None:
        taro = taropy.create(platform, native=Sealed(SealedDict(errMsg="any:ok", tempFiles=[], services=[])))
        functions = [name for name in spec.members() if spec.member(name).is_function and taro.canIUse(name)]
        for name in (*functions, *spec.undeclared(platform)):
            assert "written on" not in await failure(taro, name)

    asyncio.run(main())


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_query_and_an_observer_do_their_work_in_the_next_tick(platform: str) -> None:
    """The native object's own `exec` and `observe` stay, and a query that is passed on from call to call waits too."""
    done: list[str] = []

    class Query:
        __slots__ = ()

        def __getattr__(self, name: str) -> Any:
            return lambda *_: done.append(name) or self

    class Native:
        createSelectorQuery = createIntersectionObserver = staticmethod(lambda *_: Query())

    async def main() -> None:
        taro = taropy.create(platform, native=Native())
        if taro.canIUse("createSelectorQuery"):
            taro.createSelectorQuery().selectViewport().scrollOffset().exec()
            assert done == ["selectViewport", "scrollOffset"]
            await asyncio.sleep(0)
            assert done.pop() == "exec"
        if taro.canIUse("createIntersectionObserver"):
            observer = taro.createIntersectionObserver()
            if taro.canIUse("IntersectionObserver.relativeToViewport"):
                observer = observer.relativeToViewport()
            observer.observe(".box", print)
            assert "observe" not in done
            await asyncio.sleep(0)
            assert done.pop() == "observe"

    asyncio.run(main())


def test_a_property_of_the_native_object_is_set_there_and_what_a_program_adds_is_its_own() -> None:
    class Audio:
        src = ""

    audio = Audio()
    native = type("Native", (), {"createInnerAudioContext": staticmethod(lambda *_: audio)})()
    sound: Any = taropy.create("weapp", native=native).createInnerAudioContext()
    sound.src = "a.mp3"  # as the platform has its programs do
    sound.volume = 0.5  # declared
    sound.myTitle = "green tea"
    assert vars(audio) == {"src": "a.mp3", "volume": 0.5}
    assert (sound.src, sound.volume, sound.myTitle) == ("a.mp3", 0.5, "green tea")
