"""Hand-written modules without their bodies: what type checkers read in their place.

A type checker that reads a module reads everything that the module imports. The modules that the public names come from
import HTTP clients, databases and cryptography, and say nothing of them in their signatures; without their bodies a
program that uses taropy is checked in half the time.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from .exact import exact_modules, made_exact
from .plain import is_type, kind_of

PACKAGE = Path(__file__).parents[1]

#: Decorators that say something about a type; what another does is not seen from outside.
DECORATORS = frozenset({
    "attrs.define", "attrs.frozen", "cached_property", "classmethod", "contextmanager", "kept", "overload", "property",
    "staticmethod",
})  # fmt: skip

#: Large libraries of which single signatures, not for programs but for servers and plugins, name a type: that is `Any`.
UNREAD = ("click", "httpcore2", "httptools", "starlette", "websockets")


#: How rooms mark the native functions that answer by callbacks. Those that return something stay, since
#: what they return has a type of its own.
NATIVE_MARKS = frozenset({"answered", "asked"})


class Unannotated(Exception):
    """A public name of which the type is not written, and is not plain from its value."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} needs an annotation: its type is not plain from its value")


#: What is done about a public name of which the type is not plain.
Unplain = Callable[[str], None]


def _refuse(name: str) -> None:
    raise Unannotated(name)


def _leave_out(name: str) -> None:
    """Programs have no use for it: it stands in a module of which they see an object, and which they do not import."""


def skeletons(roots: Iterable[str]) -> dict[str, str]:
    """The skeletons of the modules, and of those that their signatures name: text by path in the package.

    In the modules themselves every public name must have a plain type; in the others, what has none is left out.
    """
    named = frozenset(roots)
    waiting, found = sorted(named), dict[str, str]()
    while waiting:
        module = waiting.pop()
        path = source_of(module)
        if path is not None and path not in found:
            skeleton = Skeleton(module, path, _refuse if module in named else _leave_out)
            found[path] = skeleton.text()
            waiting += skeleton.imported()
    return {path.removesuffix(".py") + ".pyi": text for path, text in found.items()}


def source_of(module: str) -> str | None:
    """The path of a module in the package; None for what is no module of it."""
    inside = module.split(".")[1:]
    for path in ("/".join([*inside, "__init__.py"]), "/".join(inside) + ".py"):
        if module.split(".")[0] == PACKAGE.name and (PACKAGE / path).is_file():
            return path
    return None


