"""What an app's settings say about the network, and what becomes of its requests in the background."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from natively import PATIENCE, called, turns
from servers import Answer, RawServer, WebServer, saying
from supporting import failure
from transfers import FUNCTIONS, options_of

import taropy
from taropy import spec
from taropy.phone import Phone

HOME = "pages/home/home"
#: Where the vendor's app ends what an app in the background has under way.
ENDED = ("weapp", "swan", "tt", "qq", "jd")
WITHOUT_NUMBER = ("swan", "tt")


def launched(t: Any, **settings: Any) -> Any:
    app = taropy.App(pages=[HOME], **settings)
    app.page(HOME)(lambda: None)
    app.launch(t).result()
    return t


@pytest.fixture
def phone() -> Phone:
    phone = Phone()
    phone.clock.stop()
    return phone


# --- in the background ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "name"), [*((platform, "request") for platform in ENDED), *(("weapp", name) for name in FUNCTIONS[1:])]
)
def test_five_seconds_in_the_background_end_what_is_under_way(
    platform: str, name: str, phone: Phone, tmp_path: Path
) -> None:
    async def main() -> None:
        waiting = asyncio.ensure_future(called(native, name, **options))
        await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)
        phone.background()
        phone.clock.advance(4.9)
        await turns(10)
        assert not waiting.done()
        phone.clock.advance(0.1)
        number = {} if platform in WITHOUT_NUMBER else {"errno": 600003}
        assert await waiting == {"errMsg": f"{name}:fail interrupted", **number}

    with phone, RawServer(saying(b"", then="wait")) as server:
        native = phone.native(platform)
        options = options_of(name, phone, server.url(), tmp_path)
        asyncio.run(main())
        assert server.wait_until_left()


@pytest.mark.parametrize("platform", ENDED)
def test_an_app_in_the_background_begins_nothing_until_it_is_shown_again(platform: str, phone: Phone) -> None:
    with WebServer(lambda received: Answer("ok")) as server, taropy.create(platform, phone=phone) as t:
        launched(t)
        phone.background()
        assert t.request(url=server.url()).result().data == "ok"
        phone.clock.advance(5)
        assert failure(t.request(url=server.url())) == "request:fail interrupted"
        phone.foreground()
        assert t.request(url=server.url()).result().data == "ok"


def test_what_is_begun_in_the_background_has_no_more_time(phone: Phone) -> None:
    async def main() -> Any:
        phone.background()
        phone.clock.advance(3)
        waiting = asyncio.ensure_future(called(native, "request", url=server.url()))
        await asyncio.to_thread(server.wait_for, lambda: server.connections == 1)
        phone.clock.advance(2)
        return (await waiting)["errMsg"]

    with phone, RawServer(saying(b"", then="wait")) as server:
        native = phone.native("weapp")
        assert asyncio.run(main()) == "request:fail interrupted"


def test_an_app_that_comes_back_in_time_loses_nothing(phone: Phone) -> None:
    async def main() -> Any:
        waiting = asyncio.ensure_future(called(native, "request", url=server.url()))
        await asyncio.to_thread(server.wait_for, lambda: bool(server.received))
        for _ in range(3):
            phone.background()
            phone.clock.advance(4)
            phone.foreground()
        phone.clock.advance(20)
        answer.set()
        return (await waiting)["data"]

    async def respond(received: Any) -> Answer:
        await asyncio.to_thread(answer.wait, PATIENCE)
        return Answer("late")

    answer = threading.Event()
    with phone, WebServer(respond) as server:
        native = phone.native("weapp")
        assert asyncio.run(main()) == "late"


@pytest.mark.parametrize("platform", sorted(spec.supported_on("request") - set(ENDED)))
def test_elsewhere_requests_go_on_in_the_background(platform: str, phone: Phone) -> None:
    with WebServer(lambda received: Answer({"a": 1})) as server, taropy.create(platform, phone=phone) as t:
        launched(t)
        phone.background()
        phone.clock.advance(60)
        assert t.request(url=server.url()).result().data == {"a": 1}


def test_another_app_on_the_phone_goes_on(phone: Phone) -> None:
    with (
        WebServer(lambda received: Answer("ok")) as server,
        taropy.create("tt", phone=phone) as tt,
        taropy.create("weapp", phone=phone) as weapp,
    ):
        launched(tt)
        launched(weapp)
        phone.background()
        phone.clock.advance(5)
        assert failure(weapp.request(url=server.url())) == "request:fail interrupted"
        assert tt.request(url=server.url()).result().data == "ok"


def test_a_new_launch_is_a_new_start(phone: Phone) -> None:
    with WebServer(lambda received: Answer("ok")) as server, taropy.create("weapp", phone=phone) as t:
        launched(t)
        phone.background()
        phone.clock.advance(5)
        launched(t)
        assert t.request(url=server.url()).result().data == "ok"


def test_the_phone_itself_fetches_for_an_app_in_the_background(phone: Phone) -> None:
    with WebServer(lambda received: Answer("fetched")) as server, taropy.create("weapp", phone=phone) as t:
        launched(t)
        phone.background()
        phone.clock.advance(60)
        phone.background_fetch.periodic_url = server.url()
        asyncio.run(phone.background_fetch.fetch("periodic"))
        assert t.getBackgroundFetchData(fetchType="periodic").result().fetchedData == "fetched"


# --- networkTimeout ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_app_may_say_how_long_its_network_functions_wait(name: str, tmp_path: Path) -> None:
    with RawServer(saying(b"", then="wait")) as server, taropy.create("weapp") as t:
        launched(t, networkTimeout={name: 20})
        options = options_of(name, t.phone, server.url(), tmp_path)
        assert failure(getattr(t, name)(**options)) == f"{name}:fail timeout"


def test_an_app_may_say_how_long_a_socket_takes_to_open() -> None:
    async def main(t: Any) -> str:
        heard: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        task = await t.connectSocket(url=server.url().replace("http", "ws"))
        task.onError(heard.set_result)
        return str((await asyncio.wait_for(heard, PATIENCE)).errMsg)

    with RawServer(saying(b"", then="wait")) as server, taropy.create("weapp") as t:
        launched(t, networkTimeout={"connectSocket": 20})
        assert asyncio.run(main(t)) == "open fail: _code:9,_msg:Timer Expired"


def test_a_call_that_says_it_itself_is_believed() -> None:
    with WebServer(lambda received: Answer("ok")) as server, taropy.create("weapp") as t:
        launched(t, networkTimeout={"request": 1})
        assert t.request(url=server.url(), timeout=PATIENCE * 1000).result().data == "ok"


def test_the_settings_of_a_new_launch_count() -> None:
    with WebServer(lambda received: Answer("ok")) as server, taropy.create("weapp") as t:
        launched(t, networkTimeout={"request": 1})
        launched(t)
        assert t.request(url=server.url()).result().data == "ok"


def test_it_comes_back_with_a_snapshot() -> None:
    with RawServer(saying(b"", then="wait")) as server, taropy.create("weapp") as t:
        launched(t, networkTimeout={"request": 20})
        before = t.phone.snapshot()
        launched(t)
        t.phone.restore(before)
        assert failure(t.request(url=server.url())) == "request:fail timeout"
