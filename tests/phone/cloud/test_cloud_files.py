"""Cloud storage: files that go up, come down, have addresses, and go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from supporting import failure, supporting

import taropy
from taropy.phone import Phone

SIZE = 200_000

pytestmark = pytest.mark.anyio


@pytest.fixture
def cloud(weapp: Any) -> Any:
    """`Taro.cloud`, initialized."""
    weapp.cloud.init({"env": "test-1"})
    return weapp.cloud


def written(t: Any, data: bytes = b"hello") -> str:
    """A file of the program's."""
    path: str = f"{t.env['USER_DATA_PATH']}/a.txt"
    t.getFileSystemManager().writeFileSync(path, data)
    return path


def read(t: Any, path: str) -> bytes:
    """What is in a file of the program's."""
    return bytes(t.getFileSystemManager().readFileSync(path))


@supporting("cloud")
def test_a_file_goes_up_and_comes_down_again(t: Any) -> None:
    t.cloud.init({"env": "prod-1"})
    up = t.cloud.uploadFile(cloudPath="notes/a.txt", filePath=written(t)).result()
    assert up.statusCode == 200
    assert up.fileID.startswith("cloud://prod-1.7072-prod-1-1")
    assert up.fileID.endswith("/notes/a.txt")
    down = t.cloud.downloadFile(fileID=up.fileID).result()
    assert read(t, down.tempFilePath) == b"hello"
    assert t.phone.cloud.files.read(up.fileID) == b"hello"


def test_a_file_at_the_same_path_is_replaced(weapp: Any, cloud: Any) -> None:
    first = cloud.uploadFile(cloudPath="a", filePath=written(weapp, b"1")).result()
    second = cloud.uploadFile(cloudPath="a", filePath=written(weapp, b"2")).result()
    assert first.fileID == second.fileID
    assert weapp.phone.cloud.files.read(first.fileID) == b"2"


@supporting("cloud")
async def test_progress_is_told_both_ways(t: Any) -> None:
    t.cloud.init()
    told: list[Any] = []
    task = t.cloud.uploadFile(cloudPath="big", filePath=written(t, bytes(SIZE)))
    task.onProgressUpdate(told.append)
    up = await task
    assert told[-1] == {"progress": 100, "totalBytesSent": SIZE, "totalBytesExpectedToSend": SIZE}
    assert [each.progress for each in told] == sorted({each.progress for each in told})
    assert len(told) > 1
    told.clear()
    task = t.cloud.downloadFile(fileID=up.fileID)
    task.onProgressUpdate(told.append)
    await task
    assert told[-1] == {"progress": 100, "totalBytesWritten": SIZE, "totalBytesExpectedToWrite": SIZE}


async def test_an_upload_can_be_aborted(weapp: Any, cloud: Any) -> None:
    task = cloud.uploadFile(cloudPath="big", filePath=written(weapp, bytes(SIZE)))
    task.abort()
    with pytest.raises(taropy.TaroError) as caught:
        await task
    assert caught.value.errMsg == "cloud.uploadFile:fail abort"
    assert weapp.phone.cloud.files.ids() == []


def test_a_file_has_an_address_that_can_be_asked(weapp: Any, cloud: Any) -> None:
    id_ = weapp.phone.cloud.put_file("pictures/ä b.png", b"a picture")
    (told,) = cloud.getTempFileURL(fileList=[id_]).result().fileList
    assert (told.fileID, told.status, told.errMsg) == (id_, 0, "ok")
    assert told.tempFileURL.startswith("https://")
    answer = weapp.request(url=told.tempFileURL, responseType="arraybuffer").result()
    assert (answer.statusCode, bytes(answer.data)) == (200, b"a picture")


def test_addresses_of_files_that_are_not_there(weapp: Any, cloud: Any) -> None:
    id_ = weapp.phone.cloud.put_file("a", b"a")
    told = cloud.getTempFileURL(fileList=[id_, f"{id_}b"]).result().fileList
    assert [each.status for each in told] == [0, -503003]
    assert told[1].tempFileURL == ""


def test_deleting(weapp: Any, cloud: Any) -> None:
    own = cloud.uploadFile(cloudPath="own", filePath=written(weapp)).result().fileID
    others = weapp.phone.cloud.put_file("others", b"not the user's")
    told = cloud.deleteFile(fileList=[own, others, "cloud://none.none/none"]).result().fileList
    assert [each.status for each in told] == [0, -503002, -503003]
    assert weapp.phone.cloud.files.ids() == [others]
    assert "errCode: -503003" in failure(cloud.downloadFile(fileID=own))


@pytest.mark.parametrize("path", ["", "/a", "a//b", "../a", "a/../../b", "a/", "a" * 851])
def test_paths_that_are_none(weapp: Any, cloud: Any, path: str) -> None:
    assert "errCode: -501007" in failure(cloud.uploadFile(cloudPath=path, filePath=written(weapp)))


@pytest.mark.parametrize("path", ["CON", "a:b", "%2e%2e", "名字.png", ".hidden", "a" * 200])
def test_any_other_path_is_kept(weapp: Any, cloud: Any, path: str) -> None:
    id_ = cloud.uploadFile(cloudPath=f"x/{path}", filePath=written(weapp)).result().fileID
    assert weapp.phone.cloud.files.ids() == [id_]
    assert weapp.phone.cloud.files.read(id_) == b"hello"


def test_wrong_options(weapp: Any, cloud: Any) -> None:
    assert failure(cloud.uploadFile(cloudPath="a", filePath="wxfile://usr/none")).startswith("cloud.uploadFile:fail")
    assert "parameter.cloudPath should be String" in failure(cloud.uploadFile(filePath=written(weapp)))
    assert "parameter.fileID should be String" in failure(cloud.downloadFile({}))
    assert "at most 50" in failure(cloud.getTempFileURL(fileList=["cloud://a"] * 51))
    assert "parameter.fileList[0] should be String" in failure(cloud.deleteFile(fileList=[5]))


def test_files_are_kept_in_the_phones_folder(tmp_path: Path) -> None:
    with taropy.create("weapp", phone=Phone(tmp_path)) as t:
        t.cloud.init()
        id_ = t.cloud.uploadFile(cloudPath="a", filePath=written(t)).result().fileID
    with taropy.create("weapp", phone=Phone(tmp_path)) as t:
        t.cloud.init()
        assert t.phone.cloud.files.read(id_) == b"hello"
        assert t.cloud.deleteFile(fileList=[id_]).result().fileList[0].status == 0


def test_files_come_back_with_a_snapshot(weapp: Any, cloud: Any) -> None:
    id_ = cloud.uploadFile(cloudPath="a", filePath=written(weapp)).result().fileID
    before = weapp.phone.snapshot()
    cloud.deleteFile(fileList=[id_]).result()
    weapp.phone.cloud.put_file("b", b"b")
    weapp.phone.restore(before)
    assert weapp.phone.cloud.files.ids() == [id_]
    assert cloud.deleteFile(fileList=[id_]).result().fileList[0].status == 0
