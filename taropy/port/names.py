"""What the walk over a file finds: places, scopes, declarations; and what the nodes of names and texts say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from tree_sitter import Node

BindingKind = Literal["import", "const", "let", "var", "function", "class", "parameter", "caught", "enum", "namespace"]

#: A step from a value to a part of it: a property's or an element's name; None where that is computed.
Path = tuple[str | None, ...]

FUNCTIONS = frozenset(
    ["function_declaration", "generator_function_declaration", "function_expression", "generator_function",
     "arrow_function", "method_definition"]
)  # fmt: skip
LOOPS = frozenset(["do_statement", "for_in_statement", "for_statement", "while_statement"])
#: Statements that nothing comes after, where they stand.
LEAVING = frozenset(["return_statement", "throw_statement", "continue_statement", "break_statement"])


class Place:
    """A node with the nodes around it and the scope that it stands in."""

    __slots__ = ("kind", "node", "scope", "up")

    def __init__(self, node: Node, kind: str, up: Place | None, scope: Scope) -> None:
        self.node: Node = node
        self.kind: str = kind
        self.up: Place | None = up
        self.scope: Scope = scope

    def around(self) -> Iterator[Place]:
        """The places around this one, from the inside out."""
        place = self.up
        while place is not None:
            yield place
            place = place.up


class Scope:
    """The names that are declared in a block, a function, a class or a module."""

    __slots__ = ("bindings", "is_function", "outer")

    def __init__(self, outer: Scope | None, *, is_function: bool = False) -> None:
        self.outer: Scope | None = outer
        self.is_function: bool = is_function
        self.bindings: dict[str, Binding] = {}

    def find(self, name: str) -> Binding | None:
        """The declaration that `name` stands for here; None for a global."""
        scope: Scope | None = self
        while scope is not None:
            binding = scope.bindings.get(name)
            if binding is not None:
                return binding
            scope = scope.outer
        return None

    def function(self) -> Scope:
        """The scope of the function or module around, in which `var` declares."""
        scope = self
        while not scope.is_function and scope.outer is not None:
            scope = scope.outer
        return scope


@attrs.define(eq=False)
class Binding:
    """A declaration of a name.

    `place` is what declares it: a declarator, a function, an import, a class. `value` is the expression that it has its
    value from, of which `path` is the part. Of an import, `path` is the name in the module, nothing for the module
    itself; `module` is its specifier. `index` is a parameter's place in its list. `writes` are the values that it is
    given later, None for those that are no plain expression. `scope` is where it is declared, `written_in` where it is
    given them, `written_by` the constructs that do it.
    """

    name: str
    kind: BindingKind
    node: Node
    place: Place
    value: Node | None = None
    path: Path = ()
    module: str = ""
    index: int = 0
    writes: list[Node | None] = attrs.field(factory=list)
    scope: Scope | None = None
    written_in: list[Scope] = attrs.field(factory=list)
    written_by: list[Node] = attrs.field(factory=list)


@attrs.frozen
class Names:
    """All that the walk over a file has found.

    `references` are the places where each name is read; `scopes` are those that a node opens, by its id.
    """

    root: Scope
    bindings: list[Binding]
    references: dict[str, list[Place]]
    watched: dict[str, list[Place]]
    scopes: dict[int, Scope]


def text_of(node: Node) -> str:
    """The text of a node."""
    return (node.text or b"").decode("utf-8", "replace")


def string_of(node: Node | None) -> str | None:
    """The value of a plain text, in quotes or as a template without substitutions; None for anything else."""
    if node is None:
        return None
    if node.type == "string":
        return text_of(node)[1:-1]
    if node.type == "template_string" and all(child.type != "template_substitution" for child in node.named_children):
        return text_of(node)[1:-1]
    return None


def key_of(key: Node) -> str | None:
    """The name that a property's key gives it; None where it is computed and no plain text."""
    if key.type == "string":
        return string_of(key)
    if key.type == "computed_property_name":
        children = key.named_children
        return string_of(children[0]) if children else None
    return text_of(key)


def is_type_only(statement: Node) -> bool:
    """Whether an import or export is one of types: `import type { A } from 'm'`."""
    return any(child.type == "type" for child in statement.children[:2])


#: What of TypeScript's declares types, and is nothing when a program runs.
DECLARATIONS = frozenset(
    ["interface_declaration", "type_alias_declaration", "ambient_declaration", "function_signature",
     "method_signature", "abstract_method_signature", "index_signature"]
)  # fmt: skip


def has_types_only(namespace: Node) -> bool:
    """Whether a namespace declares nothing but types, and so is one itself."""
    body = namespace.child_by_field_name("body")
    inner = [each.child_by_field_name("declaration") or each for each in body.named_children] if body else []
    return all(each.type in DECLARATIONS or each.type == "comment" for each in inner)


def specifiers_of(clause: Node, *, types: bool = False) -> Iterator[tuple[Node, Node]]:
    """The names of `{ a as b, c }`, and what they are called on the other side; those of types only where asked for."""
    for child in clause.named_children:
        name = child.child_by_field_name("name")
        if name is not None and (types or child.children[0].type != "type"):
            yield name, child.child_by_field_name("alias") or name


def imported_names(clause: Node, *, types: bool = False) -> Iterator[tuple[str, str]]:
    """The names that an import's clause declares, and what they are called in the module; `*` for all of it."""
    for child in clause.named_children:
        if child.type == "identifier":
            yield text_of(child), "default"
        elif child.type == "namespace_import":
            yield text_of(child.named_children[0]), "*"
        elif child.type == "named_imports":
            for name, local in specifiers_of(child, types=types):
                yield text_of(local), string_of(name) or text_of(name)


def declared_names(declaration: Node) -> Iterator[str]:
    """The names that a declaration declares, those of patterns among them, in the order of the text."""
    name = declaration.child_by_field_name("name")
    if name is not None:
        yield text_of(name)
    for child in declaration.named_children:
        target = child.child_by_field_name("name") if child.type == "variable_declarator" else None
        if target is not None:
            yield from (text_of(node) for node in _leaves(target))


def _leaves(pattern: Node) -> Iterator[Node]:
    """The names that a pattern declares."""
    left = [pattern]
    while left:
        node = left.pop()
        if node.type in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif node.type in ("pair_pattern", "object_assignment_pattern", "assignment_pattern"):
            part = (
                node.child_by_field_name("value") if node.type == "pair_pattern" else node.child_by_field_name("left")
            )
            left.extend([part] if part is not None else [])
        else:
            left.extend(reversed(node.named_children))


def declares_method(root: Node, name: str) -> bool:
    """Whether a class of a module has a method of this name."""
    return any(
        text_of(member.child_by_field_name("name") or member) == name
        for top in root.named_children
        for each in (top, *top.named_children)
        if each.type in ("class_declaration", "abstract_class_declaration")
        for body in each.children_by_field_name("body")
        for member in body.named_children
        if member.type == "method_definition"
    )


def leaves(node: Node | None) -> bool:
    """Whether a statement ends with leaving what it stands in."""
    while node is not None and node.type == "statement_block":
        statements = [child for child in node.named_children if child.type != "comment"]
        node = statements[-1] if statements else None
    return node is not None and node.type in LEAVING
