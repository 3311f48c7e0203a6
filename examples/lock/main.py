"""A lock is opened, refuses a wrong code, and runs out of power in the middle.

    taropy run examples/lock/main.py

Nothing else is needed. `Taro.phone.bluetooth.use_real()` instead of the simulated lock would look for a real one.
"""

from __future__ import annotations

from door import Lock
from lock import open_lock

import taropy
from taropy import Taro


async def visit() -> None:
    """Three times at the door."""
    door = Taro.phone.bluetooth.add(Lock("Front door", code="4711"))
    print("4711:", await open_lock("Front door", "4711"))
    print("1234:", await open_lock("Front door", "1234"))
    door.vanish(after=1)
    print("4711:", await open_lock("Front door", "4711"))


if __name__ == "__main__":
    taropy.run(visit)
