"""What a class has, and what makes an instance of it: `__init__`, with the fields where JavaScript sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import text_of
from . import fields
from .calls import arguments_of
from .fields import name_of
from .functions import define
from .signatures import Signature
from .translator import Function, Translator
from .tree import Refused

if TYPE_CHECKING:
    from tree_sitter import Node

FUNCTION_VALUES = ("arrow_function", "function_expression")


class Members:
    """The members of a class, as the program has them."""

    def __init__(self, body: Node) -> None:
        self.all: list[Node] = [
            child
            for child in body.named_children
            if child.type not in ("method_signature", "abstract_method_signature", "index_signature")
        ]
        self.fields: list[Node] = [
            child
            for child in self.all
            if child.type == "public_field_definition" and not is_static(child) and not is_method(child)
        ]
        self.constructor: Node | None = next(
            (child for child in self.all if child.type == "method_definition" and name_of(child) == "constructor"), None
        )


def is_static(node: Node) -> bool:
    """Whether it belongs to the class itself."""
    return any(child.type == "static" for child in node.children)


def is_method(node: Node) -> bool:
    """Whether it is a method, or a field that holds a function for good."""
    value = node.child_by_field_name("value")
    return node.type == "method_definition" or (value is not None and value.type in FUNCTION_VALUES)


def write_init(t: Translator, members: Members, *, is_derived: bool) -> None:
    constructor = members.constructor
    if constructor is None:
        scope = t.current.scope
        t.out.write(
            f"def __init__(self{_passed_on(t) if is_derived else ''}){' -> None' if t.module.is_typed else ''}:"
        )
        with t.function(Function(scope, this="self", is_method=True)), t.out.block():
            if is_derived:
                t.out.write("super().__init__(*arguments)")
            fields.write(t, members.all, members.fields, {}, t.classes[-1])
        t.out.write("")
        return
    function = Function(
        t.module.names.scopes.get(constructor.id),
        this="self",
        is_constructor=True,
        is_derived=is_derived,
        is_method=True,
    )
    body = constructor.child_by_field_name("body")
    statements = [child for child in body.named_children if child.type != "comment"] if body is not None else []
    above = next((each for each in statements if _is_super(each)), None)
    hands_on = above is not None and _hands_all_on(above) and not t.module.parameters_of(constructor)
    if is_derived and above is None:
        raise Refused(
            "a constructor that does not always call `super()` is not ported", "`super()` in a line of its own"
        )

    def set_fields(signature: Signature) -> None:
        for each in signature.fields:
            own, _, name = each.partition("\0")
            t.out.write(f"{fields.own(own)} = {name or own}")
        is_first = not is_derived or above == statements[0]
        sets = fields.set_at_once(t, members.fields, constructor, is_derived=is_derived) if is_first else {}
        fields.write(t, members.all, members.fields, sets, t.classes[-1])

    def begin(signature: Signature) -> None:
        if above is None:
            set_fields(signature)
            return

        call = above.named_children[0]

        def call_above() -> None:
            given = "*arguments" if hands_on else arguments_of(t, call.child_by_field_name("arguments"))  # type: ignore[arg-type]
            t.out.write(f"super().__init__({given})")
            set_fields(signature)

        t.instead[above.id] = call_above
        if above == statements[0]:
            call_above()
            t.skipped.add(above.id)

    first = f"self{_passed_on(t)}" if hands_on else "self"
    define(t, constructor, "__init__", first=first, function=function, begin=begin)
    t.out.write("")


def _passed_on(t: Translator) -> str:
    return f", *arguments: {t.annotator.any}" if t.module.is_typed else ", *arguments"


def _is_super(node: Node) -> bool:
    call = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
    function = call.child_by_field_name("function") if call is not None and call.type == "call_expression" else None
    return function is not None and function.type == "super"


def _hands_all_on(node: Node) -> bool:
    """Whether it is `super(...arguments)`."""
    call = node.named_children[0] if node.named_children else node
    arguments = call.child_by_field_name("arguments")
    return _is_super(node) and arguments is not None and text_of(arguments) == "(...arguments)"
