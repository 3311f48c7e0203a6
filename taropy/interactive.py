"""Completion in IPython and Jupyter: members of Taro, options by name, and what the phone's rooms have.

IPython's own completers ask objects for each name, or evaluate what stands before the cursor. Here the names are known
beforehand: nothing is bound, no room is made, and no code of the program's runs. `import taropy` joins it to the shell
that runs; where that shell was started afterwards, `%load_ext taropy.interactive` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from inspect import Parameter, Signature, signature
from types import FunctionType
from typing import Any

import attrs

from . import spec
from .hints import tell_misread

_PATH = re.compile(r"((?:[^\W\d]\w*\s*\.\s*)+)(\w*)$")
_NAME = re.compile(r"(?:^|[(,\s])([^\W\d]\w*|)$")
_CALLED = re.compile(r"([^\W\d][\w.]*)\s*$")
#: Strings, also one that is not closed yet, comments, names, and single characters.
_TOKENS = re.compile(
    r'"""[\s\S]*?(?:"""|$)|\'\'\'[\s\S]*?(?:\'\'\'|$)|"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?|#[^\n]*|\w+|\S'
)
#: What the phone makes when it is used, beside its rooms.
_OTHERS: Mapping[str, tuple[str, str]] = {
    "faults": ("core.faults", "Faults"),
    "open_platform": ("open_platform", "OpenPlatform"),
}
_NAMED = (Parameter.KEYWORD_ONLY, Parameter.POSITIONAL_OR_KEYWORD)


@attrs.frozen
class Found:
    """What may stand at the cursor in the place of `fragment`: names with what each is."""

    fragment: str
    names: Mapping[str, str]


def complete(code: str, names: Mapping[str, Any]) -> Found | None:
    """What may follow on the code, where that is up to taropy; `names` are the variables that there are."""
    path = _PATH.search(code)
    if path is not None:
        owner = _reached(re.sub(r"\s", "", path[1]).strip(".").split("."), names)
        return None if owner is None else _matching(path[2], _members(owner, path[2]))
    name = _NAME.search(code)
    call = _open_call(code) if name is not None else None
    if name is None or call is None:
        return None
    function, given = call
    options = _parameters(function, names)
    if options is None:
        return None
    left = {f"{each}=": "param" for each in options if each not in given}
    variables = {each: "instance" for each in names if name[1] and not each.startswith("_")}
    found = _matching(name[1], {**left, **variables})
    return found if left.keys() & found.names.keys() else None


def _matching(fragment: str, names: Mapping[str, str]) -> Found:
    return Found(fragment, {name: kind for name, kind in names.items() if name.startswith(fragment)})


# --- what stands before the dot -----------------------------------------------------------------------------------


def _reached(path: list[str], names: Mapping[str, Any]) -> Any:
    """What a path of names leads to, without anything being made: a room that is not there yet is its class.

    None for what is not taropy's.
    """
    thing = names.get(path[0])
    if not _is_ours(thing):
        return None
    for name in path[1:]:
        thing = _next(thing, name)
        if not _is_ours(thing):
            return None
    return thing


def _is_ours(thing: Any) -> bool:
    """Whether it is one of the objects, or of the classes, whose names are known here."""
    kind = thing if isinstance(thing, type) else type(thing)
    module = kind.__module__
    return module == "taropy.runtime.taro" or module.startswith(("taropy.phone.", "taropy.runtime.managers"))


def _next(thing: Any, name: str) -> Any:
    made = {} if isinstance(thing, type) else getattr(thing, "__dict__", {})
    if name == "phone" and type(thing).__module__ == "taropy.runtime.taro":
        runtime = made.get("_runtime")
        return _phone_class() if runtime is None else runtime.host.phone
    if name in made:
        return made[name]
    kind = thing if isinstance(thing, type) else type(thing)
    return _room_class(name) if issubclass(kind, _phone_class()) else None


def _phone_class() -> type:
    from .phone import Phone

    return Phone


def _room_class(name: str) -> type | None:
    from .phone.core.surface import HOMES

    home = HOMES.get(name) or _OTHERS.get(name)
    if home is None:
        return None
    module, kind = home
    found: type = getattr(import_module(f"taropy.phone.{module}"), kind)
    return found


def _members(thing: Any, fragment: str) -> dict[str, str]:
    """The names of an object, those that are hidden only if the fragment is."""
    kind = thing if isinstance(thing, type) else type(thing)
    names = {*dir(thing), *getattr(kind, "STATE", ())}
    shown = sorted(name for name in names if fragment.startswith("_") or not name.startswith("_"))
    return {name: _kind_of(kind, name) for name in shown if not _is_native(kind, name)}


def _is_native(kind: type, name: str) -> bool:
    """Whether it is what a room answers the native object with, which programs call by that."""
    return hasattr(vars_of(kind, name), "__native__")


def _kind_of(kind: type, name: str) -> str:
    if kind.__module__ == "taropy.runtime.taro" and spec.has(name):
        return "function" if spec.member(name).is_function else "instance"
    return "function" if callable(vars_of(kind, name)) else "instance"


def vars_of(kind: type, name: str) -> Any:
    """What a class has under a name, as it was written there."""
    return next((vars(base)[name] for base in kind.__mro__ if name in vars(base)), None)


# --- what stands before the parenthesis ---------------------------------------------------------------------------


def _open_call(code: str) -> tuple[list[str], set[str]] | None:
    """The path of the function in whose parentheses the cursor is, and the names that are given there already."""
    opened: list[int] = []
    tokens = list(_TOKENS.finditer(code))
    for index, token in enumerate(tokens):
        if token[0] in "([{":
            opened.append(index)
        elif token[0] in ")]}" and opened:
            opened.pop()
    if not opened or tokens[opened[-1]][0] != "(" or (tokens and tokens[-1][0][0] in "\"'#"):
        return None
    called = _CALLED.search(code[: tokens[opened[-1]].start()])
    return None if called is None else (called[1].split("."), set(_given(tokens[opened[-1] + 1 :])))


def _given(tokens: Iterable[re.Match[str]]) -> Iterator[str]:
    """The names before `=` among the arguments, those within other brackets left out."""
    depth, before = 0, ""
    for token in tokens:
        depth += (token[0] in "([{") - (token[0] in ")]}")
        if token[0] == "=" and depth == 0 and before.isidentifier():
            yield before
        before = token[0]


def _parameters(path: list[str], names: Mapping[str, Any]) -> list[str] | None:
    """The parameters that a function of ours takes by name; None for any other function."""
    owner = _reached(path[:-1], names) if len(path) > 1 else None
    told = None if owner is None else _signature(owner, path[-1])
    if told is None:
        return None
    return [name for name, param in told.parameters.items() if param.kind in _NAMED and name != "self"]


def _signature(owner: Any, name: str) -> Signature | None:
    from .runtime import descriptions, managers

    kind = owner if isinstance(owner, type) else type(owner)
    if kind.__module__ == "taropy.runtime.taro" and spec.has(name) and spec.member(name).is_function:
        return descriptions.signature(name)
    if isinstance(owner, managers.Manager):
        method = managers.methods_of(owner._kind).get(managers.KEYWORDS.get(name, name))
        return None if method is None else descriptions.method_signature(owner._kind, method.name)
    function = vars_of(kind, name)
    return signature(function) if isinstance(function, FunctionType) and not hasattr(function, "__native__") else None


# --- the shell ----------------------------------------------------------------------------------------------------


def load_ipython_extension(shell: Any) -> None:
    """Joins the completion to a shell; `%load_ext taropy.interactive` calls it."""
    from IPython.core.completer import SimpleCompletion, context_matcher

    completer = shell.Completer
    if any(getattr(each, "matcher_identifier", "") == "taropy" for each in completer.custom_matchers):
        return

    @context_matcher(identifier="taropy", priority=100)  # type: ignore[untyped-decorator, unused-ignore]
    def matcher(context: Any) -> dict[str, Any]:
        lines = context.full_text.split("\n")[: context.cursor_line]
        found = complete("\n".join([*lines, context.text_until_cursor]), shell.user_ns)
        if found is None:
            return {"completions": []}
        completions = [SimpleCompletion(name, type=kind) for name, kind in found.names.items()]
        return {"completions": completions, "matched_fragment": found.fragment, "suppress": True, "ordered": True}

    completer.custom_matchers.append(matcher)
    if not shell.custom_exceptions:  # which a program may have set for itself
        shell.set_custom_exc((AttributeError,), _show_misread)


def _show_misread(shell: Any, kind: type, error: BaseException, trace: Any, tb_offset: int | None = None) -> None:
    """Shows an error as ever; IPython does not say by itself what was meant."""
    tell_misread(error, anywhere=True)
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def join() -> None:
    """Joins the completion to the shell that runs, if one does."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None and hasattr(shell, "Completer"):
        load_ipython_extension(shell)
