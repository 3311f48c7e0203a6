"""`from taropy.js import Taro`: results, events, callbacks and failures as a ported program reads them."""

from __future__ import annotations

import asyncio
import gc
import importlib
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import taropy
from taropy.js import Array, Error, Obj, Promise, Taro, caught, instanceof, taro_of, undefined

Answer = dict[str, Any]


class Audio:
    """A native object that a call hands out."""

    src = ""

    def onPlay(self, listener: Callable[[Answer], None]) -> None:
        listener({"at": [1]})


class Task:
    """A native task."""

    aborted = False

    def abort(self) -> None:
        self.aborted = True

    def onHeadersReceived(self, listener: Callable[[Answer], None]) -> None:
        listener({"header": {"etag": "x"}})


class Native:
    """A small `wx` that remembers what it was given."""

    def __init__(self) -> None:
        self.asked: list[Answer] = []
        self.stored: dict[str, Any] = {}
        self.listeners: list[Any] = []
        self.task = Task()

    def login(self, options: Answer) -> None:
        options["success"]({"code": "c1"})

    def request(self, options: Answer) -> Task:
        self.asked.append(options)
        if options["url"].endswith("fails"):
            options["fail"]({"errMsg": "request:fail timeout", "errno": 5})
        elif not options["url"].endswith("hangs"):
            options["success"]({"statusCode": 200, "data": {"items": [{"id": 1}], "total": None}, "header": {}})
        return self.task

    def setStorageSync(self, key: str, value: Any) -> None:
        self.stored[key] = value

    def getStorageSync(self, key: str) -> Any:
        return self.stored.get(key, "")

    def getStorage(self, options: Answer) -> None:
        options["success"]({"data": self.stored[options["key"]]})

    def getSystemInfoSync(self) -> Answer:
        return {"platform": "ios", "safeArea": {"top": 47}}

    def onNetworkStatusChange(self, listener: Any) -> None:
        self.listeners.append(listener)

    def offNetworkStatusChange(self, listener: Any = None) -> None:
        self.listeners.remove(listener)

    def createInnerAudioContext(self) -> Audio:
        return Audio()


@pytest.fixture
def native() -> Native:
    return Native()


@pytest.fixture
def taro(native: Native) -> Iterator[Any]:
    """A Taro for ported programs, over a runtime of the test's own."""
    with taropy.create("weapp", native=native) as runtime:
        yield taro_of(runtime)


def is_plain(value: Any) -> bool:
    """Whether nothing in it is of `taropy.js`."""
    if isinstance(value, dict):
        return type(value) is dict and all(map(is_plain, value.values()))
    return all(map(is_plain, value)) and type(value) is list if isinstance(value, list) else value is not undefined


# --- results -----------------------------------------------------------------------------------------------------


def test_a_result_misses_no_field_however_deep(taro: Any) -> None:
    async def main() -> None:
        res = await taro.request(url="https://shop.example/items")
        assert res.data["items"].map(lambda item: item.id) == [1]
        assert res.data.items[0].price is None
        assert res.data.items[5] is None
        assert res.data.total is None
        assert res.zork is None
        assert res == {"errMsg": "request:ok", "statusCode": 200, "data": res.data, "header": {}}
        assert type(res) is Obj
        assert isinstance(res.data["items"], Array)

    asyncio.run(main())


def test_values_that_are_returned_are_such_values_too(taro: Any) -> None:
    info = taro.getSystemInfoSync()
    assert (info.safeArea.top, info.safeArea.zork, info.zork) == (47, None, None)
    assert taro.ENV_TYPE[taro.getEnv()] == "WEAPP"
    assert taro.env.TARO_ENV == "weapp"
    assert taro.getCurrentInstance().router is None
    assert taro.Current.page is None


def test_outside_a_loop_too(taro: Any) -> None:
    assert taro.login().result().zork is None


def test_options_and_values_may_be_objects_and_arrays(taro: Any, native: Native) -> None:
    given = Obj(
        url="https://shop.example/items", data=Obj(ids=Array([1, 2]), note=None, absent=undefined), header=Obj()
    )
    taro.request(given)
    taro.request({"url": "https://shop.example/items", "data": Obj(ids=Array([1]))})
    taro.request(url="https://shop.example/items", data=Obj(ids=Array([1])))
    for asked in native.asked:
        assert is_plain({name: asked[name] for name in ("url", "data")})
    assert native.asked[0]["data"] == {"ids": [1, 2], "note": None}
    assert given.data.absent is undefined


def test_what_is_stored_comes_back_as_it_was(taro: Any, native: Native) -> None:
    cart = Obj(items=Array([Obj(id=1)]))
    taro.setStorageSync("cart", cart)
    assert is_plain(native.stored["cart"])
    cart["items"].push(Obj(id=2))
    assert taro.getStorageSync("cart")["items"].length == 1
    assert taro.getStorageSync("none") == ""
    assert taro.getStorage(key="cart").result().data["items"][0].id == 1


