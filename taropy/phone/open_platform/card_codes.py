"""WeChat's interface for the codes of cards: developers.weixin.qq.com, "code解码接口"."""

from __future__ import annotations

from collections.abc import Mapping

from .calls import Answer, Call, Endpoint
from .platform import Registry
from .weapp import app_of_token, wechat_endpoint


@wechat_endpoint
def decrypt(platform: Registry, call: Call) -> Answer:
    """The code that a program was told in secret."""
    call.needs("POST")
    code = platform.cards.shown(app_of_token(platform, call), call.json_text("encrypt_code"))
    return {"errcode": 0, "errmsg": "ok", "code": code}


ENDPOINTS: Mapping[str, Endpoint] = {"/card/code/decrypt": decrypt}
