"""`Obj`: a JavaScript object.

A dict whose attributes are its fields, all of them and nothing else: attributes are looked up by `dict.__getitem__`, in
C, and what is not there by `__missing__`, which gives None.

What was tried, in nanoseconds (CPython 3.11, beside a plain dict's 75, 18, 23, 18, 20 and 20). The others are without
what they all would need as well: a look at the keys, which are texts and in JavaScript's order.

|                                     | create 3 fields | `o.x` | `o.missing` | `o["x"]` | `o.x = 1` | `o["x"] = 1` |
|-------------------------------------|-----------------|-------|-------------|----------|-----------|--------------|
| this class; by `with_fields`        | 460; 190        | 28    | 160         | 28       | 130       | 160          |
| dict with `__getattr__`             | 170             | 350   | 510         | 28       | 80        | 22           |
| dict that is its own `__dict__`     | 620             | 30    | 390         | 28       | 30        | 22           |
| no dict, fields in its `__dict__`   | 360             | 30    | 390         | 68       | 15        | 77           |

The second is quicker to make, and ten times as slow to read; from Python 3.12 on, three times. The third is a cycle,
for the garbage collector to find. The fourth is no dict to those who write JSON, or take `{**obj}`. Two costs are this
class's own: `isinstance(obj, …)` takes 140 where the answer is no, since it asks for `__class__`; and an object with a
field `items` is of another class, whose attributes are looked up in Python (70), so that JSON in C finds dict's method.
That is why something in Python has to look at the fields of a new object, which takes longer than all the rest;
`with_fields` is for code that knows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from reprlib import recursive_repr
from sys import _getframe
from typing import TYPE_CHECKING, Any, Literal, SupportsIndex

from .fields import own_fields
from .keys import FIRST_OF_NAMES, LARGEST_INDEX, is_index, is_symbolic, property_key

_set = dict.__setitem__
_get = dict.get
_has = dict.__contains__
_update = dict.update
_reversed: Callable[..., Iterator[str]] = dict.__reversed__


#: True to mypy alone, which takes no `Any` from `__new__`: see there.
MYPY = False

if TYPE_CHECKING:

    class _Fields(dict[str, Any]):
        """What checkers know of an object: every field may be there, dict's methods are none of its own."""

        clear: Any
        copy: Any
        get: Any
        items: Any
        keys: Any
        pop: Any
        popitem: Any
        setdefault: Any
        update: Any
        values: Any

        def __getitem__(self, key: Any) -> Any: ...

    _Making = type

else:
    _Fields = dict

    class _Making(type):
        """The class of `Obj`, whose call makes one: the class itself is initialized as a dict is, in C."""

        def __call__(cls, /, *spread: Any, **fields: Any) -> Obj:
            if not spread and "items" not in fields:
                return with_fields(fields) if fields else with_fields()
            if spread:
                if len(spread) > 1 or type(spread[0]) is not Obj:
                    made = with_fields()
                    for part in spread:
                        filled(made, part if type(part) is dict or type(part) is Obj else own_fields(part))
                    return filled(made, fields) if fields else made
                fields = {**spread[0], **fields}  # those of the object are in order, and none is `items`
            return filled(with_fields(), fields) if "items" in fields else with_fields(fields)


