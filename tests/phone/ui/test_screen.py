"""The screen: toasts, loading and dialogs, as a test sees and answers them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from supporting import failure

import taropy
from taropy import spec
from taropy.phone import ActionSheet, Loading, Modal, Phone, Question, Toast, leave_open


@pytest.fixture(params=sorted(spec.supported_on("hideLoading") - {"alipay"}))
def t(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The Taro of each platform on which dialogs are like WeChat's; Alipay's are tested by themselves."""
    with taropy.create(request.param) as runtime:
        yield runtime


# --- toast and loading ---------------------------------------------------------------------------------------------


def test_a_toast_is_to_be_seen_until_its_time_is_up(t: Any) -> None:
    t.phone.clock.stop()
    t.showToast(title="Saved", icon="success", duration=2000).result()
    assert (t.phone.screen.toast.title, t.phone.screen.toast.icon) == ("Saved", "success")
    t.phone.clock.advance(1.999)
    assert t.phone.screen.toast is not None
    t.phone.clock.advance(0.001)
    assert t.phone.screen.toast is None
    assert [toast.title for toast in t.phone.screen.history] == ["Saved"]


def test_a_toast_stays_a_second_and_a_half_by_default(t: Any) -> None:
    t.phone.clock.stop()
    t.showToast(title="Hi").result()
    assert t.phone.screen.toast.until == pytest.approx(t.phone.clock.now() + 1.5)


def test_a_toast_shows_what_it_was_given(weapp: Any) -> None:
    weapp.showToast(title="A", image="/a.png", mask=True, icon="none").result()
    toast = weapp.phone.screen.toast
    assert (toast.image, toast.mask, toast.icon) == ("/a.png", True, "none")


def test_loading_stays_until_it_is_hidden(t: Any) -> None:
    t.showLoading(title="Wait", mask=True).result()
    t.phone.clock.advance(3600)
    assert t.phone.screen.loading == Loading("Wait", True)
    t.hideLoading()
    assert t.phone.screen.loading is None


def test_toast_and_loading_take_each_others_place(t: Any) -> None:
    t.showLoading(title="Wait").result()
    t.showToast(title="Done").result()
    assert (t.phone.screen.loading, t.phone.screen.toast.title) == (None, "Done")
    t.showLoading(title="Again").result()
    assert (t.phone.screen.loading.title, t.phone.screen.toast) == ("Again", None)
    t.hideToast()
    assert t.phone.screen.loading is None


@pytest.mark.parametrize(("platform", "is_left"), [("h5", False), ("harmony-hybrid", False), ("weapp", True)])
def test_on_the_web_toast_and_loading_go_with_their_page(platform: str, is_left: bool) -> None:
    with taropy.create(platform) as t:
        t.showLoading(title="Wait").result()
        t.navigateTo(url="/pages/other/other").result()
        assert (t.phone.screen.loading is not None) is is_left
        t.showToast(title="Saved").result()
        assert t.phone.screen.toast.title == "Saved"
        t.navigateBack().result()
        assert (t.phone.screen.toast is not None) is is_left


@pytest.mark.parametrize("platform", ["h5", "harmony-hybrid"])
def test_on_the_web_who_comes_back_to_a_page_finds_it_without_its_toast(platform: str) -> None:
    with taropy.create(platform) as t:
        t.showToast(title="Saved", duration=60_000).result()
        t.navigateTo(url="/pages/other/other").result()
        t.navigateBack().result()
        assert t.phone.screen.toast is None
        t.showToast(title="Saved again").result()
        assert t.phone.screen.toast.title == "Saved again"


def test_noConflict_hides_only_ones_own(t: Any) -> None:
    t.showLoading(title="Wait").result()
    t.hideToast(noConflict=True)
    assert t.phone.screen.loading is not None
    t.showToast(title="Done").result()
    t.hideLoading(noConflict=True)
    assert t.phone.screen.toast is not None


