"""The environment's variables, for those who look at them in every call.

`os.environ` raises and catches two errors before it says that a variable is not there, and makes a text of each name
that it goes through: five times and more as long as all the rest of what is asked.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

#: A name as `stored` has it.
key_of: Callable[[str], Any] = os.environ.encodekey


def stored() -> Mapping[Any, Any]:
    """All variables as they are now, in the form that the system has them in: bytes, on Windows texts."""
    try:
        known: Mapping[Any, Any] = os.environ._data  # type: ignore[attr-defined]
    except AttributeError:  # of a mapping that somebody has put in its place
        pass
    else:
        return known
    form = os.fsencode if os.supports_bytes_environ else str
    return {form(name): form(value) for name, value in os.environ.items()}
