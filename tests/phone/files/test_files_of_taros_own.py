"""Files where Taro's own code is the native object: taro-rn 4.2.0 over Expo's, plugin-platform-harmony-ets 4.2.0."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filing import real, said
from natively import call
from servers import Answer, WebServer
from supporting import failure

import taropy

DOCUMENTS = "file:///data/app/files"
HARMONY = "/data/data/app/files"


def temporary(t: Any, photo: Path) -> str:
    path: str = t.phone.files.import_file(t.phone.app(t.platform.name), photo)
    return path


@pytest.fixture
def rn() -> Iterator[Any]:
    with taropy.create("rn") as t:
        yield t


@pytest.fixture
def harmony() -> Iterator[Any]:
    with taropy.create("harmony") as t:
        yield t


@pytest.mark.parametrize(
    ("folder", "saved"),
    [
        (f"{DOCUMENTS}/", f"{DOCUMENTS}/{{name}}"),
        (f"{DOCUMENTS}/pictures/2024/", f"{DOCUMENTS}/pictures/2024/{{name}}"),
        (f"{DOCUMENTS}/pictures/a-", f"{DOCUMENTS}/pictures/a-{{name}}"),
        (None, f"{DOCUMENTS}/{{name}}"),  # which taro-rn says, and does not do
    ],
)
def test_expo_saves_a_file_under_its_own_name_in_the_folder_that_is_named(
    rn: Any, photo: Path, folder: str | None, saved: str
) -> None:
    path = temporary(rn, photo)
    where = saved.format(name=path.rpartition("/")[2])
    assert rn.saveFile({"tempFilePath": path, "filePath": folder}).result().savedFilePath == where
    assert real(rn, where).read_bytes() == photo.read_bytes()
    assert "not exist" in failure(rn.getSavedFileInfo(filePath=path))
    assert rn.getSavedFileInfo(filePath=where).result().size == len(photo.read_bytes())


@pytest.mark.parametrize("folder", ["file:///etc/", f"{DOCUMENTS}/../", "pictures/", "file:///data/app/cache/"])
def test_expo_saves_nothing_elsewhere(rn: Any, photo: Path, folder: str) -> None:
    path = temporary(rn, photo)
    assert failure(rn.saveFile(tempFilePath=path, filePath=folder)).startswith("saveFile:fail")
    assert real(rn, path).exists()


def test_expo_knows_when_a_temporary_file_was_written_too(rn: Any, photo: Path) -> None:
    info = rn.getSavedFileInfo(filePath=temporary(rn, photo)).result()
    assert (info.size, info.createTime > 0) == (len(photo.read_bytes()), True)


def test_what_lies_in_a_folder_is_not_listed(rn: Any, photo: Path) -> None:
    rn.saveFile(tempFilePath=temporary(rn, photo), filePath=f"{DOCUMENTS}/deep/").result()
    assert rn.getSavedFileList().result().fileList == []


def test_a_download_on_react_native_is_called_as_its_url_ends(rn: Any) -> None:
    with WebServer(lambda received: Answer("text")) as server:
        native = rn.phone.native("rn", "rn")
        told = call(native, "downloadFile", url=server.url("/some/a.txt?x=1"))
        assert told == {"tempFilePath": f"{DOCUMENTS}/a.txt?x=1", "statusCode": 200}
        where = f"{DOCUMENTS}/named.txt"
        told = call(native, "downloadFile", url=server.url("/some/a.txt"), filePath=where)
        assert told == {"tempFilePath": where, "filePath": where, "statusCode": 200}
        assert real(rn, where).read_bytes() == b"text"
        assert rn.getSavedFileInfo(filePath=where).result().size == 4
        assert call(native, "downloadFile", url=server.url("/"))["errMsg"] == "download file fail"


def test_a_picture_that_the_phone_itself_loads_is_no_document(rn: Any, photo: Path) -> None:
    with WebServer(lambda received: Answer(photo.read_bytes())) as server:
        failure(rn.getImageInfo(src=server.url("/a.png")))
    assert rn.getSavedFileList().result().fileList == []


def test_harmony_saves_files_in_one_folder_under_their_own_names(harmony: Any, photo: Path) -> None:
    first, second = temporary(harmony, photo), temporary(harmony, photo)
    saved = harmony.saveFile(tempFilePath=first).result().savedFilePath
    assert saved == f"{HARMONY}/{first.rpartition('/')[2]}"
    named = f"{HARMONY}/sub/mine.jpg"
    fs = harmony.getFileSystemManager()
    fs.mkdirSync(f"{HARMONY}/sub")
    assert fs.saveFileSync(second, named) == named
    listed = [file.filePath for file in harmony.getSavedFileList().result().fileList]
    assert sorted(listed) == sorted([saved, named])
    harmony.removeSavedFile(filePath=named).result()
    assert len(harmony.getSavedFileList().result().fileList) == 1


def test_harmony_saves_nothing_elsewhere(harmony: Any, photo: Path) -> None:
    path = temporary(harmony, photo)
    for where in ("/etc/x", f"{HARMONY}/../x", "x"):
        assert failure(harmony.saveFile(tempFilePath=path, filePath=where)).startswith("saveFile:fail")
    assert "file not exist" in failure(harmony.getSavedFileInfo(filePath=path))


@pytest.mark.anyio
@pytest.mark.parametrize("encoding", [None, "utf8", "base64", "hex"])
async def test_harmony_reads_every_file_as_text(encoding: Any) -> None:
    async with taropy.create("harmony") as t:
        fs, path = t.getFileSystemManager(), f"{HARMONY}/a.txt"
        fs.writeFileSync(path, "grün")
        assert fs.readFileSync(path, encoding) == "grün"
        read = await fs.readFile({"filePath": path} | ({"encoding": encoding} if encoding else {}))
        assert read.data == "grün"


@pytest.mark.anyio
async def test_harmony_lists_whole_paths_and_the_files_first() -> None:
    async with taropy.create("harmony") as t:
        fs = t.getFileSystemManager()
        fs.mkdirSync(f"{HARMONY}/a")
        fs.writeFileSync(f"{HARMONY}/b.txt", "")
        assert (await fs.readdir(dirPath=HARMONY)).files == [f"{HARMONY}/b.txt", f"{HARMONY}/a"]
        assert t.native.getFileSystemManager().readdirSync(HARMONY) == []


def test_harmony_has_no_way_down_but_with_callbacks(harmony: Any) -> None:
    fs = harmony.native.getFileSystemManager()
    fs.mkdirSync(f"{HARMONY}/a/b", True)
    assert said(fs.rmdirSync, f"{HARMONY}/a", True) == "暂时不支持 API rmdirSync recursive"
    assert said(fs.statSync, f"{HARMONY}/a", True) == "暂时不支持 API statSync recursive"
    assert fs.statSync(f"{HARMONY}/a").isDirectory()
    fs.rmdirSync(f"{HARMONY}/a/b")
    assert call(fs, "rmdir", dirPath=f"{HARMONY}/a", recursive=True)["errMsg"] == "rmdir:ok"


def test_harmony_shows_every_file_and_no_menu(harmony: Any, photo: Path) -> None:
    path = temporary(harmony, photo)
    harmony.openDocument(filePath=path, fileType="pdf", showMenu=True).result()
    (shown,) = harmony.phone.files.opened
    assert (shown.path, shown.type, shown.showMenu) == (path, photo.suffix[1:], False)
    assert failure(harmony.openDocument(filePath=f"{HARMONY}/gone")).startswith("openDocument:fail")
