"""In the report of a test that failed: below each line of ported code, the one that it was ported from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..port.originals import origin_of

#: What begins the lines of a report that tell the error, which come last.
ERROR = "E  "


def tell_originals(report: pytest.TestReport, base: Path) -> None:
    """Adds the originals' lines to a report, as comments; the paths in it are told from `base` on."""
    for entry in _entries(report):
        origin = origin_of(str(base / entry.reprfileloc.path), entry.reprfileloc.lineno)
        if origin is not None:
            errors = (index for index, line in enumerate(entry.lines) if line.startswith(ERROR))
            entry.lines.insert(next(errors, len(entry.lines)), f"    # from {origin}")


def _entries(report: pytest.TestReport) -> Iterator[Any]:
    """The places of a traceback. Their classes are pytest's own affair, and so are reports of other forms."""
    for traceback, *_ in getattr(report.longrepr, "chain", ()):
        for entry in getattr(traceback, "reprentries", ()):
            if getattr(entry, "reprfileloc", None) is not None and isinstance(getattr(entry, "lines", None), list):
                yield entry
