"""The parameters of functions in Python, and the lines that their bodies begin with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import attrs

from ..names import text_of
from .arity import Calls, is_cheap
from .callees import takes_at_most
from .comparing import compared
from .declared import passed_type
from .given import Given, called_with_all, is_any_read, reads_arguments, uses_of
from .given_dicts import is_given_dicts
from .handed_on import calls_by_others
from .naming import python_name
from .parameters import Parameter
from .patterns import assign_pattern
from .shapes import called_with
from .signing import of_parameter, of_rest
from .translator import Translator
from .tree import Expr, Refused
from .types import UNKNOWN, Type

if TYPE_CHECKING:
    from tree_sitter import Node


class Signature:
    """The parameters of a Python function, and the lines that its body begins with."""

    def __init__(self, t: Translator, node: Node, *, first: str = "") -> None:
        self.t = t
        self.parts: list[str] = [first] if first else []
        self.begin: list[Callable[[], None]] = []
        self.names: list[str] = []
        self.fields: list[str] = []
        self.left_out: bool = False
        may_lack, parameters, by_others = False, t.module.parameters_of(node), calls_by_others(t.module, node)
        if "*" in first:  # a constructor that hands all of its arguments on
            t.current.arguments = Given("arguments")
        elif reads_arguments(t.module, node):
            uses = uses_of(t.module, node)
            if not self._is_handed_on(parameters, uses):
                self._take_all(parameters, is_read=is_any_read(uses))
                return
            self._hand_on(parameters)
            parameters = ()
        for index, parameter in enumerate(parameters):
            passed = passed_type(t.module, node, index) if parameter.type is None else UNKNOWN
            if not may_lack and may_be_left_out(t, node, index, by_others):
                self.left_out, may_lack = True, True
            may_lack = self._add(parameter, passed, may_lack=may_lack)
            if is_given_dicts(t.module, node, index):
                self._make_object(self.names[-1])
        if by_others.most > len(self.names) and "*" not in first and not any(each.is_rest for each in parameters):
            self.parts.append(f"*{t.module.naming.unread(node)}{': object' if t.module.is_typed else ''}")

    def _add(self, parameter: Parameter, passed: Type, *, may_lack: bool) -> bool:
        t, pattern = self.t, parameter.pattern
        if parameter.is_rest:
            self._add_rest(parameter)
            return may_lack
        name = self._name_of(parameter)
        lacks = parameter.optional or parameter.default is not None or may_lack
        type_ = t.module.types.of(parameter.type)
        if parameter.default is not None and parameter.type is None:
            type_ = UNKNOWN
        shown = of_parameter(t, parameter, lacks=lacks)
        if shown is not None and self.left_out and parameter.type is None:
            shown = t.annotator.any  # for checkers: what is counted with in JavaScript, whether it is there or not
        default = (" = None" if shown else "=None") if lacks else ""
        self.parts.append(f"{name}{f': {shown}' if shown else ''}{default}")
        self.names.append(name)
        passed = t.of_patterns.get(pattern.id, passed)
        self._begin_by(parameter, name, passed if parameter.type is None else type_)
        return lacks

    def _make_object(self, name: str) -> None:
        self.begin.append(lambda: self.t.out.write(f"{name} = {self.t.helper('to_js')}({name})"))

    # --- functions that read their `arguments` ---------------------------------------------------------------------

    def _is_handed_on(self, parameters: Sequence[Parameter], uses: list[Node]) -> bool:
        """Whether all that is done with parameters is that `f(...arguments)` hands them on, and takes no more."""
        t = self.t
        if any(self._is_read(each) or each.is_rest for each in parameters):
            return False
        most = [takes_at_most(t, callee) if (callee := called_with_all(use)) is not None else None for use in uses]
        return all(each is not None and each <= len(parameters) for each in most)

    def _hand_on(self, parameters: Sequence[Parameter]) -> None:
        t = self.t
        for parameter in parameters:
            name = self._name_of(parameter)
            said = t.annotator.of(parameter.type)
            shown = said if said == "Any" else f"{said} | {t.annotator.any}"
            self.parts.append(f"{name}: {shown} = None" if t.module.is_typed else f"{name}=None")
            self.names.append(name)
        t.current.arguments = Given("arguments", tuple(self.names))

    def _take_all(self, parameters: Sequence[Parameter], *, is_read: bool) -> None:
        """Takes whatever comes as one list, of which the parameters are the first ones."""
        t, given = self.t, self.t.fresh("arguments")
        self.parts.append(f"*{given}: {t.annotator.any}" if t.module.is_typed else f"*{given}")
        listed = t.fresh("given") if is_read else given
        t.current.arguments = Given(listed)
        if is_read:
            self.begin.append(lambda: t.out.write(f"{listed} = {t.helper('Array')}({given})"))
        first = [each for each in parameters if not each.is_rest]
        names = [self._name_of(each) for each in first]
        if any(map(self._is_read, first)):
            taken = f"{', '.join(names)}{',' if len(names) == 1 else ''}"
            self.begin.append(lambda: t.out.write(f"{taken} = {t.helper('unpack')}({given}, {len(names)})"))
        for name, parameter in zip(names, first, strict=True):
            if self._is_read(parameter):
                self._begin_by(parameter, name, t.module.types.of(parameter.type))
        for parameter in parameters[len(first) :]:
            if self._is_read(parameter):
                self._begin_rest(parameter, f"{given}[{len(first)}:]")

    def _is_read(self, parameter: Parameter) -> bool:
        """Whether anything is done with a parameter, or when it gets its value."""
        pattern = parameter.pattern.named_children[0] if parameter.is_rest else parameter.pattern
        binding = self.t.binding(text_of(pattern)) if pattern.type == "identifier" else None
        is_still = parameter.default is None or is_cheap(parameter.default)
        return binding is None or parameter.is_field or bool(binding.writes) or self.t.is_read(binding) or not is_still

    # --- one by one ------------------------------------------------------------------------------------------------

    def _name_of(self, parameter: Parameter) -> str:
        t, pattern = self.t, parameter.pattern
        if pattern.type != "identifier":
            return t.fresh("options" if pattern.type == "object_pattern" else "items")
        binding = t.binding(text_of(pattern))
        return t.python(binding) if binding is not None else python_name(text_of(pattern))

    def _begin_by(self, parameter: Parameter, name: str, type_: Type) -> None:
        """The lines for a default, and for a pattern."""
        t, pattern, default = self.t, parameter.pattern, parameter.default
        if parameter.is_field:
            self.fields.append(name if pattern.type != "identifier" else f"{text_of(pattern)}\0{name}")
        if default is not None:
            self.begin.append(lambda: _default(t, name, default))
        if pattern.type != "identifier":
            self.begin.append(lambda: assign_pattern(t, pattern, Expr(name, type=type_, pure=True)))

    def _add_rest(self, parameter: Parameter) -> None:
        given, shown = self.t.fresh("arguments"), of_rest(self.t, parameter)
        self.parts.append(f"*{given}: {shown}" if shown else f"*{given}")
        self.names.append(self._begin_rest(parameter, given))

    def _begin_rest(self, parameter: Parameter, given: str) -> str:
        """The line that gives the rest its name, which it returns."""
        t, inner = self.t, parameter.pattern.named_children[0]
        if inner.type != "identifier":
            raise Refused("a pattern as the rest of the parameters is not ported")
        name = self._name_of(attrs.evolve(parameter, pattern=inner))
        self.begin.append(lambda: t.out.write(f"{name} = {t.helper('Array')}({given})"))
        return name


def _default(t: Translator, name: str, node: Node) -> None:
    value = t.text(node)
    if value == "None":
        return
    t.out.write(f"if {compared(t, Expr(name, pure=True), Expr('None')).text}:")
    with t.out.block():
        t.out.write(f"{name} = {value}")


def may_be_left_out(t: Translator, node: Node, index: int, calls: Calls) -> bool:
    """Whether some of the calls leave a parameter out, where no checker of types has seen to it that none does."""
    if calls.fewest > index or t.module.parameters_of(node)[index].type is not None:
        return False
    said = called_with(t, node)
    return index >= len(said) or said[index].nullable
