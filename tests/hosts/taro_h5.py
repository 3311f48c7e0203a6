"""What of the real taro-h5 succeeds in a headless Chromium, and with what: the same for each host that reaches it.

It is imported inside Pyodide, too, and so needs taropy alone. What is done from outside, by the page's person or by a
test, `Around.hands` does.
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import attrs

import taropy
from taropy import spec
from taropy.runtime.own import OWN

PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs="
PATIENCE = 30.0


@attrs.frozen
class Around:
    """What is around the page: the origins of the servers of `conftest.py`, and the hands that `hands.py` describes."""

    server: str
    sockets: str
    hands: Callable[..., Awaitable[Any]]


#: What succeeds with these arguments alone.
SIMPLE: Mapping[str, tuple[tuple[Any, ...], dict[str, Any]]] = {
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


#: What would stand in the way of the next one.
UNDO: Mapping[str, tuple[str, ...]] = {
    "hideTabBar": ("showTabBar",), "showToast": ("hideToast",), "showLoading": ("hideLoading",),
}  # fmt: skip


async def simple(taro: Any, name: str) -> None:
    """A call of one of `SIMPLE`, which succeeds."""
    arguments, named = SIMPLE[name]
    made = getattr(taro, name)(*arguments, **named)
    if isinstance(made, taropy.Promise):
        await asyncio.wait_for(made, PATIENCE)
    for undo in UNDO.get(name, ()):
        await getattr(taro, undo)()


def listener(taro: Any, name: str) -> None:
    """A listener to one of `LISTENERS` comes and goes."""
    getattr(taro, f"on{name}")(print)
    getattr(taro, f"off{name}")(print)


async def compound(taro: Any, name: str, around: Around) -> None:
    """One of `COMPOUND`, by its name."""
    work = next(each for each in COMPOUND if each.__name__ == name)
    await asyncio.wait_for(work(taro, around), PATIENCE)


# --- what needs a person, a server, or several calls --------------------------------------------------------------


async def show_modal(taro: Any, around: Around) -> None:
    call = taro.showModal(title="Sure?", content="really")
    await around.hands("screen.answer_modal")
    assert (await call).confirm


async def show_action_sheet(taro: Any, around: Around) -> None:
    call = taro.showActionSheet(itemList=["a", "b"])
    await around.hands("screen.answer_action_sheet", 1)
    assert (await call).tapIndex == 1


async def choose_image(taro: Any, around: Around) -> None:
    content = b64decode(await around.hands("picks", "red.png"))
    picked = await taro.chooseImage(count=1)
    assert picked.tempFiles[0].originalFileObj == content


async def choose_media(taro: Any, around: Around) -> None:
    await around.hands("picks", "red.png")
    assert (await taro.chooseMedia(count=1, mediaType=["image"])).tempFiles[0].fileType == "image"


async def get_location(taro: Any, around: Around) -> None:
    await around.hands("permissions.grant", "scope.userLocation")
    await around.hands("location.set", 31.25, 121.5)
    assert (await taro.getLocation(type="wgs84")).latitude == 31.25


async def location_update(taro: Any, around: Around) -> None:
    await get_location(taro, around)
    await taro.startLocationUpdate()
    await taro.stopLocationUpdate()


async def clipboard(taro: Any, around: Around) -> None:
    await around.hands("permissions.grant", "scope.clipboard")
    await taro.setClipboardData(data="oolong")
    assert (await taro.getClipboardData()).data == "oolong"


async def get_storage(taro: Any, around: Around) -> None:
    await taro.setStorage(key="s", data={"a": [1, None]})
    assert (await taro.getStorage(key="s")).data == {"a": [1, None]}


async def fonts(taro: Any, around: Around) -> None:
    await taro.loadFontFace(family="Tea", source=f"url({around.server}/shapes.ttf)")
    none = taro.loadFontFace(family="None", source=f"url({around.server}/no.woff)")
    assert (await none.catch(lambda error: error.errMsg)).startswith("loadFontFace:fail")


async def canvas(taro: Any, around: Around) -> None:
    await around.hands("puts_canvas")
    read = await taro.canvasGetImageData(canvasId="c", x=0, y=0, width=1, height=1)
    assert len(read.data) == 4, read
    assert (await taro.canvasToTempFilePath(canvasId="c")).tempFilePath.startswith("data:image/png")


async def request(taro: Any, around: Around) -> None:
    told = await taro.request(url=f"{around.server}/tea", method="POST", data={"a": 1})
    assert told.data == {"method": "POST", "path": "/tea", "body": '{"a":1}'}


async def transfer(taro: Any, around: Around) -> None:
    got = await taro.downloadFile(url=f"{around.server}/leaf")
    sent = await taro.uploadFile(url=f"{around.server}/up", filePath=got.tempFilePath, name="leaf")
    assert 'name="leaf"' in json.loads(sent.data)["body"]


async def connect(taro: Any, around: Around) -> None:
    socket = await taro.connectSocket(url=f"{around.sockets}/echo")
    opened = asyncio.Event()
    socket.onOpen(lambda *_: opened.set())
    await opened.wait()
    await socket.close()


async def routes(taro: Any, around: Around) -> None:
    async def depth(pages: int) -> None:
        while len(taro.getCurrentPages()) != pages:  # noqa: ASYNC110 (taro-h5 shows a page after it has said so)
            await asyncio.sleep(0.001)

    await taro.navigateTo(url="/pages/c/index?a=1")
    await depth(2)
    await taro.navigateBack()
    await depth(1)
    await taro.redirectTo(url="/pages/c/index")
    await taro.reLaunch(url="/pages/a/index")
    await taro.switchTab(url="/pages/b/index")
    await taro.switchTab(url="/pages/a/index")


async def preview(taro: Any, around: Around) -> None:
    await taro.previewImage(urls=[PICTURE])
    await around.hands("media.close_preview")


async def video(taro: Any, around: Around) -> None:
    await around.hands("films")
    picked = await taro.chooseVideo()
    assert picked.width == 8
    assert (await taro.getVideoInfo(src=picked.tempFilePath)).width == 8


async def make_phone_call(taro: Any, around: Around) -> None:
    await taro.makePhoneCall(phoneNumber="10086")  # after which Chromium has a navigation that never ends


async def vibrate(taro: Any, around: Around) -> None:
    await around.hands("tap", "body")  # a page may do it only after that
    await taro.vibrateShort()
    await taro.vibrateLong()


COMPOUND: Mapping[Callable[[Any, Around], Awaitable[None]], tuple[str, ...]] = {
    show_modal: ("showModal",), show_action_sheet: ("showActionSheet",), choose_image: ("chooseImage",),
    choose_media: ("chooseMedia",), get_location: ("getLocation",), clipboard: ("getClipboardData",),
    location_update: ("startLocationUpdate", "stopLocationUpdate"), get_storage: ("getStorage",), request: ("request",),
    transfer: ("downloadFile", "uploadFile"), connect: ("connectSocket",), preview: ("previewImage",),
    vibrate: ("vibrateShort", "vibrateLong"),
    canvas: ("canvasGetImageData", "canvasToTempFilePath"),
    routes: ("navigateTo", "navigateBack", "redirectTo", "reLaunch", "switchTab"), fonts: ("loadFontFace",),
    video: ("chooseVideo", "getVideoInfo"), make_phone_call: ("makePhoneCall",),
}  # fmt: skip


# --- all of them ---------------------------------------------------------------------------------------------------


@cache
def code_of_h5() -> Mapping[str, list[str]]:
    """What upstream's code of taro-h5 has, by name, and of which kinds it is; without what taropy does itself."""
    path = Path(spec.__file__).parent / "upstream" / "support.json"
    code: dict[str, list[str]] = json.loads(path.read_text("utf-8"))["code"]["h5"]
    return {name: kinds for name, kinds in code.items() if name not in OWN}


@cache
def implemented() -> frozenset[str]:
    """What taro-h5 has implementations of that ask the page."""
    return frozenset(name for name, kinds in code_of_h5().items() if kinds == ["implemented"])


@cache
def stubs() -> frozenset[str]:
    """What in taro-h5 only says that it is not there."""
    return frozenset(name for name, kinds in code_of_h5().items() if kinds == ["stub"])


#: What in taro-h5 is a stub of another kind: it warns, or is an object of stubs, or tries WeChat's SDK first.
SAY_SO_THEMSELVES = (
    "cloud", "router", "worklet", "closeSocket", "sendSocketMessage", "onSocketClose", "onSocketError",
    "onSocketMessage", "onSocketOpen",
)  # fmt: skip


def in_tables() -> frozenset[str]:
    """What the tables above have calls of."""
    listeners = {f"{prefix}{name}" for name in LISTENERS for prefix in ("on", "off")}
    return frozenset({*SIMPLE, *listeners, *(name for names in COMPOUND.values() for name in names)})
