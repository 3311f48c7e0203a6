"""A JavaScript program's Taro is the process's runtime on the phone; values cross over and mean the same."""

from __future__ import annotations

from typing import Any

import pytest
from engines import Run

import taropy
from taropy.phone.core.clock import Clock
from taropy.port.engine.values import ProgramError

IMPORT = "import Taro, { login, ENV_TYPE } from '@tarojs/taro'\nimport * as all from '@tarojs/taro'\n"

# What an async `main` of this body gives.
BODIES: dict[str, tuple[str, Any]] = {
    "every way to import it": (
        "return [await login().then(r => r.errMsg), ENV_TYPE.WEB, all.getEnv(), Taro.getEnv()]",
        ["login:ok", "WEB", "WEAPP", "WEAPP"],
    ),
    "values in storage": (
        "const v = { a: [1, 1.5, -1, null, 'x', true, { b: {} }], d: 1e21, u: undefined }\n"
        "Taro.setStorageSync('k', v); return Taro.getStorageSync('k')",
        {"a": [1, 1.5, -1, None, "x", True, {"b": {}}], "d": 1e21},
    ),
    "text of every kind": (
        "const v = '\\u0000\\ud83d中👍\\\\\"'; Taro.setStorageSync('k', v); return Taro.getStorageSync('k') === v",
        True,
    ),
    "what is not stored": ("return Taro.getStorageSync('k')", ""),
    "null that was stored": ("Taro.setStorageSync('k', null); return [Taro.getStorageSync('k')]", [None]),
    "bytes": (
        (
            "const fs = Taro.getFileSystemManager(), path = `${Taro.env.USER_DATA_PATH}/f`\n"
            "fs.writeFileSync(path, new Uint8Array([0, 200, 255]).subarray(1).buffer); "
            "fs.appendFileSync(path, '!', 'utf8')\n"
            "const back = fs.readFileSync(path)\n"
            "return [back instanceof ArrayBuffer, [...new Uint8Array(back)], "
            "fs.readFileSync(path, 'hex')]"
        ),
        [True, [0, 200, 255, 33], "00c8ff21"],
    ),
    "callbacks": (
        (
            "const seen = []\n"
            "await new Promise(end => Taro.getStorage({ key: 'no', success() { seen.push('s') }, "
            "fail(e) { seen.push(e.errMsg) }, complete: e => end(seen.push(e.errMsg)) }))\n"
            "return seen"
        ),
        ["getStorage:fail data not found", "getStorage:fail data not found"],
    ),
    "a rejection": (
        (
            "try { await Taro.getStorage({ key: 'no' }) } catch (e) { return [e instanceof "
            "Error, e.errMsg, Object.keys(e)] }"
        ),
        [False, "getStorage:fail data not found", ["errMsg"]],
    ),
    "wrong options": (
        "try { await Taro.request({ url: 3 }) } catch (e) { return e.errMsg }",
        "request:fail parameter error: parameter.url should be String instead of Number",
    ),
    "options stay as they are": (
        "const o = { title: 'a', success() {} }; Taro.showToast(o); return Object.keys(o)",
        ["title", "success"],
    ),
    "a manager is one object": (
        (
            "const a = Taro.getFileSystemManager(), b = Taro.getFileSystemManager()\n"
            "return [a === b, a.stat === a.stat, typeof a.readFile, a.nothing]"
        ),
        [True, True, "function", None],
    ),
    "managers can be awaited": (
        "const t = await Promise.resolve(Taro.getFileSystemManager()); return typeof t.readFile",
        "function",
    ),
    "chained queries": (
        "return await new Promise(end => Taro.createSelectorQuery().select('#a').boundingClientRect().exec(end))",
        [None],
    ),
    "events": (
        (
            "const seen = [], f = (...x) => seen.push(x), g = x => seen.push(x)\n"
            "Taro.eventCenter.on('e', f); Taro.eventCenter.once('e', g)\n"
            "Taro.eventCenter.trigger('e', 1, { a: 2 }); Taro.eventCenter.trigger('e'); "
            "Taro.eventCenter.off('e', f)\n"
            "Taro.eventCenter.trigger('e', 3); return seen"
        ),
        [[1, {"a": 2}], 1, []],
    ),
    "events of one's own": (
        "const e = new Taro.Events(); let n = 0; e.on('a', () => (n += 1)); e.trigger('a'); return n",
        1,
    ),
    "listeners that go": (
        (
            "let n = 0; const f = () => (n += 1); Taro.onNetworkStatusChange(f); "
            "Taro.offNetworkStatusChange(f); return n"
        ),
        0,
    ),
    "canIUse": ("return [Taro.canIUse('login'), Taro.canIUse('nothing')]", [True, False]),
    "what is no function": (
        "try { Taro.nothing() } catch (e) { return [e.name, typeof Taro.nothing] }",
        ["TypeError", "undefined"],
    ),
    "the environment": (
        "return [process.env.TARO_ENV, process.env.NODE_ENV, typeof process.argv]",
        ["weapp", "development", "object"],
    ),
    "the platform's own object": (
        (
            "wx.setStorageSync('k', 1); return await new Promise(end => wx.getStorage({ key: "
            "'k', success: r => end(r.data) }))"
        ),
        1,
    ),
    "functions of Taro's that the program replaces": ("Taro.getEnv = () => 'mine'; return Taro.getEnv()", "mine"),
    "dates": ("return new Date(86400000)", "date"),
    "the phone's time": (
        "return [Date.now(), new Date().getTime(), typeof Date(), new Date(0) instanceof Date]",
        [1_000_000_000_000, 1_000_000_000_000, "string", True],
    ),
    "numbers that JSON lacks": ("return [NaN, Infinity, -0, 10n].map(String)", ["NaN", "Infinity", "0", "10"]),
    "configurations": ("return [defineAppConfig({ pages: [] }), definePageConfig({})]", [{"pages": []}, {}]),
    "queueMicrotask": (
        "const seen = []; queueMicrotask(() => seen.push('job')); seen.push('sync'); await null; return seen",
        ["sync", "job"],
    ),
}


