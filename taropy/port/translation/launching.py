"""The module that starts a ported app: `taropy.App` with what the app's configuration and its pages say.

It is made where a program has an `app.config` and an `app` beside it, as Taro's projects have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import attrs

from ... import spec
from ...spec import Ref
from ..names import key_of, string_of
from ..origins import TARO_PACKAGES
from ..source_map import digest_of
from .components import defines_page
from .naming import snake
from .program import Found, Module, Program
from .texts import literal, number, unescaped

if TYPE_CHECKING:
    from tree_sitter import Node

_NO_COMPONENT = "the page has no component among the modules that are ported"
_SUB_PACKAGES = ("subPackages", "subpackages")


@attrs.frozen
class Made:
    """A module that the port adds, and which of the program's it is made of.

    `missing` are the routes whose pages are not among what was ported.
    """

    source: Path
    digest: str
    target: PurePosixPath
    text: str
    missing: tuple[str, ...] = ()


def launcher_of(program: Program, taken: set[PurePosixPath]) -> Made | None:
    """The module that starts the program's app; None if it has none."""
    config, app = _config_of(program), app_of(program)
    settings = config.find("default") if config is not None else None
    entry = app.find("default") if app is not None else None
    if config is None or settings is None:
        return None
    made = _Lines(config.target.with_name("launch.py"), taken)
    made.bring(settings, "app_config")
    known = {*spec.fields_of(Ref("AppConfig")), "cloud"}
    foreign = [literal(name) for name, _ in _fields(_settings(config)) if name not in known]
    if foreign:
        body = [f"app = taropy.App(rest(app_config, {', '.join(foreign)}))  # which Taro does not know"]
    else:
        body = ["app = taropy.App(app_config)"]
    if entry is not None:
        made.bring(entry, "App")
        body.append("app.entry(component(App))")
    missing = []
    written = routes_of(config)
    for route in list(dict.fromkeys([*written, *_perhaps(config)])):
        module = program.imported(f"./{route}", config)
        page = module.find("default") if module is not None else None
        if module is not None and page is not None:
            line = _page(program, made, route, module, page)
            body += [line] if route in written else [f"if {literal(route)} in app.routes:", f"    {line}"]
        elif route in written:
            missing.append(route)
            body.append(f"app.page({literal(route)})(component(Unported({literal(_NO_COMPONENT)}, {literal(route)})))")
    digest = digest_of(config.parsed.source.text)
    return Made(config.path, digest, made.target, made.text(body, f"{config.path.name}"), tuple(missing))


def app_of(program: Program) -> Module | None:
    """The module of the program's app: beside its `app.config`, or, before Taro 3, the outermost one that is `app`."""
    config = _config_of(program)
    if config is not None:
        return program.imported("./app", config)
    named = [each for each in program.modules.values() if each.path.stem == "app" and _is_of_taro(each)]
    return min(named, key=lambda each: len(each.dotted), default=None)


def _is_of_taro(module: Module) -> bool:
    bindings = module.names.root.bindings.values()
    return any(each.kind == "import" and each.module in TARO_PACKAGES for each in bindings)


def _config_of(program: Program) -> Module | None:
    return next((each for each in program.modules.values() if each.path.stem == "app.config"), None)


def _page(program: Program, made: _Lines, route: str, module: Module, page: Found) -> str:
    """The line that declares a page: with its settings where they are plain values, else with their name."""
    code = f'component("{made.source(page)}:{page.python}", __package__)'
    config = program.imported(f"./{module.path.stem}.config", module)
    settings = config.find("default") if config is not None else None
    node = _settings(config) if config is not None else _own_settings(module)
    if settings is None and module.page_config is not None:
        settings = Found(module, module.page_config, None)
    if settings is None or node is None:
        return f"app.page({literal(route)})({code})"
    known = spec.fields_of(Ref("PageConfig"))
    fields = {name: plain_value(value) for name, value in _fields(node)}
    foreign = [name for name in fields if name not in known]
    if all(value is not None for value in fields.values()) and len(fields) == len(_parts(node)):
        given = "".join(f", {name}={value}" for name, value in fields.items() if name in known)
        told = f"  # without {', '.join(foreign)}, which Taro does not know" if foreign else ""
        return f"app.page({literal(route)}{given})({code}){told}"
    name = snake(re.sub(r"\W", "_", route.removesuffix("/index"))) + "_config"
    made.bring(settings, name)
    return f"app.page({literal(route)}, {name})({code})"


