"""A suite as one writes it for minium, unchanged but for the port; run by `test_clients.py`, in a Python that has it.

It prints, as JSON, which public methods of the client have succeeded, and which there are.
"""

from __future__ import annotations

import base64
import functools
import inspect
import json
import os
import sys
import time
import traceback

import minium
from minium.miniprogram.base_driver import app as app_module
from minium.miniprogram.base_driver import element as elements
from minium.miniprogram.base_driver.page.page import Page
from minium.miniprogram.wx_minium import WXMinium
from minium.native.wx_native.idenative import IdeNative

worked: set[str] = set()
members: dict[str, list[str]] = {}

KINDS = {
    "Minium": (WXMinium,),
    "App": (app_module.App,),
    "Page": (Page,),
    "Element": (elements.BaseElement,),
    "FormElement": (elements.FormElement,),
    "ViewElement": (elements.ViewElement,),
    "VideoElement": (elements.VideoElement,),
    "AudioElement": (elements.AudioElement,),
    "LivePlayerElement": (elements.LivePlayerElement,),
    "LivePusherElement": (elements.LivePusherElement,),
    "CustomElement": (elements.CustomElement,),
    "Native": (IdeNative,),
}


def watched(key, function):
    @functools.wraps(function)
    def call(*given, **named):
        result = function(*given, **named)
        worked.add(key)
        return result

    return call


for name, kinds in KINDS.items():
    for kind in kinds:
        for member, value in list(vars(kind).items()):
            if member.startswith("_"):
                continue
            key = f"{name}.{member}"
            if inspect.isfunction(value):
                setattr(kind, member, watched(key, value))
            elif isinstance(value, property):
                setattr(kind, member, property(watched(key, value.fget), value.fset))
            else:
                continue
            members.setdefault(name, []).append(member)


