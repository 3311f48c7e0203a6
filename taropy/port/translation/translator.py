"""The translator of one module: where it stands, what it has used of the library, and what it has refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import attrs

from ..names import Binding, Scope, text_of
from . import library
from .annotations import Annotator
from .given import Given
from .naming import TAKEN, snake
from .package_types import Members
from .program import Module
from .texts import literal
from .tree import Expr, Level, Lines, Refused
from .types import UNKNOWN, Type, widened

if TYPE_CHECKING:
    from tree_sitter import Node

ExpressionHandler = Callable[["Translator", "Node"], Expr]
StatementHandler = Callable[["Translator", "Node"], None]

EXPRESSIONS: dict[str, ExpressionHandler] = {}
STATEMENTS: dict[str, StatementHandler] = {}

#: So much of an original text stands in a raising line.
_MOST_SHOWN = 160
#: The kinds of values that TypeScript holds a variable to which begins with one.
_HELD = frozenset(["number", "string", "boolean", "array", "map", "set"])


class Later:
    """What lower modules ask of higher ones, which set it when they are imported: no module imports the other way."""

    assign: Callable[[Translator, Node], bool]
    block: Callable[[Translator, Sequence[Node]], None]
    common_exports: Callable[[Translator, Node], bool]
    either: Callable[[Translator, Expr, str, Expr], Expr]
    call_in_chain: Callable[[Translator, Node, list[str]], Expr]
    field_type: Callable[[Translator, str], Type]
    function_value: ExpressionHandler
    imported: Callable[[Translator, Binding], Expr]
    imported_later: ExpressionHandler
    imported_enum: Callable[[Translator, Binding, str], Expr | None]
    instance_type: Callable[[Module, str, Scope], Type]
    member_of_module: Callable[[Translator, Binding, str], Expr | None]
    method_type: Callable[[Translator, str], Type | None]
    required: Callable[[Translator, str, str | None], Expr]
    returned: StatementHandler
    settled: Callable[[Module, Binding | None, Type], Type]
    type_of_function: Callable[[Module, Node], Type]
    type_of_binding: Callable[[Module, Binding], Type]
    type_of_this: Callable[[Module, Node, bool], Type]
    with_accessors: ExpressionHandler


later: Later = Later()


def expression(*kinds: str) -> Callable[[ExpressionHandler], ExpressionHandler]:
    """Has a function translate the expressions of these kinds."""

    def register(handler: ExpressionHandler) -> ExpressionHandler:
        EXPRESSIONS.update(dict.fromkeys(kinds, handler))
        return handler

    return register


def statement(*kinds: str) -> Callable[[StatementHandler], StatementHandler]:
    """Has a function translate the statements of these kinds."""

    def register(handler: StatementHandler) -> StatementHandler:
        STATEMENTS.update(dict.fromkeys(kinds, handler))
        return handler

    return register


@attrs.frozen
class Refusal:
    """A place that was not ported."""

    line: int
    reason: str
    original: str
    write: str = ""


@attrs.frozen
class Outermost:
    """A statement of the module itself, and the lines that it became: all from `start` to before `end`."""

    node: Node
    start: int
    end: int


@attrs.define(eq=False)
class Function:
    """The function that is being translated; None as its `scope` is the module's.

    `gives` tells whether it returns values; `given` is what is known of those that were translated so far. `arguments`
    is what stands for those that it was called with, if it reads them.
    """

    scope: Scope | None
    is_async: bool = False
    this: str | None = None
    is_constructor: bool = False
    is_derived: bool = False
    made: set[str] = attrs.field(factory=set)
    gives: bool = False
    given: list[Type] = attrs.field(factory=list)
    arguments: Given | None = None
    #: What each `catch` around has got, from the outside in; None for a `finally`.
    catching: list[Binding | None] = attrs.field(factory=list)
    is_method: bool = False
    yields: bool = False


@attrs.define(eq=False)
class Jump:
    """What a `break` or `continue` may lead out of: a loop, a `switch`, a block with a label.

    `breaks` and `goes_on` tell whether these words mean it without a label. `is_loop` says whether it is a loop in
    Python; `before_continue` writes what it does between its turns. `flags` are those that are set by jumps which lead
    out of it and further: the loop that each is for, and the word; `names` are those that jumps to this one have.
    """

    labels: frozenset[str] = frozenset()
    breaks: bool = True
    goes_on: bool = True
    is_loop: bool = True
    before_continue: Callable[[], None] | None = None
    flags: dict[str, tuple[Jump, str]] = attrs.field(factory=dict)
    names: dict[str, str] = attrs.field(factory=dict)


class Translator:
    """Translates one module."""

    def __init__(self, module: Module, refused: frozenset[int] = frozenset(), *, strict: bool = False) -> None:
        self.module = module
        self.strict = strict
        self.refused_lines = refused
        self.out: Lines = Lines()
        self.scope: Scope = module.names.root
        self.functions: list[Function] = [Function(None)]
        self.jumps: list[Jump] = []
        #: The labels of the statement that comes next.
        self.labels: frozenset[str] = frozenset()
        self.helpers: set[str] = set()
        self.annotator: Annotator = Annotator(module)
        self.standard: set[str] = set()
        self.refusals: list[Refusal] = []
        self.notes: list[tuple[int, str]] = []
        self.standing_for: dict[int, Expr] = {}
        self.of_patterns: dict[int, Type] = {}
        self.loops: set[int] = set()
        #: What the counters of the loops around stay below: `len(parts)`, by the counter's name.
        self.below: dict[str, str] = {}
        self.doc: Node | None = None
        self.hint = ""
        self.done: set[int] = set()
        self.comments = 0
        self.names_taken: frozenset[str] = module.own_names
        self.item: tuple[Type, ...] = ()
        self.taro_result: Type | None = None
        self.called_at_once = False
        self.last_start = 0
        #: Literals of objects that constants are given: the name of each, and by that what it is declared as.
        self.objects: dict[int, str] = {}
        self.object_bindings: dict[str, Binding] = {}
        self.vars: set[int] = set()
        self.classes: list[Node] = []
        #: The Python names of classes, by their nodes; and those whose lines stand behind them.
        self.class_names: dict[int, str] = {}
        self.classes_left: set[int] = set()
        self.classes_decorated: set[int] = set()
        #: What is written in the place of a statement.
        self.instead: dict[int, Callable[[], None]] = {}
        #: Expressions that a line before has evaluated.
        self.known: dict[int, Expr] = {}
        self.skipped: set[int] = set()
        self.imports: dict[str, dict[str, str]] = {}
        self.handed_on: dict[str, dict[str, str]] = {}
        self.modules: dict[tuple[str, ...], str] = {}
        self.foreign: dict[str, Refusal] = {}
        self.assets: dict[str, str] = {}
        self.undeclared: dict[str, str] = {}
        self.outermost: list[Outermost] = []
        self.viewed: set[int] = set()

    # --- dispatch ----------------------------------------------------------------------------------------------

    def expr(self, node: Node | None) -> Expr:
        """An expression; `Refused` if it, or a part of it, can't be ported."""
        if node is None:
            raise Refused("the text was not understood")
        if node.id in self.known:
            return self.known[node.id]
        handler = EXPRESSIONS.get(node.type)
        if handler is None:
            raise Refused(_LANGUAGE.get(node.type, f"{node.type.replace('_', ' ')} is not ported"))
        return handler(self, node)

    def text(self, node: Node | None, level: Level = Level.TERNARY) -> str:
        """The text of an expression where something of this level is wanted."""
        return self.expr(node).at(level)

    @contextmanager
    def inside(self, node: Node) -> Iterator[None]:
        """In the scope that a node opens."""
        before, self.scope = self.scope, self.module.names.scopes.get(node.id, self.scope)
        try:
            yield
        finally:
            self.scope = before

    @contextmanager
    def function(self, function: Function) -> Iterator[None]:
        """In a function, whose jumps are its own."""
        jumps, self.jumps = self.jumps, []
        self.functions.append(function)
        try:
            yield
        finally:
            self.functions.pop()
            self.jumps = jumps

    @property
    def current(self) -> Function:
        """The function around."""
        return self.functions[-1]

    # --- names -------------------------------------------------------------------------------------------------

    def helper(self, name: str) -> str:
        """A name of taropy.js, to be imported; by another where the program has one of the same."""
        self.helpers.add(name)
        return self.module.helper_name(name)

    def fresh(self, name: str) -> str:
        """A name for what the port makes: no declaration's, no other's of this function, none of the library's."""
        taken = (self.current.made, TAKEN, library.names(), self.undeclared.values())
        made = self.module.naming.fresh(name, *taken)
        self.current.made.add(made)
        return made

    def binding(self, name: str) -> Binding | None:
        """What a name stands for here."""
        return self.scope.find(name)

    def python(self, binding: Binding) -> str:
        """The Python name of a declaration."""
        return self.module.naming[binding]

    def set_type(self, binding: Binding | None, type_: Type) -> None:
        """Remembers what is known of a variable: what it is declared as, or all that it is given."""
        if binding is None or binding.place.kind in ("for_in_statement",):
            return
        module = self.module
        known = later.type_of_binding(module, binding)
        annotated = not binding.path and binding.place.node.child_by_field_name("type") is not None
        if annotated or (binding.writes and known.kind != "unknown"):
            return
        if not binding.writes:
            module.typed[id(binding)] = later.settled(module, binding, type_) if type_.kind != "unknown" else known
        elif module.is_typed and (type_.kind in _HELD or isinstance(type_.fields, Members)):
            module.typed[id(binding)] = attrs.evolve(widened(type_), whole=False)

    def expect_type(self, binding: Binding | None, type_: Type) -> None:
        """Remembers what a name gets from outside: a callback's parameter, a loop's variable."""
        if binding is not None and not binding.writes and self.module.typed.get(id(binding), UNKNOWN) == UNKNOWN:
            self.module.typed[id(binding)] = type_

    def is_read(self, binding: Binding) -> bool:
        """Whether anything reads a variable."""
        places = self.module.names.references.get(binding.name, ())
        return any(place.scope.find(binding.name) is binding for place in places)

    def declare_vars(self, node: Node) -> None:
        """Gives each `var` of the function's inner blocks its first value, where Python has none."""
        scope = self.module.names.scopes.get(node.id, self.module.names.root)
        for binding in scope.bindings.values():
            if binding.kind == "var" and (_is_nested(binding, node) or self._is_read_before(binding)):
                self.vars.add(id(binding))
                shown = f": {self.annotator.any}" if self.module.is_typed else ""
                self.out.write(f"{self.python(binding)}{shown} = None")

    def _is_read_before(self, binding: Binding) -> bool:
        """Whether its function reads a `var` above its declaration."""
        places = self.module.names.references.get(binding.name, ())
        home = binding.scope.function() if binding.scope is not None else None
        return any(
            place.node.start_byte < binding.node.start_byte and place.scope.function() is home
            for place in places
            if place.scope.find(binding.name) is binding
        )

    # --- refusing ----------------------------------------------------------------------------------------------

    def line(self, node: Node) -> int:
        """The line of a node in the original."""
        return int(node.start_point[0]) + 1

    def refuse(self, node: Node, refused: Refused) -> str:
        """Reports a place, and gives the call that stands there and raises."""
        original = " ".join(text_of(node).split())
        shown = original if len(original) <= _MOST_SHOWN else original[:_MOST_SHOWN] + " …"
        self.refusals.append(Refusal(self.line(node), refused.reason, shown, refused.write))
        return f"({literal(refused.reason)}, {literal(shown)})"

    def stand_in(self, node: Node, refused: Refused) -> str:
        """The name of what stands for a global that is not here: whatever is done with it raises."""
        name = text_of(node)
        if name not in self.undeclared:
            python = self.undeclared[name] = self.module.naming.fresh(name, self.foreign, self.current.made, TAKEN)
            original = " ".join(text_of(self._line_of(node)).split())[:_MOST_SHOWN]
            self.foreign[python] = Refusal(self.line(node), refused.reason, original, refused.write)
        return self.undeclared[name]

    @staticmethod
    def _line_of(node: Node) -> Node:
        """The node around that stands in the same line."""
        while node.parent is not None and node.parent.start_point[0] == node.start_point[0] == node.parent.end_point[0]:
            node = node.parent
        return node

    def note(self, node: Node, text: str) -> None:
        """Reports a place that was ported, and of which a person has to know something."""
        self.notes.append((self.line(node), text))


