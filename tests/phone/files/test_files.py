"""Saved and temporary files, documents, and what stays when the phone is gone."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from filing import FULL, USER, lying_in
from natively import call
from supporting import failure

import taropy
from taropy import spec
from taropy.phone import Document, Fail, NativeError, Phone
from taropy.phone.core.app import App


def app_of(phone: Phone, platform: str) -> App:
    return phone.app(platform, "my" if platform == "alipay" else "wx")


# --- saved files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", sorted(spec.supported_on("saveFile")))
def test_a_temporary_file_is_saved_listed_and_removed(platform: str, photo: Path) -> None:
    with taropy.create(platform) as t:
        t.phone.clock.stop()
        temporary = t.phone.files.import_file(app_of(t.phone, platform), photo)
        saved = t.saveFile(tempFilePath=temporary).result().savedFilePath
        assert saved.endswith(".jpg")
        [file] = t.getSavedFileList().result().fileList
        made = None if platform == "harmony" else int(t.phone.clock.now())
        assert (file.filePath, file.size, file.get("createTime")) == (saved, 9, made)
        if platform in spec.supported_on("getSavedFileInfo"):
            info = t.getSavedFileInfo(filePath=saved).result()
            assert (info.size, info.get("createTime")) == (9, made)
        info = t.getFileInfo(filePath=saved, digestAlgorithm="sha1").result()
        digest = hashlib.md5 if platform == "rn" else hashlib.sha1
        assert (info.size, info.digest) == (9, digest(b"a picture").hexdigest())
        t.removeSavedFile(filePath=saved).result()
        assert t.getSavedFileList().result().fileList == []
        with pytest.raises(taropy.TaroError, match="removeSavedFile:fail file not exist"):
            t.removeSavedFile(filePath=saved).result()


@pytest.mark.parametrize("name", ["getFileInfo", "getSavedFileInfo"])
def test_react_native_has_words_of_its_own_for_a_file_that_is_not_there(name: str) -> None:
    with taropy.create("rn") as t:
        assert failure(getattr(t, name)(filePath="file:///nope")) == f"{name}:fail filePath not exists"


def test_saving_moves_the_file(phone: Phone, native: Any, fs: Any, photo: Path) -> None:
    temporary = phone.files.import_file(phone.app("weapp"), photo)
    saved = call(native, "saveFile", tempFilePath=temporary)["savedFilePath"]
    assert fs.readFileSync(saved) == b"a picture"
    again = call(native, "saveFile", tempFilePath=temporary)
    assert again["errMsg"] == "saveFile:fail tempFilePath file not exist"


def test_a_file_is_saved_where_the_program_says(phone: Phone, fs: Any, photo: Path) -> None:
    app = phone.app("weapp")
    path = f"{USER}/mine.jpg"
    assert fs.saveFileSync(phone.files.import_file(app, photo), path) == path
    assert fs.readFileSync(path) == b"a picture"
    assert call(fs, "getSavedFileList")["fileList"] == []
    photo.write_bytes(b"another")
    assert (
        call(fs, "saveFile", tempFilePath=phone.files.import_file(app, photo), filePath=path)["savedFilePath"] == path
    )
    assert fs.readFileSync(path) == b"another"


@pytest.mark.parametrize(
    ("path", "errMsg"),
    [
        (f"{USER}/no/mine.jpg", f'no such file or directory "{USER}/no"'),
        (f"{USER}/../mine.jpg", f'permission denied, open "{USER}/../mine.jpg"'),
        ("images/mine.jpg", 'permission denied, open "images/mine.jpg"'),
        (USER, f'illegal operation on a directory, open "{USER}"'),
    ],
)
def test_where_a_file_cannot_be_saved(phone: Phone, fs: Any, photo: Path, path: str, errMsg: str) -> None:
    temporary = phone.files.import_file(phone.app("weapp"), photo)
    assert call(fs, "saveFile", tempFilePath=temporary, filePath=path)["errMsg"] == f"saveFile:fail {errMsg}"
    assert fs.readFileSync(temporary) == b"a picture"


@pytest.mark.parametrize(
    "path", [f"{USER}/file", "wxfile://tmp_no", "/etc/hostname", f"{USER}/../x", "wxfile://store_x"]
)
def test_only_temporary_files_are_saved(native: Any, fs: Any, path: str) -> None:
    fs.writeFileSync(f"{USER}/file", "mine")
    assert call(native, "saveFile", tempFilePath=path)["errMsg"] == "saveFile:fail tempFilePath file not exist"


@pytest.mark.parametrize(
    ("name", "option"),
    [("getVideoInfo", "src"), ("compressImage", "src"), ("saveFileToDisk", "filePath")],
)
def test_on_alipay_a_missing_file_has_alipays_code_whoever_looks_for_it(phone: Phone, name: str, option: str) -> None:
    failure = call(phone.native("alipay", "my"), name, **{option: "https://usr/no"})
    assert (failure["error"], failure["errMsg"]) == (10022, f"{name}:fail {failure['errorMessage']}")
    assert "errno" not in failure


def test_on_alipay_a_missing_file_that_is_to_be_sent_has_that_functions_code(phone: Phone) -> None:
    options = {"url": "http://127.0.0.1/", "filePath": "https://usr/no", "fileName": "file"}
    assert call(phone.native("alipay", "my"), "uploadFile", **options) == {
        "errMsg": "uploadFile:fail file not found", "error": 11, "errorMessage": "file not found",
    }  # fmt: skip


def test_alipay_calls_its_paths_by_its_own_name(photo: Path) -> None:
    with Phone() as phone:
        my = phone.native("alipay", "my")
        temporary = phone.files.import_file(phone.app("alipay", "my"), photo)
        assert temporary.startswith("https://resource/")
        saved = call(my, "saveFile", apFilePath=temporary)["apFilePath"]
        assert call(my, "getFileInfo", apFilePath=saved)["size"] == 9
        assert call(my, "getSavedFileInfo", apFilePath=saved)["size"] == 9
        assert [file["apFilePath"] for file in call(my, "getSavedFileList")["fileList"]] == [saved]
        assert call(my, "removeSavedFile", apFilePath=saved)["errMsg"] == "removeSavedFile:ok"


@pytest.mark.parametrize(
    ("platform", "path"),
    [
        ("weapp", "wxfile://usr"), ("alipay", "https://usr"), ("swan", "bdfile://usr"), ("tt", "ttfile://user"),
        ("qq", "qqfile://usr"), ("jd", "jdfile://usr"), ("h5", None),
    ],
)  # fmt: skip
def test_the_environment_tells_where_a_program_may_write(platform: str, path: str | None) -> None:
    with taropy.create(platform) as t:
        assert t.env.get("USER_DATA_PATH") == path
        assert platform == t.env.TARO_ENV


# --- documents and the computer's disk ------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", sorted(spec.supported_on("openDocument")))
def test_a_document_is_shown(platform: str, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    with taropy.create(platform) as t:
        path = t.phone.files.import_file(app_of(t.phone, platform), tmp_path / "report.pdf")
        t.openDocument(filePath=path, showMenu=True).result()
        [document] = t.phone.files.opened
        assert (document.path, document.type, document.showMenu) == (path, "pdf", platform != "harmony")
        assert document.local.read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize(
    ("name", "kind", "errMsg"),
    [
        ("photo.jpg", None, "openDocument:fail filetype not supported"),
        ("photo.jpg", "zip", "openDocument:fail filetype not supported"),
        ("no.pdf", None, "openDocument:fail file doesn't exist"),
        ("../photo.pdf", None, "openDocument:fail file doesn't exist"),
        ("", "pdf", "openDocument:fail filetype not supported"),
        ("photo.jpg", 5, "openDocument:fail parameter error: parameter.fileType should be String instead of Number"),
        ("photo.jpg", "docx", "openDocument:ok"),
        ("LETTER.DOCX", None, "openDocument:ok"),
    ],
)
def test_which_documents_are_shown(phone: Phone, native: Any, fs: Any, name: str, kind: Any, errMsg: str) -> None:
    for each in ("photo.jpg", "LETTER.DOCX"):
        fs.writeFileSync(f"{USER}/{each}", "content")
    path = f"{USER}/{name}"
    assert call(native, "openDocument", filePath=path, fileType=kind)["errMsg"] == errMsg
    local = phone.files.writable(phone.app("weapp"), f"{USER}/x").parent / name
    assert phone.files.opened == ([Document(path, "docx", False, local)] if errMsg.endswith("ok") else [])


@pytest.mark.parametrize("platform", sorted(spec.supported_on("saveFileToDisk")))
def test_a_file_is_saved_on_the_computer(platform: str, photo: Path, tmp_path: Path) -> None:
    with taropy.create(platform) as t:
        t.phone.files.disk = tmp_path / "downloads"
        path = t.phone.files.import_file(app_of(t.phone, platform), photo)
        for _ in range(2):
            t.phone.person.script("save file", name="mine.jpg")
            t.saveFileToDisk(filePath=path).result()
        assert sorted(each.name for each in (tmp_path / "downloads").iterdir()) == ["mine (1).jpg", "mine.jpg"]
        assert (tmp_path / "downloads" / "mine (1).jpg").read_bytes() == b"a picture"


@pytest.mark.parametrize("who", ["the phone", "somebody else"])
def test_of_a_file_that_cannot_be_saved_nothing_stays(
    phone: Phone, native: Any, fs: Any, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Half a copy is removed, unless somebody has removed it before."""
    fs.writeFileSync(f"{USER}/file.txt", "mine")

    def half(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:2])
        if who == "somebody else":
            target.unlink()
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shutil, "copyfile", half)
    assert call(native, "saveFileToDisk", filePath=f"{USER}/file.txt")["errMsg"] == f"saveFileToDisk:fail {FULL}"
    assert list((phone.folder / "disk").iterdir()) == []


