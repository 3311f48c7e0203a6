"""The forms of Bluetooth's UUIDs: 16, 32 and 128 bits.

A short one stands for a long one with the Bluetooth SIG's own ending: Core specification 5.4, Vol 3, Part B, 2.5.1.
"""

from __future__ import annotations

import re

BASE = "-0000-1000-8000-00805F9B34FB"
_SHORT = re.compile(r"(?:0x)?([0-9A-F]{4}|[0-9A-F]{8})", re.IGNORECASE)
_LONG = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}", re.IGNORECASE)


def full(uuid: str) -> str:
    """The 128-bit form, in capitals: `0000180D-0000-1000-8000-00805F9B34FB` for `180D`. ValueError for what is none."""
    if isinstance(uuid, str):
        short = _SHORT.fullmatch(uuid)
        if short:
            return f"{short[1].upper():0>8}{BASE}"
        if _LONG.fullmatch(uuid):
            return uuid.upper()
    raise ValueError(f"a Bluetooth UUID is 180D, 0000180D or 0000180d-0000-1000-8000-00805f9b34fb, not {uuid!r}")


def short(uuid: str) -> str:
    """The shortest form, in capitals: `180D`, or all 128 bits of one that is not the Bluetooth SIG's."""
    long = full(uuid)
    return long[:8].removeprefix("0000") if long.endswith(BASE) else long


def known(uuid: object) -> str | None:
    """As `full`; None for what is no UUID."""
    try:
        return full(uuid)  # type: ignore[arg-type]
    except ValueError:
        return None


def packed(uuid: str) -> bytes:
    """The bytes as they are on the air: 2, 4 or 16, the last first."""
    return bytes.fromhex(short(uuid).replace("-", ""))[::-1]
