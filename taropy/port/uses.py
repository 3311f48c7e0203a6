"""Where a file uses Taro: what it calls, reads, takes out and sets, by whatever name, and what guards it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Literal

import attrs

from .conditions import Condition, Conditions, There
from .names import FUNCTIONS, Binding, Names, Place, key_of, string_of, text_of
from .origins import AWAITED, CALLED, GLOBAL, MADE, TARO, TRANSPARENT, Origin, Origins
from .reaching import Others, Reaching
from .source import Position, Source

if TYPE_CHECKING:
    from tree_sitter import Node

#: `asked`: only whether it is there is read, as in `if (Taro.login)`.
Form = Literal["call", "read", "asked", "write", "destructured", "computed"]

#: The platforms' native objects, which are globals of their programs.
NATIVE = frozenset(["wx", "my", "swan", "tt", "qq", "jd"])

_ASKING = frozenset(["===", "!==", "==", "!=", "instanceof"])

#: Below a promise these are JavaScript's.
_OF_PROMISES = frozenset(["then", "catch", "finally"])


@attrs.frozen(slots=False)
class Option:
    """An option that a call is given; `value` where it is a plain text."""

    name: str
    at: Position
    value: str | None = None


@attrs.frozen(slots=False)
class Use:
    """One use of Taro or of a native object.

    Of the steps of `origin`, the last `own` are made here; those before were made where the value was got. `guards` all
    hold when the use is reached; `tried` ones stand in a `try` with a `catch`, `top` ones run when the module is
    imported.
    """

    origin: Origin
    own: int
    at: Position
    form: Form
    guards: tuple[Condition, ...] = ()
    tried: bool = False
    top: bool = False
    options: tuple[Option, ...] = ()


@attrs.frozen(slots=False)
class Computed:
    """`Taro[name]`, with the values that can reach `name`; `whole` if there can be no others."""

    at: Position
    text: str
    values: tuple[str, ...]
    whole: bool


@attrs.frozen(slots=False)
class Component:
    """An element of one of Taro's components in a page's view, and its attributes."""

    name: str
    at: Position
    attributes: tuple[Option, ...]
    guards: tuple[Condition, ...] = ()


class Uses:
    """Finds the uses in a file."""

    def __init__(self, source: Source, names: Names, origins: Origins, others: Others | None = None) -> None:
        self.source = source
        self.names = names
        self.origins = origins
        self.conditions: Conditions = Conditions(origins)
        self.reaching: Reaching = Reaching(names, source.path, others)
        self.computed: list[Computed] = []
        self.handing_on: set[str] = {module for module, _ in origins.known}

    def find(self) -> list[Use]:
        """All uses, in the order of the text."""
        found = [use for name in self._names() for use in self._of_name(name)]
        found += [use for place in self.names.watched.get("this", ()) for use in self._of_field(place)]
        found += [use for binding in self.names.bindings for use in self._destructured(binding)]
        return sorted(found, key=lambda use: use.at)

    def components(self) -> list[Component]:
        """The elements of Taro's components in the file's JSX."""
        watched = self.names.watched
        elements = watched.get("jsx_opening_element", []) + watched.get("jsx_self_closing_element", [])
        return [found for element in elements if (found := self._component(element)) is not None]

    # --- references --------------------------------------------------------------------------------------------

    def _names(self) -> Iterable[str]:
        """The names that stand for something of Taro's anywhere in the file, and those of native objects."""
        known = ((binding.name, self.origins.of_binding(binding)) for binding in self.names.bindings)
        return {name for name, origin in known if origin is not None and self._matters(origin)} | NATIVE

    def _matters(self, origin: Origin) -> bool:
        """Whether it is Taro or a native object, or a module of the project's that hands one of them on."""
        return _is_taro_or_native(origin) or (not origin.path and origin.module in self.handing_on)

    def _of_name(self, name: str) -> Iterator[Use]:
        for place in self.names.references.get(name, ()):
            start = self.origins.of_name(name, place.scope)
            if start is not None and self._matters(start):
                yield from self._at_reference(place, start)

    def _of_field(self, place: Place) -> Iterator[Use]:
        """`this.task.abort()`, where the class declares the field with something of Taro's."""
        member = place.up
        start = self.origins.of(member.node, place.scope) if member is not None else None
        if member is not None and start is not None and _is_taro_or_native(start):
            yield from self._at_reference(member, start)

    def _at_reference(self, place: Place, start: Origin) -> Iterator[Use]:
        chain = _Chain(place, start)
        if chain.computed is not None:
            yield from self._computed(place, chain)
            return
        if chain.steps or self._is_import(place):
            origin = self.origins.resolved(start.then(*chain.steps))
            own = len(chain.steps) if origin.module == start.module else len(origin.path)
            if _is_taro_or_native(origin):
                yield self._use(place, origin, min(own, len(origin.path)), chain.form, chain.call, chain.asked)

    def _is_import(self, place: Place) -> bool:
        binding = place.scope.find(text_of(place.node))
        return binding is not None and binding.kind == "import" and self.origins.of_binding(binding) != Origin(TARO)

    def _computed(self, place: Place, chain: _Chain) -> Iterator[Use]:
        node, index = chain.computed or (place.node, place.node)
        values = self.reaching.values(index, place.scope)
        text = " ".join(text_of(node).split())
        at = self.source.position(place.node.start_point)
        self.computed.append(Computed(at, text, tuple(values.texts), values.whole))
        for value in values.texts:
            yield self._use(place, chain.start.then(*chain.steps, value), len(chain.steps) + 1, "computed")

    def _use(
        self,
        place: Place,
        origin: Origin,
        own: int,
        form: Form,
        call: Node | None = None,
        asked: Condition | None = None,
    ) -> Use:
        guards = self.conditions.around(place)
        return Use(
            origin,
            own,
            self.source.position(place.node.start_point),
            form,
            guards if asked is None else (*guards, asked),
            _is_tried(place),
            form == "call" and _runs_at_import(place),
            tuple(self._options(call)) if call is not None else (),
        )

    def _options(self, call: Node) -> Iterator[Option]:
        arguments = call.child_by_field_name("arguments")
        first = next(iter(arguments.named_children), None) if arguments is not None else None
        if first is None or first.type != "object":
            return
        for part in first.named_children:
            if part.type == "shorthand_property_identifier":
                yield Option(text_of(part), self.source.position(part.start_point))
                continue
            key = part.child_by_field_name("key" if part.type == "pair" else "name")
            name = key_of(key) if key is not None else None
            if name is not None:
                value = string_of(part.child_by_field_name("value"))
                yield Option(name, self.source.position(part.start_point), value)

    # --- destructuring -----------------------------------------------------------------------------------------

    def _destructured(self, binding: Binding) -> Iterator[Use]:
        """`const { request: send } = Taro`; a parameter's pattern reads fields in the same way."""
        if binding.kind == "import" or not binding.path or None in binding.path:
            return
        origin = self.origins.of_binding(binding)
        if origin is None or not _is_taro_or_native(origin) or not origin.path:
            return
        place = binding.place
        yield Use(
            origin,
            len(binding.path),
            self.source.position(binding.node.start_point),
            "destructured",
            self.conditions.around(place),
            _is_tried(place),
        )

    # --- components --------------------------------------------------------------------------------------------

    def _component(self, place: Place) -> Component | None:
        name = place.node.child_by_field_name("name")
        origin = self.origins.of(name, place.scope) if name is not None else None
        if origin is None or origin.module != "@tarojs/components" or len(origin.path) != 1:
            return None
        attributes = (self._attribute(child) for child in place.node.named_children if child.type == "jsx_attribute")
        return Component(
            origin.path[0],
            self.source.position(place.node.start_point),
            tuple(attributes),
            self.conditions.around(place),
        )

    def _attribute(self, node: Node) -> Option:
        name, *rest = node.named_children
        value = rest[0] if rest else None
        if value is not None and value.type == "jsx_expression":
            value = next(iter(value.named_children), None)
        return Option(text_of(name), self.source.position(node.start_point), string_of(value))


