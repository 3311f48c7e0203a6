"""What stands around the program: the vendors' open platform, and the shop's backend."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from backend import Settings, create_app
from backend.serving import serving
from backend.settings import OPEN_PLATFORMS
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from taropy import Phone


@contextmanager
def world(phone: Phone) -> Iterator[str]:
    """Both servers, on the loopback interface, for the apps on this phone; gives the backend's address.

    The backend's clock is the phone's, so that a token expires when the phone's clock is advanced.
    """
    with TemporaryDirectory() as folder, phone.open_platform.serve() as vendors:
        env = {"OPEN_PLATFORM_URL": vendors.url, "DATABASE": f"{folder}/shop.sqlite", **apps_at_vendors(phone)}
        with serving(create_app(Settings.from_env(env), now=phone.clock.now)) as url, backend_at(url):
            yield url


@contextmanager
def backend_at(url: str) -> Iterator[None]:
    """The program finds the backend at this address, for as long as it is there."""
    before = os.environ.get("TARO_APP_API")
    os.environ["TARO_APP_API"] = url
    try:
        yield
    finally:
        del os.environ["TARO_APP_API"]
        if before is not None:
            os.environ["TARO_APP_API"] = before


def apps_at_vendors(phone: Phone) -> Mapping[str, str]:
    """What a developer carries from the vendors' consoles into the backend's environment: ids and secrets."""
    private_key, public_key = rsa_keys()
    env: dict[str, str] = {}
    for vendor in OPEN_PLATFORMS:
        platform = vendor.lower()
        signs = platform == "alipay"
        app = phone.open_platform.register(
            phone.app(platform).appid, platform=platform, public_key=public_key if signs else None
        )
        env |= {f"{vendor}_APPID": app.appid, f"{vendor}_SECRET": private_key if signs else app.secret}
    return env


def rsa_keys() -> tuple[str, str]:
    """A new key for an app at Alipay: the private half for the backend, the public half for the console; both PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()
