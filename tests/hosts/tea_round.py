"""A round of tea: one program of ordinary Taro logic for h5, which knows nothing of where it runs.

    TARO_APP_API=http://localhost:8000 taropy run tea_round.py

It needs the shop (`tea_house.py` beside it) and an app with the pages of `APP`, which on h5 its page has. What the
person does meanwhile is `ANSWERS`, in their order. What comes of it, `main` gives; it is the same everywhere.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

from taropy import Promise, Record, Taro, TaroError

APP: dict[str, Any] = {
    "pages": ["pages/teas/index", "pages/mine/index", "pages/note/index", "pages/cup/index"],
    "window": {"navigationBarTitleText": "Tea house"},
    "tabBar": {
        "list": [
            {"pagePath": "pages/teas/index", "text": "Teas"},
            {"pagePath": "pages/mine/index", "text": "Mine"},
        ]
    },
}

#: What the person does: a dialog that is answered, each as it comes; an item of a sheet, counted from 0, None for none.
ANSWERS: list[tuple[str, Any]] = [
    ("modal", True),
    ("modal", False),
    ("action sheet", 1),
    ("action sheet", None),
    ("modal", True),
]

PATIENCE = 0.02
#: So long, in seconds, a page slides in or out of a browser's window.
SLIDE = 0.4
TOKEN, CART = "token", "cart"


class ApiError(Exception):
    """The shop's own sentence for people, and its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


# --- the shop -------------------------------------------------------------------------------------------------------


def address(path: str) -> str:
    return os.environ["TARO_APP_API"] + path


async def authorize(chain: Any) -> Any:
    """Each request has the token, if there is one."""
    params = chain.requestParams
    token = Taro.getStorageSync(TOKEN)
    if token:
        params["header"] = {**(params.get("header") or {}), "Authorization": f"Bearer {token}"}
    return await chain.proceed(params)


async def ask(path: str, method: str = "GET", **data: Any) -> Any:
    res = await Taro.request(url=address(path), method=method, data=data or None)
    if res.statusCode >= 400:
        raise ApiError(res.statusCode, res.data.message)
    return res.data


async def signed_in(work: Callable[[], Awaitable[Any]]) -> Any:
    """What comes of the work; who is not signed in (any more) is, and tries once more."""
    try:
        return await work()
    except ApiError as error:
        if error.status != 401:
            raise
    token = (await ask("/login", "POST", name="Lu Yu")).token
    await Taro.setStorage(key=TOKEN, data=token)
    return await work()


async def patiently(work: Callable[[], Awaitable[Any]], tries: int = 4, pause: float = PATIENCE) -> Any:
    """What comes of the work; a shop that is busy is asked again, each time later."""
    try:
        return await work()
    except ApiError as error:
        if error.status != 503 or tries == 1:
            raise
    await asyncio.sleep(pause)
    return await patiently(work, tries - 1, 2 * pause)


def told(error: TaroError) -> str:
    return error.errMsg


# --- what the round is made of ---------------------------------------------------------------------------------------


async def surroundings() -> list[Any]:
    """Where it runs, as far as programs for h5 may ask."""
    info = Taro.getSystemInfoSync()
    window = Taro.getWindowInfo()
    later = await Taro.getSystemInfo()
    return [
        Taro.getEnv(),
        Taro.ENV_TYPE.WEB,
        Taro.env.TARO_ENV,
        info.windowWidth == window.windowWidth == later.windowWidth,
        info.SDKVersion,
        [Taro.canIUse(name) for name in ("request", "showModal", "login", "getStorageSync.return.data")],
        (await Taro.getNetworkType()).networkType != "none",
        Taro.pxTransform(100),
    ]


