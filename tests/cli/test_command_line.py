"""The command line as a whole: help, version, what is missing, what plugins add."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from calling import Cli

import taropy

COMMANDS = [
    "api", "audit", "check", "compare", "devtools", "new-platform", "open-platform", "page", "platforms", "port",
    "record", "run", "stubs", "support", "verify",
]  # fmt: skip


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=["taropy", *COMMANDS])
def test_help_has_examples_and_exit_codes_and_fits_80_columns(cli: Cli, command: list[str]) -> None:
    result = cli(*command, "--help")
    assert result.exit_code == 0
    assert "Examples:\n" in result.stdout
    assert "Exit codes:" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_help_lists_the_commands(cli: Cli) -> None:
    listed = cli("--help").stdout.split("Commands:\n")[1].split("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == COMMANDS


def test_the_version_is_the_package_s(cli: Cli) -> None:
    assert cli("--version").stdout == f"taropy {taropy.__version__}\n"


def test_an_unknown_command_is_a_mistake(cli: Cli) -> None:
    result = cli("suport")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'suport'" in result.stderr


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "taropy", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"taropy {taropy.__version__}\n"


@pytest.mark.parametrize("missing", ["click", "rich"])
def test_a_missing_extra_is_named(missing: str) -> None:
    program = f"import sys; sys.modules[{missing!r}] = None; from taropy.cli import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", program, "platforms"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"taropy: the command line needs {missing}: pip install 'taropy[cli]'\n"


# --- plugins ---------------------------------------------------------------------------------------------------


class Greeter:
    """A plugin that adds a command."""

    def __init__(self, name: str = "greet") -> None:
        self.name = name

    @taropy.hookimpl
    def taropy_register_commands(self, group: click.Group) -> None:
        @group.command(self.name)
        def greet() -> None:
            """Greet."""
            click.echo("hello from a plugin")


class Broken:
    """A plugin that fails when it is asked for its commands, after it has added one."""

    @taropy.hookimpl
    def taropy_register_commands(self, group: click.Group) -> None:
        group.add_command(click.Command("half"))
        raise RuntimeError("no commands today")


def test_a_plugin_s_command_is_there_as_long_as_the_plugin(cli: Cli) -> None:
    taropy.register_plugin(Greeter(), "greeter")
    try:
        assert cli("greet").stdout == "hello from a plugin\n"
        assert "greet " in cli("--help").stdout
    finally:
        taropy.unregister_plugin("greeter")
    assert cli("greet").exit_code == 2


def test_a_plugin_that_fails_is_named_and_the_others_work(cli: Cli) -> None:
    taropy.register_plugin(Broken(), "broken")
    taropy.register_plugin(Greeter(), "greeter")
    try:
        result = cli("--help")
    finally:
        taropy.unregister_plugin("greeter")
    assert result.exit_code == 0
    assert result.stderr == "warning: plugin broken was left out: RuntimeError: no commands today\n"
    assert "greet " in result.stdout
    assert "half" not in result.stdout


@pytest.mark.parametrize("name", ["run", "greet"])
def test_a_command_that_is_taken_stays_whose_it_is(cli: Cli, name: str) -> None:
    taropy.register_plugin(Greeter(), "greeter")
    taropy.register_plugin(Greeter(name), "rival")
    try:
        result = cli("--help")
    finally:
        taropy.unregister_plugin("greeter")
    assert result.exit_code == 0
    assert f"warning: plugin rival was left out: PlatformError: there is a command {name!r} already" in result.stderr
