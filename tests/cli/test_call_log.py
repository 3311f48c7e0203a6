"""`taropy run --log`: what a developer sees of the calls."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from calling import Cli, Write
from servers import Answer, WebServer

import taropy

LINE = re.compile(r" *\d+\.\d ms  (ok|fail|open)  +(.*)")


def logged(cli: Cli, program: str, *options: str) -> list[tuple[str, str]]:
    """How each call ended, and the rest of its line."""
    result = cli("run", "--log", *options, program)
    found = [LINE.fullmatch(line) for line in result.stderr.splitlines()]
    return [(match[1], match[2]) for match in found if match is not None]


def test_every_call_has_its_line(cli: Cli, write: Write) -> None:
    program = write("""
        from taropy import Taro
        async def main():
            await Taro.setStorage(key="a", data=[1, 2], success=print)
            Taro.getStorageSync("a")
            Taro.setStorageSync("a", data=True)
    """)
    assert logged(cli, program) == [
        ("ok", "setStorage(key='a', data=[1, 2])"),
        ("ok", "getStorageSync(key='a')"),
        ("ok", "setStorageSync(key='a', data=True)"),
    ]


def test_a_failed_call_says_why(cli: Cli, write: Write) -> None:
    program = write("""
        from taropy import Taro
        Taro.getStorage({"key": 1}).catch()
        Taro.checkSession(fail=print)
    """)
    assert logged(cli, program, "-p", "h5") == [
        ("fail", "getStorage(key=1)  parameter error: parameter.key should be String instead of Number"),
        ("fail", "checkSession()  checkSession is not supported on h5 (supported on weapp, swan, qq, tt)"),
    ]


def test_a_request_that_was_answered_says_how(cli: Cli, write: Write) -> None:
    with WebServer(lambda received: Answer("no token", 401)) as server:
        program = write(f"from taropy import Taro\nTaro.request({server.url()!r})")
        assert logged(cli, program) == [("ok", f"request(url={server.url()!r})  HTTP 401")]


def test_what_is_long_is_shortened(cli: Cli, write: Write) -> None:
    program = write("from taropy import Taro\nTaro.setStorageSync('x' * 900, {'deep': {'er': [list(range(99))] * 9}})")
    [(ended, line)] = logged(cli, program)
    assert ended == "ok"
    assert len(line) < 160
    assert "..." in line


def test_a_call_that_ends_with_its_program_is_shown_as_interrupted(cli: Cli, write: Write) -> None:
    program = write("""
        import asyncio
        from taropy import Taro
        async def main():
            waiting = asyncio.get_running_loop().create_future()
            Taro.phone.person.ask = lambda question: waiting
            Taro.showModal(title="Sure?")
            await asyncio.sleep(0)
            raise SystemExit(3)
    """)
    assert logged(cli, program) == [("fail", "showModal(title='Sure?')  interrupted")]


def test_the_program_s_own_output_stays_as_it_is(cli: Cli, write: Write) -> None:
    program = write("from taropy import Taro\nprint(Taro.getEnv())")
    assert cli("run", "--log", program).stdout == "WEAPP\n"
    assert cli("run", program).stderr == ""


LEAKING = """
    from taropy import Taro
    word = "S3" + "CR3T"
    Taro.setStorageSync("token", word)
    Taro.request(url=f"bad?access_token={word}", header={"Cookie": word}).catch(lambda error: None).result()
    raise ValueError(f"password={word}")
"""


def test_secrets_are_masked_unless_they_are_asked_for(cli: Cli, write: Write) -> None:
    program = write(LEAKING)
    masked = cli("run", "--log", program)
    assert masked.exit_code == 1
    assert "setStorageSync(key='token', data=***)" in masked.stderr
    assert "ValueError: password=***" in masked.stderr
    assert "S3CR3T" not in masked.stderr
    assert "setStorageSync(key='token', data='S3CR3T')" in cli("run", "--log", "--show-secrets", program).stderr


def test_a_damaged_folder_is_told_in_a_line_and_recovered_if_asked(cli: Cli, write: Write, tmp_path: Path) -> None:
    program = write("from taropy import Taro\nprint(Taro.phone.clipboard.text == '')\n")
    folder = tmp_path / "phone"
    folder.mkdir()
    (folder / "clipboard.json").write_text("{")
    refused = cli("run", "--phone", str(folder), program)
    assert (refused.exit_code, refused.stdout) == (2, "")
    words = " ".join(refused.stderr.split())
    assert "clipboard.json is damaged" in words
    assert "--recover puts it aside" in words
    assert "Phone(" not in words
    assert cli("run", "--phone", str(folder), "--recover", program).stdout == "True\n"
    assert (folder / "clipboard.json.damaged").exists()
    assert cli("run", "--recover", program).exit_code == 2


def test_damage_that_a_program_meets_is_told_with_the_option_that_helps(cli: Cli, write: Write, tmp_path: Path) -> None:
    program = write("from taropy import Taro\nprint(Taro.getStorageSync('tea'))\n")
    with taropy.create("weapp", folder=tmp_path / "phone") as t:
        t.setStorageSync("tea", "green")
    with closing(sqlite3.connect(tmp_path / "phone" / "storage.sqlite")) as database, database:
        database.execute("UPDATE storage SET value = '{'")
    told = cli("run", "--phone", str(tmp_path / "phone"), program)
    assert told.exit_code == 1
    assert "--recover puts it aside" in told.stderr
    assert "Phone(" not in told.stderr
    assert cli("run", "--phone", str(tmp_path / "phone"), "--recover", program).stdout == "\n"
