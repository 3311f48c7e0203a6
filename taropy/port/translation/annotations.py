"""Annotations: TypeScript's types as Python writes them.

What Python has no type for is `Any`: an annotation says nothing rather than what is not so. Of numbers it says `float`,
of a promise `Promise[T]`, of an object whose fields are not declared by a name `Any`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..names import text_of
from .program import Module
from .texts import literal, unescaped
from .type_names import TypeName, find, parameter_names
from .types import Type

if TYPE_CHECKING:
    from tree_sitter import Node

_PREDEFINED = {
    "string": "str",
    "number": "float",
    "boolean": "bool",
    "void": "None",
    "undefined": "None",
    "null": "None",
}
#: JavaScript's own classes that taropy.js has, and how many parameters each takes.
_LIBRARY = {
    "Array": 1, "Promise": 1, "Map": 2, "Set": 1, "WeakMap": 2, "WeakSet": 1,
    "Date": 0, "RegExp": 0, "Error": 0, "URLSearchParams": 0, "ArrayBuffer": 0, "Uint8Array": 0,
    "Buffer": 0,
}  # fmt: skip
_ALSO = {"ReadonlyArray": "Array", "PromiseLike": "Promise", "ReadonlyMap": "Map", "ReadonlySet": "Set"}
_SAME = frozenset(["Readonly", "Required", "Awaited"])
_KINDS = {"number": "float", "string": "str", "boolean": "bool", "nothing": "None"}
_MOST_DEEP = 12


class Annotator:
    """Writes the annotations of one module, and remembers what they need to be imported."""

    def __init__(self, module: Module) -> None:
        self.module: Module = module
        self.helpers: set[str] = set()
        self.typing: set[str] = set()
        #: Types of other modules: what is called so there, by the name that it has here.
        self.imported: dict[str, TypeName] = {}
        self.variables: set[str] = set()
        #: Types that this module declares.
        self.names_own: set[str] = set()
        #: Those of the imported names that the module needs when it is run.
        self.run_time: set[str] = set()
        #: Whether a function returns what may be anything, as what it has declared.
        self.trusts: bool = False
        self.depth: int = 0
        self.parameters: list[Mapping[str, str]] = []

    # --- what needs to be imported -----------------------------------------------------------------------------

    @property
    def any(self) -> str:
        """The type of which nothing is known."""
        self.typing.add("Any")
        return "Any"

    def helper(self, name: str) -> str:
        """A class of taropy.js, by another name where the program has one of the same."""
        self.helpers.add(name)
        return self.module.helper_name(name)

    def variable(self, name: str) -> str:
        """A type variable."""
        self.typing.add("TypeVar")
        self.variables.add(name)
        return name

    # --- types -------------------------------------------------------------------------------------------------

    def of(self, node: Node | None) -> str:
        """The annotation for a type; `Any` for none."""
        if node is None or self.depth > _MOST_DEEP:
            return self.any
        self.depth += 1
        try:
            handler = _HANDLERS.get(node.type)
            return handler(self, node) if handler is not None else self.any
        finally:
            self.depth -= 1

    def optional(self, text: str) -> str:
        """The type of what may also be missing."""
        return text if text in ("Any", "None") or text.endswith("| None") else f"{text} | None"

    def of_known(self, type_: Type | None) -> str:
        """The annotation for what follows from how a value is made; of what may be missing, any: it was looked at."""
        if type_ is None or type_.nullable:
            return self.any
        text = _KINDS.get(type_.kind)
        if type_.kind in ("date", "regexp"):
            text = self.helper({"date": "Date", "regexp": "RegExp"}[type_.kind])
        elif type_.kind in ("array", "promise"):
            text = f"{self.helper(type_.kind.capitalize())}[{self.of_known(type_.item)}]"
        if text is None:
            return self._of_declared(type_)
        return text

    def _of_declared(self, type_: Type) -> str:
        """The name of an instance's class, or of an object's declaration, where it means the same here."""
        found = find(self.module, type_.name) if type_.kind in ("instance", "object") and type_.name else None
        if found is None or found.form != ("class" if type_.kind == "instance" else "shape") or found.parameters:
            return self.any
        is_same = type_.kind == "instance" or self.module.exported_type(type_.name).fields == type_.fields
        return self.named(type_.name, []) if is_same else self.any

    def inner(self, node: Node) -> str:
        """The type of the only part."""
        parts = _parts(node)
        return self.of(parts[0]) if parts else self.any

    def predefined(self, node: Node) -> str:
        """`number`, `string`, …; what is `unknown` is looked at in ways that no checker of Python follows."""
        return _PREDEFINED.get(text_of(node)) or self.any

    def literal(self, node: Node) -> str:
        """`'weapp'`, `1`, `true`, `null` as a type."""
        inner = node.named_children[0] if node.named_children else node
        written = text_of(inner)
        if inner.type == "string":
            self.typing.add("Literal")
            return f"Literal[{literal(unescaped(written[1:-1]))}]"
        if inner.type in ("true", "false"):
            return "bool"
        if inner.type in ("number", "unary_expression"):
            self.typing.update(["Literal"] if written.isdecimal() else [])
            return f"Literal[{written}]" if written.isdecimal() else "float"
        return "None" if inner.type in ("null", "undefined") else self.any

    def union(self, node: Node) -> str:
        """`A | B`: literals in one, and `None` at the end."""
        return self.joined([self.of(each) for each in _united(node)])

    def joined(self, types: Sequence[str]) -> str:
        """The type of what is of one of these."""
        parts = list(dict.fromkeys(part for text in types for part in split(text)))
        if "Any" in parts:
            return "Any"
        literals = [part for part in parts if part.startswith("Literal[")]
        kept = [part for part in parts if part not in literals and part != "None"]
        if "str" in kept:
            literals = [each for each in literals if not each.startswith('Literal["')]
        if literals:
            kept.append(f"Literal[{', '.join(each[8:-1] for each in literals)}]")
        return " | ".join([*kept, "None"] if "None" in parts else kept) or self.any

    def array(self, node: Node) -> str:
        """`T[]`."""
        return f"{self.helper('Array')}[{self.inner(node)}]"

    def tuple_(self, node: Node) -> str:
        """`[string, string]`, whose items have one type; else of any."""
        items = {self.of(each) for each in _parts(node)}
        return f"{self.helper('Array')}[{items.pop() if len(items) == 1 else self.any}]"

    def object_(self, node: Node) -> str:
        """An object type without a name: a dictionary, or any."""
        is_dictionary = any(child.type == "index_signature" for child in node.named_children)
        return self.helper("Obj") if is_dictionary and len(_parts(node)) == 1 else self.any

    def function(self, node: Node) -> str:
        """`(id: string) => Promise<User>`; of a callback's answer to nobody, anything."""
        self.typing.add("Callable")
        returned = self.of(node.child_by_field_name("return_type"))
        returned = "object" if returned == "None" else returned
        listed = node.child_by_field_name("parameters")
        given = [each for each in listed.named_children if each.type != "comment"] if listed is not None else []
        is_plain = all(
            each.type == "required_parameter" and (each.child_by_field_name("pattern") or each).type == "identifier"
            for each in given
        )
        types = [self.of(each.child_by_field_name("type")) for each in given] if is_plain else []
        return f"Callable[[{', '.join(types)}], {returned}]" if is_plain else f"Callable[..., {returned}]"

    def generic(self, node: Node) -> str:
        """`Array<string>`, `Promise<void>`, `Page<Order>`."""
        name = node.child_by_field_name("name") or node.named_children[0]
        arguments = _parts(node.child_by_field_name("type_arguments") or node.named_children[-1])
        if name.type != "type_identifier":
            return self.any
        if text_of(name) in _SAME and len(arguments) == 1:
            return self.of(arguments[0])
        if text_of(name) == "NonNullable" and len(arguments) == 1:
            parts = [part for part in split(self.of(arguments[0])) if part != "None"]
            return self.joined(parts)
        if text_of(name) == "Record" and find(self.module, "Record") is None:
            return self.helper("Obj")
        return self.named(text_of(name), arguments)

    def name(self, node: Node) -> str:
        """The name of a type."""
        return self.named(text_of(node), [])

    def named(self, name: str, arguments: Sequence[Node]) -> str:
        """A name with its arguments: a parameter, a declaration of the program's, a class of JavaScript's, or any."""
        for known in reversed(self.parameters):
            if name in known:
                return self.variable(known[name]) if known[name] != "Any" else self.any
        found = find(self.module, name)
        if found is not None:
            return self._declared(name, found, arguments)
        name = _ALSO.get(name, name)
        if name == "Function":
            self.typing.add("Callable")
            return f"Callable[..., {self.any}]"
        if name not in _LIBRARY or name in self.module.names.root.bindings:
            return self.any
        return self._applied(self.helper(name), _LIBRARY[name], arguments)

    def _declared(self, name: str, found: TypeName, arguments: Sequence[Node]) -> str:
        if found.form == "untold":
            return self.any
        local = found.python
        if found.module is not self.module:
            binding = self.module.names.root.bindings.get(name)
            local = self.module.naming[binding] if binding is not None else name
            self.imported[local] = found
        else:
            self.names_own.add(local)
        return self._applied(local, len(found.parameters) if found.form == "shape" else 0, arguments)

    def _applied(self, name: str, wanted: int, arguments: Sequence[Node]) -> str:
        if not wanted:
            return name
        given = [self.of(each) for each in arguments[:wanted]]
        given += [self.any for _ in range(wanted - len(given))]
        return f"{name}[{', '.join(given)}]"

    def is_of_literals(self, node: Node) -> bool:
        """Whether a type is one of some texts that are written out, or an array of these."""
        if node.type in ("array_type", "parenthesized_type") and _parts(node):
            return self.is_of_literals(_parts(node)[0])
        found = find(self.module, text_of(node)) if node.type == "type_identifier" else None
        if found is not None and found.form == "alias":
            return Annotator(found.module).of(found.node.child_by_field_name("value")).startswith("Literal[")
        return node.type in ("union_type", "literal_type") and self.of(node).startswith("Literal[")

    # --- type parameters ---------------------------------------------------------------------------------------

    def parameters_of_function(self, node: Node) -> Mapping[str, str]:
        """What stands for a function's type parameters: a variable where it ties one type to another, else any.

        A variable that only the result has says nothing, nor does one that only what may be left out has: what is left
        out is None. One with a bound would have the body say more than is known; of an async function mypy can't tell
        it from the promise of it.
        """
        names = parameter_names(node)
        if not names or any(child.type == "async" for child in node.children):
            return {text_of(name): "Any" for name in names}
        free = {text_of(name) for name in names if _is_unbound(name) and not self._is_taken(text_of(name))}
        needed, others = self._as_if(free, node)
        return {
            text: text if text in free and text in needed and (needed + others).count(text) > 1 else "Any"
            for text in map(text_of, names)
        }

    def _as_if(self, free: set[str], function: Node) -> tuple[list[str], list[str]]:
        """The words that a function's annotations had, were these variables: of needed parameters, and others."""
        apart = Annotator(self.module)
        apart.parameters = [*self.parameters, {name: name for name in free}]
        listed = function.child_by_field_name("parameters")
        needed: list[str] = []
        others: list[str] = []
        for child in (*(listed.named_children if listed is not None else ()), function):
            type_ = child.child_by_field_name("return_type" if child == function else "type")
            words = re.findall(r"\w+", apart.of(type_)) if type_ is not None else []
            (others if child == function or _may_lack(child) else needed).extend(words)
        return needed, others

    @contextmanager
    def generic_in(self, function: Node) -> Iterator[None]:
        """In a function, whose type parameters mean something."""
        self.parameters.append(self.parameters_of_function(function))
        try:
            yield
        finally:
            self.parameters.pop()

    def parameters_of_declaration(self, node: Node) -> Mapping[str, str]:
        """What stands for a declaration's type parameters: variables."""
        return {text: "Any" if self._is_taken(text) else text for text in map(text_of, parameter_names(node))}

    def _is_taken(self, name: str) -> bool:
        return name in self.module.own_names or find(self.module, name) is not None or not name.isidentifier()