class _Chain:
    """The steps that are made where a name is used, from the name outwards: `Taro.login().then(…)`."""

    def __init__(self, place: Place, start: Origin) -> None:
        self.start = start
        self.steps: list[str] = []
        self.form: Form = "read"
        self.call: Node | None = None
        self.asked: Condition | None = None
        self.computed: tuple[Node, Node] | None = None
        node, outer = place.node, place.up
        while outer is not None and self._step(outer.node, outer.kind, node):
            node, outer = outer.node, outer.up
        if outer is not None and self.steps and self.form == "read":
            self.form = _form_within(outer, node)

    def _step(self, outer: Node, kind: str, node: Node) -> bool:
        """Whether `outer` is a step on from `node`."""
        match kind:
            case "member_expression":
                member = outer.child_by_field_name("property")
                return member is not None and self._add_name(text_of(member))
            case "subscript_expression" if outer.child_by_field_name("object") == node:
                index = outer.child_by_field_name("index")
                name = string_of(index)
                if name is None and index is not None and not self.steps and _is_object(self.start):
                    self.computed = outer, index
                return name is not None and self._add_name(name)
            case "call_expression" if outer.child_by_field_name("function") == node:
                return self._add_call(outer)
            case "new_expression" if outer.child_by_field_name("constructor") == node:
                self.steps.append(MADE)
            case "await_expression":
                self.steps.append(AWAITED)
            case kind if kind not in TRANSPARENT:
                return False
        return True

    def _add_name(self, name: str) -> bool:
        before = self.steps[-1] if self.steps else (self.start.path or ("",))[-1]
        if name in _OF_PROMISES and before == CALLED:
            return False
        self.steps.append(name)
        return True

    def _add_call(self, call: Node) -> bool:
        if CALLED not in self.steps:
            self.call = call
            if any(child.type == "?." for child in call.children):  # `Taro.login?.()` asks whether it is there
                self.asked = There(self.start.then(*self.steps))
        self.form = "call"
        self.steps.append(CALLED)
        return True


