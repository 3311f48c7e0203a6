"""A Taro that notes what it is asked, and answers the same to a port as `play.mjs` does to the original."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from taropy import spec
from taropy.js import Obj, Promise, get
from taropy.js.border import to_js, to_python
from taropy.port.verifying.meaning import meaning
from taropy.port.verifying.playing import BEGINNING
from taropy.port.verifying.recording import Recording

_SYSTEM = {
    "brand": "Phone", "model": "One", "platform": "ios", "system": "iOS 16.0", "language": "en", "version": "8.0.0",
    "SDKVersion": "3.0.0", "pixelRatio": 2, "screenWidth": 375, "screenHeight": 667, "windowWidth": 375,
    "windowHeight": 603, "statusBarHeight": 20,
}  # fmt: skip

#: What is answered beside `errMsg`; what is not here answers nothing more.
RESULTS: Mapping[str, Any] = {
    "getEnv": "WEAPP",
    "getCurrentPages": [],
    "getStorageSync": "",
    "getSystemInfoSync": _SYSTEM,
    "getSystemInfo": _SYSTEM,
    "getWindowInfo": _SYSTEM,
    "login": {"code": "code"},
    "request": {
        "statusCode": 200,
        "header": {},
        "data": {"code": 0, "message": "ok", "data": {"list": [], "total": 0}},
    },
    "uploadFile": {"statusCode": 200, "data": '{"code":0,"data":{"url":"https://shop.example/1.png"}}'},
    "downloadFile": {"statusCode": 200, "tempFilePath": "wxfile://tmp_1.png"},
    "getImageInfo": {"width": 200, "height": 100, "path": "wxfile://tmp_1.png", "orientation": "up", "type": "png"},
    "chooseImage": {"tempFilePaths": ["wxfile://tmp_1.png"], "tempFiles": [{"path": "wxfile://tmp_1.png", "size": 1}]},
    "showModal": {"confirm": True, "cancel": False},
    "getCurrentInstance": {"router": {"path": "/pages/index/index", "params": {}}},
}
VALUES: Mapping[str, Any] = {
    "ENV_TYPE": {"WEAPP": "WEAPP", "WEB": "WEB", "ALIPAY": "ALIPAY", "RN": "RN", "SWAN": "SWAN"},
    "interceptors": {"logInterceptor": "logs", "timeoutInterceptor": "times"},
}


def answers() -> dict[str, Any]:
    """All that `play.mjs` has to know."""
    functions = [name for name in spec.members() if spec.member(name).signatures]
    promises = [name for name in functions if spec.member(name).is_promise]
    return {"results": RESULTS, "values": VALUES, "functions": functions, "promises": promises,
            "beginning": BEGINNING * 1000}  # fmt: skip


class Stub:
    """The Taro of a port."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording

    def __getattr__(self, name: str) -> Any:
        if name in VALUES:
            return to_js(copy.deepcopy(VALUES[name]))
        if not spec.has(name) or not spec.member(name).signatures:
            raise AttributeError(name)

        def called(*arguments: Any, **named: Any) -> Any:
            given = [*arguments, Obj(named)] if named else list(arguments)
            self._recording.note(f"Taro.{name}", meaning(to_python(given)))
            result = to_js(copy.deepcopy(RESULTS.get(name)))
            if not spec.member(name).is_promise:
                return result
            return self._settled(given[0] if given else None, Obj({"errMsg": f"{name}:ok", **(result or {})}))

        return called

    @staticmethod
    def _settled(options: Any, result: Obj) -> Any:
        def settle(_: Any) -> Obj:
            for name in ("success", "complete"):
                callback = get(options, name)
                if callable(callback):
                    callback(result)
            return result

        return Promise.resolve(None).then(settle)
