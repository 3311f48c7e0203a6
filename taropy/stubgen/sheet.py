"""One stub file being written: its imports, and the names that stand for types in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from keyword import iskeyword

from .. import spec
from ..spec import Intersection, KeyOf, Member, Object, Ref, Signature, Type, TypeDef
from .notation import MODULES, WITH_CALLBACK, WITHOUT_CALLBACKS, Notation, comma, joined

COMMAND = "python -m tools.stubs"

#: Types that have a hand-written class, of which a program gets instances.
HAND_WRITTEN: Mapping[str, tuple[str, str]] = {
    "TaroGeneral.Events": ("taropy.runtime.events", "Events"),
}

#: What programs put their own code around, so that a promise may be rejected with whatever that raises.
INTERCEPTED = frozenset({"Chain", "RequestTask", "interceptorify", "interceptors"})

#: Managers that the runtime makes itself: their methods take options as they are, and no keyword arguments for them.
NOT_NATIVE = frozenset({"Chain"})


def home(group: str) -> str:
    """The module in which a group's types stand: that of `open-api/login` is `taropy.models._open_api_login`."""
    return f"taropy.models._{''.join(each if each.isalnum() else '_' for each in group)}"


def is_name(text: str) -> bool:
    """Whether Python can write this as a name."""
    return text.isidentifier() and not iskeyword(text)


def camel(text: str) -> str:
    """`success` as a part of a class's name: `Success`."""
    return text[:1].upper() + text[1:]


def is_manager(definition: TypeDef) -> bool:
    """Whether the type is of things with methods, which a program gets and does not make."""
    if definition.role == "option":
        return False
    return definition.role == "manager" or bool(definition.methods) or _extends_manager(definition)


def _extends_manager(definition: TypeDef) -> bool:
    known = (base.name for base in definition.extends if isinstance(base, Ref) and base.name in spec.type_names())
    return any(is_manager(spec.type_def(name)) for name in known)


def is_type(member: Member) -> bool:
    """Whether the member stands for a type of the declarations, as `Taro.PageConfig`: there its model is given."""
    return member.name[0].isupper() and isinstance(member.type, Ref) and member.name not in ("Current", "ENV_TYPE")


@cache
def option_types() -> frozenset[str]:
    """The types of the options of Taro's functions."""
    options = (spec.member(name).option for name in spec.members())
    names = (option.name for option in options if isinstance(option, Ref))
    return frozenset(name for name in names if not is_manager(spec.type_def(name)))


def method_option(signature: Signature) -> Ref | None:
    """The type of a manager's method's options, if it takes just these; they are given as those of Taro's functions."""
    type_ = signature.params[0].type if len(signature.params) == 1 else None
    if isinstance(type_, Ref) and type_.name in (WITH_CALLBACK, WITHOUT_CALLBACKS):
        type_ = type_.args[0]
    if not isinstance(type_, Ref) or type_.name not in spec.type_names():
        return None
    return type_ if spec.type_def(type_.name).role == "option" and spec.fields_of(type_) else None


@cache
def method_options() -> frozenset[str]:
    """The types of the options of the methods of managers."""
    owners = (spec.type_def(name) for name in spec.type_names() if name not in NOT_NATIVE)
    methods = (method for owner in owners for method in owner.methods.values())
    options = (method_option(signature) for method in methods for signature in method.signatures)
    return frozenset(option.name for option in options if option is not None)


@cache
def untold() -> frozenset[str]:
    """The types with type parameters that Taro's functions promise, and no caller can say.

    Of each there is a class without any, `AnyRequestTask`: mypy takes an argument with `Any` in its type for one that
    may fit anything, so that `Promise.all((Taro.login(), Taro.getStorage(key="k")))` would promise it knows not what.
    """
    signatures = (signature for name in spec.members() for signature in spec.member(name).signatures)
    promised = (_promised(signature.returns) for signature in signatures)
    return frozenset(definition.name for definition in promised if definition is not None and definition.type_params)


def _promised(type_: Type) -> TypeDef | None:
    """The type of which there is a promise, or that is one."""
    match type_:
        case Ref("Promise", (Ref(name), *_)) if name in spec.type_names():
            return spec.type_def(name)
        case Ref(name) if name in spec.type_names() and is_promise(spec.type_def(name)):
            return spec.type_def(name)
        case _:
            return None


def is_promise(definition: TypeDef) -> bool:
    """Whether the type is a promise with more to it, as a task."""
    return any(isinstance(base, Ref) and base.name == "Promise" for base in extended(definition))


def extended(definition: TypeDef) -> tuple[Type, ...]:
    """The types that this one extends."""
    if isinstance(definition.type, Intersection):
        return definition.type.items
    return definition.extends


