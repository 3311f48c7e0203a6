"""A folder of a phone that can only be read: fixtures under version control, a mount, a cache of a build server."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from execing import prepared
from folders import make_folder

import taropy

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and sys.platform != "linux"),
    reason="the rights of folders hold for nobody here, or not for root",
)

#: Takes from root what lets it pass over the rights of files (capabilities(7)).
GIVE_UP_ROOT = """
import ctypes, os
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
if os.geteuid() == 0:
    drop = ctypes.CDLL(None).prctl
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        drop(PR_CAPBSET_DROP, capability)
"""

#: What the program of a test begins with.
BEGINNING = """
    import json, sys, taropy
    from taropy.phone import Phone, PhoneFolderError

    def failure(work):
        try:
            outcome = work()
            getattr(outcome, "result", lambda: None)()
        except (taropy.TaroError, PhoneFolderError) as error:
            return str(error)
        return "none"

    phone = Phone(sys.argv[1])
    t = taropy.create("weapp", phone=phone)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with every file; pytest can remove it whatever a test does to its rights."""
    yield make_folder(tmp_path / "phone")
    (tmp_path / "phone").chmod(0o755)
    for path in tmp_path.rglob("*"):
        path.chmod(0o755)


def closed(folder: Path) -> Path:
    """The folder, without the right to write for anybody."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) | stat.S_IRGRP | stat.S_IROTH)
    return folder


def files_in(folder: Path) -> dict[str, bytes | None]:
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def output(folder: Path, program: str) -> list[str]:
    """What the program prints, run by a user for whom the folder's rights hold."""
    code = textwrap.dedent(BEGINNING) + textwrap.dedent(program)
    command = prepared(GIVE_UP_ROOT, [sys.executable, "-c", code, folder])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


READS = """
    print(t.getStorageSync("tea"), t.getStorage(key="sealed", encrypt=True).result().data)
    print(t.getStorageInfoSync()["keys"])
    print(phone.clipboard.text, phone.system.theme, phone.account.user.id, phone.hardware.battery_level)
    print(t.checkSession().result().errMsg, len(t.login().result().code))
    print(t.getFileSystemManager().readFileSync(t.env.USER_DATA_PATH + "/leaf", "utf8"))
    print(t.canIUse("setStorage"), bool(phone.snapshot()))
    phone.close()
"""
READ = [
    "Record({'leaves': 7}) secret",
    "['tea', 'sealed']",
    "oolong dark alice 50",
    "checkSession:ok 32",
    "green",
    "True True",
]


def add_file(folder: Path) -> None:
    with taropy.create("weapp", folder=folder) as t:
        t.getFileSystemManager().writeFileSync(f"{t.env.USER_DATA_PATH}/leaf", "green")


def test_all_that_it_has_can_be_read_and_nothing_is_changed(folder: Path) -> None:
    add_file(folder)
    before = files_in(closed(folder))
    assert output(folder, READS) == READ
    assert files_in(folder) == before


@pytest.mark.parametrize("beside", [["-wal", "-shm"], ["-wal"]])
def test_what_a_killed_program_wrote_last_can_be_read_too(beside: list[str], folder: Path) -> None:
    add_file(folder)
    with taropy.create("weapp", folder=folder) as t:
        t.setStorageSync("tea", {"leaves": 8})
        killed = Path(shutil.copytree(folder, folder.with_name("killed")))
    for suffix in {"-wal", "-shm"} - set(beside):
        Path(f"{killed}/storage.sqlite{suffix}").unlink()
    before = files_in(closed(killed))
    assert output(killed, READS) == ["Record({'leaves': 8}) secret", *READ[1:]]
    assert files_in(killed) == before


