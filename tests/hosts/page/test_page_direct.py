"""A page's own functions to the letter, `Taro.native.direct()`: with a page in Python, and in Chromium."""

from __future__ import annotations

import asyncio
import gc
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from peer import LATER, ORIGIN, URL, Fails, Page, until, waiting, with_message

import taropy
from taropy.hosts.js_values import UNDEFINED, Blob, Instance, JsError
from taropy.hosts.page.direct import Call, Direct, Function
from taropy.hosts.replay import note

HERE = Path(__file__).parent
PROMISE = {"$": "h", "n": 1, "c": "Promise", "m": {}, "t": 1}


@pytest.fixture
def taro() -> Iterator[taropy.Taro]:
    with waiting() as made:
        yield made


class Told:
    """What a page tells, in its order."""

    def __init__(self, page: Direct) -> None:
        self.log: list[Any] = []
        page.listen(self)

    def made(self, call: Call) -> None:
        self.log.append(("made", call.kind, call.name))

    def came(self, call: Call, what: str, value: Any) -> None:
        self.log.append((call.name, what, value))

    def told(self, function: Function, arguments: tuple[Any, ...]) -> None:
        self.log.append((getattr(function.told, "__name__", None), *arguments))


# --- with a page in Python -------------------------------------------------------------------------------------------


def test_a_call_gives_what_its_promise_comes_to(taro: taropy.Taro) -> None:
    @with_message
    def login(page: Page, number: int, options: Any, end: int, untold: bool) -> Any:
        page.say(["ok", number, PROMISE], ["ok", end, {"code": options["as"]}])
        return LATER

    async def main() -> Any:
        return await taro.native.direct().api.login({"as": "tea"})

    with Page(taro, {"login": login}):
        assert taropy.run(main) == {"code": "tea"}


def test_what_a_call_returns_is_used_before_the_page_has_answered(taro: taropy.Taro) -> None:
    async def main(page: Page) -> None:
        direct = taro.native.direct()
        task = direct.api.request({"url": "/"})
        task.channel.abort("now")
        await asyncio.sleep(0)
        await asyncio.to_thread(page.wait_for, lambda: len(page.said) == 2)
        asked, aborted = page.said
        assert aborted[2:5] == [{"$": "r", "n": -asked[1], "at": ["channel"]}, "abort", ["now"]]

    with Page(taro, {"request": lambda options: LATER, "it.channel.abort": lambda when: LATER}) as page:
        taropy.run(main(page))


def test_options_go_as_they_are_callbacks_and_undefined_too(taro: taropy.Taro) -> None:
    def heard(value: Any) -> None:
        calls.append(value)

    @with_message
    def ask(page: Page, number: int, options: Any, end: int, untold: bool) -> Any:
        page.tell(options["fail"], {"at": {"$": "u", "x": 1}})
        page.tell(options["complete"], None)
        return {"$": "u", "x": 1}

    async def main(page: Page) -> None:
        direct = taro.native.direct()
        returned = await direct.api.ask({"a": UNDEFINED, "b": None, "fail": heard, "complete": heard})
        assert returned is UNDEFINED
        assert calls == [{"at": UNDEFINED}, None]
        options = page.said[0][4][0]
        assert options["a"] == {"$": "u"}
        assert options["b"] is None
        assert options["fail"] == options["complete"]

    calls: list[Any] = []
    with Page(taro, {"ask": ask}) as page:
        taropy.run(main(page))


def test_errors_and_instances_tell_their_class(taro: taropy.Taro) -> None:
    def refuse() -> None:
        raise Fails({"$": "k", "c": "TypeError", "e": 1, "v": {"message": "no tea"}})

    async def main() -> None:
        page = taro.native.direct()
        with pytest.raises(JsError, match="no tea") as told:
            await page.api.refuse()
        assert isinstance(told.value.value, Instance)
        assert (told.value.value.class_name, told.value.value.is_error) == ("TypeError", True)
        with pytest.raises(JsError, match="no such function"):
            await page.api.nothing()

    with Page(taro, {"refuse": refuse}):
        taropy.run(main)


def test_all_that_comes_is_told_in_the_order_in_which_it_came(taro: taropy.Taro) -> None:
    @with_message
    def ask(page: Page, number: int, options: Any, end: int, untold: bool) -> Any:
        page.tell(options["success"], 1)
        page.say(["ok", number, PROMISE])
        page.tell(options["complete"], 1)
        page.say(["fail", end, {"errMsg": "ask:fail"}])
        page.tell(options["complete"], 2)
        return LATER

    async def main() -> None:
        page = taro.native.direct()
        told = Told(page)

        def done(value: Any) -> None: ...

        page.api.ask({"success": done, "complete": done})
        await until(lambda: len(told.log) == 6)
        assert [entry[:2] for entry in told.log] == [
            ("made", "call"), ("done", 1), ("ask", "returned"), ("done", 1), ("ask", "rejected"), ("done", 2),
        ]  # fmt: skip

    with Page(taro, {"ask": ask}):
        taropy.run(main)


