"""A HAR file in a zip archive, as Playwright writes it: `har.har`, and beside it the bodies that its `_file`s name.

An archive comes from elsewhere, so nothing that it says of itself is trusted: not its sizes, and no names of folders.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath

from .errors import ANEW, RecordingError

#: What Playwright calls the HAR file.
USUAL = "har.har"
#: How a zip archive begins; one that has nothing in it as well.
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
#: How many bytes may come out of an archive in all.
MOST = 256 * 1024 * 1024
#: How much is unpacked at once.
PIECE = 1024 * 1024


class Folder:
    """Where a HAR file lies, for what lies beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes:
        """What is in a file; OSError if it cannot be read."""
        return self.path(name).read_bytes()

    def path(self, name: str) -> Path:
        """Where the file is, or should be."""
        return self._path / name


class Archive:
    """The same of a zip archive. `RecordingError` for one that is damaged, too large, or says what is not so."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._left = MOST
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise RecordingError(path, f"is a zip archive that is damaged ({error}); {ANEW}") from None
        self._har = self._found()

    def har(self) -> bytes:
        """The HAR file."""
        return self._unpacked(self._har)

    def read(self, name: str) -> bytes:
        """What is in a file beside it; FileNotFoundError if there is none."""
        inside = str(PurePosixPath(self._har).parent / name)
        if inside not in self._zip.NameToInfo:
            raise FileNotFoundError(inside)
        return self._unpacked(inside)

    def path(self, name: str) -> Path:
        """Where the file should be."""
        return self._path / PurePosixPath(self._har).parent / name

    def _found(self) -> str:
        """The HAR file: the one that is called as Playwright calls it, or the only one."""
        names = [name for name in self._zip.NameToInfo if name.lower().endswith(".har")]
        if USUAL in names:
            return USUAL
        if len(names) == 1:
            return names[0]
        told = f"several HAR files in it, and none is {USUAL}" if names else "no HAR file in it"
        raise RecordingError(self._path, f"is a zip archive with {told}; {ANEW}")

    def _unpacked(self, name: str) -> bytes:
        size = self._zip.NameToInfo[name].file_size
        if size > self._left:
            raise RecordingError(
                self._path, f"is a zip archive with more than {MOST // PIECE} MiB in it, which is too much to replay"
            )
        try:
            unpacked = self._at_most(name, size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise RecordingError(self._path, f"is a zip archive in which {name} is damaged ({error})") from None
        except (NotImplementedError, RuntimeError) as error:  # another compression, or a password
            raise RecordingError(self._path, f"is a zip archive in which {name} cannot be read: {error}") from None
        if len(unpacked) != size:
            raise RecordingError(self._path, f"is a zip archive in which {name} has not the size that it says")
        self._left -= size
        return unpacked

    def _at_most(self, name: str, size: int) -> bytes:
        """The file as far as this size, and a byte more if there is one."""
        parts: list[bytes] = []
        with self._zip.open(name) as file:
            while size >= 0 and (part := file.read(min(PIECE, size + 1))):
                parts.append(part)
                size -= len(part)
        return b"".join(parts)
