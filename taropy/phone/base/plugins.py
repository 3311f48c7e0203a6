"""The plugins that apps use: what `requirePlugin` gives.

Facts: developers.weixin.qq.com/miniprogram/dev/framework/plugin/using and …/subpackages/async, Taro 4.2.1's
declaration. The words of failures are ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ...loops import once_returned
from ..core.answers import Fail
from ..core.app import App
from ..core.functions import only, plain
from ..core.listening import call
from ..core.options import string
from ..core.room import Room
from ..core.telling import count

if TYPE_CHECKING:
    from ...runtime.apps import Package
    from ..core.faces import Phone


class Plugins(Room, name="plugins"):
    """The plugins that apps may require: `phone.plugins.register("chat", a_module)`, by its name in `app.json`."""

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self._exports: dict[str, Any] = {}

    def in_words(self) -> Iterator[str]:
        """How many there are."""
        yield from [count(len(self._exports), "plugins")] if self._exports else []

    def register(self, name: str, exports: Any) -> None:
        """Has `requirePlugin(name)` give `exports`: a module, a dict or any object with what the plugin offers."""
        if not isinstance(name, str) or not name:
            raise ValueError(f"a plugin's name is that of plugins in app.json, not {name!r}")
        self._exports[name] = exports

    def snapshot(self) -> Any:
        """Which are registered; what they export stays the same object."""
        return dict(self._exports)

    def restore(self, state: Any) -> None:
        """Registers those again, and no others."""
        self._exports = dict(state)

    @only("wx", "my", "swan", "qq", "tt", "jd")
    @plain
    def requirePlugin(self, app: App, pluginName: Any = None, success: Any = None, error: Any = None) -> Any:
        """What the plugin exports.

        With `success` or `error` these are told, when the code that asked has returned: what it exports, or `mod`, its
        name, and `errMsg`. Fails for a plugin that nobody has registered, and, in an app that was launched, for one
        that its settings don't name under `plugins`.
        """
        name = string(pluginName)
        if not callable(success) and not callable(error):
            return self._required(app, name)
        try:
            told, listener = self._required(app, name), success
        except Fail as failure:
            told, listener = {"mod": name, "errMsg": failure.result("requirePlugin")["errMsg"]}, error
        if callable(listener):
            once_returned(call, "requirePlugin", listener, told)
        return None

    def _required(self, app: App, name: str) -> Any:
        package = self.phone.pages.of(app).package
        if package is not None and name not in _declared(package):
            raise Fail(f"plugin {name} is not in plugins of app.json")
        if name not in self._exports:
            raise Fail(f"plugin {name} is not on this phone: no test has registered it with phone.plugins.register")
        return self._exports[name]


def _declared(package: Package) -> set[str]:
    """The names of the plugins that an app has, those of its sub-packages among them."""
    return {name for each in (package.config, *package.sub_packages) for name in each.get("plugins") or ()}
