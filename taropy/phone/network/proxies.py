"""The proxies that are set on the computer."""

from __future__ import annotations

import os
import sys
from urllib.request import getproxies


def proxies() -> dict[str, str]:
    """As `urllib` finds them, by scheme. Where the environment alone says so, its names are looked at first."""
    if sys.platform not in ("darwin", "win32") and not any(name.lower().endswith(b"_proxy") for name in os.environb):
        return {}
    return getproxies()
