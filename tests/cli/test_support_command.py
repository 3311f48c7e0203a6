"""`taropy support`, `taropy platforms`: what platforms have."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from calling import Cli

import taropy
from taropy import hookimpl, spec

PLATFORMS = list(spec.PLATFORMS)


def test_the_whole_matrix_agrees_with_what_programs_are_told(cli: Cli) -> None:
    made = json.loads(cli("support", "--format", "json").stdout)
    assert made["platforms"] == PLATFORMS
    assert sorted(made["support"]) == sorted(spec.members())
    for platform in PLATFORMS:
        with taropy.create(platform) as t:
            answers = {name: t.canIUse(name) for name in spec.members()}
        assert {name: row[platform] == "yes" for name, row in made["support"].items()} == answers


def test_what_the_phone_lacks_is_told_from_what_the_platform_lacks(cli: Cli) -> None:
    made = json.loads(cli("support", "createInnerAudioContext", "checkSession", "--format", "json").stdout)
    assert made["support"]["checkSession"]["h5"] == "no"
    assert made["support"]["checkSession"]["weapp"] == "yes"
    assert made["support"]["createInnerAudioContext"]["weapp"] in ("host", "yes")


@pytest.mark.parametrize("host", ["phone", "none"])
def test_the_totals_are_those_of_the_cells(cli: Cli, host: str) -> None:
    made = json.loads(cli("support", "--host", host, "--format", "json").stdout)
    for platform in PLATFORMS:
        cells = [row[platform] for row in made["support"].values()]
        assert {answer: cells.count(answer) for answer in sorted(set(cells))} == {
            answer: made["totals"][answer][platform]
            for answer in sorted(made["totals"])
            if made["totals"][answer][platform]
        }


def test_without_a_host_there_is_only_what_the_platforms_have(cli: Cli) -> None:
    made = json.loads(cli("support", "--host", "none", "--format", "json").stdout)
    for name, row in made["support"].items():
        assert {platform for platform, cell in row.items() if cell == "yes"} == spec.supported_on(name) & {*PLATFORMS}


def test_the_table_has_a_row_for_each_name_and_a_word_for_each_mark(cli: Cli) -> None:
    result = cli("support", "login", "request.object.enableHttp2", "Taro.getStorageSync")
    names = [line.split()[0] for line in result.stdout.splitlines() if "✓" in line and "can be used" not in line]
    assert names == ["login", "request.object.enableHttp2", "getStorageSync", "✓"]
    assert "✓ can be used" in result.stdout
    assert "· the platform does not have it" in result.stdout


def test_the_table_fits_a_terminal_of_80_columns(cli: Cli) -> None:
    result = cli("support")
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "onBLEPeripheral" in result.stdout


@pytest.mark.parametrize("columns", ["20", "50", "60"])
def test_a_narrow_terminal_gets_a_list_with_whole_names_and_numbers(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    shown = cli("support", "login", "AddToFavoritesReturnObject").stdout
    assert max(map(len, shown.splitlines()[:12])) <= max(int(columns), len("AddToFavoritesReturnObject"))
    assert shown.splitlines()[0] == "login"
    assert {"weapp ✓", "h5 ·", "harmony-hybrid ✓"} <= {
        part.strip() for line in shown.splitlines() for part in line.split("  ")
    }
    if columns != "20":
        assert "\nAddToFavoritesReturnObject\n" in shown


def test_counts_are_whole_however_narrow_the_terminal_is(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    totals = json.loads(cli("support", "--format", "json").stdout)["totals"]
    for columns in ("40", "60", "80", "200"):
        monkeypatch.setenv("COLUMNS", columns)
        words = cli("platforms").stdout.split()
        assert {str(count) for count in totals["yes"].values()} <= set(words)
        assert {"has", "phone"} <= set(words)


def test_in_a_pipe_each_row_is_one_line_whatever_its_width(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS")
    rows = cli("support").stdout.splitlines()
    assert [line.split()[0] for line in rows[2 : 2 + len(list(spec.members()))]] == list(spec.members())
    [header, _, first, *_] = cli("platforms").stdout.splitlines()
    assert (header.split()[0], first.split()[0]) == ("platform", "weapp")
    row = next(line for line in cli("api", "request").stdout.splitlines() if line.startswith("dataType "))
    assert row.split("dataType")[1].strip() == 'Literal["json", "text", "base64", "arraybuffer"] | str'


def test_below_the_whole_table_stands_how_much_of_each_platform_the_phone_answers(cli: Cli) -> None:
    made = json.loads(cli("support", "--format", "json").stdout)
    [shares] = [line for line in cli("support").stdout.splitlines() if line.startswith("answered")]
    yes, host = made["totals"]["yes"], made["totals"]["host"]
    assert shares.split()[-len(PLATFORMS) :] == [
        f"{yes[name] * 100 // (yes[name] + host[name])}%" for name in PLATFORMS
    ]
    for other in (("support", "login", "request"), ("support", "--host", "none")):
        assert "answered" not in cli(*other).stdout


def test_what_is_left_open_is_not_rounded_away(cli: Cli, ahead: str) -> None:
    [shares] = [line for line in cli("support", "-p", ahead).stdout.splitlines() if line.startswith("answered")]
    assert shares.split()[1:] == ["99%"]


def test_a_terminal_without_unicode_gets_letters(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from taropy.cli.commands import taropy as group

    result = CliRunner(charset="ascii").invoke(group, ["support", "login"])
    assert (result.exit_code, result.stdout.isascii()) == (0, True)
    assert "Y can be used" in result.stdout


def test_single_platforms_can_be_asked_for(cli: Cli) -> None:
    made = json.loads(cli("support", "login", "-p", "tt", "-p", "h5", "--format", "json").stdout)
    assert made["support"] == {"login": {"tt": "yes", "h5": "no"}}


def test_options_and_fields_are_had_where_their_tags_say(cli: Cli) -> None:
    made = json.loads(cli("support", "request.object.enableHttp2", "VKSession.start", "--format=json").stdout)
    assert made["support"]["request.object.enableHttp2"] == {**dict.fromkeys(PLATFORMS, "no"), "weapp": "yes"}
    assert made["support"]["VKSession.start"] == {**dict.fromkeys(PLATFORMS, "no"), "weapp": "yes"}


def test_a_part_is_asked_for_even_where_no_asked_platform_has_it(cli: Cli) -> None:
    made = json.loads(cli("support", "request.object.enableHttp2", "-p", "h5", "--format", "json").stdout)
    assert made["support"] == {"request.object.enableHttp2": {"h5": "no"}}


def test_markdown_is_a_table(cli: Cli) -> None:
    result = cli("support", "login", "-p", "weapp", "-p", "h5", "--format", "markdown")
    assert result.stdout.splitlines()[:3] == ["|  | weapp | h5 |", "| --- | :-: | :-: |", "| `login` | yes | no |"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["logn"], "Taro has no 'logn'; did you mean 'login'?"),
        (["LOGIN"], "did you mean 'login'?"),
        (["qqqqqqqqqq"], "Taro has no 'qqqqqqqqqq'"),
        (["request.object.enableHttp"], "no platform has 'request.object.enableHttp'"),
        (["login", "-p", "wepp"], "did you mean 'weapp'?"),
        (["--format", "yaml"], "'yaml' is not one of"),
    ],
)
def test_a_mistake_is_told_in_a_line(cli: Cli, arguments: list[str], words: str) -> None:
    result = cli("support", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr


def test_the_platforms_are_listed_with_what_they_have(cli: Cli) -> None:
    made = json.loads(cli("support", "--format", "json").stdout)
    rows = {line.split()[0]: line.split() for line in cli("platforms").stdout.splitlines() if line.strip()}
    for platform in ("weapp", "h5", "tt"):
        has, on_phone = rows[platform][-2:]
        assert int(on_phone) == made["totals"]["yes"][platform]
        assert int(has) == made["totals"]["yes"][platform] + made["totals"]["host"][platform]
    assert rows["weapp"][1:4] == ["WeChat", "WEAPP", "wx"]


def test_a_plugin_s_platform_is_listed_beside_the_others(cli: Cli) -> None:
    class Plugin:
        @taropy.hookimpl
        def taropy_register_platforms(self, register: object) -> None:
            register(  # type: ignore[operator]
                taropy.Platform(name="kwai", title="Kuaishou", env_type="WEAPP", native_name="ks", extends="weapp")
            )

    taropy.register_plugin(Plugin(), "kwai-plugin")
    try:
        shown = cli("platforms").stdout
        made = json.loads(cli("support", "checkSession", "--format", "json").stdout)
    finally:
        taropy.unregister_plugin("kwai-plugin")
    [row] = [line.split() for line in shown.splitlines() if line.startswith("kwai")]
    assert row[:5] == ["kwai", "Kuaishou", "WEAPP", "ks", "kwai-plugin"]
    assert "(extends" in shown
    assert made["support"]["checkSession"]["kwai"] == "yes"


def test_it_says_which_plugin_has_replaced_a_function(cli: Cli) -> None:
    class Company:
        @hookimpl
        def taropy_register_apis(self, register: Callable[[str, str, Callable[..., object]], None]) -> None:
            register("weapp", "login", lambda native, options: options["success"]({"code": "sso"}))

    taropy.register_plugin(Company(), "company-login")
    try:
        assert "login on weapp is the plugin company-login's own" in cli("support", "login").stdout
        assert "company-login" not in cli("support", "request").stdout
        made = json.loads(cli("support", "login", "request", "--format", "json").stdout)
        assert made["replaced"] == {"login": {"weapp": "company-login"}}
    finally:
        taropy.unregister_plugin("company-login")


def test_a_function_that_taro_does_not_declare_is_had_on_the_platforms_that_promise_it(cli: Cli) -> None:
    found = json.loads(cli("support", "pay", "getServerTime", "--format", "json").stdout)["support"]
    assert {name: [each for each, cell in row.items() if cell != "no"] for name, row in found.items()} == {
        "pay": ["tt"],
        "getServerTime": ["alipay"],
    }
