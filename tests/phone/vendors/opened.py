"""A phone that a program of some platform runs on, with what its functions may want to answer."""

from __future__ import annotations

import contextlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from drawn import code, picture, video
from servers import Answer, WebServer
from tabbed import launched

import taropy
from taropy.phone import Phone

SOURCES = Path(taropy.__file__).parent / "phone" / "sources"

IPHONE, ANDROID = "iPhone 15 Pro", "Pixel 8"


def documented(platform: str) -> dict[str, Any]:
    """What is written of the platform's functions, by Taro's names."""
    tables: dict[str, Any] = tomllib.loads((SOURCES / f"{platform}.toml").read_text("utf-8"))
    return tables


class World:
    """The phone, the native object of a launched app on it, a server, and a picture, a video and a code as files."""

    def __init__(self, taro: Any, web: WebServer, folder: Path) -> None:
        self.phone = taro.phone
        self.native = taro.phone.native(taro.platform.name, taro.platform.native_name)
        self.web = web
        self.picture = folder / "garden.png"
        self.video = folder / "garden.mp4"
        self.code = folder / "code.png"

    def file(self) -> str:
        """A picture that the app has as a temporary file."""
        app = next(app for app in self.phone.apps)
        path: str = self.phone.files.import_file(app, self.picture)
        return path


@contextlib.contextmanager
def opened(platform: str, folder: Path, device: str = IPHONE) -> Iterator[World]:
    """The world of an app on `platform`, on a phone that is this `device`."""
    picture(folder / "garden.png")
    video(folder / "garden.mp4")
    code(folder / "code.png", "tea")
    body = (folder / "garden.png").read_bytes()
    with (
        WebServer(lambda asked: Answer(body if asked.path == "/picture" else {"path": asked.path})) as web,
        Phone(user="alice", device=device) as phone,
        taropy.create(platform, phone=phone) as taro,
    ):
        launched(taro)
        yield World(taro, web, folder)
