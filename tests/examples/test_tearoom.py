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

from tearoom import app, auth  # noqa: E402
from tearoom.api import ApiError, call  # noqa: E402
from tearoom.world import world  # noqa: E402

pytestmark = pytest.mark.anyio

#: Where the phone's open platform has the vendor; where it has not, though there is a login; where there is no login.
SIGN_IN = ("weapp", "alipay", "swan", "tt", "qq")
NO_VENDOR = ("jd", "harmony-hybrid")
NO_LOGIN = ("h5", "rn", "harmony")
EVERYWHERE = (*SIGN_IN, *NO_VENDOR, *NO_LOGIN)


@pytest.fixture(scope="module")
def backend() -> Iterator[Phone]:
    """The servers, and a phone whose open platform all the tests' phones share."""
    with Phone(user="the neighbour") as neighbour, world(neighbour):
        yield neighbour


@pytest.fixture(params=["weapp"])
def phone(backend: Phone, request: pytest.FixtureRequest) -> Iterator[Phone]:
    """A new phone of a new user, on which the process's Taro runs, on the platform that the test is marked with."""
    with Phone(user=request.node.nodeid, open_platform=backend.open_platform) as phone:
        taropy.use(request.param, phone=phone)
        yield phone
        taropy.use("weapp")


def on(*platforms: str) -> pytest.MarkDecorator:
    """Has a test run on each of the platforms."""
    return pytest.mark.parametrize("phone", platforms, indirect=True)


async def opened(phone: Phone, **options: Any) -> Any:
    """The program's object of the page that a launch opens, when all is there."""
    await app.launch(**options)
    await taropy.settled()
    return phone.pages.current.program


async def opened_mine(phone: Phone) -> Any:
    """The same of the second tab, after a tap on it."""
    phone.pages.tap_tab(1)
    await taropy.settled()
    return phone.pages.current.program


def message(phone: Phone) -> str:
    """What the toast says."""
    assert phone.screen.toast is not None
    return phone.screen.toast.title


def names(teas: Any) -> list[str]:
    return [tea.name for tea in teas.teas]


@on(*EVERYWHERE)
async def test_the_list_is_there_after_the_launch(phone: Phone) -> None:
    teas = await opened(phone)
    assert names(teas) == ["Longjing", "Tieguanyin", "Pu'er", "Dianhong", "Baihao Yinzhen"]
    assert phone.pages.current.nodes.count("<view") == 5
    assert phone.screen.loading is None


@on(*EVERYWHERE)
async def test_at_its_end_the_list_goes_on_until_there_is_no_more(phone: Phone) -> None:
    teas = await opened(phone)
    for _ in range(3):
        phone.pages.scroll_to_bottom()
        await taropy.settled()
    assert len(names(teas)) == 8
    assert not teas.more


@on(*EVERYWHERE)
async def test_pulled_down_it_begins_anew(phone: Phone) -> None:
    teas = await opened(phone)
    phone.pages.scroll_to_bottom()
    await taropy.settled()
    phone.pages.pull_down()
    assert phone.pages.current.refreshing
    await taropy.settled()
    assert (len(teas.teas), phone.pages.current.refreshing) == (5, False)


@on(*SIGN_IN)
async def test_a_note_with_a_picture(phone: Phone) -> None:
    teas = await opened(phone)
    await teas.taste(teas.teas[2])
    assert (phone.pages.routes[-1], phone.pages.current.window["navigationBarTitleText"]) == (
        "pages/note/index",
        "Pu'er",
    )
    before = teas.teas[2].notes
    await phone.pages.current.program.send("Deep as a well.")
    assert message(phone) == "Thank you"
    assert phone.pages.routes == ["pages/teas/index"]
    assert teas.teas[2].notes == before + 1

    (note,) = (await opened_mine(phone)).notes
    assert (note.tea, note.text) == ("Pu'er", "Deep as a well.")
    assert note.size > 1000


