"""What vendors, and phones, allow with sockets."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping

import attrs

from ...core.answers import Result
from . import alipay


@attrs.frozen
class Rules:
    """What a vendor does otherwise with WebSockets.

    - `limit`: how many sockets an app may have at the most, where that is fewer than the phone's `max_web_sockets`.
    - `limit_reason`: what a socket over the limit fails with; None where there is no limit.
    - `single`: without `multiple` in the options there is one socket, which only the global functions reach.
    - `base64`: binary messages are sent as text in base64, with `isBuffer` beside them.
    - `told`: makes of an event's name, its fields and the id of a task of its own what listeners are told.
    - `text`: no bytes are sent. `protocols`: whether subprotocols are. `stateful`: whether a task has a `readyState`.
    - `farewell`: what listeners are told of the end of a socket that the program has not closed; they hear nothing of
      what the server has said. `reason`: what a program closes with that names no reason.
    - `gives_task`: whether the result of a success has the task, too.
    - `timeout`: how long opening may take unless told otherwise, in milliseconds.
    - `of_page`: the socket is a browser's; see `web`.
    """

    limit: int | None = None
    limit_reason: str | None = "fail reach max websocket connect count {limit}"
    single: bool = False
    base64: bool = False
    told: Callable[[str, Result, int | None], Result] | None = None
    text: bool = False
    protocols: bool = True
    stateful: bool = True
    farewell: Result | None = None
    reason: str = ""
    gives_task: bool = False
    timeout: int = 60_000
    of_page: bool = False


def _of_react_native(event: str, told: Result, task: int | None) -> Result:
    """taro-rn tells neither the headers of an answer nor what broke: `socketTask.ts`."""
    if event == "open":
        return {"header": {}}
    return {"errMsg": "There was an error with your websocket."} if event == "error" else told


def _of_page(event: str, told: Result, task: int | None) -> Result:
    """What listeners are told of the browser's event: of an `open` and an `error` nothing but that."""
    return {"type": event, "data": told["data"]} if event == "message" else {"type": event}


# WeChat's words for the limit, its own "fail" included, are as didi/dimina has found them on phones, which copies
# them; those of h5 and rn are Taro's own (taro-h5 4.2.1, which harmony-hybrid hands on, and taro-rn 4.2.0). Alipay:
# opendocs.alipay.com, my.connectSocket and my.sendSocketMessage. Taro's code for HarmonyOS counts none: webSocket.ts of
# plugin-platform-harmony-ets 4.2.0.
WECHAT = Rules()
_TARO = Rules(limit_reason="同时最多发起 {limit} 个 socket 请求，更多请参考文档。")
RULES: Mapping[str, Rules] = {
    "my": Rules(single=True, base64=True, told=alipay.told, timeout=30_000),
    **dict.fromkeys(("h5", "harmony-hybrid"), attrs.evolve(_TARO, told=_of_page, of_page=True)),
    "rn": attrs.evolve(
        _TARO,
        limit=2,
        told=_of_react_native,
        farewell={"code": 1006, "reason": "abnormal closure"},
        reason="server complete, close",
        gives_task=True,
    ),
    "harmony": Rules(limit_reason=None, text=True, protocols=False, stateful=False),
}

# Where no TCP socket of a program may go: developers.weixin.qq.com, wx.createTCPSocket, "连接限制".
FORBIDDEN_PORTS = frozenset({
    *range(1024), 1099, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 3128, 3306, 3389, 3659, 4045, 5060, 5061, 5432, 5984,
    6379, 6000, 6566, 7001, 7002, *range(8000, 8101), 8443, 8888, 9200, 9300, 10051, 10080, 11211, 27017, 27018, 27019,
})  # fmt: skip


def is_local(address: str) -> bool:
    """Whether `address` is an IP address of the computer itself or of a local network."""
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return address == "localhost"
