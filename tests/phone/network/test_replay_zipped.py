"""HAR files in zip archives, as Playwright writes them (`.har.zip`), are replayed; those that do harm are not."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile_zips import archive_of, hostile_zips

import taropy
from taropy.phone import RecordingError, UnroutedRequestWarning

API = "https://api.example.com"
CENTRAL = b"PK\x01\x02"


def har(*paths: str, **files: str) -> bytes:
    """A HAR file that has these paths, whose bodies are in files."""
    entries = [
        {
            "request": {"method": "GET", "url": f"{API}{path}", "headers": []},
            "response": {
                "status": 200,
                "headers": [{"name": "content-type", "value": "application/json"}],
                "content": {
                    "size": 8,
                    "mimeType": "application/json",
                    "_file": files.get(path[1:], f"{path[1:]}.json"),
                },
            },
        }
        for path in paths
    ]
    return json.dumps({"log": {"version": "1.2", "entries": entries}}).encode()


def zipped(tmp_path: Path, *entries: tuple[str, bytes]) -> Path:
    file = tmp_path / "shop.har.zip"
    file.write_bytes(archive_of(*entries))
    return file


def got(taro: Any, path: str) -> Any:
    return taro.request(url=f"{API}{path}").result().data


@pytest.mark.parametrize("platform", ["weapp", "alipay", "h5"])
def test_what_playwright_has_zipped_is_replayed_with_the_bodies_beside_it(platform: str, tmp_path: Path) -> None:
    file = zipped(tmp_path, ("me.json", b'{"a": 1}'), ("you.json", b"[2]"), ("har.har", har("/me", "/you")))
    with taropy.create(platform) as taro, taro.phone.network.replay(file, cors=True) as replay:
        assert (got(taro, "/me"), got(taro, "/you")) == ({"a": 1}, [2])
        assert replay.unused == ""


def test_so_is_one_that_was_zipped_by_hand_whatever_it_is_called(weapp: Any, tmp_path: Path) -> None:
    file = tmp_path / "shop.har"
    file.write_bytes(archive_of(("shop/", b""), ("shop/today.har", har("/me")), ("shop/me.json", b"[1]")))
    weapp.phone.network.record_once(file)
    assert got(weapp, "/me") == [1]


def test_of_several_the_one_that_is_called_as_playwright_does_is_taken(weapp: Any, tmp_path: Path) -> None:
    weapp.phone.network.replay(zipped(tmp_path, ("old.har", b"{}"), ("har.har", har("/me")), ("me.json", b"[1]")))
    assert got(weapp, "/me") == [1]


def test_a_body_that_is_not_in_it_is_told_where_it_is_asked_for(weapp: Any, tmp_path: Path) -> None:
    file = zipped(tmp_path, ("har.har", har("/me", "/you")), ("you.json", b"[2]"))
    weapp.phone.network.replay(file)
    assert got(weapp, "/you") == [2]
    with pytest.warns(UnroutedRequestWarning) as warned, pytest.raises(taropy.TaroError):
        got(weapp, "/me")
    assert f"its content should be in {file / 'me.json'}, which is not there" in str(warned[0].message)


def test_a_file_of_the_computer_is_not_read_in_place_of_one_in_it(weapp: Any, tmp_path: Path) -> None:
    (tmp_path / "me.json").write_text('"of the computer"')
    weapp.phone.network.replay(zipped(tmp_path, ("har.har", har("/me"))))
    with pytest.warns(UnroutedRequestWarning, match="which is not there"), pytest.raises(taropy.TaroError):
        got(weapp, "/me")


def told_as(size: int, data: bytes) -> bytes:
    """An archive whose first file says that it has this size."""
    at = data.find(CENTRAL) + 24
    return data[:at] + struct.pack("<I", size) + data[at + 4 :]


def with_flag(data: bytes) -> bytes:
    """An archive whose first file says that it has a password."""
    changed = bytearray(data)
    changed[changed.find(b"PK\x03\x04") + 6] |= 1
    changed[changed.find(CENTRAL) + 8] |= 1
    return bytes(changed)


WHOLE = archive_of(("har.har", har("/me")), ("me.json", b'{"a": 1}'))
WRONG: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing in it": (archive_of, "is a zip archive with no HAR file in it"),
    "no HAR file": (lambda: archive_of(("me.json", b"{}")), "is a zip archive with no HAR file in it"),
    "several": (
        lambda: archive_of(("a.har", har("/me")), ("b.har", har("/me"))),
        "is a zip archive with several HAR files in it, and none is har.har",
    ),
    "cut off": (lambda: WHOLE[:-30], "is a zip archive that is damaged"),
    "a head alone": (lambda: b"PK\x03\x04rest", "is a zip archive that is damaged"),
    "too large": (lambda: told_as(0xF0000000, WHOLE), "with more than 256 MiB in it, which is too much to replay"),
    "larger than it is": (lambda: told_as(100_000, WHOLE), "in which har.har "),
    "smaller than it is": (lambda: told_as(10, WHOLE), "in which har.har "),
    "a password": (lambda: with_flag(WHOLE), "in which har.har cannot be read"),
    "no JSON": (lambda: archive_of(("har.har", b"<html>")), "is no HAR file, or a damaged one"),
    "a body outside": (
        lambda: archive_of(("har.har", har("/me", me="../me.json")), ("../me.json", b"{}")),
        "a _file is '../me.json', which is not beside it",
    ),
}


@pytest.mark.parametrize(("make", "told"), WRONG.values(), ids=WRONG)
def test_an_archive_that_is_none_or_lies_is_refused(
    weapp: Any, tmp_path: Path, make: Callable[[], bytes], told: str
) -> None:
    file = tmp_path / "shop.har.zip"
    file.write_bytes(make())
    with pytest.raises(RecordingError, match=re.escape(told)) as raised:
        weapp.phone.network.replay(file)
    assert str(raised.value).startswith(f"{file} ")
    assert weapp.phone.network.routes == []


def test_bodies_count_together(weapp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taropy.phone.network.recordings.archive.MOST", 3 * 1024 * 1024)
    body = b'"' + b"a" * (2 * 1024 * 1024 - 2) + b'"'
    file = zipped(tmp_path, ("har.har", har("/me")), ("me.json", body))
    with weapp.phone.network.replay(file):
        assert len(got(weapp, "/me")) == len(body) - 2
    twice = zipped(tmp_path, ("har.har", har("/me", "/you")), ("me.json", body), ("you.json", body))
    with pytest.raises(RecordingError, match="more than 3 MiB"):
        weapp.phone.network.replay(twice)


def test_archives_that_try_to_do_harm_are_refused_in_words(weapp: Any, tmp_path: Path) -> None:
    file = tmp_path / "shop.har.zip"
    for data in hostile_zips(110, tmp_path, seed=8):
        file.write_bytes(data)
        with pytest.raises(RecordingError):
            weapp.phone.network.replay(file)


def test_a_recording_is_a_har_file_and_no_archive(weapp: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"is to be a HAR file, and no zip archive: call it shop\.har$"):
        weapp.phone.network.record(tmp_path / "shop.har.zip")
