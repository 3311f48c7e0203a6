"""The life of an app: launched, hidden, shown again, turned, made dark, and told of what goes wrong."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from diaries import DETAIL, HOME, LIST, SCENES, Diary, told_query, told_route
from natively import call

import taropy
from taropy import spec
from taropy.phone import Phone

HYBRID = "harmony-hybrid"


def platforms_with(*names: str) -> list[str]:
    return sorted(set.intersection(*(set(spec.supported_on(name)) for name in names)))


@pytest.fixture
def diary() -> Diary:
    return Diary()


def told(t: Any, *events: str) -> list[Any]:
    """What the program's listeners of `on…` functions hear from now on."""
    heard: list[Any] = []
    for event in events:
        getattr(t, event)(lambda res, event=event: heard.append((event, res)))
    return heard


# --- launch --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", [each for each in platforms_with("getLaunchOptionsSync") if each != HYBRID])
def test_what_an_app_is_launched_with(platform: str, diary: Diary) -> None:
    with taropy.create(platform) as t:
        came_from = {"appId": "wx1", "extraData": {"a": 1}}
        diary.app.launch(t, path=f"/{DETAIL}?id=7", query={"b": "2"}, scene=1037, referrerInfo=came_from).result()
        options = t.getLaunchOptionsSync()
        query = told_query(platform, "AA", id="7", b="2")
        scene = "1037" if platform == "tt" else 1037
        assert (options.path, options.query, options.scene) == (told_route(platform, DETAIL), query, scene)
        ticket = None if platform in ("alipay", "tt") else ""
        assert (options.referrerInfo.appId, options.shareTicket) == ("wx1", ticket)
        assert diary.last("app.onLaunch") == diary.last("app.onShow")
        assert diary.last("app.onShow").referrerInfo == came_from
        assert diary.last("detail.onLoad") == query


def test_harmony_hybrid_tells_of_a_launch_neither_scene_nor_ticket(diary: Diary) -> None:
    with taropy.create(HYBRID) as t:
        diary.app.launch(t, path=f"/{DETAIL}?id=7", scene=1037).result()
        assert t.getLaunchOptionsSync() == {
            "path": f"/{DETAIL}", "query": {"id": "7", "stamp": "AA"}, "referrerInfo": {}, "apiCategory": "default",
        }  # fmt: skip


