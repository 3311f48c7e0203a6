"""Options: the three forms in which a program gives them, and whether they are what the declaration says."""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from functools import cache, wraps
from math import inf
from typing import Any, ParamSpec, TypeVar

from .. import spec
from ..spec import CALLBACKS, Array, Field, Function, Intersection, Member, Object, Primitive, Ref, Tuple, Type, Union
from .misspelling import may_be_object, misspelled_names, strange_names

P = ParamSpec("P")
R = TypeVar("R")

# A fault is what is wrong with a value, as native messages word it: "parameter.url should be String instead of Number".
Check = Callable[[Any], "str | None"]

# Taro declares that a request may be given as its url alone, and a session as its version.
SHORTHAND: Mapping[str, str] = {"createVKSession": "version", "request": "url"}

BYTES = (bytes, bytearray, memoryview)
_FIELDLESS = (int, float, complex, list, tuple, set, frozenset, datetime.date, *BYTES)


class WrongOptions(Exception):
    """The options are not what the declaration says; the message is the native one, without the function's name."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def looking(function: Callable[P, R]) -> Callable[P, R]:
    """`function`, to which whatever a program's own objects raise when they are looked at is a wrong option."""

    @wraps(function)
    def look(*arguments: P.args, **named: P.kwargs) -> R:
        try:
            return function(*arguments, **named)
        except WrongOptions:
            raise
        except Exception as error:
            raise unreadable(error) from error

    return look


def unreadable(error: Exception) -> WrongOptions:
    """The fault of an object that raises `error` when it is looked at."""
    return WrongOptions(f"parameter cannot be read: {type(error).__name__}")


@looking
def take(api: str, given: Any, named: Mapping[str, Any]) -> dict[str, Any]:
    """The options as a dict of our own: from a dict, an object, keyword arguments, or a text of `SHORTHAND`.

    A function is often handed over as it is, `promise.then(Taro.hideLoading)`, and then gets what is there to be had:
    the fields of whatever object are options, and what has no fields is none, as `Object.assign` has it.
    """
    if given is None:
        return dict(named)
    if isinstance(given, str):
        if api not in SHORTHAND:
            raise _no_object(given)
        return {SHORTHAND[api]: given, **named}
    return {**_fields(given), **named}


@looking
def take_object(api: str, given: Any, named: Mapping[str, Any]) -> dict[str, Any]:
    """The same of what has to be given, options or settings: what has no fields is wrong."""
    if is_fieldless(given):
        raise _no_object(given)
    return take(api, given, named)


def _fields(given: Any) -> Any:
    """A mapping of the fields that an object has for everybody. Raises `WrongOptions` for one that tells none."""
    if isinstance(given, Mapping):
        return given
    if is_fieldless(given):
        return {}
    if hasattr(given, "keys") and not hasattr(given, "__attrs_attrs__"):
        return given
    fields = getattr(given, "__dict__", None)
    if fields is None or hasattr(given, "__await__"):
        raise _no_object(given)
    return {name: value for name, value in fields.items() if not name.startswith("_")}


def is_fieldless(value: Any) -> bool:
    """Whether there are no options in a value, nor a wrong attempt at them: in a number, a list, a function."""
    return isinstance(value, _FIELDLESS) or (callable(value) and not isinstance(value, Mapping))


def _no_object(value: Any) -> WrongOptions:
    return WrongOptions(f"parameter should be Object instead of {js_type(value)}")


def js_type(value: Any) -> str:
    """What JavaScript calls the type of a value, as native messages name it."""
    match value:
        case None:
            return "Null"
        case bool():
            return "Boolean"
        case int() | float():
            return "Number"
        case str():
            return "String"
        case list() | tuple():
            return "Array"
        case bytes() | bytearray() | memoryview():
            return "ArrayBuffer"
        case datetime.datetime():
            return "Date"
        case Awaitable():
            return "Promise"
        case _:
            return "Function" if callable(value) and not isinstance(value, Mapping) else "Object"


