"""`taropy api`: one member of Taro, described."""

from __future__ import annotations

import pytest
from calling import Cli

from taropy import spec
from taropy.phone.sources import sources


def section(text: str, title: str) -> dict[str, str]:
    """The rows of the table below `title`: first word to the rest."""
    after = text.split(f"{title}\n", 1)[1].split("\n\n", 1)[0]
    rows = (line.split(maxsplit=1) for line in after.splitlines()[2:])
    return {row[0]: row[1].strip() if len(row) > 1 else "" for row in rows}


def test_a_function_is_shown_as_python_calls_it(cli: Cli) -> None:
    result = cli("api", "login")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "Taro.login(option: LoginOption | None = None) -> Promise[LoginResult]"
    assert "group open-api/login" in result.stdout
    assert "https://developers.weixin.qq.com/miniprogram/dev/api/open-api/login/wx.login.html\n" in result.stdout


def test_options_are_shown_with_type_default_and_platforms(cli: Cli) -> None:
    options = section(cli("api", "request").stdout, "Options: RequestOption")
    assert options["url"].split() == ["str", "required"]
    assert options["enableHttp2"].split() == ["bool", "False", "weapp"]
    assert next(iter(options)) == "url"
    assert not {"success", "fail", "complete"} & {*options}
    assert "Callbacks: success, fail, complete" in cli("api", "request").stdout


def test_the_result_and_the_task_are_shown(cli: Cli) -> None:
    shown = cli("api", "request").stdout
    assert section(shown, "Result: RequestResult")["cookies"] == "list[str] | None"
    assert "Methods of RequestTask: abort, " in shown


def test_a_listener_s_argument_is_shown(cli: Cli) -> None:
    shown = cli("api", "onMemoryWarning").stdout
    assert section(shown, "The listener gets: OnMemoryWarningCallbackResult") == {"level": "Literal[5, 10, 15]"}


def test_the_platforms_that_have_it_are_shown(cli: Cli) -> None:
    lines = cli("api", "checkSession").stdout.splitlines()
    at = lines.index("works on: weapp, swan, qq, tt")
    assert lines[at + 1] == "not to be had on: alipay, jd, h5, rn, harmony, harmony-hybrid"


def test_where_it_is_written_how_it_behaves_on_each_platform_is_shown(cli: Cli) -> None:
    told = " ".join(cli("api", "getFileInfo").stdout.split())
    platforms = [name for name in spec.PLATFORMS if name in spec.supported_on("getFileInfo") - {"weapp"}]
    verified = [name for name in platforms if "getFileInfo" in sources(name)]
    assert [name for name in platforms if f"on {name} by {_source(name)}" in told] == verified
    unverified = ", ".join(name for name in platforms if name not in verified)
    assert f"as WeChat, unverified: {unverified}" in f"{told}as WeChat, unverified: "


def _source(platform: str) -> str:
    found = sources(platform).get("getFileInfo")
    return "nothing" if found is None else found.source


@pytest.mark.parametrize("name", ["getEnv", "useDidShow", "Events", "env"])
def test_of_what_taro_does_itself_no_platform_has_a_source(cli: Cli, name: str) -> None:
    assert "unverified" not in cli("api", name).stdout


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("getStorageSync", "Taro.getStorageSync(key: str) -> Any"),
        ("Events", "Taro.Events: type[Events]"),
        ("eventCenter", "Taro.eventCenter: Events"),
        ("Taro.preload", "Taro.preload(key: str, value: Any) -> None"),
        ("base64ToArrayBuffer", "Taro.base64ToArrayBuffer(base64: str) -> bytes"),
        ("batchSetStorageSync", "Taro.batchSetStorageSync(option: list[dict[str, Any]]) -> None"),
    ],
)
def test_every_kind_of_member_has_its_line(cli: Cli, name: str, line: str) -> None:
    assert line in cli("api", name).stdout.splitlines()


def test_a_long_signature_is_broken_into_lines(cli: Cli) -> None:
    lines = cli("api", "onMemoryWarning").stdout.splitlines()
    assert lines[:3] == [
        "Taro.onMemoryWarning(",
        "    callback: Callable[[OnMemoryWarningCallbackResult], None],",
        ") -> None",
    ]


def test_every_member_can_be_described(cli: Cli) -> None:
    for name in spec.members():
        shown = cli("api", name).stdout
        assert shown.startswith(f"Taro.{name}")
        assert " on: " in shown.splitlines()[-1] or "harmony" in shown.splitlines()[-1] or "weapp" in shown


def test_an_unknown_name_is_told_with_what_was_meant(cli: Cli) -> None:
    result = cli("api", "Taro.chekSession")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Taro has no 'chekSession'; did you mean 'checkSession'?" in result.stderr


def test_a_function_that_taro_does_not_declare_is_described_on_the_platforms_that_promise_it(cli: Cli) -> None:
    shown = cli("api", "pay").stdout
    assert shown.splitlines()[0] == "Taro.pay(option: Any = None) -> Promise[Any]"
    assert "Taro does not declare it" in shown
    assert "works on: tt\n" in shown
