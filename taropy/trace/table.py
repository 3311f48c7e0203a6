"""A result as a table in HTML, for notebooks: each field with its value, secrets masked, long values closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..html import Html, element
from .timeline import tree
from .values import plain

STYLE = """
.taro-result{border-collapse:collapse;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.taro-result caption{text-align:left;font-weight:600;padding:.2em 0;caption-side:top}
.taro-result th,.taro-result td{text-align:left;vertical-align:top;padding:.2em .8em .2em 0;
 border-top:1px solid color-mix(in srgb,currentColor 18%,transparent);background:none}
.taro-result th{font-weight:500;opacity:.75}
.taro-value{margin:0;overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:isolate;text-align:left}
.taro-value details>summary{cursor:pointer;opacity:.75}
.taro-fields{margin:0;display:grid;grid-template-columns:fit-content(14em) minmax(0,1fr);gap:0 1em}
.taro-fields>dt{opacity:.72;overflow-wrap:anywhere}.taro-fields>dd{margin:0;min-width:0}
"""


def result_table(title: str, fields: Mapping[str, Any]) -> Html:
    """The fields below each other, under the title."""
    shown = plain(dict(fields))
    rows = shown.items() if isinstance(shown, dict) else ()
    return element(
        "div",
        element("style", Html(STYLE)),
        element(
            "table",
            element("caption", title),
            element("tbody", *(_row(str(name), value) for name, value in rows)),
            class_="taro-result",
        ),
    )


def _row(name: str, value: Any) -> Html:
    return element("tr", element("th", name, scope="row"), element("td", tree(value)))
