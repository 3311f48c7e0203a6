"""`kept`: a property that is worked out once."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # To type checkers it is a plain property: pyright takes no other for what a protocol says is one.
    kept = property
else:
    from functools import cached_property

    class kept(cached_property):
        """Who asks the class sees a property, which completers of shells know not to ask the object for."""

        def __get__(self, instance, owner=None):
            return property(self.func) if instance is None else super().__get__(instance, owner)


__all__ = ["kept"]
