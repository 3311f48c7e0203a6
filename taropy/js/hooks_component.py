"""Components as pages and as the app, and mounted by themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import attrs

from ..runtime.jobs import in_a_loop
from .callbacks import called_with
from .hooks_class import ClassRoot, Component
from .hooks_function import FunctionRoot
from .hooks_root import Root
from .obj import Obj
from .unported import NotPorted, Unported


def component(code: Callable[..., Any] | str, package: str | None = None, /) -> Callable[..., Any]:
    """A component as `App.page` and `App.entry` take it.

        app.page("pages/cart/index")(component(Cart))
        app.page("pages/tea/index")(component(".pages.tea:Tea", __package__))

    By the name of its module, seen from `package`, it may be one that was not ported: then it raises when it is opened.
    A function is rendered as React does it: once when the page is opened, and whenever its state has changed. The
    page's object has `view`, what the last rendering has given. Of a class it is the component itself.
    """
    if isinstance(code, str):
        code = _named(code, package)
    if isinstance(code, type) and issubclass(code, Component):
        return _page_class(code)

    def opened(taro: Any) -> None:
        _open(FunctionRoot(code), taro._runtime)

    opened.__name__ = opened.__qualname__ = getattr(code, "__name__", "component")
    return opened


def _named(name: str, package: str | None) -> Callable[..., Any]:
    module, _, member = name.partition(":")
    try:
        found: Callable[..., Any] = getattr(import_module(module, package), member)
    except NotPorted as not_ported:
        return Unported(not_ported.reason, not_ported.original)
    return found


def _page_class(code: type[Component]) -> type[Component]:
    def begin(self: Component) -> None:
        if code.__undecorated__ is not None:
            raise NotPorted(*code.__undecorated__)
        called_with(lambda *props: code.__init__(self, *props), (Obj(),))

    return type(code.__name__, (code,), {"__init__": begin, "__module__": code.__module__, "__doc__": code.__doc__})


def _open(root: FunctionRoot, runtime: Any) -> None:
    """Renders it as the page or the app that is being set up."""
    setup, current = runtime.setup, runtime.current
    program = current.app if setup.owner == "app" else current.page
    program.root = root
    root.runtime = runtime
    root.heard = setup.handlers.add
    root.shown = lambda view: setattr(program, "view", view)
    root._setup = attrs.evolve(setup, handlers=root, router=current.router)
    setup.handlers.add("onUnload", root.unmount)
    root.begin()


def mount(
    code: Callable[..., Any],
    props: Mapping[str, Any] | None = None,
    *,
    contexts: Mapping[Any, Any] | None = None,
    ref: Any = None,
) -> Root:
    """Mounts a component by itself, with its props, and with the ref and the values of contexts that others would give.

    What comes back has its `view`, and `update(props)`, `tell("onShow")` and `unmount()`; of a class, its `instance`.
    Outside an event loop it returns when what it began has ended.
    """
    with in_a_loop():
        root: Root
        if isinstance(code, type) and issubclass(code, Component):
            given = Obj(props or {})
            instance = called_with(code, (given,))
            root = instance.root = ClassRoot(instance, given, contexts=contexts)
        else:
            root = FunctionRoot(code, props, contexts=contexts, ref=ref)
        root.begin()
    return root
