"""For those who test programs, and for those who write platforms.

`expect_unhandled` is for tests of programs that fail on purpose; pytest finds `pytest_plugin` by itself.

`conformance` has a suite that says whether a platform behaves; a plugin's tests subclass it. The other modules are what
it is made of: `examples`, values that fit a declared type; `recorder`, a native object that answers as it is told and
notes what it is asked; `case`, one function on one platform; `aspects`, what is looked at; `examination`, the run over
all functions of a platform.
"""

from ..lazily import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .expecting import expect_unhandled as expect_unhandled

__all__ = ["expect_unhandled"]

__getattr__, __dir__ = names_of(__name__, {"expect_unhandled": ".expecting"})
