"""taropy over the page's own object: what a program sees of JavaScript's values, listeners, promises and errors."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.pyodide

WX = """
const log = []
const listeners = new Map()
const later = (callback, value, ms = 2) => setTimeout(() => callback?.(value), ms)
class Task {
  abort() { log.push('aborted') }
  onHeadersReceived(listener) { later(listener, { header: { a: 1 } }, 0) }
}
class Rect {}
for (const [name, value] of [['width', 3], ['height', null]])
  Object.defineProperty(Rect.prototype, name, { get: () => value, enumerable: true }) // as browsers have them
const files = {
  readFileSync: () => new Uint8Array([104, 105]).buffer,
  writeFile(options) { log.push(options.data instanceof ArrayBuffer); options.success({ errMsg: 'writeFile:ok' }) },
}
const answer = (options, result) => later(() => { options.success?.(result); options.complete?.(result) })
globalThis.wx = {
  env: { USER_DATA_PATH: 'wxfile://usr' },
  login: options => answer(options, {
    code: 'c', nothing: null, missing: undefined, bytes: new Uint8Array([1, 2]), list: [null, undefined, 1.5],
    rect: new Rect(),
  }),
  checkSession: options => later(() => options.fail({ errMsg: 'checkSession:fail expired', errCode: 3 })),
  getStorageSync: key => ({ null: null, undefined: undefined, object: { key } })[key],
  setStorageSync(key, data) { log.push(data === undefined ? 'undefined' : JSON.stringify(data)) },
  getClipboardData: () => Promise.resolve({ data: 'text' }),
  scanCode: () => Promise.reject({ errMsg: 'scanCode:fail cancel' }),
  getBatteryInfo: () => Promise.reject('no battery'),
  getLocation() { throw new TypeError('no way') },
  request(options) {
    setTimeout(() => answer(options, { data: { a: null }, statusCode: 200, header: {} }), 30)
    return new Task()
  },
  onNetworkStatusChange(listener) { listeners.set(listener, (listeners.get(listener) ?? 0) + 1) },
  offNetworkStatusChange(listener) { listener ? listeners.delete(listener) : listeners.clear() },
  getFileSystemManager: () => files,
  vibrateShort: undefined,
}
globalThis.page = {
  log, listeners,
  fire(kind) { for (const listener of [...listeners.keys()]) listener(kind) },
  kept: undefined,
}
"""

HEAD = """
import asyncio
import js
import taropy
from taropy import TaroError

taro = taropy.create("weapp", native=js.wx)
page = js.page
"""


def over(inside, python: str, javascript: str = WX) -> list[str]:
    """The lines that a program prints over the page's `wx`, which `taro` stands on."""
    return inside.run(
        HEAD + "\n".join(line.removeprefix("    ") for line in python.splitlines()), javascript
    ).splitlines()


def test_results_are_python_s_values(inside) -> None:
    assert over(
        inside,
        """
    res = await taro.login()
    print(res.code, res["nothing"], "nothing" in res, "missing" in res, res["bytes"], res["list"])
    print(res["rect"])
    print(taro.getStorageSync("null"), taro.getStorageSync("undefined"), taro.getStorageSync("object").key)
    print(taro.env.USER_DATA_PATH)
    """,
    ) == [
        "c None True False b'\\x01\\x02' [None, None, 1.5]",
        "{'width': 3, 'height': None}",
        "None None object",
        "wxfile://usr",
    ]


def test_the_page_gets_its_own_values(inside) -> None:
    assert over(
        inside,
        """
    taro.setStorageSync("a", None)
    taro.setStorageSync("a", {"none": None, "items": (1, 2.5), "large": 2**60, "yes": True})
    taro.getFileSystemManager().writeFile(filePath="a", data=b"x")
    print(*page.log, sep="\\n")
    """,
    ) == ["null", '{"none":null,"items":[1,2.5],"large":1152921504606847000,"yes":true}', "True"]


def test_failures_of_every_kind_are_errors_and_end_a_call_once(inside) -> None:
    assert over(
        inside,
        """
    for name in ("checkSession", "scanCode", "getBatteryInfo", "getLocation"):
        ends = []
        try:
            await getattr(taro, name)(fail=lambda _: ends.append("fail"), complete=lambda _: ends.append("complete"))
        except TaroError as error:
            print(error.errMsg, error.errCode, *ends)
    """,
    ) == [
        "checkSession:fail expired 3 fail complete",
        "scanCode:fail cancel None fail complete",
        "getBatteryInfo:fail no battery None fail complete",
        "getLocation:fail no way None fail complete",
    ]


