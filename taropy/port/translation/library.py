"""What of JavaScript's globals and methods the library has, and by which name."""

from __future__ import annotations

import keyword
from functools import cache
from typing import Any

#: Globals that are functions, and the helper that each is; the second ones give a number, a text, …
FUNCTIONS = {
    "Number": ("number", "number"),
    "String": ("text", "string"),
    "Boolean": ("truthy", "boolean"),
    "parseInt": ("parseInt", "number"),
    "parseFloat": ("parseFloat", "number"),
    "isNaN": ("isNaN", "boolean"),
    "isFinite": ("isFinite", "boolean"),
    "encodeURIComponent": ("encodeURIComponent", "string"),
    "decodeURIComponent": ("decodeURIComponent", "string"),
    "encodeURI": ("encodeURI", "string"),
    "decodeURI": ("decodeURI", "string"),
    "escape": ("escape", "string"),
    "unescape": ("unescape", "string"),
    "setTimeout": ("setTimeout", "unknown"),
    "setInterval": ("setInterval", "unknown"),
    "clearTimeout": ("clearTimeout", "nothing"),
    "clearInterval": ("clearInterval", "nothing"),
    "setImmediate": ("setImmediate", "unknown"),
    "queueMicrotask": ("queueMicrotask", "nothing"),
    "requestAnimationFrame": ("requestAnimationFrame", "unknown"),
    "structuredClone": ("structuredClone", "unknown"),
    "cancelAnimationFrame": ("cancelAnimationFrame", "nothing"),
    "atob": ("atob", "string"),
    "btoa": ("btoa", "string"),
    "Symbol": ("Symbol", "unknown"),
}

#: Those that are functions of the same name in the library, too.
CONVERTERS = frozenset(["Number", "String", "Boolean"])

#: Globals that are objects or classes, whose members are read off them.
OBJECTS = frozenset(
    [
        "Object",
        "Math",
        "JSON",
        "console",
        "Promise",
        "Date",
        "Number",
        "String",
        "Array",
        "Map",
        "Set",
        "Symbol",
        "WeakMap",
        "WeakSet",
        "RegExp",
        "Error",
        "TypeError",
        "RangeError",
        "SyntaxError",
        "ReferenceError",
        "URIError",
        "EvalError",
        "URL",
        "URLSearchParams",
        "ArrayBuffer",
        "Buffer",
        "DataView",
        "Uint8Array",
        "Int8Array",
        "Uint16Array",
        "Int16Array",
        "Uint32Array",
        "Int32Array",
        "Float32Array",
        "Float64Array",
        "Uint8ClampedArray",
        "TextEncoder",
        "TextDecoder",
        "performance",
        "crypto",
        "DOMException",
        "AggregateError",
        "Boolean",
    ]
)

#: What `new` makes of each class.
MADE = {
    "Promise": "promise",
    "Date": "date",
    "Map": "map",
    "Set": "set",
    "RegExp": "regexp",
    "Array": "array",
    "Error": "error",
    "TypeError": "error",
    "RangeError": "error",
    "SyntaxError": "error",
    "ReferenceError": "error",
}

#: What members of globals give.
GIVEN: dict[str, tuple[str, str | None]] = {
    "Object.keys": ("array", "string"),
    "Object.values": ("array", None),
    "Object.entries": ("array", "array"),
    "Object.assign": ("object", None),
    "Object.fromEntries": ("object", None),
    "JSON.stringify": ("string", None),
    "Array.from": ("array", None),
    "Array.of": ("array", None),
    "Array.isArray": ("boolean", None),
    "Number.isInteger": ("boolean", None),
    "Number.isNaN": ("boolean", None),
    "Number.isFinite": ("boolean", None),
    "Object.hasOwn": ("boolean", None),
    "String.fromCharCode": ("string", None),
    "Date.now": ("whole", None),
    "Promise.all": ("promise", "array"),
    "Promise.race": ("promise", None),
    "Promise.resolve": ("promise", None),
    "Promise.reject": ("promise", None),
    "Promise.allSettled": ("promise", "array"),
    "Promise.any": ("promise", None),
    "Date.parse": ("number", None),
    "Date.UTC": ("number", None),
    "Number.parseFloat": ("number", None),
    "Number.parseInt": ("number", None),
}

