"""What the makers of a template set for each shop that uses it: the `ext` of an app's `ext.json`.

Facts: developers.weixin.qq.com/miniprogram/dev/devtools/ext.html; opendocs.alipay.com/mini/api/getExtConfig, whose
`my.getExtConfig` gives the same as `data`, too, and fails where there is nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ..core.answers import Fail, Options, Result
from ..core.app import App
from ..core.functions import answered, plain
from ..core.room import Room

if TYPE_CHECKING:
    from ..core.faces import Phone


ALIPAY_NOTHING = "模板配置为空"


class Ext(Room, name="ext"):
    """The `ext` of the apps: `config` is that of every app which has none of its own; `set` gives one its own."""

    STATE = ("config", "_of_apps")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.config: Mapping[str, Any] = {}
        self._of_apps: dict[str, Mapping[str, Any]] = {}

    def set(self, config: Mapping[str, Any], app: App) -> None:
        """Gives one app this `ext`."""
        self._of_apps[app.key] = config

    @answered
    def getExtConfig(self, app: App, options: Options) -> Result:
        """The app's `ext` as `extConfig`; empty if the app is made from no template, where Alipay's fails."""
        return {"extConfig": self.getExtConfigSync(app)}

    @plain
    def getExtConfigSync(self, app: App) -> Result:
        """The app's `ext`: a copy, which the program may change. Alipay's throws where there is none."""
        config = self._of_apps.get(app.key, self.config)
        if not config and app.native_name == "my":
            raise Fail(ALIPAY_NOTHING, error=20)
        return deepcopy(dict(config))
