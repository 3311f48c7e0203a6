"""Runtimes: the process's own, and independent ones, which share nothing."""

from __future__ import annotations

import asyncio
import gc
import weakref
from types import SimpleNamespace

import pytest
from natives import PLATFORMS, Everything, Held, Network

import taropy
from taropy import Phone, PlatformError, Taro, TaroError

ENV_TYPES = {
    "weapp": "WEAPP", "alipay": "ALIPAY", "swan": "SWAN", "tt": "TT", "qq": "QQ", "jd": "JD",
    "h5": "WEB", "rn": "RN", "harmony": "HARMONY", "harmony-hybrid": "HARMONYHYBRID",
}  # fmt: skip


@pytest.fixture
def process():
    """The process's runtime, as a new process would have it; put back in order afterwards."""
    forget_the_process_runtime()
    yield Taro
    forget_the_process_runtime()


def forget_the_process_runtime():
    """As if nothing had been called in this process yet."""
    taropy.use("weapp").close()
    vars(Taro).clear()


# --- the process's own ---------------------------------------------------------------------------------------------


def test_without_a_word_the_process_is_on_weapp(process):
    assert (Taro.platform.name, Taro.getEnv()) == ("weapp", "WEAPP")


def test_the_environment_names_the_platform(process, monkeypatch):
    monkeypatch.setenv("TARO_ENV", "tt")
    assert Taro.getEnv() == "TT"
    with taropy.create() as other:
        assert other.getEnv() == "TT"


def test_an_unknown_platform_in_the_environment_is_told_at_the_first_use(process, monkeypatch):
    monkeypatch.setenv("TARO_ENV", "wepp")
    with pytest.raises(PlatformError, match="did you mean 'weapp'"):
        Taro.getEnv()


def test_use_puts_the_same_object_on_another_platform(process):
    getEnv = Taro.getEnv
    assert taropy.use("alipay") is Taro
    assert (Taro.getEnv(), Taro.platform.native_name, getEnv()) == ("ALIPAY", "my", "WEAPP")


def test_use_takes_a_native_object_a_phone_or_the_phones_options(process, native):
    assert taropy.use("weapp", native=native).login().result().code == "a-code"
    with Phone() as phone:
        assert taropy.use("weapp", phone=phone).phone is phone


def test_a_use_that_fails_leaves_everything_as_it_was(process):
    taropy.use("alipay")
    phone = Taro.phone
    with pytest.raises(PlatformError):
        taropy.use("wepp")
    assert (Taro.getEnv(), Taro.phone is phone) == ("ALIPAY", True)


def test_use_ends_what_was_there_before(process):
    phone = Taro.phone
    taropy.use("weapp")
    assert phone.closed
    assert Taro.phone is not phone


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_platform_says_which_it_is(platform):
    with taropy.create(platform) as t:
        assert (t.getEnv(), t.platform.name) == (ENV_TYPES[platform], platform)
        assert t.ENV_TYPE[t.getEnv()] == t.getEnv()
        assert not t.canIUse("env") or platform == t.env.TARO_ENV


# --- independent ones ----------------------------------------------------------------------------------------------


def test_a_runtime_tells_what_it_stands_on(native):
    with taropy.create("qq") as t:
        assert (t.platform.title, t.host.name, t.native, t.phone) == ("QQ", "phone", t.host.native, t.host.phone)
        assert repr(t) == "<Taro on qq, over the phone>"
    assert repr(t) == "<Taro on qq, over the phone, closed>"
    over = taropy.create(native=native)
    assert over.native is native
    with pytest.raises(AttributeError, match="no phone"):
        over.phone  # noqa: B018


def test_a_runtime_lists_all_of_taro(taro):
    assert {"login", "request", "eventCenter", "close"} <= set(dir(taro))


def test_a_phone_that_you_hold_stays_yours():
    with Phone() as phone:
        with taropy.create(phone=phone) as t:
            t.setStorageSync("a", 1)
        assert not phone.closed
        with taropy.create(phone=phone) as again:
            assert again.getStorageSync("a") == 1


