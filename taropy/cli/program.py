"""A Python file as a program: run as `__main__`, its `main` or its app started, what it left open finished."""

from __future__ import annotations

import ast
import inspect
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from ..runtime.jobs import entered, own_loop
from ..runtime.taro import run


def run_file(file: Path, arguments: Sequence[str]) -> None:
    """Runs a file as Python does, then its `main` or `app`, if it has left that to us, and then until no call is open.

    A file leaves its `main` to us if it defines a function of that name, async or not, which needs no arguments, and
    has neither a test of `__name__` nor any use of `main` outside its functions. A file without one that declares an
    `app`, a `taropy.App`, and does not launch it, leaves that to us. Raises what the program raises.
    """
    file = file.absolute()
    tree = ast.parse(file.read_bytes(), str(file))
    with _as("__main__", file, arguments) as module:
        exec(compile(tree, str(file), "exec", dont_inherit=True), module.__dict__)
        main: Any = module.__dict__.get("main")
        if _is_start(main) and not _starts_itself(tree):
            run(main)
        elif not _tests_name_at_top(tree):
            _launch_if_waiting(module.__dict__.get("app"))
        _finish_open_calls()


@contextmanager
def loaded(file: Path) -> Iterator[ModuleType]:
    """The module of a file that is not run as a program: what it does only as `__main__` is left to the caller."""
    file = file.absolute()
    with _as("<app>", file, ()) as module:
        exec(compile(file.read_bytes(), str(file), "exec", dont_inherit=True), module.__dict__)
        yield module


@contextmanager
def environment(**variables: str) -> Iterator[None]:
    """Sets environment variables, and sets them back."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _as(name: str, file: Path, arguments: Sequence[str]) -> Iterator[ModuleType]:
    """A module of this name for the file, with `sys.argv` and `sys.path` as they are when Python runs it.

    A file of a package may import its neighbours by relative imports, as under `python -m`.
    """
    module = ModuleType(name)
    module.__file__ = str(file)
    package, root = _package_of(file.parent)
    if package:
        module.__package__ = package
    before = sys.modules.get(name), sys.argv, sys.path[:]
    sys.modules[name] = module
    sys.argv = [str(file), *arguments]
    sys.path[:0] = [str(file.parent), *([str(root)] if package else [])]
    try:
        yield module
    finally:
        was, sys.argv, sys.path[:] = before
        if was is None:
            del sys.modules[name]
        else:
            sys.modules[name] = was


def _package_of(folder: Path) -> tuple[str, Path]:
    """The package that a folder is, and the folder that this one is imported from; no name if it is none."""
    names: list[str] = []
    while (folder / "__init__.py").exists() and folder.name.isidentifier():
        names.insert(0, folder.name)
        folder = folder.parent
    return ".".join(names), folder


def _is_start(main: Any) -> bool:
    """Whether this is a function that the program itself defines, and that needs no arguments."""
    if not isinstance(main, FunctionType) or main.__module__ != "__main__":
        return False
    return all(_may_be_left_out(param) for param in inspect.signature(main).parameters.values())


def _launch_if_waiting(app: Any) -> None:
    """Launches an app that nobody has launched. A program that declares one has its module loaded."""
    declaring = sys.modules.get("taropy.app.declaring")
    if declaring is not None and isinstance(app, declaring.App) and not app.launched:
        app.launch().result()


def _may_be_left_out(param: inspect.Parameter) -> bool:
    return param.default is not param.empty or param.kind in (param.VAR_POSITIONAL, param.VAR_KEYWORD)


def _starts_itself(tree: ast.Module) -> bool:
    """Whether what runs at the top of the file uses `main`, or asks whether the file is the program."""
    return _tests_name_at_top(tree) or any(map(_is_use_of_main, _at_top(tree)))


def _tests_name_at_top(tree: ast.Module) -> bool:
    return any(map(_tests_name, _at_top(tree)))


def _at_top(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that run with the file, which the bodies of functions do not."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield child
            yield from _at_top(child)


def _is_use_of_main(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id == "main" and isinstance(node.ctx, ast.Load)


def _tests_name(node: ast.AST) -> bool:
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    return any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides)


def _finish_open_calls() -> None:
    """Runs what the file has left open outside any event loop of its own."""
    with entered(own_loop()) as jobs:  # leaving it runs the queued jobs
        pass
    jobs.drive()
