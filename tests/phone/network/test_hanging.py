"""Requests, transfers and sockets that a test has ordered to hang: a server that takes them and says nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

import taropy
from taropy import Phone, TaroError

URL = "https://api.example.com/x"

#: What each platform says of a request that has taken too long.
WORDS: dict[str, dict[str, Any]] = {
    "weapp": {"errMsg": "request:fail timeout", "errno": 5},
    "tt": {"errMsg": "request:fail timeout"},
    "alipay": {"error": 13},
    "harmony": {"code": 2300028},
}


@pytest.fixture
def phone() -> Phone:
    phone = Phone()
    phone.clock.stop()
    return phone


@pytest.mark.parametrize("platform", WORDS)
def test_a_request_that_hangs_ends_with_its_timeout_by_the_phones_clock(phone: Phone, platform: str) -> None:
    taro: Any = taropy.create(platform, phone=phone)
    phone.faults.hang("request")

    async def main() -> TaroError:
        asking = taro.request(url=URL, timeout=3000)
        told: list[TaroError] = []
        asking.catch(told.append)
        await phone.clock.advance(2.9)
        assert told == []
        await phone.clock.advance(0.1)
        return told[0]

    error = taropy.run(main)
    assert {name: error[name] for name in WORDS[platform]} == WORDS[platform]


@pytest.mark.parametrize(
    "ask",
    [
        lambda taro, file: taro.request(url=URL),
        lambda taro, file: taro.downloadFile(url=URL),
        lambda taro, file: taro.uploadFile(url=URL, filePath=file, name="file"),
    ],
    ids=["request", "downloadFile", "uploadFile"],
)
def test_without_a_timeout_the_platforms_own_ends_what_hangs(phone: Phone, ask: Any) -> None:
    taro: Any = taropy.create("weapp", phone=phone)
    file = f"{taro.env.USER_DATA_PATH}/a.txt"
    taro.getFileSystemManager().writeFileSync(file, "a")
    for name in ("request", "downloadFile", "uploadFile"):
        phone.faults.hang(name, times=None)

    async def main() -> str:
        asking = ask(taro, file)
        await phone.clock.advance(59.9)
        assert phone.network.in_flight == 1
        await phone.clock.advance(0.1)
        with pytest.raises(TaroError) as caught:
            await asking
        return str(caught.value.errMsg)

    assert taropy.run(main).endswith(":fail timeout")


def test_no_route_answers_a_request_that_hangs(phone: Phone) -> None:
    taro: Any = taropy.create("weapp", phone=phone)
    phone.network.route(URL, json={"a": 1})
    phone.faults.hang("request")

    async def main() -> list[Any]:
        hung, asked = taro.request(url=URL, timeout=1000), taro.request(url=URL)
        assert (await asked).data == {"a": 1}
        await phone.clock.advance(1)
        with pytest.raises(TaroError, match="request:fail timeout"):
            await hung
        return list(phone.network.calls)

    assert len(taropy.run(main)) == 1


def test_a_network_that_goes_ends_what_hangs(phone: Phone) -> None:
    taro: Any = taropy.create("weapp", phone=phone)
    phone.faults.hang("request")

    async def main() -> None:
        asking = taro.request(url=URL)
        await asyncio.sleep(0)
        phone.network.type = "none"
        with pytest.raises(TaroError, match="ERR_NETWORK_CHANGED"):
            await asking

    asyncio.run(main())


def test_a_request_that_is_wrong_fails_at_once_though_it_would_hang(phone: Phone) -> None:
    taro: Any = taropy.create("weapp", phone=phone)
    phone.faults.hang("request")
    with pytest.raises(TaroError, match="request:fail invalid url"):
        taro.request(url="nowhere").result()


def test_a_socket_that_hangs_is_never_open_and_fails_after_its_timeout(phone: Phone) -> None:
    taro: Any = taropy.create("weapp", phone=phone)
    phone.faults.hang("connectSocket")
    phone.sockets.route("wss://chat.example.com", optional=True)

    async def main() -> list[Any]:
        told: list[Any] = []
        task = await taro.connectSocket(url="wss://chat.example.com", timeout=5000)
        task.onOpen(told.append)
        task.onError(lambda error: told.append(error.errMsg))
        task.onClose(lambda end: told.append(end.code))
        await phone.clock.advance(4.9)
        assert told == []
        await phone.clock.advance(0.1)
        return told

    assert taropy.run(main) == ["open fail: _code:9,_msg:Timer Expired", 1006]


def test_any_other_call_that_hangs_ends_with_the_timeout_that_it_was_given(phone: Phone) -> None:
    taro: Any = taropy.create("weapp", phone=phone)
    phone.faults.hang("login", times=2)

    async def main() -> None:
        given, never = taro.login(timeout=2000), taro.login()
        told: list[TaroError] = []
        never.catch(told.append)
        await phone.clock.advance(2)
        with pytest.raises(TaroError, match="login:fail timeout"):
            await given
        await phone.clock.advance(3600)
        assert told == []
        taro.close()

    asyncio.run(main())
