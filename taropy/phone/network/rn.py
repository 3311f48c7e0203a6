"""Requests and transfers as `@tarojs/taro-rn` 4.2.0 makes them: `request/index.ts`, `file.ts` and `network.ts`.

Below it is React Native's own `fetch`, which is whatwg-fetch 3.6.20 in react-native 0.73.1: a body that is a text has a
type, headers have names in lower case, and cookies are kept by the device.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ..core.answers import CALLBACKS, Options, Ordered, Result
from ..core.javascript import encode_uri_component, is_object, json_of, parse, parsed, text_of
from ..core.options import Buffers, js_type
from ..core.variant import Surface, Variant, only_told

JSON_TYPE, FORM_TYPE = "application/json", "application/x-www-form-urlencoded"
TEXT_TYPE = "text/plain;charset=UTF-8"

# Where Expo's file system has the app's documents: `files/paths.py`.
DOCUMENTS = "file:///data/app/files/"

REQUEST_TIMEOUT, UPLOAD_TIMEOUT = 60_000, 2_000

# What `fetch` says of a network that fails, and of an end by the program.
_WORDS: Mapping[str, str] = {
    "net::": "Network request failed",
    "invalid url": "Network request failed",
    "file not found": "Network request failed",
    "abort": "Aborted",
}


def _request(options: Options) -> Options:
    """The request as it reaches `fetch`, with JSON read by `fetch`'s own rules."""
    method = str(options.get("method") or "GET").upper()
    header = options.get("header")
    sent = dict(header) if isinstance(header, Mapping) else {}
    asked: dict[str, Any] = {"timeout": REQUEST_TIMEOUT, **options, "credentials": _credentials(options)}
    data = asked.pop("data", None) or {}
    if method == "GET":
        asked["url"] = _with_query(options.get("url"), data)
    elif method != "HEAD":
        asked["data"] = body = _body(data, sent)
        if isinstance(body, str) and not any(name.lower() == "content-type" for name in sent):
            sent["content-type"] = TEXT_TYPE
    return {**asked, "header": sent or header, **_reading(options)}


def _credentials(options: Options) -> str:
    return "omit" if options.get("credentials") == "omit" else "include"


def _with_query(url: object, data: Any) -> object:
    if not isinstance(url, str):
        return url
    query = data if isinstance(data, str) else _pairs(data)
    return f"{url}{'&' if '?' in url else '?'}{query}".replace("?&", "?", 1)


def _pairs(data: Any) -> str:
    """The fields as `name=value`; a list and an object are what JavaScript makes a text of."""
    fields = dict(data) if is_object(data) else {}
    return "&".join(f"{encode_uri_component(text_of(k))}={encode_uri_component(text_of(v))}" for k, v in fields.items())


def _body(data: Any, sent: Mapping[str, Any]) -> Any:
    if isinstance(data, str):
        return data
    kind = str(sent.get("content-type") or sent.get("Content-Type") or JSON_TYPE)
    if kind.startswith(JSON_TYPE) and not isinstance(data, bool | int | float):
        return json_of(data)
    if kind.startswith(FORM_TYPE) and is_object(data):
        return _pairs(data)
    return bytes(data) if isinstance(data, Buffers) else f"[object {js_type(data)}]"


class Response:
    """The response of `fetch`, whose body is still to be read, once: `await response.text()`.

    `status`, `ok`, `headers`; `text()`, `json()` and `arrayBuffer()`, which are awaited; `bodyUsed` after that.
    """

    def __init__(self, reply: Result) -> None:
        self.status: int = reply["statusCode"]
        self.headers: Mapping[str, str] = reply["header"]
        self.bodyUsed: bool = False
        self._body: bytes = reply["data"]

    @property
    def ok(self) -> bool:
        """Whether the status says that all is well."""
        return 200 <= self.status < 300

    async def arrayBuffer(self) -> bytes:
        """The body. TypeError the second time that it is read."""
        if self.bodyUsed:
            raise TypeError("Already read")
        self.bodyUsed = True
        return self._body

    async def text(self) -> str:
        """The body as text, in UTF-8."""
        return (await self.arrayBuffer()).decode(errors="replace")

    async def json(self) -> Any:
        """What the body says; ValueError if it is no JSON."""
        return parse(await self.text())


