"""What signatures and variables are annotated with: what TypeScript says, and what follows from how values are made.

A module in JavaScript says nothing, and neither does its port.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import Binding, text_of
from .annotations import split
from .translator import Translator, later
from .types import TABLE, UNKNOWN, Type, joined

if TYPE_CHECKING:
    from tree_sitter import Node

    from .parameters import Parameter


# --- parameters --------------------------------------------------------------------------------------------------


def of_parameter(t: Translator, parameter: Parameter, *, lacks: bool) -> str | None:
    """A parameter's annotation; None in a module that has no types. One that `lacks` may be left out in Python.

    If it may not in TypeScript, since only those before it may be, every call gives it: `| Any` takes it as given.
    """
    if parameter.type is None and not t.module.is_typed:
        return None
    annotator = t.annotator
    text = annotator.of(parameter.type) if parameter.type is not None else _of_default(t, parameter)
    if not lacks or text == "Any" or "None" in split(text):
        return text
    may_lack = parameter.optional or parameter.default is not None
    return annotator.optional(text) if may_lack else f"{text} | {annotator.any}"


def _of_default(t: Translator, parameter: Parameter) -> str:
    binding = t.binding(text_of(parameter.pattern)) if parameter.pattern.type == "identifier" else None
    return t.annotator.of_known(later.type_of_binding(t.module, binding) if binding is not None else None)


def of_rest(t: Translator, parameter: Parameter) -> str | None:
    """The annotation of each of the arguments that are left."""
    if parameter.type is None and not t.module.is_typed:
        return None
    text = t.annotator.of(parameter.type)
    array = f"{t.annotator.helper('Array')}["
    return text[len(array) : -1] if text.startswith(array) else t.annotator.any


def of_kept(t: Translator, binding: Binding) -> str:
    """A parameter that keeps a variable of a loop's turn."""
    name = t.python(binding)
    if not t.module.is_typed:
        return f"{name}={name}"
    return f"{name}: {t.annotator.of_known(later.type_of_binding(t.module, binding))} = {name}"


# --- what a function returns -------------------------------------------------------------------------------------


def of_result(t: Translator, node: Node, parameters: str) -> str:
    """` -> str` of a function of which the body is translated; nothing in a module that has no types."""
    declared = node.child_by_field_name("return_type")
    if declared is None and not t.module.is_typed:
        return ""
    name = node.child_by_field_name("name")
    is_setter = any(child.type == "set" for child in node.children)
    if (name is not None and text_of(name) == "constructor") or is_setter:
        return " -> None"
    text = _declared(t, declared) if declared is not None else _inferred(t, node)
    if text not in ("None", "Any"):
        t.annotator.trusts |= "Any" in parameters or any(map(_may_be_any, t.current.given))
    return f" -> {text}"


def _declared(t: Translator, declared: Node) -> str:
    text = t.annotator.of(declared)
    if t.current.is_async:
        text = _awaited(t, text)
    returns_nothing = all(type_.is_nothing for type_ in t.current.given)
    return text if text != "None" or returns_nothing else t.annotator.any


def _may_be_any(type_: Type) -> bool:
    if type_.kind == "promise":
        return _may_be_any(type_.item or UNKNOWN)
    return type_.kind in ("unknown", "object") or type_.name == TABLE


def _awaited(t: Translator, text: str) -> str:
    """What the body of an async function returns: the promised value, or a promise of it."""
    promise = f"{t.annotator.helper('Promise')}["
    if not text.startswith(promise) or len(split(text)) > 1:
        return t.annotator.any
    inner = text[len(promise) : -1]
    promised = [type_.kind == "promise" for type_ in t.current.given]
    if inner == "Any" or not any(promised):
        return inner
    return text if all(promised) else t.annotator.joined([inner, text])


def _inferred(t: Translator, node: Node) -> str:
    given = t.current.given
    if not given:
        return "None"
    found = joined([type_ for type_ in given]) if all(each.kind != "unknown" for each in given) else UNKNOWN
    text = t.annotator.of_known(found)
    if t.current.is_async and text.endswith("[Any]"):
        return t.annotator.any  # a promise of anything is anything, to checkers that look for what is promised
    return text if ends(node.child_by_field_name("body")) else t.annotator.optional(text)


def gives_value(t: Translator, node: Node) -> bool:
    """Whether a function returns any value."""
    body = node.child_by_field_name("body")
    return body is not None and (body.type != "statement_block" or node.id in t.module.index.returning)


