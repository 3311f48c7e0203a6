"""Forms as `multipart/form-data` (RFC 7578), in the words of the HTML standard."""

from __future__ import annotations

import mimetypes
import os
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from .reply import OCTETS

#: How much of a file is read at once.
PART = 64 * 1024

# What a name can not hold as it is: HTML, "multipart/form-data encoding algorithm"; and a backslash, which servers
# take to begin an escape.
_ESCAPED = re.compile(r'[\x00-\x1a\x1c-\x1f"\\]')


class Multipart:
    """The fields, and a file behind them; read from the file's beginning each time."""

    def __init__(
        self, fields: Mapping[str, str], name: str, file_name: str, file: BinaryIO, kind: str | None, boundary: str
    ) -> None:
        """`kind` is the file's media type; None is what its name stands for."""
        self.content_type: str = f"multipart/form-data; boundary={boundary}"
        self._file = file
        edge = f"--{boundary}\r\n"
        before = "".join(f"{edge}{_disposed(key)}\r\n\r\n{value}\r\n" for key, value in fields.items())
        told = f'; filename="{_escaped(file_name)}"' if file_name else ""
        kind = kind or (file_name and (mimetypes.guess_type(file_name)[0] or OCTETS))
        typed = f"\r\nContent-Type: {kind}" if kind else ""
        self._head = f"{before}{edge}{_disposed(name)}{told}{typed}\r\n\r\n".encode()
        self._tail = f"\r\n--{boundary}--\r\n".encode()

    def __len__(self) -> int:
        return len(self._head) + self._file.seek(0, os.SEEK_END) + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        self._file.seek(0)
        while part := self._file.read(PART):
            yield part
        yield self._tail


def _disposed(name: str) -> str:
    return f'Content-Disposition: form-data; name="{_escaped(name)}"'


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\\\\" if found[0] == "\\" else f"%{ord(found[0]):02X}", text)
