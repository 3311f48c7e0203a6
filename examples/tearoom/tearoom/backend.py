"""The tea room's backend. It knows nothing of taropy; whom a login code stands for, it is told by `exchange`.

    POST /login {"platform": Taro.getEnv(), "code": Taro.login()'s}   -> {"token": …}
    GET  /teas?skip=0&count=5                                         -> {"teas": [{"id", "name", "notes"}], "more": …}
    GET  /notes, POST /notes (a form with `tea`, `text` and the file `picture`), with the token

The token goes into the header `Authorization: Bearer …`. Every error is an object with `message`.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from email import message_from_bytes
from email.policy import HTTP
from typing import Any, cast

import attrs
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TEAS = (
    "Longjing", "Tieguanyin", "Pu'er", "Dianhong", "Baihao Yinzhen", "Keemun", "Da Hong Pao", "Bi Luo Chun",
)  # fmt: skip


class LoginRefused(Exception):
    """The login code stands for nobody; the text tells the user why."""


#: Whom a platform's login code stands for; raises `LoginRefused`.
Exchange = Callable[[str, str], Awaitable[str]]


@attrs.define
class TeaRoom:
    """What the routes work with: who has which token, and what was written. It lasts as long as the process."""

    exchange: Exchange
    users: dict[str, str] = attrs.field(factory=dict)
    notes: list[dict[str, Any]] = attrs.field(factory=list)

    async def log_in(self, request: Request) -> Response:
        asked = await request.json()
        platform, code = str(asked["platform"]), str(asked["code"])
        try:
            user = await self.exchange(platform, code)
        except LoginRefused as refused:
            raise HTTPException(400, str(refused)) from refused
        token = secrets.token_urlsafe()
        self.users[token] = f"{platform}/{user}"
        return JSONResponse({"token": token})

    async def teas(self, request: Request) -> Response:
        skip, count = (int(request.query_params[name]) for name in ("skip", "count"))
        page = [
            {"id": str(number), "name": name, "notes": sum(note["teaId"] == str(number) for note in self.notes)}
            for number, name in enumerate(TEAS)
        ]
        return JSONResponse({"teas": page[skip : skip + count], "more": skip + count < len(TEAS)})

    async def own_notes(self, request: Request) -> Response:
        user = self._user(request)
        return JSONResponse([_public(note) for note in self.notes if note["user"] == user])

    async def write(self, request: Request) -> Response:
        user = self._user(request)
        form = _parts(request.headers["content-type"], await request.body())
        tea, picture = form["tea"].decode(), form["picture"]
        note = {"user": user, "teaId": tea, "tea": TEAS[int(tea)], "text": form["text"].decode(), "size": len(picture)}
        self.notes.append(note)
        return JSONResponse(_public(note), 201)

    def _user(self, request: Request) -> str:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self.users:
            raise HTTPException(401, "the token is missing or unknown")
        return self.users[token]


def create_app(exchange: Exchange) -> Starlette:
    """The backend as an ASGI app."""
    room = TeaRoom(exchange)
    routes = [
        Route("/login", room.log_in, methods=["POST"]),
        Route("/teas", room.teas),
        Route("/notes", room.own_notes),
        Route("/notes", room.write, methods=["POST"]),
    ]
    wrong = dict.fromkeys((LookupError, TypeError, ValueError), _misunderstood)
    return Starlette(routes=routes, exception_handlers={HTTPException: _told, **wrong})


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"message": error.detail}, error.status_code)


async def _misunderstood(request: Request, error: Exception) -> Response:
    return JSONResponse({"message": "the tea room does not understand what it is asked"}, 400)


def _public(note: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in note.items() if name != "user"}


def _parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """The fields of a form with files: a MIME message, without its head."""
    message = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body, policy=HTTP)
    named = ((part.get_param("name", header="content-disposition"), part) for part in message.iter_parts())
    return {str(name): cast(bytes, part.get_payload(decode=True)) for name, part in named}
