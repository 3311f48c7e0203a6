"""Load tests with Locust, run as their users run them: headless, with workers, against a real backend."""

from __future__ import annotations

import csv
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from taropy import Phone
from taropy.phone import OpenPlatform

pytestmark = [
    pytest.mark.locust,
    # Not imported: that would put gevent in place of what the other tests run on.
    pytest.mark.skipif(importlib.util.find_spec("locust") is None, reason="Locust is not installed"),
]

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "load.md"
LOGIN = Path(__file__).parents[2] / "examples" / "login"
KEY = "storm"

Rows = dict[str, dict[str, str]]

SHOPPING = """
from locust import constant, task
from taropy.testing.locust import TaroUser

class Shopper(TaroUser):
    wait_time = constant(0.05)

    @task
    def shop(self):
        self.client.setStorageSync("basket", ["tea"])
        assert self.client.getStorageSync("basket") == ["tea"]
        files = self.client.getFileSystemManager()
        files.writeFileSync(f"{self.client.env.USER_DATA_PATH}/list", "tea", "utf8")
        assert files.readFile(filePath=f"{self.client.env.USER_DATA_PATH}/list", encoding="utf8").data == "tea"
        reply = self.client.request(url=f"{self.host}/me", header={"Authorization": "Bearer none"})
        assert reply.statusCode == 401

    @task
    async def wait_in_vain(self):
        try:
            await self.client.request(url="http://localhost:9/closed")
        except Exception as error:
            assert "request:fail" in error.errMsg
"""


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The login example's backend, whose open platform has a key in common with phones elsewhere."""
    monkeypatch.syspath_prepend(LOGIN)
    from world import world

    with Phone(open_platform=OpenPlatform(key=KEY)) as phone, world(phone) as url:
        yield url


def run(locustfile: Path, host: str, folder: Path, *options: str) -> tuple[str, Rows, list[dict[str, str]]]:
    """What Locust has said, its events by name, and its failures."""
    command = [
        sys.executable, "-m", "locust", "--locustfile", str(locustfile), "--host", host, "--headless", "--users", "6",
        "--spawn-rate", "20", "--run-time", "6s", "--csv", str(folder / "told"), *options,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    told = done.stdout + done.stderr
    assert (folder / "told_stats.csv").exists(), told
    rows = {row["Name"]: row for row in table(folder / "told_stats.csv")}
    return told, rows, table(folder / "told_failures.csv")


def table(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_storm_of_logins_from_several_workers_is_let_in(shop: str, tmp_path: Path) -> None:
    told, events, failures = run(LOGIN / "storm.py", shop, tmp_path, "--processes", "2")
    assert "2 workers connected" in told
    assert failures == [], told
    assert int(events["login"]["Request Count"]) == 6
    assert int(events["request /login"]["Request Count"]) == 6
    assert int(events["request /me"]["Request Count"]) > 0
    assert float(events["request /me"]["Max Response Time"]) > 0


def test_the_guides_shopper_shops(shop: str, tmp_path: Path) -> None:
    program = re.search(r"^```py\n(# shop\.py\n.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert program is not None
    code = (
        program[1].replace("between(1, 5)", "between(0.1, 0.2)").replace("wait_time", f'key = "{KEY}"\n    wait_time')
    )
    (tmp_path / "shop.py").write_text(code, "utf-8")
    told, events, failures = run(tmp_path / "shop.py", shop, tmp_path)
    assert "Traceback" not in told
    assert failures == []
    assert {"login", "setStorage", "getStorageSync", "request"} <= events.keys()


def test_plain_tasks_wait_for_their_calls_and_what_fails_is_told_by_its_message(shop: str, tmp_path: Path) -> None:
    (tmp_path / "shopping.py").write_text(SHOPPING)
    told, events, failures = run(tmp_path / "shopping.py", shop, tmp_path)
    assert "AssertionError" not in told
    for name in ("setStorageSync", "getStorageSync", "FileSystemManager.readFile"):
        assert int(events[name]["Request Count"]) > 0
        assert events[name]["Failure Count"] == "0"
    messages = " ".join(row["Error"] for row in failures)
    assert {row["Method"] for row in failures} == {"weapp"}
    assert "request:fail status 401" in messages
    assert "ERR_CONNECTION_REFUSED" in messages
