"""Where a program does what its trace does not have, and which other orders of calls are no departure."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer
from types import SimpleNamespace
from typing import Any

import pytest
from playing import lines, played, recorded, turns, written

import taropy
from taropy.hosts.replay import DepartureWarning, ReplayError


def answering(**answers: Any) -> Any:
    """A native object whose functions succeed with these."""

    def function(answer: Any) -> Any:
        return lambda options: options["success"](answer)

    return SimpleNamespace(**{name: function(answer) for name, answer in answers.items()})


NATIVE = answering(
    getNetworkType={"networkType": "5g"}, getStorage={"data": 1}, getScreenBrightness={"value": 0.5}, setStorage={}
)


def asked(file: Path, program: Any) -> ReplayError:
    """Plays a program that departs, and gives what it is told."""
    with taropy.create("weapp", host="replay", trace=file) as taro:
        with pytest.warns(DepartureWarning) as warned, pytest.raises(ReplayError) as caught:
            taropy.run(lambda: program(taro))
        assert taro.native.departures == [caught.value]
        assert str(warned[0].message) == str(caught.value)
    return caught.value


def test_other_options_are_shown_beside_those_that_were_recorded(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(**options: Any) -> Any:
        async def run(taro: Any) -> None:
            await taro.getNetworkType()
            await taro.setStorage(**options)

        return run

    recorded(file, program(key="cart", data={"teas": [1, 2], "note": "x"}), over=NATIVE)
    error = asked(file, program(key="cart", data={"teas": [1, 3], "more": True}))
    assert (error.api, error.call, error.line) == ("setStorage", 2, 3)
    assert error.errMsg == (
        f"setStorage:fail call 2 departs from {file}, line 3: data.more: true is asked, nothing was recorded; "
        'data.note: nothing is asked, "x" was recorded; data.teas[1]: 3 is asked, 2 was recorded'
    )


def test_a_text_is_not_the_number_and_true_is_not_1(tmp_path: Path) -> None:
    for recorded_data, asked_data in ((1, "1"), (True, 1), (None, 0), ([1], [1, 1]), (b"a", b"b")):
        file = tmp_path / "t.jsonl"

        def program(data: Any) -> Any:
            return lambda taro: taro.setStorage(key="k", data=data)

        recorded(file, program(recorded_data), over=NATIVE)
        assert "is asked" in asked(file, program(asked_data)).errMsg
        assert played(file, program(recorded_data)) is not None


def test_a_call_that_was_not_recorded_is_told_with_what_comes_next(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    recorded(file, lambda taro: taro.getNetworkType(), over=NATIVE)

    async def more(taro: Any) -> None:
        await taro.scanCode()

    error = asked(file, more)
    assert error.errMsg == (
        f"scanCode:fail call 1 departs from {file}: the recording does not have it, and the next in it is call 1, "
        "getNetworkType (line 2)"
    )
    assert error.line is None


def test_more_calls_than_recorded_are_told_with_how_many_there_were(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(times: int) -> Any:
        async def run(taro: Any) -> None:
            for _ in range(times):
                await taro.getNetworkType()

        return run

    recorded(file, program(2), over=NATIVE)
    error = asked(file, program(3))
    assert error.call == 3
    assert "the recording has it 2 times, and after line 3, it ends there" in error.errMsg
    file.write_text("".join(f"{line}\n" for line in file.read_text("utf-8").splitlines()[:-1]))
    assert "after line 3, it was cut off there" in asked(file, program(3)).errMsg


def test_fewer_calls_are_the_unmade_ones(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    async def two(taro: Any) -> None:
        await taro.getNetworkType()
        await taro.getStorage(key="a")

    recorded(file, two, over=NATIVE)
    with taropy.create("weapp", host="replay", trace=file) as taro:
        assert taro.native.unmade == ["call 1, getNetworkType (line 2)", "call 2, getStorage (line 3)"]
        taropy.run(taro.getNetworkType())
        assert taro.native.unmade == ["call 2, getStorage (line 3)"]
        assert taro.native.departures == []


def test_a_departure_is_warned_of_though_the_program_handles_it(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    recorded(file, lambda taro: taro.setStorage(key="a", data=1), over=NATIVE)

    async def program(taro: Any) -> str:
        try:
            await taro.setStorage(key="a", data=2)
        except taropy.TaroError as error:
            return error.errMsg
        return ""

    with taropy.create("weapp", host="replay", trace=file) as taro:
        with pytest.warns(DepartureWarning, match="data: 2 is asked, 1 was recorded") as warned:
            assert "departs" in taropy.run(lambda: program(taro))
        assert taro.native.departures[0].place[0] == warned[0].filename == __file__


def test_the_program_goes_on_after_a_departure_with_the_calls_that_follow(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(key: str) -> Any:
        async def run(taro: Any) -> list[str]:
            outcomes = []
            for each in ("a", key, "c"):
                promise = taro.getStorage(key=each)
                outcomes.append(await promise.then(lambda _: "answered", lambda _: "departed"))
            return outcomes

        return run

    recorded(file, program("b"), over=NATIVE)
    with taropy.create("weapp", host="replay", trace=file) as taro:
        with pytest.warns(DepartureWarning):
            assert taropy.run(lambda: program("other")(taro)) == ["answered", "departed", "answered"]
        assert len(taro.native.departures) == 1
        assert taro.native.unmade == []


def test_a_property_that_is_set_otherwise_departs(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(volume: float) -> Any:
        async def run(taro: Any) -> None:
            taro.createInnerAudioContext().volume = volume

        return run

    recorded(file, program(0.5), over=SimpleNamespace(createInnerAudioContext=lambda: SimpleNamespace(volume=1)))
    assert "the value: 0.25 is asked, 0.5 was recorded" in asked(file, program(0.25)).errMsg


# --- other orders -------------------------------------------------------------------------------------------------


def test_calls_of_different_functions_may_come_in_another_order(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    async def one(taro: Any) -> Any:
        network = (await taro.getNetworkType()).networkType
        return network, (await taro.getScreenBrightness()).value

    async def other(taro: Any) -> Any:
        brightness = (await taro.getScreenBrightness()).value
        return (await taro.getNetworkType()).networkType, brightness

    assert recorded(file, one, over=NATIVE) == played(file, other)


def test_calls_of_one_function_that_were_open_together_may_change_places(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(*keys: str) -> Any:
        async def run(taro: Any) -> dict[str, Any]:
            results = await asyncio.gather(*(taro.getStorage(key=key) for key in keys))
            return {key: result.data for key, result in zip(keys, results, strict=True)}

        return run

    def later(options: Any) -> None:
        asyncio.get_running_loop().call_soon(options["success"], {"data": f"of {options['key']}"})

    on_host = recorded(file, program("a", "b", "c"), over=SimpleNamespace(getStorage=later))
    assert played(file, program("c", "a", "b")) == on_host


def test_calls_of_one_function_that_followed_each_other_may_not(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(*keys: str) -> Any:
        async def run(taro: Any) -> None:
            for key in keys:
                await taro.getStorage(key=key)

        return run

    recorded(file, program("a", "b"), over=NATIVE)
    assert 'key: "b" is asked, "a" was recorded' in asked(file, program("b", "a")).errMsg


def test_who_waits_for_an_answer_before_the_calls_that_came_before_it_gets_it_all_the_same(tmp_path: Path) -> None:
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "getNetworkType", "options": {}},
        {"call": 2, "name": "getScreenBrightness", "options": {}},
        {"call": 1, "success": {"networkType": "5g"}},
        {"call": 2, "success": {"value": 1}},
        {"end": True},
    )

    async def program(taro: Any) -> Any:
        network = await taro.getNetworkType()  # for which it waits, in place of calling the other first
        return network.networkType, (await taro.getScreenBrightness()).value

    assert played(file, program) == ("5g", 1)


def test_times_and_ports_of_this_computer_are_no_departure(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(time: int, port: int, day: str) -> Any:
        async def run(taro: Any) -> None:
            data = {"timestamp": time, "url": f"http://127.0.0.1:{port}/x", "at": day}
            await taro.setStorage(key="k", data=data)

        return run

    recorded(file, program(1_760_000_000_000, 4711, "2026-01-31T12:00:00Z"), over=NATIVE)
    played(file, program(1_790_000_000_000, 4712, "2026-02-01T13:30:00Z"))
    assert "timestamp: 5 is asked" in asked(file, program(5, 4712, "2026-02-01T13:30:00Z")).errMsg


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("wxfile://tmp_1.png", "wxfile://tmp_2.png"),
        ("65a1b2c3d4e5f60718293a4b", "75a1b2c3d4e5f60718293a4b"),
        ("1f8a7a52-5f0e-4a53-9a57-0e8f8c0b7f11", "2f8a7a52-5f0e-4a53-9a57-0e8f8c0b7f11"),
    ],
)
def test_another_file_or_id_is_a_departure_unless_it_is_ignored(one: str, other: str, tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    def program(name: str) -> Any:
        return lambda taro: taro.setStorage(key="k", data={"of": name})

    recorded(file, program(one), over=NATIVE)
    assert f'data.of: "{other}" is asked' in asked(file, program(other)).errMsg
    with taropy.create("weapp", host="replay", trace=file, ignore=["setStorage.data.of"]) as taro:
        taropy.run(lambda: program(other)(taro))
        assert taro.native.departures == []


# --- answers that never came -------------------------------------------------------------------------------------


def test_a_call_that_had_no_answer_when_the_recording_ended_fails(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    with taropy.create("weapp", host="record", over=SimpleNamespace(login=lambda _: None), trace=file) as taro:
        taropy.run(lambda: left(taro))
    assert lines(file)[1:] == [{"call": 1, "name": "login", "options": {}}, {"end": True}]

    async def waiting(taro: Any) -> str:
        try:
            await taro.login()
        except ReplayError as error:
            return error.departure
        return ""

    assert played(file, waiting) == f"call 1 of {file}, line 2, has no answer there: it ends there"


async def left(taro: Any) -> None:
    """A program that does not wait for its call."""
    taro.login()
    await turns()
    taro.close()


def test_what_functions_were_told_by_a_recording_that_was_cut_off_is_told_and_then_no_more(tmp_path: Path) -> None:
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "onMemoryWarning", "arguments": [{"$function": 1}]},
        {"told": 1, "with": [{"level": 5}]},
    )

    async def program(taro: Any) -> list[Any]:
        heard: list[Any] = []
        taro.onMemoryWarning(lambda event: heard.append(event.level))
        await turns(20)
        return heard

    assert played(file, program) == [5]


# --- the end -----------------------------------------------------------------------------------------------------


def test_what_the_runtime_ends_for_the_program_is_neither_recorded_nor_compared(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    aborted: list[str] = []

    def request(options: Any) -> Any:
        return SimpleNamespace(abort=lambda: aborted.append(options["url"]))

    async def program(taro: Any) -> None:
        taro.request(url="https://a.example").catch(lambda _: None)
        await turns()
        taro.close()

    recorded(file, program, over=SimpleNamespace(request=request))
    assert aborted == ["https://a.example"]
    assert [line.get("name") for line in lines(file)[1:]] == ["request", None]
    played(file, program)


@pytest.mark.parametrize("answers", [True, False])
def test_no_task_is_left_behind(answers: bool, tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    class Bench:
        async def getNetworkType(self, options: Any) -> Any:
            if not answers:
                await asyncio.get_running_loop().create_future()
            return {"networkType": "5g"}

    async def program(taro: Any) -> int:
        taro.getNetworkType().catch(lambda _: None)
        await turns()
        taro.close()
        await turns()
        return len(asyncio.all_tasks())

    with taropy.create("weapp", host="record", over=Bench(), trace=file) as taro:
        asyncio.run(program(taro))
    with taropy.create("weapp", host="replay", trace=file) as taro:
        assert asyncio.run(program(taro)) == 1


def test_a_listener_that_raises_does_not_end_the_telling(tmp_path: Path) -> None:
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "onVendorsOwn", "arguments": [{"$function": 1}]},
        {"told": 1, "with": [1]},
        {"told": 1, "with": [2]},
    )

    async def program(taro: Any) -> list[int]:
        heard: list[int] = []

        def hear(number: int) -> None:
            heard.append(number)
            if number == 1:
                raise RuntimeError("raised by the listener")

        asyncio.get_running_loop().set_exception_handler(lambda *_: None)
        taro.onVendorsOwn(hear)
        await turns(20)
        return heard

    assert played(file, program) == [1, 2]


def test_calls_of_several_threads_are_each_told_their_answers(tmp_path: Path) -> None:
    def program(taro: Any) -> list[Any]:
        def ask(number: int) -> Any:
            return taro.getStorage(key=str(number)).result().data

        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(ask, range(8)))

    def later(options: Any) -> None:
        Timer(0.001, options["success"], [{"data": f"of {options['key']}"}]).start()

    native = SimpleNamespace(getStorage=later)
    file = tmp_path / "t.jsonl"
    with taropy.create("weapp", host="record", over=native, trace=file) as taro:
        on_host = program(taro)
    assert on_host == [f"of {number}" for number in range(8)]
    call = {"name": "getNetworkType", "options": {}, "success": {"networkType": "5g"}}
    written(file, *({"call": number, **call} for number in range(1, 9)))
    with taropy.create("weapp", host="replay", trace=file) as taro, ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(lambda: taro.getNetworkType().result().networkType) for _ in range(8)]
        assert [each.result(timeout=20) for each in asked] == ["5g"] * 8