def test_a_page_that_goes_ends_a_call_and_its_promise_once(taro: taropy.Taro) -> None:
    @with_message
    def ask(page: Page, number: int, how: str, end: int, untold: bool) -> Any:
        if how == "promise":
            page.say(["ok", number, PROMISE])
        return LATER

    async def main(page: Page) -> None:
        direct = taro.native.direct()
        told = Told(direct)
        silent, promised = direct.api.ask("nothing"), direct.api.ask("promise")
        await direct.returned(promised)
        await asyncio.to_thread(page.close)
        for each in (silent, promised):
            with pytest.raises(JsError, match="the page is gone"):
                await each
        assert [what for _, what, _ in told.log if what in ("threw", "rejected")] == ["threw", "rejected"]

    with Page(taro, {"ask": ask}) as page:
        taropy.run(main(page))


def test_what_nobody_refers_to_any_more_is_let_go(taro: taropy.Taro) -> None:
    async def main(page: Page) -> None:
        direct = taro.native.direct()
        for _ in range(3):
            await direct.api.ask()
        numbers = {-message[1] for message in page.said}
        while not numbers <= {number for number, _ in page.freed}:
            gc.collect()
            await direct.api.ask()  # with which the page is told

    with Page(taro, {"ask": lambda: 1}) as page:
        taropy.run(main(page))


def test_what_a_function_does_travels_with_it(taro: taropy.Taro) -> None:
    async def main(page: Page) -> None:
        direct = taro.native.direct()
        link = direct.function(does=lambda chain: chain.proceed(chain.parameters, b"leaf"))
        assert page.said == []
        await direct.api.intercept(link)
        kept, (_, _, _, _, (given,), _, _) = page.said
        assert kept[0] == "keep"
        (step,) = given["x"]["does"]
        argument = {"$": "r", "n": -given["n"], "at": ["parameters"]}
        bytes_ = {"$": "r", "n": -kept[1], "at": []}
        assert step[0] == "call"
        assert step[2:5] == [{"$": "r", "n": -given["n"], "at": []}, "proceed", [argument, bytes_]]
        assert given["x"]["gives"] == {"$": "r", "n": -step[1], "at": []}

    with Page(taro, {"intercept": lambda link: None}) as page:
        taropy.run(main(page))


def test_a_trace_has_it_to_the_letter_and_what_is_noted(tmp_path: Path) -> None:
    @with_message
    def ask(page: Page, number: int, options: Any, end: int, untold: bool) -> Any:
        page.tell(options["success"], {"$": "k", "c": "Event", "v": {"type": "open"}})
        page.say(["ok", number, PROMISE], ["ok", end, {"$": "u", "x": 1}])
        return LATER

    async def main(taro: taropy.Taro) -> None:
        page = taro.native.direct()

        def opened(event: Any) -> None: ...

        note(taro, "a person waits", {"for": "tea"})
        task = page.api.ask({"success": opened, "key": "k"})
        assert await task is UNDEFINED
        await page.get(page.outcome(task).size)

    file = tmp_path / "t.jsonl"
    made = taropy.create("weapp", host="record", over="page", trace=file, url=URL, patience=5_000)
    with made as taro, Page(taro, {"ask": ask, "size": 3}, origin=ORIGIN):
        taropy.run(main(taro))
    head, *lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert head["host"] == "page"
    assert [{name: line[name] for name in line if name != "after"} for line in lines] == [
        {"note": "a person waits", "with": [{"for": "tea"}]},
        {"call": 1, "direct": "call", "name": "ask", "arguments": [
            {"key": "k", "success": {"$function": 1, "name": "opened"}},
        ]},
        {"told": 1, "with": [{"$class": "Event", "fields": {"type": "open"}}]},
        {"call": 1, "returned": {"$promise": True}},
        {"call": 1, "resolved": {"$undefined": True}},
        {"call": 2, "direct": "get", "of": 1, "name": "size"},
        {"call": 2, "returned": 3},
        {"end": True},
    ]  # fmt: skip


def test_a_trace_has_a_mask_for_what_is_kept_under_a_secret_s_name(tmp_path: Path) -> None:
    @with_message
    def read(page: Page, number: int, options: Any, end: int, untold: bool) -> Any:
        page.tell(options["success"], {"data": "k-7f3a", "errMsg": "getStorage:ok"})
        page.say(["ok", number, PROMISE], ["ok", end, {"data": "k-7f3a", "errMsg": "getStorage:ok"}])
        return LATER

    async def main(taro: taropy.Taro) -> None:
        page = taro.native.direct()
        page.api.setStorageSync("token", "k-7f3a")
        assert await page.api.getStorageSync("token") == "k-7f3a"
        task = page.api.getStorage({"key": "token", "success": lambda result: None})
        await task
        await page.get(page.outcome(task).data)

    file = tmp_path / "t.jsonl"
    members = {"setStorageSync": lambda *given: None, "getStorageSync": lambda key: "k-7f3a", "getStorage": read}
    made = taropy.create("weapp", host="record", over="page", trace=file, url=URL, patience=5_000)
    with made as taro, Page(taro, {**members, "data": "k-7f3a"}, origin=ORIGIN):
        taropy.run(main(taro))
    text = file.read_text("utf-8")
    assert "k-7f3a" not in text
    assert text.count("getStorage:ok") == 2


