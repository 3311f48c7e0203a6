"""Virtual environments for type checkers and editors: one with taropy's wheel, one with boto3 and the stubs of S3.

boto3's stubs are the largest that many people have. They are installed as their makers say, boto3's own included.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import attrs

from tools.wheel import REPO, Installation, Uninstallable, build, installation

from .measure import Skipped

#: What was once installed is used again; remove the folder for newer versions.
BOTO = REPO / "build" / "benchmarks" / "boto3"
BOTO_REQUIREMENTS = ("boto3", "boto3-stubs[s3]")


@attrs.frozen
class Subject:
    """What is measured: a program's beginning, in an environment that has what it imports."""

    name: str
    installed: Installation
    head: str
    #: What is completed after the head.
    expression: str
    #: The rest of a small program.
    body: str

    def program(self, folder: Path) -> Path:
        """The small program, written into the folder."""
        path = folder / f"{self.name}_program.py"
        path.write_text(self.head + self.body, "utf-8")
        return path


TAROPY_BODY = """
async def main() -> None:
    login = await Taro.login(timeout=3000)
    response = await Taro.request(url="https://example.com/login", method="POST", data={"code": login.code})
    print(response.statusCode)
"""
BOTO_BODY = """
def main() -> None:
    response = client.put_object(Bucket="codes", Key="last", Body=b"1")
    print(response["ResponseMetadata"]["HTTPStatusCode"])
"""


@contextmanager
def subjects() -> Iterator[tuple[Subject, Subject]]:
    """taropy and boto3; skipped where pip cannot install them."""
    with TemporaryDirectory() as folder:
        try:
            wheel = build(Path(folder, "dist"))
            ours, boto = installation(Path(folder, "venv"), wheel), _boto()
        except Uninstallable as error:
            raise Skipped(f"needs a package index: {error}") from None
        yield (
            Subject("taropy", ours, "from taropy import Taro\n\n", "Taro.", TAROPY_BODY),
            Subject("boto3", boto, 'import boto3\n\nclient = boto3.client("s3")\n', "client.", BOTO_BODY),
        )


def _boto() -> Installation:
    if BOTO.exists():
        return Installation(BOTO)
    try:
        return installation(BOTO, *BOTO_REQUIREMENTS)
    except Uninstallable:
        rmtree(BOTO)  # half of it would pass for all of it
        raise
