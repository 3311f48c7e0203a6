"""`taropy record`, `taropy run --host replay` and `taropy compare`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calling import Cli, Write

APP = """
from taropy import Taro
async def main():
    print((await Taro.getNetworkType()).networkType)
    await Taro.setStorage(key="cart", data="TEA")
    print((await Taro.getStorage(key="cart")).data)
"""

BENCH = """
class Bench:
    def getNetworkType(self, options):
        options["success"]({"networkType": "4g"})
    def setStorage(self, options):
        options["success"]({})
    def getStorage(self, options):
        options["success"]({"data": "TEA"})
bench = Bench()
"""


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
def test_a_program_is_recorded_and_replayed(cli: Cli, write: Write, tmp_path: Path, platform: str) -> None:
    trace = str(tmp_path / "shop.jsonl")
    recorded = cli("record", "--platform", platform, write(APP), trace)
    assert (recorded.exit_code, recorded.stdout, recorded.stderr) == (0, "wifi\nTEA\n", f"trace: {trace}\n")
    again = cli("run", "--platform", platform, "--host", "replay", "--trace", trace, write(APP))
    assert (again.exit_code, again.stdout, again.stderr) == (0, "wifi\nTEA\n", "")
    compared = cli("compare", trace)
    assert (compared.exit_code, compared.stdout) == (0, "")
    assert "calls, no differences" in compared.stderr


def test_where_a_program_departs_is_said_with_its_line(cli: Cli, write: Write, tmp_path: Path) -> None:
    trace = str(tmp_path / "shop.jsonl")
    cli("record", write(APP), trace)
    handled = APP.replace("    await Taro.setStorage", "    Taro.setStorage").replace('"TEA")', '"MILK", fail=print)')
    result = cli("run", "--host", "replay", "--trace", trace, write(handled))
    assert result.exit_code == 1
    departs = f'call 2 departs from {trace}, line 3: data: "MILK" is asked, "TEA" was recorded'
    assert f"departed: app.py:5: setStorage:fail {departs}" in result.stderr


def test_calls_that_the_program_has_not_made_are_listed(cli: Cli, write: Write, tmp_path: Path) -> None:
    trace = str(tmp_path / "shop.jsonl")
    cli("record", write(APP), trace)
    result = cli("run", "--host", "replay", "--trace", trace, write("from taropy import Taro\nTaro.getNetworkType()"))
    assert result.exit_code == 1
    assert result.stderr == "not made: call 2, setStorage (line 3)\nnot made: call 3, getStorage (line 4)\n"


def test_a_program_s_own_native_object_is_recorded_and_compared(cli: Cli, write: Write, tmp_path: Path) -> None:
    trace, bench = str(tmp_path / "shop.jsonl"), write(BENCH, "bench.py")
    result = cli("record", "--native", f"{bench}:bench", write(APP), trace)
    assert (result.exit_code, result.stdout) == (0, "4g\nTEA\n")
    head = json.loads(Path(trace).read_text("utf-8").splitlines()[0])
    assert head == {"taropy-trace": 1, "platform": "weapp", "host": "native object Bench"}
    compared = cli("compare", "--ignore", "*.errMsg", trace)
    assert compared.exit_code == 1
    assert '    networkType: "4g" was recorded, "wifi" is on the phone' in compared.stdout
    assert "3 calls, 1 difference\n" in compared.stderr
    assert cli("compare", "--ignore", "getNetworkType", "--ignore", "*.errMsg", trace).exit_code == 0


def test_the_host_is_given_what_it_takes(cli: Cli, write: Write, tmp_path: Path) -> None:
    trace = str(tmp_path / "shop.jsonl")
    program = write("from taropy import Taro\nprint(Taro.getSystemInfoSync().model)")
    assert "Pixel 8" in cli("record", "--with", "device=Pixel 8", program, trace).stdout
    assert "Pixel 8" in cli("run", "--host", "replay", "--trace", trace, program).stdout
    assert cli("compare", "--device", "Pixel 8", trace).exit_code == 0
    assert cli("compare", trace).exit_code == 1


def test_the_world_around_the_phone_is_made_by_a_function(cli: Cli, write: Write, tmp_path: Path) -> None:
    trace, bench = str(tmp_path / "shop.jsonl"), write(BENCH, "bench.py")
    world = write("def offline(phone):\n    phone.network.type = '4g'\n", "world.py")
    cli("record", "--native", f"{bench}:bench", write(APP), trace)
    ignored = ("--ignore", "*.errMsg", "--ignore", "*.signalStrength", "--ignore", "*.hasSystemProxy")
    assert cli("compare", *ignored, "--prepare", f"{world}:offline", trace).exit_code == 0


def test_the_program_s_exit_code_and_failure_stay(cli: Cli, write: Write, tmp_path: Path) -> None:
    trace = str(tmp_path / "shop.jsonl")
    result = cli("record", write("import sys; sys.exit(7)"), trace)
    assert result.exit_code == 7
    result = cli("record", write("from taropy import Taro\nTaro.getStorage(key='none').result()"), trace)
    assert result.exit_code == 1
    assert "app.py:2: getStorage:fail data not found" in result.stderr
    assert Path(trace).read_text("utf-8").endswith('{"end": true}\n')


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["record", "--host", "replya", "APP", "t.jsonl"], "did you mean 'replay'?"),
        (["record", "--host", "pyodide", "APP", "t.jsonl"], "taropy runs in none here"),
        (["run", "--host", "pyodide", "APP"], "taropy runs in none here"),
        (["run", "--host", "devtools", "--url", "ws://127.0.0.1:1", "APP"], "nothing answers at ws://127.0.0.1:1"),
        (["record", "--with", "devcie=Pixel 8", "APP", "t.jsonl"], "did you mean 'device'?"),
        (["record", "--with", "device", "APP", "t.jsonl"], "'device' is not written NAME=VALUE"),
        (["record", "--native", "nothing.here:x", "APP", "t.jsonl"], "nothing.here:x cannot be had"),
        (["record", "--native", "bench", "APP", "t.jsonl"], "is not written MODULE:NAME or FILE.py:NAME"),
        (["record", "APP", "/proc/none/t.jsonl"], "/proc/none"),
        (["run", "--host", "replay", "APP"], "name it with --trace FILE"),
        (["run", "--host", "replay", "--trace", "none.jsonl", "APP"], "there is no such file"),
        (["run", "--host", "replay", "--trace", "APP", "--ask", "APP"], "--ask is for --host phone"),
        (["run", "--host", "replay", "--trace", "APP", "APP"], "it is no trace of calls"),
        (["compare", "none.jsonl"], "there is no such file"),
        (["compare", "--har", "none.har", "--real-servers", "APP"], "requests are answered from --har"),
    ],
)
def test_a_command_that_is_used_wrongly_says_so(cli: Cli, write: Write, arguments: list[str], said: str) -> None:
    file = write(APP)
    result = cli(*(file if each == "APP" else each for each in arguments))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_recording_that_is_killed_can_be_replayed_as_far_as_it_came(cli: Cli, write: Write, tmp_path: Path) -> None:
    trace = tmp_path / "shop.jsonl"
    killed = APP.replace(
        "    print((await Taro.getStorage", "    import os; os._exit(9)\n    print((await Taro.getStorage"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-m", "taropy", "record", write(killed), str(trace)], capture_output=True)
    assert done.returncode == 9
    assert "end" not in trace.read_text("utf-8")
    result = cli("run", "--host", "replay", "--trace", str(trace), write(APP))
    assert result.exit_code == 1
    assert result.stdout == "wifi\n"
    assert "getStorage:fail call 3 departs" in result.stderr
    assert "it was cut off there" in result.stderr
