"""What holds when several processes have phones over one folder."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from taropy.phone import Phone


def at_once(program: str, folder: Path, count: int = 3) -> list[str]:
    """What so many processes print that run the program at the same time, each with its number."""
    beginning = """
        import sys, taropy
        from taropy.phone import Phone
        folder, number = sys.argv[1], int(sys.argv[2])
        print("ready", flush=True)
        sys.stdin.readline()
    """
    code = textwrap.dedent(beginning) + textwrap.dedent(program)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, folder, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * count
    return told


def test_small_files_are_always_whole_and_the_last_to_write_one_wins(tmp_path: Path) -> None:
    told = at_once(
        """
        for turn in range(60):
            with Phone(folder) as phone:
                phone.clipboard.text = f"{number} {turn} " + "x" * 5000
                phone.location.set(number, turn)
        print("done")
        """,
        tmp_path,
    )
    assert told == ["done\n"] * 3
    with Phone(tmp_path) as phone:
        number, turn, _ = phone.clipboard.text.split(" ")
        assert (int(number) in range(3), turn) == (True, "59")
        assert phone.location.position.longitude == 59
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clipboard.json", "location.json"]


def test_a_phone_sees_settings_as_they_were_when_it_was_made(tmp_path: Path) -> None:
    with Phone(tmp_path) as first:
        first.clipboard.text = "old"
        with Phone(tmp_path) as second:
            first.clipboard.text = "new"
            assert second.clipboard.text == "old"
        with Phone(tmp_path) as third:
            assert third.clipboard.text == "new"


def test_processes_that_begin_to_encrypt_at_once_have_one_key(tmp_path: Path) -> None:
    at_once(
        """
        with taropy.create("weapp", folder=folder) as t:
            t.setStorage(key=f"key{number}", data=f"secret {number}", encrypt=True).result()
        """,
        tmp_path,
        count=4,
    )
    told = at_once(
        """
        with taropy.create("weapp", folder=folder) as t:
            print([t.getStorage(key=f"key{n}", encrypt=True).result().data for n in range(4)])
        """,
        tmp_path,
        count=2,
    )
    assert told == ["['secret 0', 'secret 1', 'secret 2', 'secret 3']\n"] * 2
    assert json.loads((tmp_path / "keystore.json").read_text())["format"] == 1


def test_values_and_logins_of_all_processes_are_kept(tmp_path: Path) -> None:
    codes = at_once(
        """
        with taropy.create("weapp", folder=folder, user=f"user{number}") as t:
            for turn in range(40):
                t.setStorageSync(f"{number} {turn}", turn)
            print(t.login().result().code)
        """,
        tmp_path,
    )
    with Phone(tmp_path) as phone:
        wx, platform = phone.native("weapp"), phone.open_platform
        assert sorted(wx.getStorageInfoSync()["keys"]) == sorted(f"{n} {turn}" for n in range(3) for turn in range(40))
        app = platform.app_of_phone("weapp", phone.app("weapp").appid)
        users = [platform.exchange(app, code.strip()).user_id for code in codes]
        assert users == ["user0", "user1", "user2"]
