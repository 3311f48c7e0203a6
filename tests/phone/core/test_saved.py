"""The small files in which a phone with a folder keeps its settings."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from natively import Answer, call

from taropy.phone import Phone

FILE = "background-fetch.json"


def set_token(folder: Path, token: str) -> Answer:
    with Phone(folder) as phone:
        return call(phone.native("weapp"), "setBackgroundFetchToken", token=token)


def token_in(folder: Path) -> str:
    with Phone(folder) as phone:
        return str(call(phone.native("weapp"), "getBackgroundFetchToken")["token"])


def test_a_full_disk_is_told_and_leaves_what_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_token(tmp_path, "old")

    def half(path: Path, text: str, encoding: str) -> int:
        path.write_bytes(text.encode(encoding)[:5])
        raise OSError(errno.ENOSPC, "no room left")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_text", half)
        answer = set_token(tmp_path, "new")
    assert answer["errMsg"] == f"setBackgroundFetchToken:fail:internal error [Errno {errno.ENOSPC}] no room left"
    assert token_in(tmp_path) == "old"
    assert [path.name for path in tmp_path.glob(f"{FILE}*")] == [FILE]


def test_half_of_a_surrogate_pair_can_be_kept(tmp_path: Path) -> None:
    with Phone(tmp_path) as phone:
        phone.clipboard.text = "\ud83d"
    with Phone(tmp_path) as phone:
        assert phone.clipboard.text == "\ud83d"
