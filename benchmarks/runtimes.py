"""A thousand runtimes, with a phone each, in one process."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from typing import Any

import taropy

from .measure import Result, at_most

COUNT = 1_000
LIMIT_KB = 40


def results() -> list[Result]:
    """What each costs before it is used, and afterwards."""
    _use(taropy.create("weapp"))  # what all share is loaded once
    unused, runtimes = _kilobytes(lambda: [taropy.create("weapp") for _ in range(COUNT)])
    used, _ = _kilobytes(lambda: [_use(runtime) for runtime in runtimes])
    print(
        f"a runtime with its phone: {unused:.1f} KB until used, {unused + used:.1f} KB after a login and a storage call"
    )
    for runtime in runtimes:
        runtime.close()
    return [at_most("a runtime with its phone, unused", ("taropy", unused), ("limit", LIMIT_KB), 1, "KB")]


def _use(runtime: Any) -> Any:
    runtime.login().result()
    runtime.checkSession().result()
    runtime.setStorageSync("token", "0123456789abcdef")
    return runtime.getStorageSync("token")


def _kilobytes(make: Callable[[], list[Any]]) -> tuple[float, list[Any]]:
    """Memory that each of what is made holds."""
    gc.collect()
    tracemalloc.start()
    made = make()
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1024 / COUNT, made
