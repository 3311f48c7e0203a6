"""Elements by CSS selectors and by XPath.

What mini programs' own selectors can say is answered by the phone's; other CSS becomes XPath by cssselect, and XPath is
evaluated by elementpath, over a document made of the page's nodes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from ..extras import need
from ..phone.wxml import selectors
from ..phone.wxml.names import is_handler, kebab
from ..phone.wxml.tree import Node, Place, Tree
from .commands import Refused
from .elements import PAGE, outermost

EXTRA = "devtools"

# A slash that begins a path, outside texts in quotes: `/view`, `(/view)[1]`, but not `//view` or `a/b`.
_QUOTED = re.compile(r"(\"[^\"]*\"|'[^']*')")
_FROM_ROOT = re.compile(r"(^|[\s(|,\[=])/(?!/)")


def by_css(text: str, places: Iterable[Place], host: Place | None, tree: Tree) -> list[Place]:
    """Those of the places that match, in the order of the page."""
    known = list(places)
    parsed = _parsed(text)
    found = list(parsed.select(known, host))
    if parsed.wrong:
        found += [place for part in parsed.wrong for place in _by_other_css(part, known, tree)]
        order = {id(place): index for index, place in enumerate(known)}
        found = sorted({id(place): place for place in found}.values(), key=lambda place: order[id(place)])
    return found


@lru_cache(maxsize=500)
def _parsed(text: str) -> selectors.Selector:
    return selectors.parse(text, tags=True)


def _by_other_css(text: str, places: list[Place], tree: Tree) -> list[Place]:
    inside = {id(place) for place in places}
    return [place for place in by_xpath(_translated(text), tree) if id(place) in inside]


@lru_cache(maxsize=500)
def _translated(text: str) -> str:
    cssselect = need("cssselect", extra=EXTRA, what="this selector")
    try:
        path = str(cssselect.GenericTranslator().css_to_xpath(text))
    except (cssselect.SelectorError, cssselect.ExpressionError) as error:
        raise Refused(f"{text!r} is no selector: {error}") from None
    return f"//{path}" if not path.startswith(("/", "descendant-or-self")) else path


def by_xpath(text: str, tree: Tree) -> list[Place]:
    """The places that an XPath means, in the order of the page. What it finds beside elements is left out."""
    elementpath = need("elementpath", extra=EXTRA, what="XPath")
    root, places = document(tree)
    try:
        found = elementpath.select(root, rooted(text), parser=elementpath.XPath1Parser)
    except elementpath.ElementPathError as error:
        raise Refused(f"{text!r} is no XPath: {error}") from None
    if not isinstance(found, list):
        return []
    return [places[id(each)] for each in found if id(each) in places]


def rooted(text: str) -> str:
    """The path with the page, which stands around all nodes and has no name in clients' paths, at its beginning."""
    parts = _QUOTED.split(text.strip())
    parts[::2] = [_FROM_ROOT.sub(rf"\1/{PAGE}/", part) for part in parts[::2]]
    return "".join(parts).replace(f"/{PAGE}/{PAGE}/", f"/{PAGE}/")


def document(tree: Tree) -> tuple[ET.Element, dict[int, Place]]:
    """The page as an XML document, and which place each of its elements is."""
    places: dict[int, Place] = {}

    def element(place: Place) -> ET.Element:
        node = place.node
        made = ET.Element(node.tag, dict(attributes(node)))
        made.text, made.tail = node.text, node.tail
        made.extend([element(each) for each in place.inside])
        places[id(made)] = place
        return made

    root = ET.Element(PAGE)
    root.extend([element(place) for place in outermost(tree)])
    return root, places


def attributes(node: Node) -> Iterator[tuple[str, str]]:
    """The attributes of a node by their names in WXML, as texts."""
    if node.id:
        yield "id", node.id
    if node.class_:
        yield "class", node.class_
    if node.style:
        yield "style", style_text(node)
    for name, value in node.dataset.items():
        yield f"data-{kebab(name)}", _text(value)
    for name, value in node.properties.items():
        if isinstance(value, str | int | float) and not _is_handler(name.lower()):
            yield kebab(name), _text(value)


def style_text(node: Node) -> str:
    """What the node's `style` says."""
    return "; ".join(f"{name}: {value}" for name, value in node.style.items())


def _is_handler(name: str) -> bool:
    """Whether it is one in WXML, or by its name in Taro, as `onTap`: no attribute of what is shown."""
    return is_handler(name) or name.startswith("on")


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