async def cart() -> list[Any]:
    """A cart in the storage, in all the ways that there are."""
    Taro.clearStorageSync()
    found: list[Any] = [Taro.getStorageSync(CART)]
    Taro.setStorageSync(CART, {"teas": ["oolong", "sencha"], "sum": 12.5, "gift": None})
    await Taro.setStorage({"key": "seen", "data": True})
    found += [Taro.getStorageSync(CART), (await Taro.getStorage(key="seen")).data]
    order: list[str] = []
    Taro.getStorage(
        key=CART,
        success=lambda res: order.append(f"{len(res.data.teas)} teas"),
        fail=lambda error: order.append("fail"),
        complete=lambda res: order.append("complete"),
    )
    await Taro.getStorage(key=CART)
    found += [order, sorted(Taro.getStorageInfoSync()["keys"]), (await Taro.getStorageInfo())["keys"].count(CART)]
    for key in ("seen", "never"):
        await Taro.removeStorage(key=key)
    try:
        await Taro.getStorage(key="seen")
    except TaroError as error:
        found.append(told(error))
    await Taro.clearStorage()
    return [*found, Taro.getStorageInfoSync()["keys"]]


async def menu() -> list[Any]:
    """What is on the menu: one page, many at once, and the first that comes."""
    first = await ask("/teas", skip=0, count=2)
    rest = await Promise.all([ask("/teas", skip=skip, count=1) for skip in range(2, 6)])
    slow = Promise.resolve(ask("/slow"))
    fastest = await Promise.race([ask("/teas", skip=0, count=1), slow])
    settled = await Promise.allSettled([ask("/teas", skip=5, count=1), ask("/nowhere")])
    either = await Promise.any([ask("/nowhere"), ask("/teas", skip=1, count=1)])
    found = [first, [tea for each in rest for tea in each], fastest, [each.status for each in settled], either]
    return [*found, await slow]


async def trouble() -> list[Any]:
    """What goes wrong, and what a program does then."""
    found: list[Any] = [(await patiently(lambda: ask("/busy"))).says]
    for path in ("/nowhere", "/broken"):
        try:
            await ask(path)
        except ApiError as error:
            found.append([error.status, str(error)])
    plain = await Taro.request(url=address("/text"))
    found += [plain.data, (await Taro.request(url=address("/text"), dataType="text", responseType="text")).data]
    for problem in (
        {"url": "http://127.0.0.1:9/closed"},
        {"url": address("/never"), "timeout": 60},
    ):
        try:
            await Taro.request(problem)
        except TaroError as error:
            found.append(told(error))
    call = Taro.request(url=address("/never"))
    call.abort()
    try:
        await call
    except TaroError as error:
        found.append(told(error))
    try:
        await patiently(lambda: ask("/closed"), tries=2)
    except ApiError as error:
        found.append(str(error))
    return found


async def orders() -> list[Any]:
    """What is ordered, by who signs in when that is needed: the first token is good for one order."""
    placed = [await signed_in(lambda tea=tea: ask("/orders", "POST", tea=tea)) for tea in ("oolong", "assam")]
    kept = await signed_in(lambda: ask("/orders"))
    return [[each.id for each in placed], kept, Taro.getStorageSync(TOKEN)]


async def pictures() -> list[Any]:
    """A picture that is fetched, and sent back with a few words."""
    progress: list[float] = []
    fetching = Taro.downloadFile(url=address("/leaf"))
    fetching.onProgressUpdate(lambda event: progress.append(event.progress))
    leaf = await fetching
    sent = await Taro.uploadFile(
        url=address("/pictures"),
        filePath=leaf.tempFilePath,
        name="picture",
        formData={"tea": "oolong", "note": "wie eine nasse Wiese"},
        header={"X-From": "tea-round"},
    )
    found = [leaf.statusCode, progress[-1], sent.statusCode, Record(json.loads(sent.data))]
    missing = await Taro.downloadFile(url=address("/nowhere"))
    found.append(missing.statusCode)
    sending = Taro.uploadFile(url=address("/never"), filePath=leaf.tempFilePath, name="picture")
    await asyncio.sleep(5 * PATIENCE)  # what is aborted before it has begun is sent all the same
    sending.abort()
    try:
        await sending
    except TaroError as error:
        found.append(told(error))
    return found


