"""Literals and names: texts, templates, numbers, arrays, objects, regular expressions; what a name stands for."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from ..build import Constant
from ..names import key_of, text_of
from . import library, texts
from .library import NATIVES
from .translator import Translator, expression, later
from .tree import Expr, Level, Refused
from .types import ARRAY, BOOLEAN, NOTHING, NUMBER, STRING, UNKNOWN, WHOLE, Type

if TYPE_CHECKING:
    from tree_sitter import Node

NONE = Expr("None", type=NOTHING, pure=True)


@expression("number")
def number(t: Translator, node: Node) -> Expr:
    """`1_000`, `0xff`, `1e3`."""
    written = texts.number(text_of(node))
    if written is None and not text_of(node).endswith("n"):
        return Expr(t.helper("Infinity"), type=NUMBER, pure=True)
    if written is None:
        raise Refused("whole numbers of any size are not ported", "Python's int")
    value = float(int(written, 0)) if written.startswith("0") and len(written) > 1 and "." not in written else None
    value = float(written) if value is None else value
    is_whole = value.is_integer() and abs(value) <= 2**53
    return Expr(written, type=WHOLE if is_whole else NUMBER, pure=True, written=value)


@expression("string")
def string(t: Translator, node: Node) -> Expr:
    """A text in quotes."""
    value = texts.unescaped(text_of(node)[1:-1])
    return Expr(texts.literal(value), type=STRING, pure=True, written=value)


@expression("template_string")
def template(t: Translator, node: Node) -> Expr:
    """`/user/${id}`, as an f-string."""
    parts: list[Expr] = []
    source = t.module.parsed.source.text
    at = node.start_byte + 1
    for child in [*(each for each in node.named_children if each.type == "template_substitution"), None]:
        end = child.start_byte if child is not None else node.end_byte - 1
        between = texts.unescaped(source[at:end].decode("utf-8", "replace").replace("\r\n", "\n"))
        if between:
            parts.append(Expr(texts.literal(between), type=STRING, pure=True, written=between))
        if child is not None:
            parts.append(t.expr(next(each for each in child.named_children if each.type != "comment")))
            at = child.end_byte
    return joined(t, parts)


def joined(t: Translator, parts: list[Expr]) -> Expr:
    """The parts as one text: an f-string, or added where one of them can't stand in an f-string."""
    if not parts:
        return Expr('""', type=STRING, pure=True, written="")
    if all(isinstance(part.written, str) for part in parts):
        whole = "".join(str(part.written) for part in parts)
        return Expr(texts.literal(whole), type=STRING, pure=True, written=whole)
    shown = [(part, _in_braces(t, part)) for part in parts]
    pure = all(part.pure for part in parts)
    if any(text is None for _, text in shown):
        return Expr(" + ".join(as_text(t, part).at(Level.SUM) for part in parts), Level.SUM, STRING, pure)
    body = "".join(text or "" for _, text in shown)
    return Expr(f'f"{body}"', type=STRING, pure=pure)


def _in_braces(t: Translator, part: Expr) -> str | None:
    """A part as it stands in an f-string; None if it can't."""
    if isinstance(part.written, str):
        return texts.literal(part.written)[1:-1].replace("{", "{{").replace("}", "}}")
    text = as_text(t, part).at(Level.TERNARY)
    if "\\" in text or ('"' in text and "'" in text) or "#" in text or "lambda" in text or "!=" in text[:0]:
        return None
    text = text.replace('"', "'")
    return "{" + (f" {text}" if text.startswith("{") else text) + "}"


def as_text(t: Translator, value: Expr) -> Expr:
    """A value as JavaScript makes a text of it."""
    if value.type.is_string and value.type.name != "enum" and not _is_field(value):
        return value
    if value.type.is_number and value.type.whole and not value.type.name:
        return Expr(f"str({value.at(Level.TERNARY)})", type=STRING, pure=value.pure) if value.text[:1] != "{" else value
    return Expr(f"{t.helper('text')}({value.at(Level.TERNARY)})", type=STRING, pure=value.pure)


def _is_field(value: Expr) -> bool:
    """Whether it is a field or an item, which may be missing whatever its declaration says."""
    return value.pure and re.fullmatch(r"[\w.]+\.\w+|.*\]", value.text) is not None


