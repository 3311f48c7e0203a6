"""What else a request has to have for a route to take it: its query, its headers, its body."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...core.javascript import text_of
from .messages import UNSET, Request

Wanted = str | re.Pattern[str] | None
#: What it is about, as `query`, and whether a request has it.
Condition = tuple[str, Callable[[Request], bool]]


def conditions(
    query: Mapping[str, Any] | None, headers: Mapping[str, Any] | None, json: Any, pattern_query: Any = ()
) -> list[Condition]:
    """The conditions that a test has set, the quickest first."""
    made: list[Condition] = []
    for name, given in (("query", query), ("match_headers", headers)):
        if given is not None and not isinstance(given, Mapping):
            raise TypeError(f"{name} has values by their names, as in {{'page': 2}}; not {given!r}")
    if pattern_query:
        made.append(("query", lambda request: _has_patterns(request, pattern_query)))
    if query:
        wanted_query = {name: [_wanted(each) for each in _each(value)] for name, value in query.items()}
        made.append(("query", lambda request: _has_query(request, wanted_query)))
    if headers:
        wanted_headers = {name: _wanted(value) for name, value in headers.items()}
        made.append(("headers", lambda request: _has_headers(request, wanted_headers)))
    if json is not UNSET:
        made.append(("JSON", lambda request: _has_json(request, json)))
    return made


def holds(wanted: Any, found: Any) -> bool:
    """Whether JSON has at least what is wanted: objects may have more fields; all else has to be equal.

    A regular expression is searched in a text. A function in the place of a value is asked whether it will do.
    """
    if callable(wanted):
        return bool(wanted(found))
    if isinstance(wanted, re.Pattern):
        return isinstance(found, str) and wanted.search(found) is not None
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(
            name in found and holds(value, found[name]) for name, value in wanted.items()
        )
    if isinstance(wanted, list | tuple):
        return (
            isinstance(found, list | tuple) and len(wanted) == len(found)
            and all(holds(one, other) for one, other in zip(wanted, found, strict=True))
        )  # fmt: skip
    return isinstance(wanted, bool) == isinstance(found, bool) and bool(wanted == found)


def _each(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _wanted(value: Any) -> Wanted:
    """A text or an expression; None is what is not to be there. `True` and numbers are as JavaScript writes them."""
    if value is None or isinstance(value, str | re.Pattern):
        return value
    if not isinstance(value, bool | int | float):
        raise TypeError(f"queries and headers are compared with texts, numbers and expressions, not with {value!r}")
    return text_of(value)


def _fits(wanted: str | re.Pattern[str], value: str) -> bool:
    return wanted == value if isinstance(wanted, str) else wanted.search(value) is not None


def _has_patterns(request: Request, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> bool:
    pairs = request.query_pairs
    return all(any(key == name and regex.fullmatch(value) for key, value in pairs) for name, regex in patterns)


def _has_query(request: Request, wanted: Mapping[str, Sequence[Wanted]]) -> bool:
    pairs = request.query_pairs
    return all(
        all(key != name for key, _ in pairs)
        if value is None
        else any(key == name and _fits(value, found) for key, found in pairs)
        for name, values in wanted.items()
        for value in values
    )


def _has_headers(request: Request, wanted: Mapping[str, Wanted]) -> bool:
    headers = request.headers
    return all(
        name not in headers if value is None else name in headers and _fits(value, headers[name])
        for name, value in wanted.items()
    )


def _has_json(request: Request, wanted: Any) -> bool:
    if not request.body:
        return False
    try:
        return holds(wanted, request.json())
    except ValueError:
        return False
