"""Where the modules of a program are: its own, the packages beside it, and Taro."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..config import read_json
from ..files import absolute
from ..modules import package_name
from ..origins import TARO, TARO_PACKAGES
from ..project import Workspace
from ..source import Position, Source, Unreadable, read
from .compiling import Compiled, compiled
from .edits import CannotRun

SUFFIXES = (".ts", ".tsx", ".js", ".jsx", ".mts", ".mjs", ".cts", ".cjs", ".json")

#: What shows pages, which nothing does here.
VIEWS = {
    "react": "React", "react-dom": "React", "preact": "Preact", "vue": "Vue", "@tarojs/components": "Taro's components",
    "@tarojs/react": "React", "@tarojs/runtime": "Taro's runtime for pages",
}  # fmt: skip

_STYLES = frozenset([".css", ".scss", ".sass", ".less", ".styl", ".wxss", ".pcss"])

#: What a build for mini programs asks packages for, among them what they have for browsers.
_CONDITIONS = frozenset(["browser", "import", "module", "require", "default"])
_MAIN_FIELDS = ("browser", "module", "main")

#: The module that a package has in the place of one that only Node.js can run.
_NOTHING = "nothing"


class Sources:
    """The modules of one program, found and compiled when they are first asked for.

    Each has a place of its own among the lines that the engine counts: `place` says which line is meant.
    """

    def __init__(self, main: Path, platform: str, first_line: int) -> None:
        self._platform = platform
        self._workspace = Workspace([absolute(main)])
        self._compiled: dict[str, Compiled] = {}
        self._packages: dict[Path, Mapping[str, Any]] = {}
        self._starts: list[tuple[int, str]] = []
        self._next_line = first_line

    # --- modules -----------------------------------------------------------------------------------------------

    def facts(self, key: str) -> dict[str, Any]:
        """What the engine has to know of a module before it runs it. `CannotRun` where it can't be."""
        if key == TARO:
            return {"kind": "taro"}
        path = Path(key)
        if path.suffix in _STYLES or key == _NOTHING:
            return {"kind": "empty"}
        if path.suffix == ".json":
            return {"kind": "json", "text": _json(path)}
        module = self._compiled[key] = compiled(self._read(path))
        if not module.is_module:
            return {"kind": "script"}
        found = {specifier: self.resolve(specifier, key, at) for specifier, at in module.needs.items()}
        return {
            "kind": "module",
            "needs": list(found.values()),
            "all": [found[specifier] for specifier in module.all],
            "imports": [(local, found[specifier], name) for local, specifier, name in module.imports],
            "passed": [(outside, found[specifier], name) for outside, specifier, name in module.passed],
            "awaits": module.awaits,
        }

    def code(self, key: str) -> str:
        """The code of a module, behind so many lines that each line of each module has a number of its own."""
        code = self._compiled[key].code
        start = self._next_line
        self._starts.append((start, key))
        self._next_line += code.count("\n") + 1
        return "\n" * start + code

    def place(self, line: int) -> tuple[Path, int] | None:
        """The file, and the line in it, of a line that the engine tells; None for its own."""
        for start, key in reversed(self._starts):
            if line > start:
                return Path(key), line - start
        return None

    def _read(self, path: Path) -> Source:
        try:
            if "node_modules" in path.parts:
                return Source(path, path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
            return read(path)
        except Unreadable as reason:
            raise CannotRun(path, None, str(reason)) from None
        except OSError as error:
            raise CannotRun(path, None, f"cannot be read: {error.strerror}") from error

    # --- where they are ----------------------------------------------------------------------------------------

    def resolve(self, specifier: str, importer: str, at: Position | None = None) -> str:
        """The module that an import means. `CannotRun` where there is none, or none that runs here."""
        package = package_name(specifier)
        file = Path(importer)
        if specifier in TARO_PACKAGES or package in TARO_PACKAGES:
            return TARO
        if package in VIEWS:
            raise CannotRun(
                file, at, f"{specifier} is {VIEWS[package]}, which shows pages; run modules of the program's logic"
            )
        found = next(self._found(specifier, file), None)
        replaced = self._replaced(specifier, file, found)
        if replaced is not None:
            return str(replaced)
        if specifier.startswith((".", "/")):
            raise CannotRun(file, at, f"there is no module {specifier}")
        raise CannotRun(file, at, f"the package {package} is not in node_modules, or has nothing to run: npm install")

    def _found(self, specifier: str, file: Path) -> Iterator[Path]:
        if specifier.startswith("/"):
            yield from self._at(Path(specifier))
            return
        for place in self._workspace.project_of(file).places(specifier, file):
            yield from self._at(place)
        if specifier.startswith("."):
            return
        package = package_name(specifier)
        inside = specifier[len(package) + 1 :]
        for folder in file.parents:
            root = folder / "node_modules" / package
            if root.is_dir():
                yield from self._in_package(root, inside)

    def _in_package(self, root: Path, inside: str) -> Iterator[Path]:
        package = self._package(root)
        exported = _exported(package.get("exports"), f"./{inside}" if inside else ".")
        if exported is not None:
            yield from self._at(root / exported)
        if inside:
            yield from self._at(root / inside)
            return
        for field in _MAIN_FIELDS:
            if isinstance(package.get(field), str):
                yield from self._at(root / package[field])
        yield from self._at(root / "index")

    def _replaced(self, specifier: str, file: Path, found: Path | None) -> Path | str | None:
        """What a package has for browsers in the place of what was found: a file, or nothing at all."""
        target = file if found is None or specifier.partition("/")[0] not in (".", "..") else found
        if "node_modules" not in target.parts:
            return found
        root = next((each for each in target.parents if (each / "package.json").is_file()), target.parent)
        browser = self._package(root).get("browser")
        if not isinstance(browser, Mapping):
            return found
        names = [specifier] if found is None or target is file else []
        if found is not None and found.is_relative_to(root):
            inside = found.relative_to(root).as_posix()
            names += [f"./{inside}", inside]
        other = next((browser[name] for name in names if name in browser), found)
        if other is False:
            return _NOTHING
        return next(self._at(root / other), found) if isinstance(other, str) else found

    def _package(self, root: Path) -> Mapping[str, Any]:
        """What a package says of itself."""
        if root not in self._packages:
            try:
                self._packages[root] = read_json(root / "package.json")
            except ValueError as error:
                raise CannotRun(root / "package.json", None, str(error)) from error
        return self._packages[root]

    def _at(self, place: Path) -> Iterator[Path]:
        """The files that a place without a suffix may mean, those of the platform before the common ones."""
        stem, suffix = place.with_suffix(""), place.suffix
        names = [place]
        if suffix in (".js", ".mjs", ".jsx"):  # TypeScript's modules name what they are compiled to
            names += [stem.with_name(f"{stem.name}{each}") for each in (".ts", ".tsx", ".mts")]
        for variant in (f".{self._platform}", ""):
            names += [place.with_name(f"{place.name}{variant}{each}") for each in SUFFIXES]
        for variant in (f".{self._platform}", ""):
            names += [place / f"index{variant}{each}" for each in SUFFIXES]
        yield from (name for name in names if name.is_file() and not name.name.endswith(".d.ts"))


def _exported(exports: Any, name: str) -> str | None:
    """What a package's `exports` say of a name, for who imports it."""
    if isinstance(exports, Mapping) and any(str(key).startswith(".") for key in exports):
        return _condition(exports[name]) if name in exports else _by_pattern(exports, name)
    return _condition(exports) if name == "." else None


def _by_pattern(exports: Mapping[str, Any], name: str) -> str | None:
    for key, target in exports.items():
        start, star, end = key.partition("*")
        if star and name.startswith(start) and name.endswith(end):
            found = _condition(target)
            return None if found is None else found.replace("*", name[len(start) : len(name) - len(end)])
    return None


def _condition(target: Any) -> str | None:
    while isinstance(target, Mapping):
        target = next((target[each] for each in target if each in _CONDITIONS), None)
    return target if isinstance(target, str) else None


def _json(path: Path) -> str:
    try:
        text = path.read_text("utf-8-sig")
        json.loads(text)
    except (OSError, ValueError) as error:
        raise CannotRun(path, None, f"is no JSON: {error}") from error
    return text


__all__ = ["TARO", "Sources"]
