"""Functions: as `def`, as `async def` that begins at the call, or as a lambda where one expression is all there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, LOOPS, Binding, Scope, text_of
from . import comments
from .declared import type_of_function
from .given_dicts import is_given_dicts
from .handed_on import calls_by_others
from .naming import python_name
from .parameters import Parameter
from .patterns import is_simple_pattern, stand_for_parts
from .shapes import called_with
from .signatures import Signature, may_be_left_out
from .signing import ends, gives_value, of_kept, of_result
from .translator import Function, Translator, expression, hint_of, later
from .tree import Expr, Level, Refused
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node

#: A lambda of more than this is hard to read.
_LONGEST_LAMBDA = 76


@expression("arrow_function", "function_expression", "generator_function")
def function_value(t: Translator, node: Node) -> Expr:
    """A function as a value: a lambda, or the name of a function that is written before."""
    name, t.hint = t.hint, ""
    item, t.item = t.item or called_with(t, node), ()
    at_once, t.called_at_once = t.called_at_once, False
    type_parameters(t, node, item)
    type_ = type_of_function(t.module, node)
    kept = kept_of(t, node, at_once=at_once)
    short = _as_lambda(t, node) if not kept else None
    if short is not None:
        return attrs.evolve(short, type=type_)
    own = node.child_by_field_name("name")
    binding = (
        t.module.names.scopes[node.id].bindings.get(text_of(own))
        if own is not None and node.type == "function_expression"
        else None
    )
    python = t.python(binding) if binding is not None else t.fresh(hint_of(name) if name else "function")
    define(t, node, python, kept=kept)
    return Expr(python, type=type_, pure=True)


def is_generator(node: Node) -> bool:
    """Whether it is `function*`."""
    return any(child.type == "*" for child in node.children)


def type_parameters(t: Translator, node: Node, types: tuple[Type, ...]) -> None:
    """Remembers what a function is called with, where its parameters do not say it."""
    for parameter, type_ in zip(t.module.parameters_of(node), types, strict=False):
        if parameter.type is not None or parameter.default is not None:
            continue
        if parameter.pattern.type != "identifier":
            t.of_patterns[parameter.pattern.id] = type_
        else:
            t.expect_type(t.module.names.scopes[node.id].bindings.get(text_of(parameter.pattern)), type_)


# --- lambdas -----------------------------------------------------------------------------------------------------


def _as_lambda(t: Translator, node: Node) -> Expr | None:
    """The function as a lambda; None if it has to be a `def`."""
    body = node.child_by_field_name("body")
    is_async = any(child.type == "async" for child in node.children)
    if node.type != "arrow_function" or body is None or is_async:
        return None
    parameters = t.module.parameters_of(node)
    if body.type == "statement_block":
        only = [child for child in body.named_children]
        if (
            len(only) != 1
            or only[0].type not in ("expression_statement", "return_statement")
            or not only[0].named_children
        ):
            return None
        returns, body = only[0].type == "return_statement", only[0].named_children[0]
        if not returns or body.type == "comment":
            return None
    if any(each.default is not None or each.is_rest or each.optional for each in parameters):
        return None
    if any(not is_simple_pattern(each.pattern) for each in parameters):
        return None
    if any(is_given_dicts(t.module, node, index) for index in range(len(parameters))):
        return None
    names: list[str] = []
    state = (len(t.refusals), len(t.notes), set(t.helpers), dict(t.standing_for), set(t.done))
    try:
        with t.out.aside() as lines, t.inside(node), t.function(_function(t, node, is_async=False)):
            names = [_lambda_parameter(t, each) for each in parameters]
            made = t.expr(body)
            names = _taking(t, node, names, parameters)
    except Refused:
        made, lines = None, []
    if (
        made is not None
        and not lines
        and made.level is not Level.WALRUS
        and ":=" not in made.text
        and len(made.text) <= _LONGEST_LAMBDA
    ):
        head = f"lambda {', '.join(names)}" if names else "lambda"
        return Expr(f"{head}: {made.at(Level.TERNARY)}", Level.LAMBDA)
    del t.refusals[state[0] :], t.notes[state[1] :]
    t.helpers, t.standing_for, t.done = state[2], state[3], state[4]
    return None


def _taking(t: Translator, node: Node, names: list[str], parameters: Sequence[Parameter]) -> list[str]:
    """The parameters of a lambda that takes whatever it is called with."""
    calls = calls_by_others(t.module, node)
    lacking = [index for index in range(len(parameters)) if may_be_left_out(t, node, index, calls)]
    first = lacking[0] if lacking else len(names)
    unread = [f"*{t.module.naming.unread(node)}"] if calls.most > len(names) else []
    return [*names[:first], *(f"{name}=None" for name in names[first:]), *unread]


def _lambda_parameter(t: Translator, parameter: Parameter) -> str:
    pattern = parameter.pattern
    if pattern.type == "identifier":
        binding = t.binding(text_of(pattern))
        return t.python(binding) if binding is not None else python_name(text_of(pattern))
    name = t.fresh("item" if pattern.type == "object_pattern" else "entry")
    stand_for_parts(t, pattern, Expr(name, type=_type_of_pattern(t, parameter), pure=True))
    return name


def _type_of_pattern(t: Translator, parameter: Parameter) -> Type:
    """What is known of what a parameter takes apart: what it is declared as, or what the callback is called with."""
    if parameter.type is not None:
        return t.module.types.of(parameter.type)
    return t.of_patterns.get(parameter.pattern.id, UNKNOWN)


# --- def ---------------------------------------------------------------------------------------------------------


def _function(t: Translator, node: Node, *, is_async: bool) -> Function:
    this = t.current.this if node.type == "arrow_function" else None
    if node.type != "arrow_function" and node.parent is not None:
        holder = node.parent.parent if node.parent.type == "pair" else node.parent
        this = t.objects.get(holder.id) if holder is not None else None
    given = t.current.arguments if node.type == "arrow_function" else None
    return Function(t.module.names.scopes.get(node.id), is_async, this, arguments=given)


def define(
    t: Translator,
    node: Node,
    name: str,
    *,
    kept: Sequence[str] = (),
    first: str = "",
    function: Function | None = None,
    decorators: tuple[str, ...] = (),
    begin: Callable[[Signature], None] | None = None,
) -> None:
    """Writes the function under a name. `kept` are variables of a loop's turn that it goes on using."""
    yields = is_generator(node)
    is_async = any(child.type == "async" for child in node.children)
    doc, t.doc = t.doc, None
    with t.inside(node), t.annotator.generic_in(node), t.function(function or _function(t, node, is_async=is_async)):
        t.current.is_async, t.current.yields = is_async, yields
        signature = Signature(t, node, first=first)
        for decorator in decorators:
            t.out.write(decorator)
        if is_async or yields:
            t.out.write(f"@{t.helper('generator' if yields else 'started')}")
        parts = [*signature.parts]
        if kept:
            parts += [
                *([] if any(part.startswith("*") for part in parts) else ["*"]),
                *kept,
            ]
        body, head = node.child_by_field_name("body"), len(t.out.lines)
        t.current.gives = gives_value(t, node)
        t.out.write("")  # the first line, once it is known what is returned
        with t.out.block():
            if doc is not None:
                comments.write_doc(t, doc)
            declare_outer(t, node)
            for each in signature.begin:
                each()
            if begin is not None:
                begin(signature)
            _body(t, node)
            result = of_result(t, node, ", ".join(parts))
            if yields:
                if not _yields(body):
                    t.out.write("for _ in (): yield" if is_async else "yield from ()")
                result = f" -> {t.annotator.any}" if result else ""
            elif result[4:] not in ("", "None", "Any") and not ends(body):
                t.out.write("return None")
        text = f"{'async ' if is_async else ''}def {name}({', '.join(parts)}){result}:"
        t.out.lines[head] = attrs.evolve(t.out.lines[head], text=text)


