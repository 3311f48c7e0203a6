"""What platforms lack of what a program uses: the reasons, told apart, and the guards around code."""

from __future__ import annotations

from textwrap import indent

import pytest
from auditing import Audited, Write, found

from taropy.port.audit import audit
from taropy.port.parts import option_part

MISSING = [
    ("Taro.checkSession()", "h5", "missing/platform checkSession h5 2"),
    ("Taro.getGuildInfo({ open_guild_id: '7' })", "ahead", "missing/phone getGuildInfo ahead 2"),
    ("Taro.request({ url: '/', enableHttp2: true })", "h5", "missing/option request.object.enableHttp2 h5 2"),
    ("Taro.request({\n  url: '/',\n  enableHttp2,\n})", "h5", "missing/option request.object.enableHttp2 h5 4"),
    ("Taro.getFileSystemManager().readFile({})", "h5", "missing/platform getFileSystemManager h5 2"),
    ("const task = Taro.request({ url: '/' })\ntask.onChunkReceived(f)", "h5",
     "missing/method RequestTask.onChunkReceived h5 3"),
    ("wx.login()", "h5", "missing/native wx.login h5 2"),
    ("my.getAuthCode({})", "weapp", "missing/native my.getAuthCode weapp 2"),
]  # fmt: skip


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize(("text", "platform", "expected"), MISSING)
def test_what_is_missing_is_told_with_its_reason(audited: Audited, text: str, platform: str, expected: str) -> None:
    assert found(audited(text, platform), "missing/") == [expected]


FIELDS = [
    "Taro.chooseAddress().then((res) => res.postalCode)",
    "async function f() { const { postalCode } = await Taro.chooseAddress() }",
    "Taro.chooseAddress({ success: (res) => res.postalCode })",
]


@pytest.mark.parametrize("text", FIELDS)
def test_a_field_of_a_result_is_missing_where_the_declaration_names_other_platforms(
    audited: Audited, text: str
) -> None:
    assert found(audited(text, "jd", "weapp"), "missing/") == ["missing/field chooseAddress.success.postalCode jd 2"]


def test_what_is_there_is_not_told(audited: Audited) -> None:
    text = "Taro.request({ url: '/', success() {} })\nTaro.setStorageSync('a', 1)\nTaro.showToast({ title: 'x' })"
    assert found(audited(text, "weapp", "h5", "alipay"), "missing/") == []


def test_an_option_that_no_declaration_knows_is_nobodys_business(audited: Audited) -> None:
    assert option_part("request", "noSuchOption") is None
    assert found(audited("Taro.request({ url: '/', noSuchOption: 1 })", "weapp", "h5")) == [
        "trap/call-at-import call-at-import 2"
    ]


INSTEAD = [
    ("Taro.getStorageSync('a')", "rn", "Taro.getStorage("),
    ("Taro.login()", "h5", "sign-in"),
    ("Taro.getGuildInfo({ open_guild_id: '7' })", "ahead", 'taropy.use("ahead", apis={"getGuildInfo": …})'),
    ("my.getAuthCode({})", "weapp", "Taro.login"),
    ("wx.request({})", "h5", "Taro.request"),
]


@pytest.mark.usefixtures("ahead")
@pytest.mark.parametrize(("text", "platform", "instead"), INSTEAD)
def test_what_to_write_in_its_place_stands_beside_it(audited: Audited, text: str, platform: str, instead: str) -> None:
    [finding] = [each for each in audited(text, platform).findings if each.section == "missing"]
    assert instead in finding.write


def test_a_function_that_was_taken_out_is_missing_where_it_is_called(audited: Audited) -> None:
    report = audited("const { checkSession } = Taro\nfunction f() { checkSession() }", "h5")
    assert found(report, "missing/") == ["missing/platform checkSession h5 2", "missing/platform checkSession h5 3"]


def test_methods_of_an_object_that_is_missing_are_not_told_once_more(audited: Audited) -> None:
    report = audited("const fs = Taro.getFileSystemManager()\nfs.readFile({})\nfs.writeFile({})", "h5")
    assert found(report, "missing/") == ["missing/platform getFileSystemManager h5 2"]


# --- guards ----------------------------------------------------------------------------------------------------

USE = "Taro.checkSession()"  # weapp has it, h5 does not
WEB_USE = "wx.login()"

