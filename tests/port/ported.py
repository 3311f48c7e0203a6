"""A folder of programs that is ported for tests, whose modules can be imported."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from taropy.port.porting import Outcome, port


@contextmanager
def ported_package(sources: Path, package: Path) -> Iterator[tuple[Outcome, Callable[[str], ModuleType]]]:
    """What came of porting the sources into a package, and a function that imports a module of it."""
    outcome = port([sources], package)
    sys.path.insert(0, str(package.parent))
    try:
        yield outcome, lambda name: importlib.import_module(f"{package.name}.{name}")
    finally:
        sys.path.remove(str(package.parent))
