"""Modules that have the name of something else in their package, in files of another name.

Python keeps a module as an attribute of its package. Where an index module has something of the same name, one takes
the other's place: which one depends on who was imported first.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .imports import is_set_later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .program import Found, Module, Program

INDEX = "__init__.py"


def tell_apart(program: Program) -> None:
    """Gives each module whose name its package has for something else another: `http_.py`."""
    clashing = [module for module in program.modules.values() if _clashes(program, module)]
    for module in clashing:
        _rename(program, module)
    if clashing:
        program.moved()


def _clashes(program: Program, module: Module) -> bool:
    index = program.index_above(module)
    if index is None:
        return False
    same = [found for python, found in _names(index) if python == module.dotted[-1]]
    return any(found is None or found.module is not module for found in same) or (
        bool(same) and _is_imported_itself(program, module)
    )


def _names(index: Module) -> Iterator[tuple[str, Found | None]]:
    """The attributes of a package: their names in Python, and where they come from if another module has them."""
    for binding in index.names.root.bindings.values():
        yield index.naming[binding], index.program.found(index, binding) if binding.kind == "import" else None
    for name in index.exports:
        found = index.find(name)
        if found is not None:
            yield found.python, None if found.module is index else found


def _is_imported_itself(program: Program, module: Module) -> bool:
    """Whether a port may say `from .package import module`, and not only import the module's names."""
    exports = (module.find(name) for name in module.exports)
    return (
        program.is_in_ring(module)
        or str(module.path) in program.whole
        or any(found is not None and is_set_later(found) for found in exports)
    )


def _rename(program: Program, module: Module) -> None:
    """A folder of modules goes there whole."""
    taken = {each.target for each in program.modules.values()}
    folders = {folder for target in taken for folder in target.parents}
    is_package = module.target.name == INDEX
    old = module.target.parent if is_package else module.target
    new = old
    while new in taken or new in folders or (not is_package and new.with_suffix("") in folders):
        new = new.with_name(f"{new.stem}_{new.suffix}")
    if not is_package:
        module.target = new
        return
    for each in program.modules.values():
        if old in each.target.parents:
            each.target = new / PurePosixPath(each.target).relative_to(old)
