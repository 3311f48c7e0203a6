"""The login example, as its user meets it on every platform."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import api
import auth
import pytest
import ui
from everywhere import PLATFORMS, run_on, table
from servers import Answer, WebServer
from world import world

import taropy
from taropy import NotSupported, Phone, Record, Taro, TaroError

EXAMPLE = Path(__file__).parents[2] / "examples" / "login"

SIGN_IN = ("weapp", "alipay", "swan", "tt", "qq")
CHECK_SESSION = ("weapp", "swan", "tt", "qq")
NO_LOGIN = ("h5", "rn", "harmony")
NO_VENDOR = ("jd", "harmony-hybrid")
THREE_HOURS = 3 * 3600

Program = Callable[[], Awaitable[Any]]


@pytest.fixture
def play(phone: Phone) -> Iterator[Callable[..., Any]]:
    """Starts the program on a platform and does with it what a coroutine function says; gives what that returns."""

    def start(platform: str, program: Program) -> Any:
        taropy.use(platform, phone=phone)
        auth.install()
        return taropy.run(program)

    yield start
    taropy.use("weapp")


async def logins() -> int:
    """How often the backend has seen the user log in."""
    return int((await api.me()).logins)


# --- the program, on every platform ------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", SIGN_IN)
class TestAUserSignsIn:
    def test_the_first_visit_logs_in_and_keeps_the_token(self, play: Callable[..., Any], platform: str) -> None:
        async def program() -> None:
            assert await auth.stored_token() is None
            token = await auth.sign_in()
            assert await auth.stored_token() == token
            assert (await api.me()).platform == Taro.getEnv()
            assert await logins() == 1

        play(platform, program)

    def test_the_second_visit_needs_no_login(self, play: Callable[..., Any], platform: str) -> None:
        token = play(platform, auth.sign_in)
        assert play(platform, auth.sign_in) == token
        assert play(platform, logins) == 1

    def test_without_signing_in_first_a_request_logs_in_by_itself(
        self, play: Callable[..., Any], platform: str
    ) -> None:
        assert play(platform, api.orders) == []
        assert play(platform, logins) == 1

    def test_an_expired_token_is_renewed_by_the_request_that_meets_it(
        self, play: Callable[..., Any], phone: Phone, platform: str
    ) -> None:
        async def program() -> None:
            old = await auth.sign_in()
            phone.clock.advance(THREE_HOURS)
            assert (await api.place_order("Longjing")).tea == "Longjing"
            assert len(await api.orders()) == 1
            assert await logins() == 2
            assert await auth.stored_token() not in (old, None)

        play(platform, program)

    def test_ten_requests_at_once_share_one_login(self, play: Callable[..., Any], phone: Phone, platform: str) -> None:
        async def program() -> None:
            await auth.sign_in()
            phone.clock.advance(THREE_HOURS)
            placed = await asyncio.gather(*(api.place_order("Pu'er") for _ in range(10)))
            assert len({order.id for order in placed}) == 10
            assert len(await api.orders()) == 10
            assert await logins() == 2

        play(platform, program)


@pytest.mark.parametrize("platform", CHECK_SESSION)
def test_a_session_that_ended_is_noticed_at_the_next_start(
    play: Callable[..., Any], phone: Phone, platform: str
) -> None:
    play(platform, auth.sign_in)
    phone.account.expire_session()
    play(platform, auth.sign_in)
    assert play(platform, logins) == 2


def test_where_the_session_cannot_be_checked_the_token_is_trusted(play: Callable[..., Any], phone: Phone) -> None:
    token = play("alipay", auth.sign_in)
    phone.account.expire_session()
    assert play("alipay", auth.sign_in) == token


@pytest.mark.parametrize("platform", NO_LOGIN)
def test_a_platform_without_login_says_so(play: Callable[..., Any], platform: str) -> None:
    with pytest.raises(NotSupported, match=f"^login is not supported on {platform} ") as caught:
        play(platform, auth.sign_in)
    assert caught.value.reason == "platform"


@pytest.mark.parametrize("platform", NO_VENDOR)
def test_a_platform_that_the_backend_is_not_set_up_for_says_so(play: Callable[..., Any], platform: str) -> None:
    with pytest.raises(api.ApiError, match="this shop cannot sign in users of") as caught:
        play(platform, auth.sign_in)
    assert caught.value.status == 501


@pytest.mark.parametrize("platform", PLATFORMS)
def test_everybody_sees_the_teas(play: Callable[..., Any], platform: str) -> None:
    assert "Longjing" in play(platform, api.teas)


@pytest.mark.parametrize("platform", ["weapp", "tt"])
def test_the_backend_decrypts_the_profile_that_the_user_agreed_to_show(
    play: Callable[..., Any], phone: Phone, platform: str
) -> None:
    async def program() -> None:
        await auth.sign_in()
        res = await Taro.getUserProfile(desc="to greet you")
        assert (await api.save_profile(res.encryptedData, res.iv)).nickname == phone.account.user.nickname
        assert (await api.me()).nickname == phone.account.user.nickname

    play(platform, program)


def test_a_profile_of_another_session_is_refused(play: Callable[..., Any], phone: Phone) -> None:
    async def program() -> None:
        await auth.sign_in()
        old = await Taro.getUserProfile(desc="to greet you")
        phone.account.expire_session()
        await auth.sign_in()
        with pytest.raises(api.ApiError, match="cannot be decrypted"):
            await api.save_profile(old.encryptedData, old.iv)
        assert (await api.me()).nickname is None

    play("weapp", program)


def test_an_error_is_shown_in_a_dialog(play: Callable[..., Any], phone: Phone) -> None:
    play("h5", lambda: ui.alert("Oh", "no tea"))
    (dialog,) = phone.screen.history
    assert (dialog.title, dialog.content, dialog.showCancel) == ("Oh", "no tea", False)  # type: ignore[union-attr]


# --- the interceptor ---------------------------------------------------------------------------------------------


class FakeChain:
    """The end of an interceptor's chain: answers with these statuses in turn, and does something before each."""

    def __init__(self, *statuses: int, first: Callable[[], Awaitable[Any]] | None = None) -> None:
        self.requestParams: Mapping[str, Any] = {"url": f"{api.base_url()}/me", "header": {"X-Shop": "tea"}}
        self.sent: list[Mapping[str, str]] = []
        self._statuses = iter(statuses)
        self._first = first

    async def proceed(self, params: Mapping[str, Any]) -> Record:
        self.sent.append(params["header"])
        if self._first is not None:
            await self._first()
        return Record(statusCode=next(self._statuses), data=None)


