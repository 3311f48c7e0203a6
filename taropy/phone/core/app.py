"""`App`: one mini program on the phone."""

from __future__ import annotations

import attrs


@attrs.frozen
class App:
    """One mini program on the phone: what it is called, and on which platform it runs."""

    platform: str
    native_name: str
    appid: str
    version: str = "1.0.0"
    env_version: str = "develop"
    key: str = attrs.field(
        init=False, default=attrs.Factory(lambda app: f"{app.platform}/{app.appid}", takes_self=True)
    )
    """What keeps this app's data apart from every other app's on the phone."""
