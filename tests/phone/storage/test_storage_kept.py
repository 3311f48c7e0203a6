"""Whose the values in storage are, and how long they stay: apps, phones, folders, threads, processes, full disks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy.phone import Phone


def test_apps_and_phones_share_nothing() -> None:
    phone = Phone()
    stores = [
        phone.native("weapp"),
        phone.native("qq", "qq"),
        Phone().native("weapp"),
        Phone(appid="wx0000000000000001").native("weapp"),
    ]
    for number, store in enumerate(stores):
        store.setStorageSync("number", number)
    assert [store.getStorageSync("number") for store in stores] == [0, 1, 2, 3]
    stores[0].clearStorageSync()
    assert [store.getStorageSync("number") for store in stores] == ["", 1, 2, 3]


def test_a_phone_with_a_folder_comes_back_as_it_was(tmp_path: Path) -> None:
    with taropy.create("tt", folder=tmp_path) as t:
        t.setStorageSync("b", {"n": 1})
        t.setStorageSync("a", b"raw")
    with taropy.create("tt", folder=tmp_path) as t:
        assert t.getStorageInfoSync()["keys"] == ["b", "a"]
        assert t.getStorageSync("a") == b"raw"


def test_two_phones_over_one_folder_see_each_other(tmp_path: Path) -> None:
    with Phone(tmp_path) as one, Phone(tmp_path) as other:
        one.native("weapp").setStorageSync("from", "one")
        assert other.native("weapp").getStorageSync("from") == "one"
        other.native("weapp").clearStorageSync()
        assert one.native("weapp").getStorageSync("from") == ""


def test_a_phone_without_a_folder_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with Phone() as phone:
        phone.native("weapp").setStorageSync("a", 1)
        assert list(tmp_path.iterdir()) == []


def test_a_closed_phone_says_so() -> None:
    phone = Phone()
    wx = phone.native("weapp")
    wx.setStorageSync("a", 1)
    phone.close()
    phone.close()
    failures: list[Any] = []
    wx.getStorage({"key": "a", "fail": failures.append})
    assert "closed" in failures[0]["errMsg"]


def test_a_database_that_is_spoilt_meanwhile_is_a_failure_and_no_crash(tmp_path: Path) -> None:
    with taropy.create("weapp", folder=tmp_path) as t:
        (tmp_path / "storage.sqlite").write_bytes(b"not a database" * 1000)
        with pytest.raises(taropy.TaroError, match=r"setStorage:fail:internal error .*storage.sqlite is damaged"):
            t.setStorage(key="a", data=1).result()
        with pytest.raises(taropy.TaroError, match=r"getStorageSync:fail:internal error .*storage.sqlite is damaged"):
            t.getStorageSync("a")
        with pytest.raises(taropy.PhoneFolderError, match=r"storage.sqlite is damaged"):
            t.phone.snapshot()


def test_threads_share_the_storage_of_a_phone(weapp: Any) -> None:
    wx = weapp.phone.native("weapp")
    failed: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(200):
                wx.setStorageSync(f"{name}{number}", number)
                wx.batchSetStorageSync([{"key": f"{name}x", "value": number}, {"key": f"{name}y", "value": number}])
                assert wx.getStorageSync(f"{name}{number}") == number
                assert wx.batchGetStorageSync([f"{name}x", f"{name}y"]) == [number, number]
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(weapp.getStorageInfoSync()["keys"]) == 4 * 202


def _python(program: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(program), *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system cannot kill a process at once")
def test_every_acknowledged_value_survives_the_killing_of_the_process(tmp_path: Path) -> None:
    program = """
        import sys, taropy
        with taropy.create("weapp", folder=sys.argv[1]) as t:
            for number in range(100_000):
                t.setStorage(key=f"key{number}", data={"number": number}).result()
                print(number, flush=True)
    """
    with _python(program, tmp_path) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(500)]
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
    with taropy.create("weapp", folder=tmp_path) as t:
        assert [t.getStorageSync(f"key{number}") for number in acknowledged] == [{"number": n} for n in acknowledged]


def test_processes_may_begin_on_one_folder_at_once(tmp_path: Path) -> None:
    program = """
        import sys
        from taropy.phone import Phone
        with Phone(sys.argv[1]) as phone:
            wx = phone.native("weapp")
            print("ready", flush=True)
            sys.stdin.readline()
            for number in range(50):
                wx.setStorageSync(f"{sys.argv[2]}-{number}", number)
    """
    processes = [_python(program, tmp_path / "phone", name) for name in range(4)]
    assert [process.stdout and process.stdout.readline() for process in processes] == ["ready\n"] * 4
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate() and process.returncode for process in processes] == [0, 0, 0, 0]
    with Phone(tmp_path / "phone") as phone:
        assert len(phone.native("weapp").getStorageInfoSync()["keys"]) == 200


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no limit on the size of files")
def test_a_full_disk_is_told_and_leaves_what_was_stored(tmp_path: Path) -> None:
    program = """
        import resource, sys
        from taropy.phone import Phone
        from taropy.phone.core.answers import NativeError
        with Phone(sys.argv[1]) as phone:
            wx = phone.native("weapp")
            wx.setStorageSync("a", "old")
            resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
            pairs = [{"key": "a", "value": "half"}, {"key": "b", "value": "x" * 500_000}]
            for work in (lambda: wx.setStorageSync("a", "x" * 500_000), lambda: wx.batchSetStorageSync(pairs)):
                try:
                    work()
                except NativeError as failure:
                    keys = wx.getStorageInfoSync()["keys"]
                    print(failure.errMsg.partition(" error ")[0], wx.getStorageSync("a"), keys)
            wx.setStorageSync("a", "new")
            print(wx.getStorageSync("a"))
    """
    with _python(program, tmp_path) as process:
        told = process.communicate()[0].splitlines()
    assert told == [
        "setStorageSync:fail:internal old ['a']", "batchSetStorageSync:fail:internal old ['a']", "new",
    ]  # fmt: skip
