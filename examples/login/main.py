"""The tea shop on one platform: a mini program that signs its user in, its backend, and the vendor.

    taropy run examples/login/main.py --platform alipay
    TARO_ENV=alipay python examples/login/main.py

Everything is real but the phone, the vendor and the user: HTTP, the tokens, the database, the cryptography. Needs the
extras `server` and `crypto`.
"""

from __future__ import annotations

import shutil
import textwrap

from story import Step, story
from world import world

import taropy
from taropy import Taro

MARGIN = 16
WIDEST = 100


async def tell() -> list[Step]:
    """Prints the user's story while it happens."""
    print(f"{Taro.platform.title} ({Taro.platform.name})")
    steps = []
    async for step in story():
        print(paragraph(f"  {step.title}", step.text), flush=True)
        steps.append(step)
    return steps


def paragraph(title: str, text: str) -> str:
    """`text` in lines that fit the terminal, with `title` in the margin."""
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    return textwrap.fill(text, width, initial_indent=title.ljust(MARGIN), subsequent_indent=" " * MARGIN)


if __name__ == "__main__":
    with world(Taro.phone):
        taropy.run(tell)