@pytest.mark.parametrize("name", ["hideToast", "hideLoading"])
@pytest.mark.parametrize(
    ("platform", "native", "errMsg"),
    [
        ("weapp", "wx", "{}:fail:toast can't be found"),
        ("qq", "qq", "{}:fail:toast can't be found"),
        ("tt", "tt", "{}:ok"),
    ],
)
def test_hiding_what_is_not_there(name: str, platform: str, native: str, errMsg: str) -> None:
    answers: list[Any] = []
    getattr(Phone().native(platform, native), name)({"complete": answers.append})
    assert answers == [{"errMsg": errMsg.format(name)}]


@pytest.mark.parametrize("name", ["showToast", "showLoading"])
def test_a_title_has_to_be_a_string(name: str) -> None:
    phone = Phone()
    failures: list[Any] = []
    for options in ({}, {"title": None}, {"title": 5}):
        getattr(phone.native("weapp"), name)({**options, "fail": failures.append})
    assert [fail["errMsg"].rpartition(" ")[2] for fail in failures] == ["Undefined", "Null", "Number"]
    assert (
        failures[0]["errMsg"] == f"{name}:fail parameter error: parameter.title should be String instead of Undefined"
    )
    assert list(phone.screen.history) == []


def test_alipay_calls_things_by_its_own_names() -> None:
    phone = Phone()
    phone.clock.stop()
    my = phone.native("alipay", "my")
    my.showToast({"content": "Saved", "type": "fail"})
    assert phone.screen.toast == Toast("Saved", "error", "", False, phone.clock.now() + 3)
    my.showLoading({"content": "Wait"})
    assert phone.screen.loading == Loading("Wait", True)


def test_alipay_shows_toast_and_loading_side_by_side() -> None:
    with taropy.create("alipay") as t:
        t.showLoading(title="Wait").result()
        t.showToast(title="Saved").result()
        assert (t.phone.screen.loading.title, t.phone.screen.toast.title) == ("Wait", "Saved")
        t.hideLoading()
        assert (t.phone.screen.loading, t.phone.screen.toast.title) == (None, "Saved")
        t.showLoading(title="Again").result()
        t.hideToast()
        assert (t.phone.screen.loading.title, t.phone.screen.toast) == ("Again", None)


def test_alipays_toast_has_succeeded_while_it_is_seen() -> None:
    phone = Phone()
    phone.clock.stop()
    answers: list[Any] = []
    phone.native("alipay", "my").showToast({"content": "Saved", "success": answers.append})
    assert (answers, phone.screen.toast.title) == ([{"errMsg": "showToast:ok"}], "Saved")


def test_alipays_loading_may_come_later_or_never() -> None:
    phone = Phone()
    phone.clock.stop()
    my = phone.native("alipay", "my")
    my.showLoading({"content": "Wait", "delay": 1000})
    assert phone.screen.loading is None
    phone.clock.advance(1)
    assert phone.screen.loading.title == "Wait"
    my.showLoading({"content": "Again", "delay": 1000})
    my.hideLoading()
    phone.clock.advance(1)
    assert phone.screen.loading is None


def test_a_snapshot_brings_back_what_was_to_be_seen(weapp: Any) -> None:
    weapp.showLoading(title="Wait").result()
    snapshot = weapp.phone.snapshot()
    weapp.hideLoading()
    weapp.phone.restore(snapshot)
    assert weapp.phone.screen.loading.title == "Wait"


# --- modal ---------------------------------------------------------------------------------------------------------


def test_a_modal_is_confirmed_by_default(t: Any) -> None:
    res = t.showModal(title="Sure?", content="Really?").result()
    assert (res.confirm, res.cancel, res.errMsg) == (True, False, "showModal:ok")
    assert t.phone.screen.modal is None
    assert t.phone.screen.history[-1].content == "Really?"


