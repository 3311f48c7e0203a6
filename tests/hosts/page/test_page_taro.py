"""The real taro-h5 in Chromium, over the bridge."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from peer import until
from servers import Answer, Received, WebServer

import taropy
from taropy import spec
from taropy.phone import leave_open
from taropy.runtime.own import OWN

pytestmark = pytest.mark.browser
FILES = Path(__file__).parents[2] / "h5" / "files"
PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="


@pytest.fixture(scope="module")
def taro(site: Path) -> Iterator[taropy.Taro]:
    with taropy.create("h5", host="page", url=str(site), launch=True) as made:
        yield made


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    async def answer(request: Received) -> Answer:
        if request.path == "/never":
            await asyncio.Event().wait()
        allowed = (
            ("access-control-allow-origin", request.headers.get("origin", "")),
            ("access-control-allow-headers", request.headers.get("access-control-request-headers", "")),
            ("access-control-allow-credentials", "true"),
        )
        body = {"method": request.method, "path": request.path, "body": request.body.decode("latin-1")}
        return Answer(body, headers=allowed)

    with WebServer(answer) as made:
        yield made


# --- every function that can succeed ------------------------------------------------------------------------------

#: What succeeds with these arguments alone.
SIMPLE: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
    "arrayBufferToBase64": ((b"tea",), {}), "base64ToArrayBuffer": (("dGVh",), {}),
    "clearStorage": ((), {}), "clearStorageSync": ((), {}), "createAnimation": ((), {"duration": 100}),
    "createInnerAudioContext": ((), {}), "createIntersectionObserver": ((None, {}), {}),
    "createMediaQueryObserver": ((), {}), "createSelectorQuery": ((), {}), "createVideoContext": (("v",), {}),
    "getApp": ((), {}), "getAppAuthorizeSetting": ((), {}), "getAppBaseInfo": ((), {}),
    "getBackgroundAudioManager": ((), {}), "getBatteryInfo": ((), {}), "getCurrentPages": ((), {}),
    "getDeviceInfo": ((), {}), "getEnterOptionsSync": ((), {}), "getImageInfo": ((), {"src": PICTURE}),
    "getLaunchOptionsSync": ((), {}), "getNetworkType": ((), {}), "getStorageInfo": ((), {}),
    "getStorageInfoSync": ((), {}), "getStorageSync": (("k",), {}), "getSystemInfo": ((), {}),
    "getSystemInfoAsync": ((), {}), "getSystemInfoSync": ((), {}), "getSystemSetting": ((), {}),
    "getWindowInfo": ((), {}), "hideLoading": ((), {}), "hideNavigationBarLoading": ((), {}),
    "hideToast": ((), {}), "pageScrollTo": ((), {"scrollTop": 0}),
    "removeStorage": ((), {"key": "k"}), "removeStorageSync": (("k",), {}),
    "saveImageToPhotosAlbum": ((), {"filePath": PICTURE}), "setClipboardData": ((), {"data": "tea"}),
    "setNavigationBarColor": ((), {"backgroundColor": "#ffffff", "frontColor": "#000000"}),
    "setNavigationBarTitle": ((), {"title": "tea"}), "setStorage": ((), {"key": "k", "data": 1}),
    "setStorageSync": (("k", {"a": 1}), {}), "setTabBarBadge": ((), {"index": 0, "text": "1"}),
    "removeTabBarBadge": ((), {"index": 0}), "setTabBarItem": ((), {"index": 0, "text": "Tea"}),
    "setTabBarStyle": ((), {"color": "#ff0000"}), "showTabBar": ((), {}), "hideTabBar": ((), {}),
    "showTabBarRedDot": ((), {"index": 0}), "hideTabBarRedDot": ((), {"index": 0}),
    "showLoading": ((), {"title": "tea"}), "showNavigationBarLoading": ((), {}), "showToast": ((), {"title": "tea"}),
    "startAccelerometer": ((), {}), "stopAccelerometer": ((), {}), "startCompass": ((), {}), "stopCompass": ((), {}),
    "startDeviceMotionListening": ((), {}), "stopDeviceMotionListening": ((), {}),
    "startPullDownRefresh": ((), {}), "stopPullDownRefresh": ((), {}), "createCanvasContext": (("c",), {}),
    "saveVideoToPhotosAlbum": ((), {"filePath": "blob:none"}),
    "addPhoneCalendar": ((), {"title": "tea", "startTime": 1}),
    "addPhoneRepeatCalendar": ((), {"title": "tea", "startTime": 1}),
}  # fmt: skip
LISTENERS = (
    "AccelerometerChange", "AppHide", "AppShow", "CompassChange", "DeviceMotionChange", "Error", "LocationChange",
    "LocationChangeError", "NetworkStatusChange", "PageNotFound", "ThemeChange", "WindowResize",
)  # fmt: skip
#: Of what taro-h5 has, what no headless Chromium can do.
CANNOT = {
    "canvasPutImageData": "taro-h5 wants the page's own ImageData, and Taro's declaration bytes",
    "chooseLocation": "it needs a key of a vendor's map",
}


async def show_modal(taro: Any, *_: Any) -> None:
    call = taro.showModal(title="Sure?", content="really")
    taro.phone.screen.answer_modal()
    assert (await call).confirm


async def show_action_sheet(taro: Any, *_: Any) -> None:
    call = taro.showActionSheet(itemList=["a", "b"])
    taro.phone.screen.answer_action_sheet(1)
    assert (await call).tapIndex == 1


async def choose_image(taro: Any, *_: Any) -> None:
    taro.phone.media.pick(FILES / "red.png")
    picked = await taro.chooseImage(count=1)
    assert picked.tempFiles[0].originalFileObj == (FILES / "red.png").read_bytes()


async def choose_media(taro: Any, *_: Any) -> None:
    taro.phone.media.pick(FILES / "red.png")
    assert (await taro.chooseMedia(count=1, mediaType=["image"])).tempFiles[0].fileType == "image"


async def get_location(taro: Any, *_: Any) -> None:
    taro.phone.permissions.grant("scope.userLocation")
    taro.phone.location.set(31.25, 121.5)
    assert (await taro.getLocation(type="wgs84")).latitude == 31.25


async def location_update(taro: Any, *_: Any) -> None:
    await get_location(taro)
    await taro.startLocationUpdate()
    await taro.stopLocationUpdate()


async def clipboard(taro: Any, *_: Any) -> None:
    taro.phone.permissions.grant("scope.clipboard")
    await taro.setClipboardData(data="oolong")
    assert (await taro.getClipboardData()).data == "oolong"


async def get_storage(taro: Any, *_: Any) -> None:
    await taro.setStorage(key="s", data={"a": [1, None]})
    assert (await taro.getStorage(key="s")).data == {"a": [1, None]}


async def fonts(taro: Any, server: WebServer, *_: Any) -> None:
    with pytest.raises(taropy.TaroError, match="loadFontFace:fail"):
        await taro.loadFontFace(family="Tea", source=f"url({server.url('/no.woff')})")


CANVAS = """() => {
  const canvas = document.createElement('canvas')
  canvas.setAttribute('canvas-id', 'c')
  Object.assign(canvas, { id: 'c', width: 2, height: 2 })
  const page = [...document.querySelectorAll('.taro_page')].pop()
  page.append(canvas)
}"""


async def canvas(taro: Any, *_: Any) -> None:
    taro.phone.browser.run(taro.phone.browser.page.evaluate(CANVAS))
    read = await taro.canvasGetImageData(canvasId="c", x=0, y=0, width=1, height=1)
    assert len(read.data) == 4
    assert (await taro.canvasToTempFilePath(canvasId="c")).tempFilePath.startswith("data:image/png")


async def request(taro: Any, server: WebServer, *_: Any) -> None:
    told = await taro.request(url=server.url("/tea"), method="POST", data={"a": 1})
    assert told.data == {"method": "POST", "path": "/tea", "body": '{"a":1}'}


async def transfer(taro: Any, server: WebServer, *_: Any) -> None:
    got = await taro.downloadFile(url=server.url("/leaf"))
    sent = await taro.uploadFile(url=server.url("/up"), filePath=got.tempFilePath, name="leaf")
    assert 'name="leaf"' in json.loads(sent.data)["body"]


async def connect(taro: Any, server: WebServer, sockets: str, *_: Any) -> None:
    socket = await taro.connectSocket(url=f"{sockets}/echo")
    opened = asyncio.Event()
    socket.onOpen(lambda *_: opened.set())
    await opened.wait()
    await socket.close()


async def routes(taro: Any, *_: Any) -> None:
    await taro.navigateTo(url="/pages/c/index?a=1")
    await taro.navigateBack()
    await until(lambda: len(taro.getCurrentPages()) == 1)
    await taro.redirectTo(url="/pages/c/index")
    await taro.reLaunch(url="/pages/a/index")
    await taro.switchTab(url="/pages/b/index")
    await taro.switchTab(url="/pages/a/index")


async def preview(taro: Any, *_: Any) -> None:
    await taro.previewImage(urls=[PICTURE])
    taro.phone.media.close_preview()


async def video(taro: Any, server: WebServer, sockets: str, folder: Path) -> None:
    (folder / "leaf.webm").write_bytes(bytes(taro.phone.browser.run(taro.phone.browser.page.evaluate(RECORD))))
    taro.phone.media.pick(folder / "leaf.webm")
    picked = await taro.chooseVideo()
    assert picked.width == 8
    assert (await taro.getVideoInfo(src=picked.tempFilePath)).width == 8


#: A short video, which Chromium itself makes.
RECORD = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 })
  const context = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: 'video/webm' })
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise(resolve => (recorder.onstop = resolve))
  recorder.start()
  for (let at = 0; at < 5; at += 1) {
    context.fillRect(at, at, 2, 2)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  recorder.stop()
  await ended
  return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
}"""


