"""What is recorded: how each function is called on each platform, and what the native object answers.

Everything comes from the spec, but for what the platforms' native functions answer in their own words, and for the
calls that meet a special case of an adapter; those stand in `special.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from taropy import spec
from taropy.runtime.bound import member_of
from taropy.runtime.own import OWN
from taropy.spec import Member, Ref, Type
from tools.recorder.values import fields, fitting

Json = dict[str, Any]

SPECIAL = Path(__file__).with_name("special.json")
SUPPORT = Path(spec.__file__).parent / "upstream" / "support.json"

#: The adapters that run over a native object, and what that is called.
NATIVE_NAMES: Mapping[str, str] = {"weapp": "wx", "alipay": "my", "swan": "swan", "tt": "tt", "qq": "qq", "jd": "jd"}

#: How a function of each kind is called: which arguments, in which style, and what the native function does.
WAYS: Mapping[str, tuple[str, ...]] = {
    "promise": (
        "required promise success",
        "required promise failure",
        "required promise throwing",
        "required promise missing",
        "required callbacks throwing",
        "required callbacks missing",
        "all promise success",
        "all callbacks success",
        "all callbacks failure",
    ),
    "value": ("required value success", "required value throwing", "required value missing", "all value success"),
    "listener": ("required value success", "required value throwing", "required value missing"),
    "own": ("required value success",),
}
#: What every native object has, with what it answers in cases that are not about it.
ALWAYS: Mapping[str, Any] = {"canIUse": True, "getSystemInfoSync": {"platform": "ios"}}
#: Taro's own, around a function of the host.
AROUND = {"getApp", "getCurrentPages", "request", "requirePlugin"}
#: What Taro does in the next tick only, of the objects that these give.
DEFERRED: Mapping[str, str] = {"createIntersectionObserver": "observe", "createSelectorQuery": "exec"}


def inputs() -> Json:
    """All that a recording needs to know."""
    special = json.loads(SPECIAL.read_text("utf-8"))
    declared = [name for name in spec.members() if spec.member(name).is_function]
    undeclared = {name for platform in NATIVE_NAMES for name in spec.undeclared(platform)}
    names = sorted({*declared, *undeclared})
    return {
        "platforms": {
            platform: {"native": native, **_platform(platform, names, special)}
            for platform, native in NATIVE_NAMES.items()
        },
        "functions": {name: function(member_of(name)) for name in names},
        "special": special["cases"],
    }


def _platform(platform: str, names: list[str], special: Json) -> Json:
    """The functions to call, what their native ones are called if not the same, and the native object itself.

    The native object has every function that the platform supports, but for Taro's own and for those that the platform
    has under another name only.
    """
    functions = [name for name in names if has_function(platform, name)]
    natives = _aliases(platform, functions) | special["natives"].get(platform, {})
    has = {name for found in natives.values() for name in found}.union(
        ALWAYS, _native_functions(platform, functions), special["globals"].get(platform, [])
    )
    return {
        "functions": functions,
        "natives": natives,
        "has": sorted(has.difference(special["lacks"].get(platform, []))),
        "answers": {**ALWAYS, **special["answers"].get(platform, {})},
    }


def has_function(platform: str, name: str) -> bool:
    """Whether Taro has the function on the platform, declared or not."""
    return platform in spec.supported_on(name) if spec.has(name) else name in spec.undeclared(platform)


@cache
def _code() -> Mapping[str, Mapping[str, list[str]]]:
    """What the adapters' code does with each function, in words."""
    code: Mapping[str, Mapping[str, list[str]]] = json.loads(SUPPORT.read_text("utf-8"))["code"]
    return code


def _aliases(platform: str, functions: list[str]) -> dict[str, list[str]]:
    """The native names of the functions that are called something else."""
    words = {name: _code()[platform].get(name, []) for name in functions}
    aliases = {name: [word[6:] for word in found if word.startswith("alias:")] for name, found in words.items()}
    return {name: found for name, found in aliases.items() if found}


def _native_functions(platform: str, functions: list[str]) -> list[str]:
    """The functions that are not Taro's own, or that have a function of the host inside."""
    code = _code()
    own = {name for name in functions if "own" in code["shared"].get(name, []) + code[platform].get(name, [])}
    return [name for name in functions if name in AROUND or name not in own]


def function(member: Member) -> Json:
    """How a function is called, and what its native function answers, as far as the spec can say."""
    made: Json = {"kind": kind(member), "ways": ways(member), "required": arguments(member, required=True)}
    everything = arguments(member, required=False)
    if everything != made["required"]:
        made["all"] = everything
    made["answer"] = answer(member)
    if returns_object(member):
        made["object"] = True
    return made


def kind(member: Member) -> str:
    """Whether it answers by callbacks ("promise"), by its value, or to a listener; Taro's own ones ask no native."""
    if member.name in OWN:
        return "own"
    if member.is_promise or (member.option is not None and "success" in spec.fields_of(member.option)):
        return "promise"
    return "listener" if member.callback is not None else "value"


def ways(member: Member) -> list[str]:
    """The ways in which a function is called."""
    found = list(WAYS[kind(member)])
    if arguments(member, required=True) == arguments(member, required=False):
        found = [way for way in found if way not in ("all promise success", "all value success")]
    if "abort" in _task_methods(member):
        found.append("required promise abort")
    if member.name in DEFERRED:
        found.append(f"required {DEFERRED[member.name]} success")
    return found


def arguments(member: Member, *, required: bool) -> list[Any]:
    """The required arguments of a call, or all that it takes."""
    if member.option is not None:
        made = fields(member.option, required=required)
        return [made] if made or kind(member) == "promise" or not member.signatures[0].params[0].optional else []
    if kind(member) == "promise":
        return [{}]
    choose = min if required else max
    signature = choose(member.signatures, key=lambda signature: len(signature.params))
    params = [param for param in signature.params if not param.rest and not (required and param.optional)]
    return [fitting(param.type, param.name) for param in params]


def answer(member: Member) -> Any:
    """What the native function gives: the fields of the result, the returned value, or what listeners hear."""
    if member.callback is not None:
        return fitting(member.callback, "event")
    result = member.result
    if result is None or kind(member) == "own":
        return None
    if kind(member) == "value":
        return None if is_manager(result) else fitting(result, "value")
    made = {} if is_manager(result) else fitting(result, "result")
    return {**made, "errMsg": f"{member.name}:ok"} if isinstance(made, dict) else {"errMsg": f"{member.name}:ok"}


def returns_object(member: Member) -> bool:
    """Whether the native function returns a task, or a manager."""
    return bool(_task_methods(member)) or (member.result is not None and is_manager(member.result))


def _task_methods(member: Member) -> set[str]:
    """The methods of the task that comes beside a function's promise, as `RequestTask`'s."""
    returned = [signature.returns for signature in member.signatures if member.is_promise]
    return {name for type_ in returned for name in spec.fields_of(type_)}


def is_manager(type_: Type) -> bool:
    """Whether it is an object with methods that the host keeps, as `SocketTask`."""
    return isinstance(type_, Ref) and type_.name in spec.type_names() and spec.type_def(type_.name).role == "manager"
