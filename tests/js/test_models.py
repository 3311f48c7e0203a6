"""What has a plain model in Python agrees with it, whatever it is given."""

from __future__ import annotations

import ctypes
import json
import math
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taropy.js import (
    JSON,
    Array,
    Date,
    Float32Array,
    Int8Array,
    Int16Array,
    Int32Array,
    Obj,
    Uint8Array,
    Uint16Array,
    Uint32Array,
    URLSearchParams,
    atob,
    btoa,
    decodeURI,
    decodeURIComponent,
    encodeURI,
    encodeURIComponent,
    escape,
    structuredClone,
    unescape,
)
from taropy.js.json_deep import read_deep

texts = st.text(st.characters(exclude_categories=["Cs"]))
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


def in_javascript(value: Any) -> Any:
    """A value of Python's as `JSON.parse` gives it."""
    if isinstance(value, dict):
        obj = Obj()
        for key, item in value.items():
            obj[key] = in_javascript(item)
        return obj
    return Array(map(in_javascript, value)) if isinstance(value, list) else value


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(value[key]) for key in value}
    return [plain(item) for item in value] if isinstance(value, list) else value


@given(values)
def test_json_that_is_written_is_read_as_it_was(value: Any) -> None:
    assert plain(JSON.parse(JSON.stringify(in_javascript(value)))) == value
    assert plain(JSON.parse(JSON.stringify(value, None, 2))) == value


@given(values)
def test_json_of_python_s_is_read_in_both_ways_as_python_reads_it(value: Any) -> None:
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, indent=1)):
        assert plain(JSON.parse(text)) == plain(read_deep(text)) == json.loads(text)


@given(st.text('{}[]",:0123456789.eE+-truefalsn\\u \n', max_size=20))
def test_what_is_json_is_json_to_python_and_what_is_not_is_not(text: str) -> None:
    def read(reader: Any) -> Any:
        try:
            return plain(reader(text))
        except ValueError:
            return ValueError

    expected = read(lambda text: json.loads(text, parse_constant=int))
    assert read(JSON.parse) == expected
    assert read(read_deep) == expected


@given(values)
def test_a_copy_is_equal_and_another(value: Any) -> None:
    copy = structuredClone(in_javascript(value))
    assert plain(copy) == value
    assert not isinstance(copy, dict | list) or copy is not value


@given(texts)
def test_what_is_encoded_for_an_address_is_decoded_as_it_was(text: str) -> None:
    assert decodeURIComponent(encodeURIComponent(text)) == text == unquote(encodeURIComponent(text))
    assert decodeURI(encodeURI(text)) == text
    assert unescape(escape(text)) == text


@given(st.lists(st.tuples(texts, texts)))
def test_a_query_is_read_as_it_was_written(pairs: list[tuple[str, str]]) -> None:
    params = URLSearchParams(pairs)
    assert [tuple(pair) for pair in URLSearchParams(str(params))] == pairs
    assert params.size == len(pairs)


@given(st.binary())
def test_base64_is_python_s(data: bytes) -> None:
    text = data.decode("latin-1")
    assert btoa(text) == b64encode(data).decode()
    assert atob(btoa(text)) == text
    assert atob(btoa(text).rstrip("=")) == text


KINDS = [
    (Int8Array, ctypes.c_int8),
    (Uint8Array, ctypes.c_uint8),
    (Int16Array, ctypes.c_int16),
    (Uint16Array, ctypes.c_uint16),
    (Int32Array, ctypes.c_int32),
    (Uint32Array, ctypes.c_uint32),
]


@pytest.mark.parametrize(("kind", "in_c"), KINDS)
@given(numbers=st.lists(st.integers(-(2**60), 2**60) | st.floats(-1e15, 1e15)))
def test_typed_arrays_hold_what_c_would(kind: type[Uint8Array], in_c: Any, numbers: list[float]) -> None:
    assert list(kind(numbers)) == [in_c(int(number)).value for number in numbers]


@given(st.lists(st.floats(width=32)))
def test_floats_of_32_bits_stay_what_they_are(numbers: list[float]) -> None:
    assert [*map(repr, Float32Array(numbers))] == [*map(repr, numbers)]


moments = st.integers(-62_135_596_800_000 + 86_400_000, 253_402_300_799_999 - 86_400_000)


@given(moments)
def test_dates_in_utc_are_python_s(time: int) -> None:
    date, expected = Date(time), datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=time)
    assert date.getUTCFullYear() == expected.year
    assert (date.getUTCMonth() + 1, date.getUTCDate()) == (expected.month, expected.day)
    assert date.getUTCDay() == expected.isoweekday() % 7
    assert (date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()) == (
        expected.hour,
        expected.minute,
        expected.second,
    )
    assert Date.parse(date.toISOString()) == time
    if expected.year >= 100:  # such a year is written as one of the last century's is
        assert math.isclose(Date(date.toUTCString()).getTime(), time, abs_tol=999)


ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia"])


@given(moments, ZONES)
def test_local_dates_are_python_s(time: int, zone: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        date = Date(time)
        expected = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=time)).astimezone(ZoneInfo(zone))
        fields = date.getFullYear(), date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes()
        assert fields == (expected.year, expected.month, expected.day, expected.hour, expected.minute)
        again = Date(*expected.timetuple()[:1], expected.month - 1, *expected.timetuple()[2:6], date.getMilliseconds())
        assert expected.fold or again.getTime() == time or expected.year < 100
