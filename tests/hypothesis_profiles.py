"""How hypothesis draws in the folders that have it think of programs."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings


def load_profile() -> None:
    """On a build server a failure must be the same one twice."""
    settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    settings.register_profile("desk", deadline=None, suppress_health_check=list(HealthCheck))
    settings.load_profile("ci" if os.environ.get("CI") else "desk")
