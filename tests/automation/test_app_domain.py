"""What clients do to the app as a whole: pages, functions of `wx`, functions of their own, events."""

from __future__ import annotations

import gc
import logging
from typing import Any

import pytest
from speaking import Client, Failed

from taropy import TaroError
from taropy.automation.server import Automation

pytestmark = pytest.mark.anyio


async def test_the_pages_on_each_other_have_ids_routes_and_queries(client: Client) -> None:
    await client.wx("navigateTo", {"url": "/pages/tea/index?id=7"})
    stack = (await client.ask("App.getPageStack"))["pageStack"]
    assert [(page["path"], page["query"]) for page in stack] == [
        ("pages/shop/index", {}),
        ("pages/tea/index", {"id": "7"}),
    ]
    page = await client.page()
    assert (page.id, page.path, page.query) == (stack[-1]["pageId"], "pages/tea/index", {"id": "7"})


@pytest.mark.parametrize(
    ("way", "url", "routes"),
    [
        ("navigateTo", "/pages/tea/index", ["pages/shop/index", "pages/tea/index"]),
        ("redirectTo", "/pages/tea/index", ["pages/tea/index"]),
        ("reLaunch", "/pages/tea/index", ["pages/tea/index"]),
        ("switchTab", "/pages/mine/index", ["pages/mine/index"]),
    ],
)
async def test_every_way_leads_to_the_page(client: Client, way: str, url: str, routes: list[str]) -> None:
    await client.wx(way, {"url": url})
    assert [page["path"] for page in (await client.ask("App.getPageStack"))["pageStack"]] == routes


async def test_going_back_leads_to_the_page_below_though_its_url_is_null(client: Client) -> None:
    await client.wx("navigateTo", {"url": "/pages/tea/index"})
    await client.wx("navigateBack", {"url": None})  # so `miniprogram-automator` writes it
    assert (await client.page()).path == "pages/shop/index"


async def test_listeners_to_routes_hear_of_the_page_when_it_is_ready(client: Client) -> None:
    await client.ask("App.addBinding", name="routed")
    await client.evaluate("function () { wx.onAppRouteDone(done => routed(done)) }")
    await client.wx("navigateTo", {"url": "/pages/tea/index?id=7"})
    [done] = (await client.event("App.bindingCalled"))["args"]
    page = await client.page()
    assert done == {
        "path": "pages/tea/index", "query": {"id": "7"}, "openType": "navigateTo", "webviewId": page.id,
        "isTabPage": False,
    }  # fmt: skip
    await client.wx("switchTab", {"url": "/pages/mine/index"})
    [done] = (await client.event("App.bindingCalled"))["args"]
    assert (done["openType"], done["isTabPage"]) == ("switchTab", True)


# --- functions of wx -----------------------------------------------------------------------------------------------


async def test_functions_of_wx_give_what_they_answer(client: Client) -> None:
    await client.wx("setStorageSync", "tea", {"name": "Longjing"})
    assert await client.wx("getStorageSync", "tea") == {"name": "Longjing"}
    assert (await client.wx("getStorage", {"key": "tea"}))["data"] == {"name": "Longjing"}
    assert (await client.wx("getSystemInfoSync"))["platform"] == "devtools"


@pytest.mark.parametrize(
    ("method", "given", "told"),
    [
        ("getStorage", [{"key": "none"}], "getStorage:fail data not found"),
        ("nothing", [], "wx.nothing not exists"),
        ("env", [], "wx.env not exists"),
        ("login", ["now"], "login:fail parameter error: parameter should be Object"),
    ],
)
async def test_one_that_fails_fails_in_its_own_words(client: Client, method: str, given: list[Any], told: str) -> None:
    with pytest.raises(Failed) as failure:
        await client.wx(method, *given)
    assert str(failure.value).startswith(told)


async def test_a_mocked_result_is_the_programs_too(client: Client, tools: Automation) -> None:
    taro = tools.target.taro
    await client.ask("App.mockWxMethod", method="getLocation", result={"latitude": 1, "longitude": 2})
    assert await client.wx("getLocation", {}) == {"latitude": 1, "longitude": 2, "errMsg": "getLocation:ok"}
    assert (await taro.getLocation()).latitude == 1
    await client.ask("App.mockWxMethod", method="getLocation", result={"errMsg": "getLocation:fail auth deny"})
    with pytest.raises(TaroError, match="getLocation:fail auth deny"):
        await taro.getLocation()
    with pytest.raises(Failed, match="getLocation:fail auth deny"):
        await client.wx("getLocation", {})


