"""React: what a program imports of it, states that are taken apart, callbacks that are kept under their own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from ..names import FUNCTIONS, Binding, text_of
from ..origins import REACT_PACKAGES, TARO_PACKAGES
from .declared import type_of_function
from .functions import define
from .patterns import target_name
from .translator import Translator
from .tree import Expr, Level, Refused
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node

#: What taropy.js has of React.
REACT = {
    "Component": "Component",
    "PureComponent": "PureComponent",
    "createContext": "create_context",
    "createRef": "create_ref",
    "forwardRef": "forward_ref",
    "memo": "memo",
    "useCallback": "use_callback",
    "useContext": "use_context",
    "useEffect": "use_effect",
    "useImperativeHandle": "use_imperative_handle",
    "useLayoutEffect": "use_layout_effect",
    "useMemo": "use_memo",
    "useReducer": "use_reducer",
    "useRef": "use_ref",
    "useState": "use_state",
}

_STATES = frozenset(["useState", "useReducer"])
_WRAPPERS = frozenset(["forwardRef", "memo"])
#: At which place each hook is told what it depends on.
_DEPENDENCIES = {"useCallback": 1, "useEffect": 1, "useImperativeHandle": 2, "useLayoutEffect": 1, "useMemo": 1}


def of_react(t: Translator, binding: Binding) -> Expr | None:
    """What a name that is imported of React stands for; of older versions, Taro hands React's names on."""
    name = binding.path[0] if binding.path else None
    if name is None or name not in REACT or binding.module not in REACT_PACKAGES | TARO_PACKAGES:
        return None
    return _named(t, name)


def member_of_react(t: Translator, binding: Binding, key: str) -> Expr | None:
    """`React.useState`, and `Taro.useState` of older versions."""
    if binding.path not in ((), ("default",)) or binding.module not in REACT_PACKAGES | TARO_PACKAGES:
        return None
    if key in REACT:
        return _named(t, key)
    if binding.module in REACT_PACKAGES:
        raise Refused(f"`{key}` of React is not ported")
    return None


def is_react(binding: Binding) -> bool:
    """Whether it is React as a whole."""
    return binding.module in REACT_PACKAGES and binding.path in ((), ("default",))


def _named(t: Translator, name: str) -> Expr:
    is_class = name.endswith("Component")
    type_ = Type("class", name=name) if is_class else Type("function")
    return Expr(t.helper(REACT[name]), type=type_, pure=True)


def hook_of(t: Translator, node: Node) -> str | None:
    """Which of React's functions a call calls."""
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    if function is None:
        return None
    if function.type == "member_expression":
        inner, key = function.child_by_field_name("object"), function.child_by_field_name("property")
        binding = t.binding(text_of(inner)) if inner is not None and inner.type == "identifier" else None
        name = text_of(key) if key is not None else ""
        found = binding is not None and binding.kind == "import" and member_of_react_is_known(binding, name)
        return name if found else None
    binding = t.binding(text_of(function)) if function.type == "identifier" else None
    if binding is None or not binding.path or binding.path[0] not in REACT:
        return None
    of_react = _is_taken_of_react(t, binding) or binding.module in REACT_PACKAGES | TARO_PACKAGES
    return binding.path[0] if of_react else None


def dependencies_of(t: Translator, arguments: Node) -> Node | None:
    """The list of what an effect, or what is kept, depends on; it is looked at, and no more."""
    place = _DEPENDENCIES.get(hook_of(t, arguments.parent) or "") if arguments.parent is not None else None
    given = [each for each in arguments.named_children if each.type != "comment"]
    return given[place] if place is not None and place < len(given) else None


def member_of_react_is_known(binding: Binding, key: str) -> bool:
    """Whether it is one of the names of React's that are ported."""
    is_whole = binding.path in ((), ("default",)) and binding.module in REACT_PACKAGES | TARO_PACKAGES
    return is_whole and key in REACT


def declared(t: Translator, target: Node, made: Node) -> bool:
    """Writes what is declared as a state or as a callback; False if that is for others to write."""
    if target.type == "object_pattern" and made.type == "identifier":
        return _taken_of_react(t, target)
    hook = hook_of(t, made)
    if hook in _STATES and target.type == "array_pattern":
        return _state(t, target, made)
    if hook == "useCallback" and target.type == "identifier":
        return _callback(t, target, made)
    if hook in _WRAPPERS and target.type == "identifier":
        return _wrapped(t, target, made)
    if hook == "createContext" and target.type == "identifier" and is_provided(t, t.binding(text_of(target))):
        t.out.write(f"{target_name(t, target)} = {t.text(made).removesuffix(')')}, provided=True)".replace("(, ", "("))
        return True
    return False


def _is_taken_of_react(t: Translator, binding: Binding) -> bool:
    """Whether it is a part of React: `const { useState } = React`."""
    value = binding.value
    whole = t.binding(text_of(value)) if value is not None and value.type == "identifier" else None
    return whole is not None and whole.kind == "import" and is_react(whole) and len(binding.path) == 1


