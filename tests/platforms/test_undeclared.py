"""Functions of which Taro's adapters make promises although Taro's declarations do not know them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

import taropy
from taropy import NotSupported, spec

PROMISED = [(platform, api) for platform in spec.PLATFORMS for api in spec.undeclared(platform)]


def native_with(api: str, steps: list[Any], outcome: str = "success") -> SimpleNamespace:
    """A native object with this function, which answers after it has returned."""

    def function(options: dict[str, Any]) -> None:
        steps.append({name: value for name, value in options.items() if not callable(value)})
        answer = {"errMsg": f"{api}:{'ok' if outcome == 'success' else 'fail refused'}", "kept": 7}
        asyncio.get_running_loop().call_soon(options[outcome], answer)

    return SimpleNamespace(**{api: function})


@pytest.mark.parametrize(("platform", "api"), PROMISED)
def test_it_answers_with_a_promise_and_to_callbacks(platform: str, api: str) -> None:
    async def main() -> None:
        steps: list[Any] = []
        taro = taropy.create(platform, native=native_with(api, steps))
        assert taro.canIUse(api)
        promise = getattr(taro, api)({"a": 1}, success=lambda res: steps.append(res.kept))
        steps.append("returned")
        result = await promise
        assert (result.kept, result["errMsg"]) == (7, f"{api}:ok")
        assert steps == [{"a": 1}, "returned", 7]

    asyncio.run(main())


@pytest.mark.parametrize(("platform", "api"), PROMISED)
def test_it_fails_with_an_error_like_any_other(platform: str, api: str) -> None:
    async def main() -> None:
        taro = taropy.create(platform, native=native_with(api, [], "fail"))
        with pytest.raises(taropy.TaroError) as caught:
            await getattr(taro, api)()
        assert (caught.value.errMsg, caught.value.api, caught.value["kept"]) == (f"{api}:fail refused", api, 7)

    asyncio.run(main())


@pytest.mark.parametrize(("platform", "api"), PROMISED)
def test_a_host_without_it_says_so(platform: str, api: str) -> None:
    taro = taropy.create(platform, native=SimpleNamespace())
    assert not taro.canIUse(api)
    with pytest.raises(NotSupported) as caught:
        getattr(taro, api)()
    assert (caught.value.reason, caught.value.platform) == ("host", platform)
    assert set(caught.value.supported_on) == {each for each in spec.PLATFORMS if api in spec.undeclared(each)}


@pytest.mark.parametrize(
    ("platform", "api"), [("weapp", "pay"), ("h5", "getServerTime"), ("alipay", "getSwanId"), ("jd", "scanItem")]
)
def test_on_other_platforms_taro_has_no_such_member(platform: str, api: str) -> None:
    taro = taropy.create(platform, native=SimpleNamespace())
    assert not taro.canIUse(api)
    with pytest.raises(AttributeError, match=f"Taro has no '{api}'"):
        getattr(taro, api)


@pytest.mark.parametrize("api", spec.hidden("alipay"))
def test_what_another_function_stands_for_is_not_there_under_its_own_name(api: str) -> None:
    taro = taropy.create("alipay", native=SimpleNamespace(**{api: print}))
    assert not taro.canIUse(api)
    with pytest.raises(AttributeError, match=f"Taro has no '{api}'"):
        getattr(taro, api)


def test_a_program_brings_one_that_its_host_lacks() -> None:
    taro: Any = taropy.create("tt", apis={"pay": lambda native, options: options["success"]({"code": 0})})
    assert taro.canIUse("pay")
    assert "pay" in dir(taro)
    assert taro.pay(orderInfo={}, service=5).result().code == 0
    taro.close()
    with pytest.raises(taropy.PlatformError, match="pay"):
        taropy.create("weapp", apis={"pay": print})


def test_its_calls_are_seen_as_those_of_others_are() -> None:
    seen: list[Any] = []
    native = SimpleNamespace(pay=lambda options: options["success"]({"code": 0}))
    taro: Any = taropy.create("tt", native=native, observe=seen.append)
    taro.pay(service=5).result()
    assert {call.api for call in seen} == {"pay"}


def test_a_platform_that_starts_from_another_has_them_too() -> None:
    from taropy.runtime.platforms import KnownPlatform

    parent = KnownPlatform(taropy.Platform(name="tt", title="Douyin", env_type="TT", native_name="tt"), "test")
    own = taropy.Platform(name="mine", title="Mine", env_type="MINE", native_name="mine", extends="tt")
    known = KnownPlatform(own, "test", parent)
    assert known.supports("pay")
    assert not known.supports("getServerTime")
