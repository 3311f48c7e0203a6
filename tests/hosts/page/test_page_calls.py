"""Calls over the bridge, with a page that is written in Python."""

from __future__ import annotations

import asyncio
import datetime
import gc
import math
from collections.abc import Iterator
from typing import Any

import pytest
from peer import LATER, Fails, Page, until, waiting, with_message

import taropy
from taropy.hosts.js_values import Blob, JsError


@pytest.fixture
def taro() -> Iterator[taropy.Taro]:
    with waiting() as made:
        yield made


def test_a_call_is_made_in_the_page_and_its_answer_comes_back(taro: taropy.Taro) -> None:
    with Page(taro, {"login": lambda options: {"code": f"c-{options['timeout']}", "errMsg": "login:ok"}}):
        assert taro.login(timeout=5).result().code == "c-5"


def test_a_call_fails_with_the_pages_own_object(taro: taropy.Taro) -> None:
    def refuse(options: Any) -> None:
        raise Fails({"errMsg": "login:fail no network", "errCode": 7})

    with Page(taro, {"login": refuse}), pytest.raises(taropy.TaroError, match="no network") as told:
        taro.login().result()
    assert told.value.errCode == 7


def test_an_error_of_javascript_is_read_as_one_of_taros(taro: taropy.Taro) -> None:
    def refuse(key: str) -> None:
        raise Fails({"$": "e", "v": {"name": "TypeError", "message": "k is not iterable", "at": 3}})

    with Page(taro, {"getStorageSync": refuse}), pytest.raises(taropy.TaroError) as told:
        taro.getStorageSync("k")
    assert told.value.errMsg == "getStorageSync:fail k is not iterable"
    assert (told.value.name, told.value.at) == ("TypeError", 3)


def test_a_value_is_waited_for_also_in_a_running_loop(taro: taropy.Taro) -> None:
    async def main() -> Any:
        return taro.getStorageSync("k")

    with Page(taro, {"getStorageSync": lambda key: {"key": key}}):
        assert taropy.run(main) == {"key": "k"}


def test_a_hundred_calls_are_on_their_way_at_once(taro: taropy.Taro) -> None:
    kept: list[int] = []

    @with_message
    def login(page: Page, number: int, options: Any, task: Any = None) -> Any:
        kept.append(number)
        if len(kept) == 100:
            for each in reversed(kept):
                page.answer(each, {"code": str(each)})
        return LATER

    async def main() -> int:
        return len({(await each).code for each in [taro.login() for _ in range(100)]})

    with Page(taro, {"login": login}):
        assert taropy.run(main) == 100


def test_what_the_page_does_not_have_is_not_supported_by_the_host(taro: taropy.Taro) -> None:
    with Page(taro, {"login": lambda options: {}}):
        assert (taro.canIUse("login"), taro.canIUse("scanCode")) == (True, False)
        with pytest.raises(taropy.NotSupported, match="the page does not have scanCode, although weapp has it") as told:
            taro.scanCode()
    assert (told.value.reason, told.value.host) == ("host", "page")


# --- values ------------------------------------------------------------------------------------------------------


