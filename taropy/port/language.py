"""The language that `taropy port` does not carry over: where a file has it. `data/language.toml` says why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .marks import Mark
from .names import Names, Place, string_of, text_of
from .source import Source

if TYPE_CHECKING:
    from tree_sitter import Node

#: Globals of which the use alone is the construct, by name.
GLOBALS = {
    "Reflect": "reflect",
    "Symbol": "symbol",
    "WeakRef": "weak",
    "FinalizationRegistry": "weak",
    "Proxy": "proxy",
    "eval": "eval",
}

#: What a program makes symbols of its own with, beside `Symbol('day')`.
_OWN_SYMBOLS = frozenset(["Symbol.for", "Symbol.keyFor"])

_CLASSES = frozenset(["class_declaration", "class", "abstract_class_declaration"])

#: Functions that have a `this` of their own.
_WITH_THIS = frozenset(["function_declaration", "function_expression", "generator_function", "method_definition",
                        "generator_function_declaration"])  # fmt: skip


def language_of(source: Source, names: Names) -> list[Mark]:
    """Each construct of the file that a port does not carry, in the order of the text."""
    found = [
        Mark(key, source.position(node.start_point), detail)
        for find in (_by_name, _by_kind, _arguments, _of_this, _generators, _prototypes, _merged)
        for key, node, detail in find(names)
    ]
    return sorted(found, key=lambda mark: mark.at)


Found = Iterator[tuple[str, "Node", str]]


def _by_name(names: Names) -> Found:
    for name in (*GLOBALS, "Function"):
        for place in names.references.get(name, ()):
            if place.scope.find(name) is None and _is_construct(name, place):
                yield GLOBALS.get(name, "eval"), place.node, _around(place)


def _is_construct(name: str, place: Place) -> bool:
    """Whether a global is used as what a port does not carry: symbols of a program's own are carried."""
    if name == "Symbol":
        return place.up is not None and place.up.kind == "member_expression" and _around(place) not in _OWN_SYMBOLS
    return name in GLOBALS or _is_made(place)


def _is_made(place: Place) -> bool:
    """`new Function('…')`."""
    return place.up is not None and place.up.kind == "new_expression"


def _arguments(names: Names) -> Found:
    """The first `arguments` of each function that has one."""
    told: set[Place] = set()
    for place in names.references.get("arguments", ()):
        owner = _owner(place)
        if owner is not None and owner not in told and place.scope.find("arguments") is None:
            told.add(owner)
            yield "arguments", place.node, ""


def _around(place: Place) -> str:
    """`Symbol.iterator`: the name and what is taken of it."""
    member = place.up
    return text_of(member.node) if member is not None and member.kind == "member_expression" else text_of(place.node)


def _is_dynamic_import(place: Place) -> bool:
    """Whether it is an import of what is computed; one that names its module is ported."""
    function, arguments = place.node.child_by_field_name("function"), place.node.child_by_field_name("arguments")
    given = arguments.named_children if arguments is not None else []
    return function is not None and function.type == "import" and (not given or string_of(given[0]) is None)


#: The constructs that a kind of node is, or is if the function says so.
_KINDS: tuple[tuple[str, str, Callable[[Place], bool]], ...] = (
    ("with_statement", "with", lambda place: True),
    ("debugger_statement", "debugger", lambda place: True),
    ("decorator", "decorator", lambda place: True),
    ("meta_property", "new-target", lambda place: text_of(place.node) == "new.target"),
    ("call_expression", "dynamic-import", _is_dynamic_import),
)


def _by_kind(names: Names) -> Found:
    for kind, key, holds in _KINDS:
        for place in names.watched.get(kind, ()):
            if holds(place):
                first = text_of(place.node).partition("\n")[0]
                yield key, place.node, first if key == "decorator" else ""


def _owner(place: Place) -> Place | None:
    """The function whose `this` and `arguments` are meant here; None at the top of a module or class."""
    return next((outer for outer in place.around() if outer.kind in _WITH_THIS), None)


def _of_this(names: Names) -> Found:
    """The first `this` of each function that has one."""
    told: set[Place | None] = set()
    for place in names.watched.get("this", ()):
        owner = _owner(place)
        if owner not in told and not _in_class(place):
            told.add(owner)
            yield "this", place.node, ""


def _in_class(place: Place) -> bool:
    """Whether a class says what `this` is: in its methods and fields, and in arrow functions there."""
    for outer in place.around():
        if outer.kind == "method_definition":
            return outer.up is not None and outer.up.kind == "class_body"
        if outer.kind in _WITH_THIS:
            return False
        if outer.kind in _CLASSES:
            return True
    return False


def _generators(names: Names) -> Found:
    methods = [place for place in names.watched.get("method_definition", ()) if _is_star(place.node)]
    declared = [*names.watched.get("generator_function_declaration", ()), *names.watched.get("generator_function", ())]
    for place in [*declared, *methods]:
        body = place.node.child_by_field_name("body")
        if body is not None and _gives_or_takes(body):
            yield "generator-return", place.node, ""


def _is_star(method: Node) -> bool:
    return any(child.type == "*" for child in method.children)


def _gives_or_takes(body: Node) -> bool:
    """Whether a generator's own code returns a value, or reads what a `yield` gives."""
    left = list(body.named_children)
    while left:
        node = left.pop()
        if node.type == "return_statement" and node.named_child_count:
            return True
        if node.type == "yield_expression" and node.parent is not None and node.parent.type != "expression_statement":
            return True
        if node.type not in _WITH_THIS and node.type != "arrow_function":
            left.extend(node.named_children)
    return False


_ON_PROTOTYPES = frozenset(["Object.setPrototypeOf", "Object.create"])
_ACCESSORS = frozenset(["Object.defineProperty", "Object.defineProperties"])


def _prototypes(names: Names) -> Found:
    for place in names.watched.get("assignment_expression", ()):
        target = place.node.child_by_field_name("left")
        if target is not None and target.type in ("member_expression", "subscript_expression"):
            text = text_of(target)
            if ".prototype" in text or ".__proto__" in text:
                yield "prototype", place.node, text
    for place in names.watched.get("call_expression", ()):
        function, arguments = place.node.child_by_field_name("function"), place.node.child_by_field_name("arguments")
        if function is None or arguments is None or function.type != "member_expression":
            continue
        name = text_of(function)
        if name in _ACCESSORS and _has_accessor(arguments):
            yield "prototype-accessor", place.node, name
        elif name in _ON_PROTOTYPES and text_of(arguments) != "(null)":
            yield "prototype", place.node, name


def _has_accessor(arguments: Node) -> bool:
    text = text_of(arguments)
    return any(word in text for word in ("get:", "get(", "get (", "set:", "set(", "set ("))


#: What a namespace has of which nothing is left when it runs.
_TYPES = frozenset(["interface_declaration", "type_alias_declaration", "ambient_declaration"])


def _has_only_types(namespace: Node) -> bool:
    body = namespace.child_by_field_name("body")
    statements = [child for child in body.named_children if child.type != "comment"] if body is not None else []
    declared = [child.child_by_field_name("declaration") or child for child in statements]
    return all(each.type in _TYPES for each in declared)


def _merged(names: Names) -> Found:
    for binding in names.bindings:
        if binding.kind != "namespace" or _has_only_types(binding.place.node):
            continue
        same = [other for other in names.bindings if other.name == binding.name and other is not binding]
        if any(other.place.scope is binding.place.scope for other in same):
            yield "namespace-merging", binding.node, binding.name
