"""Files that are no traces, or not as a recorder writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playing import played, recorded, written

import taropy
from taropy.hosts.replay import TraceError, factories
from taropy.runtime.hosts import Host

CALL = {"call": 1, "name": "getNetworkType", "options": {}}


def refused(file: Path, platform: str = "weapp") -> TraceError:
    with pytest.raises(TraceError) as caught:
        taropy.create(platform, host="replay", trace=file)
    assert str(caught.value).startswith(str(file))
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"<!DOCTYPE html>\n<html></html>", "it is no trace of calls"),
        (b'{"log": {"entries": []}}', "it is no trace of calls"),
        (b'[{"taropy-trace": 1}]\n', "it is no trace of calls"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe\x00\x01", "it is no text in UTF-8"),
        (b'{"taropy-trace": 2, "platform": "weapp"}\n', "it is of version 2, and this taropy reads 1"),
        (b'{"taropy-trace": "x", "platform": "weapp"}\n', "it is of version x"),
        (b'{"taropy-trace": 1}\n', "line 1: the head does not say its platform"),
        (b'{"taropy-trace": 1, "platform": "alipay"}\n', "it is of alipay, and cannot be played on weapp"),
    ],
)
def test_a_file_that_is_no_trace_for_the_program_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_bytes(content)
    assert said in str(refused(tmp_path / "t.jsonl"))


def test_a_file_that_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    assert "there is no such file; record it anew with taropy record" in str(refused(tmp_path / "none.jsonl"))
    assert "it cannot be read" in str(refused(tmp_path))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "it is no JSON"),
        ("[]", "a line is an object"),
        ("{}", "nothing that a line can be has only nothing"),
        ({"what": 1}, "nothing that a line can be has only what"),
        ({"call": 3, "name": "login"}, "calls are numbered one by one: after 1 comes 2"),
        ({"call": True, "name": "login"}, "call is a number, not True"),
        ({"call": 2, "name": 5}, "name is a text, not 5"),
        ({"call": 2, "name": "login", "arguments": {}}, "arguments are a list"),
        ({"call": 2, "name": "login", "optoins": {}}, "a line of this kind has no 'optoins'"),
        ({"call": 2, "name": "login", "on": 7}, "there is no object 7 before it"),
        ({"call": 7, "success": {}}, "there is no call 7 before it"),
        ({"call": 1, "sucess": {}}, "a line of this kind has no 'sucess'"),
        ({"told": 1, "with": []}, "no call before it was given function 1"),
        ({"call": 1, "success": {"$what": 1}}, "there is no marker '$what'; a field of that name is written '$$what'"),
        ({"call": 1, "success": {"$bytes": "!"}}, "bytes are written in base64"),
        ({"call": 1, "success": {"$bytes": {"sha256": "x", "size": 1}}}, "'x' is no SHA-256"),
        ({"call": 1, "success": {"$text": {"sha256": "a" * 64, "size": 1}}}, "it belongs to the trace"),
        ({"call": 1, "success": {"$number": "many"}}, "'many' is nothing that $number can have"),
        ({"call": 1, "success": {"$undefined": 1}}, "1 is nothing that $undefined can have"),
        (
            {"call": 2, "direct": "do", "name": "login"},
            "what is done to the letter is call, new, get, set, keep, not",
        ),
        ({"call": 2, "direct": "call", "name": "login", "of": 2}, "there is no call 2 before it"),
        ({"call": 2, "direct": "call", "name": "login", "on": 0}, "a line of this kind has no 'on'"),
        ({"note": "tea", "with": {}}, "what is noted is a list"),
        ({"note": 5}, "note is a text, not 5"),
        ({"call": 1, "success": {}, "after": "soon"}, "after is a number of milliseconds, not 'soon'"),
        ({"call": 1, "success": {}, "after": -1}, "after is a number of milliseconds, not -1"),
    ],
)
def test_a_line_that_was_edited_wrongly_is_named(line: Any, said: str, tmp_path: Path) -> None:
    file = written(tmp_path / "t.jsonl", CALL)
    with file.open("a") as appended:
        appended.write(f"{line if isinstance(line, str) else json.dumps(line)}\n")
    error = refused(file)
    assert error.line == 3
    assert f"{file}, line 3: " in str(error)
    assert said in str(error)


def test_nothing_follows_on_the_end_and_no_call_returns_twice(tmp_path: Path) -> None:
    assert "nothing follows" in str(refused(written(tmp_path / "t.jsonl", CALL, {"end": True}, {**CALL, "call": 2})))
    twice = written(tmp_path / "t.jsonl", {**CALL, "returned": 1}, {"call": 1, "threw": 2})
    assert "call 1 has returned before" in str(refused(twice))


async def program(taro: Any) -> list[Any]:
    told = [(await taro.getNetworkType()).networkType]
    await taro.setStorage(key="a", data="茶")
    told.append((await taro.getStorage(key="a")).data)
    return told


def test_a_recording_that_was_killed_is_a_prefix_at_whatever_byte_it_ends(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    outcome = recorded(file, program)
    content = file.read_bytes()
    start = content.index(b"\n") + 1
    for end in range(start, len(content), 7):
        file.write_bytes(content[:end])
        with taropy.create("weapp", host="replay", trace=file) as taro:
            whole = content[:end].count(b"\n") - 1
            assert len(taro.native.unmade) in (whole, whole + 1)
    file.write_bytes(content[: content.rindex(b'{"end"')])
    assert played(file, program) == outcome


def test_a_trace_may_be_edited_and_saved_as_windows_has_it(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    recorded(file, program)
    text = file.read_text("utf-8").replace('"wifi"', '"2g"').rstrip("\n").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert played(file, program) == ["2g", "茶"]


def test_a_trace_beside_which_a_file_is_missing_says_which_line_needs_it(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"

    async def long(taro: Any) -> None:
        await taro.setStorage(key="long", data="x" * 10_000)

    recorded(file, long)
    for each in (tmp_path / "t.bytes").iterdir():
        each.unlink()
    assert refused(file).line == 2


def test_a_file_that_is_no_trace_is_not_written_over(tmp_path: Path) -> None:
    program = tmp_path / "app.py"
    program.write_text("print('tea')\n")
    with pytest.raises(TraceError, match=r"app\.py: it is there and is no trace of calls, so it is not written over"):
        taropy.create("weapp", host="record", trace=program)
    assert program.read_text() == "print('tea')\n"
    for before in ("", "\n", '{"taropy-trace": 1, "platform": "tt"}\n'):
        program.write_text(before)
        taropy.create("weapp", host="record", trace=program).close()
        assert "weapp" in program.read_text()


@pytest.mark.parametrize("over", ["nothing", 5])
def test_a_host_to_record_that_there_is_not_is_refused_before_the_file_is_touched(over: Any, tmp_path: Path) -> None:
    file = written(tmp_path / "t.jsonl", CALL)
    before = file.read_bytes()
    with pytest.raises((taropy.PlatformError, TypeError)):
        taropy.create("weapp", host="record", over=over, trace=file, visible=True)
    assert file.read_bytes() == before


def test_a_host_whose_trace_cannot_be_written_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[str] = []
    bench = Host("bench", object(), close=lambda: ended.append("bench"))
    monkeypatch.setattr(factories, "native_host", lambda *_: bench)
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        taropy.create("weapp", host="record", over=object(), trace=tmp_path / "file" / "t.jsonl")
    assert ended == ["bench"]


def test_a_recording_that_cannot_be_written_harms_no_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from taropy.hosts.replay.recorder import RecordingStopped
    from taropy.hosts.replay.traces import Writer

    with taropy.create("weapp", host="record", trace=tmp_path / "t.jsonl") as taro:

        def fail(self: Any, line: Any) -> None:
            raise OSError("the disk is full")

        monkeypatch.setattr(Writer, "write", fail)
        with pytest.warns(RecordingStopped, match="the disk is full"):
            assert taropy.run(lambda: program(taro)) == ["wifi", "茶"]
