"""Which calls take an object that is written out as a dict of Python's: `resolve({"code": 1})`, `request({"url": u})`.

Whoever is called makes an object of it: what settles a promise or sets a store does, and a function of the program if
several calls write one out for it, which begins with `options = to_js(options)` then. What stands for a package that
Python has not is written by a person, to whom a dict says more.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from ..names import Binding, Scope, text_of
from . import packages
from .given import reads_arguments
from .taking import function_called

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module, Program
    from .translator import Translator

#: Packages of which `create` makes stores, as taropy.js has them.
_STORES = frozenset(["zustand", "zustand/vanilla"])
#: So many calls of a function have to write an object out.
_SEVERAL = 2
#: A function's module, the function, and the place of a parameter.
_Key = tuple[str, int, int]


def takes_dict(t: Translator, literal: Node) -> bool:
    """Whether a literal of an object stands where a dict does as well."""
    call = literal.parent.parent if literal.parent is not None and literal.parent.type == "arguments" else None
    function = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
    if call is None or function is None:
        return False
    found = function_called(t.module, function, t.binding)
    if found is not None:
        return is_given_dicts(*found, _place(literal))
    binding = t.binding(text_of(function)) if function.type == "identifier" else None
    if binding is not None and (_settles(binding) or _sets_store(t.module, binding)):
        return True
    return _is_foreign(t, function)


def is_given_dicts(module: Module, function: Node, index: int) -> bool:
    """Whether a function of the program makes an object of what it is given for a parameter."""
    return _several(module.program)[str(module.path), function.id, index] >= _SEVERAL and _may_be_any(
        module, function, index
    )


def _is_foreign(t: Translator, function: Node) -> bool:
    """Whether it is a function of a package, or of a module, that is not here: `client.get`."""
    while function.type == "member_expression" and function.named_children:
        function = function.named_children[0]
    binding = t.binding(text_of(function)) if function.type == "identifier" else None
    if binding is None:
        return False
    return (binding.kind == "import" and t.python(binding) in t.foreign) or _is_made_by_foreign(t, binding)


def _is_made_by_foreign(t: Translator, binding: Binding) -> bool:
    """Whether a function of a package that is not here has made it, or what it is a part of: `axios.create(…)`."""
    found = t.module.program.value_of(t.module, binding, or_whole=True)
    if found is None or found[1].type != "call_expression":
        return False
    module, value = found
    maker: Node | None = value.child_by_field_name("function")
    while maker is not None and maker.type == "member_expression":
        maker = maker.child_by_field_name("object")
    made_by = module.names.root.find(text_of(maker)) if maker is not None and maker.type == "identifier" else None
    return made_by is not None and made_by.kind == "import" and packages.is_lacking(module, made_by)


def _settles(binding: Binding) -> bool:
    """Whether it is `resolve` or `reject` of `new Promise((resolve, reject) => …)`."""
    if binding.kind != "parameter" or binding.path or binding.writes:
        return False
    arguments = binding.place.node.parent
    made = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    kind = made.child_by_field_name("constructor") if made is not None else None
    is_promise = kind is not None and text_of(kind) == "Promise" and binding.place.scope.find("Promise") is None
    return is_promise and arguments is not None and arguments.named_children[0] == binding.place.node


def _sets_store(module: Module, binding: Binding) -> bool:
    """Whether it is `set` of zustand's `create((set, get) => …)`, which merges what it is given into the state."""
    if binding.kind != "parameter" or binding.path or binding.writes or binding.index:
        return False
    arguments = binding.place.node.parent
    made = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    while made is not None and made.type == "call_expression":
        made = made.child_by_field_name("function")  # create<State>()((set) => …)
    maker = module.names.root.find(text_of(made)) if made is not None and made.type == "identifier" else None
    return maker is not None and maker.kind == "import" and maker.module in _STORES


# --- functions of the program --------------------------------------------------------------------------------------


def _several(program: Program) -> Counter[_Key]:
    """How many calls of each function write an object out for a parameter."""
    found = program.found_by.get(__name__)
    if found is None:
        found = program.found_by[__name__] = Counter[_Key]()
        for module in program.modules.values():
            for place in module.names.watched.get("call_expression", ()):
                found.update(_written_out(module, place.node, place.scope))
    return cast("Counter[_Key]", found)


def _written_out(module: Module, call: Node, scope: Scope) -> list[_Key]:
    function, arguments = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    if function is None or arguments is None:
        return []
    literals = [each for each in arguments.named_children if each.type == "object" and each.named_children]
    found = function_called(module, function, scope.find) if literals else None
    return [(str(found[0].path), found[1].id, _place(each)) for each in literals] if found is not None else []


def _place(argument: Node) -> int:
    around = argument.parent
    assert around is not None
    return [each for each in around.named_children if each.type != "comment"].index(argument)


def _may_be_any(module: Module, function: Node, index: int) -> bool:
    """Whether nothing is declared of a parameter, so that a dict is as good as an object."""
    parameters = module.parameters_of(function)
    if (
        index >= len(parameters)
        or reads_arguments(module, function)
        or any(child.type == "*" for child in function.children)
    ):
        return False
    parameter = parameters[index]
    is_any = parameter.type is None or text_of(parameter.type).strip(": ") == "any"
    return is_any and not parameter.is_rest and parameter.default is None and parameter.pattern.type == "identifier"