def _reading(options: Options) -> Options:
    """JSON is read unless another `dataType` is asked for; a body that is none fails, and the status is told.

    With another one `responseType` says what the body is read as, and else it is not read.
    """
    if (options.get("dataType") or "json") != "json":
        read = options.get("responseType")
        return {"responseType": read} if read else {"responseType": "arraybuffer", **_unread(options)}
    return {"dataType": "text", "responseType": "text", **_judging(options)}


def _unread(options: Options) -> Options:
    """The callbacks, which get the response itself as `data`."""

    def responding(callback: Callable[[Result], Any]) -> Callable[[Result], Any]:
        return lambda reply: callback(
            {**reply, "data": Response(reply)} if isinstance(reply.get("data"), bytes) else reply
        )

    return {name: responding(options[name]) for name in ("success", "complete") if options.get(name) is not None}


def _judging(options: Options) -> Options:
    success, fail, complete = (options.get(name) for name in CALLBACKS)

    def judge(reply: Result) -> None:
        text = reply.get("data")
        if not isinstance(text, str):  # a test's own answer
            _tell(reply, success, complete)
            return
        value = parsed(text)
        if value is text:
            told = {name: field for name, field in reply.items() if name != "data"}
            _tell({**told, "errMsg": _no_json(text)}, fail, complete)
        else:
            _tell({**reply, "data": value}, success, complete)

    return {"success": judge, "complete": None, "fail": lambda failure: _tell(failure, fail, complete)}


def _no_json(text: str) -> str:
    """The words of the engine, Hermes, in so far as they are known."""
    return f"JSON Parse error: {f'Unexpected character: {text[0]}' if text else 'Unexpected end of input'}"


def _tell(outcome: Result, *callbacks: Callable[[Result], Any] | None) -> None:
    for callback in callbacks:
        if callback is not None:
            callback(outcome)


def _replied(reply: Result) -> Result:
    """What `fetch` tells, with its names of headers; of a name that comes twice the values are joined."""
    header = {name.lower(): value for name, value in reply.get("header", {}).items()}
    return {
        name: header if name == "header" else reply[name] for name in ("data", "statusCode", "header") if name in reply
    }


def _words(failure: Result) -> str:
    """What `fetch` says of a failure; nothing of one that is none of the network's."""
    return next((said for told, said in _WORDS.items() if told in failure["errMsg"]), "")


def _failed(failure: Result) -> Result:
    """The words of `fetch`, and no number."""
    words = _words(failure)
    if not (words or "timeout" in failure["errMsg"]):
        return failure
    return {"errMsg": words or failure["errMsg"]}


def _upload(options: Options) -> Options:
    return {"timeout": UPLOAD_TIMEOUT, **options, "fileName": "file", "credentials": _credentials(options)}


def _upload_failed(failure: Result) -> Result:
    if "timeout" in failure["errMsg"]:
        return {"errMsg": "uploadFile fail: Error: 网络请求超时"}
    words = _words(failure)
    return {"errMsg": f"uploadFile fail: TypeError: {words}"} if words else failure


def _download(options: Options) -> Options:
    """A file that is to be nowhere lies among the app's documents, called as the url ends.

    What a success tells is `tempFilePath`, wherever that is, and `filePath` if it was given.
    """
    named, told = options.get("filePath"), {}
    for name in ("success", "complete"):
        if options.get(name) is not None:
            told[name] = partial(_tell_downloaded, options[name], named)
    return {**options, "filePath": named or f"{DOCUMENTS}{str(options.get('url')).rpartition('/')[2]}", **told}


def _tell_downloaded(callback: Callable[[Result], Any], named: Any, outcome: Result) -> Any:
    if "filePath" not in outcome:
        return callback(outcome)
    path = outcome["filePath"]
    own = {"filePath": path} if named else {}
    return callback({"tempFilePath": path, **own, "statusCode": outcome["statusCode"]})


def _download_failed(failure: Result) -> Result:
    """What Expo has thrown is told beside, and not in the words."""
    if isinstance(failure, Ordered) or "parameter error" in failure["errMsg"]:
        return failure
    words = _words(failure) or failure["errMsg"].partition(":fail ")[2]
    return {"errMsg": "download file fail", "err": {"message": words}}


SURFACE = Surface(
    "rn",
    {
        "request": Variant("request", _request, _replied, failure=_failed),
        "uploadFile": Variant("uploadFile", _upload, _replied, failure=_upload_failed),
        "downloadFile": Variant("downloadFile", _download, failure=_download_failed),
        "getNetworkType": Variant("getNetworkType", result=only_told("networkType")),
    },
)
