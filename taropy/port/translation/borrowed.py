"""Functions that a program calls with an object of its choice as `this`: `call`, `apply` and `bind`.

A function of the port has the object that it belongs to, or none, whatever it is called with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import FUNCTIONS, declares_method, text_of
from . import library
from .callees import called_function
from .constructors import is_class
from .methods import in_a_row, listed
from .translator import Translator
from .tree import Expr, Level, Refused
from .types import ARRAY, BOOLEAN, STRING, UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node

_EMPTY = {"[]": "Array", "{}": "Object", "''": "String", '""': "String"}
#: Methods of arrays that give something new of whatever has items.
_OF_LISTS = frozenset(
    [
        *("every", "filter", "find", "findIndex", "flatMap", "forEach", "includes", "indexOf", "join", "lastIndexOf"),
        *("map", "reduce", "reduceRight", "slice", "some"),
    ]
)  # fmt: skip
_CHANGING = frozenset(["push", "unshift", "concat"])


def borrowed_call(t: Translator, function: Node, arguments: Node) -> Expr | None:
    """A call of `f.call`, `f.apply` or `f.bind`; None for what is called otherwise."""
    inner, key = function.child_by_field_name("object"), function.child_by_field_name("property")
    name = text_of(key) if key is not None else ""
    if inner is None or name not in ("call", "apply", "bind"):
        return None
    given = [child for child in arguments.named_children if child.type != "comment"]
    owner, method = _of_class(t, inner)
    if owner and given and given[0].type != "spread_element":
        return _of_library(t, owner, method, name, arguments)
    if is_class(t, inner):
        raise Refused("a function that makes an object of another is not ported", "a class that extends it")
    if not _has_own_this(t, inner, given[0] if given else None) or _may_be_own_method(t, inner, name, given):
        return None
    return _called(t, inner, name, given[1:])


# --- methods of JavaScript's own classes ---------------------------------------------------------------------------


def _of_class(t: Translator, function: Node) -> tuple[str, str]:
    """The class and the method of `Array.prototype.slice`, `[].slice` and `{}.hasOwnProperty`."""
    binding = t.binding(text_of(function)) if function.type == "identifier" else None
    if binding is not None and binding.value is not None and not binding.writes and not binding.path:
        function = binding.value
    owner, method = function.child_by_field_name("object"), function.child_by_field_name("property")
    if owner is None or method is None or function.type != "member_expression":
        return "", ""
    written = text_of(owner).strip("()")
    name = _EMPTY.get(written, written.removesuffix(".prototype") if written.endswith(".prototype") else "")
    return (name, text_of(method)) if name in library.OBJECTS and t.binding(name) is None else ("", "")


def _of_library(t: Translator, owner: str, method: str, how: str, arguments: Node) -> Expr | None:
    given = listed(t, arguments, method)
    subject, rest = given[0], given[1:]
    if how == "apply" and len(rest) == 1 and not rest[0].text.startswith("*"):
        rest = [Expr(f"*{rest[0].at(Level.ATOM)}")]
    elif how != "call":
        return None
    if (owner, method) == ("Object", "hasOwnProperty"):
        return Expr(f"{t.helper('Object')}.hasOwn({in_a_row([subject, *rest])})", type=BOOLEAN)
    if (owner, method) == ("Object", "toString") and not rest:
        return Expr(f"{t.helper('class_of')}({subject.at(Level.TERNARY)})", type=STRING, pure=subject.pure)
    if owner == "Array" and method in _OF_LISTS:
        listed_ = f"{t.helper('Array')}.from_({subject.at(Level.TERNARY)})"
        whole = method == "slice" and not rest
        return Expr(listed_ if whole else f"{listed_}.{library.method(method)}({in_a_row(rest)})", type=_given(method))
    if owner == "Array" and method in _CHANGING:
        return Expr(f"{subject.at(Level.ATOM)}.{method}({in_a_row(rest)})", type=_given(method))
    return None


def _given(method: str) -> Type:
    return ARRAY if library.ARRAY_GIVES.get(method) in ("same", "array") else UNKNOWN


# --- functions of the program --------------------------------------------------------------------------------------


def _has_own_this(t: Translator, function: Node, this: Node | None) -> bool:
    """Whether a function does the same, whatever it is called with as `this`, which does nothing by itself."""
    if this is not None and not _is_still(this):
        return False
    if function.type == "member_expression":
        owner = function.child_by_field_name("object")
        is_same = this is not None and owner is not None and text_of(owner) == text_of(this)
        return is_same or (this is not None and this.type in ("null", "undefined") and _is_of_library(t, owner))
    binding = t.binding(text_of(function)) if function.type == "identifier" else None
    known = called_function(t, function)
    if known is not None:
        return True
    return binding is not None and (binding.kind == "parameter" or _is_call(binding.value)) and not binding.path


def _may_be_own_method(t: Translator, function: Node, name: str, given: list[Node]) -> bool:
    """Whether `machine.apply(order)` may be a method of the program's, and no function called with a `this`."""
    if function.type != "identifier" or called_function(t, function) is not None:
        return False
    modules = t.module.program.modules.values()
    is_this = bool(given) and (given[0].type in ("this", "null", "undefined") or is_only_handed_on(t, given[0]))
    return not is_this and any(declares_method(module.parsed.root, name) for module in modules)


