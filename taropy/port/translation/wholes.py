"""Modules that are handed on as a whole: `export * as api from './api'`, `import * as api` and `export default api`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..names import Binding

if TYPE_CHECKING:
    from .program import Module, Program


def module_of(module: Module, binding: Binding) -> Module | None:
    """The module of the program that an imported name stands for; None for a name that is not one."""
    other = module.program.imported(binding.module, module) if binding.kind == "import" else None
    if other is None or not binding.path:
        return other
    return exported(other, binding.path[0] or "default")


def exported(module: Module, name: str, asked: frozenset[Path] = frozenset()) -> Module | None:
    """The module that an export stands for; None for any other export."""
    if module.path in asked:
        return None
    asked |= {module.path}
    export = module.exports.get(name)
    if export is None:
        others = (
            (module.program.imported(specifier, module) for specifier in module.all_of) if name != "default" else ()
        )
        whole = next((found for other in others if other and (found := exported(other, name, asked))), None)
        return module if whole is None and name == "default" and module.common else whole
    other = module.program.imported(export.module, module) if export.module is not None else None
    if other is None or export.name is None:
        return other
    return exported(other, export.name, asked)


def is_json(module: Module | None) -> bool:
    """Whether a module is a file of JSON, which is one value."""
    return module is not None and module.path.suffix == ".json"


def settle_requires(program: Program) -> None:
    """Has the names of required modules that are one value stand for that: `module.exports = Cart`, and JSON."""
    for module in program.modules.values():
        for binding in module.names.root.bindings.values():
            if binding.kind == "import" and not binding.path and is_json(program.imported(binding.module, module)):
                binding.path = ("default",)
            is_require = binding.kind == "import" and not binding.path and binding.place.kind == "variable_declarator"
            other = program.imported(binding.module, module) if is_require else None
            if other is not None and any(each.name == "default" for each in other.common):
                binding.path = ("default",)