def _parts(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]


def _united(union: Node) -> Iterable[Node]:
    """The members of a union, which the grammar nests to the left."""
    for child in _parts(union):
        yield from _united(child) if child.type == "union_type" else [child]


def split(text: str) -> list[str]:
    """The members of a union in Python."""
    if "|" not in text:
        return [text]
    found, depth, start = [], 0, 0
    for part in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[\]|]', text):
        depth += (part[0] == "[") - (part[0] == "]")
        if part[0] == "|" and not depth:
            found.append(text[start : part.start()].strip())
            start = part.end()
    return [*found, text[start:].strip()]


def _may_lack(parameter: Node) -> bool:
    return parameter.type == "optional_parameter" or parameter.child_by_field_name("value") is not None


def _is_unbound(parameter: Node) -> bool:
    return parameter.parent is not None and parameter.parent.child_by_field_name("constraint") is None


_HANDLERS: Mapping[str, Callable[[Annotator, Node], str]] = {
    "array_type": Annotator.array,
    "asserts_annotation": lambda annotator, node: "None",
    "function_type": Annotator.function,
    "call_signature": Annotator.function,
    "method_signature": Annotator.function,
    "generic_type": Annotator.generic,
    "literal_type": Annotator.literal,
    "object_type": Annotator.object_,
    "index_type_query": lambda annotator, node: "str",
    "parenthesized_type": Annotator.inner,
    "predefined_type": Annotator.predefined,
    "readonly_type": Annotator.inner,
    "template_literal_type": lambda annotator, node: "str",
    "tuple_type": Annotator.tuple_,
    "type_annotation": Annotator.inner,
    "type_identifier": Annotator.name,
    "type_predicate": lambda annotator, node: "bool",
    "type_predicate_annotation": lambda annotator, node: "bool",
    "union_type": Annotator.union,
}
