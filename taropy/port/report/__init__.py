"""How a report is written: as JSON, SARIF and Markdown. The terminal's table is the command's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..findings import Report
from .as_json import as_json
from .as_markdown import as_markdown
from .as_sarif import as_sarif

#: What writes a report in each form.
FORMATS: Mapping[str, Callable[[Report], str]] = {
    "json": as_json,
    "sarif": as_sarif,
    "markdown": as_markdown,
}