async def make_phone_call(taro: Any, *_: Any) -> None:
    await taro.makePhoneCall(phoneNumber="10086")  # after which Chromium has a navigation that never ends


async def vibrate(taro: Any, *_: Any) -> None:
    taro.phone.tap("body")  # a page may do it only after that
    await taro.vibrateShort()
    await taro.vibrateLong()


COMPOUND: dict[Callable[..., Awaitable[None]], tuple[str, ...]] = {
    show_modal: ("showModal",), show_action_sheet: ("showActionSheet",), choose_image: ("chooseImage",),
    choose_media: ("chooseMedia",), get_location: ("getLocation",), clipboard: ("getClipboardData",),
    location_update: ("startLocationUpdate", "stopLocationUpdate"), get_storage: ("getStorage",), request: ("request",),
    transfer: ("downloadFile", "uploadFile"), connect: ("connectSocket",), preview: ("previewImage",),
    vibrate: ("vibrateShort", "vibrateLong"),
    canvas: ("canvasGetImageData", "canvasToTempFilePath"),
    routes: ("navigateTo", "navigateBack", "redirectTo", "reLaunch", "switchTab"), fonts: ("loadFontFace",),
    video: ("chooseVideo", "getVideoInfo"), make_phone_call: ("makePhoneCall",),
}  # fmt: skip


