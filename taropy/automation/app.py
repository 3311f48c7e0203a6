"""`App.*`: the app as a whole."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from ..phone.core.page import Page
from .commands import Params, Refused, command, items, text
from .native_calls import call
from .values import plain

if TYPE_CHECKING:
    from .faces import Target


def _told(page: Page) -> dict[str, Any]:
    return {"pageId": page.id, "path": page.route, "query": plain(page.query)}


@command("App.getCurrentPage")
def get_current_page(target: Target, params: Params) -> Any:
    """The page on the screen."""
    return _told(target.running.top)


@command("App.getPageStack")
def get_page_stack(target: Target, params: Params) -> Any:
    """The pages on each other, the one on the screen last."""
    return {"pageStack": [_told(page) for page in target.running.stack]}


@command("App.callWxMethod")
def call_wx_method(target: Target, params: Params) -> Any:
    """Calls a function of `wx`, or what a client has put in its place; gives its result, or fails as it does."""
    method, arguments = text(params, "method"), items(params, "args")
    if params.get("pluginId"):
        raise Refused("plugins have no wx of their own here")
    world = target.started_world
    if world is not None and world.has_replaced(method):
        return world.call(method, arguments)
    return call(target, method, arguments)


@command("App.mockWxMethod")
def mock_wx_method(target: Target, params: Params) -> Any:
    """Puts a function, or a result, in the place of one of `wx`; without either, that is itself again."""
    method = text(params, "method")
    if params.get("pluginId"):
        raise Refused("plugins have no wx of their own here")
    if "functionDeclaration" in params:
        target.world.mock(method, text(params, "functionDeclaration"), items(params, "args"))
    elif "result" in params:
        target.world.mock_result(method, params["result"])
    elif target.started_world is not None:
        target.world.restore(method)
    return {}


@command("App.callFunction")
def call_function(target: Target, params: Params) -> Any:
    """Runs a function beside the app; gives what it returns, or its promise is fulfilled with."""
    return target.world.evaluate(text(params, "functionDeclaration"), items(params, "args"))


@command("App.addBinding")
def add_binding(target: Target, params: Params) -> Any:
    """Makes a global function that calls the clients, by the event `App.bindingCalled`."""
    name = text(params, "name")
    target.bindings[name] = None
    if target.started_world is not None:
        target.world.bind(name)
    return {}


@command("App.enableLog")
def enable_log(target: Target, params: Params) -> Any:
    """Has lines of the console told, by the event `App.logAdded`."""
    target.logs = True
    return {}


@command("App.exit")
def exit_app(target: Target, params: Params) -> Any:
    """Leaves the app, which is in the background then."""
    target.phone.lifecycle.background(target.app)
    return {}


@command("App.captureScreenshot")
def capture_screenshot(target: Target, params: Params) -> Any:
    """The screen as a PNG: a drawing of what is on it."""
    from .screenshot import screenshot

    return {"data": base64.b64encode(screenshot(target)).decode("ascii")}
