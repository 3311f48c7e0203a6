"""`Array`: a JavaScript array.

A list, so that all that Python and its libraries in C do with lists works, with JavaScript's methods. What was measured
(CPython 3.11, nanoseconds, beside a list): to make one of three items 110 (35), `xs[1]` 100 (15), `xs[1] = x` 110 (15),
to go through it as a list; `xs.map(f)` is a list comprehension that calls `f`, and 300 for the beginning.

Holes: an item that was never set, or was deleted, is kept as `hole`, a value of the kind of `undefined`. It reads as
None; `forEach`, `map`, `filter`, `some`, `every`, `reduce`, `flat` and `indexOf` pass it by, as JavaScript has it. An
array that gets holes is of another class from then on, whose iteration gives None for them; the items as they are kept
are `kept(xs)`. Only `Array([1, hole])` itself, which is made in C, gives the hole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Iterator as PythonIterator
from itertools import islice
from operator import contains
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from .callbacks import Callback, taking
from .conversions import integer, items_text, text
from .errors import RangeError
from .indexes import NOT_GIVEN, bounded, index_of, spliced
from .iterators import Iterator
from .listing import all_of, flattened
from .missing import hole, is_nullish, kept, undefined
from .operators import compares_alike, same, same_value_zero
from .visiting import answers, found, reduced, says

T = TypeVar("T")
U = TypeVar("U")

#: What goes through an array is called with as many of item, index and array as it takes; so is what adds it up.
Visit = Callable[[T], U] | Callable[[T, int], U] | Callable[[T, int, "Array[T]"], U] | Callable[[], U]
Fold = Callable[[U, T], U] | Callable[[U, T, int], U] | Callable[[U, T, int, "Array[T]"], U]
Compare = Callable[[T, T], Any] | Callable[[], Any]
Key = Callable[[T], Any]

_get: Callable[..., Any] = list.__getitem__
_set: Callable[..., None] = list.__setitem__
_each: Callable[..., PythonIterator[Any]] = list.__iter__
_pop: Callable[..., Any] = list.pop
_extend: Callable[..., None] = list.extend
_index: Callable[..., int] = list.index
_has: Callable[..., bool] = contains
LONGEST = 2**32 - 1


class Array(list[T]):
    """A JavaScript array: `Array([1, 2])`, of any iterable; `Array.of(1, 2)`, `Array.ofLength(3)`, `Array.from_(x)`.

    - An item that is missing is None, also at a negative index; the last one is `xs.at(-1)`. So is a missing field.
    - Writing beyond the end makes it longer, `xs.length = 1` shorter; `del xs[0]` leaves a hole.
    - It is always true, and equals another Array only if it is that one; a plain list with the same content equals it.
    - Callbacks are called with as many of item, index and array as they take. Python's methods that have the name of
      one of JavaScript's (`sort`, `pop`, `reverse`) mean JavaScript's.
    """

    __slots__ = ("__dict__", "__weakref__")  # the first costs nothing as long as no field is set

    if TYPE_CHECKING:

        def __bool__(self) -> Literal[True]: ...

    else:
        # Bound already, since it is asked of nobody, and in C: `if xs:` costs half of what it would in Python.
        __bool__ = True.__bool__
    __hash__ = object.__hash__  # type: ignore[assignment]

    # --- items -------------------------------------------------------------------------------------------------

    @overload  # type: ignore[override]
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Array[T]: ...
    @overload
    def __getitem__(self, index: Any) -> Any: ...
    def __getitem__(self, index: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        if type(index) is int:
            if index < 0:
                return vars(self).get(f"{index}")
            try:
                item = _get(self, index)
            except IndexError:
                return None
            return None if item is hole else item
        if type(index) is slice:
            return type(self)(_get(self, index))
        place = index_of(index)
        if place is None:
            name = text(index)
            is_pythons = name[:1] != "_" and getattr(type(self), name, None) is getattr(list, name, self)
            return vars(self).get(name) if is_pythons else getattr(self, name, None)
        return self[place]

    def __setitem__(self, index: Any, value: Any) -> None:
        if type(index) is int and 0 <= index < len(self):
            _set(self, index, value)
            return
        if type(index) is slice:
            _set(self, index, value)
            return
        place = index_of(index)
        if place is None:
            setattr(self, text(index), value)
        elif place < len(self):
            _set(self, place, value)
        else:
            self.length = place
            self.append(value)

    def __delitem__(self, index: Any) -> None:
        if type(index) is slice:
            list.__delitem__(self, index)
            return
        place = index_of(index)
        if place is None:
            delattr(self, text(index))
        elif place < len(self):
            _set(self, place, hole)
            _with_holes(self)

    def __delattr__(self, name: str) -> None:
        vars(self).pop(name, None)

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        return None

    def __eq__(self, other: object) -> bool:
        return self is other if isinstance(other, Array) else list.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __add__(self, other: list[Any]) -> Array[Any]:
        if not isinstance(other, list):
            return NotImplemented
        items = [*self, *other]
        return Array([None if item is hole else item for item in items] if hole in items else items)

    def __repr__(self) -> str:
        return f"Array({list.__repr__(self)})"

    @property
    def length(self) -> int:
        """How many items there are, holes included. To set it makes the array shorter, or longer by holes."""
        return len(self)

    @length.setter
    def length(self, size: Any) -> None:
        count = integer(size)
        if not 0 <= count <= LONGEST or count != size:
            raise RangeError("Invalid array length")
        if count < len(self):
            list.__delitem__(self, slice(int(count), None))
        elif count > len(self):
            _extend(self, [hole] * (int(count) - len(self)))
            _with_holes(self)

    # --- making arrays -----------------------------------------------------------------------------------------

    @staticmethod
    def of(*items: U) -> Array[U]:
        """An array of the arguments, of which a `hole` is one."""
        made = Array(items)
        return _with_holes(made) if any(item is hole for item in items) else made

    @staticmethod
    def ofLength(length: Any) -> Array[Any]:
        """`new Array(length)`: an array of holes; of what is no number an array of it. `RangeError` for no length."""
        if not isinstance(length, int | float) or isinstance(length, bool):
            return Array((length,))
        made: Array[Any] = Array()
        made.length = length
        return made

    @staticmethod
    def from_(items: Any, mapped: Callback | None = None) -> Array[Any]:
        """An array of what can be gone through, or has a length and items; with `mapped`, of what it makes of them."""
        made: Array[Any] = Array(all_of(items))
        if is_nullish(mapped):
            return made
        function, count = taking(mapped, 2)
        return Array([function(*(item, index)[:count]) for index, item in enumerate(made)])

    @staticmethod
    def isArray(value: Any) -> bool:
        """Whether it is an array, or one of Python's lists or tuples."""
        return isinstance(value, list | tuple)

    # --- one after the other -----------------------------------------------------------------------------------

    def forEach(self, callback: Visit[T, object], this: Any = None) -> None:
        """Calls `callback(item, index, array)` for each item."""
        function, count = taking(callback, 3)
        if count != 1:
            for _ in answers(self, callback):
                pass
            return
        for item in islice(_each(self), len(self)):
            if item is not hole:
                function(item)

    def map(self, callback: Visit[T, U], this: Any = None) -> Array[U]:
        """An array of what `callback(item, index, array)` returns."""
        function, count = taking(callback, 3)
        size = len(self)
        items = islice(_each(self), size)
        mapped: list[Any]
        if count == 1:
            mapped = [hole if item is hole else function(item) for item in items]
        else:
            mapped = [
                hole if item is hole else function(*(item, index, self)[:count]) for index, item in enumerate(items)
            ]
        if len(mapped) == size and type(self) is not Holed:
            return Array(mapped)
        return Holed(mapped + [hole] * (size - len(mapped)))

    def filter(self, callback: Visit[T, object], this: Any = None) -> Array[T]:
        """An array of the items for which `callback(item, index, array)` is true, which NaN is not."""
        function, count = taking(callback, 3)
        if count == 1:
            items = islice(_each(self), len(self))
            return Array([item for item in items if item is not hole and (told := function(item)) and told == told])
        return Array([item for told, item in answers(self, callback) if told and told == told])

    def some(self, callback: Visit[T, object], this: Any = None) -> bool:
        """Whether `callback(item, index, array)` is true for one."""
        return says(self, callback, True)

    def every(self, callback: Visit[T, object], this: Any = None) -> bool:
        """Whether `callback(item, index, array)` is true for all."""
        return not says(self, callback, False)

    def find(self, callback: Visit[T, object], this: Any = None) -> T | None:
        """The first item for which `callback(item, index, array)` is true, else None."""
        return found(self, range(len(self)), callback)[1]  # type: ignore[no-any-return]

    def findIndex(self, callback: Visit[T, object], this: Any = None) -> int:
        """The index of the first item for which `callback(item, index, array)` is true, else -1."""
        return found(self, range(len(self)), callback)[0]

    def findLast(self, callback: Visit[T, object], this: Any = None) -> T | None:
        """The last item for which `callback(item, index, array)` is true, else None."""
        return found(self, range(len(self) - 1, -1, -1), callback)[1]  # type: ignore[no-any-return]

    def findLastIndex(self, callback: Visit[T, object], this: Any = None) -> int:
        """The index of the last item for which `callback(item, index, array)` is true, else -1."""
        return found(self, range(len(self) - 1, -1, -1), callback)[0]

    @overload
    def reduce(self, callback: Fold[T, T]) -> T: ...
    @overload
    def reduce(self, callback: Fold[U, T], initial: U) -> U: ...
    def reduce(self, callback: Callback, initial: Any = NOT_GIVEN) -> Any:
        """What `callback(so_far, item, index, array)` makes of all, from the first to the last."""
        return reduced(self, range(len(self)), callback, initial)

    @overload
    def reduceRight(self, callback: Fold[T, T]) -> T: ...
    @overload
    def reduceRight(self, callback: Fold[U, T], initial: U) -> U: ...
    def reduceRight(self, callback: Callback, initial: Any = NOT_GIVEN) -> Any:
        """What `callback(so_far, item, index, array)` makes of all, from the last to the first."""
        return reduced(self, range(len(self) - 1, -1, -1), callback, initial)

    def keys(self) -> Iterator[int]:
        """The indexes."""
        return Iterator(index for index, _ in enumerate(self))

    def values(self) -> Iterator[T | None]:
        """The items."""
        return Iterator(None if item is hole else item for item in self)

    def entries(self) -> Iterator[Array[Any]]:
        """Arrays of an index and the item there."""
        return Iterator(Array((index, None if item is hole else item)) for index, item in enumerate(self))

    # --- looking for something ---------------------------------------------------------------------------------

    def at(self, index: Any = 0) -> T | None:
        """The item at an index, from the end if it is negative."""
        place = integer(index)
        return self[place + len(self) if place < 0 else place]

    def includes(self, searched: Any = None, start: Any = 0) -> bool:
        """Whether it is among the items, at `start` or after; NaN may be."""
        if type(searched) is str and start == 0:
            return _has(self, searched)
        first = bounded(start, len(self), 0) if len(self) else 0
        if compares_alike(searched):
            return _has(islice(self, first, None), searched)
        return any(same_value_zero(item, searched) for item in islice(self, first, None))

    def indexOf(self, searched: Any = None, start: Any = 0) -> int:
        """Where it is first, at `start` or after; -1 if nowhere."""
        size = len(self)
        first = bounded(start, size, 0) if size else 0
        if compares_alike(searched):
            return _index(self, searched, first) if _has(islice(self, first, None), searched) else -1
        return self._index_of(searched, range(first, size))

    def lastIndexOf(self, searched: Any = None, start: Any = NOT_GIVEN) -> int:
        """Where it is last, at `start` or before; -1 if nowhere."""
        size = len(self)
        last = size - 1 if start is NOT_GIVEN or not size else integer(start)
        last = last + size if last < 0 else min(last, size - 1)
        return -1 if last < 0 else self._index_of(searched, range(int(last), -1, -1))

    # --- changing it -------------------------------------------------------------------------------------------

    def push(self, *items: T) -> int:
        """Puts the items at the end, and returns the new length."""
        _extend(self, items)
        return len(self)

    def pop(self, _: Any = None) -> T | None:  # type: ignore[override]
        """Takes off the last item and returns it; None if there is none."""
        return _present(_pop(self)) if len(self) else None

    def shift(self) -> T | None:
        """Takes off the first item and returns it; None if there is none."""
        return _present(_pop(self, 0)) if len(self) else None

    def unshift(self, *items: T) -> int:
        """Puts the items at the beginning, and returns the new length."""
        _set(self, slice(0, 0), items)
        return len(self)

    def splice(self, start: Any = NOT_GIVEN, count: Any = NOT_GIVEN, *items: T) -> Array[T]:
        """Takes out `count` items at `start`, by default all from there on, and puts others there; returns those."""
        first, end = spliced(start, count, len(self))
        removed: Array[T] = self[first:end]
        _set(self, slice(first, end), items)
        return removed

    def reverse(self) -> Array[T]:  # type: ignore[override]
        """Turns the array round."""
        list.reverse(self)
        return self

    def sort(self, compare: Compare[T] | None = None, *, key: Key[T] | None = None) -> Array[T]:  # type: ignore[override]
        """Sorts the array: by the items' texts, as `compare(a, b)` says (below 0: a before b), or by Python's `key`."""
        from .sorting import in_order

        _set(self, slice(None), in_order(_each(self), compare, key))
        return self

    def fill(self, value: Any = None, start: Any = 0, end: Any = None) -> Array[T]:
        """Puts `value` at each index from `start` to before `end`."""
        size = len(self)
        first, last = bounded(start, size, 0), bounded(end, size, size)
        _set(self, slice(first, max(first, last)), [value] * (last - first))
        if last - first == size and type(self) is Holed:
            object.__setattr__(self, "__class__", Array)
        return self

    def copyWithin(self, target: Any = 0, start: Any = 0, end: Any = None) -> Array[T]:
        """Copies the items from `start` to before `end` to `target` and after, as far as there is room."""
        size = len(self)
        to, first, last = bounded(target, size, 0), bounded(start, size, 0), bounded(end, size, size)
        copied = _get(self, slice(first, max(last, first)))[: size - to]
        _set(self, slice(to, to + len(copied)), copied)
        return self

    # --- other arrays of it ------------------------------------------------------------------------------------

    def slice(self, start: Any = 0, end: Any = None) -> Array[T]:
        """The items from `start` to before `end`, both from the end if they are negative."""
        size = len(self)
        return self[bounded(start, size, 0) : bounded(end, size, size)]

    def concat(self, *others: Any) -> Array[Any]:
        """The items, and after them those of other arrays, and what is none."""
        made: Array[Any] = self[:]
        for other in others:
            _extend(made, kept(other) if isinstance(other, list | tuple) else (other,))
        return _with_holes(made) if any(type(other) is Holed for other in others) else made

    def flat(self, depth: Any = 1) -> Array[Any]:
        """With the items of the arrays in it in their place, to this depth."""
        return Array(flattened(self, 1 if is_nullish(depth) else integer(depth)))

    def flatMap(self, callback: Visit[T, Any], this: Any = None) -> Array[Any]:
        """`map`, and then `flat`."""
        return self.map(callback).flat()

    def toReversed(self) -> Array[T]:
        """Another array, turned round."""
        return Array([None if item is hole else item for item in reversed(self)])  # type: ignore[misc]

    def toSorted(self, compare: Compare[T] | None = None, *, key: Key[T] | None = None) -> Array[T]:
        """Another array, sorted as `sort` does."""
        from .sorting import in_order

        return Array(in_order((undefined if item is hole else item for item in _each(self)), compare, key))

    def toSpliced(self, start: Any = NOT_GIVEN, count: Any = NOT_GIVEN, *items: T) -> Array[T]:
        """Another array, from which items were taken and into which others were put, as `splice` does."""
        made = Array(self)
        made.splice(start, count, *items)
        return made

    def with_(self, index: Any, value: Any) -> Array[T]:
        """Another array with this item at the index, from the end if it is negative; `RangeError` beyond."""
        place = integer(index)
        place = place + len(self) if place < 0 else place
        if not 0 <= place < len(self):
            raise RangeError("Invalid index : " + text(index))
        made = Array(self)
        made[place] = value
        return made

    def join(self, separator: Any = ",") -> str:
        """The items' texts with a separator in between; of None and holes the text is empty."""
        return items_text(self, "," if is_nullish(separator) else text(separator))

    def toString(self) -> str:
        """`join()`."""
        return items_text(self, ",")

    def toLocaleString(self, locales: Any = None, options: Any = None) -> str:
        """What the items' own `toLocaleString` give, with commas in between."""
        from .listing import locale_texts

        return ",".join(locale_texts(self, locales, options))

    # --- how -------------------------------------------------------------------------------------------------

    def _index_of(self, searched: Any, places: Iterable[int]) -> int:
        for place in places:
            item = _get(self, place)
            if item is not hole and same(item, searched):
                return place
        return -1


class Holed(Array[T]):
    """An array that has holes, or had: Python's iteration, and `[*xs]`, give None for them."""

    __slots__ = ()

    def __iter__(self) -> PythonIterator[Any]:
        return map(_present, _each(self))


def _with_holes(array: Array[T]) -> Array[T]:
    """The array, which has got holes."""
    object.__setattr__(array, "__class__", Holed)
    return array


def _present(item: Any) -> Any:
    return None if item is hole else item
