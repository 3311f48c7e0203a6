"""Imports: the project's modules by their names, Taro and the library, and what is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import hints
from ..names import Binding, is_type_only, string_of
from ..origins import TARO_PACKAGES
from . import packages
from .components import member_of_react, of_react
from .headers import bring_bases, dotted_from, relative, standard_lines, used_helpers
from .literals import field, members_of
from .looks import of_export
from .naming import python_name
from .program import Found, Module
from .texts import literal
from .translator import Refusal, Translator, later, statement
from .tree import Expr, Refused
from .types import STRING, Type, enum_type
from .wholes import is_json, module_of

if TYPE_CHECKING:
    from tree_sitter import Node

#: Files that only pages need, and those of which a program gets an address.
_OF_VIEWS = (".css", ".scss", ".sass", ".less", ".styl")
ASSETS = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".mp3", ".mp4", ".ttf", ".woff")

#: Why none of Taro's functions is handed on.
OF_TARO = "a function of Taro's that a module hands on is not ported"


def imported(t: Translator, binding: Binding) -> Expr:
    """What an imported name stands for."""
    react = of_react(t, binding)
    if react is not None:
        return react
    if binding.module in TARO_PACKAGES:
        taro = t.helper("Taro")
        if not binding.path or binding.path == ("default",):
            return Expr(taro, pure=True)
        return Expr(f"{taro}.{binding.path[0]}", pure=True)
    if binding.module.endswith(ASSETS):
        name = t.python(binding)
        t.assets[name] = address(t.module, binding.module)
        return Expr(name, type=STRING, pure=True)
    other = t.module.program.imported(binding.module, t.module)
    if other is None:
        return packages.imported(t, binding) or Expr(_foreign(t, binding, packages.lacking(t, binding)), pure=True)
    if module_of(t.module, binding) is not None:
        raise Refused("a module as a value is not ported", "its functions by name")
    if is_json(other) and binding.path[0] != "default":
        return field(_json(t, other), binding.path[0] or "")
    found = other.find(binding.path[0] or "default")
    if found is None:
        return Expr(_foreign(t, binding, f"`{binding.module}` exports no {binding.path[0]}"), pure=True)
    if found.binding is not None and found.binding.kind == "enum":
        return members_of(t, _named(t, found, binding).text)
    return _named(t, found, binding)


def _json(t: Translator, module: Module) -> Expr:
    """The value of a file of JSON."""
    found = module.find("default")
    assert found is not None
    return Expr(f"{module_itself(t, module)}.{found.python}", type=_type_of(found), pure=True)


def address(module: Module, specifier: str) -> str:
    """What stands for a picture: its place below the program's sources. A build may give the picture itself."""
    root = module.program.workspace.project_of(module.path).root
    place = next(module.program.workspace.project_of(module.path).places(specifier, module.path), module.path)
    source = root / "src" if place.is_relative_to(root / "src") else root
    return f"/{place.relative_to(source).as_posix()}" if place.is_relative_to(source) else specifier


def required_here(t: Translator, specifier: str, key: str | None) -> Expr:
    """`require('./a').b`, and `require('./a.png')`, where they stand."""
    if specifier.endswith(ASSETS) and key is None:
        return Expr(literal(address(t.module, specifier)), type=STRING, pure=True)
    other = t.module.program.imported(specifier, t.module)
    if other is None:
        raise Refused(f"`{specifier}` is not among the modules that are ported", hints_for(specifier))
    if is_json(other):
        return _json(t, other) if key is None else field(_json(t, other), key)
    if key is None:
        raise Refused("a module as a value is not ported", "its functions by name")
    found = other.find(key)
    if found is None:
        raise Refused(f"`{specifier}` exports no {key}")
    return Expr(f"{module_itself(t, found.module)}.{found.python}", type=_type_of(found), pure=True)


def bring(t: Translator, binding: Binding) -> None:
    """Imports a name that is handed on, and not used here."""
    other = t.module.program.imported(binding.module, t.module)
    whole = module_of(t.module, binding)
    found = other.find(binding.path[0] or "default") if other is not None and binding.path else None
    if whole is not None:
        module_itself(t, whole, t.python(binding))
    elif found is not None:
        _named(t, found, binding)
    elif binding.module in TARO_PACKAGES:
        if binding.path not in ((), ("default",)):
            _foreign(t, binding, OF_TARO)
        else:
            t.handed_on.setdefault("taropy.js", {})[t.python(binding)] = "Taro"
    elif packages.imported(t, binding) is None:
        _foreign(t, binding, packages.lacking(t, binding))


def _named(t: Translator, found: Found, binding: Binding) -> Expr:
    type_ = _type_of(found)
    if t.module.program.are_in_one_ring(t.module, found.module) or is_set_later(found):
        return Expr(f"{module_itself(t, found.module)}.{found.python}", type=type_, pure=True)
    name = t.python(binding)
    t.imports.setdefault(relative(t.module, found.module), {})[name] = found.python
    return Expr(name, type=type_, pure=True)


def _type_of(found: Found) -> Type:
    binding = found.binding
    if binding is not None and binding.kind == "enum":
        return Type("enum", name=binding.name)
    return of_export(found)


def is_set_later(found: Found) -> bool:
    """Whether a variable is set after its module was made: whoever imports it sees that."""
    return found.binding is not None and bool(found.binding.writes)


