"""qs 6.13: query strings with objects and arrays in them.

Of its options there are all but those for other character sets than UTF-8 (`charset`, `charsetSentinel`,
`interpretNumericEntities`), which raise `NotImplementedError`.
"""

from __future__ import annotations

import re
from typing import Any, Final

from ..access import get
from ..array import Array
from ..callbacks import called_with
from ..conversions import text, truthy
from ..date import Date
from ..errors import RangeError, TypeError, URIError
from ..missing import hole, is_nullish, kept
from ..numeric import Number
from ..obj import Obj
from ..object import Object
from ..regexp import RegExp
from ..strings import String
from ..uri import decodeURIComponent, encodeURIComponent

#: The names of the two formats: spaces are `%20` in the first, and `+` in the second.
formats: Final[Obj] = Obj(default="RFC3986", RFC3986="RFC3986", RFC1738="RFC1738")

_OF_OBJECTS = frozenset(
    ["constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString", "valueOf",
     "__proto__", "__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__"]
)  # fmt: skip
_STRICT = frozenset(["allowEmptyArrays", "commaRoundTrip", "decodeDotInKeys", "encodeDotInKeys"])
_STEP = re.compile(r"\[[^\[\]]*\]")


class _Options:
    """The options of a call, each with its default; a value of another kind than the default's is none."""

    def __init__(self, given: Any, **defaults: Any) -> None:
        self.given: Any = given if isinstance(given, dict) else Obj()
        for name, default in defaults.items():
            value = get(self.given, name)
            fits = isinstance(value, bool) if isinstance(default, bool) else _is_number(value)
            if not fits and not is_nullish(value) and name in _STRICT:
                raise TypeError(f"`{name}` option can only be `true` or `false`, when provided")
            setattr(self, name, value if fits else default)
        for name in ("charsetSentinel", "interpretNumericEntities"):
            if truthy(get(self.given, name)):
                raise NotImplementedError(f"the option {name} of qs is not in taropy.js.packages.qs")
        charset = get(self.given, "charset")
        if not is_nullish(charset) and charset not in ("utf-8", "iso-8859-1"):
            raise TypeError("The charset option must be either utf-8, iso-8859-1, or undefined")
        if charset == "iso-8859-1":
            raise NotImplementedError("the charset iso-8859-1 of qs is not in taropy.js.packages.qs")

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def function(self, name: str, otherwise: str) -> Any:
        """A function among the options; `TypeError` for what is none."""
        value = get(self.given, name)
        if not is_nullish(value) and not callable(value):
            raise TypeError(otherwise)
        return value

    def dots(self, also: str) -> bool:
        """Whether `a.b` is a path: if it is asked for, or `also` is."""
        value = get(self.given, "allowDots")
        return get(self.given, also) is True if is_nullish(value) else truthy(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# --- writing ---------------------------------------------------------------------------------------------------


def stringify(object: Any = None, options: Any = None) -> str:
    """The query string of an object: `a=1&b[0]=2&c[d]=3`, with what is no letter in percents."""
    writer = _Writer(options)
    value: Any = writer.filter("", object) if callable(writer.filter) else object
    if is_nullish(value) or (not isinstance(value, dict | list) and not hasattr(value, "__dict__")):
        return ""
    parts = [part for key in writer.keys(value) for part in writer.field(value, key, text(key), ())]
    query = get(options, "delimiter") if not is_nullish(get(options, "delimiter")) else "&"
    joined = text(query).join(parts)
    return f"?{joined}" if joined and writer.options.addQueryPrefix else joined


class _Writer:
    """Writes an object as the options say."""

    def __init__(self, given: Any) -> None:
        self.options: Any = _Options(
            given, addQueryPrefix=False, allowEmptyArrays=False, commaRoundTrip=False, encode=True,
            encodeDotInKeys=False, encodeValuesOnly=False, skipNulls=False, strictNullHandling=False,
        )  # fmt: skip
        options = self.options.given
        self.format: str = get(options, "format") or formats.default
        if self.format not in formats:
            raise TypeError("Unknown format option provided.")
        self.encoder: Any = self.options.function("encoder", "Encoder has to be a function.")
        self.dots: bool = self.options.dots("encodeDotInKeys")
        self.filter: Any = get(options, "filter")
        self.sort: Any = get(options, "sort")
        self.date: Any = get(options, "serializeDate") or (lambda date: date.toISOString())
        self.arrays: str = get(options, "arrayFormat")
        if self.arrays not in ("brackets", "comma", "indices", "repeat"):
            self.arrays = "repeat" if get(options, "indices") is False else "indices"

    def keys(self, value: Any) -> list[Any]:
        """The keys of which fields are written."""
        if isinstance(self.filter, list):
            return list(self.filter)
        found = Object.keys(value)
        return list(found.sort(self.sort) if callable(self.sort) else found)

    def field(self, holder: Any, key: Any, prefix: str, around: tuple[int, ...], *, plain: bool = False) -> list[str]:
        """What a field becomes; nothing for one that is not there, or null if these are skipped."""
        value = get(holder, key)
        if value is None and (self.options.skipNulls or key not in Object.keys(holder)):
            return [] if not callable(self.filter) else self.value(None, prefix, around, missing=True)
        return self.value(value, prefix, around, plain=plain)

    def value(
        self, value: Any, prefix: str, around: tuple[int, ...], *, missing: bool = False, plain: bool = False
    ) -> list[str]:
        """What a value under a name becomes; `plain` ones are encoded already."""
        if id(value) in around and isinstance(value, dict | list):
            raise RangeError("Cyclic object value")
        if callable(self.filter):
            value = called_with(self.filter, (prefix, value))
        elif isinstance(value, Date):
            value = self.date(value)
        if value is None:
            if missing:
                return []
            if self.options.strictNullHandling:
                return [prefix if self.options.encodeValuesOnly else self.encoded(prefix, "key")]
            value = ""
        if isinstance(value, str | int | float):
            return [self.pair(prefix, value, plain=plain)]
        if is_nullish(value) or (callable(value) and not isinstance(value, dict)):
            return []
        return self.inner(value, prefix, (*around, id(value)))

    def pair(self, prefix: str, value: Any, *, plain: bool) -> str:
        """`key=value`."""
        if not self.options.encode or plain:
            return f"{self.formatted(prefix)}={self.formatted(text(value))}"
        key = prefix if self.options.encodeValuesOnly else self.encoded(prefix, "key")
        return f"{self.formatted(key)}={self.formatted(self.encoded(value, 'value'))}"

    def inner(self, value: Any, prefix: str, around: tuple[int, ...]) -> list[str]:
        """What the fields or items of a value become."""
        prefix = prefix.replace(".", "%2E") if self.options.encodeDotInKeys else prefix
        if isinstance(value, list):
            return self.items(value, prefix, around)
        parts = []
        for key in self.keys(value):
            name = text(key).replace(".", "%2E") if self.dots and self.options.encodeDotInKeys else text(key)
            parts += self.field(value, key, f"{prefix}.{name}" if self.dots else f"{prefix}[{name}]", around)
        return parts

    def items(self, value: list[Any], prefix: str, around: tuple[int, ...]) -> list[str]:
        """What the items of an array become."""
        if self.options.allowEmptyArrays and not len(value):
            return [f"{prefix}[]"]
        if self.arrays == "comma":
            return self.commas(value, prefix, around)
        parts = []
        for index in self.keys(value):
            names = {"brackets": f"{prefix}[]", "indices": f"{prefix}[{index}]", "repeat": prefix}
            parts += self.field(value, index, names[self.arrays], around)
        return parts

    def commas(self, value: list[Any], prefix: str, around: tuple[int, ...]) -> list[str]:
        """The items in one, with commas between."""
        if not len(value):
            return []
        plain = self.options.encode and self.options.encodeValuesOnly
        items = [self.date(item) if isinstance(item, Date) else item for item in value]
        if plain:
            items = ["" if item is None else self.encoded(item, "value") for item in items]
        name = f"{prefix}[]" if self.options.commaRoundTrip and len(value) == 1 else prefix
        joined = Array(items).join(",") or None
        if joined is None and self.options.skipNulls:
            return []
        return self.value(joined, name, around, plain=plain)

    def encoded(self, value: Any, kind: str) -> str:
        """A key or a value with what is no letter in percents."""
        if not self.options.encode:
            return text(value)
        if self.encoder is not None:
            own = (value, lambda each, *_: self._percents(each), "utf-8", kind, self.format)
            return text(called_with(self.encoder, own))
        return self._percents(value)

    def _percents(self, value: Any) -> str:
        encoded = re.sub(r"[!'()*]", lambda found: f"%{ord(found[0]):02X}", encodeURIComponent(text(value)))
        return encoded.replace("%28", "(").replace("%29", ")") if self.format == "RFC1738" else encoded

    def formatted(self, value: str) -> str:
        """Spaces as the format has them."""
        return value.replace("%20", "+") if self.format == "RFC1738" else value


# --- reading ---------------------------------------------------------------------------------------------------


def parse(string: Any = None, options: Any = None) -> Obj:
    """The object that a query string means; keys with brackets are objects and arrays in it."""
    reader = _Reader(options)
    if is_nullish(string) or string == "":
        return Obj()
    is_text = isinstance(string, str)
    values = reader.values(string) if is_text else string
    result: Any = Obj()
    for key in Object.keys(values):
        result = reader.merged(result, reader.at_path(key, values[key], decoded=is_text))
    return result if reader.options.allowSparse else _compacted(result)  # type: ignore[no-any-return]


def _compacted(value: Any) -> Any:
    if isinstance(value, list):
        value[:] = [_compacted(item) for item in kept(value) if item is not hole]
    elif isinstance(value, dict):
        for key in Object.keys(value):
            _compacted(value[key])
    return value


class _Reader:
    """Reads a query string as the options say."""

    def __init__(self, given: Any) -> None:
        self.options: Any = _Options(
            given, allowEmptyArrays=False, allowPrototypes=False, allowSparse=False, arrayLimit=20, comma=False,
            decodeDotInKeys=False, ignoreQueryPrefix=False, parameterLimit=1000, parseArrays=True, plainObjects=False,
            strictDepth=False, strictNullHandling=False,
        )  # fmt: skip
        options = self.options.given
        self.dots: bool = self.options.dots("decodeDotInKeys")
        depth = get(options, "depth")
        self.depth: int = int(depth) if _is_number(depth) or depth is False else 5
        self.decoder: Any = self.options.function("decoder", "Decoder has to be a function.")
        self.duplicates: Any = get(options, "duplicates") or "combine"
        if self.duplicates not in ("combine", "first", "last"):
            raise TypeError("The duplicates option must be either combine, first, or last")
        delimiter = get(options, "delimiter")
        self.delimiter: Any = delimiter if isinstance(delimiter, str | RegExp) else "&"

    def values(self, string: str) -> Obj:
        """The values by their keys, as they are written."""
        query = string.removeprefix("?") if self.options.ignoreQueryPrefix else string
        query = re.sub("%5D", "]", re.sub("%5B", "[", query, flags=re.IGNORECASE), flags=re.IGNORECASE)
        limit = self.options.parameterLimit
        parts = String.split(query, self.delimiter) if limit == Number.POSITIVE_INFINITY else (
            String.split(query, self.delimiter, limit))  # fmt: skip
        found = Obj()
        for part in parts:
            self._put(found, part)
        return found

    def _put(self, found: Obj, part: str) -> None:
        bracket = part.find("]=")
        at = part.find("=") if bracket < 0 else bracket + 1
        value: Any
        if at < 0:
            key, value = self.decoded(part, "key"), None if self.options.strictNullHandling else ""
        else:
            key = self.decoded(part[:at], "key")
            split = self.split(part[at + 1 :])
            value = Array(self.decoded(each, "value") for each in split) if isinstance(split, list) else (
                self.decoded(split, "value"))  # fmt: skip
        if "[]=" in part and isinstance(value, list):
            value = Array([value])
        if key in found and self.duplicates == "combine":
            found[key] = Array().concat(found[key], value)
        elif key not in found or self.duplicates == "last":
            found[key] = value

    def split(self, value: Any) -> Any:
        """The parts of a value with commas, if these are told apart."""
        has_parts = isinstance(value, str) and self.options.comma and "," in value
        return Array(value.split(",")) if has_parts else value

    def decoded(self, value: str, kind: str) -> Any:
        """A key or a value as it was before it was encoded; as it is, if that can't be told."""
        if self.decoder is not None:
            own = (value, lambda each, *_: _without_percents(each), "utf-8", kind)
            return called_with(self.decoder, own)
        return _without_percents(value)

    def at_path(self, key: str, value: Any, *, decoded: bool) -> Any:
        """The value in the objects and arrays that the key names."""
        if not key:
            return None
        path = re.sub(r"\.([^.\[]+)", r"[\1]", key) if self.dots else key
        steps = self._steps(path)
        if steps is None:
            return None
        leaf = value if decoded else self.split(value)
        for step in reversed(steps):
            leaf = self._holder(step, leaf)
        return leaf

    def _steps(self, path: str) -> list[str] | None:
        """The steps of a path; None if one of them is a name that all objects have."""
        first = _STEP.search(path) if self.depth > 0 else None
        parent = path[: first.start()] if first else path
        steps = [parent] if parent else []
        children = list(_STEP.finditer(path)) if self.depth > 0 else []
        steps += [child[0] for child in children[: self.depth]]
        names = [parent, *(step[1:-1] for step in steps[1 if parent else 0 :])]
        if not (self.options.plainObjects or self.options.allowPrototypes) and not _OF_OBJECTS.isdisjoint(names):
            return None
        if len(children) > self.depth:
            if self.options.strictDepth:
                raise RangeError(f"Input depth exceeded depth option of {self.depth} and strictDepth is true")
            steps.append(f"[{path[children[self.depth].start() :]}]")
        return steps

    def _holder(self, step: str, leaf: Any) -> Any:
        if step == "[]" and self.options.parseArrays:
            is_nothing = leaf == "" or (self.options.strictNullHandling and leaf is None)
            return Array() if self.options.allowEmptyArrays and is_nothing else Array().concat(leaf)
        name = step[1:-1] if step[:1] == "[" and step[-1:] == "]" else step
        name = name.replace("%2E", ".") if self.options.decodeDotInKeys else name
        if not self.options.parseArrays and name == "":
            return Obj({"0": leaf})
        is_index = re.fullmatch(r"0|[1-9][0-9]*", name) is not None and step != name
        if is_index and self.options.parseArrays and int(name) <= self.options.arrayLimit:
            made: Array[Any] = Array()
            made[int(name)] = leaf
            return made
        return Obj({name: leaf} if name != "__proto__" else {})

    def merged(self, target: Any, source: Any) -> Any:
        """One with what is in the other."""
        if not truthy(source):
            return target
        if not isinstance(source, dict | list):
            return self._with_plain(target, source)
        if not isinstance(target, dict | list):
            return Array([target]).concat(source)
        if isinstance(target, list) and isinstance(source, list):
            return self._merged_items(target, source)
        merged: Any = target
        if isinstance(target, list):
            merged = Obj({str(index): item for index, item in enumerate(kept(target)) if item is not hole})
        added: Any = source
        for key in Object.keys(added):
            merged[key] = self.merged(merged[key], added[key]) if key in merged else added[key]
        return merged

    def _with_plain(self, target: Any, source: Any) -> Any:
        if isinstance(target, list):
            target.append(source)
        elif isinstance(target, dict):
            if self.options.plainObjects or self.options.allowPrototypes or source not in _OF_OBJECTS:
                target[text(source)] = True
        else:
            return Array([target, source])
        return target

    def _merged_items(self, target: Any, source: list[Any]) -> Any:
        for index, item in enumerate(kept(source)):
            if item is hole:
                continue
            if index >= len(target) or list.__getitem__(target, index) is hole:
                target[index] = item
            elif isinstance(target[index], dict | list) and isinstance(item, dict | list):
                target[index] = self.merged(target[index], item)
            else:
                target.append(item)
        return target


def _without_percents(value: str) -> str:
    plain = value.replace("+", " ")
    try:
        return decodeURIComponent(plain)
    except URIError:
        return plain
