"""Reads the declarations of @tarojs/components: the `@supported` tags of components and of their attributes.

An attribute without a tag says nothing of platforms, and is left out, as is one that every platform of the component
has, and one that all components take (`common.d.ts`). `openTypes` are what a button's `openType` can be, by the
platform whose table in the declarations names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from taropy import spec
from taropy.port.names import text_of
from taropy.port.parse import parse
from taropy.port.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

COMMAND = "python -m tools.components"
PACKAGE = "@tarojs/components"
VERSION = "4.2.1"

_SUPPORTED = re.compile(r"@supported\s+([\w ,\-|]+)")
_COMPONENT = re.compile(r"declare const (\w+): ComponentType<(\w+)")


def build(types: Path) -> str:
    """The file's text."""
    common = set(_untagged(_root(types / "common.d.ts")))
    files = sorted(types.glob("*.d.ts"))
    components = {name: found for file in files for name, found in _components(file, common)}
    open_types = dict(_open_types(types / "Button.d.ts"))
    document = {"generated": COMMAND, "package": f"{PACKAGE} {VERSION}", "openTypes": open_types}
    head = json.dumps(document, indent=1)[:-2]
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(components[name])}" for name in sorted(components))
    return f'{head},\n "components": {{\n{rows}\n }}\n}}\n'


def _components(file: Path, common: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    root = _root(file)
    attributes = dict(_interfaces(root))
    for node in root.named_children:
        named = _COMPONENT.match(text_of(node))
        if named is None:
            continue
        platforms = _tags(node)
        tagged = attributes.get(named[2], {})
        own = {name: each for name, each in tagged.items() if each != platforms and name not in common}
        yield named[1], {"platforms": platforms, "attributes": own}


def _root(file: Path) -> Node:
    return parse(Source(file.with_suffix(".ts"), file.read_bytes())).root


def _interfaces(root: Node) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The attributes with tags of each interface, by its name."""
    left = [root]
    while left:
        node = left.pop()
        if node.type == "interface_declaration":
            name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
            if name is not None and body is not None:
                yield text_of(name), dict(_attributes(body))
        else:
            left.extend(node.named_children)


def _untagged(root: Node) -> Iterator[str]:
    """The attributes that all components take, on every platform, also where one of them tags its own."""
    for interface in root.named_children:
        body = interface.named_children[-1].child_by_field_name("body") if interface.named_children else None
        for member in body.named_children if body is not None else ():
            name = member.child_by_field_name("name")
            if name is not None and _tags(member) is None:
                yield text_of(name)


def _attributes(body: Node) -> Iterator[tuple[str, list[str]]]:
    for member in body.named_children:
        name = member.child_by_field_name("name")
        platforms = _tags(member)
        if name is not None and platforms is not None:
            yield text_of(name).strip("'\""), platforms


def _tags(node: Node) -> list[str] | None:
    """The platforms in the comment before a declaration, in Taro's order; None where it names none."""
    before = node.prev_named_sibling
    if node.parent is not None and node.parent.type in ("export_statement", "ambient_declaration"):
        before = node.parent.prev_named_sibling
    tagged = _SUPPORTED.search(text_of(before)) if before is not None and before.type == "comment" else None
    if tagged is None:
        return None
    named = {name.strip().replace("_", "-") for name in re.split(r"[,|\s]+", tagged[1])}
    return list(spec.PLATFORMS) if "global" in named else [name for name in spec.PLATFORMS if name in named]


def _open_types(file: Path) -> Iterator[tuple[str, list[str]]]:
    text = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
    table = text.partition("interface openTypeKeys {")[2]
    for platform, body in re.findall(r"(\w+):\s*\{([^}]*)\}", table):
        if platform in spec.PLATFORMS:
            yield platform, sorted(set(re.findall(r"\w+", body)))
