"""What was recorded, played on the phone: where it differs, and what is no difference."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playing import PLATFORMS, ROOM, everyday, fetching, listening, recorded, served, written

import taropy
from taropy.hosts.replay import TraceError, compare
from taropy.hosts.replay.recorder import Recorder


def differing(file: Path, **options: Any) -> list[str]:
    """Where the phone differs, as it is printed."""
    return list(map(str, compare(file, **options).differing))


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("program", [everyday, listening, fetching])
def test_the_phone_does_what_the_phone_did(platform: str, program: Any, tmp_path: Path) -> None:
    with served() as phone:
        recorded(tmp_path / "t.jsonl", program, platform, phone=phone)
    comparison = compare(tmp_path / "t.jsonl")  # for which the server of the trace is enough
    assert list(map(str, comparison.differing)) == []
    assert comparison.calls >= 4


def test_a_field_that_is_another_is_shown_beside_that_of_the_phone(tmp_path: Path) -> None:
    async def program(taro: Any) -> None:
        await taro.getNetworkType()
        await taro.getStorageInfo()

    native = SimpleNamespace(
        getNetworkType=lambda options: options["success"]({"networkType": "4g", "errMsg": "getNetworkType:ok"}),
        getStorageInfo=lambda options: options["success"](
            {"keys": ["a"], "currentSize": 1, "limitSize": 10240, "errMsg": "getStorageInfo:ok"}
        ),
    )
    recorded(tmp_path / "t.jsonl", program, over=native)
    network, storage = differing(tmp_path / "t.jsonl")
    assert network.splitlines() == [
        "call 1  getNetworkType (line 2)",
        "    hasSystemProxy: nothing was recorded, false is on the phone",
        '    networkType: "4g" was recorded, "wifi" is on the phone',
        "    signalStrength: nothing was recorded, -50 is on the phone",
    ]
    assert storage.splitlines() == [
        "call 2  getStorageInfo (line 3)",
        "    currentSize: 1 was recorded, 0 is on the phone",
        '    keys: ["a"] was recorded, [] is on the phone',
    ]


def test_what_is_ignored_does_not_count(tmp_path: Path) -> None:
    native = SimpleNamespace(getNetworkType=lambda options: options["success"]({"networkType": "4g", "errMsg": "x:ok"}))
    file = tmp_path / "t.jsonl"
    recorded(file, lambda taro: taro.getNetworkType(), over=native)
    assert differing(file, ignore=["getNetworkType"]) == []
    assert differing(file, ignore=["getNetworkType.*"]) == []
    assert len(differing(file, ignore=["*.signalStrength", "*.hasSystemProxy", "*.errMsg"])[0].splitlines()) == 2


def test_a_failure_in_place_of_a_success_is_shown_whole(tmp_path: Path) -> None:
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "getStorage", "options": {"key": "a"}, "success": {"data": 1, "errMsg": "getStorage:ok"}},
        {"call": 2, "name": "getStorageSync", "arguments": ["b"], "returned": "x"},
        {"call": 3, "name": "getBLEDeviceServices", "options": {}, "fail": {"errMsg": "getBLEDeviceServices:fail"}},
    )
    first, second, third = differing(file)
    assert first.splitlines()[1:] == [
        '    recorded: it succeeds with {"data": 1, "errMsg": "getStorage:ok"}',
        '    on the phone: it fails with {"errMsg": "getStorage:fail data not found"}',
    ]
    assert second.splitlines()[1:] == ['    value: "x" was recorded, "" is on the phone']
    assert third.startswith("call 3  getBLEDeviceServices (line 4)")


def test_what_the_phone_throws_is_shown_and_a_fault_in_the_comparison_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "getFileSystemManager", "returned": {"$object": 1, "kind": "M", "has": ["readFileSync"]}},
        {"call": 2, "on": 1, "name": "readFileSync", "arguments": ["wxfile://usr/none"], "returned": "x"},
    )
    (difference,) = differing(file)
    assert difference.splitlines()[1] == '    recorded: it returns "x"'
    assert "    on the phone: it throws " in difference

    def outgoing(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Recorder, "_outgoing", outgoing)
    with pytest.raises(ZeroDivisionError):
        compare(file)


def test_functions_and_objects_that_the_phone_lacks_are_told(tmp_path: Path) -> None:
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "vendorsOwn", "returned": {"$object": 1, "kind": "Own", "has": ["go"]}},
        {"call": 2, "on": 1, "name": "go"},
    )
    assert differing(file) == [
        "call 1  vendorsOwn (line 2)\n    the phone does not have it",
        "call 2  go (line 3)\n    the phone has not given the object that it is called on",
    ]


@pytest.mark.parametrize("confirm", [True, False])
def test_the_person_answers_as_the_recorded_one(confirm: bool, tmp_path: Path) -> None:
    async def program(taro: Any) -> None:
        await taro.showModal(title="Sure?")
        for call in (lambda: taro.showActionSheet(itemList=["a", "b"]), taro.getLocation):
            with suppress(taropy.TaroError):
                await call()

    with taropy.Phone() as phone:
        phone.person.script("modal", confirm=confirm, cancel=not confirm)
        phone.person.script("action sheet", **({"tapIndex": 1} if confirm else {"cancel": True}))
        phone.person.script("authorize", allow=confirm)
        recorded(tmp_path / "t.jsonl", program, phone=phone)
    assert differing(tmp_path / "t.jsonl") == []


def test_an_event_that_does_not_come_is_told_once(tmp_path: Path) -> None:
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "onMemoryWarning", "arguments": [{"$function": 1}]},
        {"told": 1, "with": [{"level": 5}]},
        {"told": 1, "with": [{"level": 10}]},
    )
    assert differing(file, patience=0.01) == [
        'onMemoryWarning (line 3)\n    told {"level": 5}, and nothing on the phone'
    ]


def test_properties_are_compared_as_they_were_read(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    async def program(taro: Any) -> None:
        audio = taro.createInnerAudioContext()
        audio.volume = 0.5
        assert audio.volume == 0.5
        assert audio.loop is False

    recorded(file, program)
    assert differing(file) == []
    file.write_text(
        file.read_text("utf-8").replace('"get": "loop", "on": 1, "value": false', '"get": "loop", "on": 1, "value": 1')
    )
    assert differing(file) == ["loop (line 5)\n    value: 1 was recorded, false is on the phone"]


def test_what_was_still_open_when_the_recording_ended_says_nothing(tmp_path: Path) -> None:
    file = written(tmp_path / "t.jsonl", {"call": 1, "name": "getNetworkType", "options": {}})
    assert differing(file) == []


def test_files_that_are_named_anew_in_each_run_are_found_on_the_phone(tmp_path: Path) -> None:
    async def program(taro: Any) -> int:
        chosen = await taro.chooseImage(count=1)
        information = await taro.getImageInfo(src=chosen.tempFilePaths[0])
        data = taro.getFileSystemManager().readFileSync(chosen.tempFilePaths[0])
        return information.width * len(data)

    assert recorded(tmp_path / "t.jsonl", program) > 0
    assert differing(tmp_path / "t.jsonl") == []


def test_requests_can_be_answered_from_a_recording_of_requests(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    with served() as phone:
        recorded(file, lambda taro: taro.request(url="https://api.example.com/teas"), phone=phone)
    assert "net::" in differing(file, har=_har(tmp_path))[0]


def _har(folder: Path) -> Path:
    """A recording with nothing in it: every request fails."""
    (folder / "none.har").write_text('{"log": {"version": "1.2", "entries": []}}')
    return folder / "none.har"


def test_names_that_are_drawn_count_as_the_same_and_digests_do_not(tmp_path: Path) -> None:
    def native(mark: str) -> Any:
        return SimpleNamespace(
            getStorage=lambda options: options["success"](
                {"data": {"id": f"65a1b2c3d4e5f60718293a4{mark}", "digest": f"{mark}" * 32, "at": 1_760_000_000_000}}
            )
        )

    async def program(taro: Any) -> None:
        await taro.getStorage(key="k")

    file = tmp_path / "t.jsonl"
    recorded(file, program, over=native("a"))
    data = {"id": "75a1b2c3d4e5f60718293a4b", "digest": "b" * 32, "at": 1_790_000_000_000}
    found = differing(file, prepare=lambda phone: phone.faults.answer("getStorage", data=data), ignore=["*.errMsg"])
    assert [line.split(":")[0].strip() for line in found[0].splitlines()[1:]] == ["data.at", "data.digest"]


def test_a_task_that_a_promise_gave_is_the_one_that_the_phone_returns(tmp_path: Path) -> None:
    event = {"isTrusted": True, "timeStamp": 681.5, "type": "open", "bubbles": False}
    file = written(
        tmp_path / "t.jsonl",
        {"call": 1, "name": "connectSocket", "options": {"url": ROOM}, "returned": {"$promise": True}},
        {"call": 1, "success": {"errMsg": "connectSocket:ok", "socketTaskId": 9}},
        {"call": 1, "resolved": {"$object": 1, "kind": "SocketTask", "has": ["onOpen"]}},
        {"call": 2, "on": 1, "name": "onOpen", "arguments": [{"$function": 1}]},
        {"told": 1, "with": [event]},
        {"call": 3, "on": 1, "name": "close", "options": {}, "success": {"errMsg": "closeSocket:ok"}},
        platform="h5",
    )
    assert differing(file) == []


def test_the_world_around_the_phone_can_be_made_first(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    with taropy.Phone() as phone:
        phone.network.type = "3g"
        recorded(file, lambda taro: taro.getNetworkType(), phone=phone)
    assert len(differing(file)) == 1
    assert differing(file, prepare=lambda phone: setattr(phone.network, "type", "3g")) == []


def test_no_request_of_a_trace_leaves_the_computer(tmp_path: Path) -> None:
    call = {"call": 1, "name": "request", "options": {"url": "https://api.example.com/teas", "method": "PUT"}}
    file = written(tmp_path / "t.jsonl", call, {"call": 1, "complete": {"errMsg": "request:ok"}})
    (difference,) = differing(file)
    assert "net::ERR_ADDRESS_UNREACHABLE" in difference


def test_what_is_no_trace_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TraceError, match="there is no such file"):
        compare(tmp_path / "none.jsonl")
