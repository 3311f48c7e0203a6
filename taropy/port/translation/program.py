"""The modules that are ported together: what each exports, and which Python module it becomes."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import attrs

from ..build import DEVELOPMENT, Build, Constant, build_of
from ..linking import circles
from ..names import FUNCTIONS, Binding, Names, has_types_only, is_type_only, specifiers_of, string_of, text_of
from ..origins import REACT_PACKAGES, TARO_PACKAGES
from ..parse import Parsed
from ..project import Workspace
from .asking import Asking
from .changes import Changes, changes_of
from .commonjs import Given, given_by, take_requires
from .naming import Naming, python_name
from .parameters import Parameter, parameters_of
from .placed import Index
from .types import UNKNOWN, Type, TypeReader, enum_type
from .wholes import module_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from ..packages import StandIn
    from .type_names import TypeName

#: Declarations of types, which Python has no values for.
TYPES = frozenset(["interface_declaration", "type_alias_declaration"])
#: A method, or a field, of this name; calls of one stand behind a point.
_VALUE_OF = re.compile(rb"""(?<![.\w])["']?valueOf["']?\s*[(:=]|\.valueOf\s*=[^=]""")


@attrs.frozen
class Export:
    """What a module exports under a name: a declaration of its own, a value without a name, or another's export.

    `module` is the specifier of the other module; `name` is the name there, None for all of it. `python` is the name
    of a value that has none of its own, if that is not the default.
    """

    binding: Binding | None = None
    module: str | None = None
    name: str | None = None
    python: str = ""


@attrs.frozen
class Found:
    """An export, followed to where it is declared."""

    module: Module
    python: str
    binding: Binding | None


class Module:
    """A module that is ported."""

    def __init__(self, program: Program, parsed: Parsed, names: Names, target: PurePosixPath) -> None:
        self.program = program
        self.parsed = parsed
        self.path: Path = parsed.source.path
        self.names = names
        take_requires(names)
        self.naming: Naming = Naming(names)
        self.move(target)
        self.types: TypeReader = TypeReader(self._type_named)
        self.typed: dict[int, Type] = {}
        #: The Python name of the settings that a page says of itself by `definePageConfig`.
        self.page_config: str | None = None
        self.returned: dict[int, Type] = {}
        self.passed: dict[tuple[int, int], Type] = {}
        self._parameters: dict[int, Sequence[Parameter]] = {}
        #: What names of types stand for, as far as that was asked for.
        self.type_names: dict[str, TypeName | None] = {}

    @cached_property
    def is_typed(self) -> bool:
        """Whether it is TypeScript, whose variables keep the type that they begin with."""
        return self.path.suffix in (".ts", ".tsx", ".mts", ".cts")

    def move(self, target: PurePosixPath) -> None:
        """Has its port be another file."""
        parts = target.with_suffix("").parts
        self.target: PurePosixPath = target
        #: Whether it is the index module of a folder, which is a package.
        self.is_package: bool = target.stem == "__init__"
        #: The Python module's name below the folder that the port goes to.
        self.dotted: tuple[str, ...] = parts[:-1] if self.is_package else parts

    @property
    def package(self) -> tuple[str, ...]:
        """The package that it stands in, or is."""
        return self.target.parent.parts

    @cached_property
    def default_name(self) -> str:
        """What the default export is called that has no name."""
        stem = self.path.name.partition(".")[0]
        stem = self.path.parent.name if stem == "index" else stem
        value = self.default_value
        if value is not None and value.type == "class":
            stem = "".join(part[:1].upper() + part[1:] for part in re.split(r"[\W_]+", stem))
        return self.naming.fresh(re.sub(r"\W+", "_", stem))

    def shows(self, node: Node) -> bool:
        """Whether any JSX stands in a node."""
        return any(node.start_byte <= at < node.end_byte for at in self._shown)

    @cached_property
    def _shown(self) -> list[int]:
        kinds = ("jsx_opening_element", "jsx_self_closing_element")
        return [place.node.start_byte for kind in kinds for place in self.names.watched.get(kind, ())]

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The Python names of all that it declares, Taro and React apart."""
        default = self.exports.get("default")
        nameless = [self.default_name] if default is not None and default == Export() else []
        nameless += [each.python for each in self.exports.values() if each.python]
        return frozenset(nameless) | {
            self.naming[each]
            for each in self.names.bindings
            if each.kind != "import" or each.module not in TARO_PACKAGES | REACT_PACKAGES
        }

    @cached_property
    def _beside(self) -> frozenset[str]:
        """The names of the modules and folders that are its attributes, if it is a package."""
        return self.program.inside(self.dotted) if self.is_package else frozenset()

    def helper_name(self, name: str) -> str:
        """What a name of taropy.js is called here: another where the program has one of the same."""
        return f"js_{name}" if name in self.own_names or name in self._beside else name

    @cached_property
    def owners(self) -> dict[int, Binding]:
        """The names of functions, by their nodes."""
        found = {}
        for binding in self.names.bindings:
            if binding.kind == "function":
                found[binding.place.node.id] = binding
            elif binding.value is not None and not binding.path and binding.value.type in FUNCTIONS:
                found[binding.value.id] = binding
        return found

    @cached_property
    def set_in(self) -> dict[int, list[Binding]]:
        """The variables that functions set after they are declared, by the ids of the functions' scopes."""
        found: dict[int, list[Binding]] = defaultdict(list)
        for binding in self.names.bindings:
            for scope in binding.written_in:
                found[id(scope.function())].append(binding)
        return found

    def parameters_of(self, function: Node) -> Sequence[Parameter]:
        """The parameters of a function; they are read once."""
        if function.id not in self._parameters:
            self._parameters[function.id] = tuple(parameters_of(function))
        return self._parameters[function.id]

    @property
    def default_value(self) -> Node | None:
        """What is exported as default without a name."""
        for node in self._statements():
            value = node.child_by_field_name("value")
            if value is not None and any(child.type == "default" for child in node.children):
                return value
        return None

    @property
    def default_function(self) -> Node | None:
        """The function that is exported as default without a name."""
        value = self.default_value
        return value if value is not None and value.type in FUNCTIONS else None

    @cached_property
    def fractional(self) -> frozenset[str]:
        """The names of variables and fields that are set to what may be no whole number."""
        sides = ((node.child_by_field_name("left"), node.child_by_field_name("right")) for node in self.index.settings)
        return frozenset(
            text_of(left).removeprefix("this.")
            for left, right in sides
            if left and right and not text_of(right).isdecimal()
        )

    @cached_property
    def asks_for_groups(self) -> bool:
        """Whether it asks for the groups of the last match of all: `RegExp.$1`."""
        return b"RegExp.$" in self.parsed.source.text

    @cached_property
    def filled(self) -> frozenset[str]:
        """The names of variables and fields to which items are added."""
        called = (node.child_by_field_name("function") for node in self.index.calls)
        places = (text_of(each).removeprefix("this.").rpartition(".") for each in called if each is not None)
        return frozenset(name for name, _, method in places if method in ("push", "unshift", "splice", "fill"))

    @cached_property
    def index(self) -> Index:
        """What stands where in it."""
        return Index(self.parsed)

    # --- exports -----------------------------------------------------------------------------------------------

    @cached_property
    def exports(self) -> dict[str, Export]:
        """What it exports by name."""
        return dict(self._exports())

    @cached_property
    def all_of(self) -> list[str]:
        """The modules of which it exports everything."""
        return [
            specifier
            for node in self._statements()
            if (specifier := string_of(node.child_by_field_name("source"))) is not None
            and not any(child.type in ("export_clause", "namespace_export") for child in node.named_children)
            and not is_type_only(node)
        ]

    def _statements(self) -> Iterator[Node]:
        return (node for node in self.parsed.root.named_children if node.type == "export_statement")

    @cached_property
    def common(self) -> tuple[Given, ...]:
        """What it exports by `module.exports` and `exports`."""
        return given_by(self.names, self.parsed.root)

    def _exports(self) -> Iterator[tuple[str, Export]]:
        for each in self.common:
            is_name = each.value.type in ("identifier", "shorthand_property_identifier")
            is_kept = is_name and self._changes_after(text_of(each.value), each.statement)
            if is_name and text_of(each.value) in self.names.root.bindings and not is_kept:
                yield each.name, self._named(text_of(each.value), None)
            else:
                yield each.name, Export(python="" if each.name == "default" else self.naming.fresh(each.name))
        for node in self._statements():
            if is_type_only(node):
                continue
            specifier = string_of(node.child_by_field_name("source"))
            for clause in node.named_children:
                if clause.type == "namespace_export" and specifier is not None:
                    yield text_of(clause.named_children[0]), Export(module=specifier)
                elif clause.type == "export_clause":
                    for inner, outer in specifiers_of(clause):
                        if specifier is None and text_of(inner) not in self.names.root.bindings:
                            continue  # a type
                        yield string_of(outer) or text_of(outer), self._named(text_of(inner), specifier)
            if specifier is None:
                yield from self._declared(node)

    def _changes_after(self, name: str, statement: Node) -> bool:
        """Whether a variable may be set after a statement, which exports the value that it has by then."""
        binding = self.names.root.bindings.get(name)
        given = zip(binding.written_by, binding.written_in, strict=True) if binding is not None else ()
        return any(
            node.start_byte > statement.start_byte or scope.function() is not self.names.root for node, scope in given
        )

    def _named(self, name: str, specifier: str | None) -> Export:
        if specifier is not None:
            return Export(module=specifier, name=name)
        binding = self.names.root.bindings.get(name)
        if binding is not None and binding.kind == "import":
            return Export(binding, binding.module, binding.path[0] if binding.path else None)
        return Export(binding)

    def _declared(self, node: Node) -> Iterator[tuple[str, Export]]:
        declaration, value = node.child_by_field_name("declaration"), node.child_by_field_name("value")
        if any(child.type == "default" for child in node.children):
            named = declaration.child_by_field_name("name") if declaration is not None else value
            is_name = named is not None and named.type in ("identifier", "type_identifier")
            if is_name and named is not None and text_of(named) not in self.names.root.bindings:
                return  # a type
            if is_name and declaration is None and named is not None:
                is_name = not self._changes_after(text_of(named), node)
            if declaration is None or declaration.type not in TYPES:
                yield "default", self._named(text_of(named), None) if named is not None and is_name else Export()
        elif declaration is not None and not _is_of_types(declaration):
            inside = range(declaration.start_byte, declaration.end_byte)
            for binding in self.names.root.bindings.values():
                if binding.node.start_byte in inside:
                    yield binding.name, Export(binding)

    def find(self, name: str, asked: frozenset[Path] = frozenset()) -> Found | None:
        """Where an export is declared in the end; None if nowhere in the program, and for a whole module."""
        if self.path in asked:
            return None
        asked |= {self.path}
        export = self.exports.get(name)
        if export is None:
            others = (self.program.imported(specifier, self) for specifier in self.all_of) if name != "default" else ()
            return next((found for other in others if other and (found := other.find(name, asked))), None)
        if export.module is not None:
            other = self.program.imported(export.module, self)
            if other is None:
                python = self.naming[export.binding] if export.binding is not None else python_name(name)
                return Found(self, python, export.binding)
            return None if export.name is None else other.find(export.name, asked)
        python = self.naming[export.binding] if export.binding is not None else export.python or self.default_name
        return Found(self, python, export.binding)

    # --- types -------------------------------------------------------------------------------------------------

    @cached_property
    def declared_types(self) -> dict[str, Node]:
        """The interfaces and aliases that it declares, by name."""
        found = {}
        for node in self.parsed.root.named_children:
            node = node.child_by_field_name("declaration") or node
            name = node.child_by_field_name("name") if node.type in TYPES else None
            if name is not None:
                found[text_of(name)] = node
        return found

    @cached_property
    def imported_types(self) -> dict[str, tuple[str, str]]:
        """The names that may be types of other modules: from which, and what they are called there."""
        found = {}
        for node in self.parsed.root.named_children:
            specifier = string_of(node.child_by_field_name("source")) if node.type == "import_statement" else None
            for clause in node.named_children if specifier else ():
                for child in clause.named_children:
                    if child.type == "named_imports":
                        for name in child.named_children:
                            outer = name.child_by_field_name("name")
                            local = name.child_by_field_name("alias") or outer
                            if outer is not None and local is not None:
                                found[text_of(local)] = (specifier or "", text_of(outer))
        return found

    def _type_named(self, name: str) -> Type | Node | None:
        binding = self.names.root.bindings.get(name)
        if binding is not None and binding.kind == "class":
            return Type("instance", name=name)
        if binding is not None and binding.kind == "enum":
            return enum_type(binding.place.node)
        if name in self.declared_types:
            return self.declared_types[name]
        if name in self.imported_types:
            specifier, outer = self.imported_types[name]
            other = self.program.imported(specifier, self)
            return other.exported_type(outer) if other is not None else UNKNOWN
        return None

    def exported_type(self, name: str, depth: int = 0) -> Type:
        """The type that another module gets under a name."""
        found = self._type_named(name)
        if found is None and depth < 5:
            for specifier in self.all_of:
                other = self.program.imported(specifier, self)
                if other is not None and (inner := other.exported_type(name, depth + 1)) != UNKNOWN:
                    return inner
        if found is None or isinstance(found, Type):
            return found or UNKNOWN
        return (
            self.types.interface(found, name)
            if found.type == "interface_declaration"
            else (self.types.of(found.child_by_field_name("value")))
        )


class Program:
    """All modules that are ported together."""

    def __init__(
        self,
        workspace: Workspace,
        defined: Mapping[str, Constant] | None = None,
        mode: str = DEVELOPMENT,
        packages: Mapping[str, str] | None = None,
        *,
        strict: bool = False,
    ) -> None:
        self.workspace = workspace
        self.defined: Mapping[str, Constant] = defined or {}
        self.mode = mode
        self.packages: Mapping[str, str] = packages or {}
        self.stand_ins: dict[str, StandIn | None] = {}
        self.modules: dict[str, Module] = {}
        self.asking: Asking = Asking()
        self.strict: bool = strict
        #: What a part of the translation has found in all modules, by its name.
        self.found_by: dict[str, object] = {}
        self._builds: dict[Path, Build] = {}

    def build(self, module: Module) -> Build:
        """What the build of a module's project puts into it; what was given with `--define` comes first."""
        root = self.workspace.project_of(module.path).root
        if root not in self._builds:
            build = build_of(root, self.mode)
            self._builds[root] = attrs.evolve(build, constants={**build.constants, **self.defined})
        return self._builds[root]

    def imported(self, specifier: str, module: Module) -> Module | None:
        """The module of the program that an import means."""
        path = self.workspace.resolve(specifier, module.path) or self._by_custom(specifier, module)
        return self.modules.get(path) if path is not None else None

    def _by_custom(self, specifier: str, module: Module) -> str | None:
        """`@/utils`, which stands for `src/utils` in programs whose configuration can't be read."""
        if not specifier.startswith("@/"):
            return None
        project = self.workspace.project_of(module.path)
        place = os.path.relpath(project.root / "src" / specifier[2:], module.path.parent)
        return self.workspace.resolve(f"./{Path(place).as_posix()}", module.path)

    def is_in_ring(self, module: Module) -> bool:
        """Whether a module imports itself in the end."""
        return len(self.ring_of(module)) > 1

    def are_in_one_ring(self, module: Module, other: Module) -> bool:
        """Whether two modules import each other in the end."""
        return self.rings.get(str(module.path), -1) == self.rings.get(str(other.path), -2)

    def ring_of(self, module: Module) -> list[Module]:
        """The modules that a module imports in the end, and that import it; itself too."""
        return self._rings[self.rings.get(str(module.path), -1)]

    @cached_property
    def _rings(self) -> dict[int, list[Module]]:
        found: dict[int, list[Module]] = defaultdict(list)
        for path, number in self.rings.items():
            found[number].append(self.modules[path])
        return found

    @cached_property
    def importers(self) -> dict[int | str, list[tuple[Module, Binding]]]:
        """By which names a declaration is known in other modules; of a default that has no name, by the path."""
        found: dict[int | str, list[tuple[Module, Binding]]] = defaultdict(list)
        for module in self.modules.values():
            for binding in module.names.bindings:
                if binding.kind == "import" and binding.path:
                    export = self.found(module, binding)
                    if export is not None:
                        key = id(export.binding) if export.binding is not None else str(export.module.path)
                        found[key].append((module, binding))
        return found

    @cached_property
    def whole(self) -> dict[str, list[tuple[Module, Binding]]]:
        """By which names a module is imported whole, by its path."""
        found: dict[str, list[tuple[Module, Binding]]] = defaultdict(list)
        for module in self.modules.values():
            for binding in module.names.bindings:
                other = module_of(module, binding)
                if other is not None:
                    found[str(other.path)].append((module, binding))
        return found

    def found(self, module: Module, binding: Binding) -> Found | None:
        """Where an imported name is declared."""
        other = self.imported(binding.module, module)
        return other.find(binding.path[0] or "default") if other is not None and binding.path else None

    def home(self, module: Module, binding: Binding) -> tuple[Module, Binding | None] | None:
        """The module that declares what a name stands for, and the name there: None of a default that has no name."""
        if binding.kind != "import":
            return module, binding
        found = self.found(module, binding)
        return (found.module, found.binding) if found is not None else None

    def value_of(self, module: Module, binding: Binding, *, or_whole: bool = False) -> tuple[Module, Node] | None:
        """What a name always has as its value, and the module that has it; with `or_whole` what it may be a part of."""
        found = self.home(module, binding)
        if found is None:
            return None
        module, declared = found
        if declared is not None and (declared.writes or (declared.path and not or_whole)):
            return None
        value = module.default_value if declared is None else declared.value
        return (module, value) if value is not None else None

    def function_of(self, module: Module, binding: Binding) -> tuple[Module, Node] | None:
        """The function that a name always stands for, and the module that has it."""
        found = self.home(module, binding)
        if found is None:
            return None
        _, declared = found
        if declared is not None and declared.kind == "function":
            return (found[0], declared.place.node) if not declared.writes and not declared.path else None
        value = self.value_of(module, binding)
        return value if value is not None and value[1].type in FUNCTIONS else None

    @cached_property
    def has_values_of(self) -> bool:
        """Whether a module has a method or a field `valueOf`, and so objects that have one of their own."""
        return any(_VALUE_OF.search(module.parsed.source.text) for module in self.modules.values())

    @cached_property
    def changes(self) -> Changes:
        """What the program sets of its objects."""
        return changes_of(module.names for module in self.modules.values())

    @cached_property
    def rings(self) -> dict[str, int]:
        """Modules that import each other in a circle have the same number."""
        graph = {path: self._imports(module) for path, module in self.modules.items()}
        return {path: number for number, ring in enumerate(circles(graph)) for path in ring}

    def reached_from(self, module: Module) -> list[Module]:
        """The module, and all that it imports, and what those import."""
        found, left = {str(module.path): module}, [module]
        while left:
            for path in self._imports(left.pop()):
                if path not in found:
                    found[path] = self.modules[path]
                    left.append(found[path])
        return list(found.values())

    def opened_in_circles(self) -> list[Module]:
        """The index modules that Python runs on the way to a module, in a circle with the one that asks for it."""
        found = {
            path: self.modules[path]
            for module in self.modules.values()
            for other in self._asked(module)
            for path in self._opened_by(other, module)
            if self.are_in_one_ring(module, self.modules[path])
        }
        return list(found.values())

    def _imports(self, module: Module) -> list[str]:
        return [path for each in self._asked(module) for path in (str(each.path), *self._opened_by(each, module))]

    def _asked(self, module: Module) -> list[Module]:
        """The program's modules that a module asks for, in the order of the text."""
        sources = (string_of(node.child_by_field_name("source")) for node in module.parsed.root.named_children)
        required = (each.module for each in module.names.root.bindings.values() if each.kind == "import")
        asked = dict.fromkeys(specifier for specifier in (*sources, *required) if specifier)
        found = (self.imported(specifier, module) for specifier in asked)
        return [each for each in found if each is not None]

    def _opened_by(self, module: Module, by: Module) -> Iterator[str]:
        """The index modules that Python runs before a module in their folders, where it comes from outside of them."""
        for folder in (module.target.parent, *module.target.parent.parents):
            index = self._indexes.get(folder)
            if index is not None and folder not in by.target.parents and index is not module:
                yield str(index.path)

    def index_above(self, module: Module) -> Module | None:
        """The index module of the package that has a module as its attribute."""
        *package, _ = module.dotted or ("",)
        index = self._indexes.get(PurePosixPath(*package))
        return None if index is module else index

    def inside(self, package: tuple[str, ...]) -> frozenset[str]:
        """The names of the modules and folders in a package."""
        return self._inside.get(package, frozenset())

    def named(self, dotted: tuple[str, ...]) -> Module | None:
        """The module of this name; an index module has that of its package."""
        return self._named.get(dotted)

    def moved(self) -> None:
        """Modules have got other files."""
        for table in ("_indexes", "_inside", "_named", "rings"):
            self.__dict__.pop(table, None)

    @cached_property
    def _indexes(self) -> dict[PurePosixPath, Module]:
        return {each.target.parent: each for each in self.modules.values() if each.is_package}

    @cached_property
    def _inside(self) -> dict[tuple[str, ...], frozenset[str]]:
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for dotted in self._named:
            for depth, name in enumerate(dotted):
                found[dotted[:depth]].add(name)
        return {package: frozenset(names) for package, names in found.items()}

    @cached_property
    def _named(self) -> dict[tuple[str, ...], Module]:
        found: dict[tuple[str, ...], Module] = {}
        for module in self.modules.values():
            found.setdefault(module.dotted, module)
        return found


def _is_of_types(declaration: Node) -> bool:
    return declaration.type in TYPES or (declaration.type == "internal_module" and has_types_only(declaration))
