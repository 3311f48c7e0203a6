"""Fields, items and chains: `res.data?.user.name`, `list[0]`, `process.env.TARO_ENV`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ... import spec
from ..names import string_of, text_of
from . import library, texts
from .commonjs import required
from .comparing import of_native
from .literals import as_text, field, is_plain_key
from .looks import look
from .private import PRIVATE, above, private_name
from .standing import bare
from .translator import Translator, expression, later
from .tree import THERE, Expr, Level, Refused
from .types import DIGITS, NATURAL, NUMBER, PACKAGE, STRING, UNKNOWN, WHOLE, Type, enum_type
from .wholes import module_of

if TYPE_CHECKING:
    from tree_sitter import Node

_PARTS = ("member_expression", "subscript_expression", "call_expression", "non_null_expression")
_ACTING = frozenset(
    [
        "assignment_expression",
        "augmented_assignment_expression",
        "await_expression",
        "call_expression",
        "new_expression",
        "update_expression",
    ]
)
#: `a?.b?.c` is written out with as many questions; with more it is `get(a, "b", "c", "d")`.
_MOST_GUARDS = 2
#: What has as many items as what is spread in it.
_SPREAD = re.compile(r"\[\*([\w.]+)\]")
#: What makes a text of anything.
_TEXT = re.compile(r"\.(?:toString|toFixed|padStart|slice)\([^()]*\)$|^String\(|^`")
_UNTOLD = frozenset(["constructor", "prototype", "__proto__", "callee", "caller"])


def is_optional(node: Node) -> bool:
    """Whether the step is one with `?.`."""
    return any(child.type in ("optional_chain", "?.") for child in node.children)


@expression("member_expression", "subscript_expression")
def access(t: Translator, node: Node) -> Expr:
    """A field or an item, at the end of a chain."""
    return whole_chain(t, node)


def whole_chain(t: Translator, node: Node) -> Expr:
    """A chain, which gives None as soon as one of its `?.` finds nothing."""
    path = _as_path(t, node)
    if path is not None:
        return path
    guards: list[str] = []
    value = link(t, node, guards)
    if not guards:
        return value
    text = f"{value.at(Level.OR)} if {' and '.join(guards)} else None"
    return Expr(text, Level.TERNARY, _perhaps(value.type), guards=tuple(guards), reached=value)


def _perhaps(type_: Type) -> Type:
    return attrs.evolve(type_, nullable=True)


def _as_path(t: Translator, node: Node) -> Expr | None:
    """`a?.b?.c` as `get(a, "b", "c")`, if all that follows the first `?.` are fields, each with its own."""
    keys: list[str] = []
    while node.type in ("member_expression", "subscript_expression") and is_optional(node):
        key = node.child_by_field_name("property" if node.type == "member_expression" else "index")
        if key is None or key.type == PRIVATE or _acts(key):
            return None
        keys.insert(
            0, texts.literal(texts.unescaped(text_of(key))) if node.type == "member_expression" else t.text(key)
        )
        inner = node.child_by_field_name("object")
        if inner is None:
            return None
        node = inner
    if not keys or (node.type in _PARTS and _has_optional(node)) or _is_module(t, node):
        return None
    if _is_plain(node) and len(keys) <= _MOST_GUARDS and not t.strict and not _is_answer(node):
        return None
    base = t.expr(node)
    if _is_plain(node) and len(keys) <= _MOST_GUARDS and not t.strict and base.type.kind in ("object", "instance"):
        return None
    return Expr(f"{t.helper('get')}({', '.join([base.at(Level.TERNARY), *keys])})", pure=base.pure)


def _acts(node: Node) -> bool:
    """Whether evaluating it does something, which it must not where a chain has ended before it."""
    return node.type in _ACTING or any(_acts(child) for child in node.named_children)


def _is_plain(node: Node) -> bool:
    """Whether it can be written twice: a name, or a field of one."""
    while node.type in ("member_expression", "non_null_expression") and node.named_children:
        node = node.named_children[0]
    return node.type in ("identifier", "this")


def _is_answer(node: Node) -> bool:
    """Whether it is what a server has answered: an object, or a text where something has gone wrong."""
    return text_of(node.child_by_field_name("property") or node) == "data"


def _has_optional(node: Node | None) -> bool:
    while node is not None and node.type in _PARTS:
        if is_optional(node):
            return True
        node = node.child_by_field_name("object") or node.child_by_field_name("function") or node.named_child(0)
    return False


def link(t: Translator, node: Node, guards: list[str]) -> Expr:
    """A step of a chain; what has to be there for it goes into `guards`."""
    if node.id in t.known:
        return t.known[node.id]
    if node.type == "call_expression":
        return later.call_in_chain(t, node, guards)
    if node.type == "non_null_expression" and node.named_children:
        return link(t, node.named_children[0], guards)
    if node.type not in ("member_expression", "subscript_expression"):
        return t.expr(node)
    known = _known(t, node)
    if known is not None:
        return known
    inner = node.child_by_field_name("object")
    if inner is None:
        raise Refused("the text was not understood")
    found = _of_what_may_lack(t, node, inner)
    if found is not None:
        return found
    if inner.type == "super":
        return _of_super(t, node.child_by_field_name("property"))
    base = holder(t, inner, guards)
    if is_optional(node):
        base = guarded(t, base, guards)
    if node.type == "subscript_expression":
        return _item(t, base, node.child_by_field_name("index"), may_be_text=_may_be_text(t, inner))
    key = node.child_by_field_name("property")
    if key is None:
        raise Refused("the text was not understood")
    if key.type == PRIVATE:
        type_ = _of_this(t, base, text_of(key))
        return Expr(f"{base.at(Level.ATOM)}.{private_name(t, key)}", type=type_, pure=base.pure)
    return read(t, base, texts.unescaped(text_of(key)))


def _of_super(t: Translator, key: Node | None) -> Expr:
    """`super.title`: None where no class above has it."""
    if key is None:
        raise Refused("a member of `super` by a computed name is not ported", "its name")
    return Expr(f"getattr({above(t)}, {texts.literal(library.method(text_of(key)))}, None)")


def _of_what_may_lack(t: Translator, node: Node, inner: Node) -> Expr | None:
    """`(options || {}).url` as `options.url if options else None`; None where a chain goes on, and for all else."""
    if node.parent is not None and node.parent.type in _PARTS:
        return None
    either, key = bare(inner), node.child_by_field_name("property")
    sign, left, right = (either.child_by_field_name(name) for name in ("operator", "left", "right"))
    if sign is None or left is None or right is None or text_of(sign) not in ("||", "??") or is_optional(node):
        return None
    if key is None or key.type != "property_identifier" or bare(right).type != "object" or bare(right).named_children:
        return None
    value = t.expr(left) if _is_plain(left) and not _has_optional(left) and not t.strict else None
    if value is None or not value.pure or value.type.is_number:
        return None
    asked = value.at(Level.OR) if text_of(sign) == "||" else f"{value.at(Level.SUM)}{THERE}"
    found = read(t, Expr(value.text, value.level, value.type.sure, pure=True), text_of(key))
    text, type_ = f"{found.at(Level.OR)} if {asked} else None", _perhaps(found.type)
    if text_of(sign) == "??":
        return Expr(text, Level.TERNARY, type_, guards=(asked,), reached=found)
    return Expr(text, Level.TERNARY, type_, found.pure)


def holder(t: Translator, node: Node, guards: list[str]) -> Expr:
    """What a field is read of: `Number` is a class there, and the function that converts where it is called."""
    name = text_of(node) if node.type == "identifier" else ""
    if name in library.OBJECTS and t.binding(name) is None:
        return Expr(t.helper(name), type=Type("class", name=name), pure=True)
    return link(t, node, guards)


def guarded(t: Translator, base: Expr, guards: list[str]) -> Expr:
    """A value that may be missing: it has to be there for what follows."""
    if base.pure:
        guards.append(base.text if of_native(t, base) else f"{base.at(Level.COMPARE)}{THERE}")
        return Expr(base.text, base.level, base.type.sure, pure=True)
    name = t.fresh("found")
    guards.append(f"({name} := {base.at(Level.TERNARY)}){THERE}")
    return Expr(name, type=base.type.sure, pure=True)


def read(t: Translator, base: Expr, key: str) -> Expr:
    """`base.key`."""
    if key in _UNTOLD:
        raise Refused(f"`{key}` of an object is not ported", "a class, or isinstance()")
    type_ = base.type
    if base.text in ("Taro", "js_Taro") and base.text == t.helper("Taro") and not spec.has(key):
        return Expr(f"{t.helper('get')}({base.text}, {texts.literal(key)})")  # what programs put there themselves
    if base.text.endswith("Taro.ENV_TYPE"):
        return field(base, key, STRING)
    if key == "length" and "length" not in type_.fields:
        return length_of(t, base)
    if type_.kind == "class" and type_.name in library.OBJECTS:
        return _static(t, base, type_.name, key)
    if key == "size" and type_.kind in ("map", "set"):
        return field(base, key, WHOLE)
    if type_.kind == "regexp":
        return Expr(f"{base.at(Level.ATOM)}.{library.method(key) if key != 'global' else 'global_'}")
    if type_.kind == "function" and key == "name":
        raise Refused("the name of a function is not ported")
    if type_.kind in ("string", "number", "boolean") and not type_.nullable:
        raise Refused(f"the field {key} of a {type_.kind} is not ported")
    found = type_.fields.get(key)
    if found is None and type_.kind == "object" and type_.item is not None:
        found = _perhaps(type_.item)
    return field(base, key, _of_this(t, base, key) if found is None else found)


def _of_this(t: Translator, base: Expr, key: str) -> Type:
    """The type that the class around declares for one of its fields."""
    return later.field_type(t, key) if base.type.name == "this" else UNKNOWN


def length_of(t: Translator, base: Expr) -> Expr:
    """`base.length`: of texts in UTF-16 units."""
    if base.type.kind == "array" or base.type.sure == DIGITS:
        spread = _SPREAD.fullmatch(base.once)
        return Expr(f"len({spread[1] if spread else base.once})", type=NATURAL, pure=base.pure)
    if base.type.kind == "function":
        raise Refused("the number of a function's parameters is not ported")
    if base.type.kind in ("object", "instance", "map", "set") and base.type.name != "this":
        return field(base, "length")
    or_zero = f"len({base.at(Level.TERNARY)})" if base.type.kind == "string" else ""
    return Expr(f"{t.helper('length')}({base.at(Level.TERNARY)})", type=WHOLE, pure=base.pure, or_zero=or_zero)


_CONSTANTS = {
    "MAX_SAFE_INTEGER": WHOLE,
    "MIN_SAFE_INTEGER": WHOLE,
    "PI": NUMBER,
    "MAX_VALUE": NUMBER,
    "EPSILON": NUMBER,
}


def _static(t: Translator, base: Expr, owner: str, key: str) -> Expr:
    if owner == "RegExp" and re.fullmatch(r"\$[1-9]", key):
        return Expr(f"{base.text}.group({key[1]})", type=STRING)
    if not library.has(owner, key):
        raise Refused(f"`{owner}.{key}` is not in taropy.js")
    return Expr(f"{base.text}.{library.method(key)}", type=_CONSTANTS.get(key, Type("function")), pure=True)


def _may_be_text(t: Translator, node: Node) -> bool:
    """Whether a variable is given a text, or may be one as it is declared: a text has no item where Python raises."""
    binding = t.binding(text_of(node)) if node.type == "identifier" else None
    if binding is None or binding.path or not binding.writes:
        return False
    said = binding.place.node.child_by_field_name("type")
    given = zip(binding.writes, binding.written_in, strict=True)
    return (said is not None and "string" in text_of(said)) or any(
        value is not None and (look(t.module, value, scope).kind == "string" or _TEXT.search(text_of(value)))
        for value, scope in given
    )


def _item(t: Translator, base: Expr, index: Node | None, *, may_be_text: bool = False) -> Expr:
    if index is None:
        raise Refused("the text was not understood")
    if base.type == PACKAGE:
        raise Refused("a member of a package by a computed name is not ported", "its name")
    key = string_of(index)
    if key is not None and index.type == "string":
        name = texts.unescaped(key)
        if base.type.kind == "object" or is_plain_key(name):
            return Expr(
                f"{base.at(Level.ATOM)}[{texts.literal(name)}]",
                pure=base.pure,
                type=base.type.fields.get(name, UNKNOWN),
            )
    at = t.expr(index)
    if base.type.kind == "class" or base.type.kind == "enum":
        raise Refused("a member of a class or an enum by a computed name is not ported", "getattr(), or a dict")
    if base.items.endswith(")") and at.written == 0:  # what a text is split into has a first item
        return Expr(f"{base.items}[0]", type=base.type.item or UNKNOWN, pure=base.pure)
    item = _perhaps(base.type.item) if base.type.item is not None else UNKNOWN
    if base.type.sure == DIGITS and t.below.get(at.text) == length_of(t, base).text:
        return Expr(f"{base.at(Level.ATOM)}[{at.text}]", type=DIGITS, pure=base.pure)
    if base.type.is_string or base.type.sure == DIGITS:
        if at.written is None or at.text.startswith("-"):
            return Expr(f"{t.helper('get')}({base.at(Level.TERNARY)}, {at.at(Level.TERNARY)})")
        text = f"{t.helper('String')}.at({base.at(Level.TERNARY)}, {at.at(Level.TERNARY)})"
        return Expr(text, type=_perhaps(STRING))
    if may_be_text and base.type.kind == "unknown" and not at.type.is_string:
        return Expr(f"{t.helper('get')}({base.at(Level.TERNARY)}, {at.at(Level.TERNARY)})", pure=base.pure and at.pure)
    return Expr(f"{base.at(Level.ATOM)}[{at.at(Level.TERNARY)}]", type=item, pure=base.pure and at.pure)


# --- what is known without looking at it -------------------------------------------------------------------------


def _known(t: Translator, node: Node) -> Expr | None:
    """`process.env.NAME`, an enum's member, a name of a module that is imported whole."""
    inner, key = node.child_by_field_name("object"), node.child_by_field_name("property")
    if inner is None:
        return None
    is_environment = text_of(inner) == "process.env" and t.binding("process") is None
    if node.type == "subscript_expression":
        return _looked_up(t, node.child_by_field_name("index")) if is_environment else None
    if key is None or node.type != "member_expression":
        return None
    if is_environment:
        return _of_environment(t, text_of(key))
    specifier = required(inner)
    if specifier is not None and t.binding("require") is None:
        return later.required(t, specifier, text_of(key))
    if inner.type != "identifier":
        return None
    binding = t.binding(text_of(inner))
    if binding is None or id(binding) in t.standing_for:
        return None
    if binding.kind == "enum":
        return Expr(f"{t.python(binding)}.{text_of(key)}", type=enum_type(binding.place.node), pure=True)
    if binding.kind == "import":
        return later.member_of_module(t, binding, text_of(key)) or later.imported_enum(t, binding, text_of(key))
    return None


def _is_module(t: Translator, node: Node) -> bool:
    binding = t.binding(text_of(node)) if node.type == "identifier" else None
    return binding is not None and (
        (binding.kind == "import" and not binding.path) or module_of(t.module, binding) is not None
    )


def _looked_up(t: Translator, key: Node | None) -> Expr | None:
    """`process.env[name]`: what the environment has, since nothing is put there when a project is built."""
    if key is None:
        return None
    name = string_of(key)
    if name is not None:
        return _of_environment(t, name)
    t.standard.add("os")
    return Expr(f"os.environ.get({as_text(t, t.expr(key)).text})", type=Type("string", nullable=True))


def _of_environment(t: Translator, name: str) -> Expr:
    if name == "TARO_ENV":
        return Expr(f"{t.helper('taro_env')}()", type=STRING, pure=True)
    t.standard.add("os")
    built = t.module.program.build(t.module).env.get(name)
    if built is not None:
        return Expr(f'os.environ.get("{name}", {texts.literal(built)})', type=STRING, pure=True)
    return Expr(f'os.environ.get("{name}")', type=Type("string", nullable=True), pure=True)