# --- in Chromium ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[taropy.Taro]:
    folder = tmp_path_factory.mktemp("small")
    shutil.copy(HERE / "small.html", folder / "index.html")
    with taropy.create("h5", host="page", url=str(folder), launch=True) as made:
        yield made


@pytest.fixture
def page(small: taropy.Taro) -> Direct:
    return small.native.direct()  # type: ignore[no-any-return]


@pytest.mark.browser
def test_undefined_is_not_null_and_a_class_is_told(page: Direct) -> None:
    async def main() -> None:
        values = await page.api.values()
        assert (values["undefined"], values["null"]) == (UNDEFINED, None)
        assert values["list"][0] is UNDEFINED
        assert (await page.api.rect()).class_name == "DOMRect"
        message = await page.api.message()
        assert (message.class_name, message["data"]) == ("MessageEvent", {"leaf": [1]})
        assert isinstance((await page.api.blobMessage())["data"], Blob)
        error = await page.api.error()
        assert (error.class_name, error.is_error) == ("TypeError", True)
        assert error == {"message": "no tea", "errCode": 7}
        functions = await page.api.functions()
        assert functions["nested"]["name"] == "n"
        assert await page.api.gives({"a": UNDEFINED, "success": lambda: None}) == ["a", "success"]

    taropy.run(main)


@pytest.mark.browser
def test_callbacks_are_those_that_were_given_and_come_before_what_is_returned(page: Direct) -> None:
    told = Told(page)

    async def main() -> None:
        def complete(value: Any) -> None: ...

        await page.api.option({"how": "success", "success": lambda value: None, "complete": complete})
        with pytest.raises(JsError, match="fail is not a function"):
            await page.api.option({"how": "twice", "success": lambda value: None})

    taropy.run(main)
    kinds = [entry[:2] if entry[0] == "made" else entry[0] for entry in told.log]
    assert kinds[:4] == [("made", "call"), "<lambda>", "complete", "option"]
    assert told.log[-1][:2] == ("option", "threw")


@pytest.mark.browser
def test_nothing_happens_in_the_page_between_what_is_done_in_one_turn(page: Direct) -> None:
    told = Told(page)

    async def main() -> None:
        first = page.api.resolves(1)
        page.api.hang(30)  # by then the first one's time is over
        await asyncio.gather(first, page.api.writes())

    taropy.run(main)
    came = [(name, what) for name, what, _ in told.log if what in ("returned", "resolved")]
    assert came == [("resolves", "returned"), ("hang", "returned"), ("writes", "returned"), ("resolves", "resolved")]


@pytest.mark.browser
def test_what_a_call_comes_to_has_its_methods_and_properties(page: Direct) -> None:
    async def main() -> None:
        audio = page.api.audio()
        page.set(audio.volume, 0.5)
        ended: list[Any] = []
        audio.onEnded(ended.append)
        audio.end()
        assert await audio.play() == "plays"
        assert await audio.volume == 0.5
        assert await audio.duration == 4.5
        assert ended == [{"after": 4.5}]
        with pytest.raises(JsError, match="undefined"):
            await audio.nothing.more
        made = page.new(page.api.Tea)
        assert (await page.api.echo(made)).class_name == "Tea"
        slow = page.api.resolves({"kept": [7]})
        await slow
        assert await page.outcome(slow).kept[0] == 7

    taropy.run(main)


@pytest.mark.browser
def test_a_function_does_something_in_the_page_at_once_and_gives_something(page: Direct) -> None:
    async def main() -> None:
        functions = page.api.functions()
        told = Told(page)
        twice = page.function(lambda value: None, does=lambda value: functions.nested.twice(value))
        page.api.onTold(twice)
        await page.api.tell(4)
        await page.api.tell(5)
        assert [value for name, what, *value in told.log if (name, what) == ("twice", "returned")] == [[8], [10]]
        given = page.api.echo(page.function(does=lambda value: {"of": value, "leaf": b"x"}))
        assert await page.call(given, 3) == {"of": 3, "leaf": b"x"}
        with pytest.raises(JsError, match="too hot") as failed:
            await page.call(page.api.echo(page.function(throws="too hot")))
        assert failed.value.value.class_name == "Error"
        missing = page.api.echo(page.function(does=lambda value: value.nothing.more()))
        assert await page.call(missing, {}) is UNDEFINED  # what it does fails by itself
        page.api.offTold(twice)

    taropy.run(main)


@pytest.mark.browser
def test_a_page_is_opened_in_a_new_tab_at_another_place(small: taropy.Taro, page: Direct) -> None:
    gone = small.phone.gone
    kept = page.function(does=lambda value: value)
    small.phone.open("#tea")
    assert small.phone.gone == gone + 1
    assert small.phone.browser.page.url.endswith("/#tea")
    assert taropy.run(lambda: page.api.echo(1)) == 1
    with pytest.raises(JsError, match="made for a page that is gone"):
        taropy.run(lambda: page.api.echo(kept))
