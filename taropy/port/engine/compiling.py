"""Modules as the engine can run them: it has no loader, so that what a module imports and exports becomes calls.

A module becomes a generator within a `with`: its first step declares what it exports (functions are there from then on,
for modules that need each other in a circle), its second runs it. Imported names are read where they are used, as
JavaScript's live bindings are. Everything stays on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import attrs

from ..names import (
    DECLARATIONS,
    FUNCTIONS,
    declared_names,
    imported_names,
    is_type_only,
    specifiers_of,
    string_of,
    text_of,
)
from ..parse import Parsed, parse
from ..scopes import names_of
from ..source import Position, Source
from .edits import CannotRun, Edits
from .erasing import erase

if TYPE_CHECKING:
    from tree_sitter import Node

_TYPED = frozenset([".ts", ".tsx", ".mts", ".cts"])
_SCRIPTS = frozenset([".cjs", ".cts"])
_HAS_MODULE_SYNTAX = re.compile(rb"^\s*(?:import\b(?!\s*\()|export\b)|\bimport\s*\(", re.MULTILINE)

#: Expressions whose value may be a promise that nobody keeps.
_GIVING = frozenset(["call_expression", "binary_expression", "ternary_expression", "new_expression"])


@attrs.frozen
class Compiled:
    """What the engine runs, and what it has to know of a module.

    - `needs`: the specifiers of the modules that it imports, in order, and where; `all` those of which it exports
      everything.
    - `imports`: names in it, with the specifier and the name in that module (`*` for all of it); `passed`: names that
      it exports of other modules, likewise.
    - `awaits`: whether it awaits at its top.
    """

    code: str
    is_module: bool
    needs: Mapping[str, Position] = attrs.field(factory=dict)
    imports: tuple[tuple[str, str, str], ...] = ()
    passed: tuple[tuple[str, str, str], ...] = ()
    all: tuple[str, ...] = ()
    awaits: bool = False


def compiled(source: Source) -> Compiled:
    """Compiles a module. `CannotRun` for what does not parse, or can't be run as it is."""
    if source.path.suffix in (".js", ".cjs") and not _HAS_MODULE_SYNTAX.search(source.text):
        return Compiled(_script(source.text.decode("utf-8", "replace")), is_module=False)
    parsed = parse(source)
    if parsed.faults:
        raise CannotRun(source.path, parsed.faults[0], "this is not understood as JavaScript or TypeScript")
    return _Compiler(parsed).run()


def _script(text: str) -> str:
    return f"(function(exports,require,module,__filename,__dirname,$module){{{text}\n}})"