@on(*NO_VENDOR, *NO_LOGIN)
async def test_who_cannot_be_signed_in_is_told_why_and_goes_on_as_a_guest(phone: Phone) -> None:
    teas = await opened(phone)
    await teas.taste(teas.teas[0])
    await phone.pages.current.program.send("Like a wet meadow.")
    platform = Taro.platform.name
    why = f"login is not supported on {platform}" if platform in NO_LOGIN else "the tea room cannot sign in users of"
    assert message(phone).startswith(why)
    assert phone.pages.routes[-1] == "pages/note/index"

    phone.pages.press_back()
    assert (await opened_mine(phone)).notes == []
    assert message(phone).startswith(why)


@on(*SIGN_IN)
async def test_the_user_is_signed_in_once_and_when_it_is_needed(phone: Phone) -> None:
    await opened(phone)
    assert Taro.getStorageSync("token") == ""
    await opened_mine(phone)
    token = Taro.getStorageSync("token")
    assert token
    phone.pages.tap_tab(0)
    await opened_mine(phone)
    assert Taro.getStorageSync("token") == token


@on(*SIGN_IN)
async def test_a_token_that_the_backend_does_not_know_is_replaced(phone: Phone) -> None:
    await opened(phone)
    Taro.setStorageSync("token", "of another year")
    assert (await opened_mine(phone)).notes == []
    assert Taro.getStorageSync("token") != "of another year"
    assert phone.screen.toast is None


async def test_who_asks_at_the_same_time_shares_one_login(phone: Phone) -> None:
    await opened(phone)
    tokens = await taropy.Promise.all([auth.token() for _ in range(5)])
    assert tokens == [Taro.getStorageSync("token")] * 5


async def test_without_a_network_the_person_is_told(phone: Phone) -> None:
    await opened(phone)
    phone.network.type = "none"
    phone.pages.pull_down()
    await taropy.settled()
    assert message(phone).startswith("request:fail")
    assert not phone.pages.current.refreshing


async def test_a_launch_without_a_network_says_so_when_the_waiting_is_over(phone: Phone) -> None:
    phone.network.type = "none"
    assert (await opened(phone)).teas == []
    assert message(phone).startswith("request:fail")
    assert phone.screen.loading is None


async def test_a_refused_code_signs_nobody_in(phone: Phone) -> None:
    with pytest.raises(ApiError, match="WEAPP did not sign you in: 40029"):
        await call("/login", "POST", {"platform": "WEAPP", "code": "no code"})


@pytest.mark.parametrize("question", ["/teas", "/teas?skip=a&count=5"])
async def test_the_backend_says_that_it_does_not_understand(phone: Phone, question: str) -> None:
    with pytest.raises(ApiError, match="does not understand"):
        await call(question)


async def test_a_link_to_a_page_that_is_gone_leads_to_the_list(phone: Phone) -> None:
    teas = await opened(phone, path="pages/offer/index")
    assert (phone.pages.routes, len(teas.teas)) == (["pages/teas/index"], 5)


async def test_the_list_can_be_shared(phone: Phone) -> None:
    await opened(phone)
    assert await phone.pages.share() == {"title": "5 teas to taste", "path": "/pages/teas/index"}


def visit(folder: Path, *options: str | Path) -> list[str]:
    """What `taropy run` prints of a visit."""
    command = [Path(sys.executable).parent / "taropy", "run", *options, EXAMPLE / "app.py"]
    environment = {name: value for name, value in os.environ.items() if name != "TARO_APP_API"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_taropy_run_plays_a_visit(tmp_path: Path) -> None:
    lines = visit(tmp_path)
    assert lines[0] == "Teas: Longjing, Tieguanyin, Pu'er, Dianhong, Baihao Yinzhen"
    assert lines[-2] == "Thank you; now on pages/teas/index"
    assert lines[-1].startswith("Mine: Longjing: Like a wet meadow.")


def test_on_a_phone_that_is_kept_a_second_visit_goes_as_the_first(tmp_path: Path) -> None:
    first, second = (visit(tmp_path, "--platform", "alipay", "--phone", "kept") for _ in range(2))
    assert first == second
    assert second[-1].startswith("Mine: Longjing: Like a wet meadow.")


def test_where_there_is_no_login_the_visit_ends_in_words(tmp_path: Path) -> None:
    assert visit(tmp_path, "--platform", "h5")[-1].startswith("Mine: login is not supported on h5")
