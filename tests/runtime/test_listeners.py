"""Functions that take a listener: `on…` and `off…`."""

from __future__ import annotations

import asyncio

import pytest
from natives import PLATFORMS, Everything

import taropy
from taropy import spec


def test_a_listener_hears_models_and_off_takes_off_the_same_one(native, taro):
    listeners, heard = [], []
    native.onMemoryWarning, native.offMemoryWarning = listeners.append, listeners.remove
    listener = heard.append
    taro.onMemoryWarning(listener)
    listeners[0]({"level": 10})
    taro.offMemoryWarning(listener)
    assert (heard[0].level, heard[0]["level"], listeners) == (10, 10, [])


def test_a_listener_may_be_a_bound_method_or_an_object_without_a_hash(native, taro):
    class Page:
        __hash__ = None

        def __call__(self, res): ...

        def on_warning(self, res): ...

    listeners, page = [], Page()
    native.onMemoryWarning, native.offMemoryWarning = listeners.append, listeners.remove
    for listener in (page, page.on_warning):
        taro.onMemoryWarning(listener)
    assert len(listeners) == 2
    taro.offMemoryWarning(page)
    taro.offMemoryWarning(page.on_warning)
    assert listeners == []


def test_a_listener_that_throws_does_not_disturb_the_native_object(native, taro):
    listeners = []
    native.onMemoryWarning = listeners.append

    def listener(res):
        raise ValueError("a listener's own fault")

    taro.onMemoryWarning(listener)
    with pytest.warns(taropy.UnhandledRejectionWarning, match="a listener's own fault"):
        listeners[0]({"level": 10})


def test_a_host_that_begins_something_with_a_listener_finds_a_loop_in_a_script_too(native, taro):
    loops = []
    native.onCompassChange = lambda listener: loops.append(asyncio.get_running_loop())
    taro.onCompassChange(print)
    taropy.run(lambda: taro.onCompassChange(print))
    assert len(loops) == 2
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()


def test_off_without_a_listener_takes_all_off(native, taro):
    given = []
    native.offMemoryWarning = lambda *arguments: given.append(arguments)
    taro.offMemoryWarning()
    assert given == [()]


def test_a_listener_need_not_take_what_it_is_told(native, taro):
    listeners, heard = [], []
    native.onMemoryWarning = listeners.append
    taro.onMemoryWarning(lambda: heard.append("low"))
    listeners[0]({"level": 10})
    assert heard == ["low"]


OFF = sorted(name for name in spec.members() if name.startswith("off"))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("api", OFF)
def test_without_a_listener_all_are_taken_off(platform, api):
    native = Everything()
    taro = taropy.create(platform, native=native)
    if taro.canIUse(api):
        getattr(taro, api)()
        assert [arguments for _, arguments in native.calls] in ([()], [])  # Taro's own ask no native object
