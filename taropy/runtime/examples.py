"""An example of a call, made from the spec: what has to be given, and how to get at what comes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from keyword import iskeyword

from .. import spec
from ..spec import Array, Field, KeyOf, Member, Object, Param, Primitive, Ref, Tuple, Type
from ..stubgen.notation import BINARY
from ..stubgen.python_types import python_value
from .managers import KEYWORDS
from .shapes import takes_options

#: Texts that mean something, by the option's name; any other text is the option's name.
TEXTS: Mapping[str, str] = {
    "url": "https://example.com/",
    "filePath": "wxfile://usr/notes.txt",
    "dirPath": "wxfile://usr/notes",
    "phoneNumber": "10086",
}
#: What else their `url` is: a page of the app's own.
ROUTES = frozenset({"navigateTo", "redirectTo", "reLaunch", "switchTab", "preloadWebview"})
ROUTE = "/pages/index/index"

#: How deep an object without which there is no call is written out.
DEEPEST = 4


def example(member: Member, kind: str | None = None) -> str:
    """A member of Taro, as a program uses it; with `kind`, a method of the objects that the declarations call so."""
    owner = "Taro" if kind is None else _variable(kind)
    lines = [] if kind is None else _making(kind, owner)
    if not member.is_function:
        return f"print({owner}.{member.name})"
    call = f"{_reached(owner, member.name)}({_arguments(member)})"
    if member.callback is not None:
        got = _first(member.callback)
        lines += ["def listener(res):", f"    print(res{f'.{got}' if got else ''})", ""]
    return "\n".join([*lines, *_used(member, call)])


def _used(member: Member, call: str) -> list[str]:
    """The call, and what a program does with what it gives."""
    result = member.result
    if member.is_promise:
        got = _first(result)
        return [f"res = await {call}", f"print(res.{got})"] if got else [f"await {call}"]
    if isinstance(result, Ref) and _is_manager(result):
        return [f"{_variable(result.name)} = {call}"]
    gives_nothing = result is None or result in (Primitive("void"), Primitive("any"), Primitive("undefined"))
    return [call if gives_nothing else f"print({call})"]


def _reached(owner: str, name: str) -> str:
    """A method, whose name may be none to Python."""
    if not iskeyword(name):
        return f"{owner}.{name}"
    written = next((written for written, meant in KEYWORDS.items() if meant == name), None)
    return f"{owner}.{written}" if written else f"getattr({owner}, {python_value(name)})"


def _variable(kind: str) -> str:
    name = kind.rpartition(".")[2].removesuffix("Promise")
    return name[:1].lower() + name[1:] if not name[:2].isupper() else name.lower()


def _making(kind: str, name: str) -> list[str]:
    """How to come by an object of the kind, if one of Taro's own functions gives it."""
    makers = [spec.member(maker) for maker in spec.makers_of(kind) if spec.has(maker)]
    maker = next((each for each in makers if each.is_function), None)
    if maker is None:
        return []
    call = f"Taro.{maker.name}({_arguments(maker)})"
    gives_task = maker.result != Ref(kind)  # the promise itself has the task's methods
    return [f"{name} = {'await ' if maker.is_promise and not gives_task else ''}{call}"]


def _first(type_: Type | None) -> str | None:
    """The field of a result that a program most likely asks for."""
    if type_ is None or _is_manager(type_):
        return None
    return next((name for name in spec.fields_of(type_) if name not in ("errMsg", "errCode")), None)


def _is_manager(type_: Type) -> bool:
    known = isinstance(type_, Ref) and type_.name in spec.type_names()
    return known and isinstance(type_, Ref) and spec.type_def(type_.name).role == "manager"


def _arguments(member: Member) -> str:
    params = min((each.params for each in member.signatures), key=len)
    if not takes_options(member):
        return ", ".join(_argument(member, param) for param in params if not (param.optional or param.rest))
    if member.option is None:
        return ""
    route = {"url": python_value(ROUTE)} if member.name in ROUTES else {}
    needed = _needed(member.option) or _telling(member.option)
    options = {name: route.get(name) or _value(field.type, name) for name, field in needed}
    if not member.is_promise and "success" in spec.fields_of(member.option):
        options["success"] = "print"
    if all(name.isidentifier() for name in options):
        return ", ".join(f"{name}={value}" for name, value in options.items())
    return _written(options)


def _argument(member: Member, param: Param) -> str:
    is_listener = member.callback is not None and spec.function_of(param.type) is not None
    return "listener" if is_listener else _value(param.type, param.name)


def _needed(type_: Type) -> list[tuple[str, Field]]:
    return [(name, field) for name, field in spec.fields_of(type_).items() if not field.optional]


def _telling(type_: Type) -> list[tuple[str, Field]]:
    """The first option, of those that need none, if it is a text that every platform knows: a toast's title."""
    name, field = next(iter(spec.fields_of(type_).items()))
    is_text = field.type == Primitive("string") and not set(field.tags or ()) - {"global"}
    return [(name, field)] if is_text else []


def _value(type_: Type, name: str, depth: int = 0) -> str:
    """A value of the type, as Python writes it."""
    if spec.function_of(type_) is not None:
        return "print"
    values = spec.values_of(type_)
    if values:
        return python_value(values[0])
    match type_:
        case Primitive("number"):
            return "1"
        case Primitive("boolean"):
            return "True"
        case Primitive("string" | "any" | "unknown"):
            return python_value(TEXTS.get(name, name))
        case Array(item):
            return f"[{_value(item, name, depth + 1)}]" if depth < DEEPEST else "[]"
        case Tuple(items):
            return f"[{', '.join(_value(item, name, depth + 1) for item in items)}]"
        case spec.Union(items):
            return _value(items[0], name, depth)
        case Ref("Array" | "ReadonlyArray", (item, *_)):
            return _value(Array(item), name, depth)
        case Ref(built_in) if built_in in BINARY:
            return 'b"data"'
        case KeyOf():
            return python_value(name)
        case Ref() | Object() | spec.Intersection() if depth < DEEPEST:
            return _object(type_, name, depth)
        case _:
            return "None"


def _object(type_: Type, name: str, depth: int) -> str:
    """The fields without which there is no object; one that does things is the program's own."""
    if any(spec.function_of(field.type) for _, field in _needed(type_)):
        return name
    return _written({name: _value(field.type, name, depth + 1) for name, field in _needed(type_)})


def _written(fields: Mapping[str, str]) -> str:
    return "{" + ", ".join(_items(fields)) + "}"


def _items(fields: Mapping[str, str]) -> Iterable[str]:
    return (f"{python_value(name)}: {value}" for name, value in fields.items())
