"""What type a value has, as far as that is plain from how it is written."""

from __future__ import annotations

import ast

CONSTANTS = (str, int, float, bool, bytes)

#: Functions called as the type of what they return.
CONVERSIONS = frozenset(kind.__name__ for kind in CONSTANTS)


def kind_of(value: ast.expr | None, parameters: dict[str, ast.expr]) -> ast.expr | None:
    """The type of a value, if it is plain to see."""
    match value:
        case ast.Constant(constant) if isinstance(constant, CONSTANTS):
            return ast.Name(type(constant).__name__)
        case ast.JoinedStr():
            return ast.Name("str")
        case ast.Compare():
            return ast.Name("bool")
        case ast.Name(name):
            return parameters.get(name)
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name)) if name[0].isupper() or name in CONVERSIONS:
            return value.func
        case ast.Call(func=ast.Attribute(ast.Name("re"), "compile"), args=[pattern, *_]):
            kind = kind_of(pattern, parameters)
            return kind and ast.Subscript(ast.Attribute(ast.Name("re"), "Pattern"), kind)
        case ast.Call(func=ast.Name("frozenset" | "set" | "tuple" | "list" as kind), args=[items]):
            return _collection(kind, [items.elt] if isinstance(items, ast.GeneratorExp) else _items(items), parameters)
        case ast.UnaryOp(operand=operand):
            return kind_of(operand, parameters)
        case ast.BinOp(left=left, right=right):
            return _wider(kind_of(left, parameters), kind_of(right, parameters))
        case ast.BoolOp(op=ast.Or(), values=[*_, last]):
            return kind_of(last, parameters)
        case ast.Dict(keys=keys, values=values):
            pair = _collection("list", list(filter(None, keys)), parameters), _collection("list", values, parameters)
            inner = [each.slice for each in pair if isinstance(each, ast.Subscript)]
            return ast.Subscript(ast.Name("dict"), ast.Tuple(list(inner))) if len(inner) == 2 else None
        case ast.Tuple() | ast.Set() | ast.List():
            return _collection(type(value).__name__.lower(), value.elts, parameters)
        case ast.ListComp(elt=each) | ast.SetComp(elt=each):
            return _collection("list" if isinstance(value, ast.ListComp) else "set", [each], parameters)
        case _:
            return None


def _items(value: ast.expr) -> list[ast.expr]:
    return value.elts if isinstance(value, ast.Tuple | ast.List | ast.Set) else []


def _collection(kind: str, items: list[ast.expr], parameters: dict[str, ast.expr]) -> ast.expr | None:
    """The type of a collection whose items are all of one type."""
    kinds = {ast.unparse(found) if found else "" for found in (kind_of(each, parameters) for each in items)}
    if len(kinds) != 1 or "" in kinds:
        return None
    return ast.parse(f"{kind}[{kinds.pop()}{', ...' if kind == 'tuple' else ''}]", mode="eval").body


def _wider(one: ast.expr | None, other: ast.expr | None) -> ast.expr | None:
    """The type of what two numbers make."""
    kinds = {ast.unparse(each) if each else "" for each in (one, other)}
    if not kinds <= {"int", "float"}:
        return None
    return ast.Name("float" if "float" in kinds else "int")


def is_type(value: ast.expr) -> bool:
    """Whether a module's name stands for a type, or for a part of types."""
    match value:
        case ast.Subscript(value=ast.Name()):
            return True
        case ast.Name(name) | ast.Attribute(value=ast.Name(), attr=name):
            return name[0].isupper() and not name.isupper()
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            return all(isinstance(each, ast.Name | ast.Constant | ast.Subscript | ast.BinOp) for each in (left, right))
        case ast.Call(func=ast.Name("TypeVar" | "ParamSpec")):
            return True
        case _:
            return False