def test_of_a_file_that_cannot_be_imported_nothing_stays(
    phone: Phone, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:2])
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shutil, "copyfile", half)
    with pytest.raises(OSError, match="full"):
        phone.files.import_file(phone.app("weapp"), photo)
    assert lying_in(phone, "tmp") == []


def test_the_person_may_not_want_to_save_a_file(phone: Phone, native: Any, fs: Any) -> None:
    fs.writeFileSync(f"{USER}/file.txt", "mine")
    phone.person.script("save file", cancel=True)
    assert call(native, "saveFileToDisk", filePath=f"{USER}/file.txt")["errMsg"] == "saveFileToDisk:fail cancel"
    assert call(native, "saveFileToDisk", filePath=f"{USER}/file.txt")["errMsg"] == "saveFileToDisk:ok"
    assert (phone.folder / "disk" / "file.txt").read_text() == "mine"
    assert call(native, "saveFileToDisk", filePath=f"{USER}/no")["errMsg"].startswith(
        "saveFileToDisk:fail no such file"
    )


# --- what stays, and what goes --------------------------------------------------------------------------------------


def test_a_phone_with_a_folder_comes_back_with_its_files(tmp_path: Path, photo: Path) -> None:
    with Phone(tmp_path / "phone") as phone:
        native = phone.native("weapp")
        native.getFileSystemManager().writeFileSync(f"{USER}/file", "mine")
        temporary = phone.files.import_file(phone.app("weapp"), photo)
        saved = call(native, "saveFile", tempFilePath=phone.files.import_file(phone.app("weapp"), photo))
    assert lying_in(phone, "tmp") == []
    with Phone(tmp_path / "phone") as phone:
        fs = phone.native("weapp").getFileSystemManager()
        assert fs.readFileSync(f"{USER}/file", "utf8") == "mine"
        assert fs.readFileSync(saved["savedFilePath"]) == b"a picture"
        with pytest.raises(NativeError, match="no such file or directory"):
            fs.readFileSync(temporary)