def test_the_token_goes_beside_the_headers_of_the_request(play: Callable[..., Any]) -> None:
    async def program() -> None:
        token = await auth.sign_in()
        chain = FakeChain(200)
        await auth.with_login(chain)
        assert chain.sent == [{"X-Shop": "tea", "Authorization": f"Bearer {token}"}]
        assert chain.requestParams["header"] == {"X-Shop": "tea"}

    play("weapp", program)


def test_a_late_refusal_of_an_old_token_does_not_log_in_again(play: Callable[..., Any]) -> None:
    async def program() -> None:
        await auth.sign_in()

        async def another_request_logs_in() -> None:
            await Taro.setStorage(key=auth.TOKEN_KEY, data="newer")

        chain = FakeChain(401, 200, first=another_request_logs_in)
        assert (await auth.with_login(chain)).statusCode == 200
        assert chain.sent[1]["Authorization"] == "Bearer newer"
        assert len(chain.sent) == 2

    play("weapp", program)


def test_a_request_that_is_refused_again_is_repeated_no_more(play: Callable[..., Any]) -> None:
    async def program() -> None:
        await auth.sign_in()
        chain = FakeChain(401, 401)
        assert (await auth.with_login(chain)).statusCode == 401
        assert len(chain.sent) == 2
        assert await logins() == 2

    play("weapp", program)


def test_the_token_is_for_our_backend_alone(play: Callable[..., Any]) -> None:
    with WebServer(lambda received: Answer({"ok": True})) as stranger:

        async def program() -> None:
            await auth.sign_in()
            await Taro.request(url=stranger.url("/login"))
            await Taro.request(url=stranger.url("/me"))

        play("weapp", program)
        assert [request.headers.get("authorization") for request in stranger.received] == [None, None]


def test_after_a_login_that_failed_the_next_one_works(play: Callable[..., Any], phone: Phone) -> None:
    async def program() -> None:
        phone.network.domains = []
        failed = await asyncio.gather(*(auth.sign_in() for _ in range(3)), return_exceptions=True)
        assert [str(error) for error in failed] == ["request:fail url not in domain list"] * 3
        assert all(isinstance(error, TaroError) for error in failed)
        phone.network.domains = None
        await auth.sign_in()
        assert await logins() == 1

    play("weapp", program)


# --- the whole example -------------------------------------------------------------------------------------------

SIGNED_IN = {
    "first visit": "signed in",
    "second visit": "no login",
    "expired token": "1 login",
    "ten requests": "1 login",
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_story_goes_on_every_platform_as_it_should(
    phone: Phone, platform: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {step.title: step.brief for step in run_on(platform, phone)}
    taropy.use("weapp")
    if platform in SIGN_IN:
        assert told.items() >= SIGNED_IN.items()
        assert told["ended session"] == ("1 login" if platform in CHECK_SESSION else "no login")
    else:
        assert told == {"first visit": "guest", "as a guest": ""}
    printed = " ".join(capsys.readouterr().out.split())
    if platform in NO_LOGIN:
        assert f"login is not supported on {platform} (supported on" in printed


def test_the_table_has_a_line_for_each_platform() -> None:
    lines = table({"weapp": [], "harmony-hybrid": []}).splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["weapp", "harmony-hybrid"]


def run_example(name: str, **env: str) -> str:
    """What the example prints; a warning would be an error."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(EXAMPLE / name)],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_one_command_plays_all_ten_platforms() -> None:
    printed = run_example("everywhere.py")
    assert all(f"({platform})" in printed for platform in PLATFORMS)
    assert [line.split()[0] for line in printed.splitlines()[-10:]] == list(PLATFORMS)


def test_a_user_who_comes_back_on_the_same_phone_is_known(tmp_path: Path) -> None:
    with Phone(tmp_path, user="Ada") as phone, world(phone):
        run_on("weapp", phone)
    with Phone(tmp_path) as phone, world(phone):
        told = {step.title: step for step in run_on("weapp", phone)}
    taropy.use("weapp")
    assert told["first visit"].text.startswith("A token was in storage from before")
    assert told["expired token"].brief == "1 login"
    assert told["profile"].brief == "Ada"


def test_one_platform_is_played_by_taro_env() -> None:
    printed = run_example("main.py", TARO_ENV="alipay")
    assert printed.startswith("Alipay (alipay)")
    assert "1 login, and the request was repeated" in " ".join(printed.split())
