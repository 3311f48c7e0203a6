"""What is in a file besides its text: compressed, digested, packed."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from typing import Any

import pytest
from filing import FULL, USER, said
from natively import call

from taropy.phone import Limits, Phone

# --- compressed files -----------------------------------------------------------------------------------------------


def test_a_brotli_file_is_unpacked(fs: Any) -> None:
    brotli = pytest.importorskip("brotli")
    path = f"{USER}/file.br"
    fs.writeFileSync(path, brotli.compress(b"hello" * 1000))
    options = {"filePath": path, "compressionAlgorithm": "br"}
    assert fs.readCompressedFileSync(options) == b"hello" * 1000
    assert call(fs, "readCompressedFile", **options)["data"] == b"hello" * 1000


@pytest.mark.parametrize("data", [b"", b"plain text", gzip.compress(b"x", mtime=0), b"\x8b\x02\x80hel"], ids=repr)
def test_what_is_no_brotli_is_told(fs: Any, data: bytes) -> None:
    pytest.importorskip("brotli")
    fs.writeFileSync(f"{USER}/file.br", data)
    options = {"filePath": f"{USER}/file.br", "compressionAlgorithm": "br"}
    assert said(fs.readCompressedFileSync, options) == "brotli decompress fail"
    assert said(fs.readCompressedFileSync, {**options, "compressionAlgorithm": "gzip"}) == "brotli decompress fail"


def test_a_brotli_bomb_ends_at_the_limit(phone: Phone, fs: Any) -> None:
    brotli = pytest.importorskip("brotli")
    fs.writeFileSync(f"{USER}/bomb", brotli.compress(bytes(4 << 20)))
    phone.files.set_limits(Limits(read=1 << 20))
    options = {"filePath": f"{USER}/bomb", "compressionAlgorithm": "br"}
    assert said(fs.readCompressedFileSync, options) == FULL


# --- digests --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
def test_the_digest_of_a_file(fs: Any, file: str, algorithm: str) -> None:
    info = call(fs, "getFileInfo", filePath=file, digestAlgorithm=algorithm)
    assert (info["size"], info["digest"]) == (10, hashlib.new(algorithm, b"0123456789").hexdigest())


def test_the_digest_of_nothing_is_told(fs: Any, file: str) -> None:
    assert call(fs, "getFileInfo", filePath=f"{USER}/no")["errMsg"] == "getFileInfo:fail file not exist"
    unknown = call(fs, "getFileInfo", filePath=file, digestAlgorithm="crc32")
    assert unknown["errMsg"] == 'getFileInfo:fail invalid digestAlgorithm "crc32"'


def test_archives_are_unpacked_and_read(fs: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes/first.txt", "one")
        archive.writestr("second.txt", "two")
    fs.writeFileSync(f"{USER}/file.zip", packed.getvalue())
    assert call(fs, "unzip", zipFilePath=f"{USER}/file.zip", targetPath=f"{USER}/out") == {"errMsg": "unzip:ok"}
    assert fs.readFileSync(f"{USER}/out/notes/first.txt", "utf8") == "one"
    answer = call(fs, "readZipEntry", filePath=f"{USER}/file.zip", encoding="utf8", entries="all")
    assert {path: each["data"] for path, each in answer["entries"].items()} == {
        "notes/first.txt": "one", "second.txt": "two",
    }  # fmt: skip
