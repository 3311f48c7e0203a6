"""Arrays and objects as they are written out: by their classes, or as a table of dicts and lists that is converted."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from ..names import key_of, text_of
from . import texts
from .given_dicts import takes_dict
from .literals import name_of
from .own_this import has_this, is_accessor, name_for
from .shapes import class_of
from .translator import Translator, expression, later
from .tree import Expr, Level, Refused
from .types import TABLE, UNKNOWN, USED_ARRAY, Type, joined, widened

if TYPE_CHECKING:
    from tree_sitter import Node

#: A literal with others in it that is longer than this stands on several lines.
_LONG = 100
#: What is named when an object is spread, and does nothing.
_NAMED = frozenset(["identifier", "member_expression"])


@expression("array")
def array(t: Translator, node: Node) -> Expr:
    """`[a, ...others]`."""
    if _is_table(node):
        return _converted(t, node)
    parts: list[str] = []
    items: list[Type] = []
    before, has_holes = ",", False
    for child in node.children:
        if child.type == "comment":
            continue
        if child.type == "," and before in (",", "["):
            parts.append(t.helper("hole"))
            items.append(UNKNOWN)
            has_holes = True
        before = child.type
        if child.type == "spread_element":
            spread = t.expr(child.named_children[0])
            parts.append(f"*{spread.spread}")
            items.append((spread.type.item or UNKNOWN) if spread.type.is_array else UNKNOWN)
        elif child.is_named:
            value = t.expr(child)
            parts.append(value.at(Level.TERNARY))
            items.append(value.type)
    item = widened(joined(items)) if items and UNKNOWN not in items else None
    made = f"[{', '.join(parts)}]"
    added = _added(t, node, parts) if not has_holes else None
    if added is not None:
        return Expr(added, Level.SUM, Type("array", item=item), items=made)
    if has_holes:
        text = f"{t.helper('Array')}.of({', '.join(parts)})"
    else:
        text = f"{t.helper('Array')}({made})" if parts else f"{t.helper('Array')}()"
    given = f"[{', '.join('None' if each == t.helper('hole') else each for each in parts)}]" if has_holes else made
    return Expr(text, type=Type("array", item=item), items=given)


def _added(t: Translator, node: Node, parts: list[str]) -> str | None:
    """`[...list, item]` as `list + [item]`; None for all else."""
    nodes = [child for child in node.named_children if child.type != "comment"]
    first = nodes[0].named_children[0] if nodes and nodes[0].type == "spread_element" else None
    if first is None or len(parts) < 2 or first.type not in _NAMED:
        return None
    value = t.expr(first)
    is_certain = value.type.is_array and value.type.name != USED_ARRAY.name and value.pure
    return f"{value.at(Level.SUM)} + [{', '.join(parts[1:])}]" if is_certain else None


# --- tables ----------------------------------------------------------------------------------------------------


def _converted(t: Translator, node: Node) -> Expr:
    """A table of Python's dicts and lists, of which the library makes objects and arrays."""
    table = plain(t, node)
    type_ = attrs.evolve(table.type, name=TABLE) if table.type.is_array else table.type
    return Expr(f"{t.helper('to_js')}({table.text})", type=type_)


def _is_table(node: Node) -> bool:
    """Whether a literal is long and has others in it, so that dicts and lists read better than a class at each."""
    if node.end_byte - node.start_byte <= _LONG or not can_be_plain(node):
        return False
    return any(value.type in ("object", "array") for value in _values(node))


def can_be_plain(node: Node) -> bool:
    """Whether a literal has nothing but fields or items, so that Python's own says the same."""
    if node.type == "array":
        before = [child.type for child in node.children if child.type != "comment"]
        holes = any(one == "," and other in (",", "[") for other, one in pairwise(before))
        return not holes and "spread_element" not in before
    return node.type == "object" and all(
        child.type == "comment" or _is_plain_field(child) for child in node.named_children
    )


def _is_plain_field(part: Node) -> bool:
    return part.type == "shorthand_property_identifier" or (part.type == "pair" and _is_named(part))


