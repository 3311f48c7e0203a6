"""What a platform's table says of events and of functions that return at once, as of the results of calls."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

import taropy
from taropy import Adaptation, Platform, PlatformError, hookimpl


@pytest.fixture
def tabled():
    """Registers a platform with this table, and takes it away after the test."""

    def register(**apis):
        class Plugin:
            @hookimpl
            def taropy_register_platforms(self, register):
                register(Platform(name="tabled", title="T", env_type="T", native_name="t", supports={*apis}, apis=apis))

        taropy.register_plugin(Plugin(), "tabled")

    yield register
    taropy.unregister_plugin("tabled")


def test_an_event_has_the_fields_that_the_table_says(tabled):
    tabled(
        onKeyboardHeightChange=Adaptation(results={"height": "h"}, remove=("h",)), offKeyboardHeightChange=Adaptation()
    )
    listeners = []
    native = SimpleNamespace(onKeyboardHeightChange=listeners.append, offKeyboardHeightChange=listeners.remove)
    taro = taropy.create("tabled", native=native)
    heard = []
    taro.onKeyboardHeightChange(heard.append)
    event = {"h": 300}
    listeners[0](event)
    assert (heard[0].height, "h" in heard[0], event) == (300, False, {"h": 300})
    taro.offKeyboardHeightChange(heard.append)
    assert listeners == []


def test_a_value_that_is_returned_at_once_has_them_too(tabled):
    tabled(getBatteryInfoSync=Adaptation(results={"level": lambda result: round(result["share"] * 100)}))
    native = SimpleNamespace(getBatteryInfoSync=lambda: {"share": 0.5})
    assert taropy.create("tabled", native=native).getBatteryInfoSync().level == 50


def test_a_table_that_cannot_be_followed_is_an_error_of_the_call(tabled):
    tabled(getBatteryInfoSync=Adaptation(results={"level": lambda result: result["share"]}))
    with pytest.raises(taropy.TaroError, match="getBatteryInfoSync:fail"):
        taropy.create("tabled", native=SimpleNamespace(getBatteryInfoSync=dict)).getBatteryInfoSync()


def test_an_event_that_is_named_wrong_is_refused_with_the_line_to_mend(tabled):
    with pytest.raises(PlatformError) as caught:
        tabled(onKeyboardHeightChange=Adaptation(results={"heigth": "h"}))
    assert str(caught.value) == (
        "tabled: apis[\"onKeyboardHeightChange\"].results names 'heigth', which the event of onKeyboardHeightChange "
        "does not have; did you mean 'height'?"
    )


def test_what_taro_says_of_a_platform_goes_before_what_it_starts_from():
    hybrid = taropy.create("harmony-hybrid", native=SimpleNamespace(login=lambda options: options["success"]({})))
    assert hybrid.canIUse("login")
    assert not taropy.create("h5", native=hybrid.native).canIUse("login")