def _yields(node: Node | None) -> bool:
    """Whether a `yield` of a function's own stands in its body."""
    if node is None or node.type in FUNCTIONS:
        return False
    return node.type == "yield_expression" or any(map(_yields, node.named_children))


@expression("yield_expression")
def yielded(t: Translator, node: Node) -> Expr:
    """`yield value` and `yield* values`."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if t.current.is_async:
        return _yielded_later(t, node, parts)
    if any(child.type == "*" for child in node.children):
        return Expr(f"(yield from {t.helper('yield_all')}({t.text(parts[0] if parts else None)}))")
    return Expr(f"(yield {t.text(parts[0])})" if parts else "(yield)")


def _yielded_later(t: Translator, node: Node, parts: list[Node]) -> Expr:
    """The same in an async generator, which yields what a promise comes to."""
    if any(child.type == "*" for child in node.children):
        raise Refused("`yield*` of an async generator is only ported as a line", "a loop")
    if not parts:
        return Expr("(yield)")
    value = t.expr(parts[0])
    is_plain = value.type.kind not in ("unknown", "promise") or parts[0].type in ("await_expression", "object")
    shown = value.at(Level.TERNARY) if is_plain else f"await {t.helper('Promise')}.resolve({value.at(Level.TERNARY)})"
    return Expr(f"(yield {shown})")


def yield_each(t: Translator, node: Node) -> bool:
    """`yield* pages()` as a line of an async generator."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if not t.current.is_async or not any(child.type == "*" for child in node.children):
        return False
    name = t.fresh("value")
    t.out.write(f"async for {name} in {t.helper('each_of')}({t.text(parts[0])}):")
    with t.out.block():
        t.out.write(f"yield {name}")
    return True


