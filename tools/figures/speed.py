"""How long porting takes: 60 modules of 90 lines, without formatting.

It is measured in an interpreter of its own, in which nothing else is kept: `python -m tools.figures.speed`.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from taropy.port.porting import translated
from tools.figures import apart

MODULES = 60
LINES = 90

_PART = """
/** What an order {n} costs. */
export function total{n}(items: Item[], discount = 0): number {{
  let sum = 0
  for (const item of items) {{
    if (!item.price || item.count <= 0) continue
    sum += item.price * item.count
  }}
  return discount > 0 ? sum * (1 - discount) : sum
}}

export async function load{n}(id: string) {{
  const {{ statusCode, data }} = await Taro.request({{ url: `https://shop.example/orders/${{id}}` }})
  if (statusCode !== 200) {{
    throw new Error('no answer')
  }}
  return data.items.map(each => ({{ ...each, label: `${{each.name}} x ${{each.count}}` }}))
}}
"""


def row() -> str:
    """The line of the table."""
    done = apart.python("-m", "tools.figures.speed", folder=Path())
    took = f"{float(done.stdout):.2f} s" if done.returncode == 0 else done.stderr
    return f"{f'{MODULES} modules of {LINES} lines':34} ported in {took} of a processor, without formatting"


def measured() -> float:
    """The seconds of a processor that it takes, those of ruff included, once everything is imported."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(MODULES):
            Path(folder, f"module{number}.ts").write_text(_module(number), encoding="utf-8")
        translated([Path(folder, "module0.ts")], layout=False)
        start = sum(os.times()[:4])
        translated([Path(folder)], layout=False)
        return sum(os.times()[:4]) - start


def _module(number: int) -> str:
    other = f"import {{ total0 as first }} from './module{number - 1}'\n" if number else ""
    head = (
        f"import Taro from '@tarojs/taro'\n{other}\ninterface Item {{ name: string; price: number; count: number }}\n"
    )
    text = head + "".join(_PART.format(n=each) for each in range(4))
    return text + "\n" * (LINES - text.count("\n"))


if __name__ == "__main__":
    print(measured())