def _is_named(pair: Node) -> bool:
    key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
    name = _key(key) if key is not None else None
    return name not in (None, "__proto__") and value is not None and value.type != "undefined"


def _values(node: Node) -> list[Node]:
    parts = [child for child in node.named_children if child.type != "comment"]
    return [value for part in parts if (value := part.child_by_field_name("value") if part.type == "pair" else part)]


def plain(t: Translator, node: Node) -> Expr:
    """A literal as a dict or a list, if it is one that can be; else the expression that it is."""
    if not can_be_plain(node) or (node.id not in t.objects and has_this(node)):
        return t.expr(node)
    parts = [child for child in node.named_children if child.type != "comment"]
    if node.type == "array":
        items = [plain(t, child) for child in parts]
        item = widened(joined([each.type for each in items])) if items else None
        return Expr(f"[{', '.join(each.at(Level.TERNARY) for each in items)}]", type=Type("array", item=item))
    return _dict_of(t, parts, plain)


def _dict_of(t: Translator, parts: list[Node], make: Callable[[Translator, Node], Expr]) -> Expr:
    """A dict of these fields, whose values are made by `make`."""
    fields: dict[str, Expr] = {}
    for part in parts:
        key = part.child_by_field_name("key") or part
        name = (_key(key) if part.type == "pair" else None) or text_of(key)
        t.hint = name
        fields[name] = make(t, part.child_by_field_name("value") or part)
    text = ", ".join(f"{texts.literal(name)}: {made.at(Level.TERNARY)}" for name, made in fields.items())
    return Expr(f"{{{text}}}", type=Type("object", fields={name: made.type for name, made in fields.items()}))


# --- objects ---------------------------------------------------------------------------------------------------


