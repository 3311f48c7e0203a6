"""`Guarded`: objects of the phone that have the attributes which their classes give them, and no others.

`phone.network.typ = "none"` would change nothing, and the test that says it would pass for another reason. What a
program draws and plays with is `Keeping`: as in JavaScript, the program may keep fields of its own there.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any, ClassVar

from ...hints import close_to, no_attribute, tell_slip
from ...keywords import hint_methods
from .telling import Showing

set_attribute = object.__setattr__


class Guarded:
    """Refuses, with "did you mean", to set what it does not have. Python itself refuses to read that.

    Its methods say what was meant when they are called with a keyword that they do not take.

    A `__getattr__` would have all attributes looked up slowly. What Python suggests it finds by `__dir__`, which tells
    of no private names.

    What it has is what its class declares, and what the methods of its class set: theirs, and those of subclasses, are
    told from other code by their `self`.
    """

    #: What messages call it.
    _in_messages: ClassVar[str] = "it"
    #: The methods that every call of a program goes through, and which are to cost nothing more.
    _busy: ClassVar[frozenset[str]] = frozenset()
    #: The names that methods have set, by class: whoever sets one of these again need not be looked at.
    _settable: ClassVar[set[str]] = set()

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._settable = set()
        hint_methods(cls, cls._busy)

    # Type checkers would take it for the word that there are attributes of any name.
    if not TYPE_CHECKING:

        def __setattr__(self, name: str, value: Any) -> None:
            if name not in self._settable:
                self._admit(name, sys._getframe(1))
            set_attribute(self, name, value)

    def _admit(self, name: str, frame: FrameType) -> None:
        """Raises `AttributeError` if what runs in `frame` may not set an attribute of this name."""
        declared = name in self._settable or any(name in vars(kind) for kind in type(self).__mro__)
        if not (declared or name.startswith("_") or _is_method_of(self, frame) or self._has(name)):
            raise no_attribute(f"{self._in_messages} has no {name!r}{close_to(name, dir(self))}")
        self._settable.add(name)

    def _has(self, name: str) -> bool:
        """Whether it has the attribute in whatever way it came there.

        Asked last: an object whose `__dict__` was looked at has its attributes looked up more slowly from then on.
        """
        return name in vars(self)

    def __dir__(self) -> list[str]:
        return [name for name in object.__dir__(self) if not name.startswith("_") or name.startswith("__")]


class Keeping(Showing):
    """An object of the program's that is no manager: it takes any attribute, and tells of slips of its own names.

    So a context says that `fillStlye` is near to `fillStyle`, at the line that sets it.
    """

    #: What messages call it, if that is not its class.
    _in_messages: ClassVar[str] = ""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.__setattr__ = _setting(cls)  # type: ignore[assignment,method-assign]


def _setting(kind: type[Keeping]) -> Callable[[Keeping, str, Any], None]:
    """The `__setattr__` of the class: programs that draw set its properties all the time, so these come first."""
    found = {name: member for each in reversed(kind.__mro__) for name, member in vars(each).items()}
    setters = {name: each.fset for name, each in found.items() if isinstance(each, property) and each.fset is not None}
    setter_of, looked_at = setters.get, set[str]()

    def set_on(thing: Keeping, name: str, value: Any) -> None:
        own = setter_of(name)
        if own is not None:
            own(thing, value)
            return
        if name not in looked_at and not _is_told_slip(thing, name, sys._getframe(1)):
            looked_at.add(name)
        set_attribute(thing, name, value)

    return set_on


def _is_told_slip(thing: Keeping, name: str, frame: FrameType) -> bool:
    """Whether a name is a slip of one that the object has, which is told then."""
    if name.startswith("_") or hasattr(type(thing), name) or _is_method_of(thing, frame):
        return False
    names = frozenset(each for each in dir(thing) if each != name and not each.startswith("_"))
    return tell_slip(thing._in_messages or type(thing).__name__, name, names)


def _is_method_of(thing: object, frame: FrameType) -> bool:
    return frame.f_code.co_varnames[:1] == ("self",) and frame.f_locals["self"] is thing
