"""What the phones of the soak do: every kind of call, what goes well and what does not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import attrs

from taropy import Phone, TaroError


@attrs.frozen
class Place:
    """A phone's program, and where the servers are."""

    taro: Any
    phone: Phone
    servers: str

    def url(self, path: str) -> str:
        """An address at the HTTP server."""
        return f"http://{self.servers}/{path}"


Work = Callable[[Place], Awaitable[None]]


async def _fails(work: Awaitable[object]) -> None:
    """Waits for what has to fail."""
    try:
        await work
    except TaroError:
        return
    raise AssertionError("this call had to fail")


async def requests(at: Place) -> None:
    """Small requests, one after another and together; a status that is no success; a stream."""
    assert (await at.taro.request(url=at.url("tea"), data={"n": 1})).statusCode == 200
    await asyncio.gather(*(at.taro.request(url=at.url("tea"), method="POST", data={"n": n}) for n in range(5)))
    assert (await at.taro.request(url=at.url("missing"))).statusCode == 404
    task = at.taro.request(url=at.url("parts"), enableChunked=True)
    task.onChunkReceived(lambda chunk: None)
    await task


async def transfers(at: Place) -> None:
    """A download and an upload of what came."""
    place = f"{at.taro.env.USER_DATA_PATH}/parts"
    await at.taro.downloadFile(url=at.url("parts"), filePath=place)
    await at.taro.uploadFile(url=at.url("upload"), filePath=place, name="file")
    at.taro.getFileSystemManager().unlinkSync(place)


async def sockets(at: Place) -> None:
    """A WebSocket: messages there and back, and its end."""
    closed, messages = asyncio.Event(), asyncio.Queue[str]()
    opened = asyncio.Event()
    socket = await at.taro.connectSocket(url=f"ws://{at.servers}/echo")
    socket.onOpen(lambda _: opened.set())
    socket.onMessage(lambda message: messages.put_nowait(message.data))
    socket.onClose(lambda _: closed.set())
    await opened.wait()
    for text in ("green", "black", "white"):
        socket.send(data=text)
        assert await messages.get() == text
    socket.close()
    await closed.wait()


async def storage(at: Place) -> None:
    """Keys set, read and removed, at once and by callbacks."""
    at.taro.setStorageSync("tea", {"kind": "green", "cups": [1, 2, 3]})
    assert at.taro.getStorageSync("tea").kind == "green"
    await at.taro.setStorage(key="cups", data=b"\x00" * 1000)
    assert len((await at.taro.getStorage(key="cups")).data) == 1000
    await _fails(at.taro.getStorage(key="coffee"))
    at.taro.removeStorageSync("cups")
    at.taro.clearStorageSync()


async def files(at: Place) -> None:
    """Files written, read, listed and removed."""
    manager, folder = at.taro.getFileSystemManager(), f"{at.taro.env.USER_DATA_PATH}/tea"
    manager.mkdirSync(folder, True)
    manager.writeFileSync(f"{folder}/list", "green, black", "utf8")
    manager.appendFileSync(f"{folder}/list", ", white", "utf8")
    assert manager.readFileSync(f"{folder}/list", "utf8").endswith("white")
    assert manager.readdirSync(folder) == ["list"]
    manager.rmdirSync(folder, True)


async def login(at: Place) -> None:
    """A login, whose code is exchanged, and its session. Then time passes: vendors know codes for an hour."""
    vendors = at.phone.open_platform
    code = (await at.taro.login()).code
    app = vendors.app_of_phone("weapp", at.phone.app("weapp").appid)
    assert vendors.exchange(app, code).user_id == at.phone.account.user.id
    await at.taro.checkSession()
    at.phone.clock.advance(2 * 3600)


async def cancels(at: Place) -> None:
    """Requests that are given up: aborted, cancelled with who awaits them, out of time, and with the phone."""
    aborted = at.taro.request(url=at.url("never"))
    await asyncio.sleep(0)
    aborted.abort()
    await _fails(aborted)

    async def waits() -> None:
        await at.taro.request(url=at.url("never"), timeout=300)

    task = asyncio.create_task(waits())
    await asyncio.sleep(0.01)
    task.cancel()
    with suppress(asyncio.CancelledError, TaroError):
        await task
    await _fails(at.taro.request(url=at.url("never"), timeout=20))


async def failures(at: Place) -> None:
    """What cannot work: nobody there, half an answer, wrong options, a fault, and a listener that throws."""
    await _fails(at.taro.request(url="http://127.0.0.1:9/"))
    await _fails(at.taro.request(url=at.url("broken")))
    await _fails(at.taro.request(url=7))
    await _fails(at.taro.request(url="nowhere"))
    at.phone.faults.fail("getLocation", "system error")
    await _fails(at.taro.getLocation())
    await _fails(at.taro.downloadFile(url="http://127.0.0.1:9/"))
    socket = await at.taro.connectSocket(url="ws://127.0.0.1:9/", success=lambda _: None)
    ended = asyncio.Event()
    socket.onError(lambda _: ended.set())
    socket.onClose(lambda _: ended.set())
    await ended.wait()


async def screens(at: Place) -> None:
    """What a person sees and answers, and what programs listen to."""
    at.phone.person.script("modal", confirm=True)
    assert (await at.taro.showModal(title="Tea?")).confirm
    await at.taro.showToast(title="Tea", duration=1)
    heard: list[object] = []
    at.taro.onNetworkStatusChange(heard.append)
    at.phone.network.type = "4g"
    at.taro.offNetworkStatusChange()
    at.phone.network.type = "wifi"
    await at.taro.setClipboardData(data="green")


async def promises(at: Place) -> None:
    """Chains of promises, all together and the first of several."""
    import taropy

    kept = taropy.Promise.resolve(1)
    for _ in range(50):
        kept = kept.then(lambda value: value + 1)
    assert await kept == 51
    await taropy.Promise.all([at.taro.getNetworkType(), at.taro.getSystemInfo()])
    await taropy.Promise.race([at.taro.getNetworkType(), taropy.Promise(lambda resolve, reject: None)])
    assert await taropy.Promise.reject("sold out").catch(lambda reason: "none") == "none"


KINDS: dict[str, Work] = {
    work.__name__: work
    for work in (requests, transfers, sockets, storage, files, login, cancels, failures, screens, promises)
}
