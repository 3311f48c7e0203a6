"""`taropy devtools`, and the command line that stands in for DevTools' own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from packages import ROOT, with_taropy
from speaking import websockets  # noqa: F401  (skips without the extra)
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

HERE = Path(__file__).parent
SHOP = HERE / "shop.py"
ENVIRONMENT = {**with_taropy(), "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "plugins")])}


@contextmanager
def served(*arguments: str | Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that serves, and its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "taropy", "devtools", "--port", "0", *arguments],
        env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    try:
        line = process.stderr.readline()
        assert line.startswith("automation port: ws://127.0.0.1:"), line + process.stderr.read()
        yield process, line.split()[-1]
    finally:
        process.kill()
        process.communicate()


def ask(url: str, method_: str, **params: object) -> object:
    with connect(url) as client:
        client.send(json.dumps({"id": 1, "method": method_, "params": params}))
        return json.loads(client.recv())["result"]


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "taropy", "devtools", *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60)


def test_an_app_is_served_until_a_client_closes_it(tmp_path: Path) -> None:
    with served("--phone", tmp_path, SHOP) as (process, url):
        assert ask(url, "App.callWxMethod", method="setStorageSync", args=["tea", 1]) == {"result": None}
        assert ask(url, "Tool.close") == {}
        assert process.wait(20) == 0
    with served("--phone", tmp_path, SHOP) as (_, url):
        assert ask(url, "App.callWxMethod", method="getStorageSync", args=["tea"]) == {"result": 1}


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal here")
def test_ctrl_c_ends_it() -> None:
    with served(SHOP) as (process, url):
        with connect(url):
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read().splitlines()[-1] == "stopped"


LOOP = "() => { getApp().begin(); while (true) {} }"
BEGINNING = "\n\nShop.begin = lambda shop: print('begun', flush=True)\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent as a signal here")
def test_ctrl_c_ends_it_though_javascript_goes_on_for_ever(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(SHOP.read_text("utf-8") + BEGINNING, "utf-8")
    with served(tmp_path / "app.py") as (process, url), connect(url, close_timeout=0) as client:
        client.send(json.dumps({"id": 1, "method": "App.callFunction", "params": {"functionDeclaration": LOOP}}))
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == -signal.SIGINT


def test_it_ends_by_itself_when_nobody_comes() -> None:
    with served("--idle", "0.2", SHOP) as (process, _):
        assert process.wait(20) == 0


@pytest.mark.parametrize(
    ("program", "code", "told"),
    [
        ("x = 1", 2, "declares no app: name one, app = taropy.App(…)"),
        ("import taropy\n1 / 0", 1, "ZeroDivisionError: division by zero"),
        ("import taropy\napp = taropy.App(pages=['pages/index/index'])", 1, "no code declares 'pages/index/index'"),
    ],
)
def test_a_program_that_cannot_be_served_is_told(tmp_path: Path, program: str, code: int, told: str) -> None:
    (tmp_path / "app.py").write_text(program, "utf-8")
    done = run("--port", "0", tmp_path / "app.py")
    assert (done.returncode, told in done.stderr) == (code, True), done.stderr


def test_a_port_that_is_taken_is_told_in_a_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port), SHOP)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"Error: cannot listen at 127.0.0.1:{port}: it is in use"


# --- the command line that clients call ------------------------------------------------------------------------------


def cli(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "taropy.cli.devtools_cli", *arguments]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60)


def test_a_project_is_opened_and_goes_on_by_itself(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "project.config.json").write_text(json.dumps({"taropy": "shop.py"}), "utf-8")
    (tmp_path / "shop.py").write_text(SHOP.read_text("utf-8"), "utf-8")
    done = cli("auto", "--project", tmp_path, "--auto-port", str(free_port), "--trust-project")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    url = f"ws://127.0.0.1:{free_port}"
    with connect(url) as client:
        client.send(json.dumps({"id": 1, "method": "Tool.close"}))
        assert json.loads(client.recv())["result"] == {}
        with pytest.raises(ConnectionClosed):  # after the port, which is free then
            client.recv(20)
    again = cli("auto", "--project", tmp_path, "--auto-port", str(free_port))
    assert again.returncode == 0, again.stdout
    ask(url, "Tool.close")


@pytest.mark.parametrize("command", ["open", "close", "login"])
def test_what_there_is_nothing_to_do_for_is_done(command: str) -> None:
    assert cli(command, "--project", "x").returncode == 0


def test_a_port_that_is_taken_is_told_on_the_standard_output(tmp_path: Path) -> None:
    """Where clients read it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = cli("auto", "--project", SHOP, "--auto-port", str(port))
    assert (done.returncode, f"{port}: it is in use" in done.stdout) == (2, True)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({}, "has no app.py; name its file in project.config.json"),
        ({"project.config.json": "{"}, "is no JSON of a project"),
        ({"project.config.json": '{"taropy": "shop.py"}'}, "has no shop.py"),
    ],
)
def test_a_project_without_an_app_is_told(tmp_path: Path, files: dict[str, str], told: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = cli("auto", "--project", tmp_path)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_pages_are_refused_at_the_command_too() -> None:
    with served(SHOP) as (_, url), pytest.raises(InvalidHandshake), connect(url, origin="https://shop.example"):  # type: ignore[arg-type]
        raise AssertionError
