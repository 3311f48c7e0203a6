"""Taro's hooks: where each may be called, on which platforms, and what it hears."""

from __future__ import annotations

from typing import Any

import pytest
from diaries import HOME, LIST, SCENES, told_path, told_query, told_route

import taropy
from taropy import spec

HOOKS = [name for name in spec.members() if spec.member(name).group == "taro.hooks"]
APP_HOOKS = {"useLaunch", "useError", "usePageNotFound", "useUnhandledRejection"}
BOTH = {"useDidShow", "useDidHide", "useRouter"}
PAGE_HOOKS = [name for name in HOOKS if name not in APP_HOOKS and name != "useRouter"]


def on(*names: str) -> list[Any]:
    """Each hook on each platform that has it."""
    return [(name, platform) for name in names for platform in sorted(spec.supported_on(name))]


def app_of(page: Any, entry: Any = None, tabs: bool = False, **settings: Any) -> taropy.App:
    bar = {"tabBar": {"list": [{"pagePath": HOME, "text": "a"}, {"pagePath": LIST, "text": "b"}]}} if tabs else {}
    app = taropy.App(pages=[HOME, LIST], **bar)
    app.page(HOME, enablePullDownRefresh=True, pageOrientation="auto", **settings)(page)
    app.page(LIST)(lambda: None)
    if entry is not None:
        app.entry(entry)
    return app


def test_the_group_has_23_hooks():
    assert len(HOOKS) == 23


# What has a page hear of each event, and what it then hears.
def leave(t: Any) -> None:
    t.navigateTo(url=f"/{LIST}").result()


def close(t: Any) -> None:
    t.reLaunch(url=f"/{LIST}").result()


def nothing(t: Any) -> None:
    """The launch itself."""


DEEDS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "useLoad": (nothing, ({"id": "7"},)),
    "useDidShow": (nothing, ({},)),
    "useReady": (nothing, ()),
    "useDidHide": (leave, ()),
    "useUnload": (close, ()),
    "usePullDownRefresh": (lambda t: t.phone.pages.pull_down(), ()),
    "useReachBottom": (lambda t: t.phone.pages.scroll_to_bottom(), ()),
    "usePageScroll": (lambda t: t.phone.pages.scroll(9), ({"scrollTop": 9},)),
    "useTabItemTap": (lambda t: t.phone.pages.tap_tab(0), ({"index": "0", "pagePath": HOME, "text": "a"},)),
    "useKeyboardHeight": (lambda t: t.phone.keyboard.show(300), ({"height": 300},)),
    "useTitleClick": (lambda t: t.phone.pages.tell("onTitleClick"), ()),
    "useOptionMenuClick": (lambda t: t.phone.pages.tell("onOptionMenuClick"), ()),
    "usePullIntercept": (lambda t: t.phone.pages.tell("onPullIntercept"), ()),
    "useSaveExitState": (lambda t: t.phone.background(), ()),
    "useAddToFavorites": (lambda t: t.phone.pages.add_to_favorites(), ({"webviewUrl": ""},)),
}


def deed_of(name: str, platform: str) -> tuple[Any, tuple[Any, ...]]:
    """What is done, and what the page hears of it there."""
    deed, told = DEEDS[name]
    if name == "useLoad":
        told = (told_query(platform, "AA", **told[0]),)
    elif name == "useTabItemTap" and platform in ("h5", "harmony-hybrid"):
        told = ({"index": 0, "pagePath": f"/{HOME}", "text": "a"},)
    return deed, told


@pytest.mark.parametrize(("name", "platform"), on(*DEEDS))
def test_what_a_page_hears(name, platform):
    deed, told = deed_of(name, platform)
    heard = []

    def page(Taro):
        getattr(Taro, name)(lambda *arguments: heard.append(arguments))

    with taropy.create(platform) as t:
        app_of(page, tabs=name == "useTabItemTap").launch(t, query={"id": "7"}).result()
        deed(t)
        assert heard == [told]


@pytest.mark.parametrize(("name", "platform"), on("useResize"))
def test_a_page_hears_of_its_size(name, platform):
    heard = []
    with taropy.create(platform) as t:
        app_of(lambda Taro: Taro.useResize(heard.append)).launch(t).result()
        t.phone.rotate("landscape")
        assert [size.deviceOrientation for size in heard] == ["landscape"]


def told_scene(platform, scene):
    """A scene as the platform tells it: Douyin's are texts."""
    return str(scene) if platform == "tt" else scene


