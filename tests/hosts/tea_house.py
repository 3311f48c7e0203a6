"""What stands around the round of tea: its shop, the person, and on a phone the app whose pages it opens."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.policy import HTTP
from typing import Any, Self

from servers import Answer, Received, WebServer
from tea_round import ANSWERS, APP

import taropy

TEAS = ["longjing", "tieguanyin", "dianhong", "keemun", "sencha", "assam"]
LEAF = bytes(range(256)) * 40


class TeaHouse:
    """A shop at `url`, for one run: busy at first, and with a first token that is good for one order.

    It answers pages of any origin, as a shop for browsers does.
    """

    def __init__(self) -> None:
        self.orders: list[dict[str, Any]] = []
        self._server = WebServer(self._answer)
        self._logins = 0
        self._spent: set[str] = set()
        self._asked_while_busy = 0

    @property
    def url(self) -> str:
        return self._server.origin

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._server.__exit__(*error)

    async def _answer(self, request: Received) -> Answer:
        headers = (
            ("access-control-allow-origin", request.headers.get("origin", "*")),
            ("access-control-allow-headers", request.headers.get("access-control-request-headers", "*")),
            ("access-control-allow-methods", "GET, POST, OPTIONS"),
            ("access-control-allow-credentials", "true"),
            ("access-control-max-age", "600"),
        )
        if request.method == "OPTIONS":
            return Answer(status=204, headers=headers)
        status, body, *more = await self._said(request)
        return Answer(body, status, (*headers, *more))

    async def _said(self, request: Received) -> tuple[Any, ...]:
        match request.method, request.path:
            case "GET", "/teas":
                skip, count = (int(request.query[name]) for name in ("skip", "count"))
                return 200, TEAS[skip : skip + count]
            case "GET", "/busy":
                self._asked_while_busy += 1
                return (503, {"message": "we are busy"}) if self._asked_while_busy < 3 else (200, {"says": "welcome"})
            case "GET", "/closed":
                return 503, {"message": "we are closed"}
            case "GET", "/broken":
                return 500, {"message": "the kettle is broken"}
            case "GET", "/text":
                return 200, "just a text", ("content-type", "text/plain")
            case "GET", "/leaf":
                return 200, LEAF, ("content-type", "application/octet-stream")
            case "GET", "/slow":
                await asyncio.sleep(0.1)
                return 200, ["late"]
            case _, "/never":
                await asyncio.Event().wait()
            case "POST", "/login":
                self._logins += 1
                return 200, {"token": f"{request.json['name']} {self._logins}".replace(" ", "-")}
            case _, "/orders":
                return self._ordered(request)
            case "POST", "/pictures":
                return 201, _parts(request)
        return 404, {"message": f"there is no {request.path}"}

    def _ordered(self, request: Received) -> tuple[int, Any]:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not token or token in self._spent:
            return 401, {"message": "please sign in"}
        if request.method == "GET":
            return 200, self.orders
        if token.endswith("1"):
            self._spent.add(token)
        self.orders.append({"id": len(self.orders) + 1, "tea": request.json["tea"], "by": token})
        return 201, self.orders[-1]


def _parts(request: Received) -> dict[str, Any]:
    """The fields of a form, and of its file the size, beside what said where it came from."""
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    message = message_from_bytes(head + request.body, policy=HTTP)
    told: dict[str, Any] = {"from": request.headers.get("x-from")}
    for part in message.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content: Any = part.get_payload(decode=True)
        told[name] = len(content) if name == "picture" else content.decode()
    return told


def open_app(taro: taropy.Taro) -> None:
    """Launches an app whose pages are empty, as the one is that `taropy page build` puts into a page."""
    app = taropy.App(APP)
    for route in app.routes:
        app.page(route)(type("Page", (), {}))
    app.launch(taro)


def answer(screen: Any) -> None:
    """The person does what `ANSWERS` says, each when it is asked for."""
    for asked, how in ANSWERS:
        if asked == "modal":
            screen.answer_modal(confirm=how)
        elif how is None:
            screen.cancel_action_sheet()
        else:
            screen.answer_action_sheet(how)