def test_a_value_that_contains_itself_crosses_the_border(taro: Any, native: Native) -> None:
    ring = Obj(name="ring")
    ring.self = ring
    taro.setStorageSync("ring", ring)
    assert native.stored["ring"]["self"] is native.stored["ring"]
    again = taro.getStorageSync("ring")
    assert again.self is again


# --- failures ----------------------------------------------------------------------------------------------------


def test_a_failure_is_the_native_error_object_for_catch_and_for_except(taro: Any) -> None:
    async def main() -> None:
        reasons = [await taro.request(url="https://shop.example/fails").catch(lambda err: err)]
        with pytest.raises(taropy.TaroError) as raised:
            await taro.request(url="https://shop.example/fails")
        reasons.append(caught(raised.value))
        for err in reasons:
            assert type(err) is Obj
            assert err == {"errMsg": "request:fail timeout", "errno": 5}
            assert err.message is None
            assert not instanceof(err, Error)
        error: Any = raised.value
        assert (error.errMsg, error.errno, error.message, error.zork) == ("request:fail timeout", 5, None, None)
        assert (error.api, error.platform) == ("request", "weapp")

    asyncio.run(main())


def test_callbacks_are_told_the_same(taro: Any) -> None:
    told: list[Any] = []

    async def main() -> None:
        taro.request(url="https://shop.example/fails", fail=told.append, complete=lambda: told.append("end"))
        taro.request(Obj(url="https://shop.example/fails", complete=lambda res: told.append(res.zork)))
        taro.login(success=lambda res: told.append(res.zork), complete=told.append)
        await asyncio.sleep(0)

    asyncio.run(main())
    failure = {"errMsg": "request:fail timeout", "errno": 5}
    assert told == [failure, "end", None, None, {"errMsg": "login:ok", "code": "c1"}]
    assert type(told[0]) is type(told[-1]) is Obj


def test_wrong_options_and_missing_functions_are_caught_like_any_failure(taro: Any) -> None:
    reason = taro.request(5).catch(lambda err: err.errMsg).result()
    assert reason == "request:fail parameter error: parameter should be Object instead of Number"
    with pytest.raises(taropy.NotSupported) as raised:
        taro.checkSession()
    assert caught(raised.value).errMsg.startswith("checkSession:fail not supported")
    told: list[Any] = []
    taro.checkSession(fail=told.append)
    assert caught(told[0]).errMsg.startswith("checkSession:fail not supported")


@pytest.mark.usefixtures("_rejections_may_be_left")
def test_a_failure_that_nobody_looks_at_is_reported(taro: Any, native: Native) -> None:
    reported: list[Any] = []

    async def main() -> None:
        taro.onUnhandledRejection(lambda event: reported.append((event.reason.errMsg, event.reason.zork)))
        taro.request(url="https://shop.example/fails")
        await asyncio.sleep(0)
        native.asked.clear()
        gc.collect()
        await asyncio.sleep(0)

    with pytest.warns(taropy.UnhandledRejectionWarning, match="request:fail timeout"):
        asyncio.run(main())
    assert reported == [("request:fail timeout", None)]


# --- tasks, managers, events --------------------------------------------------------------------------------------


def test_a_promise_keeps_its_task_s_methods(taro: Any, native: Native) -> None:
    async def main() -> None:
        headers: list[Any] = []
        promise = taro.request(url="https://shop.example/hangs")
        promise.onHeadersReceived(lambda event: headers.append((event.header.etag, event.zork)))
        promise.abort()
        assert native.task.aborted
        assert headers == [("x", None)]
        native.asked[0]["fail"]({"errMsg": "request:fail abort"})
        assert await promise.catch(lambda err: err.errMsg) == "request:fail abort"

    asyncio.run(main())


def test_managers_tell_their_listeners_in_such_values(taro: Any) -> None:
    told: list[Any] = []
    audio = taro.createInnerAudioContext()
    audio.src = "a.mp3"
    audio.onPlay(lambda event: told.append((event.at.length, event.zork)))
    assert told == [(1, None)]
    assert audio.src == "a.mp3"


def test_a_listener_hears_such_values_and_can_be_taken_off(taro: Any, native: Native) -> None:
    told: list[Any] = []

    def listener(event: Any) -> None:
        told.append((event.isConnected, event.zork))

    taro.onNetworkStatusChange(listener)
    native.listeners[0]({"isConnected": True})
    taro.offNetworkStatusChange(listener)
    assert told == [(True, None)]
    assert native.listeners == []


def test_the_event_center_hands_on_the_very_value(taro: Any) -> None:
    told: list[Any] = []
    value = Obj(a=1)
    taro.eventCenter.on("chosen", told.append)
    taro.eventCenter.trigger("chosen", value)
    assert told[0] is value