def test_answers_are_used_in_the_order_they_were_given(t: Any) -> None:
    t.phone.screen.answer_modal(confirm=False)
    t.phone.screen.dismiss_modal()
    t.phone.screen.answer_modal(confirm=True)
    answers = [t.showModal(title=str(number)).result() for number in range(4)]
    assert [(a.confirm, a.cancel) for a in answers] == [(False, True), (False, False), (True, False), (True, False)]


def test_an_editable_modal_gives_what_was_typed() -> None:
    phone = Phone()
    answers: list[Any] = []
    question = {"editable": True, "content": "draft", "success": answers.append}
    phone.screen.answer_modal(content="final")
    phone.native("weapp").showModal(question)
    phone.native("weapp").showModal(question)
    assert [answer["content"] for answer in answers] == ["final", "draft"]


def test_the_native_function_answers_at_once_when_the_person_does() -> None:
    answers: list[Any] = []
    Phone().native("weapp").showModal({"success": answers.append})
    assert answers == [{"errMsg": "showModal:ok", "confirm": True, "cancel": False}]


@pytest.mark.parametrize("name", ["confirmText", "cancelText"])
@pytest.mark.parametrize(
    ("text", "fits"), [("四个汉字", True), ("五个汉字啊", False), ("eight le", True), ("nine lett", False)]
)
def test_a_button_has_room_for_four_chinese_letters(weapp: Any, name: str, text: str, fits: bool) -> None:
    promise = weapp.showModal({name: text})
    if fits:
        assert promise.result().confirm
    else:
        assert failure(promise) == f"showModal:fail {name} length should not larger than 4 Chinese characters"


@pytest.mark.parametrize("name", ["title", "content", "confirmText", "cancelText", "confirmColor", "placeholderText"])
def test_a_modals_texts_have_to_be_strings(name: str) -> None:
    failures: list[Any] = []
    Phone().native("weapp").showModal({name: 5, "fail": failures.append})
    assert (
        failures[0]["errMsg"] == f"showModal:fail parameter error: parameter.{name} should be String instead of Number"
    )


def test_a_modal_can_be_seen_and_answered_while_it_is_open() -> None:
    async def main() -> None:
        async with taropy.create("weapp", ask=leave_open) as t:
            first, second = t.showModal(title="first"), t.showModal(title="second")
            assert t.phone.screen.modal.title == "second"
            t.phone.screen.answer_modal(confirm=False)
            assert t.phone.screen.modal.title == "first"
            t.phone.screen.answer_modal()
            assert t.phone.screen.modal is None
            assert ((await first).confirm, (await second).confirm) == (True, False)

    asyncio.run(main())


def test_an_open_modal_may_be_answered_from_another_thread() -> None:
    async def main() -> None:
        async with taropy.create("weapp", ask=leave_open) as t:
            promise = t.showModal(title="Sure?")
            threading.Thread(target=t.phone.screen.answer_modal, kwargs={"confirm": False}).start()
            assert (await promise).cancel

    asyncio.run(main())


def test_who_is_asked_sees_the_question_and_may_take_time() -> None:
    async def ask(question: Question) -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"confirm": question.shown["title"] == "yes"}

    async def main() -> None:
        async with taropy.create("weapp", ask=ask) as t:
            assert (await t.showModal(title="yes")).confirm
            assert (await t.showModal(title="no")).cancel
            t.phone.screen.answer_modal(confirm=True)
            assert (await t.showModal(title="scripted, so not asked")).confirm

    asyncio.run(main())


def test_who_is_asked_and_fails_still_leaves_an_answer() -> None:
    async def ask(question: Question) -> None:
        raise LookupError("no idea")

    async def main() -> None:
        async with taropy.create("weapp", ask=ask) as t:
            with pytest.raises(taropy.TaroError, match="showModal:fail internal error: LookupError"):
                await t.showModal(title="Sure?")
            assert t.phone.screen.modal is None

    asyncio.run(main())