@cache
def implemented() -> frozenset[str]:
    """What taro-h5 has implementations of, as upstream's code has it, that ask the page."""
    path = Path(spec.__file__).parent / "upstream" / "support.json"
    code: dict[str, list[str]] = json.loads(path.read_text("utf-8"))["code"]["h5"]
    return frozenset(name for name, kinds in code.items() if kinds == ["implemented"] and name not in OWN)


def test_each_function_of_taro_h5_is_in_a_table() -> None:
    listeners = {f"{prefix}{name}" for name in LISTENERS for prefix in ("on", "off")}
    compound = {name for names in COMPOUND.values() for name in names}
    assert {*SIMPLE, *listeners, *compound, *CANNOT} == implemented()
    assert len(CANNOT) <= 0.05 * len(implemented())


#: What would stand in the way of the next one.
UNDO = {"hideTabBar": ["showTabBar"], "showToast": ["hideToast"], "showLoading": ["hideLoading"]}


@pytest.mark.parametrize("name", SIMPLE)
def test_a_function_succeeds(taro: taropy.Taro, name: str) -> None:
    arguments, named = SIMPLE[name]

    async def main() -> Any:
        made = getattr(taro, name)(*arguments, **named)
        return await asyncio.wait_for(made, 10) if isinstance(made, taropy.Promise) else made

    taropy.run(main)
    for undo in UNDO.get(name, ()):
        getattr(taro, undo)().result()


@pytest.mark.parametrize("name", LISTENERS)
def test_a_listener_comes_and_goes(taro: taropy.Taro, name: str) -> None:
    getattr(taro, f"on{name}")(print)
    getattr(taro, f"off{name}")(print)


@pytest.mark.parametrize("work", COMPOUND, ids=lambda work: " ".join(COMPOUND[work]))
def test_functions_succeed_with_a_person_or_a_server(
    taro: taropy.Taro, server: WebServer, sockets: str, tmp_path: Path, work: Callable[..., Awaitable[None]]
) -> None:
    async def main() -> None:
        await asyncio.wait_for(work(taro, server, sockets, tmp_path), 15)

    taropy.run(main)


