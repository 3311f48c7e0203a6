"""`taropy check`: what a platform has, what it lacks, and what misbehaves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import Cli

import taropy
from taropy import Adaptation, Platform, hookimpl, spec
from taropy.testing.conformance import PlatformConformance


@pytest.fixture
def register() -> Iterator[Callable[..., None]]:
    """Registers a platform of two functions, and takes it away after the test."""

    def make(**apis: Adaptation) -> None:
        class Plugin:
            @hookimpl
            def taropy_register_platforms(self, register: Callable[[Platform], None]) -> None:
                supports = {"login", "checkSession"}
                register(
                    Platform(name="acme", title="Acme", env_type="A", native_name="a", supports=supports, apis=apis)
                )

        taropy.register_plugin(Plugin(), "acme")

    yield make
    taropy.unregister_plugin("acme")


def test_it_counts_what_the_platform_has_and_lists_what_it_lacks(cli: Cli) -> None:
    result = cli("check", "weapp")
    assert result.exit_code == 0
    functions = [name for name in spec.members() if spec.member(name).is_function]
    has = sum("weapp" in spec.supported_on(name) for name in functions)
    assert f"WeChat (weapp) has {has} of {len(functions)} functions, and " in result.stdout
    assert " right, 0 wrong." in result.stdout
    assert "tradePay" in result.stdout
    assert "Misbehaves" not in result.stdout


def test_what_is_missing_need_not_be_listed(cli: Cli) -> None:
    assert "tradePay" not in cli("check", "weapp", "--no-missing").stdout


def test_what_misbehaves_is_listed_worst_first_and_the_exit_code_says_so(
    cli: Cli, register: Callable[..., None]
) -> None:
    def always(native: object, options: dict[str, Callable[..., None]]) -> None:
        options["success"]({})

    register(login=Adaptation(remove={"code"}), checkSession=Adaptation(function=always))
    result = cli("check", "acme", "--no-missing")
    assert result.exit_code == 1
    listed = result.stdout.partition("Misbehaves, worst first:")[2]
    assert listed.index("checkSession") < listed.index("login")
    assert "succeeds although the native function fails" in " ".join(listed.split())


def test_native_answers_that_no_table_tells_are_given_as_json(
    cli: Cli, register: Callable[..., None], tmp_path: Path
) -> None:
    def login(native: Any, options: dict[str, Any]) -> None:
        native.login({**options, "success": lambda res: options["success"]({"code": res["data"]["auth"]})})

    register(login=Adaptation(function=login))
    assert cli("check", "acme").exit_code == 1
    answers = tmp_path / "answers.json"
    answers.write_text('{"login": {"data": {"auth": "a"}}}')
    assert cli("check", "acme", "--answers", str(answers)).exit_code == 0


def misbehaving(native: object, options: dict[str, Callable[..., None]]) -> None:
    options["success"]({})


def test_a_function_that_is_known_to_misbehave_is_skipped(cli: Cli, register: Callable[..., None]) -> None:
    register(checkSession=Adaptation(function=misbehaving))
    assert cli("check", "acme").exit_code == 1
    result = cli("check", "acme", "--skip", "checkSession", "--skip", "login")
    assert result.exit_code == 0
    assert "Skipped: checkSession, login.\nThese behave, and need not be skipped: login.\n" in result.stdout


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("checkSesion", "Taro has no 'checkSesion'; did you mean 'checkSession'?"),
        ("getSetting", "acme has no 'getSetting'"),
    ],
)
def test_what_is_not_there_cannot_be_skipped(cli: Cli, register: Callable[..., None], name: str, message: str) -> None:
    register()
    result = cli("check", "acme", "--skip", name)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_what_was_found_is_had_as_json(cli: Cli, register: Callable[..., None]) -> None:
    register(checkSession=Adaptation(function=misbehaving))
    result = cli("check", "acme", "--format", "json", "--skip", "login")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (found["platform"], found["skipped"]) == ("acme", ["login"])
    assert 2 <= found["functions"]["had"] < found["functions"]["all"]
    assert {fault["function"] for fault in found["faults"]} == {"checkSession"}
    assert found["cells"]["wrong"] > 0
    assert "tradePay" in [name for names in found["missing"].values() for name in names]


# --- functions that a plugin has replaced ----------------------------------------------------------------------


async def returns(native: object, options: dict[str, Any]) -> dict[str, Any]:
    return {"code": "ours"}


def answers(native: object, options: dict[str, Callable[..., None]]) -> None:
    options["success"]({"code": "ours"})


def hands_on(native: Any, options: dict[str, Any]) -> None:
    native.login({**options, "success": lambda res: options["success"]({**res, "code": "ours"})})


async def fails(native: object, options: dict[str, Any]) -> None:
    raise RuntimeError("no server")


@pytest.fixture
def replace() -> Iterator[Callable[..., None]]:
    """Puts a function into the place of weapp's login, and takes it away after the test."""

    def put(function: Callable[..., Any]) -> None:
        class Plugin:
            @hookimpl
            def taropy_register_apis(self, register: Callable[..., None]) -> None:
                register("weapp", "login", function)

        taropy.register_plugin(Plugin(), "company-login")

    yield put
    taropy.unregister_plugin("company-login")


@pytest.mark.parametrize("function", [returns, answers, hands_on])
def test_a_function_that_a_plugin_has_replaced_is_tried_for_its_form(
    cli: Cli, replace: Callable[..., None], function: Callable[..., Any]
) -> None:
    replace(function)
    result = cli("check", "weapp", "--no-missing")
    assert result.exit_code == 0, result.stdout
    assert "login is the plugin company-login's own, and was tried for its form." in result.stdout
    assert json.loads(cli("check", "weapp", "--format", "json").stdout)["triedForForm"] == {"login": "company-login"}


@pytest.mark.parametrize("function", [returns, answers, hands_on])
def test_the_suite_of_a_plugin_s_tests_tries_it_so_too(
    replace: Callable[..., None], function: Callable[..., Any]
) -> None:
    class Suite(PlatformConformance):
        platform = "weapp"

    replace(function)
    suite = Suite()
    for name in dir(suite):
        if name.startswith("test_"):
            getattr(suite, name)()


def test_a_replaced_function_of_the_wrong_form_misbehaves(cli: Cli, replace: Callable[..., None]) -> None:
    replace(fails)
    result = cli("check", "weapp", "--format", "json")
    assert result.exit_code == 1
    assert {fault["function"] for fault in json.loads(result.stdout)["faults"]} == {"login"}
    assert cli("check", "weapp", "--skip", "login").exit_code == 0


@pytest.mark.parametrize(("text", "message"), [("{", "is not JSON"), ("[]", "should have an object")])
def test_answers_that_are_none_are_told(cli: Cli, tmp_path: Path, text: str, message: str) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(text)
    result = cli("check", "weapp", "--answers", str(answers))
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_an_unknown_platform_is_told_with_what_was_meant(cli: Cli) -> None:
    result = cli("check", "wepp")
    assert result.exit_code == 2
    assert "did you mean 'weapp'" in result.stderr