GUARDED = [
    "if (process.env.TARO_ENV === 'weapp') { USE }",
    "if (process.env.TARO_ENV == 'weapp') USE",
    "if ('weapp' === process.env.TARO_ENV) USE",
    "if (process.env.TARO_ENV !== 'h5') USE",
    "if (process.env.TARO_ENV === 'h5') {} else USE",
    "if (process.env.TARO_ENV === 'h5') {} else if (x) { USE }",
    "if (x && process.env.TARO_ENV === 'weapp') USE",
    "if (process.env.TARO_ENV === 'weapp' || process.env.TARO_ENV === 'qq') USE",
    "if (!(process.env.TARO_ENV === 'h5' || x)) USE",
    "if (['weapp', 'qq'].includes(process.env.TARO_ENV)) USE",
    "process.env.TARO_ENV === 'weapp' && USE",
    "process.env.TARO_ENV === 'h5' || USE",
    "const y = process.env.TARO_ENV === 'weapp' ? USE : 0",
    "const isWeapp = process.env.TARO_ENV === 'weapp'\nif (isWeapp) USE",
    "const { TARO_ENV } = process.env\nif (TARO_ENV === 'weapp') USE",
    "const env = process.env.TARO_ENV\nif (env === 'weapp') USE",
    "const isWeapp = () => process.env.TARO_ENV === 'weapp'\nif (isWeapp()) USE",
    "function isWeapp() { return process.env.TARO_ENV === 'weapp' }\nif (isWeapp()) USE",
    "if (Taro.getEnv() === Taro.ENV_TYPE.WEAPP) USE",
    "if (Taro.getEnv() === 'WEAPP') USE",
    "const WEAPP = 'weapp'\nif (process.env.TARO_ENV === WEAPP) USE",
    "const ENVS = { weapp: 'WEAPP' } as const\nif (Taro.getEnv() === ENVS.weapp) USE",
    "enum Env { Weapp = 'weapp' }\nswitch (process.env.TARO_ENV) { case Env.Weapp: USE }",
    "const isWeapp = (() => { return process.env.TARO_ENV === 'weapp' })()\nif (isWeapp) USE",
    "let env = Taro.getEnv()\nif (x) env = 'DINGTALK'\nif (env === 'WEAPP') USE",
    "let env\nenv = process.env.TARO_ENV\nif (env === 'weapp') USE",
    "const env = Taro.getEnv()\nif (env !== Taro.ENV_TYPE.WEB) USE",
    "switch (process.env.TARO_ENV) { case 'weapp': USE; break; case 'h5': break }",
    "switch (process.env.TARO_ENV) { case 'qq':\n case 'weapp': USE }",
    "switch (process.env.TARO_ENV) { case 'h5': break; default: USE }",
    "switch (Taro.getEnv()) { case Taro.ENV_TYPE.WEAPP: USE }",
    "function f() { if (process.env.TARO_ENV === 'h5') return\n USE }",
    "function f() { if (process.env.TARO_ENV !== 'weapp') { log(); throw 1 }\n USE }",
    "function f() { if (process.env.TARO_ENV === 'h5') return\n xs.forEach(() => { USE }) }",
    "if (Taro.canIUse('checkSession')) USE",
    "if (!Taro.canIUse('checkSession')) {} else USE",
    "function f() { if (!Taro.canIUse('checkSession')) return\n USE }",
    "if (Taro.checkSession) USE",
    "Taro.checkSession && USE",
    "Taro.checkSession?.()",
    "if (typeof Taro.checkSession === 'function') USE",
    "if (typeof Taro.checkSession !== 'undefined') USE",
    "if (Taro.checkSession !== undefined) USE",
    "if (typeof wx !== 'undefined') USE",
    "if (Boolean(Taro.canIUse('checkSession'))) USE",
    "if (!!Taro.checkSession) USE",
    "class A { env = process.env.TARO_ENV\n f() { if (this.env === 'weapp') USE } }",
]


@pytest.mark.parametrize("text", GUARDED)
def test_a_use_that_is_never_reached_on_a_platform_counts_as_guarded_there(audited: Audited, text: str) -> None:
    report = audited(text.replace("USE", USE), "h5", "weapp")
    assert found(report, "missing/") == []
    assert report.guarded == {("h5", "checkSession"): 1}


NOT_GUARDED = [
    "if (process.env.TARO_ENV === 'h5') USE",
    "if (process.env.TARO_ENV !== 'weapp') USE",
    "if (process.env.TARO_ENV === 'weapp' || x) USE",
    "if (process.env.NODE_ENV === 'development') USE",
    "if (x) USE",
    "let env = Taro.getEnv()\nif (x) env = 'WEAPP'\nif (env === 'WEAPP') USE",
    "let env = Taro.getEnv()\nenv = other()\nif (env === 'WEAPP') USE",
    "if (Taro.canIUse('login.success')) {} USE",
    "if (Taro.canIUse('request')) USE",
    "if (Taro.getEnv() === Taro.ENV_TYPE.WEB) USE",
    "if (process.env.TARO_ENV === 'weapp') {} USE",
    "switch (process.env.TARO_ENV) { case 'weapp': case 'h5': USE }",
    "let isWeapp = process.env.TARO_ENV === 'weapp'\nisWeapp = true\nif (isWeapp) USE",
    "function f() { if (process.env.TARO_ENV === 'h5') log()\n USE }",
    "function f() { USE\n if (process.env.TARO_ENV === 'h5') return }",
    "function g() { if (process.env.TARO_ENV === 'h5') return\n function f() { USE } }",
]


