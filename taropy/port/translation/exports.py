"""Exports: declarations, what stands under other names, and what a module hands on of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, is_type_only, specifiers_of, string_of, text_of
from ..origins import TARO_PACKAGES
from . import packages
from .classes import write_class
from .functions import define
from .headers import relative
from .imports import ASSETS, OF_TARO, address, bring, hints_for, is_set_later, module_itself
from .naming import python_name
from .program import Export, Module
from .statements import one
from .texts import literal
from .translator import Translator, later, statement
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node


@statement("export_statement")
def export_statement(t: Translator, node: Node) -> None:
    """An export: the declaration; of names, what they stand for."""
    if is_type_only(node):
        return
    declaration, default = node.child_by_field_name("declaration"), node.child_by_field_name("value")
    specifier = string_of(node.child_by_field_name("source"))
    if declaration is not None:
        if declaration.child_by_field_name("name") is None and declaration.type == "function_declaration":
            raise Refused("a default export without a name is not ported here", "a name")
        doc = t.doc
        start = t.last_start
        one(t, declaration)
        t.last_start = start
        t.doc = None if doc is not None else t.doc
        return
    if specifier is not None:
        _hand_on(t, node, specifier)
    elif default is not None:
        _default(t, default)
    else:
        _clause(t, node)


def common_exports(t: Translator, statement: Node) -> bool:
    """A statement by which a module of Node.js exports something; false for any other."""
    found = [each for each in t.module.common if each.statement.id == statement.id]
    for each in found:
        export = t.module.exports[each.name]
        binding = export.binding
        if binding is None:
            _nameless(t, each.value, export.python or t.module.default_name)
        elif binding.kind == "import":
            bring(t, binding)
    return bool(found)


def _nameless(t: Translator, value: Node, name: str) -> None:
    """A value that a module exports, and has no name for; one that is not ported raises when it is used."""
    start, depth, refusals = len(t.out.lines), t.out.depth, len(t.refusals)
    try:
        _write(t, value, name)
    except Refused as refused:
        del t.out.lines[start:], t.refusals[refusals:]
        t.out.depth = depth
        t.out.write(f"{name} = {t.helper('Unported')}{t.refuse(value, refused)}")


def _default(t: Translator, node: Node) -> None:
    is_value = t.module.exports.get("default") == Export()  # what the name has by now, and not what it has later
    if node.type == "identifier" and not is_value:
        binding = t.binding(text_of(node))
        if binding is None:
            if text_of(node) not in t.module.declared_types:
                t.expr(node)
        elif binding.kind == "import":
            bring(t, binding)
        return
    _write(t, node, t.module.default_name)


def _write(t: Translator, value: Node, name: str) -> None:
    """Gives a name to what a module exports without one: a function is defined by it."""
    if value.type in FUNCTIONS:
        define(t, value, name)
        return
    if value.type == "class":
        write_class(t, value, name)
        return
    t.hint = name
    if value.type == "object":
        t.objects[value.id] = name
    t.out.write(f"{name} = {t.text(value)}")


def _clause(t: Translator, node: Node) -> None:
    for clause in node.named_children:
        for inner, _ in specifiers_of(clause) if clause.type == "export_clause" else ():
            binding = t.module.names.root.bindings.get(text_of(inner))
            if binding is not None and binding.kind == "import":
                bring(t, binding)


def _hand_on(t: Translator, node: Node, specifier: str) -> None:
    """`export { a } from './a'`: the name is imported, for those who ask this module for it in Python."""
    other = t.module.program.imported(specifier, t.module)
    if other is None:
        _hand_on_foreign(t, node, specifier)
        return
    clauses = [child for child in node.named_children if child.type == "export_clause"]
    spaces = [child for child in node.named_children if child.type == "namespace_export"]
    if spaces:
        module_itself(t, other, python_name(text_of(spaces[0].named_children[0])))
        return
    names = [string_of(outer) or text_of(outer) for clause in clauses for _, outer in specifiers_of(clause)]
    names = names or [name for name in all_names(other) if name != "default"]
    for name in names:
        export = t.module.find(name)
        if export is None or export.module is t.module:
            continue
        in_ring = t.module.program.are_in_one_ring(t.module, export.module)
        python = export.python if name == "default" else python_name(name)
        if (
            in_ring
            or is_set_later(export)
            or python in t.names_taken
            or any(python in taken for taken in t.handed_on.values())
        ):
            continue
        t.handed_on.setdefault(relative(t.module, export.module), {})[python] = export.python


def _hand_on_taro(t: Translator, inner: str, outer: str) -> None:
    """`export { default as Taro } from '@tarojs/taro'`: what `Taro` is changes, so none of its functions."""
    if inner != "default":
        raise Refused(OF_TARO, f"Taro.{inner} where it is used")
    t.handed_on.setdefault("taropy.js", {})[python_name(outer)] = "Taro"


def _hand_on_foreign(t: Translator, node: Node, specifier: str) -> None:
    """`export { debounce } from 'lodash'`: the names stand for nothing; those of pictures are addresses."""
    clauses = [child for child in node.named_children if child.type == "export_clause"]
    pairs = [pair for clause in clauses for pair in specifiers_of(clause)]
    found = packages.of(t, specifier)
    if specifier in TARO_PACKAGES or (pairs and found is not None):
        for inner, outer in pairs:
            try:
                if found is None:
                    _hand_on_taro(t, text_of(inner), text_of(outer))
                else:
                    packages.hand_on(t, specifier, found, text_of(inner), text_of(outer))
            except Refused as reason:
                t.out.write(f"{python_name(text_of(outer))} = {t.helper('Unported')}{t.refuse(node, reason)}")
        return
    names = [string_of(outer) or text_of(outer) for _, outer in pairs]
    if specifier.endswith(ASSETS):
        for name in names:
            t.out.write(f"{python_name(name)} = {literal(address(t.module, specifier))}")
        return
    refused = Refused(f"`{specifier}` is not among the modules that are ported", hints_for(specifier))
    if not names:
        raise refused
    arguments = t.refuse(node, refused)
    for name in names:
        t.out.write(f"{python_name(name)} = {t.helper('Unported')}{arguments}")


def all_names(module: Module, asked: frozenset[str] = frozenset()) -> list[str]:
    """All that a module exports, and what it exports of others."""
    found = list(module.exports)
    for specifier in module.all_of:
        other = module.program.imported(specifier, module)
        if other is not None and str(other.path) not in asked:
            found += [name for name in all_names(other, asked | {str(module.path)}) if name != "default"]
    return list(dict.fromkeys(found))


later.common_exports = common_exports
