"""`taropy page`, and the other commands with the host "page"; what needs a browser is in tests/hosts/page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from calling import Cli, Write
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from taropy.hosts.page import building
from taropy.hosts.page.agent import AGENT, LIFE

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("command", "script"), [("agent", AGENT), ("life", LIFE)])
def test_the_scripts_of_a_page_are_printed_as_they_are(cli: Cli, command: str, script: Path) -> None:
    assert cli("page", command).output == script.read_text("utf-8")


def test_without_node_a_page_cannot_be_built(cli: Cli, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    done = cli("page", "build", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert "there is no npm here: see https://nodejs.org" in done.output


def test_packages_that_are_not_in_the_folder_are_named(cli: Cli, tmp_path: Path) -> None:
    done = cli("page", "build", str(tmp_path / "out"), "--packages", str(tmp_path))
    assert done.exit_code == 2
    assert "@tarojs/taro-h5 4.2.1" in done.output


@pytest.mark.parametrize(("text", "told"), [("{", "is no JSON"), ("[]", "has no object"), ("{}", "has its pages")])
def test_a_configuration_that_is_none_is_refused(cli: Cli, write: Write, tmp_path: Path, text: str, told: str) -> None:
    done = cli("page", "build", str(tmp_path / "out"), "--app", write(text, "app.json"))
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_a_page_has_the_routes_of_a_declared_app(
    cli: Cli, write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    built: list[Any] = []
    monkeypatch.setattr(building, "build", lambda out, app, packages: built.append(app))
    write("PAGES = ['pages/a/a']", "neighbour.py")
    app = write("""
        import taropy
        from neighbour import PAGES

        app = taropy.App(pages=PAGES, subPackages=[{"root": "more", "pages": ["b/b"]}])

        @app.page("pages/a/a", enablePullDownRefresh=True)
        class A: ...

        @app.page("more/b/b")
        class B: ...

        if __name__ == "__main__":
            raise SystemExit("not as a program")
    """)
    assert cli("page", "build", str(tmp_path / "out"), "--app", app).exit_code == 0
    assert built[0]["pages"] == ["pages/a/a", "more/b/b"]
    assert built[0]["pageConfigs"]["pages/a/a"] == {"enablePullDownRefresh": True}
    done = cli("page", "build", str(tmp_path / "out"), "--app", write("app = 5"))
    assert "has no taropy.App that is called app" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "page", "--ask"], "--ask is for --host phone"),
        (["--host", "page", "--trace", "t.html"], "--trace is for --host phone"),
        (["--url", "site"], "--url is for another host than the phone"),
        (["--launch"], "--launch is for --host page"),
        (["--host", "page", "--url", "http://a.test", "--show"], "--show is for a browser that --launch starts"),
        (["--host", "page", "--launch"], "launch=True needs the url"),
        (["--host", "page", "--url", "nowhere"], "url is a page's address (http://…) or a folder"),
    ],
)
def test_options_that_do_not_go_together_are_refused(cli: Cli, write: Write, options: list[str], told: str) -> None:
    done = cli("run", *options, write("print(1)"))
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_support_asks_a_page_by_its_address(cli: Cli) -> None:
    assert "--host page needs --url" in cli("support", "--host", "page").output
    assert "--url is for --host page" in cli("support", "--url", "site").output


@pytest.mark.parametrize(
    ("before", "after", "told_at_last"),
    [
        (["run", "--url", "http://page.test"], [], ""),
        (["record", "--platform", "h5", "--with", "url=http://page.test"], ["t.jsonl"], "trace: t.jsonl\n"),
    ],
)
def test_a_program_runs_in_the_page_that_a_person_opens(
    write: Write, tmp_path: Path, before: list[str], after: list[str], told_at_last: str
) -> None:
    """The address is told; here Python opens it in the place of a browser."""
    program = write("""
        from taropy import Taro

        async def main():
            print(Taro.platform.name, (await Taro.getStorage(key="k")).data)
    """)
    command = [sys.executable, "-m", "taropy", *before, "--host", "page", program, *after]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'plugins'}"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        told = running.stderr.readline()
        assert told.startswith("open http://page.test/?taropy=")
        port, token, names = told.strip().partition("=")[2].split(".")
        assert names == "Taro,taro"
        offered = [Subprotocol("taropy"), Subprotocol(token)]
        with connect(f"ws://127.0.0.1:{port}/", origin=Origin("http://page.test"), subprotocols=offered) as page:
            hello = {"version": 1, "members": {"getStorage": 1}, "names": ["Taro"]}
            page.send(json.dumps([["hello", hello]]))
            [[kind, number, _, name, arguments]] = json.loads(page.recv(timeout=20))
            assert (kind, name, arguments) == ("options", "getStorage", [{"key": "k"}])
            page.send(json.dumps([["ok", number, {"data": "oolong"}]]))
            output, errors = running.communicate(timeout=20)
    assert (output, errors, running.returncode) == ("h5 oolong\n", told_at_last, 0)
