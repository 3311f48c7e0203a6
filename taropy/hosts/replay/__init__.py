"""Traces of native calls: recorded from any host, answered from by the host "replay", compared with the phone.

- `values` is how values are written, with `standing` for those that are another in every run; `traces` is the file
- `recorder` records, by what `around` puts around native objects
- `script` says what may happen next in a trace; `player` answers from it; `kinds` says what of two values is the same
- `comparing` plays a trace on the phone, for which `servers` say what they said in it
- `factories` makes the hosts "record" and "replay"
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...lazily import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .around import note as note
    from .comparing import Comparison as Comparison
    from .comparing import Differing as Differing
    from .comparing import compare as compare
    from .errors import DepartureWarning as DepartureWarning
    from .errors import ReplayError as ReplayError
    from .errors import TraceError as TraceError

_HOMES = {
    "Comparison": ".comparing",
    "DepartureWarning": ".errors",
    "Differing": ".comparing",
    "ReplayError": ".errors",
    "TraceError": ".errors",
    "compare": ".comparing",
    "note": ".around",
}

__all__ = ["Comparison", "DepartureWarning", "Differing", "ReplayError", "TraceError", "compare", "note"]

__getattr__: Callable[[str], Any]
__dir__: Callable[[], list[str]]
__getattr__, __dir__ = names_of(__name__, _HOMES)