@pytest.mark.parametrize("text", NOT_GUARDED)
def test_what_guards_something_else_guards_nothing(audited: Audited, text: str) -> None:
    assert [each.subject for each in audited(text.replace("USE", USE), "h5").findings if each.section == "missing"]


def test_an_imported_function_that_is_called_if_it_is_there(audited: Audited) -> None:
    report = audited("checkSession?.()", "h5", imports="import { checkSession } from '@tarojs/taro'\n")
    assert (found(report, "missing/"), report.guarded) == ([], {("h5", "checkSession"): 1})


def test_a_guard_says_where_code_is_missing_as_well(audited: Audited) -> None:
    """What only weapp has, in the branch of h5, is a finding of h5's alone."""
    report = audited(f"if (process.env.TARO_ENV === 'h5') {USE}", "h5", "alipay", "rn")
    assert found(report, "missing/") == ["missing/platform checkSession h5 2"]
    assert set(report.guarded) == {("alipay", "checkSession"), ("rn", "checkSession")}


def test_a_use_within_try_is_counted_apart(audited: Audited) -> None:
    [finding] = [
        each for each in audited(f"try {{ {USE} }} catch {{}}", "h5").findings if each.rule == "missing/platform"
    ]
    assert finding.level == "warning"
    assert "try" in finding.text
    [finding] = [each for each in audited(f"try {{}} catch {{ {USE} }}", "h5").findings if each.section == "missing"]
    assert finding.level == "error"


def test_a_condition_of_another_module_is_looked_up_there(write: Write) -> None:
    folder = write(
        {
            "env.ts": "export const isWeapp = process.env.TARO_ENV === 'weapp'\n"
            "export const ENV = process.env.TARO_ENV\n"
            "export const isWeb = () => ENV === 'h5'\n"
            "export default { weapp: isWeapp }\nexport const NAMES = { weapp: 'weapp' }",
            "index.ts": "export * from './env'\nexport { default as env } from './env'",
            "main.ts": "import Taro from '@tarojs/taro'\nimport { isWeapp, ENV, isWeb, env, NAMES } from './index'\n"
            f"if (isWeapp) {USE}\nif (ENV === 'weapp') {USE}\n"
            f"if (!isWeb()) {USE}\nif (env.weapp) {USE}\n"
            f"if (ENV === NAMES.weapp) {USE}\nif (isWeb()) {USE}",
        }
    )
    report = audit([folder], platforms=["h5"], workers=1)
    assert found(report, "missing/") == ["missing/platform checkSession h5 8"]
    assert report.guarded == {("h5", "checkSession"): 5}


def test_a_file_for_one_platform_is_looked_at_for_that_alone(write: Write) -> None:
    text = f"import Taro from '@tarojs/taro'\n{USE}"
    folder = write({"pay.weapp.ts": text, "pay.h5.ts": text, "pay.ts": text, "other.ts": text})
    report = audit([folder], platforms=["weapp", "h5", "rn"], workers=1)
    assert [(each.platform, each.path.name) for each in report.findings if each.section == "missing"] == [
        ("h5", "other.ts"),
        ("rn", "other.ts"),
        ("h5", "pay.h5.ts"),
        ("rn", "pay.ts"),
    ]


def test_long_chains_of_conditions_end(audited: Audited) -> None:
    deep = "if (a) {\n" * 3000 + USE + "}" * 3000
    long = " && ".join(["x"] * 3000)
    assert found(audited(indent(deep, "") + f"\nif ({long}) {USE}", "h5"), "missing/platform") == [
        "missing/platform checkSession h5 3002",
        "missing/platform checkSession h5 3003",
    ]


# --- components ------------------------------------------------------------------------------------------------

COMPONENTS = [
    ("<Button openType='getPhoneNumber' />", "h5", ["missing/attribute Button.openType h5 2"]),
    ("<Button openType='chooseAvatar' />", "alipay", ["missing/open-type Button.openType chooseAvatar alipay 2"]),
    ("<OfficialAccount />", "h5", ["missing/component OfficialAccount h5 2"]),
    ("<View className='a' onClick={f} />", "h5", []),
    ("process.env.TARO_ENV === 'weapp' && <Button openType='share' />", "h5", []),
]


@pytest.mark.parametrize(("element", "platform", "expected"), COMPONENTS)
def test_components_and_attributes_that_a_platform_lacks(
    audited: Audited, element: str, platform: str, expected: list[str]
) -> None:
    imports = "import { Button, OfficialAccount, View } from '@tarojs/components'\n"
    assert found(audited(f"export const a = {element}", platform, imports=imports), "missing/") == expected


def test_a_component_of_ones_own_is_none_of_taros(audited: Audited) -> None:
    assert found(audited("const Button = 1\nexport const a = <Button openType='share' />", "h5"), "missing/") == []
