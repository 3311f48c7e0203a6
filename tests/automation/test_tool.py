"""What clients ask of DevTools itself, and what a person would do to its dialogs and bars."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from speaking import Client, Failed

from taropy import TaroError
from taropy.automation.server import Automation
from taropy.phone.core.person import Question

pytestmark = pytest.mark.anyio


async def until_open(tools: Automation, kind: str) -> None:
    """Waits until the phone asks its person something of this kind."""
    for _ in range(1000):
        if kind in tools.target.dialogs.open:
            return
        await asyncio.sleep(0)
    raise AssertionError(f"nobody is asked for {kind}")


async def native(client: Client, method: str, **data: Any) -> Any:
    return await client.ask("Tool.native", method=method, data=data)


async def test_versions_are_such_as_clients_ask_for(client: Client) -> None:
    told = await client.ask("Tool.getInfo")
    assert tuple(map(int, told["SDKVersion"].split("."))) >= (2, 7, 3)
    assert told["version"] >= "1.06.2301160"


@pytest.mark.parametrize(("answer", "confirm"), [("confirmModal", True), ("cancelModal", False)])
async def test_a_modal_stays_open_until_it_is_answered(
    client: Client, tools: Automation, answer: str, confirm: bool
) -> None:
    asked = await client.send("App.callWxMethod", method="showModal", args=[{"title": "Really?"}])
    await until_open(tools, "modal")
    assert await native(client, answer) == {}
    assert (await client.result(asked))["result"]["confirm"] is confirm


@pytest.mark.parametrize(("answer", "allowed"), [("authorizeAllow", True), ("authorizeCancel", False)])
async def test_a_permission_is_asked_for_until_it_is_answered(
    client: Client, tools: Automation, answer: str, allowed: bool
) -> None:
    asked = await client.send("App.callWxMethod", method="authorize", args=[{"scope": "scope.record"}])
    await until_open(tools, "authorize")
    assert await native(client, answer) == {}
    if allowed:
        assert (await client.result(asked))["result"]["errMsg"] == "authorize:ok"
    else:
        with pytest.raises(Failed, match="authorize:fail auth deny"):
            await client.result(asked)
    await client.ask("Tool.clearAuth")
    assert (await client.wx("getSetting"))["authSetting"] == {}


async def test_what_a_test_has_scripted_comes_first(client: Client, tools: Automation) -> None:
    tools.target.phone.screen.answer_modal(confirm=False)
    assert (await client.wx("showModal", {"title": "Really?"}))["confirm"] is False


async def test_a_modal_that_nobody_answers_is_answered_by_default_when_the_port_closes(tools: Automation) -> None:
    taro = tools.target.taro
    asked = taro.showModal(title="Really?")
    await until_open(tools, "modal")
    tools.target.dialogs.end()
    assert (await asked).confirm is True


@pytest.mark.parametrize(
    ("method", "kind", "answer"),
    [
        ("closePaymentDialog", "payment", {"outcome": "cancel"}),
        ("shareConfirm", "send", {"to": "a friend", "cancel": False}),
        ("shareCancel", "send", {"to": "a friend", "cancel": True}),
        ("confirmConfirm", "leave page", {"confirm": True}),
        ("confirmCancel", "leave page", {"confirm": False}),
        ("confirmModal", "subscribe", {"answers": {}}),
        ("cancelModal", "subscribe", {"answers": {}, "cancel": True}),
        ("authorizeCancel", "getUserProfile", {"allow": False}),
    ],
)
async def test_every_dialog_has_its_answers(
    client: Client, tools: Automation, method: str, kind: str, answer: dict[str, Any]
) -> None:
    usual = {"payment": {"outcome": "pay"}, "send": {"to": "a friend", "cancel": False}, "subscribe": {"answers": {}}}
    question = Question(kind, {}, usual.get(kind, {"confirm": True} if kind == "leave page" else {"allow": True}))
    asked = asyncio.ensure_future(tools.target.phone.person.answer(question))
    await until_open(tools, kind)
    assert await native(client, method) == {}
    assert await asked == answer


@pytest.mark.parametrize(("text", "allowed"), [("同意", True), ("拒绝", False)])
async def test_the_privacy_notice_has_two_buttons(client: Client, tools: Automation, text: str, allowed: bool) -> None:
    asked = asyncio.ensure_future(tools.target.phone.person.answer(Question("privacy", {}, {"allow": True})))
    await until_open(tools, "privacy")
    assert await native(client, "clickCoverView", data={"nodetype": "text", "text": text}) == {}
    assert await asked == {"allow": allowed}


@pytest.mark.parametrize(
    "method", ["confirmModal", "authorizeAllow", "closePaymentDialog", "shareConfirm", "navigateLeft"]
)
async def test_where_there_is_nothing_to_answer_the_result_says_so(client: Client, method: str) -> None:
    assert method in (await native(client, method))["error"]["message"]


async def test_what_nobody_knows_is_told_in_words_that_minium_reads(client: Client) -> None:
    told = await native(client, "fly")
    assert told["error"]["message"] == "can not find in protocol: fly"


async def test_the_bars_lead_to_tabs_home_and_back(client: Client) -> None:
    await native(client, "switchTab", url="pages/mine/index")
    assert (await client.page()).path == "pages/mine/index"
    await native(client, "goHome")
    assert (await client.page()).path == "pages/shop/index"
    await client.wx("navigateTo", {"url": "/pages/tea/index"})
    await native(client, "navigateLeft")
    assert (await client.page()).path == "pages/shop/index"
    assert "no page of the tab bar" in (await native(client, "switchTab", url="pages/tea/index"))["error"]["message"]


async def test_the_phone_is_the_device_that_remote_debugging_wants(client: Client) -> None:
    await client.ask("Tool.resetRemoteDebug")
    await client.ask("Tool.enableRemoteDebug", auto=True)
    assert await client.event("Tool.onRemoteDebugConnected") == {}


async def test_accounts_and_tickets(client: Client, tools: Automation) -> None:
    [account] = (await client.ask("Tool.getTestAccounts"))["accounts"]
    assert account["nickName"] == tools.target.phone.account.user.nickname
    first = (await client.ask("Tool.getTicket"))["ticket"]
    await client.ask("Tool.refreshTicket")
    assert (await client.ask("Tool.getTicket"))["ticket"] != first
    await client.ask("Tool.setTicket", ticket="mine")
    assert await client.ask("Tool.getTicket") == {"ticket": "mine"}


async def test_a_client_can_end_the_service_and_has_its_answer(client: Client, tools: Automation) -> None:
    assert await client.ask("Tool.close") == {}
    await tools.closed()


async def test_the_permission_of_the_program_waits_too(client: Client, tools: Automation) -> None:
    asked = tools.target.taro.authorize(scope="scope.record")
    await until_open(tools, "authorize")
    await native(client, "authorizeCancel")
    with pytest.raises(TaroError, match="auth deny"):
        await asked