class OptionRules:
    """What a function's options must be.

    A declaration that is corrected stands beside upstream's own: what either allows is right, since a program that
    was checked against upstream's may give it. What a host makes of it is the host's to say.
    """

    __slots__ = ("checks", "names", "nullable", "objects", "required")

    def __init__(self, fields: Mapping[str, Field], names: frozenset[str] = frozenset()) -> None:
        #: The names that are known: to those near to one of them something is said.
        self.names: frozenset[str] = names
        #: The types of those options that may be objects, or lists of such.
        self.objects: dict[str, Type] = {name: each.type for name, each in fields.items() if may_be_object(each.type)}
        self.checks: dict[str, Check] = {}
        for name, field in fields.items():
            check = check_of_field(field, f"parameter.{name}")
            if check is not None:
                self.checks[name] = check
        self.required: tuple[tuple[str, str], ...] = tuple(
            (name, _expected(field.type)) for name, field in fields.items() if is_required(field)
        )
        self.nullable: frozenset[str] = frozenset(name for name, field in fields.items() if field.optional)

    def eased(
        self, *, optional: Collection[str], unchecked: Collection[str], native: Collection[str] = ()
    ) -> OptionRules:
        """The same rules, but that these options may be left out, and that those may be anything.

        `native` are names that the platform itself has for options, so that they are known there.
        """
        eased = OptionRules({}, self.names.union(native))
        eased.objects = {name: type_ for name, type_ in self.objects.items() if name not in unchecked}
        eased.checks = {name: check for name, check in self.checks.items() if name not in unchecked}
        eased.required = tuple((name, expected) for name, expected in self.required if name not in optional)
        eased.nullable = self.nullable
        return eased

    @looking
    def apply(self, options: dict[str, Any]) -> bool:
        """Raises `WrongOptions` if something is missing or wrong; an optional field that is None is taken out.

        Returns whether a name may be `strange`: there are unknown ones, or objects that may have some.
        """
        for name, expected in self.required:
            if name not in options:
                raise WrongOptions(f"parameter.{name} should be {expected} instead of Undefined")
        checks, names = self.checks, self.names
        unknown, none = False, []
        for name, value in options.items():
            check = checks.get(name)
            if value is None and name in self.nullable:
                none.append(name)
            elif check is not None:
                fault = check(value)
                if fault is not None:
                    raise WrongOptions(fault)
            elif name not in names:
                unknown = True
        for name in none:
            del options[name]
        objects = self.objects
        return unknown or (bool(objects) and not objects.keys().isdisjoint(options))

    @looking
    def strange(self, options: Mapping[str, Any]) -> list[str]:
        """What seems to be misspelled in the options, if anything, as messages about unknown options say it."""
        found = list(misspelled_names(options, self.names, ""))
        for name, type_ in self.objects.items():
            found += strange_names(type_, options.get(name), name)
        return found


def is_required(field: Field) -> bool:
    """Whether options must have it, by the corrected declaration and by upstream's own."""
    return not field.optional and (field.uncorrected is None or not field.uncorrected.optional)


@cache
def option_rules(type_: Type) -> OptionRules:
    """The rules of an options type.

    Callbacks are taken by every function, whether its declaration names them or not.
    """
    callbacks = dict.fromkeys(CALLBACKS, Field("", Ref("Function"), optional=True))
    fields = {**spec.fields_of(type_), **callbacks}
    return OptionRules(fields, frozenset(callbacks if spec.takes_any_name(type_) else fields))


