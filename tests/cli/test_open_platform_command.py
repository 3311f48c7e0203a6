"""`taropy open-platform`: a process that plays the vendors for phones of other processes."""

from __future__ import annotations

import http.client
import json
import re
import signal
import socket
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from calling import Cli, interruptible

import taropy
from taropy.phone.core.apps import default_secret


@contextmanager
def serving(*arguments: str, warned: str = "") -> Iterator[str]:
    """Runs the command in a process of its own; gives what it says; ends it with Ctrl-C, and sees that it ends well."""
    command = [sys.executable, "-m", "taropy", "open-platform", *arguments]
    with interruptible(command) as process:
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if line == "Ctrl-C ends it.\n":
                break
        try:
            yield said
        finally:
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, f"{warned}stopped\n")


def get(url: str) -> Any:
    with urllib.request.urlopen(url) as answer:
        return json.load(answer)


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match is not None
    return match[1]


def test_the_request_to_try_works_once() -> None:
    with serving() as said:
        url = found(r"curl '(.*)'", said)
        assert {"openid", "session_key", "unionid"} == {*get(url)}
        assert get(url)["errcode"] == 40163


def test_a_code_of_a_phone_in_another_process_is_good_there(tmp_path: Path) -> None:
    with (
        serving("--phone", str(tmp_path)) as said,
        taropy.Phone(tmp_path) as phone,
        taropy.create("weapp", phone=phone) as t,
    ):
        appid = t.getAccountInfoSync().miniProgram.appId
        assert appid in said
        assert default_secret(appid) in said
        code = t.login().result().code
        query = f"appid={appid}&secret={default_secret(appid)}&js_code={code}"
        url = found(r"open platform: (\S+)", said)
        assert get(f"{url}/sns/jscode2session?{query}")["openid"]


def test_where_other_computers_reach_it_it_warns_and_answers_to_the_names_that_are_allowed() -> None:
    warning = (
        "warning: at 0.0.0.0 other computers can reach it, and nothing protects it: "
        "the secrets of the apps that come with a phone are known to everybody\n"
    )
    with serving("--host", "0.0.0.0", "--allow-host", "taropy", warned=warning) as said:
        port = int(found(r"open platform: http://0\.0\.0\.0:(\d+)", said))
        for host, status in (("taropy", 200), ("evil.example", 421)):
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/sns/jscode2session", headers={"Host": host})
            assert connection.getresponse().status == status
            connection.close()


def test_the_port_can_be_chosen() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with serving("--port", str(port)) as said:
        assert f"open platform: http://127.0.0.1:{port}\n" in said


def test_a_port_that_is_taken_is_told_in_a_line(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = cli("open-platform", "--port", str(port))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"cannot listen at 127.0.0.1:{port}" in result.stderr


def test_a_folder_with_broken_records_is_told_in_a_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "open-platform.sqlite").write_text("certainly no database " * 50)
    result = cli("open-platform", "--phone", str(tmp_path))
    assert result.exit_code == 2
    assert f"{tmp_path / 'open-platform.sqlite'} is damaged: it is no SQLite database" in result.stderr


def test_missing_server_packages_are_named(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = cli("open-platform")
    assert result.exit_code == 2
    assert "pip install 'taropy[server]'" in result.stderr
