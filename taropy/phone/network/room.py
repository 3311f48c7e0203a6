"""What the phone sends and receives over real HTTP: `request`, `uploadFile`, `downloadFile`.

Behaviour and wording are WeChat's (developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html
and the "网络" guide beside it); what other platforms' native functions take and give is in `variants`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Collection, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from ... import program
from ...hints import check_word
from ..core.answers import Options, Result, Unanswered
from ..core.app import App
from ..core.checked import FLAG, SECONDS, Rule, checked, is_number
from ..core.exchange import Exchange
from ..core.functions import native_task
from ..core.loops import aend_tasks, close_in, end_tasks
from ..core.vendors import of_vendor
from .conditions import Conditions
from .http.failures import interrupted, net_fail
from .http.task import DownloadTask, RequestTask, UploadTask, asked_at
from .recorded import Recorded

if TYPE_CHECKING:
    import ssl

    from ..core.faces import Around, Phone
    from ..core.urls import Url
    from .http.session import Session
    from .http.wire import Wire

    Work = Callable[[Session, Wire, Exchange], Awaitable[Result]]


R = TypeVar("R", bound=Conditions)

# How long what an app has under way may go on once it is in the background, in seconds: WeChat's guide to the network,
# "使用限制" (developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html).
BACKGROUND_GRACE = 5.0

MEBIBYTE = 1024 * 1024
KINDS_OF_DOMAINS = ("request", "upload", "download", "socket")

# Alipay's documentation has no such rule; web pages and native apps have none of a host's.
GOES_ON: Mapping[str, bool] = dict.fromkeys(("my", "h5", "rn", "harmony", "harmony-hybrid"), True)

# `uploadFile` of plugin-platform-harmony-ets 4.2.0 and of taro-rn 4.2.0.
BEGUN_IS_DONE: Mapping[str, bool] = {"harmony": True}
NO_UPLOAD_TASK: Mapping[str, bool] = {"rn": True}


def _is_count(value: Any, least: int = 0) -> bool:
    return value is None or (isinstance(value, int) and is_number(value, least))


def _is_bandwidth(value: Any) -> bool:
    """Whether it is made of one number or two; its own setter tells what they mean."""
    if isinstance(value, tuple | list):
        return len(value) == 2 and all(map(is_number, value))
    return value is None or is_number(value)


def _are_domains(value: Any) -> bool:
    for kind in value if isinstance(value, Mapping) else ():
        check_word(kind, KINDS_OF_DOMAINS, "phone.network.domains has no {!r}")
    lists = value.values() if isinstance(value, Mapping) else () if value is None else (value,)
    return all(
        isinstance(listed, Collection) and not isinstance(listed, str) and all(isinstance(one, str) for one in listed)
        for listed in lists
    )


def _is_tls(value: Any) -> bool:
    if value is None:
        return True
    import ssl

    return isinstance(value, ssl.SSLContext)


@checked(
    bandwidth=Rule(_is_bandwidth, "bytes a second, `(up, down)` or one number for both, or None"),
    domains=Rule(_are_domains, "a list of origins, a mapping with a list for each kind, or None"),
    keep_alive=SECONDS,
    latency=SECONDS,
    loss=Rule(partial(is_number, least=0, most=1), "a chance from 0 to 1"),
    max_body=Rule(_is_count, "a whole number of bytes, 0 or more, or None"),
    max_concurrent=Rule(partial(_is_count, least=1), "a whole number, 1 or more, or None"),
    max_download=Rule(_is_count, "a whole number of bytes, 0 or more, or None"),
    signal=Rule(is_number, "a number of dBm"),
    tls=Rule(_is_tls, "an ssl.SSLContext, or None"),
    weak=FLAG,
)
class Network(Recorded, name="network"):
    """The phone's network, and what a test may set on it besides its conditions and routes.

    - `domains`: the origins (`https://api.example.com`) that programs may talk to, as they are registered with
      the vendor; None, the default, lets them talk to any, as the developer tools do with domain checks off.
      Redirects are checked too. A mapping has a list each for `request`, `upload`, `download` and `socket`, as the
      vendors do; what it does not name may talk to none.
    - `max_concurrent`: how many requests, uploads and downloads of an app go out at once; further ones wait. WeChat's
      phones have 10. None, the default, sets no limit: programs are to run as fast as the computer can, and a test
      that is about the limit sets it.
    - `keep_alive`: how many seconds a connection is kept for a next request. Phones keep them for minutes; no program
      can tell, and thousands of phones in one process need each but a few.
    - `max_body`: how many bytes of a reply a program may get at once, decompressed, as `data` or as the answer to an
      upload. No vendor tells its own; this is there so that no server can use up the computer's memory. More fails, in
      the words of Chromium for a limit of its own. None sets no limit.
    - `max_download`: how many bytes a download may have; None is the platform's own limit, on WeChat 200 MB.
    - `tls`: the rules for https, say a context that trusts a test's own authority; None is the computer's
      trust store.

    The connections belong to the event loop that made them. They are closed with the phone, or with the loop
    when it is run by `asyncio.run` or `asyncio.Runner`.
    """

    EVENTS_OF_THE_WEB = True
    STATE: ClassVar[tuple[str, ...]] = (
        *Conditions.STATE, "domains", "max_concurrent", "keep_alive", "max_body", "max_download", "_timeouts",
        "_deadlines",
    )  # fmt: skip

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.domains: Collection[str] | Mapping[str, Collection[str]] | None = None
        #: The origins of the vendor's own servers, which no list need name.
        self.vendors_own: set[str] = set()
        self.max_body: int | None = 64 * MEBIBYTE
        self.max_download: int | None = None
        self.max_concurrent: int | None = None
        self.keep_alive = 5.0
        self.tls: ssl.SSLContext | None = None
        #: What an app has put around its requests, by the app's key: its cache manager.
        self.around: dict[str, Around] = {}
        self._wires: dict[asyncio.AbstractEventLoop, Wire] = {}
        self._sessions: dict[str, Session] = {}
        # By the app's key: its `networkTimeout`, and when what an app in the background has under way is to end.
        self._timeouts: dict[str, Mapping[str, float]] = {}
        self._deadlines: dict[str, float] = {}
        self._exchanges: set[Exchange] = set()
        self._lock = threading.Lock()
        self.listeners.on("offline", self._drop)

    @native_task
    def request(self, app: App, options: Options) -> RequestTask:
        """`wx.request`: sends an HTTP request. Every status succeeds; faults of network and options fail.

        - `url`: absolute, http or https, else `request:fail invalid url "…"`.
        - `method`: in capitals or not; `request:fail method is invalid` for one that HTTP does not have.
        - `header`: values become text; `Referer` and the length of the body are the phone's own.
        - `data`: a mapping goes into the query of a request without a body (GET, HEAD); else it is sent as
          JSON, or as a form when the content type says so. Text and bytes are sent as they are, but never in a
          query.
        - `timeout`: milliseconds for the whole request, unless given as the app's settings say (`networkTimeout`),
          else 60,000; `request:fail timeout`, errno 5.
        - `responseType`: "arraybuffer" gives bytes. `dataType`: text is parsed as JSON unless this is another.
        - `redirect`: "manual" gives the redirect itself; otherwise at most 20 are followed.
        - `enableHttp2`: HTTP/2 where an https server offers it. `enableCache`, or the web's `cache`: the app's
          HTTP cache.
        - `enableChunked`: the body goes to `onChunkReceived` as it comes in; `data` of the result is empty.
        - `credentials`: "include" keeps and sends cookies, as web pages do; otherwise they are the program's
          own affair.

        The result has `data`, `statusCode`, `header`, `cookies` and `profile`, see `Session.told`.

        Five seconds after the app has gone to the background all that it has under way ends, and what it begins until
        it is shown again fails: `request:fail interrupted`, errno 600003. Alipay, web pages and native apps go on.
        """
        around = self.around.get(app.key)
        work = _requesting() if around is None else partial(_through, around)
        return RequestTask(self.phone, app, self._begin("request", app, options, work, caller=app))

    @native_task
    def uploadFile(self, app: App, options: Options) -> UploadTask | None:
        """`wx.uploadFile`: sends a file by POST as `multipart/form-data`. Every status succeeds.

        - `url`, `header`, `timeout`, `enableHttp2`: as for `request`; the content type is the phone's own.
        - `filePath`: the file; `uploadFile:fail file not found` if it is not there.
        - `name`: the field that holds the file; `fileName`: what the server is told that it is called, by default
          the last part of its path. `formData`: more fields, whose values become text.
        - `withCredentials`: cookies are kept and sent; on the web they are by default.

        The result has the body as text in `data`, `statusCode`, `header`, `cookies` and `profile`. HarmonyOS's is the
        task, as soon as the upload has begun; React Native has none.
        """
        from .http.upload import upload

        exchange = self._begin("uploadFile", app, options, upload, caller=app)
        task = UploadTask(self.phone, app, exchange)
        if of_vendor(BEGUN_IS_DONE, app, False):
            exchange.begun_with = task
        return None if of_vendor(NO_UPLOAD_TASK, app, False) else task

    @native_task
    def downloadFile(self, app: App, options: Options) -> DownloadTask:
        """`wx.downloadFile`: receives a file by GET. Every status succeeds, and its body is the file.

        - `url`, `header`, `timeout`, `enableHttp2`, `withCredentials`: as for `uploadFile`.
        - `filePath`: where the file is to be, under `USER_DATA_PATH`; without it, it is a temporary file, whose name
          ends as its content type says. The folder has to be there, and the app's room has to suffice.

        The result has `filePath` or `tempFilePath`, `dataLength` in bytes, `statusCode`, `header`, `cookies` and
        `profile`. `downloadFile:fail exceed max file size` for more than `max_download` bytes. A download that fails
        leaves no file, and what was at `filePath` stays.
        """
        from .http.download import download

        return DownloadTask(self.phone, app, self._begin("downloadFile", app, options, download, caller=app))

    async def fetched(self, app: App, url: str, **options: Any) -> Result:
        """What the net answers the phone itself, which asks for the app, as for a font that it draws with.

        The body is bytes unless `options` say otherwise; a failure is the result that programs get of one.
        """
        reply: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

        def complete(result: Result) -> None:
            if not reply.done():  # who waited may have been ended with the phone
                reply.set_result(result)

        self.fetch(app, {"url": url, "responseType": "arraybuffer", **options, "complete": complete})
        result: Result = await reply
        return result

    def fetch(self, app: App, options: Options) -> None:
        """As `request`, by the phone itself for the app, which may be in the background."""
        self._begin("request", app, options, _requesting(), caller=None)

    async def posted(self, url: str, headers: Mapping[str, str], body: bytes, timeout: float) -> tuple[int, bytes]:
        """What a server answers a vendor's server, which is not the phone; see `http/posting.py`."""
        from .http.posting import post

        return await post(self, self._wire(), url, headers, body, timeout)

    def clear(self) -> None:
        """Forgets the cookies and the cached responses of every app."""
        for session in self._sessions.values():
            session.clear()
        if self.phone.persistent:
            from .http.cookies import forget_cookies

            forget_cookies(self.phone.folder)

    @property
    def in_flight(self) -> int:
        """How many requests are under way."""
        return len(self._exchanges)

    def end(self, app: App) -> None:
        """Ends the program's requests: `request:fail interrupted`."""
        end_tasks(self._work_of(app))

    async def aend(self, app: App) -> None:
        """As `end`, and waits for those of the running loop."""
        await aend_tasks(self._work_of(app))

    def close(self) -> None:
        """Closes the connections, each in its own loop, and ends mounted apps. A second call does nothing."""
        try:
            super().close()
        finally:  # a recording that can't be written keeps no connection open
            wires, self._wires = self._wires, {}
            for loop, wire in wires.items():
                close_in(loop, wire.aclose)

    async def aclose(self) -> None:
        """Ends the requests, closes the connections of the running loop and waits; then does as `close`."""
        await aend_tasks([exchange.work for exchange in tuple(self._exchanges)])
        await super().aclose()
        wire = self._wires.pop(asyncio.get_running_loop(), None)
        if wire is not None:
            await wire.aclose()
        self.close()

    def admits(self, url: Url, kind: str = "request") -> bool:
        """Whether programs may talk to the server of `url`, for a `request`, `upload`, `download` or `socket`."""
        domains = self.domains.get(kind, ()) if isinstance(self.domains, Mapping) else self.domains
        origin = f"{url.scheme}://{url.netloc}"
        if domains is None or origin in self.vendors_own:
            return True
        return origin in {domain.lower().rstrip("/") for domain in domains}

    def cookies(self, app: App, url: str) -> dict[str, str]:
        """The `Cookie` header, if there is one, for a page's socket to `url`."""
        return self._session(app).cookies_for(url)

    def timeout(self, app: App, function: str, default: float) -> float:
        """How long a call of `function` may take that does not say it, in milliseconds: the app's `networkTimeout`."""
        declared = self._timeouts.get(app.key, {}).get(function, 0)
        return declared if declared > 0 else default

    def place(self, app: App, wire: Wire) -> asyncio.Semaphore | None:
        """One of the app's places for requests that go out at once; None if it has as many as it wants."""
        if self.max_concurrent is None:
            return None
        return wire.places.setdefault((app.key, self.max_concurrent), asyncio.Semaphore(self.max_concurrent))

    # --- the life of the apps -----------------------------------------------------------------------------------

    def launched(self, app: App, settings: Mapping[str, Any]) -> None:
        """An app with these settings begins."""
        self._timeouts[app.key] = settings.get("networkTimeout") or {}
        self.shown(app)

    def hidden(self, app: App) -> None:
        """An app has gone to the background: soon its requests end, and it may begin none."""
        if of_vendor(GOES_ON, app, False):
            return
        self._deadlines[app.key] = self.phone.clock.now() + BACKGROUND_GRACE
        for exchange in tuple(self._exchanges):
            if exchange.caller == app:
                exchange.accompany(partial(self._interrupt, exchange, app))

    def shown(self, app: App) -> None:
        """An app is to be seen again."""
        self._deadlines.pop(app.key, None)

    # --- its own ------------------------------------------------------------------------------------------------

    async def _interrupt(self, exchange: Exchange, app: App) -> None:
        """Ends the exchange, unless the app comes back in time."""
        deadline = self._deadlines.get(app.key)
        if deadline is not None:
            await self.phone.clock.until(deadline)
            if self._deadlines.get(app.key) == deadline:
                exchange.abort(interrupted())

    def _begin(self, name: str, app: App, options: Options, work: Work, *, caller: App | None) -> Exchange:
        exchange = Exchange(name, options, caller, interrupted)
        hangs = isinstance(options, Unanswered)
        asked = asked_at.set(program.caller()) if caller is not None and self._may_refuse else None
        performed = partial(self._perform, app, exchange, work, hangs=hangs)
        task = self.phone.spawn(exchange.take(performed), takes_time=not hangs)
        if asked is not None:
            asked_at.reset(asked)
        self._exchanges.add(exchange)
        exchange.start(task, self._exchanges.discard)
        if caller is not None and caller.key in self._deadlines:
            exchange.accompany(partial(self._interrupt, exchange, caller))
        return exchange

    async def _perform(self, app: App, exchange: Exchange, work: Work, *, hangs: bool) -> Result:
        if self.phone.closed or self._is_suspended(exchange.caller):
            raise interrupted()
        wire = self._wire()
        return await work(self._session(app), wire.silent() if hangs else wire, exchange)

    def _work_of(self, app: App) -> list[asyncio.Task[None]]:
        return [exchange.work for exchange in tuple(self._exchanges) if exchange.caller is app]

    def _is_suspended(self, app: App | None) -> bool:
        deadline = None if app is None else self._deadlines.get(app.key)
        return deadline is not None and deadline <= self.phone.clock.now()

    def _drop(self) -> None:
        """Ends what is under way as the network goes, in the word that Chromium has for it, and all connections."""
        for exchange in tuple(self._exchanges):
            exchange.abort(net_fail("ERR_NETWORK_CHANGED"))
        for wire in tuple(self._wires.values()):
            wire.drop()

    def _session(self, app: App) -> Session:
        session = self._sessions.get(app.key)
        if session is None:
            from .http.session import Session

            with self._lock:
                session = self._sessions.setdefault(app.key, Session(self, app))
            if self.phone.logs:
                self._router  # noqa: B018 - what is asked for is remembered from now on
        return session

    def _wire(self) -> Wire:
        """The connections of the running loop. Those of loops that are gone are dropped."""
        loop = asyncio.get_running_loop()
        wire = self._wires.get(loop)
        if wire is None:
            from .http.opening import open_wire

            with self._lock:
                self._wires = {old: kept for old, kept in self._wires.items() if not old.is_closed()}
                wire = self._wires[loop] = open_wire(self.keep_alive, self.phone.clock)
        return wire


@cache
def _requesting() -> Work:
    """How a request is made. Its module is imported with the first one, and not looked for at each."""
    from .http.session import Session

    return Session.request


async def _through(around: Around, session: Session, wire: Wire, exchange: Exchange) -> Result:
    """A request that an app has put something around."""
    return await around(exchange.options, partial(session.request, wire, exchange))
