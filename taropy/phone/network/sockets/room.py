"""The phone's sockets: who may have how many, and the functions that make them.

Behaviour and wording are WeChat's: developers.weixin.qq.com/miniprogram/dev/api/network/websocket/wx.connectSocket.html
and the pages beside it on TCP and UDP; where vendors differ, see `rules`.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncGenerator
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar

from ....extras import need
from ...core.answers import Fail, Options, Unanswered, extras_told, finish
from ...core.app import App
from ...core.events import on
from ...core.functions import answered, native_task, plain
from ...core.listening import Listeners
from ...core.loops import aclose_each, at_end_of_loop, close_each
from ...core.vendors import of_vendor
from ..domains import listed
from ..http.failures import interrupted, not_in_domain_list
from .faults import TRANSPORT, Fault
from .link import Link, drop_all, loop_of
from .listeners import Latest
from .routed import RoutedSockets
from .rules import RULES, WECHAT, Rules, is_local

if TYPE_CHECKING:
    from ...core.faces import Phone
    from .handshake import Handshake
    from .tcp import TCPSocket
    from .udp import UDPSocket
    from .websocket import SocketTask

Loop = asyncio.AbstractEventLoop

MEBIBYTE = 1024 * 1024
# In which time `max_tcp_sockets` may be made, in seconds.
TCP_PERIOD = 300


class Sockets(RoutedSockets, name="sockets"):
    """The sockets of the phone's apps, and what a test may set on them.

    - `max_web_sockets`: how many WebSockets an app may have at once, where its vendor has a limit; None lifts it.
    - `max_tcp_sockets`: how many TCP sockets an app may make in five minutes; None lifts that.
    - `max_message_size`: the bytes of the longest WebSocket message that is taken, however it comes. No vendor tells
      its own; this is there so that a server can not use up the computer's memory.
    - `max_unsent_size`: how many bytes may wait in a WebSocket or a TCP socket for a server that does not take them.
      Who sends more breaks the connection, as the web's standard has it. None lifts either.

    Sockets belong to the event loop in which they were made, and end with it if it is run by `asyncio.run` or
    `asyncio.Runner`, and with the phone. When the phone's network goes they break, as on a phone.
    """

    STATE: ClassVar[tuple[str, ...]] = ("max_web_sockets", "max_tcp_sockets", "max_message_size", "max_unsent_size")

    def __init__(self, phone: Phone) -> None:
        super().__init__(phone)
        self.max_web_sockets: int | None = 5
        self.max_tcp_sockets: int | None = 20
        self.max_message_size: int | None = 64 * MEBIBYTE
        self.max_unsent_size: int | None = 64 * MEBIBYTE
        self._links: set[Link] = set()
        self._guards: dict[Loop, AsyncGenerator[None]] = {}
        self._tasks: defaultdict[str, list[SocketTask]] = defaultdict(list)
        self._globals: dict[str, Listeners] = {}
        self._made: defaultdict[str, deque[float]] = defaultdict(deque)
        self._identities: dict[str, dict[str, str]] = {}
        self._ids = count(1)
        phone.network.listeners.on("offline", partial(self._drop_all, TRANSPORT))

    # --- WebSocket ------------------------------------------------------------------------------------------------

    @native_task
    def connectSocket(self, app: App, options: Options) -> SocketTask | None:
        """`wx.connectSocket`: begins a WebSocket, and returns its task. Whether it opens is told to listeners.

        - `url`: absolute, ws or wss, else `connectSocket:fail invalid url "…"`.
        - `header`: as for `request`; `protocols`: subprotocols to choose from, the server's choice is among the
          headers that `onOpen` is told.
        - `timeout`: milliseconds for connecting, unless given as the app's settings say (`networkTimeout`), else 60,000
          (30,000 on Alipay).
        - `perMessageDeflate`: compresses messages if the server does so too.
        - `tcpNoDelay`, `forceCellularNetwork`: taken and without effect; the computer never waits to send.

        An app has five sockets at once at the most, two on React Native, on platforms that have such a limit.
        """
        rules = of_vendor(RULES, app, WECHAT)
        try:
            task = self._begin(app, options, rules)
        except Fail as failure:
            finish(options, failure.answer("connectSocket"), ok=False)
            return None
        told = {"socketTask": task} if rules.gives_task else {}
        finish(options, {"errMsg": task.errMsg, "socketTaskId": task.socketTaskId, **told}, ok=True)
        return None if task.is_global and rules.single else task

    @answered
    def sendSocketMessage(self, app: App, options: Options) -> None:
        """`wx.sendSocketMessage`: sends `data` by the app's WebSocket, which must be open; see `audience`."""
        from .websocket import message_of

        message = message_of(options, of_vendor(RULES, app, WECHAT))
        self._open_global(app).connection.send(message)

    @answered
    def closeSocket(self, app: App, options: Options) -> None:
        """`wx.closeSocket`: ends the app's WebSocket, which must be open; see `SocketTask.close` for the options."""
        from .websocket import farewell

        code, reason = farewell(options, of_vendor(RULES, app, WECHAT))
        self._open_global(app).connection.close(code, reason)

    onSocketOpen = on("open", "As `SocketTask.onOpen`, for the app's WebSocket: see `audience`.")
    onSocketMessage = on("message", "As `SocketTask.onMessage`, for the app's WebSocket: see `audience`.")
    onSocketError = on("error", "As `SocketTask.onError`, for the app's WebSocket: see `audience`.")
    onSocketClose = on("close", "As `SocketTask.onClose`, for the app's WebSocket: see `audience`.")

    def audience(self, app: App) -> Listeners:
        """Who listens by the global functions.

        These are about one socket: the first of those that are there, or on Alipay the one that was made without
        `multiple`. A listener takes the place of the one before, but on Alipay, where all are told. (Sources: for the
        first one, doc.dcloud.net.cn on `uni.onSocketOpen`; for the one listener, didi/dimina, which copies WeChat.)
        """
        known = self._globals.get(app.key)
        if known is None:
            single = of_vendor(RULES, app, WECHAT).single
            known = self._globals[app.key] = Listeners() if single else Latest()
        return known

    def _begin(self, app: App, options: Options, rules: Rules) -> SocketTask:
        _need_websockets()
        from .connection import Limits
        from .handshake import compose
        from .websocket import SocketTask

        kind: type[SocketTask] = SocketTask
        hangs = isinstance(options, Unanswered)
        if rules.of_page:
            from .web import PageSocketTask

            kind, handshake = PageSocketTask, self._handshake_of_page(app, options)
        else:
            timeout = self.phone.network.timeout(app, "connectSocket", rules.timeout)
            asked = options if rules.protocols else {**options, "protocols": None}
            handshake = compose(asked, self._identity(app), timeout)
        self._check(app, options["url"], rules)
        audience = self.audience(app) if self._is_global(app, options, rules) else None
        tasks = self._tasks[app.key]
        task = kind(self.phone, app, next(self._ids), rules, audience, ended=tasks.remove)
        tasks.append(task)
        limits = Limits(message=self.max_message_size, unsent=self.max_unsent_size)
        task.begin(handshake.silent() if hangs else self._by_routes(handshake, app), limits)
        self.phone.network.look_on(task.connection, handshake)
        return task

    def _handshake_of_page(self, app: App, options: Options) -> Handshake:
        from .web import handshake

        cookies = partial(self.phone.network.cookies, app)
        return handshake(options, self._identity(app)["User-Agent"], self.phone.browser.origin, cookies)

    def _check(self, app: App, url: str, rules: Rules) -> None:
        if self.phone.closed:
            raise interrupted()
        if listed(app, "socket") and not self._admits_url(url):
            raise not_in_domain_list()
        limit = self.max_web_sockets
        if limit is None or rules.limit_reason is None:
            return
        limit = limit if rules.limit is None else min(limit, rules.limit)
        # taro-rn counts no socket any more that the program has closed.
        counted = [
            each for each in self._tasks[app.key] if rules.farewell is None or each.connection.state < each.CLOSING
        ]
        if len(counted) >= limit:
            raise Fail(rules.limit_reason.format(limit=limit))

    def _is_global(self, app: App, options: Options, rules: Rules) -> bool:
        """Whether the global functions are about the new socket. Raises `Fail` where there may be one such only."""
        there_is_one = self._global(app) is not None
        if not rules.single:
            return not there_is_one
        if options.get("multiple"):
            return False
        if there_is_one:
            raise Fail("该 appId，SocketTaskID 对应的 WebSocket 已存在")
        return True

    def _global(self, app: App) -> SocketTask | None:
        return next((one for one in self._tasks[app.key] if one.is_global and one.connection.state <= one.OPEN), None)

    def _open_global(self, app: App) -> SocketTask:
        from .websocket import NOT_CONNECTED

        task = self._global(app)
        if task is None or task.connection.state != task.OPEN:
            raise Fail(NOT_CONNECTED)
        return task

    def _identity(self, app: App) -> dict[str, str]:
        """The headers that the app's handshakes carry: who asks, and from which app."""
        known = self._identities.get(app.key)
        if known is None:
            headers = self.phone.system.identity(app)
            known = {name: headers[name] for name in ("User-Agent", "Referer") if name in headers}
            self._identities[app.key] = known
        return known

    # --- TCP and UDP ----------------------------------------------------------------------------------------------

    @plain
    def createTCPSocket(self, app: App, *_: Any) -> TCPSocket:
        """`wx.createTCPSocket`: a TCP socket, see `TCPSocket`. An app may make 20 of them in five minutes."""
        from .tcp import TCPSocket

        made, now = self._made[app.key], self.phone.clock.now()
        while made and made[0] <= now - TCP_PERIOD:
            made.popleft()
        if self.max_tcp_sockets is not None and len(made) >= self.max_tcp_sockets:
            raise Fail(f"exceed max count {self.max_tcp_sockets} in 5 minutes")
        made.append(now)
        return TCPSocket(self.phone, app)

    @plain
    def createUDPSocket(self, app: App, type: str | None = None, *_: Any) -> UDPSocket:
        """`wx.createUDPSocket`: a UDP socket, of IPv4 ("udp4") unless `type` is "udp6"; see `UDPSocket`."""
        from .udp import UDPSocket

        if type not in (None, "udp4", "udp6"):
            raise Fail(f"parameter error: type should be udp4 or udp6 instead of {type}")
        return UDPSocket(self.phone, app, ipv6=type == "udp6")

    # --- for the sockets ------------------------------------------------------------------------------------------

    def admits(self, scheme: str, host: str) -> bool:
        """Whether programs may have sockets of this kind to `host`; within the local network they always may."""
        return is_local(host) or self._admits_url(f"{scheme}://[{host}]" if ":" in host else f"{scheme}://{host}")

    def _admits_url(self, url: str) -> bool:
        network = self.phone.network
        if network.domains is None:
            return True
        from ...core.urls import Url

        return network.admits(Url(url), "socket")

    def keep(self, link: Link) -> None:
        """Remembers a socket, so that it ends with its loop and with the phone."""
        self._links.add(link)
        if link.loop not in self._guards:
            self._guards = {loop: guard for loop, guard in self._guards.items() if not loop.is_closed()}
            self._guards[link.loop] = at_end_of_loop(partial(self._end_loop, link.loop))

    def let_go(self, link: Link) -> None:
        """Forgets a socket of which nothing is left."""
        self._links.discard(link)

    # --- the end --------------------------------------------------------------------------------------------------

    def end(self, app: App) -> None:
        """Ends the program's sockets, and its search for services, each in its own loop."""
        close_each(self._links_of(app), loop_of, drop_all)

    async def aend(self, app: App) -> None:
        """As `end`, and waits for those of the running loop."""
        await aclose_each(self._links_of(app), loop_of, drop_all)

    def close(self) -> None:
        """Ends every socket, each in its own loop. A second call does nothing."""
        close_each(tuple(self._links), loop_of, drop_all)

    async def aclose(self) -> None:
        """As `close`, and waits for those of the running loop."""
        await aclose_each(self._links, loop_of, drop_all)

    def _links_of(self, app: App) -> list[Link]:
        return [link for link in tuple(self._links) if link.app is app]

    async def _end_loop(self, loop: Loop) -> None:
        await drop_all([link for link in tuple(self._links) if link.loop is loop])

    def _drop_all(self, fault: Fault) -> None:
        for link in tuple(self._links):
            if not link.loop.is_closed():
                link.loop.call_soon_threadsafe(link.drop, fault)


def _need_websockets() -> None:
    with extras_told():
        need("websockets", extra="socket")
