"""TypeScript without its types: they become spaces, so that lines and columns stay those of the source.

Two constructs are code and no types, and are written out on the lines on which they stand: enums, and parameters that
are properties. What else would need code of its own (namespaces, decorators, JSX) is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..names import DECLARATIONS, has_types_only, text_of
from .edits import Edits, blank

if TYPE_CHECKING:
    from tree_sitter import Node

#: What is taken out wherever it stands.
TYPES = frozenset(
    ["type_annotation", "type_parameters", "type_arguments", "implements_clause", "asserts_annotation",
     "type_predicate_annotation", "accessibility_modifier", "override_modifier", "readonly", "abstract", "declare"]
)  # fmt: skip

REFUSED = {
    "internal_module": "namespaces can't be run as they are; write a module in its place",
    "module": "namespaces can't be run as they are; write a module in its place",
    "decorator": "decorators can't be run as they are: they need a compiler",
    "import_alias": "import aliases of namespaces can't be run as they are",
    **dict.fromkeys(
        ["jsx_element", "jsx_self_closing_element", "jsx_fragment"],
        "JSX can't be run: what a page shows needs React and a renderer; run the modules of the program's logic",
    ),
}

#: What goes on with the expression before it when it begins a line.
_GOING_ON = (b"(", b"[", b"`", b"+", b"-", b"/")


def erase(root: Node, edits: Edits) -> None:
    """Takes the types out of a module. `CannotRun` for what is refused."""
    left = [root]
    while left:
        node = left.pop()
        kind = node.type
        if kind == "internal_module" and has_types_only(node):
            edits.erase(node, ending=True)
            continue
        if kind in REFUSED:
            raise edits.refuse(node, REFUSED[kind])
        if kind in TYPES:
            edits.erase(node)
        elif kind in DECLARATIONS:
            edits.erase(node, ending=True)
        else:
            handler = HANDLERS.get(kind)
            inner = node.children if handler is None else handler(node, edits)
            left.extend(reversed(inner))


def _cast(node: Node, edits: Edits) -> list[Node]:
    """`value as Type`, `value satisfies Type`, `value!`."""
    value = node.children[0]
    edits.erase_range(value.end_byte, node.end_byte, ending=_would_go_on(node, edits))
    return [value]


def _would_go_on(node: Node, edits: Edits) -> bool:
    """Whether the next line would be read as going on with the value, now that no type ends it."""
    rest = edits.source.text[node.end_byte : node.end_byte + 2000]
    space = rest[: len(rest) - len(rest.lstrip())]
    return b"\n" in space and rest.lstrip().startswith(_GOING_ON) and not rest.lstrip().startswith((b"//", b"/*"))


def _angle_cast(node: Node, edits: Edits) -> list[Node]:
    """`<Type>value`."""
    value = node.children[-1]
    edits.erase_range(node.start_byte, value.start_byte)
    return [value]


def _parameter(node: Node, edits: Edits) -> list[Node]:
    pattern = node.child_by_field_name("pattern")
    if pattern is not None and pattern.type == "this":
        after = node.next_sibling
        end = after.end_byte if after is not None and after.type == "," else node.end_byte
        edits.erase_range(node.start_byte, end)
        return []
    return _without_marks(node, edits)


def _without_marks(node: Node, edits: Edits) -> list[Node]:
    """Takes out the `?` of what may be missing, and the `!` of what is not."""
    inner = []
    for child in node.children:
        if child.type in ("?", "!"):
            edits.erase(child)
        else:
            inner.append(child)
    return inner


def _field(node: Node, edits: Edits) -> list[Node]:
    if _is_only_a_type(node):
        edits.erase(node, ending=True)
        return []
    return _without_marks(node, edits)


def _is_only_a_type(field: Node) -> bool:
    """Whether a field has no value: it declares one that is set elsewhere, as Taro's own build takes it."""
    name = field.child_by_field_name("name")
    if any(child.type == "declare" for child in field.children):
        return True
    typed = any(child.type in ("type_annotation", "?", "!", "accessibility_modifier") for child in field.children)
    private = name is not None and name.type == "private_property_identifier"
    decorated = any(child.type == "decorator" for child in field.children)
    return typed and not private and not decorated and field.child_by_field_name("value") is None


