"""The tests of a checkout of test262: what they say of themselves, and their code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from taropy.port.names import text_of
from taropy.port.parse import parse
from taropy.port.scopes import names_of
from taropy.port.source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

#: The folders whose tests a library without symbols, proxies and prototypes can be asked.
FOLDERS = (
    "built-ins/Array/prototype",
    "built-ins/Date",
    "built-ins/JSON",
    "built-ins/Map",
    "built-ins/Math",
    "built-ins/Number/prototype",
    "built-ins/Object/assign",
    "built-ins/Object/entries",
    "built-ins/Object/keys",
    "built-ins/RegExp/lookBehind",
    "built-ins/RegExp/named-groups",
    "built-ins/Set",
    "built-ins/String/prototype",
    "built-ins/encodeURIComponent",
    "built-ins/parseFloat",
    "built-ins/parseInt",
    "language/block-scope",
    "language/destructuring",
    "language/expressions/addition",
    "language/expressions/coalesce",
    "language/expressions/equals",
    "language/expressions/optional-chaining",
    "language/expressions/template-literal",
    "language/statements/for",
    "language/statements/for-of",
    "language/statements/switch",
    "language/statements/try",
)

_NAMES = ("identifier", "shorthand_property_identifier_pattern")
_METADATA = re.compile(r"/\*---(.*?)---\*/", re.DOTALL)
_LIST = r"^{key}:\s*(?:\[(?P<line>[^\]]*)\]|(?P<lines>(?:\s*- \S+)+))"
_NO_CODE = re.compile(
    r"(?P<comment>/\*.*?\*/|//[^\r\n\u2028\u2029]*)|'(?:\\.|[^'\\\r\n])*'|\"(?:\\.|[^\"\\\r\n])*\"", re.DOTALL
)

#: What the language declares, and what every test has of the harness.
# fmt: off
_GLOBALS = frozenset([
    "AggregateError", "Array", "ArrayBuffer", "AsyncFunction", "Atomics", "BigInt", "BigInt64Array",
    "BigUint64Array", "Boolean", "DataView", "Date", "Error", "EvalError", "FinalizationRegistry", "Float16Array",
    "Float32Array", "Float64Array", "Function", "Infinity", "Int16Array", "Int32Array", "Int8Array", "Iterator",
    "JSON", "Map", "Math", "NaN", "Number", "Object", "Promise", "Proxy", "RangeError", "ReferenceError", "Reflect",
    "RegExp", "Set", "SharedArrayBuffer", "String", "Symbol", "SyntaxError", "Temporal", "TypeError", "URIError",
    "Uint16Array", "Uint32Array", "Uint8Array", "Uint8ClampedArray", "WeakMap", "WeakRef", "WeakSet", "arguments",
    "decodeURI", "decodeURIComponent", "encodeURI", "encodeURIComponent", "escape", "eval", "globalThis", "isFinite",
    "isNaN", "parseFloat", "parseInt", "undefined", "unescape", "$262", "$DONE", "$DONOTEVALUATE", "Test262Error",
    "assert", "asyncTest", "compareArray", "print",
])
# fmt: on


@attrs.frozen(slots=False)
class Case:
    """One test: its name, which is its path below `test`, its text, and what the files it includes declare."""

    name: str
    text: str
    helpers: frozenset[str] = frozenset()

    @cached_property
    def metadata(self) -> str:
        """What stands at the head of the test, about itself."""
        return metadata(self.text)

    def told(self, key: str) -> list[str]:
        """One of its lists: `features`, `flags`, `includes`."""
        return listed(self.metadata, key)

    @property
    def is_rejected(self) -> bool:
        """Whether it is no JavaScript: whoever reads it has to say so, and nothing of it runs."""
        return "phase: parse" in self.metadata

    @cached_property
    def code(self) -> str:
        """Its text with nothing in place of comments, and empty texts in place of texts."""
        return _NO_CODE.sub(lambda found: " " if found["comment"] else "''", self.text)

    @property
    def has_tagged_template(self) -> bool:
        """Whether a template is given to a function."""
        return any(
            node.type == "call_expression" and (node.child_by_field_name("arguments") or node).type == "template_string"
            for node in _nodes(self._root)
        )

    @cached_property
    def _root(self) -> Node:
        return parse(Source(Path(self.name), self.text.encode())).root

    @cached_property
    def undeclared(self) -> frozenset[str]:
        """The names that it reads or sets, and nobody declares."""
        names = names_of(self._root)
        read = (name for name, places in names.references.items() if any(not at.scope.find(name) for at in places))
        declared = {binding.name for binding in names.bindings}
        set_ = (name for name in _identifiers(self._root) if name not in declared)
        return frozenset([*read, *set_]) - _GLOBALS - self.helpers


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.named_children:
        yield from _nodes(child)


def _identifiers(root: Node) -> Iterator[str]:
    return (text_of(node) for node in _nodes(root) if node.type in _NAMES)


def metadata(text: str) -> str:
    """What stands between `/*---` and `---*/`, with the ends of lines as Python has them."""
    found = _METADATA.search(text)
    return "\n".join(found[1].splitlines()) if found is not None else ""


def listed(metadata: str, key: str) -> list[str]:
    """One of the lists of the metadata; empty if it is not there."""
    found = re.search(_LIST.format(key=key), metadata, re.MULTILINE)
    if found is None:
        return []
    return re.findall(r"[^\s,]+", found["line"]) if found["lines"] is None else found["lines"].split()[1::2]


def cases(checkout: Path) -> list[Case]:
    """All tests of the folders, by name."""
    tests = checkout / "test"
    files = sorted(file for folder in FOLDERS for file in (tests / folder).rglob("*.js"))
    helpers = {file.name: _declared(file) for file in sorted((checkout / "harness").glob("*.js"))}
    return [_case(file, tests, helpers) for file in files if not file.stem.endswith("_FIXTURE")]


def _case(file: Path, tests: Path, helpers: dict[str, frozenset[str]]) -> Case:
    text = file.read_bytes().decode("utf-8")
    included = listed(metadata(text), "includes")
    declared = frozenset().union(*(helpers.get(name, frozenset()) for name in included))
    return Case(file.relative_to(tests).as_posix(), text, declared)


def _declared(file: Path) -> frozenset[str]:
    return frozenset(listed(metadata(file.read_text("utf-8")), "defines"))
