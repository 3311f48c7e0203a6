"""How a platform's HTTP client goes about a request: WeChat's, from which the others differ.

A client is the part of a session that platforms differ in: what goes out for the options of a request, with whose
cookies, what the program is told of the reply, and how a failure is worded.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ...core.answers import Fail, Options, Result
from ...core.app import App
from ...core.vendors import of_vendor
from .outgoing import METHODS, METHODS_OF, WITHOUT_BODY, WITHOUT_BODY_OF, Headers, Outgoing, compose
from .reply import Reply

if TYPE_CHECKING:
    from http.cookiejar import CookiePolicy

    from ...core.faces import Phone
    from ...core.urls import Url


class Client:
    """WeChat's: developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html."""

    #: Whether a timeout and an abort end a request only until its head is there, as taro-h5's do.
    until_head = False
    #: Whether `downloadFile` puts the file where its `filePath` says.
    takes_file_path = True
    #: Whether the name of a temporary file tells what is in it, whatever the server says that it is.
    names_by_content = False

    def __init__(self, phone: Phone, app: App) -> None:
        self.phone = phone
        self.app = app

    def identity(self) -> dict[str, str]:
        """The headers that each request carries."""
        return self.phone.system.identity(self.app)

    def compose(self, options: Options, own: Headers, timeout: float, kind: str) -> Outgoing:
        """The request of this kind that `options` ask for; `own` is `identity`, encoded."""
        without_body = of_vendor(WITHOUT_BODY_OF, self.app, WITHOUT_BODY)
        return compose(options, own, timeout, without_body, of_vendor(METHODS_OF, self.app, METHODS))

    def shares_cookies(self, outgoing: Outgoing) -> bool:
        """Whether the app's cookies go along, and those of the reply are kept."""
        return outgoing.cookies

    def reaches(self, url: str) -> bool:
        """Whether the `filePath` of an upload may be a url as any other, from which the file is had first."""
        return False

    def boundary(self) -> str:
        """What stands between the parts of an upload."""
        return secrets.token_hex(16)

    def form_fields(self, fields: Mapping[str, str]) -> Mapping[str, str]:
        """The fields of an upload as they are sent."""
        return fields

    def type_of(self, path: str) -> str | None:
        """The media type that an uploaded file is sent with; None is what its name in the form stands for."""
        return None

    def by_script(self, options: Options) -> bool:
        """Whether a request is made by a script: see `jsonp`."""
        return False

    def cookie_policy(self) -> CookiePolicy | None:
        """Which cookies go where; None is what RFC 6265 says."""
        return None

    def is_across_sites(self, url: Url) -> bool:
        """Whether `url` belongs to another site than the page that asks, which most cookies do not go along with."""
        return False

    def redirected(self, outgoing: Outgoing) -> Outgoing:
        """The request that follows a redirect, as the client sends it."""
        return outgoing

    def preflight(self, outgoing: Outgoing) -> Outgoing | None:
        """What is asked ahead, whether the request may be sent."""
        return None

    def admit_preflight(self, outgoing: Outgoing, reply: Reply) -> None:
        """Raises `Fail` if the answer to `preflight` does not let the request be sent."""

    def admit(self, outgoing: Outgoing, reply: Reply) -> None:
        """Raises `Fail` if the program may see nothing of the reply."""

    async def body(self, outgoing: Outgoing, body: Awaitable[bytes]) -> bytes:
        """The whole body, as it is to come in; raises `NetError` if not all of it comes."""
        return await body

    def data(self, reply: Reply, outgoing: Outgoing) -> Any:
        """The body as the program gets it from `request`."""
        return reply.data(outgoing.form)

    def told(self, reply: Reply, outgoing: Outgoing, profile: Mapping[str, Any]) -> Result:
        """What else the program is told of a reply, whatever the function.

        `profile` has `fetchStart`, `responseStart` and `responseEnd` in milliseconds since the epoch, `protocol`, and
        the length of the body in `receivedBytedCount`, which is WeChat's own spelling.
        """
        cookies = reply.all(b"set-cookie")
        return {"statusCode": reply.status, "header": reply.header(), "cookies": cookies, "profile": profile}

    def head(self, reply: Reply, outgoing: Outgoing) -> Result:
        """What `onHeadersReceived` is told."""
        return reply.head()

    def file_name(self, path: str) -> str:
        """What an uploaded file is called if the program does not say."""
        return path.rpartition("/")[2]

    def told_of_file(self, path: Result, size: int) -> Result:
        """What the program is told of a file that has been downloaded; `path` says where it is."""
        return {**path, "dataLength": size}

    def failure(self, failure: Fail, kind: str) -> Fail:
        """How the client words a failure of a `request`, an `upload` or a `download`."""
        return failure


#: The modules of the clients that are not WeChat's; each has its class as `CLIENT`.
CLIENTS: Mapping[str, str] = {"h5": ".web", "my": ".alipay"}


def client_of(phone: Phone, app: App) -> Client:
    """The client of the platform that the app runs on."""
    module = of_vendor(CLIENTS, app, "")
    kind: type[Client] = import_module(module, __package__).CLIENT if module else Client
    return kind(phone, app)