def _is_call(value: Node | None) -> bool:
    return value is not None and value.type in ("call_expression", *FUNCTIONS)


def _is_of_library(t: Translator, owner: Node | None) -> bool:
    return owner is not None and text_of(owner) in library.OBJECTS and t.binding(text_of(owner)) is None


def _is_still(node: Node) -> bool:
    """Whether making it does nothing."""
    if node.type in ("member_expression", "subscript_expression"):
        return all(map(_is_still, node.named_children))
    return node.type in ("this", "identifier", "property_identifier", "null", "undefined", "number", "string")


def _called(t: Translator, function: Node, how: str, given: list[Node]) -> Expr | None:
    called = t.expr(function)
    type_ = called.type.item or UNKNOWN
    if how == "bind" and not given:
        return called
    shown: list[str] = []
    for child in given:
        spreads = child.type == "spread_element" or (how == "apply" and child is given[0])
        inner = child.named_children[0] if child.type == "spread_element" else child
        shown.append(f"*{t.text(inner, Level.ATOM)}" if spreads else t.text(inner))
    if how == "bind":
        t.standard.add("functools")
        return Expr(f"functools.partial({', '.join([called.at(Level.TERNARY), *shown])})")
    if how == "apply" and given and given[0].type in ("null", "undefined"):
        shown = []
    return Expr(f"{called.at(Level.ATOM)}({', '.join(shown)})", type=type_)


def is_borrowed(t: Translator, name: Node, value: Node) -> bool:
    """Whether a name is nothing but called as the method that it stands for: `has.call(order, key)`."""
    if not any(_of_class(t, value)) or name.type != "identifier":
        return False
    binding = t.binding(text_of(name))
    places = t.module.names.references.get(text_of(name), ())
    own = [place.node.parent for place in places if place.scope.find(text_of(name)) is binding]
    return binding is not None and all(up is not None and _is_called(up) for up in own)


def _is_called(member: Node) -> bool:
    """Whether it is `has.call(…)`."""
    key, call = member.child_by_field_name("property"), member.parent
    is_call = call is not None and call.type == "call_expression" and call.child_by_field_name("function") == member
    return is_call and key is not None and text_of(key) == "call"


def is_only_handed_on(t: Translator, name: Node) -> bool:
    """Whether a name for `this` is nothing but what functions are called with: `task.apply(context, items)`."""
    binding = t.binding(text_of(name)) if name.type == "identifier" else None
    if binding is None or binding.writes:
        return False
    places = t.module.names.references.get(binding.name, ())
    return all(_is_this_of_call(place.node) for place in places if place.scope.find(binding.name) is binding)


def _is_this_of_call(node: Node) -> bool:
    arguments = node.parent
    call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    function = call.child_by_field_name("function") if call is not None else None
    key = function.child_by_field_name("property") if function is not None else None
    is_first = arguments is not None and arguments.named_children[:1] == [node]
    return is_first and key is not None and text_of(key) in ("call", "apply", "bind")
