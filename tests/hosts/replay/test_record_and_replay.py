"""A program that was recorded over a host does the same from its trace, without it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playing import (
    API,
    PLATFORMS,
    Later,
    everyday,
    fetching,
    lines,
    listening,
    played,
    recorded,
    served,
    turns,
    written,
)

import taropy
from taropy.hosts.replay import compare, note


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("program", [everyday, listening, fetching])
def test_a_program_does_from_its_trace_what_it_did_on_the_phone(platform: str, program: Any, tmp_path: Path) -> None:
    with served() as phone:
        on_phone = recorded(tmp_path / "t.jsonl", program, platform, phone=phone)
    assert played(tmp_path / "t.jsonl", program, platform) == on_phone
    assert played(tmp_path / "t.jsonl", program, platform) == on_phone, "a trace can be played again"


@pytest.mark.parametrize("platform", ["weapp", "alipay"])
def test_two_recordings_are_the_same_file(platform: str, tmp_path: Path) -> None:
    async def program(taro: Any) -> None:
        await taro.login()
        await taro.chooseImage(count=1)
        await fetching(taro)
        await everyday(taro)

    for name in ("one", "two"):
        with served() as phone:
            phone.clock.stop()
            recorded(tmp_path / f"{name}.jsonl", program, platform, phone=phone)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_a_plain_script_is_recorded_and_played_without_a_loop(tmp_path: Path) -> None:
    def script(taro: Any) -> list[Any]:
        taro.setStorageSync("name", "Ada")
        heard: list[Any] = []
        taro.onMemoryWarning(heard.append)
        network = taro.getNetworkType().result()
        return [network.networkType, taro.getStorage(key="name").result().data, heard]

    with taropy.create("weapp", host="record", trace=tmp_path / "t.jsonl") as taro:
        on_phone = script(taro)
    with taropy.create("weapp", host="replay", trace=tmp_path / "t.jsonl") as taro:
        assert script(taro) == on_phone
        assert taro.native.unmade == []


def test_what_a_host_lacks_is_lacking_in_the_replay_too(tmp_path: Path) -> None:
    async def program(taro: Any) -> Any:
        can = taro.canIUse("scanCode"), taro.canIUse("getNetworkType")
        try:
            taro.scanCode()
        except taropy.NotSupported as error:
            return can, error.reason
        return can, None

    native = SimpleNamespace(getNetworkType=lambda options: options["success"]({"networkType": "5g"}))
    assert recorded(tmp_path / "t.jsonl", program, over=native) == ((False, True), "host")
    assert played(tmp_path / "t.jsonl", program) == ((False, True), "host")


# --- order -------------------------------------------------------------------------------------------------------


def test_answers_come_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    async def program(taro: Any, answer: Any = turns) -> list[str]:
        order: list[str] = []
        calls = [taro.getNetworkType(), taro.getScreenBrightness(), taro.getStorage(key="a")]
        for name, call in zip("abc", calls, strict=True):
            call.then(lambda _, name=name: order.append(name))
        await answer()
        await asyncio.gather(*calls)
        return order

    native = Later()

    async def answer() -> None:
        for number in (2, 0, 1):
            await turns()
            native.succeed(number)

    assert recorded(tmp_path / "t.jsonl", lambda taro: program(taro, answer), over=native) == ["c", "a", "b"]
    assert played(tmp_path / "t.jsonl", program) == ["c", "a", "b"]


def test_an_event_between_two_answers_stays_between_them(tmp_path: Path) -> None:
    class Bench:
        def onMemoryWarning(self, listener: Any) -> None:
            self.listener = listener

        def getNetworkType(self, options: Any) -> None:
            loop = asyncio.get_running_loop()
            loop.call_soon(self.listener, {"level": 10})
            loop.call_later(0.001, options["success"], {"networkType": "5g"})

    async def program(taro: Any) -> list[Any]:
        order: list[Any] = []
        taro.onMemoryWarning(lambda event: order.append(event.level))
        order.append((await taro.getNetworkType()).networkType)
        order.append((await taro.getNetworkType()).networkType)
        return order

    assert recorded(tmp_path / "t.jsonl", program, over=Bench()) == [10, "5g", 10, "5g"]
    assert played(tmp_path / "t.jsonl", program) == [10, "5g", 10, "5g"]


def test_what_is_told_before_a_call_returns_is_told_then(tmp_path: Path) -> None:
    class Bench:
        def onMemoryWarning(self, listener: Any) -> None:
            listener({"level": 5})

    async def program(taro: Any) -> list[Any]:
        order: list[Any] = []
        taro.onMemoryWarning(lambda event: order.append(event.level))
        return [*order, "returned"]

    assert recorded(tmp_path / "t.jsonl", program, over=Bench()) == [5, "returned"]
    assert played(tmp_path / "t.jsonl", program) == [5, "returned"]


def test_a_listener_that_was_taken_off_is_the_one_that_was_put_on(tmp_path: Path) -> None:
    class Bench:
        def __init__(self) -> None:
            self.listeners: list[Any] = []

        def onMemoryWarning(self, listener: Any) -> None:
            self.listeners.append(listener)

        def offMemoryWarning(self, listener: Any) -> None:
            self.listeners.remove(listener)

        def vibrateShort(self, options: Any) -> None:
            for listener in self.listeners:
                listener({"level": len(self.listeners)})
            options["success"]({})

    async def program(taro: Any) -> list[Any]:
        one: list[Any] = []
        two: list[Any] = []
        taro.onMemoryWarning(one.append)
        taro.onMemoryWarning(two.append)
        await taro.vibrateShort()
        taro.offMemoryWarning(one.append)
        await taro.vibrateShort()
        return [len(one), len(two)]

    bench = Bench()
    assert recorded(tmp_path / "t.jsonl", program, over=bench) == [1, 2]
    assert len(bench.listeners) == 1
    assert played(tmp_path / "t.jsonl", program) == [1, 2]


# --- ways to answer ----------------------------------------------------------------------------------------------


class Promising:
    """A native object as a bridge has it: functions that give promises, tasks that are promises, errors as Errors."""

    class Task:
        def __init__(self) -> None:
            self.aborted = False

        def abort(self) -> None:
            self.aborted = True

        def __await__(self) -> Any:
            yield from asyncio.sleep(0).__await__()
            return {"statusCode": 200, "data": {"a": 1}}

    async def getNetworkType(self, options: Any) -> Any:
        await asyncio.sleep(0)
        return {"networkType": "5g"}

    async def getStorage(self, options: Any) -> Any:
        await asyncio.sleep(0)
        error = ValueError("no such key")
        error.errMsg = "getStorage:fail no such key"  # type: ignore[attr-defined]
        error.errCode = 7  # type: ignore[attr-defined]
        raise error

    def request(self, options: Any) -> Any:
        asyncio.get_running_loop().call_soon(options["success"], {"statusCode": 200, "data": {"a": 1}})
        return self.Task()

    def getSystemInfoSync(self) -> Any:
        raise OSError("the bridge is down")


def test_promises_and_errors_of_a_native_object_are_played_as_they_were(tmp_path: Path) -> None:
    async def program(taro: Any) -> list[Any]:
        told: list[Any] = [(await taro.getNetworkType()).networkType]
        for call in (lambda: taro.getStorage(key="k"), taro.getSystemInfoSync):
            try:
                await call()
            except taropy.TaroError as error:
                told.append((error.errMsg, error.errCode))
        told.append((await taro.request(url="https://a.example")).data.a)
        return told

    on_host = recorded(tmp_path / "t.jsonl", program, over=Promising())
    assert on_host == [
        "5g",
        ("getStorage:fail no such key", 7),
        ("getSystemInfoSync:fail the bridge is down", None),
        1,
    ]
    assert played(tmp_path / "t.jsonl", program) == on_host


def test_functions_that_taro_does_not_declare_are_recorded_like_others(tmp_path: Path) -> None:
    async def program(taro: Any) -> Any:
        return (await taro.getServerTime({})).time, taro.vendorsOwn(1)

    native = SimpleNamespace(
        getServerTime=lambda options: options["success"]({"time": 5}), vendorsOwn=lambda number: {"got": number}
    )
    assert recorded(tmp_path / "t.jsonl", program, "alipay", over=native) == (5, {"got": 1})
    assert played(tmp_path / "t.jsonl", program, "alipay") == (5, {"got": 1})


def test_managers_have_their_methods_properties_and_objects(tmp_path: Path) -> None:
    async def program(taro: Any) -> list[Any]:
        audio = taro.createInnerAudioContext()
        audio.volume = 0.5
        files = taro.getFileSystemManager()
        path = f"{taro.env.USER_DATA_PATH}/note.txt"
        files.writeFileSync(path, "hello", "utf8")
        read = await files.readFile(filePath=path)
        try:
            files.readFileSync(f"{path}.none")
        except taropy.TaroError as error:
            failure = error.errMsg
        same = taro.getFileSystemManager() is files
        return [audio.volume, bytes(read.data), failure, same, hasattr(audio, "play"), hasattr(audio, "nothing")]

    on_phone = recorded(tmp_path / "t.jsonl", program)
    assert on_phone[:2] == [0.5, b"hello"]
    assert played(tmp_path / "t.jsonl", program) == on_phone


def test_long_bytes_and_texts_are_beside_the_trace(tmp_path: Path) -> None:
    async def program(taro: Any) -> Any:
        await taro.setStorage(key="long", data="tea " * 5000)
        files = taro.getFileSystemManager()
        path = f"{taro.env.USER_DATA_PATH}/long.bin"
        files.writeFileSync(path, bytes(range(256)) * 100)
        return (await taro.getStorage(key="long")).data, bytes(files.readFileSync(path))

    file = tmp_path / "t.jsonl"
    on_phone = recorded(file, program)
    assert max(map(len, file.read_text("utf-8").splitlines())) < 2000
    assert len(list((tmp_path / "t.bytes").iterdir())) == 2, "what is the same is kept once"
    assert played(file, program) == on_phone
    recorded(file, everyday)
    assert not (tmp_path / "t.bytes").exists(), "what an earlier recording has left goes"


def test_values_that_json_has_not_come_back(tmp_path: Path) -> None:
    values = [float("inf"), float("-inf"), -0.0, 0, 1.5, True, None, "$", b"\x00\xff", {"$fn": 1, "$$": {"$bytes": 2}}]

    async def program(taro: Any) -> str:
        return repr((await taro.getStorage(key="k")).data)

    native = SimpleNamespace(getStorage=lambda options: options["success"]({"data": [*values, float("nan")]}))
    on_host = recorded(tmp_path / "t.jsonl", program, over=native)
    assert "nan" in on_host
    assert played(tmp_path / "t.jsonl", program) == on_host


# --- what is in the file -----------------------------------------------------------------------------------------


def test_secrets_are_masked_in_the_file_and_not_compared(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(secret: str) -> Any:
        async def run(taro: Any) -> Any:
            await taro.setStorage(key="token", data=secret)
            taro.setStorageSync("token", secret)
            await taro.request(
                url=f"{API}/teas", header={"Authorization": f"Bearer {secret}"}, data={"password": secret}
            )
            return (await taro.getStorage(key="token")).data, taro.getStorageSync("token")

        return run

    with served() as phone:
        assert recorded(file, program("k-4711"), phone=phone) == ("k-4711", "k-4711")
    assert "k-4711" not in file.read_text("utf-8")
    assert played(file, program("another")) == ("***", "***")
    with served() as phone:
        recorded(file, program("k-4711"), phone=phone, show_secrets=True)
    assert played(file, program("k-4711")) == ("k-4711", "k-4711")


def test_the_head_says_platform_host_and_if_wanted_the_day(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    recorded(file, everyday, "tt")
    assert lines(file)[0] == {"taropy-trace": 1, "platform": "tt", "host": "phone"}
    recorded(file, everyday, "tt", date=True)
    assert lines(file)[0].keys() == {"taropy-trace", "platform", "host", "date"}


def test_each_line_is_on_the_disk_when_it_has_happened(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    with taropy.create("weapp", host="record", trace=file) as taro:
        taro.setStorageSync("a", 1)
        assert lines(file)[-1] == {"call": 1, "name": "setStorageSync", "arguments": ["a", 1]}
    assert lines(file)[-1] == {"end": True}


def test_a_distance_is_written_where_the_host_has_taken_its_time(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    async def program(taro: Any) -> None:
        call = taro.getNetworkType()
        await turns()
        phone.clock.advance(0.27)
        native.succeed(0, networkType="5g")
        await call

    with taropy.Phone() as phone:
        phone.clock.stop()
        native = Later()
        with taropy.create("weapp", host="record", trace=file, phone=phone) as taro:
            vars(taro.native)["_inner"] = SimpleNamespace(getNetworkType=native.getNetworkType)
            taropy.run(lambda: program(taro))
    assert lines(file)[2] == {"call": 1, "success": {"networkType": "5g"}, "after": 200}


def test_the_native_object_is_not_written_on(tmp_path: Path) -> None:
    native = SimpleNamespace(getNetworkType=lambda options: options["success"]({"networkType": "5g"}))
    before = dict(vars(native))

    async def program(taro: Any) -> None:
        await taro.getNetworkType()

    recorded(tmp_path / "t.jsonl", program, over=native)
    assert vars(native) == before


def test_what_a_program_notes_stands_in_the_trace_and_is_passed_over(tmp_path: Path) -> None:
    async def program(taro: Any) -> Any:
        note(taro, "a person opens the door", {"at": "noon"}, b"key")
        return (await taro.getNetworkType()).networkType

    kept = recorded(tmp_path / "t.jsonl", program)
    assert lines(tmp_path / "t.jsonl")[1] == {
        "note": "a person opens the door",
        "with": [{"at": "noon"}, {"$bytes": "a2V5"}],
    }
    assert played(tmp_path / "t.jsonl", program) == kept
    assert compare(tmp_path / "t.jsonl").differing == ()


def test_what_was_done_to_the_letter_is_passed_over(tmp_path: Path) -> None:
    direct = [
        {"call": 1, "direct": "call", "name": "ask", "arguments": [{"success": {"$function": 1, "name": "heard"}}]},
        {"told": 1, "with": [{"$class": "TypeError", "error": True, "fields": {"message": "no"}}]},
        {"call": 1, "returned": {"$promise": True}},
        {"call": 1, "resolved": {"$undefined": True}},
        {"call": 2, "direct": "get", "of": 1, "name": "size", "arguments": [{"$result": 1, "at": "a.b"}]},
        {"call": 2, "returned": 1},
        {"call": 2, "returned": 2},
        {"call": 3, "name": "getNetworkType", "options": {}, "success": {"networkType": "wifi", "errMsg": "ok"}},
        {"end": True},
    ]
    file = written(tmp_path / "t.jsonl", *direct)

    async def program(taro: Any) -> Any:
        return (await taro.getNetworkType()).networkType

    assert played(file, program) == "wifi"
    assert compare(file, ignore=["getNetworkType"]).differing == ()


def test_only_a_page_can_be_asked_to_the_letter(tmp_path: Path) -> None:
    with (
        taropy.create("weapp", host="record", trace=tmp_path / "t.jsonl") as taro,
        pytest.raises(AttributeError, match='the host "page"'),
    ):
        taro.native.direct()


def test_a_recording_that_is_not_to_be_stable_has_names_and_moments_as_they_came(tmp_path: Path) -> None:
    async def program(taro: Any) -> Any:
        return (await taro.login()).code

    code = recorded(tmp_path / "t.jsonl", program, stable=False, show_secrets=True)
    assert lines(tmp_path / "t.jsonl")[1]["success"]["code"] == code
