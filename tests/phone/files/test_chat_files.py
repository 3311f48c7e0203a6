"""Files of chats, of which the person picks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drawn import picture
from filing import real
from natively import call
from supporting import failure

from taropy.phone import Phone


@pytest.fixture
def chat(weapp: Any, tmp_path: Path) -> Any:
    for name in ("a.pdf", "b.DOCX", "c.txt"):
        (tmp_path / name).write_text(name)
        weapp.phone.media.add_message_file(tmp_path / name)
    weapp.phone.media.add_message_file(picture(tmp_path / "d.jpg"))
    return weapp


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"count": 100}, ["d.jpg", "c.txt", "b.DOCX", "a.pdf"]),
        ({"count": 2, "type": "all"}, ["d.jpg", "c.txt"]),
        ({"count": 9, "type": "image"}, ["d.jpg"]),
        ({"count": 9, "type": "file"}, ["c.txt", "b.DOCX", "a.pdf"]),
        ({"count": 9, "type": "file", "extension": ["pdf", ".docx"]}, ["b.DOCX", "a.pdf"]),
        ({"count": 9, "type": "image", "extension": ["pdf"]}, ["d.jpg"]),
    ],
)
def test_files_of_chats_are_offered_by_kind(chat: Any, options: dict[str, Any], expected: list[str]) -> None:
    files = chat.chooseMessageFile(**options).result().tempFiles
    assert [file.name for file in files] == expected
    assert [real(chat, file.path).stat().st_size for file in files] == [file.size for file in files]
    assert files[0].type == ("image" if expected[0] == "d.jpg" else "file")


def test_a_script_cannot_pick_a_file_of_another_ending(chat: Any) -> None:
    chat.phone.media.pick("a.pdf")
    words = failure(chat.chooseMessageFile(count=9, type="file", extension=["txt", "docx"]))
    assert words.endswith("a.pdf cannot be picked: at most 9, each file, .docx or .txt")


def test_a_chat_without_files_and_going_back_are_a_cancel(weapp: Any, tmp_path: Path) -> None:
    assert failure(weapp.chooseMessageFile(count=1)) == "chooseMessageFile:fail cancel"
    (tmp_path / "a.txt").write_text("a")
    weapp.phone.media.add_message_file(tmp_path / "a.txt")
    weapp.phone.media.cancel()
    assert failure(weapp.chooseMessageFile(count=1)) == "chooseMessageFile:fail cancel"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "parameter.count should be Number instead of Undefined"),
        ({"count": 1, "type": "song"}, "parameter.type should be one of all, image, video, file"),
        ({"count": 1, "type": "file", "extension": [""]}, "parameter.extension should not have an empty string"),
    ],
)
def test_wrong_options_open_no_chat(options: dict[str, Any], words: str) -> None:
    answer = call(Phone().native("weapp"), "chooseMessageFile", **options)
    assert answer["errMsg"] == f"chooseMessageFile:fail parameter error: {words}"