#: What methods give, by the kind of what they are called of.
STRING_GIVES = {
    **dict.fromkeys(
        [
            "charAt",
            "concat",
            "normalize",
            "padEnd",
            "padStart",
            "repeat",
            "replace",
            "replaceAll",
            "slice",
            "substr",
            "substring",
            "toLocaleLowerCase",
            "toLocaleUpperCase",
            "toLowerCase",
            "toString",
            "toUpperCase",
            "trim",
            "trimEnd",
            "trimStart",
            "valueOf",
        ],
        "string",
    ),
    **dict.fromkeys(["endsWith", "includes", "startsWith"], "boolean"),
    **dict.fromkeys(["indexOf", "lastIndexOf", "search", "localeCompare"], "whole"),
    "charCodeAt": "number",
    "split": "texts",
}
ARRAY_GIVES = {
    **dict.fromkeys(["concat", "filter", "reverse", "slice", "sort", "splice", "fill"], "same"),
    **dict.fromkeys(["map", "flat", "flatMap"], "array"),
    **dict.fromkeys(["every", "includes", "some"], "boolean"),
    **dict.fromkeys(["findIndex", "indexOf", "lastIndexOf", "push", "unshift"], "whole"),
    "join": "string",
}
NUMBER_GIVES = {"toFixed": "string", "toPrecision": "string", "toString": "string", "toLocaleString": "string"}

#: Methods that texts and numbers have, whose names say nothing of what else they are called of.
OF_PRIMITIVES = frozenset(
    [*STRING_GIVES, *NUMBER_GIVES, "at", "codePointAt", "match", "matchAll", "trimLeft", "trimRight"]
)

#: What goes through an array that it is given, and keeps none of it but the items.
GO_THROUGH = frozenset(
    [
        *("Map", "Set", "WeakMap", "WeakSet", "Object.fromEntries"),
        *("Promise.all", "Promise.allSettled", "Promise.any", "Promise.race"),
    ]
)

#: Methods of an array that call a function while they run, and keep it no longer.
AT_ONCE = frozenset(
    [
        "every",
        "filter",
        "find",
        "findIndex",
        "findLast",
        "findLastIndex",
        "flatMap",
        "forEach",
        "map",
        "reduce",
        "reduceRight",
        "replace",
        "replaceAll",
        "some",
        "sort",
        "toSorted",
    ]
)

#: What stands for another platform's page or shell, and is nowhere here.
#: The native objects of the platforms, each there on its own one alone.
NATIVES = frozenset(["wx", "my", "swan", "tt", "qq", "jd"])

ELSEWHERE = frozenset(["window", "document", "location", "navigator", "localStorage", "sessionStorage", "history"])


def method(name: str) -> str:
    """A method's name in Python: those that are words of Python's have a line behind them."""
    return f"{name}_" if keyword.iskeyword(name) or name == "assert" else name


@cache
def names() -> frozenset[str]:
    """All that a port may import of the library."""
    import taropy.js

    return frozenset(taropy.js.__all__)


@cache
def of_lists() -> frozenset[str]:
    """What Python's lists have, and no array of JavaScript's: a field of such a name is read by key."""
    import taropy.js

    return frozenset(name for name in vars(list) if name[:1] != "_" and name not in vars(taropy.js.Array))


@cache
def has(owner: str, name: str) -> bool:
    """Whether a value or class of the library has a member."""
    import taropy.js

    found: Any = getattr(taropy.js, owner)
    return hasattr(found, method(name))


def is_number(text: str) -> bool:
    """Whether a text becomes a number, as `"12"` and `""` do."""
    import taropy.js

    amount = taropy.js.number(text)
    return amount == amount
