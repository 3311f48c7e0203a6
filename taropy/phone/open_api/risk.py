"""What Baidu is told of the person, for its check of risks: swan-docs, api/open/swan-getSystemRiskInfo.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ..core.answers import Options, Result
from ..core.app import App
from ..core.functions import answered, only
from ..core.room import Room

if TYPE_CHECKING:
    from ..open_platform import OpenPlatform


class Risk(Room, name="risk"):
    """Whether Baidu takes the person for a cheat: `open_platform.risks.judge(user, 1)` says so to backends."""

    @answered
    @only("swan")
    def getSystemRiskInfo(self, app: App, options: Options) -> Result:
        """What a backend asks Baidu's `detectrisk` with, as its `xtoken`: a `key` and a `value` in `content`."""
        platform = cast("OpenPlatform", self.phone.open_platform)
        registered = platform.app_of_phone(app.platform, app.appid)
        return {"content": platform.risks.describe(registered.key, self.phone.account.user.id)}
