"""Values as traces have them: JSON, with markers for what JSON has not.

- `{"$bytes": BASE64}`, and `{"$bytes": {"sha256", "size"}}` where the bytes are in a file beside the trace; `$text` is
  the same of long texts
- `{"$number": "NaN"}`, and `"Infinity"`, `"-Infinity"`, `"-0"`
- `{"$object": N}`: a task, manager or context, numbered by its first use, where its `kind` and the functions that it
  `has` stand too, and `awaited` if it is a promise as well; `{"$promise": true}`: an answer to come
- `{"$function": N}`: a function of the program's, numbered in the same way
- `{"$error": KIND, "message": TEXT, "fields": {}}`: an exception, with `result` in place of `fields` if it has that;
  `{"$date": ISO}`; `{"$other": KIND}`: anything else
- in calls that were made to the letter: `{"$undefined": true}`, which is not null; `{"$class": NAME, "fields": {}}`: an
  object of a class, with `error` if it is one; `{"$result": N, "at": NAMES}`: what call N came to, or is found there

A field whose own name begins with `$` has a second one before it. What is secret by its name is masked, as in logs.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Protocol

import attrs

from ...masking import MASK, asks_for_secrets, is_secret, masked_json, masked_text
from ...models.model import Model
from ...runtime.errors import TaroError
from ...spec import CALLBACKS
from ..js_values import UNDEFINED, Instance

#: What is written into a line, in bytes or characters; what is longer stands in a file of its own.
MOST_IN_A_LINE = 4096
#: So deep are values read: those that hold themselves have an end, too.
DEEPEST = 60
#: The fields of an error that calls are told by.
ERROR_FIELDS = ("errMsg", "errCode", "errno", "error", "errorMessage", "name", "code")


NUMBERS: Mapping[str, float] = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}

Json = Any


class Store(Protocol):
    """The files beside a trace, by the SHA-256 of what is in them."""

    def put(self, digest: str, data: bytes) -> None: ...

    def get(self, digest: str) -> bytes: ...


class Names(Protocol):
    """What stands for what is no data."""

    def of_object(self, value: Any) -> Json: ...

    def of_function(self, value: Callable[..., Any]) -> Json: ...


class NativeFailure(Exception):
    """An error of a native object, as a trace has it: with its fields, and all of them as `result` if it had that."""

    def __init__(self, message: str, fields: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.__dict__.update(fields)


@attrs.frozen(eq=False)
class _Whole:
    """Bytes on their way into a line; masking has no business with them any more."""

    data: bytes


# --- writing -----------------------------------------------------------------------------------------------------


def written(
    value: Any, names: Names, store: Store, *, stand: Callable[[Json], Json] | None = None, show_secrets: bool = False
) -> Json:
    """The value as a trace has it; `stand` puts what stands for the names of one run in their places."""
    tree = _tree(value, names, 0)
    if not show_secrets:
        tree = masked_json(_unsecret(tree))
    return _stored(tree if stand is None else stand(tree), store)


def _tree(value: Any, names: Names, depth: int) -> Json:
    if value is None or isinstance(value, bool):
        return value
    if value is UNDEFINED:
        return {"$undefined": True}
    if isinstance(value, int):
        return int(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return {"$bytes": _Whole(bytes(value))}
    if depth > DEEPEST:
        return {"$other": type(value).__name__}
    if isinstance(value, Instance):
        error = {"error": True} if value.is_error else {}
        return {"$class": value.class_name, **error, "fields": _fields(value, names, depth)}
    if isinstance(value, Mapping):
        return _fields(value, names, depth)
    if isinstance(value, list | tuple):
        return [_tree(each, names, depth + 1) for each in value]
    if isinstance(value, Model):
        return _fields(vars(value), names, depth)
    if isinstance(value, BaseException):
        return _error(value, names, depth)
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    return names.of_function(value) if callable(value) else names.of_object(value)


def _number(value: float) -> Json:
    special = next((name for name, number in NUMBERS.items() if _is_same_number(value, number)), None)
    if special is not None:
        return {"$number": special}
    return int(value) if value.is_integer() and abs(value) < 2**53 else float(value)


def _is_same_number(one: float, other: float) -> bool:
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return one == other and math.copysign(1, one) == math.copysign(1, other)


def _fields(value: Mapping[Any, Any], names: Names, depth: int) -> Json:
    return {_escaped(str(name)): _tree(field, names, depth + 1) for name, field in value.items()}


def _escaped(name: str) -> str:
    return f"${name}" if name.startswith("$") else name


def _error(error: BaseException, names: Names, depth: int) -> Json:
    told: dict[str, Json] = {"$error": type(error).__name__, "message": str(error)}
    result = getattr(error, "result", None)
    if isinstance(result, Mapping):  # in which its fields are, too
        return {**told, "result": _fields(result, names, depth + 1)}
    fields = {name: found for name in ERROR_FIELDS if (found := getattr(error, name, None)) is not None}
    if isinstance(error, TaroError):
        fields |= dict(error)
    return {**told, "fields": _fields(fields, names, depth + 1)} if fields else told


def _unsecret(tree: Json) -> Json:
    """Bytes that are a text, without the secrets in it, as `masked_json` has it of texts."""
    if isinstance(tree, list):
        return [_unsecret(each) for each in tree]
    if not isinstance(tree, dict):
        return tree
    whole = tree.get("$bytes")
    if isinstance(whole, _Whole):
        return {"$bytes": _masked(whole)}
    return {name: _unsecret(each) for name, each in tree.items()}


def _masked(whole: _Whole) -> _Whole:
    try:
        text = whole.data.decode()
    except UnicodeDecodeError:
        return whole
    return _Whole(masked_text(text).encode())


def _stored(tree: Json, store: Store) -> Json:
    """The tree with its bytes and texts, or what stands for those that are too long for a line."""
    if isinstance(tree, list):
        return [_stored(each, store) for each in tree]
    if isinstance(tree, str) and len(tree) > MOST_IN_A_LINE:
        return {"$text": _put(tree.encode("utf-8", "surrogatepass"), store)}
    if not isinstance(tree, dict):
        return tree
    whole = tree.get("$bytes")
    if isinstance(whole, _Whole):
        short = len(whole.data) <= MOST_IN_A_LINE
        return {"$bytes": base64.b64encode(whole.data).decode() if short else _put(whole.data, store)}
    return {name: _stored(each, store) for name, each in tree.items()}


def _put(data: bytes, store: Store) -> Json:
    digest = sha256(data).hexdigest()
    store.put(digest, data)
    return {"sha256": digest, "size": len(data)}


def roughly(milliseconds: float) -> int:
    """A distance as lines have it: none below 50 ms, then to one digit."""
    if milliseconds < 50:
        return 0
    digit = 10 ** math.floor(math.log10(milliseconds))
    return int(milliseconds // digit * digit)


# --- calls -------------------------------------------------------------------------------------------------------


def asks_for_a_secret(arguments: Sequence[Any]) -> bool:
    """Whether a call is about what is stored under a name that is a secret's: `getStorageSync("token")`."""
    first = arguments[0] if arguments else None
    return names_a_secret(first) or (isinstance(first, Mapping) and asks_for_secrets(first))


