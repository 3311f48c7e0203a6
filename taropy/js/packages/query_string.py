"""query-string 7, whose functions 8 and 9 have as methods of their default export: query strings of flat values.

What later versions have beside them, the options `types` and `replacer`, raises `NotPorted`. A field that is there and
None counts as null, which is written as its key alone; one that is `undefined` is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from ..access import get
from ..array import Array
from ..callbacks import called_with
from ..conversions import number, text, truthy
from ..errors import TypeError, URIError
from ..missing import is_nullish, is_undefined, kept
from ..obj import Obj
from ..object import Object
from ..strings import String
from ..unported import NotPorted
from ..uri import decodeURIComponent, encodeURIComponent
from ..utf16 import joined, units

_SEPARATED: Final = ("comma", "separator", "bracket-separator")
#: What stands behind a key that has a list, in writing and in reading, for the forms that have one item a pair.
_SUFFIXES: Final = {"bracket": "[]", "colon-list-separator": ":list"}
_LATER: Final = ("types", "replacer")
_RUN = re.compile("(?:%[a-f0-9]{2})+", re.IGNORECASE)
_PART = re.compile("%[a-f0-9]{2}|[^%]", re.IGNORECASE | re.DOTALL)


def _options(given: Any, **defaults: Any) -> Obj:
    """The options of a call over their defaults; `TypeError` for a separator of more or less than a character."""
    options = Obj(defaults, given)
    for name in _LATER:
        if truthy(options[name]):
            raise NotPorted(f"the option {name} of query-string 9")
    separator = options.arrayFormatSeparator
    if not (isinstance(separator, str) and len(units(separator)) == 1):
        raise TypeError("arrayFormatSeparator must be single character string")
    return options


def _encoded(value: Any, options: Any) -> str:
    if not truthy(get(options, "encode")):
        return "" if is_nullish(value) else text(value)
    encoded = encodeURIComponent(value)
    if truthy(get(options, "strict")):
        return re.sub(r"[!'()*]", lambda found: f"%{ord(found[0]):X}", encoded)
    return encoded


# --- writing ---------------------------------------------------------------------------------------------------


def stringify(object: Any = None, options: Any = None) -> str:
    """The query string of an object, its keys sorted: `a=1&b=2`.

    Options: `arrayFormat` (`none`, `index`, `bracket`, `comma`, `separator`, `bracket-separator`,
    `colon-list-separator`), `arrayFormatSeparator`, `encode`, `strict`, `sort`, `skipNull`, `skipEmptyString`.
    """
    if not truthy(object):
        return ""
    options = _options(options, encode=True, strict=True, arrayFormat="none", arrayFormatSeparator=",")
    keys = Array(key for key in Object.keys(object) if not _is_skipped(get(object, key), options))
    if options.sort is not False:
        keys.sort(options.sort)
    pairs = [_pair(key, get(object, key), options) for key in keys]
    return "&".join(pair for pair in pairs if pair)


def _is_skipped(value: Any, options: Any) -> bool:
    return (truthy(options.skipNull) and is_nullish(value)) or (truthy(options.skipEmptyString) and value == "")


def _pair(key: str, value: Any, options: Any) -> str:
    """What a field becomes; "" for one that is not written."""
    if is_undefined(value):
        return ""
    if value is None:
        return _encoded(key, options)
    if not isinstance(value, list):
        written = value if truthy(options.encode) else text(value)
        return f"{_encoded(key, options)}={_encoded(written, options)}"
    if not len(value) and options.arrayFormat == "bracket-separator":
        return f"{_encoded(key, options)}[]"
    items = [item for item in kept(value) if not is_undefined(item) and not _is_skipped(item, options)]
    if options.arrayFormat in _SEPARATED:
        return _separated(key, items, options)
    return "&".join(_item(key, index, item, options) for index, item in enumerate(items))


def _separated(key: str, items: list[Any], options: Any) -> str:
    """The items of an array as one value."""
    if not items:
        return ""
    sign = "[]=" if options.arrayFormat == "bracket-separator" else "="
    values = ["" if item is None else _encoded(item, options) for item in items]
    return f"{_encoded(key, options)}{sign}{options.arrayFormatSeparator.join(values)}"


def _item(key: str, index: int, item: Any, options: Any) -> str:
    """An item of an array as a pair of its own."""
    form = options.arrayFormat
    name = _encoded(key, options) + (f"[{index}]" if form == "index" else _SUFFIXES.get(form, ""))
    if item is None:
        return f"{name}=" if form == "colon-list-separator" else name
    return f"{name}={_encoded(item, options)}"


# --- reading ---------------------------------------------------------------------------------------------------


def parse(query: Any = None, options: Any = None) -> Obj:
    """The fields of a query string, sorted; of what is no text, none. A key without `=` is None.

    Options: `arrayFormat` and `arrayFormatSeparator` as in `stringify`, `decode`, `sort`, `parseNumbers`,
    `parseBooleans`.
    """
    options = _options(
        options, decode=True, sort=True, arrayFormat="none", arrayFormatSeparator=",", parseNumbers=False,
        parseBooleans=False,
    )  # fmt: skip
    found = Obj()
    if isinstance(query, str):
        put = _PUTS.get(options.arrayFormat, _put)
        for pair in re.sub(r"^[?#&]", "", String.trim(query)).split("&"):
            if pair:
                put(found, *_read(pair, options), options)
    for key in Object.keys(found):
        found[key] = _each_typed(found[key], options)
    return found if options.sort is False else _sorted(found, options.sort)


def _read(pair: str, options: Any) -> tuple[str, Any]:
    """The key and the value of a pair; a value that is still to be split is not decoded."""
    key, sign, value = (pair.replace("+", " ") if truthy(options.decode) else pair).partition("=")
    is_whole = options.arrayFormat not in _SEPARATED
    return _decoded(key, options), (_decoded(value, options) if is_whole else value) if sign else None


def _put(found: Obj, key: str, value: Any, options: Any) -> None:
    found[key] = Array().concat(found[key], value) if key in found else value


def _put_at_index(found: Obj, key: str, value: Any, options: Any) -> None:
    index = re.search(r"\[(\d*)\]\Z", key, re.ASCII)
    name = key[: index.start()] if index else key
    if index is None:
        found[name] = value
        return
    if name not in found:
        found[name] = Obj()
    holder = found[name]
    if not isinstance(holder, dict):
        raise TypeError(f"Cannot create property '{index[1]}' on {text(holder)}")
    holder[index[1]] = value


def _put_with_suffix(found: Obj, key: str, value: Any, options: Any) -> None:
    suffix = _SUFFIXES[options.arrayFormat]
    name = key.removesuffix(suffix)
    if name == key:
        found[name] = value
    else:
        found[name] = Array().concat(found[name] if name in found else Array(), value)


def _put_separated(found: Obj, key: str, value: Any, options: Any) -> None:
    if value is not None and options.arrayFormatSeparator not in value:
        value = _decoded(value, options)  # which may bring the separator to light
    found[key] = _split(value, options) if value is not None and options.arrayFormatSeparator in value else value


def _put_in_brackets(found: Obj, key: str, value: Any, options: Any) -> None:
    name = key.removesuffix("[]")
    if name == key:
        found[name] = _decoded(value, options) if value else value
        return
    items = Array() if value is None else _split(value, options)
    found[name] = Array().concat(found[name], items) if name in found else items


_PUTS: Final[dict[Any, Callable[[Obj, str, Any, Any], None]]] = {
    "index": _put_at_index, "bracket": _put_with_suffix, "colon-list-separator": _put_with_suffix,
    "comma": _put_separated, "separator": _put_separated, "bracket-separator": _put_in_brackets,
}  # fmt: skip


def _split(value: str, options: Any) -> Array[str]:
    return Array(_decoded(item, options) for item in String.split(value, options.arrayFormatSeparator))


def _each_typed(value: Any, options: Any) -> Any:
    if isinstance(value, list):
        return Array(_typed(item, options) for item in value)
    if isinstance(value, dict):
        return Obj({key: _typed(value[key], options) for key in value})
    return _typed(value, options)


def _typed(value: Any, options: Any) -> Any:
    """The number or the truth value that a text is, if these are asked for."""
    if not isinstance(value, str):
        return value
    if truthy(options.parseNumbers) and String.trim(value) and (found := number(value)) == found:
        return found
    lower = String.toLowerCase(value)
    return lower == "true" if truthy(options.parseBooleans) and lower in ("true", "false") else value


def _sorted(found: Obj, order: Any) -> Obj:
    """The fields in their order; objects of indexes as arrays."""
    keys = Object.keys(found).sort(None if order is True else order)
    return Obj({key: _items(found[key]) if isinstance(found[key], dict) else found[key] for key in keys})


def _items(value: Any) -> Array[Any]:
    keys = sorted(Object.keys(value).sort(), key=number)
    return Array(value[key] for key in keys)


# --- decoding --------------------------------------------------------------------------------------------------


def _decoded(value: str, options: Any) -> str:
    return _without_percents(value) if truthy(get(options, "decode")) else value


def _without_percents(value: str) -> str:
    """As decode-uri-component does: what is no UTF-8 stays as it is, beside what is."""
    value = value.replace("+", " ")
    try:
        return decodeURIComponent(value)
    except URIError:
        return _partly_decoded(value)


def _partly_decoded(value: str) -> str:
    replaced = {"%FE%FF": "\ufffd\ufffd", "%FF%FE": "\ufffd\ufffd"}
    for run in _RUN.findall(value):
        decoded = _decoded_run(run)
        if decoded != run:
            replaced[run] = decoded
    for run, decoded in {**replaced, "%C2": "\ufffd"}.items():
        value = String.replaceAll(value, run, decoded)
    return value


def _decoded_run(run: str) -> str:
    """A run of bytes in percents, as far as they are UTF-8. What is left is tried again, split at each place."""
    at = 1
    while at < len(parts := _PART.findall(units(run))):
        run = joined(_decoded_part("".join(parts)) or _longest(parts[:at]) + _longest(parts[at:]))
        at += 1
    return run


def _longest(parts: list[str]) -> str:
    """The parts, one by one as they can be decoded, up to those at the end that can be decoded as a whole."""
    done = ""
    for at, part in enumerate(parts):
        end = _decoded_part("".join(parts[at:]))
        if end is not None:
            return done + end
        done += _decoded_part(part) or part
    return done


def _decoded_part(part: str) -> str | None:
    try:
        return decodeURIComponent(part)
    except URIError:
        return None


# --- whole URLs ------------------------------------------------------------------------------------------------


def extract(input: Any = None) -> str:
    """The query string of a URL, without its `?`; "" if it has none. `TypeError` for what is no text."""
    return _without_hash(_text(input, "indexOf")).partition("?")[2]


def parseUrl(url: Any = None, options: Any = None) -> Obj:
    """`url` and `query` of a URL; with the option `parseFragmentIdentifier`, `fragmentIdentifier` too.

    The other options are those of `parse`.
    """
    if not isinstance(url, str):
        raise TypeError("Expected the arguments to be of type `string`")
    options = Obj({"decode": True}, options)
    plain, _, hash = url.partition("#")
    found = Obj(url=plain.partition("?")[0], query=parse(extract(url), options))
    if truthy(options.parseFragmentIdentifier) and hash:
        found.fragmentIdentifier = _decoded(hash, options)
    return found


def stringifyUrl(object: Any = None, options: Any = None) -> str:
    """The URL of an object as `parseUrl` gives; fields of `query` go before those that stand in `url`.

    The options are those of `stringify`.
    """
    return _written(object, options, is_encoded=True)


def _written(object: Any, options: Any, *, is_encoded: bool) -> str:
    options = Obj({"encode": True, "strict": True}, options)
    url = _text(_field(object, "url"), "indexOf")
    query = stringify(Obj(parse(extract(url), Obj(sort=False)), get(object, "query")), options)
    hash = "".join(url.partition("#")[1:])
    fragment = get(object, "fragmentIdentifier")
    if truthy(fragment):
        hash = f"#{_encoded(fragment, options) if is_encoded else text(fragment)}"
    return f"{_without_hash(url).partition('?')[0]}{'?' if query else ''}{query}{hash}"


def pick(input: Any = None, filter: Any = None, options: Any = None) -> str:
    """The URL with only those fields of its query that are in a list, or for which a function of key and value is true.

    The options are those of `parse` and of `stringify`.
    """
    options = Obj({"parseFragmentIdentifier": True}, options)
    found = parseUrl(input, options)
    found.query = Obj({key: found.query[key] for key in found.query if _is_in(filter, key, found.query)})
    return _written(found, options, is_encoded=False)


def exclude(input: Any = None, filter: Any = None, options: Any = None) -> str:
    """The URL without those fields that `pick` would keep."""

    def is_kept(key: str, value: Any) -> bool:
        return not _is_in(filter, key, {key: value})

    return pick(input, is_kept, options)


def _is_in(filter: Any, key: str, query: Any) -> bool:
    if isinstance(filter, list):
        return key in filter
    return truthy(called_with(filter, (key, query[key])))


def _without_hash(url: str) -> str:
    return url.partition("#")[0]


def _field(object: Any, name: str) -> Any:
    if is_nullish(object):
        raise TypeError(f"Cannot read properties of undefined (reading '{name}')")
    return get(object, name)


def _text(value: Any, method: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{method} is not a function of what is no text")
    return value