def test_temporary_files_of_a_phone_that_was_never_closed_go_after_a_day(tmp_path: Path, photo: Path) -> None:
    left = Phone(tmp_path / "phone")
    left.files.import_file(left.app("weapp"), photo)
    [file] = lying_in(left, "tmp")
    Phone(tmp_path / "phone").files.space(left.app("weapp"))
    assert file.exists()
    os.utime(file.parent, (0, 0))
    Phone(tmp_path / "phone").files.space(left.app("weapp"))
    assert not file.exists()


def test_a_phone_without_a_folder_leaves_nothing_behind() -> None:
    with Phone() as phone:
        phone.native("weapp").getFileSystemManager().writeFileSync(f"{USER}/file", "mine")
        folder = phone.folder
        assert folder.exists()
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_a_failure_and_no_crash(tmp_path: Path) -> None:
    (tmp_path / "files").touch()
    with Phone(tmp_path) as phone:
        phone.restore(phone.snapshot())
        native = phone.native("weapp")
        assert call(native, "getSavedFileList")["errMsg"].startswith("getSavedFileList:fail:internal error")
        with pytest.raises(NativeError, match="writeFileSync:fail:internal error"):
            native.getFileSystemManager().writeFileSync(f"{USER}/file", "mine")


def test_a_closed_phone_says_so_and_leaves_nothing_behind() -> None:
    with Phone() as phone:
        native = phone.native("weapp")
        native.getFileSystemManager().writeFileSync(f"{USER}/file", "mine")
    assert call(native, "getSavedFileList")["errMsg"].endswith("the phone is closed")
    with pytest.raises(NativeError, match="writeFileSync:fail:internal error the phone is closed"):
        native.getFileSystemManager().writeFileSync(f"{USER}/file", "mine")
    assert not phone.folder.exists()


