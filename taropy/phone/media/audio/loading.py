"""Finds the sound that an address of a program names, on the phone or in the network, and looks through it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from ...core.answers import Fail
from ...core.data_urls import DATA, of_data_url
from .sounds import Abandoned, NotASound, Sound, look, plays_on

if TYPE_CHECKING:
    from ...core.app import App
    from ...core.faces import Phone

#: What programs are told of a sound that does not play: developers.weixin.qq.com, "InnerAudioContext.onError". Alipay
#: has the same table. The words are ours.
SYSTEM, NETWORK, FILE, FORMAT, UNKNOWN = 10001, 10002, 10003, 10004, -1
#: How large a file is kept, in bytes.
KEPT = 32 << 20


class Unplayable(Exception):
    """Nothing comes of it; `code` is what programs are told."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code


@attrs.frozen
class Loading:
    """The search for one sound, as long as it `goes_on`."""

    phone: Phone
    app: App
    src: str
    goes_on: Callable[[], bool]

    async def sound(self) -> Sound:
        """The sound that there is; `Unplayable` if there is none."""
        given = await self._given()
        try:
            sound = await asyncio.to_thread(self._looked_at, given)
        except (NotASound, Abandoned) as error:
            raise Unplayable(FORMAT, f"format error: {error}") from error
        except OSError as error:
            raise Unplayable(FILE, f"file error: {error.strerror or error}") from error
        system = self.phone.system.device.platform
        if not plays_on(sound, system):
            raise Unplayable(FORMAT, f"format error: {sound.form} is not played on {system}")
        return sound

    def _looked_at(self, given: Path | bytes) -> Sound:
        """The sound. Most files are kept in memory, so that what was heard can be told though they are deleted."""
        if isinstance(given, Path) and given.stat().st_size <= KEPT:
            given = given.read_bytes()
        return look(given, self.goes_on)

    async def _given(self) -> Path | bytes:
        if self.src.startswith(DATA):
            try:
                return of_data_url(self.src)[1]
            except ValueError as error:
                raise Unplayable(FILE, f"file error: {error}") from error
        if self.phone.files.in_network(self.app, self.src):
            return await self._fetched()
        try:
            return self.phone.files.local(self.app, self.src)
        except Fail as failure:
            raise Unplayable(FILE, f"file error: {failure.reason.lstrip(': ')}") from failure

    async def _fetched(self) -> bytes:
        reply = await self.phone.network.fetched(self.app, self.src)
        status = reply.get("statusCode")
        if status is None:
            reason = str(reply.get("errMsg", "")).partition("fail")[2].lstrip(": ")
            raise Unplayable(NETWORK, f"network error: {reason}")
        if status != 200:
            raise Unplayable(NETWORK, f"network error: status {status}")
        return bytes(reply["data"])
