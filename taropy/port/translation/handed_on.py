"""With how many arguments a function is called by those whom it is handed to.

JavaScript's callers give what they have: a function leaves unread what it has no parameter for, and finds undefined
what it lacks. Python's functions mind. So a function that goes somewhere as a value is followed: to the parameter that
it is given for, whose type or whose calls tell; to the field that it is put into, by whose name the program calls it;
into a list or a table, whose functions are called without a name. What taropy calls by itself takes what it likes, and
calls of a function by its own name are mended where they stand.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from ..names import FUNCTIONS, Binding, Place, text_of
from .arity import NEVER_CALLED, Calls, counted, declared, is_cheap
from .standing import (
    THROUGH,
    bare,
    callee,
    container,
    holders,
    may_be,
    name_of_part,
    of_variable,
    property_of,
    scope_of,
    spreads,
    taken_from,
    values,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from .program import Module, Program

#: Methods that keep what they are given.
_STORE = frozenset(["push", "unshift", "splice", "set", "add", "fill", "concat"])


def calls_by_others(module: Module, node: Node) -> Calls:
    """The calls of a function that those make whom it was handed to."""
    found = module.program.found_by.get(__name__)
    if not isinstance(found, HandedOn):
        found = module.program.found_by[__name__] = HandedOn(module.program)
    return found.calls_of(module, node)


class HandedOn:
    """The calls in a program of functions that are not called by their own names."""

    def __init__(self, program: Program) -> None:
        self.program: Program = program
        #: By the name of a field, or of a variable that has its value from one: `options.done(1)`.
        self.named: dict[str, Calls] = defaultdict(Calls)
        #: Of what a table has under a computed key, or a list, by its name: `handlers[type](event)`.
        self.contained: dict[str, Calls] = defaultdict(Calls)
        #: Of what a function of the program has returned: `curry(add)(1)`.
        self.returned: Calls = NEVER_CALLED
        #: What the question at hand has come by: each name and field adds its calls once, whichever way leads to it.
        self._asked: set[object] = set()
        for module in program.modules.values():
            for place in module.names.watched.get("call_expression", ()):
                self._note(module, place)
            for place in module.names.watched.get("new_expression", ()):
                kind = place.node.child_by_field_name("constructor") or place.node
                self.named[f"new {text_of(kind)}"] |= counted(place.node.child_by_field_name("arguments"))

    def calls_of(self, module: Module, node: Node) -> Calls:
        """The calls of a function that is written there."""
        if any(child.type in ("async", "*", "get", "set") for child in node.children):
            return NEVER_CALLED  # `@started` takes what comes
        self._asked.clear()
        owner, up = module.owners.get(node.id), node.parent
        if owner is not None:
            return self._of_name(module, owner, is_own=True) | self.named[f"new {owner.name}"]
        if node.type == "method_definition":
            return self._of_method(module, node)
        is_field = up is not None and up.type == "public_field_definition"
        return self._of_method(module, up) if is_field and up is not None else self._going(module, node)

    # --- what is called, by how it is named there ----------------------------------------------------------------

    def _note(self, module: Module, place: Place) -> None:
        function, arguments = callee(place.node), place.node.child_by_field_name("arguments")
        if function is None or arguments is None or arguments.type != "arguments":
            return
        if function.type != "identifier":
            self._note_value(module, function, counted(arguments))
            return
        binding = place.scope.find(text_of(function))
        if binding is not None and binding.kind in ("const", "let", "var", "parameter"):
            self._note_variable(module, binding, counted(arguments))

    def _note_value(self, module: Module, value: Node, calls: Calls) -> None:
        """Calls of what an expression gives."""
        table = taken_from(module, value)
        if table is not None:
            self.contained[table] |= calls
        elif value.type == "member_expression":
            self.named[property_of(value)] |= calls
        elif value.type == "call_expression":
            self.returned |= calls

    def _note_variable(self, module: Module, binding: Binding, calls: Calls) -> None:
        key = binding.path[-1] if binding.path else None
        if key is not None and not key.isdigit():
            self.named[key] |= calls
        elif binding.kind == "parameter":
            around = binding.place.node.parent
            if around is not None and around.type in ("arguments", "array", "return_statement"):
                self.contained[_called_for(module, around)] |= calls
        elif binding.place.kind == "for_in_statement":
            self.contained[container(module, binding.place.node.child_by_field_name("right"))] |= calls
        elif binding.path:
            self.contained[of_variable(module, binding)] |= calls
        else:
            for value in values(binding.value) if binding.value is not None else ():
                self._note_value(module, value, calls)

    def _of_container(self, module: Module, names: set[str] | None) -> Calls:
        """The calls of what is in a list or a table that has one of these names; None for any."""
        found = NEVER_CALLED
        if names is None or "" in names:
            for calls in self.contained.values():
                found |= calls
            return found
        for name in names:
            plain = name.rpartition("#")[2]
            for key in {name, plain, f"{module.path}#{plain}"}:
                found |= self.contained.get(key, NEVER_CALLED)
        return found

    # --- what has a name -----------------------------------------------------------------------------------------

    def _of_name(self, module: Module, binding: Binding, *, is_own: bool = False) -> Calls:
        """The calls of what a name stands for, and of whatever it goes to; those of an `own` name are mended there."""
        if (id(binding), is_own) in self._asked:
            return NEVER_CALLED
        self._asked.add((id(binding), is_own))
        found = NEVER_CALLED
        for where, name in [(module, binding), *self.program.importers.get(id(binding), ())]:
            for place in where.names.references.get(name.name, ()):
                if place.scope.find(name.name) is name:
                    found |= self._at(where, place, is_own=is_own and not binding.writes)
        return found | self._of_export(module, binding) if is_own else found

    def _at(self, module: Module, place: Place, *, is_own: bool) -> Calls:
        up = place.up
        if up is None or up.kind != "call_expression" or up.node.child_by_field_name("function") != place.node:
            return self._going(module, place.node)
        arguments = up.node.child_by_field_name("arguments")
        given = arguments.named_children if arguments is not None else []
        return NEVER_CALLED if is_own and all(map(is_cheap, given)) and not spreads(given) else counted(arguments)

    def _of_export(self, module: Module, binding: Binding) -> Calls:
        """The calls of what another module has by the name of the whole: `import * as api`, `api.login()`."""
        is_export = binding.scope is module.names.root and str(module.path) in self.program.whole
        return self.named[binding.name] if is_export and not module.is_typed else NEVER_CALLED

    def _of_method(self, module: Module, member: Node) -> Calls:
        """The calls of a method; TypeScript has checked those of a class, unless the method goes on as a value."""
        body, name = member.parent, name_of_part(member)
        if body is None or body.type != "class_body":
            return self._of_part(module, member, name)
        if name == "constructor":
            own = body.parent.child_by_field_name("name") if body.parent is not None else None
            return NEVER_CALLED if own is None or module.is_typed else self.named[f"new {text_of(own)}"]
        if name is None or module.is_typed:
            return self._of_reads(name)
        return self.named[name] | self._of_container(module, {"this"}) | self._of_reads(name)

    def _of_reads(self, name: str | None) -> Calls:
        """The calls of what is read of a field, and goes on: `bus.on('change', this.show)`."""
        if name in self._asked or name not in self._functions:
            return NEVER_CALLED
        self._asked.add(name)
        found = NEVER_CALLED
        for module, node in self._reads.get(name, ()):
            found |= self._going(module, node)
        return found

    @cached_property
    def _reads(self) -> dict[str, list[tuple[Module, Node]]]:
        """Where fields are read, and not called."""
        found = defaultdict(list)
        for module in self.program.modules.values():
            for place in module.names.watched.get("member_expression", ()):
                around = place.up.node if place.up is not None else place.node
                if place.node not in (around.child_by_field_name("function"), around.child_by_field_name("left")):
                    found[property_of(place.node)].append((module, place.node))
        return found

    @cached_property
    def _functions(self) -> dict[str, list[tuple[Module, Node]]]:
        """The functions that are methods and fields, by name."""
        found = defaultdict(list)
        for module in self.program.modules.values():
            watched = module.names.watched
            for kind in ("method_definition", "pair", "public_field_definition"):
                for place in watched.get(kind, ()):
                    value = place.node if kind == "method_definition" else place.node.child_by_field_name("value")
                    if value is not None and value.type in FUNCTIONS:
                        found[name_of_part(place.node) or ""].append((module, value))
            for place in watched.get("shorthand_property_identifier", ()):
                standing = self._standing_for(module, place.node)
                found[text_of(place.node)] += [standing] if standing is not None else []
        return found

    # --- where a value goes --------------------------------------------------------------------------------------

    def _going(self, module: Module, node: Node) -> Calls:
        """The calls of a value, by where it stands."""
        up = node.parent
        if up is None:
            return NEVER_CALLED
        if up.type in THROUGH or (up.type in ("ternary_expression", "binary_expression") and may_be(up, node)):
            return self._going(module, up)
        if up.type == "call_expression" and bare(node).type in ("ternary_expression", "binary_expression"):
            return counted(up.child_by_field_name("arguments"))
        if up.type == "member_expression" and property_of(up) == "bind" and up.parent is not None:
            return self._going(module, up.parent)
        if up.type == "arguments" and up.parent is not None:
            return self._given(module, up.parent, node)
        if up.type == "pair" or node.type == "shorthand_property_identifier":
            part = up if up.type == "pair" else node
            return self._of_part(module, part, name_of_part(part))
        if up.type == "array":
            return self._of_container(module, self._holders(module, up))
        if up.type in ("assignment_expression", "augmented_assignment_expression"):
            return self._set(module, up.child_by_field_name("left"))
        if up.type in ("variable_declarator", "required_parameter", "optional_parameter", "assignment_pattern"):
            fields = (up.child_by_field_name(each) for each in ("name", "pattern", "left"))
            return self._set(module, next((each for each in fields if each is not None), None))
        if up.type == "return_statement" or (up.type == "arrow_function" and up.child_by_field_name("body") == node):
            return self._given_back(module, up)
        return NEVER_CALLED

    def _of_part(self, module: Module, part: Node, name: str | None) -> Calls:
        """The calls of a field's value in a literal."""
        around = part.parent
        call = around.parent.parent if around is not None and around.parent is not None else None
        if call is not None and call.type == "call_expression" and self._is_foreign(module, call):
            return NEVER_CALLED
        if around is None:
            return NEVER_CALLED
        is_checked = module.is_typed and _is_as_written(around)
        by_name = NEVER_CALLED if is_checked or name is None else self.named[name]
        names = self._holders(module, around)
        by_key = NEVER_CALLED if is_checked and names is None else self._of_container(module, names)
        return by_name | by_key | self._of_reads(name)

    def _set(self, module: Module, target: Node | None) -> Calls:
        if target is None:
            return NEVER_CALLED
        if target.type == "member_expression":
            name, table = property_of(target), container(module, target.child_by_field_name("object"))
            return self.named[name] | self._of_container(module, {table or "this"}) | self._of_reads(name)
        if target.type == "subscript_expression":
            return self._of_container(module, {container(module, target)})
        binding = scope_of(module, target).find(text_of(target)) if target.type == "identifier" else None
        return self._of_name(module, binding) if binding is not None else NEVER_CALLED

    def _given_back(self, module: Module, node: Node) -> Calls:
        function: Node | None = node
        while function is not None and function.type not in FUNCTIONS:
            function = function.parent
        call = function.parent.parent if function is not None and function.parent is not None else None
        if function is None or (call is not None and call.type == "call_expression" and self._is_foreign(module, call)):
            return NEVER_CALLED
        said = function.child_by_field_name("return_type")
        if said is None and module.is_typed and (function.id in module.owners or function.type == "method_definition"):
            return NEVER_CALLED  # its type is what is written
        return declared(module, said) or self.returned

    # --- what is given to a call -----------------------------------------------------------------------------------

    def _given(self, module: Module, call: Node, node: Node) -> Calls:
        """The calls of an argument, by the parameter that it is for."""
        function, arguments = callee(call), call.child_by_field_name("arguments")
        given = [each for each in arguments.named_children if each.type != "comment"] if arguments is not None else []
        if function is None or spreads(given):
            return self._of_container(module, None)
        index = given.index(node)
        if function.type in FUNCTIONS:
            return self._of_parameter(module, function, index)
        if function.type == "identifier" and text_of(function) == "useCallback":
            return self._going(module, call)
        if self._is_foreign(module, call):
            return NEVER_CALLED
        if function.type == "member_expression":
            return self._given_to_method(module, function, index)
        standing = self._standing_for(module, function)
        return self._of_parameter(*standing, index) if standing is not None else self._of_container(module, None)

    def _holders(self, module: Module, literal: Node) -> set[str] | None:
        """The names of what a literal is put into; of an argument those of the parameters that it is for."""
        found, up = holders(module, literal), literal.parent
        function = callee(up.parent) if found is None and up is not None and up.parent is not None else None
        if function is None or up is None or up.type != "arguments":
            return found
        index = [each for each in up.named_children if each.type != "comment"].index(literal)
        standing = self._standing_for(module, function) if function.type == "identifier" else None
        by_name = self._functions.get(property_of(function), []) if function.type == "member_expression" else []
        names = set()
        for where, node in [standing] if standing is not None else by_name:
            names |= {text_of(each.pattern).lstrip(".") for each in where.parameters_of(node)[index : index + 1]}
        return names or None

    def _given_to_method(self, module: Module, function: Node, index: int) -> Calls:
        name, owner = property_of(function), function.child_by_field_name("object")
        found = self._of_container(module, {container(module, owner)}) if name in _STORE else NEVER_CALLED
        for module, function in self._functions.get(name, ()):
            found |= self._of_parameter(module, function, index)
        return found

    def _of_parameter(self, module: Module, function: Node, index: int) -> Calls:
        """The calls of what is given for a parameter: those that its type allows, else those that there are."""
        parameters, scope = module.parameters_of(function), module.names.scopes.get(function.id)
        parameter = parameters[min(index, len(parameters) - 1)] if parameters else None
        if parameter is not None and parameter.is_rest:
            return self._of_container(module, {text_of(parameter.pattern).lstrip(".")})
        if parameter is None or scope is None or index >= len(parameters):
            return NEVER_CALLED
        said = declared(module, parameter.type)
        if said is not None or parameter.pattern.type != "identifier":
            return said or NEVER_CALLED
        binding = scope.bindings.get(text_of(parameter.pattern))
        found = self._of_name(module, binding) if binding is not None else NEVER_CALLED
        return found | self.named[text_of(parameter.pattern)] if parameter.is_field else found

    def _standing_for(self, module: Module, name: Node) -> tuple[Module, Node] | None:
        """The function, or the constructor, that a name always stands for."""
        binding = scope_of(module, name).find(text_of(name))
        if binding is not None and binding.kind == "import":
            found = self.program.found(module, binding)
            module, binding = (found.module, found.binding) if found is not None else (module, None)
        if binding is None or binding.writes:
            return None
        node = binding.place.node if binding.kind in ("function", "class") else binding.value
        if node is not None and binding.kind == "class":
            body = node.child_by_field_name("body")
            node = (
                next((each for each in body.named_children if name_of_part(each) == "constructor"), None)
                if body
                else None
            )
        return (module, node) if node is not None and node.type in FUNCTIONS and not binding.path else None

    def _is_foreign(self, module: Module, call: Node) -> bool:
        """Whether what is called is no part of the program, but JavaScript's, Taro's or a package's."""
        function = callee(call)
        while function is not None and function.type in ("member_expression", "call_expression"):
            inner = function.child_by_field_name("function" if function.type == "call_expression" else "object")
            function = bare(inner) if inner is not None else None
        if function is None or function.type != "identifier":
            return False
        binding = scope_of(module, call).find(text_of(function))
        is_import = binding is not None and binding.kind == "import"
        return binding is None or (is_import and self.program.imported(binding.module, module) is None)


def _called_for(module: Module, around: Node) -> str:
    """The name of the list for whose items a callback is called; nothing if that is not seen."""
    function = callee(around.parent) if around.type == "arguments" and around.parent is not None else None
    owner = function.child_by_field_name("object") if function is not None else None
    return container(module, owner)


def _is_as_written(literal: Node) -> bool:
    """Whether the type of an object is what is written, so that TypeScript has checked all calls of its fields."""
    up = literal.parent
    if up is not None and up.type == "pair" and up.parent is not None:
        return _is_as_written(up.parent)
    return up is not None and (
        up.type in ("return_statement", "export_statement")
        or (up.type == "variable_declarator" and up.child_by_field_name("type") is None)
    )
