"""Messages that people subscribe to: who is asked what, what a backend may send, and what the phone shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from backends import APPID, BackendClient, backend_of, log_in
from natively import Answer, call
from supporting import failure, supporting
from wechatpy.exceptions import WeChatClientException

import taropy
from taropy.phone import Phone

ASKING = supporting("requestSubscribeMessage")
DATA = {"thing1": {"value": "oolong"}, "time2": {"value": "2026年11月28日 15:01"}}
FIELDS = {"thing1": "Goods", "time2": "Sent at"}


def asks(t: Any, *templates: str) -> Any:
    """The promise of what the platform's program is answered."""
    return t.requestSubscribeMessage({"entityIds" if t.platform.name == "alipay" else "tmplIds": list(templates)})


def picks(t: Any, *templates: str, **how: Any) -> None:
    """The app's developer has these templates, whose titles are theirs."""
    for template in templates:
        t.phone.open_platform.messages.template(template, template.title(), FIELDS, platform=t.platform.name, **how)


def refuses(t: Any, *templates: str, always: bool = False) -> None:
    t.phone.person.script("subscribe", answers=dict.fromkeys(templates, "reject"), always=always)


@pytest.fixture
def shop(weapp: Any) -> taropy.App:
    """An app of two pages, launched."""
    app = taropy.App(pages=["pages/home/home", "pages/order/order"])

    @app.page("pages/home/home")
    class Home:
        """Nothing happens on it."""

    @app.page("pages/order/order")
    class Order:
        """Nor here."""

    app.launch(weapp)
    return app


@pytest.fixture
def backend(weapp: Any) -> Iterator[BackendClient]:
    with backend_of(weapp.phone) as client:
        yield client


def refusal(backend: BackendClient, *message: Any, **named: Any) -> tuple[int, str]:
    """With what number and which words the message is refused."""
    with pytest.raises(WeChatClientException) as refused:
        backend.wxa.send_subscribe_message(*message, **named)
    return refused.value.errcode, refused.value.errmsg.partition(", rid: ")[0]


# --- asking ---------------------------------------------------------------------------------------------------------


@ASKING
def test_the_person_accepts_what_a_program_asks_for_unless_told_otherwise(t: Any) -> None:
    told = asks(t, "sent", "paid").result()
    assert (told["sent"], told["paid"]) == ("accept", "accept")


@ASKING
def test_of_several_templates_the_person_refuses_some(t: Any) -> None:
    refuses(t, "paid")
    told = asks(t, "sent", "paid").result()
    assert (told["sent"], told["paid"]) == ("accept", "reject")


@ASKING
def test_what_was_answered_for_now_is_asked_for_again(t: Any) -> None:
    refuses(t, "sent")
    assert [asks(t, "sent").result()["sent"] for _ in range(2)] == ["reject", "accept"]
    assert [question.kind for question in t.phone.person.asked] == ["subscribe", "subscribe"]


@ASKING
def test_what_was_answered_for_good_is_not_asked_for_again(t: Any) -> None:
    refuses(t, "sent", always=True)
    assert [asks(t, "sent").result()["sent"] for _ in range(3)] == ["reject", "reject", "reject"]
    assert len(t.phone.person.asked) == 1


@ASKING
def test_a_lasting_template_that_was_accepted_is_not_asked_for_again(t: Any) -> None:
    picks(t, "news", kind="lasting")
    assert [asks(t, "news").result()["news"] for _ in range(2)] == ["accept", "accept"]
    assert len(t.phone.person.asked) == 1


@ASKING
def test_one_time_and_lasting_templates_are_not_asked_for_together(t: Any) -> None:
    picks(t, "sent")
    picks(t, "news", kind="lasting")
    words = {"alipay": "模板列表中同时存在一次性/长期订阅模板", "tt": "templates type must be same"}
    assert failure(asks(t, "sent", "news")).endswith(words.get(t.platform.name, "Templates type must be same"))
    assert t.phone.person.asked == []


@ASKING
def test_no_more_templates_than_the_vendor_lets_be_asked_for_at_once(t: Any) -> None:
    most = 3 if t.platform.name in ("alipay", "tt") else 5
    names = [f"t{number}" for number in range(most + 1)]
    assert asks(t, *names[:most]).result()["errMsg"] == "requestSubscribeMessage:ok"
    number = {"alipay": 203, "tt": 1003}.get(t.platform.name, 20003)
    assert asks(t, *names).catch(lambda error: error.errCode).result() == number


