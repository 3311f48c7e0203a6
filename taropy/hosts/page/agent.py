"""The scripts of a page: the one that it is driven by, and what tells of the life of the app in it."""

from __future__ import annotations

from pathlib import Path

AGENT = Path(__file__).with_name("agent.js")
LIFE = Path(__file__).with_name("shell") / "life.js"
