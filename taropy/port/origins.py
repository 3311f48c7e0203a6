"""Where values come from: `fs.readFile` is a part of what `Taro.getFileSystemManager()` gave, however it is called.

An `Origin` is a module or a global and the steps from there: names of properties, and what is in brackets below. So a
renamed, destructured, required or re-exported Taro is Taro, and an own variable of that name is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from .names import Binding, Names, Path, Place, Scope, key_of, string_of, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

GLOBAL = "(global)"

CALLED = "(called)"  # what a call gives
AWAITED = "(awaited)"  # what a promise is resolved with
REASON = "(reason)"  # what it is rejected with
TOLD = "(told)"  # what a listener gets
MADE = "(made)"  # what `new` gives

STEPS = frozenset([CALLED, AWAITED, REASON, TOLD, MADE])

TARO = "@tarojs/taro"

#: Packages that export Taro itself.
TARO_PACKAGES = frozenset([TARO, "@tarojs/api", "@tarojs/taro-h5", "@tarojs/taro-rn"])

#: Packages that export React, or what stands in for it.
REACT_PACKAGES = frozenset(["react", "preact", "preact/hooks", "preact/compat", "nervjs", "@tarojs/react"])

#: The globals that are platforms' native objects, or lead to what a program asks for its platform.
GLOBALS = frozenset(["wx", "my", "swan", "tt", "qq", "jd", "process", "Array", "Symbol", "Reflect", "getCurrentPages"])

#: Expressions that are their only part.
TRANSPARENT = frozenset(
    ["parenthesized_expression", "non_null_expression", "as_expression", "satisfies_expression", "type_assertion"]
)

_DEEPEST = 60


@attrs.frozen(slots=False)
class Origin:
    """A module's specifier, or `GLOBAL`, and the steps from it to a value."""

    module: str
    path: tuple[str, ...] = ()

    def then(self, *steps: str) -> Origin:
        """The same, and these steps from there."""
        return Origin(self.module, (*self.path, *steps))

    @property
    def is_taro(self) -> bool:
        """Whether it begins at Taro."""
        return self.module == TARO


def taro(*steps: str) -> Origin:
    """An origin in Taro."""
    return Origin(TARO, steps)


class Origins:
    """The origins of a file's expressions.

    `known` says of the project's own modules what their exports are, by specifier and name.
    """

    def __init__(self, names: Names, known: Mapping[tuple[str, str], Origin] | None = None) -> None:
        self.names = names
        self.known: Mapping[tuple[str, str], Origin] | dict[tuple[str, str], Origin] = known or {}
        self._bindings: dict[int, Origin | None] = {}
        self._depth = 0

    def of(self, node: Node | None, scope: Scope) -> Origin | None:
        """Where the value of an expression comes from; None if from nowhere that matters."""
        if node is None or self._depth > _DEEPEST:
            return None
        self._depth += 1
        try:
            return self._of(node, scope)
        finally:
            self._depth -= 1

    def _of(self, node: Node, scope: Scope) -> Origin | None:
        match node.type:
            case "identifier" | "shorthand_property_identifier":
                return self.of_name(text_of(node), scope)
            case "member_expression":
                return self._step(node, scope, _text(node.child_by_field_name("property")))
            case "subscript_expression":
                return self._step(node, scope, string_of(node.child_by_field_name("index")))
            case "call_expression":
                return self._of_call(node, scope)
            case "await_expression":
                return self._awaited(self.of(_only(node), scope))
            case "new_expression":
                made = self.of(node.child_by_field_name("constructor"), scope)
                return made.then(MADE) if made is not None else None
            case kind if kind in TRANSPARENT:
                return self.of(_only(node), scope)
            case _:
                return None

    def of_name(self, name: str, scope: Scope) -> Origin | None:
        """Where what a name stands for in a scope comes from."""
        binding = scope.find(name)
        if binding is not None:
            return self.of_binding(binding)
        return Origin(GLOBAL, (name,)) if name in GLOBALS else None

    def of_binding(self, binding: Binding) -> Origin | None:
        """Where a variable's value comes from, if it always has the same."""
        key = id(binding)
        if key not in self._bindings:
            self._bindings[key] = None  # what is asked again meanwhile goes in a circle
            self._bindings[key] = self._bound(binding)
        return self._bindings[key]

    def _bound(self, binding: Binding) -> Origin | None:
        match binding.kind:
            case "import":
                return self.imported(binding.module, binding.path)
            case "const" | "let" | "var":
                whole = self._of_variable(binding, binding.place.scope)
            case "parameter":
                whole = _heard(self, binding)
            case "caught":
                whole = Origin(GLOBAL, (REASON,))
            case _:
                return None
        if whole is None or None in binding.path:
            return None
        return self.resolved(whole.then(*_known_steps(binding.path)))

    def imported(self, specifier: str, path: Path) -> Origin:
        """What a module gives under a name; the module itself without one."""
        return self.resolved(Origin(specifier, _known_steps(path)))

    def resolved(self, origin: Origin) -> Origin:
        """What an export of one of the project's own modules is known to be."""
        known = self.known.get((origin.module, origin.path[0])) if origin.path else None
        return known.then(*origin.path[1:]) if known is not None else normal(origin)

    def _of_variable(self, binding: Binding, scope: Scope) -> Origin | None:
        values = [value for value in (binding.value, *binding.writes) if value is not None]
        if len(values) != 1 or (binding.value is None and binding.path):
            return None
        if len(binding.writes) > (0 if binding.value is not None else 1):
            return None
        return self.of(values[0], scope)

    def _step(self, node: Node, scope: Scope, name: str | None) -> Origin | None:
        holder = node.child_by_field_name("object")
        if holder is not None and holder.type == "this":
            return self.of(_field(node, name), scope)
        whole = self.of(holder, scope)
        return self.resolved(whole.then(name)) if whole is not None and name is not None else None

    def _of_call(self, node: Node, scope: Scope) -> Origin | None:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        if function.type == "identifier" and text_of(function) == "require" and scope.find("require") is None:
            specifier = string_of(next(iter(arguments.named_children), None))
            if specifier is None:
                return None
            return self.imported(specifier, ())
        return _given_by(self.of(function, scope))

    @staticmethod
    def _awaited(promise: Origin | None) -> Origin | None:
        return promise.then(AWAITED) if promise is not None else None


