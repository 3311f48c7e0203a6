"""What a test is told of a request, or a WebSocket, that no route takes: at which line, and what comes nearest."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

import taropy
from taropy import UnroutedRequestWarning
from taropy.phone import Phone

API = "https://api.example.com"
CHAT = "wss://chat.example.com"


@pytest.fixture
def taro() -> Any:
    phone = Phone()
    phone.network.unrouted = phone.sockets.unrouted = "fail"
    return taropy.create("weapp", phone=phone)


def asked(taro: Any, url: str, **options: Any) -> str:
    """What is told of a request."""
    with pytest.warns(UnroutedRequestWarning) as told, pytest.raises(taropy.TaroError):
        taro.request(url=url, **options).result(20)
    return str(told[0].message)


def connected(taro: Any, url: str) -> str:
    async def main() -> None:
        task = await taro.connectSocket(url=url)
        await taropy.Promise(lambda resolve, _: task.onClose(resolve))

    with pytest.warns(UnroutedRequestWarning) as told:
        taropy.run(main)
    return str(told[0].message)


def test_the_line_of_the_request_is_told(taro: Any) -> None:
    async def main() -> int:
        frame = inspect.currentframe()
        assert frame is not None
        asking = taro.request(url=f"{API}/me").catch(lambda _: None)
        await asking
        return frame.f_lineno - 2

    with pytest.warns(UnroutedRequestWarning) as told:
        line = taropy.run(main)
    assert (told[0].filename, told[0].lineno) == (__file__, line)


@pytest.mark.parametrize("name", ["uploadFile", "downloadFile", "connectSocket"])
def test_so_is_that_of_a_transfer_and_of_a_socket(taro: Any, name: str) -> None:
    file = f"{taro.env.USER_DATA_PATH}/a.txt"
    taro.getFileSystemManager().writeFileSync(file, "a")
    options = {"uploadFile": {"filePath": file, "name": "a"}}.get(name, {})
    url = CHAT if name == "connectSocket" else API

    async def main() -> None:
        task = getattr(taro, name)(url=url, **options).catch(lambda _: None)
        task = await task
        if task is not None:
            await taropy.Promise(lambda resolve, _: task.onClose(resolve))

    with pytest.warns(UnroutedRequestWarning) as told:
        taropy.run(main)
    line = inspect.getsourcelines(main)[1] + 1
    assert (told[0].filename, told[0].lineno) == (__file__, line)


@pytest.mark.parametrize(
    ("route", "options", "nearest"),
    [
        (["POST", f"{API}/me"], {}, f"POST {API}/me, but for its method"),
        (["POST", f"{API}/**"], {}, f"POST {API}/**, but for its method"),
        (["https://api.example.org/me"], {}, "https://api.example.org/me, but for its server"),
        (["http://api.example.com/me"], {}, "http://api.example.com/me, but for its server"),
        (["https://apis.example.com/**"], {}, "https://apis.example.com/**, but for its server"),
        ([f"{API}/met"], {}, f"{API}/met, but for its path"),
        ([f"{API}/me/"], {}, f"{API}/me/, but for its path"),
        (["/Me"], {}, ""),
        ([f"{API}/me?page=1"], {}, f"{API}/me?page=1, but for its query"),
        ([f"{API}/me"], {"query": {"page": 1}}, f"{API}/me, but for its query"),
        ([f"{API}/me"], {"match_headers": {"X-A": "1"}}, f"{API}/me, but for its headers"),
        ([f"{API}/me"], {"match_json": {"a": 1}}, f"{API}/me, but for its JSON"),
        # What differs in two things, or in all, is not near.
        (["POST", "https://api.example.org/me"], {}, ""),
        ([f"{API}/orders/7"], {}, ""),
        (["https://other.test/"], {}, ""),
        (["https://other.test/**"], {}, ""),
    ],
)
def test_the_route_that_fits_but_for_one_thing_is_told(
    taro: Any, route: list[str], options: dict[str, Any], nearest: str
) -> None:
    taro.phone.network.route("https://unlike.test/x/y/z", json={})
    taro.phone.network.route(*route, {}, **options)
    said = asked(taro, f"{API}/me")
    assert (f" The nearest is {nearest}. " in said) if nearest else "nearest" not in said


def test_a_route_that_has_answered_as_often_as_it_was_to_is_told(taro: Any) -> None:
    taro.phone.network.route(f"{API}/me", json={}, times=1)
    taro.request(url=f"{API}/me").result()
    assert f"The nearest is {API}/me, but for its times=1." in asked(taro, f"{API}/me")


def test_of_several_near_routes_the_nearest_is_told_and_the_latest_of_those_that_are_as_near(taro: Any) -> None:
    network = taro.phone.network
    network.route("POST", f"{API}/users/7", json={})
    network.route("PUT", f"{API}/users/7", json={})
    network.route(f"{API}/users/8", json={})
    assert f"The nearest is PUT {API}/users/7, but for its method." in asked(taro, f"{API}/users/7")


async def app(scope: Any, receive: Any, send: Any) -> None:
    raise NotImplementedError


def test_an_app_that_is_mounted_at_another_server_is_near(taro: Any) -> None:
    taro.phone.network.mount(API, app, optional=True)
    assert f"The nearest is {API}, but for its server." in asked(taro, "http://api.example.com/me")
    assert "nearest" not in asked(taro, "https://shop.test/me")


@pytest.mark.parametrize(
    ("route", "options", "nearest"),
    [
        (f"{CHAT}/life", {}, f"{CHAT}/life, but for its path"),
        ("ws://chat.example.com/live", {}, "ws://chat.example.com/live, but for its server"),
        (f"{CHAT}/live?room=2", {}, f"{CHAT}/live?room=2, but for its query"),
        ("wss://elsewhere.test/x", {}, ""),
    ],
)
def test_the_same_for_sockets(taro: Any, route: str, options: dict[str, Any], nearest: str) -> None:
    taro.phone.sockets.route(route, **options)
    said = connected(taro, f"{CHAT}/live?room=1")
    assert (f" The nearest is {nearest}. " in said) if nearest else "nearest" not in said


# A program that swallows what its requests fail with, and the tests of it.
SWALLOWS = """
import taropy