def _arrow(node: Node, edits: Edits) -> list[Node]:
    """An arrow may not begin a line: where its return type has lines, the parenthesis before it closes after that."""
    returns, parameters = node.child_by_field_name("return_type"), node.child_by_field_name("parameters")
    if returns is None or parameters is None or returns.start_point[0] == returns.end_point[0]:
        return node.children
    left = edits.source.text[parameters.end_byte - 1 : returns.end_byte]
    closing = parameters.children[-1]
    edits.replace(closing.start_byte, returns.end_byte, blank(left)[:-1] + b")")
    others = [child for child in node.children if child.id not in (returns.id, parameters.id)]
    return [*parameters.children[:-1], *others]


def _method(node: Node, edits: Edits) -> list[Node]:
    """A constructor's parameters that have a modifier are properties."""
    parameters, body = node.child_by_field_name("parameters"), node.child_by_field_name("body")
    name = node.child_by_field_name("name")
    if name is not None and text_of(name) == "constructor" and parameters is not None and body is not None:
        names = [_property_of(each) for each in parameters.named_children]
        text = "".join(f"this.{each}={each};" for each in names if each is not None)
        if text:
            edits.insert(_first_place(body), f";{text}")
    return _without_marks(node, edits)


def _property_of(parameter: Node) -> str | None:
    """The name of the property that a parameter is; None for an ordinary one."""
    if not any(
        child.type in ("accessibility_modifier", "readonly", "override_modifier") for child in parameter.children
    ):
        return None
    pattern = parameter.child_by_field_name("pattern")
    return text_of(pattern) if pattern is not None and pattern.type == "identifier" else None


def _first_place(body: Node) -> int:
    """Where a constructor's properties are set: after the call of `super`, if it has one."""
    for statement in body.named_children:
        call = statement.named_children[0] if statement.named_children else None
        if statement.type == "expression_statement" and call is not None and call.type == "call_expression":
            function = call.child_by_field_name("function")
            if function is not None and function.type == "super":
                return statement.end_byte
    return body.start_byte + 1


def _enum(node: Node, edits: Edits) -> list[Node]:
    """An enum is written out as TypeScript does: an object with its members, and with the names of its numbers."""
    name, body = node.child_by_field_name("name"), node.child_by_field_name("body")
    if name is None or body is None:
        return []
    enum = text_of(name)
    edits.replace(node.start_byte, body.start_byte + 1, f"var {enum};({enum}=>{{let $value=-1;".encode())
    known: set[str] = set()
    for child in body.children[1:-1]:
        if child.type == ",":
            edits.replace(child.start_byte, child.end_byte, b";")
        elif child.type != "comment":
            _member(child, enum, known, edits)
    edits.replace(body.end_byte - 1, body.end_byte, f"}})({enum}||({enum}={{}}));".encode())
    return []


def _member(member: Node, enum: str, known: set[str], edits: Edits) -> None:
    name = member.child_by_field_name("name") or member
    key = text_of(name) if name.type in ("string", "computed_property_name") else f'"{text_of(name)}"'
    key = key[1:-1] if name.type == "computed_property_name" else key
    value = member.child_by_field_name("value")
    start = f"$value=$taropy.member({enum},{key},"
    if value is None:
        edits.replace(member.start_byte, member.end_byte, f"{start}$value+1)".encode())
    else:
        edits.replace(member.start_byte, value.start_byte, start.encode())
        _members_in(value, enum, known, edits)
        edits.insert(member.end_byte, ")")
    known.add(key.strip("'\""))


def _members_in(value: Node, enum: str, known: set[str], edits: Edits) -> None:
    """A member's value may name those before it."""
    left = [value]
    while left:
        node = left.pop()
        if node.type == "identifier" and text_of(node) in known:
            edits.insert(node.start_byte, f"{enum}.")
        elif node.type in ("as_expression", "satisfies_expression", "non_null_expression"):
            left += _cast(node, edits)
        else:
            left.extend(node.children)


HANDLERS: dict[str, Callable[[Node, Edits], list[Node]]] = {
    **dict.fromkeys(["as_expression", "satisfies_expression", "non_null_expression"], _cast),
    "type_assertion": _angle_cast,
    **dict.fromkeys(["required_parameter", "optional_parameter"], _parameter),
    "public_field_definition": _field,
    "arrow_function": _arrow,
    "method_definition": _method,
    "enum_declaration": _enum,
    "variable_declarator": _without_marks,
}
