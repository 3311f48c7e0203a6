"""`taropy port` over projects: imports between modules, what is refused, what is written, bad input."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from auditing import Load, Write
from click.testing import CliRunner

from taropy.cli.commands import taropy
from taropy.js import NotPorted, NotPortedWarning, Obj
from taropy.port.porting import port, translated


@pytest.fixture
def python(write: Write) -> Callable[[str], str]:
    """The Python of one module."""
    return lambda text: translated([write({"main.ts": text}) / "main.ts"]).modules[0].text


# --- imports -----------------------------------------------------------------------------------------------------


def test_modules_import_each_other_by_name_default_and_whole(load: Load) -> None:
    module = load(
        {
            "src/main.ts": """
                import greet, { nameOf as named } from './lib/greeting'
                import * as numbers from './lib/numbers'
                import { twice } from './lib'
                export const run = () => [greet('a'), named({ id: 1 }), numbers.LIMIT, numbers.addOne(1), twice(4)]
            """,
            "src/lib/greeting.ts": """
                export default function (name: string) { return `hi ${name}` }
                export function nameOf({ id }: { id: number }) { return 'n' + id }
            """,
            "src/lib/numbers.ts": "export const LIMIT = 9\nexport const addOne = (n: number) => n + 1",
            "src/lib/index.ts": "export * from './more'\nexport { default as greet } from './greeting'",
            "src/lib/more.ts": "export const twice = (n: number) => n * 2",
        },
        "main",
    )
    assert module.run() == ["hi a", "n1", 9, 2, 8]


HANDED_ON = {
    "by default": ("import * as api from './api'\nexport default api", "import api from './index'"),
    "by name": ("import * as api from './api'\nexport { api as users }", "import { users as api } from './index'"),
    "at once": ("export * as api from './api'", "import { api } from './index'"),
    "by another": ("export { api } from './other'", "import { api } from './index'"),
    "with all of another": ("export * from './other'", "import { api } from './index'"),
}


@pytest.mark.parametrize(("index", "line"), HANDED_ON.values(), ids=HANDED_ON)
def test_a_module_that_another_one_hands_on_as_a_whole_is_used_by_its_names(load: Load, index: str, line: str) -> None:
    module = load(
        {
            "src/main.ts": f"{line}\nexport const run = () => [api.userName(1), api.LIMIT]",
            "src/index.ts": index,
            "src/other.ts": "export * as api from './api'\nexport const more = 1",
            "src/api.ts": "export const LIMIT = 9\nexport function userName(id: number) { return 'u' + id }",
        },
        "main",
    )
    assert module.run() == ["u1", 9]


def test_an_alias_of_tsconfig_leads_to_the_module(load: Load) -> None:
    module = load(
        {
            "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}',
            "src/main.ts": "import { limit } from '@/deep/config'\nexport const run = () => limit",
            "src/deep/config.ts": "export const limit = 3",
        },
        "main",
    )
    assert module.run() == 3


def test_modules_that_import_each_other_in_a_circle_are_imported_whole(load: Load) -> None:
    module = load(
        {
            "src/a.ts": "import { b } from './b'\nexport const a = () => 'a' + b()\nexport const end = () => 'end'",
            "src/b.ts": "import { end } from './a'\nexport const b = () => 'b' + end()",
        },
        "a",
    )
    assert module.a() == "abend"


def test_a_variable_that_its_module_sets_later_is_seen_as_it_is(load: Load) -> None:
    module = load(
        {
            "src/state.ts": "export let token = ''\nexport const logIn = () => { token = 't1' }",
            "src/main.ts": "import { token, logIn } from './state'\nexport const run = () => { logIn(); return token }",
        },
        "main",
    )
    assert module.run() == "t1"


def test_types_are_imported_from_other_modules(python: Callable[[str], str], write: Write) -> None:
    folder = write(
        {
            "types.ts": "export interface Item { price: number }",
            "main.ts": "import { Item } from './types'\nexport const twice = (item: Item) => item.price * 2\n",
        }
    )
    main = next(module for module in translated([folder]).modules if module.source.name == "main.ts")
    assert "return item.price * 2" in main.text
    assert not main.refusals


@pytest.mark.parametrize(
    ("call", "line"),
    [
        ("Taro.scanCode({})", "Taro.scanCode()"),
        ("Taro.showToast(({ title: 'x' }))", 'Taro.showToast(title="x")'),
        ("Taro.createAnimation({ duration: 400 })", "Taro.createAnimation(duration=400)"),
        ("Taro.getPrivacySetting({ success: told })", "Taro.getPrivacySetting(success=told)"),
        ("Taro.setStorageSync('a', { b: [1, { c: 2 }] })", 'Taro.setStorageSync("a", {"b": [1, {"c": 2}]})'),
        ("Taro.eventCenter.trigger('a', { b: 1 })", 'Taro.eventCenter.trigger("a", Obj(b=1))'),
    ],
)
def test_taro_takes_its_options_by_name_and_plain_values(write: Write, call: str, line: str) -> None:
    text = f"import Taro from '@tarojs/taro'\nexport function run(told) {{ {call} }}"
    [module] = translated([write({"main.js": text})]).modules
    assert line in module.text


@pytest.mark.parametrize(
    ("other", "made"),
    [
        pytest.param("", "Item(price=2)", id="types and nothing else"),
        pytest.param("console.log('runs')\n", "Obj(price=2)", id="what would run for the type alone"),
        pytest.param("import { cheap } from './main'\nexport const dear = !cheap\n", "Obj(price=2)", id="a circle"),
    ],
)
def test_a_literal_is_made_by_the_class_of_another_module_if_that_runs_nothing(
    write: Write, other: str, made: str
) -> None:
    folder = write({
        "types.ts": f"{other}export interface Item {{ price: number }}",
        "main.ts": "import { Item } from './types'\nexport const cheap: Item = { price: 2 }\n",
    })  # fmt: skip
    [main] = [module for module in translated([folder]).modules if module.source.name == "main.ts"]
    assert made in main.text


HTTP = """
export interface Options { url: string; data?: any }
export class Http {
  static ask(options: Options) { return options.url }
  post = (options: Options) => options.url
  put(options: Options) { return options.url }
}
export default new Http()
export const kept = { list(options: Options) { return options.url }, more: (options: Options) => options.url }
"""


@pytest.mark.parametrize("call", ["Http.ask", "http.post", "http.put", "kept.list", "kept.more"])
def test_a_literal_that_a_method_takes_is_made_by_the_class_of_its_parameter(write: Write, call: str) -> None:
    folder = write({
        "http.ts": HTTP,
        "main.ts": "import http, { Http, kept } from './http'\n"
        f"export const run = () => {call}({{ url: '/a', data: 1 }})",
    })  # fmt: skip
    main = next(module for module in translated([folder]).modules if module.source.name == "main.ts")
    assert f'{call}(Options(url="/a", data=1))' in main.text


@pytest.mark.parametrize(
    ("http", "call", "line"),
    [
        ("class Http { static ask(options) { return options.url } }\nexport { Http }", "Http.ask", '{"url": "/a"}'),
        ("export const Http = { ask: (options) => options.url }", "Http.ask", '{"url": "/a"}'),
        # What is set later may be any function, which makes no object of a dict.
        ("export const Http = { ask: (o) => o.url }\nHttp.ask = (o) => o.url", "Http.ask", 'Obj(url="/a")'),
        ("export const Http = { ask: (o) => o.url, ...others }", "Http.ask", 'Obj(url="/a")'),
        ("import axios from 'axios'\nexport const Http = axios.create({ baseURL: '/b' })", "Http", '{"url": "/a"}'),
        ("import axios from 'axios'\nexport const Http = axios.create({})", "Http.get", '{"url": "/a"}'),
        ("export const Http = make()\nfunction make() { return (o) => o.url }", "Http", 'Obj(url="/a")'),
    ],
)
def test_a_literal_for_a_method_that_is_called_so_again_and_again_is_a_dict(
    write: Write, http: str, call: str, line: str
) -> None:
    text = f"import {{ Http }} from './http'\nexport const one = () => {call}({{ url: '/a' }})\n"
    folder = write({"http.js": http, "main.js": f"{text}export const two = () => {call}({{ url: '/b' }})\n"})
    main = next(module for module in translated([folder]).modules if module.source.name == "main.js")
    assert f"{call}({line})" in main.text


def test_a_literal_that_is_handed_to_another_modules_function_is_made_by_the_class_of_its_parameter(
    load: Load,
) -> None:
    module = load(
        {
            "src/shop.ts": "export interface Order { id: number; note?: string }\n"
            "export const label = (order: Order) => `${order.id} ${order.note || '-'}`",
            "src/main.ts": "import { label as shown } from './shop'\nexport const run = () => shown({ id: 7 })",
        },
        "main",
    )
    assert module.run() == "7 -"
    assert "shown(Order(id=7))" in Path(module.__file__).read_text("utf-8")


# --- what is not ported ------------------------------------------------------------------------------------------


def test_a_package_of_javascripts_raises_when_it_is_used(load: Load) -> None:
    module = load({"src/main.ts": "import moment from 'moment'\nexport const run = () => moment().year()"}, "main")
    with pytest.warns(RuntimeWarning), pytest.raises(NotPorted, match=r"moment.*pendulum"):
        module.run()


def test_what_is_awaited_of_a_package_is_given_by_a_function_of_pythons(load: Load) -> None:
    module = load(
        {"src/main.ts": "import api from 'shop-api'\nexport const run = async () => (await api.find(7)).name"}, "main"
    )

    async def find(id: int) -> Obj:
        return Obj(name=f"tea {id}")

    async def main() -> str:
        return await module.run()

    module.api = Obj(find=find)
    assert asyncio.run(main()) == "tea 7"


def test_a_class_with_a_method_of_a_computed_name_keeps_its_others(load: Load) -> None:
    text = """
        export class Cart { items = [1]; *[Symbol.iterator]() {} ['a' + 1]() {} count() { return 1 } }
        export const whole = () => { try { return [...new Cart()] } catch (e) { return 'empty' } }
    """
    module = load({"src/cart.ts": text}, "cart")
    assert module.Cart().count() == 1
    with pytest.warns(NotPortedWarning, match="computed name"):
        module.whole()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("export async function* ids() { yield 1; return 2 }", "async generator"),
        ("export const f = function () { return arguments }", "arguments"),
        ("export class A { #x__ = 1 }", "private member"),
        ("export class A { static set x(to) {} }", "static setter"),
        ("export const f = (o) => { a: if (o) { break a } }", "a label of"),
        ("export class A { f() { return super[g()] } }\nconst g = () => 'a'", "computed name"),
        ("export class A { f() { super.x = 1 } }", "super"),
        ("export class A extends B { constructor() { if (g()) { super() } } }\nclass B {}\nconst g = () => 1", "super"),
        ("@log class A {}", "decorator @log"),
        ("class A { @log f() {} }", "decorators of members"),
        ("const log = x => x\nclass B {}\n@log class A extends B { f() { return [1].map(() => super.f()) } }", "super"),
        ("export const f = () => window.location", "web page"),
        ("export const f = (a) => a.constructor", "constructor"),
        ("export function F() { this.a = 1 }", "this"),
        ("const o = { n: 1, f() { return g(function () { return this.n }) } }\nconst g = (h) => h()", "this"),
        ("const base = { n: 1, f() { return this.n } }\nexport const o = { ...base, n: 2 }", "this"),
        ("const base = { f() { return this.n } }\nexport const o = (a) => Object.assign(a, base)", "this"),
        ("export class A { static 'a-b'() {} }", "the name a-b"),
        ("F.prototype.run = G.run\nfunction F() {}\nconst G = F", "prototype"),
        ("export const f = () => import('./other')", "when the program runs"),
        ("export const big = 10n", "any size"),
        ("export const f = (a, b) => { if (((a + (b)) < `${[-1, b]}`)) { return 1 } }", "not understood"),
        ("export const f = (x) => { switch (x) { case 1: let y = x; g(y); case 2: g(x) } }", "goes on with the next"),
        (f"export const f = (x) => {{ switch (x) {{ case 1: g(x); case 2: {'g(x);' * 9} }} }}", "with long ones"),
        ("export const f = () => [new F(), F()]\nfunction F() {}", "called with `new`"),
        ("export const f = () => { Object.keys = null }", "every program's"),
        ("export const f = (x) => `${x}`.foo", "field foo of a string"),
        (
            "export const f = (n) => { const m = []; while (n > 0) { let j = n; m.push(() => j); j++ } }",
            "turn",
        ),
        ("export const f = (m) => { for (let i = 0; i < 6; i++) { m.push(() => i); i++ } }", "turn"),
        ("export const f = (m) => { for (let x of m) { m.push(() => x); x += 1 } }", "turn"),
        ("export const f = (m) => { for (let i = 0; i < 6; i++) { while (m.a) { i++; m.push(() => i) } } }", "turn"),
        ("export const f = (a, b) => 0 < a < b", "another comparison"),
        ("export const f = (a, b) => a in b < 1", "another comparison"),
        ("enum E { a = 'x', b = 1 }", "texts and numbers"),
        ("enum E { a = 'x'.length }", "computed values"),
        ("namespace N { export const a = 1 }\nnamespace N { export const b = 1 }", "merged"),
        ("export const f = tag`x`", "declared nowhere"),
        ("export const f = () => nothing()", "declared nowhere"),
        ("export const f = () => typeof nothing", "nothing declares"),
        ("export const f = () => `${typeof (nothing)}`", "nothing declares"),
        ("export const f = () => `${typeof (nothing as any)}`", "nothing declares"),
    ],
)
def test_what_is_not_ported_is_told_with_its_line(write: Write, text: str, reason: str) -> None:
    module = translated([write({"main.ts": text}) / "main.ts"]).modules[0]
    assert module.refusals
    assert reason in module.refusals[0].reason
    assert module.refusals[0].line >= 1
    assert "NotPorted" in module.text or "nported" in module.text or "not_ported" in module.text


def test_comparisons_that_read_as_types_are_not_ported_of_javascript(write: Write) -> None:
    module = translated([write({"main.js": "export const f = (a, b, c) => [(a) < 'b', b > (c)]"}) / "main.js"]).modules[
        0
    ]
    assert ["may be types" in each.reason for each in module.refusals] == [True]


def test_a_page_keeps_its_logic(write: Write) -> None:
    folder = write(
        {
            "page.tsx": """
                import { View } from '@tarojs/components'
                export const price = (n: number) => n.toFixed(2)
                export default function Page() { return <View>{price(1)}</View> }
            """
        }
    )
    module = translated([folder]).modules[0]
    assert "def price" in module.text
    assert (module.refusals, module.viewed) == ((), 1)
    assert "# view: page.tsx:4\n    return view()" in module.text


def test_a_view_keeps_what_its_comments_say(write: Write) -> None:
    folder = write(
        {
            "page.jsx": """
                export default function Page() {
                  return <View>
                    {/* the sum of all */}
                    <View onClick={() => {
                      // once more
                      go()
                    }} />
                    {/* <View>old</View> */}
                  </View>
                }
                function go() {}
            """
        }
    )
    lines = translated([folder]).modules[0].text.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("    # view: page.jsx:"))
    assert lines[at + 1 : at + 3] == ["    #   the sum of all", "    return view(on_click=on_click)"]
    assert "        # once more" in lines[:at]


# --- how it reads ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("export const f = (name: string) => `hi ${name}`", 'return f"hi {name}"'),
        ("export const f = (a: number, b: number) => a + b", "return a + b"),
        ("export const f = (a?: string) => a ?? 'x'", 'return "x" if a is None else a'),
        ("export async function getUser() { return 1 }", "async def get_user() -> float:"),
        (
            "export const f = (xs: any[]) => { for (let i = 0; i < xs.length; i++) g(xs[i]) }\nconst g = (x) => x",
            "for i in range(len(xs)):",
        ),
        ("export type Mode = 'a' | 'b'", 'Mode = Literal["a", "b"]'),
        ("enum Mode { A = 'a' }", "class Mode(StrEnum):"),
        (
            "import Taro from '@tarojs/taro'\nTaro.showToast({ title: 'x', mask: true })",
            'Taro.showToast(title="x", mask=True)',
        ),
        ("/** Says hi. */\nexport function hi() {}", '    """Says hi."""'),
        ("const a = 1 // one", "a = 1  # one"),
        ("export const f = (x: string) => x === 'a'", 'return x == "a"'),
        ("export const f = (x: any) => x === 1", "return same(x, 1)"),
        ("export const f = (x: any) => x === 200", "return x == 200"),
        ("export const f = (x: any) => typeof x === 'function'", "return callable(x)"),
    ],
)
def test_the_python_reads_as_written_by_hand(python: Callable[[str], str], text: str, line: str) -> None:
    assert line in python(text)


# --- the command -------------------------------------------------------------------------------------------------


def test_the_command_writes_a_package_with_a_map_and_a_report(write: Write, tmp_path: Path) -> None:
    write({"src/user-center/api.ts": "\nexport const one = () => 1\nexport const ids = () => 10n\n"})
    out, report = tmp_path / "shop", tmp_path / "report.json"
    done = CliRunner().invoke(taropy, ["port", str(tmp_path / "src"), "--out", str(out), "--report", str(report)])
    assert done.exit_code == 1
    assert "user-center/api.ts:3: not ported: " in done.output
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == [
        "__init__.py",
        "sources.json",
        "user_center/__init__.py",
        "user_center/api.py",
    ]
    told = json.loads(report.read_text("utf-8"))
    assert [each["line"] for each in told["modules"][0]["not_ported"]] == [3]
    lines = json.loads((out / "sources.json").read_text("utf-8"))["modules"]["user_center/api.py"]
    at = (out / "user_center" / "api.py").read_text("utf-8").splitlines().index("def one() -> float:")
    assert (lines["source"], lines["lines"][at]) == ("user-center/api.ts", 2)


def test_a_constant_of_the_build_is_given(write: Write, tmp_path: Path) -> None:
    write({"src/a.ts": "export const host = `https://${API_ENV}.example`\nexport const max = LIMIT + 1"})
    out = tmp_path / "out"
    arguments = ["port", str(tmp_path / "src"), "--out", str(out), "-D", "API_ENV=prod", "-D", "LIMIT=2"]
    assert CliRunner().invoke(taropy, arguments).exit_code == 0
    assert 'host = "https://prod.example"\nmax_ = 2 + 1' in (out / "a.py").read_text("utf-8")


@pytest.mark.parametrize("name", ["my-shop", "class"])
def test_a_name_that_is_none_of_pythons_is_refused(write: Write, tmp_path: Path, name: str) -> None:
    write({"a.ts": ""})
    done = CliRunner().invoke(taropy, ["port", str(tmp_path / "a.ts"), "--out", str(tmp_path / name)])
    assert (done.exit_code, "is no name of Python's" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\0\1\2", "is not text"),
        (b"a=1;" * 4000, "is minified"),
    ],
)
def test_a_file_that_no_person_wrote_is_told(write: Write, tmp_path: Path, content: bytes, said: str) -> None:
    write({"src/bad.ts": content, "src/good.ts": "export const a = 1"})
    outcome = port([tmp_path / "src"], tmp_path / "out")
    assert [(path.name, said in reason) for path, reason in outcome.unread] == [("bad.ts", True)]
    assert (tmp_path / "out" / "good.py").exists()


@pytest.mark.parametrize("content", ["\ufeffexport const a = '好'".encode(), "export const a = '好'".encode("gbk")])
def test_marks_and_encodings_are_read(write: Write, content: bytes) -> None:
    module = translated([write({"a.ts": content})]).modules[0]
    assert 'a = "好"' in module.text


def test_what_is_not_understood_raises_and_the_rest_is_ported(write: Write) -> None:
    text = "export const a = 1\nexport const b = (((\nexport const c = 3\n"
    module = translated([write({"a.ts": text}) / "a.ts"]).modules[0]
    assert module.refusals
    assert "a = 1" in module.text


def test_what_is_nested_without_end_is_told(write: Write) -> None:
    deep = "export const a = " + "(\n" * 5000 + "1" + ")\n" * 5000
    module = translated([write({"a.ts": deep}) / "a.ts"]).modules[0]
    assert module.refusals
    compile(module.text, "a.py", "exec")


def test_a_port_runs_in_a_python_of_its_own(write: Write, tmp_path: Path) -> None:
    write({"src/a.ts": "console.log([1, 'a'].map((each) => `${each}!`).join())"})
    port([tmp_path / "src"], tmp_path / "out")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", "import out.a"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("1!,a!\n", "")


def test_an_object_of_a_port_is_one_of_taropy_js(load: Load) -> None:
    module = load({"src/a.ts": "export const make = (id: number) => ({ id, items: [] })"}, "a")
    assert module.make(1) == {"id": 1, "items": []}
    assert isinstance(module.make(1), Obj)


def test_a_function_without_a_name_hides_nothing_of_what_it_uses(load: Load) -> None:
    module = load(
        {
            "src/main.ts": """
