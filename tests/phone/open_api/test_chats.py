"""What is shared with friends and groups, and what opens an app from a chat."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from backends import APPID, exchange
from natively import call
from supporting import failure, supporting
from wechatpy.crypto import WeChatWxaCrypto

import taropy
from taropy.phone import Phone

MENU = supporting("showShareMenu", "hideShareMenu")
USER = "http://usr"


@pytest.fixture
def shop() -> taropy.App:
    """An app of two pages, of which the first shares the second."""
    app = taropy.App(pages=["pages/home/home", "pages/order/order"])

    @app.page("pages/home/home")
    class Home:
        def onShareAppMessage(self, shared: Any) -> Any:
            return {"title": "Tea for you", "path": "/pages/order/order?from=friend", "imageUrl": "/tea.png"}

        def onShareTimeline(self) -> Any:
            return {"title": "Tea"}

    @app.page("pages/order/order")
    class Order:
        """Nothing happens on it."""

    return app


@pytest.fixture
def launched(weapp: Any, shop: taropy.App) -> Any:
    shop.launch(weapp)
    return weapp


def share(t: Any, to: str = "bob", **how: Any) -> Any:
    """The person shares the page; the card is in their chat then."""
    asyncio.run(t.phone.pages.share(to=to, **how))
    return t.phone.chats.messages[-1]


def decrypted(t: Any, sealed: Any) -> Any:
    """As a backend with wechatpy decrypts it: with the key that the code is worth."""
    key = exchange(t.phone, t.login().result().code).session_key
    return WeChatWxaCrypto(key, sealed["iv"], APPID).decrypt_message(sealed["encryptedData"])


# --- cards ----------------------------------------------------------------------------------------------------------


def test_a_page_that_is_shared_is_a_card_in_the_chat(launched: Any) -> None:
    card = share(launched)
    assert (card.kind, card.chat, card.title, card.image) == ("card", "bob", "Tea for you", "/tea.png")
    assert card.path == "/pages/order/order?from=friend"


def test_a_card_from_a_friend_opens_the_app_at_its_page(launched: Any) -> None:
    launched.phone.chats.open(share(launched))
    entered = launched.getEnterOptionsSync()
    assert (entered.path, entered.query, entered.scene) == ("pages/order/order", {"from": "friend"}, 1007)
    assert entered.shareTicket == ""
    assert launched.phone.pages.routes == ["pages/order/order"]


def test_a_card_launches_an_app_that_does_not_run_any_more(launched: Any) -> None:
    launched.phone.chats.open(share(launched), anew=True)
    assert (launched.getLaunchOptionsSync().path, launched.getLaunchOptionsSync().scene) == ("pages/order/order", 1007)


def test_a_card_in_a_group_without_a_ticket_tells_the_scene_and_the_group(launched: Any) -> None:
    launched.phone.chats.group("tea")
    launched.phone.chats.open(share(launched, "tea"))
    assert (launched.getEnterOptionsSync().scene, launched.getEnterOptionsSync().shareTicket) == (1008, "")
    launched.login().result()
    assert decrypted(launched, launched.getGroupEnterInfo().result())["opengid"].startswith("tG")


def test_a_card_in_a_group_with_a_ticket_tells_the_group_in_secret(launched: Any) -> None:
    launched.phone.chats.group("tea")
    launched.showShareMenu(withShareTicket=True).result()
    launched.phone.chats.open(share(launched, "tea"))
    entered = launched.getEnterOptionsSync()
    assert entered.scene == 1044
    launched.login().result()
    told = decrypted(launched, launched.getShareInfo(shareTicket=entered.shareTicket).result())
    assert told["openGId"] == decrypted(launched, launched.getGroupEnterInfo().result())["opengid"]
    assert told["watermark"]["appid"] == APPID


def test_a_ticket_is_good_for_the_start_of_the_app_that_it_came_with(launched: Any) -> None:
    launched.phone.chats.group("tea")
    launched.updateShareMenu(withShareTicket=True).result()
    card = share(launched, "tea")
    launched.phone.chats.open(card)
    ticket = launched.getEnterOptionsSync().shareTicket
    assert failure(launched.getShareInfo(shareTicket=ticket)) == "getShareInfo:fail session time out, need relogin"
    launched.phone.chats.open(card)
    assert failure(launched.getShareInfo(shareTicket=ticket)) == "getShareInfo:fail invalid shareTicket"
    assert failure(launched.getShareInfo(shareTicket="forged")) == "getShareInfo:fail invalid shareTicket"


def test_a_private_card_says_whether_it_was_sent_to_the_person(launched: Any) -> None:
    launched.updateShareMenu(withShareTicket=True, isPrivateMessage=True, activityId="a-1").result()
    launched.login().result()
    card = share(launched)
    launched.phone.chats.open(card)
    told = launched.authPrivateMessage(shareTicket=launched.getEnterOptionsSync().shareTicket).result()
    assert told["valid"]
    assert decrypted(launched, told)["activityId"] == "a-1"
    with pytest.raises(LookupError, match="is private"):
        launched.phone.chats.forward(card, "eve")


def test_a_private_card_that_was_for_somebody_else_is_not_valid(launched: Any) -> None:
    launched.login().result()
    card = launched.phone.chats.receive(
        "Secret", "pages/order/order", private=True, ticketed=True, addressed=False, activity="a-1"
    )
    launched.phone.chats.open(card)
    assert not launched.authPrivateMessage(shareTicket=launched.getEnterOptionsSync().shareTicket).result()["valid"]


def test_a_card_that_is_not_private_has_nothing_to_be_checked(launched: Any) -> None:
    launched.phone.chats.group("tea")
    card = launched.phone.chats.receive("Tea", "pages/order/order", chat="tea", ticketed=True)
    launched.phone.chats.open(card)
    ticket = launched.getEnterOptionsSync().shareTicket
    assert failure(launched.authPrivateMessage(shareTicket=ticket)) == "authPrivateMessage:fail not private message"


def test_a_card_that_is_handed_on_is_in_the_other_chat_as_well(launched: Any) -> None:
    launched.phone.chats.forward(share(launched), "eve")
    assert [(message.chat, message.title) for message in launched.phone.chats.messages] == [
        ("bob", "Tea for you"),
        ("eve", "Tea for you"),
    ]


def test_a_card_of_an_app_that_was_never_launched_opens_nothing(weapp: Any) -> None:
    card = weapp.phone.chats.receive("Tea", "pages/order/order")
    with pytest.raises(LookupError, match="was never launched"):
        weapp.phone.chats.open(card)


def test_chats_are_kept_in_the_phone_s_folder_and_in_its_snapshots(tmp_path: Path, shop: taropy.App) -> None:
    with Phone(tmp_path / "mine") as phone, taropy.create("weapp", phone=phone) as t:
        shop.launch(t)
        taken = phone.snapshot()
        share(t)
        phone.restore(taken)
        assert phone.chats.messages == []
        phone.chats.group("tea")
        share(t, "tea")
    with Phone(tmp_path / "mine") as again, taropy.create("weapp", phone=again) as t:
        shop.launch(t)
        [card] = again.chats.messages
        again.chats.open(card)
        assert t.getEnterOptionsSync().scene == 1008


# --- the menu -------------------------------------------------------------------------------------------------------


@MENU
def test_a_page_hides_its_button_and_shows_it_again(t: Any, shop: taropy.App) -> None:
    shop.launch(t)
    t.hideShareMenu().result()
    with pytest.raises(LookupError, match="has hidden shareAppMessage"):
        share(t)
    with pytest.raises(LookupError, match="has hidden shareTimeline"):
        t.phone.pages.share_timeline()
    assert share(t, by="button").title == "Tea for you"
    t.showShareMenu({}).result()
    assert share(t).title == "Tea for you"


def test_only_the_page_on_the_screen_hides_its_button(launched: Any) -> None:
    launched.navigateTo(url="/pages/order/order").result()
    launched.hideShareMenu().result()
    launched.navigateBack().result()
    assert share(launched).title == "Tea for you"


def test_wechat_hides_the_timeline_alone_and_never_the_friends_alone(launched: Any) -> None:
    launched.hideShareMenu(menus=["shareTimeline"]).result()
    assert share(launched).title == "Tea for you"
    launched.showShareMenu(showShareItems=["wechatFriends", "wechatMoment"]).result()
    assert launched.phone.pages.share_timeline().title == "Tea"
    launched.hideShareMenu(menus=["shareAppMessage"]).result()
    with pytest.raises(LookupError):
        launched.phone.pages.share_timeline()


def test_qq_names_its_buttons_otherwise(shop: taropy.App) -> None:
    with taropy.create("qq") as qq:
        shop.launch(qq)
        qq.hideShareMenu().result()
        qq.showShareMenu(showShareItems=["qq"]).result()
        assert share(qq).title == "Tea for you"
        with pytest.raises(LookupError):
            qq.phone.pages.share_timeline()


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ("all", "parameter.showShareItems should be Array instead of String"),
        (["qq", "all"], "parameter.showShareItems[1] should be one of qq, wechatFriends, qzone, wechatMoment"),
        ([5], "parameter.showShareItems[0] should be one of qq, wechatFriends, qzone, wechatMoment"),
    ],
)
def test_qq_has_four_buttons_and_no_others(items: Any, words: str) -> None:
    qq = Phone().native("qq")
    told: list[str] = []
    qq.showShareMenu({"showShareItems": items, "fail": lambda failure: told.append(failure["errMsg"])})
    assert told == [f"showShareMenu:fail parameter error: {words}"]


@MENU
def test_menus_that_are_no_list_are_refused(t: Any) -> None:
    told = call(t.phone.native(t.platform.name), "showShareMenu", menus="all")
    assert "parameter.menus should be Array instead of String" in (told.get("errorMessage") or told["errMsg"])


def test_the_link_of_a_page_has_the_query_that_its_listener_says(launched: Any) -> None:
    assert launched.phone.chats.copy_url().path == "pages/home/home"

    def listener(*_: Any) -> Any:
        return {"query": "a=1&b=2"}

    launched.onCopyUrl(listener)
    link = launched.phone.chats.copy_url()
    assert link.path == "pages/home/home?a=1&b=2"
    assert launched.getClipboardData().result().data == link.text
    launched.offCopyUrl()
    assert launched.phone.chats.copy_url().path == "pages/home/home"


# --- files ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def note(weapp: Any) -> str:
    path = f"{weapp.env.USER_DATA_PATH}/note.txt"
    weapp.getFileSystemManager().writeFileSync(path, "oolong")
    return path


def test_a_file_that_is_sent_can_be_picked_from_the_chat(weapp: Any, note: str) -> None:
    weapp.phone.person.script("send", to="bob")
    weapp.shareFileMessage(filePath=note, fileName="tea.txt").result()
    [message] = weapp.phone.chats.messages
    assert (message.kind, message.chat, message.title) == ("file", "bob", "tea.txt")
    [picked] = weapp.chooseMessageFile(count=1, type="file").result().tempFiles
    assert picked.name == "tea.txt"
    assert weapp.getFileSystemManager().readFileSync(picked.path, "utf8") == "oolong"


def test_a_video_is_sent(weapp: Any, note: str) -> None:
    weapp.shareVideoMessage(videoPath=note, thumbPath=note).result()
    assert [(message.kind, message.title) for message in weapp.phone.chats.messages] == [("video", "note.txt")]


@pytest.mark.parametrize(
    ("name", "options", "kind"),
    [
        ("shareFileMessage", "filePath", "send"),
        ("shareVideoMessage", "videoPath", "send"),
        ("showShareImageMenu", "path", "share picture"),
    ],
)
def test_a_person_sends_nothing_and_a_file_that_is_missing_is_told(
    weapp: Any, note: str, name: str, options: str, kind: str
) -> None:
    weapp.phone.person.script(kind, cancel=True)
    assert failure(getattr(weapp, name)({options: note})) == f"{name}:fail cancel"
    assert failure(getattr(weapp, name)({options: f"{note}x"})).startswith(f"{name}:fail no such file or directory")
    assert weapp.phone.chats.messages == []


@pytest.mark.parametrize("what", ["send", "save", "favorite"])
def test_a_picture_goes_where_the_person_wants_it(weapp: Any, what: str, photo: Path) -> None:
    path = weapp.phone.files.import_file(weapp.phone.app("weapp"), photo)
    weapp.phone.person.script("share picture", what=what)
    weapp.showShareImageMenu(path=path).result()
    found = {
        "send": [Path(message.file) for message in weapp.phone.chats.messages],
        "save": weapp.phone.media.album,
        "favorite": [Path(item.file) for item in weapp.phone.favorites.items],
    }
    assert [file.read_bytes() for file in found.pop(what)] == [b"a picture"]
    assert list(found.values()) == [[], []]


# --- favorites ------------------------------------------------------------------------------------------------------


def test_files_and_videos_are_put_aside(weapp: Any, note: str) -> None:
    weapp.addFileToFavorites(filePath=note, fileName="tea.txt").result()
    weapp.addVideoToFavorites(videoPath=note).result()
    items = weapp.phone.favorites.items
    assert [(item.kind, item.title) for item in items] == [("file", "tea.txt"), ("video", "note.txt")]
    assert Path(items[0].file).read_text("utf-8") == "oolong"
    assert failure(weapp.addFileToFavorites(filePath=f"{note}x")).startswith("addFileToFavorites:fail no such file")


def test_a_page_that_the_person_puts_aside_is_among_them(launched: Any) -> None:
    launched.phone.pages.add_to_favorites()
    assert [(item.kind, item.path) for item in launched.phone.favorites.items] == [("page", "pages/home/home")]


def test_favorites_are_kept_in_the_phone_s_folder(tmp_path: Path) -> None:
    with Phone(tmp_path / "mine") as phone, taropy.create("weapp", phone=phone) as t:
        path = f"{t.env.USER_DATA_PATH}/note.txt"
        t.getFileSystemManager().writeFileSync(path, "oolong")
        t.addFileToFavorites(filePath=path).result()
    with Phone(tmp_path / "mine") as again:
        [item] = again.favorites.items
        assert Path(item.file).read_text("utf-8") == "oolong"
