"""The apps that a phone has when it was told nothing: one per platform, with ids in each vendor's form."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

DEFAULT_APPIDS: Mapping[str, str] = {
    "weapp": "wx7a9c2f4be1d05836",
    "alipay": "2021004117620938",
    "swan": "31407265",
    "tt": "tt4b8e1c9d2f7a603501",
    "qq": "1112073465",
    "jd": "jd9e2f7c4b1a8d6035",
}

#: What the programs of a platform call its native object; plugins' platforms say it when they first ask for theirs.
NATIVE_NAMES: Mapping[str, str] = {
    "weapp": "wx", "alipay": "my", "swan": "swan", "qq": "qq", "tt": "tt", "jd": "jd", "h5": "taro", "rn": "rn",
    "harmony": "harmony", "harmony-hybrid": "native",
}  # fmt: skip


def default_appid(platform: str) -> str:
    """The appid of the app on `platform`; a platform not listed gets one made from its name."""
    return DEFAULT_APPIDS.get(platform) or f"{platform}-app"


def default_secret(appid: str) -> str:
    """The app secret that goes with an appid which nobody registered: 32 hexadecimal digits, the same every time."""
    return hashlib.md5(f"secret of {appid}".encode(), usedforsecurity=False).hexdigest()
