"""Every use of Taro is found, by whatever name, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from auditing import Audited, Write, uses

from taropy.port.audit import audit

USES = [
    ("Taro.login()", ["login call 2:1"]),
    ("const go = Taro.navigateTo", ["navigateTo read 2:12"]),
    ("function f() {\n  return Taro.getEnv()\n}", ["getEnv call 3:10"]),
    ("Taro['login']()", ["login call 2:1"]),
    ("Taro?.login?.()", ["login call 2:1"]),
    ("(Taro as any).login()", ["login call 2:2"]),
    ("Taro!.login()", ["login call 2:1"]),
    ("const t = Taro\nt.login()", ["login call 3:1"]),
    ("let t\nt = Taro\nt.login()", ["login call 4:1"]),
    ("const { login } = Taro\nlogin()", ["login destructured 2:9", "login call 3:1"]),
    ("const { request: send } = Taro\nsend('/')", ["request destructured 2:18", "request call 3:1"]),
    ("const { login = null, ...rest } = Taro\nrest.hideToast()", ["login destructured 2:9", "hideToast call 3:1"]),
    ("const T = require('@tarojs/taro')\nT.login()", ["login call 3:1"]),
    ("const T = require('@tarojs/taro').default\nT.login()", ["login call 3:1"]),
    ("const { login } = require('@tarojs/taro')\nlogin()", ["login destructured 2:9", "login call 3:1"]),
    ("class A { t = Taro\n  f() { this.t.login() } }", ["login call 3:9"]),
    ("promisify(Taro.scanCode)", ["scanCode read 2:11"]),
    ("const env = process.env.TARO_ENV", []),
    ("wx.login()", ["login call 2:1"]),
    ("my.getStorage({})", ["getStorage call 2:1"]),
    ("Taro.eventCenter.on('x', () => {})", ["eventCenter.on call 2:1"]),
    ("export const View = () => <A onTap={() => Taro.login()} />", ["login call 2:43"]),
    ("const x = `${Taro.getEnv()}`", ["getEnv call 2:14"]),
    ("Taro.request<Data>({ url: '/' })", ["request call 2:1"]),
    ("Taro\n  .login()", ["login call 2:1"]),
    ("const 名 = '日本'; Taro.login()", ["login call 2:17"]),
]


@pytest.mark.parametrize(("text", "expected"), USES)
def test_a_use_is_found_where_it_is(audited: Audited, text: str, expected: list[str]) -> None:
    assert uses(audited(text)) == expected


IMPORTS = [
    ("import T from '@tarojs/taro'", "T.login()"),
    ("import * as T from '@tarojs/taro'", "T.login()"),
    ("import * as T from '@tarojs/taro'", "T.default.login()"),
    ("import { login } from '@tarojs/taro'", "login()"),
    ("import { login as enter } from '@tarojs/taro'", "enter()"),
    ("import { default as T } from '@tarojs/taro'", "T.login()"),
    ("import T = require('@tarojs/taro')", "T.login()"),
    ("import Taro, { login } from '@tarojs/taro'", "login()"),
]


@pytest.mark.parametrize(("imports", "text"), IMPORTS)
def test_however_taro_is_imported(audited: Audited, imports: str, text: str) -> None:
    assert uses(audited(text, imports=f"{imports}\n")) == ["login call 2:1"]


NOT_TARO = [
    "function f(Taro) { Taro.login() }",
    "function f() { const Taro = {}; Taro.login() }",
    "function f() { Taro.login(); var Taro = {} }",
    "{ class Taro {}; Taro.login() }",
    "try {} catch (Taro) { Taro.login() }",
    "for (const Taro of []) Taro.login()",
    "[].map((Taro) => Taro.login())",
    "[].map(({ Taro }) => Taro.login())",
    "const wx = {}; wx.login()",
    "// Taro.login()",
    "const text = 'Taro.login()'",
    "let x: Taro.request.Option",
    "type T = typeof Taro.login",
    "const a = { Taro: 1 }; a.Taro",
]


@pytest.mark.parametrize("text", NOT_TARO)
def test_another_thing_of_that_name_is_not_taro(audited: Audited, text: str) -> None:
    assert uses(audited(text)) == []


def test_hooks_are_uses(audited: Audited) -> None:
    report = audited(
        "useDidShow(() => {})\nuseRouter()", imports="import { useDidShow, useRouter } from '@tarojs/taro'\n"
    )
    assert uses(report) == ["useDidShow call 2:1", "useRouter call 3:1"]


PARTS = [
    ("const fs = Taro.getFileSystemManager()\nfs.readFile({})", "FileSystemManager.readFile call 3:1"),
    ("Taro.createSelectorQuery().select('#a').boundingClientRect()", "NodesRef.boundingClientRect call 2:1"),
    ("async function f() { const res = await Taro.login()\nres.code }", "login.success.code read 3:1"),
    ("async function f() { const { code } = await Taro.login() }", "login.success.code destructured 2:30"),
    ("Taro.login().then((res) => res.code)", "login.success.code read 2:28"),
    ("Taro.login().then(({ code }) => 1)", "login.success.code destructured 2:22"),
    ("Taro.login({ success: (res) => res.code })", "login.success.code read 2:32"),
    ("Taro.login({ success(res) { res.code } })", "login.success.code read 2:29"),
    ("Taro.login({ success: function ({ code }) {} })", "login.success.code destructured 2:35"),
    ("Taro.onMemoryWarning((res) => res.level)", "onMemoryWarning.callback.level read 2:31"),
    ("Taro.getSystemInfoSync().SDKVersion", "getSystemInfoSync.return.SDKVersion call 2:1"),
    ("const task = Taro.request({ url: '/' })\ntask.abort()", "RequestTask.abort call 3:1"),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_a_use_names_the_part_that_it_is_of(audited: Audited, text: str, expected: str) -> None:
    assert expected in uses(audited(text))


REACHING = [
    ("const name = 'login'\nTaro[name]()", ["login"], True),
    ("const name = ok ? 'login' : 'checkSession'\nTaro[name]()", ["login", "checkSession"], True),
    ("for (const name of ['login', 'scanCode']) Taro[name]()", ["login", "scanCode"], True),
    (
        "const NAMES = ['login', 'scanCode'] as const\nNAMES.forEach((name) => Taro[name]())",
        ["login", "scanCode"],
        True,
    ),
    ("const MAP = { in: 'login', out: 'scanCode' }\nfunction f(k) { Taro[MAP[k]]() }", ["login", "scanCode"], True),
    ("function f(name: 'login' | 'scanCode') { Taro[name]() }", ["login", "scanCode"], True),
    ("function f(name) { Taro[name]() }\nf('login')\nf('scanCode')", ["login", "scanCode"], True),
    ("export function f(name) { Taro[name]() }\nf('login')", ["login"], False),
    ("export function f(name: string) { Taro[name]() }", [], False),
    ("const name = given || 'login'\nTaro[name]()", ["login"], False),
    ("Taro[`${ok ? 'login' : 'scanCode'}`]()", ["login", "scanCode"], True),
]


@pytest.mark.parametrize(("text", "values", "whole"), REACHING)
def test_a_computed_member_has_the_values_that_can_reach_it(
    audited: Audited, text: str, values: list[str], whole: bool
) -> None:
    report = audited(text)
    assert [site.member for site in report.sites if site.form == "computed"] == values
    [trap] = [each.text for each in report.findings if each.rule == "trap/computed-member"]
    assert all(value in trap for value in values)
    assert ("and what else comes" in trap) == bool(values and not whole)


CALLED = "import Taro from '@tarojs/taro'\nexport function call(name) { return Taro[name]() }"
IMPORT = "import { call } from './call'\n"
ACROSS = [
    ({"main.ts": f"{IMPORT}call('login')\ncall(ok ? 'scanCode' : 'login')"}, ["login", "scanCode"], True),
    ({"main.ts": "import { f } from './index'\nf('login')", "index.ts": "export { call as f } from './call'"},
     ["login"], True),
    ({"a.ts": f"{IMPORT}call('login')", "b.ts": "import { call as f } from './call'\nf('scanCode')"},
     ["login", "scanCode"], True),
    ({"main.ts": f"{IMPORT}import {{ NAME }} from './names'\ncall(NAME)",
      "names.ts": "const NAME = 'login'\nexport { NAME }"}, ["login"], True),
    ({"main.ts": f"{IMPORT}import NAMES from './names'\ncall(NAMES.inside)",
      "names.ts": "const NAMES = { inside: 'login', outside: 'scanCode' }\nexport default NAMES"}, ["login"], True),
    ({"main.ts": f"{IMPORT}import {{ NAMES }} from './names'\nNAMES.forEach((name) => call(name))",
      "names.ts": "export const NAMES = ['login', 'scanCode']"}, ["login", "scanCode"], True),
    ({"main.ts": f"{IMPORT}call('login')\nexport const later = [call]"}, ["login"], False),
    ({"main.ts": f"{IMPORT}call('login')\ncall(asked())"}, ["login"], False),
    ({"main.ts": f"{IMPORT}export const again = (name) => call(name)",
      "more.ts": "import { again } from './main'\nagain('login')"}, ["login"], True),
    ({"main.ts": f"{IMPORT}function own(call) {{ call('scanCode') }}\ncall('login')"}, ["login"], True),
    ({"main.ts": "import { call } from './gone'\ncall('login')"}, [], False),
]  # fmt: skip


@pytest.mark.parametrize(("files", "values", "whole"), ACROSS)
def test_the_values_of_a_computed_member_come_from_other_modules_too(
    write: Write, files: dict[str, str], values: list[str], whole: bool
) -> None:
    report = audit([write({"call.ts": CALLED, **files})], workers=1)
    assert sorted(site.member for site in report.sites if site.form == "computed") == values
    [trap] = [each.text for each in report.findings if each.rule == "trap/computed-member"]
    assert ("and what else comes" in trap) == bool(values and not whole)


def test_modules_that_give_each_other_names_in_a_circle_end(write: Write) -> None:
    folder = write(
        {
            "call.ts": f"import {{ again }} from './again'\n{CALLED}\nexport const more = (name) => again(name)",
            "again.ts": "import { call, more } from './call'\n"
            "export const again = (name) => { call(name); more(name) }",
        }
    )
    assert [site.form for site in audit([folder], workers=1).sites if site.form == "computed"] == []


def test_the_projects_own_module_hands_taro_on(write: Write) -> None:
    folder = write(
        {
            "taro.ts": "import Taro from '@tarojs/taro'\nexport default Taro\n"
            "export const fs = Taro.getFileSystemManager()",
            "names.ts": "export { default as T } from './taro'\nexport * from './more'",
            "more.ts": "export { request } from '@tarojs/taro'\nexport * from '@tarojs/taro'",
            "main.ts": "import { T, request, login } from './names'\nimport { fs } from './taro'\n"
            "T.scanCode()\nrequest('/')\nlogin()\nfs.readFile({})",
        }
    )
    report = audit([folder], platforms=["weapp"], workers=1)
    assert [f"{site.schema} {site.at.line}" for site in report.sites if site.path.name == "main.ts"] == [
        "scanCode 3",
        "request 4",
        "login 5",
        "FileSystemManager.readFile 6",
    ]


def test_a_module_that_requires_itself_in_a_circle_ends(write: Write) -> None:
    folder = write({"a.ts": "export * from './b'", "b.ts": "export * from './a'\nimport { x } from './a'\nx.y()"})
    assert uses(audit([folder], workers=1)) == []


def test_the_same_is_found_with_several_processes(write: Write) -> None:
    folder = write({f"m{number}.ts": "import Taro from '@tarojs/taro'\nTaro.login()" for number in range(200)})
    assert len(audit([folder], workers=2).sites) == 200