def test_a_phone_of_the_runtimes_own_is_closed_with_it():
    with taropy.create(user="ada") as t:
        phone = t.phone
    assert phone.closed


def test_what_cannot_go_together_is_a_type_error(native):
    with pytest.raises(TypeError):
        taropy.create(native=native, host="phone")
    with pytest.raises(TypeError):
        taropy.create(native=native, folder="x")
    with Phone() as phone, pytest.raises(TypeError):
        taropy.create(phone=phone, folder="x")


def test_one_phone_may_stand_behind_several_platforms():
    with Phone() as phone, taropy.create("weapp", phone=phone) as wx, taropy.create("alipay", phone=phone) as my:
        wx.setStorageSync("a", "weapp's")
        my.setStorageSync("a", "alipay's")
        assert (wx.getStorageSync("a"), my.getStorageSync("a")) == ("weapp's", "alipay's")


# --- the end -------------------------------------------------------------------------------------------------------


@pytest.mark.anyio
async def test_closing_rejects_the_calls_that_are_open(native):
    native.login = Held()
    called = []
    t = taropy.create(native=native)
    promise = t.login(fail=lambda err: called.append(err.errMsg))
    t.close()
    with pytest.raises(TaroError, match=r"^login:fail interrupted$"):
        await promise
    assert called == ["login:fail interrupted"]


@pytest.mark.anyio
async def test_closing_aborts_open_tasks_and_reports_nothing():
    network = Network()
    async with taropy.create(native=network) as t:
        t.request("http://localhost")
    assert network.tasks[0].asked == [("abort", ())]
    gc.collect()


@pytest.mark.anyio
@pytest.mark.parametrize("close", ["close", "aclose"])
async def test_after_the_end_nothing_can_be_called_and_closing_again_is_fine(native, close):
    t = taropy.create(native=native)
    assert (await t.login()).code == "a-code"
    for _ in range(2):
        closed = getattr(t, close)()
        if closed is not None:
            await closed
    with pytest.raises(TaroError, match="login:fail this runtime is closed"):
        t.login()


def test_a_with_block_closes_also_when_it_fails(native):
    with pytest.raises(ZeroDivisionError), taropy.create(native=native) as t:
        1 / 0  # noqa: B018
    with pytest.raises(TaroError, match="closed"):
        t.login()


@pytest.mark.anyio
async def test_an_async_with_block_closes_too():
    async with taropy.create() as t:
        await t.setStorage(key="a", data=1)
        phone = t.phone
    assert phone.closed


@pytest.mark.anyio
async def test_a_task_that_throws_when_aborted_keeps_nobody_from_closing():
    class Stubborn:
        def abort(self):
            raise ValueError("will not be aborted")

    t = taropy.create(native=SimpleNamespace(request=lambda options: Stubborn()))
    promises = [t.request("http://localhost") for _ in range(2)]
    with pytest.warns(taropy.UnhandledRejectionWarning, match="will not be aborted"):
        t.close()
    for promise in promises:
        with pytest.raises(TaroError, match="interrupted"):
            await promise


def test_a_runtime_that_nobody_holds_any_more_goes(native):
    t = taropy.create(native=native)
    t.login().result()
    gone = weakref.ref(t)
    del t
    gc.collect()
    assert gone() is None


# --- many ----------------------------------------------------------------------------------------------------------


def test_two_hundred_runtimes_at_once_share_nothing():
    async def one(number):
        async with taropy.create(PLATFORMS[number % 2], user=f"user-{number}") as t:
            heard = []
            t.eventCenter.on("done", heard.append)
            t.addInterceptor(lambda chain: f"intercepted by {number}")
            t.initPxTransform(targetUnit=f"u{number}")
            t.preload("number", number)
            await t.setStorage(key="number", data=number)
            code = (await t.login()).code
            await asyncio.sleep(0)
            t.eventCenter.trigger("done", number)
            return (
                (await t.getStorage(key="number")).data,
                t.getStorageInfoSync()["keys"] if number % 2 == 0 else ["number"],
                heard,
                await t.request("http://localhost"),
                t.pxTransform(1),
                t.Current.preloadData,
                code,
            )

    async def main():
        return await asyncio.gather(*(one(number) for number in range(200)))

    results = asyncio.run(main())
    assert [result[:6] for result in results] == [
        (n, ["number"], [n], f"intercepted by {n}", f"1u{n}", {"number": n}) for n in range(200)
    ]
    assert len({result[6] for result in results}) == 200