class Skeleton:
    """One module without its bodies."""

    def __init__(self, module: str, path: str, unplain: Unplain) -> None:
        self._module = module
        self._unplain = unplain
        self._package = module if path.endswith("__init__.py") else module.rpartition(".")[0]
        tree = ast.parse((PACKAGE / path).read_text("utf-8"), filename=path)
        exact = exact_modules().get(module)
        self._tree = tree if exact is None else made_exact(exact, tree)
        self._notes = "" if exact is None else exact.notes
        self._imports: list[tuple[ast.Import | ast.ImportFrom, ast.alias]] = []
        self._private: dict[str, ast.stmt] = {}
        self._kept: list[ast.stmt] = []
        self._constants: dict[str, ast.expr] = {}
        for node in self._tree.body:
            self._take(node)
        self._imports.append((ast.ImportFrom("typing", [], 0), ast.alias("ClassVar")))
        self._keep_needed()
        self._leave_unread()

    def text(self) -> str:
        """The skeleton."""
        doc = ast.get_docstring(self._tree)
        head = [ast.Expr(ast.Constant(doc))] if doc else []
        lines = [ast.unparse(self._alone(node, alias)) for node, alias in self._needed_imports()]
        body = [ast.unparse(ast.fix_missing_locations(node)) for node in self._kept]
        return self._notes + "\n".join([*map(ast.unparse, head), *lines, *body]) + "\n"

    def imported(self) -> Iterator[str]:
        """The modules that the skeleton imports from."""
        for node, alias in self._needed_imports():
            if isinstance(node, ast.ImportFrom):
                base = self._absolute(node)
                yield from (base, f"{base}.{alias.name}")

    # --- what is in the module ---------------------------------------------------------------------------------

    def _take(self, node: ast.stmt) -> None:
        match node:
            case ast.Import() | ast.ImportFrom():
                self._imports += [(node, alias) for alias in node.names]
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                for each in node.body:
                    self._take(each)
            case ast.ClassDef(name=name):
                self._add(name, _class(node, self._module, self._unplain))
            case ast.FunctionDef(name="__getattr__" | "__dir__"):
                pass  # the names that it gives are declared
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self._add(name, _function(node))
            case ast.AnnAssign(target=ast.Name(name)):
                self._add(name, _declared(node))
            case ast.Assign(targets=[ast.Name(name)], value=value) if is_type(value):
                self._add(name, _Unquoted(self._types()).visit(node))
            case ast.Assign(targets=[ast.Name(name)], value=value):
                self._add(name, node if name == "__all__" else self._constant(name, value))

    def _types(self) -> set[str]:
        """The names that may stand for types: the module's own classes, and what it imports."""
        own = {node.name for node in self._tree.body if isinstance(node, ast.ClassDef)}
        return own | {each.asname or each.name for _, each in self._imports}

    def _constant(self, name: str, value: ast.expr) -> ast.stmt | None:
        kind = kind_of(value, self._constants)
        if kind is None:
            if _is_public(name):
                self._unplain(f"{self._module}.{name}")
            return None
        self._constants[name] = kind
        return _declaration(name, kind)

    def _add(self, name: str, node: ast.stmt | None) -> None:
        if node is None:
            return
        if name.startswith("_") and not name.startswith("__"):
            self._private[name] = node
        else:
            self._kept.append(node)

    def _keep_needed(self) -> None:
        """Private names that public ones need are kept too."""
        while needed := [name for name in self._private if name in self._names()]:
            self._kept += [self._private.pop(name) for name in needed]

    def _leave_unread(self) -> None:
        """Has `Any` stand for the types of libraries that are not to be read."""
        names = {each.asname or each.name for node, each in self._imports if _library(node, each) in UNREAD}
        if names & self._names():
            unread = _Unread(names)
            self._kept = [unread.visit(node) for node in self._kept]
            self._imports.append((ast.ImportFrom("typing", [], 0), ast.alias("Any")))

    def _names(self) -> set[str]:
        read = (each for node in self._kept for each in _read(node))
        return {each.id for each in read if isinstance(each, ast.Name)} | self._exported()

    def _exported(self) -> set[str]:
        found = (node.value for node in self._kept if isinstance(node, ast.Assign))
        lists = (value for value in found if isinstance(value, ast.List))
        return {str(each.value) for value in lists for each in value.elts if isinstance(each, ast.Constant)}

    # --- imports -----------------------------------------------------------------------------------------------

    def _needed_imports(self) -> list[tuple[ast.Import | ast.ImportFrom, ast.alias]]:
        names = self._names()
        needed = (
            (node, each)
            for node, each in self._imports
            if each.asname == each.name or (each.asname or each.name.split(".")[0]) in names  # `X as X` is handed on
        )
        return list({(ast.dump(node), each.name): (node, each) for node, each in needed}.values())

    def _alone(self, node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.stmt:
        if isinstance(node, ast.Import):
            return ast.Import([alias])
        return ast.ImportFrom(self._absolute(node), [alias], 0)

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self._package.split(".")
        return ".".join([*parts[: len(parts) - node.level + 1], *filter(None, [node.module])])


def _read(node: ast.AST) -> Iterator[ast.AST]:
    """What the skeleton of a statement is made of, without the names that it declares."""
    yield node
    for name, value in ast.iter_fields(node):
        if not (name == "target" and isinstance(node, ast.AnnAssign)):
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, ast.AST):
                    yield from _read(each)