def names_a_secret(value: Any) -> bool:
    """Whether it is a name, and that of a secret."""
    return isinstance(value, str) and value.replace("_", "").replace("-", "").isalnum() and is_secret(value)


def arguments_of(arguments: Sequence[Any], write: Callable[[Any], Json], *, show_secrets: bool = False) -> list[Json]:
    """What a call was given, as `write` has each value, without the callbacks that are told of its end."""
    told = [in_order(write(each if at else _without_answers(each))) for at, each in enumerate(arguments)]
    if not show_secrets and arguments and names_a_secret(arguments[0]):
        return [told[0], *map(blank, told[1:])]
    return told


def in_order(tree: Json) -> Json:
    """What a program gives, with the keys of its objects sorted."""
    if isinstance(tree, list):
        return [in_order(each) for each in tree]
    return {name: in_order(tree[name]) for name in sorted(tree)} if isinstance(tree, dict) else tree


def _without_answers(options: Any) -> Any:
    return (
        {name: each for name, each in options.items() if name not in CALLBACKS}
        if isinstance(options, dict)
        else options
    )


def blank(tree: Json) -> Json:
    """What stands for something secret: of the same kind, and `errMsg`, which says how a call has ended, as it is."""
    blanked = masked_json({"secret": tree})["secret"]
    return {**blanked, "errMsg": tree["errMsg"]} if isinstance(tree, dict) and "errMsg" in tree else blanked


