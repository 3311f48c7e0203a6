"""Calls as a time line: a list in HTML, each call a line that opens, with how long it took beside the others.

It works by itself, in a page and in a notebook: without a script, by the keyboard, in whatever colors are around it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..html import Html, element, joined
from .entries import Entry

MARKS = {"ok": "✓", "error": "✕", "pending": "…"}
SAID = {"ok": "ok", "error": "failed", "pending": "has not ended"}

#: Lists and objects with more in them are closed at first.
MOST_OPEN = 8

STYLE = """
.taro-calls{list-style:none;margin:0;padding:0;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;
 --line:color-mix(in srgb,currentColor 18%,transparent);--soft:color-mix(in srgb,currentColor 7%,transparent);
 --ok:#1a7f37;--bad:#d1242f;--open:#9a6700}
@media (prefers-color-scheme:dark){.taro-calls{--ok:#3fb950;--bad:#ff7b72;--open:#d29922}}
.taro-call{border-bottom:1px solid var(--line)}
.taro-call>summary{display:grid;grid-template-columns:1.4em minmax(0,1fr) 7.5em 6.5em;gap:0 .6em;align-items:center;
 padding:.3em .5em;cursor:pointer;list-style:none}
.taro-call>summary::-webkit-details-marker{display:none}
.taro-call>summary:hover,.taro-call[open]>summary{background:var(--soft)}
.taro-call>summary:focus-visible{outline:2px solid currentColor;outline-offset:-2px}
.taro-mark{color:var(--ok);font-weight:700;text-align:center}
.taro-error .taro-mark,.taro-error .taro-told,.taro-wrong{color:var(--bad)}
.taro-pending .taro-mark{color:var(--open)}
.taro-head{display:flex;gap:.6em;white-space:nowrap;min-width:0}
.taro-head b{font-weight:650}
.taro-head span{overflow:hidden;text-overflow:ellipsis}
.taro-given{opacity:.72;flex:0 9 auto;min-width:4em}.taro-told{flex:0 1 auto}
.taro-ms{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.taro-track{display:block;height:.6em;border-radius:.3em;background:var(--soft);position:relative;overflow:hidden}
.taro-track i{position:absolute;top:0;bottom:0;min-width:3px;border-radius:.3em;background:var(--ok)}
.taro-error .taro-track i{background:var(--bad)}.taro-pending .taro-track i{background:var(--open)}
.taro-body{padding:.4em .6em 1em 2.5em;display:flex;flex-wrap:wrap;gap:1em 1.5em;align-items:flex-start}
.taro-facts{flex:1 1 24em;min-width:0}
.taro-seen{flex:0 0 auto;margin:0}
.taro-seen svg{display:block;width:180px;height:auto}
.taro-facts h4{margin:.7em 0 .2em;font-size:.92em;opacity:.75;font-weight:600}
.taro-facts p{margin:.1em 0}
.taro-value{margin:0;overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:isolate}
.taro-value details>summary{cursor:pointer;opacity:.75}
.taro-fields{margin:0;display:grid;grid-template-columns:fit-content(14em) minmax(0,1fr);gap:0 1em}
.taro-fields>dt{opacity:.72;overflow-wrap:anywhere}
.taro-fields>dd{margin:0;min-width:0}
@media (max-width:640px){.taro-call>summary{grid-template-columns:1.4em minmax(0,1fr) auto}.taro-track{display:none}
 .taro-body{padding-left:1em}.taro-seen svg{width:150px}
 .taro-fields{grid-template-columns:minmax(0,1fr)}.taro-fields>dd{margin-left:1em}}
"""


def timeline(
    entries: Sequence[Entry], *, seen: Callable[[int], Html | None] = lambda screen: None, prefix: str | None = None
) -> Html:
    """The calls as a list. `seen` draws the screen of that number; with a `prefix` each call has an id, `prefix-7`."""
    end = max((entry.began + (entry.duration or 0) for entry in entries), default=0) or 1
    return element("ol", *(_item(entry, end, seen, prefix) for entry in entries), class_="taro-calls")


def _item(entry: Entry, end: float, seen: Callable[[int], Html | None], prefix: str | None) -> Html:
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