# --- small things of Taro's own --------------------------------------------------------------------------------------


def test_next_tick_comes_after_the_code_that_asks_for_it(taro):
    order = []

    async def main():
        taro.nextTick(lambda *given: order.append(given), 1, 2)
        order.append("code")
        await asyncio.sleep(0)

    asyncio.run(main())
    taro.nextTick(lambda: order.append("outside a loop: at once"))
    assert order == ["code", (1, 2), "outside a loop: at once"]
    with pytest.raises(taropy.ParameterError):
        taro.nextTick("not a function")


def test_preload_keeps_data_for_the_next_page(taro):
    taro.preload("a", 1)
    assert taro.Current.preloadData == taro.getCurrentInstance().preloadData == {"a": 1}
    taro.preload({"b": 2})
    assert taro.Current.preloadData == {"b": 2}


def test_app_info_names_taro(taro):
    info = taro.getAppInfo()
    assert (info.platform, info.taroVersion, info.designWidth) == ("mini", "4.2.1", 750)


def test_types_of_the_declaration_are_models(taro):
    assert taro.PageConfig.__name__ == "PageConfig"
    assert dict(taro.PageConfig(navigationBarTitleText="Home")) == {"navigationBarTitleText": "Home"}


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("alipay", "mini"), ("h5", "web"), ("harmony-hybrid", "web"), ("harmony", "harmony")],
)
def test_app_info_tells_the_kind_of_the_platform_as_builds_do(platform, kind):
    assert taropy.create(platform, native=object()).getAppInfo().platform == kind


@pytest.mark.parametrize("platform", ["weapp", "h5"])
def test_env_has_what_builds_write_into_programs_and_what_the_host_has(platform):
    kind = {"weapp": "mini", "h5": "web"}[platform]
    build = {"FRAMEWORK": "react", "TARO_ENV": platform, "TARO_PLATFORM": kind, "TARO_VERSION": "4.2.1"}
    assert taropy.create(platform, native=object()).env == build
    there = SimpleNamespace(env={"TARO_ENV": platform, "FRAMEWORK": "vue3", "USER_DATA_PATH": "usr://"})
    assert taropy.create(platform, native=there).env == {**build, **there.env}


def broken():
    raise RuntimeError("no answer")


@pytest.mark.parametrize("answer", [lambda: None, dict, lambda: {"platform": None}, lambda: {"platform": 3}, broken])
@pytest.mark.parametrize("platform", PLATFORMS)
def test_who_cannot_tell_does_not_show_webp(platform, answer):
    assert taropy.create(platform, native=SimpleNamespace(getSystemInfoSync=answer)).canIUseWebp() is False


@pytest.mark.parametrize(("answer", "shows"), [(lambda: True, True), (lambda: False, False), (broken, False)])
def test_a_browser_is_asked_whether_it_shows_webp(answer, shows):
    assert taropy.create("h5", native=SimpleNamespace(canIUseWebp=answer)).canIUseWebp() is shows


def test_webp_shows_where_it_shows_in_taro():
    for system, shows in (("android", True), ("devtools", True), ("ios", False)):
        native = Everything()
        native.getSystemInfoSync = lambda system=system: {"platform": system}
        assert taropy.create(native=native).canIUseWebp() is shows
    assert taropy.create(native=object()).canIUseWebp() is False


def test_a_function_kept_from_a_closed_runtime_calls_nothing(native):
    calls = []
    native.login = lambda options: calls.append(options)
    native.getStorageSync = calls.append
    taro = taropy.create("weapp", native=native)
    login, get = taro.login, taro.getStorageSync
    taro.close()
    with pytest.raises(TaroError) as refused:
        login().result()
    assert refused.value.errMsg == "login:fail this runtime is closed"
    with pytest.raises(TaroError):
        get("key")
    assert calls == []
