"""A project's settings: JSON with comments, tsconfig with what it extends, and Taro's config, which is a program."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from .names import key_of, string_of, text_of
from .parse import parse
from .source import Source, Unreadable, read

if TYPE_CHECKING:
    from tree_sitter import Node

_MOST_EXTENDED = 20
_DEEPEST = 50


class SettingsError(ValueError):
    """A file of settings that cannot be read; the message says why."""

    def __init__(self, path: Path, text: str) -> None:
        super().__init__(f"{path.name} {text}")
        self.path = path


@attrs.frozen
class AppPages:
    """The pages that an app's config lists, by their paths below `src`, and the file that lists them."""

    file: Path
    names: tuple[str, ...] = ()


def read_json(path: Path) -> dict[str, Any]:
    """An object from a JSON file that may have comments and commas at the end; empty where there is none.

    SettingsError where it is no such JSON.
    """
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(path, f"cannot be read: {error}") from error
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        found = _lenient(text, path)
        if not isinstance(found, dict):
            raise SettingsError(path, f"is not JSON: {error}") from error
    return found if isinstance(found, dict) else {}


def _lenient(text: str, path: Path) -> Any:
    """What JSON with comments and commas at the end means, as TypeScript takes it."""
    root = parse(Source(path, f"({text})".encode())).root
    left = [root]
    while left:
        node = left.pop()
        if node.type == "object":
            return _value(node)
        left.extend(reversed(node.named_children))
    return None


def _value(node: Node, depth: int = 0) -> Any:
    match node.type:
        case "object" if depth < _DEEPEST:
            parts = [
                (part.child_by_field_name("key"), part.child_by_field_name("value")) for part in node.named_children
            ]
            return {key_of(key): _value(value, depth + 1) for key, value in parts if key and value}
        case "array" if depth < _DEEPEST:
            return [_value(child, depth + 1) for child in node.named_children if child.type != "comment"]
        case "true" | "false":
            return node.type == "true"
        case _:
            return string_of(node)


def path_patterns(folder: Path) -> Iterator[tuple[str, Path]]:
    """What `tsconfig.json` or `jsconfig.json` in a folder says of the places of modules: pattern, and path.

    A pattern has at most one `*`. `*` alone is what `baseUrl` says. What the file extends counts where it is silent.
    """
    for name in ("tsconfig.json", "jsconfig.json"):
        file = folder / name
        if file.is_file():
            yield from _patterns(file)
            return


def _patterns(file: Path) -> Iterator[tuple[str, Path]]:
    paths: dict[str, Any] | None = None
    base: Path | None = None
    root = file.parent
    for each, settings in _extended(file):
        options = settings.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        if base is None and isinstance(options.get("baseUrl"), str):
            base = each.parent / options["baseUrl"]
        if paths is None and isinstance(options.get("paths"), dict):
            paths, root = options["paths"], each.parent
    for pattern, targets in (paths or {}).items():
        for target in targets if isinstance(targets, list) else ():
            if isinstance(target, str):
                yield pattern, (base or root) / target
    if base is not None:
        yield "*", base / "*"


def _extended(file: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The settings of a file, and then of those that it extends; each once, so that a circle ends."""
    left, seen = [file], set[Path]()
    while left and len(seen) < _MOST_EXTENDED:
        each = left.pop(0)
        if each in seen:
            continue
        seen.add(each)
        settings = read_json(each)
        yield each, settings
        extends = settings.get("extends", [])
        for name in reversed([extends] if isinstance(extends, str) else extends):
            left += [found for found in _named(each.parent, str(name)) if found.is_file()][:1]


def _named(folder: Path, name: str) -> Iterator[Path]:
    if name.startswith("."):
        path = Path(os.path.normpath(folder / name))
        yield from (path, path.with_name(f"{path.name}.json"))
        return
    for above in (folder, *folder.parents):
        path = above / "node_modules" / name
        yield from (path, path.with_name(f"{path.name}.json"), path / "tsconfig.json")


# --- Taro's own config -----------------------------------------------------------------------------------------


def aliases(root: Path) -> Iterator[tuple[str, Path]]:
    """The aliases in a project's Taro config, `config/index.js` and its kin: name, and path."""
    for file in _config_files(root):
        for pair in _pairs(file, "alias"):
            for entry in pair.named_children:
                key, value = entry.child_by_field_name("key"), entry.child_by_field_name("value")
                name = key_of(key) if entry.type == "pair" and key is not None else None
                path = _path(value, file.parent, root) if value is not None else None
                if name is not None and path is not None:
                    yield name, path


def _config_files(root: Path) -> Iterator[Path]:
    for name in ("index", "dev", "prod"):
        for suffix in (".ts", ".js"):
            file = root / "config" / f"{name}{suffix}"
            if file.is_file():
                yield file


def _pairs(file: Path, name: str) -> Iterator[Node]:
    """The objects that a file writes under a name."""
    try:
        root = parse(read(file)).root
    except Unreadable:
        return
    left = [root]
    while left:
        node = left.pop()
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if key is not None and value is not None and value.type in ("object", "array") and key_of(key) == name:
            yield value
        left.extend(node.named_children)


def _path(value: Node, folder: Path, root: Path) -> Path | None:
    """`'src/utils'`, `path.resolve(__dirname, '..', 'src/utils')`."""
    text = string_of(value)
    if text is not None:
        return Path(os.path.normpath(root / text))
    function, arguments = value.child_by_field_name("function"), value.child_by_field_name("arguments")
    if function is None or arguments is None or text_of(function).rpartition(".")[2] not in ("resolve", "join"):
        return None
    path = root
    for part in arguments.named_children:
        said = string_of(part)
        if text_of(part) == "__dirname":
            path = folder
        elif text_of(part) == "process.cwd()":
            path = root
        elif said is not None:
            path = path / said.lstrip("/") if path != root or not said.startswith("/") else Path(said)
        else:
            return None
    return Path(os.path.normpath(path))


def pages(root: Path) -> AppPages:
    """The pages that a project's app config lists, those of its subpackages included."""
    for name in ("app.config.ts", "app.config.js", "app.tsx", "app.jsx", "app.js", "app.ts"):
        file = root / "src" / name
        if file.is_file():
            found = tuple(dict.fromkeys(_pages(file)))
            if found:
                return AppPages(file, found)
    return AppPages(root)


def _pages(file: Path) -> Iterator[str]:
    for listed in _pairs(file, "pages"):
        holder = listed.parent.parent if listed.parent is not None else None
        prefix = _root_of(holder)
        for item in listed.named_children:
            text = string_of(item)
            if text is not None:
                yield f"{prefix}/{text}".strip("/").replace("//", "/") if prefix else text


def _root_of(holder: Node | None) -> str:
    for pair in holder.named_children if holder is not None else ():
        key = pair.child_by_field_name("key")
        if key is not None and key_of(key) == "root":
            return string_of(pair.child_by_field_name("value")) or ""
    return ""


def built_for(package: dict[str, Any]) -> list[str]:
    """The platforms that a package's scripts build for: `taro build --type weapp`."""
    scripts = package.get("scripts")
    texts = [text for text in scripts.values() if isinstance(text, str)] if isinstance(scripts, dict) else []
    return list(dict.fromkeys(name for text in texts for name in re.findall(r"--type[=\s]+([\w-]+)", text)))
