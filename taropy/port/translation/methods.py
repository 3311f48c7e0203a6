"""Methods, by the type of what they are called of: Python's own where they mean the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from ..names import declares_method, text_of
from . import library, sorting, taking
from .absent import callback, or_undefined
from .arithmetic import floored
from .comparing import holds
from .folding import folded
from .literals import as_text, field
from .package_types import called_with
from .texts import literal
from .translator import Translator, later
from .tree import Expr, Finds, Level, Refused
from .types import (
    BOOLEAN,
    DIGITS,
    MATCH,
    NUMBER,
    PROMISE,
    STRING,
    UNKNOWN,
    USED_ARRAY,
    WHOLE,
    Type,
    joined,
    of_name,
    widened,
)
from .usage import is_of_arrays, is_of_texts

if TYPE_CHECKING:
    from tree_sitter import Node

_GIVE_ARRAYS = frozenset(["map", "filter", "flatMap"])
#: Methods that call a function with an item and its index, of whatever has them.
_NUMBERED = frozenset(["map", "filter", "some", "every", "find", "findIndex", "flatMap"])
_SORT = frozenset(["sort", "toSorted"])
#: What Python's texts have for one character of padding.
_PADDING = {"padStart": "rjust", "padEnd": "ljust"}
_REPLACING = frozenset(["replace", "replaceAll"])
_LOST_THIS = frozenset(["call", "apply", "bind"])


def listed(t: Translator, arguments: Node, name: str, takes: Sequence[tuple[Type, ...]] = ()) -> list[Expr]:
    """The arguments; `takes` is what functions among them are called with, by their places."""
    found: list[Expr] = []
    for child in arguments.named_children:
        if child.type == "comment":
            continue
        t.hint = name
        if child.type in ("arrow_function", "function_expression"):
            t.item = takes[len(found)] if len(found) < len(takes) else ()
            t.called_at_once = name in library.AT_ONCE
        if child.type == "spread_element":
            spread = t.expr(child.named_children[0])
            found.append(Expr(f"*{spread.spread}", type=spread.type if spread.type.is_array else UNKNOWN))
        else:
            taken = next(iter(takes[len(found)]), UNKNOWN) if len(found) < len(takes) else UNKNOWN
            if name == "from" and found:
                taken = found[0].type.item or UNKNOWN
            found.append(callback(t, child, name, taken) or t.expr(child))
    return found


def in_a_row(found: list[Expr]) -> str:
    return ", ".join(each.text if each.text.startswith("*") else each.at(Level.TERNARY) for each in found)


def method_call(t: Translator, base: Expr, name: str, arguments: Node, *, is_package: bool = False) -> Expr:
    """A method of a value, by its type."""
    kind = "unknown" if base.type.nullable and base.type.kind != "string" else base.type.kind
    if name in _LOST_THIS and (kind == "function" or not declares_method(t.module.parsed.root, name)):
        return _with_this(t, base, name, arguments)
    if name == "hasOwnProperty" and kind not in ("unknown", "object", "instance"):
        key = in_a_row(listed(t, arguments, name))
        return Expr(f"{t.helper('Object')}.hasOwn({base.at(Level.TERNARY)}, {key})", type=BOOLEAN)
    if kind == "class" and base.type.name in library.OBJECTS:
        whole_part = floored(t, arguments) if base.type.name == "Math" and name in ("floor", "trunc") else None
        return whole_part or _static(t, base, name, listed(t, arguments, name))
    handler = {"string": _of_text, "number": _of_number, "array": _of_array, "promise": _of_promise}.get(kind)
    sort_key = sorting.key_of(t, arguments, base.type.item or UNKNOWN) if kind == "array" and name in _SORT else None
    if sort_key is not None:
        return Expr(f"{base.at(Level.ATOM)}.{name}(key={sort_key})", type=base.type)
    given = listed(t, arguments, name, _told(t, base, kind, name, arguments))
    if handler is not None:
        return handler(t, base, name, given)
    if kind in ("map", "set", "date", "regexp"):
        owner = {"map": "Map", "set": "Set", "date": "Date", "regexp": "RegExp"}[kind]
        if not library.has(owner, name):
            raise Refused(f"`{owner}.prototype.{name}` is not in taropy.js")
        gives = {"get": BOOLEAN, "has": BOOLEAN, "test": BOOLEAN, "getTime": NUMBER, "toISOString": STRING}
        type_ = gives.get(name, UNKNOWN) if name != "get" else UNKNOWN
        if kind == "date" and name.startswith("get"):
            type_ = NUMBER
        if kind == "regexp" and name == "exec":
            type_ = MATCH
        return Expr(f"{base.at(Level.ATOM)}.{library.method(name)}({in_a_row(given)})", type=type_)
    held = holds(t, base, *given) if kind == "unknown" and name == "includes" and len(given) == 1 else None
    if held is not None and not is_package and not declares_method(t.module.parsed.root, name):
        return held
    if kind == "unknown" and not t.strict and is_of_texts(name, [each.type for each in given]) and not is_package:
        return _of_text(t, base, name, given)
    is_text = kind == "function" and name == "toString"
    if kind == "boolean" or is_text or (kind == "unknown" and name in library.OF_PRIMITIVES and not is_package):
        if name == "toString" and kind in ("boolean", "function"):
            return as_text(t, base)
        more = f", {in_a_row(given)}" if given else ""
        sure = {
            "split": Type("array", item=STRING),
            "trim": STRING,
            "toFixed": STRING,
            "toString": STRING,
            "toUpperCase": STRING,
            "toLowerCase": STRING,
            "startsWith": BOOLEAN,
            "endsWith": BOOLEAN,
            "includes": BOOLEAN,
            "padStart": STRING,
            "substring": STRING,
            "charAt": STRING,
            "indexOf": WHOLE,
            "lastIndexOf": WHOLE,
        }
        return Expr(f'{t.helper("invoke")}({base.at(Level.TERNARY)}, "{name}"{more})', type=sure.get(name, UNKNOWN))
    gives_array = kind == "unknown" and name in _GIVE_ARRAYS and is_of_arrays(name, arguments)
    type_ = USED_ARRAY if gives_array else called_with(base.type, name, len(given)) or _result(t, base, name)
    text = f"{field(base, library.method(name)).text}({in_a_row(given)})"
    return Expr(text, type=type_, effect=_appended(base, name, given) if base.type.kind == "array" else "")


def _told(t: Translator, base: Expr, kind: str, name: str, arguments: Node) -> Sequence[tuple[Type, ...]]:
    """What a method calls its callbacks with: an array's with an item and its index, a promise's with its value."""
    item = base.type.item or UNKNOWN
    if kind == "instance":
        return taking.takes(t.module, base.type.name if base.type.name != "this" else _class_around(t), name)
    if kind == "promise" and name == "then":
        return [(item,)]
    if kind == "unknown" and name in _NUMBERED:
        return [(UNKNOWN, WHOLE)]
    if kind != "array" or name not in library.AT_ONCE:
        return []
    if name.startswith("reduce"):
        return [(folded(t, arguments, item), item, WHOLE)]
    return [(item, item) if name in ("sort", "toSorted") else (item, WHOLE)]


def _class_around(t: Translator) -> str:
    name = t.classes[-1].child_by_field_name("name") if t.classes else None
    return text_of(name) if name is not None else ""


def _result(t: Translator, base: Expr, name: str) -> Type:
    is_own = base.type.name == "this"
    found = later.method_type(t, name) or later.field_type(t, name) if is_own else base.type.fields.get(name)
    if found is not None and found.kind == "function" and found.item is not None:
        return found.item
    return PROMISE if name == "then" else UNKNOWN


def _with_this(t: Translator, base: Expr, name: str, arguments: Node) -> Expr:
    given = listed(t, arguments, name)
    first = given[0].text if given else "None"
    is_own = first == t.current.this and t.current.this is not None and base.text.startswith(f"{first}.")
    if name == "bind" and len(given) == 1 and is_own:
        return base
    if base.type.kind == "function" and first in ("None", t.current.this):
        if name == "bind" and len(given) == 1:
            return base
        if name == "call":
            return Expr(f"{base.at(Level.ATOM)}({in_a_row(given[1:])})", type=base.type.item or UNKNOWN)
        if name == "apply":
            rest = f"*{given[1].at(Level.ATOM)}" if len(given) > 1 else ""
            return Expr(f"{base.at(Level.ATOM)}({rest})", type=base.type.item or UNKNOWN)
    raise Refused(f"`{name}` with an object that becomes `this` is not ported", "a call")


def _static(t: Translator, base: Expr, name: str, given: list[Expr]) -> Expr:
    owner = base.type.name
    if not library.has(owner, name):
        raise Refused(f"`{owner}.{name}` is not in taropy.js")
    gives = library.GIVEN.get(f"{owner}.{name}")
    type_ = UNKNOWN if gives is None else of_name(gives[0])
    if gives is not None and gives[1] is not None:
        type_ = attrs.evolve(type_, item=of_name(gives[1]))
    if (owner, name) == ("Math", "abs") and len(given) == 1 and given[0].type.is_number:
        return Expr(f"abs({given[0].at(Level.TERNARY)})", type=widened(given[0].type), pure=given[0].pure)
    if owner == "Math":
        given = [or_undefined(t, each) if each.type.nullable else each for each in given]
        steady = name in ("floor", "ceil", "round", "trunc", "abs", "max", "min", "sign")
        type_ = WHOLE if steady and given and all(each.type.is_number and each.type.whole for each in given) else NUMBER
    pure = owner == "Math" and name != "random" and all(each.pure for each in given)
    if (owner, name) == ("Object", "keys") and len(given) == 1 and given[0].type.is_object:
        keys = f"[*{given[0].at(Level.ATOM)}]"
        return Expr(f"{base.text}.keys({in_a_row(given)})", type=Type("array", item=STRING), items=keys)
    if f"{owner}.{name}" in library.GO_THROUGH and len(given) == 1:
        return Expr(f"{base.text}.{library.method(name)}({given[0].once})", type=type_)
    return Expr(f"{base.text}.{library.method(name)}({in_a_row(given)})", type=type_, pure=pure)


def _of_text(t: Translator, base: Expr, name: str, given: list[Expr]) -> Expr:
    """A text's method: Python's own where it means the same."""
    if name in ("toString", "valueOf") and not given:
        return base
    subject, first = base.at(Level.ATOM), given[0] if given else None
    if name == "split" and len(given) == 1 and first is not None and _separates(first):
        parts = f"{subject}.split({literal(first.finds.text) if first.finds else first.at(Level.TERNARY)})"
        item = DIGITS if base.type == DIGITS else STRING
        return Expr(f"{t.helper('Array')}({parts})", type=Type("array", item=item), pure=base.pure, items=parts)
    one_text = len(given) == 1 and first is not None and first.type.is_string
    if name in ("toUpperCase", "toLowerCase") and not given:
        return Expr(f"{subject}.{'upper' if name == 'toUpperCase' else 'lower'}()", type=STRING, pure=base.pure)
    if one_text and first is not None:
        if name in ("startsWith", "endsWith"):
            return Expr(
                f"{subject}.{name.lower()}({first.at(Level.TERNARY)})", type=BOOLEAN, pure=base.pure and first.pure
            )
        if name == "includes":
            text = f"{first.at(Level.SUM)} in {base.at(Level.SUM)}"
            return Expr(text, Level.COMPARE, BOOLEAN, base.pure and first.pure)
    if name == "concat" and given and all(each.type.is_string for each in given):
        added = " + ".join(each.at(Level.SUM) for each in (base, *given))
        return Expr(added, Level.SUM, STRING, all(each.pure for each in (base, *given)))
    if base.type == DIGITS and name in _PADDING and len(given) == 2 and _pads(*given):
        padded = f"{subject}.{_PADDING[name]}({in_a_row(given)})"
        return Expr(padded, type=DIGITS, pure=base.pure)
    replaced = _replaced(t, name, given) if name in _REPLACING and len(given) == 2 else None
    if replaced is not None:
        return Expr(f"{subject}.replace({replaced})", type=STRING, pure=base.pure)
    if not library.has("String", name):
        raise Refused(f"`String.prototype.{name}` is not in taropy.js")
    type_ = (
        MATCH if name == "match" and given[:1] and given[0].type.is_regexp else of_name(library.STRING_GIVES.get(name))
    )
    arguments = ", ".join([base.at(Level.TERNARY), *([in_a_row(given)] if given else [])])
    return Expr(
        f"{t.helper('String')}.{library.method(name)}({arguments})", type=type_, pure=base.pure and name != "replace"
    )


def _pads(size: Expr, fill: Expr) -> bool:
    """Whether Python fills up with it as JavaScript does: with one character, to so many."""
    one_unit = isinstance(fill.written, str) and len(fill.written) == 1 and fill.written <= "\uffff"
    return one_unit and size.type.literal is not None and size.type.whole


def _replaced(t: Translator, name: str, given: list[Expr]) -> str | None:
    """What Python's `replace` is given where it means the same: a text to find, and one that tells no matches."""
    found, by = given
    finds = found.finds or (Finds(found.written, name == "replaceAll") if isinstance(found.written, str) else None)
    if finds is None or not finds.text or not isinstance(by.written, str) or "$" in by.written:
        return None
    if name == "replaceAll" and not finds.everywhere:  # which JavaScript refuses
        return None
    if _HALF.search(finds.text + by.written):
        return None
    return f"{literal(finds.text)}, {by.at(Level.TERNARY)}{'' if finds.everywhere else ', 1'}"


