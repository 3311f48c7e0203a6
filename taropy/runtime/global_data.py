"""`setGlobalDataPlugin`: how Taro's apps for Vue put data on what `getApp` gives.

Facts: @tarojs/plugin-framework-vue3 4.2.0, `runtime.js`: `install` keeps the data as the app's `taroGlobalData`, and
the app's object reads and writes through to each of its fields.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any


class SetGlobalDataPlugin:
    """The plugin: `Taro.setGlobalDataPlugin.install(app, data)`, where Vue has `App.use(setGlobalDataPlugin, data)`."""

    def install(self, app: Any, data: MutableMapping[str, Any]) -> None:
        """Has each field of `data` be one of `app`, which is what `Taro.getApp()` gives.

        Who sets it there sets it in `data`. TypeError for data that are no dict, or an app that takes no attributes.
        """
        if not isinstance(data, MutableMapping):
            raise TypeError(f"the global data are a dict, not {data!r}")
        kind = type(app)
        fields = {name: _field(data, name) for name in data}
        app.__class__ = type(kind.__name__, (kind,), {"__module__": kind.__module__, **fields})
        app.taroGlobalData = data


def _field(data: MutableMapping[str, Any], name: str) -> property:
    def read(_: Any) -> Any:
        return data[name]

    def write(_: Any, value: Any) -> None:
        data[name] = value

    return property(read, write)