def _form_within(outer: Place, node: Node) -> Form:
    """What is done with a member by what stands around it."""
    match outer.kind:
        case "assignment_expression" if outer.node.child_by_field_name("left") == node:
            return "write"
        case "unary_expression" if outer.node.children[0].type in ("!", "typeof"):
            return "asked"
        case "binary_expression" if outer.node.children[1].type in _ASKING:
            return "asked"
        case "if_statement" | "ternary_expression" if outer.node.child_by_field_name("condition") == node:
            return "asked"
        case "binary_expression" if outer.node.child_by_field_name("left") == node:
            return "asked" if outer.node.children[1].type in ("&&", "||", "??") else "read"
        case _:
            return "read"


def _is_taro_or_native(origin: Origin) -> bool:
    return origin.module == TARO or (origin.module == GLOBAL and origin.path[0] in NATIVE)


def _is_object(origin: Origin) -> bool:
    """Whether it is Taro itself, or a native object."""
    return origin == Origin(TARO) or (origin.module == GLOBAL and len(origin.path) == 1)


def _runs_at_import(place: Place) -> bool:
    """Whether code runs when its module is imported: outside of functions, and of fields that each object has."""
    for outer in place.around():
        is_own = outer.kind == "public_field_definition" and all(
            child.type != "static" for child in outer.node.children
        )
        if is_own or outer.kind in FUNCTIONS:
            return False
    return True


def _is_tried(place: Place) -> bool:
    inner = place
    for outer in place.around():
        is_caught = outer.kind == "try_statement" and outer.node.child_by_field_name("handler") is not None
        if is_caught and outer.node.child_by_field_name("body") == inner.node:
            return True
        inner = outer
    return False
