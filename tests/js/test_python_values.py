"""The built-ins among Python's own things: copies, pickles, enums, datetimes, calls of Taro."""

from __future__ import annotations

import copy
import enum
import json
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

import taropy
from taropy.js import (
    JSON,
    Array,
    ArrayBuffer,
    Date,
    DOMException,
    Map,
    Obj,
    RangeError,
    RegExp,
    SyntaxError,
    TypeError,
    Uint8Array,
    structuredClone,
    undefined,
)
from taropy.js import Taro as JsTaro


class Size(enum.StrEnum):
    SMALL = "s"


class Level(enum.IntEnum):
    LOW = 1


@pytest.mark.parametrize("space", [None, 1])
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": (1, 2), 3: "x"}, '{"a":[1,2],"3":"x"}'),
        ([Size.SMALL, Level.LOW, True], '["s",1,true]'),
        ({"at": datetime(2024, 1, 2, 3, 4, 5, 6000, tzinfo=UTC)}, '{"at":"2024-01-02T03:04:05.006Z"}'),
        ({"b": b"ab", "m": Map([[1, 2]])}, '{"b":{},"m":{}}'),
        ([2**60, 1e16, 0.5], "[1152921504606846976,10000000000000000,0.5]"),
        (Obj(items=Array([Obj(items=1)])), '{"items":[{"items":1}]}'),
    ],
)
def test_python_s_values_are_written_as_json(value: Any, text: str, space: Any) -> None:
    written = JSON.stringify(value, None, space)
    assert written == text if space is None else json.loads(written) == json.loads(text)


def test_what_has_no_json_is_undefined() -> None:
    assert JSON.stringify(undefined) is undefined
    assert JSON.stringify(print) is undefined


def test_json_that_goes_too_deep_to_be_written_is_a_range_error() -> None:
    deep: Any = Array()
    for _ in range(100_000):
        deep = Array([deep])
    with pytest.raises(RangeError, match="call stack"):
        JSON.stringify(deep)
    while deep:  # so that it goes bit by bit
        if not len(deep):
            break
        deep = deep.pop()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Unexpected end of JSON input"),
        ('{"a": tru}', 'Unexpected token \'t\', "{"a": tru}" is not valid JSON'),
        ('"abc', "Unterminated string in JSON at position 0"),
        ('{"a": "' + "x" * 100 + '", b}', 'Unexpected token \'b\', "...xxxxxxx", b}" is not valid JSON'),
        ("[" * 5000 + "x", "Unexpected token 'x', \"...[[[[[[[[[[x\" is not valid JSON"),
    ],
)
def test_what_is_no_json_is_told_with_the_place(text: str, message: str) -> None:
    with pytest.raises(SyntaxError) as told:
        JSON.parse(text)
    assert told.value.message == message


def test_dates_are_copied_and_pickled_as_what_they_are() -> None:
    date = Date(1_704_153_600_000)
    for other in (copy.copy(date), copy.deepcopy(date), pickle.loads(pickle.dumps(date))):
        assert other is not date
        assert other != date
        assert other.getTime() == date.getTime()
    assert repr(date) == "Date('2024-01-02T00:00:00.000Z')"
    assert repr(Date("nope")) == "Date(NaN)"
    assert float(date) == 1_704_153_600_000.0
    assert bool(Date(0))


@pytest.mark.parametrize(
    ("locales", "options"),
    [
        ("de-DE", None),
        (["fr", "en-US"], None),
        (None, {"dateStyle": "short"}),
        (None, {"month": "narrow"}),
        (None, {"hourCycle": "h11"}),
        (None, {"year": "numeric", "day": "numeric"}),
        (None, {"weekday": "long", "hour": "numeric"}),
        (None, {"hour": "numeric", "second": "numeric"}),
        ("zh-CN", {"weekday": "long", "year": "numeric", "month": "2-digit", "day": "2-digit"}),
    ],
)
def test_what_a_date_can_not_be_written_with_is_refused(locales: Any, options: Any) -> None:
    with pytest.raises(NotImplementedError, match="written"):
        Date(0).toLocaleString(locales, options)


def test_a_zone_that_nobody_knows_is_utc_and_the_system_s_is_that_without_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Nowhere/Here")
    assert Date(0).getHours() == 0
    assert Date(0).toString().startswith("Thu Jan 01 1970 00:00:00 GMT+0000 (")
    monkeypatch.delenv("TZ")
    assert Date(0).getTimezoneOffset() == -datetime.fromtimestamp(0).astimezone().utcoffset().total_seconds() / 60  # type: ignore[union-attr]


def test_a_date_is_local_to_the_zone_that_is_set_when_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    date, hours = Date(0), []
    for zone in ("Asia/Shanghai", "America/New_York", "", "Asia/Shanghai"):
        monkeypatch.setenv("TZ", zone)
        hours.append(date.getHours())
    monkeypatch.setattr("os.environ", {"TZ": "America/New_York"})
    hours.append(date.getHours())
    assert hours == [8, 19, datetime.fromtimestamp(0).astimezone().hour, 8, 19]


def test_bytes_of_calls_are_read_and_given_back(Taro: Any) -> None:
    Taro.getFileSystemManager().writeFileSync(f"{Taro.env.USER_DATA_PATH}/a", bytes(Uint8Array([104, 105])))
    read = Taro.getFileSystemManager().readFileSync(f"{Taro.env.USER_DATA_PATH}/a")
    assert list(Uint8Array(read)) == [104, 105]
    assert Taro.arrayBufferToBase64(Uint8Array([104, 105]).buffer) == "aGk="


def test_a_view_on_a_bytearray_shares_its_memory_and_one_on_bytes_has_a_copy() -> None:
    memory = bytearray(b"ab")
    Uint8Array(memory)[0] = 120
    assert memory == b"xb"
    fixed = b"ab"
    Uint8Array(fixed)[0] = 120
    assert fixed == b"ab"


def test_an_array_buffer_is_true_and_equal_to_bytes_and_to_no_other_buffer() -> None:
    assert ArrayBuffer()
    assert ArrayBuffer(2) == b"\0\0"
    assert ArrayBuffer(2) != ArrayBuffer(2)
    assert Uint8Array()


def test_dates_and_typed_arrays_go_into_calls(Taro: Any) -> None:
    JsTaro.setStorageSync("order", Obj(at=Date(0), list=Array([1])))
    assert JSON.stringify(JsTaro.getStorageSync("order")) == '{"at":"1970-01-01T00:00:00.000Z","list":[1]}'
    assert JsTaro.arrayBufferToBase64(Uint8Array([104, 105])) == "aGk="


def test_what_can_not_be_cloned_says_so(Taro: Any) -> None:
    for value in (taropy.Promise.resolve(1), Obj(f=len), object()):
        with pytest.raises(DOMException) as told:
            structuredClone(value)
        assert (told.value.name, told.value.code) == ("DataCloneError", 25)


def test_a_copy_of_something_deep_is_no_deeper_for_python() -> None:
    deep: Any = Array()
    for _ in range(20_000):
        deep = Array([deep])
    copied, depth = structuredClone(deep), 0
    while len(copied):
        copied, depth = copied.pop(), depth + 1
    while len(deep):
        deep = deep.pop()
    assert depth == 20_000


def test_a_pattern_that_is_too_deep_is_no_pattern() -> None:
    with pytest.raises(SyntaxError, match="too large"):
        RegExp("(" * 5000 + ")" * 5000)


def test_random_values_are_asked_of_whole_numbers_only() -> None:
    with pytest.raises(TypeError, match="not a function"):
        Uint8Array([1]).map(5)  # type: ignore[arg-type]
