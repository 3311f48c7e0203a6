"""The tea room, page by page, as the person who holds the phone meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import taropy
from taropy import Phone, Taro

EXAMPLE = Path(__file__).parents[2] / "examples" / "tearoom"
sys.path.insert(0, str(EXAMPLE))

from tearoom import app  # noqa: E402
from tearoom.world import world  # noqa: E402

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def backend() -> Iterator[Phone]:
    """The servers, and a phone whose open platform all the tests' phones share."""
    with Phone(user="the neighbour") as neighbour, world(neighbour):
        yield neighbour


@pytest.fixture
def phone(backend: Phone, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A new phone of a new user, on which the process's Taro runs."""
    with Phone(user=request.node.nodeid, open_platform=backend.open_platform) as phone:
        taropy.use("weapp", phone=phone)
        yield phone
        taropy.use("weapp")


async def opened(phone: Phone, **options: Any) -> Any:
    """The program's object of the page that a launch opens, when all is there."""
    await app.launch(**options)
    await taropy.settled()
    return phone.pages.current.program


async def pulled_down(phone: Phone) -> None:
    phone.pages.pull_down()
    await taropy.settled()


def names(teas: Any) -> list[str]:
    return [tea.name for tea in teas.teas]


async def test_the_list_is_there_after_the_launch(phone: Phone) -> None:
    teas = await opened(phone)
    assert names(teas) == ["Longjing", "Tieguanyin", "Pu'er", "Dianhong", "Baihao Yinzhen"]
    assert phone.pages.current.nodes.count("<view") == 5
    assert phone.screen.loading is None


async def test_at_its_end_the_list_goes_on_until_there_is_no_more(phone: Phone) -> None:
    teas = await opened(phone)
    for _ in range(3):
        phone.pages.scroll_to_bottom()
        await taropy.settled()
    assert len(names(teas)) == 8
    assert not teas.more


async def test_pulled_down_it_begins_anew(phone: Phone) -> None:
    teas = await opened(phone)
    phone.pages.scroll_to_bottom()
    await taropy.settled()
    phone.pages.pull_down()
    assert phone.pages.current.refreshing
    await taropy.settled()
    assert (len(teas.teas), phone.pages.current.refreshing) == (5, False)


async def test_a_note_with_a_picture(phone: Phone) -> None:
    teas = await opened(phone)
    await teas.taste(teas.teas[2])
    assert (phone.pages.routes[-1], phone.pages.current.window["navigationBarTitleText"]) == (
        "pages/note/index",
        "Pu'er",
    )
    before = teas.teas[2].notes
    await phone.pages.current.program.send("Deep as a well.")
    assert phone.pages.routes == ["pages/teas/index"]
    assert teas.teas[2].notes == before + 1

    phone.pages.tap_tab(1)
    await taropy.settled()
    (note,) = phone.pages.current.program.notes
    assert (note.tea, note.text) == ("Pu'er", "Deep as a well.")
    assert note.size > 1000


async def test_the_user_is_signed_in_once_and_when_it_is_needed(phone: Phone) -> None:
    await opened(phone)
    assert Taro.getStorageSync("token") == ""
    phone.pages.tap_tab(1)
    await taropy.settled()
    token = Taro.getStorageSync("token")
    assert token
    phone.pages.tap_tab(0)
    phone.pages.tap_tab(1)
    await taropy.settled()
    assert Taro.getStorageSync("token") == token


async def test_without_a_network_the_person_is_told(phone: Phone) -> None:
    await opened(phone)
    phone.network.type = "none"
    with pytest.warns(taropy.UnhandledRejectionWarning, match="request:fail"):
        await pulled_down(phone)
    assert phone.screen.toast is not None
    assert phone.screen.toast.title.startswith("request:fail")
    assert not phone.pages.current.refreshing


async def test_a_link_to_a_page_that_is_gone_leads_to_the_list(phone: Phone) -> None:
    teas = await opened(phone, path="pages/offer/index")
    assert (phone.pages.routes, len(teas.teas)) == (["pages/teas/index"], 5)


async def test_the_list_can_be_shared(phone: Phone) -> None:
    await opened(phone)
    assert await phone.pages.share() == {"title": "5 teas to taste", "path": "/pages/teas/index"}


def test_taropy_run_plays_a_visit(tmp_path: Path) -> None:
    command = [Path(sys.executable).parent / "taropy", "run", EXAMPLE / "app.py"]
    environment = {name: value for name, value in os.environ.items() if name != "TARO_APP_API"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "Teas: Longjing, Tieguanyin, Pu'er, Dianhong, Baihao Yinzhen"
    assert lines[-2] == "Thank you; back on pages/teas/index"
    assert lines[-1].startswith("Mine: Longjing: Like a wet meadow.")
