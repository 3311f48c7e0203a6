"""The script that a page is driven by."""

from __future__ import annotations

from pathlib import Path

AGENT = Path(__file__).with_name("agent.js")
