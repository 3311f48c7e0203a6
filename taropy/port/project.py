"""The project table: to which package a file belongs, and which file an import in it means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from . import vue
from .config import AppPages, SettingsError, aliases, built_for, pages, path_patterns, read_json

SUFFIXES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", vue.SUFFIX)

#: The suffix of a file that stands for another on one platform, `index.h5.ts`, as `TARO_ENV` names the platform.
VARIANTS = ("weapp", "h5", "rn", "alipay", "swan", "tt", "qq", "jd", "harmony", "harmony-hybrid")


#: The names of files that set up a tool, at the top of a project.
_SETTINGS = re.compile(r"\.config\.|^(?:gulpfile|Gruntfile)\.")


class Project:
    """A package: its folder, what it depends on, and how its imports are found."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.faults: list[SettingsError] = []

    @cached_property
    def package(self) -> dict[str, Any]:
        """What `package.json` says; nothing where there is none, or none that can be read."""
        try:
            return read_json(self.root / "package.json")
        except SettingsError as error:
            self.faults.append(error)
            return {}

    @cached_property
    def name(self) -> str:
        """The package's name, else its folder's."""
        name = self.package.get("name")
        return name if isinstance(name, str) else self.root.name

    @cached_property
    def dependencies(self) -> frozenset[str]:
        """The packages that it says it needs."""
        kinds = ("dependencies", "devDependencies", "peerDependencies")
        tables = [table for kind in kinds if isinstance(table := self.package.get(kind), dict)]
        return frozenset(name for table in tables for name in table)

    def builds(self, file: Path) -> bool:
        """Whether a file is a part of how the project is built: it runs in Node.js, and is never ported."""
        if not self._is_package:
            return False
        name = str(file).removeprefix(f"{self.root}{os.sep}")
        folder = name.partition(os.sep)[0]
        return (folder == "config" and self._has_source) or (folder == name and _SETTINGS.search(name) is not None)

    @cached_property
    def _is_package(self) -> bool:
        return (self.root / "package.json").is_file()

    @cached_property
    def _has_source(self) -> bool:
        return (self.root / "src").is_dir()

    def needs(self, package: str) -> bool:
        """Whether the package is among them; of a project that names none, any is."""
        return not self.dependencies or package in self.dependencies

    def is_alias(self, name: str) -> bool:
        """Whether imports that begin with this name are of the project's own modules."""
        return any(pattern.rstrip("/*") == name for pattern, _ in self.patterns if pattern != "*")

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """The platforms that its scripts build for."""
        return tuple(built_for(self.package))

    @cached_property
    def pages(self) -> AppPages:
        """The pages of its app config."""
        return pages(self.root)

    @cached_property
    def patterns(self) -> list[tuple[str, Path]]:
        """Where imports that are not relative may lead: patterns with at most one `*`, the most exact first."""
        own = [(name, path) for name, path in aliases(self.root) if "node_modules" not in path.parts]
        found = [each for name, path in own for each in ((name, path), (f"{name}/*", path / "*"))]
        try:
            found += path_patterns(self.root)
        except SettingsError as error:
            self.faults.append(error)
        return sorted(found, key=lambda each: -len(each[0].partition("*")[0]))

    def places(self, specifier: str, file: Path) -> Iterator[Path]:
        """Where a module may be that a file imports, without a suffix."""
        if specifier.startswith("."):
            yield Path(os.path.normpath(file.parent / specifier))
            return
        for pattern, path in self.patterns:
            start, star, end = pattern.partition("*")
            if not star and specifier == pattern:
                yield path
            elif (
                star and len(specifier) >= len(start + end) and specifier.startswith(start) and specifier.endswith(end)
            ):
                middle = specifier[len(start) : len(specifier) - len(end)]
                yield Path(os.path.normpath(str(path).replace("*", middle)))


class Workspace:
    """All projects that the files belong to."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.files: frozenset[str] = frozenset(map(str, files))
        self._folders = frozenset(map(os.path.dirname, self.files))
        self._projects: dict[Path, Project] = {}
        self._homes: dict[str, Project] = {}  # by folder
        self._resolved: dict[tuple[str, str], str | None] = {}  # by specifier and folder

    def add(self, file: Path) -> None:
        """Has a file be one of ours: what imports mean is looked for anew."""
        self.files |= {str(file)}
        self._resolved.clear()

    def project_of(self, file: Path) -> Project:
        """The project of a file: the innermost folder above it that has a `package.json`."""
        return self._home(os.path.dirname(file))

    def _home(self, folder: str) -> Project:
        if folder not in self._homes:
            above = (Path(folder), *Path(folder).parents)
            root = next((each for each in above if (each / "package.json").is_file()), None)
            root = root or next((each for each in above if (each / "tsconfig.json").is_file()), Path(folder))
            self._homes[folder] = self._projects.setdefault(root, Project(root))
        return self._homes[folder]

    @cached_property
    def projects(self) -> list[Project]:
        """The projects of all files, by their folders."""
        for folder in self._folders:
            self._home(folder)
        return [self._projects[root] for root in sorted(self._projects)]

    def is_replaced_on(self, platform: str, file: Path) -> bool:
        """Whether another file stands for this one on a platform: `pay.h5.ts` for `pay.ts` on h5."""
        return f"{os.path.splitext(file)[0]}.{platform}" in self._variants

    @cached_property
    def _variants(self) -> frozenset[str]:
        """The files for one platform, without their suffixes."""
        return frozenset(os.path.splitext(file)[0] for file in self.files if variant_of(file) is not None)

    def has_folder(self, folder: Path) -> bool:
        """Whether any of the files stands in the folder."""
        return str(folder) in self._folders

    def resolve(self, specifier: str, file: Path) -> str | None:
        """The file that an import means, if it is one of ours."""
        key = specifier, os.path.dirname(file)
        if key not in self._resolved:
            self._resolved[key] = next(self._found(specifier, file), None)
        return self._resolved[key]

    def _found(self, specifier: str, file: Path) -> Iterator[str]:
        project = self.project_of(file)
        for place in (*project.places(specifier, file), *self._in_packages(specifier, project)):
            yield from self._at(str(place))

    def _in_packages(self, specifier: str, own: Project) -> Iterator[Path]:
        """Another package of the same tree, by its name."""
        if specifier.startswith("."):
            return
        parts = specifier.split("/")
        for count in (1, 2):
            project = self._by_name.get("/".join(parts[:count]))
            if project is not None and project is not own:
                rest = "/".join(parts[count:])
                yield from (project.root / "src" / rest, project.root / rest)

    @cached_property
    def _by_name(self) -> dict[str, Project]:
        return {project.name: project for project in self.projects}

    def _at(self, place: str) -> Iterator[str]:
        stem, dot, suffix = place.rpartition(".")
        candidates = [place, *(place + each for each in SUFFIXES), *(f"{place}/index{each}" for each in SUFFIXES)]
        if dot and suffix in ("js", "jsx", "mjs"):  # TypeScript's modules name what they are compiled to
            candidates += [f"{stem}.ts", f"{stem}.tsx"]
        candidates += [f"{place}.{variant}{each}" for variant in VARIANTS for each in SUFFIXES]
        candidates += [f"{place}/index.{variant}{each}" for variant in VARIANTS for each in SUFFIXES]
        yield from (path for path in candidates if path in self.files)


def variant_of(file: Path | str) -> str | None:
    """The platform for which alone a file is: `h5` of `pay.h5.ts`."""
    _, dot, variant = os.path.splitext(os.path.basename(file))[0].rpartition(".")
    return variant if dot and variant in VARIANTS else None
