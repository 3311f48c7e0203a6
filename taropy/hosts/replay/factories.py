"""The hosts "record", which goes around another one, and "replay", which answers from what was recorded."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs

from ...runtime.hosts import Host, native_host
from ...runtime.platforms import Platform
from ...runtime.plugins import registry
from .errors import TraceError
from .player import Replay
from .recorder import Recorder
from .traces import Writer, read


def record(
    platform: Platform,
    *,
    trace: str | os.PathLike[str],
    over: object = "phone",
    show_secrets: bool = False,
    date: bool = False,
    stable: bool = True,
    **options: Any,
) -> Host:
    """Another host, of whose native object everything is written into the file `trace`.

    - `over`: the name of that host, whose `options` the others are, or a native object.
    - `show_secrets`: leaves tokens, passwords and the like as they are, in place of a mask.
    - `date`: notes on which day it was recorded.
    - `stable`: whether names of temporary files, codes and moments are the same in every recording; else as they came.
    """
    inner = _inner(platform, over, options)
    head: dict[str, Any] = {"platform": platform.name, "host": inner.name}
    if date:
        head["date"] = datetime.now(UTC).date().isoformat()
    if show_secrets:
        head["secrets"] = "shown"
    try:
        writer = Writer(Path(trace), head)
    except BaseException:
        if inner.close is not None:
            inner.close()
        raise
    clock = time.monotonic if inner.phone is None else inner.phone.clock.elapsed
    recorder = Recorder(inner.native, writer, writer.files, clock, show_secrets=show_secrets, stable=stable)

    def leave() -> None:
        recorder.end()
        writer.close()
        if inner.leave is not None:
            inner.leave()

    return attrs.evolve(inner, native=recorder.native, leave=leave)


def _inner(platform: Platform, over: object, options: dict[str, Any]) -> Host:
    if isinstance(over, str):
        return registry().host(over)(platform, **options)
    if options:
        raise TypeError(f"a native object takes no host options, and there is {', '.join(options)}")
    return native_host(platform, over)


def replay(platform: Platform, *, trace: str | os.PathLike[str], ignore: Collection[str] = ()) -> Host:
    """A host that answers from the file `trace`, which the host "record" has written.

    - `ignore`: options that are not compared, such as `request.header.X-Nonce`, or `*.nonce`.
    """
    found = read(Path(trace))
    if found.platform != platform.name:
        raise TraceError(found.path, f"it is of {found.platform}, and cannot be played on {platform.name}")
    played = Replay(found, platform.name, ignore)
    return Host("replay", played.native, leave=played.end)
