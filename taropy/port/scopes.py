"""Scopes: which declaration a name stands for, with JavaScript's hoisting, shadowing and destructuring.

One walk over a file's syntax tree finds every scope, every declaration and every reference, and keeps the places of
the constructs that the rest of the front end looks at, so that nobody walks again. Types are not walked: they name no
values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from .names import (
    FUNCTIONS,
    Binding,
    BindingKind,
    Names,
    Path,
    Place,
    Scope,
    is_type_only,
    key_of,
    specifiers_of,
    string_of,
    text_of,
)

if TYPE_CHECKING:
    from tree_sitter import Node

#: What holds no value that a program reads: types, texts, comments, names after a dot.
SKIPPED = frozenset(
    ["comment", "property_identifier", "string", "number", "regex", "statement_identifier", "jsx_text",
     "escape_sequence", "string_fragment", "optional_chain", "type_annotation", "type_arguments", "type_parameters",
     "interface_declaration", "type_alias_declaration", "ambient_declaration", "implements_clause",
     "function_signature", "method_signature", "abstract_method_signature", "index_signature",
     "type_predicate_annotation", "asserts_annotation", "accessibility_modifier", "override_modifier",
     "type_identifier", "predefined_type", "true", "false", "null", "undefined", "super", "import",
     "hash_bang_line", "html_comment"]
)  # fmt: skip

#: The constructs whose places are kept, by kind.
WATCHED = frozenset(
    ["assignment_expression", "binary_expression", "call_expression", "debugger_statement", "decorator",
     "export_statement", "for_in_statement", "generator_function", "generator_function_declaration", "import_statement",
     "internal_module", "jsx_opening_element", "jsx_self_closing_element", "labeled_statement", "member_expression",
     "meta_property", "method_definition", "new_expression", "pair", "private_property_identifier",
     "public_field_definition", "shorthand_property_identifier", "spread_element", "subscript_expression",
     "switch_statement", "this", "unary_expression", "with_statement"]
)  # fmt: skip


def names_of(root: Node) -> Names:
    """The scopes, declarations and references of a file."""
    return _Walk().run(root)


class _Walk:
    """The walk: what is left to look at is a stack, since programs nest deeper than Python's calls may."""

    def __init__(self) -> None:
        self.left: list[Place] = []
        self.bindings: list[Binding] = []
        self.references: dict[str, list[Place]] = defaultdict(list)
        self.watched: dict[str, list[Place]] = defaultdict(list)
        self.writes: list[tuple[str, Place, Node | None]] = []
        self.scopes: dict[int, Scope] = {}
        self.is_script: bool = False

    def run(self, root: Node) -> Names:
        self.is_script = _is_script(root)
        scope = Scope(None, is_function=True)
        self.left.append(Place(root, root.type, None, scope))
        left, watched, handlers = self.left, self.watched, HANDLERS
        while left:
            place = left.pop()
            kind = place.kind
            if kind in WATCHED:
                watched[kind].append(place)
            handler = handlers.get(kind)
            if handler is None:
                self.descend(place, place.scope)
            else:
                handler(self, place)
        for name, where, value in self.writes:
            binding = where.scope.find(name)
            if binding is not None:
                binding.writes.append(value)
                binding.written_in.append(where.scope)
                binding.written_by.append(where.node)
        return Names(scope, self.bindings, self.references, self.watched, self.scopes)

    def visit(self, node: Node | None, up: Place, scope: Scope) -> None:
        if node is not None and (kind := node.type) not in SKIPPED:
            self.left.append(Place(node, kind, up, scope))

    def descend(self, place: Place, scope: Scope) -> None:
        left = self.left
        for child in reversed(place.node.named_children):
            kind = child.type
            if kind not in SKIPPED:
                left.append(Place(child, kind, place, scope))

    def declare(self, name: Node, kind: BindingKind, place: Place, scope: Scope, **more: object) -> None:
        binding = Binding(text_of(name), kind, name, place, scope=scope, **more)  # type: ignore[arg-type]
        known = scope.bindings.get(binding.name)
        is_one = known is not None and (
            (kind == "var" and known.kind in ("var", "function", "parameter"))
            or (kind == known.kind == "function" and place.scope is not scope)
        )
        if known is not None and is_one:
            known.writes.append(binding.value)  # declared twice, it is one variable
            known.written_in.append(place.scope)
            known.written_by.append(place.node)
            return
        scope.bindings[binding.name] = binding
        self.bindings.append(binding)

    # --- declarations ------------------------------------------------------------------------------------------

    def declarator(self, place: Place) -> None:
        declaration = place.up.node if place.up is not None else place.node
        kind = _keyword(declaration)
        scope = place.scope.function() if kind == "var" else place.scope
        value = place.node.child_by_field_name("value")
        target = place.node.child_by_field_name("name")
        if target is not None:
            self.pattern(target, kind, place, scope, value)
        self.visit(value, place, place.scope)

    def pattern(
        self, target: Node, kind: BindingKind, place: Place, scope: Scope, value: Node | None, index: int = 0
    ) -> None:
        """Declares the names of a pattern; its defaults and computed keys are expressions."""
        for name, path in self.targets(target, place):
            self.declare(name, kind, place, scope, value=value, path=path, index=index)

    def targets(self, target: Node, place: Place) -> Iterator[tuple[Node, Path]]:
        left: list[tuple[Node, Path]] = [(target, ())]
        while left:
            node, path = left.pop()
            match node.type:
                case "identifier":
                    yield node, path
                case "shorthand_property_identifier_pattern":
                    yield node, (*path, text_of(node))
                case "object_pattern":
                    left.extend((child, path) for child in reversed(node.named_children))
                case "pair_pattern":
                    key, part = node.child_by_field_name("key"), node.child_by_field_name("value")
                    if key is not None and part is not None:
                        left.append((part, (*path, key_of(key))))
                        self.visit(key if key.type == "computed_property_name" else None, place, place.scope)
                case "array_pattern":
                    parts = enumerate(node.named_children)
                    left.extend((child, (*path, str(index))) for index, child in parts)
                case "assignment_pattern" | "object_assignment_pattern":
                    part = node.child_by_field_name("left")
                    if part is not None:
                        left.append((part, path))
                    self.visit(node.child_by_field_name("right"), place, place.scope)
                case "rest_pattern":
                    left.extend((child, path) for child in node.named_children)
                case "comment":
                    pass
                case _:
                    self.visit(node, place, place.scope)

    def imports(self, place: Place) -> None:
        specifier = _specifier(place.node)
        if specifier is None or is_type_only(place.node):
            return
        for child in place.node.named_children:
            if child.type == "import_require_clause":
                self.declare(child.named_children[0], "import", place, place.scope, module=specifier)
            elif child.type == "import_clause":
                self.import_clause(child, specifier, place)

    def import_clause(self, clause: Node, specifier: str, place: Place) -> None:
        for child in clause.named_children:
            if child.type == "identifier":
                self.declare(child, "import", place, place.scope, module=specifier, path=("default",))
            elif child.type == "namespace_import":
                self.declare(child.named_children[0], "import", place, place.scope, module=specifier)
            elif child.type == "named_imports":
                for name, local in specifiers_of(child):
                    self.declare(local, "import", place, place.scope, module=specifier, path=(text_of(name),))

    def class_(self, place: Place) -> None:
        name = place.node.child_by_field_name("name")
        inner = self.scopes[place.node.id] = Scope(place.scope)
        if name is not None:
            self.declare(name, "class", place, inner if place.kind == "class" else place.scope)
        self.descend(place, inner)

    def enum(self, place: Place) -> None:
        name = place.node.child_by_field_name("name")
        if name is not None:
            self.declare(name, "enum", place, place.scope)
        self.visit(place.node.child_by_field_name("body"), place, place.scope)

    def namespace(self, place: Place) -> None:
        name = place.node.child_by_field_name("name")
        if name is not None and name.type == "identifier":
            self.declare(name, "namespace", place, place.scope)
        inner = self.scopes[place.node.id] = Scope(place.scope, is_function=True)
        self.body(place.node, place, inner)

    def function(self, place: Place) -> None:
        """A function's parameters and its body are one scope; it is declared in the block around, and hoisted there."""
        node, inner = place.node, Scope(place.scope, is_function=True)
        self.scopes[node.id] = inner
        name = node.child_by_field_name("name")
        if name is not None and name.type == "identifier":
            declares = place.kind in ("function_declaration", "generator_function_declaration")
            self.declare(name, "function", place, self.home(name, place) if declares else inner)
        elif (name is not None and name.type == "computed_property_name") or (
            name is not None and name.type == "private_property_identifier"
        ):
            self.visit(name, place, place.scope)
        for child in node.named_children:
            if child.type == "decorator":
                self.visit(child, place, place.scope)
        self.body(node, place, inner)
        self.parameters(node, place, inner)

    def home(self, name: Node, place: Place) -> Scope:
        """Where it is declared: in the block around; in a script, which is not strict, in the whole function."""
        home = place.scope.function()
        known = home.bindings.get(text_of(name)) if self.is_script else None
        is_free = known is None or (known.kind == "function" and known.place.scope is not home)
        return home if self.is_script and is_free else place.scope

    def body(self, node: Node, place: Place, inner: Scope) -> None:
        body = node.child_by_field_name("body")
        if body is not None and body.type == "statement_block":
            self.descend(Place(body, "statement_block", place, inner), inner)
        else:
            self.visit(body, place, inner)

    def parameters(self, node: Node, place: Place, inner: Scope) -> None:
        single = node.child_by_field_name("parameter")
        if single is not None:
            self.declare(single, "parameter", place, inner)
        listed = node.child_by_field_name("parameters")
        index = 0
        for parameter in listed.named_children if listed is not None else ():
            target = parameter.child_by_field_name("pattern")
            if target is None:
                continue
            default = parameter.child_by_field_name("value")
            inside = Place(parameter, parameter.type, place, inner)
            self.visit(default, inside, inner)
            for name, path in self.targets(target, inside):
                self.declare(name, "parameter", place, inner, path=path, index=index)
            for child in parameter.named_children:
                if child.type == "decorator":
                    self.visit(child, inside, inner)
            index += 1

    # --- blocks ------------------------------------------------------------------------------------------------

    def block(self, place: Place) -> None:
        inner = self.scopes[place.node.id] = Scope(place.scope)
        self.descend(place, inner)

    def for_in(self, place: Place) -> None:
        node, inner = place.node, Scope(place.scope)
        self.scopes[node.id] = inner
        kind, target = node.child_by_field_name("kind"), node.child_by_field_name("left")
        self.visit(node.child_by_field_name("body"), place, inner)
        self.visit(node.child_by_field_name("right"), place, place.scope)
        if target is None:
            return
        if kind is None:
            self.assign(target, None, place)
        else:
            word = text_of(kind)
            scope = place.scope.function() if word == "var" else inner
            kinds: dict[str, BindingKind] = {"var": "var", "let": "let"}
            self.pattern(target, kinds.get(word, "const"), place, scope, None)

    def catch(self, place: Place) -> None:
        inner = self.scopes[place.node.id] = Scope(place.scope)
        target = place.node.child_by_field_name("parameter")
        self.visit(place.node.child_by_field_name("body"), place, inner)
        if target is not None:
            self.pattern(target, "caught", place, inner, None)

    # --- expressions -------------------------------------------------------------------------------------------

    def assignment(self, place: Place) -> None:
        target, value = place.node.child_by_field_name("left"), place.node.child_by_field_name("right")
        self.visit(value, place, place.scope)
        if target is not None:
            self.assign(target, value if place.kind == "assignment_expression" else None, place)

    def assign(self, target: Node, value: Node | None, place: Place) -> None:
        if target.type not in ("identifier", "object_pattern", "array_pattern"):
            self.visit(target, place, place.scope)
            return
        for name, path in self.targets(target, place):
            self.writes.append((text_of(name), place, None if path else value))

    def update(self, place: Place) -> None:
        target = place.node.child_by_field_name("argument")
        if target is not None:
            self.assign(target, None, place)

    def cast(self, place: Place) -> None:
        """`value as Type`, `value satisfies Type`."""
        children = place.node.named_children
        self.visit(children[0] if children else None, place, place.scope)

    def reference(self, place: Place) -> None:
        self.references[text_of(place.node)].append(place)

    def exported(self, place: Place) -> None:
        """`export { a }` reads `a`; `export { a } from 'm'` reads nothing here."""
        if place.node.child_by_field_name("source") is None:
            self.descend(place, place.scope)

    def export_specifier(self, place: Place) -> None:
        self.visit(place.node.child_by_field_name("name"), place, place.scope)


