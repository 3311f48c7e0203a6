"""The platforms on which Taro itself implements the API: what these answer, in the form that all platforms have."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import taropy

PLATFORMS = ("h5", "rn", "harmony", "harmony-hybrid")


def answering(platform: str, callback: str, answer: Any) -> Any:
    """A runtime over a native object whose `getSystemInfo` and `getStorage` give this answer."""

    def native(options: dict[str, Any]) -> None:
        options[callback](answer)

    return taropy.create(platform, native=SimpleNamespace(getSystemInfo=native, getStorage=native, showModal=native))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    "message", ["getSystemInfo:ok", "getSystemInfo: ok", "getStorage:ok", "ok", "", None], ids=lambda text: repr(text)
)
def test_a_message_of_success_names_the_function_in_one_form(platform: str, message: str | None) -> None:
    taro = answering(platform, "success", {"brand": "a", "errMsg": message})
    res = taro.getSystemInfo().result()
    assert (res.errMsg, res.brand) == ("getSystemInfo:ok", "a")


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(
    ("message", "given"),
    [
        ("getStorage:fail data not found", "getStorage:fail data not found"),
        ("Permissions denied!", "getStorage:fail Permissions denied!"),
        ("ENOENT: no such file", "getStorage:fail ENOENT: no such file"),
        ("getStorage fail:broken", "getStorage:fail broken"),
        ("getStorage fail", "getStorage:fail"),
        ("getStorage:fail. no such key", "getStorage:fail no such key"),
        ("getStorage:fail,error: code:401", "getStorage:fail error: code:401"),
        ("getStorage:fail fail cancel", "getStorage:fail cancel"),
        ("getStorage:denied", "getStorage:fail denied"),
        ("getItem:fail broken", "getStorage:fail broken"),
        ("connection fail", "getStorage:fail connection fail"),
        ("failed to read", "getStorage:fail failed to read"),
        ("", "getStorage:fail"),
    ],
)
def test_a_message_of_failure_names_the_function_in_one_form(platform: str, message: str, given: str) -> None:
    taro = answering(platform, "fail", {"errMsg": message})
    with pytest.raises(taropy.TaroError) as caught:
        taro.getStorage(key="k").result()
    assert caught.value.errMsg == given


def test_what_a_message_of_success_says_beside_ok_is_kept() -> None:
    taro = answering("rn", "success", {"confirm": False, "cancel": True, "errMsg": "showModal:cancel"})
    assert taro.showModal(title="t").result().errMsg == "showModal:cancel"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_implementation_may_return_a_promise_of_its_own(platform: str) -> None:
    async def getSystemInfo(options: dict[str, Any]) -> dict[str, Any]:
        return {"brand": "a"}

    taro: Any = taropy.create(platform, native=SimpleNamespace(getSystemInfo=getSystemInfo))
    res = taro.getSystemInfo().result()
    assert (res.brand, res.errMsg) == ("a", "getSystemInfo:ok")
