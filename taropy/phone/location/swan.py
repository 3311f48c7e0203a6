"""Positions and places in Baidu's own form: github.com/swan-team/swan-docs, api/location."""

from __future__ import annotations

from ..core.swan import numbered, wrong
from ..core.variant import Surface

SURFACE = Surface(
    "swan",
    {
        "openLocation": numbered("openLocation", wrong(), {}),
        **{name: numbered(name, {}, {}) for name in ("getLocation", "chooseLocation", "startLocationUpdate")},
    },
)
