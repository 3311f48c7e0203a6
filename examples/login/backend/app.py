"""The backend's HTTP interface.

    POST /login    {"platform": Taro.getEnv(), "code": Taro.login()'s}   -> {"token": …, "expiresIn": seconds}
    GET  /teas     for everybody
    GET  /me, GET /orders, POST /orders {"tea": …}, POST /profile {"encryptedData": …, "iv": …}   with the token

The token goes into the header `Authorization: Bearer …`; without a good one the answer is 401. Every error is an object
with `error`, a word for programs, and `message`, a sentence for people.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import attrs
import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from .open_data import decrypted
from .settings import Settings
from .store import Store, User
from .vendors import Refused, Unreachable, identify

TEAS = ("Longjing", "Tieguanyin", "Pu'er")
VENDOR_TIMEOUT = 10.0


class Problem(Exception):
    """An answer other than success."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = error
        self.message = message


@attrs.define
class Shop:
    """What the routes work with. `now` is the time in seconds, by which tokens expire."""

    settings: Settings
    store: Store
    now: Callable[[], float]
    client: httpx2.AsyncClient = attrs.field(init=False)

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        """One HTTP client for all calls to the vendors, for as long as the server runs."""
        async with httpx2.AsyncClient(timeout=VENDOR_TIMEOUT) as self.client:
            yield
        self.store.close()

    async def log_in(self, request: Request) -> JSONResponse:
        platform, code = await _texts(request, "platform", "code")
        app = self.settings.apps.get(platform)
        if app is None:
            raise Problem(501, "platform_not_set_up", f"this shop cannot sign in users of {platform}")
        try:
            user = await identify(self.client, platform, app, code)
        except Refused as refused:
            raise Problem(400, "login_refused", f"{platform} refused the login: {refused}") from refused
        except Unreachable as fault:
            raise Problem(502, "vendor_unreachable", f"{platform} could not be asked: {fault}") from fault
        user_id = self.store.log_in(platform, user.openid, user.session_key)
        lifetime = self.settings.token_lifetime
        token = self.store.new_token(user_id, self.now(), lifetime)
        return JSONResponse({"token": token, "expiresIn": lifetime})

    async def teas(self, request: Request) -> JSONResponse:
        return JSONResponse(TEAS)

    async def me(self, request: Request) -> JSONResponse:
        user = self._user(request)
        return JSONResponse(
            {"id": user.id, "platform": user.platform, "nickname": user.nickname, "logins": user.logins}
        )

    async def orders(self, request: Request) -> JSONResponse:
        return JSONResponse(self.store.orders_of(self._user(request)))

    async def place_order(self, request: Request) -> JSONResponse:
        user = self._user(request)
        (tea,) = await _texts(request, "tea")
        if tea not in TEAS:
            raise Problem(400, "no_such_tea", f"we have no {tea}, but {', '.join(TEAS)}")
        return JSONResponse({"id": self.store.place_order(user, tea), "tea": tea}, 201)

    async def save_profile(self, request: Request) -> JSONResponse:
        user = self._user(request)
        encrypted_data, iv = await _texts(request, "encryptedData", "iv")
        if user.session_key is None:
            raise Problem(501, "no_open_data", f"{user.platform} encrypts nothing for its apps' backends this way")
        try:
            profile = decrypted(encrypted_data, iv, user.session_key, self.settings.apps[user.platform].appid)
        except ValueError as error:
            raise Problem(400, "cannot_decrypt", "the profile cannot be decrypted with this session's key") from error
        self.store.set_nickname(user, str(profile["nickName"]))
        return JSONResponse({"nickname": profile["nickName"]})

    def _user(self, request: Request) -> User:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        user = self.store.user_of(token, self.now()) if scheme == "Bearer" else None
        if user is None:
            raise Problem(401, "not_signed_in", "the token is missing, unknown or expired")
        return user


async def _texts(request: Request, *names: str) -> list[str]:
    """The fields of the JSON object in the body, all of which have to be texts."""
    try:
        body = await request.json()
        texts = [body[name] for name in names]
    except (ValueError, RecursionError, KeyError, TypeError):
        texts = []
    if not texts or not all(isinstance(text, str) and text for text in texts):
        raise Problem(400, "bad_request", f"the body has to be a JSON object with the texts {', '.join(names)}")
    return texts


async def _problem(request: Request, problem: Exception) -> JSONResponse:
    assert isinstance(problem, Problem)
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else None
    return JSONResponse({"error": problem.error, "message": problem.message}, problem.status, headers)


def create_app(settings: Settings, now: Callable[[], float] = time.time) -> Starlette:
    """The backend as an ASGI app."""
    shop = Shop(settings, Store(settings.database), now)
    return Starlette(
        routes=[
            Route("/login", shop.log_in, methods=["POST"]),
            Route("/teas", shop.teas),
            Route("/me", shop.me),
            Route("/orders", shop.orders),
            Route("/orders", shop.place_order, methods=["POST"]),
            Route("/profile", shop.save_profile, methods=["POST"]),
        ],
        exception_handlers={Problem: _problem},
        lifespan=shop.lifespan,
    )
