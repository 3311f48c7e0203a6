"""`Accessors`: the base of what an object becomes that is written out with getters and setters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .fields import own_fields
from .keys import in_order
from .object import Object


class Accessors(Object):
    """`{ first: 'Ada', get name() { … } }`: a class with the getters as properties, which is given the other fields.

        class Person(Accessors):
            @property
            def name(self): return self.first + " Lovelace"

        person = Person(first="Ada")

    They are its own fields as the others are: listed, spread and written into JSON, after these, or in the order that
    `__keys__` says; a getter that is given `...` has its place among the fields: `Person({"first": "Ada"}, name=...)`.
    """

    __keys__: tuple[str, ...] = ()

    def __init__(self, *spread: Any, **fields: Any) -> None:
        for part in (*spread, fields):
            own = own_fields(part) if part is not None else {}
            for name in own:
                if own[name] is ...:
                    vars(self)[name] = None  # for its place, since the property is what reads
                else:
                    setattr(self, name, own[name])

    def __fields__(self) -> Mapping[str, Any]:
        own = vars(self)
        accessors = (name for kind in type(self).__mro__ for name, each in vars(kind).items() if type(each) is property)
        return {name: getattr(self, name) for name in in_order(dict.fromkeys((*self.__keys__, *own, *accessors)))}
