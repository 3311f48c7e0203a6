"""What stands around the app: WeChat's open platform, and the tea room's backend."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import uvicorn

from taropy import Phone

from .backend import Exchange, create_app

HOST = "127.0.0.1"


@contextmanager
def world(phone: Phone) -> Iterator[str]:
    """Both servers, on the loopback interface, for the app on this phone; gives the backend's address."""
    app = phone.open_platform.register(phone.app("weapp").appid, platform="weapp")
    with phone.open_platform.serve() as vendor, _served(exchange_at(vendor.url, app.appid, app.secret)) as url:
        before = os.environ.get("TARO_APP_API")
        os.environ["TARO_APP_API"] = url
        try:
            yield url
        finally:
            if before is None:
                del os.environ["TARO_APP_API"]
            else:
                os.environ["TARO_APP_API"] = before


def exchange_at(vendor: str, appid: str, secret: str) -> Exchange:
    """WeChat's `code2Session`: whom a login code stands for."""

    async def exchange(code: str) -> str | None:
        query = {"appid": appid, "secret": secret, "js_code": code, "grant_type": "authorization_code"}
        async with httpx2.AsyncClient() as client:
            answer = (await client.get(f"{vendor}/sns/jscode2session", params=query)).json()
        openid: str | None = answer.get("openid")
        return openid

    return exchange


@contextmanager
def _served(exchange: Exchange) -> Iterator[str]:
    """The backend, in a thread; gives the base of its addresses."""
    server = uvicorn.Server(uvicorn.Config(create_app(exchange), log_config=None, access_log=False, ws="none"))
    with socket.create_server((HOST, 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],), name="tea room")
        thread.start()
        try:
            yield f"http://{HOST}:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
