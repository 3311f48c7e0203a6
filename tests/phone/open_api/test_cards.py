"""Cards and coupons, and the vendor's own pages that programs open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from backends import APPID, backend_of
from natively import call
from supporting import failure
from wechatpy.exceptions import WeChatClientException

import taropy
from taropy.phone import Phone

# --- cards ----------------------------------------------------------------------------------------------------------


def offer(t: Any, *cards: tuple[str, str]) -> Any:
    return t.addCard(cardList=[{"cardId": id, "cardExt": ext} for id, ext in cards])


def test_cards_that_are_accepted_are_in_the_wallet_and_a_backend_learns_their_codes(weapp: Any) -> None:
    told = offer(weapp, ("tea", '{"code": "T-7"}'), ("cake", "{}")).result()
    assert [card.isSuccess for card in told.cardList] == [True, True]
    tea, cake = weapp.phone.cards.held
    assert (tea.card_id, tea.code, len(cake.code)) == ("tea", "T-7", 12)
    assert told.cardList[0].code != "T-7"
    with backend_of(weapp.phone) as backend:
        decoded = backend.post("card/code/decrypt", data={"encrypt_code": told.cardList[0].code})
        assert decoded["code"] == "T-7"
        with pytest.raises(WeChatClientException) as refused:
            backend.post("card/code/decrypt", data={"encrypt_code": "T-7"})
        assert refused.value.errcode == 40056


def test_the_code_of_a_card_is_for_the_app_that_has_offered_it(weapp: Any) -> None:
    hidden = weapp.phone.open_platform.cards.hide("weapp/wx-other", "T-7")
    platform = weapp.phone.open_platform
    token = platform.tokens.issue(platform.app_of_phone("weapp", APPID))
    with platform.serve() as server:
        url = f"{server.url}/card/code/decrypt?access_token={token}"
        assert httpx2.post(url, json={"encrypt_code": hidden}).json()["errcode"] == 40056


def test_a_person_declines_cards(weapp: Any) -> None:
    weapp.phone.person.script("addCard", allow=False)
    assert failure(offer(weapp, ("tea", "{}"))) == "addCard:fail cancel"
    assert weapp.phone.cards.held == []


def test_a_card_of_the_wallet_is_shown_and_no_other(weapp: Any) -> None:
    offer(weapp, ("tea", '{"code": "T-7"}')).result()
    weapp.openCard(cardList=[{"cardId": "tea", "code": "T-7"}]).result()
    assert weapp.phone.visits.opened[-1].options.cardList[0].cardId == "tea"
    assert failure(weapp.openCard(cardList=[{"cardId": "tea", "code": "T-8"}])) == "openCard:fail card not exist"


@pytest.mark.parametrize(
    ("cards", "told"),
    [
        ([], "parameter.cardList should not be empty"),
        (["tea"], "parameter.cardList[0] should be Object instead of String"),
        ([{"cardId": "tea"}], "parameter.cardList[0].cardExt should be String"),
    ],
)
def test_an_offer_of_no_card_is_refused(weapp: Any, cards: list[Any], told: str) -> None:
    assert told in call(weapp.phone.native("weapp"), "addCard", cardList=cards)["errMsg"]


def test_cards_are_kept_in_the_phone_s_folder(tmp_path: Path) -> None:
    with Phone(tmp_path / "mine") as phone, taropy.create("weapp", phone=phone) as t:
        offer(t, ("tea", '{"code": "T-7"}')).result()
    with Phone(tmp_path / "mine") as again:
        assert [card.code for card in again.cards.held] == ["T-7"]


# --- the vendor's own pages -------------------------------------------------------------------------------------------

PAGES: list[tuple[str, dict[str, Any]]] = [
    ("openChannelsActivity", {"finderUserName": "sph1", "feedId": "f"}),
    ("openChannelsEvent", {"finderUserName": "sph1", "eventId": "e"}),
    ("openChannelsLive", {"finderUserName": "sph1"}),
    ("openChannelsUserProfile", {"finderUserName": "sph1"}),
    ("openSingleStickerView", {"url": "https://sticker.weixin.qq.com/1"}),
    ("openStickerIPView", {"url": "https://sticker.weixin.qq.com/2"}),
    ("openStickerSetView", {"url": "https://sticker.weixin.qq.com/3"}),
    ("showRedPackage", {"url": "https://support.weixin.qq.com/cover"}),
    ("openCustomerServiceChat", {"extInfo": {"url": "https://work.weixin.qq.com/kf"}, "corpId": "ww1"}),
]


@pytest.mark.parametrize(("name", "options"), PAGES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_page_of_wechat_s_is_opened(weapp: Any, name: str, options: dict[str, Any]) -> None:
    assert getattr(weapp, name)(options).result().errMsg == f"{name}:ok"
    [visit] = weapp.phone.visits.opened
    assert (visit.function, dict(visit.options)) == (name, options)


@pytest.mark.parametrize(("name", "options"), PAGES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_page_needs_its_options_and_a_network(weapp: Any, name: str, options: dict[str, Any]) -> None:
    native = weapp.phone.native("weapp")
    assert call(native, name)["errMsg"].startswith(f"{name}:fail parameter error: parameter.")
    weapp.phone.network.type = "none"
    assert call(native, name, **options)["errMsg"] == f"{name}:fail network error"
    assert weapp.phone.visits.opened == []


def test_a_page_of_baidu_s_app_is_opened() -> None:
    with taropy.create("swan") as swan:
        swan.openBdboxWebview({"module": "discovery", "action": "easybrowse", "parameters": {"url": "https://a.b"}})
        taropy.run(taropy.settled)
        [visit] = swan.phone.visits.opened
        assert (visit.function, visit.options.module) == ("openBdboxWebview", "discovery")


# --- channels ---------------------------------------------------------------------------------------------------------


def test_the_latest_stream_of_a_channel_can_be_opened(weapp: Any) -> None:
    channel = weapp.phone.channels.account("sph1", "Tea house", "https://example.com/tea.png")
    channel.go_live("Green tea", over=True, replay=1)
    channel.go_live("Oolong")
    told = weapp.getChannelsLiveInfo(finderUserName="sph1").result()
    assert (told.nickname, told.description, told.status) == ("Tea house", "Oolong", 2)
    assert [(other.description, other.status, other.replayStatus) for other in told.otherInfos] == [("Green tea", 3, 1)]
    weapp.openChannelsLive(finderUserName="sph1", feedId=told.feedId, nonceId=told.nonceId).result()
    assert weapp.phone.visits.opened[-1].options.feedId == channel.lives[-1].feed_id


def test_one_answer_has_fifteen_streams_at_most(weapp: Any) -> None:
    for number in range(20):
        weapp.phone.channels.account("sph1").go_live(str(number))
    told = weapp.getChannelsLiveInfo(finderUserName="sph1").result()
    assert (told.description, len(told.otherInfos)) == ("19", 14)


@pytest.mark.parametrize("name", ["getChannelsLiveInfo", "getChannelsLiveNoticeInfo"])
def test_a_channel_that_is_not_there_or_has_nothing_says_so(weapp: Any, name: str) -> None:
    weapp.phone.channels.account("sph1")
    codes = [
        getattr(weapp, name)(finderUserName=id).catch(lambda error: error.errCode).result() for id in ("sph2", "sph1")
    ]
    assert codes == [1416100, 1416104]


def test_a_person_reserves_a_stream_that_was_announced(weapp: Any) -> None:
    channel = weapp.phone.channels.account("sph1")
    cancelled, coming = channel.announce(1_800_000_000, status=1), channel.announce(1_800_000_000)
    told = weapp.getChannelsLiveNoticeInfo(finderUserName="sph1").result()
    assert (told.noticeId, told.startTime, told.status, told.reservable) == (coming.notice_id, "1800000000", 0, True)

    native = weapp.phone.native("weapp")
    weapp.phone.person.script("reserveChannelsLive", allow=False)
    assert call(native, "reserveChannelsLive", noticeId=told.noticeId)["errMsg"] == "reserveChannelsLive:fail cancel"
    assert call(native, "reserveChannelsLive", noticeId=told.noticeId)["errMsg"] == "reserveChannelsLive:ok"
    assert weapp.phone.channels.reserved == [coming.notice_id]
    refused = call(native, "reserveChannelsLive", noticeId=cancelled.notice_id)
    assert refused["errMsg"] == "reserveChannelsLive:fail invalid noticeId"


def test_a_person_who_takes_time_reserves_a_stream_as_well(weapp: Any) -> None:
    async def thinks(question: Any) -> Any:
        return {"allow": question.shown.noticeId == coming.notice_id}

    coming = weapp.phone.channels.account("sph1").announce(1_800_000_000)
    weapp.phone.person.ask = thinks
    told = call(weapp.phone.native("weapp"), "reserveChannelsLive", noticeId=coming.notice_id)
    assert told["errMsg"] == "reserveChannelsLive:ok"
    assert weapp.phone.channels.reserved == [coming.notice_id]


def test_who_has_shared_the_card_of_a_channel_is_told_where_a_card_has_opened_the_app(weapp: Any) -> None:
    app = taropy.App(pages=["pages/home/home"])
    app.page("pages/home/home")(type("Home", (), {}))
    weapp.phone.channels.shared_by("bob", promoter="eve", promoter_id="p-1")
    assert failure(weapp.getChannelsShareKey()) == "getChannelsShareKey:fail no share key"
    app.launch(weapp, scene=1177)
    told = weapp.getChannelsShareKey().result()
    assert told.sharerOpenId.startswith("o")
    assert (told.promoter.finderNickname, told.promoter.promoterId) == ("eve", "p-1")
    assert told.promoter.promoterOpenId != told.sharerOpenId
