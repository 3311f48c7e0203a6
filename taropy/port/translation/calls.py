"""Calls: of functions, of methods by the type of what they are called of, of Taro; and what `new` makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ... import spec
from .. import hints
from ..names import declares_method, string_of, text_of
from . import library, packages
from .absent import or_undefined, told
from .access import guarded, holder, is_optional, link, whole_chain
from .arity import is_cheap
from .borrowed import borrowed_call
from .callees import called_function, left_out, takes_at_most
from .commonjs import required
from .comparing import one_of
from .components import dependencies_of, extends_component, is_react
from .constructors import is_class
from .literals import as_text, field
from .methods import in_a_row, listed, method_call
from .objects import can_be_plain, fields_of, plain
from .operators import true_of
from .private import PRIVATE, above
from .standing import bare
from .tagged import tagged
from .taro_types import result_of, takes_options
from .texts import literal
from .translator import Translator, expression, later
from .tree import Expr, Level, Refused
from .types import ARRAY, BOOLEAN, DIGITS, STRING, UNKNOWN, WHOLE, Type, of_name

if TYPE_CHECKING:
    from tree_sitter import Node

_NAMESPACES = frozenset(["JSON", "Math"])


@expression("call_expression")
def call(t: Translator, node: Node) -> Expr:
    """A call, which may be the end of a chain."""
    return whole_chain(t, node)


def call_in_chain(t: Translator, node: Node, guards: list[str]) -> Expr:
    """A call as a step of a chain."""
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None:
        raise Refused("the text was not understood")
    if node.child_by_field_name("type_arguments") is not None and not t.module.is_typed:
        # The grammar reads `f((a) < b, c > (d))` as a call with arguments of types.
        raise Refused("`<` and `>` around what may be types are not ported", "parentheses")
    if arguments.type == "template_string":
        return tagged(t, function, arguments, guards)
    if function.type == "import":
        return later.imported_later(t, node)
    if function.type == "super":
        raise Refused("`super()` is only ported as a line of a constructor")
    while function.type in ("non_null_expression", "parenthesized_expression") and len(function.named_children) == 1:
        function = function.named_children[0]
    if function.type == "member_expression":
        return _method(t, function, arguments, guards, may_lack=is_optional(node))
    if function.type == "identifier" and t.binding(text_of(function)) is None:
        return _of_global(t, text_of(function), arguments)
    called = link(t, function, guards)
    packages.refuse_call(called)
    if is_optional(node):
        return _perhaps_called(t, called, arguments, guards)
    if called.text.startswith(("Taro.", "js_Taro.")):
        taro, _, name = called.text.partition(".")
        return _of_taro(t, Expr(taro), name, arguments)
    t.hint = text_of(function) if function.type == "identifier" else ""
    given = arguments_of(t, arguments, most=takes_at_most(t, function))
    given = ", ".join([*([given] if given else []), *["None"] * left_out(t, function, arguments)])
    return Expr(f"{called.at(Level.ATOM)}({given})", type=called.type.item or UNKNOWN)


def _perhaps_called(t: Translator, called: Expr, arguments: Node, guards: list[str]) -> Expr:
    """`function?.(…)`."""
    function = guarded(t, called, guards)
    return Expr(f"{function.at(Level.ATOM)}({arguments_of(t, arguments)})", type=called.type.item or UNKNOWN)


# --- arguments -------------------------------------------------------------------------------------------------


def arguments_of(t: Translator, arguments: Node, name: str | None = None, most: int | None = None) -> str:
    """The arguments; functions among them are called by what `name` is for, or by what takes them.

    Those beyond `most` are left out, if they are nothing but values.
    """
    given: list[str] = []
    dependencies = dependencies_of(t, arguments)
    hint = name or t.hint
    for child in arguments.named_children:
        if child.type == "comment":
            continue
        if most is not None and len(given) >= most and is_cheap(child):
            continue
        t.hint = hint
        if child.type == "spread_element":
            given += _spread(t, child.named_children[0], None if most is None else most - len(given))
        else:
            given.append(t.expr(child).once if child == dependencies else t.text(child))
    t.hint = ""
    return ", ".join(given)


def _spread(t: Translator, value: Node, room: int | None) -> list[str]:
    """`...items`; of the function's own `arguments` as many as the callee takes."""
    own = t.current.arguments if text_of(value) == "arguments" else None
    if own is not None and own.names:
        return list(own.names[:room])
    text = t.expr(value).spread
    return [f"*{text}" if own is None or room is None else f"*{t.helper('unpack')}({text}, {max(room, 0)})"]


