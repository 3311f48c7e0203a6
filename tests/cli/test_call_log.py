"""`taropy run --log`: what a developer sees of the calls."""

from __future__ import annotations

import re

from calling import Cli, Write
from servers import Answer, WebServer

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


def test_a_call_that_never_ended_is_shown_as_open(cli: Cli, write: Write) -> None:
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
    assert logged(cli, program) == [("open", "showModal(title='Sure?')")]


def test_the_program_s_own_output_stays_as_it_is(cli: Cli, write: Write) -> None:
    program = write("from taropy import Taro\nprint(Taro.getEnv())")
    assert cli("run", "--log", program).stdout == "WEAPP\n"
    assert cli("run", program).stderr == ""