@pytest.mark.parametrize(("body", "value"), BODIES.values(), ids=BODIES)
def test_taro_is_there(ran: Run, body: str, value: Any) -> None:
    phone = taropy.Phone()
    phone.clock.stop()
    phone.clock.set(1_000_000_000)
    result = ran(f"{IMPORT}export async function main() {{\n{body}\n}}", name="main.js", phone=phone).value
    if value == "date":
        assert result.timestamp() == 86400
    else:
        assert result == value


def test_what_a_platform_lacks_throws_at_the_call(ran: Run) -> None:
    text = f"""{IMPORT}
        export function main() {{
          try {{ Taro.checkSession() }} catch (e) {{
            return [e instanceof Error, e.name, e.message, e.errMsg, e.api, e.platform, e.reason, e.supportedOn]
          }}
        }}
    """
    assert ran(text, platform="h5").value == [
        True,
        "NotSupported",
        "checkSession is not supported on h5 (supported on weapp, swan, qq, tt)",
        "checkSession:fail not supported on h5",
        "checkSession",
        "h5",
        "platform",
        ["weapp", "swan", "qq", "tt"],
    ]


def test_interceptors_go_around_requests(ran: Run) -> None:
    phone = taropy.Phone()
    phone.faults.answer("request", statusCode=200, data={"n": 1}, header={}, cookies=[])
    text = f"""{IMPORT}
        export async function main() {{
          const seen = []
          Taro.addInterceptor(async chain => {{
            chain.requestParams.header = {{ token: 't' }}
            const res = await chain.proceed(chain.requestParams)
            seen.push('outer ' + res.data.n)
            return {{ ...res, data: {{ n: res.data.n + 1 }} }}
          }})
          Taro.addInterceptor(chain => {{
            seen.push('inner ' + chain.requestParams.header.token)
            return chain.proceed(chain.requestParams)
          }})
          const task = Taro.request({{ url: 'https://a.example' }})
          seen.push(typeof task.abort)
          return {{ n: (await task).data.n, seen }}
        }}
    """
    assert ran(text, name="main.js", phone=phone).value == {"n": 2, "seen": ["inner t", "function", "outer 1"]}