@pytest.mark.parametrize(("name", "platform"), on("useLaunch"))
def test_the_app_hears_of_its_launch(name, platform):
    heard = []
    with taropy.create(platform) as t:
        app_of(lambda: None, lambda Taro: Taro.useLaunch(heard.append)).launch(t, scene=1011).result()
        assert [(options.path, options.scene) for options in heard] == [
            (told_route(platform, HOME), told_scene(platform, 1011))
        ]


@pytest.mark.parametrize(("name", "platform"), on("useDidShow"))
def test_the_app_hears_of_background_and_foreground(name, platform):
    heard = []

    def entry(Taro):
        Taro.useDidShow(lambda options: heard.append(options.scene))
        Taro.useDidHide(lambda: heard.append("hidden"))

    with taropy.create(platform) as t:
        app_of(lambda: None, entry).launch(t).result()
        t.phone.background()
        t.phone.foreground(scene=1089)
        assert heard == [told_scene(platform, SCENES.get(platform, 1001)), "hidden", told_scene(platform, 1089)]


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
@pytest.mark.parametrize(("name", "platform"), on("useError"))
def test_the_app_hears_of_errors(name, platform):
    heard = []

    def page(Taro):
        Taro.usePullDownRefresh(lambda: 1 / 0)

    with taropy.create(platform) as t:
        app_of(page, lambda Taro: Taro.useError(heard.append)).launch(t).result()
        t.phone.pages.pull_down()
        assert len(heard) == 1
        assert "division by zero" in heard[0]


@pytest.mark.parametrize(("name", "platform"), on("useUnhandledRejection"))
def test_the_app_hears_of_unhandled_rejections(name, platform):
    heard = []

    async def fail():
        raise ValueError("out of tea")

    def page(Taro):
        Taro.usePullDownRefresh(fail)

    with taropy.create(platform) as t:
        app_of(page, lambda Taro: Taro.useUnhandledRejection(lambda res: heard.append(res.reason))).launch(t).result()
        with pytest.warns(taropy.UnhandledRejectionWarning, match="out of tea"):
            t.phone.pages.pull_down()
        assert [str(reason) for reason in heard] == ["out of tea"]


@pytest.mark.parametrize(("name", "platform"), on("usePageNotFound"))
def test_the_app_hears_of_pages_that_are_not_there(name, platform):
    heard = []
    with taropy.create(platform) as t:
        app_of(lambda: None, lambda Taro: Taro.usePageNotFound(heard.append)).launch(t, path="gone").result()
        missing = {"path": told_route(platform, "gone"), "query": told_query(platform, "AB"), "isEntryPage": True}
        assert heard == [missing]


@pytest.mark.parametrize(("name", "platform"), on("useRouter"))
def test_the_router_of_the_page_that_is_set_up(name, platform):
    routers = {}

    def page(Taro):
        routers["page"] = Taro.useRouter()
        routers["dynamic"] = Taro.useRouter(True)

    def entry(Taro):
        routers["app"] = Taro.useRouter()

    with taropy.create(platform) as t:
        app_of(page, entry).launch(t, query={"id": "7"}).result()
        assert (routers["page"].params.id, routers["page"].path) == ("7", told_path(platform, HOME, "AA"))
        assert routers["dynamic"] is routers["page"]
        assert (routers["app"].params.id, routers["app"].scene) == (
            "7",
            told_scene(platform, SCENES.get(platform, 1001)),
        )


def test_a_dynamic_router_is_that_of_the_page_in_front_whenever_it_is_asked_for(on_phone):
    app_of(lambda: None).launch(on_phone).result()
    assert on_phone.useRouter(True).path == f"/{HOME}"
    on_phone.navigateTo(url=f"/{LIST}?id=7").result()
    assert on_phone.useRouter(True) is on_phone.getCurrentInstance().router
    assert on_phone.useRouter(dynamic=True).params.id == "7"


def test_several_hooks_of_a_kind_are_called_in_their_order_and_the_first_answers(on_phone):
    heard = []

    def page(Taro):
        for answer in ("first", "second"):
            Taro.useSaveExitState(lambda answer=answer: heard.append(answer) or answer)

    app_of(page).launch(on_phone).result()
    assert on_phone.phone.pages.tell("onSaveExitState") == "first"
    assert heard == ["first", "second"]