@ASKING
def test_a_template_that_the_app_does_not_have_is_refused(t: Any) -> None:
    picks(t, "sent")
    assert asks(t, "snet").catch(lambda error: error.errCode).result() in (20001, 106008, 1004)


@ASKING
def test_nobody_is_asked_for_a_banned_template(t: Any) -> None:
    picks(t, "sent", banned=True)
    told = asks(t, "sent").result()
    assert told["sent"] == ("reject" if t.platform.name == "alipay" else "ban")
    assert t.phone.person.asked == []


@pytest.mark.parametrize(
    ("prepare", "templates", "code"),
    [
        (lambda phone: None, [], 10001),
        (lambda phone: None, [7], 10004),
        (lambda phone: setattr(phone.network, "type", "none"), ["sent"], 10002),
        (lambda phone: phone.background(), ["sent"], 10005),
        (lambda phone: phone.messages.switch(False), ["sent"], 20004),
    ],
)
def test_why_wechat_does_not_ask(weapp: Any, prepare: Callable[[Phone], Any], templates: list[Any], code: int) -> None:
    prepare(weapp.phone)
    assert call(weapp.phone.native("weapp"), "requestSubscribeMessage", tmplIds=templates)["errCode"] == code
    assert weapp.phone.person.asked == []


def test_of_two_templates_with_one_title_wechat_asks_for_the_first(weapp: Any) -> None:
    for name in ("one", "two"):
        weapp.phone.open_platform.messages.template(name, "Sent")
    told = asks(weapp, "one", "two").result()
    assert (told["one"], told["two"]) == ("accept", "filter")


def test_who_closes_the_panel_refuses_all_and_alipay_says_that_it_was_cancelled(weapp: Any) -> None:
    weapp.phone.person.script("subscribe", cancel=True)
    assert asks(weapp, "sent").result()["sent"] == "reject"
    with taropy.create("alipay") as my:
        my.phone.person.script("subscribe", cancel=True)
        error = asks(my, "sent").catch(lambda error: error).result()
        assert (error.errMsg, error["errorCode"], error["behavior"]) == (
            "requestSubscribeMessage:fail 用户取消订阅",
            11,
            "cancel",
        )


def test_alipay_tells_which_subscriptions_are_new(weapp: Any) -> None:
    with taropy.create("alipay") as my:
        picks(my, "news", "sport", kind="lasting")
        asks(my, "news").result()
        told = asks(my, "news", "sport").result()
        assert told.result.subscribedEntityIds == ["news", "sport"]
        assert told.result.currentSubscribedEntityIds == ["sport"]
        my.unsubscribeMessage(entityIds=["news"])
        assert asks(my, "news").result().show


def test_douyin_tells_the_settings_of_what_was_accepted() -> None:
    with taropy.create("tt") as tt:
        refuses(tt, "paid", always=True)
        told = asks(tt, "sent", "paid").result()
        assert list(told["templateSettings"]) == ["sent"]
        assert told["templateSettings"]["sent"]["alwaysSubscribe"]
        settings = tt.getSetting(withSubscriptions=True).result().subscriptionsSetting
        assert settings["templateSettings"]["paid"]["status"] == "reject"


def test_the_settings_tell_what_was_said_for_good_until_the_person_takes_it_back(weapp: Any) -> None:
    refuses(weapp, "paid", always=True)
    asks(weapp, "paid").result()
    asks(weapp, "sent").result()

    def settings() -> Any:
        return weapp.getSetting(withSubscriptions=True).result().subscriptionsSetting

    assert (settings().mainSwitch, settings().itemSettings) == (True, {"paid": "reject"})
    weapp.phone.messages.switch(False)
    weapp.phone.messages.forget("paid")
    assert (settings().mainSwitch, settings().itemSettings) == (False, {})


def test_an_answer_that_is_none_is_told(weapp: Any) -> None:
    with pytest.raises(ValueError, match="an answer to 'subscribe' has no answers 'maybe'"):
        weapp.phone.person.script("subscribe", answers={"sent": "maybe"})


# --- sending --------------------------------------------------------------------------------------------------------


