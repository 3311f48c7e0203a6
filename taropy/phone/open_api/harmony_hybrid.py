"""SOTER as `@tarojs/plugin-platform-harmony-hybrid` 4.1.11 has it: `dist/api/apis/open-api/soter`."""

from __future__ import annotations

from ..core.variant import Surface, Variant

SURFACE = Surface(
    "harmony-hybrid",
    # Which its code asks in place of whether anything is enrolled.
    {"checkIsSoterEnrolledInDevice": Variant("checkIsSupportSoterAuthentication")},
)