def test_a_task_can_be_ended(ran: Run) -> None:
    phone = taropy.Phone()
    phone.faults.hang("request")
    text = f"""{IMPORT}
        export async function main() {{
          const task = Taro.request({{ url: 'https://a.example' }})
          task.abort()
          return await task.catch(e => e.errMsg)
        }}
    """
    assert ran(text, phone=phone).value == "request:fail abort"


class Hurried(Clock):
    """A clock that shows the time for which anything waits as soon as it does."""

    def __init__(self) -> None:
        super().__init__()
        self.stop()

    async def until(self, moment: float) -> None:
        self.set(max(moment, self.now()))
        await super().until(moment)


def test_timers_are_on_the_phones_clock(ran: Run) -> None:
    text = """
        export async function main() {
          const seen = []
          let count = 0
          const never = setTimeout(() => seen.push('never'), 1)
          clearTimeout(never)
          setTimeout((a, b) => seen.push(a + b), 0, 1, 2)
          setTimeout(() => seen.push('first'), 2000)
          setTimeout(() => seen.push('second'), 2000)
          await new Promise(end => {
            const ticking = setInterval(() => {
              seen.push('tick')
              if ((count += 1) < 3) return
              clearInterval(ticking)
              end()
            }, 1000)
          })
          return seen
        }
    """
    assert ran(text, name="main.js", phone=taropy.Phone(clock=Hurried())).value == [
        3,
        "tick",
        "first",
        "second",
        "tick",
        "tick",
    ]


PRINTED = {
    "'a', 1, null, undefined, true, -0, 10n": "a 1 null undefined true -0 10n",
    "[1, 'a', [2]], { a: 'b', 'c-d': { e: {} } }": "[ 1, 'a', [ 2 ] ] { a: 'b', 'c-d': { e: {} } }",
    "'%s is %d', 'x', 5, 'more'": "x is 5 more",
    "new Map([[1, 'a']]), new Set([1])": "Map(1) { 1 => 'a' } Set(1) { 1 }",
    "() => 1, function f() {}, class A {}": "[Function (anonymous)] [Function: f] [class: A]",
    "new Date(0), /a/g": "1970-01-01T00:00:00.000Z /a/g",
    "(() => { const a = {}; a.a = a; return a })()": "{ a: [Circular] }",
}


@pytest.mark.parametrize(("given", "text"), PRINTED.items(), ids=PRINTED)
def test_console_shows_values(ran: Run, given: str, text: str) -> None:
    assert ran(f"console.log({given})", name="main.js").printed == [text]


UNCAUGHT = {
    "a promise that nobody keeps": ("async function f() { await null; throw new Error('late') }\nf()", "Error: late"),
    "one that is kept and never looked at": ("const p = Promise.reject(new Error('kept'))", "Error: kept"),
    "the end of a chain": ("Promise.resolve().then(() => { throw new Error('then') })", "Error: then"),
    "async functions in forEach": ("[1].forEach(async () => { throw new Error('each') })", "Error: each"),
    "a call of Taro's": ("Taro.getStorage({ key: 'no' })", "getStorage:fail data not found"),
    "a call in an async function": (
        "(async () => { await Taro.getStorage({ key: 'no' }) })()",
        "getStorage:fail data not found",
    ),
    "a microtask": ("queueMicrotask(() => { throw new Error('job') })", "Error: job"),
    "a timer": ("setTimeout(() => { throw new Error('timer') }, 0)", "Error: timer"),
    "an async timer": ("setTimeout(async () => { throw new Error('timer') }, 0)", "Error: timer"),
}


@pytest.mark.parametrize(("code", "told"), UNCAUGHT.values(), ids=UNCAUGHT)
def test_what_nobody_catches_is_told_with_its_line(ran: Run, code: str, told: str) -> None:
    [failure] = ran(f"{IMPORT}{code}", name="main.ts").uncaught
    line = code.splitlines()[0]
    assert failure.splitlines()[0].endswith(f"main.ts:3: {line}")
    assert failure.splitlines()[1] == told


