"""Programs that are recorded and played, and native objects for them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import taropy

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")

ROOM = "wss://chat.example.com/room"
API = "https://api.example.com"

Program = Callable[[Any], Awaitable[Any]]


def recorded(file: Path, program: Program, platform: str = "weapp", over: Any = "phone", **options: Any) -> Any:
    """Runs the program over a host, and keeps what that does; gives what the program has returned."""
    with taropy.create(platform, host="record", over=over, trace=file, **options) as taro:
        return taropy.run(lambda: program(taro))


def played(file: Path, program: Program, platform: str = "weapp") -> Any:
    """Runs it from the trace, from which it is not to depart."""
    with taropy.create(platform, host="replay", trace=file) as taro:
        outcome = taropy.run(lambda: program(taro))
        assert taro.native.departures == []
        assert taro.native.unmade == []
    return outcome


def lines(file: Path) -> list[dict[str, Any]]:
    """The lines of a trace."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def written(file: Path, *lines: Any, platform: str = "weapp") -> Path:
    """A trace with these lines."""
    head = {"taropy-trace": 1, "platform": platform, "host": "phone"}
    file.write_text("".join(f"{json.dumps(line)}\n" for line in (head, *lines)), "utf-8")
    return file


class Later:
    """A native object whose calls are answered when the test says so, by their numbers from 0 on."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("_"):
            raise AttributeError(name)
        return lambda options: self.calls.append((name, options))

    def succeed(self, number: int, **result: Any) -> None:
        """Answers a call."""
        self.calls[number][1]["success"](result)


async def turns(count: int = 5) -> None:
    """Lets the loop go round."""
    for _ in range(count):
        await asyncio.sleep(0)


# --- programs ------------------------------------------------------------------------------------------------------


def served() -> taropy.Phone:
    """A phone with a server that it asks."""
    phone = taropy.Phone()
    phone.network.unrouted = "fail"
    phone.network.route(f"{API}/teas", json={"teas": ["Oolong"], "total": 1})
    phone.network.route(f"{API}/photo", body=bytes(range(256)) * 64)
    phone.sockets.route(ROOM, on_message=lambda side, message: f"echo {message}")
    return phone


async def everyday(taro: Any) -> list[Any]:
    """What programs do: storage, dialogs, failures, things that a platform may lack."""
    told: list[Any] = []
    await taro.setStorage(key="cart", data="two teas")
    if taro.canIUse("getStorageSync"):
        told.append(taro.getStorageSync("cart"))
    told.append((await taro.getStorage(key="cart")).data)
    try:
        await taro.getStorage(key="nothing")
    except taropy.TaroError as error:
        told.append((error.errMsg, error.errCode))
    told.append((await taro.showModal(title="Sure?", content="…")).confirm)
    told.append((await taro.getNetworkType()).networkType)
    told.append([name for name in ("login", "scanCode", "getRandomValues", "notThere") if taro.canIUse(name)])
    system = await taro.getSystemInfo()
    told.append((system.platform, system.windowWidth))
    return told


async def listening(taro: Any) -> list[Any]:
    """What a socket tells, in its order."""
    told: list[Any] = []
    closed = asyncio.get_running_loop().create_future()
    task = await taro.connectSocket(url=ROOM)

    def hear(message: Any) -> None:
        told.append(message.data)
        if message.data == "echo one":
            task.send(data="two")
        else:
            task.close()

    def open_(_: Any) -> None:
        told.append("open")
        task.send(data="one")

    def close(event: Any) -> None:
        told.append("closed")
        closed.done() or closed.set_result(None)

    task.onOpen(open_)
    task.onMessage(hear)
    task.onClose(close)
    await closed
    return told


async def fetching(taro: Any) -> list[Any]:
    """Requests with tasks, one that is aborted, files."""
    told: list[Any] = []
    one, two = await asyncio.gather(
        taro.request(url=f"{API}/teas"), taro.request(url=f"{API}/teas", data={"page": "2"})
    )
    told += [one.data, two.statusCode]
    heard: list[float] = []
    loading = taro.downloadFile(url=f"{API}/photo")
    loading.onProgressUpdate(lambda event: heard.append(event.progress))
    told += [(await loading).statusCode, heard[-1:]]
    ending = taro.request(url=f"{API}/teas")
    ending.abort()
    try:
        await ending
    except taropy.TaroError as error:
        told.append(error.errMsg)
    return told
