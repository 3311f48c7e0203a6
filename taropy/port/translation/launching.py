"""The module that starts a ported app: `taropy.App` with what the app's configuration and its pages say.

It is made where a program has an `app.config` and an `app` beside it, as Taro's projects have.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import attrs

from ... import spec
from ...spec import Ref
from ..names import key_of, string_of
from ..source_map import digest_of
from .naming import snake
from .program import Found, Module, Program
from .texts import literal

if TYPE_CHECKING:
    from tree_sitter import Node

_SUB_PACKAGES = ("subPackages", "subpackages")


@attrs.frozen
class Launcher:
    """The module, the configuration that it is made of, and the routes whose pages are not among what was ported."""

    source: Path
    digest: str
    target: PurePosixPath
    text: str
    missing: tuple[str, ...] = ()


def launcher_of(program: Program, taken: set[PurePosixPath]) -> Launcher | None:
    """The module that starts the program's app; None if it has none."""
    config = next((each for each in program.modules.values() if each.path.stem == "app.config"), None)
    app = program.imported("./app", config) if config is not None else None
    settings = config.find("default") if config is not None else None
    entry = app.find("default") if app is not None else None
    if config is None or settings is None:
        return None
    made = _Lines(config.target.with_name("launch.py"), taken)
    made.bring(settings, "app_config")
    known = {*spec.fields_of(Ref("AppConfig")), "cloud"}
    foreign = [literal(name) for name in _names(_settings(config)) if name not in known]
    if foreign:
        body = [f"app = taropy.App(rest(app_config, {', '.join(foreign)}))  # which Taro does not know"]
    else:
        body = ["app = taropy.App(app_config)"]
    if entry is not None:
        made.bring(entry, "App")
        body.append("app.entry(component(App))")
    missing = []
    for route in routes_of(config):
        module = program.imported(f"./{route}", config)
        page = module.find("default") if module is not None else None
        if module is None or page is None:
            missing.append(route)
            continue
        body.append(_page(program, made, route, module, page))
    digest = digest_of(config.parsed.source.text)
    return Launcher(config.path, digest, made.target, made.text(body, f"{config.path.name}"), tuple(missing))


def _page(program: Program, made: _Lines, route: str, module: Module, page: Found) -> str:
    name = snake(route.removesuffix("/index").replace("/", "_").replace("-", "_").replace(".", "_"))
    made.bring(page, name)
    config = program.imported(f"./{module.path.stem}.config", module)
    settings = config.find("default") if config is not None else None
    if settings is None and module.page_config is not None:
        settings = Found(module, module.page_config, None)
    if settings is None:
        return f"app.page({literal(route)})(component({name}))"
    made.bring(settings, f"{name}_config")
    return f"app.page({literal(route)}, {name}_config)(component({name}))"


class _Lines:
    """The lines of the module."""

    def __init__(self, target: PurePosixPath, taken: set[PurePosixPath]) -> None:
        while target in taken:
            target = target.with_name(f"{target.stem}_.py")
        self.target: PurePosixPath = target
        self._imports: list[str] = []

    def bring(self, found: Found, name: str) -> None:
        """Imports an export under a name."""
        package, dotted = self.target.parent.parts, found.module.dotted
        same = 0
        while same < min(len(package), len(dotted)) and package[same] == dotted[same]:
            same += 1
        source = "." * (len(package) - same + 1) + ".".join(dotted[same:])
        shown = name if found.python == name else f"{found.python} as {name}"
        self._imports.append(f"from {source} import {shown}")

    def text(self, body: list[str], config: str) -> str:
        """The module."""
        doc = f'"""The app and its pages, as {config} declares them: `taropy run {self.target.name}`."""'
        library = "component, rest" if body[0].startswith("app = taropy.App(rest(") else "component"
        imports = ["import taropy", f"from taropy.js import {library}", *sorted(self._imports)]
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


def _field(node: Node | None, name: str) -> Node | None:
    for pair in node.named_children if node is not None else ():
        key = pair.child_by_field_name("key") if pair.type == "pair" else None
        if key is not None and key_of(key) == name:
            return pair.child_by_field_name("value")
    return None


def _names(node: Node | None) -> Iterator[str]:
    for pair in node.named_children if node is not None else ():
        key = pair.child_by_field_name("key") if pair.type == "pair" else None
        name = key_of(key) if key is not None else None
        if name is not None:
            yield name


def _texts(node: Node | None) -> Iterator[str]:
    for child in node.named_children if node is not None and node.type == "array" else ():
        text = string_of(child)
        if text is not None:
            yield text.strip("/")