HANDLERS: dict[str, Callable[[_Walk, Place], None]] = {
    **dict.fromkeys(FUNCTIONS, _Walk.function),
    **dict.fromkeys(["class_declaration", "class", "abstract_class_declaration"], _Walk.class_),
    **dict.fromkeys(["statement_block", "switch_body", "for_statement"], _Walk.block),
    **dict.fromkeys(["as_expression", "satisfies_expression"], _Walk.cast),
    **dict.fromkeys(["identifier", "shorthand_property_identifier"], _Walk.reference),
    **dict.fromkeys(["assignment_expression", "augmented_assignment_expression"], _Walk.assignment),
    "variable_declarator": _Walk.declarator,
    "import_statement": _Walk.imports,
    "enum_declaration": _Walk.enum,
    "internal_module": _Walk.namespace,
    "for_in_statement": _Walk.for_in,
    "catch_clause": _Walk.catch,
    "update_expression": _Walk.update,
    "export_statement": _Walk.exported,
    "export_specifier": _Walk.export_specifier,
}


def _specifier(statement: Node) -> str | None:
    source = statement.child_by_field_name("source")
    if source is None:
        requires = [child for child in statement.named_children if child.type == "import_require_clause"]
        source = requires[0].child_by_field_name("source") if requires else None
    return string_of(source)


def _keyword(declaration: Node) -> BindingKind:
    if declaration.type == "variable_declaration":
        return "var"
    kind = declaration.child_by_field_name("kind")
    return "let" if kind is not None and text_of(kind) == "let" else "const"


def _is_script(root: Node) -> bool:
    """Whether it is no module of JavaScript's own, which is strict, and doesn't say that it is."""
    strict = {"import_statement", "export_statement"}
    return not any(node.type in strict or text_of(node)[1:11] == "use strict" for node in root.named_children)