class _Fields:
    """The arguments of an `Obj`: spread objects and dicts as they come, and at the end fields by name."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, str | None, str]] = []

    def spread(self, value: str) -> None:
        self.parts.append(("spread", None, value))

    def put(self, key: str, value: str) -> None:
        self.parts.append(("field", key, value))

    def computed(self, key: str, value: str) -> None:
        self.parts.append(("computed", key, value))

    def arguments(self) -> str:
        names: set[str | None] = set()
        named: list[str] = []
        while self.parts and self.parts[-1][0] == "field" and can_be_keyword(self.parts[-1][1] or ""):
            if self.parts[-1][1] in names:
                break
            _, key, value = self.parts.pop()
            names.add(key)
            named.insert(0, f"{key}={value}")
        found: list[str] = []
        entries: list[str] = []
        for form, key, value in self.parts:
            if form == "spread":
                found += [f"{{{', '.join(entries)}}}"] if entries else []
                entries = []
                found.append(value)
            else:
                entries.append(f"{texts.literal(key or '') if form == 'field' else key}: {value}")
        found += [f"{{{', '.join(entries)}}}"] if entries else []
        return ", ".join([*found, *named])


def can_be_keyword(key: str) -> bool:
    """Whether a field can be given as an argument of its name."""
    return key.isidentifier() and key.isascii() and not keyword.iskeyword(key)


@expression("object")
def object_(t: Translator, node: Node) -> Expr:
    """`{ url, method: 'POST', ...options }`."""
    if can_be_plain(node) and not has_this(node) and takes_dict(t, node) and class_of(t, node) is None:
        return plain(t, node)
    this = name_for(t, node)
    made = _made(t, node)
    if this is None:
        return made
    t.out.write(f"{this} = {made.text}")
    return Expr(this, type=made.type, pure=True)


def _made(t: Translator, node: Node) -> Expr:
    if _is_table(node):
        return _converted(t, node)
    if any(is_accessor(part) for part in node.named_children):
        return later.with_accessors(t, node)
    joined_ = _joined(t, node) if class_of(t, node) is None else None
    if joined_ is not None:
        return joined_
    arguments, fields = fields_of(t, node)
    kind = class_of(t, node) if _is_by_name(arguments) else None
    return Expr(f"{kind or t.helper('Obj')}({arguments})", type=Type("object", fields=fields))


def _is_by_name(arguments: str) -> bool:
    """Whether all of the arguments have a name: declared classes take no others."""
    return not arguments or re.match(r"[^\W\d]\w*=(?!=)", arguments) is not None


def _joined(t: Translator, node: Node) -> Expr | None:
    """`{ ...state, done: true }` as `state | {"done": True}`, of objects that are surely there; None for all else."""
    parts = [child for child in node.named_children if child.type != "comment"]
    spread = [part for part in parts if part.type == "spread_element"]
    fields = parts[len(spread) :]
    if not spread or parts[: len(spread)] != spread or not all(map(_is_plain_field, fields)) or has_this(node):
        return None
    if len(spread) + bool(fields) < 2 or any(each.named_children[0].type not in _NAMED for each in spread):
        return None
    objects = [t.expr(each.named_children[0]) for each in spread]
    if not all(each.type.is_object and each.pure for each in objects):
        return None
    made = [each.at(Level.ATOM) for each in objects]
    table = _dict_of(t, fields, Translator.expr)
    made += [table.text] if fields else []
    return Expr(" | ".join(made), Level.BIT_OR, table.type)


def fields_of(
    t: Translator, node: Node, make: Callable[[Translator, Node], Expr] | None = None, *, accessors: bool = False
) -> tuple[str, dict[str, Type]]:
    """The arguments that make the object, and the types of its fields, whose values are made by `make`.

    With `accessors`, `name=...` stands in the place of each getter, which a class has.
    """
    found = _Fields()
    known: dict[str, Type] = {}
    for part in node.named_children:
        if part.type == "comment":
            continue
        if part.type == "spread_element":
            found.spread(t.text(part.named_children[0]))
            known.clear()
        elif part.type == "shorthand_property_identifier":
            value = name_of(t, part)
            found.put(text_of(part), value.at(Level.TERNARY))
            known[text_of(part)] = value.type
        elif part.type == "pair":
            _pair(t, part, found, known, make or Translator.expr)
        elif is_accessor(part):
            name = part.child_by_field_name("name")
            if accessors and name is not None:
                found.put(_key(name) or text_of(name), "...")
        elif part.type == "method_definition":
            _method(t, part, found, known)
        else:
            raise Refused("the text was not understood")
    return found.arguments(), known


def _pair(
    t: Translator,
    part: Node,
    found: _Fields,
    known: dict[str, Type],
    make: Callable[[Translator, Node], Expr],
) -> None:
    key, value = part.child_by_field_name("key"), part.child_by_field_name("value")
    if key is None or value is None:
        raise Refused("the text was not understood")
    name = _key(key)
    t.hint = name or ""
    if name is None:
        found.computed(t.text(key if key.type == "number" else key.named_children[0]), t.text(value))
        return
    if name == "__proto__":
        raise Refused("prototypes are not ported", "a class")
    if value.type == "undefined":
        t.note(value, f"the field {name} is None: JSON has null there, where JavaScript leaves it out")
    if name == "success" and value.type in ("arrow_function", "function_expression"):
        t.item = () if t.taro_result is None else (t.taro_result,)
    made = make(t, value)
    found.put(name, made.at(Level.TERNARY))
    known[name] = made.type


def _key(key: Node) -> str | None:
    """The name of a field; None if it is computed."""
    if key.type == "number":
        written = texts.number(text_of(key))
        return written if written is not None and written.isdecimal() else None
    if key.type == "string":
        return texts.unescaped(text_of(key)[1:-1])
    return key_of(key)


def _method(t: Translator, part: Node, found: _Fields, known: dict[str, Type]) -> None:
    name = part.child_by_field_name("name")
    if name is None:
        raise Refused("the text was not understood")
    if name.type == "computed_property_name":
        key = t.text(name.named_children[0])
        t.hint = "method"
        found.computed(key, later.function_value(t, part).at(Level.TERNARY))
        return
    t.hint = text_of(name)
    key, made = _key(name) or text_of(name), later.function_value(t, part)
    found.put(key, made.at(Level.TERNARY))
    known[key] = made.type
