"""What stands around the app: the vendors' open platform, and the tea room's backend."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx2

from taropy import Phone

from .backend import Exchange, LoginRefused, create_app

# How a backend asks each vendor whom a login code stands for, the login example shows.
sys.path.append(str(Path(__file__).parents[2] / "login"))

from backend.serving import serving
from backend.settings import Settings, VendorApp
from backend.vendors import Refused, Unreachable, identify
from world import apps_at_vendors, backend_at


@contextmanager
def world(phone: Phone) -> Iterator[str]:
    """Both servers, on the loopback interface, for the apps on this phone; gives the backend's address."""
    with phone.open_platform.serve() as vendors:
        settings = Settings.from_env({"OPEN_PLATFORM_URL": vendors.url, **apps_at_vendors(phone)})
        with serving(create_app(exchange_at(settings.apps))) as url, backend_at(url):
            yield url


def exchange_at(apps: Mapping[str, VendorApp]) -> Exchange:
    """Whom a login code stands for, by the vendors that the tea room has an app at."""

    async def exchange(platform: str, code: str) -> str:
        if platform not in apps:
            raise LoginRefused(f"the tea room cannot sign in users of {platform}")
        async with httpx2.AsyncClient() as client:
            try:
                return (await identify(client, platform, apps[platform], code)).openid
            except (Refused, Unreachable) as error:
                raise LoginRefused(f"{platform} did not sign you in: {error}") from error

    return exchange
