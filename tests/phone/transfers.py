"""What the tests of uploads and downloads share."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from listened import descriptors
from servers import Received

from taropy.phone import Phone

PLATFORMS = ("weapp", "alipay", "swan", "tt", "qq", "jd", "h5", "rn", "harmony", "harmony-hybrid")
FUNCTIONS = ("request", "uploadFile", "downloadFile")


def put(phone: Phone, file: Path, content: bytes = b"a picture") -> str:
    """A file on the phone, for the app on weapp: the path that its program knows it by."""
    file.write_bytes(content)
    return phone.files.import_file(phone.app("weapp"), file)


def files_on(phone: Phone) -> list[Path]:
    """Every file that the phone has."""
    return [path for path in (phone.folder / "files").rglob("*") if path.is_file()]


def options_of(name: str, phone: Phone, url: str, tmp_path: Path) -> dict[str, Any]:
    """What a call of one of `FUNCTIONS` needs."""
    if name != "uploadFile":
        return {"url": url}
    return {"url": url, "name": "file", "filePath": put(phone, tmp_path / "picture.jpg", b"x" * 300_000)}


def form_of(received: Received) -> dict[str, Any]:
    """The parts of a form by their names, as Python's own parser of messages understands them."""
    head = f"Content-Type: {received.headers['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + received.body, policy=email.policy.HTTP)
    return {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}


@contextmanager
def nothing_left() -> Iterator[None]:
    """Checks that the block leaves no file or socket open, where the system tells."""
    before = len(descriptors())
    yield
    assert len(descriptors()) <= before


async def no_tasks_left() -> None:
    """Checks that only the running task is left, after what is about to end has ended."""
    await asyncio.sleep(0)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=20)
    assert asyncio.all_tasks() == {asyncio.current_task()}