# --- what travels with a call -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def other(site: Path) -> Iterator[taropy.Taro]:
    """A page in which nobody has made a phone call."""
    with taropy.create("h5", host="page", url=str(site), launch=True) as made:
        yield made


@pytest.mark.parametrize("number", range(7))
def test_a_socket_loses_nothing_however_soon_it_speaks_and_ends(other: taropy.Taro, sockets: str, number: int) -> None:
    """Seven in turn: taro-h5 has five at a time, and frees one when it hears of its end."""

    async def main() -> list[Any]:
        told: list[Any] = []
        ended = asyncio.Event()
        socket = await other.connectSocket(
            url=f"{sockets}/{'greets' if number % 2 else 'closes?code=4007&reason=over'}"
        )
        await asyncio.sleep(0.05)  # it speaks before anybody listens
        socket.onOpen(lambda *_: told.append("open"))
        socket.onMessage(lambda event: (told.append(event.data), socket.close(code=4001)))
        socket.onClose(lambda event: (told.append(event.code), ended.set()))
        await asyncio.wait_for(ended.wait(), 5)
        return told

    assert taropy.run(main) == (["open", "hello", 4001] if number % 2 else ["open", 4007])


def test_a_socket_that_is_refused_says_so(other: taropy.Taro, sockets: str) -> None:
    async def main() -> list[str]:
        told: list[str] = []
        socket = await other.connectSocket(url=f"{sockets}/refuses")
        socket.onError(lambda *_: told.append("error"))
        socket.onClose(lambda *_: told.append("close"))
        await until(lambda: len(told) == 2)
        return told

    assert taropy.run(main) == ["error", "close"]


def test_a_thousand_messages_a_second_come_in_order_and_none_is_lost(other: taropy.Taro, sockets: str) -> None:
    async def main() -> list[Any]:
        told: list[Any] = []
        socket = await other.connectSocket(url=f"{sockets}/echo")
        opened = asyncio.Event()
        socket.onOpen(lambda *_: opened.set())
        socket.onMessage(lambda event: told.append(event.data))
        await opened.wait()
        await asyncio.gather(*(socket.send(data=str(at) if at % 10 else bytes([at % 251])) for at in range(1000)))
        await until(lambda: len(told) == 1000)
        await socket.close()
        return told

    assert taropy.run(main) == [str(at) if at % 10 else bytes([at % 251]) for at in range(1000)]


def test_progress_and_headers_of_a_transfer_are_heard(other: taropy.Taro, server: WebServer) -> None:
    async def main() -> tuple[list[Any], list[Any]]:
        headers: list[Any] = []
        progress: list[Any] = []
        call = other.downloadFile(url=server.url("/leaf"))
        call.onHeadersReceived(lambda event: headers.append(event.header["content-type"]))
        call.onProgressUpdate(lambda event: progress.append(event.progress))
        await call
        return headers, progress

    headers, progress = taropy.run(main)
    assert headers == ["application/json"]
    assert progress[-1] == 100


def test_a_request_is_aborted_and_says_so(other: taropy.Taro, server: WebServer) -> None:
    async def main() -> str:
        call = other.request(url=server.url("/never"))
        call.abort()
        with pytest.raises(taropy.TaroError) as told:
            await call
        return told.value.errMsg

    assert taropy.run(main) == "request:fail abort"


def test_a_page_that_is_opened_and_its_opener_talk(other: taropy.Taro) -> None:
    async def main() -> list[Any]:
        told: list[Any] = []
        opened = await other.navigateTo(url="/pages/c/index", events={"brewed": lambda data: told.append(data)})
        opened.eventChannel.emit("order", {"tea": "oolong"})
        other.native.getCurrentPages()
        await other.navigateBack()
        return told

    assert taropy.run(main) == []


def test_nodes_are_measured_in_one_query(other: taropy.Taro) -> None:
    async def main() -> Any:
        await other.reLaunch(url="/pages/a/index")  # a page that was left as it slid in leaves the one below hidden
        query = other.createSelectorQuery()
        query.select(".content").boundingClientRect()
        query.selectViewport().scrollOffset()
        return await taropy.Promise(lambda resolve, reject: query.exec(resolve))

    rect, offset = taropy.run(main)
    assert (rect.left, rect.width) == (0, 393)
    assert offset.scrollTop == 0


