"""The program of docs/guides/hosts.md, which does the same on every host."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "hosts.md"
PROGRAM, INSIDE, IN_PYTHON = re.findall(r"^```py\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
