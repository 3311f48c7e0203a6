"""The rules by which a `CacheManager` knows which requests to cache.

Facts: developers.weixin.qq.com/miniprogram/dev/api/storage/cachemanager/CacheManager.addRule.html: rules are text
(`/abc`, `GET /abc/:id`, `/abc?aa`, `/abc?dd=haha`), regular expressions, or objects with a `url` of either kind. In
Python a regular expression is a compiled one; how a number in `value` compares is judgement: as text, like the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import attrs

from ..core.answers import Fail, Options
from ..core.javascript import text_of
from ..core.options import js_type, optional, wrong_type

METHODS = ("GET", "POST", "PATCH", "PUT", "DELETE")

IsUrl = Callable[[str], bool]


@attrs.frozen
class Rule:
    """Which requests are cached, and for how many milliseconds; None is as long as the manager's others."""

    id: str
    method: str | None
    is_url: IsUrl
    max_age: float | None = None
    schema: Sequence[Mapping[str, Any]] = ()

    def matches(self, options: Options) -> bool:
        """Whether a request with these options is one of them."""
        method = str(options.get("method") or "GET").upper()
        if method not in METHODS or self.method not in (None, method):
            return False
        url, data = options.get("url"), options.get("data")
        return isinstance(url, str) and self.is_url(url) and _fits_all(self.schema, data)


def make(rule: Any, origin: str, new_id: str) -> Rule:
    """The rule that a program has written. Raises `Fail` for what is none."""
    if isinstance(rule, str | re.Pattern):
        method, place = _parts(rule)
        return Rule(new_id, method, _url_rule(place, origin))
    if not isinstance(rule, Mapping):
        raise wrong_type("parameter", "Object", rule)
    url = rule.get("url")
    if not isinstance(url, str | re.Pattern):
        raise wrong_type("parameter.url", "String", url)
    method = optional(rule, "method", "String", "").upper() or None
    if method not in (None, *METHODS):
        raise Fail(f"parameter error: parameter.method should be one of {', '.join(METHODS)}")
    return Rule(
        optional(rule, "id", "String", "") or new_id,
        method,
        _url_rule(url, origin),
        optional(rule, "maxAge", "Number", None),
        _schema(optional(rule, "dataSchema", "Array", ())),
    )


# --- the URL --------------------------------------------------------------------------------------------------------


def _parts(rule: str | re.Pattern[str]) -> tuple[str | None, str | re.Pattern[str]]:
    """The method in front of a rule of text, and its URL."""
    if isinstance(rule, str):
        method, _, url = rule.partition(" ")
        if method in METHODS and url:
            return method, url
    return None, rule


def _url_rule(url: str | re.Pattern[str], origin: str) -> IsUrl:
    return _text_rule(url, origin) if isinstance(url, str) else _pattern_rule(url, origin)


def _pattern_rule(pattern: re.Pattern[str], origin: str) -> IsUrl:
    """An expression is looked for in the URL; unless it names an origin, that must be the manager's."""
    if "://" in pattern.pattern.replace("\\", ""):
        return lambda url: pattern.search(url) is not None
    return lambda url: _origin_of(url) == _origin_of(origin) and pattern.search(url) is not None


def _text_rule(rule: str, origin: str) -> IsUrl:
    """Origin and path are the same, but for parts as `:id`, and the query has what the rule's has."""
    wanted = urlsplit(f"{origin.rstrip('/')}{rule}" if rule.startswith("/") else rule)
    segments = wanted.path.split("/")
    query = [(name, value, f"{name}=" in wanted.query) for name, value in _query_of(wanted.query)]

    def is_url(url: str) -> bool:
        asked = urlsplit(url)
        given = asked.path.split("/")
        same = asked.scheme == wanted.scheme and asked.netloc == wanted.netloc and len(given) == len(segments)
        return same and all(map(_same_segment, segments, given)) and _has_query(query, asked.query)

    return is_url


def _same_segment(wanted: str, given: str) -> bool:
    return bool(given) if wanted.startswith(":") else wanted == given


def _has_query(wanted: list[tuple[str, str, bool]], query: str) -> bool:
    given = dict(_query_of(query))
    return all(name in given and (given[name] == value or not has_value) for name, value, has_value in wanted)


def _query_of(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


# --- the data -------------------------------------------------------------------------------------------------------


def _schema(given: Sequence[Any]) -> Sequence[Mapping[str, Any]]:
    for index, each in enumerate(given):
        if not isinstance(each, Mapping) or not isinstance(each.get("name"), str) or not each.get("schema"):
            raise Fail(f"parameter error: parameter.dataSchema[{index}] should have a name and a schema")
    return given


def _fits_all(schema: Sequence[Mapping[str, Any]], data: Any) -> bool:
    if not schema:
        return True
    return isinstance(data, Mapping) and all(_fits_one(data.get(each["name"]), each["schema"]) for each in schema)


def _fits_one(value: Any, schema: Any) -> bool:
    """Whether a value is what the schema, or one of several, says."""
    several = schema if isinstance(schema, list | tuple) else [schema]
    return any(_fits(value, each) for each in several)


def _fits(value: Any, schema: Mapping[str, Any]) -> bool:
    type_ = str(schema.get("type", "any"))
    if type_.endswith("[]"):
        return isinstance(value, list | tuple) and all(_is_of(item, type_[:-2]) for item in value)
    return _is_of(value, type_) and _has_value(value, schema.get("value"))


def _is_of(value: Any, type_: str) -> bool:
    return type_ == "any" or js_type(value).lower() == type_


def _has_value(value: Any, wanted: Any) -> bool:
    """Whether a value is the one wanted: that text, what an expression is in, what a function takes, or an object."""
    if wanted is None:
        return True
    if isinstance(wanted, re.Pattern):
        return wanted.search(text_of(value)) is not None
    if isinstance(wanted, list | tuple):
        return _fits_all(wanted, value)
    return bool(wanted(value)) if callable(wanted) else text_of(value) == text_of(wanted)
