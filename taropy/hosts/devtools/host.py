"""The host: a connection to DevTools, and the native object of the mini program that is open there."""

from __future__ import annotations

from ...runtime.hosts import Host
from ...runtime.platforms import Platform
from .native import Native
from .wire import Wire

#: Where DevTools serves its automation port unless it is told another one.
URL = "ws://127.0.0.1:9420"


def devtools_host(platform: Platform, *, url: str = URL, answer_within: float = 30.0) -> Host:
    """WeChat's DevTools at `url`; `answer_within` is how long an answer that is waited for may take, in seconds."""
    if platform.native_name != "wx":
        raise TypeError(f"in DevTools programs call wx, and those of {platform.name} {platform.native_name or 'none'}")
    wire = Wire(url, answer_within)
    return Host("devtools", Native(wire), close=wire.close)
