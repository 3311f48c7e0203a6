"""Plugins that apps require, packages that Baidu's programs fetch, and the data that Vue apps share."""

from __future__ import annotations

import types
from typing import Any

import pytest
from launching import launched
from natively import call
from supporting import supporting

import taropy
from taropy.phone import Phone

CHAT = {"version": "1.2.0", "provider": "wxidxidxidxidxidxi"}


@supporting("requirePlugin")
def test_a_program_gets_what_a_plugin_exports(t: Any) -> None:
    module = types.ModuleType("chat")
    vars(module)["greet"] = lambda name: f"hello {name}"
    t.phone.plugins.register("chat", module)
    launched(t, plugins={"chat": CHAT})
    assert t.requirePlugin("chat").greet("tea") == "hello tea"


@supporting("requirePlugin")
def test_a_plugin_that_is_not_there_or_not_declared_fails_and_says_which(t: Any) -> None:
    with pytest.raises(taropy.TaroError, match="requirePlugin:fail plugin chat is not on this phone"):
        t.requirePlugin("chat")
    t.phone.plugins.register("chat", {})
    launched(t)
    with pytest.raises(taropy.TaroError, match=r"requirePlugin:fail plugin chat is not in plugins of app\.json"):
        t.requirePlugin("chat")


def test_a_plugin_of_a_sub_package_is_told_later(weapp: Any) -> None:
    weapp.phone.plugins.register("chat", {"answer": 42})
    launched(weapp, subPackages=[{"root": "more", "pages": ["one"], "plugins": {"chat": CHAT}}])
    told: list[Any] = []

    async def main() -> list[Any]:
        weapp.requirePlugin("chat", lambda mod: told.append(mod["answer"]), told.append)
        weapp.requirePlugin("none", told.append, lambda error: told.append((error["mod"], error["errMsg"])))
        at_once = list(told)
        await weapp.phone.clock.advance(0)
        return at_once

    assert taropy.run(main) == []
    assert told == [42, ("none", "requirePlugin:fail plugin none is not in plugins of app.json")]


def test_a_plugin_goes_with_a_snapshot(weapp: Any) -> None:
    taken = weapp.phone.snapshot()
    weapp.phone.plugins.register("chat", {})
    weapp.phone.restore(taken)
    with pytest.raises(taropy.TaroError):
        weapp.requirePlugin("chat")
    with pytest.raises(ValueError, match="name"):
        weapp.phone.plugins.register("", {})


@supporting("setGlobalDataPlugin")
def test_global_data_are_read_and_written_through_the_app(t: Any) -> None:
    launched(t)
    data = {"cups": 1}
    t.setGlobalDataPlugin.install(t.getApp(), data)
    assert t.getApp().cups == 1
    t.getApp().cups += 1
    assert data == {"cups": 2}
    assert t.getApp().taroGlobalData is data
    with pytest.raises(TypeError, match="dict"):
        t.setGlobalDataPlugin.install(t.getApp(), None)


@pytest.fixture
def swan() -> Any:
    with taropy.create("swan") as t:
        yield t


def outcome(t: Any, name: str, **options: Any) -> dict[str, Any]:
    return call(t.phone.native("swan"), name, **options)


def test_a_sub_package_is_fetched_ahead_of_time(swan: Any) -> None:
    launched(swan, subPackages=[{"root": "more/", "pages": ["one"]}])
    assert outcome(swan, "loadSubPackage", root="more")["errMsg"] == "loadSubPackage:ok"
    assert outcome(swan, "loadSubPackage", root="none")["errCode"] == 1001
    assert outcome(swan, "loadSubPackage")["errCode"] == 202
    assert [each.place for each in swan.phone.packages.fetched] == ["more"]


def test_packages_of_other_apps_are_fetched(swan: Any) -> None:
    swan.phone.packages.missing.add("gone")
    assert outcome(swan, "downloadPackage", appKey="tea", pageUrl="/pages/pot")["errMsg"] == "downloadPackage:ok"
    assert outcome(swan, "downloadPackage", appKey="gone")["errCode"] == 1001
    pages = [{"appKey": "tea", "pages": ["/a", "/b"]}, {"appKey": "gone", "pages": ["/c"]}]
    told = outcome(swan, "downloadPackages", pageList=pages)
    assert [each["status"] for each in told["tea"]] == ["0", "0"]
    assert told["gone"][0]["status"] != "0"
    assert [(each.appKey, each.place) for each in swan.phone.packages.fetched] == [
        ("tea", "/pages/pot"),
        ("tea", "/a"),
        ("tea", "/b"),
    ]


@pytest.mark.parametrize("name", ["loadSubPackage", "downloadPackage", "downloadPackages"])
def test_without_a_network_nothing_is_fetched(swan: Any, name: str) -> None:
    swan.phone.network.type = "none"
    options = {"root": "more", "appKey": "tea", "pageList": []}
    assert outcome(swan, name, **options)["errCode"] == 1001
    assert swan.phone.packages.fetched == []


def test_a_program_hears_by_its_callbacks(swan: Any) -> None:
    told: list[Any] = []

    async def main() -> None:
        swan.downloadPackage(appKey="tea", success=lambda res: told.append(res.errMsg))
        await swan.phone.clock.advance(0)

    taropy.run(main)
    assert told == ["downloadPackage:ok"]


def test_other_platforms_have_no_such_packages(phone: Phone) -> None:
    assert not hasattr(phone.native("weapp"), "loadSubPackage")
