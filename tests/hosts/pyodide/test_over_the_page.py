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


def test_what_is_a_stub_of_taro_s_own_is_not_there(inside) -> None:
    assert over(
        inside,
        """
    print(taro.canIUse("scanCode"), taro.canIUse("login"))
    """,
        WX + "wx.scanCode = () => { Taro.eventCenter.trigger('__taroNotSupport') }",
    ) == ["False True"]


SOCKET = """
class Socket {
  onOpen(listener) { this.open = listener }
  onMessage(listener) { this.message = listener }
  offMessage(listener) { if (!listener || listener === this.message) this.message = undefined }
}
const socket = new Socket()
wx.connectSocket = ({ url }) => url === 'wss://no' ? Promise.reject(new Error('no way')) : Promise.resolve(socket)
page.say = text => socket.message?.({ data: text })
page.open = () => socket.open({})
setTimeout(page.open, 1)
setTimeout(page.say, 2, 'first')
"""


def test_a_task_that_comes_keeps_what_it_tells_until_the_program_listens(inside) -> None:
    assert over(
        inside,
        """
    socket = await taro.connectSocket(url="wss://api.example.com")
    await asyncio.sleep(0.02)
    told = []
    hear = lambda event: told.append(event.data)
    socket.onOpen(lambda _: told.append("open"))
    socket.onMessage(hear)
    print(told)
    page.say("second")
    await asyncio.sleep(0)
    page.say("third")
    taro.native.connectSocket  # it is asked as often as one likes
    print(told)
    page.say("fourth")
    print(told[-1])
    try:
        await taro.connectSocket(url="wss://no")
    except TaroError as error:
        print(error.errMsg)
    """,
        WX + SOCKET,
    ) == ["[]", "['open', 'first', 'second', 'third']", "fourth", "connectSocket:fail no way"]


def test_a_listener_of_a_task_that_has_come_is_found_when_it_is_taken_off(inside) -> None:
    assert over(
        inside,
        """
    socket = await taro.native.connectSocket({"url": "wss://api.example.com"})
    told = []
    hear = lambda event: told.append(event["data"])
    socket.onMessage(hear)
    await asyncio.sleep(0.02)
    socket.offMessage(hear)
    page.say("second")
    print(told)
    socket.onMessage(hear)
    page.say("third")
    print(told)
    """,
        WX + SOCKET,
    ) == ["['first']", "['first', 'third']"]


def test_a_task_that_is_to_tell_nothing_before_the_program_listens_does_not(inside) -> None:
    assert over(
        inside,
        """
    socket = await taro.native.connectSocket({"url": "wss://api.example.com"})
    socket.offMessage()
    page.say("before")
    socket.onMessage(lambda event: print(event["data"]))
    page.say("after")
    """,
        WX + SOCKET,
    ) == ["after"]


def test_files_come_as_bytes_and_what_comes_after_waits_for_them(inside) -> None:
    assert over(
        inside,
        """
    told = []
    hear = told.append
    taro.onNetworkStatusChange(hear)
    taro.chooseImage(success=lambda res: told.append(res.tempFiles[0].originalFileObj), complete=lambda _: hear(1))
    page.fire(2)
    page.fire(js.Blob.new(["three"]))
    page.fire(4)
    print(told)
    await asyncio.sleep(0.02)
    print(told, told[0].name, told[0].type)
    page.fire(5)
    print(told[-1])
    """,
        WX
        + """
    wx.chooseImage = options => {
      const tempFiles = [{ originalFileObj: new File(['tea'], 'tea.txt', { type: 'text/plain' }) }]
      options.success({ tempFiles })
      options.complete({ tempFiles })
    }
    """,
    ) == [
        "[]",
        "[<Blob 'tea.txt' of 3 bytes, text/plain>, 1, 2, <Blob of 5 bytes, no type>, 4] tea.txt text/plain",
        "5",
    ]


def test_files_models_and_dates_go_out_as_the_page_has_them(inside) -> None:
    assert over(
        inside,
        """
    from datetime import UTC, datetime
    from taropy.hosts.js_values import Blob

    taro.setStorageSync("model", await taro.checkSession())
    taro.setStorageSync("date", {"when": datetime(2026, 11, 28, tzinfo=UTC)})
    files = taro.getFileSystemManager()
    files.writeFile(filePath="a", data=Blob(b"tea", "text/plain", "tea.txt"))
    await asyncio.sleep(0.01)
    print(*page.log, sep="; ")
    """,
        WX.replace("options.data instanceof ArrayBuffer", "`${options.data.name} ${options.data.size}`")
        + "wx.checkSession = options => options.success({})",
    ) == ['{"errMsg":"checkSession:ok"}; {"when":"2026-11-28T00:00:00.000Z"}; tea.txt 3']