class Unsayable:
    """The declarations of which Python's types cannot say all, found while the stubs are written: what is missing."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def note(self, declaration: str, what: str) -> None:
        """Notes that `declaration` could not be said."""
        self.found.setdefault(declaration, what)


class Sheet(Notation):
    """Writes the types of one module, and remembers what it has to import for them.

    - `command`: what writes the module.
    - `place`: the declaration that is being written (`login.Option.timeout`).
    - `hint`: what an object without a name is called here.
    - `shadowed`: names that mean something else where the type will stand, such as a class's own field `list`.
    - `params`: the type parameters that may be used.
    - `returning`: whether it is what a function returns that is being written.
    """

    def __init__(self, module: str, unsayable: Unsayable, command: str = COMMAND) -> None:
        self.module = module
        self.command = command
        self.not_said = unsayable
        self.place: str = ""
        self.hint: str = ""
        self.shadowed: Collection[str] = ()
        self.params: Collection[str] = ()
        self.returning: bool = False
        self.anonymous_types: dict[str, tuple[Type, bool]] = {}
        self._used: dict[str, set[str]] = defaultdict(set)
        self._qualified: set[str] = set()
        self._type_vars: set[str] = set()

    # --- names -------------------------------------------------------------------------------------------------

    def name(self, name: str) -> str:
        """A builtin, or a name of `MODULES`."""
        return self.use(MODULES.get(name, "builtins"), name)

    def use(self, module: str, name: str) -> str:
        """How `name` of `module` is written here; it will be imported."""
        if name in self.shadowed:
            self._qualified.add(module)
            return f"{module}.{name}"
        if module not in ("builtins", self.module):
            self._used[module].add(name)
        return name

    def type_param(self, name: str) -> str:
        """A type parameter of the class that is being written; one of a function may be anything."""
        if name not in self.params:
            return self.name("Any")
        self._type_vars.add(name)
        return name

    def promise(self) -> str:
        """The promise of a call, where the outcome is not the program's own."""
        return "Call" if self.returning and self.place.split(".")[0] not in INTERCEPTED else "Promise"

    def keys(self, type_: KeyOf) -> str:
        """A set of literals by its name."""
        if isinstance(type_.of, Ref) and type_.of.name in spec.type_names():
            definition = spec.type_def(type_.of.name)
            if definition.role == "literals":
                return self.use(home(definition.group), definition.model)
        return super().keys(type_)

    def unsayable(self, what: str) -> str:
        """`Any`, and a note of it."""
        self.not_said.note(self.place, f"{what} is not declared by Taro")
        return self.name("Any")

    # --- types with fields -------------------------------------------------------------------------------------

    def model(self, definition: TypeDef, args: tuple[Type, ...], given: bool) -> str:
        """The class; where the program gives the value, its dict as well."""
        if definition.name in HAND_WRITTEN:
            return self.use(*HAND_WRITTEN[definition.name])
        module = home(definition.group)
        if (
            not given and definition.name in option_types()
        ):  # an interceptor's: it gets what the call was given, as a dict
            return self.use(module, f"{definition.model}Dict")
        written = self._args(definition, args)
        if self.returning and not written and definition.name in untold():
            return self.use(module, f"Any{definition.model}")
        made = self.use(module, definition.model) + written
        if not given or is_manager(definition):
            return made
        fields = spec.fields_of(Ref(definition.name, args))
        alternatives = [made]
        if fields:
            alternatives.append(self.use(module, f"{definition.model}Dict"))
        if definition.index is not None:
            alternatives.append(self.mapping(self.name("str"), self.write(definition.index, True), True))
        return joined(alternatives)

    def _args(self, definition: TypeDef, args: tuple[Type, ...]) -> str:
        """Type arguments, where there are any that say something."""
        if not definition.type_params or definition.kind == "alias":
            return ""
        written = [self.write(arg) for arg in args[: len(definition.type_params)]]
        return f"[{comma(written)}]" if written and any(each != "Any" for each in written) else ""

    def anonymous(self, type_: Type, given: bool) -> str:
        """A class, or a dict, that is made for this one place."""
        index = type_.index if isinstance(type_, Object) else None
        fields = spec.fields_of(type_)
        if not fields:
            value = self.name("Any") if index is None else self.write(index, given)
            return self.mapping(self.name("str"), value, given)
        name = f"_{self.hint}Dict" if given else f"_{self.hint}"
        while name in self.anonymous_types and self.anonymous_types[name][0] != type_:
            name += "_"
        self.anonymous_types[name] = (type_, given)
        if given and index is not None:
            return joined([name, self.mapping(self.name("str"), self.write(index, True), True)])
        return name

    def returns(self, type_: Type) -> str:
        """What a function returns."""
        self.returning = True
        try:
            return self.write(type_)
        finally:
            self.returning = False

    @contextmanager
    def at(self, place: str, hint: str) -> Iterator[None]:
        """Has what is written meanwhile belong to the declaration `place`."""
        before = self.place, self.hint
        self.place = place
        self.hint = hint
        yield
        self.place = before[0]
        self.hint = before[1]

    # --- the file ----------------------------------------------------------------------------------------------

    def text(self, parts: Iterable[str], title: str) -> str:
        """The whole file, of these definitions."""
        body = "\n".join(in_order(parts))
        self._declare_type_vars()
        variables = "".join(f'{name} = TypeVar("{name}", default=Any)\n' for name in sorted(self._type_vars))
        below = f"{variables}\n{body.strip()}\n"
        imports = {module: [name for name in names if _occurs(name, below)] for module, names in self._used.items()}
        head = [f"# Generated by `{self.command}`; do not edit.", f'"""{title}"""', ""]
        head += [f"import {module}" for module in sorted(self._qualified)]
        head += [f"from {module} import {comma(sorted(names))}" for module, names in sorted(imports.items()) if names]
        return "\n".join(head) + f"\n{below}"

    def _declare_type_vars(self) -> None:
        if self._type_vars:
            self._used["typing_extensions"].add("TypeVar")
            self.name("Any")


def in_order(parts: Iterable[str]) -> list[str]:
    """The definitions, each after those that it names: mypy starts again at each name that it does not know yet."""
    named = {re.split(r"[:(]| =", part.removeprefix("class "), maxsplit=1)[0]: part for part in parts}
    met: set[str] = set()
    ordered: list[str] = []

    def add(name: str) -> None:
        met.add(name)
        for other in dict.fromkeys(re.findall(r"\w+", named[name])):
            if other in named and other not in met:
                add(other)
        ordered.append(named[name])

    for name in named:
        if name not in met:
            add(name)
    return ordered


def _occurs(name: str, text: str) -> bool:
    return re.search(rf"\b{name}\b", text) is not None
