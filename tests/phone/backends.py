"""What a program gets by a login, and what its backend gets for it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from natively import call
from wechatpy import WeChatClient

from taropy.phone import Phone
from taropy.phone.core.apps import default_secret

APPID = Phone().app("weapp").appid
SECRET = default_secret(APPID)


def code(phone: Phone, platform: str = "weapp", native_name: str = "wx", function: str = "login") -> str:
    """What the program sends to its backend."""
    answer = call(phone.native(platform, native_name), function)
    return str(answer.get("code") or answer["authCode"])


def exchange(phone: Phone, code: str, platform: str = "weapp") -> Any:
    """What a backend gets for the code."""
    app = phone.open_platform.app(phone.app(platform).appid, platform)
    assert app is not None
    return phone.open_platform.exchange(app, code)


def log_in(phone: Phone, platform: str = "weapp", native_name: str = "wx") -> Any:
    """Logs in and exchanges the code."""
    return exchange(phone, code(phone, platform, native_name), platform)


def decrypted(data: str, iv: str, session_key: str) -> bytes:
    """As a backend decrypts it, padding removed."""
    key = base64.b64decode(session_key)
    decryptor = Cipher(algorithms.AES(key), modes.CBC(base64.b64decode(iv))).decryptor()
    plain = decryptor.update(base64.b64decode(data)) + decryptor.finalize()
    return plain[: -plain[-1]]


class BackendClient(WeChatClient):  # type: ignore[misc]
    """wechatpy's client, pointed at another address."""

    def __init__(self, url: str, appid: str = APPID, secret: str = SECRET) -> None:
        self.API_BASE_URL = f"{url}/"
        super().__init__(appid, secret, auto_retry=False)
        self.wxa.API_BASE_URL = self.API_BASE_URL

    def fetch_access_token(self) -> Any:
        """As wechatpy does it, whose address for this is a constant."""
        query = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        return self._fetch_access_token(f"{self.API_BASE_URL}cgi-bin/token", query)


@contextmanager
def backend_of(phone: Phone) -> Iterator[BackendClient]:
    """The client, which asks the phone's open platform."""
    with phone.open_platform.serve() as server:
        client = BackendClient(server.url)
        yield client
        client._http.close()