def test_a_message_that_wechatpy_sends_is_shown_and_opens_its_page(
    weapp: Any, backend: BackendClient, shop: taropy.App
) -> None:
    picks(weapp, "sent")
    openid = log_in(weapp.phone).openid
    asks(weapp, "sent").result()
    backend.wxa.send_subscribe_message(openid, "sent", DATA, "pages/order/order?id=7")

    [message] = weapp.phone.messages.inbox
    assert (message.title, message.lines) == ("Sent", {"Goods": "oolong", "Sent at": "2026年11月28日 15:01"})
    weapp.phone.background()
    weapp.phone.messages.open(message)
    entered = weapp.getEnterOptionsSync()
    assert (entered.path, entered.query, entered.scene) == ("pages/order/order", {"id": "7"}, 1107)
    assert weapp.phone.pages.routes == ["pages/order/order"]


def test_a_message_launches_an_app_that_does_not_run_any_more(weapp: Any, backend: Any, shop: taropy.App) -> None:
    openid = log_in(weapp.phone).openid
    asks(weapp, "sent").result()
    backend.wxa.send_subscribe_message(openid, "sent", DATA, "/pages/order/order")
    weapp.phone.messages.open(weapp.phone.messages.inbox[0], anew=True)
    assert (weapp.getLaunchOptionsSync().path, weapp.getLaunchOptionsSync().scene) == ("pages/order/order", 1107)


def test_each_yes_is_good_for_one_message(weapp: Any, backend: BackendClient) -> None:
    openid = log_in(weapp.phone).openid
    for _ in range(2):
        asks(weapp, "sent").result()
    for _ in range(2):
        backend.wxa.send_subscribe_message(openid, "sent", DATA)
    assert refusal(backend, openid, "sent", DATA) == (43101, "user refuse to accept the msg")
    assert len(weapp.phone.messages.inbox) == 2


def test_a_yes_for_good_lets_one_more_be_sent_each_time_that_a_program_asks(weapp: Any, backend: Any) -> None:
    openid = log_in(weapp.phone).openid
    weapp.phone.person.script("subscribe", always=True)
    for _ in range(3):
        asks(weapp, "sent").result()
    for _ in range(3):
        backend.wxa.send_subscribe_message(openid, "sent", DATA)
    assert refusal(backend, openid, "sent", DATA)[0] == 43101
    assert len(weapp.phone.person.asked) == 1


def test_a_no_for_good_takes_back_the_yes_that_came_before(weapp: Any, backend: BackendClient) -> None:
    openid = log_in(weapp.phone).openid
    asks(weapp, "sent").result()
    refuses(weapp, "sent", always=True)
    asks(weapp, "sent").result()
    assert refusal(backend, openid, "sent", DATA)[0] == 43101


def test_messages_of_one_moment_are_in_the_order_in_which_they_were_sent(tmp_path: Path) -> None:
    with Phone(tmp_path / "mine", user="alice") as phone, taropy.create("weapp", phone=phone) as t:
        phone.clock.stop()
        app, openid = phone.open_platform.app_of_phone("weapp", APPID), log_in(phone).openid
        for number in range(9):
            asks(t, "sent").result()
            phone.open_platform.messages.send(app, openid, "sent", {"number1": {"value": number}})
    with Phone(tmp_path / "mine") as again:
        assert [message.data["number1"] for message in again.messages.inbox] == [str(number) for number in range(9)]


def test_a_lasting_template_is_good_for_any_number_of_messages_until_it_is_taken_back(weapp: Any, backend: Any) -> None:
    picks(weapp, "news", kind="lasting")
    openid = log_in(weapp.phone).openid
    asks(weapp, "news").result()
    for _ in range(3):
        backend.wxa.send_subscribe_message(openid, "news", DATA)
    weapp.phone.messages.forget("news")
    assert refusal(backend, openid, "news", DATA)[0] == 43101