def test_what_would_change_it_fails_and_says_why(folder: Path) -> None:
    add_file(folder)
    closed(folder)
    told = output(
        folder,
        """
        user = t.env.USER_DATA_PATH
        print(failure(lambda: t.setStorageSync("tea", 1)))
        print(failure(lambda: t.setStorage(key="tea", data=1)))
        print(failure(lambda: t.clearStorage()))
        print(failure(lambda: t.setClipboardData(data="new")))
        print(failure(lambda: t.setBackgroundFetchToken(token="new")))
        print(failure(lambda: setattr(phone.system, "theme", "light")))
        print(failure(lambda: t.getFileSystemManager().writeFileSync(user + "/leaf", "red")))
        print(failure(lambda: t.getFileSystemManager().mkdirSync(user + "/leaves")))
        print(t.getStorageSync("tea"))
        """,
    )
    read_only = "can only be read, so the phone can't keep what changes. Copy it to change it"
    assert told == [
        f"setStorageSync:fail:internal error {folder}/storage.sqlite {read_only}",
        f"setStorage:fail:internal error {folder}/storage.sqlite {read_only}",
        f"clearStorage:fail:internal error {folder}/storage.sqlite {read_only}",
        f"setClipboardData:fail:internal error {folder} {read_only}",
        f"setBackgroundFetchToken:fail:internal error {folder} {read_only}",
        f"{folder} {read_only}",
        "writeFileSync:fail permission denied, open wxfile://usr/leaf",
        "mkdirSync:fail permission denied, open wxfile://usr/leaves",
        "Record({'leaves': 7})",
    ]


def test_what_the_person_answers_is_known_to_this_phone_alone(folder: Path) -> None:
    before = files_in(closed(folder))
    told = output(
        folder,
        """
        phone.permissions.reset()
        phone.privacy.withdraw(phone.app("weapp"))
        print(t.getLocation().result().latitude)
        print(failure(lambda: t.authorize(scope="scope.camera")), failure(lambda: t.requirePrivacyAuthorize()))
        print(sorted(t.getSetting().result().authSetting), t.getPrivacySetting().result().needAuthorization)
        print([question.kind for question in phone.person.asked])
        with Phone(sys.argv[1]) as other:
            print(sorted(taropy.create("weapp", phone=other).getSetting().result().authSetting))
        """,
    )
    assert told == [
        "31.2304",
        "none none",
        "['scope.camera', 'scope.userLocation'] False",
        "['authorize', 'authorize', 'privacy']",
        "['scope.addPhoneCalendar', 'scope.record', 'scope.userLocation']",
    ]
    assert files_in(folder) == before


def test_temporary_files_lie_elsewhere(folder: Path) -> None:
    closed(folder)
    told = output(
        folder,
        """
        path = phone.files.import_file(phone.app("weapp"), sys.argv[1] + "/clipboard.json")
        print("oolong" in t.getFileSystemManager().readFileSync(path, "utf8"))
        real = phone.files.local(phone.app("weapp"), path)
        print(str(real).startswith(sys.argv[1]), real.exists())
        phone.close()
        print(real.exists())
        """,
    )
    assert told == ["True", "False True", "False"]


def test_codes_of_a_login_are_good_in_the_same_process(folder: Path) -> None:
    closed(folder)
    told = output(
        folder,
        """
        platform = phone.open_platform
        code = t.login().result().code
        print(platform.exchange(platform.app_of_phone("weapp", phone.app("weapp").appid), code).user_id)
        """,
    )
    assert told == ["alice"]


def test_a_user_whom_the_phone_is_given_is_this_phones_alone(folder: Path) -> None:
    closed(folder)
    assert output(
        folder, 'print(Phone(sys.argv[1], user="bob").account.user.id, Phone(sys.argv[1]).account.user.id)'
    ) == ["bob alice"]


def test_an_empty_one_is_a_phone_that_keeps_nothing(folder: Path) -> None:
    empty = folder.with_name("empty")
    empty.mkdir()
    closed(empty)
    told = output(
        empty,
        """
        print(t.getStorageSync("tea") == "", t.canIUse("login"), t.getStorageInfoSync()["keys"])
        print(failure(lambda: t.setStorageSync("tea", 1)))
        print(len(phone.snapshot().rooms) > 20)
        """,
    )
    assert told[0] == "True True []"
    assert "can only be read" in told[1]
    assert told[2] == "True"
    assert list(empty.iterdir()) == []


@pytest.mark.parametrize("what", ["clipboard.json", "storage.sqlite", "open-platform.sqlite", "."])
def test_what_may_not_even_be_read_is_told_when_the_phone_is_made(what: str, folder: Path) -> None:
    (folder / what).chmod(0)
    told = output(
        folder.parent,
        """
        try:
            Phone(sys.argv[1] + "/phone")
        except PhoneFolderError as error:
            print(error)
        """,
    )
    assert told == [
        f"{folder / what} can't be used: Permission denied. Give this user access to it, or use another folder"
    ]
