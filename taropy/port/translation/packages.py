"""What imports of packages become for which a module of Python's stands in."""

from __future__ import annotations

from importlib import import_module
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

from ..names import Binding, text_of
from ..origins import REACT_PACKAGES, TARO_PACKAGES
from ..packages import NOTHING, StandIn, stand_in
from .library import method
from .naming import python_name
from .package_types import type_of
from .translator import Translator
from .tree import Expr, Refused
from .types import PACKAGE
from .wholes import module_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module, Program


def of(t: Translator, specifier: str) -> StandIn | None:
    """What stands in for a package."""
    return _of(t.module.program, specifier)


def _of(program: Program, specifier: str) -> StandIn | None:
    known = program.stand_ins
    if specifier not in known:
        known[specifier] = None if specifier[:1] == "." else stand_in(specifier, program.packages)
    return known[specifier]


def is_lacking(module: Module, binding: Binding) -> bool:
    """Whether nothing is here of what a module imports: no module of the program, and no package's stand-in."""
    if binding.module in TARO_PACKAGES | REACT_PACKAGES or module.program.imported(binding.module, module) is not None:
        return False
    return _of(module.program, binding.module) is None


def imported(t: Translator, binding: Binding) -> Expr | None:
    """What an imported name stands for; None if nothing stands in for its package, or has the name."""
    found = of(t, binding.module)
    if found is None:
        return None
    name = found.member(binding.path)
    if not name:
        return Expr(_whole(t, found, binding), type=PACKAGE, pure=True)
    if found.value(name) is NOTHING:
        return None
    local = t.python(binding)
    t.imports.setdefault(found.module, {})[local] = name
    value = found.value(name)
    return Expr(local, type=PACKAGE if isinstance(value, ModuleType) else type_of(value), pure=True)


def _whole(t: Translator, found: StandIn, binding: Binding) -> str:
    parent, _, last = found.module.rpartition(".")
    local = t.python(binding)
    if not local.strip("_") and last not in t.module.naming.all and not _is_exported(t, binding):
        local = last
    t.imports.setdefault(parent, {})[local] = last
    return local


def _is_exported(t: Translator, binding: Binding) -> bool:
    return any(export.binding is binding for export in t.module.exports.values())


def is_module(t: Translator, binding: Binding, function: Node) -> bool:
    """Whether what a method is called of is a module: one of the program's, or a package, as `_` of lodash often is.

    Raises `Refused` if it is something else that a package exports, and has no such method: `dayjs.tz(…)`.
    """
    if not binding.path or module_of(t.module, binding) is not None:
        return True
    key, found = function.child_by_field_name("property"), of(t, binding.module)
    if found is None or key is None or t.module.program.imported(binding.module, t.module) is not None:
        return False
    member(t, binding, text_of(key))
    return not found.member(binding.path)


def refuse_call(called: Expr) -> None:
    """Raises `Refused` if a package itself is called: `_([1, 2])`."""
    if called.type == PACKAGE:
        raise Refused("a package that is called is not ported", "its functions by name")


def member(t: Translator, binding: Binding, key: str) -> Expr | None:
    """`_.debounce`, `dayjs.unix`; None if the name is of no such package. `Refused` if Python has no such member."""
    found = of(t, binding.module)
    base = imported(t, binding) if found is not None else None
    if found is None or base is None:
        return None
    holder = _value(found, binding)
    value = getattr(holder, method(key), NOTHING)
    if value is NOTHING and not isinstance(holder, FunctionType):
        raise Refused(lack(binding.module, key, found))
    return Expr(f"{base.text}.{method(key)}", type=type_of(value), pure=True)


def _value(found: StandIn, binding: Binding) -> Any:
    name = found.member(binding.path)
    return found.value(name) if name else import_module(found.module)


def lack(specifier: str, name: str, found: StandIn) -> str:
    """Why a member is not ported."""
    return f"{name} of the package {specifier}, which {found.module} has not"


def lacking(t: Translator, binding: Binding) -> str:
    """Why an imported name is not ported; "" if nothing stands in for its package."""
    found = of(t, binding.module)
    return lack(binding.module, found.member(binding.path), found) if found is not None else ""


def run(t: Translator, specifier: str, *, has_names: bool = False) -> bool:
    """An import for what the module does, also if it `has_names`; whether something stands in for it."""
    found = of(t, specifier)
    if found is None or (has_names and not found.acts):
        return found is not None
    parent, _, last = found.module.rpartition(".")
    t.handed_on.setdefault(parent, {})[t.module.naming.fresh(last)] = last
    return True


def hand_on(t: Translator, specifier: str, found: StandIn, inner: str, outer: str) -> None:
    """`export { debounce } from 'lodash'`, which `found` stands in for. `Refused` for a name that it has not."""
    name = found.member((inner,))
    if name and found.value(name) is NOTHING:
        raise Refused(lack(specifier, name, found))
    parent, _, last = found.module.rpartition(".")
    t.handed_on.setdefault(found.module if name else parent, {})[python_name(outer)] = name or last
