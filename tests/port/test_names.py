"""Names that Taro does not have, messages that are compared, and packages."""

from __future__ import annotations

import pytest
from auditing import Audited, Write, found

from taropy.port.audit import audit

UNKNOWN = [
    ("Taro.chooseImages()", "unknown/member", "chooseImages", "did you mean 'chooseImage'?"),
    ("Taro.getstoragesync('a')", "unknown/member", "getstoragesync", "did you mean 'getStorageSync'?"),
    ("Taro.frobnicate()", "unknown/member", "frobnicate", "no member of Taro"),
    ("Taro.atMessage({})", "unknown/foreign", "atMessage", "taro-ui"),
    ("class A extends Taro.Component {}", "unknown/foreign", "Component", "React"),
    ("Taro.$store = {}\nTaro.$store", "unknown/own", "$store", "main.tsx:2 puts it there"),
    ("wx.onAppRoute(f)", "unknown/native", "wx.onAppRoute", "native function"),
    ("wx.chooseWXPay({})", "unknown/native", "wx.chooseWXPay", "JS-SDK"),
]


@pytest.mark.parametrize(("text", "rule", "subject", "said"), UNKNOWN)
def test_a_name_that_is_no_member_is_told_with_whose_it_is(
    audited: Audited, text: str, rule: str, subject: str, said: str
) -> None:
    [finding] = [each for each in audited(text).findings if each.section == "unknown"]
    assert (finding.rule, finding.subject) == (rule, subject)
    assert said in finding.text


KNOWN = ["Taro.pay({})", "Taro.ENV_TYPE.WEB", "Taro.Current", "Taro.options", "new Taro.Events()", "my.getAuthCode({})"]


@pytest.mark.parametrize("text", KNOWN)
def test_members_are_known_also_those_that_are_declared_for_no_platform(audited: Audited, text: str) -> None:
    assert found(audited(text, "tt", "alipay"), "unknown/") == []


def test_whose_a_name_is_may_stand_in_another_file(write: Write) -> None:
    folder = write(
        {
            "set.ts": "import Taro from '@tarojs/taro'\n\nTaro.notify = () => 1",
            "main.ts": "import Taro from '@tarojs/taro'\nTaro.notify()",
        }
    )
    [finding] = [each for each in audit([folder], workers=1).findings if each.section == "unknown"]
    assert (finding.rule, finding.at.line) == ("unknown/own", 2)
    assert "set.ts:3" in finding.text


# --- messages --------------------------------------------------------------------------------------------------

SAID = [
    "err.errMsg === 'login:ok'",
    "err.errMsg === 'showActionSheet:fail cancel'",
    "err.errMsg === 'getLocation:fail auth deny'",
    "err.errMsg === 'request:fail timeout'",
    "err.errMsg.includes('cancel')",
    "err.errMsg.indexOf('deny') > -1",
    "err.errMsg.includes('ok')",
    "err.errMsg.includes(':fail')",
    "err.errMsg.startsWith('request:fail')",
    "(err.errMsg || '').includes('timeout')",
    "/auth/.test(err.errMsg)",
    "err.errMsg.match(/cancel$/)",
]


@pytest.mark.parametrize("condition", SAID)
def test_nothing_is_told_of_a_message_that_a_platform_gives(audited: Audited, condition: str) -> None:
    assert found(audited(f"function f(err) {{ if ({condition}) g() }}"), "errmsg/") == []


NEVER = [
    ("err.errMsg === 'login: ok'", "login:ok"),
    ("err.errMsg === 'login:success'", "login:ok"),
    ("err.errMsg == 'chooseImage:cancel'", "chooseImage:fail cancel"),
    ("err.errMsg !== 'chooseImages:ok'", "chooseImage:ok"),
    ("err.errMsg.startsWith('showmodal:fail')", "showModal:fail"),
    ("err.errMsg.includes('login:error')", "login:fail"),
]


@pytest.mark.parametrize(("condition", "right"), NEVER)
def test_a_message_that_never_comes_is_told_with_the_right_one(audited: Audited, condition: str, right: str) -> None:
    report = audited(f"function f(err) {{ if ({condition}) g() }}")
    [finding] = [each for each in report.findings if each.section == "errmsg"]
    assert (finding.rule, finding.write) == ("errmsg/never", right)


UNKNOWN_MESSAGES = [
    "err.errMsg === 'getLocation:fail the moon is full'",
    "err.errMsg.includes('the moon is full')",
    "err.errMsg === 'chooseAvatar:fail cancel'",
    "/moon/.test(err.errMsg)",
]


@pytest.mark.parametrize("condition", UNKNOWN_MESSAGES)
def test_what_nobody_here_knows_is_said_to_be_unknown(audited: Audited, condition: str) -> None:
    [finding] = [each for each in audited(f"function f(err) {{ if ({condition}) g() }}").findings]
    assert (finding.rule, finding.level) == ("errmsg/unknown", "note")


COMPARED = [
    "function f(err) { switch (err.errMsg) { case 'login:success': g() } }",
    "function f({ errMsg }) { if (errMsg === 'login:success') g() }",
    "Taro.login({ fail: ({ errMsg }) => errMsg === 'login:success' })",
    "Taro.login().catch((e) => { const msg = e.errMsg\nif (msg === 'login:success') g() })",
    "try {} catch ({ errMsg }) { if (errMsg.includes('login:success')) g() }",
]


@pytest.mark.parametrize("text", COMPARED)
def test_however_it_is_compared(audited: Audited, text: str) -> None:
    assert [each.rule for each in audited(text).findings if each.section == "errmsg"] == ["errmsg/never"]


def test_a_message_of_one_function_that_is_compared_with_anothers(audited: Audited) -> None:
    report = audited("Taro.chooseMedia({ fail: (e) => e.errMsg === 'chooseImage:fail cancel' })")
    [finding] = [each for each in report.findings if each.section == "errmsg"]
    assert "chooseMedia" in finding.text


def test_other_texts_are_no_messages(audited: Audited) -> None:
    text = "function f(x, kind) { return x.state === 'a:b' || kind === 'cancel' || x.includes('the moon is full') }"
    assert found(audited(text), "errmsg/") == []


# --- packages --------------------------------------------------------------------------------------------------


def test_packages_are_told_with_what_python_has(write: Write) -> None:
    folder = write(
        {
            "package.json": '{"dependencies": {"dayjs": "1", "left-pad": "1", "taro-ui": "3", "lodash": "4"}}',
            "main.ts": "import dayjs from 'dayjs'\nimport pad from 'left-pad'\nimport { AtIcon } from 'taro-ui'\n"
            "import get from 'lodash/get'\nconst path = require('path')\nimport './a.scss'\nimport './other'\n"
            "import type { B } from 'types'\nimport('dayjs/plugin/utc')",
        }
    )
    report = audit([folder], workers=1)
    assert found(report, "package/") == [
        "package/ported dayjs 1",
        "package/unknown left-pad 2",
        "package/view taro-ui 3",
        "package/ported lodash 4",
    ]
    [dates] = [each for each in report.findings if each.subject == "dayjs"]
    assert dates.write == "taropy.js.packages.dayjs"
