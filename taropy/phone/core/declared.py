"""What Taro declares of a function: for tests, which say what it answers. The phone's own work asks nothing of this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ... import spec
from ...hints import check_slip, close_to
from ...program import called
from ...spec import Member

#: What results and failures may have, whether their declarations say so or not.
EVERYWHERE = ("errMsg", "errCode", "errno")


def is_declared(name: str) -> bool:
    """Whether Taro has a function of that name, which the phone may lack."""
    return spec.has(name) and spec.member(name).is_function


def check_function(name: str) -> None:
    """ValueError for a slip of a function's name, `request` or `FileSystemManager.readFile`; others are plugins'."""
    manager, _, method = name.rpartition(".")
    if not manager:
        check_slip(name, spec.members(), "Taro has no {!r}")
        return
    check_slip(manager, spec.type_names(), "Taro has no {!r}")
    if manager in spec.type_names():
        check_slip(method, spec.type_def(manager).methods, f"{manager} has no {{!r}}")


def _member(name: str) -> Member | None:
    manager, _, method = name.rpartition(".")
    if manager:
        return spec.type_def(manager).methods.get(method)
    return spec.member(name) if is_declared(name) else None


@cache
def result_fields(name: str) -> tuple[str, ...]:
    """The fields that the result of a function, or of a manager's method, may have; empty where it may have any."""
    member = _member(name)
    result = None if member is None else spec.success_of(member)
    if result is None or spec.takes_any_name(result):
        return ()
    declared = spec.fields_of(result)
    return tuple(dict.fromkeys((*declared, *EVERYWHERE))) if declared else ()


def answered_fields(name: str, value: Any, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an answer, given as a dict or by name, found to be such; a function brings its own.

    ValueError for what is no fields, and for a field that the function's result does not have.
    """
    if callable(value) or isinstance(value, Mapping):
        if fields:
            kind = "function" if callable(value) else "dict"
            raise ValueError(f"{name} is answered by a {kind} or by fields, not by both")
        fields = {} if callable(value) else value
    elif value is not None:
        raise ValueError(f"{name} is answered by fields, not by {value!r}: write answer({name!r}, {_a_field(name)}=…)")
    known = result_fields(name)
    for field in fields:
        if known and field not in known:
            hint = close_to(str(field), known) or f"; it may have {', '.join(known)}"
            raise ValueError(f"an answer of {name!r} has no {field!r}{hint}")
    return dict(fields)


def returned_fields(name: str, handler: Callable[..., Any], answer: Any) -> Mapping[str, Any]:
    """The fields that a test's function has returned; `TypeError`, which names it, for what is none."""
    if isinstance(answer, Mapping):
        return answer
    needed = [field for field in result_fields(name) if field not in EVERYWHERE]
    if answer is None and not needed:
        return {}
    returned = "None, as a function without a return does" if answer is None else repr(answer)
    such = f', as {{"{needed[0]}": …}}' if needed else ""
    raise TypeError(f"{called(handler)} answers {name}, and returned {returned}; it may return a dict of fields{such}")


def _a_field(name: str) -> str:
    """A field, to show how an answer is written."""
    return next((field for field in result_fields(name) if field not in EVERYWHERE), "field")
