"""Modules that have the name of something else in their package, in files of another name.

Python keeps a module as an attribute of its package. Where an index module has something of the same name, one takes
the other's place: which one depends on who was imported first. Of a module and a folder of one name Python sees the
folder alone.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from .imports import is_set_later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .program import Found, Module, Program


def tell_apart(program: Program) -> None:
    """Gives each module whose name its package has for something else another: `http_.py`."""
    folders = _folders(program)
    clashing = [
        module
        for module in program.modules.values()
        if _is_beside_a_folder(module, folders) or _is_hidden(program, module)
    ]
    for module in clashing:
        _rename(program, module)
    if clashing:
        program.moved()


def free(program: Program, target: PurePosixPath) -> PurePosixPath:
    """The file or folder, under a name that neither a module nor a folder of the program has."""
    taken = {each.target.with_suffix("") for each in program.modules.values()} | _folders(program)
    while target.with_suffix("") in taken:
        target = target.with_name(f"{target.stem}_{target.suffix}")
    return target


def _folders(program: Program) -> set[PurePosixPath]:
    return {folder for module in program.modules.values() for folder in module.target.parents}


def _is_beside_a_folder(module: Module, folders: set[PurePosixPath]) -> bool:
    return not module.is_package and module.target.with_suffix("") in folders


def _is_hidden(program: Program, module: Module) -> bool:
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
    old = module.target.parent if module.is_package else module.target
    new = free(program, old)
    if not module.is_package:
        module.move(new)
        return
    for each in program.modules.values():
        if old in each.target.parents:
            each.move(new / each.target.relative_to(old))