def test_nothing_is_sent_to_who_has_refused_or_switched_all_messages_off(weapp: Any, backend: Any) -> None:
    openid = log_in(weapp.phone).openid
    refuses(weapp, "paid")
    asks(weapp, "sent", "paid").result()
    assert refusal(backend, openid, "paid", DATA)[0] == 43101
    weapp.phone.messages.switch(False)
    assert refusal(backend, openid, "sent", DATA)[0] == 43101
    weapp.phone.messages.switch(True)
    backend.wxa.send_subscribe_message(openid, "sent", DATA)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"user_id": "o-nobody"}, (40003, "invalid openid")),
        ({"template_id": "snet"}, (40037, "invalid template_id")),
        ({"data": {}}, (47003, "argument invalid! data.thing1.value is empty")),
        ({"data": {"thing1": {"value": "oolong"}}}, (47003, "argument invalid! data.time2.value is empty")),
        ({"data": {**DATA, "thing1": {"value": "o" * 21}}}, (47003, "argument invalid! data.thing1.value invalid")),
        ({"data": {**DATA, "time2": {"value": "soon"}}}, (47003, "argument invalid! data.time2.value invalid")),
        ({"page": "pages/nowhere/nowhere"}, (41030, "invalid page")),
    ],
)
def test_why_a_message_is_refused(
    weapp: Any, backend: BackendClient, changed: dict[str, Any], told: tuple[int, str]
) -> None:
    picks(weapp, "sent")
    weapp.phone.open_platform.messages.publish(["pages/home/home"])
    message = {
        "user_id": log_in(weapp.phone).openid,
        "template_id": "sent",
        "data": DATA,
        "page": "pages/home/home?a=1",
    }
    asks(weapp, "sent").result()
    assert refusal(backend, **{**message, **changed}) == told
    backend.wxa.send_subscribe_message(**message)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("number1", ["7", "-1.5", 12], ["seven", "1" * 33]),
        ("letter1", ["abc"], ["abc1"]),
        ("symbol1", ["+-!"], ["a"]),
        ("character_string1", ["A-7/9"], ["七", "x" * 33]),
        ("time1", ["15:01", "2019年10月1日", "2019-10-01 15:01~16:01"], ["tomorrow"]),
        ("date1", ["2019年10月1日", "2019年10月1日 15:01"], ["15:01"]),
        ("amount1", ["¥100.50元", "7"], ["12345678901", "a lot"]),
        ("phone_number1", ["+86-0766-66888866"], ["call me"]),
        ("car_number1", ["粤A8Z888挂"], ["粤A8Z888挂挂挂"]),
        ("name1", ["张三", "Zhang San"], ["用户410774", "张" * 11]),
        ("phrase1", ["配送中"], ["已经送到了吧", "sent"]),
    ],
)
def test_what_a_value_of_each_kind_may_look_like(
    weapp: Any, backend: BackendClient, name: str, good: list[Any], bad: list[Any]
) -> None:
    openid = log_in(weapp.phone).openid
    for value in good:
        asks(weapp, "sent").result()
        backend.wxa.send_subscribe_message(openid, "sent", {name: {"value": value}})
    for value in bad:
        told = refusal(backend, openid, "sent", {name: {"value": value}})
        assert told == (47003, f"argument invalid! data.{name}.value invalid")


def test_a_backend_lists_its_templates(weapp: Any, backend: BackendClient) -> None:
    picks(weapp, "sent")
    picks(weapp, "news", kind="lasting")
    [sent, news] = backend.get("wxaapi/newtmpl/gettemplate")["data"]
    assert (sent["priTmplId"], sent["title"], sent["type"], news["type"]) == ("sent", "Sent", 2, 3)
    assert sent["content"] == "Goods:{{thing1.DATA}}\nSent at:{{time2.DATA}}"


def test_only_an_access_token_lets_send(phone: Phone, post: Callable[..., Answer]) -> None:
    assert post("/cgi-bin/message/subscribe/send", json={})["errcode"] == 41001
    assert post("/cgi-bin/message/subscribe/send?access_token=x", json={})["errcode"] == 40001


def test_a_message_that_leads_nowhere_opens_nothing(weapp: Any, backend: BackendClient, shop: taropy.App) -> None:
    openid = log_in(weapp.phone).openid
    asks(weapp, "sent").result()
    backend.wxa.send_subscribe_message(openid, "sent", DATA)
    with pytest.raises(LookupError, match="leads to no page"):
        weapp.phone.messages.open(weapp.phone.messages.inbox[0])


def test_an_app_that_was_never_launched_has_no_page_to_open(weapp: Any, backend: BackendClient) -> None:
    openid = log_in(weapp.phone).openid
    asks(weapp, "sent").result()
    backend.wxa.send_subscribe_message(openid, "sent", DATA, "pages/order/order")
    with pytest.raises(LookupError, match="was never launched"):
        weapp.phone.messages.open(weapp.phone.messages.inbox[0])


