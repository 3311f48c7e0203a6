"""The command line, `taropy`. It needs the extra `cli`, which brings click and rich.

`commands` has the group; each command has its module. Exit codes: 0 all is well, 1 the program that was run failed,
2 the command was used wrongly, or something that it needs is not installed.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

EXTRA = ("click", "rich")


def main() -> int:
    """Runs the command line on `sys.argv`; returns the exit code, or raises `SystemExit` with it."""
    missing = [package for package in EXTRA if find_spec(package) is None]
    if missing:
        print(f"taropy: the command line needs {' and '.join(missing)}: pip install 'taropy[cli]'", file=sys.stderr)
        return 2
    from .commands import taropy

    taropy(prog_name="taropy")
    return 0