def _field(node: Node, name: str | None) -> Node | None:
    """The value with which the class around declares a field: `env = process.env.TARO_ENV`, for `this.env`."""
    body = node.parent
    while body is not None and body.type != "class_body":
        body = body.parent
    for part in body.named_children if body is not None else ():
        key = part.child_by_field_name("name") if part.type == "public_field_definition" else None
        if key is not None and text_of(key) == name:
            return part.child_by_field_name("value")
    return None


def _given_by(called: Origin | None) -> Origin | None:
    """What a call gives: of a promise's `catch` and `finally` a promise of the same; what `then` makes of it is new."""
    if called is None:
        return None
    if called.path[-2:-1] == (CALLED,) and called.path[-1] in ("then", "catch", "finally"):
        return None if called.path[-1] == "then" else Origin(called.module, called.path[:-1])
    return called.then(CALLED)


def _known_steps(path: Path) -> tuple[str, ...]:
    return tuple(step for step in path if step is not None)


def normal(origin: Origin) -> Origin:
    """Taro's default export is Taro, however often one asks for it."""
    path = origin.path
    while origin.module in TARO_PACKAGES and path[:1] == ("default",):
        path = path[1:]
    module = TARO if origin.module in TARO_PACKAGES else origin.module
    return Origin(module, path) if (module, path) != (origin.module, origin.path) else origin


# --- what callbacks get ----------------------------------------------------------------------------------------

#: Of an options object, what each callback gets.
_CALLBACKS: Mapping[str, str] = {"success": AWAITED, "fail": REASON}
_HANDLERS: Mapping[tuple[str, int], str] = {("then", 0): AWAITED, ("then", 1): REASON, ("catch", 0): REASON}


def _heard(origins: Origins, parameter: Binding) -> Origin | None:
    """What the first parameter of a callback is, by where the callback stands."""
    function = parameter.place
    holder = function.up
    if parameter.index != 0 or holder is None:
        return None
    if function.kind == "method_definition":
        return _of_option(origins, _text(function.node.child_by_field_name("name")), holder)
    if holder.kind == "pair":
        key = holder.node.child_by_field_name("key")
        return _of_option(origins, key_of(key) if key is not None else None, holder.up)
    if holder.kind == "arguments" and holder.up is not None:
        index = [child.id for child in holder.node.named_children].index(function.node.id)
        return _of_argument(origins, holder.up, index)
    return None


def _of_option(origins: Origins, name: str | None, options: Place | None) -> Origin | None:
    """`Taro.login({ success: (res) => … })`."""
    step = _CALLBACKS.get(name or "")
    if step is None or options is None or options.kind != "object":
        return None
    arguments = options.up
    call = arguments.up if arguments is not None and arguments.kind == "arguments" else None
    made = origins.of(call.node, call.scope) if call is not None else None
    if made is not None:
        return made.then(step)
    return Origin(GLOBAL, (REASON,)) if step == REASON else None


def _of_argument(origins: Origins, call: Place, index: int) -> Origin | None:
    """`promise.then((res) => …)`, `Taro.onMemoryWarning((res) => …)`."""
    function = call.node.child_by_field_name("function")
    if function is None:
        return None
    name = _text(function.child_by_field_name("property")) if function.type == "member_expression" else None
    step = _HANDLERS.get((name or "", index))
    if step is None:
        called = origins.of(function, call.scope)
        return called.then(CALLED, TOLD) if called is not None and index == 0 else None
    promise = origins.of(function.child_by_field_name("object"), call.scope)
    if promise is not None:
        return promise.then(step)
    return Origin(GLOBAL, (REASON,)) if step == REASON else None


def _only(node: Node) -> Node | None:
    return next((child for child in node.named_children if child.type not in ("comment", "type_arguments")), None)


def _text(node: Node | None) -> str | None:
    return text_of(node) if node is not None else None
