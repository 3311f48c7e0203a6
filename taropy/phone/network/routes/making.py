"""From what a test writes to a route."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ....hints import check_word
from ..http.faults import NetError, fault_called, network_fault
from ..http.outgoing import METHODS
from .expected import check_pace
from .matching import conditions
from .messages import UNSET, Response
from .patterns import pattern_of
from .route import Answer, Route

if TYPE_CHECKING:
    from .router import Router

METHOD = re.compile(r"[A-Za-z-]+")
HOW = "route(url, …), route(method, url, …), with an answer behind the url or json=, text=, body=, status=, error="


def made(
    router: Router,
    where: Sequence[Any],
    *,
    delay: float,
    times: int | None,
    query: Mapping[str, Any] | None,
    match_headers: Mapping[str, Any] | None,
    match_json: Any,
    cors: bool,
    optional: bool,
    **answer: Any,
) -> Route:
    """The route, which answers from now on."""
    method, url, given = _placed(where)
    pattern = pattern_of(url)
    check_pace(times, delay)
    route = Route(
        router,
        method,
        pattern,
        list(_answers(given, **answer)),
        conditions=conditions(query, match_headers, match_json, pattern.query),
        delay=delay,
        times=times,
        cors=cors,
        optional=optional,
    )
    router.add(route)
    return route


def _placed(where: Sequence[Any]) -> tuple[str | None, Any, list[Any]]:
    """The method, if there is one, the address, and the answer behind it, if there is one."""
    rest = list(where)
    method = None
    if (
        len(rest) > 1
        and isinstance(rest[0], str)
        and isinstance(rest[1], str | re.Pattern)
        and METHOD.fullmatch(rest[0])
    ):
        method = rest.pop(0).upper()
        check_word(method, METHODS, "no request has the method {!r}")
    if not 1 <= len(rest) <= 2:
        raise TypeError(f"a route is made as {HOW}")
    return method, rest[0], rest[1:]


def _answers(
    given: list[Any], *, json: Any, text: str | None, body: Any, status: int, headers: Any, error: Any
) -> Iterator[Answer]:
    by_name = json is not UNSET or text is not None or body != b"" or status != 200 or bool(headers)
    if bool(given) + by_name + (error is not None) > 1:
        raise TypeError(
            "a route has one answer: one behind the url, or json=, text=, body= with status= and headers=, or error="
        )
    if error is not None:
        yield _fault(error)
    elif given:
        several = given[0] if isinstance(given[0], list | tuple) else given
        if not several:
            raise ValueError("a route without an answer; a list has one at least")
        for each in several:
            yield _answer(each)
    else:
        yield Response(body, json=json, text=text, status=status, headers=headers)


def _fault(error: Any) -> Exception:
    fault = fault_called(error) if isinstance(error, str) else _instance(error)
    found = network_fault(fault) if isinstance(fault, Exception) else None
    if found is None:
        raise TypeError(
            f"error is a word, as 'refused', or a fault of the network, as ConnectionResetError(); not {error!r}"
        )
    return found


def _answer(answer: Any) -> Answer:
    if isinstance(answer, Response):
        return answer
    answer = _instance(answer)
    if isinstance(answer, Exception):
        return _fault(answer)
    if callable(answer):
        return answer  # type: ignore[no-any-return]
    if isinstance(answer, Mapping):
        return Response(json=answer)
    if isinstance(answer, str):
        return Response(text=answer)
    if isinstance(answer, bytes):
        return Response(answer)
    raise TypeError(f"a route answers with a Response, a dict, a str, bytes, an exception or a handler, not {answer!r}")


def _instance(answer: Any) -> Any:
    """An exception's class is as good as one."""
    return answer() if inspect.isclass(answer) and issubclass(answer, Exception) and answer is not NetError else answer