class Obj(_Fields, metaclass=_Making):
    """A JavaScript object: `Obj(code=1)`, `Obj({"content-type": "json"})`, `Obj(defaults, options, code=1)`.

    - A field reads by attribute and by key, and one that is missing is None. No method stands in the way of a field:
      `obj.items`, `obj.keys` and `obj.get` are fields as any other. What one does with an object is done by functions:
      `Object.keys(obj)`, `"code" in obj`, `del obj.code`, `{**obj}`. The few that all objects of JavaScript have
      (`hasOwnProperty`, `toString`, …) are there as long as no field has their name.
    - It is always true, and equals another Obj only if it is that one; a plain dict with the same content equals it.
    - Keys are texts: `obj[1]` is `obj["1"]`. Indexes come first, ascending, then the other fields as they came.
    - Arguments without a name are spread, as `{...defaults, ...options, code: 1}` does; None is nothing
      there. `obj | {"code": 1}` is an object of both.
    """

    __slots__ = ("__weakref__",)

    if TYPE_CHECKING:
        # What is written down may be of whatever declared shape, as in JavaScript. An object that is made elsewhere is
        # an `Obj`: to derive this class from `Any` would make it, and all that gives one, of a type that is not known.
        if MYPY:

            def __new__(cls, /, *spread: Any, **fields: Any) -> _Written: ...  # pyright: ignore[reportRedeclaration]
        else:

            def __new__(cls, /, *spread: Any, **fields: Any) -> Any: ...

        def __getattribute__(self, name: str) -> Any: ...
        def __or__(self, other: Any) -> Obj: ...  # type: ignore[override]
        def __bool__(self) -> Literal[True]: ...

    else:
        # In C: nothing of Python's is run for a field that is there.
        __getattribute__ = dict.__getitem__
        # Bound already, since it is asked of nobody, and in C: `if obj:` costs half of what it would in Python.
        __bool__ = True.__bool__

    __hash__ = object.__hash__  # type: ignore[assignment]  # pyright: ignore[reportAssignmentType]

    def __missing__(self, key: Any) -> Any:
        if key in _MISSED:
            return None
        if type(key) is int:
            return _get(self, f"{key}")
        if key in _ANSWERS:
            return _ANSWERS[key](self)
        return _missed(self, key) if type(key) is str else _get(self, property_key(key))

    def __setitem__(self, key: Any, value: Any) -> None:
        if type(key) is str and key > FIRST_OF_NAMES and key != "items":
            _set(self, key, value)
        elif type(key) is int and 0 <= key <= LARGEST_INDEX:
            name = f"{key}"
            last = next(_reversed(self), name)  # a new index comes before those that are larger, and before the names
            if last is name or _is_index_before(last, name) or _has(self, name):
                _set(self, name, value)
            else:
                _insert(self, name, key, value)
        else:
            _put(self, property_key(key), value)

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "items":
            _set(self, name, value)
        else:
            _put(self, name, value)

    def __delitem__(self, key: Any) -> None:
        dict.pop(self, property_key(key), None)

    def __delattr__(self, name: str) -> None:
        dict.pop(self, name, None)

    if not TYPE_CHECKING:

        def __or__(self, other: Any) -> Any:
            return Obj(self, other)

        def __ror__(self, other: Any) -> Any:
            return Obj(other, self) if isinstance(other, dict) else NotImplemented

    def __ior__(self, other: Any) -> Obj:  # type: ignore[override]
        _put_all(self, other)
        return self

    def __contains__(self, key: object) -> bool:
        return _has(self, key if type(key) is str else property_key(key))

    def __eq__(self, other: object) -> bool:
        return self is other if isinstance(other, Obj) else dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    @recursive_repr("Obj(…)")
    def __repr__(self) -> str:
        named = [f"{key}={value!r}" for key, value in dict.items(self) if key.isidentifier()]
        others = {key: value for key, value in dict.items(self) if not key.isidentifier()}
        return f"Obj({', '.join([repr(others), *named] if others else named)})"

    def __dir__(self) -> list[str]:
        return [key for key in self if key.isidentifier()]

    def __copy__(self) -> Obj:
        return Obj(self)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return Obj, (), None, None, iter(dict.items(self))

    def __init_subclass__(cls, *, kept: bool = False) -> None:
        if not kept:
            raise TypeError("a class has methods, which an Obj has no place for; let it extend taropy.js.Object")


#: Makes an object of fields by name, none of which is `items`, or of a dict of such, all in C: in half the time.
with_fields: Callable[..., Obj] = type.__call__.__get__(Obj)


if TYPE_CHECKING:

    class _Written(Obj, Any):  # type: ignore[misc]
        """What `Obj(…)` gives, to mypy."""


class _WithItems(Obj, kept=True):
    """An object with a field `items`, which those who read dicts ask for as dict's method."""

    __slots__ = ()

    if not TYPE_CHECKING:

        def __getattribute__(self, name: str) -> Any:
            if name in _ANSWERS and _reads_dicts(_getframe(1).f_globals):
                return object.__getattribute__(self, name)
            return self[name]