# --- reading -----------------------------------------------------------------------------------------------------


class MalformedValue(ValueError):
    """What stands in a line is no value that a trace has."""


def read(tree: Json, store: Store, object_of: Callable[[Json], Any], function_of: Callable[[int], Any]) -> Any:
    """The value that a line has; `object_of` and `function_of` give what the numbers stand for."""
    if isinstance(tree, list):
        return [read(each, store, object_of, function_of) for each in tree]
    if not isinstance(tree, dict):
        return tree
    mark = mark_of(tree)
    if mark is None:
        return {unescaped(name): read(each, store, object_of, function_of) for name, each in tree.items()}
    told = tree[mark]
    if mark == "$object":
        return object_of(tree)
    if mark == "$function":
        return function_of(told)
    if mark == "$class":
        fields = read(tree.get("fields", {}), store, object_of, function_of)
        return Instance(fields, told, is_error=tree.get("error", False))
    if mark == "$error":
        result, fields = (read(tree.get(each, {}), store, object_of, function_of) for each in ("result", "fields"))
        return _failure(told, tree.get("message", ""), {**result, "result": result} if result else fields)
    return _alone(mark, told, store)


def _alone(mark: str, told: Json, store: Store) -> Any:
    """What a marker stands for by itself."""
    if mark == "$bytes":
        return _data(told, store)
    if mark == "$text":
        return _data(told, store).decode("utf-8", "surrogatepass")
    if mark == "$number":
        return NUMBERS.get(told, 0)
    if mark == "$undefined":
        return UNDEFINED
    if mark == "$date" and told != MASK:
        return datetime.fromisoformat(told)
    return Opaque(str(told))


def mark_of(tree: Mapping[str, Json]) -> str | None:
    """The marker that a tree is; None if it is an object of data."""
    first = next((name for name in tree if name.startswith("$") and not name.startswith("$$")), None)
    if first is not None and first not in MARKS:
        raise MalformedValue(f"there is no marker {first!r}; a field of that name is written {f'${first}'!r}")
    return first


MARKS = frozenset({
    "$bytes", "$text", "$number", "$object", "$promise", "$function", "$error", "$date", "$other",
    "$undefined", "$class", "$result",
})  # fmt: skip


def unescaped(name: str) -> str:
    """The name of a field that stands in a trace."""
    return name[1:] if name.startswith("$$") else name


def _failure(kind: str, message: str, fields: dict[str, Any]) -> Exception:
    if kind.endswith(("TaroError", "NotSupported", "ParameterError")):
        return TaroError(str(fields.get("errMsg", message)), fields.get("errCode"), fields=fields)
    return NativeFailure(message, fields)


def _data(told: Json, store: Store) -> bytes:
    """The bytes in a line or beside it."""
    if told in (MASK, 0):  # what stands for a secret
        return b""
    return _decoded(told) if isinstance(told, str) else store.get(str(told["sha256"]))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise MalformedValue("bytes are written in base64") from None


@attrs.frozen
class Opaque:
    """Stands for a value of which a trace has only the kind."""

    kind: str


def checked(tree: Json) -> None:
    """Raises `MalformedValue` for what no trace has."""
    if isinstance(tree, list):
        for each in tree:
            checked(each)
    elif isinstance(tree, dict):
        mark = mark_of(tree)
        if mark is not None:
            _check_mark(mark, tree)
        for name, each in tree.items():
            if name != mark:
                checked(each)


def _check_mark(mark: str, tree: Mapping[str, Json]) -> None:
    told = tree[mark]
    if mark in ("$object", "$function", "$result"):
        right = isinstance(told, int) and not isinstance(told, bool)
    elif mark in ("$bytes", "$text"):
        right = isinstance(told, str) or told == 0 or (isinstance(told, dict) and isinstance(told.get("sha256"), str))
        if mark == "$bytes" and isinstance(told, str) and told != MASK:
            _decoded(told)
    elif mark == "$number":
        right = told == MASK or told in NUMBERS
    elif mark in ("$promise", "$undefined"):
        right = told is True
    else:
        right = isinstance(told, str)
    if not right:
        raise MalformedValue(f"{told!r} is nothing that {mark} can have")
