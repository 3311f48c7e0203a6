"""`taropy check`: what a platform has, what it lacks, and what misbehaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from calling import Cli

import taropy
from taropy import Adaptation, Platform, hookimpl, spec


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