def _is_nested(binding: Binding, function: Node) -> bool:
    """Whether a `var` is declared deeper than in the body of its function."""
    declaration = binding.place.up.node if binding.place.up is not None else binding.node
    holder = declaration.parent
    if holder is not None and holder.type == "export_statement":
        holder = holder.parent
    if holder is None or holder.type == "program":
        return False
    return holder.id != (function.child_by_field_name("body") or function).id


_LANGUAGE = {
    "super": "`super` outside of a class is not ported",
    "meta_property": "`new.target` and `import.meta` are not ported",
    "ERROR": "the text was not understood",
}


def hint_of(name: str) -> str:
    """A name for a function, by what it is for."""
    known = HINTS.get(name)
    if known is None and name[:3] == "use" and name[3:4].isupper():
        return snake(f"on{name[3:]}")
    return known or snake(name)


#: What functions that are passed to these are called, where they need a name.
HINTS = {
    "then": "on_done",
    "catch": "on_error",
    "finally": "at_the_end",
    "setTimeout": "on_timeout",
    "setInterval": "on_tick",
    "success": "on_success",
    "fail": "on_fail",
    "complete": "on_complete",
    "forEach": "each",
    "map": "convert",
    "filter": "fits",
    "find": "fits",
    "some": "fits",
    "every": "fits",
    "findIndex": "fits",
    "reduce": "add",
    "sort": "compare",
    "Promise": "begin",
    "replace": "replacement",
    "nextTick": "on_tick",
    "useCallback": "callback",
    "useDidHide": "on_hide",
    "useDidShow": "on_show",
    "useEffect": "effect",
    "useLayoutEffect": "layout_effect",
    "useMemo": "make",
    "useReducer": "reduce",
    "useState": "begin",
    "addInterceptor": "intercept",
}
