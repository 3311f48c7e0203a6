"""Two memos, on a phone whose microphone hears a tone.

taropy run examples/recorder/app.py
"""

from __future__ import annotations

from memos import Memos

import taropy
from taropy import Taro
from taropy.phone import Tone


async def main() -> None:
    """Records two memos, each until it is long enough, listens to both at twice their speed, and deletes one."""
    Taro.phone.microphone.hear(Tone(pitch=440))
    memos = Memos()
    await memos.record("buy tea", at_most=0.5)
    await memos.record("drink it", at_most=0.4)
    for memo in memos.memos:
        await memos.listen(memo, rate=2)
        print(f"{memo.title}: {memo.seconds:.1f} s")
    await memos.delete(memos.memos[0])
    print("left:", ", ".join(memo.title for memo in memos.memos))


if __name__ == "__main__":
    taropy.run(main)
