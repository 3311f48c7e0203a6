"""Where the stubs say more than the annotations of hand-written modules do.

A module says `device: str`, since that is what it takes and then looks up; its stub says `device: DeviceName`. Such
names are `Literal`s made of the tables that the modules themselves look up in (`taropy.typing.LITERALS`).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import attrs

from .notation import comma, python_value
from .promises import OVERLAPPING, STATICS, TYPE_VARIABLES, catch_ways, resolve_ways, static_ways, then_ways


class Unfitting(Exception):
    """What is to be said more exactly is not there any more."""


@attrs.frozen
class Exact:
    """What is more exact in one module.

    - `imports`: statements that go before the module's own; `notes`: comments at the top of the stub.
    - `types`: annotations by their place: `Faults.fail(name)` is a parameter, `devices()` what a function returns,
      `System.theme` an attribute, `T` a name of the module, which is then assigned this.
    - `ways`: functions and methods that have several signatures.
    """

    imports: str = ""
    notes: str = attrs.field(default="", kw_only=True)
    types: Mapping[str, str] = attrs.field(factory=dict)
    ways: Mapping[str, Iterable[str]] = attrs.field(factory=dict)


# --- what the phone asks, and what its person may answer ---------------------------------------------------------

PATH = "str | PathLike[str]"

#: The types of what an answer may say.
ANSWERS: Mapping[str, str] = {
    **dict.fromkeys(("allow", "always", "bluetooth", "cancel", "confirm", "isEnded", "original"), "bool"),
    **dict.fromkeys(("remember", "save"), "bool"),
    **dict.fromkeys(("address", "city", "cityName", "content", "displayName", "name", "path", "provinceName"), "str"),
    **dict.fromkeys(("pin", "result", "scanType", "to"), "str"),
    **dict.fromkeys(("latitude", "longitude"), "float"),
    "answers": 'Mapping[str, Literal["accept", "reject"]]',
    "authSetting": "Mapping[str, bool | None]",
    "fields": "Mapping[str, str]",
    "outcome": 'Literal["pay", "cancel", "no money", "wrong password", "unknown"]',
    "paths": f"list[str] | list[Path] | tuple[{PATH}, ...]",
    "permissions": 'Mapping[str, Literal["authorized", "denied", "not determined"]]',
    "picture": "Path",
    "rawData": "bytes | bytearray | memoryview",
    "tapIndex": "int",
    "type": "int",
    "what": 'Literal["send", "save", "favorite"]',
}


def script_ways() -> Iterator[str]:
    """The signatures of `phone.person.script`: questions that take the same answers have one together."""
    from ..phone import QUESTIONS

    kinds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for kind, answer in QUESTIONS.items():
        kinds[answer].append(kind)
    for answer, asked in kinds.items():
        told = [f"{name}: {_answer(name)} = ..." for name in answer]
        params = comma(["self", f"kind: Literal[{comma(map(python_value, asked))}]", *(["*", *told] if told else [])])
        yield f"def script({params}) -> None: ..."


def _answer(name: str) -> str:
    if name not in ANSWERS:
        raise Unfitting(f"{__name__}.ANSWERS does not say of which type {name!r} is, which an answer may have")
    return ANSWERS[name]


# --- the modules -------------------------------------------------------------------------------------------------

#: What `taropy.run` runs, and gives the value of.
MAINS = ("Callable[[], Awaitable[T]]", "Awaitable[T]", "Callable[[], T]")


def exact_modules() -> dict[str, Exact]:
    """What is more exact, by module."""
    from ..phone.network.conditions import QUALITIES

    return {
        "taropy.app.declaring": Exact(
            "from taropy._settings import AppSettings, LaunchSettings\n"
            "from taropy.models._taro_config import AppConfig, AppConfigDict, PageConfig, PageConfigDict\n"
            "from typing import Unpack, overload",
            {
                "App.page(config)": "PageConfig | PageConfigDict | None",
                "App.page(**settings)": "Unpack[PageConfigDict]",
                "App.launch(**options)": "Unpack[LaunchSettings]",
            },
            {
                "App.__init__": [
                    "def __init__(self, **settings: Unpack[AppSettings]) -> None: ...",
                    "def __init__(self, config: AppConfig | AppSettings, /) -> None: ...",
                    "def __init__(self, config: AppConfigDict, /) -> None: ...",
                ]
            },
        ),
        "taropy.phone.base.system": Exact(
            "from taropy._names import DeviceName",
            {
                "devices()": "list[DeviceName]",
                "System.theme": 'Setting[Literal["light", "dark"]]',
                "System.language": 'Setting[Literal["zh_CN", "zh_TW", "zh_HK", "en"]]',
                "System.orientation": 'Setting[Literal["portrait", "landscape"]]',
            },
        ),
        "taropy.phone.core.faults": Exact(
            "from taropy._names import PhoneFunction, WaitingFunction",
            {
                "Faults.fail(name)": "PhoneFunction",
                "Faults.answer(name)": "PhoneFunction",
                "Faults.delay(name)": "WaitingFunction",
                "Faults.hang(name)": "WaitingFunction",
                "Faults.clear(name)": "PhoneFunction | None",
            },
        ),
        "taropy.phone.core.person": Exact(
            "from os import PathLike\nfrom pathlib import Path\nfrom typing import Literal, overload",
            {},
            {"Person.script": script_ways()},
        ),
        "taropy.phone.network.conditions": Exact(
            "from taropy._names import NetworkType\nfrom typing import Literal",
            {
                "TYPES": "tuple[NetworkType, ...]",
                "Conditions.type()": "NetworkType",
                "Conditions.type(type)": "NetworkType",
                "Conditions.behave_as(type)": f"Literal[{comma(map(python_value, QUALITIES))}]",
            },
        ),
        "taropy.phone.phone": Exact(
            "from taropy._names import DeviceName\nfrom typing import Literal",
            {"Phone.__init__(device)": "DeviceName", "Phone.rotate(orientation)": 'Literal["portrait", "landscape"]'},
        ),
        "taropy.runtime.promise": Exact(
            f"from taropy.runtime.settlements import PromiseSettledResult\nfrom typing import Never\n{TYPE_VARIABLES}",
            {
                "T": 'TypeVar("T", covariant=True)',
                "Promise.reject()": "Promise[Never]",
            },
            {
                "Promise.then": then_ways("Promise", "Any"),
                "Promise.catch": catch_ways("Promise", "Any"),
                "Promise.resolve": resolve_ways(),
                **{f"Promise.{name}": static_ways(name) for name in STATICS},
            },
            notes=OVERLAPPING,
        ),
        "taropy.runtime.taro": Exact(
            "from typing import overload",
            {},
            {"run": [f"def run(main: {main}) -> T: ..." for main in MAINS]},
            notes=OVERLAPPING,
        ),
        "taropy.spec": Exact("from taropy._names import PlatformName", {"PLATFORMS": "tuple[PlatformName, ...]"}),
    }


# --- putting it in place -----------------------------------------------------------------------------------------


def made_exact(exact: Exact, tree: ast.Module) -> ast.Module:
    """The module, with what is more exact in the place of what it says itself."""
    types, ways = dict(exact.types), dict(exact.ways)
    body = _members(tree.body, "", types, ways)
    if types or ways:
        raise Unfitting(f"there is no {', '.join([*types, *ways])} to say more of")
    return ast.Module([*tree.body[:1], *ast.parse(exact.imports).body, *body[1:]], [])


def _members(
    body: Iterable[ast.stmt], owner: str, types: dict[str, str], ways: dict[str, Iterable[str]]
) -> list[ast.stmt]:
    """The statements of a module or of a class; what has found its place is taken out of `types` and `ways`."""
    made: list[ast.stmt] = []
    for node in body:
        match node:
            case ast.ClassDef(name=name):
                node.body = _members(node.body, f"{owner}{name}.", types, ways)
                made.append(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if _is_overload(node) and (
                f"{owner}{name}" in ways
            ):
                pass  # what stands behind it comes further down
            case ast.FunctionDef(name=name) if f"{owner}{name}" in ways:
                made += _overloads(node, ways.pop(f"{owner}{name}"))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                made.append(_annotated(node, owner, types))
            case ast.AnnAssign(target=ast.Name(name)) | ast.Assign(targets=[ast.Name(name)]) if (
                f"{owner}{name}" in types
            ):
                made.append(_assigned(name, types.pop(f"{owner}{name}")))
            case _:
                made.append(node)
    return made


def _is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(ast.unparse(each) == "overload" for each in node.decorator_list)


def _overloads(node: ast.FunctionDef, ways: Iterable[str]) -> list[ast.stmt]:
    """A function with several signatures; the first has the description."""
    kept = [each for each in node.decorator_list if ast.unparse(each) in ("classmethod", "staticmethod")]
    made: list[ast.stmt] = []
    for way in ways:
        function = ast.parse(way).body[0]
        assert isinstance(function, ast.FunctionDef)
        function.decorator_list = [ast.Name("overload"), *kept]
        made.append(function)
    doc = ast.get_docstring(node)
    if doc and isinstance(made[0], ast.FunctionDef):
        made[0].body = [ast.Expr(ast.Constant(doc))]
    return made


def _annotated(
    node: ast.FunctionDef | ast.AsyncFunctionDef, owner: str, types: dict[str, str]
) -> ast.FunctionDef | ast.AsyncFunctionDef:
    name, args = f"{owner}{node.name}", node.args
    for each in (*args.posonlyargs, *args.args, *args.kwonlyargs):
        written = types.pop(f"{name}({each.arg})", None)
        if written is not None:
            each.annotation = _type(written)
    if args.kwarg is not None and f"{name}(**{args.kwarg.arg})" in types:
        args.kwarg.annotation = _type(types.pop(f"{name}(**{args.kwarg.arg})"))
    is_setter = isinstance(node.returns, ast.Constant)
    if not is_setter and f"{name}()" in types:
        node.returns = _type(types.pop(f"{name}()"))
    return node


def _assigned(name: str, written: str) -> ast.stmt:
    if written.startswith("TypeVar("):
        return ast.Assign([ast.Name(name)], _type(written))
    return ast.AnnAssign(ast.Name(name), _type(written), None, 1)


def _type(written: str) -> ast.expr:
    return ast.parse(written, mode="eval").body
