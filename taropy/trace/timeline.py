"""Calls as a time line: a list in HTML, each call a line that opens, with how long it took beside the others.

It works by itself, in a page and in a notebook: without a script, by the keyboard, in whatever colors are around it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from ..html import Html, element, joined
from .entries import Entry
from .screen import Screen

MARKS = {"ok": "✓", "error": "✕", "pending": "…"}
SAID = {"ok": "ok", "error": "failed", "pending": "has not ended"}

#: Lists and objects with more in them are closed at first.
MOST_OPEN = 8


@cache
def style() -> Html:
    """What the list looks like, as CSS."""
    return Html(Path(__file__).with_name("timeline.css").read_text("utf-8"))


def timeline(
    entries: Sequence[Entry], *, seen: Callable[[Screen], Html | None] = lambda screen: None, prefix: str | None = None
) -> Html:
    """The calls as a list, the last one that failed opened.

    `seen` draws the screen after a call. With a `prefix` each call has an id, `prefix-7`.
    """
    end = max((entry.began + (entry.duration or 0) for entry in entries), default=0) or 1
    opened = next((entry for entry in reversed(entries) if entry.outcome == "error"), None)
    items = (_item(entry, end, seen, prefix, opened=entry is opened) for entry in entries)
    return element("ol", *items, class_="taro-calls")


def _item(entry: Entry, end: float, seen: Callable[[Screen], Html | None], prefix: str | None, *, opened: bool) -> Html:
    drawn = seen(entry.screen) if entry.screen is not None else None
    return element(
        "li",
        element(
            "details",
            _line(entry, end),
            element(
                "div",
                element("div", *_facts(entry), class_="taro-facts"),
                element("figure", drawn, class_="taro-seen") if drawn is not None else None,
                class_="taro-body",
            ),
            class_=f"taro-call taro-{entry.outcome}",
            open=opened,
            id=f"{prefix}-{entry.number}" if prefix else None,
        ),
    )


def _line(entry: Entry, end: float) -> Html:
    left = min(entry.began / end * 100, 100)
    width = min((entry.duration if entry.duration is not None else end) / end * 100, 100 - left)
    told = told_of(entry)
    return element(
        "summary",
        element("span", MARKS[entry.outcome], class_="taro-mark", title=SAID[entry.outcome]),
        element(
            "span",
            element("b", entry.api),
            " ",
            element("span", in_a_line(entry.options), class_="taro-given"),
            joined([" ", element("span", told, class_="taro-told")]) if told else None,
            class_="taro-head",
        ),
        element("span", element("i", style=f"left:{left:.2f}%;width:{width:.2f}%"), class_="taro-track"),
        element("span", milliseconds(entry.duration), class_="taro-ms"),
    )


def told_of(entry: Entry) -> str:
    """How it ended, where that is more than that it did: an error, or an HTTP status."""
    if entry.outcome == "error":
        return entry.error.removeprefix(f"{entry.api}:fail").lstrip(" :") or "failed"
    status = entry.result.get("statusCode") if isinstance(entry.result, dict) else None
    return f"HTTP {status}" if isinstance(status, int) else ""


def milliseconds(duration: float | None) -> str:
    """A time as it is read: `12.9 ms`, `3.4 s`."""
    if duration is None:
        return "open"
    return f"{duration:.1f} ms" if duration < 1_000 else f"{duration / 1000:.2f} s"


def in_a_line(options: Mapping[str, Any]) -> str:
    """Options as a call has them, `url='…', data={…}`, cut where that is long."""
    parts = [f"{name}={_brief(value)}" for name, value in options.items()]
    text = ", ".join(parts)
    return text if len(text) <= 160 else f"{text[:159]}…"


def _brief(value: Any) -> str:
    if isinstance(value, dict | list):
        text = json.dumps(value, ensure_ascii=False)
        return text if len(text) <= 40 else ("{…}" if isinstance(value, dict) else "[…]")
    return repr(value)


# --- what opens --------------------------------------------------------------------------------------------------


def _facts(entry: Entry) -> Iterator[Html]:
    if entry.place:
        yield element("p", element("b", entry.place), "  ", element("code", entry.code))
    time = datetime.fromtimestamp(entry.clock).isoformat(" ", "milliseconds")
    yield element("p", f"after {milliseconds(entry.began)}, at {time} on the phone", class_="taro-when")
    if entry.error:
        yield element("h4", "Error")
        yield element("p", entry.error, class_="taro-value taro-wrong")
    if entry.is_network:
        yield from _exchange(entry)
    for title, value in (("Options", entry.options), ("Result", entry.result), ("Error's fields", entry.error_fields)):
        if value not in (None, {}) or (title == "Result" and entry.outcome == "ok"):
            yield element("h4", title)
            yield tree(value)
    if entry.callbacks:
        yield element("h4", "Callbacks")
        told = {True: "called", False: "not called"}
        yield element("p", ", ".join(_callback(name, told[called]) for name, called in entry.callbacks.items()))


def _callback(name: str, told: str) -> str:
    return f"{name} {told}" if name in ("success", "fail", "complete") else f"{name} listens"


def _exchange(entry: Entry) -> Iterator[Html]:
    """The head of an exchange; bodies and headers are in the options and the result."""
    exchange = entry.exchange()
    yield element("h4", "Network")
    status = exchange["status"]
    answered = f" → {status}" if status is not None else ""
    yield element("p", element("b", exchange["method"]), f" {exchange['url']}{answered}", class_="taro-value")


def tree(value: Any) -> Html:
    """A value, with lists and objects that open."""
    if isinstance(value, dict) and value:
        return _fields(value.items(), f"{{{len(value)} fields}}", len(value))
    if isinstance(value, list) and value:
        return _fields(((str(index), each) for index, each in enumerate(value)), f"[{len(value)} items]", len(value))
    return element("div", value if isinstance(value, str) and value else json.dumps(value), class_="taro-value")


def _fields(fields: Iterable[tuple[str, Any]], summary: str, count: int) -> Html:
    rows = [joined([element("dt", name), element("dd", tree(value))]) for name, value in fields]
    listed = element("dl", *rows, class_="taro-fields")
    if count <= MOST_OPEN:
        return element("div", listed, class_="taro-value")
    return element("div", element("details", element("summary", summary), listed), class_="taro-value")