def test_without_a_path_the_first_page_opens_or_the_one_named(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    assert weapp.getLaunchOptionsSync().path == HOME
    Diary(entryPagePath=LIST).app.launch(weapp).result()
    assert weapp.phone.pages.routes == [LIST]


def test_without_a_query_alipays_options_have_none(diary: Diary) -> None:
    with taropy.create("alipay") as t:
        heard = told(t, "onAppShow")
        diary.app.launch(t).result()
        assert t.getLaunchOptionsSync().query is t.getEnterOptionsSync().query is None
        assert diary.last("app.onLaunch").keys() == {"path", "query", "scene", "referrerInfo"}
        assert [res.query for _, res in heard] == [None]
        t.phone.background()
        t.phone.foreground(query={"id": "7"})
        assert t.getEnterOptionsSync().query == {"id": "7"}


def test_what_the_program_does_with_the_options_stays_its_own(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp, query={"id": "7"}).result()
    weapp.getLaunchOptionsSync().query["id"] = "8"
    diary.last("app.onLaunch").query["id"] = "9"
    assert weapp.getLaunchOptionsSync().query == {"id": "7"}


def test_an_app_that_was_never_launched_counts_as_opened_from_the_list(weapp: Any) -> None:
    options = weapp.getLaunchOptionsSync()
    assert (options.path, options.query, options.scene) == ("pages/index/index", {}, 1001)
    assert vars(weapp.getEnterOptionsSync()).keys() == vars(options).keys()


def test_a_launch_while_the_app_runs_begins_anew(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    weapp.navigateTo(url=f"/{LIST}").result()
    diary.new()
    diary.app.launch(weapp).result()
    assert diary.new() == "app.onLaunch app.onShow home.onLoad home.onShow home.onReady"


def test_the_app_launched_last_is_in_front(diary: Diary) -> None:
    phone = Phone()
    with taropy.create("weapp", phone=phone) as weapp, taropy.create("tt", phone=phone) as tt:
        diary.app.launch(weapp).result()
        Diary().app.launch(tt, path=LIST).result()
        assert phone.pages.routes == [LIST]
        assert phone.pages.stack(phone.app("weapp"))[-1].route == HOME


# --- an unknown page -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", platforms_with("onPageNotFound", "redirectTo"))
def test_a_launch_to_an_unknown_page(platform: str, diary: Diary) -> None:
    with taropy.create(platform) as t:
        heard = told(t, "onPageNotFound")
        diary.app.launch(t, path="pages/gone/index", query={"id": "7"}).result()
        assert diary.new() == "app.onLaunch app.onShow app.onPageNotFound"
        path, query = told_route(platform, "pages/gone/index"), told_query(platform, "AB", id="7")
        missing = {"path": path, "query": query, "isEntryPage": True}
        assert diary.last("app.onPageNotFound") == missing
        assert [(event, vars(res)) for event, res in heard] == [("onPageNotFound", missing)]
        t.redirectTo(url=f"/{LIST}").result()
        assert t.phone.pages.routes == [LIST]


def test_the_app_may_open_another_page_at_once(weapp: Any, diary: Diary) -> None:
    weapp.onPageNotFound(lambda res: weapp.redirectTo(url=f"/{DETAIL}?from={res.path}"))
    diary.app.launch(weapp, path="pages/gone/index").result()
    assert weapp.phone.pages.routes == [DETAIL]
    assert diary.last("detail.onLoad") == {"from": "pages/gone/index"}


# --- background and foreground -------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", platforms_with("onAppShow", "onAppHide", "getEnterOptionsSync"))
def test_an_app_in_the_background_and_back(platform: str, diary: Diary) -> None:
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        heard = told(t, "onAppShow", "onAppHide")
        diary.new()
        t.phone.background()
        assert diary.new() == "home.onHide app.onHide"
        t.phone.foreground(scene=1038, referrerInfo={"appId": "wx1"})
        assert diary.new() == "app.onShow home.onShow"
        assert [event for event, _ in heard] == ["onAppHide", "onAppShow"]
        assert (heard[1][1].scene, heard[1][1].referrerInfo.appId) == (1038, "wx1")
        assert t.getEnterOptionsSync().scene == 1038
        assert t.getLaunchOptionsSync().get("scene") == (None if platform == HYBRID else SCENES.get(platform, 1001))


def test_what_is_hidden_is_not_hidden_again(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    diary.new()
    weapp.phone.foreground()
    assert diary.new() == ""
    weapp.phone.background()
    weapp.phone.background()
    assert diary.new() == "home.onHide app.onHide"


def test_an_app_is_shown_by_the_options_that_there_are(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    with pytest.raises(TypeError, match=r"not launched or shown with 'pth'; did you mean 'path'\?"):
        weapp.phone.foreground(pth=DETAIL)


def test_a_way_back_to_another_page_re_launches(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    weapp.phone.background()
    diary.new()
    weapp.phone.foreground(scene=1007, path=f"{DETAIL}?id=7")
    assert diary.new() == "app.onShow home.onUnload detail.onLoad detail.onShow detail.onReady"
    assert weapp.phone.pages.routes == [DETAIL]


EVENTS = (
    "AppHide",
    "AppShow",
    "AudioInterruptionBegin",
    "AudioInterruptionEnd",
    "Error",
    "PageNotFound",
    "ThemeChange",
)


def happen(event: str, t: Any) -> None:
    """Has the event happen to a launched app."""
    lifecycle = t.phone.lifecycle
    if event == "PageNotFound":
        failing().launch(t, path="pages/none").result()
        return
    failing(onError=lambda *_: None).launch(t).result()
    {
        "AppHide": t.phone.background,
        "AppShow": lambda: None,  # the launch has shown it
        "AudioInterruptionBegin": lifecycle.interrupt_audio,
        "AudioInterruptionEnd": lifecycle.resume_audio,
        "Error": t.phone.pages.pull_down,
        "ThemeChange": lambda: setattr(t.phone.system, "theme", "dark"),
    }[event]()


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
@pytest.mark.parametrize(
    ("event", "platform"),
    [(event, platform) for event in EVENTS for platform in platforms_with(f"on{event}", f"off{event}")],
)
def test_one_listener_is_taken_off_and_the_other_stays(event: str, platform: str) -> None:
    gone: list[Any] = []
    stays: list[Any] = []
    with taropy.create(platform) as t:
        getattr(t, f"on{event}")(gone.append)
        getattr(t, f"on{event}")(stays.append)
        getattr(t, f"off{event}")(gone.append)
        happen(event, t)
    assert gone == []
    assert len(stays) == 1


def test_a_listener_is_taken_off(weapp: Any) -> None:
    heard: list[Any] = []
    weapp.onAppHide(heard.append)
    weapp.offAppHide(heard.append)
    weapp.native.onAppShow(heard.append)
    weapp.native.offAppShow()
    weapp.phone.background()
    weapp.phone.foreground()
    assert heard == []


@pytest.mark.parametrize("platform", platforms_with("exitMiniProgram"))
def test_an_app_that_exits_goes_to_the_background(platform: str, diary: Diary) -> None:
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        diary.new()
        assert t.exitMiniProgram().result().errMsg == "exitMiniProgram:ok"
        assert diary.new() == "home.onHide app.onHide"


# --- what a page finds again ---------------------------------------------------------------------------------------


def keeping(**limit: Any) -> taropy.App:
    """An app whose page keeps what was typed when the app is left."""
    app = taropy.App(pages=[HOME])

    class Home:
        exitState: Any = None

        def onSaveExitState(self) -> Any:
            return {"data": {"typed": "green t"}, **limit}

    app.page(HOME)(Home)
    return app


def found(t: Any, app: taropy.App) -> Any:
    app.launch(t).result()
    return t.getCurrentPages()[0].exitState


def test_a_page_finds_again_what_it_has_kept_once_and_for_a_day(weapp: Any) -> None:
    app = keeping()
    assert found(weapp, app) is None
    weapp.phone.background()
    assert found(weapp, app) == {"typed": "green t"}
    assert weapp.getCurrentInstance().router.exitState == {"typed": "green t"}
    assert found(weapp, app) is None
    weapp.phone.background()
    weapp.phone.clock.advance(24 * 3600)
    assert found(weapp, app) is None


def test_it_may_say_how_long(weapp: Any) -> None:
    app = keeping(expireTimeStamp=(weapp.phone.clock.now() + 60) * 1000)
    found(weapp, app)
    weapp.phone.background()
    weapp.phone.clock.advance(59)
    assert found(weapp, app) == {"typed": "green t"}
    weapp.phone.background()
    weapp.phone.clock.advance(2)
    assert found(weapp, app) is None


def test_a_limit_that_is_no_moment_is_none(weapp: Any) -> None:
    app = keeping(expireTimeStamp="tomorrow")
    found(weapp, app)
    weapp.phone.background()
    assert found(weapp, app) == {"typed": "green t"}


# --- from app to app -----------------------------------------------------------------------------------------------


OTHER_APPS = [
    (name, platform)
    for name in ("navigateToMiniProgram", "openEmbeddedMiniProgram")
    for platform in platforms_with(name)
]


@pytest.mark.parametrize(("name", "platform"), OTHER_APPS)
def test_opening_another_app(name: str, platform: str, diary: Diary) -> None:
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        diary.new()
        appid = "2018072560844004" if platform == "alipay" else "wx1"
        assert getattr(t, name)(appId=appid, path="pages/a").result().errMsg == f"{name}:ok"
        assert diary.new() == "home.onHide app.onHide"
        asked = t.phone.person.asked[-1]
        assert (asked.kind, asked.shown) == (name, {"appId": appid, "path": "pages/a"})


@pytest.mark.parametrize("name", ["navigateToMiniProgram", "openEmbeddedMiniProgram"])
def test_another_app_is_opened_by_its_link_and_with_data(weapp: Any, name: str) -> None:
    getattr(weapp, name)(shortLink="#小程序://tea/x", extraData={"a": 1}, envVersion="trial").result()
    assert weapp.phone.person.asked[-1].shown == {
        "appId": "",
        "path": "",
        "shortLink": "#小程序://tea/x",
        "extraData": {"a": 1},
        "envVersion": "trial",
    }


@pytest.mark.parametrize(
    ("appid", "reason"), [("", "invalid appid"), ("own", "can't navigate to myself"), ("wx1", "cancel")]
)
@pytest.mark.parametrize("name", ["navigateToMiniProgram", "openEmbeddedMiniProgram"])
def test_another_app_that_does_not_open(weapp: Any, name: str, appid: str, reason: str) -> None:
    weapp.phone.person.script(name, allow=False)
    appid = weapp.phone.app("weapp").appid if appid == "own" else appid
    with pytest.raises(taropy.TaroError) as caught:
        getattr(weapp, name)(appId=appid).result()
    assert caught.value.errMsg == f"{name}:fail {reason}"


@pytest.mark.parametrize("platform", platforms_with("navigateBackMiniProgram"))
def test_going_back_to_the_app_that_opened_this_one(platform: str, diary: Diary) -> None:
    with taropy.create(platform) as t:
        with pytest.raises(taropy.TaroError, match="not MiniProgram can navigate back"):
            t.navigateBackMiniProgram().result()
        diary.app.launch(t, scene=1037, referrerInfo={"appId": "wx1"}).result()
        diary.new()
        t.navigateBackMiniProgram().result()
        assert diary.new() == "home.onHide app.onHide"


# --- theme, orientation, sound -------------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", platforms_with("onThemeChange"))
def test_an_app_with_a_dark_theme_hears_of_it(platform: str) -> None:
    diary = Diary(darkmode=True)
    with taropy.create(platform) as t:
        diary.app.launch(t).result()
        heard = told(t, "onThemeChange")
        diary.new()
        t.phone.system.theme = "dark"
        t.phone.system.theme = "dark"
        assert (diary.new(), diary.last("app.onThemeChange")) == ("app.onThemeChange", {"theme": "dark"})
        assert [res.theme for _, res in heard] == ["dark"]


def test_an_app_without_one_does_not(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    heard = told(weapp, "onThemeChange")
    diary.new()
    weapp.phone.system.theme = "dark"
    assert (diary.new(), heard) == ("", [])


def test_a_page_in_a_browser_hears_of_it_without_any_setting(diary: Diary) -> None:
    with taropy.create("h5") as t:
        diary.app.launch(t).result()
        heard = told(t, "onThemeChange")
        t.phone.system.theme = "dark"
        t.phone.system.theme = "light"
        assert [res.theme for _, res in heard] == ["dark", "light"]


def test_without_a_launched_app_listeners_hear_of_the_theme(weapp: Any) -> None:
    heard = told(weapp, "onThemeChange")
    weapp.phone.system.theme = "dark"
    assert [res.theme for _, res in heard] == ["dark"]


def test_a_page_that_turns_with_the_phone_hears_of_its_size(weapp: Any) -> None:
    diary = Diary(window={"pageOrientation": "auto"})
    diary.app.launch(weapp).result()
    upright = weapp.getWindowInfo()
    diary.new()
    weapp.phone.rotate("landscape")
    assert diary.new() == "home.onResize"
    resized = diary.last("home.onResize")
    assert (resized.deviceOrientation, resized.size.screenWidth) == ("landscape", upright.screenHeight)
    weapp.phone.rotate("landscape")
    assert diary.new() == ""


def test_a_page_that_stays_upright_does_not(weapp: Any, diary: Diary) -> None:
    diary.app.launch(weapp).result()
    diary.new()
    weapp.phone.rotate("landscape")
    assert diary.new() == ""


def test_a_phone_has_two_orientations(weapp: Any) -> None:
    with pytest.raises(ValueError, match="there are portrait, landscape"):
        weapp.phone.rotate("upside down")


@pytest.mark.parametrize("platform", platforms_with("onAudioInterruptionBegin", "onAudioInterruptionEnd"))
def test_a_call_takes_the_sound_and_gives_it_back(platform: str) -> None:
    with taropy.create(platform) as t:
        heard = told(t, "onAudioInterruptionBegin", "onAudioInterruptionEnd")
        t.phone.lifecycle.interrupt_audio()
        t.phone.lifecycle.resume_audio()
        assert [event for event, _ in heard] == ["onAudioInterruptionBegin", "onAudioInterruptionEnd"]


# --- what goes wrong -----------------------------------------------------------------------------------------------


def failing(**methods: Any) -> taropy.App:
    app = taropy.App(pages=[HOME], darkmode=True)

    def fail(*_: Any) -> None:
        raise ValueError("out of tea")

    app.page(HOME, enablePullDownRefresh=True)(type("Home", (), {"onPullDownRefresh": fail}))
    app.entry(type("Main", (), methods))
    return app


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
@pytest.mark.parametrize("platform", sorted({*platforms_with("onError")} - {"alipay"}))
def test_what_a_handler_throws_comes_to_on_error(platform: str) -> None:
    heard: list[str] = []
    with taropy.create(platform) as t:
        failing(onError=lambda app, text: heard.append(text)).launch(t).result()
        t.onError(heard.append)
        t.phone.pages.pull_down()
        assert len(heard) == 2
        for text in heard:
            assert text.startswith("MiniProgramError\nout of tea\n")
            assert "ValueError: out of tea" in text
            assert text.count("File") == 1, "no line but the app's own"
        assert [str(error) for error in t.phone.lifecycle.errors] == ["out of tea"]


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_on_alipay_message_and_stack_come_apart() -> None:
    heard: list[tuple[str, str]] = []
    with taropy.create("alipay") as t:
        failing(onError=lambda app, *told: heard.append(told)).launch(t).result()
        t.onError(lambda *told: heard.append(told))
        t.phone.pages.pull_down()
        assert [message for message, _ in heard] == ["out of tea", "out of tea"]
        for _, stack in heard:
            assert stack.endswith("ValueError: out of tea\n")
            assert stack.count("File") == 1, "no line but the app's own"


def test_nobody_who_listens_is_no_reason_to_be_silent(weapp: Any) -> None:
    failing().launch(weapp).result()
    with pytest.raises(ValueError, match="out of tea"):
        weapp.phone.pages.pull_down()


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
@pytest.mark.anyio
async def test_in_an_event_loop_it_is_reported_by_the_loop() -> None:
    reported: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))
    async with taropy.create("weapp") as t:
        await failing().launch(t)
        t.phone.pages.pull_down()
    (context,) = reported
    assert context["message"] == f"onPullDownRefresh of {HOME} threw"
    assert str(context["exception"]) == "out of tea"


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_an_on_error_that_throws_ends_there(weapp: Any) -> None:
    def worse(*_: Any) -> None:
        raise RuntimeError("worse")

    failing(onError=worse).launch(weapp).result()
    with pytest.raises(RuntimeError, match="worse"):
        weapp.phone.pages.pull_down()


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_page_that_cannot_be_made_is_blank(weapp: Any) -> None:
    heard: list[str] = []
    app = taropy.App(pages=[HOME, LIST])

    class Broken:
        def __init__(self) -> None:
            raise ValueError("out of tea")

    app.page(HOME)(type("Home", (), {}))
    app.page(LIST)(Broken)
    app.launch(weapp).result()
    weapp.onError(heard.append)
    weapp.navigateTo(url=f"/{LIST}").result()
    assert weapp.phone.pages.routes == [HOME, LIST]
    assert len(heard) == 1


@pytest.mark.parametrize("name", ["navigateToMiniProgram", "openEmbeddedMiniProgram"])
def test_the_native_functions_mind_wrong_options(weapp: Any, name: str) -> None:
    fault = f"{name}:fail parameter error: parameter.appId should be String instead of Undefined"
    assert call(weapp.native, name)["errMsg"] == fault
    fault = f"{name}:fail parameter error: parameter.extraData should be Object instead of String"
    assert call(weapp.native, name, appId="wx1", extraData="a")["errMsg"] == fault
    assert call(weapp.native, "navigateBack", delta="1")["errMsg"].startswith("navigateBack:fail parameter error")