def test_alipay_confirms_and_alerts() -> None:
    phone = Phone()
    my = phone.native("alipay", "my")
    answers: list[Any] = []
    phone.screen.answer_modal(confirm=False)
    my.confirm({"title": "Sure?", "confirmButtonText": "a long text", "success": answers.append})
    my.alert({"content": "Look", "buttonText": "Fine", "success": answers.append})
    assert answers == [{"confirm": False}, {"success": True}]
    confirm, alert = phone.screen.history
    assert isinstance(confirm, Modal)
    assert isinstance(alert, Modal)
    assert (confirm.confirmText, confirm.showCancel) == ("a long text", True)
    assert (alert.confirmText, alert.showCancel) == ("Fine", False)


# --- action sheet --------------------------------------------------------------------------------------------------


def test_the_first_item_is_tapped_by_default(t: Any) -> None:
    assert t.showActionSheet(itemList=["a", "b"]).result().tapIndex == 0


def test_the_scripted_item_is_tapped(t: Any) -> None:
    t.phone.screen.answer_action_sheet(1)
    assert t.showActionSheet(itemList=["a", "b"]).result().tapIndex == 1
    color = "#3c76ff" if t.getEnv() == "SWAN" else "#000000"
    assert t.phone.screen.history[-1] == ActionSheet(["a", "b"], color, "")


def test_closing_the_sheet_fails_with_cancel(t: Any) -> None:
    t.phone.screen.cancel_action_sheet()
    assert failure(t.showActionSheet(itemList=["a"])) == "showActionSheet:fail cancel"


def test_on_alipay_closing_the_sheet_gives_the_index_minus_one() -> None:
    phone = Phone()
    answers: list[Any] = []
    phone.screen.cancel_action_sheet()
    phone.native("alipay", "my").showActionSheet({"items": list("abcdefgh"), "success": answers.append})
    assert answers == [{"success": True, "index": -1}]


def test_an_open_sheet_can_be_answered() -> None:
    async def main() -> None:
        async with taropy.create("weapp", ask=leave_open) as t:
            modal, sheet = t.showModal(title="under it"), t.showActionSheet(itemList=["a", "b", "c"])
            assert t.phone.screen.action_sheet.itemList == ["a", "b", "c"]
            t.phone.screen.answer_action_sheet(2)
            assert (await sheet).tapIndex == 2
            t.phone.screen.answer_modal()
            assert (await modal).confirm

    asyncio.run(main())


@pytest.mark.parametrize(
    ("items", "errMsg"),
    [
        (list("abcdefg"), "parameter error: itemList should not be large than 6"),
        ([], "parameter error: parameter.itemList should have at least 1 item"),
        (["a", 5], "parameter error: parameter.itemList[1] should be String instead of Number"),
        ("abc", "parameter error: parameter.itemList should be Array instead of String"),
        (None, "parameter error: parameter.itemList should be Array instead of Null"),
    ],
)
def test_a_sheet_has_one_to_six_texts(items: Any, errMsg: str) -> None:
    failures: list[Any] = []
    Phone().native("weapp").showActionSheet({"itemList": items, "fail": failures.append})
    assert failures == [{"errMsg": f"showActionSheet:fail {errMsg}"}]


@pytest.mark.parametrize("index", [-1, 0.5, "0", None])
def test_what_is_no_number_of_an_item_is_refused(index: Any) -> None:
    with pytest.raises(ValueError, match="the item that is tapped is a whole number, 0 or more, not "):
        Phone().screen.answer_action_sheet(index)


def test_tapping_an_item_that_is_not_there_is_told() -> None:
    phone = Phone()
    failures: list[Any] = []
    phone.screen.answer_action_sheet(2)
    phone.native("weapp").showActionSheet({"itemList": ["a", "b"], "fail": failures.append})
    assert "there is no item" in failures[0]["errMsg"]
