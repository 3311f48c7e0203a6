"""`FileSystemManager`: what programs read and write files with.

What each function takes, gives and says when it fails is told at developers.weixin.qq.com/miniprogram/dev/api/file,
on the page `FileSystemManager.<function>`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core.app import App
from ..core.room import Manager
from ..core.vendors import of_vendor
from . import descriptors, saved, tree, whole
from .failures import leading, looking, quoting, unnamed
from .forms import RETURNS_FIELDS, SMALL, answering, form, returning, returning_for_options
from .space import Space

if TYPE_CHECKING:
    from ..core.faces import Phone


def _large_file(space: Space, path: str, *_: Any) -> bool:
    """Whether the file at `path` is a large one; what is not there is not."""
    try:
        return space.sandbox.place(path).status().st_size > SMALL
    except OSError:
        return False


def _large_data(_: Space, __: str, data: Any, *___: Any) -> bool:
    return len(data) > SMALL


def _large_buffer(_: Space, __: str, ___: Any, ____: Any, length: int | None, *_____: Any) -> bool:
    return (length or 0) > SMALL


def _recursive(_: Space, __: str, recursive: bool | None = None) -> bool:
    return bool(recursive)


def _always(*_: Any) -> bool:
    return True


def _unzip(space: Space, path: str, target: str) -> None:
    """Unpacks a zip archive into a directory."""
    from .archives import unzip

    unzip(space, path, target)


def _read_zip_entry(space: Space, path: str, encoding: str | None, entries: Any) -> dict[str, Any]:
    """Reads files in a zip archive."""
    from .archives import read_zip_entry

    return read_zip_entry(space, path, encoding, entries)


ACCESS = form(tree.access, "path", naming=looking)
STAT = form(tree.stat_path, "path recursive?", "stats", looking, _recursive)
READDIR = form(tree.readdir, "dirPath", "files", looking)
MKDIR = form(tree.mkdir, "dirPath recursive?", naming=looking)
RMDIR = form(tree.rmdir, "dirPath recursive?", naming=looking, heavy=_recursive)
RENAME = form(tree.rename, "oldPath newPath", naming=leading("rename"))
UNLINK = form(tree.unlink, "filePath", naming=looking)

READ_FILE = form(whole.read_file, "filePath encoding? position? length?", "data", heavy=_large_file)
WRITE_FILE = form(whole.write_file, "filePath data encoding?", heavy=_large_data)
APPEND_FILE = form(whole.append_file, "filePath data encoding?", heavy=_large_data)
COPY_FILE = form(whole.copy_file, "srcPath destPath", naming=leading("copyFile"), heavy=_large_file)
TRUNCATE = form(whole.truncate, "filePath length?")
READ_COMPRESSED = form(whole.read_compressed_file, "filePath compressionAlgorithm", "data", heavy=_always)

OPEN = form(descriptors.open_file, "filePath flag?", "fd", quoting)
CLOSE = form(descriptors.close_file, "fd", naming=unnamed)
FSTAT = form(descriptors.fstat, "fd", "stats", unnamed)
FTRUNCATE = form(descriptors.ftruncate, "fd length", naming=unnamed)
READ = form(descriptors.read, "fd arrayBuffer offset? length? position?", "*", unnamed, _large_buffer)
WRITE = form(descriptors.write, "fd data offset? length? encoding? position?", "*", unnamed, _large_data)

UNZIP = form(_unzip, "zipFilePath targetPath", naming=leading("unzip"), heavy=_always)
READ_ZIP_ENTRY = form(_read_zip_entry, "filePath encoding? entries", "entries", heavy=_always)

SAVE_FILE = form(saved.save_file, "tempFilePath filePath?", "savedFilePath", saved.keeping)
GET_FILE_INFO = form(whole.get_file_info, "filePath digestAlgorithm?", "*", heavy=_large_file)
GET_SAVED_FILE_LIST = form(saved.get_saved_file_list, gives="fileList")
GET_SAVED_FILE_INFO = form(saved.get_saved_file_info, "filePath", "*")
REMOVE_SAVED_FILE = form(saved.remove_saved_file, "filePath")


class FileSystemManager(Manager):
    """The files of one app, in the functions that programs know."""

    def __init__(self, phone: Phone, app: App) -> None:
        super().__init__(phone, app)
        self.returns_fields = of_vendor(RETURNS_FIELDS, app, False)

    access, accessSync = answering(ACCESS), returning(ACCESS)
    stat, statSync = answering(STAT), returning(STAT)
    readdir, readdirSync = answering(READDIR), returning(READDIR)
    mkdir, mkdirSync = answering(MKDIR), returning(MKDIR)
    rmdir, rmdirSync = answering(RMDIR), returning(RMDIR)
    rename, renameSync = answering(RENAME), returning(RENAME)
    unlink, unlinkSync = answering(UNLINK), returning(UNLINK)

    readFile, readFileSync = answering(READ_FILE), returning(READ_FILE)
    writeFile, writeFileSync = answering(WRITE_FILE), returning(WRITE_FILE)
    appendFile, appendFileSync = answering(APPEND_FILE), returning(APPEND_FILE)
    copyFile, copyFileSync = answering(COPY_FILE), returning(COPY_FILE)
    truncate, truncateSync = answering(TRUNCATE), returning_for_options(TRUNCATE)
    readCompressedFile = answering(READ_COMPRESSED)
    readCompressedFileSync = returning_for_options(READ_COMPRESSED)

    open, openSync = answering(OPEN), returning_for_options(OPEN)
    close, closeSync = answering(CLOSE), returning_for_options(CLOSE)
    fstat, fstatSync = answering(FSTAT), returning_for_options(FSTAT)
    ftruncate, ftruncateSync = answering(FTRUNCATE), returning_for_options(FTRUNCATE)
    read, readSync = answering(READ), returning_for_options(READ)
    write, writeSync = answering(WRITE), returning_for_options(WRITE)

    unzip = answering(UNZIP)
    readZipEntry = answering(READ_ZIP_ENTRY)

    saveFile, saveFileSync = answering(SAVE_FILE), returning(SAVE_FILE)
    getFileInfo = answering(GET_FILE_INFO)
    getSavedFileList = answering(GET_SAVED_FILE_LIST)
    removeSavedFile = answering(REMOVE_SAVED_FILE)