@expression("regex")
def regex(t: Translator, node: Node) -> Expr:
    """`/^1\\d{10}$/g`."""
    pattern = text_of(node.child_by_field_name("pattern"))  # type: ignore[arg-type]
    flags = node.child_by_field_name("flags")
    more = f', "{text_of(flags)}"' if flags is not None else ""
    return Expr(f"{t.helper('RegExp')}({texts.raw(pattern)}{more})", type=Type("regexp"))


@expression("true", "false")
def boolean(t: Translator, node: Node) -> Expr:
    """True and false."""
    return Expr(text_of(node).capitalize(), type=BOOLEAN, pure=True)


@expression("null", "undefined")
def nothing(t: Translator, node: Node) -> Expr:
    """Both are None."""
    return NONE


@expression("array")
def array(t: Translator, node: Node) -> Expr:
    """`[a, ...others]`."""
    parts: list[str] = []
    items: list[Type] = []
    before = ","
    for child in node.children:
        if child.type == "comment":
            continue
        if child.type == "," and before in (",", "["):
            parts.append(t.helper("hole"))
            items.append(UNKNOWN)
        before = child.type
        if child.type == "spread_element":
            parts.append(f"*{t.text(child.named_children[0], Level.ATOM)}")
            items.append(UNKNOWN)
        elif child.is_named:
            value = t.expr(child)
            parts.append(value.at(Level.TERNARY))
            items.append(value.type)
    helper = t.helper("Array")
    item = items[0] if items and all(each == items[0] for each in items) else None
    return Expr(f"{helper}([{', '.join(parts)}])" if parts else f"{helper}()", type=Type("array", item=item))


# --- objects ---------------------------------------------------------------------------------------------------


class _Fields:
    """The arguments of an `Obj`: spread objects and dicts as they come, and at the end fields by name."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, str | None, str]] = []

    def spread(self, value: str) -> None:
        self.parts.append(("spread", None, value))

    def put(self, key: str, value: str) -> None:
        for index, (form, known, _) in enumerate(self.parts):
            if form == "field" and known == key:
                del self.parts[index]
                break
        self.parts.append(("field", key, value))

    def computed(self, key: str, value: str) -> None:
        self.parts.append(("computed", key, value))

    def arguments(self) -> str:
        named: list[str] = []
        while self.parts and self.parts[-1][0] == "field" and can_be_keyword(self.parts[-1][1] or ""):
            _, key, value = self.parts.pop()
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
    arguments, fields = fields_of(t, node)
    return Expr(f"{t.helper('Obj')}({arguments})", type=Type("object", fields=fields))


def fields_of(t: Translator, node: Node) -> tuple[str, dict[str, Type]]:
    """The arguments that make the object, and the types of its fields."""
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
            _pair(t, part, found, known)
        elif part.type == "method_definition":
            _method(t, part, found)
        else:
            raise Refused("the text was not understood")
    return found.arguments(), known


def _pair(t: Translator, part: Node, found: _Fields, known: dict[str, Type]) -> None:
    key, value = part.child_by_field_name("key"), part.child_by_field_name("value")
    if key is None or value is None:
        raise Refused("the text was not understood")
    name = _key(key)
    t.hint = name or ""
    if name is None:
        found.computed(t.text(key.named_children[0]), t.text(value))
        return
    if name == "__proto__":
        raise Refused("prototypes are not ported", "a class")
    if value.type == "undefined":
        t.note(value, f"the field {name} is None: JSON has null there, where JavaScript leaves it out")
    if name == "success" and value.type in ("arrow_function", "function_expression"):
        t.item = () if t.taro_result is None else (t.taro_result,)
    made = t.expr(value)
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


def _method(t: Translator, part: Node, found: _Fields) -> None:
    name = part.child_by_field_name("name")
    if (
        name is None
        or name.type == "computed_property_name"
        or any(c.type in ("get", "set", "*") for c in part.children)
    ):
        raise Refused("getters, setters and generators of an object are not ported", "a class with a property")
    t.hint = text_of(name)
    found.put(_key(name) or text_of(name), later.function_value(t, part).at(Level.TERNARY))


# --- names -----------------------------------------------------------------------------------------------------


@expression("identifier", "shorthand_property_identifier")
def name_of(t: Translator, node: Node) -> Expr:
    """What a name stands for: a declaration, an import, one of JavaScript's globals."""
    name = text_of(node)
    if name == "undefined":
        return NONE
    binding = t.binding(name)
    if binding is None:
        return _global(t, node, name)
    stand = t.standing_for.get(id(binding))
    if stand is not None:
        return stand
    if binding.kind == "enum":
        raise Refused("an enum as a value, or with a computed name, is not ported", "its members")
    if binding.kind == "import":
        return later.imported(t, binding)
    return Expr(t.python(binding), type=later.type_of_binding(t.module, binding), pure=True)