def test_interceptors_read_and_change_the_options_as_objects(taro: Any, native: Native) -> None:
    async def with_token(chain: Any) -> Any:
        params = chain.requestParams
        assert params.header is None
        res = await chain.proceed(Obj(params, header=Obj(params.header, token="t")))
        return Obj(res, seen=res.data["items"].length)

    taro.addInterceptor(with_token)
    taro.addInterceptor(taro.interceptors.timeoutInterceptor)
    res = taro.request(Obj(url="https://shop.example/items", data=Obj(a=1))).result()
    assert (res.seen, res.zork) == (1, None)
    assert is_plain(native.asked[0]["header"])
    assert native.asked[0]["header"] == {"token": "t"}
    taro.cleanInterceptors()
    assert taro.request(url="https://shop.example/items").result().seen is None


def test_preloaded_data_is_there_for_the_next_page(taro: Any) -> None:
    taro.preload(Obj(item=Obj(id=1)))
    assert taro.preloadData.item.id == 1
    assert taro.preloadData.zork is None


def test_what_is_done_by_the_next_tick_gets_its_arguments(taro: Any) -> None:
    told: list[Any] = []
    value = Obj()
    taro.nextTick(lambda *given: told.extend(given), value)
    assert told[0] is value


# --- which runtime ------------------------------------------------------------------------------------------------


def test_it_follows_the_process_s_runtime(native: Native) -> None:
    taropy.use("weapp", native=native)
    assert Taro.getEnv() == "WEAPP"
    assert Taro.login().result().code == "c1"
    taropy.use("alipay", native=SimpleNamespace())
    assert Taro.getEnv() == "ALIPAY"
    assert Taro.platform.name == "alipay"
    taropy.use("weapp")
    assert Taro.phone is taropy.Taro.phone


def test_both_sides_of_a_runtime_see_one_state() -> None:
    with taropy.create("weapp") as runtime:
        taro = taro_of(runtime)
        taro.setStorageSync("cart", Obj(a=1))
        assert runtime.getStorageSync("cart") == {"a": 1}
        assert taro_of(runtime).getStorageSync("cart").zork is None
        assert taro.phone is runtime.phone
        assert taro_of(taro) is taro
        assert taro.getCurrentPages().length == 1


def test_after_its_end_it_takes_no_more_calls(native: Native) -> None:
    runtime = taropy.create("weapp", native=native)
    taro = taro_of(runtime)
    told: list[Any] = []
    taro.onNetworkStatusChange(told.append)
    taro.login().result()
    taro.close()
    native.listeners[0]({"isConnected": True})
    assert told == []
    with pytest.raises(taropy.TaroError, match="closed"):
        taro.login()


def test_nothing_keeps_either_side_of_a_runtime_alive(native: Native) -> None:
    def used() -> list[weakref.ref[Any]]:
        with taropy.create("weapp", native=native) as runtime:
            taro = taro_of(runtime)
            taro.getStorageSync("a")
            return [weakref.ref(runtime), weakref.ref(taro)]

    sides = used()
    gc.collect()
    assert [side() for side in sides] == [None, None]


@pytest.mark.parametrize("launched_on", [lambda runtime: runtime, taro_of], ids=["the runtime", "its other side"])
def test_a_page_s_hooks_and_its_router_are_told_in_such_values(launched_on: Any) -> None:
    seen: list[Any] = []
    app = taropy.App(pages=["pages/index/index"])
    taro: Any = None

    @app.page("pages/index/index")
    def index() -> None:
        taro.useLoad(lambda options: seen.append((options.id, options.zork)))
        taro.useDidShow(lambda: seen.append(taro.getCurrentInstance().router.params.id))
        seen.append(taro.useRouter().params.zork)

    async def main() -> None:
        nonlocal taro
        with taropy.create("weapp") as runtime:
            taro = taro_of(runtime)
            await app.launch(launched_on(runtime), path="pages/index/index", query={"id": "7"})

    asyncio.run(main())
    assert seen == [None, ("7", None), "7"]


# --- order --------------------------------------------------------------------------------------------------------

sys.path.insert(0, str(Path(__file__).parents[1] / "runtime"))
orders = importlib.import_module("orders")
natives = importlib.import_module("natives")


@pytest.mark.filterwarnings("ignore::taropy.UnhandledRejectionWarning")
@pytest.mark.usefixtures("_rejections_may_be_left")
@pytest.mark.parametrize("program", [each for each in orders.PROGRAMS if each.calls_taro], ids=str)
def test_the_order_of_things_stays_javascript_s(program: Any) -> None:
    """The programs that Node.js has run (tests/runtime/orders)."""
    play = importlib.import_module("test_orders").play
    small = natives.SmallPhone(lambda answer: asyncio.get_running_loop().call_soon(answer))
    with taropy.create("weapp", native=small) as runtime:
        taro = taro_of(runtime)
        logged = asyncio.run(play(lambda log: program.code(log, taro), len(program.recorded)))
    assert logged == program.recorded


def test_a_promise_of_taropy_is_one_of_taropy_js() -> None:
    assert issubclass(Promise, taropy.Promise)