def ends(node: Node | None) -> bool:
    """Whether what comes after a statement is never reached; of an expression as a body, always."""
    if node is None:
        return False
    if node.type == "statement_block":
        return any(ends(child) for child in node.named_children)
    if node.type in ("return_statement", "throw_statement"):
        return True
    if node.type == "if_statement":
        other = node.child_by_field_name("alternative")
        return other is not None and ends(node.child_by_field_name("consequence")) and ends(other.named_children[-1])
    if node.type == "try_statement":
        handler, last = node.child_by_field_name("handler"), node.child_by_field_name("finalizer")
        if last is not None and ends(last.child_by_field_name("body")):
            return True
        caught = handler is None or ends(handler.child_by_field_name("body"))
        return ends(node.child_by_field_name("body")) and caught
    if node.type == "switch_statement":
        return _switch_ends(node)
    return not node.type.endswith(("_statement", "_declaration", "comment")) or (
        node.type in ("while_statement", "for_statement") and _is_endless(node)
    )


def _switch_ends(node: Node) -> bool:
    body = node.child_by_field_name("body")
    cases = [child for child in body.named_children if child.type != "comment"] if body is not None else []
    if not any(case.type == "switch_default" for case in cases):
        return False
    filled = [case for case in cases if case.children_by_field_name("body")]
    return bool(filled) and all(any(map(ends, case.children_by_field_name("body"))) for case in filled)


def _is_endless(loop: Node) -> bool:
    test = loop.child_by_field_name("condition")
    is_open = test is None or text_of(test).strip("();") in ("true", "1", "")
    return is_open and "break" not in text_of(loop)


# --- variables ---------------------------------------------------------------------------------------------------

_COLLECTIONS = {"Array": 1, "Map": 2, "Set": 1, "Promise": 1, "WeakMap": 2, "WeakSet": 1}


def of_variable(t: Translator, binding: Binding | None, declarator: Node, type_: Type = UNKNOWN) -> str:
    """`: str` for a variable that says its type, or that a checker takes for one of less than it is set to later.

    In a circle of imports checkers cannot tell what a module's variables are that do not say it.
    """
    if not t.module.is_typed or binding is None or id(binding) in t.vars or _has_namesake(t, binding):
        return ""
    shown = _of_variable(t, declarator, is_set=bool(binding.writes), name=binding.name)
    is_asked = len(t.functions) == 1 and t.module.program.is_in_ring(t.module)
    return shown or (f": {t.annotator.of_known(type_)}" if is_asked else "")


def of_field(t: Translator, member: Node, name: str, *, is_set: bool = False) -> str:
    """The same for a field of a class; one that `is_set` at once has a value though it is declared without.

    One that gets its value later is None until then, which its type does not say: `| Any` has checkers let that pass.
    """
    if not t.module.is_typed:
        return ""
    declared, value = member.child_by_field_name("type"), member.child_by_field_name("value")
    if declared is None or value is not None:
        return _of_variable(t, member, is_set=True, name=name)
    text = t.annotator.of(declared)
    if any(child.type == "?" for child in member.children):
        return f": {t.annotator.optional(text)}"
    has_value = is_set or text == "Any" or "None" in split(text)
    return f": {text if has_value else f'{text} | {t.annotator.any}'}"


def _of_variable(t: Translator, node: Node, *, is_set: bool, name: str) -> str:
    declared, value = node.child_by_field_name("type"), node.child_by_field_name("value")
    if declared is not None:
        text = t.annotator.of(declared)
        return f": {text if value is not None else t.annotator.optional(text)}"
    if value is None or (is_set and value.type in ("null", "undefined")):
        return f": {t.annotator.any}"
    if value.type == "array":
        return _of_array(t, value, name)
    if value.type == "new_expression":
        return _of_collection(t, value)
    return ": float" if is_set and value.type == "number" and name in t.module.fractional else ""


def _of_array(t: Translator, value: Node, name: str) -> str:
    """For an array that is empty, that gets other items later, or has numbers that happen to be whole."""
    items = [child for child in value.named_children if child.type != "comment"]
    kinds = {child.type for child in items}
    if kinds == {"number"} or (kinds == {"string"} and name in t.module.filled):
        return f": {t.annotator.helper('Array')}[{'float' if kinds == {'number'} else 'str'}]"
    return "" if items and name not in t.module.filled else f": {t.annotator.helper('Array')}[{t.annotator.any}]"


def _of_collection(t: Translator, value: Node) -> str:
    """For a collection, or a promise, of what is said to be in it; of anything if it begins with nothing, or pairs."""
    kind = text_of(value.child_by_field_name("constructor") or value)
    said, arguments = value.child_by_field_name("type_arguments"), value.child_by_field_name("arguments")
    is_empty = arguments is None or not arguments.named_children or kind in ("Map", "Promise", "WeakMap")
    if kind not in _COLLECTIONS or t.binding(kind) is not None or not (said or is_empty):
        return ""
    types = [child for child in said.named_children if child.type != "comment"] if said is not None else []
    return f": {t.annotator.named(kind, types)}"


def _has_namesake(t: Translator, binding: Binding) -> bool:
    """Whether another variable of the same function has the same name in Python."""
    naming, scope = t.module.naming, binding.scope
    home = naming.here[id(scope.function() if scope is not None else None)]
    return sum(naming[each] == naming[binding] for each in home) > 1
