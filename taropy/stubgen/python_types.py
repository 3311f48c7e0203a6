"""The spec's types and signatures, written as Python's, as people read them."""

from __future__ import annotations

from ..spec import Array, Member, Param, Signature, Type
from .notation import Notation, comma, or_none, python_value

WIDTH = 80


class _Plain(Notation):
    """One way to write a type, whoever gives the value: for reading, not for checking."""

    def write(self, type_: Type, given: bool = False) -> str:
        """As for a value that the program gets."""
        return super().write(type_)

    def mapping(self, key: str, value: str, given: bool) -> str:
        """Always a dict."""
        return f"dict[{key}, {value}]"


_notation = _Plain()


def python_type(type_: Type) -> str:
    """A type of the spec as Python would write it; `Any` for what Python has nothing for."""
    return _notation.write(type_)


def signatures(member: Member) -> list[str]:
    """How the function is called, once for each way; broken into lines where it is too long for one."""
    return [_signature(member.name, signature) for signature in member.signatures]


def _signature(name: str, signature: Signature) -> str:
    params = [_param(param) for param in signature.params]
    returns = python_type(signature.returns)
    short = f"Taro.{name}({comma(params)}) -> {returns}"
    if len(short) <= WIDTH:
        return short
    lines = "".join(f"    {param},\n" for param in params)
    return f"Taro.{name}(\n{lines}) -> {returns}"


def _param(param: Param) -> str:
    if param.rest:
        item = param.type.item if isinstance(param.type, Array) else param.type
        return f"*{param.name}: {python_type(item)}"
    if not param.optional:
        return f"{param.name}: {python_type(param.type)}"
    return f"{param.name}: {or_none(python_type(param.type))} = None"


__all__ = ["or_none", "python_type", "python_value", "signatures"]
