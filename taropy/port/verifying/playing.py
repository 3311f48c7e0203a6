"""A program played through a scenario on a phone of its own; what it did, and what it left."""

from __future__ import annotations

import asyncio
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import TYPE_CHECKING, TextIO, cast

import attrs

from ...phone import Phone
from ...runtime.taro import process_taro, settled, use
from ..engine.unheard import Hearing
from .meaning import meaning, thrown
from .recording import Recording
from .scenario import Scenario
from .sides import Make, Playing, closing

if TYPE_CHECKING:
    from ...runtime.taro import Taro

#: When both programs begin, in seconds since the epoch; the clock stands still but for what moves it.
BEGINNING = 1_767_323_045.0


def play(make: Make, scenario: Scenario, platform: str) -> Recording:
    """Has a program play a scenario; `failure` is what the scenario itself has raised."""
    recording = Recording()
    phone = Phone()
    phone.clock.stop()
    phone.clock.set(BEGINNING)
    with (
        phone,
        _same_chance(),
        redirect_stdout(cast(TextIO, recording)),
        Hearing(lambda error: recording.note("nobody catches", thrown(error))),
    ):
        taro = use(platform, phone=phone, observe=recording.observe)
        try:
            asyncio.run(_play(make, scenario, taro, phone, recording))
        finally:
            process_taro._leave()
    return recording


async def _play(make: Make, scenario: Scenario, taro: Taro, phone: Phone, recording: Recording) -> None:
    with closing(make(taro, recording)) as side:
        program = Playing(side, phone, recording)
        if await program.load():
            try:
                await scenario(program, phone)
            except Exception as error:
                recording.failure = error
                recording.note("the scenario fails", f"{type(error).__name__}: {error}".rstrip(": "))
            await program.idle()
        _note_what_is_left(taro, phone, recording)
    try:
        async with asyncio.timeout(1):
            await settled()
    except TimeoutError:
        pass


def _note_what_is_left(taro: Taro, phone: Phone, recording: Recording) -> None:
    """What the program leaves in storage, on the screen and of pages."""
    app = phone.app(taro.platform.name, taro.platform.native_name)
    keys = sorted(phone.storage.getStorageInfoSync(app)["keys"])
    recording.note("leaves in storage", meaning({key: phone.storage.getStorageSync(app, key) for key in keys}))
    shown = [{"kind": type(each).__name__, **attrs.asdict(each)} for each in phone.screen.history]
    recording.note("has shown", meaning(shown))
    recording.note("leaves the pages", meaning([page.route for page in phone.pages.stack(app)]))


@contextmanager
def _same_chance() -> Iterator[None]:
    """Has chance be the same for both: the programs', and that of the phone's codes and names."""
    before = random.getstate(), secrets.token_bytes, secrets.randbelow
    random.seed(0)
    dice = random.Random(0)

    def token_bytes(count: int | None = None) -> bytes:
        return dice.randbytes(32 if count is None else count)

    secrets.token_bytes, secrets.randbelow = token_bytes, dice.randrange  # type: ignore[assignment]
    try:
        yield
    finally:
        random.setstate(before[0])
        secrets.token_bytes, secrets.randbelow = before[1:]
