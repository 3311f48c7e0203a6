"""A runtime with functions of its own in place of native ones: `taropy.create(platform, apis={...})`."""

from __future__ import annotations

import asyncio

import pytest
from recording import over

import taropy
from taropy import PlatformError, hookimpl


async def company_login(native, options):
    return {"code": f"company code for {options.get('timeout')}"}


@pytest.fixture
def plugin():
    """A plugin that replaces weapp's login for the process."""

    class Plugin:
        @hookimpl
        def taropy_register_apis(self, register):
            register("weapp", "login", lambda wx, options: options["success"]({"code": "a plugin's"}))

    taropy.register_plugin(Plugin(), "everywhere")
    yield
    taropy.unregister_plugin("everywhere")


def test_one_runtime_has_a_login_of_its_own_and_others_do_not():
    wx = over("weapp", login={"code": "native"})[1]
    at_work = taropy.create("weapp", native=wx, apis={"login": company_login})
    at_home = taropy.create("weapp", native=wx)
    assert at_work.login(timeout=9).result().code == "company code for 9"
    assert at_home.login().result().code == "native"


def test_it_gets_the_native_object_and_checked_options():
    given = []

    def login(native, options):
        given.append((native, options["timeout"]))
        options["success"]({"code": "c"})

    wx = over("weapp", login={})[1]
    taro = taropy.create("weapp", native=wx, apis={"login": login})
    taro.login(timeout=9).result()
    with pytest.raises(taropy.ParameterError):
        taro.login(timeout="long").result()
    assert given == [(wx, 9)]


def test_it_goes_before_a_plugins(plugin):
    assert taropy.create("weapp", native=object()).login().result().code == "a plugin's"
    own = taropy.create("weapp", native=object(), apis={"login": company_login})
    assert own.login(timeout=1).result().code == "company code for 1"


def test_the_table_of_the_platform_has_no_part_in_it():
    alipay = taropy.create("alipay", native=object(), apis={"login": company_login})
    assert alipay.login(timeout=1).result().code == "company code for 1"


def test_a_platform_can_be_given_what_it_does_not_have():
    async def session(native, options):
        return {}

    with_session = taropy.create("h5", native=object(), apis={"checkSession": session})
    assert with_session.canIUse("checkSession")
    assert with_session.checkSession().result().errMsg == "checkSession:ok"
    assert not taropy.create("h5", native=object()).canIUse("checkSession")


def test_a_function_that_takes_arguments_gets_these():
    taro = taropy.create("weapp", native=object(), apis={"getStorageSync": lambda wx, key: f"the {key}"})
    assert taro.getStorageSync("token") == "the token"


def test_its_request_has_interceptors_like_any_other():
    async def request(native, options):
        return {"data": options["url"], "statusCode": 200}

    taro = taropy.create("weapp", native=object(), apis={"request": request})
    taro.addInterceptor(lambda chain: chain.proceed({**chain.requestParams, "url": "other"}))
    assert taro.request(url="one").result().data == "other"


def test_its_request_can_be_aborted_while_it_runs():
    async def request(native, options):
        await asyncio.Event().wait()

    async def story():
        running = taropy.create("weapp", native=object(), apis={"request": request}).request(url="u")
        await asyncio.sleep(0)
        running.abort()
        await running

    with pytest.raises(taropy.TaroError, match="request:fail abort"):
        asyncio.run(story())


def test_use_takes_it_for_the_process():
    try:
        taro = taropy.use("weapp", native=object(), apis={"login": company_login})
        assert taropy.Taro.login(timeout=2).result().code == "company code for 2"
        assert "with login of its own" in repr(taro)
    finally:
        taropy.use("weapp")


def test_the_runtime_says_what_it_brings():
    taro = taropy.create("weapp", native=object(), apis={"login": company_login, "checkSession": company_login})
    assert repr(taro) == "<Taro on weapp, over the native object object, with checkSession and login of its own>"
    assert "of its own" not in repr(taropy.create("weapp", native=object()))


@pytest.mark.parametrize(
    ("apis", "message"),
    [
        ({"logn": company_login}, "'logn' is not a function of Taro; did you mean 'login'?"),
        ({"getEnv": company_login}, "getEnv is Taro's own"),
        ({"PageConfig": company_login}, "PageConfig is no function"),
        ({"login": "company"}, "login takes a function in its place, not str"),
    ],
)
def test_what_cannot_be_replaced_is_refused_when_the_runtime_is_made(apis, message):
    with pytest.raises(PlatformError) as caught:
        taropy.create("weapp", native=object(), apis=apis)
    assert message in str(caught.value)
