"""What is played: calls of the program's functions, and what happens on the phone meanwhile."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...phone import Phone
    from .sides import Playing

Scenario = Callable[["Playing", "Phone"], Awaitable[None]]


class ScenarioError(Exception):
    """Nothing can be compared: a scenario's file has none, it fails by itself, or the original can't be run."""


def read_scenario(file: Path) -> Scenario:
    """The `async def scenario(program, phone)` of a Python file. `ScenarioError` where there is none."""
    spec = importlib.util.spec_from_file_location(f"scenario_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ScenarioError(f"{file} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(file.parent))
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ScenarioError(f"{file}: {type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(file.parent))
    found: Any = getattr(module, "scenario", None)
    if not inspect.iscoroutinefunction(found):
        raise ScenarioError(f"{file} has no 'async def scenario(program, phone)'")
    scenario: Scenario = found
    return scenario