def test_an_answer_after_the_call_has_returned_arrives_whether_by_callback_or_promise(inside) -> None:
    assert over(
        inside,
        """
    print((await taro.login()).code, (await taro.getClipboardData()).data)
    told = []
    taro.login(success=lambda res: told.append(res.code))
    await taropy.settled()
    print(told)
    """,
    ) == ["c text", "['c']"]


def test_a_task_can_be_listened_to_and_aborted(inside) -> None:
    assert over(
        inside,
        """
    task = taro.request(url="https://api.example.com")
    task.onHeadersReceived(lambda event: print("headers", event.header.a))
    print((await task).data)
    taro.request(url="https://api.example.com").abort()
    print(*page.log)
    """,
    ) == ["headers 1", "Record({'a': None})", "aborted"]


def test_a_listener_hears_until_it_is_taken_off(inside) -> None:
    assert over(
        inside,
        """
    fire = lambda: page.fire(js.JSON.parse('{"isConnected": true}'))
    listener = lambda event: print("heard", event.isConnected)
    taro.onNetworkStatusChange(listener)
    taro.onNetworkStatusChange(listener)
    await asyncio.sleep(0.01)
    fire()
    print(page.listeners.size)
    taro.offNetworkStatusChange(listener)
    fire()
    print(page.listeners.size)
    taro.onNetworkStatusChange(listener)
    taro.offNetworkStatusChange()
    fire()
    print(page.listeners.size)
    """,
    ) == ["heard True", "1", "0", "0"]


def test_a_page_that_keeps_a_listener_that_was_taken_off_does_no_harm(inside) -> None:
    assert over(
        inside,
        """
    heard = []
    taro.onNetworkStatusChange(heard.append)
    page.kept = next(iter(page.listeners.keys()))
    page.kept(None)
    taro.offNetworkStatusChange(heard.append)
    page.kept(None)
    print(len(heard))
    taro.onNetworkStatusChange(heard.append)
    taro.close()
    page.fire(None)
    print(len(heard))
    """,
    ) == ["1", "1"]


def test_what_the_page_lacks_is_not_supported_there(inside) -> None:
    assert over(
        inside,
        """
    print(taro.canIUse("login"), taro.canIUse("vibrateShort"), taro.canIUse("getUpdateManager"))
    try:
        taro.getUpdateManager()
    except taropy.NotSupported as error:
        print(error.reason, error)
    """,
    ) == ["True False False", "host the page's object does not have getUpdateManager, although weapp has it"]


def test_objects_of_the_page_stay_what_they_are(inside) -> None:
    assert over(
        inside,
        """
    files = taro.getFileSystemManager()
    print(files.readFileSync("x"), files == taro.getFileSystemManager())
    """,
    ) == ["b'hi' True"]


def test_thousands_of_calls_leave_no_callback_behind(inside) -> None:
    assert over(
        inside,
        """
    import gc

    class Heavy:
        left = 0
        def __init__(self):
            Heavy.left += 1
        def __del__(self):
            Heavy.left -= 1

    async def one():
        heavy = Heavy()
        await taro.login(success=lambda _: heavy)

    for _ in range(50):
        await one()
    gc.collect()
    print(Heavy.left)
    """,
    ) == ["0"]


def test_the_host_finds_the_page_s_object_by_its_name(inside) -> None:
    assert over(
        inside,
        """
    print((await taropy.create("weapp", host="pyodide").login()).code)
    js.myOwn = js.wx
    print((await taropy.create("alipay", host="pyodide", name="myOwn").getClipboardData()).data)
    try:
        taropy.create("swan", host="pyodide")
    except RuntimeError as error:
        print(error)
    """,
        WX.replace("getClipboardData: () => Promise.resolve({ data:", "getClipboard: () => Promise.resolve({ text:"),
    ) == ["c", "text", "the page has no swan and no Taro; name=… says what it is called there"]


def test_odd_values_of_the_page_do_no_harm(inside) -> None:
    assert over(
        inside,
        """
    odd = taro.getStorageSync("circle")
    print(odd.name, odd.inner.name, "again" in odd.inner, "broken" in odd, odd.when, odd.large, odd.no)
    """,
        WX
        + """
    const circle = { name: 'outer', inner: { name: 'inner' }, when: new Date(0), large: 2n ** 70n, no: NaN }
    circle.inner.again = circle
    Object.defineProperty(circle, 'broken', { get() { throw new Error('no') }, enumerable: true })
    globalThis.wx.getStorageSync = () => circle
    """,
    ) == [f"outer inner False False 1970-01-01T00:00:00.000Z {2**70} nan"]
