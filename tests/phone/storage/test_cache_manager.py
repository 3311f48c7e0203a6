"""`createCacheManager`: responses that a program keeps for when the network is weak."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest
from natively import Answer as Told
from natively import called
from servers import Answer, Received, WebServer

import taropy
from taropy.phone import NativeError, Phone
from taropy.phone.storage.cache_manager import MOST_KEPT

DAY = 86_400_000


@attrs.frozen
class Scene:
    """A native object, its phone, a server that counts its answers, and a manager over that server."""

    phone: Phone
    wx: Any
    server: WebServer
    manager: Any

    async def ask(self, path: str, **options: Any) -> Told:
        return await called(self.wx, "request", url=self.server.url(path), **options)

    def event(self, path: str, **options: Any) -> Told:
        return {"url": self.server.url(path), **options}


@asynccontextmanager
async def scene(**options: Any) -> AsyncIterator[Scene]:
    count = iter(range(1, 10_000))

    def respond(received: Received) -> Answer:
        if received.path == "/bytes":
            return Answer(b"bytes")
        return Answer({"n": next(count)}, 404 if received.path == "/gone" else 200)

    with WebServer(respond) as server:
        async with Phone() as phone:
            phone.clock.stop()
            wx = phone.native("weapp")
            yield Scene(phone, wx, server, wx.createCacheManager({"origin": server.origin, **options}))


def run(main: Callable[[Scene], Awaitable[None]], **options: Any) -> None:
    async def in_scene() -> None:
        async with scene(**options) as here:
            await main(here)

    asyncio.run(in_scene())


def answering(manager: Any) -> list[Told]:
    """Has the manager's own responses used, as WeChat's example does; gives the events that come."""
    events: list[Told] = []

    async def answer(event: Told) -> Any:
        events.append(event)
        found = manager.match(event)
        if found is None:
            raise LookupError("no cache")
        return found["data"]

    manager.on("request", answer)
    return events


# --- its use -------------------------------------------------------------------------------------------------------


def test_in_a_weak_network_a_request_gets_what_was_kept_while_it_was_good() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        events = answering(here.manager)
        first = await here.ask("/a")
        assert (first["data"], events) == ({"n": 1}, [])
        here.phone.network.weak = True
        again = await here.ask("/a", header={"x": "y"})
        assert (again["data"], again["fromCache"], again["statusCode"]) == ({"n": 1}, True, 200)
        assert again["errMsg"] == "request:ok"
        assert events == [{"url": here.server.url("/a"), "header": {"x": "y"}}]
        here.phone.network.weak = False
        assert (await here.ask("/a"))["data"] == {"n": 2}

    run(main)


def test_offline_counts_as_weak_and_what_was_not_kept_fails() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRules(["/a", "/b"])
        answering(here.manager)
        await here.ask("/a")
        here.phone.network.type = "none"
        assert here.manager.state == 1
        assert (await here.ask("/a"))["data"] == {"n": 1}
        assert (await here.ask("/b"))["errMsg"] == "request:fail no cache"
        assert "ERR_INTERNET_DISCONNECTED" in (await here.ask("/c"))["errMsg"]

    run(main)


def test_requests_by_no_rule_pass_and_are_not_kept() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        events = answering(here.manager)
        here.phone.network.weak = True
        assert [(await here.ask("/b"))["data"]["n"] for _ in range(2)] == [1, 2]
        assert events == []
        assert here.manager.match(here.event("/b")) is None

    run(main)


@pytest.mark.parametrize(("mode", "used"), [("always", True), ("none", False), ("weakNetwork", False)])
def test_the_mode_says_when_what_is_kept_is_used(mode: str, used: bool) -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        assert (here.manager.mode, here.manager.state) == (mode, int(used))
        await here.ask("/a")
        answering(here.manager)
        assert ("fromCache" in await here.ask("/a")) is used

    run(main, mode=mode)


def test_it_is_started_and_stopped_where_the_mode_is_none() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        answering(here.manager)
        await here.ask("/a")
        here.manager.start()
        assert here.manager.state == 1
        assert (await here.ask("/a"))["fromCache"]
        here.manager.stop()
        assert here.manager.state == 0
        assert "fromCache" not in await here.ask("/a")

    run(main, mode="none")


def test_in_other_modes_starting_does_nothing() -> None:
    async def main(here: Scene) -> None:
        here.manager.start()
        assert here.manager.state == 0

    run(main)


def test_a_listener_that_answers_nothing_lets_the_request_go_out() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        here.manager.on("request", lambda event: None)
        assert [(await here.ask("/a"))["data"]["n"] for _ in range(2)] == [1, 2]

    run(main, mode="always")


def test_a_listener_may_be_taken_off() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        one, other = (lambda event: {"data": "one"}), (lambda event: {"data": "other"})
        here.manager.on("request", one)
        here.manager.on("request", other)
        assert (await here.ask("/a"))["data"] == "one"
        here.manager.off("request", one)
        assert (await here.ask("/a"))["data"] == "other"
        here.manager.off("request")
        assert (await here.ask("/a"))["data"] == {"n": 1}

    run(main, mode="always")


def test_programs_are_told_when_the_network_becomes_weak_and_good_again() -> None:
    async def main(here: Scene) -> None:
        heard: list[str] = []
        enter, exit = (lambda _: heard.append("enter")), (lambda _: heard.append("exit"))
        here.manager.on("enterWeakNetwork", enter)
        here.manager.on("exitWeakNetwork", exit)
        network = here.phone.network
        network.weak = True
        network.type = "none"
        network.weak = False
        assert heard == ["enter"]
        network.type = "4g"
        assert heard == ["enter", "exit"]
        here.manager.off("enterWeakNetwork", enter)
        network.weak = True
        assert heard == ["enter", "exit"]

    run(main)


def test_there_is_one_manager_for_each_app() -> None:
    async def main(here: Scene) -> None:
        assert here.wx.createCacheManager({"mode": "always"}) is here.manager
        other = Phone(appid="wx2").native("weapp")
        assert other.createCacheManager() is not here.manager

    run(main)


@pytest.mark.parametrize("options", [{"mode": "often"}, {"mode": 5}, {"origin": 5}, {"maxAge": "long"}])
def test_wrong_options_are_refused(options: Any) -> None:
    with pytest.raises(NativeError, match="createCacheManager:fail parameter error"):
        Phone().native("weapp").createCacheManager(options)


def test_through_taro_it_is_awaited_and_off_finds_its_listener() -> None:
    async def main() -> None:
        with WebServer(lambda received: Answer({"n": 1})) as server:
            async with taropy.create("weapp") as t:
                manager = t.createCacheManager(origin=server.origin, mode="always")
                assert manager.addRule("/a/:id") == "rule-1"
                await t.request(url=server.url("/a/1"))

                async def answer(evt: Any) -> Any:
                    return manager.match(evt).data

                manager.on("request", answer)
                res = await t.request(url=server.url("/a/1"))
                assert (res.data.n, res.fromCache) == (1, True)
                manager.off("request", answer)
                assert "fromCache" not in await t.request(url=server.url("/a/1"))

    asyncio.run(main())


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_match_tells_rule_age_and_data() -> None:
    async def main(here: Scene) -> None:
        rule = here.manager.addRule({"id": "mine", "url": "/a", "maxAge": 60_000})
        await here.ask("/a", data={"b": 1}, method="POST")
        event = here.event("/a", data={"b": 1}, method="POST")
        found = here.manager.match(event)
        assert (rule, found["ruleId"], found["data"]["data"]) == ("mine", "mine", {"n": 1})
        assert (found["createTime"], found["maxAge"]) == (here.phone.clock.now() * 1000, 60_000)
        assert here.manager.match({**event, "data": {"b": 2}}) is None
        assert here.manager.match({**event, "method": "GET"}) is None
        here.phone.clock.advance(59.9)
        assert here.manager.match(event) is not None
        here.phone.clock.advance(0.1)
        assert here.manager.match(event) is None

    run(main)


@pytest.mark.parametrize(("given", "days"), [(None, 7), (DAY, 1), (90 * DAY, 30)])
def test_what_is_kept_lives_a_week_unless_told_otherwise_and_at_most_thirty_days(given: Any, days: int) -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        await here.ask("/a")
        assert here.manager.maxAge == here.manager.match(here.event("/a"))["maxAge"] == days * DAY

    run(main, **({} if given is None else {"maxAge": given}))


def test_failures_and_bytes_are_not_kept() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRules(["/gone", "/bytes", "/a"])
        await here.ask("/gone")
        await here.ask("/bytes", responseType="arraybuffer")
        await here.ask("/a", data=b"bytes", method="POST")
        assert here.manager.match(here.event("/gone")) is None
        assert here.manager.match(here.event("/bytes")) is None
        assert here.manager.match(here.event("/a", data=b"bytes", method="POST")) is None

    run(main)


def test_responses_are_forgotten_one_by_one_by_rule_or_all() -> None:
    async def main(here: Scene) -> None:
        manager = here.manager
        rules = manager.addRules(["/a", "/b", "/c", "/d"])
        paths = ("/a", "/b", "/c", "/d")
        for path in paths:
            await here.ask(path)

        def kept() -> str:
            return "".join(path[1:] for path in paths if manager.match(here.event(path)) is not None)

        manager.deleteCache(manager.match(here.event("/a"))["cacheId"])
        assert kept() == "bcd"
        manager.deleteCaches([manager.match(here.event("/b"))["cacheId"], "unknown"])
        assert kept() == "cd"
        manager.deleteRule(rules[2])
        assert kept() == "d"
        assert manager.addRule("/c") == rules[2]
        assert kept() == "d"
        manager.clearCaches()
        assert kept() == ""
        await here.ask("/d")
        assert kept() == "d"
        manager.clearRules()
        manager.addRule("/d")
        assert kept() == ""

    run(main)


def test_what_a_program_does_to_a_response_does_not_change_what_is_kept() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRule("/a")
        (await here.ask("/a"))["data"]["n"] = "spoilt"
        here.manager.match(here.event("/a"))["data"]["data"]["n"] = "spoilt"
        assert here.manager.match(here.event("/a"))["data"]["data"] == {"n": 1}

    run(main)


def test_responses_go_back_with_the_phone_to_what_they_were() -> None:
    async def main(here: Scene) -> None:
        here.manager.addRules(["/a", "/b"])
        await here.ask("/a")
        taken = here.phone.snapshot()
        await here.ask("/b")
        here.manager.clearCaches()
        await here.ask("/b")
        here.phone.restore(taken)
        assert here.manager.match(here.event("/a"))["data"]["data"] == {"n": 1}
        assert here.manager.match(here.event("/b")) is None

    run(main)


def test_a_phone_with_a_folder_comes_back_with_its_responses(tmp_path: Path) -> None:
    async def main() -> None:
        with WebServer(lambda received: Answer({"n": 1})) as server:
            for weak in (False, True):
                async with Phone(tmp_path) as phone:
                    wx = phone.native("weapp")
                    manager = wx.createCacheManager({"origin": server.origin})
                    manager.addRule("/a")
                    answering(manager)
                    phone.network.weak = weak
                    assert (await called(wx, "request", url=server.url("/a")))["data"] == {"n": 1}
            assert len(server.received) == 1
            with Phone(tmp_path) as phone:
                wx = phone.native("weapp")
                wx.createCacheManager().clearCaches()
            with Phone(tmp_path / "unused") as phone:
                phone.snapshot()
            assert json.loads((tmp_path / "cache-manager.json").read_text())["state"] == {}
            assert not (tmp_path / "unused" / "cache-manager.json").exists()

    asyncio.run(main())


def test_a_program_that_has_ended_answers_nothing_and_the_next_finds_what_was_kept() -> None:
    async def main() -> None:
        with WebServer(lambda received: Answer({"n": 1})) as server:
            async with Phone() as phone:
                url = server.url("/a")
                first = taropy.create("weapp", phone=phone)
                manager = first.createCacheManager(origin=server.origin, mode="always")
                manager.addRule("/a")
                await first.request(url=url)
                manager.on("request", lambda event: {"data": "of the first"})
                first.close()
                second = taropy.create("weapp", phone=phone)
                assert "fromCache" not in await second.request(url=url)
                manager = second.createCacheManager(origin=server.origin, mode="none")
                assert (manager.mode, manager.match({"url": url})) == ("none", None)
                manager.addRule("/a")
                assert manager.match({"url": url}).data.data.n == 1

    asyncio.run(main())


def test_a_program_that_has_ended_hears_nothing_of_the_network() -> None:
    heard: list[Any] = []
    with Phone() as phone:
        with taropy.create("weapp", phone=phone) as taro:
            taro.createCacheManager().on("enterWeakNetwork", heard.append)
            phone.network.weak = True
            phone.network.weak = False
        phone.network.weak = True
    assert len(heard) == 1


def test_the_responses_used_least_recently_go_first() -> None:
    async def main(here: Scene) -> None:
        manager = here.manager
        manager.addRule("/:n")
        rule = manager._rules["rule-1"]
        for number in range(MOST_KEPT):
            manager._keep(rule, here.event(f"/{number}"), {"data": number, "statusCode": 200})
        assert manager.match(here.event("/0")) is not None
        await here.ask("/new")
        assert manager.match(here.event("/0")) is not None
        assert manager.match(here.event("/1")) is None

    run(main)


@pytest.mark.parametrize("options", ["origin", 5, [], b"", print], ids=repr)
def test_options_that_are_none_are_refused(options: Any) -> None:
    with pytest.raises(
        NativeError, match="createCacheManager:fail parameter error: parameter should be Object instead"
    ):
        Phone().native("weapp").createCacheManager(options)


@pytest.mark.parametrize("name", ["deleteRule", "deleteCache"])
@pytest.mark.parametrize("id", [[], {}, None, 5], ids=repr)
def test_an_id_that_is_no_text_is_refused(name: str, id: Any) -> None:
    manager = Phone().native("weapp").createCacheManager()
    manager.addRule("/path")
    with pytest.raises(NativeError, match=f"{name}:fail parameter error: parameter should be String"):
        getattr(manager, name)(id)


@pytest.mark.parametrize("name", ["on", "off"])
@pytest.mark.parametrize("event", [[], {}, None, "weak"], ids=repr)
def test_an_event_that_there_is_not_is_refused(name: str, event: Any) -> None:
    manager = Phone().native("weapp").createCacheManager()
    with pytest.raises(NativeError, match=f"{name}:fail parameter error: there is no event"):
        getattr(manager, name)(event, print)