def test_apps_and_phones_do_not_see_each_others_files(phone: Phone, fs: Any) -> None:
    fs.writeFileSync(f"{USER}/file", "mine")
    with Phone() as other:
        assert other.native("weapp").getFileSystemManager().readdirSync(USER) == []
    assert phone.native("qq").getFileSystemManager().readdirSync("qqfile://usr") == []


def test_files_are_put_back_to_what_they_were(phone: Phone, fs: Any, photo: Path) -> None:
    fs.mkdirSync(f"{USER}/a")
    fs.writeFileSync(f"{USER}/a/file", "first")
    temporary = phone.files.import_file(phone.app("weapp"), photo)
    state = phone.files.snapshot()
    for _ in range(2):
        fs.appendFileSync(f"{USER}/a/file", ", second")
        fs.writeFileSync(f"{USER}/new", "new")
        fs.saveFileSync(temporary)
        phone.files.restore(state)
        assert fs.readFileSync(f"{USER}/a/file", "utf8") == "first"
        assert fs.readdirSync(USER) == ["a"]
        assert fs.readFileSync(temporary) == b"a picture"
        assert call(fs, "getSavedFileList")["fileList"] == []


def test_what_was_open_is_closed_when_files_are_put_back(phone: Phone, fs: Any) -> None:
    fs.writeFileSync(f"{USER}/file.pdf", "mine")
    state = phone.files.snapshot()
    fd = fs.openSync({"filePath": f"{USER}/file.pdf"})
    call(phone.native("weapp"), "openDocument", filePath=f"{USER}/file.pdf")
    phone.files.restore(state)
    assert phone.files.opened == []
    with pytest.raises(NativeError, match="bad file descriptor"):
        fs.closeSync({"fd": fd})


def test_a_new_package_closes_nothing(phone: Phone, fs: Any, tmp_path: Path) -> None:
    fs.writeFileSync(f"{USER}/file", "mine")
    fd = fs.openSync({"filePath": f"{USER}/file"})
    for version in ("1", "2"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "version.txt").write_text(version)
        phone.files.set_package(tmp_path / version)
        assert fs.readFileSync("version.txt", "utf8") == version
    assert fs.fstatSync({"fd": fd}).size == 4


def test_apps_whose_names_are_alike_do_not_share_a_folder(tmp_path: Path) -> None:
    with Phone(tmp_path, appid="b-c") as one, Phone(tmp_path, appid="c") as two:
        one.native("a").getFileSystemManager().writeFileSync(f"{USER}/file", "mine")
        assert two.native("a-b").getFileSystemManager().readdirSync(USER) == []


def test_a_snapshot_of_nothing_is_nothing(phone: Phone, fs: Any) -> None:
    state = phone.files.snapshot()
    fs.writeFileSync(f"{USER}/file", "mine")
    phone.files.restore(state)
    assert fs.readdirSync(USER) == []


def test_a_file_of_the_computer_is_given_to_a_program(phone: Phone, fs: Any, photo: Path) -> None:
    path = phone.files.import_file(phone.app("weapp"), photo)
    assert path.startswith("wxfile://tmp_")
    assert path.endswith(".jpg")
    assert fs.readFileSync(path) == b"a picture"
    assert phone.files.local(phone.app("weapp"), path).read_bytes() == b"a picture"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (f"{USER}/no", f"no such file or directory, open {USER}/no"),
        (f"{USER}/../x", f"permission denied, open {USER}/../x"),
        ("file:///etc/passwd", "permission denied, open file:///etc/passwd"),
        (5, "parameter error: parameter.filePath should be String instead of Number"),
    ],
)
def test_other_rooms_are_told_in_the_phones_words(phone: Phone, path: Any, reason: str) -> None:
    with pytest.raises(Fail) as caught:
        phone.files.local(phone.app("weapp"), path)
    assert caught.value.reason == reason


def test_a_used_phone_holds_no_descriptor(phone: Phone, fs: Any) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():
        pytest.skip("the system does not list open files")
    before = len(list(descriptors.iterdir()))
    for number in range(20):
        fs.writeFileSync(f"{USER}/{number}", "x")
        fs.readFileSync(f"{USER}/{number}")
        for path in (f"{USER}/no", USER, f"{USER}/0"):
            call(fs, "readFile", filePath=path, position=5)
            call(fs, "getFileInfo", filePath=path, digestAlgorithm="md4")
            call(fs, "readZipEntry", filePath=path, entries="all")
            call(fs, "open", filePath=path, flag="q")
        with pytest.raises(NativeError, match="illegal operation on a directory"):
            fs.openSync({"filePath": USER})
    assert len(list(descriptors.iterdir())) == before