class ArgumentRules:
    """What a function's positional arguments must be, and how keyword arguments become positional ones."""

    __slots__ = ("checks", "missing", "most", "names", "needed")

    def __init__(self, member: Member, optional: Collection[str] = ()) -> None:
        signature = max(member.signatures, key=lambda signature: len(signature.params))
        needed = min(sum(not (p.optional or p.rest) for p in other.params) for other in member.signatures)
        params = [param for param in signature.params if not param.rest]
        single = len(member.signatures) == 1
        self.names: tuple[str, ...] = tuple(param.name for param in params)
        #: How many there are; those beyond go unread, unless the native function reads them.
        self.most: float = inf if any(param.rest for param in signature.params) else len(params)
        may_lack = [
            param.optional or position >= needed or param.name in optional for position, param in enumerate(params)
        ]
        checks = [check_of(param.type, f"parameter.{param.name}") if single else None for param in params]
        #: By position, of the arguments that are checked at all.
        self.checks: tuple[tuple[int, Check], ...] = tuple(
            (position, _or_none(check) if lacking else check)
            for position, (check, lacking) in enumerate(zip(checks, may_lack, strict=True))
            if check is not None
        )
        #: By position, what a call is told that leaves out an argument; None if it may.
        self.missing: tuple[str | None, ...] = tuple(
            None if lacking else f"parameter.{param.name} should be {_expected(param.type)} instead of Undefined"
            for param, lacking in zip(params, may_lack, strict=True)
        )
        self.needed: int = max((number for number, each in enumerate(self.missing, 1) if each is not None), default=0)

    def apply(self, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
        """The arguments as the native function takes them; raises `WrongOptions` if something is missing or wrong."""
        if named:
            arguments = self._placed(arguments, named)
        given = len(arguments)
        try:  # as `looking` does, but without another call in the way of each call
            for position, check in self.checks:
                if position < given and (fault := check(arguments[position])) is not None:
                    raise WrongOptions(fault)
        except WrongOptions:
            raise
        except Exception as error:
            raise unreadable(error) from error
        if given < self.needed:
            raise WrongOptions(next(each for each in self.missing[given:] if each is not None))
        return arguments

    def _placed(self, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
        placed = list(arguments)
        left = dict(named)
        for name in self.names[len(arguments) :]:
            if name in left:
                placed.append(left.pop(name))
            elif left:
                placed.append(None)
        if left:
            raise WrongOptions(f"there is no parameter {next(iter(left))}")
        return tuple(placed)


def _or_none(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def fitted(function: Callable[..., Any], arguments: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
    """As many of the arguments as one of Taro's own functions takes; the others go unread, as they do in JavaScript.

    Raises `WrongOptions` for a name that it does not have, and for what is missing.
    """
    params = inspect.signature(function).parameters.values()
    places = [param for param in params if param.kind in (param.POSITIONAL_ONLY, param.POSITIONAL_OR_KEYWORD)]
    by_name = {param.name for param in places if param.kind is param.POSITIONAL_OR_KEYWORD}
    for name in named:
        if name not in by_name:
            raise WrongOptions(f"there is no parameter {name}")
    for position, param in enumerate(places):
        if position < len(arguments) and param.name in named:
            raise WrongOptions(f"parameter.{param.name} is given twice")
        if position >= len(arguments) and param.name not in named and param.default is param.empty:
            raise WrongOptions(f"parameter.{param.name} should be given instead of Undefined")
    return arguments[: len(places)]


# --- checks, one per type of the spec --------------------------------------------------------------------------


def _kind_check(kinds: tuple[type, ...], expected: str, refused: tuple[type, ...] = ()) -> Callable[[str], Check]:
    def at(path: str) -> Check:
        def check(value: Any) -> str | None:
            if isinstance(value, kinds) and not (refused and isinstance(value, refused)):
                return None
            return f"{path} should be {expected} instead of {js_type(value)}"

        return check

    return at


def _function_check(path: str) -> Check:
    def check(value: Any) -> str | None:
        return None if callable(value) else f"{path} should be Function instead of {js_type(value)}"

    return check


# What is no object: JavaScript's primitives, and what has a type of its own in native messages.
_NO_OBJECT = (str, int, float, bool, list, tuple, type(None), *BYTES)

_PRIMITIVES: Mapping[str, Callable[[str], Check]] = {
    "string": _kind_check((str,), "String"),
    "number": _kind_check((int, float), "Number", (bool,)),
    "boolean": _kind_check((bool,), "Boolean"),
    "object": _kind_check((object,), "Object", _NO_OBJECT),
}

_BUILT_IN: Mapping[str, Callable[[str], Check]] = {
    "ArrayBuffer": _kind_check(BYTES, "ArrayBuffer"),
    "Array": _kind_check((list, tuple), "Array"),
    "Date": _kind_check((datetime.date,), "Date"),
    "Function": _function_check,
    "Record": _PRIMITIVES["object"],
    "Partial": _PRIMITIVES["object"],
}


def check_of(type_: Type, path: str) -> Check | None:
    """A function that says what is wrong with a value of the declared type; None where everything is right."""
    values = spec.values_of(type_)
    if values is not None:
        return _values_check(values, path)
    match type_:
        case Primitive(name):
            return _PRIMITIVES[name](path) if name in _PRIMITIVES else None
        case Array(item):
            return _array_check(item, path)
        case Tuple():
            return _BUILT_IN["Array"](path)
        case Function():
            return _function_check(path)
        case Union(items):
            return _union_check(items, path)
        case Object() | Intersection():
            return _object_check(type_, path)
        case Ref(name):
            return _BUILT_IN[name](path) if name in _BUILT_IN else _ref_check(type_, path)
        case _:
            return None


def check_of_field(field: Field, path: str) -> Check | None:
    """As `check_of`, for a field: what the corrected declaration refuses and upstream's own allows is right too."""
    check = check_of(field.type, path)
    if check is None or field.uncorrected is None:
        return check
    before = check_of(field.uncorrected.type, path)
    return None if before is None else lambda value: None if before(value) is None else check(value)


def allowed_values(values: Iterable[Any]) -> set[Any]:
    """The values that a program may give of those declared: methods in lower case too, as phones take them."""
    return {each for value in values for each in (value, value.lower() if _is_upper(value) else value)}


def _is_upper(value: Any) -> bool:
    return isinstance(value, str) and value.isupper()


def _values_check(values: tuple[Any, ...], path: str) -> Check:
    allowed = allowed_values(values)
    expected = ", ".join(map(str, values))

    def check(value: Any) -> str | None:
        if isinstance(value, str | int | float) and value in allowed:
            return None
        shown = value if isinstance(value, str) and len(value) <= 40 else js_type(value)
        return f"{path} should be one of {expected} instead of {shown}"

    return check


def _array_check(item: Type, path: str) -> Check:
    is_array = _BUILT_IN["Array"](path)
    check_item = check_of(item, f"{path}[…]")

    def check(value: Any) -> str | None:
        fault = is_array(value)
        if fault is not None or check_item is None:
            return fault
        for index, entry in enumerate(value):
            fault = check_item(entry)
            if fault is not None:
                return fault.replace("[…]", f"[{index}]", 1)
        return None

    return check


def _union_check(items: tuple[Type, ...], path: str) -> Check | None:
    found = [check_of(item, path) for item in items if item not in (Primitive("undefined"), Primitive("null"))]
    checks = [one for one in found if one is not None]
    if not checks or len(checks) < len(found):
        return None

    def check(value: Any) -> str | None:
        faults = []
        for one in checks:
            fault = one(value)
            if fault is None:
                return None
            faults.append(fault)
        return _joined(faults, path, value)

    return check


def _joined(faults: list[str], path: str, value: Any) -> str:
    """One sentence of several: "should be String|Array instead of Number"."""
    head, tail = f"{path} should be ", f" instead of {js_type(value)}"
    kinds = [fault.removeprefix(head).removesuffix(tail) for fault in faults]
    return f"{head}{'|'.join(dict.fromkeys(kinds))}{tail}"


def _ref_check(type_: Ref, path: str) -> Check | None:
    try:
        definition = spec.type_def(type_.name)
    except KeyError:
        return None
    if definition.kind == "alias":
        return check_of(definition.type, path) if definition.type is not None else None
    return _object_check(type_, path) if definition.kind == "interface" else None


def _object_check(type_: Type, path: str) -> Check:
    """An object; the fields that it has are checked too, those that it lacks are the native object's business."""
    is_object = _PRIMITIVES["object"](path)
    fields: dict[str, Check] | None = None

    def check(value: Any) -> str | None:
        nonlocal fields
        fault = is_object(value)
        if fault is not None or not isinstance(value, Mapping):
            return fault
        if fields is None:  # made here, since types may contain themselves
            checks = ((name, check_of_field(each, f"{path}.{name}")) for name, each in spec.fields_of(type_).items())
            fields = {name: check for name, check in checks if check is not None}
        for name, entry in value.items():
            check_field = fields.get(name)
            if check_field is not None and entry is not None:
                fault = check_field(entry)
                if fault is not None:
                    return fault
        return None

    return check


def _expected(type_: Type) -> str:
    """What a missing field should have been."""
    check = check_of(type_, "")
    fault = check(_Nothing()) if check is not None else None
    return "given" if fault is None else fault.split(" should be ", 1)[1].rsplit(" instead of ", 1)[0]


class _Nothing:
    """A value that no check takes for anything; it stands for a missing one."""
