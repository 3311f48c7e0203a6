"""What the package of a port loads before any of its modules: the app, where it matters which module is the first.

A mini program begins with its app's module. Python begins with the module that a program imports first, as a test does;
among modules that import each other in a circle, and read each other's values while they are imported, that one would
find others half made.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from ..source_map import digest_of
from .apart import free
from .hoisting import read_at_once
from .launching import Made, app_of
from .program import Module, Program

_PACKAGE = PurePosixPath("__init__.py")


def opening_of(program: Program, taken: set[PurePosixPath]) -> Made | None:
    """The package's own module; None if the program has no app, or it does not matter what is first."""
    app = app_of(program)
    if app is None or app.is_package or _PACKAGE in taken:
        return None
    if not any(map(_reads_its_circle, program.reached_from(app))):
        return None
    text = "\n".join([
        '"""The app is loaded first, as in a mini program: some of the modules import each other in a circle."""',
        "",
        "from taropy.js import begin_with",
        "",
        f'begin_with(__name__, "{".".join(app.dotted)}")',
        "",
    ])  # fmt: skip
    return Made(app.path, digest_of(app.parsed.source.text), _PACKAGE, text)


def _reads_its_circle(module: Module) -> bool:
    """Whether a module reads something of another one that imports it, while it is imported itself."""
    program = module.program
    for binding in module.names.root.bindings.values():
        other = program.imported(binding.module, module) if binding.kind == "import" else None
        if other is not None and program.are_in_one_ring(module, other) and any(read_at_once(module, binding)):
            return True
    return False


def settle_indexes(program: Program) -> None:
    """Has an index module of a circle be `index.py`, where Python would run it before others of its folder are asked.

    `import './state/store'` runs the store alone. Python runs `state/__init__.py` before it, and with that all that the
    index imports, which is what imports the store.
    """
    for index in program.opened_in_circles():
        index.move(free(program, index.target.with_name("index.py")))
    program.moved()