# --- globals ---------------------------------------------------------------------------------------------------


def _of_global(t: Translator, name: str, arguments: Node) -> Expr:
    if name in ("defineAppConfig", "definePageConfig") and arguments.named_children:
        return t.expr(next(child for child in arguments.named_children if child.type != "comment"))
    if name == "require":
        specifier = string_of(arguments.named_children[0]) if arguments.named_child_count == 1 else None
        if specifier is None:
            raise Refused("`require` of what is computed is not ported", "an import of each, and a dict of them")
        return later.required(t, specifier, None)
    given = told(t, name, listed(t, arguments, name))
    if name in ("RegExp", "Array", "Object") or (name.endswith("Error") and name in library.OBJECTS):
        return _made(t, name, given)
    if name == "Date":
        return Expr(f"{t.helper('Date')}().toString()", type=STRING)
    known = library.FUNCTIONS.get(name)
    if known is None:
        if name in library.OBJECTS:
            return _raised(t, f"{name} is not a function" if name in _NAMESPACES else f"{name} requires 'new'")
        function = t.expr(arguments.parent.child_by_field_name("function"))  # type: ignore[union-attr]
        return Expr(f"{function.text}({in_a_row(given)})", type=function.type.item or UNKNOWN)
    if name == "String" and len(given) == 1:
        return _as_text(t, given[0])
    if name == "Boolean" and len(given) == 1:
        return _as_truth(t, given[0])
    if name == "Number" and len(given) == 1 and given[0].type.is_number:
        return given[0]
    if name == "Number" and not given:
        return Expr("0", type=WHOLE, pure=True)
    pure = all(each.pure for each in given) and name not in ("setTimeout", "setInterval")
    helper = t.helper(name if name in library.CONVERTERS else known[0])
    return Expr(f"{helper}({in_a_row(given)})", type=of_name(known[1]), pure=pure and known[1] != "unknown")


def _as_text(t: Translator, value: Expr) -> Expr:
    """`String(value)`."""
    if value.type.is_string or (value.type.is_number and value.type.whole):
        return attrs.evolve(as_text(t, value), type=value.type if value.type.is_string else DIGITS)
    type_ = DIGITS if value.type.is_number else STRING
    return attrs.evolve(as_text(t, value), type=type_)


def _as_truth(t: Translator, value: Expr) -> Expr:
    """`Boolean(value)`."""
    tested = true_of(t, attrs.evolve(value, or_zero=""))
    text = f"bool({value.at(Level.TERNARY)})" if tested.text == value.text else tested.text
    return value if value.type.is_boolean else Expr(text, type=BOOLEAN, pure=value.pure)


def _raised(t: Translator, reason: str) -> Expr:
    """What JavaScript takes, and raises for when it comes to it: `Map()`, `Math()`, `new parseInt()`."""
    return Expr(f"{t.helper('throw')}({t.helper('TypeError')}({literal(reason)}))")