async def test_a_mocking_function_gets_options_and_arguments_and_may_call_the_original(
    client: Client, tools: Automation
) -> None:
    taro = tools.target.taro
    taro.setStorageSync("tea", "Longjing")
    await client.ask(
        "App.mockWxMethod",
        method="getStorage",
        args=["!"],
        functionDeclaration="""function (options, sign) {
            return new Promise(resolve => this.origin({
                key: options.key, success: found => resolve({ ...found, data: found.data + sign }),
            }))
        }""",
    )
    assert (await taro.getStorage(key="tea")).data == "Longjing!"
    assert (await client.wx("getStorage", {"key": "tea"}))["data"] == "Longjing!"
    await client.ask("App.mockWxMethod", method="getStorage")
    assert (await taro.getStorage(key="tea")).data == "Longjing"


async def test_a_mocked_function_that_gives_its_value_does_so(client: Client, tools: Automation) -> None:
    await client.ask("App.mockWxMethod", method="getStorageSync", functionDeclaration="key => key + '!'")
    assert tools.target.taro.getStorageSync("tea") == "tea!"
    await client.ask("App.mockWxMethod", method="getStorageSync", functionDeclaration="() => { throw new Error('no') }")
    with pytest.raises(TaroError, match="no"):
        tools.target.taro.getStorageSync("tea")
    await client.ask("App.mockWxMethod", method="getStorageSync")
    assert tools.target.taro.getStorageSync("tea") == ""


async def test_a_mocked_request_is_what_the_program_gets(client: Client) -> None:
    await client.ask("App.mockWxMethod", method="request", result={"statusCode": 200, "data": {"sold": True}})
    page = await client.page()
    await (await page.one("#buy")).tap()
    await client.evaluate("() => new Promise(done => setTimeout(done, 1))")
    assert await page.data("answer") == {"sold": True}
    assert (await client.wx("request", {"url": "https://shop.example"}))["data"] == {"sold": True}


async def test_what_a_function_puts_on_wx_itself_counts_until_it_is_taken_back(
    client: Client, tools: Automation
) -> None:
    taro = tools.target.taro
    await client.evaluate("function () { wx.login = async () => ({ code: 'mine' }) }")
    assert (await taro.login()).code == "mine"
    await client.evaluate(
        "function () { Object.defineProperty(wx, 'login', { value: o => o.success({ code: 'defined' }) }) }"
    )
    assert (await taro.login()).code == "defined"
    await client.evaluate("function () { wx.login = async () => { throw new Error('no') } }")
    with pytest.raises(TaroError, match="login:fail no"):
        await taro.login()
    await client.evaluate("function () { delete wx.login }")
    assert (await taro.login()).code not in ("mine", "defined")


async def test_the_cloud_can_be_mocked(client: Client, tools: Automation) -> None:
    await client.evaluate("""function () {
        const original = wx.cloud
        const mocked = new Proxy(original, {
            get: (cloud, name) => name === 'callFunction' ? async () => ({ result: 'mine' }) : cloud[name],
        })
        Object.defineProperty(wx, 'cloud', { writable: true, value: mocked })
    }""")
    taro = tools.target.taro
    taro.cloud.init()
    assert (await taro.cloud.callFunction(name="steps")).result == "mine"


async def test_faults_that_a_test_has_ordered_stay_when_a_mock_goes(client: Client, tools: Automation) -> None:
    taro = tools.target.taro
    taro.phone.faults.fail("login", "system error")
    await client.ask("App.mockWxMethod", method="login", result={"code": "mine"})
    assert (await taro.login()).code == "mine"
    await client.ask("App.mockWxMethod", method="login")
    with pytest.raises(TaroError, match="system error"):
        await taro.login()


@pytest.mark.parametrize("method", ["App.callWxMethod", "App.mockWxMethod"])
async def test_plugins_have_no_wx_of_their_own(client: Client, method: str) -> None:
    with pytest.raises(Failed, match="plugins have no wx"):
        await client.ask(method, method="login", pluginId="wx123")


# --- functions that clients send -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "given", "result"),
    [
        ("function (a, b) { return a + b }", [1, 2], 3),
        ("(a) => a === null", [None], True),
        ("async () => 'later'", [], "later"),
        ("() => new Promise(done => setTimeout(() => done('timed'), 10))", [], "timed"),
        ("function () {}", [], None),
        ("() => ({ kept: 1, gone: undefined, left: () => 1 })", [], {"kept": 1}),
        ("() => new Date(0)", [], "1970-01-01T00:00:00.000Z"),
        ("() => { const ring = { tea: 1 }; ring.self = ring; return ring }", [], {"tea": 1, "self": None}),
        ("() => [NaN, 1.0, 1e21, '\\ud800']", [], [None, 1, 1e21, "\ud800"]),
    ],
)  # fmt: skip
async def test_a_function_gives_what_json_has_of_its_result(
    client: Client, text: str, given: list[Any], result: Any
) -> None:
    assert await client.evaluate(text, *given) == result


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("() => { throw new Error('bad tea') }", "bad tea"),
        ("async () => { throw { errMsg: 'brew:fail' } }", "brew:fail"),
        ("() => tea", "tea is not defined"),
        ("function (", "expect"),
    ],
)
async def test_one_that_throws_fails_with_what_it_has_thrown(client: Client, text: str, told: str) -> None:
    with pytest.raises(Failed, match=told):
        await client.evaluate(text)