class _Compiler:
    """Compiles one module."""

    def __init__(self, parsed: Parsed) -> None:
        self.source = attrs.evolve(parsed.source, text=parsed.text)
        self.root = parsed.root
        self.typed = parsed.source.path.suffix in _TYPED
        self.edits = Edits(self.source)
        self.needs: dict[str, Position] = {}
        self.imports: list[tuple[str, str, str]] = []
        self.passed: list[tuple[str, str, str]] = []
        self.all: list[str] = []
        self.exports: dict[str, str] = {}
        self.references = names_of(parsed.root).references
        self.is_module = False

    def run(self) -> Compiled:
        left: list[Node] = []
        for statement in self.root.children:
            left += self._statement(statement)
        for node in left:
            erase(node, self.edits)
        awaits = self._watch(left)
        text = self.edits.applied()
        if text.startswith("#!"):
            text = f"//{text[2:]}"
        if not self.is_module and self.source.path.suffix not in (".mjs", ".mts") and not awaits:
            return Compiled(_script(text), is_module=False)
        code = self._module(text, awaits=awaits)
        return Compiled(code, True, self.needs, tuple(self.imports), tuple(self.passed), tuple(self.all), awaits)

    def _module(self, text: str, *, awaits: bool) -> str:
        getters = ",".join(f"{_key(name)}:()=>{value}" for name, value in self.exports.items())
        kind = "async function*" if awaits else "function*"
        start = f'(function($module){{with($module.scope){{const require=$module.require;return {kind}(){{"use strict";'
        return f"{start}let $default;$module.exports({{{getters}}});yield;{text}\n}}}}}})"

    # --- imports and exports -----------------------------------------------------------------------------------

    def _statement(self, node: Node) -> list[Node]:
        """Takes a statement that imports or exports apart; what is left of it, and all others, is code."""
        if node.type == "import_statement":
            self.is_module = True
            return self._import(node)
        if node.type == "export_statement":
            self.is_module = True
            return self._export(node)
        return [node]

    def _import(self, node: Node) -> list[Node]:
        clause = next((child for child in node.named_children if child.type == "import_require_clause"), None)
        if clause is not None and not is_type_only(node):
            specifier = string_of(clause.child_by_field_name("source")) or ""
            name = text_of(clause.named_children[0])
            self.edits.replace(node.start_byte, node.end_byte, f"const {name}=require({specifier!r});".encode())
            return []
        self.edits.erase(node, ending=True)
        needed = string_of(node.child_by_field_name("source"))
        if needed is None or is_type_only(node):
            return []
        clause = next((child for child in node.named_children if child.type == "import_clause"), None)
        names = [] if clause is None else [*imported_names(clause)]
        used = [(local, name) for local, name in names if not self.typed or local in self.references]
        if clause is None or used:  # what is used as a type only is not imported
            self.needs.setdefault(needed, self.source.position(node.start_point))
            self.imports += [(local, needed, name) for local, name in used]
        return []

    def _export(self, node: Node) -> list[Node]:
        source = string_of(node.child_by_field_name("source"))
        declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
        kinds = {child.type for child in node.children}
        if is_type_only(node) or ("as" in kinds and source is None and "namespace_export" not in kinds):
            self.edits.erase(node, ending=True)
            return []
        if source is not None:
            self.edits.erase(node, ending=True)
            self._pass(node, source)
            return []
        if "default" in kinds:
            return self._default(node, declaration or value)
        if declaration is not None:
            return self._declaration(node, declaration)
        clause = next((child for child in node.named_children if child.type == "export_clause"), None)
        if clause is None:  # export = value
            return self._assigned(node)
        self.edits.erase(node, ending=True)
        for local, outside in specifiers_of(clause):
            self.exports[string_of(outside) or text_of(outside)] = text_of(local)
        return []

    def _pass(self, node: Node, specifier: str) -> None:
        self.needs.setdefault(specifier, self.source.position(node.start_point))
        for child in node.named_children:
            if child.type == "namespace_export":
                self.passed.append((text_of(child.named_children[-1]), specifier, "*"))
                return
            if child.type == "export_clause":
                for name, outside in specifiers_of(child):
                    self.passed.append((text_of(outside), specifier, text_of(name)))
                return
        self.all.append(specifier)

    def _declaration(self, node: Node, declaration: Node) -> list[Node]:
        self.edits.erase_range(node.start_byte, declaration.start_byte)
        if declaration.type not in DECLARATIONS and declaration.type != "internal_module":
            for name in declared_names(declaration):
                self.exports[name] = name
        return [child for child in node.children if child.start_byte >= declaration.start_byte and child.type != ";"]

    def _default(self, node: Node, value: Node | None) -> list[Node]:
        if value is None or value.type in ("interface_declaration", "function_signature"):
            self.edits.erase(node, ending=True)
            return []
        name = value.child_by_field_name("name")
        if name is not None and value.type.endswith("_declaration"):
            self.edits.erase_range(node.start_byte, value.start_byte)
            self.exports["default"] = text_of(name)
        else:
            gap = self.source.text[node.start_byte : value.start_byte]
            lines = b"\n" * gap.count(b"\n")
            self.edits.replace(node.start_byte, value.start_byte, b"$default=" + lines)
            self.edits.insert(value.end_byte, ";")
            self.exports["default"] = "$default"
        return [value]

    def _assigned(self, node: Node) -> list[Node]:
        value = node.named_children[-1]
        self.edits.replace(node.start_byte, value.start_byte, b"$default=")
        self.exports["default"] = "$default"
        return [value]

    # --- what the code does ------------------------------------------------------------------------------------

    def _watch(self, nodes: Iterable[Node]) -> bool:
        """Has promises seen that nobody keeps, imported functions called without a `this`, and `import()` loaded.

        Whether the module awaits at its top.
        """
        imported = {local for local, _, _ in self.imports}
        awaits = False
        left = [(node, True) for node in nodes]
        while left:
            node, at_top = left.pop()
            match node.type:
                case "expression_statement":
                    self._bare(node.named_children[0] if node.named_children else None)
                case "variable_declarator":
                    self._bare(node.child_by_field_name("value"))
                case "call_expression":
                    self._call(node, imported)
                case "meta_property" if text_of(node) == "import.meta":
                    self.edits.replace(node.start_byte, node.end_byte, b"$module.meta")
                case "await_expression":
                    awaits = awaits or at_top
                case "for_in_statement":
                    awaits = awaits or (at_top and any(child.type == "await" for child in node.children))
            inside = at_top and node.type not in FUNCTIONS and node.type not in ("class", "class_declaration")
            left += [(child, inside) for child in node.children if child.type not in _NO_CODE]
        return awaits

    def _bare(self, node: Node | None) -> None:
        if node is None:
            return
        if node.type == "unary_expression" and node.children[0].type == "void":
            node = node.children[-1]
        if node.type in _GIVING and not _is_special(node):
            self.edits.insert(node.start_byte, "$taropy.bare(")
            self.edits.insert(node.end_byte, ")")

    def _call(self, node: Node, imported: set[str]) -> None:
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None or arguments.type != "arguments":
            return
        if function.type == "import":
            self.edits.replace(function.start_byte, function.end_byte, b"$module.load")
            return
        # A call by a name that the `with` may have has it for its `this`; an optional one the engine compiles wrongly.
        is_optional = any(child.type in ("?.", "optional_chain") for child in node.children)
        if function.type == "identifier" and (is_optional or text_of(function) in imported):
            given = [child for child in arguments.named_children if child.type != "comment"]
            start = arguments.start_byte
            called = f"{'' if is_optional else '.'}call(void 0{',' if given else ''}"
            self.edits.replace(start, start + 1, called.encode())


#: Where there is no code, or code that was written out already.
_NO_CODE = frozenset(
    ["type_annotation", "type_parameters", "type_arguments", "interface_declaration", "type_alias_declaration",
     "ambient_declaration", "enum_declaration", "comment", "string", "function_signature", "method_signature",
     "abstract_method_signature", "index_signature", "implements_clause"]
)  # fmt: skip


def _is_special(call: Node) -> bool:
    """`super(…)`, which may stand nowhere but where it does."""
    function = call.child_by_field_name("function")
    return function is not None and function.type == "super"


def _key(name: str) -> str:
    return f'"{name}"'