def test_it_asks(Taro, phone):
    phone.network.unrouted = "fail"
    answer = Taro.request(url="https://api.example.com/me").catch(lambda error: "offline").result()
    assert answer == "offline"

def test_it_connects(Taro, phone):
    phone.sockets.unrouted = "fail"

    async def main():
        task = await Taro.connectSocket(url="wss://chat.example.com/live")
        await taropy.Promise(lambda resolve, _: task.onClose(resolve))

    taropy.run(main)

def test_another(Taro):
    pass
"""


def test_a_test_fails_by_it_where_it_is_made_an_error(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SWALLOWS)
    result = pytester.runpytest_subprocess("-p", "no:xdist", "-W", "error::taropy.UnroutedRequestWarning")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(
        [
            "*test_it_asks*",
            "*.py:5: <Request GET https://api.example.com/me> meets no route*",
            "*test_it_connects*",
            "*.py:12: the WebSocket wss://chat.example.com/live meets no route*",
        ]
    )


def test_otherwise_it_is_a_warning_of_that_test_at_the_programs_line(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(SWALLOWS)
    result = pytester.runpytest_subprocess("-p", "no:xdist")
    result.assert_outcomes(passed=3, warnings=2)
    result.stdout.fnmatch_lines(["*.py::test_it_asks*", "*.py:5: UnroutedRequestWarning: <Request GET *"])
    result.stdout.fnmatch_lines(["*.py::test_it_connects*", "*.py:12: UnroutedRequestWarning: the WebSocket *"])
