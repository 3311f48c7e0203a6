"""What the person keeps at hand: the bookshelf, the apps on their list, what pages say of themselves, what is worn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from natively import call
from supporting import supporting

import taropy
from taropy.phone import Phone
from taropy.phone.core.apps import default_secret
from taropy.phone.open_platform.refusals import Refused

SHELF = supporting("insertBookshelf", "queryBookshelf", "updateBookshelfReadTime")


def told(t: Any, name: str, **options: Any) -> Any:
    """What the program of the platform is told."""
    return call(t.phone.native(t.platform.name), name, **options)


@pytest.fixture
def swan() -> Any:
    with taropy.create("swan") as runtime:
        yield runtime


@pytest.fixture
def qq() -> Any:
    with taropy.create("qq") as runtime:
        yield runtime


def statuses(answer: Any) -> dict[str, int]:
    return {each["contentId"]: each["status"] for each in answer["list"]}


# --- the bookshelf ----------------------------------------------------------------------------------------------------


@SHELF
def test_contents_are_put_on_the_shelf_and_found_there(t: Any) -> None:
    assert statuses(told(t, "insertBookshelf", category="doc", contentIds=["a", "b"])) == {"a": 1, "b": 1}
    assert statuses(told(t, "insertBookshelf", category="doc", contentIds=["a"])) == {"a": 1}
    assert statuses(told(t, "queryBookshelf", contentIds=["a", "b", "c"])) == {"a": 1, "b": 1, "c": 0}
    assert {content.id for content in t.phone.bookshelf.contents} == {"a", "b"}


@SHELF
def test_what_was_read_last_is_first_on_the_shelf(t: Any) -> None:
    t.phone.clock.stop()
    told(t, "insertBookshelf", category="doc", contentIds=["a", "b"])
    t.phone.clock.advance(60)
    assert told(t, "updateBookshelfReadTime", category="doc", contentIds=["b"])["status"] == 1
    assert told(t, "updateBookshelfReadTime", category="av", contentIds=["b"])["status"] == 0
    assert [content.id for content in t.phone.bookshelf.contents] == ["b", "a"]


@SHELF
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"category": "poems", "contentIds": ["a"]}, "parameter.category"),
        ({"contentIds": ["a"]}, "parameter.category should be String"),
        ({"category": "doc", "contentIds": []}, "should have 1 to 100 ids"),
        ({"category": "doc", "contentIds": [str(number) for number in range(101)]}, "should have 1 to 100 ids"),
        ({"category": "doc", "contentIds": ["a b"]}, "an invalid id a b"),
        ({"category": "doc", "contentIds": ["茶"]}, "an invalid id 茶"),
        ({"category": "doc", "contentIds": ["x" * 23]}, "an invalid id xxx"),
        ({"category": "doc", "contentIds": [7]}, "parameter.contentIds[0] should be String"),
    ],
)
def test_contents_that_a_shelf_does_not_take(t: Any, options: dict[str, Any], words: str) -> None:
    assert words in told(t, "insertBookshelf", **options)["errMsg"]
    assert t.phone.bookshelf.contents == []


def test_baidu_takes_contents_of_one_category_away_and_opens_the_shelf(swan: Any) -> None:
    told(swan, "insertBookshelf", category="doc", contentIds=["a"])
    told(swan, "insertBookshelf", category="av", contentIds=["b"])
    assert statuses(told(swan, "deleteBookshelf", category="doc", contentIds=["a", "b"])) == {"a": 1, "b": 0}
    assert [content.id for content in swan.phone.bookshelf.contents] == ["b"]
    told(swan, "navigateToBookshelf", category="av")
    assert swan.phone.visits.opened[-1].function == "navigateToBookshelf"


def test_a_shelf_is_kept_in_the_phone_s_folder_and_each_app_has_its_own_contents(tmp_path: Path) -> None:
    with Phone(tmp_path / "mine") as phone:
        call(phone.native("swan"), "insertBookshelf", category="doc", contentIds=["a"])
    with Phone(tmp_path / "mine") as again:
        assert statuses(call(again.native("swan"), "queryBookshelf", contentIds=["a"])) == {"a": 1}
        assert statuses(call(again.native("qq"), "queryBookshelf", contentIds=["a"])) == {"a": 0}


# --- what pages say of themselves -------------------------------------------------------------------------------------

INFO = {"title": "Teas", "keywords": "tea,oolong", "description": "All teas"}


def test_a_page_says_what_baidu_is_to_show_of_it(swan: Any) -> None:
    video = {"url": "https://a.b/v.mp4", "duration": "100", "image": "https://a.b/v.png"}
    told(swan, "setPageInfo", **INFO, image=["https://a.b/1.png"], video=video, visit={"pv": "7"}, likes="75")
    said = swan.phone.page_info.of()
    assert (said.title, said.image, said.video.duration, said.visit.pv) == ("Teas", ["https://a.b/1.png"], "100", "7")


def test_each_page_says_its_own(swan: Any) -> None:
    told(swan, "setPageInfo", **INFO)
    taken = swan.phone.snapshot()
    swan.navigateTo(url="/pages/other/other").result()
    assert swan.phone.page_info.of() == {}
    told(swan, "setDocumentTitle", title="Cakes")
    told(swan, "setMetaDescription", content="All cakes")
    told(swan, "setMetaKeywords", content="cake")
    assert swan.phone.page_info.of() == {"title": "Cakes", "description": "All cakes", "keywords": "cake"}
    swan.phone.restore(taken)
    assert swan.phone.page_info.of() == INFO


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": None}, "parameter.title should be String"),
        ({"image": ["1", "2", "3", "4"]}, "at most 3 pictures"),
        ({"image": 7}, "parameter.image"),
        ({"video": {"url": "v"}}, "parameter.duration should be String"),
        ({"video": "v"}, "parameter.video"),
        ({"visit": "7"}, "parameter.visit"),
        ({"likes": 75}, "parameter.likes should be String"),
    ],
)
def test_what_a_page_can_not_say(swan: Any, changed: dict[str, Any], words: str) -> None:
    assert words in told(swan, "setPageInfo", **{**INFO, **changed})["errMsg"]
    assert swan.phone.page_info.of() == {}


# --- the list of apps -------------------------------------------------------------------------------------------------


def test_baidu_tells_whether_the_app_is_followed_and_on_top(swan: Any) -> None:
    assert (told(swan, "getFavorStatus")["isFavor"], told(swan, "getTopStatus")["isTop"]) == ("0", False)
    appid = swan.phone.app("swan").appid
    swan.phone.account.favorites.add(appid)
    swan.phone.my_apps.pinned.add(appid)
    assert (told(swan, "getFavorStatus")["isFavor"], told(swan, "getTopStatus")["isTop"]) == ("1", True)


def test_qq_offers_the_person_to_keep_the_app(qq: Any) -> None:
    qq.phone.person.script("applyAddToMyApps", allow=False)
    refused = told(qq, "applyAddToMyApps")
    assert (refused["confirm"], refused["cancel"]) == (False, True)
    assert not told(qq, "isAddedToMyApps")["isAdded"]
    assert told(qq, "applyAddToMyApps")["confirm"]
    assert told(qq, "isAddedToMyApps")["isAdded"]


def test_a_person_who_takes_time_is_waited_for(qq: Any) -> None:
    async def thinks(question: Any) -> Any:
        return {"allow": question.kind == "applyAddToMyApps"}

    qq.phone.person.ask = thinks
    assert told(qq, "applyAddToMyApps")["confirm"]
    assert told(qq, "openQzonePublish", text="Tea!")["errMsg"] == "openQzonePublish:fail cancel"
    assert qq.phone.qzone.posts == []


def test_qq_puts_a_page_among_its_signs(qq: Any) -> None:
    qq.navigateTo(url="/pages/tea/tea?id=7").result()
    told(qq, "addRecentColorSign")
    told(qq, "addRecentColorSign", query="a=1")
    signs = qq.phone.my_apps.color_signs
    assert [(sign.route, sign.query) for sign in signs] == [("pages/tea/tea", "id=7"), ("pages/tea/tea", "a=1")]
    qq.phone.my_apps.floating_windows = False
    refused = told(qq, "addRecentColorSign")
    assert refused["errMsg"] == "addRecentColorSign:fail No floating window permission"


def test_qq_shows_the_page_on_which_it_is_updated(qq: Any) -> None:
    assert told(qq, "updateQQApp")["errMsg"] == "updateQQApp:ok"
    assert [question.kind for question in qq.phone.person.asked] == ["updateWeChatApp"]


# --- posts and avatars ------------------------------------------------------------------------------------------------


@pytest.fixture
def picture(qq: Any) -> str:
    path = f"{qq.env.USER_DATA_PATH}/tea.png"
    qq.getFileSystemManager().writeFileSync(path, "a picture")
    return path


def test_the_person_sends_a_post_or_does_not(qq: Any, picture: str) -> None:
    post = {"text": "Tea!", "media": [{"type": "photo", "path": picture}], "path": "pages/tea/tea", "footnote": "More"}
    told(qq, "openQzonePublish", **post)
    qq.phone.person.script("openQzonePublish", allow=False)
    assert told(qq, "openQzonePublish", **post)["errMsg"] == "openQzonePublish:fail cancel"
    [sent] = qq.phone.qzone.posts
    assert (sent.text, sent.media, sent.path) == ("Tea!", [("photo", picture)], "pages/tea/tea")


@pytest.mark.parametrize(
    ("medium", "words"),
    [
        ({"type": "song", "path": "qqfile://usr/x"}, "should be photo or video"),
        ({"type": "photo"}, "parameter.path should be String"),
        ("tea.png", "parameter.media should be Array of Objects"),
        ({"type": "photo", "path": "qqfile://usr/none.png"}, "no such file or directory"),
    ],
)
def test_a_post_has_pictures_and_videos_that_are_there(qq: Any, medium: Any, words: str) -> None:
    assert words in told(qq, "openQzonePublish", text="Tea!", media=[medium])["errMsg"]
    assert qq.phone.qzone.posts == []


def test_the_person_wears_a_picture_of_the_program_s_or_an_item_of_qq_s(qq: Any, picture: str) -> None:
    told(qq, "setCustomDress", action="uploadAvatar", path=picture)
    assert qq.phone.qzone.avatar.path == picture
    told(qq, "setOfficialDress", action="setAvatar", uin="self", item_id="2740")
    assert qq.phone.qzone.avatar.item == "2740"
    qq.phone.person.script("setOfficialDress", allow=False)
    refused = told(qq, "setOfficialDress", action="setAvatar", uin="self", item_id="1")
    assert refused["errMsg"] == "setOfficialDress:fail cancel"
    assert "should be uploadAvatar" in told(qq, "setCustomDress", action="paint", path=picture)["errMsg"]
    assert told(qq, "setOfficialDress", action="setAvatar", uin="x", item_id="1")["errMsg"].endswith("invalid uin")
    assert qq.phone.qzone.avatar.item == "2740"


# --- Alipay's profile -------------------------------------------------------------------------------------------------


def test_alipay_tells_name_and_picture_once_the_person_has_granted_it() -> None:
    user = taropy.phone.User("alice", "Alice", "https://example.com/alice.png")
    with taropy.create("alipay", phone=Phone(user=user)) as my:
        refused = json.loads(my.getOpenUserInfo({}).result().response)["response"]
        assert (refused["code"], refused["subMsg"]) == ("40003", "无效的授权关系")
        my.phone.permissions.grant("scope.userInfo")
        told = json.loads(my.getOpenUserInfo({}).result().response)["response"]
        assert (told["code"], told["nickName"], told["avatar"]) == (
            "10000",
            "Alice",
            "https://example.com/alice.png",
        )
        assert my.phone.person.asked == []


# --- Baidu's check of risks -------------------------------------------------------------------------------------------


def test_a_backend_asks_baidu_how_risky_the_person_is(swan: Any) -> None:
    platform, appid = swan.phone.open_platform, swan.phone.app("swan").appid
    content = told(swan, "getSystemRiskInfo")["content"]
    credentials = {"grant_type": "client_credentials", "client_id": appid, "client_secret": default_secret(appid)}
    with platform.serve() as server, httpx2.Client(base_url=server.url) as client:

        def detected(xtoken: Any, token: str) -> Any:
            form = {"appkey": appid, "xtoken": json.dumps(xtoken), "type": "marketing"}
            path = f"/rest/2.0/smartapp/detectrisk?access_token={token}"
            return client.post(path, data=form).json()

        token = client.post("/oauth/2.0/token", data=credentials).json()["access_token"]
        assert detected(content, token)["data"] == {"level": "4", "tag": []}
        platform.risks.judge(swan.phone.account.user.id, 1, "a cheat")
        assert detected(content, token)["data"] == {"level": "1", "tag": ["a cheat"]}
        assert detected({**content, "value": "forged"}, token)["errno"] != 0
        assert detected(content, "1.forged")["errno"] == 110
        wrong = client.post("/oauth/2.0/token", data={**credentials, "client_secret": "x"}).json()
        assert wrong["error"] == "invalid_client"


def test_of_what_was_told_in_secret_the_latest_thousand_are_good(swan: Any) -> None:
    risks, key = swan.phone.open_platform.risks, swan.phone.app("swan").key
    first, *others = [risks.describe(key, "li") for _ in range(1001)]
    for told in (others[0], others[-1]):
        assert risks.of(key, told["key"], told["value"]).level == 4
    with pytest.raises(Refused):
        risks.of(key, first["key"], first["value"])


def test_a_risk_is_from_1_to_4(swan: Any) -> None:
    with pytest.raises(ValueError, match="1, 2, 3 or 4"):
        swan.phone.open_platform.risks.judge("user", 5)