def _library(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> str:
    module = alias.name if isinstance(node, ast.Import) else (node.module or "") if not node.level else ""
    return module.split(".")[0]


class _Unquoted(ast.NodeTransformer):
    """Writes the types out that stand in quotes since they are defined further down."""

    def __init__(self, types: set[str]) -> None:
        self._types = types

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        quoted = isinstance(node.value, str) and node.value.split("[")[0] in self._types
        return ast.parse(str(node.value), mode="eval").body if quoted else node


class _Unread(ast.NodeTransformer):
    """Writes `Any` for names, and for what is read from them."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        unread = isinstance(node.value, ast.Name) and node.value.id in self._names
        return ast.Name("Any") if unread else node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Name("Any") if node.id in self._names else node


def _class(node: ast.ClassDef, module: str, unplain: Unplain) -> ast.ClassDef:
    """The class with its declarations, its public methods without bodies, and what its methods set on `self`."""
    attrs_class = any(ast.unparse(each).startswith("attrs.") for each in node.decorator_list)
    is_enum = any(ast.unparse(each).endswith("Enum") for each in node.bases)
    body: list[ast.stmt] = []
    for each in _statements(node):
        body += _class_statement(each, attrs_class, is_enum, f"{module}.{node.name}", unplain)
    declared = {
        each.target.id for each in body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    }
    named = {each.name for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
    body += _attributes(node, declared | named, f"{module}.{node.name}", unplain)
    doc = ast.get_docstring(node)
    head: list[ast.stmt] = [ast.Expr(ast.Constant(doc))] if doc else []
    kept = [*head, *body] or [ast.Expr(ast.Constant(...))]
    decorators = [each for each in node.decorator_list if _decorator_name(each) in DECORATORS]
    kept = [each for each in kept if not _implements(each, kept)]
    # A metaclass of ours does something at run time, and nothing for checkers.
    keywords = [each for each in node.keywords if _is_public(ast.unparse(each.value))]
    return ast.ClassDef(node.name, node.bases, keywords, kept, decorators)


def _implements(node: ast.stmt, beside: list[ast.stmt]) -> bool:
    """Whether this is what stands behind overloads, which nobody sees."""
    return (
        isinstance(node, ast.FunctionDef)
        and not node.decorator_list
        and any(isinstance(each, ast.FunctionDef) and each.name == node.name and each is not node for each in beside)
    )


def _statements(node: ast.ClassDef) -> Iterator[ast.stmt]:
    for each in node.body:
        match each:
            case ast.If(test=ast.UnaryOp(op=ast.Not(), operand=ast.Name("TYPE_CHECKING"))):
                yield from each.orelse  # what is not for type checkers is left out
            case ast.If():
                yield from each.body
            case _:
                yield each


def _class_statement(node: ast.stmt, attrs_class: bool, is_enum: bool, owner: str, unplain: Unplain) -> list[ast.stmt]:
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() if _is_native(node):
            return []
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if _is_public(name):
            return [_function(node)]
        case ast.AnnAssign(target=ast.Name(name)) if attrs_class or _is_public(name):
            return [_field(node) if attrs_class else _declared(node)]
        case ast.Assign(targets=[ast.Name("__slots__")]):
            return []
        case ast.Assign() if is_enum:
            return [node]
        case ast.Assign(targets=[ast.Name("__hash__")]) | ast.Assign(value=ast.Call(func=ast.Name("auto"))):
            return [node]
        case ast.Assign(targets=[ast.Name(name)]) if _is_public(name):
            kind = kind_of(node.value, {})
            if kind is None:
                unplain(f"{owner}.{name}")
            if kind is not None and name.isupper():
                kind = ast.Subscript(ast.Name("ClassVar"), kind)
            return [] if kind is None else [_declaration(name, kind)]
        case _:
            return []


def _is_native(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a room's method is a function that programs call through `Taro`, where it has its types."""
    return any(isinstance(each, ast.Name) and each.id in NATIVE_MARKS for each in node.decorator_list)


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _field(node: ast.AnnAssign) -> ast.AnnAssign:
    """A field of an attrs class: that it has a default, or is no parameter, stays to be seen."""
    value = node.value
    if isinstance(value, ast.Call):
        told = {each.arg: each for each in value.keywords}
        if "init" in told or not {"default", "factory"} & told.keys():
            value = ast.Call(value.func, [], [told[name] for name in ("alias", "init", "kw_only") if name in told])
        else:
            value = ast.Constant(...)
    elif value is not None:
        value = ast.Constant(...)
    return ast.AnnAssign(node.target, node.annotation, value, 1)


def _attributes(node: ast.ClassDef, known: set[str], owner: str, unplain: Unplain) -> Iterator[ast.stmt]:
    """The public attributes that `__init__` sets."""
    for method in node.body:
        if isinstance(method, ast.FunctionDef) and method.name == "__init__":
            for each in ast.walk(method):
                found = _set_on_self(each)
                if found is not None and _is_public(found[0]) and found[0] not in known:
                    name, annotation, value = found
                    kind = annotation or kind_of(value, _parameters(method))
                    known.add(name)
                    if kind is None:
                        unplain(f"{owner}.{name}")
                    else:
                        yield _declaration(name, kind)


def _set_on_self(node: ast.AST) -> tuple[str, ast.expr | None, ast.expr | None] | None:
    match node:
        case ast.AnnAssign(target=ast.Attribute(ast.Name("self"), name), annotation=annotation):
            return name, annotation, None
        case ast.Assign(targets=[ast.Attribute(ast.Name("self"), name)], value=value):
            return name, None, value
        case _:
            return None


def _parameters(node: ast.FunctionDef) -> dict[str, ast.expr]:
    args = node.args
    named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
    found = {each.arg: each.annotation for each in named if each.annotation}
    if args.vararg is not None and args.vararg.annotation is not None:
        rest = ast.Tuple([args.vararg.annotation, ast.Constant(...)])
        found[args.vararg.arg] = ast.Subscript(ast.Name("tuple"), rest)
    return found


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.FunctionDef | ast.AsyncFunctionDef:
    """The function with its docstring for a body."""
    doc = ast.get_docstring(node)
    body: list[ast.stmt] = [ast.Expr(ast.Constant(doc if doc else ...))]
    decorators = [
        ast.Name("property") if _decorator_name(each) == "kept" else each  # which is what it is to type checkers
        for each in node.decorator_list
        if _decorator_name(each) in DECORATORS or _is_setter(each)
    ]
    generates = any(isinstance(each, ast.Yield | ast.YieldFrom) for each in ast.walk(node))
    kind = ast.FunctionDef if generates else type(node)
    return kind(node.name, _arguments(node.args), body, decorators, node.returns)


def _decorator_name(node: ast.expr) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node)


def _is_setter(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "setter"


def _arguments(arguments: ast.arguments) -> ast.arguments:
    """The parameters; of a default it counts only that there is one."""
    defaults: list[ast.expr] = [ast.Constant(...) for _ in arguments.defaults]
    kw_defaults: list[ast.expr | None] = [each and ast.Constant(...) for each in arguments.kw_defaults]
    return ast.arguments(
        posonlyargs=arguments.posonlyargs,
        args=arguments.args,
        vararg=arguments.vararg,
        kwonlyargs=arguments.kwonlyargs,
        kw_defaults=kw_defaults,
        kwarg=arguments.kwarg,
        defaults=defaults,
    )


def _declared(node: ast.AnnAssign) -> ast.AnnAssign:
    return ast.AnnAssign(node.target, node.annotation, None, 1)


def _declaration(name: str, kind: ast.expr) -> ast.AnnAssign:
    return ast.AnnAssign(ast.Name(name), kind, None, 1)