class _WithSymbols(_WithItems, kept=True):
    """An object with fields by symbols, which nobody lists."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        return (key for key in dict.__iter__(self) if not is_symbolic(key))

    def __reversed__(self) -> Iterator[str]:
        return iter([*self][::-1])

    def __len__(self) -> int:
        return sum(1 for _ in self)

    if not TYPE_CHECKING:

        def __getattribute__(self, name: str) -> Any:
            if name in ("items", "keys", "values") and not _has(self, name):
                listed = {key: self[key] for key in self}
                return getattr(listed, name)  # for `{**obj}` too, which asks by `keys`
            return _WithItems.__getattribute__(self, name)


def with_symbols(obj: Obj) -> dict[str, Any]:
    """The fields of an object, those by symbols too, which are taken along where it is spread."""
    return dict(dict.items(obj)) if isinstance(obj, _WithSymbols) else obj


def filled(obj: Obj, fields: Mapping[Any, Any]) -> Obj:
    """The object, with these fields beside its own."""
    if isinstance(fields, _WithSymbols):
        fields = with_symbols(fields)
        _become(obj, _WithSymbols)
    for key in fields:
        if type(key) is not str or key < FIRST_OF_NAMES:  # which may belong before others, or nowhere
            _put_all(obj, fields)
            return obj
    _update(obj, fields if type(fields) is dict else {**fields})
    if "items" in fields and type(obj) is Obj:
        _become(obj, _WithItems)
    return obj


#: Names of fields that were missing before, and mean nothing else.
_MISSED: set[Any] = set()
_MANY = 4096


def _missed(obj: Obj, name: str) -> Any:
    """What is read by a name of which there is no field."""
    if name[:2] == "__" == name[-2:]:  # of Python's own, which asks objects for what all of them have
        return object.__getattribute__(obj, name)
    if len(_MISSED) < _MANY:
        _MISSED.add(name)
    return None


def _put_all(obj: Obj, fields: Mapping[Any, Any]) -> None:
    for key in fields:
        obj[key] = fields[key]


def _put(obj: Obj, key: str, value: Any) -> None:
    """Sets a field of a name that is not as most are."""
    if key == "items" and type(obj) is Obj:
        _become(obj, _WithItems)
    if is_index(key):
        Obj.__setitem__(obj, int(key), value)
        return
    if is_symbolic(key) and not isinstance(obj, _WithSymbols):
        _become(obj, _WithSymbols)
    _set(obj, key, value)


def _is_index_before(other: str, index: str) -> bool:
    """Whether another key is an index, and a smaller one: `is_index`, and both told by their digits."""
    return (
        other.isdecimal()
        and (len(other) < len(index) or (len(other) == len(index) and other < index))
        and (other[0] != "0" or other == "0")
        and other.isascii()
    )


def _insert(obj: Obj, key: str, number: int, value: Any) -> None:
    later = []
    for other in reversed(obj):
        if is_index(other) and int(other) < number:
            break
        later.append(other)
    _set(obj, key, value)
    for other in reversed(later):
        _set(obj, other, dict.pop(obj, other))


def _become(obj: Obj, kind: type[Obj]) -> None:
    object.__setattr__(obj, "__class__", kind)


def _reads_dicts(module: Mapping[str, Any]) -> bool:
    """Whether a module asks every dict for dict's methods: what writes JSON in C, shows failed tests, or is taropy."""
    name: str = module.get("__name__", "")
    return name == "json.encoder" or (name.startswith(_READERS) and not name.startswith("taropy.js"))


_READERS = ("_pytest.", "taropy.", "taropy_")


def _for_readers(name: str) -> Callable[[Obj], Any]:
    method = vars(dict)[name]
    return lambda obj: method.__get__(obj) if _reads_dicts(_getframe(2).f_globals) else None


#: What is answered for names that are no fields: what all objects of JavaScript have; to its readers, what all dicts.
_ANSWERS: dict[str, Callable[[Obj], Any]] = {
    "__class__": type,  # which `isinstance` asks for whenever the answer is no
    "hasOwnProperty": lambda obj: partial(Obj.__contains__, obj),
    "propertyIsEnumerable": lambda obj: partial(Obj.__contains__, obj),
    "toLocaleString": lambda obj: _tagged,
    "toString": lambda obj: _tagged,
    "valueOf": lambda obj: lambda: obj,
    **{name: _for_readers(name) for name in ("copy", "get", "items", "keys", "pop", "setdefault", "update", "values")},
}


def _tagged() -> str:
    return "[object Object]"
