"""The third tab: loans, the nearest branch, damaged books."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from answers import API
from library import app
from seen import toast

import taropy
from taropy import Phone, Taro
from taropy.phone import Response

pytestmark = pytest.mark.platform("weapp", "alipay")


@pytest.fixture
def mine(phone: Phone) -> Any:
    """The tab, in the Old Town."""
    phone.location.set(31.221, 121.461)
    app.launch(path="pages/mine/index")
    return phone.pages.current.program


def test_the_loans_are_shown_and_read_again_when_the_app_comes_back(phone: Phone, mine: Any) -> None:
    phone.background()
    phone.network.route("GET", f"{API}/loans", json=[])
    phone.foreground()
    assert mine.loans == []


def test_the_nearest_branch_is_found(phone: Phone, mine: Any) -> None:
    taropy.run(mine.find_branch())
    assert mine.branch["name"] == "Old Town"


def test_who_says_no_can_change_their_mind_in_the_settings(phone: Phone, mine: Any) -> None:
    phone.permissions.deny("scope.userLocation")
    phone.person.script("openSetting", authSetting={"scope.userLocation": True})
    taropy.run(mine.find_branch())
    assert mine.branch["name"] == "Old Town"


def test_who_keeps_saying_no_is_left_alone(phone: Phone, mine: Any) -> None:
    phone.permissions.deny("scope.userLocation")
    phone.screen.answer_modal(confirm=False)
    taropy.run(mine.find_branch())
    assert mine.branch is None
    assert "openSetting" not in phone.log.names


def test_who_looks_at_the_settings_and_changes_nothing_is_shown_no_branch(phone: Phone, mine: Any) -> None:
    phone.permissions.deny("scope.userLocation")
    taropy.run(mine.find_branch())
    assert mine.branch is None


@pytest.mark.platform("h5")
def test_a_browser_has_no_settings_to_open(phone: Phone) -> None:
    Taro.setStorageSync("token", "t1")
    phone.permissions.deny("scope.userLocation")
    app.launch(path="pages/mine/index")
    page = phone.pages.current.program
    taropy.run(page.find_branch())
    assert page.branch is None
    assert "showModal" not in phone.log.names


async def report(phone: Phone) -> None:
    """The person reports a damaged book, from the tab."""
    await Taro.navigateTo(url="/pages/damage/index?loan=l1")
    await phone.pages.current.program.send()


def test_a_photo_of_the_damage_is_sent(phone: Phone, mine: Any) -> None:
    reports = phone.network.route("POST", f"{API}/loans/l1/damage", json={"number": "R-8"})
    taropy.run(report(phone))
    photo = reports.calls[0].request.form()["photo"]
    assert photo.content_type == "image/jpeg"
    assert toast(phone) == "Thank you, report R-8"
    assert phone.pages.routes == ["pages/mine/index"]


def test_the_bar_shows_how_much_of_the_photo_is_sent(phone: Phone, mine: Any, tmp_path: Path) -> None:
    photo = tmp_path / "torn.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(1_000_000))
    phone.media.add(photo)

    async def main() -> None:
        await Taro.navigateTo(url="/pages/damage/index?loan=l1")
        page = phone.pages.current.program
        phone.network.bandwidth = 200_000
        phone.clock.stop()
        sending = taropy.Promise.resolve(page.send())
        shown: list[float] = []
        while page.progress < 100:
            await phone.clock.advance(1)
            shown.append(page.progress)
        await sending
        assert shown == sorted(shown)
        assert 0 < shown[0] < 100

    taropy.run(main)


def test_a_photo_is_sent_once_more_with_a_fresh_token(phone: Phone, mine: Any) -> None:
    reports = phone.network.route("POST", f"{API}/loans/l1/damage", [Response(status=401), {"number": "R-9"}])
    taropy.run(report(phone))
    reports.assert_called(times=2)
    assert toast(phone) == "Thank you, report R-9"


def test_who_takes_no_photo_stays_on_the_page(phone: Phone, mine: Any) -> None:
    phone.media.cancel()
    taropy.run(report(phone))
    assert phone.pages.routes[-1] == "pages/damage/index"
    assert toast(phone) == ""