@pytest.mark.parametrize(
    ("name", "setting", "share"),
    [
        ("useShareTimeline", "enableShareTimeline", lambda pages: pages.share_timeline()),
        ("useShareAppMessage", "enableShareAppMessage", lambda pages: taropy.run(pages.share())),
    ],
)
def test_a_function_page_is_shared_if_its_settings_let_it_be(name, setting, share, on_phone):
    def page(Taro):
        getattr(Taro, name)(lambda: {"title": "Tea"})

    app_of(page).launch(on_phone).result()
    with pytest.raises(LookupError, match=f"{setting}=True"):
        share(on_phone.phone.pages)
    app_of(page, **{setting: True}).launch(on_phone).result()
    assert share(on_phone.phone.pages)["title"] == "Tea"


@pytest.mark.parametrize("page", [lambda: None, type("Home", (), {})], ids=["function", "class"])
def test_settings_let_a_page_be_shared_that_has_nothing_to_say(page, on_phone):
    app = app_of(page, enableShareAppMessage=True, enableShareTimeline=True, navigationBarTitleText="Tea")
    app.launch(on_phone).result()
    assert taropy.run(on_phone.phone.pages.share()) == {"title": "Tea", "path": f"/{HOME}"}
    assert on_phone.phone.pages.share_timeline() == {"title": "Tea", "query": ""}


# --- as methods ----------------------------------------------------------------------------------------------------

METHODS = {"useDidShow": "onShow", "useDidHide": "onHide"}


@pytest.mark.parametrize(("name", "platform"), on(*DEEDS))
def test_a_method_hears_what_a_hook_hears(name, platform):
    deed, told = deed_of(name, platform)
    heard = []

    class Page:
        pass

    setattr(Page, METHODS.get(name, name.replace("use", "on", 1)), lambda self, *arguments: heard.append(arguments))
    with taropy.create(platform) as t:
        app_of(Page, tabs=name == "useTabItemTap").launch(t, query={"id": "7"}).result()
        deed(t)
        assert heard == [told]


# --- in the wrong place --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_outside_of_any_page(name):
    t = taropy.create(min(spec.supported_on(name)))
    with t, pytest.raises(taropy.TaroError, match=f"{name}:fail a hook is called while the function of a page"):
        getattr(t, name)(*([] if name == "useRouter" else [print]))


def raised_in(setup: Any, *, entry: bool) -> list[str]:
    """What hooks raise in a page's function, or in the app's."""
    messages = []

    def guarded(Taro):
        try:
            setup(Taro)
        except taropy.TaroError as error:
            messages.append(error.errMsg)

    with taropy.create("weapp") as t:
        app_of(*((lambda: None, guarded) if entry else (guarded,))).launch(t).result()
    return messages


@pytest.mark.parametrize("name", sorted(APP_HOOKS))
def test_a_hook_of_the_app_in_a_page(name):
    belongs = f"{name}:fail it belongs in the app's function (@app.entry), and this is the page '{HOME}'"
    assert raised_in(lambda Taro: getattr(Taro, name)(print), entry=False) == [belongs]


@pytest.mark.parametrize(
    "name", [name for name in PAGE_HOOKS if name not in BOTH and "weapp" in spec.supported_on(name)]
)
def test_a_hook_of_a_page_in_the_app(name):
    belongs = f"{name}:fail it belongs in the function of a page (@app.page), and this is the app"
    assert raised_in(lambda Taro: getattr(Taro, name)(print), entry=True) == [belongs]


def test_a_hook_takes_a_function():
    assert raised_in(lambda Taro: Taro.useLoad(5), entry=False) == [
        "useLoad:fail parameter error: parameter.callback should be Function"
    ]
    assert raised_in(lambda Taro: Taro.useLoad(), entry=False)[0].startswith("useLoad:fail parameter error")


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_hook_in_a_handler_is_too_late(on_phone):
    heard = []

    def page(Taro):
        Taro.useReady(lambda: Taro.useDidHide(print))

    app_of(page, lambda Taro: Taro.useError(heard.append)).launch(on_phone).result()
    assert "and not later" in heard[0]


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_hook_of_another_runtime_does_not_hook_in(on_phone):
    heard = []
    with taropy.create("weapp") as other:
        app_of(lambda: other.useLoad(print), lambda Taro: Taro.useError(heard.append)).launch(on_phone).result()
    assert "useLoad:fail a hook is called while" in heard[0]


@pytest.mark.filterwarnings("ignore::taropy.UnhandledErrorWarning")
def test_a_platform_without_the_hook_says_so(on_phone):
    heard = []
    with taropy.create("tt") as t:
        app_of(lambda Taro: Taro.useTitleClick(print), lambda Taro: Taro.useError(heard.append)).launch(t).result()
    assert "useTitleClick is not supported on tt (supported on alipay)" in heard[0]