def empty_getter(t: Translator, name: str) -> None:
    """A getter that gives nothing, which Python needs before a setter."""
    t.out.write("@property")
    t.out.write(f"def {name}(self){f' -> {t.annotator.any}' if t.module.is_typed else ''}:")
    with t.out.block():
        t.out.write("return None")


def declare_outer(t: Translator, node: Node) -> None:
    """`nonlocal` and `global`, for what the function sets of those around it."""
    scope = t.module.names.scopes.get(node.id)
    outer: set[str] = set()
    globals_: set[str] = set()
    for binding in t.module.set_in.get(id(scope), ()):
        home = binding.scope.function() if binding.scope is not None else None
        if home is scope or id(binding) in t.standing_for:
            continue
        (globals_ if home is not None and home.outer is None else outer).add(t.python(binding))
    if outer:
        t.out.write(f"nonlocal {', '.join(sorted(outer))}")
    if globals_:
        t.out.write(f"global {', '.join(sorted(globals_))}")


def _body(t: Translator, node: Node) -> None:
    body = node.child_by_field_name("body")
    if body is None:
        raise Refused("a function without a body is not ported")
    if body.type == "statement_block":
        t.declare_vars(node)
        later.block(t, body.children[1:-1] if body.children and body.children[0].type == "{" else body.children)
    else:
        later.returned(t, body)


def kept_of(t: Translator, node: Node, *, at_once: bool = False) -> list[str]:
    """The variables of a loop's turn that a function goes on using after it; `Refused` if they change."""
    if not t.loops or (at_once and not any(child.type == "async" for child in node.children)):
        return []
    scope = t.module.names.scopes[node.id]
    found = []
    for key in t.module.naming.used_in.get(id(scope), ()):
        binding = t.module.naming.by_id[key]
        if not _is_of_turn(t, binding, scope):
            continue
        is_loops = (
            id(binding.scope) in t.loops
            and binding.place.kind in ("for_in_statement", "for_statement", "variable_declarator")
            and ((binding.place.up is not None and binding.place.kind != "variable_declarator") or _is_counter(binding))
        )
        changes = [where for where in binding.written_in if id(where) not in t.loops or not is_loops]
        if not changes and is_loops and any(_may_change_after(binding, each, node) for each in binding.written_by):
            changes = binding.written_in
        if changes or binding.node.start_byte > node.start_byte or _is_value_of(binding, node):
            raise Refused(
                f"a function that goes on using `{binding.name}` of a loop's turn, which changes, is not ported",
                "a function that is called with it",
            )
        found.append(of_kept(t, binding))
    return sorted(found)


def _may_change_after(binding: Binding, setting: Node, function: Node) -> bool:
    """Whether a turn of the variable's loop may still set it once the function is made."""
    loop = next(place.node for place in (binding.place, *binding.place.around()) if place.kind in LOOPS)
    step, around = loop.child_by_field_name("increment"), setting.parent
    if step is not None and step.start_byte <= setting.start_byte < step.end_byte:
        return False  # each turn begins with a variable of its own
    if setting.start_byte >= function.start_byte:
        return True
    while around is not None and around != loop:
        if around.type in LOOPS and around.end_byte > function.start_byte:
            return True  # in a further turn of a loop within
        around = around.parent
    return False


def _is_counter(binding: Binding) -> bool:
    up = binding.place.up
    return up is not None and up.up is not None and up.up.kind == "for_statement"


def _is_value_of(binding: Binding, node: Node) -> bool:
    return binding.value is not None and binding.value.start_byte <= node.start_byte < binding.value.end_byte


def _is_of_turn(t: Translator, binding: Binding, inner: Scope) -> bool:
    scope = binding.scope
    if scope is None or (binding.kind in ("import", "class", "enum", "parameter") and id(scope) not in t.loops):
        return False
    outer = inner.outer.function() if inner.outer is not None else None
    if scope.function() is not outer:
        return False
    while scope is not None and not scope.is_function:
        if id(scope) in t.loops:
            return True
        scope = scope.outer
    return False


later.function_value = function_value
