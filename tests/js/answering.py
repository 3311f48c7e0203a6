"""What Python answers to an expression, in the words in which JavaScript's answers are recorded."""

from __future__ import annotations

import ast
import math
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import taropy.js
from taropy.js import Error, Map, Set, caught, console, hole, is_nullish
from taropy.js.listing import kept


def printed(*values: Any) -> str:
    """What `console.log` prints."""
    with redirect_stdout(StringIO()) as output:
        console.log(*values)
    return output.getvalue().removesuffix("\n")


NAMES = {name: getattr(taropy.js, name) for name in taropy.js.__all__ if "aro" not in name} | {"printed": printed}


def answer(source: str) -> Any:
    """What the last line of the source gives, described."""
    try:
        return described(evaluated(source, dict(NAMES)))
    except Exception as error:
        thrown = caught(error)
        return {"throws": thrown.name if isinstance(thrown, Error) else described(thrown)}


def evaluated(source: str, names: dict[str, Any]) -> Any:
    """The value of the last expression of a program."""
    program = ast.parse(source)
    last = program.body.pop()
    assert isinstance(last, ast.Expr), source
    exec(compile(program, "<case>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<case>", "eval"), names)


def described(value: Any) -> Any:
    """A value as JSON has it, with what JSON has not."""
    if value is hole:
        return {"hole": True}
    if is_nullish(value) or isinstance(value, bool | str):
        return None if is_nullish(value) else value
    if isinstance(value, int | float):
        return {"number": number_text(value)}
    if isinstance(value, list | tuple):
        return [described(item) for item in kept(value)]
    if isinstance(value, Map):
        return {"map": [described(pair) for pair in value]}
    if isinstance(value, Set):
        return {"set": [described(item) for item in value]}
    if isinstance(value, Error):
        return {"error": value.name}
    if isinstance(value, dict):
        return {"object": [[key, described(field)] for key, field in dict(value).items()]}
    assert callable(value), value
    return {"function": True}


def number_text(value: float) -> str:
    """A number so that two are the same text if they are the same number; not the library's own text of it."""
    return repr(float(value)) if math.isfinite(value) else str(value)


def normal(recorded: Any) -> Any:
    """A recorded answer, with its numbers as `number_text` writes them."""
    if isinstance(recorded, list):
        return [normal(item) for item in recorded]
    if isinstance(recorded, dict):
        if "number" in recorded:
            return {"number": number_text(float(recorded["number"]))}
        return {key: normal(value) for key, value in recorded.items()}
    return recorded
