"""Nodes from WXML text: static pages, as a test writes them.

Attributes are those of developers.weixin.qq.com/miniprogram/dev/reference/wxml; names are kebab-case, as in WXML.
There is no data here to bind, so `{{…}}` and `wx:` are refused, and so are tags that are not closed.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

from .names import camel, is_handler
from .tree import DEEPEST, TOO_DEEP, Node, WxmlError

NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def parse(text: str) -> list[Node]:
    """The nodes of a WXML text. Raises `WxmlError`."""
    parser = _Parser()
    if text.rfind("<") > text.rfind(">"):
        raise WxmlError(f"a tag is not complete: {text[text.rfind('<') :][:40]}")
    parser.feed(text)
    parser.close()
    return parser.finished()


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)  # so that a `<` of the text can be told from `&lt;`
        self._root = Node("page")
        self._open = [self._root]

    def set_cdata_mode(self, elem: str, **options: Any) -> None:
        """Does nothing: in WXML no tag's content is text, as that of HTML's `style` is."""

    def parse_html_declaration(self, i: int) -> int:
        """Refuses all of HTML's declarations but comments, which do not come here."""
        raise self._wrong("<! begins a comment, <!--, or nothing")

    def handle_pi(self, data: str) -> None:
        raise self._wrong(f"<?{data[:20]} is no WXML")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(self._add(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        opened = self._open[-1]
        if opened is self._root or opened.tag != tag:
            raise self._wrong(f"</{tag}> closes no <{tag}>")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self._check(data)
        if "<" in data:
            raise self._wrong("a < begins no tag; in a text it is written &lt;")
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        self._write(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._write(unescape(f"&#{name};"))

    def _write(self, text: str) -> None:
        """Adds a text where the parser is: in the node that is open, or behind its last child."""
        around = self._open[-1]
        if around.children:
            around.children[-1].tail += text
        else:
            around.text += text

    def finished(self) -> list[Node]:
        if self._open[-1] is not self._root:
            raise self._wrong(f"<{self._open[-1].tag}> is not closed")
        return self._root.children

    def _add(self, tag: str, attributes: list[tuple[str, str | None]]) -> Node:
        if len(self._open) > DEEPEST:
            raise self._wrong(TOO_DEEP)
        node = Node(tag)
        for name, value in attributes:
            self._check(value or "")
            self._set(node, name, value)
            node.written[name] = value or ""
        self._open[-1].children.append(node)
        return node

    def _set(self, node: Node, name: str, value: str | None) -> None:
        group, _, rest = name.partition(":")
        if group == "wx":
            raise self._wrong(f"{name} needs data, which a static page has not")
        if name == "id":
            node.id = value or ""
        elif name == "class":
            node.class_ = value or ""
        elif name == "style":
            node.style = styles(value or "")
        elif name.startswith("data-"):
            node.dataset[camel(name.removeprefix("data-"))] = value or ""
        elif group == "mark" and rest:
            node.mark[rest] = value or ""
        elif not is_handler(name):
            _set_property(node, camel(name), True if value is None else value)

    def _check(self, text: str) -> None:
        if "{{" in text:
            raise self._wrong(f"{text.strip()[:40]} needs data, which a static page has not")

    def _wrong(self, what: str) -> WxmlError:
        return WxmlError(f"line {self.getpos()[0]}: {what}")


def _set_property(node: Node, name: str, value: Any) -> None:
    node.properties[name] = value
    if node.tag == "scroll-view" and name in ("scrollLeft", "scrollTop") and NUMBER.fullmatch(str(value)):
        left, top = node.scroll
        node.scroll = (float(value), top) if name == "scrollLeft" else (left, float(value))


def styles(text: str) -> dict[str, str]:
    """The declarations of a style attribute, by their CSS names."""
    pairs = (declaration.partition(":") for declaration in text.split(";"))
    return {name.strip().lower(): value.strip() for name, colon, value in pairs if colon}
