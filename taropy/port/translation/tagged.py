"""Tagged templates: a call with the texts of a template, and then its values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..names import text_of
from . import texts
from .access import link
from .literals import joined
from .translator import Translator
from .tree import Expr, Level
from .types import STRING

if TYPE_CHECKING:
    from tree_sitter import Node


def tagged(t: Translator, function: Node, template: Node, guards: list[str]) -> Expr:
    """`` tag`Hello ${name}` `` as `tag(parts("Hello ", ""), name)`."""
    raw, values = _parts(t, template)
    cooked = [texts.unescaped(each) for each in raw]
    if text_of(function) == "String.raw" and t.binding("String") is None:
        return _raw(t, raw, values)
    called = link(t, function, guards)
    given = [texts.literal(each) for each in cooked]
    if cooked != raw:
        given.append(f"raw=[{', '.join(map(texts.literal, raw))}]")
    arguments = [f"{t.helper('parts')}({', '.join(given)})", *(t.text(each) for each in values)]
    return Expr(f"{called.at(Level.ATOM)}({', '.join(arguments)})")


def _raw(t: Translator, raw: list[str], values: list[Node]) -> Expr:
    """`String.raw`, whose backslashes are backslashes."""
    parts: list[Expr] = []
    for index, text in enumerate(raw):
        if index:
            parts.append(t.expr(values[index - 1]))
        if text:
            parts.append(Expr(texts.literal(text), type=STRING, pure=True, written=text))
    return joined(t, parts)


def _parts(t: Translator, template: Node) -> tuple[list[str], list[Node]]:
    """The texts as they are written, and the values between them."""
    source = t.module.parsed.source.text
    raw: list[str] = []
    values: list[Node] = []
    at = template.start_byte + 1
    for child in template.named_children:
        if child.type == "template_substitution":
            raw.append(source[at : child.start_byte].decode("utf-8", "replace"))
            values.append(next(each for each in child.named_children if each.type != "comment"))
            at = child.end_byte
    raw.append(source[at : template.end_byte - 1].decode("utf-8", "replace"))
    return [each.replace("\r\n", "\n") for each in raw], values