def test_what_is_no_stub_is_what_upstream_says(other: taropy.Taro) -> None:
    path = Path(spec.__file__).parent / "upstream" / "support.json"
    code: dict[str, list[str]] = json.loads(path.read_text("utf-8"))["code"]["h5"]
    stubs = {name for name, kinds in code.items() if kinds == ["stub"] and name not in OWN}
    native = other.native
    objects = {"cloud", "router", "worklet"}
    only_warning = {
        "closeSocket",
        "sendSocketMessage",
        *(f"onSocket{each}" for each in ("Close", "Error", "Message", "Open")),
    }
    assert {name for name in stubs if hasattr(native, name)} == objects | only_warning
    assert {name for name in implemented() if not hasattr(native, name)} == set()


def test_what_a_test_sees_at_the_page_is_what_it_sees_on_a_phone(other: taropy.Taro) -> None:
    """The same lines, on both."""

    def seen(taro: Any) -> list[Any]:
        async def main() -> list[Any]:
            found: list[Any] = []
            call = taro.showModal(title="Sure?", content="really")
            await until(lambda: taro.phone.screen.modal)
            modal = taro.phone.screen.modal
            found += [modal.title, modal.content, modal.showCancel, modal.confirmText]
            taro.phone.screen.answer_modal(confirm=False)
            found.append((await call).cancel)
            call = taro.showActionSheet(itemList=["green", "black"])
            await until(lambda: taro.phone.screen.action_sheet)
            found.append(taro.phone.screen.action_sheet.itemList)
            taro.phone.screen.answer_action_sheet(1)
            found.append((await call).tapIndex)
            await taro.showToast(title="Done", duration=5000)
            await until(lambda: taro.phone.screen.toast)
            found.append(taro.phone.screen.toast.title)
            await taro.hideToast()
            await taro.setNavigationBarTitle(title="Teas")
            found.append(taro.phone.screen.navigation_bar.title)
            return found

        return taropy.run(main)  # type: ignore[no-any-return]

    with taropy.Phone(ask=leave_open) as phone, taropy.create("h5", phone=phone) as simulated:
        assert seen(other) == seen(simulated)


def test_answers_that_are_given_beforehand_are_each_for_another_dialog(other: taropy.Taro) -> None:
    screen = other.phone.screen

    async def main() -> list[Any]:
        screen.answer_action_sheet(0)
        for confirm in (True, False, True):
            screen.answer_modal(confirm=confirm)
        screen.answer_action_sheet(1)
        told: list[Any] = [(await other.showModal(title="Sure?", content="")).confirm for _ in range(3)]
        return told + [(await other.showActionSheet(itemList=["a", "b"])).tapIndex for _ in range(2)]

    assert taropy.run(main) == [True, False, True, 0, 1]


def test_the_world_around_the_page_changes(other: taropy.Taro, server: WebServer) -> None:
    phone = other.phone
    sizes: list[Any] = []
    hidden: list[str] = []

    async def main() -> None:
        other.onWindowResize(lambda event: sizes.append((event.size.windowWidth, event.size.windowHeight)))
        other.onAppHide(lambda *_: hidden.append("hide"))
        other.onAppShow(lambda *_: hidden.append("show"))
        phone.rotate("landscape")
        await until(lambda: sizes)
        phone.rotate("portrait")
        phone.background()
        phone.foreground()
        await until(lambda: len(hidden) == 2)
        phone.network.type = "none"
        with pytest.raises(taropy.TaroError, match="request:fail Failed to fetch"):
            await other.request(url=server.url("/tea"))
        assert other.getStorageSync("k") is not None  # the bridge itself needs no network
        phone.network.type = "wifi"
        await other.request(url=server.url("/tea"))
        phone.pages.tap_tab(1)
        await until(lambda: other.getCurrentPages()[-1].path.startswith("/pages/b/index"))
        await other.navigateTo(url="/pages/c/index")
        phone.pages.press_back()
        await until(lambda: other.getCurrentPages()[-1].path.startswith("/pages/b/index"))
        phone.clipboard.text = "oolong"
        assert phone.clipboard.text == "oolong"
        with pytest.raises(ValueError, match="a page is not held in 'sideways'"):
            phone.rotate("sideways")

    taropy.run(main)
    assert hidden == ["hide", "show"]