def main(port):
    mini = minium.Minium(
        {
            "test_port": port, "outputs": sys.argv[2], "debug_mode": "error", "report_usage": False,
            "request_timeout": 15,
        },
        uri="ws://127.0.0.1",
    )  # fmt: skip
    app, native = mini.app, mini.native
    assert mini.page.path == "/pages/shop/index"
    assert mini.get_system_info()["platform"] == "devtools"
    assert mini.get_app_config("pages")["pages"][0] == "pages/shop/index"
    assert len(mini.get_test_accounts()) == 1
    mini.clear_auth()
    mini.reset_remote_debug()

    # --- the app
    assert app.env == {"injected": True, "isThirdApp": False}
    assert app.app_id.startswith("wx")
    assert app.get_account_info_sync().result.result.miniProgram.appId == app.app_id
    assert app.pixel_ratio == 3
    assert app.main_page_path.path == "/pages/shop/index"
    assert app.get_all_pages_path()[2] == "pages/tea/index"
    assert app.screen_shot()[1:4] == b"PNG"
    assert app.evaluate("function (a) { return a + 1 }", [4], sync=True).result.result == 5
    sent = app.evaluate("function () { return 7 }")
    assert app.get_async_response(sent, 5).result.result == 7
    app.enable_log()
    lines = []
    app.add_observer("App.logAdded", lines.append)
    app.evaluate("function () { console.log('tea') }", sync=True)
    until(lambda: lines)
    app.remove_observer("App.logAdded")
    thrown = []
    app.on_exception_thrown(thrown.append)
    app.evaluate("function () { setTimeout(function () { throw new Error('out of tea') }, 1) }", sync=True)
    until(lambda: thrown)
    heard = minium.Callback()
    app.expose_function("heard", heard)
    app.evaluate("function () { heard(1, 2) }", sync=True)
    assert heard.get_callback_result(5) == [1, 2]

    # --- pages
    page = app.navigate_to("/pages/tea/index", {"id": "5"})
    assert (page.path, page.query) == ("/pages/tea/index", {"id": "5"})
    assert [each.path for each in app.get_page_stack()] == ["/pages/shop/index", "/pages/tea/index"]
    assert app.wait_for_page("/pages/tea/index", 2)
    assert app.navigate_back().path == "/pages/shop/index"
    assert app.redirect_to("/pages/tea/index").path == "/pages/tea/index"
    assert app.switch_tab("/pages/mine/index").path == "/pages/mine/index"
    rating = app.get_current_page().get_element("#rating")
    assert rating.data == {"stars": 3}
    rating.data = {"stars": 5}
    assert rating.data["stars"] == 5
    assert rating.call_method("rate", 2).result.result == "★★"
    assert rating.get_element(".star").inner_text == "3 stars"
    assert app.go_home().path == "/pages/shop/index"
    assert app.go_to("/pages/tea/index").path == "/pages/tea/index"
    assert app.relaunch("/pages/shop/index").path == "/pages/shop/index"
    app.wait_page_done()
    page = app.get_current_page()
    assert page.data["count"] == 0
    page.data = {"count": 4}
    assert page.data["count"] == 4
    assert page.wait_data_contains("teas", max_timeout=2)
    assert page.call_method("add", [2]).result.result == {"sum": 3}
    assert page.call_function("function () { return window.innerWidth }").result.result == 393
    assert page.inner_size["width"] == page.scroll_width == 393
    assert page.scroll_height > 2000
    page.scroll_to(25)
    assert (page.scroll_y, page.scroll_x) == (25, 0)
    assert page.navigation_style == "default"
    assert page.is_webview is False
    assert page.wxml.startswith("<view")
    assert page.wait_for(".tea", 2)
    assert page.wait_for(lambda: True)
    assert page.wait_for(0)

    # --- elements
    assert page.element_is_exists(".tea")
    assert not page.element_is_exists(".none", max_timeout=1)
    assert page.get_element("view", inner_text="Longjing").inner_text == "Longjing"
    assert len(page.get_elements(".tea")) == len(page.get_elements("//view[@class='tea']")) == 2
    assert page.get_element_by_xpath("/view[1]/text").text == "4"
    assert len(page.get_elements_by_xpath("//view[@class='tea']")) == 2
    top = page.get_element("#top")
    assert (top.inner_text, top.text, top.size, top.offset["left"]) == (
        "Teas: 4",
        "Teas: 4",
        {"width": 393, "height": 40},
        0,
    )
    assert top.rect["height"] == 40
    assert top.clientRect["top"] == top.offset["top"] - 25
    assert (top.page_scroll_x, top.page_scroll_y, top.page_offset["top"]) == (0, 25, 25)
    assert top.attribute("class") == ["head big"]
    assert top.styles("color") == ["red"]
    assert top.inner_wxml == "Teas: <text>4</text>"
    assert top.outer_wxml.startswith("<view")
    assert len(page.get_element("#outer").get_elements("view")) == 2
    assert page.get_element("#outer").get_element("view").inner_text == "in"
    assert top.data is None
    assert top.call_method("x") is None
    name = page.get_element("#name")
    name.input("Grace\n")
    assert (name.value, page.data["name"]) == ("Grace", "Grace")
    name.tap(force=True)
    name.click()
    page.get_element("#note").input("hot")
    gift = page.get_element("#gift")
    gift.switch()
    assert gift.checked is True
    page.get_element("#many").slide_to(3)
    page.get_element("#size").pick(1)
    listed = page.get_element("#list")
    listed.scroll_to(0, 60)
    assert listed.scroll_top["result"] == 60
    assert listed.scroll_left["result"] == 0
    listed.scroll_width, listed.scroll_height  # noqa: B018
    swiper = page.get_element("#swiper")
    swiper.swipe_to(2)
    swiper.trigger("change", {"current": 2})
    page.get_element("#ball").move_to(30, 40)
    page.data = {"happened": []}
    inner = page.get_element("#inner")
    inner.tap()
    inner.click()
    inner.long_press()
    touch = [{"identifier": 0, "pageX": 1, "pageY": 2, "clientX": 1, "clientY": 2}]
    inner.touch_start(touch, touch)
    inner.touch_move(touch, touch)
    inner.touch_end(touch)
    inner.touch_cancel()
    inner.move(5, 5, 10)
    inner.trigger("tap", {"hard": True})
    inner.trigger_events([{"type": "tap", "detail": {}, "interval": 0}])
    inner.dispatch_event("longpress", detail={"long": True})
    listed.call_func("scroll-view.scrollTop")
    elements.BaseElement.scroll_to(listed, 70, 0)
    assert listed.scroll_top["result"] == 70
    kinds = [kind for kind, at, _ in page.data["happened"] if at == "inner"]
    assert kinds.count("tap") == 4
    assert kinds.count("longpress") == 2, kinds

    # --- wx
    app.call_wx_method("setStorageSync", ["tea", {"hot": True}])
    assert app.call_wx_method("getStorageSync", ["tea"]).result.result == {"hot": True}
    assert app.get_async_response(app.call_wx_method_async("getSetting"), 5).result.result
    app.mock_wx_method("getNetworkType", result={"networkType": "2g", "errMsg": "getNetworkType:ok"})
    assert app.call_wx_method("getNetworkType").result.result["networkType"] == "2g"
    app.restore_wx_method("getNetworkType")
    assert app.call_wx_method("getNetworkType").result.result["networkType"] == "wifi"
    before, after = minium.Callback(), minium.Callback()
    hook = app.hook_wx_method("setStorageSync", before=before, after=after)
    app.call_wx_method("setStorageSync", ["tea", 1])
    assert before.get_callback_result(5) == ["tea", 1]
    assert after.wait_called(5)
    app.release_hook_wx_method("setStorageSync", hook)
    called = minium.Callback()
    app.hook_current_page_method("buy", called)
    app.mock_request({"url": "https://shop.example/.*"}, success={"data": {"sold": True}, "statusCode": 200})
    page.get_element("#buy").tap()
    until(lambda: page.data.get("answer") == {"sold": True})
    assert called.wait_called(5)
    app.release_hook_current_page_method("buy")
    app.mock_request_once({"url": "https://shop.example/once"}, fail="no network")
    app.restore_request()
    assert app.wait_util(0, 3)
    app.evaluate("function () { wx.cloud.init() }", sync=True)
    app.mock_call_function({"name": "steps"}, success={"result": 1})
    app.mock_call_function_once({"name": "steps"}, success={"result": 2})
    call = "function () { return wx.cloud.callFunction({ name: 'steps' }) }"
    assert app.evaluate(call, sync=True).result.result == {"result": 1}
    app.restore_call_function()
    app.mock_call_container({"path": "/x"}, success={"data": 1})
    app.mock_call_container_once({"path": "/x"}, success={"data": 1})
    app.restore_call_container()
    app.mock_get_location(latitude=1, longitude=2)
    assert app.call_wx_method("getLocation", {"type": "wgs84"}).result.result["latitude"] == 1
    asked = app.call_wx_method_async("showActionSheet", {"itemList": ["a", "b"]})
    until(lambda: native.handle_action_sheet("b"))
    assert app.get_async_response(asked, 5).result.result["tapIndex"] == 1
    for answer in (lambda: native.map_select_location("腾讯微信总部"), native.map_back_to_mp):
        mini.clear_auth()
        asked = app.call_wx_method_async("chooseLocation", {})
        until(lambda: native.allow_authorize(True))
        until(answer)
        app.get_async_response(asked, 5)
    app.mock_show_action_sheet(1)
    assert app.call_wx_method("showActionSheet", {"itemList": ["a", "b"]}).result.result["tapIndex"] == 1
    picture = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    app.reflesh_mocked_images(mock_images={"a.png": picture})
    assert app.mock_choose_image("b.png", picture)
    assert app.mock_choose_images([{"name": "c.png", "b64data": picture}])
    assert app.mock_choose_image_with_name("a.png")
    assert app.call_wx_method("chooseImage", {"count": 1}).result.result["tempFilePaths"][0].endswith("b.png")
    app.get_perf_time(["navigation"])
    app.navigate_to("/pages/tea/index")
    app.navigate_back()
    assert isinstance(app.stop_get_perf_time(), list)

    # --- dialogs and bars
    asked = app.call_wx_method_async("showModal", {"title": "Really?"})
    until(lambda: app.get_unhandle_modal())
    assert app.get_modals()[-1]["title"] == "Really?"
    assert native.handle_modal("确定") is True
    assert app.get_async_response(asked, 5).result.result["confirm"] is True
    for allow in (
        native.allow_login, native.allow_get_user_info, native.allow_get_location, native.allow_get_we_run_data,
        native.allow_record, native.allow_write_photos_album, native.allow_camera, native.allow_get_user_phone,
        native.allow_authorize,
    ):  # fmt: skip
        mini.clear_auth()
        asked = app.call_wx_method_async("authorize", {"scope": "scope.record"})
        assert answered(app, asked, allow).result.result["errMsg"] == "authorize:ok"
    native.allow_privacy()
    asked = app.call_wx_method_async("requestSubscribeMessage", {"tmplIds": ["tea"]})
    assert until(native.allow_send_subscribe_message) is True
    assert app.get_async_response(asked, 5) is not None
    app.call_wx_method("enableAlertBeforeUnload", {"message": "Leave?"})
    native.handle_alter_before_unload()
    assert native.select_wechat_avatar() is False
    native.close_payment_dialog()
    native.forward_miniprogram_inside("a friend")
    native.forward_miniprogram_cancel()
    native.switch_tab("pages/mine/index")
    native.go_home()
    app.navigate_to("/pages/tea/index")
    native.navigate_back()
    assert app.get_current_page().path == "/pages/shop/index"
    native.screen_shot(f"{sys.argv[2]}/shot.png")
    native.input_text("Ada")
    native.input_clear()
    native.textarea_text("hot")
    native.textarea_clear()
    app.mock_show_modal()
    assert app.call_wx_method("showModal", {"title": "x"}).result.result["errMsg"] == "showModal:ok"

    # --- media
    page = app.navigate_to("/pages/media/index")
    film = page.get_element("#film")
    for act in (
        film.play, film.pause, lambda: film.seek(1), lambda: film.send_danmu("tea"), lambda: film.playback_rate(1.5),
        film.request_full_screen, film.exit_full_screen, film.show_status_bar, film.hide_status_bar, film.stop,
    ):  # fmt: skip
        tried(act)
    song = page.get_element("#song")
    for act in (lambda: song.set_src("https://shop.example/b.mp3"), song.play, song.pause, lambda: song.seek(1)):
        tried(act)
    live = page.get_element("#live")
    for act in (
        live.play, live.mute, live.pause, live.resume, live.request_full_screen, live.exit_full_screen, live.snapshot,
        live.request_picture_in_picture, live.exit_picture_in_picture, live.stop,
    ):  # fmt: skip
        tried(act)
    push = page.get_element("#push")
    for act in (
        push.start_preview, push.start, push.pause, push.resume, push.switch_camera, push.snapshot, push.toggle_torch,
        lambda: push.play_bgm("https://shop.example/b.mp3"), push.pause_bgm, push.resume_bgm,
        lambda: push.set_bgm_volume(0.5), lambda: push.set_mic_volume(0.5), push.stop_bgm,
        lambda: push.send_message("tea"), push.stop, push.stop_preview,
    ):  # fmt: skip
        tried(act)
    app.navigate_back()

    # --- the end
    mini.enable_remote_debug()
    assert mini.app.get_current_page().path == "/pages/shop/index"
    tried(mini.app.stop_audits)
    mini.wait_app_relaunch(1)
    assert mini.is_app_relaunching is False
    mini.app.exit()
    mini.connection._is_close_app_by_cmd = False
    app.release()
    native.release()
    mini.release()


def tried(act):
    try:
        act()
    except Exception as error:
        print(f"failed: {type(error).__name__}: {error}"[:300], file=sys.stderr)


def answered(app, asked, allow):
    """What comes of a call once its dialog is allowed. Not all of these methods say whether they have found one."""

    def tries():
        allow(True)
        return app.get_async_response(asked)

    return until(tries)


def until(holds):
    """Waits until something is so, and gives what it is.

    It asks again and again, since the client tells nobody: not of a dialog that has opened, as a person would see it,
    nor of an answer or an event that has come.
    """
    for _ in range(200):
        found = holds()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it does not come true")


try:
    main(int(sys.argv[1].rpartition(":")[2]))
except BaseException:
    traceback.print_exc()
    print(json.dumps({"worked": sorted(worked), "members": members}))
    sys.stdout.flush()
    os._exit(1)
print(json.dumps({"worked": sorted(worked), "members": members}))
sys.stdout.flush()
os._exit(0)  # minium's threads would keep the process