@pytest.mark.parametrize(
    "code",
    [
        "const p = Promise.reject(new Error('x')); p.catch(() => {})",
        "Promise.reject(new Error('x')).catch(() => {})",
        "(async () => { try { await Promise.reject(new Error('x')) } catch {} })()",
        "Promise.allSettled([Promise.reject(new Error('x'))])",
        "Taro.getStorage({ key: 'no', fail() {} })",
        "Taro.getStorage({ key: 'no' }).then(() => {}, () => {})",
        "async function f() { throw 1 }\nasync function g() { return f() }\ng().catch(() => {})",
    ],
)
def test_what_is_caught_is_not(ran: Run, code: str) -> None:
    assert ran(f"{IMPORT}{code}", name="main.js").uncaught == []


def test_listeners_hear_of_rejections(ran: Run) -> None:
    text = f"""{IMPORT}
        Taro.onUnhandledRejection(res => console.log(res.reason.message))
        Promise.reject(new Error('alone'))
    """
    assert ran(text).printed == ["alone"]


def test_an_error_of_the_programs_own_comes_back_as_it_was(ran: Run) -> None:
    text = f"""{IMPORT}
        class Refused extends Error {{ constructor(public code: number) {{ super('refused'); this.name = 'Refused' }} }}
        export async function main() {{
          Taro.addInterceptor(() => Promise.reject(new Refused(7)))
          try {{ await Taro.request({{ url: 'https://a.example' }}) }} catch (e) {{
            if (!(e instanceof Refused)) throw new Error('another one')
            throw e
          }}
        }}
    """
    with pytest.raises(ProgramError) as raised:
        ran(text)
    assert (raised.value.name, raised.value.message, raised.value.fields["code"]) == ("Refused", "refused", 7)


def test_an_object_that_contains_itself_is_refused(ran: Run) -> None:
    text = f"{IMPORT}export const main = () => {{ const a = {{}}; a.a = a; Taro.setStorageSync('k', a) }}"
    with pytest.raises(ProgramError, match="contains itself"):
        ran(text, name="main.js")


def test_a_recursion_without_end_is_an_error(ran: Run) -> None:
    assert ran("const f = n => f(n + 1) + 1\nexport const main = () => { try { f(0) } catch (e) { return e.name } }",
               name="main.js").value == "RangeError"  # fmt: skip


def test_what_the_engine_has_no_use_for_is_given_back(ran: Run) -> None:
    text = f"""{IMPORT}
        export async function main() {{
          for (let i = 0; i < 500; i += 1) {{
            await new Promise(end => Taro.getStorage({{ key: 'no', fail: end }}))
            await Taro.getStorageInfo()
            Taro.createSelectorQuery()
          }}
        }}
    """
    assert ran(text, name="main.js").held < 200  # of 1,500; its collector comes by and by


def test_long_texts_come_over(ran: Run) -> None:
    text = (
        "export const main = n => { let s = ''; for (let i = 0; i < n; i += 1) s += 'word ' + i; throw new Error(s) }"
    )
    with pytest.raises(ProgramError) as raised:
        ran(text, 5000, name="main.js")
    assert raised.value.message.endswith("word 4999")


INTERCEPTED = f"""{IMPORT}
    Taro.addInterceptor(Taro.interceptors.logInterceptor)
    Taro.addInterceptor(chain => chain.proceed(chain.requestParams))
    export async function main() {{
      const given = {{ url: 'https://shop.example/a', data: {{ page: 1, tags: ['x'] }} }}
      const ended = await Taro.request(given).catch(error => error.errMsg.slice(0, 12))
      Taro.getStorage({{ key: 'no', fail: () => Taro.request({{ url: 'https://a.example/lost' }}) }}).catch(() => {{}})
      return ended
    }}
"""


def test_what_an_interceptor_hands_on_is_uncaught_only_where_nobody_hears_of_it(ran: Run) -> None:
    done = ran(INTERCEPTED)
    assert done.value == "request:fail"
    assert len(done.uncaught) == 1
    assert "getStorage" in done.uncaught[0]


def test_the_log_interceptor_prints_as_the_programs_console_does(ran: Run) -> None:
    printed = ran(INTERCEPTED).printed
    assert printed[0] == "http GET --> https://shop.example/a data:  { page: 1, tags: [ 'x' ] }"