def _taken_of_react(t: Translator, pattern: Node) -> bool:
    """`const { useState, memo } = React`: the names stand for what the library has."""
    names = [text_of(child) for child in pattern.named_children if child.type != "comment"]
    found = [binding for name in names if (binding := t.binding(name)) is not None and _is_taken_of_react(t, binding)]
    if not names or len(found) != len(names) or any(binding.path[0] not in REACT for binding in found):
        return False
    for binding in found:
        t.standing_for[id(binding)] = _named(t, str(binding.path[0]))
    return True


def _state(t: Translator, target: Node, made: Node) -> bool:
    """`count, set_count = use_state(0)`."""
    parts = [child for child in target.children if child.type not in ("[", "]", "comment")]
    spots: list[Node | None] = [None, None]
    at = 0
    for part in parts:
        if part.type == ",":
            at += 1
        elif part.type == "identifier" and at < 2:
            spots[at] = part
        else:
            return False
    t.hint = text_of(spots[0]) if spots[0] is not None else ""
    value = t.expr(made)
    names = [target_name(t, spot) if spot is not None else "_" for spot in spots]
    first = spots[0]
    if first is not None:
        t.set_type(t.binding(text_of(first)), _type_of_state(t, made))
    t.out.write(f"{', '.join(names)} = {value.at(Level.TERNARY)}")
    return True


def _type_of_state(t: Translator, made: Node) -> Type:
    """What TypeScript takes the state for: what it is said to be, or what it begins with."""
    if not t.module.is_typed or hook_of(t, made) != "useState":
        return UNKNOWN
    arguments = made.child_by_field_name("arguments")
    initial = next((each for each in arguments.named_children if each.type != "comment"), None) if arguments else None
    said = made.child_by_field_name("type_arguments")
    if said is not None and said.named_children:
        found = t.module.types.of(said.named_children[0])
        return attrs.evolve(found, nullable=True) if initial is None else found
    kinds = {"number": "number", "string": "string", "true": "boolean", "false": "boolean"}
    kind = kinds.get(initial.type) if initial is not None else None
    return Type(kind) if kind is not None else UNKNOWN  # type: ignore[arg-type]


def _callback(t: Translator, target: Node, made: Node) -> bool:
    """`def save(): …` and `save = use_callback(save, [name])`."""
    arguments = made.child_by_field_name("arguments")
    given = [each for each in arguments.named_children if each.type != "comment"] if arguments is not None else []
    if len(given) not in (1, 2) or given[0].type != "arrow_function":
        return False
    body = given[0].child_by_field_name("body")
    if body is None or body.type != "statement_block":
        return False
    name = target_name(t, target)
    define(t, given[0], name)
    t.set_type(t.binding(text_of(target)), type_of_function(t.module, given[0]))
    rest = f", {t.expr(given[1]).once}" if len(given) == 2 else ""
    t.out.write(f"{name} = {t.helper('use_callback')}({name}{rest})")
    return True


def _wrapped(t: Translator, target: Node, made: Node) -> bool:
    """`const Input = memo(forwardRef((props, ref) => …))`, with decorators."""
    decorators: list[str] = []
    inner = made
    while (hook := hook_of(t, inner)) in _WRAPPERS:
        arguments = inner.child_by_field_name("arguments")
        given = [each for each in arguments.named_children if each.type != "comment"] if arguments is not None else []
        if len(given) != 1:
            return False
        decorators.append(f"@{t.helper(REACT[hook or ''])}")
        inner = given[0]
    if inner.type not in ("arrow_function", "function_expression"):
        return False
    define(t, inner, target_name(t, target), decorators=tuple(decorators))
    return True


def is_provided(t: Translator, binding: Binding | None) -> bool:
    """Whether any component of the program gives a context a value."""
    name = binding.name.encode() if binding is not None else b""
    return any(b"<" + name + b".Provider" in each.parsed.source.text for each in t.module.program.modules.values())


def hint_for_returned(node: Node) -> str:
    """A name for a function that is returned: what an effect returns cleans up."""
    function = node.parent
    while function is not None and function.type not in FUNCTIONS:
        function = function.parent
    arguments = function.parent if function is not None else None
    call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    called = call.child_by_field_name("function") if call is not None else None
    return "clean_up" if called is not None and text_of(called).endswith(("useEffect", "useLayoutEffect")) else ""


def defines_page(node: Node) -> bool:
    """Whether it is `definePageConfig({ … })`, which says a page's settings in its own module."""
    function = node.child_by_field_name("function") if node.type == "call_expression" else None
    return function is not None and text_of(function) == "definePageConfig"


def decorators_of(node: Node) -> list[Node]:
    """The decorators of a class, `@connect(…)`, where it is exported too."""
    up = node.parent
    around = up.named_children if up is not None and up.type == "export_statement" else []
    return [child for child in (*around, *node.named_children) if child.type == "decorator"]


def extends_component(t: Translator, node: Node) -> bool:
    """Whether a class is a component of React's."""
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    base = text_of(heritage.named_children[0]).removeprefix("extends").strip().partition("<")[0] if heritage else ""
    name, _, member = base.partition(".")
    binding = t.binding(name)
    if binding is None or binding.kind != "import":
        return False
    found = member_of_react(t, binding, member) if member else of_react(t, binding)
    return found is not None and found.type.kind == "class"
