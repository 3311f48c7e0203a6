"""`Object`: what programs do with objects, and the base class of a ported class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from types import new_class
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from .array import Array
from .callbacks import Callback, called_with
from .conversions import object_text, text, typeof
from .errors import TypeError
from .fields import declares, own_fields, own_keys
from .keys import property_key
from .missing import is_nullish
from .obj import Obj, with_symbols
from .operators import same_value

T = TypeVar("T")


def _checked(value: Any) -> Any:
    if is_nullish(value):
        raise TypeError("Cannot convert undefined or null to object")
    return value


class _Statics(type):
    """What JavaScript has on `Object` itself. It is not the instances' to have: `cart.keys` is a field of a cart.

    A static that a class lacks is None; checkers tell it, as TypeScript does.
    """

    if not TYPE_CHECKING:

        def __getattr__(cls, name: str) -> Any:
            if name[:2] == "__" == name[-2:]:  # Python's own, which it asks every class for
                raise AttributeError(name)
            return None

    def keys(cls, value: Any) -> Array[str]:
        """The keys of a value's own fields."""
        return Array(value if isinstance(value, Obj) else own_keys(_checked(value)))

    def values(cls, value: Any) -> Array[Any]:
        """The values of its own fields."""
        return Array([pair[1] for pair in _pairs(value)])

    def entries(cls, value: Any) -> Array[Array[Any]]:
        """Arrays of the keys and values of its own fields."""
        return Array([Array(pair) for pair in _pairs(value)])

    def assign(cls, target: T, *sources: Any) -> T:
        """Sets the fields of the sources on `target`, and returns it; None has none."""
        _checked(target)
        for source in sources:
            if not is_nullish(source):
                fields = source if isinstance(source, Obj) else Obj(source)
                for key, value in [*dict.items(with_symbols(fields))]:
                    set_field(target, key, value)
        return target

    def fromEntries(cls, pairs: Iterable[Any]) -> Any:
        """An object of pairs of key and value."""
        made = Obj()
        for pair in pairs:
            made[pair[0]] = pair[1]
        return made

    def hasOwn(cls, value: Any, key: Any) -> bool:
        """Whether it is a field of its own."""
        return has_own(_checked(value), key)

    def is_(cls, left: Any, right: Any) -> bool:
        """Whether the two are one value: NaN is NaN, and 0 is not -0."""
        return same_value(left, right)

    def freeze(cls, value: T) -> T:
        """Has every change of it raise `TypeError`, as modules of JavaScript have it; returns it."""
        return freeze(value)

    def isFrozen(cls, value: Any) -> bool:
        """Whether it can't be changed: frozen, or no object at all."""
        return type(value) in _frozen or typeof(value) not in ("object", "function")

    def create(cls, prototype: Any, fields: Any = None) -> Any:
        """`Object.create(null)`: an empty object. There are no prototypes here: `TypeError` for one."""
        if not is_nullish(prototype) or not is_nullish(fields):
            raise TypeError("Object.create() makes an object without a prototype here; write a class that extends it")
        return Obj()

    def defineProperty(cls, value: T, key: Any, descriptor: Any) -> T:
        """Sets a field that can be read, written, listed and deleted; `TypeError` for another. Returns `value`."""
        kept = [name for name in ("writable", "enumerable", "configurable") if not descriptor[name]]
        if kept or "value" not in descriptor:
            lack = f"is not {kept[0]}" if kept else "has a getter or setter"
            raise TypeError(f"a field that {lack} is not to be had here; write a class with a property")
        set_field(value, property_key(key), descriptor["value"])
        return value

    def getOwnPropertyNames(cls, value: Any) -> Array[str]:
        """The keys of its own fields; of arrays and texts `length` too."""
        names = own_keys(_checked(value))
        return Array([*names, "length"] if isinstance(value, str | list | tuple) else names)

    def groupBy(cls, items: Iterable[Any], callback: Callback) -> Obj:
        """Arrays of the items, by what `callback(item, index)` returns for them."""
        groups = Obj()
        for index, item in enumerate(items):
            key = property_key(called_with(callback, (item, index)))
            if key not in groups:
                groups[key] = Array()
            groups[key].push(item)
        return groups


class Object(metaclass=_Statics):
    """The base of a ported class: `class Cart(Object)`. A field that was never set is None; fields read by key too.

    Its statics are JavaScript's: `Object.keys(cart)`, `Object.assign(cart, {"count": 1})`, …
    """

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__" == name[-2:]:
            raise AttributeError(name)
        return None

    def __getitem__(self, key: Any) -> Any:
        return getattr(self, property_key(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        setattr(self, property_key(key), value)

    def __delitem__(self, key: Any) -> None:
        vars(self).pop(property_key(key), None)

    def __contains__(self, key: object) -> bool:
        return property_key(key) in self.__dict__ or declares(type(self), property_key(key))

    def __iter__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} is not iterable")

    def __delattr__(self, name: str) -> None:
        vars(self).pop(name, None)

    def __or__(self, other: Any) -> Obj:
        return Obj(self, other)

    def hasOwnProperty(self, key: Any) -> bool:
        """Whether it is a field of its own."""
        return property_key(key) in own_fields(self)


def _pairs(value: Any) -> list[tuple[str, Any]]:
    fields = value if isinstance(value, Obj) else Obj(_checked(value))
    return [(key, fields[key]) for key in fields]


def has_own(value: Any, key: Any) -> bool:
    """Whether a value has its own field of this key."""
    if isinstance(value, list | tuple | str) and property_key(key) == "length":
        return True
    return property_key(key) in own_fields(value)


def set_field(value: Any, key: Any, new: Any) -> None:
    """`value[key] = new`, of objects, arrays, instances and functions."""
    if hasattr(type(value), "__setitem__"):
        value[key] = new
    else:
        setattr(value, property_key(key), new)


# --- frozen objects --------------------------------------------------------------------------------------------

_frozen: set[type] = set()

_MUTATORS = ("__delattr__", "__delitem__", "__setattr__", "__setitem__")
_MUTATORS_OF_LISTS = (
    *_MUTATORS, "append", "clear", "copyWithin", "extend", "fill", "insert", "pop", "push", "remove", "reverse",
    "shift", "sort", "splice", "unshift",
)  # fmt: skip


def freeze(value: T) -> T:
    """See `Object.freeze`: the value becomes one of a class of its own, whose methods change nothing."""
    kind: type = type(value)
    if isinstance(value, Obj | Array | Object) and kind not in _frozen:
        object.__setattr__(value, "__class__", _frozen_kind(kind))
    return value


@cache
def _frozen_kind(kind: type) -> type:
    mutators = _MUTATORS_OF_LISTS if issubclass(kind, list) else _MUTATORS
    body: dict[str, Any] = {name: _refusing(name) for name in mutators}
    extra = {"kept": True} if issubclass(kind, Obj) else {}
    body |= {"__slots__": (), "__module__": kind.__module__}
    made = new_class(kind.__name__, (kind,), extra, lambda names: names.update(body))
    _frozen.add(made)
    return made


def _refusing(name: str) -> Callable[..., NoReturn]:
    def refuse(self: Any, key: Any = "", *_: Any) -> NoReturn:
        deed = "delete" if "del" in name else "assign to read only"
        what = f" property '{text(key)}'" if name.startswith("__") else ""
        raise TypeError(f"Cannot {deed}{what} of {object_text(self)}, which is frozen")

    return refuse
