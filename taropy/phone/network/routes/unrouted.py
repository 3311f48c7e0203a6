"""What is said of a request, or a WebSocket, that no route takes: at whose line, and which route comes nearest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from ....program import Place
from ....unheard import ProgramWarning, tell
from ...core.urls import Url
from .patterns import Pattern

# How many routes the text of a failure names.
NAMED = 12
# How much alike two servers' names, and two paths, have to be for the one to be meant by the other.
LIKE_SERVER, LIKE_PATH = 0.75, 0.8


class UnroutedRequestWarning(ProgramWarning, UserWarning):
    """A request or a WebSocket has met no route, on a phone whose `network.unrouted` or `sockets.unrouted` is "fail".

    `place` is the file and the line of the program that has asked.
    """


def warn(text: str, place: Place | None) -> None:
    """Warns at the program's line. Where that is an error, the test fails by it; raised where there is no test."""
    warning = UnroutedRequestWarning(text)
    warning.place = place
    tell(warning)


def told(what: str, setting: str, routes: Sequence[str], nearest: str) -> str:
    """That something meets no route, and which there are: `routes`, the latest first."""
    more = len(routes) - NAMED
    names = "; ".join(routes[:NAMED]) + (f"; and {more} more" if more > 0 else "") or "there are none"
    near = f" The nearest is {nearest}." if nearest else ""
    return f"{what} meets no route, and phone.{setting}.unrouted is 'fail'.{near} Routes, latest first: {names}"


#: A route's pattern, how it is written, and in what it would not fit, were the address right: `["its method"]`.
Candidate = tuple[Pattern, str, Callable[[], Iterable[str]]]


def nearest(url: Url, candidates: Iterable[Candidate]) -> str:
    """The route that fits but for one thing, and which that is, of `candidates`, the latest first; "" if none does."""
    found: list[tuple[float, str]] = []
    for pattern, where, faults in candidates:
        likeness, place = _likeness(pattern, url)
        if likeness:
            wrong = [*([place] if place else []), *faults()]
            if len(wrong) == 1:
                found.append((likeness, f"{where}, but for {wrong[0]}"))
    return max(found, key=lambda each: each[0], default=(0.0, ""))[1]


def _likeness(pattern: Pattern, url: Url) -> tuple[float, str]:
    """How near the address is to those of the pattern, 1 if it is one of them; and what of it is another."""
    path = url.path or "/"
    is_server = pattern.origin in (None, url.origin)
    is_path = pattern.path in (None, path) and pattern.match(url) is not None
    if is_server and is_path:
        return 1.0, ""
    if is_path and pattern.origin is not None:
        _, host, _ = pattern.origin
        alike = SequenceMatcher(None, host, url.host).ratio()
        tells = pattern.path not in (None, "/")  # a path that few servers have says that this one is meant
        return (max(alike, 0.5) if tells or alike >= LIKE_SERVER else 0.0), "its server"
    if is_server and pattern.path is not None:
        alike = _alike(pattern.path, path)
        return (0.9 * alike if alike >= LIKE_PATH else 0.0), "its path"
    return 0.0, ""


def _alike(one: str, other: str) -> float:
    """How much alike two paths are; those that differ in their last part alone are, if that is like the other's."""
    (before, _, last), (other_before, _, other_last) = one.rpartition("/"), other.rpartition("/")
    if before == other_before and before:
        return max(LIKE_PATH, SequenceMatcher(None, last, other_last).ratio())
    return SequenceMatcher(None, one, other).ratio()