#: Half of a character, as JavaScript's texts may have it.
_HALF = re.compile("[\ud800-\udfff]")


def _separates(separator: Expr) -> bool:
    """Whether Python splits by it as JavaScript does: a text that is not empty, nor half of a character."""
    text = separator.finds.text if separator.finds is not None else separator.written
    return isinstance(text, str) and text.isascii() and text != ""


def _of_number(t: Translator, base: Expr, name: str, given: list[Expr]) -> Expr:
    if name == "toString" and not given:
        return attrs.evolve(as_text(t, base), type=DIGITS)
    if name == "valueOf":
        return base
    if not library.has("Number", name):
        raise Refused(f"`Number.prototype.{name}` is not in taropy.js")
    arguments = ", ".join([base.at(Level.TERNARY), *([in_a_row(given)] if given else [])])
    return Expr(f"{t.helper('Number')}.{name}({arguments})", type=DIGITS, pure=base.pure)


def _of_array(t: Translator, base: Expr, name: str, given: list[Expr]) -> Expr:
    if name == "toString" and not given:
        return as_text(t, base)
    if not library.has("Array", name) and base.type == USED_ARRAY:
        return Expr(f"{field(base, name).text}({in_a_row(given)})")
    if not library.has("Array", name):
        raise Refused(f"`Array.prototype.{name}` is not in taropy.js")
    if name == "join" and base.items and base.type.item is not None and base.type.item.is_string:
        separator = given[0] if given else Expr('","', type=STRING)
        if len(given) < 2 and separator.type.is_string:
            return Expr(f"{separator.at(Level.ATOM)}.join({base.items})", type=STRING)
    gives = library.ARRAY_GIVES.get(name)
    type_ = base.type if gives == "same" else of_name(gives)
    if name in ("concat", "fill") and base.type.item is not None and not t.module.is_typed:
        type_ = attrs.evolve(type_, item=_with_others(base.type.item, given))
    if name in ("find", "pop", "shift", "at") and base.type.item is not None:
        type_ = attrs.evolve(base.type.item, nullable=True)
    subject, arguments = base.at(Level.ATOM), in_a_row(given)
    made = f"{subject}.{library.method(name)}({arguments})"
    return Expr(made, type=type_, effect=_appended(base, name, given))


def _with_others(item: Type, given: list[Expr]) -> Type | None:
    """What the items are of an array into which others are put: values, or the items of arrays."""
    others = [(each.type.item or UNKNOWN) if each.type.is_array else each.type for each in given]
    return None if UNKNOWN in others else widened(joined([item, *others]))


def _appended(base: Expr, name: str, given: list[Expr]) -> str:
    """`push` as a statement, of an array or what is one if it is there: Python's `append` and `extend`."""
    if name != "push" or len(given) != 1:
        return ""
    subject, argument = base.at(Level.ATOM), in_a_row(given)
    if not argument.startswith("*"):
        return f"{subject}.append({argument})"
    return f"{subject}.extend({argument[1:]})" if given[0].type.is_array else ""


def _of_promise(t: Translator, base: Expr, name: str, given: list[Expr]) -> Expr:
    kept = base.type if name in ("finally", "catch") else PROMISE if name == "then" else UNKNOWN
    if name == "catch":
        kept = PROMISE
    return Expr(f"{base.at(Level.ATOM)}.{library.method(name)}({in_a_row(given)})", type=kept)