async def test_a_function_finds_the_app_its_pages_and_its_settings(client: Client) -> None:
    assert await client.evaluate("""() => {
        const [page] = getCurrentPages()
        return [getApp().globalData.user.name, getApp().greet('tea'), page.route, page.data.teas.length, page.options,
                __wxConfig.pages[3], __wxConfig.tabBar.list[1].text, wx.getStorageInfoSync().limitSize, typeof my]
    }""") == ["Ada", "hello tea", "pages/shop/index", 2, {}, "pages/media/index", "Mine", 10240, "undefined"]


async def test_what_it_changes_of_the_app_and_its_pages_is_changed(client: Client, tools: Automation) -> None:
    await client.evaluate("""() => {
        getApp().globalData.user.name = 'Bob'
        getApp().globalData.cart.push(3)
        delete getApp().globalData.user.age
        getCurrentPages()[0].setData({ 'teas[0]': 'Biluochun', count: 5 })
    }""")
    assert tools.target.taro.getApp().globalData == {"user": {"name": "Bob"}, "cart": [1, 2, 3]}
    page = await client.page()
    assert (await page.data("teas"), await page.data("count")) == (["Biluochun", "Tieguanyin"], 5)
    assert await client.evaluate("() => JSON.stringify(getApp().globalData.cart)") == "[1,2,3]"


async def test_a_method_that_it_puts_on_a_page_is_the_pages(client: Client, tools: Automation) -> None:
    await client.ask("App.addBinding", name="heard")
    await client.evaluate("""() => {
        const page = getCurrentPages().pop()
        const buy = page.buy
        page.buy = event => (heard(event.type), buy.call(page, event))
        page.onPullDownRefresh = () => heard('pulled')
    }""")
    await (await (await client.page()).one("#buy")).tap()
    assert (await client.event("App.bindingCalled"))["args"] == ["tap"]
    assert await (await client.page()).data("count") == 1


async def test_a_function_can_call_the_clients(client: Client) -> None:
    await client.evaluate("() => 1")
    await client.ask("App.addBinding", name="tell")
    await client.evaluate("() => tell(1, { tea: 2, brew() {} }, undefined)")
    assert await client.event("App.bindingCalled") == {"name": "tell", "args": [1, {"tea": 2}, None]}


# --- what clients are told -------------------------------------------------------------------------------------------


async def test_the_console_is_told_once_it_is_asked_for(client: Client) -> None:
    await client.evaluate("() => console.log('before')")
    await client.ask("App.enableLog")
    await client.evaluate("() => console.warn('tea', { hot: true })")
    assert await client.event("App.logAdded") == {"type": "warn", "args": ["tea", {"hot": True}]}
    logging.getLogger("shop").error("sold %s", "out")
    assert await client.event("App.logAdded") == {"type": "error", "args": ["sold out"]}


@pytest.mark.filterwarnings("ignore::taropy.unheard.UnhandledErrorWarning")
async def test_what_the_program_throws_is_told(client: Client, tools: Automation) -> None:
    page = await client.page()
    tools.target.phone.lifecycle.audience(tools.target.app).on("Error", lambda told: None)
    await client.evaluate("() => { getCurrentPages()[0].buy = () => { throw new Error('out of tea') } }")
    await (await page.one("#buy")).tap()
    told = await client.event("App.exceptionThrown")
    assert "out of tea" in told["message"]
    assert "Traceback" in told["stack"]


@pytest.mark.filterwarnings("ignore::taropy.runtime.errors.UnhandledRejectionWarning")
async def test_a_rejection_that_the_program_does_not_handle_is_told(client: Client, tools: Automation) -> None:
    page = tools.target.running.top.program
    page.Taro.getStorage(key="none")
    gc.collect()
    assert "getStorage:fail data not found" in (await client.event("App.exceptionThrown"))["message"]


async def test_leaving_the_app_hides_it(client: Client, tools: Automation) -> None:
    await client.ask("App.exit")
    assert not tools.target.running.visible


async def test_an_app_that_is_launched_anew_has_none_of_the_old_mocks(client: Client, tools: Automation) -> None:
    import shop

    await client.ask("App.addBinding", name="tell")
    await client.ask("App.mockWxMethod", method="login", result={"code": "mine"})
    await client.evaluate("() => { global.kept = 1 }")
    await shop.app.launch(tools.target.taro)
    assert await client.event("App.initialized") == {"from": "devtools"}
    assert (await tools.target.taro.login()).code != "mine"
    assert await client.evaluate("() => typeof kept + typeof tell") == "undefinedfunction"
