"""`taropy run` of programs in JavaScript and TypeScript."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from calling import Cli, Write, interruptible

pytest.importorskip("quickjs", reason="quickjs-ng, which the extra port brings, is not installed")

PROGRAM = """
import Taro from '@tarojs/taro'

interface Session { code: string }

export async function main(): Promise<void> {
  const { code }: Session = await Taro.login()
  Taro.setStorageSync('code', code.length)
  console.log(process.env.TARO_ENV, Taro.getStorageSync('code'))
}
"""


def test_a_module_runs_as_it_is(cli: Cli, write: Write) -> None:
    result = cli("run", write(PROGRAM, "main.ts"))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "weapp 32\n", "")


@pytest.mark.parametrize("name", ["main.js", "main.mjs", "main.cjs", "main.ts", "main.mts", "main.tsx"])
def test_whatever_its_suffix(cli: Cli, write: Write, name: str) -> None:
    assert cli("run", write("console.log('here')", name)).stdout == "here\n"


def test_the_same_options_hold(cli: Cli, write: Write, tmp_path: Path) -> None:
    text = "import Taro from '@tarojs/taro'\nTaro.setStorageSync('n', (Taro.getStorageSync('n') || 0) + 1)\n"
    text += (
        "console.log(Taro.getEnv(), Taro.getStorageSync('n'), Taro.getSystemInfoSync().model, process.argv.slice(2))"
    )
    file = write(text, "main.ts")
    given = (
        "run",
        "--platform",
        "tt",
        "--phone",
        str(tmp_path / "phone"),
        "--device",
        "Pixel 8",
        "--log",
        file,
        "a",
        "b",
    )
    assert cli(*given).stdout == "TT 1 Pixel 8 [ 'a', 'b' ]\n"
    result = cli(*given)
    assert result.stdout == "TT 2 Pixel 8 [ 'a', 'b' ]\n"
    assert "setStorageSync" in result.stderr


# What is told of a program that fails, and which of its lines.
FAILURES = {
    "thrown": ("\nthrow new TypeError('bad')", ["main.ts:2: throw new TypeError('bad')", "TypeError: bad"]),
    "thrown in main": (
        "export async function main() {\n  await null\n  throw new Error('bad')\n}",
        ["main.ts:3: throw new Error('bad')", "Error: bad"],
    ),
    "no error": ("throw { code: 5 }", ['thrown: {"code":5}']),
    "a rejection": (
        "import Taro from '@tarojs/taro'\nTaro.getStorage({ key: 'no' })",
        ["main.ts:2: Taro.getStorage({ key: 'no' })", "getStorage:fail data not found"],
    ),
    "a callback": (
        "import Taro from '@tarojs/taro'\nTaro.login({ success() { throw new Error('bad') } })",
        ["main.ts:2: Taro.login", "Error: bad"],
    ),
    "no syntax": ("const a = 1\nconst = 2", ["main.ts:2:1: this is not understood"]),
    "not there": ("import './gone'", ["main.ts:1:1: there is no module ./gone"]),
    "React": ("import { useState } from 'react'\nuseState(1)", ["react is React, which shows pages"]),
    "not supported": (
        "import Taro from '@tarojs/taro'\n\nTaro.getGuildInfo({ open_guild_id: '7' })",
        ["main.ts:3: Taro.getGuildInfo(", "NotSupported: "],
    ),
    "waiting for nothing": ("export const main = () => new Promise(() => {})", ["a promise that nothing will settle"]),
}


@pytest.mark.parametrize(("text", "told"), FAILURES.values(), ids=FAILURES)
def test_a_failure_is_told_with_its_line(cli: Cli, write: Write, text: str, told: list[str]) -> None:
    result = cli("run", write(text, "main.ts"))
    assert result.exit_code == 1
    assert all(each in result.stderr for each in told), result.stderr
    assert "Traceback" not in result.stderr


def test_secrets_are_masked_in_what_is_told(cli: Cli, write: Write) -> None:
    result = cli("run", write("throw { token: 'abcdefgh12345678' }", "main.ts"))
    assert "abcdefgh12345678" not in result.stderr


def test_it_ends_when_nothing_is_open(cli: Cli, write: Write) -> None:
    text = "let n = 0; const t = setInterval(() => { console.log(n); if ((n += 1) === 3) clearInterval(t) }, 1)"
    assert cli("run", write(text, "main.js")).stdout == "0\n1\n2\n"


def test_without_the_engine_its_extra_is_named(cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "quickjs", None)
    result = cli("run", write("1", "main.js"))
    assert result.exit_code == 2
    assert "pip install 'taropy[port]'" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("for (;;) {}", {-signal.SIGINT}),
        ("for (;;) Taro.getStorageSync('k')", {-signal.SIGINT, 130}),
        ("setInterval(() => {}, 1000)", {-signal.SIGINT, 130}),
    ],
    ids=["in the engine", "in and out of it", "waiting"],
)
def test_ctrl_c_ends_it(write: Write, body: str, codes: set[int]) -> None:
    file = write(f"import Taro from '@tarojs/taro'\nconsole.log('begun')\n{body}", "main.js")
    with interruptible([sys.executable, "-u", "-m", "taropy", "run", file]) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in codes


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_who_goes_ends_what_is_printed(write: Write) -> None:
    file = write("for (let i = 0; ; i += 1) console.log('line ' + i)", "main.js")
    with interruptible([sys.executable, "-u", "-m", "taropy", "run", file]) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "line 0\n"
        process.stdout.close()
        assert process.wait(10) == 1
        told = process.stderr.read()
    assert "main.js:1: for (let i = 0; ; i += 1)" in told
    assert "Broken pipe" in told
    assert "Traceback" not in told
