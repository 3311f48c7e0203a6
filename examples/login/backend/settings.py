"""What the backend is told by its environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import attrs

TOKEN_LIFETIME = 7200.0

# Where each vendor's open platform is, by the name that Taro.getEnv() has for the platform.
OPEN_PLATFORMS: Mapping[str, str] = {
    "WEAPP": "https://api.weixin.qq.com",
    "QQ": "https://api.q.qq.com",
    "TT": "https://developer.toutiao.com",
    "SWAN": "https://spapi.baidu.com",
    "ALIPAY": "https://openapi.alipay.com",
}


@attrs.frozen
class VendorApp:
    """Our app at one vendor. At Alipay an app has no secret but an RSA key, which stands in `secret` as PEM."""

    appid: str
    secret: str = attrs.field(repr=False)
    url: str


@attrs.frozen
class Settings:
    """`apps` by platform; where the `database` is; how many seconds a token is good for."""

    apps: Mapping[str, VendorApp]
    database: str = "shop.sqlite"
    token_lifetime: float = TOKEN_LIFETIME

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """From `WEAPP_APPID`, `WEAPP_SECRET`, and so on for each platform that the shop is on; `DATABASE`;
        `TOKEN_LIFETIME`; `OPEN_PLATFORM_URL`, one address in place of all the vendors' own."""
        return cls(
            apps={
                platform: VendorApp(
                    env[f"{platform}_APPID"], env[f"{platform}_SECRET"], env.get("OPEN_PLATFORM_URL", url)
                )
                for platform, url in OPEN_PLATFORMS.items()
                if f"{platform}_APPID" in env
            },
            database=env.get("DATABASE", "shop.sqlite"),
            token_lifetime=float(env.get("TOKEN_LIFETIME", TOKEN_LIFETIME)),
        )
