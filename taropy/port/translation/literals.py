"""Literals and names: texts, templates, numbers, arrays, objects, regular expressions; what a name stands for."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING

from ..build import Constant
from ..names import text_of
from . import library, texts
from .library import NATIVES
from .narrowing import is_there
from .translator import Translator, expression, later
from .tree import Expr, Finds, Level, Refused
from .types import ARRAY, BOOLEAN, MATCH, NOTHING, NULL, NUMBER, STRING, UNKNOWN, Type, of_number

if TYPE_CHECKING:
    from tree_sitter import Node

NONE = Expr("None", type=NOTHING, pure=True)
_NULL = Expr("None", type=NULL, pure=True)


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
    return Expr(written, type=of_number(value), pure=True, written=value)


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
    parts = [as_text(t, part) if part.text == "None" else part for part in parts]
    if not parts:
        return Expr('""', type=STRING, pure=True, written="")
    if all(isinstance(part.written, str) for part in parts):
        whole = "".join(str(part.written) for part in parts)
        return Expr(texts.literal(whole), type=STRING, pure=True, written=whole)
    if len(parts) == 1:
        return as_text(t, parts[0])
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
    if isinstance(part.written, float) and _is_whole(part):
        return f"{int(part.written)}"
    text = (part if _shows_itself(t, part) else as_text(t, part)).at(Level.TERNARY)
    if "\\" in text or ('"' in text and "'" in text) or "#" in text or "lambda" in text or "!=" in text[:0]:
        return None
    text = text.replace('"', "'")
    return "{" + (f" {text}" if text.startswith("{") else text) + "}"


def as_text(t: Translator, value: Expr) -> Expr:
    """A value as JavaScript makes a text of it."""
    if value.type.is_string and value.type.name != "enum" and not (t.strict and _is_field(value)):
        return value
    if value.text == "None":
        written = "null" if value.type.null else "undefined"
        return Expr(texts.literal(written), type=STRING, pure=True, written=written)
    if _is_whole(value):
        return Expr(f"str({value.at(Level.TERNARY)})", type=STRING, pure=value.pure)
    return Expr(f"{t.helper(_converter(value))}({value.at(Level.TERNARY)})", type=STRING, pure=value.pure)


def _converter(value: Expr) -> str:
    """What makes a text of it: of what may be missing another than of what is there, or is null by its type."""
    is_there = value.type.kind not in ("unknown", "nothing") and not value.type.nullable
    return "text" if is_there or value.type.null else "shown"


def _is_whole(value: Expr) -> bool:
    return value.type.is_number and value.type.whole and value.type.name != "enum"


def _shows_itself(t: Translator, value: Expr) -> bool:
    """Whether Python shows it in an f-string as JavaScript does: texts, whole numbers, members of enums."""
    if t.strict and _is_field(value):
        return False
    return value.type.is_string or (value.type.is_number and value.type.whole)


def _is_field(value: Expr) -> bool:
    """Whether it is a field or an item, which may be missing whatever its declaration says."""
    return value.pure and re.fullmatch(r"[\w.]+\.\w+|.*\]", value.text) is not None


@expression("regex")
def regex(t: Translator, node: Node) -> Expr:
    """`/^1\\d{10}$/g`."""
    pattern = text_of(node.child_by_field_name("pattern"))  # type: ignore[arg-type]
    flags = node.child_by_field_name("flags")
    more = f', "{text_of(flags)}"' if flags is not None else ""
    # Who asks for the groups of the last match wants to be told of this one too.
    finds = _finds(pattern, text_of(flags) if flags is not None else "") if not t.module.asks_for_groups else None
    return Expr(f"{t.helper('RegExp')}({texts.raw(pattern)}{more})", type=Type("regexp"), finds=finds)


_PLAIN_PATTERN = re.compile(r"(?:[^\\^$.*+?()\[\]{}|\\]|\\[^\w\s]|\\[nrt])+")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}


def _finds(pattern: str, flags: str) -> Finds | None:
    """The one text that a pattern finds, and whether everywhere; None of a pattern that may find others."""
    if not set(flags) <= set("gu") or not _PLAIN_PATTERN.fullmatch(pattern):
        return None
    return Finds(re.sub(r"\\(.)", lambda found: _CONTROLS.get(found[1], found[1]), pattern), everywhere="g" in flags)


@expression("true", "false")
def boolean(t: Translator, node: Node) -> Expr:
    """True and false."""
    return Expr(text_of(node).capitalize(), type=BOOLEAN, pure=True)


@expression("null", "undefined")
def nothing(t: Translator, node: Node) -> Expr:
    """Both are None."""
    return _NULL if node.type == "null" else NONE


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
        return members_of(t, t.python(binding))
    if binding.kind == "import":
        return later.imported(t, binding)
    type_ = later.type_of_binding(t.module, binding)
    if type_.nullable and is_there(binding, node, only_null=type_.null):
        type_ = type_.sure
    return Expr(t.python(binding), type=type_, pure=True)


def members_of(t: Translator, enum: str) -> Expr:
    """An enum as a value: the object of its members."""
    return Expr(f"{t.helper('members')}({enum})", type=Type("object"), pure=True)


def _global(t: Translator, node: Node, name: str) -> Expr:
    if name in library.CONVERTERS:
        return Expr(t.helper(name), type=Type("function"), pure=True)
    if name in library.FUNCTIONS:
        return Expr(t.helper(library.FUNCTIONS[name][0]), type=Type("function"), pure=True)
    if name in library.OBJECTS:
        return Expr(t.helper(name), type=Type("class", name=name), pure=True)
    if name in ("NaN", "Infinity"):
        return Expr(t.helper(name), type=NUMBER, pure=True)
    if name == "getCurrentPages":
        return Expr(f"{t.helper('Taro')}.getCurrentPages", type=Type("function", item=ARRAY), pure=True)
    if name == "arguments":
        if t.current.arguments is None:
            raise Refused("`arguments` of a module is not ported", "a parameter of the rest, `...items`")
        return Expr(t.current.arguments.name, type=ARRAY, pure=True)
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
    binding = t.object_bindings.get(t.current.this)
    if binding is None:
        return Expr(t.current.this, type=Type("instance", name="this"), pure=True)
    t.annotator.trusts |= t.module.is_typed  # the types of its fields, which checkers do not know
    return Expr(t.current.this, type=later.type_of_binding(t.module, binding), pure=True)


@expression(
    "parenthesized_expression",
    "as_expression",
    "satisfies_expression",
    "non_null_expression",
    "type_assertion",
    "instantiation_expression",
)
def transparent(t: Translator, node: Node) -> Expr:
    """What is its only part; a cast says its type, if nothing is known, and stays one where a text is one of some."""
    parts = [child for child in node.named_children if child.type != "comment"]
    if not parts or (node.type == "instantiation_expression" and node.has_error):
        raise Refused("the text was not understood")
    value = parts[-1] if node.type == "type_assertion" else parts[0]
    found = t.expr(value)
    if node.type == "non_null_expression":
        return _typed(found, found.type.sure)
    if node.type != "as_expression" or len(parts) == 1:
        return found
    if found.type.kind == "unknown":
        return _typed(found, t.module.types.of(parts[1]))
    return _cast(t, found, parts[1]) if _is_text(found.type) and t.annotator.is_of_literals(parts[1]) else found


def _is_text(type_: Type) -> bool:
    """Whether it is `str` to checkers, which they take for no `Literal`, or an array of these."""
    item = type_.item if type_.kind == "array" and not type_.nullable else type_
    return item is not None and item.is_string and not item.name


def _cast(t: Translator, value: Expr, node: Node) -> Expr:
    if "cast" in t.module.own_names:
        return value
    t.annotator.typing.add("cast")
    said = t.annotator.of(node).replace('"', "'")
    return Expr(f'cast("{said}", {value.at(Level.TERNARY)})', type=value.type)


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
    is_pythons = value.type.kind == "array" and key in library.of_lists() and value.type.sure != MATCH.sure
    if is_plain_key(key) and not is_pythons:
        return Expr(f"{base}.{key}", type=type_, pure=value.pure)
    return Expr(f"{base}[{texts.literal(key)}]", type=type_, pure=value.pure)
