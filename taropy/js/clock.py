"""The clock that programs live by: that of the phone which the process's `Taro` runs on."""

from __future__ import annotations

import sys
import time
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..phone.core.clock import Clock
    from ..runtime.bound import Runtime


def runtime() -> Runtime:
    """The process's current runtime, which is made if there is none yet."""
    from ..runtime.taro import process_taro

    return process_taro._runtime


def clock() -> Clock:
    """The clock of the current runtime's phone; over a host that is no phone, one that shows real time."""
    phone = runtime().host.phone
    return _real() if phone is None else phone.clock


def running_clock() -> Clock | None:
    """The same, and None until somebody uses `Taro`: time is real then, and asking for it makes no runtime."""
    # Importing the runtime takes many times what importing this library does, and a date may be all that is asked for.
    taros = sys.modules.get("taropy.runtime.taro")
    return None if taros is None or "_runtime" not in vars(taros.process_taro) else clock()


def milliseconds() -> float:
    """The time in milliseconds since the epoch."""
    shown = running_clock()
    return (time.time() if shown is None else shown.now()) * 1000


@cache
def _real() -> Clock:
    from ..phone.core.clock import Clock

    return Clock()
