"""What comes beside a call's answer from the real taro-h5: messages, progress, headers, and what a page is told.

The same for each host that reaches it; imported inside Pyodide, too, as `taro_h5.py` is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from taro_h5 import Around

import taropy


async def until(holds: Callable[[], object]) -> None:
    """Waits until it holds."""
    while not holds():  # noqa: ASYNC110 (what it waits for comes from elsewhere)
        await asyncio.sleep(0.005)


async def refused(call: Any) -> str:
    """What the call fails with."""
    told = await call.then(lambda _: None, lambda error: error.errMsg)
    assert told is not None
    return str(told)


async def _speaks_soon(taro: Any, url: str, *heard: Any) -> None:
    told: list[Any] = []
    ended = asyncio.Event()
    socket = await taro.connectSocket(url=url)
    await asyncio.sleep(0.05)  # it speaks before anybody listens
    socket.onOpen(lambda *_: told.append("open"))
    socket.onMessage(lambda event: (told.append(event.data), socket.close(code=4001)))
    socket.onClose(lambda event: (told.append(event.code), ended.set()))
    await ended.wait()
    assert told == list(heard)


async def sockets_lose_nothing_however_soon_they_speak_and_end(taro: Any, around: Around) -> None:
    for _ in range(4):  # taro-h5 has five sockets at a time, and frees one when it hears of its end
        await _speaks_soon(taro, f"{around.sockets}/greets", "open", "hello", 4001)
        await _speaks_soon(taro, f"{around.sockets}/closes?code=4007&reason=over", "open", 4007)


async def sockets_that_are_refused_say_so(taro: Any, around: Around) -> None:
    told: list[str] = []
    socket = await taro.connectSocket(url=f"{around.sockets}/refuses")
    socket.onError(lambda *_: told.append("error"))
    socket.onClose(lambda *_: told.append("close"))
    await until(lambda: len(told) == 2)
    assert told == ["error", "close"]


async def a_thousand_messages_come_in_order_and_none_is_lost(taro: Any, around: Around) -> None:
    sent = [str(at) if at % 10 else bytes([at % 251]) for at in range(1000)]
    told: list[Any] = []
    socket = await taro.connectSocket(url=f"{around.sockets}/echo")
    opened = asyncio.Event()
    socket.onOpen(lambda *_: opened.set())
    socket.onMessage(lambda event: told.append(event.data))
    await opened.wait()
    await asyncio.gather(*(socket.send(data=each) for each in sent))
    await until(lambda: len(told) == len(sent))
    await socket.close()
    assert told == sent


async def progress_and_headers_of_a_transfer_are_heard(taro: Any, around: Around) -> None:
    headers: list[Any] = []
    progress: list[Any] = []
    call = taro.downloadFile(url=f"{around.server}/leaf")
    call.onHeadersReceived(lambda event: headers.append(event.header["content-type"]))
    call.onProgressUpdate(lambda event: progress.append(event.progress))
    await call
    await until(lambda: headers and progress[-1:] == [100])  # listened to late, it is told late
    assert headers == ["application/json"]


async def requests_are_aborted_and_say_so(taro: Any, around: Around) -> None:
    call = taro.request(url=f"{around.server}/never")
    call.abort()
    assert await refused(call) == "request:fail abort"


async def nodes_are_measured_in_one_query(taro: Any, around: Around) -> None:
    query = taro.createSelectorQuery()
    query.select(".content").boundingClientRect()
    query.selectViewport().scrollOffset()
    rect, offset = await taropy.Promise(lambda resolve, reject: query.exec(resolve))
    assert (rect.left, rect.width, offset.scrollTop) == (0, 393, 0)


async def files_are_bytes_with_a_type_and_a_name(taro: Any, around: Around) -> None:
    await around.hands("picks", "red.png")
    file = (await taro.chooseImage(count=1)).tempFiles[0].originalFileObj
    assert (file[:4], file.type, file.name) == (b"\x89PNG", "image/png", "red.png")


async def what_a_program_stores_comes_back_as_it_was(taro: Any, around: Around) -> None:
    window = taro.getWindowInfo()
    cart = {"none": None, "window": window, "items": (1, 2.5, "茶"), "large": 2**50, "deep": {"empty": [], "no": {}}}
    taro.setStorageSync("cart", cart)
    told = taro.getStorageSync("cart")
    assert told["window"] == {**window}
    assert {**told, "window": window} == {**cart, "items": [1, 2.5, "茶"]}
    taro.setStorageSync("cart", None)
    assert taro.getStorageSync("cart") is None


async def callbacks_are_told_once_and_in_order(taro: Any, around: Around) -> None:
    told: list[str] = []
    ways = {name: lambda _, name=name: told.append(name) for name in ("success", "fail", "complete")}
    await taro.setStorage(key="a", data=1, **ways)
    await refused(taro.getStorage(key="not there", **ways))
    assert told == ["success", "complete", "fail", "complete"]


async def what_the_window_is_told_a_listener_hears_until_it_is_taken_off(taro: Any, around: Around) -> None:
    sizes: list[Any] = []

    def hear(event: Any) -> None:
        sizes.append((event.size.windowWidth, event.size.windowHeight))

    taro.onWindowResize(hear)
    await around.hands("rotate", "landscape")
    await until(lambda: sizes)
    taro.offWindowResize(hear)
    await around.hands("rotate", "portrait")
    await asyncio.sleep(0.1)
    assert sizes == [(754, 393)]


ALL = (
    sockets_lose_nothing_however_soon_they_speak_and_end, sockets_that_are_refused_say_so,
    a_thousand_messages_come_in_order_and_none_is_lost, progress_and_headers_of_a_transfer_are_heard,
    requests_are_aborted_and_say_so, nodes_are_measured_in_one_query, files_are_bytes_with_a_type_and_a_name,
    what_a_program_stores_comes_back_as_it_was, callbacks_are_told_once_and_in_order,
    what_the_window_is_told_a_listener_hears_until_it_is_taken_off,
)  # fmt: skip
