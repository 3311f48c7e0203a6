"""Commands whose process is prepared before they begin.

`subprocess` can do it by `preexec_fn`, which may hang where there are threads, as in these tests; Python warns of it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

INTERRUPTIBLE = "import signal; signal.signal(signal.SIGINT, signal.SIG_DFL)"

#: From Python 3.12 on `os.fork` warns where there are threads, which a test of just that knows.
FORKS_WITH_THREADS = ("-W", "ignore:This process:DeprecationWarning")


def prepared(statements: str, command: Sequence[object]) -> list[str]:
    """The command, in whose process these statements of Python run first."""
    code = f"{statements}\nimport os, sys\nos.execvp(sys.argv[1], sys.argv[1:])"
    return [sys.executable, "-c", code, *map(str, command)]