VALUES = [
    "tea", "茶 🍵", 'a "$" sign', 0, -1, 2**40, 1.5, True, None, [], {}, [1, [None, "x"]], {"a": {"b": [1]}},
    {"$": "b"}, {"$": {"$": 1}}, {"__proto__": 1},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_data_come_to_the_page_and_back_as_they_are(taro: taropy.Taro, value: Any) -> None:
    def keep(key: str, data: Any) -> None:
        kept.append(data)

    kept: list[Any] = []
    with Page(taro, {"setStorageSync": keep, "getStorageSync": lambda key: kept[0]}):
        taro.setStorageSync("k", value)
        assert taro.getStorageSync("k") == value


def test_numbers_that_json_has_not_keep_their_meaning(taro: taropy.Taro) -> None:
    kept: list[Any] = []
    with Page(taro, {"setStorageSync": lambda _, data: kept.append(data), "getStorageSync": lambda _: kept[0]}):
        taro.setStorageSync("k", [math.inf, -math.inf, math.nan, -0.0])
        infinite, negative, nan, zero = taro.getStorageSync("k")
    assert (infinite, negative, math.copysign(1, zero)) == (math.inf, -math.inf, -1)
    assert math.isnan(nan)


def test_bytes_are_an_array_buffer_and_come_back_as_bytes(taro: taropy.Taro) -> None:
    data = bytes(range(256))

    @with_message
    def echo(page: Page, number: int, key: Any, sent: Any) -> Any:
        assert sent == {"a": {"$": "b", "size": 256, "data": data}, "b": {"$": "b", "size": 3, "data": b"xyz"}}
        page.say_with_files(["ok", number, [{"$": "b", "size": 3}, {"$": "b", "size": 256}]], b"xyz", data)
        return LATER

    with Page(taro, {"setStorageSync": echo}):
        native = taro.native
        assert native.setStorageSync("k", {"a": data, "b": bytearray(b"xyz")}) == [b"xyz", data]


def test_a_file_is_bytes_with_a_name_and_a_type(taro: taropy.Taro) -> None:
    @with_message
    def choose(page: Page, number: int, options: Any) -> Any:
        file = {"$": "f", "size": 4, "type": "text/plain", "name": "tea.txt"}
        page.say_with_files(["ok", number, {"tempFiles": [{"file": file}], "tempFilePaths": []}], b"leaf")
        return LATER

    with Page(taro, {"chooseImage": choose}):
        file = taro.chooseImage().result().tempFiles[0]["file"]
    assert file == b"leaf"
    assert isinstance(file, Blob)
    assert (file.name, file.type) == ("tea.txt", "text/plain")


def test_a_moment_is_a_date(taro: taropy.Taro) -> None:
    moment = datetime.datetime(2024, 5, 1, 12, tzinfo=datetime.UTC)
    kept: list[Any] = []
    with Page(taro, {"setStorageSync": lambda _, data: kept.append(data), "getStorageSync": lambda _: kept[0]}):
        taro.native.setStorageSync("k", moment)
        assert kept == [{"$": "d", "v": 1714564800000.0}]
        assert taro.native.getStorageSync("k") == moment


def test_none_is_null_where_data_stand_and_undefined_elsewhere(taro: taropy.Taro) -> None:
    kept: list[Any] = []
    members = {"setStorageSync": lambda *given: kept.append(given), "createCanvasContext": lambda *g: kept.append(g)}
    with Page(taro, members):
        taro.setStorageSync("k", None)
        taro.native.createCanvasContext("c", None)
        taro.native.createCanvasContext(None, "c")
        taro.native.setStorageSync("k", {"a": None, "b": [None]})
    assert kept == [("k", None), ("c",), ({"$": "u"}, "c"), ("k", {"a": None, "b": [None]})]


def test_what_cannot_be_sent_fails_its_own_call_alone(taro: taropy.Taro) -> None:
    circle: list[Any] = []
    circle.append(circle)
    with Page(taro, {"setStorageSync": lambda *_: None, "getStorageSync": lambda _: 1}):
        with pytest.raises(taropy.TaroError, match="a complex cannot be sent to a page"):
            taro.setStorageSync("k", 1j)
        with pytest.raises(taropy.TaroError, match="holds itself, or is too deep"):
            taro.setStorageSync("k", circle)
        assert taro.getStorageSync("k") == 1


# --- listeners -----------------------------------------------------------------------------------------------------


def test_a_listener_hears_events_until_it_is_taken_off(taro: taropy.Taro) -> None:
    on: list[Any] = []
    off: list[Any] = []
    members = {"onNetworkStatusChange": on.append, "offNetworkStatusChange": off.append}

    async def main() -> list[Any]:
        heard: list[Any] = []
        taro.onNetworkStatusChange(heard.append)
        for kind in ("wifi", "none"):
            page.tell(on[0], {"networkType": kind, "isConnected": kind != "none"})
        await until(lambda: len(heard) == 2)
        taro.offNetworkStatusChange(heard.append)
        return [event.networkType for event in heard]

    with Page(taro, members) as page:
        assert taropy.run(main) == ["wifi", "none"]
        assert on == off  # the page knows the listener by one function


def test_a_listener_may_make_calls_that_wait_for_their_value(taro: taropy.Taro) -> None:
    on: list[Any] = []

    async def main() -> Any:
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        taro.onNetworkStatusChange(lambda event: done.set_result(taro.getStorageSync("k")))
        page.tell(on[0], {"networkType": "wifi"})
        return await done

    with Page(taro, {"onNetworkStatusChange": on.append, "getStorageSync": lambda key: "kept"}) as page:
        assert taropy.run(main) == "kept"


def test_an_answer_is_told_with_all_that_it_leads_to_before_the_next_event(taro: taropy.Taro) -> None:
    on: list[Any] = []
    order: list[str] = []

    @with_message
    def login(page: Page, number: int, options: Any) -> Any:
        page.say(["ok", number, {"code": "c"}], ["event", on[0]["n"], [{"networkType": "wifi"}]])
        return LATER

    async def main() -> None:
        heard = asyncio.Event()
        taro.onNetworkStatusChange(lambda _: (order.append("event"), heard.set()))
        await taro.login()
        order.append("awaited")
        await heard.wait()

    with Page(taro, {"onNetworkStatusChange": on.append, "login": login}):
        taropy.run(main)
    assert order == ["awaited", "event"]


def test_a_thousand_events_come_in_order_and_none_is_lost(taro: taropy.Taro) -> None:
    on: list[Any] = []

    async def main() -> list[int]:
        heard: list[int] = []
        taro.onNetworkStatusChange(lambda event: heard.append(event["number"]))
        for number in range(1000):
            page.tell(on[0], {"number": number})
        await until(lambda: len(heard) == 1000)
        return heard

    with Page(taro, {"onNetworkStatusChange": on.append}) as page:
        assert taropy.run(main) == list(range(1000))


# --- tasks -----------------------------------------------------------------------------------------------------------


def task(number: int, *methods: str) -> dict[str, Any]:
    return {"$": "h", "n": number, "c": "Object", "m": dict.fromkeys(methods, 1)}


def test_progress_is_heard_that_comes_before_the_call_has_returned(taro: taropy.Taro) -> None:
    @with_message
    def upload(page: Page, number: int, options: Any, given: Any) -> Any:
        heard = [name for name in ("onProgressUpdate",) if name in given["on"]]
        page.say(
            ["event", given["on"]["onProgressUpdate"], [{"progress": 50}]],
            ["ok", given["id"], {"task": task(1, "abort", "onProgressUpdate"), "heard": heard}],
            ["event", given["on"]["onProgressUpdate"], [{"progress": 100}]],
            ["ok", number, {"data": "done", "statusCode": 200}],
        )
        return LATER

    async def main() -> tuple[Any, list[int]]:
        progress: list[int] = []
        call = taro.uploadFile(url="http://a", filePath="f", name="n")
        call.onProgressUpdate(lambda event: progress.append(event.progress))
        return (await call).data, progress

    with Page(taro, {"uploadFile": upload}):
        assert taropy.run(main) == ("done", [50, 100])


def test_a_socket_hears_what_came_with_it(taro: taropy.Taro) -> None:
    """The first message, and the end, are there before a program could ask for them."""

    @with_message
    def connect(page: Page, number: int, options: Any, given: Any) -> Any:
        on = given["on"]
        heard = ["onOpen", "onMessage", "onClose"]
        page.say(
            ["ok", number, {"errMsg": "connectSocket:ok"}],
            ["ok", given["id"], {"task": task(1, *heard, "send", "close"), "heard": heard}],
            ["event", on["onOpen"], [{}]],
            ["event", on["onMessage"], [{"data": "hello"}]],
            ["event", on["onClose"], [{"code": 4001, "reason": "enough"}]],
        )
        return LATER

    async def main() -> list[Any]:
        told: list[Any] = []
        ended = asyncio.Event()
        socket = await taro.connectSocket(url="ws://a")
        socket.onOpen(lambda *_: told.append("open"))
        socket.onMessage(lambda event: told.append(event.data))
        socket.onClose(lambda event: (told.append(event.code), ended.set()))
        await ended.wait()
        return told

    with Page(taro, {"connectSocket": connect}):
        assert taropy.run(main) == ["open", "hello", 4001]


def test_nothing_is_written_on_what_the_page_gives(taro: taropy.Taro) -> None:
    def audio() -> Any:
        return {"$": "h", "n": 5, "c": "Audio", "m": {"play": 1, "src": 0}}

    with Page(taro, {"createInnerAudioContext": audio, "5.play": lambda: None}) as page:
        made = taro.createInnerAudioContext()
        made.play()
        assert [kind for kind, *_ in page.said] == ["value", "value"]
        made.src = "tea.mp3"  # by the program's own wish
        assert page.said[-1][0] == "set"


# --- what is let go of ------------------------------------------------------------------------------------------------


def test_the_page_is_told_when_python_has_let_go_of_an_object(taro: taropy.Taro) -> None:
    with Page(taro, {"createInnerAudioContext": lambda: task(5, "play"), "getStorageSync": lambda _: 0}) as page:
        first, second = taro.native.createInnerAudioContext(), taro.native.createInnerAudioContext()
        assert first is second
        del first, second
        gc.collect()
        taro.getStorageSync("k")
        page.wait_for(lambda: page.freed == [[5, 2]])


def test_a_function_that_the_page_has_let_go_of_is_let_go_of_here(taro: taropy.Taro) -> None:
    on: list[Any] = []
    bridge = taro.native._bridge
    with Page(taro, {"onNetworkStatusChange": on.append, "getStorageSync": lambda _: 0}) as page:
        taro.native.onNetworkStatusChange(print)
        taro.native.onNetworkStatusChange(print)
        assert on[0] == on[1]
        page.say(["free", on[0]["n"], 1])  # of which a second time is on its way
        taro.getStorageSync("k")
        assert on[0]["n"] in bridge._callbacks
        page.say(["free", on[0]["n"], 1])
        taro.getStorageSync("k")
        assert (bridge._callbacks, bridge._callback_numbers) == ({}, {})


def test_what_a_call_had_for_a_task_that_does_not_come_is_let_go_of(taro: taropy.Taro) -> None:
    @with_message
    def refuse(page: Page, number: int, options: Any, given: Any) -> Any:
        page.say(*(["fail", each, {"errMsg": "connectSocket:fail no"}] for each in (given["id"], number)))
        return LATER

    bridge = taro.native._bridge
    with Page(taro, {"connectSocket": refuse, "request": refuse, "getStorageSync": lambda _: 0}):
        with pytest.raises(taropy.TaroError, match="connectSocket:fail no"):
            taro.connectSocket(url="ws://a").result()
        with pytest.raises(JsError, match="a complex cannot be sent to a page"):
            taro.native.request({"url": "http://a", "data": 1j, "success": print})
        taro.getStorageSync("k")  # by whose answer all that the page has said before is taken
        assert (bridge._callbacks, bridge._pending) == ({}, {})
