"""`taropy verify`: an original and its port, side by side."""

from __future__ import annotations

import sys

import pytest
from calling import Cli, Write

pytest.importorskip("quickjs", reason="quickjs-ng, which the extra port brings, is not installed")

ORIGINAL = """
import Taro from '@tarojs/taro'

export function price(amount: number): string {
  return amount.toFixed(1)
}

export async function keep(name: string): Promise<void> {
  await Taro.setStorage({ key: 'name', data: name })
}
"""

PORT = """
from taropy import Taro


def price(amount):
    return f"{amount:.1f}"


async def keep(name):
    await Taro.setStorage(key="name", data=name)
"""

SCENARIO = """
async def scenario(program, phone):
    await program.call("price", 2)
    await program.call("keep", "ada")
"""


def test_the_same_is_0(cli: Cli, write: Write) -> None:
    result = cli("verify", write(ORIGINAL, "a.ts"), write(PORT, "a.py"), "--scenario", write(SCENARIO, "scenario.py"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("the same in ")


def test_a_difference_is_1_and_shown(cli: Cli, write: Write) -> None:
    port = write(PORT.replace('key="name"', 'key="nom"'), "a.py")
    result = cli("verify", write(ORIGINAL, "a.ts"), port, "-s", write(SCENARIO, "scenario.py"), "-p", "alipay")
    assert result.exit_code == 1
    text = " ".join(result.stdout.split())
    assert "2 differences original port" in text
    assert 'Taro.setStorage {"data":"ada","key":"name"} Taro.setStorage {"data":"ada","key":"nom"}' in text
    assert 'leaves in storage {"name":"ada"} leaves in storage {"nom":"ada"}' in text


def test_what_was_generated_is_told(cli: Cli, write: Write) -> None:
    result = cli("verify", write(ORIGINAL, "a.ts"), write(PORT, "a.py"))
    assert "price: 6 calls from its types\nkeep: 5 calls from its types\n" in result.stdout
    assert result.exit_code == 1  # 1e21 has other digits in Python
    assert "1e+21" in result.stdout


def test_every_step_can_be_seen(cli: Cli, write: Write) -> None:
    result = cli("verify", write(ORIGINAL, "a.ts"), write(PORT, "a.py"), "-s", write(SCENARIO, "s.py"), "--all")
    assert 'original: price() gives "2.0"\n' in result.stdout
    assert 'port:     price() gives "2.0"\n' in result.stdout


@pytest.mark.parametrize(
    ("original", "port", "scenario", "told"),
    [
        (ORIGINAL, None, SCENARIO, "does not exist"),
        ("export const a = 1", PORT, None, "exports no function"),
        (ORIGINAL, PORT, "", "no 'async def scenario(program, phone)'"),
        (ORIGINAL, PORT, "async def scenario(program, phone):\n    1 / 0", "the scenario fails with the original"),
        ("\0", PORT, None, "is not text"),
    ],
)
def test_bad_input_is_2(
    cli: Cli, write: Write, original: str, port: str | None, scenario: str | None, told: str
) -> None:
    given = [write(original, "a.ts"), "gone.py" if port is None else write(port, "a.py")]
    if scenario is not None:
        given += ["--scenario", write(scenario, "scenario.py")]
    result = cli("verify", *given)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_a_port_is_python(cli: Cli, write: Write) -> None:
    file = write(ORIGINAL, "a.ts")
    result = cli("verify", file, file)
    assert result.exit_code == 2
    assert "the port is a Python file" in result.stderr


def test_without_the_engine_its_extra_is_named(cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "quickjs", None)
    result = cli("verify", write(ORIGINAL, "a.ts"), write(PORT, "a.py"))
    assert result.exit_code == 2
    assert "pip install 'taropy[port]'" in result.stderr


def test_the_help_has_examples(cli: Cli) -> None:
    text = cli("verify", "--help").stdout
    assert "async def scenario(program, phone):" in text
    assert "Exit codes:" in text
    assert "verify" in cli("--help").stdout
