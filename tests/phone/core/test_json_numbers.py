"""Numbers are JavaScript's wherever a program's data go or come as JSON: 25.0 is 25."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from servers import Answer, Received, WebServer

import taropy
from taropy import Record
from taropy.models.json import json_of, number_text, parse

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")

# What `JSON.stringify` writes; recorded in Node 20.
WRITTEN = [
    (25.0, "25"),
    (100 / 4, "25"),
    (-3.0, "-3"),
    (-0.0, "0"),
    (2.5, "2.5"),
    (0.1 + 0.2, "0.30000000000000004"),
    (1e3, "1000"),
    (1e15, "1000000000000000"),
    (1e16, "10000000000000000"),
    (1.5e16, "15000000000000000"),
    (1e20, "100000000000000000000"),
    (123456789012345680000.0, "123456789012345680000"),
    (1e21, "1e+21"),
    (1.5e300, "1.5e+300"),
    (9007199254740991.0, "9007199254740991"),
    (9007199254740994.0, "9007199254740994"),
    (0.0001, "0.0001"),
    (0.00001, "0.00001"),
    (1.5e-5, "0.000015"),
    (1e-6, "0.000001"),
    (1e-7, "1e-7"),
    (-1.5e-7, "-1.5e-7"),
    (5e-324, "5e-324"),
    (math.nan, "null"),
    (math.inf, "null"),
    (-math.inf, "null"),
    (True, "true"),
    (7, "7"),
    (2**53 + 1, "9007199254740993"),  # Python's own whole numbers stay what they are
]

# What `JSON.parse` reads, as JavaScript shows it.
READ = [
    ("25.0", "25"),
    ("1e3", "1000"),
    ("1E+3", "1000"),
    ("-0.0", "0"),
    ("2.50", "2.5"),
    ("12", "12"),
    ("1e-7", "1e-07"),
]


@pytest.mark.parametrize(("value", "text"), WRITTEN)
@pytest.mark.parametrize("around", ["{}", "[{}]", '{{"n":{}}}', '{{"d":{{"x":[{},"a"]}}}}'])
def test_numbers_are_written_as_javascript_writes_them(value: float, text: str, around: str) -> None:
    data = eval(around.format("value"))
    assert json_of(data) == around.format(text)


# The keys that JavaScript has for these numbers; recorded in Node 20.
KEYS = [
    (1.0, "1"),
    (-0.0, "0"),
    (2.5, "2.5"),
    (1e-5, "0.00001"),
    (1e-7, "1e-7"),
    (1e16, "10000000000000000"),
    (1e21, "1e+21"),
    (math.nan, "NaN"),
    (-math.inf, "-Infinity"),
    (7, "7"),
    ("1.0", "1.0"),
    ("1e-05", "1e-05"),
]


@pytest.mark.parametrize(("key", "text"), KEYS)
def test_a_number_that_is_a_key_is_the_text_that_javascript_makes_of_it(key: Any, text: str) -> None:
    for value in (2, {"deep": [1.5]}, 'of ":'):
        assert json.loads(json_of([{key: value}])) == [{text: value}]
    with taropy.create("weapp") as t:
        t.setStorageSync("plain", {key: 2})
        t.setStorageSync("marked", {key: b"tea"})
        assert t.getStorageSync("plain") == {text: 2}
        assert t.getStorageSync("marked") == {text: b"tea"}


@pytest.mark.parametrize(("text", "shown"), READ)
@pytest.mark.parametrize("around", ["{}", "[{}]", '{{"n":{}}}'])
def test_numbers_are_read_so_that_they_show_as_in_javascript(text: str, shown: str, around: str) -> None:
    value = parse(around.format(text))
    value = value["n"] if isinstance(value, dict) else value[0] if isinstance(value, list) else value
    assert f"{value}" == shown


def test_what_looks_like_a_number_in_a_text_stays_as_it_is() -> None:
    texts = ["1.0", "a 1.0,b", '"1.0]', "1e-05", "\\1.0}", "x 3e+20", "e-mail", "1.0"]
    for value in (texts, {text: text for text in texts}, [*texts, 1.0, 1e-5]):
        assert json.loads(json_of(value)) == value
    assert json_of([1.0, "1.0", 1e-5, "1e-05"]) == '[1,"1.0",0.00001,"1e-05"]'


# Up to where JavaScript has every whole number: beyond, its shortest digits are others than Python's exact ones.
safe = st.integers(-(2**53), 2**53) | st.floats(-(2**53), 2**53)

values = st.recursive(
    st.none() | st.booleans() | safe | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(values)
@example([1e15, 1e21, 1e-5, '"', "\\", 0.0])
def test_whatever_is_written_means_the_same(value: Any) -> None:
    assert json.loads(json_of(value)) == value
    assert parse(json_of(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_s_text_is_one_that_means_the_number(value: float) -> None:
    assert float(number_text(value)) == value
    assert not number_text(value).endswith(".0")


# --- wherever they go ------------------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[WebServer]:
    def answer(received: Received) -> Answer:
        return Answer(b'{"price": 25.0, "all": [1e3, 2.5], "-": -0.0}', headers=[("Content-Type", "application/json")])

    with WebServer(answer) as server:
        yield server


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_request_sends_and_gets_them(platform: str, server: WebServer) -> None:
    with taropy.create(platform) as t:
        data = t.request(url=server.url(), method="POST", data={"n": 100 / 4, "in": [1.0, {"x": 2.0}]}).result(20).data
    assert server.last.body == b'{"n":25,"in":[1,{"x":2}]}'
    assert f"{data.price} {data.all} {data['-']}" == "25 [1000, 2.5] 0"


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5", "rn"])
def test_they_stand_in_a_query(platform: str, server: WebServer) -> None:
    with taropy.create(platform) as t:
        t.request(url=server.url(), data={"n": 25.0, "small": 0.00001, "o": {"a": 1.0}}).result(20)
    assert server.last.query["n"] == "25"
    assert server.last.query["small"] == "0.00001"
    assert server.last.query["o"] in ('{"a":1}', "[object Object]")


def test_an_upload_s_form_has_them(server: WebServer) -> None:
    with taropy.create("weapp") as t:
        path = f"{t.env.USER_DATA_PATH}/x"
        t.getFileSystemManager().writeFileSync(path, "x")
        t.uploadFile(url=server.url(), filePath=path, name="f", formData={"n": 25.0}).result(20)
    assert b'name="n"\r\n\r\n25\r\n' in server.last.body


def test_jsonp_gets_them() -> None:
    def script(received: Received) -> Answer:
        return Answer(f'{received.query["callback"]}({{"price": 25.0}})')

    with WebServer(script) as server, taropy.create("h5") as t:
        assert f"{t.request(url=server.url(), jsonp=True).result(20).data.price}" == "25"


@pytest.mark.parametrize("platform", [name for name in PLATFORMS if name != "harmony"])
def test_storage_keeps_them(platform: str) -> None:
    with taropy.create(platform) as t:
        t.setStorage(key="a", data={"n": 100 / 4, "none": [math.nan, math.inf]}).result()
        found = t.getStorage(key="a").result().data
        assert f"{found.n} {found.none}" == "25 [None, None]"
        if t.canIUse("setStorageSync"):
            t.setStorageSync("b", [1e3, 2.5, b"bytes"])
            assert f"{t.getStorageSync('b')[:2]}" == "[1000, 2.5]"


def test_storage_keeps_them_in_batches() -> None:
    with taropy.create("weapp") as t:
        t.batchSetStorageSync([{"key": "a", "value": 25.0}, {"key": "b", "value": {"n": 2.0}}])
        assert f"{t.batchGetStorageSync(['a', 'b'])}" == f"{[25, Record(n=2)]}"


def test_what_a_test_has_configured_reaches_the_program_as_json_of_javascript() -> None:
    with taropy.create("weapp") as t:
        t.phone.analysis.configs["rate"] = 2.0
        assert t.getCommonConfig(keys=["rate"], mode=0).result().conf == '{"rate":2}'
