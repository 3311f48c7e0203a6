"""What a module begins with for its annotations: names of `typing`, types of other modules, type variables."""

from __future__ import annotations

import re
from collections import defaultdict

from .program import Module
from .translator import Translator

#: What mypy is told where a value of which nothing is known is returned as what the program says that it is.
_TRUSTS = "# mypy: no-warn-return-any"
_ABSTRACT = frozenset(["Callable"])
_WORD = re.compile(r"\w+")


def relative(module: Module, other: Module) -> str:
    """`..utils.request`, from a module to another."""
    return dotted_from(module, other.dotted)


def dotted_from(module: Module, dotted: tuple[str, ...]) -> str:
    """A module's name below the folder of the port, from another of its modules."""
    package = module.package
    same = 0
    while same < min(len(package), len(dotted)) and package[same] == dotted[same]:
        same += 1
    return "." * (len(package) - same + 1) + ".".join(dotted[same:])


def words_of(t: Translator) -> set[str]:
    """The words of the module's code."""
    return set(_WORD.findall("\n".join(line.text for line in t.out.lines if line.text[:1] != "#")))


def used_helpers(t: Translator, words: set[str]) -> set[str]:
    """What the annotations name of taropy.js."""
    return {name for name in t.annotator.helpers if t.module.helper_name(name) in words}


def standard_lines(t: Translator, words: set[str]) -> list[str]:
    """What is imported of Python's library."""
    annotator = t.annotator
    typing = {name for name in annotator.typing if name in words} | {"TypeVar" for _ in annotator.variables & words}
    types = _types(t, words)
    lines = [_TRUSTS] if annotator.trusts else []
    if typing or types or used_helpers(t, words) or annotator.names_own & words:
        lines.append("from __future__ import annotations")
    lines += [f"import {name}" for name in ("functools", "os") if name in t.standard]
    if "Callable" in typing:
        lines.append("from collections.abc import Callable")
    enums = sorted(t.standard - {"functools", "os"})
    if enums:
        lines.append(f"from enum import {', '.join(enums)}")
    typing |= {"TYPE_CHECKING"} if types else set()
    if typing - _ABSTRACT:
        lines.append(f"from typing import {', '.join(sorted(typing - _ABSTRACT))}")
    return lines


def _types(t: Translator, words: set[str]) -> dict[str, list[str]]:
    """The types that only checkers look at: by the module that they come from, what is imported of it."""
    found: dict[str, list[str]] = defaultdict(list)
    known = {name for taken in (*t.imports.values(), *t.handed_on.values()) for name in taken}
    for local, type_ in sorted(t.annotator.imported.items()):
        if local in words and local not in known:
            found[relative(t.module, type_.module)].append(
                local if local == type_.python else f"{type_.python} as {local}"
            )
    return found


def bring_bases(t: Translator) -> None:
    """Imports the declarations of other modules that those of this one extend, which Python asks for at once."""
    for local, type_ in t.annotator.imported.items():
        if local in t.annotator.run_time:
            t.imports.setdefault(relative(t.module, type_.module), {})[local] = type_.python


def type_lines(t: Translator, words: set[str]) -> list[str]:
    """The imports that only checkers look at, and the type variables."""
    types = _types(t, words)
    lines = ["", "if TYPE_CHECKING:"] if types else []
    lines += [f"    from {source} import {', '.join(names)}" for source, names in sorted(types.items())]
    variables = sorted(t.annotator.variables & words)
    return [*lines, *([""] if variables else []), *(f'{name} = TypeVar("{name}")' for name in variables)]