async def dialogs() -> list[Any]:
    """What the person is asked, and shown."""
    found: list[Any] = [
        (await Taro.showModal(title="Order?", content="Really")).confirm,
        (await Taro.showModal(title="Delete?", content="Really", confirmText="Away", cancelText="Keep")).confirm,
    ]
    found.append((await Taro.showActionSheet(itemList=["green", "black", "white"])).tapIndex)
    try:
        await Taro.showActionSheet(itemList=["green", "black"])
    except TaroError as error:
        found.append(told(error))
    await Taro.showLoading(title="Brewing")
    await Taro.hideLoading()
    await Taro.showToast(title="Done", icon="success", duration=1000)
    await Taro.hideToast()
    heard: list[Any] = []
    Taro.showModal(title="Sure?", content="", success=lambda res: heard.append([res.confirm, res.cancel]))
    while not heard:  # noqa: ASYNC110 (as programs do that were given callbacks)
        await asyncio.sleep(PATIENCE)
    return [*found, *heard]


async def rooms() -> list[Any]:
    """From page to page, and what the pages tell each other."""
    heard: list[Any] = []
    depth = lambda: len(Taro.getCurrentPages())  # noqa: E731
    found: list[Any] = [depth()]
    opened = await Taro.navigateTo(
        url="/pages/note/index?tea=oolong", events={"written": lambda note: heard.append(["written", note])}
    )
    found += [opened.errMsg, depth(), Taro.getCurrentPages()[-1].route]
    channel = Taro.getCurrentPages()[-1].getOpenerEventChannel()
    channel.emit("written", {"text": "Like a wet meadow."})
    await Taro.redirectTo(url="/pages/cup/index?size=2")
    found += [depth(), Taro.getCurrentPages()[-1].route]
    await Taro.navigateTo(url="../note/index?tea=assam")
    found.append([page.route for page in Taro.getCurrentPages()])
    await Taro.navigateBack(delta=2)
    await asyncio.sleep(SLIDE)
    found.append(depth())
    await Taro.switchTab(url="/pages/mine/index")
    await asyncio.sleep(SLIDE)
    found.append(Taro.getCurrentPages()[-1].route)
    await Taro.setTabBarBadge(index=1, text="3")
    await Taro.removeTabBarBadge(index=1)
    await Taro.showTabBarRedDot(index=0)
    try:
        await Taro.setTabBarBadge(index=7, text="x")
    except TaroError as error:
        found.append(told(error))
    await Taro.setNavigationBarTitle(title="Mine")
    await Taro.reLaunch(url="/pages/teas/index")
    await asyncio.sleep(SLIDE)
    return [*found, depth(), heard]


async def signals() -> list[Any]:
    """Events of the program's own, listeners that come and go, and what is done later."""
    heard: list[Any] = []
    center = Taro.eventCenter
    note: Callable[[Any], None] = lambda tea: heard.append(["poured", tea])  # noqa: E731
    center.on("poured", note)
    center.once("poured", lambda tea: heard.append(["once", tea]))
    center.trigger("poured", "oolong")
    center.off("poured", note)
    center.trigger("poured", "assam")
    listen: Callable[[Any], None] = lambda event: heard.append(event)  # noqa: E731
    Taro.onNetworkStatusChange(listen)
    Taro.offNetworkStatusChange(listen)
    Taro.onWindowResize(listen)
    Taro.offWindowResize(listen)
    ticks: asyncio.Queue[str] = asyncio.Queue()
    asyncio.get_running_loop().call_later(PATIENCE, ticks.put_nowait, "timer")
    Taro.nextTick(lambda: ticks.put_nowait("tick"))
    Promise.resolve("job").then(ticks.put_nowait)
    heard.append([await ticks.get() for _ in range(3)])
    await Taro.setClipboardData(data="oolong, please")
    return heard


async def nodes() -> list[Any]:
    """What is measured on the page: where it is scrolled to."""
    query = Taro.createSelectorQuery()
    query.selectViewport().scrollOffset()
    offset = await Promise(lambda resolve, reject: query.exec(resolve))
    await Taro.pageScrollTo(scrollTop=0, duration=0)
    data = Taro.arrayBufferToBase64(b"tea")
    return [offset[0].scrollTop, data, bytes(Taro.base64ToArrayBuffer(data))]


ROUND = (surroundings, cart, menu, trouble, orders, pictures, dialogs, rooms, signals, nodes)


async def main() -> dict[str, Any]:
    """The whole round: what came of each part, by its name."""
    Taro.addInterceptor(authorize)
    return {part.__name__: await part() for part in ROUND}


if __name__ == "__main__":
    import taropy

    print(json.dumps(taropy.run(main), indent=2, default=str))