def plain_value(node: Node | None) -> str | None:
    """A value that is written out, as Python writes it; None for what has to be computed."""
    if node is None:
        return None
    if node.type == "string":
        return literal(unescaped(string_of(node) or ""))
    if node.type == "number":
        return number((node.text or b"").decode())
    if node.type in ("true", "false"):
        return node.type.capitalize()
    parts: list[str | None] = []
    if node.type == "array":
        parts = [plain_value(child) for child in _parts(node)]
    elif node.type == "object":
        found = [(name, plain_value(value)) for name, value in _fields(node)]
        parts = [f"{literal(name)}: {value}" if value is not None else None for name, value in found]
    if node.type not in ("array", "object") or None in parts or len(parts) != len(_parts(node)):
        return None
    text = ", ".join(part for part in parts if part is not None)
    return f"[{text}]" if node.type == "array" else f"{{{text}}}"


def _parts(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _own_settings(module: Module) -> Node | None:
    """What a page's module says by `definePageConfig`."""
    for node in module.parsed.root.named_children:
        call = node.named_children[0] if node.type == "expression_statement" and node.named_children else node
        if call.type == "call_expression" and defines_page(call):
            arguments = call.child_by_field_name("arguments")
            return (
                next((each for each in arguments.named_children if each.type == "object"), None) if arguments else None
            )
    return None


class _Lines:
    """The lines of the module."""

    def __init__(self, target: PurePosixPath, taken: set[PurePosixPath]) -> None:
        while target in taken:
            target = target.with_name(f"{target.stem}_.py")
        self.target: PurePosixPath = target
        self._imports: list[str] = []

    def source(self, found: Found) -> str:
        """The module of an export, seen from this one."""
        package, dotted = self.target.parent.parts, found.module.dotted
        same = 0
        while same < min(len(package), len(dotted)) and package[same] == dotted[same]:
            same += 1
        return "." * (len(package) - same + 1) + ".".join(dotted[same:])

    def bring(self, found: Found, name: str) -> None:
        """Imports an export under a name."""
        shown = name if found.python == name else f"{found.python} as {name}"
        self._imports.append(f"from {self.source(found)} import {shown}")

    def text(self, body: list[str], config: str) -> str:
        """The module."""
        doc = f'"""The app and its pages, as {config} declares them: `taropy run {self.target.name}`."""'
        used = [name for name in ("Unported", "component", "rest") if any(f"{name}(" in line for line in body)]
        imports = ["import taropy", f"from taropy.js import {', '.join(used)}", *sorted(self._imports)]
        return "\n".join([doc, "", *imports, "", *body, ""])


def routes_of(config: Module) -> list[str]:
    """The routes of the pages, those of the sub-packages last, as far as they are written out."""
    settings = _settings(config)
    if settings is None:
        return []
    found = list(_texts(_field(settings, "pages")))
    for name in _SUB_PACKAGES:
        packages = _field(settings, name)
        for package in packages.named_children if packages is not None else ():
            root = string_of(_field(package, "root")) or ""
            found += [f"{root.strip('/')}/{page}" for page in _texts(_field(package, "pages"))]
    return list(dict.fromkeys(found))


def _perhaps(config: Module) -> Iterator[str]:
    """What may be a route too, where the configuration is put together of others: the texts of all that it imports."""
    for module in config.program.reached_from(config):
        for node in _all(module.parsed.root):
            if node.type == "string":
                yield (string_of(node) or "").strip("/")
            elif node.type == "object" and (root := string_of(_field(node, "root"))) is not None:
                yield from (f"{root.strip('/')}/{page}" for page in _texts(_field(node, "pages")))


def _all(node: Node) -> Iterator[Node]:
    yield node
    for child in node.named_children:
        yield from _all(child)


def _settings(config: Module) -> Node | None:
    """The object that the module exports."""
    for node in config.parsed.root.named_children:
        value = node.child_by_field_name("value") if node.type == "export_statement" else None
        while value is not None and value.type != "object":
            if value.type == "identifier":
                binding = config.names.root.bindings.get((value.text or b"").decode())
                value = binding.value if binding is not None else None
            elif value.type == "call_expression":
                arguments = value.child_by_field_name("arguments")
                value = next(iter(arguments.named_children), None) if arguments is not None else None
            else:
                value = next(iter(value.named_children), None)
        if value is not None:
            return value
    return None


def _fields(node: Node | None) -> Iterator[tuple[str, Node | None]]:
    for pair in node.named_children if node is not None else ():
        key = pair.child_by_field_name("key") if pair.type == "pair" else None
        name = key_of(key) if key is not None else None
        if name is not None:
            yield name, pair.child_by_field_name("value")


def _field(node: Node | None, name: str) -> Node | None:
    return next((value for key, value in _fields(node) if key == name), None)


def _texts(node: Node | None) -> Iterator[str]:
    for child in node.named_children if node is not None and node.type == "array" else ():
        text = string_of(child)
        if text is not None:
            yield text.strip("/")
