"""The steps that each component of tests/port/renderings says: lines as `//: tap(1)`, with arguments in JSON."""

from __future__ import annotations

from pathlib import Path

from tools.ports.cases import Call, calls_of

COMPONENTS = Path(__file__).parents[2] / "tests" / "port" / "renderings"

__all__ = ["COMPONENTS", "Call", "steps_of"]

steps_of = calls_of