@expression("new_expression")
def new(t: Translator, node: Node) -> Expr:
    """`new Promise(…)`, `new Date()`, `new Cart()`."""
    kind, arguments = node.child_by_field_name("constructor"), node.child_by_field_name("arguments")
    while kind is not None and kind.type in ("parenthesized_expression", "as_expression") and kind.named_children:
        kind = kind.named_children[0]
    if kind is None:
        raise Refused("the text was not understood")
    name = text_of(kind)
    if _is_plain_function(t, kind):
        return _raised(t, f"{name} is not a constructor")
    given = listed(t, arguments, name) if arguments is not None else []
    if kind.type == "identifier" and t.binding(name) is None:
        return _made(t, name, given)
    if called_function(t, kind) is not None and not is_class(t, kind):
        raise Refused("a function that is called with `new` is not ported", "a class")
    made = t.expr(kind)
    type_ = later.instance_type(t.module, name, t.scope) if kind.type == "identifier" else UNKNOWN
    return Expr(f"{made.at(Level.ATOM)}({in_a_row(given)})", type=type_)


def _is_plain_function(t: Translator, kind: Node) -> bool:
    """Whether it is one of the functions that JavaScript has, which make no objects: `parseInt`, `Object.assign`."""
    if kind.type == "identifier":
        name = text_of(kind)
        return name in library.FUNCTIONS and name not in library.OBJECTS and t.binding(name) is None
    owner = kind.child_by_field_name("object") if kind.type == "member_expression" else None
    return owner is not None and text_of(owner) in library.OBJECTS and t.binding(text_of(owner)) is None


def _made(t: Translator, name: str, given: list[Expr]) -> Expr:
    if name == "Object":
        if given:
            raise Refused("`new Object(value)` is not ported")
        return Expr(f"{t.helper('Obj')}()", type=Type("object"))
    if name not in library.OBJECTS:
        raise Refused(f"`{name}` is declared nowhere in the program", "an import, or what it stands for")
    if name in ("Number", "String", "Boolean"):
        raise Refused(f"`new {name}()` is not ported", "the value itself")
    class_ = t.helper(name)
    if name == "Array" and given:
        if len(given) == 1 and not given[0].text.startswith("*"):
            array = f"{class_}.ofLength({in_a_row(given)})"
            return Expr(array, type=ARRAY, items=f"{array}.fill(None)")  # holes are undefined to who goes through them
        return Expr(f"{class_}.of({in_a_row(given)})", type=ARRAY)
    if name == "Date" and len(given) == 1:
        given = [or_undefined(t, given[0])]
    kind = library.MADE.get(name)
    if name in library.GO_THROUGH and len(given) == 1:
        return Expr(f"{class_}({given[0].once})", type=Type(kind) if kind else UNKNOWN)  # type: ignore[arg-type]
    return Expr(f"{class_}({in_a_row(given)})", type=Type(kind) if kind else UNKNOWN)  # type: ignore[arg-type]


# --- methods ---------------------------------------------------------------------------------------------------


def _method(t: Translator, function: Node, arguments: Node, guards: list[str], *, may_lack: bool) -> Expr:
    inner, key = function.child_by_field_name("object"), function.child_by_field_name("property")
    if inner is None or key is None:
        raise Refused("the text was not understood")
    name = text_of(key)
    if inner.type == "super" and not may_lack:
        return Expr(f"{above(t)}.{library.method(name)}({arguments_of(t, arguments, name)})")
    if key.type == PRIVATE:
        method = link(t, function, guards)
        return Expr(f"{method.text}({arguments_of(t, arguments, name)})", type=method.type.item or UNKNOWN)
    known = borrowed_call(t, function, arguments) or _of_module(t, function, arguments, guards)
    if known is not None:
        return known
    found = one_of(t, inner, arguments) if name == "includes" else _state_set(t, inner, name, arguments)
    if found is not None:
        return found
    if inner.type == "super":
        return _perhaps_called(t, link(t, function, guards), arguments, guards)
    base = holder(t, inner, guards)
    if is_optional(function):
        base = guarded(t, base, guards)
    if base.text in ("Taro", "js_Taro") and base.text == t.helper("Taro"):
        return _of_taro(t, base, name, arguments)
    if may_lack:
        return _perhaps_called(t, field(base, name), arguments, guards)
    return method_call(t, base, name, arguments, is_package=_is_package(t, inner))