export const checked = (text: string) => {
  if (!text) throw new Error('no text')
  return text
}

export const saver = (fails: boolean) => {
  return () => {
    if (fails) throw new Error('no room')
    return 'saved'
  }
}

const api = {
  delete: (all: any, key: string) => {
    const gone = delete all[key]
    return gone && Object.keys(all)
  },
}
export const left = () => api.delete({ a: 1, b: 2 }, 'a')
"""
        },
        "main",
    )
    assert module.saver(False)() == "saved"
    with pytest.raises(Exception, match="no room"):
        module.saver(True)()
    assert module.left() == ["b"]
    text = Path(module.__file__).read_text("utf-8")
    assert "def inner()" in text
    assert "def delete_2(" in text


def test_a_choice_of_functions_and_a_cast_one_are_called_with_more_than_they_take(load: Load) -> None:
    module = load(
        {
            "src/main.ts": """
const table: any = { add: (count: number, action: any) => count + action.by }
export const reduce = (count: number, action: any) => (table[action.type] || ((same: number) => same))(count, action)
export const picked = (first: boolean) => (first ? ((a: any) => a) : ((a: any, b: any) => b) as any)('a', 'b', 'c')
const echo = (text: string) => text
export const cast = () => (echo as any)('a', 'b')
"""
        },
        "main",
    )
    assert module.reduce(1, Obj(type="other")) == 1
    assert module.reduce(1, Obj(type="add", by=2)) == 3
    assert [module.picked(True), module.picked(False), module.cast()] == ["a", "b", "a"]
