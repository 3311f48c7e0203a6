"""A phone, what is on it and around it, and its open platform's server as the backends of the tests reach it."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from filing import USER
from natively import Answer
from outside import Outside

import taropy
from taropy.phone import Phone

#: Far longer than any test takes, on a slow computer too, in seconds.
ENDLESS = 100


@pytest.fixture(autouse=True)
def no_waiting_in_vain() -> Iterator[None]:
    """Has a test fail that waits for what never comes, where the system has alarms; elsewhere it hangs."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def give_up(*_: Any) -> None:
        raise TimeoutError("the test waits in vain")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, ENDLESS)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def t(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The Taro of the platform that the test's parameter names."""
    with taropy.create(request.param) as runtime:
        yield runtime


@pytest.fixture
def weapp() -> Iterator[Any]:
    """The Taro of WeChat."""
    with taropy.create("weapp") as runtime:
        yield runtime


@pytest.fixture
def phone() -> Iterator[Phone]:
    """A phone whose clock moves only when the test moves it."""
    with Phone(user="alice") as phone:
        phone.clock.stop()
        yield phone


@pytest.fixture
def native(phone: Phone) -> Any:
    """WeChat's native object on the phone."""
    return phone.native("weapp")


@pytest.fixture
def fs(native: Any) -> Any:
    """The manager of files as WeChat's programs have it, called natively."""
    return native.getFileSystemManager()


@pytest.fixture
def file(fs: Any) -> str:
    """The path of a file that is there: ten digits."""
    fs.writeFileSync(f"{USER}/file", "0123456789")
    return f"{USER}/file"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file of the computer, not of the phone."""
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"a picture")
    return path


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    """A phone with an app, and around it what that must not reach."""
    outside = Outside.around(tmp_path)
    with outside.phone:
        yield outside


@pytest.fixture
def get(phone: Phone) -> Iterator[Callable[..., Answer]]:
    """GET a path of the phone's open platform."""
    with phone.open_platform.serve() as server, httpx2.Client(base_url=server.url) as client:
        yield lambda path, **query: client.get(path, params=query).json()


@pytest.fixture
def post(phone: Phone) -> Iterator[Callable[..., Answer]]:
    """POST to a path of it: `json=`, `data=` or `content=`."""
    with phone.open_platform.serve() as server, httpx2.Client(base_url=server.url) as client:
        yield lambda path, **body: client.post(path, **body).json()
