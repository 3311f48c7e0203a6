"""`taropy new-platform`: what it makes works at once, and passes its own checks."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from calling import Cli
from packages import check_types, installed, run, run_tests

MADE = {
    "kwai": ("--extends", "weapp", "--title", "Kuaishou", "--native", "ks"),
    "acme": (),
    "my-shop2": ("--extends", "harmony-hybrid", "--title", "It's 我的 $hop {x}"),
}


@pytest.fixture(params=MADE)
def package(request: pytest.FixtureRequest, cli: Cli, tmp_path: Path) -> Path:
    """A package that the command has made."""
    result = cli("new-platform", request.param, *MADE[request.param], "--dir", str(tmp_path / "new"))
    assert result.exit_code == 0, result.output
    return tmp_path / "new" / f"taropy-{request.param}"


def test_what_it_makes_passes_its_own_tests_and_checks(package: Path, tmp_path: Path, typed: Path) -> None:
    environment = installed(package, tmp_path / "site")
    run_tests(environment, package)
    run(environment, package, "ruff", "check", "--no-cache", ".")
    run(environment, package, "ruff", "format", "--no-cache", "--check", ".")
    check_types(environment, package, typed)


def test_what_it_makes_runs_programs(package: Path, tmp_path: Path) -> None:
    environment = installed(package, tmp_path / "site")
    name = package.name.removeprefix("taropy-")
    program = f"import taropy; t = taropy.create('{name}'); print(t.getEnv(), t.login().result().errMsg)"
    assert run(environment, package, sys.executable, "-c", program).split() == [name, "login:ok"]


@pytest.mark.parametrize("package", ["my-shop2"], indirect=True)
def test_what_it_makes_is_checked_from_the_command_line(package: Path, tmp_path: Path) -> None:
    environment = installed(package, tmp_path / "site")
    assert "(my-shop2) has " in run(environment, package, "taropy", "check", "my-shop2")


def test_a_platform_that_starts_from_another_is_a_table_of_ten_lines(cli: Cli, tmp_path: Path) -> None:
    cli("new-platform", "kwai", "--extends", "weapp", "--dir", str(tmp_path))
    text = (tmp_path / "taropy-kwai/taropy_kwai/__init__.py").read_text("utf-8")
    table = text[text.index("PLATFORM = ") : text.index("@hookimpl")]
    assert len(table.strip().splitlines()) <= 10


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Kwai",), "lower-case letters"),
        (("../kwai",), "lower-case letters"),
        (("",), "lower-case letters"),
        (("weapp",), "there is a platform 'weapp' already, by the plugin weapp"),
        (("kwai", "--extends", "wepp"), "did you mean 'weapp'"),
        (("kwai", "--native", "k-s"), "should be a name, as wx and my are"),
        (("kwai", "--title", 'a "title"'), "without quotes"),
        (("kwai", "--title", "two\nlines"), "on one line"),
    ],
)
def test_wrong_arguments_are_told_and_nothing_is_made(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    result = cli("new-platform", *arguments, "--dir", str(tmp_path))
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_there_is_left_alone(cli: Cli, tmp_path: Path) -> None:
    assert cli("new-platform", "kwai", "--dir", str(tmp_path)).exit_code == 0
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    result = cli("new-platform", "kwai", "--dir", str(tmp_path))
    assert result.exit_code == 2
    assert "is there already" in result.stderr
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