def _global(t: Translator, node: Node, name: str) -> Expr:
    if name in library.FUNCTIONS:
        return Expr(t.helper(library.FUNCTIONS[name][0]), type=Type("function"), pure=True)
    if name in library.OBJECTS:
        return Expr(t.helper(name), type=Type("class", name=name), pure=True)
    if name in ("NaN", "Infinity"):
        return Expr(t.helper(name), type=NUMBER, pure=True)
    if name == "getCurrentPages":
        return Expr(f"{t.helper('Taro')}.getCurrentPages", type=Type("function", item=ARRAY), pure=True)
    if name == "arguments":
        raise Refused("`arguments` is not ported", "a parameter of the rest, `*items`")
    if name in NATIVES:
        return Expr(t.helper(name), pure=True)
    constants = t.module.program.build(t.module).constants
    if name in constants:
        return _defined(t, constants[name])
    if name in library.ELSEWHERE:
        refused = Refused(f"`{name}` is of a web page, and is not here", "what Taro has for it")
    else:
        refused = Refused(
            f"`{name}` is declared nowhere in the program", f"its value with --define {name}=…, or an import"
        )
    return Expr(t.stand_in(node, refused), pure=True)


def _defined(t: Translator, value: Constant) -> Expr:
    """A constant of the build."""
    if isinstance(value, dict):
        fields = ", ".join(f"{texts.literal(key)}: {_defined(t, each).text}" for key, each in value.items())
        return Expr(f"{t.helper('Obj')}({{{fields}}})", type=Type("object"))
    if isinstance(value, list):
        return Expr(f"{t.helper('Array')}([{', '.join(_defined(t, each).text for each in value)}])", type=ARRAY)
    if isinstance(value, str):
        return Expr(texts.literal(value), type=STRING, pure=True, written=value)
    if value is None or isinstance(value, bool):
        return Expr(repr(value), type=NOTHING if value is None else BOOLEAN, pure=True)
    return Expr(repr(value), type=NUMBER, pure=True, written=float(value))


@expression("this")
def this(t: Translator, node: Node) -> Expr:
    """The object of a method; elsewhere nobody knows."""
    if t.current.this is None:
        raise Refused("`this` outside of a class is not ported", "a parameter, or a class")
    return Expr(t.current.this, type=Type("instance", name="this"), pure=True)


@expression(
    "parenthesized_expression",
    "as_expression",
    "satisfies_expression",
    "non_null_expression",
    "type_assertion",
    "instantiation_expression",
)
def transparent(t: Translator, node: Node) -> Expr:
    """What is its only part; a cast says its type, if nothing is known."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if not parts:
        raise Refused("the text was not understood")
    value = parts[-1] if node.type == "type_assertion" else parts[0]
    found = t.expr(value)
    if node.type == "non_null_expression":
        return _typed(found, found.type.sure)
    if node.type == "as_expression" and len(parts) > 1 and found.type.kind == "unknown":
        return _typed(found, t.module.types.of(parts[1]))
    return found


def _typed(value: Expr, type_: Type) -> Expr:
    return Expr(value.text, value.level, type_, value.pure, value.written)


def is_plain_key(text: str) -> bool:
    """Whether a field of this name reads by attribute."""
    return (
        re.fullmatch(r"[A-Za-z_]\w*", text, re.ASCII) is not None and not keyword.iskeyword(text) and text[:2] != "__"
    )


def field(value: Expr, key: str, type_: Type = UNKNOWN) -> Expr:
    """`value.key`, or `value["key"]` where Python can't write that."""
    base = value.at(Level.ATOM)
    if is_plain_key(key):
        return Expr(f"{base}.{key}", type=type_, pure=value.pure)
    return Expr(f"{base}[{texts.literal(key)}]", type=type_, pure=value.pure)