def _state_set(t: Translator, inner: Node, name: str, arguments: Node) -> Expr | None:
    """`this.setState({ … })` of a component, which takes fields by name; None for anything else."""
    given = [bare(child) for child in arguments.named_children if child.type != "comment"]
    if name != "setState" or inner.type != "this" or [each.type for each in given] != ["object"]:
        return None
    if not t.classes or not extends_component(t, t.classes[-1]) or declares_method(t.module.parsed.root, name):
        return None
    fields, _ = fields_of(t, given[0])
    if not fields or not _are_named(fields):
        fields = f"{t.helper('Obj')}({fields})"
    return Expr(f"{t.text(inner)}.{name}({fields})")


def _is_package(t: Translator, node: Node) -> bool:
    """Whether a name stands for what a package exports, which is no text and no number."""
    binding = t.binding(text_of(node)) if node.type == "identifier" else None
    if binding is None or binding.kind != "import":
        return False
    return t.module.program.imported(binding.module, t.module) is None


def _of_module(t: Translator, function: Node, arguments: Node, guards: list[str]) -> Expr | None:
    """`api.login()` of a module that is imported whole."""
    inner = function.child_by_field_name("object")
    binding = t.binding(text_of(inner)) if inner is not None and inner.type == "identifier" else None
    is_module = binding is not None and binding.kind == "import"
    if is_module and binding is not None and not is_react(binding):
        is_module = packages.is_module(t, binding, function)
    if not is_module and required(inner) is None:
        return None
    called = link(t, function, guards)
    if called.text.startswith(("Taro.", "js_Taro.")):
        return _of_taro(t, Expr(called.text.partition(".")[0]), called.text.partition(".")[2], arguments)
    t.hint = ""
    return Expr(f"{called.at(Level.ATOM)}({arguments_of(t, arguments)})", type=called.type.item or UNKNOWN)


def _of_taro(t: Translator, base: Expr, name: str, arguments: Node) -> Expr:
    """A function of Taro's; its options as named arguments, where they are written out."""
    member = spec.member(name) if spec.has(name) else None
    if member is None and name not in t.module.program.changes.fields:
        foreign = hints.foreign().get(name)
        raise Refused(f"`{name}` is no member of Taro", foreign.write if foreign is not None else "")
    type_ = result_of(name)
    given = [bare(child) for child in arguments.named_children if child.type != "comment"]
    if name == "getEnv":
        type_ = STRING
    if len(given) == 1 and given[0].type == "object" and takes_options(name):
        before, t.taro_result = t.taro_result, type_.item
        options, _ = fields_of(t, given[0], plain)  # which Taro takes as it takes objects
        t.taro_result = before
        if not _are_named(options):
            options = f"{t.helper('Obj')}({options})"
        return Expr(f"{base.text}.{name}({options})", type=type_)
    if name == "setStorageSync" and len(given) == 2 and can_be_plain(given[1]):
        return Expr(f"{base.text}.{name}({t.text(given[0])}, {plain(t, given[1]).text})", type=type_)
    called = f"{base.text}.{library.method(name)}" if member is not None else field(base, name).text
    return Expr(f"{called}({arguments_of(t, arguments, name)})", type=type_)


def _are_named(options: str) -> bool:
    """Whether the arguments of an object are all by name."""
    depth, quote, start = 0, "", True
    for index, char in enumerate(options):
        if quote:
            quote = "" if char == quote and options[index - 1] != "\\" else quote
        elif char in "\"'":
            quote = char
            if start:
                return False
        elif char in "([{":
            if start:
                return False
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 0:
            start = True
            continue
        if start and not char.isspace():
            word = options[index:].split("=", 1)[0]
            if not word.isidentifier() or options[index + len(word) : index + len(word) + 1] != "=":
                return False
            start = False
    return True


later.call_in_chain = call_in_chain
