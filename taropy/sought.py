"""What people who come from JavaScript look for on `Taro`, where it is not, and what is written in Python.

One line for each, as it ends the sentence "Taro has no …". Names that Taro has are not in it.
"""

from __future__ import annotations

from collections.abc import Mapping

_TIMERS = "`from taropy.js import {0}` has it, which goes by the phone's clock"
_JS = "`from taropy.js import {0}` has it"
_NATIVE = "what is called `{0}` there is `Taro` here, on every platform; the native object itself is `Taro.native`"
_STORED = "write `Taro.getStorageSync(key)`, `Taro.setStorageSync(key, data)`"
_PAGE = "a page's state is attributes of its class; see docs/guides/pages.md"
_ONE_RUN = "it is React's; a page's function runs once, so write the function or value itself"

# Names of which the same is to be said.
_TIMER_NAMES = (
    "cancelAnimationFrame", "clearImmediate", "clearInterval", "clearTimeout", "requestAnimationFrame",
    "setImmediate", "setInterval", "setTimeout",
)  # fmt: skip
_JS_NAMES = (
    "Array", "Date", "Error", "JSON", "Map", "Math", "Number", "Object", "RegExp", "Set", "String", "TextDecoder",
    "TextEncoder", "URL", "URLSearchParams", "atob", "btoa", "console", "crypto", "decodeURIComponent",
    "encodeURIComponent", "isNaN", "parseFloat", "parseInt", "performance", "queueMicrotask", "structuredClone",
)  # fmt: skip
_NATIVE_NAMES = (
    "dd", "jd", "ks", "my", "qq", "swan", "tt", "uni", "wx",
)  # fmt: skip

SOUGHT: Mapping[str, str] = {
    # Timers and the order of things.
    **{name: _TIMERS.format(name) for name in _TIMER_NAMES},
    "sleep": "write `await asyncio.sleep(seconds)`",
    "Promise": "write `taropy.Promise`: `taropy.Promise.all([…])`",
    "async": "write `async def`, and `taropy.run(main)` to run it",
    "then": "call a function first: `Taro.login().then(…)`, or `await Taro.login()`",
    # What JavaScript has everywhere.
    **{name: _JS.format(name) for name in _JS_NAMES},
    "undefined": "write `None`",
    "globalThis": "write a variable of a module, which others import",
    "global": "write a variable of a module, which others import",
    "process": "write `os.environ`; the platform is `Taro.getEnv()`",
    "require": "write `import`",
    "alert": "write `Taro.showModal(title=…)`",
    # What browsers have.
    "fetch": "write `await Taro.request(url=…)`",
    "axios": "write `await Taro.request(url=…)`",
    "XMLHttpRequest": "write `await Taro.request(url=…)`",
    "WebSocket": "write `await Taro.connectSocket(url=…)`",
    "FormData": "write `await Taro.uploadFile(url=…, filePath=…, name=…, formData={…})`",
    "localStorage": _STORED,
    "sessionStorage": _STORED,
    "document": "there is no document; `Taro.createSelectorQuery()` asks what is on a page",
    "window": "there is no window; `Taro.getWindowInfo()` has its sizes",
    "navigator": "write `Taro.getSystemInfoSync()`, `Taro.getNetworkType()`, `Taro.getLocation()`",
    "location": "write `Taro.getCurrentInstance().router`, or `Taro.navigateTo(url=…)`",
    "history": "write `Taro.navigateBack()`, or `Taro.getCurrentPages()`",
    # The native objects of mini programs.
    **{name: _NATIVE.format(name) for name in _NATIVE_NAMES},
    # Apps and pages.
    "App": "write `taropy.App(pages=[…])`",
    "Page": 'write `@app.page("pages/index/index")` above a class, with `app = taropy.App(pages=[…])`',
    "Component": "write a class below `@app.page(route)`; see docs/guides/pages.md",
    "PureComponent": "write a class below `@app.page(route)`; see docs/guides/pages.md",
    "render": "taropy shows no views: a page is what its code does; see docs/guides/pages.md",
    "onLoad": "write it as a method of a page's class, or `Taro.useLoad(f)` in a page's function",
    "onShow": "write it as a method of a page's class, or `Taro.useDidShow(f)` in a page's function",
    "onHide": "write it as a method of a page's class, or `Taro.useDidHide(f)` in a page's function",
    "onReady": "write it as a method of a page's class, or `Taro.useReady(f)` in a page's function",
    "onUnload": "write it as a method of a page's class, or `Taro.useUnload(f)` in a page's function",
    "onLaunch": "write it as a method of the class below `@app.entry`, or `Taro.useLaunch(f)` in its function",
    "setState": _PAGE,
    "setData": _PAGE,
    "useState": _PAGE,
    "useReducer": _PAGE,
    "useRef": _PAGE,
    "useEffect": "it is React's; write `Taro.useLoad(f)`, `useDidShow(f)` or `useUnload(f)` in a page's function",
    "useLayoutEffect": "it is React's; write `Taro.useReady(f)` in a page's function",
    "useCallback": _ONE_RUN,
    "useMemo": _ONE_RUN,
    "memo": _ONE_RUN,
    "useContext": "it is React's; write a variable of a module, or an attribute of `Taro.getApp()`",
    "createContext": "it is React's; write a variable of a module, or an attribute of `Taro.getApp()`",
    # What other packages bring.
    "atMessage": "it is taro-ui's; write `Taro.showToast(title=…)`",
    "$store": "there is no store; write a module of functions and variables",
    "store": "there is no store; write a module of functions and variables",
    # What is taropy's, and not Taro's.
    "create": "write `taropy.create(platform)`",
    "run": "write `taropy.run(main)`",
    "use": "write `taropy.use(platform)`",
}