def imported_enum(t: Translator, binding: Binding, key: str) -> Expr | None:
    """`Mode.A` of an enum of another module."""
    other = t.module.program.imported(binding.module, t.module)
    found = other.find(binding.path[0]) if other is not None and binding.path and binding.path[0] else None
    if found is None or found.binding is None or found.binding.kind != "enum":
        return None
    enum = _named(t, found, binding)
    return Expr(f"{enum.text}.{key}", type=enum_type(found.binding.place.node), pure=True)


def member_of_module(t: Translator, binding: Binding, key: str) -> Expr | None:
    """`api.login` of a module that is imported whole, `_.debounce` of a package."""
    react = member_of_react(t, binding, key)
    if react is not None or binding.module in TARO_PACKAGES:
        return react
    other = t.module.program.imported(binding.module, t.module)
    if other is None:
        return packages.member(t, binding, key)
    whole = module_of(t.module, binding)
    if whole is None:
        return None
    found = whole.find(key)
    if found is None:
        raise Refused(f"`{binding.module}` exports no {key}")
    return Expr(
        f"{module_itself(t, found.module, t.python(binding) if found.module is whole else None)}.{found.python}",
        type=_type_of(found),
        pure=True,
    )


def module_itself(t: Translator, module: Module, name: str | None = None) -> str:
    """The Python name of a module that is imported itself."""
    dotted = module.dotted
    if not dotted:
        raise Refused("the outermost index module can't be imported whole", "its names")
    known = t.modules.get(dotted)
    if known is None:
        _refuse_hidden(t, module)
        known = t.modules[dotted] = name or t.module.naming.fresh(
            dotted[-1], [*t.modules.values(), t.module.default_name, *map(python_name, t.module.exports)]
        )
    return known


def _refuse_hidden(t: Translator, module: Module) -> None:
    """A package that has a name of the module's hides it from those who import the module itself."""
    index = module.program.named(module.dotted[:-1])
    if (
        index is not None
        and index is not module
        and any((found := index.find(name)) is not None and found.python == module.dotted[-1] for name in index.exports)
    ):
        raise Refused(
            f"the package has a name {module.dotted[-1]} that hides the module", "another name for one of them"
        )


def _foreign(t: Translator, binding: Binding, reason: str = "") -> str:
    """A name of a package that Python has not: it raises when something is done with it."""
    name = t.python(binding)
    if name not in t.foreign:
        known = hints.package(binding.module)
        write = known.python if known is not None else ""
        is_own = binding.module.startswith(".") or reason
        text = reason or (
            f"`{binding.module}` is not among the modules that are ported"
            if is_own
            else f"the package {binding.module}"
        )
        if write:
            text += f"; Python has {write}"
        original = f"import {{ {binding.name} }} from '{binding.module}'"
        t.foreign[name] = Refusal(t.line(binding.node), text, original, write)
    return name


# --- statements --------------------------------------------------------------------------------------------------


@statement("import_statement")
def import_statement(t: Translator, node: Node) -> None:
    """An import: what it brings is imported where it is used; one that brings nothing runs its module."""
    specifier = string_of(node.child_by_field_name("source"))
    if specifier is None or is_type_only(node):
        return
    if any(child.type == "import_clause" for child in node.named_children):
        packages.run(t, specifier, has_names=True)
        return
    other = t.module.program.imported(specifier, t.module)
    if other is not None:
        module_itself(t, other)
    elif (
        not packages.run(t, specifier)
        and not specifier.endswith((*_OF_VIEWS, *ASSETS))
        and not hints.is_polyfill(specifier)
    ):
        raise Refused(f"the package {specifier}, which is imported for what it does", hints_for(specifier))


def hints_for(package: str) -> str:
    """What Python has for a package."""
    known = hints.package(package)
    return known.python if known is not None else ""


def header(t: Translator, words: set[str], *, parted: bool = False) -> tuple[list[str], list[str]]:
    """The lines of a module's imports; if `parted`, those of modules that import this one are apart from the others.

    `words` are those of its code.
    """
    bring_bases(t)
    lines = standard_lines(t, words)
    helpers = {name: t.module.helper_name(name) for name in sorted(t.helpers | used_helpers(t, words))}
    names = [name if called == name else f"{name} as {called}" for name, called in helpers.items()]
    if names:
        lines.append(f"from taropy.js import {', '.join(names)}")
    circle: list[str] = []
    sources = {relative(t.module, each) for each in t.module.program.ring_of(t.module)} if parted else set()
    for dotted, name in sorted(t.modules.items()):
        *folders, last = dotted
        parent = dotted_from(t.module, tuple(folders)) if folders else "." * (len(t.module.package) + 1)
        line = f"from {parent} import {last}" + ("" if name == last else f" as {name}")
        (circle if dotted_from(t.module, dotted) in sources else lines).append(line)
    _hand_on_unused(t, words)
    for table, mark in ((t.imports, ""), (t.handed_on, "  # noqa: F401")):
        for source, taken in sorted(table.items(), key=lambda each: (each[0].startswith("."), each[0])):
            shown = [python if name == python else f"{python} as {name}" for name, python in sorted(taken.items())]
            line = f"{f'from {source} ' if source else ''}import {', '.join(shown)}{mark}"
            (circle if source in sources else lines).append(line)
    return lines, circle


def _hand_on_unused(t: Translator, words: set[str]) -> None:
    """What is imported for nothing but to be exported is there for others."""
    for export in t.module.exports.values():
        name = t.python(export.binding) if export.binding is not None else ""
        for source, taken in list(t.imports.items()) if name not in words else ():
            if name in taken:
                t.handed_on.setdefault(source, {})[name] = taken.pop(name)
            if not taken:
                del t.imports[source]


later.imported = imported
later.required = required_here
later.imported_enum = imported_enum
later.member_of_module = member_of_module
