"""What `console` prints, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest

import taropy
from taropy.js import URL, Array, Error, Map, Obj, Promise, console


def test_what_is_wrong_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    for print_one in (console.log, console.info, console.debug, console.warn, console.error):
        print_one("%s:", print_one.__name__, Obj(a=1))
    told = capsys.readouterr()
    assert told.out == "log: { a: 1 }\ninfo: { a: 1 }\ndebug: { a: 1 }\n"
    assert told.err == "warn: { a: 1 }\nerror: { a: 1 }\n"


def test_groups_count_and_assertions(capsys: pytest.CaptureFixture[str]) -> None:
    console.group("outer")
    console.log("in\nside")
    console.group()
    console.log(Obj(a=1))
    console.groupEnd()
    console.groupEnd()
    console.count()
    console.count("x")
    console.count()
    console.countReset()
    console.count()
    console.groupEnd()
    console.log("out")
    console.assert_(True, "not told")  # noqa: PT009
    console.assert_(False, "no %d", 5)  # noqa: PT009
    console.assert_(False)  # noqa: PT009
    told = capsys.readouterr()
    assert told.out == "outer\n  in\n  side\n    { a: 1 }\ndefault: 1\nx: 1\ndefault: 2\ndefault: 1\nout\n"
    assert told.err == "Assertion failed: no 5\nAssertion failed\n"


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "0ms"),
        (1.5, "1.5ms"),
        (999.9994, "999.999ms"),
        (1000, "1.000s"),
        (59_999, "59.999s"),
        (61_500, "1:01.500 (m:ss.mmm)"),
        (3_723_000, "1:02:03 (h:mm:ss)"),
    ],
)
def test_times_are_taken_by_the_clock_of_the_phone(
    Taro: Any, phone: taropy.Phone, capsys: pytest.CaptureFixture[str], milliseconds: float, shown: str
) -> None:
    phone.clock.stop()
    phone.clock.set(1000)
    console.time("load")
    phone.clock.set(1000 + milliseconds / 1000)
    console.timeLog("load", "so far")
    console.timeEnd("load")
    console.timeEnd("load")
    told = capsys.readouterr()
    assert told.out == f"load: {shown} so far\nload: {shown}\n"
    assert told.err == "No such label 'load' for console.time()\n"


TABLES = [
    (
        Array([Obj(a=1, b="x"), Obj(a=2, c=True)]),
        None,
        """
┌─────────┬───┬─────┬──────┐
│ (index) │ a │ b   │ c    │
├─────────┼───┼─────┼──────┤
│ 0       │ 1 │ 'x' │      │
│ 1       │ 2 │     │ true │
└─────────┴───┴─────┴──────┘
""",
    ),
    (
        Array(["p", Array([1])]),
        None,
        """
┌─────────┬───┬────────┐
│ (index) │ 0 │ Values │
├─────────┼───┼────────┤
│ 0       │   │ 'p'    │
│ 1       │ 1 │        │
└─────────┴───┴────────┘
""",
    ),
    (
        Obj(r=Obj(v=1, w=2), s=Obj(v=3)),
        ["w"],
        """
┌─────────┬───┐
│ (index) │ w │
├─────────┼───┤
│ r       │ 2 │
│ s       │   │
└─────────┴───┘
""",
    ),
    (5, None, "\n5\n"),
]


@pytest.mark.parametrize(("data", "columns", "shown"), TABLES)
def test_tables(capsys: pytest.CaptureFixture[str], data: Any, columns: Any, shown: str) -> None:
    console.table(data, columns)
    assert capsys.readouterr().out == shown.removeprefix("\n")


def test_an_object_is_shown_to_whatever_depth(capsys: pytest.CaptureFixture[str]) -> None:
    deep = Obj(a=Obj(b=Obj(c=Obj(d=1))))
    console.dir(deep, Obj(depth=0))
    console.dir(deep, Obj(depth=None))
    assert capsys.readouterr().out == "{ a: [Object] }\n{\n  a: { b: { c: { d: 1 } } }\n}\n"


def test_an_error_is_shown_with_where_it_was_raised(capsys: pytest.CaptureFixture[str]) -> None:
    error = Error("sold out")
    error.code = 5
    console.log(Array([error]))
    try:
        raise error
    except Error as raised:
        console.log(raised)
    shown = capsys.readouterr().out
    assert shown.startswith("[ [Error: sold out] { code: 5 } ]\nError: sold out\n")
    assert "test_console.py" in shown
    assert shown.endswith(" {\n  code: 5\n}\n")


def test_promises_and_addresses(Taro: Any, capsys: pytest.CaptureFixture[str]) -> None:
    rejected = Promise.reject("no")
    console.log(Promise.resolve(5), Promise(lambda resolve: None), rejected)
    rejected.catch(lambda reason: None)
    assert capsys.readouterr().out == "Promise { 5 } Promise { <pending> } Promise { <rejected> 'no' }\n"
    console.log(URL("https://a.com/?b=1"))
    assert "  href: 'https://a.com/?b=1',\n" in capsys.readouterr().out


def test_python_s_own_objects_and_results_of_taro_are_shown_as_objects(
    Taro: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    console.log({"a": [1, (2, 3)]}, Map([[Obj(), b"ab"]]), json.loads('{"a": null}'))
    Taro.setStorageSync("k", 1)
    console.log(Taro.getStorageInfoSync())
    shown = capsys.readouterr().out
    assert shown.startswith(
        "{ a: [ 1, [ 2, 3 ] ] } Map(1) {\n  {} => ArrayBuffer { [Uint8Contents]: <61 62>, byteLength: 2 }\n} "
        "{ a: null }\n"
    )
    assert "keys: [ 'k' ]" in shown


def test_half_a_pair_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    console.log("a\ud83d")
    assert capsys.readouterr().out == "a\ufffd\n"


def test_a_trace_tells_who_has_called(capsys: pytest.CaptureFixture[str]) -> None:
    console.trace("here %d", 1)
    told = capsys.readouterr().err
    assert told.startswith("Trace: here 1\n")
    assert "test_a_trace_tells_who_has_called" in told