def test_messages_and_subscriptions_are_kept_in_the_phone_s_folder(tmp_path: Path) -> None:
    with Phone(tmp_path / "mine", user="alice") as phone, taropy.create("weapp", phone=phone) as t:
        app = phone.open_platform.app_of_phone("weapp", APPID)
        openid = log_in(phone).openid
        asks(t, "sent").result()
        asks(t, "sent").result()
        phone.open_platform.messages.send(app, openid, "sent", DATA)
    with Phone(tmp_path / "mine") as again:
        assert [message.data["thing1"] for message in again.messages.inbox] == ["oolong"]
        again.open_platform.messages.send(app, openid, "sent", DATA)
        assert len(again.messages.inbox) == 2


def test_another_person_sees_other_messages(weapp: Any) -> None:
    app = weapp.phone.open_platform.app_of_phone("weapp", APPID)
    openid = log_in(weapp.phone).openid
    asks(weapp, "sent").result()
    weapp.phone.open_platform.messages.send(app, openid, "sent", DATA)
    weapp.phone.account.switch_user("han-mei-mei")
    assert weapp.phone.messages.inbox == []


# --- devices, and Baidu's forms ---------------------------------------------------------------------------------------


def device(t: Any, **changed: Any) -> Any:
    return t.requestSubscribeDeviceMessage({"tmplIds": ["alarm"], "sn": "SN-1", "modelId": "camera", **changed})


def test_a_device_s_messages_are_asked_for_with_a_ticket_of_the_backend(weapp: Any, backend: BackendClient) -> None:
    weapp.phone.open_platform.messages.template("alarm", "Alarm", {"thing1": "What"}, kind="device", model="camera")
    ticket = backend.post("wxa/getsnticket", data={"sn": "SN-1", "model_id": "camera"})["sn_ticket"]
    assert device(weapp, snTicket=ticket).result()["alarm"] == "accept"
    assert weapp.getSetting(withSubscriptions=True).result().subscriptionsSetting.itemSettings == {"alarm": "accept"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"snTicket": "forged"}, 19720726),
        ({"sn": "SN-2"}, 19720726),
        ({"tmplIds": ["alram"]}, 19720728),
        ({"tmplIds": ["sent"]}, 19720736),
        ({"tmplIds": []}, 10001),
        ({"tmplIds": ["a", "b", "c", "d"]}, 20003),
        ({"sn": "SN 1"}, None),
    ],
)
def test_why_a_device_s_messages_are_not_asked_for(weapp: Any, changed: dict[str, Any], code: int | None) -> None:
    picks(weapp, "sent")
    weapp.phone.open_platform.messages.template("alarm", "Alarm", kind="device", model="camera")
    app = weapp.phone.open_platform.app_of_phone("weapp", APPID)
    ticket = weapp.phone.open_platform.messages.ticket(app, "SN-1", "camera")
    assert device(weapp, **{"snTicket": ticket, **changed}).catch(lambda error: error.errCode).result() == code


def test_a_device_s_ticket_is_good_for_five_minutes(weapp: Any) -> None:
    weapp.phone.clock.stop()
    weapp.phone.open_platform.messages.template("alarm", "Alarm", kind="device", model="camera")
    app = weapp.phone.open_platform.app_of_phone("weapp", APPID)
    ticket = weapp.phone.open_platform.messages.ticket(app, "SN-1", "camera")
    weapp.phone.clock.advance(300)
    assert device(weapp, snTicket=ticket).catch(lambda error: error.errCode).result() == 19720727


def test_a_device_s_template_is_not_for_other_messages(weapp: Any) -> None:
    weapp.phone.open_platform.messages.template("alarm", "Alarm", kind="device", model="camera")
    assert asks(weapp, "alarm").catch(lambda error: error.errCode).result() == 20013


def test_baidu_tells_of_what_a_form_has_subscribed_to_and_ends_it() -> None:
    with taropy.create("swan") as swan:
        told: list[Any] = []

        def service(kind: str) -> Any:
            options = {"templateId": "BD0003", "subscribeId": "8026", "type": kind, "success": told.append}
            swan.subscribeService(options)
            taropy.run(taropy.settled)
            return told[-1]

        assert service("query").status == -1
        form_id = swan.phone.messages.subscribe_by_form("BD0003", "8026")
        assert (service("query").status, told[-1].form_id) == (1, form_id)
        assert "status" not in service("cancel")
        assert service("query").status == 0
