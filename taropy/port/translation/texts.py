"""Literals: texts, numbers and regular expressions of JavaScript's, as Python writes them."""

from __future__ import annotations

import re

from .tree import Refused

_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": "", "\r\n": "",
           "\u2028": "", "\u2029": ""}  # fmt: skip
_ESCAPE = re.compile(
    r"\\(?:u\{(?P<point>[0-9a-fA-F]+)\}|u(?P<unit>[0-9a-fA-F]{4})|x(?P<byte>[0-9a-fA-F]{2})|(?P<char>\r\n|.))",
    re.DOTALL,
)
_PLAIN_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", "\\": "\\\\", '"': '\\"'}


def unescaped(written: str) -> str:
    """The text that JavaScript's escapes stand for."""

    def one(found: re.Match[str]) -> str:
        for name in ("point", "unit", "byte"):
            if found[name] is not None:
                code = int(found[name], 16)
                if code > 0x10FFFF:
                    raise Refused("the text was not understood")
                return chr(code)
        return _SIMPLE.get(found["char"], found["char"])

    if "\\" not in written:
        return written
    return _joined(_ESCAPE.sub(one, written))


def _joined(text: str) -> str:
    """With the halves of characters beyond U+FFFF put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def literal(text: str, quote: str = '"') -> str:
    """A text as Python writes it, in double quotes."""
    return quote + "".join(_shown(char) for char in text) + quote


def _shown(char: str) -> str:
    if char in _PLAIN_ESCAPES:
        return _PLAIN_ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def raw(text: str) -> str:
    """A regular expression's source, as a raw text where that can be."""
    if "\\" in text and '"' not in text and not text.endswith("\\") and text.isprintable():
        return f'r"{text}"'
    return literal(text)


def number(written: str) -> str | None:
    """A number as Python writes it; None for one of a kind that it has not."""
    plain = written.replace("_", "").lower()
    if plain.endswith("n"):
        return None
    if re.fullmatch(r"0[xob][0-9a-f]+", plain):
        value = int(plain, 0)
        return plain if value <= 2**53 - 1 else repr(float(value))
    if re.fullmatch(r"0[0-7]+", plain):
        return str(int(plain, 8))
    amount = float(plain)
    if amount.is_integer() and abs(amount) <= 2**53 - 1:
        return str(int(amount)) if amount or not plain.startswith("-") else "0"
    return repr(amount) if amount != float("inf") else None
