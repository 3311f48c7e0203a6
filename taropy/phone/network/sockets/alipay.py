"""What Alipay's programs are told of WebSockets, where it is not what WeChat's are told.

Fields as in Alipay's own declarations, `@mini-types/my` 3.0.14: a task of its own (`multiple`) has them in `data`
beside its `socketTaskID`, the global functions have them alone. Error codes: opendocs.alipay.com/mini/api/giu3c2
(`my.onSocketError`) and mini/api/vx19c3 (`my.connectSocket`).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from ...core.answers import Result

#: The codes and their texts, by words of the fault that WeChat's phones report; `UNKNOWN` for any other.
ERRORS: Mapping[str, tuple[int, str]] = {
    "Timer Expired": (6, "连接服务器超时。"),
    "subprotocol": (8, "Invalid Sec-WebSocket-Accept response."),
    "HTTP header is missing": (8, "Invalid Sec-WebSocket-Accept response."),
    "Underlying Transport Error": (50, "unknown error"),
}
UNKNOWN = (1, "Error Unknown。")


def told(event: str, fields: Result, task: int | None) -> Result:
    """What listeners of `event` are told for the `fields` that WeChat's are; `task` is the id of a task of its own."""
    if event == "message":
        fields = _message(fields["data"])
    elif event == "error":
        fields = _error(fields["errMsg"])
    if task is None:
        return fields
    own = {"socketTaskID": str(task)}
    return {**fields, "data": own} if event == "error" else {"data": {**own, **fields}}


def _message(data: str | bytes) -> Result:
    if isinstance(data, str):
        return {"data": data, "isBuffer": False}
    return {"data": base64.b64encode(data).decode(), "isBuffer": True}


def _error(message: str) -> Result:
    """The message itself stays beside: of the codes most faults share one."""
    code, text = next((error for words, error in ERRORS.items() if words in message), UNKNOWN)
    return {"error": code, "errorMessage": text, "errMsg": message}
